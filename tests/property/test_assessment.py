"""Laws of whole assessments, and round trips of everything that a plan is made of."""

import datetime
import math
import pickle
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import ipplan
from ipplan import (
    Actuals,
    Assumption,
    Baseline,
    Bound,
    Deliverable,
    Department,
    Indicator,
    Milestone,
    Observation,
    Period,
    Phase,
    Plan,
    Policy,
    State,
    Task,
    Text,
    Trajectory,
    Workstream,
)
from ipplan import testing as draw
from ipplan.model.amendment import Amendment
from tests.strategies import amendments, interpolations

GANSU = ipplan.load("gansu-2016")
ANY_PLANS = draw.plans(interpolations=interpolations())
"""Plans of every named interpolation, and of easings of a caller's own."""
YEARS = st.integers(2016, 2020)
FIGURES = st.integers(0, 10**6).map(lambda thousandths: thousandths / 1000)
REPORTS = st.dictionaries(
    st.sampled_from([*GANSU.indicators]), st.dictionaries(YEARS, FIGURES, max_size=4), max_size=10
)
POLICIES = st.builds(
    Policy,
    rule=st.sampled_from(["ratio", "progress"]),
    missing=st.sampled_from(["skip", "zero"]),
    exceeding=st.sampled_from(["missed", "met"]),
)


@given(REPORTS, YEARS)
def test_missing_is_never_zero(reports: dict[str, dict[int, float]], year: int) -> None:
    found = GANSU.assess(reports, as_of=year)
    for id, result in found.results.items():
        reported = [y for y in reports.get(id, {}) if y <= year]
        assert (result.state is State.MISSING) is (not reported)
        assert (result.actual is None) is (not reported)
        assert result.score is None or reported


@given(REPORTS, YEARS)
def test_the_total_is_its_contributions_and_coverage_its_share(
    reports: dict[str, dict[int, float]], year: int
) -> None:
    found = GANSU.assess(reports, as_of=year)
    scored = [each for each in found.results.values() if each.score is not None]
    assert found.coverage == pytest.approx(len(scored) / 10, rel=1e-12)
    if found.score is None:
        assert not scored
    else:
        assert math.fsum(found.contributions.values()) == found.score
        assert min(each.score for each in scored) - 1e-9 <= found.score
        assert found.score <= max(each.score for each in scored) + 1e-9


@given(st.integers(0, 10**9), YEARS)
def test_money_counts_the_same_in_every_unit(ten_thousands: int, year: int) -> None:
    """万元, 亿元 and 元 give equal results, to the last bit."""
    whole, rest = divmod(ten_thousands, 10_000)
    spellings = [
        f"{ten_thousands} 万元",
        f"{whole}.{rest:04} 亿元",
        f"{ten_thousands * 10_000} 元",
        f"{whole}.{rest:04}",
    ]
    found = [GANSU.assess({"pledge_financing": {year: each}}) for each in spellings]
    assert all(each.results == found[0].results for each in found)


@given(REPORTS, YEARS)
def test_every_observation_is_used_once_or_listed(
    reports: dict[str, dict[int, float]], year: int
) -> None:
    found = GANSU.assess(reports, as_of=year)
    used = [each.observation for each in found.results.values() if each.observation]
    listed = [unused.entry for unused in found.not_used]
    assert len(used) + len(listed) == len(found.actuals)
    assert {*used, *listed} == {*found.actuals.observations}


@given(ANY_PLANS, POLICIES, st.data())
def test_any_plan_is_assessed_without_an_exception_and_told_in_full(
    plan: Plan, policy: Policy, data: st.DataObject
) -> None:
    """Every figure is finite or has a reason; every text and every plain value can be made."""
    periods = st.integers(plan.start.year, plan.end.year)
    reports = {id: {data.draw(periods): data.draw(draw.numbers())} for id in plan.indicators}
    found = plan.assess(reports, as_of=plan.end, policy=policy)
    for result in found.results.values():
        assert (result.score is None) is (result.state is not State.SCORED)
        assert (result.reason is None) is (result.state is State.SCORED)
        assert result.score is None or 0.0 <= result.score <= 100.0
        for value in (result.ratio, result.progress, result.expected, result.gap):
            assert value is None or math.isfinite(value)
        assert result.explain("zh")
    assert found.to_json()
    assert found.to_table() == str(found)


PARTS: list[tuple[type, Any]] = [
    (Text, draw.texts()),
    (Bound, draw.bounds()),
    (Trajectory, draw.trajectories()),
    (Indicator, draw.indicators()),
    (Department, draw.departments()),
    (Task, draw.tasks()),
    (Phase, draw.phases()),
    (Observation, draw.observations()),
    (Actuals, draw.actuals_for(GANSU)),
    (Plan, draw.plans()),
    (Milestone, st.builds(Milestone, period=draw.periods(), bound=draw.bounds())),
    (Baseline, st.builds(Baseline, period=draw.periods(), value=draw.numbers())),
    (Assumption, draw.assumptions()),
    (Amendment, amendments(GANSU, id="one", day=datetime.date(2018, 3, 1))),
    (Workstream, st.builds(Workstream, id=st.sampled_from(["use", "b"]), name=draw.texts())),
    (
        Deliverable,
        st.builds(
            Deliverable,
            id=st.sampled_from(["3.1.1.1", "9"]),
            title=draw.texts(),
            phase=st.just("one"),
            workstream=st.sampled_from([None, "use"]),
            tasks=st.sampled_from([(), ("2.1",)]),
            clause=st.sampled_from(["", "3.1.1"]),
            due=st.none() | draw.periods(),
        ),
    ),
]


@pytest.mark.parametrize("format", ["toml", "json"])
@pytest.mark.parametrize(("cls", "values"), PARTS, ids=[cls.__name__ for cls, _ in PARTS])
@given(data=st.data())
def test_round_trip_through_files(
    cls: type, values: st.SearchStrategy[Any], format: str, data: st.DataObject
) -> None:
    value = data.draw(values)
    assert ipplan.loads(ipplan.dumps(value, format=format), format=format, into=cls) == value


@pytest.mark.parametrize(("cls", "values"), PARTS, ids=[cls.__name__ for cls, _ in PARTS])
@given(data=st.data())
def test_round_trip_through_pickle(
    cls: type, values: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    value = data.draw(values)
    again = pickle.loads(pickle.dumps(value))
    assert again == value
    assert hash(again) == hash(value)
    assert type(again) is cls


@given(ANY_PLANS)
def test_expected_is_what_each_trajectory_says(plan: Plan) -> None:
    assume(plan.indicators)
    year = plan.end.year
    expected = plan.expected(year)
    for id, indicator in plan.indicators.items():
        assert expected[id] == indicator.trajectory.value(Period.of(year))
