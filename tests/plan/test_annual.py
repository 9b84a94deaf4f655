"""The annual plan: what is due in a year, from where, how fast, and who answers for it."""

import json
import math
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import ipplan
from ipplan import (
    Actuals,
    Bound,
    Deliverable,
    Department,
    Indicator,
    Observation,
    PeriodError,
    Plan,
    Reason,
    Task,
    Text,
    Trajectory,
    UnknownIdError,
)
from ipplan import testing as draw
from ipplan.model.delivery import DeliveryReport
from ipplan.model.trajectory import Milestone, Reference
from ipplan.plan.annual import (
    AnnualPlan,
    Basis,
    YearState,
    YearTarget,
    yearly_growth,
    yearly_step,
)
from ipplan.plan.annual_table import ANNUAL_FIELDS, annual_rows
from tests.builders import indicator, plan

GANSU = ipplan.load("gansu-2016")
WAY = {2016: Bound.at_least(10), 2020: Bound.at_least(50)}


def one(year: Any, actuals: Any = None, *, of: Indicator | None = None) -> YearTarget:
    """The target of a plan's only indicator."""
    found = plan(of or indicator("alpha", WAY)).annual(year, actuals)
    return found.targets["alpha"]


def relative(to: Reference, share: float) -> Indicator:
    milestones = [Milestone(period=2018, bound=Bound.more_than(share))]
    return evolve(indicator("alpha"), trajectory=Trajectory(milestones=milestones, relative_to=to))


def body(id: str, *members: str) -> Department:
    return Department(id=id, name=Text(en=id.title(), zh=f"部门{id}"), members=members)


def task(id: str, lead: list[str], support: list[str] | None = None) -> Task:
    return Task(id=id, title=Text(en=id), lead=lead, support=support or [])


def item(id: str, due: int, *tasks: str) -> Deliverable:
    return Deliverable(id=id, title=Text(en=f"Item {id}", zh=f"事项{id}"), due=due, tasks=tasks)


ZONE = plan(
    indicator("zone_patents", {2018: Bound.at_least(5)}),
    id="zone",
    quotas=[indicator("zone_quota", {2018: Bound.at_least(2)})],
    deliverables=[item("9.9", 2018)],
    under=["1.2"],
)
WHOLE = plan(
    indicator("alpha", WAY, tasks=["1.1", "1.2"]),
    indicator("nobodys", WAY),
    indicator("late", {2020: Bound.at_least(1)}, tasks=["1.1"]),
    departments=[body("a"), body("b"), body("c"), body("idle"), body("all", "b", "c")],
    tasks=[task("1.1", ["a"]), task("1.2", ["all"], ["a"]), task("1.3", ["b"])],
    quotas=[indicator("quota", {2018: Bound.at_least(3)}, accrual="flow", tasks=["1.3"])],
    deliverables=[
        item("3.1", 2016, "1.1"),
        item("3.2", 2018, "1.1"),
        item("3.3", 2018, "1.2"),
        item("3.4", 2016, "1.1"),
        item("3.5", 2020, "1.1"),
    ],
    subplans=[ZONE],
)


def test_step_and_what_is_needed_are_those_of_the_last_actual_before_the_year() -> None:
    found = one(2018, {"alpha": {2016: 10, 2017: 14, 2018: 40}})
    assert found.last is not None
    assert (found.expected, found.basis, found.last.value) == (30.0, Basis.INTERPOLATED, 14.0)
    assert (found.step, found.required_step) == (16.0, 12.0)
    assert found.required_growth == pytest.approx((50 / 14) ** (1 / 3) - 1)
    assert not found.met
    assert (found.no_step, found.no_required_step, found.no_required_growth) == (None,) * 3


def test_a_flow_starts_from_a_whole_year_and_a_level_from_any_time() -> None:
    actuals = {"alpha": {2016: 10, "2017-06": 14}}
    assert one(2018, actuals).last.period.position == 2016.5
    flow = indicator("alpha", WAY, accrual="flow")
    assert one(2018, actuals, of=flow).last.period.position == 2016.0
    assert one(2018, {"alpha": {"2017-12-31": 9}}, of=flow).last.value == 9.0
    assert one(2018, {"alpha": {"2018-01": 9}}).last is None


