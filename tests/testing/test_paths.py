"""Every named interpolation keeps the laws of paths, and wrong paths are caught by a named law."""

import math
import re
from bisect import bisect_left, bisect_right

import pytest

from ipplan import ModelError
from ipplan.interpolation import Interpolation, interpolate, linear, pchip
from ipplan.testing import LawBroken, PathLaw, check_path

TIMES, VALUES = (2025.0, 2030.0, 2040.0), (0.0, 50.0, 100.0)


def test_three_points_are_two_segments() -> None:
    found = [interpolate(Interpolation.LINEAR, TIMES, VALUES, at) for at in (2026.0, 2035.0)]
    assert found == [10.0, 75.0]


def right(times, values, at):
    return interpolate(Interpolation.LINEAR, times, values, at)


def test_the_right_path_keeps_the_laws() -> None:
    check_path(right)


@pytest.mark.parametrize(
    "how", [Interpolation.PCHIP, *(how.value for how in Interpolation)], ids=str
)
def test_every_named_interpolation_keeps_the_laws_by_its_name(how: Interpolation | str) -> None:
    check_path(how)


@pytest.mark.usefixtures("first_found")
def test_a_name_is_told_where_it_breaks_a_law_or_is_unknown() -> None:
    with pytest.raises(LawBroken, match="pchip breaks the law LOCAL"):
        check_path("pchip", [PathLaw.LOCAL], max_examples=500)
    with pytest.raises(ModelError, match=r"interpolation: expected one of .* \(near: linear\)"):
        check_path("liner")


@pytest.mark.usefixtures("first_found")
def test_a_path_claims_its_laws_itself() -> None:
    class Cubic:
        laws = frozenset(PathLaw) - {PathLaw.LOCAL}

        def __call__(self, times, values, at):
            return pchip(times, values, at)

    check_path(Cubic())
    with pytest.raises(LawBroken, match="Cubic breaks the law LOCAL"):
        check_path(Cubic(), [PathLaw.LOCAL], max_examples=500)


@pytest.mark.usefixtures("first_found")
def test_points_of_one_sign_are_for_paths_that_have_no_zero() -> None:
    def growth(times, values, at):
        return interpolate(Interpolation.GEOMETRIC, times, values, at)

    check_path(growth, one_sign=True)
    with pytest.raises(LawBroken, match="ValueError: math domain error") as caught:
        check_path(growth, [PathLaw.FINITE], max_examples=500)
    assert caught.value.law is PathLaw.FINITE


def segment(times, at):
    return min(bisect_right(times, at), len(times) - 1) - 1


def counted_to_the_last_milestone(times, values, at):
    """The way to the next value, as if it took until the last milestone."""
    place = segment(times, at)
    share = (at - times[place]) / (times[-1] - times[place])
    return linear(values[place], values[place + 1], share)


def to_the_last_milestone(times, values, at):
    """One straight line from the first point to the last."""
    return linear(values[0], values[-1], (at - times[0]) / (times[-1] - times[0]))


def counted_from_the_first_milestone(times, values, at):
    place = segment(times, at)
    share = (at - times[0]) / (times[place + 1] - times[0])
    return linear(values[place], values[place + 1], share)


def extrapolated(times, values, at):
    """The line through the first two points, drawn on."""
    slope = (values[1] - values[0]) / (times[1] - times[0])
    return values[0] + slope * (at - times[0])


def polynomial(times, values, at):
    """The one polynomial through all points (Lagrange)."""
    total = 0.0
    for place, (time, value) in enumerate(zip(times, values, strict=True)):
        others = [other for index, other in enumerate(times) if index != place]
        total += value * math.prod((at - other) / (time - other) for other in others)
    return total


def one_segment_late(times, values, at):
    """A point belongs to the segment before it, where the step has not been made."""
    return values[bisect_left(times, at) - 1]


def smoothed(times, values, at):
    """Pulled towards the mean of all points, but for the points themselves."""
    return right(times, values, at) if at in times else sum(values) / len(values)


def unsorted(times, values, at):
    """Neighbours by value, not by time."""
    return right(times, tuple(sorted(values)), at)


def share_over_the_change(times, values, at):
    place = segment(times, at)
    start, end = values[place : place + 2]
    return start + (end - start) * ((at - times[place]) * (end - start)) / (
        (times[place + 1] - times[place]) * (end - start)
    )


def nothing_between(times, values, at):
    return dict(zip(times, values, strict=True)).get(at, math.nan)


def none_between(times, values, at):
    return dict(zip(times, values, strict=True)).get(at)


WRONG = [
    (counted_to_the_last_milestone, PathLaw.LOCAL),
    (to_the_last_milestone, PathLaw.THROUGH_POINTS),
    (counted_from_the_first_milestone, PathLaw.THROUGH_POINTS),
    (extrapolated, PathLaw.THROUGH_POINTS),
    (extrapolated, PathLaw.BETWEEN_NEIGHBOURS),
    (polynomial, PathLaw.BETWEEN_NEIGHBOURS),
    (polynomial, PathLaw.LOCAL),
    (one_segment_late, PathLaw.THROUGH_POINTS),
    (smoothed, PathLaw.BETWEEN_NEIGHBOURS),
    (unsorted, PathLaw.THROUGH_POINTS),
    (pchip, PathLaw.LOCAL),
    (share_over_the_change, PathLaw.FINITE),
    (nothing_between, PathLaw.FINITE),
    (none_between, PathLaw.FINITE),
]


@pytest.mark.parametrize(("path", "law"), WRONG)
@pytest.mark.usefixtures("first_found")
def test_a_wrong_path_is_caught_by_the_law_that_it_breaks(path, law) -> None:
    with pytest.raises(LawBroken) as caught:
        check_path(path, [law], max_examples=1000)
    assert caught.value.law is law


def test_a_share_counted_to_the_last_milestone_is_told_by_the_later_point() -> None:
    assert counted_to_the_last_milestone(TIMES, VALUES, 2026.0) != 10.0
    assert counted_to_the_last_milestone(TIMES, VALUES, 2035.0) == 75.0
    with pytest.raises(LawBroken) as caught:
        check_path(counted_to_the_last_milestone, max_examples=300)
    first, inputs, law, found = str(caught.value).splitlines()
    assert first == "counted_to_the_last_milestone breaks the law LOCAL"
    assert re.fullmatch(r"  inputs: points \S+: \S+, \S+: \S+, \S+: \S+; at \S+", inputs)
    assert law == "  the law says: a later point changes no earlier segment"
    assert re.fullmatch(r"  came out: \S+, and \S+ without the points after \S+", found)
