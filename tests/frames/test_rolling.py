"""Rolling up a scored frame gives the totals of `Plan.assess`, on every engine."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import duckdb
import narwhals.stable.v2 as nw
import polars as pl
import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

import ipplan
from ipplan.aggregation import Aggregate, Group, Veto
from ipplan.assessment.credits import Credits
from ipplan.assessment.policy import Policy
from ipplan.frames import rolling
from ipplan.frames.rolling import roll_up
from ipplan.model.department import Department
from ipplan.model.indicator import Indicator
from ipplan.model.task import Task
from ipplan.plan import Plan
from ipplan.testing.strategies import indicators
from ipplan.text import Text
from tests.builders import indicator

PERIODS = ("2018", "2019-06", "2021")
REGIONS = ("east", "west")
BODIES = ("finance", "courts", "harbour")
TASKS = ("1", "2", "3")
RULES = ("ratio", "progress", "pass_fail", "growth_ratio")


def relation(frame: pl.DataFrame) -> Any:
    return duckdb.sql("from frame")


ENGINES: Mapping[str, Callable[[pl.DataFrame], Any]] = {
    "polars": lambda frame: frame,
    "polars lazy": lambda frame: frame.lazy(),
    "pandas": lambda frame: frame.to_pandas(),
    "pyarrow": lambda frame: frame.to_arrow(),
    "duckdb": relation,
}


def table(frame: Any) -> list[dict[str, Any]]:
    """The rows of a frame of any kind, without NaN."""
    found = nw.from_native(frame)
    if isinstance(found, nw.LazyFrame):
        found = found.collect()
    return [
        {name: None if _is_nan(each) else each for name, each in row.items()}
        for row in found.iter_rows(named=True)
    ]


def _is_nan(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)


@frozen(kw_only=True)
class Case:
    plan: Plan
    policy: Policy
    rows: tuple[tuple[str, str, str, float | None], ...]

    @property
    def scored(self) -> pl.DataFrame:
        schema = {
            "region": pl.String,
            "indicator": pl.String,
            "period": pl.String,
            "value": pl.Float64,
        }
        panel = pl.DataFrame(self.rows, schema=schema, orient="row")
        return self.plan.assess_frame(panel, policy=self.policy, faulty="set_aside")

    def assessed(self, region: str, period: str) -> Any:
        actuals: dict[str, dict[str, float]] = {}
        for where, id, when, value in self.rows:
            if (where, when) == (region, period) and value is not None:
                actuals[id] = {when: value}
        return self.plan.assess(actuals, as_of=period, policy=self.policy, faulty="set_aside")


def watched(draw: st.DrawFn, prefix: str, most: int, least: int = 0) -> list[Indicator]:
    found = []
    for place in range(draw(st.integers(least, most))):
        made = draw(indicators(id=f"{prefix}{place}", most=3, first=2016, last=2022, bare=True))
        tasks = draw(st.lists(st.sampled_from(TASKS), max_size=2, unique=True))
        found.append(evolve(made, tasks=tasks))
    return found


@st.composite
def missing_policies(draw: st.DrawFn, ids: tuple[str, ...]) -> Any:
    by_id = st.dictionaries(st.sampled_from(ids), st.sampled_from([0.0, 35.5, 100.0]), min_size=1)
    return draw(
        st.one_of(
            st.sampled_from(["skip", "zero", "require(0.5)", "require(1)", "substitute(40)"]),
            by_id.map(lambda scores: ipplan.Substitute(scores=scores)),
        )
    )


@st.composite
def policies(draw: st.DrawFn, plan: Plan, *, deep: bool) -> Policy:
    ids = (*plan.indicators,)
    groups = draw(trees(ids)) if deep else ()
    names = (*ids, *(each.id for top in groups for each in top.groups))
    weigh = st.floats(0.01, 100.0)
    weights = st.none() | st.fixed_dictionaries(dict.fromkeys(names, weigh))
    methods = ("arithmetic", "geometric", "harmonic", "minimum", "power(2)", "power(-1.5)")
    veto = None
    if deep and draw(st.booleans()):
        of = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
        veto = Veto(
            of=of, below=draw(st.sampled_from([20, 60, 100])), total=draw(st.sampled_from([0, 30]))
        )
    groups = tuple(_with_own(draw, each, names) for each in groups)
    return Policy(
        rule=draw(st.sampled_from(RULES)),
        method=draw(st.sampled_from(methods)),
        missing=draw(missing_policies(names)),
        weights=draw(weights),
        groups=groups,
        veto=veto,
        credits=Credits(
            support=draw(st.sampled_from([0.0, 0.5])), quota=draw(st.sampled_from([0.0, 1.0, 2.5]))
        ),
    )


def _with_own(draw: st.DrawFn, group: Group, names: tuple[str, ...]) -> Group:
    members = [
        each if isinstance(each, str) else _with_own(draw, each, names) for each in group.members
    ]
    missing = draw(st.none() | missing_policies(names))
    method = draw(st.sampled_from([None, "arithmetic", "geometric", "minimum"]))
    return Group(id=group.id, members=members, missing=missing, method=method)


@st.composite
def trees(draw: st.DrawFn, ids: tuple[str, ...]) -> tuple[Group, ...]:
    shape = draw(st.sampled_from(["none", "one", "two", "nested"]))
    if shape == "none":
        return ()
    if shape == "one" or len(ids) < 3:
        return (Group(id="g", members=ids[:2]),)
    if shape == "two":
        return (Group(id="g", members=ids[:1]), Group(id="h", members=ids[1:]))
    return (Group(id="g", members=[Group(id="h", members=ids[:2]), ids[2]]),)


@st.composite
def cases(draw: st.DrawFn, *, deep: bool = False) -> Case:
    steady = indicator("steady", baseline=(2016, 10.0))
    owned = [steady, *watched(draw, "i", 3)]
    asked = watched(draw, "q", 2)
    duties = st.lists(st.sampled_from(BODIES), max_size=2, unique=True)
    tasks = []
    for id in TASKS:
        lead, support = draw(duties), draw(duties)
        tasks.append(
            Task(
                id=id,
                title=Text(en=id),
                lead=lead,
                support=[each for each in support if each not in lead],
            )
        )
    plan = Plan(
        id="a_plan",
        title=Text(en="A plan"),
        start=2017,
        end=2022,
        indicators=owned,
        quotas=asked,
        tasks=tasks,
        departments=[Department(id=id, name=Text(en=id)) for id in BODIES],
    )
    rows: list[tuple[str, str, str, float | None]] = [("north", "steady", "2018", 70.0)]
    for region in REGIONS:
        for period in draw(st.lists(st.sampled_from(PERIODS), min_size=1, unique=True)):
            for each in (*owned, *asked):
                figures = st.sampled_from(
                    [value for bound in _figures(each, period) for value in (bound, bound * 0.9)]
                )
                given_value = st.none() | figures | st.floats(-1e3, 1e3)
                if draw(st.integers(0, 3)):
                    rows.append((region, each.id, period, draw(given_value)))
    policy = draw(policies(plan, deep=deep))
    return Case(plan=plan, policy=policy, rows=tuple(rows))


def _figures(indicator: Indicator, period: str) -> list[float]:
    try:
        found = indicator.expected(ipplan.Period.of(period))
    except ipplan.IPPlanError:
        found = None
    return [1.0, math.inf] if found is None else [found.bound.value]


def agree(row: Mapping[str, Any], total: Aggregate) -> None:
    reason = None if total.reason is None else total.reason.value
    assert row["reason"] == reason, (row, total)
    if total.score is None:
        assert row["score"] is None, (row, total)
    else:
        assert row["score"] == pytest.approx(total.score, rel=1e-11, abs=1e-11)
    assert row["coverage"] == pytest.approx(total.coverage, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("deep", [False, True])
def test_each_unit_has_the_total_of_its_assessment(engine: str, deep: bool) -> None:
    @settings(max_examples=6 if engine == "duckdb" else 40)
    @given(cases(deep=deep))
    def holds(case: Case) -> None:
        found = roll_up(
            ENGINES[engine](case.scored),
            by=["region", "period"],
            plan=case.plan,
            policy=case.policy,
        )
        rows = table(found)
        assert {(row["region"], row["period"]) for row in rows} == {
            (row[0], row[2]) for row in case.rows
        }
        for row in rows:
            assessment = case.assessed(row["region"], row["period"])
            agree(row, assessment.total)
            states = [each.state.value for each in assessment.values()]
            assert row["scored"] == states.count("scored")
            assert row["due"] == len(states) - states.count("not_due")

    holds()


@settings(max_examples=50)
@given(cases())
def test_sums_over_rows_are_totals_over_figures(case: Case) -> None:
    """Both ways to a total, where the quick one will do."""
    wanted = {"by": ["region", "period"], "plan": case.plan, "policy": case.policy}
    with pytest.MonkeyPatch.context() as patch:
        found = table(roll_up(case.scored, **wanted))
        patch.setattr(rolling, "is_flat", lambda era: False)
        for row, other in zip(found, table(roll_up(case.scored, **wanted)), strict=True):
            figures = ("score", "coverage")
            for name in figures:
                assert row[name] == (None if other[name] is None else pytest.approx(other[name]))
            assert {**row, **dict.fromkeys(figures)} == {**other, **dict.fromkeys(figures)}


@pytest.mark.parametrize("engine", ENGINES)
def test_groups_are_those_of_the_assessment(engine: str) -> None:
    @settings(max_examples=5 if engine == "duckdb" else 25)
    @given(cases(deep=True).filter(lambda case: case.policy.groups))
    def holds(case: Case) -> None:
        found = roll_up(
            ENGINES[engine](case.scored),
            by=["region", "period", "group"],
            plan=case.plan,
            policy=case.policy,
        )
        rows = table(found)
        ids = {*case.policy.group_ids()}
        assert len(rows) == len({(row[0], row[2]) for row in case.rows}) * len(ids)
        for row in rows:
            assessment = case.assessed(row["region"], row["period"])
            total = assessment.total.group(row["group"])
            if total is None:
                assert (row["due"], row["score"], row["reason"]) == (0, None, "nothing_scored")
            else:
                agree(row, total)

    holds()


@pytest.mark.parametrize("engine", ENGINES)
def test_departments_are_those_of_the_assessment(engine: str) -> None:
    @settings(max_examples=5 if engine == "duckdb" else 25)
    @given(cases())
    def holds(case: Case) -> None:
        found = roll_up(
            ENGINES[engine](case.scored),
            by=["region", "period", "department"],
            plan=case.plan,
            policy=case.policy,
        )
        rows = table(found)
        assert len(rows) == len({(row[0], row[2]) for row in case.rows}) * len(BODIES)
        for row in rows:
            assessment = case.assessed(row["region"], row["period"])
            agree(row, assessment.departments[row["department"]].total)

    holds()
