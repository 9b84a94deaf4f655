"""What lies between two neighbouring points, and what a caller's own function may not give."""

import functools
import math
from typing import Any

import pytest

from ipplan import Interpolation, IPPlanError, ModelError
from ipplan.interpolation import (
    Easing,
    InterpolationError,
    geometric,
    interpolate,
    linear,
    next_value,
    pchip,
    previous_value,
)

POSITIONS = (2016.0, 2017.0, 2020.0)
VALUES = (25.0, 36.0, 100.0)


def test_linear_is_the_straight_line() -> None:
    assert [linear(0.0, 50.0, share) for share in (0.0, 0.2, 1.0)] == [0.0, 10.0, 50.0]


def test_linear_crosses_zero_at_zero() -> None:
    assert linear(-0.1, 0.2, 1 / 3) == 0.0


def test_linear_keeps_a_small_figure_that_is_no_rounding_error() -> None:
    assert linear(-1.0, 1.0, 0.5 + 1e-9) == pytest.approx(2e-9, rel=1e-6)


def test_linear_between_equal_points_is_exact() -> None:
    assert linear(0.1, 0.1, 0.7) == 0.1


def test_geometric_is_constant_growth() -> None:
    assert geometric(100.0, 121.0, 0.5) == pytest.approx(110.0, rel=1e-14)


def test_geometric_keeps_a_negative_sign() -> None:
    assert geometric(-100.0, -121.0, 0.5) == pytest.approx(-110.0, rel=1e-14)


def test_geometric_between_equal_points_is_exact() -> None:
    assert geometric(0.1, 0.1, 0.7) == 0.1


def test_a_step_back_holds_what_was_reached() -> None:
    assert previous_value(25.0, 36.0, 0.99) == 25.0


def test_a_step_ahead_holds_what_is_next() -> None:
    assert next_value(25.0, 36.0, 0.01) == 36.0


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (Interpolation.LINEAR, 57.333333333333336),
        (Interpolation.GEOMETRIC, 36.0 * (100.0 / 36.0) ** (1 / 3)),
        (Interpolation.PREVIOUS, 36.0),
        (Interpolation.NEXT, 100.0),
    ],
)
def test_each_name_gives_its_figure(how: Interpolation, expected: float) -> None:
    assert interpolate(how, POSITIONS, VALUES, 2018.0) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("how", [*Interpolation, lambda start, end, share: math.nan])
@pytest.mark.parametrize(("position", "value"), [*zip(POSITIONS, VALUES, strict=True)])
def test_points_are_hit_exactly(how: Interpolation | Easing, position: float, value: float) -> None:
    assert interpolate(how, POSITIONS, VALUES, position) == value


def test_an_easing_sees_its_own_segment_only() -> None:
    seen = []

    def ease(start: float, end: float, share: float) -> float:
        seen.append((start, end, share))
        return start

    interpolate(ease, POSITIONS, VALUES, 2018.5)
    assert seen == [(36.0, 100.0, 0.5)]


def test_an_easing_may_give_a_whole_number() -> None:
    value = interpolate(lambda start, end, share: 40, POSITIONS, VALUES, 2018.0)
    assert (value, type(value)) == (40.0, float)


def test_an_easing_may_leave_its_neighbours() -> None:
    assert interpolate(lambda start, end, share: -1e100, POSITIONS, VALUES, 2018.0) == -1e100


@pytest.mark.parametrize(
    "value",
    [math.nan, math.inf, -math.inf, 1.1e100, 10**400, "40", None, True, 1j, [40.0]],
)
def test_an_easing_gives_a_finite_number(value: Any) -> None:
    with pytest.raises(InterpolationError, match="interpolation: expected a number of at most"):
        interpolate(lambda start, end, share: value, POSITIONS, VALUES, 2018.0)


def bad_ease(start: float, end: float, share: float, *, factor: float = math.nan) -> float:
    """No number, at any place."""
    return factor


class Ease:
    def __call__(self, start: float, end: float, share: float) -> float:
        return math.nan


@pytest.mark.parametrize(
    ("ease", "name"),
    [(bad_ease, "bad_ease"), (functools.partial(bad_ease), "partial"), (Ease(), "Ease")],
)
def test_the_error_names_the_easing_and_the_position(ease: Easing, name: str) -> None:
    with pytest.raises(InterpolationError, match=f"from {name} at 2018.0, found nan"):
        interpolate(ease, POSITIONS, VALUES, 2018.0)


@pytest.mark.parametrize("parent", [IPPlanError, ModelError, ValueError])
def test_the_error_is_a_model_error(parent: type[Exception]) -> None:
    assert issubclass(InterpolationError, parent)


@pytest.mark.parametrize("position", [2016.25, 2018.0, 2019.5])
def test_pchip_through_two_points_is_the_line(position: float) -> None:
    share = (position - 2016.0) / 4.0
    assert pchip((2016.0, 2020.0), (25.0, 100.0), position) == linear(25.0, 100.0, share)


def test_pchip_through_a_line_is_the_line() -> None:
    assert pchip((0.0, 1.0, 3.0), (0.0, 2.0, 6.0), 2.0) == pytest.approx(4.0, rel=1e-14)


def middle_of_the_first_segment(start_slope: float, end_slope: float) -> float:
    """The cubic Hermite polynomial from 0 to 1 over a segment of width 1, at its middle."""
    return 0.5 + (start_slope - end_slope) / 8.0


@pytest.mark.parametrize(
    ("values", "start_slope", "end_slope"),
    [
        pytest.param((0.0, 1.0, 3.0), 0.5, 4 / 3, id="three-point end, harmonic mean inside"),
        pytest.param((0.0, 1.0, 11.0), 0.0, 20 / 11, id="end of the wrong sign is flat"),
        pytest.param((0.0, 1.0, 0.0), 2.0, 0.0, id="a turning point is flat"),
        pytest.param((0.0, 1.0, -9.0), 3.0, 0.0, id="end at most three times its secant"),
        pytest.param((0.0, 1.0, 1.0), 1.5, 0.0, id="a plateau begins flat"),
    ],
)
def test_pchip_has_the_slopes_of_fritsch_and_butland(
    values: tuple[float, ...], start_slope: float, end_slope: float
) -> None:
    expected = middle_of_the_first_segment(start_slope, end_slope)
    assert pchip((0.0, 1.0, 2.0), values, 0.5) == pytest.approx(expected, rel=1e-14)


def test_pchip_weighs_segments_by_their_widths() -> None:
    # Secants 1 and 2, widths 1 and 2: weights 2*2+1 = 5 and 2+2*1 = 4, slope 9/(5/1+4/2) = 9/7;
    # at the start ((2*1+2)*1 - 1*2)/(1+2) = 2/3.
    expected = middle_of_the_first_segment(2 / 3, 9 / 7)
    assert pchip((0.0, 1.0, 3.0), (0.0, 1.0, 5.0), 0.5) == pytest.approx(expected, rel=1e-14)


def test_pchip_stays_flat_on_a_plateau() -> None:
    assert pchip((0.0, 1.0, 2.0, 3.0), (0.0, 5.0, 5.0, 9.0), 1.7) == 5.0


def test_pchip_of_falling_points_mirrors_the_rising_ones() -> None:
    rising = pchip((0.0, 1.0, 3.0), (0.0, 1.0, 5.0), 0.3)
    assert pchip((0.0, 1.0, 3.0), (0.0, -1.0, -5.0), 0.3) == -rising
