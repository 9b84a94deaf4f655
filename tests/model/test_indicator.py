"""What an indicator expects for a period, by its accrual, and what it may hold."""

import math
import pickle
from typing import Any

import attrs
import pytest

from ipplan import (
    Accrual,
    Assumption,
    Baseline,
    Bound,
    Direction,
    Indicator,
    Milestone,
    ModelError,
    Period,
    Text,
    Trajectory,
    UnitError,
)
from tests import builders

NAME = Text(zh="质押融资金额", en="Pledge financing")
WAY = Trajectory(
    milestones=[
        Milestone(period=2017, bound=Bound.more_than(10)),
        Milestone(period=2020, bound=Bound.more_than(40)),
    ],
    baseline=Baseline(period=2016, value=4),
)
NOTE = Assumption(about="interpolation", text=Text(en="A straight line is assumed."))
FIELDS: dict[str, Any] = {
    "id": "pledge_financing",
    "name": NAME,
    "unit": "亿元",
    "accrual": "flow",
    "trajectory": WAY,
    "clause": "1.3",
    "description": Text(en="Loans secured on patents"),
    "assumptions": [NOTE],
}
FLOW = Indicator(**FIELDS)
NOT_FLOWS = [accrual for accrual in Accrual if accrual is not Accrual.FLOW]


def of(accrual: Accrual) -> Indicator:
    return attrs.evolve(FLOW, accrual=accrual)


def figures(indicator: Indicator, *periods: str) -> list[float | None]:
    found = [indicator.expected(Period.of(period)) for period in periods]
    return [None if each is None else each.bound.value for each in found]


@pytest.mark.parametrize("accrual", NOT_FLOWS)
def test_what_is_no_flow_is_compared_at_its_position(accrual: Accrual) -> None:
    assert figures(of(accrual), "2016", "2017-H1", "2017", "2018-06-30") == [4.0, 7.0, 10.0, 15.0]


def test_a_flow_is_compared_with_the_elapsed_share_of_its_years_amount() -> None:
    assert figures(FLOW, "2017-Q1", "2017-H1", "2017-09-30", "2017") == [2.5, 5.0, 7.5, 10.0]


def test_a_part_of_a_flow_keeps_the_kind_of_its_bound_and_says_its_share() -> None:
    found = FLOW.expected(Period.of("2018-H1"))
    assert found is not None
    assert found.bound == Bound.more_than(10)
    assert found.share == 0.5
    assert (found.start, found.end) == WAY.milestones


def test_a_whole_years_flow_has_the_share_one() -> None:
    found = FLOW.expected(Period.of("2018-12"))
    assert found is not None
    assert (found.bound, found.share) == (Bound.more_than(20), 1.0)


def test_a_part_of_a_year_after_the_last_is_a_share_of_what_is_held() -> None:
    found = FLOW.expected(Period.of("2021-H1"))
    assert found is not None
    assert (found.bound, found.held) == (Bound.more_than(20), True)


@pytest.mark.parametrize("period", ["2015", "2015-H1"])
def test_nothing_is_expected_of_a_flow_before_its_first_year(period: str) -> None:
    assert FLOW.expected(Period.of(period)) is None


@pytest.mark.parametrize(
    ("accrual", "period", "due"),
    [
        (Accrual.FLOW, "2015", False),
        (Accrual.FLOW, "2016", False),
        (Accrual.FLOW, "2017-01", True),
        (Accrual.FLOW, "2030", True),
        (Accrual.LEVEL, "2016-11", False),
        (Accrual.LEVEL, "2016", False),
        (Accrual.LEVEL, "2017-01", True),
        (Accrual.RATE, "2016-12-31", False),
        (Accrual.CUMULATIVE, "2016-12-30", False),
    ],
)
def test_what_comes_after_the_baseline_is_due(accrual: Accrual, period: str, due: bool) -> None:
    assert of(accrual).is_due(Period.of(period)) is due


