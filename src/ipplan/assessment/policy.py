"""Policy: the choices that a plan does not make, printed with every result."""

from __future__ import annotations

import enum
import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from attrs import Attribute, evolve, field, frozen

from ipplan.aggregation import (
    AnyMean,
    Caps,
    Group,
    Mean,
    MissingPolicy,
    Skip,
    Substitute,
    Summing,
    Veto,
    Zero,
    as_mean,
    as_missing,
    unfit_groups,
    unfit_veto,
    unfit_weight,
    unfit_weights,
)
from ipplan.assessment.credits import Credits
from ipplan.choices import choose
from ipplan.errors import Gathered, ModelError, Problem, near_hint, one_of, shown
from ipplan.model.fields import (
    as_float,
    as_period_or_none,
    as_tuple,
    each_is,
    finite,
    is_a,
    is_period_or_none,
    refuse,
    snake_case,
    together,
)
from ipplan.model.observation import Origin, as_origins
from ipplan.periods import Period
from ipplan.scoring import Ratio, ScoringRule, as_rule, rule_names
from ipplan.status import SCALES, WORDS, AnyScale, StatusScale, Words
from ipplan.text import Lang

__all__ = ["Exceeding", "Policy", "default_policy"]


class Exceeding(enum.Enum):
    """What exceeding a `between` or an `exactly` counts as."""

    MISSED = "missed"
    MET = "met"


def _exceeding(value: Exceeding | str) -> Exceeding:
    return choose(Exceeding, value)


Pairs = Mapping[str, Any] | Iterable[tuple[str, Any]]


def _pairs(value: Pairs) -> tuple[tuple[str, Any], ...]:
    """A mapping, or pairs, as pairs; anything else is left to the validators."""
    pairs: Any = as_tuple(value.items() if isinstance(value, Mapping) else value)
    if not isinstance(pairs, tuple) or not all(_is_pair(pair) for pair in pairs):
        raise ModelError(Problem(expected="{id: value}", found=shown(value)))
    return tuple((id, each) for id, each in pairs)


def _is_pair(value: object) -> bool:
    return isinstance(value, tuple | list) and len(value) == 2 and isinstance(value[0], str)


def _weights(
    value: Mapping[str, float] | Iterable[tuple[str, float]] | None,
) -> tuple[tuple[str, float], ...] | None:
    return None if value is None else tuple((id, as_float(each)) for id, each in _pairs(value))


def _rules(
    value: Mapping[str, ScoringRule | str] | Iterable[tuple[str, ScoringRule | str]],
) -> tuple[tuple[str, ScoringRule], ...]:
    gathered = Gathered()
    rules: dict[str, ScoringRule] = {}
    for id, rule in _pairs(value):
        if id in rules:
            gathered.add(Problem(place=id, expected="one rule", found="two"))
        found = gathered.attempt(id, partial(as_rule, rule))
        gathered.add(*(() if found is None else _no_rule(id, found)))
        rules |= {} if found is None else {id: found}
    gathered.finish(ModelError)
    return tuple((id, rules[id]) for id in sorted(rules))


def _statuses(value: AnyScale | str | None) -> AnyScale | None:
    if not isinstance(value, str):
        return value
    if value in SCALES:
        return SCALES[value]
    raise ModelError(
        Problem(
            expected=f"a status scale, {one_of(SCALES)}",
            found=shown(value),
            hint=near_hint(value, SCALES),
        )
    )


def _groups(values: Iterable[Group]) -> tuple[Group, ...]:
    return as_tuple(values)


def _is_rule(_instance: object, attribute: Attribute[Any], value: object) -> None:
    refuse(_no_rule(attribute.name, value))


def _no_rule(place: str, value: Any) -> Iterator[Problem]:
    if isinstance(value, type) or not isinstance(value, ScoringRule):
        yield Problem(
            place=place,
            expected=f"{one_of(rule_names())}, or a scoring rule",
            found=shown(value),
            hint="an object of it, not the class" if isinstance(value, type) else "",
        )


def _substitutes(missing: MissingPolicy | None) -> tuple[float, ...]:
    if not isinstance(missing, Substitute):
        return ()
    scores = missing.scores
    return tuple(score for _, score in scores) if isinstance(scores, tuple) else (scores,)


