"""Strategies of plans reach the corners, draw what is valid, and shrink to something small."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import ipplan
from ipplan import (
    Accrual,
    Actuals,
    Bound,
    BoundKind,
    Direction,
    Indicator,
    Interpolation,
    Milestone,
    Plan,
    Text,
    Trajectory,
)
from ipplan.testing import (
    actuals_for,
    bounds,
    indicators,
    numbers,
    observations,
    periods,
    phases,
    plans,
    reports_of,
    tasks,
    texts,
    trajectories,
)

Corners = dict[str, Callable[[Any], bool]]


def milestone_values(trajectory: Trajectory) -> list[float]:
    return [milestone.bound.value for milestone in trajectory.milestones]


def values_of(trajectory: Trajectory) -> list[float]:
    start = trajectory.baseline
    return [*([] if start is None else [start.value]), *milestone_values(trajectory)]


NUMBERS: Corners = {
    "zero": lambda number: number == 0.0,
    "negative": lambda number: number < 0.0,
    "large": lambda number: number == 1e9,
    "small": lambda number: 0.0 < number < 1e-3,
    "a fraction": lambda number: number % 1.0 != 0.0,
}
TEXTS: Corners = {
    "Chinese only": lambda text: not text.en,
    "English only": lambda text: not text.zh,
    "both": lambda text: bool(text.zh and text.en),
    "what other formats escape": lambda text: bool(set('|<&#"\\') & set(str(text))),
    "a line break within": lambda text: "\n" in str(text),
}
PERIODS: Corners = {
    "a whole year": lambda period: period.elapsed == 1.0,
    "a part of a year": lambda period: period.elapsed < 1.0,
    "a date": lambda period: period.start == period.end,
    "a part that ends with its year": lambda p: p.elapsed == 1.0 and p.start.month > 1,
}
BOUNDS: Corners = {
    **{kind.value: lambda bound, kind=kind: bound.kind is kind for kind in BoundKind},
    "zero": lambda bound: bound.low == 0.0 == bound.high,
    "negative": lambda bound: bound.high < 0.0,
    "a range around zero": lambda bound: bound.low < 0.0 < bound.high,
}
TRAJECTORIES: Corners = {
    "one milestone": lambda way: len(way.milestones) == 1 and way.baseline is None,
    "several milestones": lambda way: len(way.milestones) > 2,
    "no baseline": lambda way: way.baseline is None,
    "zero": lambda way: 0.0 in values_of(way),
    "negative": lambda way: max(values_of(way)) < 0.0,
    "both signs": lambda way: min(values_of(way)) < 0.0 < max(values_of(way)),
    "equal neighbours": lambda way: len({*milestone_values(way)}) < len(way.milestones),
    "the baseline expected": lambda way: (
        way.baseline is not None and way.baseline.value == way.milestones[0].bound.value
    ),
    "falling where more is better": lambda way: (
        way.direction is Direction.UP and milestone_values(way) != sorted(milestone_values(way))
    ),
    "strict": lambda way: way.target.bound.kind in {BoundKind.MORE_THAN, BoundKind.LESS_THAN},
    "within a year": lambda way: way.target.period.elapsed < 1.0,
    **{how.value: lambda way, how=how: way.interpolation is how for how in Interpolation},
}
Reported = tuple[Plan, Actuals]


def reports(found: Reported) -> list[tuple[Indicator, Any]]:
    """Every observation with its indicator."""
    plan, actuals = found
    return [(plan.indicators[report.indicator], report) for report in actuals.observations]


def errors(found: Reported) -> list[float]:
    """How far each figure is from what was expected of it and not zero, relative."""
    pairs = ((report.value, each.expected(report.period)) for each, report in reports(found))
    known = ((value, due.bound.low) for value, due in pairs if due is not None)
    return [abs(value - low) / abs(low) for value, low in known if low]


REPORTED: Corners = {
    "no indicator": lambda found: not found[0].indicators,
    "several indicators": lambda found: len(found[0].indicators) > 1,
    **{
        accrual.value: lambda found, accrual=accrual: any(
            indicator.accrual is accrual for indicator, _ in reports(found)
        )
        for accrual in Accrual
    },
    "nothing": lambda found: bool(found[0].indicators) and not len(found[1]),
    "nothing of some": lambda found: (
        0 < len({report.indicator for _, report in reports(found)}) < len(found[0].indicators)
    ),
    "a part of a year of a flow": lambda found: any(
        indicator.accrual is Accrual.FLOW and report.period.elapsed < 1.0
        for indicator, report in reports(found)
    ),
    "before the plan": lambda found: any(
        r.period.end < found[0].start.start for _, r in reports(found)
    ),
    "after the plan": lambda found: any(r.period.end > found[0].end.end for _, r in reports(found)),
    "zero": lambda found: any(report.value == 0.0 for _, report in reports(found)),
    "negative": lambda found: any(report.value < 0.0 for _, report in reports(found)),
    "just as expected": lambda found: 0.0 in errors(found),
    "one rounding error beside": lambda found: any(0.0 < error < 5e-16 for error in errors(found)),
    "several sources for one time": lambda found: any(
        reported.others for id in found[0].indicators for reported in found[1].of(id)
    ),
    "sources that disagree": lambda found: bool(found[1].conflicts),
    "unit left out": lambda found: any(not report.unit for _, report in reports(found)),
}


def reported() -> st.SearchStrategy[Reported]:
    """Plans, and what is reported of them."""
    return plans().flatmap(lambda plan: st.tuples(st.just(plan), actuals_for(plan)))


@pytest.mark.parametrize(
    ("drawn", "corners"),
    [
        (numbers(), NUMBERS),
        (texts(), TEXTS),
        (periods(), PERIODS),
        (bounds(), BOUNDS),
        (trajectories(), TRAJECTORIES),
        (reported(), REPORTED),
    ],
    ids=["numbers", "texts", "periods", "bounds", "trajectories", "reported"],
)
def test_every_corner_is_reached(
    drawn: st.SearchStrategy[Any], corners: Corners, unreached
) -> None:
    assert unreached(drawn, corners) == set()


@given(reported())
def test_what_is_reported_fits_its_plan(found: Reported) -> None:
    plan, actuals = found
    assert plan.actuals(actuals) == plan.actuals(actuals.observations)
    assert len(plan.assess(actuals, as_of=plan.end)) == len(plan.indicators)


@given(numbers(sign=1), numbers(sign=-1))
def test_numbers_of_one_sign_are_not_zero(positive: float, negative: float) -> None:
    assert negative < 0.0 < positive


@given(st.data(), st.sampled_from(Direction))
def test_what_is_asked_for_is_drawn(data: st.DataObject, way: Direction) -> None:
    drawn = data.draw(trajectories(direction=way, baseline=True, most=1, first=2018, last=2020))
    assert drawn.baseline is not None
    assert drawn.direction is way
    assert len(drawn.milestones) == 1
    assert drawn.baseline.period.year >= 2018
    assert drawn.target.period.year <= 2020


@given(indicators(id="patents"), tasks(id="2.1"), phases(id="first", first=2018, last=2018))
def test_an_id_is_kept(indicator: Indicator, task: ipplan.Task, phase: ipplan.Phase) -> None:
    assert (indicator.id, task.id, phase.id) == ("patents", "2.1", "first")


@given(plans(least=1, most=1), indicators(bare=True), observations(bare=True))
def test_few_and_bare_ones(
    plan: Plan, indicator: Indicator, observation: ipplan.Observation
) -> None:
    assert len(plan.indicators) == 1
    told = (indicator.clause, indicator.description, indicator.assumptions)
    assert told == ("", None, ())
    assert (observation.unit, observation.address, observation.note) == ("", "", "")


def fails(start: float, end: float, share: float) -> float:
    """An easing of a caller's own that gives no number."""
    return end / 0.0


