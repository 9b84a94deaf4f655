"""Attainment rules: the share of the expected that was reached, at one time."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Any, ClassVar

from attrs import field, frozen

from ipplan.choices import choose
from ipplan.errors import Problem, shown
from ipplan.model.fields import as_float, finite, refuse
from ipplan.ops import FLOATS, Ops
from ipplan.reasons import Reason
from ipplan.scoring.laws import USUAL_LAWS, Law
from ipplan.scoring.rule import Case, Refusal, Rule
from ipplan.scoring.scales import Scale, ScoreScale

__all__ = ["AtMostForm", "DistanceToTarget", "Goalposts", "PassFail", "Progress", "Ratio"]

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


@frozen(kw_only=True)
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
    scale: ScoreScale = field(factory=Scale)

    def refusals(self, case: Case, ops: Ops) -> Iterable[Refusal]:
        """An expected figure of zero or below; for the reciprocal, an actual of zero or below."""
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
        actual, expected = _figure(case.actual), _figure(nearest(case, FLOATS))
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


@frozen(kw_only=True)
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
    scale: ScoreScale = field(factory=Scale)

    def refusals(self, case: Case, ops: Ops) -> Iterable[Refusal]:
        """No baseline, no way to go, or a way in the worse direction."""
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
        expected = _figure(nearest(_at_baseline(case), FLOATS))
        actual, start = _figure(case.actual), _figure(case.baseline)
        if case.way:
            return (
                "(actual - baseline) / (expected - baseline)",
                f"({actual} - {start}) / ({expected} - {start})",
            )
        if _inside(case, FLOATS):
            return "1 within the bound", "1"
        edge = _figure(nearest(case, FLOATS))
        return (
            "1 - |actual - bound| / |expected - baseline|",
            f"1 - |{actual} - {edge}| / |{expected} - {start}|",
        )


def _at_baseline(case: Case) -> Case:
    return Case(
        actual=case.baseline, low=case.low, high=case.high, way=case.way, strict=case.strict
    )


@frozen(kw_only=True)
class Goalposts(Rule):
    """Between fixed posts: (actual - lower) / (upper - lower), on a log scale if asked.

    Posts may be inverted where less is better. The scale clips to 0..1 unless told otherwise. With
    `Scale(floor=None, cap=None, full=40, offset=60)` and the posts "not allowed" and "satisfactory"
    this is the efficacy coefficient (功效系数). Sources: UNDP technical notes; COINr.

    >>> from ipplan import Bound
    >>> income = Goalposts(lower=100, upper=75000, log=True)
    >>> round(income.attainment(Case.of(3829.0, Bound.at_least(75000))), 4)
    0.5506
    """

    name = "goalposts"
    laws: ClassVar[frozenset[Law]] = USUAL_LAWS | {Law.CONTINUOUS}
    lower: float = field(converter=as_float, validator=finite)
    upper: float = field(converter=as_float, validator=finite)
    log: bool = False
    scale: ScoreScale = field(factory=Scale)

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
        """On a log scale, an actual of zero or below."""
        if self.log:
            yield Reason.ACTUAL_NOT_POSITIVE, ops.at_least(0.0, case.actual)

    def value(self, case: Case, ops: Ops) -> Any:
        """The share of the way between the posts."""
        if not self.log:
            return share_of_way(case.actual, self.lower, self.upper, ops)
        lower, upper = FLOATS.log(self.lower), FLOATS.log(self.upper)
        return share_of_way(ops.log(case.actual), lower, upper, ops)

    def formula(self, case: Case) -> tuple[str, str]:
        """The formula between the posts."""
        actual, lower, upper = map(_figure, (case.actual, self.lower, self.upper))
        if self.log:
            return (
                "(ln actual - ln lower) / (ln upper - ln lower)",
                f"(ln {actual} - ln {lower}) / (ln {upper} - ln {lower})",
            )
        return "(actual - lower) / (upper - lower)", f"({actual} - {lower}) / ({upper} - {lower})"


@frozen(kw_only=True)
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
    laws: ClassVar[frozenset[Law]] = USUAL_LAWS | {Law.CONTINUOUS}
    worst: float = field(converter=as_float, validator=finite)
    scale: ScoreScale = field(factory=Scale)

    def refusals(self, case: Case, ops: Ops) -> Iterable[Refusal]:
        """No target, or one that is the worst of the sample."""
        yield Reason.NO_TARGET, ops.is_null(case.target)
        yield Reason.TARGET_EQUALS_START, ops.equal(case.target, self.worst)

    def value(self, case: Case, ops: Ops) -> Any:
        """The share of the way from the worst to the target."""
        return share_of_way(case.actual, self.worst, case.target, ops)

    def formula(self, case: Case) -> tuple[str, str]:
        """The formula from the worst to the target."""
        actual, worst, target = map(_figure, (case.actual, self.worst, case.target))
        return "(actual - worst) / (target - worst)", f"({actual} - {worst}) / ({target} - {worst})"


@frozen(kw_only=True)
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
    scale: ScoreScale = field(factory=Scale)

    def value(self, case: Case, ops: Ops) -> Any:
        """1 or 0."""
        return ops.where(met(case, ops), 1.0, 0.0)

    def formula(self, case: Case) -> tuple[str, str]:
        """What was asked."""
        holds = "1" if met(case, FLOATS) else "0"
        return "1 if the bound holds, else 0", holds


def _figure(value: float) -> str:
    return f"{value:.10g}"
