"""Policies out: names where there are some, and tables without what is the default anyway."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs
from cattrs import Converter

from ipplan.aggregation import Group, MissingPolicy, Substitute
from ipplan.assessment.credits import Credits
from ipplan.assessment.policy import Policy
from ipplan.errors import ModelError, Problem, shown
from ipplan.io.policy_in import SCORE_SCALES, WORD_KEYS
from ipplan.presets import PRESETS
from ipplan.scoring import Scale, ScoringRule
from ipplan.scoring.registry import rule_maker, rule_names
from ipplan.status import SCALES, AnyScale, Words, words

__all__ = ["policy_to"]


def policy_to(converter: Converter, policy: Policy) -> str | dict[str, Any]:
    """A policy as the name of its preset, or as a table without what is the default anyway."""
    if PRESETS.get(policy.name) == policy:
        return policy.name
    given = {
        each.name: getattr(policy, each.name)
        for each in attrs.fields(Policy)
        if getattr(policy, each.name) != getattr(Policy(), each.name)
    }
    return {key: _WRITERS[key](converter, value) for key, value in given.items()}


def _rule_to(converter: Converter, rule: ScoringRule) -> str | dict[str, Any]:
    cls: Any = type(rule)
    known = rule.name in rule_names() and rule_maker(rule.name) is cls
    if not known or not attrs.has(type(rule)):
        raise ModelError(
            Problem(
                place="rule",
                expected="a rule that is found by its name, to be written to a file",
                found=shown(rule),
                hint="offer it as an entry point of the group ipplan.rules",
            )
        )
    options = {
        each.name: _option_to(converter, getattr(rule, each.name))
        for each in attrs.fields(cls)
        if each.init and getattr(rule, each.name) != _default(each)
    }
    return {"name": rule.name, **options} if options else rule.name


def _default(attribute: Any) -> Any:
    """What the field is where nothing is given; rules make their defaults out of nothing else."""
    factory = getattr(attribute.default, "factory", None)
    return attribute.default if factory is None else factory()


def _option_to(converter: Converter, value: Any) -> Any:
    for kind, cls in SCORE_SCALES.items():
        if type(value) is cls:
            table = converter.unstructure(value)
            table |= {key: "none" for key in ("floor", "cap") if getattr(value, key, 0.0) is None}
            return table if cls is Scale else {"kind": kind, **table}
    return converter.unstructure(value)


def _missing_to(_converter: Converter, missing: MissingPolicy) -> str | dict[str, Any]:
    if isinstance(missing, Substitute) and isinstance(missing.scores, tuple):
        return {"substitute": dict(missing.scores)}
    return missing.name


def _group_to(converter: Converter, group: Group) -> dict[str, Any]:
    table: dict[str, Any] = {"id": group.id}
    if group.name is not None:
        table["name"] = converter.unstructure(group.name)
    table["members"] = [
        each if isinstance(each, str) else _group_to(converter, each) for each in group.members
    ]
    if group.method is not None:
        table["method"] = group.method.value
    if group.missing is not None:
        table["missing"] = _missing_to(converter, group.missing)
    return table


def _statuses_to(converter: Converter, scale: AnyScale) -> str | dict[str, Any]:
    """A scale by its name, the words by their thresholds, anything else spelled out."""
    named = next((name for name, each in SCALES.items() if each == scale), None)
    if named is not None:
        return named
    table: dict[str, Any] = converter.unstructure(scale)
    if isinstance(scale, Words):
        bands = (*scale.progress.bands, *scale.final.bands)
        thresholds: Any = {band.status.id: band.threshold for band in bands}
        if set(thresholds) == set(WORD_KEYS) and words(**thresholds) == scale:
            return {**thresholds}
    return table


def _credits_to(converter: Converter, credits: Credits) -> dict[str, Any]:
    left_out = {"cancelled": "none"} if credits.cancelled is None else {}
    return {**converter.unstructure(credits), **left_out}


_WRITERS: Mapping[str, Callable[[Converter, Any], Any]] = {
    "name": lambda _, name: name,
    "rule": _rule_to,
    "rules": lambda converter, rules: {id: _rule_to(converter, rule) for id, rule in rules},
    "missing": _missing_to,
    "method": lambda _, mean: mean.value,
    "exceeding": lambda _, exceeding: exceeding.value,
    "weights": lambda _, weights: dict(weights),
    "groups": lambda converter, groups: [_group_to(converter, each) for each in groups],
    "veto": lambda converter, veto: converter.unstructure(veto),
    "caps": lambda converter, caps: converter.unstructure(caps),
    "statuses": _statuses_to,
    "credits": _credits_to,
    "prefer": lambda _, origins: [each.value for each in origins],
    "tolerance": lambda _, tolerance: tolerance,
    "baseline_from": lambda converter, period: converter.unstructure(period),
}
"""How each key of a policy is written."""
