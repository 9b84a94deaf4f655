"""Attainment rules: the share of the expected that was reached, at one time."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Any, ClassVar

from attrs import field, frozen

from ipplan.choices import choose
from ipplan.errors import Problem, shown
from ipplan.model.fields import as_float, finite, is_a, refuse, together
from ipplan.ops import FLOATS, Ops
from ipplan.reasons import Reason
from ipplan.scoring.laws import USUAL_LAWS, Law
from ipplan.scoring.rule import Case, Refusal, Rule, put_in
from ipplan.scoring.scales import Scale, ScoreScale
from ipplan.status import HEALTHY_PEOPLE, HELD

__all__ = [
    "AtMostForm",
    "DistanceToTarget",
    "Goalposts",
    "HealthyPeople",
    "PassFail",
    "Progress",
    "Ratio",
]

_TOLERANCE = 1e-12
"""Figures count as equal within this, relative; the same as `ipplan.model.bound.same`."""


def nearest(case: Case, ops: Ops) -> Any:
    """The figure of the bound that is nearest to the actual."""
    below, above = ops.abs(case.actual - case.low), ops.abs(case.actual - case.high)
    return ops.where(ops.at_least(above, below), case.low, case.high)


def alike(first: Any, second: Any, ops: Ops) -> Any:
    """Whether two figures count as equal."""
    apart = ops.abs(first - second)
    return ops.either(
        ops.at_least(ops.abs(first) * _TOLERANCE, apart),
        ops.at_least(ops.abs(second) * _TOLERANCE, apart),
    )


def within(case: Case, ops: Ops) -> Any:
    """Whether the actual lies between the bound's figures."""
    slack = ops.abs(case.actual) * _TOLERANCE
    above_low = ops.at_least(case.actual + slack, case.low)
    return ops.both(above_low, ops.at_least(case.high, case.actual - slack))


def met(case: Case, ops: Ops) -> Any:
    """Whether the actual satisfies the bound."""
    edge = nearest(case, ops)
    beyond = ops.where(ops.more_than((case.actual - edge) * case.way, 0.0), 1.0, 0.0)
    one_way = ops.where(alike(case.actual, edge, ops), 1.0 - case.strict, beyond)
    inside = ops.where(within(case, ops), 1.0, 0.0)
    return ops.more_than(ops.where(ops.equal(case.way, 0.0), inside, one_way), 0.5)


def share_of_way(at: Any, start: Any, end: Any, ops: Ops) -> Any:
    """How much of the way from `start` to `end` is behind `at`; null where there is no way."""
    return ops.div(at - start, end - start)


class AtMostForm(enum.Enum):
    """The two forms of the ratio where less is better."""

    RECIPROCAL = "reciprocal"
    """expected / actual: twice the expected gives one half; undefined at an actual of zero."""
    MIRROR = "mirror"
    """2 - actual / expected: twice the expected gives zero; linear in the actual."""


def _form(value: AtMostForm | str) -> AtMostForm:
    return choose(AtMostForm, value, place="at_most")


@frozen(kw_only=True, field_transformer=together)
class Ratio(Rule):
    """Degree of completion (完成率): actual / expected, or one of two forms for "at most".

    Outside a `between` or `exactly` the nearest figure of the bound is the expected one. Undefined
    (a Reason) where the expected is zero or negative, since a ratio to it ranks actuals wrongly;
    for a range that reaches below zero, on both sides.

    >>> from ipplan import Bound
    >>> Ratio().attainment(Case.of(39.0, Bound.at_least(60)))
    0.65
    >>> Ratio().attainment(Case.of(8.0, Bound.at_most(10)))
    1.25
    >>> Ratio(at_most="mirror").attainment(Case.of(8.0, Bound.at_most(10)))
    1.2
    """

    name = "ratio"
    laws: ClassVar[frozenset[Law]] = USUAL_LAWS | {
        Law.MONOTONE,
        Law.FULL_AT_TARGET,
        Law.UNIT_FREE,
        Law.CONTINUOUS,
    }
    at_most: AtMostForm = field(default=AtMostForm.RECIPROCAL, converter=_form)
    scale: ScoreScale = field(factory=Scale, validator=is_a(ScoreScale))

    def refusals(self, case: Case, ops: Ops) -> Iterable[Refusal]:
        """An expected figure of zero or below; for the reciprocal, an actual of zero or below."""
        yield Reason.NO_TARGET, ops.is_null(case.low)
        outside = ops.negated(_inside(case, ops))
        yield (
            Reason.EXPECTED_IS_NEGATIVE,
            ops.both(outside, ops.more_than(0.0, case.low)),
        )
        yield (
            Reason.EXPECTED_IS_ZERO,
            ops.both(outside, ops.equal(nearest(case, ops), 0.0)),
        )
        if self.at_most is AtMostForm.RECIPROCAL:
            less = ops.both(outside, _less_is_better(case, ops))
            yield Reason.ACTUAL_IS_ZERO, ops.both(less, ops.equal(case.actual, 0.0))
            yield Reason.SIGN_CHANGE, ops.both(less, ops.more_than(0.0, case.actual))

    def value(self, case: Case, ops: Ops) -> Any:
        """The ratio."""
        expected = nearest(case, ops)
        share = ops.div(case.actual, expected)
        reciprocal = self.at_most is AtMostForm.RECIPROCAL
        other = ops.div(expected, case.actual) if reciprocal else 2.0 - share
        outside = ops.where(_less_is_better(case, ops), other, share)
        return ops.where(_inside(case, ops), 1.0, outside)

    def formula(self, case: Case) -> tuple[str, str]:
        """The form that applies to the case."""
        actual, expected = put_in(case.actual), put_in(nearest(case, FLOATS))
        if _inside(case, FLOATS):
            return "1 within the bound", "1"
        if not _less_is_better(case, FLOATS):
            return "actual / expected", f"{actual} / {expected}"
        if self.at_most is AtMostForm.MIRROR:
            return "2 - actual / expected", f"2 - {actual} / {expected}"
        return "expected / actual", f"{expected} / {actual}"


