"""What a bound demands, what meets it, and what a bound cannot be."""

import math
import pickle
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import pytest

from ipplan import Bound, BoundKind, Direction, ModelError
from ipplan.model.bound import same

ONE_EACH = (
    Bound.at_least(26),
    Bound.more_than(6000),
    Bound.at_most(5),
    Bound.less_than(3),
    Bound.between(2, 3),
    Bound.exactly(7),
)


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (Bound.at_least(2), BoundKind.AT_LEAST),
        (Bound.more_than(2), BoundKind.MORE_THAN),
        (Bound.at_most(2), BoundKind.AT_MOST),
        (Bound.less_than(2), BoundKind.LESS_THAN),
        (Bound.exactly(2), BoundKind.EXACTLY),
    ],
)
def test_a_bound_of_one_figure(made: Bound, kind: BoundKind) -> None:
    assert made == Bound(kind=kind, low=2.0, high=2.0)
    assert made.figures == (2.0,)


def test_a_bound_of_two_figures() -> None:
    made = Bound.between(2, 3)
    assert made == Bound(kind="between", low=2.0, high=3.0)
    assert made.figures == (2.0, 3.0)


@pytest.mark.parametrize(
    ("bound", "direction"),
    [*zip(ONE_EACH, ["up", "up", "down", "down", "within", "within"], strict=True)],
)
def test_the_direction_follows_from_the_kind(bound: Bound, direction: str) -> None:
    assert bound.direction is Direction(direction)


@pytest.mark.parametrize(
    ("bound", "text"),
    [*zip(ONE_EACH, ["≥ 26", "> 6000", "≤ 5", "< 3", "2–3", "= 7"], strict=True)],
)
def test_a_bound_is_written_as_a_plan_writes_it(bound: Bound, text: str) -> None:
    assert str(bound) == text


@pytest.mark.parametrize(
    ("bound", "actual", "met"),
    [
        (Bound.at_least(6000), 5999.9, False),
        (Bound.at_least(6000), 6000, True),
        (Bound.at_least(6000), 6000.1, True),
        (Bound.more_than(6000), 5999.9, False),
        (Bound.more_than(6000), 6000, False),
        (Bound.more_than(6000), 6000.1, True),
        (Bound.at_most(5), 4.9, True),
        (Bound.at_most(5), 5, True),
        (Bound.at_most(5), 5.1, False),
        (Bound.less_than(5), 4.9, True),
        (Bound.less_than(5), 5, False),
        (Bound.less_than(5), 5.1, False),
        (Bound.between(2, 3), 1.9, False),
        (Bound.between(2, 3), 2, True),
        (Bound.between(2, 3), 2.5, True),
        (Bound.between(2, 3), 3, True),
        (Bound.between(2, 3), 3.1, False),
        (Bound.exactly(7), 6.9, False),
        (Bound.exactly(7), 7, True),
        (Bound.exactly(7), 7.1, False),
        (Bound.at_least(0), 0, True),
        (Bound.more_than(0), 0, False),
        (Bound.at_least(-5), -5.1, False),
        (Bound.at_most(-5), -5.1, True),
    ],
)
def test_what_meets_a_bound(bound: Bound, actual: float, met: bool) -> None:
    assert bound.met_by(actual) is met


@pytest.mark.parametrize("bound", ONE_EACH)
def test_nan_meets_no_bound(bound: Bound) -> None:
    assert not bound.met_by(math.nan)


WITHIN_TOLERANCE, BEYOND_TOLERANCE = 0.5e-12, 2e-12
"""Figures count as equal within 1e-12 of the larger one."""


@pytest.mark.parametrize(
    ("bound", "at_the_figure", "side"),
    [
        (Bound.at_least(6000), True, -1),
        (Bound.more_than(6000), False, 1),
        (Bound.at_most(6000), True, 1),
        (Bound.less_than(6000), False, -1),
        (Bound.exactly(6000), True, 1),
        (Bound.exactly(6000), True, -1),
        (Bound.between(1, 6000), True, 1),
        (Bound.between(6000, 7000), True, -1),
    ],
)
def test_rounding_errors_do_not_decide(bound: Bound, at_the_figure: bool, side: int) -> None:
    assert bound.met_by(6000 * (1 + side * WITHIN_TOLERANCE)) is at_the_figure
    assert bound.met_by(6000 * (1 + side * BEYOND_TOLERANCE)) is not at_the_figure


@pytest.mark.parametrize(
    ("first", "second", "equal"),
    [
        (1.0, 1.0 + WITHIN_TOLERANCE, True),
        (1.0, 1.0 + BEYOND_TOLERANCE, False),
        (1e9, 1e9 * (1 + WITHIN_TOLERANCE), True),
        (1e-6, 1e-6 * (1 + BEYOND_TOLERANCE), False),
        (6_000_000_000.0, 6_000_000_001.0, False),
        (0.0, 1e-100, False),
        (5.0, -5.0, False),
        (math.nan, math.nan, False),
    ],
)
def test_figures_are_the_same_within_a_tolerance(first: float, second: float, equal: bool) -> None:
    assert same(first, second) is equal
    assert same(second, first) is equal


@pytest.mark.parametrize(
    ("bound", "actual", "exceeded"),
    [
        (Bound.between(2, 3), 3.1, True),
        (Bound.between(2, 3), 3, False),
        (Bound.between(2, 3), 3 * (1 + WITHIN_TOLERANCE), False),
        (Bound.between(2, 3), 1, False),
        (Bound.exactly(7), 7.1, True),
        (Bound.exactly(7), 7, False),
        (Bound.at_least(2), 99, False),
        (Bound.at_most(2), 99, False),
    ],
)
def test_only_a_figure_to_stay_within_is_exceeded(
    bound: Bound, actual: float, exceeded: bool
) -> None:
    assert bound.exceeded_by(actual) is exceeded


