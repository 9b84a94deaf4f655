"""Strategies: cases for scoring rules, valid, small, and often at a corner."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ipplan.scoring.rule import Case

__all__ = ["cases", "figures", "of_one_sign", "rounded", "turned"]

_ROUNDING = 2.3e-16
"""One rounding error, relative."""

# Made once: most of the time of a draw is spent on making strategies.
_DIGITS = st.integers(-9999, 9999)
_FIGURES = st.one_of(
    _DIGITS.map(float),
    _DIGITS.map(lambda number: number / 1000.0),
    _DIGITS.map(lambda number: number * 1000.0),
)


def figures() -> SearchStrategy[float]:
    """Zero and figures of both signs, of 0.001 to 9 999 000 in size, with up to four digits.

    Two of them are equal or at least 1e-4 apart, relative, so that what a rule gives for them is
    not drowned in rounding.
    """
    return _FIGURES


def of_one_sign(values: Iterable[float], sign: float) -> tuple[float, ...]:
    """The values with the sign of `sign`, and 1 for zero, for what has no way through zero.

    >>> of_one_sign([-2.0, 0.0], 1.0)
    (2.0, 1.0)
    """
    return tuple(math.copysign(value or 1.0, sign) for value in values)


def rounded(figure: float) -> SearchStrategy[float]:
    """A figure, or its neighbour by one rounding error."""
    return st.sampled_from((0.0, -1.0, 1.0)).map(lambda side: figure * (1.0 + side * _ROUNDING))


@st.composite
def cases(draw: st.DrawFn, *, ways: Sequence[float] = (1.0, -1.0, 0.0)) -> Case:
    """Cases of minimums, maximums and ranges, strict or not, with an actual that is known.

    Baseline, target and limit are known or not; neighbours are often equal; time may not have
    passed, and the target may be overdue. The actual is often at a figure of the case, or one
    rounding error beside it.
    """
    way = draw(st.sampled_from(ways))
    pool = draw(st.lists(figures(), min_size=1, max_size=2))
    each = st.one_of(st.sampled_from(pool), figures())
    low, high = _bound(draw, way, each)
    baseline, target, limit = draw(st.tuples(*3 * [st.one_of(each, st.just(math.nan))]))
    at = 2020.0 + draw(st.integers(0, 8)) / 4.0
    known = [figure for figure in (low, high, baseline, target) if not math.isnan(figure)]
    actual = draw(st.one_of(figures(), st.sampled_from(known).flatmap(rounded)))
    return Case(
        actual=actual,
        low=low,
        high=high,
        way=way,
        strict=float(way != 0.0 and draw(st.booleans())),
        at=at,
        baseline=baseline,
        baseline_at=math.nan if math.isnan(baseline) else at - draw(st.integers(0, 40)) / 4.0,
        target=target,
        due=math.nan if math.isnan(target) else at + draw(st.integers(-8, 60)) / 4.0,
        limit=limit,
    )


def _bound(draw: st.DrawFn, way: float, each: SearchStrategy[float]) -> tuple[float, float]:
    first = draw(each)
    second = draw(each) if way == 0.0 else first
    return min(first, second), max(first, second)


def turned(case: Case, *, factor: float = 1.0, shift: float = 0.0) -> Case:
    """The case with every figure times a factor, plus a constant; a negative factor mirrors it.

    >>> turned(Case(actual=3.0, low=1.0, high=2.0, way=0.0), factor=-1.0).low
    -2.0
    """
    low, high = (figure * factor + shift for figure in (case.low, case.high))
    return evolve(
        case,
        actual=case.actual * factor + shift,
        low=min(low, high),
        high=max(low, high),
        way=case.way * math.copysign(1.0, factor) + 0.0,
        baseline=case.baseline * factor + shift,
        target=case.target * factor + shift,
        limit=case.limit * factor + shift,
    )