def _inside(case: Case, ops: Ops) -> Any:
    """Whether there is a range, and the actual lies in it."""
    return ops.both(ops.equal(case.way, 0.0), within(case, ops))


def _less_is_better(case: Case, ops: Ops) -> Any:
    """Whether less is better here: for a maximum, and above a range."""
    above = ops.both(ops.equal(case.way, 0.0), ops.more_than(case.actual, case.high))
    return ops.either(ops.more_than(0.0, case.way), above)


@frozen(kw_only=True, field_transformer=together)
class Progress(Rule):
    """The way made of the way expected: (actual - baseline) / (expected - baseline).

    For a `between` or `exactly` the expected way ends at the edge nearest to the baseline, and
    overshooting counts back. Undefined (a Reason) without a baseline, where the expected equals it,
    and where the expected lies on the baseline's worse side.

    >>> from ipplan import Bound
    >>> Progress().attainment(Case.of(15.0, Bound.at_least(20), baseline=10.0))
    0.5
    >>> Progress().attainment(Case.of(15.0, Bound.at_least(20)))
    <Reason.NO_BASELINE: 'no_baseline'>
    """

    name = "progress"
    laws: ClassVar[frozenset[Law]] = USUAL_LAWS | {
        Law.MONOTONE,
        Law.FULL_AT_TARGET,
        Law.ZERO_AT_BASELINE,
        Law.UNIT_FREE,
        Law.SHIFT_FREE,
        Law.MIRRORED,
        Law.CONTINUOUS,
    }
    scale: ScoreScale = field(factory=Scale, validator=is_a(ScoreScale))

    def refusals(self, case: Case, ops: Ops) -> Iterable[Refusal]:
        """No baseline, no way to go, or a way in the worse direction."""
        yield Reason.NO_TARGET, ops.is_null(case.low)
        yield Reason.NO_BASELINE, ops.is_null(case.baseline)
        start = _at_baseline(case)
        edge = nearest(start, ops)
        nowhere = ops.either(alike(edge, case.baseline, ops), _inside(start, ops))
        yield Reason.EXPECTED_EQUALS_BASELINE, nowhere
        worse = ops.more_than(0.0, (edge - case.baseline) * case.way)
        yield Reason.DIRECTION_CONTRADICTS_BASELINE, worse

    def value(self, case: Case, ops: Ops) -> Any:
        """The progress."""
        edge = nearest(_at_baseline(case), ops)
        made = share_of_way(case.actual, case.baseline, edge, ops)
        missed = ops.abs(case.actual - nearest(case, ops))
        back = 1.0 - ops.div(missed, ops.abs(edge - case.baseline))
        in_range = ops.where(_inside(case, ops), 1.0, back)
        return ops.where(ops.equal(case.way, 0.0), in_range, made)

    def formula(self, case: Case) -> tuple[str, str]:
        """The formula, with the distance to the bound for a `between` or `exactly`."""
        expected = put_in(nearest(_at_baseline(case), FLOATS))
        actual, start = put_in(case.actual), put_in(case.baseline)
        if case.way:
            return (
                "(actual - baseline) / (expected - baseline)",
                f"({actual} - {start}) / ({expected} - {start})",
            )
        if _inside(case, FLOATS):
            return "1 within the bound", "1"
        edge = put_in(nearest(case, FLOATS))
        return (
            "1 - |actual - bound| / |expected - baseline|",
            f"1 - |{actual} - {edge}| / |{expected} - {start}|",
        )