@pytest.mark.parametrize(
    ("actual", "edge"), [(-9.0, 2.0), (2.4, 2.0), (2.5, 2.0), (2.6, 3.0), (99.0, 3.0)]
)
def test_the_edge_is_the_nearer_figure(actual: float, edge: float) -> None:
    assert Bound.between(2, 3).edge(actual) == edge


@pytest.mark.parametrize(("bound", "value"), [(Bound.at_most(5), 5.0), (Bound.between(2, 3), 2.5)])
def test_the_value_is_one_figure(bound: Bound, value: float) -> None:
    assert bound.value == value


@pytest.mark.parametrize(
    "make",
    [Bound.at_least, Bound.more_than, Bound.at_most, Bound.less_than, Bound.exactly],
)
def test_a_moved_bound_keeps_its_kind(make: Callable[[float], Bound]) -> None:
    assert make(5).moved(6.0, 6.0) == make(6)


def test_a_moved_between_has_the_lower_figure_first() -> None:
    assert Bound.between(2, 3).moved(9.0, 8.0) == Bound.between(8, 9)


def test_a_between_moved_onto_one_figure_is_exactly_that() -> None:
    assert Bound.between(2, 3).moved(5.0, 5.0) == Bound.exactly(5)


def test_a_figure_too_small_to_calculate_with_is_moved_to_zero() -> None:
    assert Bound.at_least(1).moved(1e-101, 1e-101) == Bound.at_least(0)
    assert Bound.at_least(1).moved(1e-100, 1e-100) == Bound.at_least(1e-100)


def test_a_share_of_a_bound_is_that_share_of_its_figures() -> None:
    assert Bound.between(2, 3).scaled(0.5) == Bound.between(1, 1.5)


def test_a_share_of_a_strict_bound_is_strict() -> None:
    assert Bound.more_than(6000).scaled(0.5) == Bound.more_than(3000)


def test_a_share_of_a_negative_between_has_the_lower_figure_first() -> None:
    assert Bound.between(-3, -2).scaled(0.5) == Bound.between(-1.5, -1)


def test_the_whole_of_a_bound_is_itself() -> None:
    bound = Bound.more_than(6000)
    assert bound.scaled(1.0) is bound


@pytest.mark.parametrize(
    "value", [5, 5.0, Fraction(5), np.int64(5), np.float64(5.0), np.float32(5.0)]
)
def test_a_figure_of_any_real_type_is_a_float(value: float) -> None:
    low = Bound.at_least(value).low
    assert (low, type(low)) == (5.0, float)


@pytest.mark.parametrize("value", ["5", None, True, [5], 5j, object()])
@pytest.mark.parametrize("name", ["low", "high"])
def test_a_figure_that_is_no_number_is_refused_by_name(name: str, value: Any) -> None:
    with pytest.raises(ModelError, match=f"^{name}: expected a number, found"):
        Bound(**{"kind": "between", "low": 1, "high": 2, name: value})


OUT_OF_LIMITS = [
    *(math.nan, math.inf, -math.inf, 1e101, -1e101, 1e-101),
    pytest.param(10**200, id="an int of 201 digits"),
    pytest.param(10**400, id="an int beyond any float"),
]


@pytest.mark.parametrize("value", OUT_OF_LIMITS)
@pytest.mark.parametrize("name", ["low", "high"])
def test_a_figure_too_large_or_small_is_refused_with_the_limits(name: str, value: Any) -> None:
    expected = f"^{name}: expected zero, or a number between 1e-100 and 1e100 in size, found"
    with pytest.raises(ModelError, match=expected):
        Bound(**{"kind": "between", "low": 1, "high": 2, name: value})


@pytest.mark.parametrize("value", [0.0, 1e-100, -1e-100, 1e100, -1e100])
def test_the_limits_themselves_are_taken(value: float) -> None:
    assert Bound.at_least(value).low == value


def test_an_unknown_kind_is_refused_with_the_kinds() -> None:
    with pytest.raises(ModelError, match=r"kind: .*at_least, more_than, .*\(near: at_least\)"):
        Bound(kind="at least", low=5)  # type: ignore[arg-type]


@pytest.mark.parametrize(("low", "high"), [(3, 2), (2, 2)])
def test_a_between_has_the_lower_figure_first_and_two(low: float, high: float) -> None:
    with pytest.raises(
        ModelError, match=r"^between: expected the lower figure first, and two that"
    ):
        Bound.between(low, high)


@pytest.mark.parametrize("kind", [kind for kind in BoundKind if kind is not BoundKind.BETWEEN])
def test_only_a_between_has_two_figures(kind: BoundKind) -> None:
    with pytest.raises(ModelError, match=f"^{kind.value}: expected one figure, .*`between`"):
        Bound(kind=kind, low=2, high=3)


def test_a_bound_is_frozen() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Bound.at_least(5).low = 6.0  # type: ignore[misc]


def test_a_bound_is_keyword_only() -> None:
    with pytest.raises(TypeError):
        Bound(BoundKind.AT_LEAST, 5)  # type: ignore[misc]


@pytest.mark.parametrize("bound", ONE_EACH)
def test_a_bound_is_hashable_and_picklable(bound: Bound) -> None:
    assert {bound, pickle.loads(pickle.dumps(bound))} == {bound}
