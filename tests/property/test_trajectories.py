"""Laws of trajectories and bounds, for every interpolation and for easings of a caller's own."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.interpolate import PchipInterpolator

from ipplan import (
    Accrual,
    Baseline,
    Bound,
    BoundKind,
    Direction,
    Indicator,
    Interpolation,
    Milestone,
    Period,
    Trajectory,
)
from ipplan.interpolation import Easing, interpolate
from ipplan.model.bound import same
from ipplan.model.trajectory import Point
from ipplan.testing import bounds, indicators, numbers, periods, trajectories
from tests.strategies import interpolations, near, positions

SCIPY_TOLERANCE = 1e-9
"""Relative to the largest value of the curve, since both sides subtract values of that size."""


ANY = trajectories(interpolations=interpolations())
"""Trajectories of every interpolation that has a name, and of easings of a caller's own."""


def easings() -> st.SearchStrategy[Easing]:
    """Arbitrary functions of a segment and a share of it."""

    def ease(start: float, end: float, share: float) -> float: ...

    return st.functions(like=ease, returns=numbers(), pure=True)


def figures(point: Point) -> tuple[float, ...]:
    """The figures of a baseline or a milestone."""
    return (point.value,) if isinstance(point, Baseline) else point.bound.figures


@given(ANY)
def test_a_trajectory_passes_through_its_milestones_exactly(trajectory: Trajectory) -> None:
    for milestone in trajectory.milestones:
        found = trajectory.at(milestone.period)
        assert found is not None
        assert found.bound == milestone.bound
        assert not found.interpolated


@given(trajectories(interpolations=easings()))
def test_any_easing_passes_through_the_milestones_exactly(trajectory: Trajectory) -> None:
    for milestone in trajectory.milestones:
        found = trajectory.at(milestone.period)
        assert found is not None
        assert found.bound == milestone.bound


@given(trajectories(baseline=True, interpolations=interpolations()))
def test_a_trajectory_starts_at_its_baseline_exactly(trajectory: Trajectory) -> None:
    assert trajectory.baseline is not None
    assert trajectory.value(trajectory.baseline.period) == trajectory.baseline.value


@pytest.mark.parametrize("how", Interpolation)
@given(data=st.data())
def test_a_named_interpolation_stays_between_its_neighbours(
    how: Interpolation, data: st.DataObject
) -> None:
    trajectory = data.draw(trajectories(interpolations=st.just(how)))
    found = trajectory.at(data.draw(positions(trajectory)))
    assert found is not None
    neighbours = (*figures(found.start), *figures(found.end))
    assert min(neighbours) <= found.bound.low <= found.bound.high <= max(neighbours)


@pytest.mark.parametrize("how", [Interpolation.LINEAR, Interpolation.GEOMETRIC])
@given(data=st.data())
def test_a_named_interpolation_moves_one_way_between_neighbours(
    how: Interpolation, data: st.DataObject
) -> None:
    """Up to the tolerance within which figures count as equal."""
    trajectory = data.draw(
        trajectories(interpolations=st.just(how), direction=Direction.UP, baseline=True)
    )
    start, end = trajectory.baseline, trajectory.milestones[0]
    assert start is not None
    between = st.floats(start.period.position, end.period.position)
    first, second = sorted((data.draw(between), data.draw(between)))
    earlier, later = trajectory.value(first), trajectory.value(second)
    assert earlier is not None
    assert later is not None
    rising = start.value <= end.bound.value
    low, high = (earlier, later) if rising else (later, earlier)
    assert low <= high or same(low, high)


def extended(trajectory: Trajectory, data: st.DataObject) -> Trajectory:
    """The trajectory with one more milestone, after its last one."""
    sign = None
    if trajectory.interpolation is Interpolation.GEOMETRIC:
        sign = 1 if trajectory.target.bound.low > 0 else -1
    last = trajectory.target.period.year
    later = Milestone(
        period=data.draw(periods(first=last + 1, last=last + 20)),
        bound=data.draw(bounds(direction=trajectory.direction, figures=numbers(sign=sign))),
    )
    return Trajectory(
        milestones=(*trajectory.milestones, later),
        baseline=trajectory.baseline,
        interpolation=trajectory.interpolation,
    )


LOCAL = interpolations().filter(lambda how: how is not Interpolation.PCHIP)
"""The interpolations that see one segment only."""


@given(st.data(), trajectories(interpolations=LOCAL))
def test_a_later_milestone_changes_no_earlier_segment(
    data: st.DataObject, trajectory: Trajectory
) -> None:
    position = data.draw(positions(trajectory))
    assert extended(trajectory, data).at(position) == trajectory.at(position)


@given(st.data(), trajectories(interpolations=easings()))
def test_a_later_milestone_changes_no_earlier_segment_of_any_easing(
    data: st.DataObject, trajectory: Trajectory
) -> None:
    position = data.draw(positions(trajectory))
    assert extended(trajectory, data).at(position) == trajectory.at(position)


def test_a_later_milestone_can_change_an_earlier_segment_of_pchip() -> None:
    bounds_of = {2016: 25.0, 2017: 36.0, 2020: 100.0}
    milestones = [
        Milestone(period=year, bound=Bound.at_least(value)) for year, value in bounds_of.items()
    ]
    short = Trajectory(milestones=milestones[:2], interpolation="pchip")
    longer = Trajectory(milestones=milestones, interpolation="pchip")
    assert short.value(2016.5) == 30.5
    assert longer.value(2016.5) == pytest.approx(29.8294, abs=1e-4)


