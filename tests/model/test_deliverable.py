"""Deliverables and workstreams, and what in a plan refers to nothing."""

import pytest

import ipplan
from ipplan import Deliverable, ModelError, Period, Plan, PlanFileError, Text, Workstream

TEXT = """
id = "p"
title = { en = "P" }
start = 2016
end = 2020
[phases.one]
name = { en = "One" }
start = 2016
end = 2016
[tasks."2.1"]
title = { en = "T" }
[workstreams.use]
name = { en = "Use" }
[indicators.patents]
name = { en = "Patents" }
unit = "件"
accrual = "level"
tasks = ["2.1"]
milestones = [{ period = 2020, at_least = 10 }]
[quotas.exhibitions]
name = { en = "Exhibitions" }
unit = "次"
accrual = "flow"
interpolation = "next"
milestones = [{ period = 2016, at_least = 3 }, { period = 2020, at_least = 3 }]
tasks = ["2.1"]
same_as = "patents"
[deliverables."3.1.1.1"]
title = { en = "D" }
phase = "one"
workstream = "use"
tasks = ["2.1"]
clause = "3.1.1"
"""


def test_a_plan_with_quotas_and_deliverables_reads_back() -> None:
    plan = ipplan.loads(TEXT, into=Plan)
    assert ipplan.loads(ipplan.dumps(plan), into=Plan) == plan
    assert plan.deliverables["3.1.1.1"].workstream == "use"
    assert plan.workstreams["use"] == Workstream(id="use", name=Text(en="Use"))
    assert plan.quotas["exhibitions"].expected(Period.of(2018)).bound.low == 3.0


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('phase = "one"', 'phase = "on"', "deliverables.3.1.1.1.phase: expected the id of a phase"),
        ('"use"', '"us"', "deliverables.3.1.1.1.workstream: expected the id of a workstream"),
        (
            'tasks = ["2.1"]\nclause',
            'tasks = ["2.2"]\nclause',
            "deliverables.3.1.1.1.tasks[0]: expected the id of a task, found '2.2' (near: 2.1)",
        ),
        (
            'tasks = ["2.1"]\nsame',
            'tasks = ["2.1", "9"]\nsame',
            "quotas.exhibitions.tasks[1]: expected the id of a task",
        ),
        (
            'same_as = "patents"',
            'same_as = "patent"',
            "quotas.exhibitions.same_as: expected the id of an indicator, found 'patent' (near:",
        ),
        ("[quotas.exhibitions]", "[quotas.patents]", "quotas.patents: expected an id that no"),
    ],
)
def test_what_refers_to_nothing_is_told_with_its_place(old: str, new: str, told: str) -> None:
    with pytest.raises(PlanFileError) as caught:
        ipplan.loads(TEXT.replace(old, new), into=Plan)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"id": "x"}, "id: expected a clause number"),
        ({"phase": "One"}, "phase: expected a snake_case id"),
        ({"due": "soon"}, "due: expected a year"),
        ({"tasks": [1]}, r"tasks\[0\]: expected text"),
    ],
)
def test_a_wrong_field_is_told(options: dict[str, object], told: str) -> None:
    fields = {"id": "3.1.1.1", "title": Text(en="D"), "phase": "one"} | options
    with pytest.raises((ModelError, ipplan.PeriodError), match=told):
        Deliverable(**fields)
