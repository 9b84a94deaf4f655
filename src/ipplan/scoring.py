"""Scoring rules: what share of the expected was reached, and the score that it earns."""

from __future__ import annotations

import enum
from typing import Protocol, runtime_checkable

from attrs import field, frozen

from ipplan.choices import choose
from ipplan.errors import ModelError, Problem, shown
from ipplan.model.bound import Bound, Direction, same
from ipplan.model.fields import as_float, finite
from ipplan.reasons import Reason

__all__ = ["AtMostForm", "Case", "Progress", "Ratio", "Scale", "ScoringRule"]


@frozen(kw_only=True)
class Case:
    """What a rule sees of an indicator at one time, all in the indicator's unit."""

    actual: float
    bound: Bound
    baseline: float | None = None


@frozen(kw_only=True)
class Scale:
    """How attainment becomes a score: limited to floor..cap, then times `full`.

    >>> Scale().score(2.24), Scale(cap=1.5).score(2.24), Scale().score(-0.3)
    (100.0, 150.0, 0.0)
    """

    floor: float = field(default=0.0, converter=as_float, validator=finite)
    cap: float = field(default=1.0, converter=as_float, validator=finite)
    full: float = field(default=100.0, converter=as_float, validator=finite)

    def __attrs_post_init__(self) -> None:
        if self.floor >= self.cap:
            raise ModelError(
                Problem(
                    place="cap",
                    expected=f"more than the floor, {self.floor}",
                    found=shown(self.cap),
                )
            )
        if self.full <= 0.0:
            raise ModelError(
                Problem(place="full", expected="a positive number", found=shown(self.full))
            )

    def limited(self, attainment: float) -> float:
        """The attainment, moved into floor..cap."""
        return min(max(attainment, self.floor), self.cap)

    def score(self, attainment: float) -> float:
        """The score that an attainment earns."""
        return self.full * self.limited(attainment)


@runtime_checkable
class ScoringRule(Protocol):
    """What a rule must offer: a name, an attainment or the reason for none, and its formula."""

    @property
    def name(self) -> str:
        """The rule's name, as results and explanations print it."""
        ...

    @property
    def scale(self) -> Scale:
        """How attainment becomes a score."""
        ...

    def attainment(self, case: Case) -> float | Reason:
        """The attainment, 1.0 for just as expected; a Reason where it is undefined."""
        ...

    def formula(self, case: Case) -> tuple[str, str]:
        """The formula in words and with the case's numbers put in."""
        ...


class AtMostForm(enum.Enum):
    """The two forms of the ratio where less is better."""

    RECIPROCAL = "reciprocal"
    """expected / actual: twice the expected gives one half; undefined at an actual of zero."""
    MIRROR = "mirror"
    """2 - actual / expected: twice the expected gives zero; linear in the actual."""


def _form(value: AtMostForm | str) -> AtMostForm:
    return choose(AtMostForm, value, place="at_most")


@frozen(kw_only=True)
class Ratio:
    """Degree of completion (完成率): actual / expected, or one of two forms for "at most".

    Outside a `between` or `exactly` the nearest figure of the bound is the expected one. Undefined
    (a Reason) where the expected is zero or negative, since a ratio to it ranks actuals wrongly;
    for a range that reaches below zero, on both sides.

    >>> Ratio().attainment(Case(actual=39.0, bound=Bound.at_least(60)))
    0.65
    >>> Ratio().attainment(Case(actual=8.0, bound=Bound.at_most(10)))
    1.25
    >>> Ratio(at_most="mirror").attainment(Case(actual=8.0, bound=Bound.at_most(10)))
    1.2
    """

    at_most: AtMostForm = field(default=AtMostForm.RECIPROCAL, converter=_form)
    scale: Scale = field(factory=Scale)

    @property
    def name(self) -> str:
        """`ratio`."""
        return "ratio"

    def attainment(self, case: Case) -> float | Reason:
        """The ratio, or why there is none."""
        actual, expected = case.actual, case.bound.edge(case.actual)
        if _inside(case):
            return 1.0
        if case.bound.low < 0.0 or expected == 0.0:
            below = case.bound.low < 0.0
            return Reason.EXPECTED_IS_NEGATIVE if below else Reason.EXPECTED_IS_ZERO
        if not self._less_is_better(case):
            return actual / expected
        if self.at_most is AtMostForm.MIRROR:
            return 2.0 - actual / expected
        if actual <= 0.0:
            return Reason.SIGN_CHANGE if actual else Reason.ACTUAL_IS_ZERO
        return expected / actual

    def formula(self, case: Case) -> tuple[str, str]:
        """The form that applies to the case."""
        actual, expected = _figure(case.actual), _figure(case.bound.edge(case.actual))
        if _inside(case):
            return "1 within the bound", "1"
        if not self._less_is_better(case):
            return "actual / expected", f"{actual} / {expected}"
        if self.at_most is AtMostForm.MIRROR:
            return "2 - actual / expected", f"2 - {actual} / {expected}"
        return "expected / actual", f"{expected} / {actual}"

    @staticmethod
    def _less_is_better(case: Case) -> bool:
        if case.bound.direction is Direction.WITHIN:
            return case.actual > case.bound.high
        return case.bound.direction is Direction.DOWN


@frozen(kw_only=True)
class Progress:
    """The way made of the way expected: (actual - baseline) / (expected - baseline).

    For a `between` or `exactly` the expected way ends at the edge nearest to the baseline, and
    overshooting counts back. Undefined (a Reason) without a baseline, where the expected equals it,
    and where the expected lies on the baseline's worse side.

    >>> Progress().attainment(Case(actual=15.0, bound=Bound.at_least(20), baseline=10.0))
    0.5
    >>> Progress().attainment(Case(actual=15.0, bound=Bound.at_least(20)))
    <Reason.NO_BASELINE: 'no_baseline'>
    """

    scale: Scale = field(factory=Scale)

    @property
    def name(self) -> str:
        """`progress`."""
        return "progress"

    def attainment(self, case: Case) -> float | Reason:
        """The progress, or why there is none."""
        baseline = case.baseline
        if baseline is None:
            return Reason.NO_BASELINE
        expected = case.bound.edge(baseline)
        way = expected - baseline
        within = case.bound.direction is Direction.WITHIN
        if same(expected, baseline) or (within and case.bound.met_by(baseline)):
            return Reason.EXPECTED_EQUALS_BASELINE
        if within:
            if _inside(case):
                return 1.0
            return 1.0 - abs(case.actual - case.bound.edge(case.actual)) / abs(way)
        if (way > 0.0) is not (case.bound.direction is Direction.UP):
            return Reason.DIRECTION_CONTRADICTS_BASELINE
        return (case.actual - baseline) / way

    def formula(self, case: Case) -> tuple[str, str]:
        """The formula, with the distance to the bound for a `between` or `exactly`."""
        baseline = 0.0 if case.baseline is None else case.baseline
        expected = _figure(case.bound.edge(baseline))
        actual, start = _figure(case.actual), _figure(baseline)
        if case.bound.direction is not Direction.WITHIN:
            return (
                "(actual - baseline) / (expected - baseline)",
                f"({actual} - {start}) / ({expected} - {start})",
            )
        edge = _figure(case.bound.edge(case.actual))
        if _inside(case):
            return "1 within the bound", "1"
        return (
            "1 - |actual - bound| / |expected - baseline|",
            f"1 - |{actual} - {edge}| / |{expected} - {start}|",
        )


def _inside(case: Case) -> bool:
    return case.bound.direction is Direction.WITHIN and case.bound.met_by(case.actual)


def _figure(value: float) -> str:
    return f"{value:.10g}"
