"""Tasks and departments: scores out of their parts, with credits, coverage and contributions."""

import math
import pickle
from typing import Any

import pytest

from ipplan import (
    Credits,
    Deliverable,
    Department,
    ModelError,
    PartKind,
    Plan,
    Policy,
    Reason,
    Role,
    State,
    Task,
    Text,
)
from tests.builders import indicator, plan

NAME = Text(en="Something", zh="某事")


def task(id: str, lead: list[str], support: list[str] | None = None) -> Task:
    return Task(id=id, title=NAME, lead=lead, support=support or [])


def department(id: str, *members: str) -> Department:
    return Department(id=id, name=NAME, members=members)


ZONE = plan(
    indicator("zone_alpha"),
    id="zone",
    under=["2.1"],
    quotas=[indicator("zone_quota")],
    deliverables=[Deliverable(id="2.1.1", title=NAME, due=2018)],
)
WHOLE = plan(
    indicator("alpha", tasks=["2.1"]),
    indicator("beta", tasks=["2.2"]),
    quotas=[indicator("twin", tasks=["2.1"], same_as="alpha"), indicator("other", tasks=["2.1"])],
    tasks=[
        task("2.1", ["office"], ["cities", "court"]),
        task("2.2", ["court"], ["office"]),
        task("2.3", ["office"]),
    ],
    departments=[
        department("office"),
        department("court"),
        department("cities", "north", "south"),
        department("north"),
        department("south"),
        department("idle"),
    ],
    deliverables=[
        Deliverable(id="3.1.1", title=NAME, due=2020, tasks=["2.1", "2.2"]),
        Deliverable(id="3.1.2", title=NAME, due=2018, tasks=["2.2"]),
    ],
    subplans=[ZONE],
)
REPORTED: dict[str, Any] = {
    "alpha": {2020: 50},
    "other": {2020: 80},
    "zone_alpha": {2020: 30},
    "2.1.1": {2018: "done"},
    "3.1.1": {2020: 0.4},
    "3.1.2": {2019: "done"},
}


def test_a_task_is_the_mean_of_its_parts_and_tells_what_is_missing() -> None:
    found = WHOLE.assess(REPORTED, as_of=2020).tasks["2.1"]
    assert [(each.part.kind, each.part.id, each.result.score) for each in found.parts] == [
        (PartKind.INDICATOR, "alpha", 50.0),
        (PartKind.QUOTA, "twin", 50.0),
        (PartKind.QUOTA, "other", 80.0),
        (PartKind.DELIVERABLE, "3.1.1", 40.0),
        (PartKind.SUBPLAN, "zone", 30.0),
        (PartKind.QUOTA, "zone_quota", None),
        (PartKind.DELIVERABLE, "2.1.1", 100.0),
    ]
    assert found.score == pytest.approx((50 + 80 + 40 + 30 + 100) / 5, rel=1e-15)
    assert found.coverage == pytest.approx(5 / 6, rel=1e-15)
    assert [*found.contributions] == ["alpha", "other", "3.1.1", "subplans.zone", "2.1.1"]
    assert math.fsum(found.contributions.values()) == found.score


def test_what_reads_as_the_same_thing_counts_once() -> None:
    found = WHOLE.assess(REPORTED, as_of=2020)
    (twin,) = (each for each in found.tasks["2.1"].parts if each.part.id == "twin")
    assert (twin.part.twin, twin.counts) == ("alpha", False)
    assert found.quotas["twin"].actual == 50.0  # borrowed from alpha
    apart = plan(
        indicator("alpha"),
        quotas=[
            indicator("first", tasks=["2.1"], same_as="alpha"),
            indicator("second", tasks=["2.1"], same_as="alpha"),
        ],
        tasks=[task("2.1", [])],
    )
    parts = apart.assess({"alpha": {2020: 50}}).tasks["2.1"].parts
    assert [(each.part.id, each.counts) for each in parts] == [("first", True), ("second", False)]