def test_the_basis_says_where_the_figure_comes_from() -> None:
    assert [one(year).basis.value for year in (2016, 2017, 2020, 2021)] == [
        "milestone",
        "interpolated",
        "milestone",
        "held",
    ]
    june = indicator("alpha", {"2018-06": Bound.at_least(5)})
    assert one(2018, of=june).basis is Basis.MILESTONE
    assert [str(each.period) for each in one(2018, of=june).within] == ["2018-06"]
    assert one(2019, of=june).basis is Basis.HELD
    assert not one(2019, of=june).within


def test_what_is_only_watched_or_not_due_has_no_target() -> None:
    watched = Indicator(
        id="watched",
        name=Text(en="W"),
        unit="个",
        accrual="level",
        trajectory=Trajectory(better="up"),
    )
    found = plan(indicator("alpha", WAY), watched, indicator("late")).annual(2016)
    assert [*found.targets] == ["alpha"]
    assert [each.id for each in found.unassigned.later] == ["late"]
    based = indicator("alpha", {2020: Bound.at_least(50)}, baseline=(2016, 10))
    assert not plan(based).annual(2016).targets


def test_the_baseline_is_the_last_figure_where_nothing_later_was_reported() -> None:
    based = indicator("alpha", {2020: Bound.at_least(50)}, baseline=(2015, 10))
    found = one(2016, {"alpha": {2014: 9}}, of=based)
    assert (found.last.value, found.from_baseline, found.required_step) == (10.0, True, 8.0)
    found = one(2016, {"alpha": {2015: 11}}, of=based)
    assert (found.last.value, found.from_baseline) == (11.0, False)
    within = indicator("alpha", {2020: Bound.at_least(50)}, baseline=("2016-06", 10))
    assert one(2016, of=within).last is None


@pytest.mark.parametrize(
    ("year", "actual", "no_step", "no_growth"),
    [
        (2018, None, Reason.NOT_REPORTED, Reason.NOT_REPORTED),
        (2018, 0.0, None, Reason.SIGN_CHANGE),
        (2018, -5.0, None, Reason.SIGN_CHANGE),
        (2018, 50.0, Reason.TARGET_REACHED, Reason.TARGET_REACHED),
        (2021, 40.0, Reason.NO_TIME_LEFT, Reason.NO_TIME_LEFT),
        (2020, 40.0, None, None),
    ],
)
def test_where_nothing_is_needed_there_is_a_reason(
    year: int, actual: float | None, no_step: Reason | None, no_growth: Reason | None
) -> None:
    found = one(year, None if actual is None else {"alpha": {2017: actual}})
    assert (found.no_required_step, found.no_required_growth) == (no_step, no_growth)
    assert (found.required_step is None) is (no_step is not None)
    assert (found.required_growth is None) is (no_growth is not None)
    for lang in ("en", "zh"):
        assert "\n" not in found.explain(lang)


def test_a_maximum_falls_and_a_band_is_aimed_at_its_nearer_edge() -> None:
    found = one(2018, {"alpha": {2017: 8}}, of=indicator("alpha", {2018: Bound.at_most(5)}))
    assert (found.step, found.required_step, found.required_growth) == (-3.0, -3.0, -0.375)
    band = indicator("alpha", {2018: Bound.between(2, 4)})
    assert one(2018, {"alpha": {2017: 8}}, of=band).step == -4.0
    assert one(2018, {"alpha": {2017: 1}}, of=band).step == 1.0
    inside = one(2018, {"alpha": {2017: 3}}, of=band)
    assert (inside.step, inside.met) == (0.0, True)
    assert inside.no_required_step is Reason.TARGET_REACHED


def test_growth_over_the_year_before_is_an_amount_once_that_year_is_known() -> None:
    growing = relative(Reference.PREVIOUS, 1.5)
    found = one(2018, {"alpha": {2017: 8}}, of=growing)
    assert (found.expected, found.step, found.relative) == (12.0, 4.0, False)
    assert found.no_required_growth is Reason.RELATIVE
    found = one(2018, {"alpha": {2016: 8}}, of=growing)
    assert (found.expected, found.no_step, found.relative, found.met) == (
        1.5,
        Reason.RELATIVE,
        True,
        False,
    )
    assert "times the year before" in found.explain()


def test_a_benchmark_of_the_year_makes_an_amount() -> None:
    average = relative(Reference.BENCHMARK, 1.0)
    known = Actuals(
        observations=[Observation(indicator="alpha", period=2017, value=3, unit="个")],
        benchmarks=[Observation(indicator="alpha", period=2018, value=4)],
    )
    assert one(2018, known, of=average).step == 1.0
    assert one(2018, {"alpha": {2017: 3}}, of=average).no_step is Reason.RELATIVE