def _at_baseline(case: Case) -> Case:
    return Case(
        actual=case.baseline, low=case.low, high=case.high, way=case.way, strict=case.strict
    )


@frozen(kw_only=True, field_transformer=together)
class Goalposts(Rule):
    """Between fixed posts: (actual - lower) / (upper - lower), on a log scale if asked.

    Posts are inverted where less is better; posts that run against an indicator's direction are
    refused. The scale clips to 0..1 unless told otherwise. With the scale `EFFICACY` and the posts
    "not allowed" and "satisfactory" this is the efficacy coefficient (功效系数). Sources: UNDP
    technical notes; COINr.

    >>> from ipplan import Bound
    >>> income = Goalposts(lower=100, upper=75000, log=True)
    >>> round(income.attainment(Case.of(3829.0, Bound.at_least(75000))), 4)
    0.5506
    """

    name = "goalposts"
    laws: ClassVar[frozenset[Law]] = USUAL_LAWS | {Law.MONOTONE, Law.CONTINUOUS}
    statuses = HELD
    lower: float = field(converter=as_float, validator=finite)
    upper: float = field(converter=as_float, validator=finite)
    log: bool = field(default=False, validator=is_a(bool))
    scale: ScoreScale = field(factory=Scale, validator=is_a(ScoreScale))

    def __attrs_post_init__(self) -> None:
        problems = []
        if self.lower == self.upper:
            problems.append(
                Problem(
                    place="upper",
                    expected=f"another post than {self.lower}",
                    found=shown(self.upper),
                )
            )
        if self.log:
            problems += [
                Problem(place=name, expected="a positive post, for a log scale", found=shown(post))
                for name, post in (("lower", self.lower), ("upper", self.upper))
                if post <= 0.0
            ]
        refuse(problems)

    def refusals(self, case: Case, ops: Ops) -> Iterable[Refusal]:
        """Posts against the direction, and on a log scale an actual of zero or below."""
        against = ops.more_than(0.0, case.way * (self.upper - self.lower))
        yield Reason.POSTS_CONTRADICT_DIRECTION, against
        if self.log:
            yield Reason.ACTUAL_NOT_POSITIVE, ops.at_least(0.0, case.actual)

    def value(self, case: Case, ops: Ops) -> Any:
        """The share of the way between the posts."""
        lower, upper = self.lower * case.share, self.upper * case.share
        if not self.log:
            return share_of_way(case.actual, lower, upper, ops)
        return share_of_way(ops.log(case.actual), ops.log(lower), ops.log(upper), ops)

    def formula(self, case: Case) -> tuple[str, str]:
        """The formula between the posts."""
        posts = (self.lower * case.share, self.upper * case.share)
        actual, lower, upper = map(put_in, (case.actual, *posts))
        if self.log:
            return (
                "(ln actual - ln lower) / (ln upper - ln lower)",
                f"(ln {actual} - ln {lower}) / (ln {upper} - ln {lower})",
            )
        return "(actual - lower) / (upper - lower)", f"({actual} - {lower}) / ({upper} - {lower})"


@frozen(kw_only=True, field_transformer=together)
class DistanceToTarget(Rule):
    """The way from the worst of a sample to the final target: (actual - worst) / (target - worst).

    It depends on who else is in the sample: `worst` is its minimum where more is better, its
    maximum where less is. Source: COINr `n_dist2targ`, uncapped there unless asked.

    >>> from ipplan import Bound
    >>> rule = DistanceToTarget(worst=10)
    >>> rule.attainment(Case.of(15.0, Bound.at_least(20), target=20.0))
    0.5
    """

    name = "distance_to_target"
    laws: ClassVar[frozenset[Law]] = USUAL_LAWS | {Law.MONOTONE, Law.CONTINUOUS}
    statuses = HELD
    worst: float = field(converter=as_float, validator=finite)
    scale: ScoreScale = field(factory=Scale, validator=is_a(ScoreScale))

    def refusals(self, case: Case, ops: Ops) -> Iterable[Refusal]:
        """No target, one that is the worst of the sample, or one on the worst's worse side."""
        yield Reason.NO_TARGET, ops.is_null(case.target)
        yield Reason.NO_BETTER_DIRECTION, ops.equal(case.way, 0.0)
        way = case.target - self.worst * case.share
        yield Reason.TARGET_EQUALS_START, ops.equal(way, 0.0)
        against = ops.more_than(0.0, case.way * way)
        yield Reason.POSTS_CONTRADICT_DIRECTION, against

    def value(self, case: Case, ops: Ops) -> Any:
        """The share of the way from the worst to the target."""
        return share_of_way(case.actual, self.worst * case.share, case.target, ops)

    def formula(self, case: Case) -> tuple[str, str]:
        """The formula from the worst to the target."""
        actual, worst, target = map(put_in, (case.actual, self.worst * case.share, case.target))
        return "(actual - worst) / (target - worst)", f"({actual} - {worst}) / ({target} - {worst})"