def _unknown_substitutes(missing: MissingPolicy | None, ids: tuple[str, ...]) -> Iterator[Problem]:
    if isinstance(missing, Substitute) and isinstance(missing.scores, tuple):
        for id, _ in missing.scores:
            if id not in ids:
                yield Problem(
                    place=f"missing.{id}",
                    expected="the id of an indicator or a group",
                    found=shown(id),
                    hint=near_hint(id, ids),
                )


def _positive(
    _instance: object,
    attribute: Attribute[Any],
    weights: tuple[tuple[str, Any], ...] | None,
) -> None:
    seen: set[str] = set()
    problems: list[Problem] = []
    for id, weight in weights or ():
        place = f"{attribute.name}.{id}"
        problems += unfit_weight(place, weight)
        if id in seen:
            problems.append(Problem(place=place, expected="one weight", found="two"))
        seen.add(id)
    refuse(problems)


def _share(instance: object, attribute: Attribute[Any], value: float) -> None:
    finite(instance, attribute, value)
    if not 0.0 <= value < 1.0:
        raise ModelError(
            Problem(place=attribute.name, expected="a share from 0 to below 1", found=shown(value))
        )


def _no_name_or_id(instance: object, attribute: Attribute[Any], value: object) -> None:
    if value != "":
        snake_case(instance, attribute, value)