@pytest.mark.parametrize(
    ("accrual", "period", "due"),
    [
        (Accrual.FLOW, "2016", False),
        (Accrual.FLOW, "2017-01", True),
        (Accrual.LEVEL, "2017-06", False),
        (Accrual.LEVEL, "2017", True),
    ],
)
def test_without_a_baseline_the_first_milestone_is_the_first_due(
    accrual: Accrual, period: str, due: bool
) -> None:
    way = attrs.evolve(WAY, baseline=None)
    assert attrs.evolve(of(accrual), trajectory=way).is_due(Period.of(period)) is due


def test_direction_and_target_are_the_trajectorys() -> None:
    assert FLOW.direction is Direction.UP
    assert FLOW.target == Bound.more_than(40)


@pytest.mark.parametrize(
    ("trajectory", "place", "found"),
    [
        (
            Trajectory(milestones=[Milestone(period="2017-H1", bound=Bound.at_least(10))]),
            "milestones[0].period",
            "2017-H1",
        ),
        (
            Trajectory(
                milestones=[
                    Milestone(period=2017, bound=Bound.at_least(10)),
                    Milestone(period="2018-06", bound=Bound.at_least(10)),
                ]
            ),
            "milestones[1].period",
            "2018-06",
        ),
        (
            attrs.evolve(WAY, baseline=Baseline(period="2016-09", value=4)),
            "baseline.period",
            "2016-09",
        ),
    ],
)
def test_a_flow_is_planned_for_whole_years(trajectory: Trajectory, place: str, found: str) -> None:
    with pytest.raises(ModelError) as caught:
        attrs.evolve(FLOW, trajectory=trajectory)
    (problem,) = caught.value.problems
    assert (problem.place, problem.found) == (place, found)
    assert problem.expected == "a whole year, for a flow"


@pytest.mark.parametrize("period", ["2017-12", "2017-H2", "2017-12-31"])
def test_a_flow_may_be_planned_for_a_period_that_ends_a_year(period: str) -> None:
    trajectory = Trajectory(milestones=[Milestone(period=period, bound=Bound.at_least(10))])
    assert figures(attrs.evolve(FLOW, trajectory=trajectory), "2017-H1", "2017") == [5.0, 10.0]


@pytest.mark.parametrize("accrual", NOT_FLOWS)
def test_what_is_no_flow_may_be_planned_for_a_part_of_a_year(accrual: Accrual) -> None:
    trajectory = Trajectory(milestones=[Milestone(period="2017-06", bound=Bound.at_least(10))])
    made = Indicator(**{**FIELDS, "accrual": accrual, "trajectory": trajectory})
    assert figures(made, "2017-06") == [10.0]


@pytest.mark.parametrize("unit", ["亿元", "hundred million yuan", "%", "Firms"])
def test_a_unit_stays_as_it_is_spelled(unit: str) -> None:
    assert attrs.evolve(FLOW, unit=unit).unit == unit


def test_an_unknown_unit_is_refused_by_its_attribute_with_near_ones() -> None:
    with pytest.raises(UnitError, match=r"^unit: expected a unit that ipplan knows.*near: percent"):
        attrs.evolve(FLOW, unit="pecent")


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("id", "Pledge financing", "a snake_case id of at most 64 characters"),
        ("id", "2pledge", "a snake_case id of at most 64 characters"),
        ("id", "p" * 65, "a snake_case id of at most 64 characters"),
        ("id", "pledge\n", "a snake_case id of at most 64 characters"),
        ("id", 5, "a snake_case id of at most 64 characters"),
        ("name", "Pledge financing", r"a Text\(zh=..., en=...\)"),
        ("unit", 5, "text"),
        ("unit", None, "text"),
        ("accrual", "stock", "one of level, flow, cumulative, rate"),
        ("trajectory", [2017], "Trajectory"),
        ("clause", "part one", "a clause number like 2.3.1.2, or nothing"),
        ("description", "Loans", r"a Text\(zh=..., en=...\) or None"),
        ("assumptions", "none", "a list of Assumption"),
        ("assumptions", 5, "a list of Assumption"),
    ],
)
def test_an_attribute_is_refused_by_its_name(name: str, value: Any, expected: str) -> None:
    with pytest.raises(ModelError, match=f"^{name}: expected {expected}, found"):
        Indicator(**{**FIELDS, name: value})


