"""References between the parts of a plan: whatever refers to nothing is told, all at once."""

from typing import Any

import pytest
from attrs import evolve

from ipplan import Deliverable, Department, ModelError, Phase, Plan, Policy, Task, Text, Workstream
from ipplan.plan.references import faults_between
from tests.builders import indicator, plan

NAME = Text(en="A name")


def body(id: str, *members: str) -> Department:
    return Department(id=id, name=NAME, members=members)


def item(id: str = "3.1.1.1", **options: Any) -> Deliverable:
    return Deliverable(id=id, title=NAME, **{"due": 2018, **options})


SOUND: dict[str, Any] = {
    "indicators": [indicator("alpha", tasks=["2.1"]), indicator("beta", same_as="alpha")],
    "quotas": [indicator("gamma", same_as="alpha")],
    "departments": [body("office"), body("court"), body("both", "office", "court")],
    "tasks": [Task(id="2.1", title=NAME, lead=["both"], support=["office"])],
    "phases": [Phase(id="first", name=NAME, start=2016, end=2017)],
    "workstreams": [Workstream(id="reform", name=NAME)],
    "deliverables": [item(phase="first", due=None, workstream="reform", tasks=["2.1"])],
    "policy": Policy(weights={"alpha": 1, "beta": 2}),
}


def made(**options: Any) -> Plan:
    given = {**SOUND, **options}
    return plan(*given.pop("indicators"), **given)


def told(**options: Any) -> dict[str, tuple[str, str, str]]:
    with pytest.raises(ModelError) as caught:
        made(**options)
    return {each.place: (each.expected, each.found, each.hint) for each in caught.value.problems}


def test_what_fits_together_is_a_plan() -> None:
    assert [*made().measured] == ["alpha", "beta", "gamma"]
    assert [*faults_between()] == []


@pytest.mark.parametrize(
    ("options", "place", "expected", "found", "hint"),
    [
        ({"tasks": [Task(id="2.1", title=NAME, lead=["ofice"])]},
         "tasks.2.1.lead[0]", "the id of a department", "'ofice'", "near: office"),
        ({"tasks": [Task(id="2.1", title=NAME, support=["court", "xyz"])]},
         "tasks.2.1.support[1]", "the id of a department", "'xyz'", ""),
        ({"quotas": [indicator("gamma", tasks=["2.2"])]},
         "quotas.gamma.tasks[0]", "the id of a task", "'2.2'", "near: 2.1"),
        ({"quotas": [indicator("gamma", same_as="alfa")]},
         "quotas.gamma.same_as", "the id of an indicator", "'alfa'", "near: alpha"),
        ({"deliverables": [item(tasks=["2.9"])]},
         "deliverables.3.1.1.1.tasks[0]", "the id of a task", "'2.9'", "near: 2.1"),
        ({"deliverables": [item(phase="frist")]},
         "deliverables.3.1.1.1.phase", "the id of a phase", "'frist'", "near: first"),
        ({"deliverables": [item(workstream="reforms")]},
         "deliverables.3.1.1.1.workstream", "the id of a workstream", "'reforms'", "near: reform"),
        ({"departments": [body("office"), body("court"), body("both", "office", "cort")]},
         "departments.both.members[1]", "the id of a department", "'cort'", "near: court"),
        ({"policy": Policy(rules={"alhpa": "ratio"})},
         "policy.rules.alhpa", "the id of an indicator", "'alhpa'", "near: alpha"),
        ({"subplans": [plan(indicator("zone"), id="below", under=["2.7"])]},
         "subplans.below.under[0]", "the id of a task", "'2.7'", "near: 2.1"),
    ],
)  # fmt: skip
def test_what_refers_to_nothing_is_told_with_its_place_and_a_hint(
    options: dict[str, Any], place: str, expected: str, found: str, hint: str
) -> None:
    assert told(**options) == {place: (expected, found, hint)}


def test_a_collective_has_departments_once_that_are_none_itself() -> None:
    found = told(
        departments=[
            body("office"), body("both", "office", "all", "office", "both"), body("all", "office"),
        ]
    )  # fmt: skip
    collective = "a department that is no collective itself"
    assert found == {
        "departments.both.members[1]": (collective, "'all'", ""),
        "departments.both.members[2]": ("each member once", "'office' again", ""),
        "departments.both.members[3]": (collective, "'both'", ""),
    }


@pytest.mark.parametrize(
    ("alpha", "beta", "places"),
    [
        ("alpha", None, ["alpha"]),
        ("beta", "alpha", ["alpha", "beta"]),
        (None, "gamma", ["beta"]),
    ],
)
def test_what_is_the_same_names_the_one_no_circles_and_no_chains(
    alpha: str | None, beta: str | None, places: list[str]
) -> None:
    pair = [indicator("alpha", same_as=alpha), indicator("beta", same_as=beta)]
    gamma = indicator("gamma", same_as="alpha" if alpha is None else None)
    found = told(indicators=pair, quotas=[gamma])
    assert [*found] == [f"indicators.{each}.same_as" for each in places]
    assert {each[2] for each in found.values()} == {
        "of several that read as one thing, all but one name that one"
    }


def test_an_id_stands_once_in_a_plan_and_below_it() -> None:
    below = plan(indicator("alpha"), id="below", deliverables=[item()], quotas=[indicator("delta")])
    found = told(quotas=[indicator("beta")], subplans=[below])
    assert {place: each[0] for place, each in found.items()} == {
        "quotas.beta": "an id that no other indicator of the plan has",
        "subplans.below.indicators.alpha": "an id that no other indicator of the plan has",
        "subplans.below.deliverables.3.1.1.1": "an id that no other deliverable of the plan has",
    }


def test_two_sub_plans_do_not_share_an_id() -> None:
    one, two = (plan(indicator("delta"), id=id) for id in ("one", "two"))
    assert [*told(subplans=[one, two])] == ["subplans.two.indicators.delta"]


def test_a_plan_does_not_stand_below_itself_at_any_depth() -> None:
    lowest = plan(id="small")
    assert [*told(subplans=[evolve(lowest)])] == ["subplans.small"]
    found = told(subplans=[plan(id="middle", subplans=[lowest])])
    assert [*found] == ["subplans.middle.subplans.small"]
    assert found["subplans.middle.subplans.small"][1] == "'small' again"


def test_a_plan_ends_after_it_starts() -> None:
    assert [*told(start=2021, end=2020)] == ["end"]


def test_everything_is_told_at_once() -> None:
    found = told(
        start=2021, end=2020,
        tasks=[Task(id="2.2", title=NAME, lead=["nobody"])],
        policy=Policy(weights={"alpha": 1}),
    )  # fmt: skip
    assert [*found] == [
        "end",
        "tasks.2.2.lead[0]",
        "indicators.alpha.tasks[0]",
        "deliverables.3.1.1.1.tasks[0]",
        "policy.weights.beta",
    ]