@frozen(kw_only=True, field_transformer=together)
class Policy:
    """How results are scored, summed up and named.

    `rule`: the scored figure: "ratio" by default, another rule's name, or a rule; `rules`: those of
    single indicators, by id;
    `method`: "arithmetic" (default), "geometric", "harmonic", "minimum", "power(2)" or a PowerMean;
    `missing`: "skip" (default), "zero", "require(0.6)", "substitute(50)" or a missing-data policy;
    `exceeding`: whether more than a `between` or `exactly` allows is "missed" (default) or "met";
    `weights`: None for equal weights, or a positive one for every indicator and group, by id;
    `groups`: what is summed up first, each group as one score beside those that are in none;
    `veto`: scores that may veto the total; `caps`: how many points adjustments may add or take off;
    `statuses`: a status scale, its name, or None for the words of the rule;
    `credits`: what weighs how much in the scores of tasks and departments; `prefer`: the origins
    whose figures count first where several report one; `tolerance`: the share of the larger figure
    by which sources may differ without disagreeing;
    `baseline_from`: where an indicator has no baseline, its first observation from then on is one.

    >>> Policy(rule="progress", missing="zero").describe()
    'rule progress, limited to 0..1, times 100; equal weights, arithmetic mean, missing: zero; \
exceeding a range counts as missed; ahead from 1.05, on track from 0.95, nearly met from 0.9'
    """

    name: str = field(default="", validator=_no_name_or_id)
    rule: ScoringRule = field(factory=Ratio, converter=as_rule, validator=_is_rule)
    rules: tuple[tuple[str, ScoringRule], ...] = field(default=(), converter=_rules)
    missing: MissingPolicy = field(
        factory=Skip, converter=as_missing, validator=is_a(MissingPolicy)
    )
    method: AnyMean = field(default=Mean.ARITHMETIC, converter=as_mean)
    exceeding: Exceeding = field(default=Exceeding.MISSED, converter=_exceeding)
    weights: tuple[tuple[str, float], ...] | None = field(
        default=None, converter=_weights, validator=_positive
    )
    groups: tuple[Group, ...] = field(default=(), converter=_groups, validator=each_is(Group))
    veto: Veto | None = field(default=None, validator=is_a(Veto, type(None)))
    caps: Caps | None = field(default=None, validator=is_a(Caps, type(None)))
    statuses: AnyScale | None = field(
        default=None, converter=_statuses, validator=is_a(StatusScale, Words, type(None))
    )
    credits: Credits = field(factory=Credits, validator=is_a(Credits))
    prefer: tuple[Origin, ...] = field(default=(), converter=as_origins, validator=each_is(Origin))
    tolerance: float = field(default=0.0, converter=as_float, validator=_share)
    baseline_from: Period | None = field(
        default=None, converter=as_period_or_none, validator=is_period_or_none
    )

    def __attrs_post_init__(self) -> None:
        refuse(self._unfit_substitutes())

    def _unfit_substitutes(self) -> Iterator[Problem]:
        """Substitutes for missing scores that no rule gives, and a zero that is not the worst."""
        least = min(rule.scale.least for rule in self.every_rule)
        greatest = max(rule.scale.greatest for rule in self.every_rule)
        for missing in (self.missing, *(group.missing for group in self._every_group())):
            if isinstance(missing, Zero) and -math.inf < least < 0.0:
                yield Problem(
                    place="missing",
                    expected=f"another one than zero, on a scale from {least:g} to {greatest:g}",
                    found=missing.name,
                    hint=f"substitute({least:g}) counts what is missing as the worst",
                )
            if any(not least <= score <= greatest for score in _substitutes(missing)):
                yield Problem(
                    place="missing",
                    expected=f"scores from {least:g} to {greatest:g}, as the rule gives them",
                    found=shown(getattr(missing, "name", "")),
                )

    @property
    def every_rule(self) -> tuple[ScoringRule, ...]:
        """The rule, and those of single indicators."""
        return (self.rule, *(rule for _, rule in self.rules))

    def rule_of(self, id: str) -> ScoringRule:
        """The rule that scores an indicator."""
        return dict(self.rules).get(id, self.rule) if self.rules else self.rule

    def statuses_of(self, rule: ScoringRule) -> AnyScale:
        """The status scale for what a rule gives: the policy's, or the rule's own."""
        if self.statuses is not None:
            return self.statuses
        own: AnyScale = getattr(rule, "statuses", WORDS)
        return own

    @property
    def full(self) -> float:
        """The full score; infinity where there is no cap, NaN where rules differ in it."""
        every = {rule.scale.greatest for rule in self.every_rule}
        return every.pop() if len(every) == 1 else float("nan")

    def weights_of(self, indicators: Mapping[str, object]) -> Mapping[str, float]:
        """The weight of each indicator and group; raises ModelError where something has no place.

        All and only the indicators and groups have a weight; rules, groups and the veto name
        indicators of the plan.
        """
        refuse(self.unfit(indicators))
        if self.weights is not None:
            return dict(self.weights)
        return dict.fromkeys((*indicators, *self.group_ids()), 1.0)

    def unfit(self, indicators: Mapping[str, object]) -> Iterator[Problem]:
        """What of the policy does not fit a plan with these indicators."""
        if self.weights is not None or self.rules or self.groups or self.veto:
            known = (*indicators, *self.group_ids())
            if self.weights is not None:
                yield from unfit_weights(dict(self.weights), known)
            yield from self._unknown_rules(indicators)
            yield from unfit_groups(self.groups, indicators)
            yield from unfit_veto(self.veto, known)
        ids = (*indicators, *self.group_ids())
        for missing in (self.missing, *(each.missing for each in self._every_group())):
            yield from _unknown_substitutes(missing, ids)

    def group_ids(self) -> Iterator[str]:
        """The ids of all groups, of every level."""
        return (group.id for group in self._every_group())

    def _every_group(self) -> tuple[Group, ...]:
        return tuple(group for top in self.groups for group in top.groups)

    def _unknown_rules(self, indicators: Mapping[str, object]) -> Iterator[Problem]:
        for id, _ in self.rules:
            if id not in indicators:
                yield Problem(
                    place=f"rules.{id}",
                    expected="the id of an indicator",
                    found=shown(id),
                    hint=near_hint(id, indicators),
                )

    @property
    def general(self) -> Policy:
        """The policy without what names indicators and groups: how other plans can be assessed."""
        named = self.weights is not None or self.rules or self.groups or self.veto is not None
        by_id = isinstance(self.missing, Substitute) and isinstance(self.missing.scores, tuple)
        if not named and not by_id:
            return self
        missing = Skip() if by_id else self.missing
        return evolve(self, weights=None, rules=(), groups=(), veto=None, missing=missing)

    def summing(self, weights: Mapping[str, float]) -> Summing:
        """How scores with these weights are summed up."""
        return Summing(
            method=self.method,
            missing=self.missing,
            groups=self.groups,
            weights=weights,
            veto=self.veto,
            caps=self.caps,
        )

    def describe(self, lang: Lang | str = Lang.EN) -> str:
        """The policy in one line."""
        from ipplan.assessment.described import described

        return described(self, choose(Lang, lang, place="lang"))

    def to_dict(self) -> dict[str, Any]:
        """The policy as plain values that JSON can hold; `text` says it in one line."""
        from ipplan.assessment.described import policy_to_dict

        return policy_to_dict(self)


@cache
def default_policy() -> Policy:
    """The policy where neither the caller nor the plan has one, made once."""
    return Policy()
