"""Strategies of cases reach the corners, and turning a case keeps it a case."""

import math
from collections.abc import Callable

from hypothesis import given

from ipplan.scoring import Case
from ipplan.testing import cases, figures
from ipplan.testing.cases import turned

CORNERS: dict[str, Callable[[Case], bool]] = {
    "a range": lambda case: case.way == 0.0 and case.low < case.high,
    "an exact figure": lambda case: case.way == 0.0 and case.low == case.high,
    "less than": lambda case: case.way < 0.0 and case.strict == 1.0,
    "expected zero": lambda case: case.low == 0.0 == case.high,
    "expected negative": lambda case: case.high < 0.0,
    "no baseline": lambda case: math.isnan(case.baseline),
    "no target": lambda case: math.isnan(case.target),
    "a limit": lambda case: not math.isnan(case.limit),
    "baseline expected": lambda case: case.baseline == case.low,
    "target at baseline": lambda case: case.baseline == case.target,
    "target on the worse side": lambda case: (case.target - case.baseline) * case.way < 0.0,
    "no time": lambda case: case.at == case.baseline_at,
    "overdue": lambda case: case.at > case.due,
    "actual expected": lambda case: case.actual == case.low != 0.0,
    "actual a rounding error below": lambda case: 0.0 < case.low - case.actual < 1e-9,
}


def test_cases_reach_every_corner(unreached) -> None:
    assert unreached(cases(), CORNERS) == set()


@given(cases())
def test_cases_are_whole(case: Case) -> None:
    assert case.low <= case.high
    assert case.way in {1.0, -1.0, 0.0}
    assert math.isfinite(case.actual)
    assert math.isnan(case.baseline) == math.isnan(case.baseline_at)
    assert math.isnan(case.target) == math.isnan(case.due)


@given(cases())
def test_mirrored_twice_is_the_case_itself(case: Case) -> None:
    assert repr(turned(turned(case, factor=-1.0), factor=-1.0)) == repr(turned(case))


@given(figures(), figures())
def test_figures_are_equal_or_well_apart(first: float, second: float) -> None:
    assert first == second or abs(first - second) >= 0.9e-4 * max(abs(first), abs(second))