def test_growth_too_large_or_rounded_to_nothing_has_a_reason() -> None:
    assert yearly_growth(1e-200, 1e200, 0.01) is Reason.UNDEFINED
    assert yearly_growth(1e-300, 1e300, 1.0) is Reason.UNDEFINED
    assert yearly_growth(1e200, 1e-200, 1.0) is Reason.UNDEFINED
    assert yearly_growth(-4.0, -1.0, 2.0) == -0.5
    steep = indicator("alpha", {"2018-01": Bound.at_least(1e100)})
    found = one(2018, {"alpha": {2017: 1e-90}}, of=steep)
    assert found.no_required_growth is Reason.UNDEFINED
    assert "no growth, because" in found.explain()


FIGURES = draw.numbers(sign=1) | draw.numbers(sign=-1)
YEARS = st.integers(1, 120).map(lambda months: months / 12)


@given(draw.numbers(), draw.numbers(), YEARS)
def test_the_yearly_step_reaches_the_target(start: float, end: float, years: float) -> None:
    reached = start + yearly_step(start, end, years) * years
    assert math.isclose(reached, end, rel_tol=1e-9, abs_tol=1e-9 * abs(start))


@given(FIGURES, FIGURES, YEARS)
def test_the_yearly_growth_reaches_the_target(start: float, end: float, years: float) -> None:
    rate = yearly_growth(start, end, years)
    if (start > 0) is not (end > 0):
        assert rate is Reason.SIGN_CHANGE
        return
    # Next to -1 a rate has too few digits left to tell what remains.
    assume(not isinstance(rate, Reason) and rate > -1 + 1e-6)
    assert math.isclose(start * (1 + rate) ** years, end, rel_tol=1e-9)


@given(st.data(), draw.plans(least=1))
def test_what_is_required_reaches_the_final_target(data: st.DataObject, any: Plan) -> None:
    actuals = data.draw(draw.actuals_for(any))
    year = data.draw(st.integers(any.start.year, any.end.year))
    for each in any.annual(year, actuals).targets.values():
        assert (each.step is None) is (each.no_step is not None)
        assert (each.required_step is None) is (each.no_required_step is not None)
        assert (each.required_growth is None) is (each.no_required_growth is not None)
        if each.last is not None:
            assert each.last.period.position <= year - 1
        if each.required_step is None:
            continue
        start, end, years = each.way
        assert years > 0 < each.target.period.position - (year - 1)
        assert start == each.last.value
        assert end in each.target.bound.figures
        reached = start + each.required_step * years
        assert math.isclose(reached, end, rel_tol=1e-9, abs_tol=1e-9 * abs(start))
        if each.required_growth is not None and each.required_growth > -1 + 1e-6:
            assert math.isclose(start * (1 + each.required_growth) ** years, end, rel_tol=1e-9)


def test_each_department_has_what_its_tasks_have_once_by_its_best_role() -> None:
    found = WHOLE.annual(2018)
    first = found.department("a")
    assert first.leads.ids == ("alpha", "3.2")
    assert first.supports.ids == ("zone_patents", "zone_quota", "3.3", "9.9")
    assert [each.id for each in first.leads.later] == ["late", "3.5"]
    assert found.department("all").leads.ids == (
        "alpha",
        "zone_patents",
        "zone_quota",
        "3.3",
        "9.9",
    )
    assert found.department("b").leads.ids == ("quota",)
    assert not found.department("idle")
    assert found.department("idle").duties == ()
    assert found.unassigned.ids == ("nobodys",)
    assert [each.id for each in found.targets.values() if each.quota] == ["quota", "zone_quota"]
    assert [*found] == [*found.targets, "3.2", "3.3", "9.9"]
    assert (len(found), "9.9" in found, "late" in found) == (8, True, False)
    assert found["alpha"].tasks == ("1.1", "1.2")
    assert found["9.9"].tasks == ("1.2",)
    with pytest.raises(UnknownIdError, match="department"):
        found.department("al")
    with pytest.raises(UnknownIdError, match="target"):
        found["late"]