@frozen(kw_only=True, field_transformer=together)
class PassFail(Rule):
    """1 where the bound holds, 0 where it does not.

    >>> from ipplan import Bound
    >>> PassFail().attainment(Case.of(6000.0, Bound.more_than(6000)))
    0.0
    """

    name = "pass_fail"
    laws: ClassVar[frozenset[Law]] = USUAL_LAWS | {
        Law.MONOTONE,
        Law.FULL_AT_TARGET,
        Law.UNIT_FREE,
        Law.MIRRORED,
    }
    scale: ScoreScale = field(factory=Scale, validator=is_a(ScoreScale))

    def refusals(self, case: Case, ops: Ops) -> Iterable[Refusal]:
        """Nothing is asked."""
        yield Reason.NO_TARGET, ops.is_null(case.low)

    def value(self, case: Case, ops: Ops) -> Any:
        """1 or 0."""
        return ops.where(met(case, ops), 1.0, 0.0)

    def formula(self, case: Case) -> tuple[str, str]:
        """What was asked."""
        holds = "1" if met(case, FLOATS) else "0"
        return "1 if the bound holds, else 0", holds


@frozen(kw_only=True, field_transformer=together)
class HealthyPeople(Rule):
    """The way made to the final target, or, away from it, the change as a share of the baseline.

    (actual - baseline) / (target - baseline) towards the target; -|actual - baseline| / |baseline|
    away from it. Source: Healthy People 2020, where 1 is met and a change under 0.1 either way
    counts as little or none.

    >>> from ipplan import Bound
    >>> known = {"baseline": 50.0, "target": 40.0}
    >>> HealthyPeople().attainment(Case.of(45.0, Bound.at_most(40), **known))
    0.5
    >>> HealthyPeople().attainment(Case.of(55.0, Bound.at_most(40), **known))
    -0.1
    """

    name = "healthy_people"
    laws: ClassVar[frozenset[Law]] = USUAL_LAWS | {
        Law.MONOTONE,
        Law.ZERO_AT_BASELINE,
        Law.UNIT_FREE,
        Law.MIRRORED,
        Law.CONTINUOUS,
    }
    statuses = HEALTHY_PEOPLE
    scale: ScoreScale = field(factory=Scale, validator=is_a(ScoreScale))

    def refusals(self, case: Case, ops: Ops) -> Iterable[Refusal]:
        """No target or baseline, no way between them or a worse one; away from a zero baseline."""
        yield Reason.NO_TARGET, ops.is_null(case.target)
        yield Reason.NO_BETTER_DIRECTION, ops.equal(case.way, 0.0)
        yield Reason.NO_BASELINE, ops.is_null(case.baseline)
        way = case.target - case.baseline
        yield Reason.TARGET_EQUALS_START, ops.equal(way, 0.0)
        yield Reason.DIRECTION_CONTRADICTS_BASELINE, ops.more_than(0.0, way * case.way)
        from_zero = ops.equal(case.baseline, 0.0)
        yield Reason.BASELINE_IS_ZERO, ops.both(_moved_away(case, ops), from_zero)

    def value(self, case: Case, ops: Ops) -> Any:
        """The share of the way, or the change for the worse."""
        towards = share_of_way(case.actual, case.baseline, case.target, ops)
        away = ops.div(ops.abs(case.actual - case.baseline), ops.abs(case.baseline))
        return ops.where(_moved_away(case, ops), away * -1.0, towards)

    def formula(self, case: Case) -> tuple[str, str]:
        """The formula that applies to the case."""
        actual, start, target = map(put_in, (case.actual, case.baseline, case.target))
        if _moved_away(case, FLOATS):
            return (
                "-|actual - baseline| / |baseline|, away from the target",
                f"-|{actual} - {start}| / |{start}|",
            )
        return (
            "(actual - baseline) / (target - baseline)",
            f"({actual} - {start}) / ({target} - {start})",
        )


def _moved_away(case: Case, ops: Ops) -> Any:
    """Whether the actual lies on the side of the baseline that the target does not."""
    return ops.more_than(0.0, (case.actual - case.baseline) * (case.target - case.baseline))
