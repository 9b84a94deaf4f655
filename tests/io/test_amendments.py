"""Amendments in plan files: the forms that are read, and every fault with its place."""

import pytest

import ipplan
from ipplan import Bound, Department, Milestone, Plan, PlanFileError, Task, Text
from ipplan.model.amendment import Added, Amendment, Changed, Withdrawn
from tests.builders import amendment, indicator, plan

PLAN = """
id = "small"
title = { en = "An illustrative plan" }
start = 2016
end = 2020

[indicators.alpha]
name = { en = "Alpha" }
unit = "个"
accrual = "level"
baseline = { period = 2015, value = 1 }
milestones = [{ period = 2020, at_least = 100 }]

[amendments.first]
date = 2018-03-01
document = "An illustrative notice"
reason = { en = "Why" }
"""


def faults(text: str) -> dict[str, str]:
    with pytest.raises(PlanFileError) as caught:
        ipplan.loads(text, into=Plan)
    return {problem.place: str(problem) for problem in caught.value.problems}


def test_what_is_changed_added_and_withdrawn_is_read() -> None:
    text = """
    added.departments.water = { name = { en = "Water" } }
    added.tasks."2.1" = { title = { en = "Pipes" }, lead = ["water"] }

    [amendments.first.changed.indicators.alpha]
    without = ["baseline"]
    milestones = [{ period = 2020, at_least = 9 }]

    [amendments.second]
    date = 2018-03-01
    document = "Another"
    reason = { zh = "因" }
    withdrawn = { tasks = ["2.1"] }
    """
    read = ipplan.loads(PLAN + text, into=Plan)
    milestones = (Milestone(period=2020, bound=Bound.at_least(9)),)
    fields = {"baseline": None, "milestones": milestones}
    assert read.amendments["first"].changes == (
        Changed(part="indicators", id="alpha", fields=fields),
        Added(part="departments", item=Department(id="water", name=Text(en="Water"))),
        Added(part="tasks", item=Task(id="2.1", title=Text(en="Pipes"), lead=["water"])),
    )
    assert read.amendments["second"].changes == (Withdrawn(part="tasks", id="2.1"),)
    assert read.as_of(2018).amended_by == ("first", "second")


def test_a_value_taken_away_and_every_kind_of_value_are_written() -> None:
    fields = {"limit": None, "accrual": "rate", "interpolation": "next", "tasks": [], "clause": "2"}
    changes = [
        Changed(part="indicators", id="alpha", fields=fields),
        Changed(part="indicators", id="beta", fields={"per": 10, "better": "up"}),
    ]
    made = amendment("x", "2018-03-01", *changes)
    assert ipplan.loads(ipplan.dumps(made), into=Amendment) == made
    assert "without" in ipplan.dumps(made)
    whole = plan(indicator("alpha", limit=5), indicator("beta"), amendments=[made])
    assert whole.as_of(2018).indicators["alpha"].limit is None


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", "changes", "at least one change"),
        ("changes = []", "changes", "found a key 'changes'"),
        ("withdrawn = ['tasks.2.1']", "withdrawn", "expected a table with phases, departments"),
        ("withdrawn.tasks = '2.1'", "withdrawn.tasks", "put it in [brackets]"),
        ("withdrawn.tasks = [2.1]", "withdrawn.tasks[0]", "expected text"),
        ("withdrawn.task = []", "withdrawn.task", "near: tasks"),
        ("withdrawn.tasks = ['2.1']", "withdrawn.tasks.2.1", "found '2.1'"),
        ("whithdrawn = 3", "whithdrawn", "near: withdrawn"),
        ("changed.indicators = 3", "changed.indicators", "a table by id"),
        ("changed.indicators.alpha = 3", "changed.indicators.alpha", "a table with name, unit"),
        ("changed.indicators.alpha = {}", "changed.indicators.alpha.fields", "at least one"),
        ("changed.indicators.alpha.unitt = 3", "changed.indicators.alpha.unitt", "near: unit"),
        ("changed.indicators.alpha.id = 'b'", "changed.indicators.alpha.id", "found a key 'id'"),
        ("changed.indicators.alpha.limit = 'x'", "changed.indicators.alpha.limit", "a number"),
        ("changed.indicators.alpha.without = 'x'", "changed.indicators.alpha.without", "a list"),
        ("changed.indicators.alpha.without = ['x']", "changed.indicators.alpha.x", "found a field"),
        (
            "changed.indicators.alpha.milestones = [{ period = 2014, at_least = 3 }]",
            "changed.indicators.alpha.baseline.period",
            "before the first milestone, 2014",
        ),
        ("added.tasks.'2.1' = {}", "added.tasks.2.1.title", "this key is required"),
        ("added.indicators.alpha.unit = 'x'", "added.indicators.alpha.unit", "found 'x'"),
    ],
)
def test_each_fault_of_an_amendment_has_its_place(text: str, place: str, words: str) -> None:
    assert words in faults(PLAN + text)[f"amendments.first.{place}"]


def test_faults_of_an_amendment_are_told_at_once_with_those_of_the_plan() -> None:
    text = """
    colour = "red"
    changed.indicators.alpha = { limit = "x", unit = "furlong", milestone = [] }
    added.quota.b = {}

    [amendments.second]
    date = 2017-03-01
    document = 5
    reason = { en = "Why" }
    withdrawn.tasks = ["2.1"]

    [departments.X]
    name = { en = "Water" }
    """
    assert {*faults(PLAN + text)} == {
        "amendments.first.colour",
        "amendments.first.changed.indicators.alpha.limit",
        "amendments.first.changed.indicators.alpha.unit",
        "amendments.first.changed.indicators.alpha.milestone",
        "amendments.first.added.quota",
        "amendments.second.document",
        "amendments.second.date",
        "departments.X.id",
    }


def test_sound_amendments_of_a_faulty_plan_are_checked_too() -> None:
    text = """
    withdrawn.tasks = ["2.1"]
    changed.indicators.alpha.clause = "1"
    """
    assert [*faults(PLAN.replace("level", "levl") + text)] == [
        "indicators.alpha.accrual",
        "amendments.first.withdrawn.tasks.2.1",
    ]