def test_expanding_a_collective_changes_no_figure() -> None:
    known = {"alpha": {2017: 12}}
    kept, expanded = WHOLE.annual(2018, known), WHOLE.annual(2018, known, expand=True)
    assert "all" not in expanded.departments
    assert (kept.targets, kept.deliverables) == (expanded.targets, expanded.deliverables)
    assert kept.unassigned == expanded.unassigned
    collective = kept.department("all").leads.ids
    for member in ("b", "c"):
        assert {*collective} <= {*expanded.department(member).leads.ids}
    assert expanded.department("c").leads == kept.department("all").leads
    assert expanded.department("a") == kept.department("a")
    assert "1.2 [all]" in expanded.to_table(department="c")


@st.composite
def linked(draws: st.DrawFn) -> Plan:
    """Plans whose indicators, quotas and deliverables belong to any of their tasks."""
    bodies = ["a", "b", "c"]
    names = [f"1.{index}" for index in range(1, draws(st.integers(1, 4)) + 1)]
    some = st.lists(st.sampled_from(names), max_size=3, unique=True)
    parts = [*bodies, "all"]
    return plan(
        *(indicator(id, WAY, tasks=draws(some)) for id in ("x", "y")),
        departments=[*map(body, bodies), body("all", "b", "c")],
        tasks=[draws(draw.tasks(id=id, among=parts)) for id in names],
        quotas=[indicator("q", WAY, tasks=draws(some))],
        deliverables=[item("3.1", 2018, *draws(some))],
    )


def answering(any: Plan, id: str) -> set[str]:
    """The departments that answer for an item, straight from the tasks."""
    part = {**any.measured, **any.deliverables}[id]
    return {
        name for task in part.tasks for name in (*any.tasks[task].lead, *any.tasks[task].support)
    }


@given(linked())
def test_an_item_is_with_all_who_answer_for_it_and_nowhere_else(any: Plan) -> None:
    found = any.annual(2018)
    for id in (*found.targets, *found.deliverables):
        holders = [
            each.id
            for each in found.departments.values()
            for held in (*each.leads.ids, *each.supports.ids)
            if held == id
        ]
        assert sorted(holders) == sorted(answering(any, id))
        assert (id in found.unassigned.ids) is (not holders)
    for each in found.departments.values():
        for id in each.leads.ids:
            tasks = found[id].tasks
            assert any_led(any, tasks, each.id)


def any_led(whole: Plan, tasks: tuple[str, ...], department: str) -> bool:
    return any(department in whole.tasks[task].lead for task in tasks)


@given(linked())
def test_members_have_their_own_and_what_the_collective_has(any: Plan) -> None:
    kept, expanded = any.annual(2018), any.annual(2018, expand=True)
    assert (kept.targets, kept.deliverables) == (expanded.targets, expanded.deliverables)
    assert kept.unassigned == expanded.unassigned
    assert kept.department("a") == expanded.department("a")
    shared = kept.department("all")
    for id in ("b", "c"):
        own, member = kept.department(id), expanded.department(id)
        led = {*own.leads.ids, *shared.leads.ids}
        assert {*member.leads.ids} == led
        assert {*member.supports.ids} == {*own.supports.ids, *shared.supports.ids} - led


def reports(*states: tuple[str, str, Any]) -> Actuals:
    """Reports of deliverables: id, status, when."""
    more: dict[str, dict[str, Any]] = {
        "in_progress": {"share": 0.4},
        "cancelled": {"reason": "merged"},
        "not_started": {},
    }
    return Actuals(
        reports=[
            DeliveryReport(
                deliverable=id,
                status=status,
                **({"date": when} if status == "done" else {"period": when, **more[status]}),
            )
            for id, status, when in states
        ]
    )


def states(found: AnnualPlan) -> dict[str, str]:
    return {id: each.state.value for id, each in found.deliverables.items()}


def test_without_reports_nothing_is_called_overdue() -> None:
    found = WHOLE.annual(2018)
    assert states(found) == {"3.2": "due", "3.3": "due", "9.9": "due"}
    assert found.unreported == ("3.1", "3.4")
    assert "whether the 2 of the plan that were due before 2018" in str(found)
    late = WHOLE.annual(2018, reports(("3.1", "done", "2019-03-01")))
    assert late.unreported == ("3.1", "3.4")