def test_weights_of_the_kinds_come_from_the_credits() -> None:
    credits = Credits(indicator=3, quota=0, deliverable=1, subplan=0)
    found = WHOLE.assess(REPORTED, as_of=2020, policy=Policy(credits=credits)).tasks["2.1"]
    assert found.score == pytest.approx((3 * 50 + 40 + 100) / 5, rel=1e-15)
    assert found.coverage == 1.0


def test_what_weighs_nothing_says_so() -> None:
    none = Credits(indicator=0, quota=0, deliverable=0, subplan=0)
    found = WHOLE.assess(REPORTED, as_of=2020, policy=Policy(credits=none))
    assert found.tasks["2.1"].reason is Reason.WEIGHS_NOTHING
    assert found.departments["court"].reason is Reason.WEIGHS_NOTHING
    alone = WHOLE.assess(REPORTED, as_of=2020, policy=Policy(credits=Credits(support=0)))
    assert alone.departments["cities"].reason is Reason.WEIGHS_NOTHING
    assert alone.departments["cities"].score is None
    early = WHOLE.assess({}, as_of=2016, policy=Policy(credits=none))
    assert early.tasks["2.1"].reason is Reason.NOT_DUE_YET


def test_a_task_that_nothing_measures_and_one_not_due_say_so() -> None:
    early = WHOLE.assess({}, as_of=2017)
    assert (early.tasks["2.3"].state, early.tasks["2.3"].reason) == (
        State.NOT_DUE,
        Reason.NOTHING_MEASURES_IT,
    )
    assert (early.tasks["2.2"].state, early.tasks["2.2"].reason) == (
        State.NOT_DUE,
        Reason.NOT_DUE_YET,
    )
    late = WHOLE.assess({}, as_of=2020)
    assert (late.tasks["2.2"].state, late.tasks["2.2"].reason) == (
        State.MISSING,
        Reason.NOT_REPORTED,
    )
    assert late.tasks["2.2"].score is None


def test_a_department_is_the_mean_of_its_tasks_by_its_credits() -> None:
    found = WHOLE.assess(REPORTED, as_of=2020)
    first, second = found.tasks["2.1"].score, found.tasks["2.2"].score
    assert first is not None
    assert second is not None
    office, court = found.departments["office"], found.departments["court"]
    assert office.credits == (("2.1", 1.0), ("2.2", 0.5), ("2.3", 1.0))
    assert office.score == pytest.approx((1.0 * first + 0.5 * second) / 1.5, rel=1e-15)
    assert court.score == pytest.approx((0.5 * first + 1.0 * second) / 1.5, rel=1e-15)
    assert [each.id for each in office.leads] == ["2.1", "2.3"]
    assert [each.id for each in office.supports] == ["2.2"]
    for card in (office, court):
        assert math.fsum(card.contributions.values()) == card.score


def test_the_coverage_of_a_department_is_that_of_its_tasks() -> None:
    found = WHOLE.assess(REPORTED, as_of=2020)
    first, second = found.tasks["2.1"].coverage, found.tasks["2.2"].coverage
    assert (first, second) == (5 / 6, 2 / 3)
    assert found.departments["office"].coverage == pytest.approx(
        (first + 0.5 * second) / 1.5, rel=1e-15
    )


def test_every_department_has_a_result_also_without_any_score() -> None:
    found = WHOLE.assess({}, as_of=2020)
    assert [*found.departments] == [*WHOLE.departments]
    assert found.departments["office"].state is State.MISSING
    assert found.departments["idle"].reason is Reason.ANSWERS_FOR_NOTHING
    assert found.departments["north"].reason is Reason.ANSWERS_FOR_NOTHING
    assert found.departments["idle"].score is None
    assert WHOLE.assess({}, as_of=2016).departments["court"].state is State.NOT_DUE


