"""A plan as it stood on a day, what is wrong with its amendments, and which version is assessed."""

import datetime
import json
import math
import pickle
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import ipplan
from ipplan import (
    Actuals,
    Bound,
    Deliverable,
    DeliveryReport,
    Department,
    Milestone,
    ModelError,
    Observation,
    Plan,
    Task,
    Text,
    UnknownIdError,
)
from ipplan.model.amendment import Added, Change, Changed, Withdrawn
from ipplan.model.version import Version
from ipplan.plan.amending import version_used
from tests.builders import amendment, indicator, plan
from tests.strategies import amended_plans

WATER = Department(id="water", name=Text(en="Water"))
PIPES = Task(id="2.1", title=Text(en="Pipes"), lead=["water"])


def aims(figure: float) -> Changed:
    """A new final milestone for alpha."""
    milestones = [Milestone(period=2020, bound=Bound.at_least(figure))]
    return Changed(part="indicators", id="alpha", fields={"milestones": milestones})


FIRST = amendment("first", "2018-03-01", aims(80), Withdrawn(part="indicators", id="beta"))
SECOND = amendment("second", "2019-12-31", aims(60), Added(part="quotas", item=indicator("gamma")))
SMALL = plan(indicator("alpha"), indicator("beta"), departments=[WATER], tasks=[PIPES])
AMENDED = evolve(SMALL, amendments=[FIRST, SECOND])


def target(version: Plan) -> float | None:
    return version.expected(2020)["alpha"]


@pytest.mark.parametrize(
    ("when", "figure", "by"),
    [
        (2017, 100.0, ()),
        ("2018-02-28", 100.0, ()),
        ("2018-03-01", 80.0, ("first",)),
        ("2018-Q1", 80.0, ("first",)),
        (datetime.date(2019, 12, 30), 80.0, ("first",)),
        (2019, 60.0, ("first", "second")),
    ],
)
def test_a_plan_is_as_it_stood_at_the_end_of_a_period(
    when: Any, figure: float, by: tuple[str, ...]
) -> None:
    found = AMENDED.as_of(when)
    assert target(found) == figure
    assert found.amended_by == by
    assert ("beta" in found.indicators) is not by
    assert target(AMENDED) == 100.0
    assert AMENDED.amended_by == ()


def test_with_nothing_to_apply_it_is_the_plan_itself_and_versions_are_made_once() -> None:
    assert AMENDED.as_of(2017) is AMENDED
    assert SMALL.as_of(2030) is SMALL
    assert AMENDED.as_of("2018-06") is AMENDED.as_of("2018-03-01")
    latest = AMENDED.as_of(2019)
    assert latest.as_of(2030) is latest


def test_a_version_can_be_written_read_pickled_and_amended_further() -> None:
    version = AMENDED.as_of(2018)
    for format in ("toml", "json"):
        text = ipplan.dumps(version, format=format)
        again = ipplan.loads(text, format=format, into=Plan)
        assert again == version
        assert again.as_of(2019) == AMENDED.as_of(2019)
    assert pickle.loads(pickle.dumps(version)).as_of(2019) == AMENDED.as_of(2019)


def test_a_version_does_not_go_back_behind_what_it_has() -> None:
    with pytest.raises(ModelError, match=r"as_of: expected a day from 2018-03-01 on.*has first"):
        AMENDED.as_of(2018).as_of(2017)


def test_sub_plans_stand_as_amended_too() -> None:
    zone = evolve(
        plan(indicator("alpha")), id="zone", amendments=[amendment("z", "2018-01-01", aims(5))]
    )
    whole = plan(indicator("beta"), id="whole", subplans=[zone])
    found = whole.as_of(2018)
    assert target(found.subplans["zone"]) == 5.0
    assert found.measured["alpha"].target == Bound.at_least(5)
    assert found.amended_by == ()
    assert whole.as_of(2017) is whole