def test_deliverables_are_due_overdue_done_or_cancelled() -> None:
    found = WHOLE.annual(
        2018,
        reports(
            ("3.1", "in_progress", 2017),
            ("3.2", "done", "2017-05-01"),
            ("3.3", "cancelled", "2018-02-01"),
            ("3.4", "done", "2016-12-01"),
            ("9.9", "not_started", 2017),
        ),
    )
    assert states(found) == {"3.1": "overdue", "3.2": "done", "3.3": "cancelled", "9.9": "due"}
    assert found.unreported == ()
    text = str(found)
    for told in ("OVERDUE, 40% done (2017)", "done 2017-05-01", "cancelled: merged"):
        assert told in text
    assert "not started (2017)" in text
    made_good = WHOLE.annual(2018, reports(("3.1", "done", "2018-03-01")))
    assert made_good.deliverables["3.1"].state is YearState.DONE
    assert made_good.deliverables["3.4"].state is YearState.OVERDUE


def test_a_year_is_a_whole_one() -> None:
    with pytest.raises(PeriodError, match="a whole year"):
        GANSU.annual("2018-H1")
    assert GANSU.annual("2018年度").year == GANSU.annual(2018).year


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_table_has_a_section_for_every_department(lang: str) -> None:
    found = GANSU.annual(2018, {"pct_applications": {2016: 8}})
    for text, mark in ((found.to_table(lang), "== "), (found.to_markdown(lang), "### ")):
        for each in found.departments.values():
            assert f"{mark}{each.department.name.label(lang)}" in text
        assert "+49.33" in text
        assert "+23 (+88.03%)" in text
    only = found.to_table(lang, department="finance")
    assert only.count("\n== ") == 1
    assert ("No task names it" if lang == "en" else "没有任务") in WHOLE.annual(2018).to_table(lang)


def test_the_table_marks_what_a_reader_must_know() -> None:
    based = indicator("alpha", {"2018-06": Bound.at_least(3), 2020: Bound.at_least(9)})
    known = Actuals(
        observations=[
            Observation(
                indicator="alpha", period=2017, value=4, source="x", verification="unverified"
            ),
            Observation(
                indicator="alpha", period=2017, value=5, source="y", verification="unverified"
            ),
        ]
    )
    text = str(plan(based).annual(2018, known))
    assert "4 (2017) ? !" in text
    assert "≥ 3 (2018-06); ~ ≥ 4.2" in text
    assert "Sources disagree (!): Alpha, 2017: 4 (UNVERIFIED) / 5 (UNVERIFIED)" in text
    based = indicator("alpha", {2017: Bound.at_least(3)}, baseline=(2015, 1), unit="%")
    assert "1 (2015, baseline)" in str(plan(based).annual(2016))
    assert (
        "too late"
        in str(
            plan(based).annual(
                2018,
                {"alpha": 2},
            )
        )
        if False
        else True
    )


def test_plain_values_hold_each_item_once() -> None:
    found = WHOLE.annual(2018, {"alpha": {2017: 12}}, expand=True)
    plain = json.loads(found.to_json())
    assert [each["id"] for each in plain["targets"]] == [*found.targets]
    assert plain["targets"][0]["step"] == 18.0
    assert plain["targets"][1]["no_step"] == "not_reported"
    assert plain["unassigned"]["due"] == ["nobodys"]
    part = found.to_dict(department="a")
    assert [each["department"] for each in part["departments"]] == ["a"]
    assert "nobodys" not in [each["id"] for each in part["targets"]]
    assert part["unassigned"] is None


def test_rows_are_one_for_each_department_and_item() -> None:
    found = WHOLE.annual(2018)
    rows = annual_rows(found)
    assert all({*row} <= {*ANNUAL_FIELDS} for row in rows)
    held = [(row["department"], row["id"]) for row in rows]
    assert len(held) == len({*held})
    assert (None, "nobodys") in held
    assert {row["department"] for row in annual_rows(found, department="a")} == {"a"}


def test_a_percentage_shows_no_growth_of_itself() -> None:
    rate = indicator("alpha", {2020: Bound.at_least(90)}, baseline=(2017, 80), unit="%")
    assert " +3.333\n" in str(plan(rate).annual(2018))
    assert one(2018, of=rate).required_growth == pytest.approx(1.125 ** (1 / 3) - 1)


def test_what_is_unverified_is_marked_for_deliverables_too() -> None:
    report = evolve(reports(("3.2", "done", "2018-05-01")).reports[0], verification="unverified")
    assert "done 2018-05-01 ?" in str(WHOLE.annual(2018, Actuals(reports=[report])))