@given(st.data(), ANY)
def test_after_the_last_milestone_its_bound_is_held_and_flagged(
    data: st.DataObject, trajectory: Trajectory
) -> None:
    last = trajectory.target.period.position
    found = trajectory.at(data.draw(st.floats(last + 1e-6, last + 100)))
    assert found is not None
    assert (found.bound, found.held) == (trajectory.target.bound, True)


@given(st.data(), ANY)
def test_before_the_first_point_nothing_is_due(data: st.DataObject, trajectory: Trajectory) -> None:
    first = trajectory.start.position
    assert trajectory.at(data.draw(st.floats(first - 100, first - 1e-6))) is None


@given(st.data(), trajectories(baseline=True, interpolations=interpolations()))
def test_an_expectation_has_the_trajectorys_direction(
    data: st.DataObject, trajectory: Trajectory
) -> None:
    found = trajectory.at(data.draw(positions(trajectory, around=1.0)))
    assume(found is not None)
    assert found is not None
    assert found.bound.direction is trajectory.direction


@given(indicators(interpolations=interpolations()), periods(first=1985, last=2045))
def test_an_indicator_is_due_where_something_is_expected(
    indicator: Indicator, period: Period
) -> None:
    watched = indicator.target is None  # any figure of it tells something, and nothing is expected
    start = indicator.trajectory.baseline
    flow = indicator.accrual is Accrual.FLOW
    at = float(period.year) if flow else period.position
    known = start is not None and at == start.period.position  # reporting it again answers nothing
    expected = indicator.expected(period) is not None and not known
    assert indicator.is_due(period) is ((watched and not known) or expected)


@st.composite
def curves(draw: st.DrawFn) -> tuple[tuple[float, ...], tuple[float, ...], float]:
    """Positions, values and a position between the first and the last."""
    times = draw(
        st.lists(periods(first=1990, last=2040), min_size=2, max_size=7, unique_by=lambda p: p.end)
    )
    places = tuple(sorted(time.position for time in times))
    pool = draw(st.lists(numbers(), min_size=1, max_size=3))
    values = tuple(draw(st.one_of(st.sampled_from(pool), numbers())) for _ in places)
    return places, values, draw(st.floats(places[0], places[-1]))


@given(curves())
def test_pchip_is_scipys(curve: tuple[tuple[float, ...], tuple[float, ...], float]) -> None:
    places, values, position = curve
    found = interpolate(Interpolation.PCHIP, places, values, position)
    expected = float(PchipInterpolator(places, values)(position))
    largest = max(map(abs, values))
    assert found == pytest.approx(expected, rel=0.0, abs=SCIPY_TOLERANCE * largest)


@given(curves(), st.sampled_from([how for how in Interpolation if how.value != "geometric"]))
def test_a_mirrored_curve_gives_mirrored_figures(
    curve: tuple[tuple[float, ...], tuple[float, ...], float], how: Interpolation
) -> None:
    places, values, position = curve
    mirrored = tuple(-value for value in values)
    found = interpolate(how, places, values, position)
    assert interpolate(how, places, mirrored, position) == -found


def around(bound: Bound) -> st.SearchStrategy[float]:
    """Actuals on a bound's figures, beside them by a rounding error, and anywhere."""
    return st.one_of(near(bound.low), near(bound.high), numbers())


@given(st.data(), bounds(direction=Direction.UP))
def test_more_meets_an_upward_bound_that_less_meets(data: st.DataObject, bound: Bound) -> None:
    low, high = sorted((data.draw(around(bound)), data.draw(around(bound))))
    assert bound.met_by(high) or not bound.met_by(low)


@given(st.data(), bounds(direction=Direction.DOWN))
def test_less_meets_a_downward_bound_that_more_meets(data: st.DataObject, bound: Bound) -> None:
    low, high = sorted((data.draw(around(bound)), data.draw(around(bound))))
    assert bound.met_by(low) or not bound.met_by(high)


@given(st.data(), bounds(direction=Direction.WITHIN))
def test_what_lies_between_two_that_meet_a_bound_meets_it(
    data: st.DataObject, bound: Bound
) -> None:
    low, middle, high = sorted(data.draw(around(bound)) for _ in range(3))
    assert bound.met_by(middle) or not (bound.met_by(low) and bound.met_by(high))


@given(bounds(kinds=[kind for kind in BoundKind if kind.value not in {"more_than", "less_than"}]))
def test_its_own_figures_meet_a_bound_that_is_not_strict(bound: Bound) -> None:
    assert bound.met_by(bound.low)
    assert bound.met_by(bound.high)


@given(bounds(kinds=[BoundKind.MORE_THAN, BoundKind.LESS_THAN]))
def test_its_own_figure_does_not_meet_a_strict_bound(bound: Bound) -> None:
    assert not bound.met_by(bound.low)


@given(st.data(), bounds(direction=Direction.WITHIN))
def test_what_exceeds_a_bound_does_not_meet_it(data: st.DataObject, bound: Bound) -> None:
    actual = data.draw(around(bound))
    assert not (bound.exceeded_by(actual) and bound.met_by(actual))