def faults(*amendments: Any, base: Plan = SMALL, **options: Any) -> dict[str, str]:
    with pytest.raises(ModelError) as caught:
        evolve(base, amendments=amendments, **options)
    return {problem.place: str(problem) for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        (
            Changed(part="indicators", id="alfa", fields={"clause": "1"}),
            "changed.indicators.alfa",
            "one of the indicators of the plan at that time, found 'alfa' (near: alpha)",
        ),
        (Withdrawn(part="tasks", id="2.2"), "withdrawn.tasks.2.2", "near: 2.1"),
        (Added(part="tasks", item=PIPES), "added.tasks.2.1", "an item that is there is changed"),
        (Withdrawn(part="departments", id="water"), "tasks.2.1.lead[0]", "found 'water'"),
        (
            Changed(part="indicators", id="alpha", fields={"accrual": "flow", "milestones": [
                Milestone(period="2018-06", bound=Bound.at_least(1))]}),
            "changed.indicators.alpha.milestones[0].period",
            "a whole year, for a flow",
        ),
        (
            Changed(part="indicators", id="alpha", fields={"unit": "%"}),
            "changed.indicators.alpha.unit",
            "expected 个, the unit of alpha so far, found '%'",
        ),
        (
            Added(part="quotas", item=indicator("alpha")),
            "quotas.alpha",
            "an id that no other indicator of the plan has",
        ),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_plan_is_told_below_its_amendment(
    change: Change, place: str, words: str
) -> None:
    found = faults(amendment("x", "2018-03-01", change))
    assert [*found] == [f"amendments.x.{place}"]
    assert words in found[f"amendments.x.{place}"]


def test_all_faults_are_told_at_once_each_in_the_first_amendment_that_has_it() -> None:
    found = faults(
        amendment("b", "2018-03-01", Withdrawn(part="departments", id="water"), aims(5)),
        amendment("a", "2017-03-01", Withdrawn(part="indicators", id="delta")),
        amendment("c", "2018-04-01", Withdrawn(part="indicators", id="beta")),
        amendment("d", "2018-05-01", Withdrawn(part="indicators", id="beta")),
        issued=datetime.date(2017, 6, 1),
    )
    assert [*found] == [
        "amendments.a.date",
        "amendments.a.withdrawn.indicators.delta",
        "amendments.b.tasks.2.1.lead[0]",
        "amendments.d.withdrawn.indicators.beta",
    ]


def test_a_date_before_the_plan_or_out_of_order_is_told() -> None:
    early = faults(FIRST, issued=datetime.date(2018, 3, 2))["amendments.first.date"]
    assert "a date from 2018-03-02 on, when the plan was issued, found 2018-03-01" in early
    assert (
        "a date from 2019-12-31 on, that of second"
        in faults(SECOND, FIRST)["amendments.first.date"]
    )
    assert evolve(SMALL, amendments=[FIRST], issued=FIRST.date).amendments["first"] is FIRST


def test_another_unit_is_told_once() -> None:
    unit = Changed(part="indicators", id="alpha", fields={"unit": "%"})
    found = faults(amendment("x", "2018-01-01", unit), amendment("y", "2018-02-01", aims(5)))
    assert [*found] == ["amendments.x.changed.indicators.alpha.unit"]


def test_an_id_keeps_its_unit_also_where_it_comes_back() -> None:
    gone = amendment("gone", "2018-01-01", Withdrawn(part="indicators", id="beta"))
    back = amendment("back", "2018-02-01", Added(part="quotas", item=indicator("beta", unit="%")))
    found = faults(gone, back)
    assert [*found] == ["amendments.back.added.quotas.beta.unit"]


@pytest.mark.parametrize("by", [("second",), ("first", "first"), ("first", "second", "third")])
def test_what_a_version_has_in_it_is_the_first_of_its_amendments(by: tuple[str, ...]) -> None:
    assert "the first of the amendments" in faults(FIRST, SECOND, amended_by=by)["amended_by"]


def test_sub_plans_that_clash_later_are_told() -> None:
    zone = evolve(
        plan(id="zone"),
        amendments=[amendment("z", "2018-01-01", Added(part="quotas", item=indicator("alpha")))],
    )
    with pytest.raises(ModelError) as caught:
        evolve(SMALL, subplans=[zone])
    [problem] = caught.value.problems
    assert problem.place == "subplans.zone.indicators.alpha"
    assert problem.hint == "as the sub-plans are amended on 2018-01-01"


REPORTS = {"alpha": {2019: 50, 2020: 70}}


def test_an_assessment_uses_what_was_in_force_and_says_so() -> None:
    found = AMENDED.assess(REPORTS, as_of=2020)
    assert found["alpha"].expected == 60.0
    assert found.amended_by == ("first", "second")
    assert "as amended by first (Notice first, 2018-03-01: Why first); second (" in str(found)
    assert "经修订:first(Notice first,2018-03-01:原因 first);second(" in found.to_table("zh")
    assert "as amended by first" in found.explain()
    plain = json.loads(found.to_json())
    assert [each["id"] for each in plain["amended_by"]] == ["first", "second"]
    assert plain["amendments_not_counted"] == []


def test_an_assessment_can_be_run_against_the_original() -> None:
    found = AMENDED.assess(REPORTS, as_of=2020, version="original")
    assert found["alpha"].expected == 100.0
    assert found.amended_by == ()
    assert "the original" in str(found)
    assert "not counted: first (" in str(found)
    assert "原规划" in found.explain("zh")
    assert [each["id"] for each in found.to_dict()["amendments_not_counted"]] == ["first", "second"]


def test_a_version_is_assessed_as_it_is_also_for_an_earlier_time() -> None:
    latest = AMENDED.as_of(2020)
    assert latest.assess({"alpha": {2017: 5}}).amended_by == ("first", "second")
    with pytest.raises(ModelError, match="version: expected a plan that is not amended yet"):
        latest.assess(REPORTS, version=Version.ORIGINAL)
    with pytest.raises(ModelError, match="version: expected one of in_force, original"):
        AMENDED.assess(REPORTS, version="first")  # type: ignore[arg-type]


def test_nothing_is_said_of_versions_where_there_is_one() -> None:
    found = SMALL.assess(REPORTS)
    assert "ersion" not in str(found) + found.explain()
    assert found.amended_by == ()


def test_figures_of_what_a_version_does_not_have_are_set_aside_and_told() -> None:
    thing = Deliverable(id="3.1", title=Text(en="x"), due=2018)
    more = amendment("more", "2018-06-01", Added(part="deliverables", item=thing))
    whole = evolve(AMENDED, amendments=[FIRST, more, SECOND])
    actuals = Actuals(
        observations=[
            Observation(indicator=id, period=2020, value=1.0) for id in ("alpha", "beta", "gamma")
        ],
    )
    before = whole.assess(actuals, as_of="2019-06")
    assert [each.indicator for each in before.version.set_aside] == ["beta", "gamma"]
    assert "this version does not have them: figures and reports of beta, gamma" in str(before)
    assert len(before.to_dict()["set_aside"]) == 2
    assert [each.indicator for each in before.actuals.observations] == ["alpha"]
    after = whole.assess(actuals, as_of=2020)
    assert after.quotas["gamma"].actual == 1.0
    assert [each.indicator for each in after.version.set_aside] == ["beta"]
    with pytest.raises(UnknownIdError):
        before.result("gamma")


def without_versions(plan: Plan, actuals: Actuals, **options: Any) -> dict[str, Any]:
    told = plan.assess(actuals, **options).to_dict()
    return {name: value for name, value in told.items() if "amend" not in name}


@given(amended_plans(), st.data())
def test_an_amendment_in_the_future_changes_nothing_today(whole: Plan, data: st.DataObject) -> None:
    as_of = whole.end.year
    today = [each for each in whole.amendments.values() if each.date.year <= as_of]
    until = evolve(whole, amendments=today)
    reports = {
        id: {data.draw(st.integers(whole.start.year, as_of)): data.draw(st.integers(1, 99))}
        for id in whole.indicators
    }
    actuals = whole.actuals(reports)
    options = {"as_of": as_of, "version": data.draw(st.sampled_from(Version))}
    assert without_versions(whole, actuals, **options) == without_versions(
        until, actuals, **options
    )


@given(amended_plans(), st.lists(st.dates(datetime.date(2000, 1, 1), datetime.date(2041, 1, 1))))
def test_amending_in_steps_is_amending_in_one_go(whole: Plan, days: list[datetime.date]) -> None:
    stepped = whole
    for day in sorted(days):
        stepped = stepped.as_of(day)
        assert stepped == whole.as_of(day)
        assert stepped.as_of(day) is stepped


@pytest.mark.parametrize("format", ["toml", "json"])
@given(whole=amended_plans(), year=st.integers(2000, 2040))
def test_amended_plans_go_through_files(whole: Plan, year: int, format: str) -> None:
    for each in (whole, whole.as_of(year)):
        assert ipplan.loads(ipplan.dumps(each, format=format), format=format, into=Plan) == each


def test_reports_of_deliverables_that_a_version_lacks_are_set_aside_too() -> None:
    report = DeliveryReport(deliverable="3.1", status="done", date="2018-02-01")
    used, actuals = version_used(AMENDED, Actuals(reports=[report]))
    assert used.set_aside == (report,)
    assert len(actuals) == 0
    told = evolve(AMENDED.assess(REPORTS, as_of=2017), version=used)
    assert told.to_dict()["set_aside"] == [{"deliverable": "3.1", "status": "done"}]
    assert "3.1" in told.to_table("zh")
    assert math.isclose(told.coverage, AMENDED.assess(REPORTS, as_of=2017).coverage)
