"""Rules by name: those of the library, and those that installed packages offer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import attrs

from ipplan.errors import ModelError, Problem, near_hint, one_of, shown
from ipplan.scoring.attainment import (
    DistanceToTarget,
    Goalposts,
    HealthyPeople,
    PassFail,
    Progress,
    Ratio,
)
from ipplan.scoring.canadian import CanadianIndicator
from ipplan.scoring.on_track import Growth, GrowthRatio, Pace, Projection, TimeShare
from ipplan.scoring.rule import ScoringRule

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["ENTRY_POINTS", "RuleMaker", "as_rule", "rule_maker", "rule_names"]

ENTRY_POINTS = "ipplan.rules"
"""The group of entry points under which a package offers rules: `name = "package.module:Rule"`."""

RuleMaker: TypeAlias = Callable[..., ScoringRule]
"""A rule's class, or anything else that makes a rule from its options."""

_SHIPPED: Mapping[str, RuleMaker] = {
    rule.name: rule
    for rule in (
        Ratio,
        Progress,
        Goalposts,
        DistanceToTarget,
        PassFail,
        HealthyPeople,
        GrowthRatio,
        Growth,
        Pace,
        TimeShare,
        Projection,
        CanadianIndicator,
    )
}


def rule_names() -> tuple[str, ...]:
    """The names of all rules: the library's own, then those of installed packages.

    >>> rule_names()[:2]
    ('ratio', 'progress')
    """
    return (*_SHIPPED, *(name for name in _installed() if name not in _SHIPPED))


def rule_maker(name: str) -> RuleMaker:
    """The class of the rule of a name; raises ModelError, with near names, for an unknown one."""
    if name in _SHIPPED:
        return _SHIPPED[name]
    offered = _installed().get(name)
    if offered is None:
        raise ModelError(
            Problem(
                expected=f"a scoring rule, {one_of(rule_names())}",
                found=shown(name),
                hint=near_hint(name, rule_names()),
            )
        )
    try:
        loaded: Any = offered.load()
    except Exception as error:
        raise ModelError(
            Problem(
                expected=f"a rule at {offered.value}, as an installed package says",
                found=f"{type(error).__name__}: {error}",
            )
        ) from error
    return cast("RuleMaker", loaded) if callable(loaded) else lambda: loaded


def as_rule(value: ScoringRule | str) -> ScoringRule:
    """A rule, or the one of that name, with its default options.

    >>> as_rule("pass_fail")
    PassFail(scale=Scale(floor=0.0, cap=1.0, full=100.0, offset=0.0))
    """
    return made(rule_maker(value), value, {}) if isinstance(value, str) else value


def made(maker: RuleMaker, name: str, options: Mapping[str, Any]) -> ScoringRule:
    """A rule made with options; raises ModelError where that does not give one."""
    if attrs.has(cast("type", maker)):
        required = [
            each.name for each in attrs.fields(cast("type", maker)) if each.default is attrs.NOTHING
        ]
        lacking = [each for each in required if each not in options]
        if lacking:
            raise ModelError(
                *(
                    Problem(
                        place=each,
                        expected=f"a value, which the rule {name} needs",
                        found="none",
                    )
                    for each in lacking
                )
            )
    try:
        rule: Any = maker(**options)
    except TypeError as error:  # an option that it does not know, or lacks
        raise ModelError(
            Problem(expected=f"options that the rule {name} takes", found=str(error))
        ) from None
    if isinstance(rule, type) or not isinstance(rule, ScoringRule):
        raise ModelError(Problem(expected=f"a scoring rule of the name {name}", found=shown(rule)))
    return rule


def _installed() -> Mapping[str, EntryPoint]:
    """What installed packages offer, found when it is asked for."""
    from importlib.metadata import entry_points

    return {each.name: each for each in entry_points(group=ENTRY_POINTS)}