def test_a_wrong_assumption_is_refused_by_its_place() -> None:
    with pytest.raises(ModelError, match=r"^assumptions\[1\]: expected Assumption, found 'none'"):
        Indicator(**{**FIELDS, "assumptions": [NOTE, "none"]})


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("about", "the interpolation", "a snake_case id"),
        ("text", "A straight line", "a Text"),
    ],
)
def test_an_assumption_says_what_it_is_about(name: str, value: Any, expected: str) -> None:
    with pytest.raises(ModelError, match=f"^{name}: expected {expected}"):
        Assumption(**{"about": "interpolation", "text": Text(en="x"), name: value})


def test_what_is_not_given_is_empty() -> None:
    needed = {name: FIELDS[name] for name in ("id", "name", "unit", "accrual", "trajectory")}
    made = Indicator(**needed)
    assert (made.clause, made.description, made.assumptions) == ("", None, ())


def test_the_accrual_may_be_given_as_a_text() -> None:
    assert FLOW.accrual is Accrual.FLOW


@pytest.mark.parametrize("each", [FLOW, NOTE])
def test_parts_are_frozen(each: Any) -> None:
    first = attrs.fields(type(each))[0].name
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(each, first, "other")


@pytest.mark.parametrize("each", [FLOW, NOTE])
def test_parts_are_keyword_only(each: Any) -> None:
    with pytest.raises(TypeError):
        type(each)(*attrs.astuple(each, recurse=False))


@pytest.mark.parametrize("each", [FLOW, NOTE])
def test_parts_are_hashable_and_picklable(each: Any) -> None:
    assert {each, pickle.loads(pickle.dumps(each))} == {each}


# What a plan only watches, and natural limits


@pytest.mark.parametrize("accrual", Accrual)
def test_what_is_only_watched_has_no_target_and_any_figure_is_due(accrual: Accrual) -> None:
    found = attrs.evolve(FLOW, accrual=accrual, trajectory=Trajectory(better="down"))
    assert (found.target, found.direction) == (None, Direction.DOWN)
    for period in ("1990", "2017-H1", "2018-06-30", "2050"):
        assert found.is_due(Period.of(period))
        assert found.expected(Period.of(period)) is None


def test_what_is_watched_is_due_after_its_baseline() -> None:
    way = Trajectory(better="up", baseline=Baseline(period=2016, value=4))
    level = attrs.evolve(FLOW, accrual="level", trajectory=way)
    flow = attrs.evolve(FLOW, trajectory=way)
    periods = ("2016", "2016-H1", "2017-01", "2017")
    assert [level.is_due(Period.of(each)) for each in periods] == [False, False, True, True]
    assert [flow.is_due(Period.of(each)) for each in periods] == [False, False, True, True]


def test_a_flow_that_is_watched_has_a_baseline_of_a_whole_year() -> None:
    way = Trajectory(better="up", baseline=Baseline(period="2016-H1", value=4))
    with pytest.raises(ModelError, match=r"baseline\.period: expected a whole year, for a flow"):
        attrs.evolve(FLOW, trajectory=way)


def test_a_natural_limit_is_a_number_or_none() -> None:
    assert FLOW.limit is None
    assert attrs.evolve(FLOW, limit=100).limit == 100.0
    bad: Any
    for bad, words in (("100", "a number"), (math.inf, "zero, or a number between")):
        with pytest.raises(ModelError, match=f"limit: expected {words}"):
            attrs.evolve(FLOW, limit=bad)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"unit": "件"}, None),
        ({"unit": "亿元", "accrual": "flow"}, None),
        ({"unit": "件", "per": 10000}, 10000),
        ({"unit": "件", "accrual": "rate"}, 1),
        ({"unit": "%", "accrual": "rate"}, 100),
        ({"unit": "%", "accrual": "level"}, 100),
        ({"unit": "%", "per": 1}, 1),
        ({"unit": "百分点"}, 100),
        ({"unit": "无单位"}, 1),
    ],
)
def test_what_a_quotient_is_and_what_it_is_times(
    options: dict[str, Any], expected: float | None
) -> None:
    assert builders.indicator(**options).quotient == expected