def test_a_collective_can_be_expanded_and_totals_stay() -> None:
    found = WHOLE.assess(REPORTED, as_of=2020)
    named, expanded = found.scorecards(), found.scorecards(expand=True)
    assert named is not expanded
    assert "cities" not in expanded
    north, south = expanded["north"], expanded["south"]
    assert north.credits == south.credits == (("2.1", 0.25),)
    assert north.score == named["cities"].score
    assert {duty.through for duty in north.duties} == {"cities"}
    assert {duty.role for duty in north.duties} == {Role.SUPPORT}


def test_missing_is_as_the_policy_says_in_tasks_too() -> None:
    zero = WHOLE.assess(REPORTED, as_of=2020, policy=Policy(missing="zero")).tasks["2.1"]
    assert zero.score == pytest.approx(300 / 6, rel=1e-15)
    assert zero.coverage == pytest.approx(5 / 6, rel=1e-15)
    strict = WHOLE.assess(REPORTED, as_of=2020, policy=Policy(missing="require(0.9)"))
    assert (strict.tasks["2.1"].score, strict.tasks["2.1"].reason) == (
        None,
        Reason.COVERAGE_TOO_LOW,
    )
    assert strict.departments["office"].state is State.NOT_COMPUTABLE


def test_a_geometric_mean_of_nothing_done_has_no_score_but_a_reason() -> None:
    nothing = {**REPORTED, "3.1.2": {2019: "not_started"}}
    found = WHOLE.assess(nothing, as_of=2020, policy=Policy(method="geometric"))
    assert found.tasks["2.2"].reason is Reason.SCORE_NOT_POSITIVE
    assert found.tasks["2.2"].state is State.NOT_COMPUTABLE


def test_subplans_are_assessed_by_their_own_policy_or_what_names_no_ids() -> None:
    found = WHOLE.assess(REPORTED, as_of=2020, policy=Policy(weights={"alpha": 1, "beta": 3}))
    assert found.subplans["zone"].policy.weights is None
    assert found.subplans["zone"].score == 30.0
    assert (found.subplans["zone"].state, found.subplans["zone"].reason) == (State.SCORED, None)
    assert found.result("zone_quota").state is State.MISSING
    own = plan(subplans=[plan(indicator("zone_alpha"), id="zone", policy=Policy(rule="pass_fail"))])
    assert own.assess({"zone_alpha": {2020: 30}}).subplans["zone"].score == 0.0


def test_every_entry_is_used_or_listed_once_in_the_whole_and_its_subplans() -> None:
    given = {**REPORTED, "zone_alpha": {2018: 1, 2020: 30}, "3.1.2": {2018: 0.5, 2019: "done"}}
    found = WHOLE.assess(given, as_of=2020)
    assert [each.why.value for each in found.not_used] == ["nothing_due", "superseded"]
    assert [each.why.value for each in found.subplans["zone"].not_used] == ["nothing_due"]


def test_an_assessment_of_everything_pickles() -> None:
    found = WHOLE.assess(REPORTED, as_of=2020)
    copy = pickle.loads(pickle.dumps(found))
    assert copy == found
    assert copy.departments == found.departments


def test_states_of_a_total() -> None:
    small: Plan = plan(indicator(bounds=None))
    assert small.assess({}, as_of=2017).state is State.NOT_DUE
    assert small.assess({}, as_of=2020).state is State.MISSING
    zero = small.assess({"alpha": {2020: 0}}, policy=Policy(rule="progress"))
    assert zero.state is State.NOT_COMPUTABLE


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"lead": 0}, "lead: expected above zero, found 0.0"),
        ({"support": -1}, "support: expected zero or more"),
        ({"late": 1.1}, "late: expected a share from 0 to 1"),
        ({"cancelled": "none"}, "cancelled: expected a number"),
    ],
)
def test_credits_that_cannot_be_are_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ModelError) as caught:
        Credits(**options)
    assert words in str(caught.value)


def test_credits_are_told_in_both_languages() -> None:
    assert Credits().describe().startswith("lead counts 1, support 0.5; within a task")
    assert "取消不计" in Credits(cancelled=None).describe("zh")