@given(st.data())
def test_reports_are_drawn_where_nothing_can_be_expected(data: st.DataObject) -> None:
    indicator = data.draw(indicators(interpolations=st.just(fails), first=2018, last=2020))
    drawn = data.draw(reports_of(indicator, first=2018, last=2020, most=2))
    assert len(drawn) <= 2


@given(st.data())
def test_reports_of_years_without_a_milestone_lie_in_these_years(data: st.DataObject) -> None:
    indicator = data.draw(indicators(first=1990, last=1999))
    drawn = data.draw(reports_of(indicator, first=2000, last=2001))
    assert {report.period.year for report in drawn} <= {2000, 2001}


def smallest(drawn: st.SearchStrategy[Any], condition: Callable[[Any], bool]) -> Any:
    """The smallest value that meets a condition, the same one each time."""
    quiet = settings(
        database=None,
        deadline=None,
        max_examples=500,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    return find(drawn, condition, settings=quiet, random=Random(0))


X = Text(en="x")
SMALL = Plan(
    id="a",
    title=X,
    start=2000,
    end=2000,
    indicators=[
        Indicator(
            id="a",
            name=X,
            unit="件",
            accrual="level",
            trajectory=Trajectory(
                milestones=[Milestone(period=1997, bound=Bound.at_least(1))],
            ),
        )
    ],
)


def test_a_plan_shrinks_to_one_milestone() -> None:
    assert smallest(plans(least=1), lambda plan: True) == SMALL


def test_what_does_not_matter_leaves_a_plan_as_it_shrinks() -> None:
    def has_a_flow(plan: Plan) -> bool:
        return any(each.accrual is Accrual.FLOW for each in plan.indicators.values())

    found = smallest(plans(least=1, most=1), has_a_flow)
    assert found.indicators["a"] == evolve(SMALL.indicators["a"], accrual=Accrual.FLOW)
    assert (len(found.indicators), len(found.tasks), len(found.phases)) == (1, 0, 0)


def test_reports_shrink_to_the_few_that_matter() -> None:
    [one, other] = smallest(actuals_for(SMALL), lambda each: bool(each.conflicts)).observations
    assert (one.indicator, one.period) == (other.indicator, other.period)
    assert (one.note, other.note, one.unit, other.unit) == ("", "", "", "")
