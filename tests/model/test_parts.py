"""Tasks, phases and departments: what they hold, and what they refuse by its name."""

import pickle
from typing import Any

import attrs
import pytest

from ipplan import Department, ModelError, Period, PeriodError, Phase, Task, TaskKind, Text

TASK: dict[str, Any] = {
    "id": "2.3.1.2",
    "title": Text(zh="培育企业", en="Firms first"),
    "kind": "safeguard",
    "lead": ["high_court", "ip_office"],
    "support": ["finance"],
    "description": Text(en="What is to be done"),
}
PHASE: dict[str, Any] = {
    "id": "upgrade",
    "name": Text(zh="整体升级", en="Overall upgrading"),
    "start": 2018,
    "end": 2020,
    "clause": "3.3",
    "description": Text(en="Results are in place"),
}
DEPARTMENT: dict[str, Any] = {"id": "ip_office", "name": Text(zh="省知识产权局", en="IP Office")}
EVERY_PART = [(Task, TASK), (Phase, PHASE), (Department, DEPARTMENT)]


def test_departments_stand_in_the_order_of_the_text() -> None:
    task = Task(**TASK)
    assert (task.lead, task.support) == (("high_court", "ip_office"), ("finance",))


def test_a_task_without_departments_has_none() -> None:
    task = Task(id="2.1", title=TASK["title"])
    assert (task.lead, task.support, task.description) == ((), (), None)


def test_a_task_is_a_task_proper_unless_it_says_otherwise() -> None:
    assert Task(id="2.1", title=TASK["title"]).kind is TaskKind.TASK
    assert Task(**TASK).kind is TaskKind.SAFEGUARD


def test_a_tasks_clause_is_its_id() -> None:
    assert Task(**TASK).clause == "2.3.1.2"


@pytest.mark.parametrize(
    ("lead", "support", "places"),
    [
        (["finance", "finance"], [], ["lead[1]"]),
        ([], ["finance", "court", "finance"], ["support[2]"]),
        (["finance"], ["finance"], ["support[0]"]),
        (["finance", "finance"], ["court", "finance"], ["lead[1]", "support[1]"]),
    ],
)
def test_a_department_leads_or_supports_a_task_once(
    lead: list[str], support: list[str], places: list[str]
) -> None:
    with pytest.raises(ModelError, match=r"each department once.*found 'finance' again") as caught:
        Task(**{**TASK, "lead": lead, "support": support})
    assert [problem.place for problem in caught.value.problems] == places


@pytest.mark.parametrize(
    "id", ["", "two", "2.", ".2", "2.3.1.2a", "2..3", "2.1.1.1.1.1.1", 2.1, None]
)
def test_a_tasks_id_is_a_clause_number(id: Any) -> None:
    with pytest.raises(ModelError, match=r"^id: expected a clause number like 2.3.1.2, found"):
        Task(**{**TASK, "id": id})


@pytest.mark.parametrize("role", ["lead", "support"])
@pytest.mark.parametrize("value", ["finance", 5, None])
def test_departments_are_a_list(role: str, value: Any) -> None:
    with pytest.raises(ModelError, match=f"^{role}: expected a list of text, found"):
        Task(**{**TASK, role: value})


@pytest.mark.parametrize("role", ["lead", "support"])
def test_every_department_that_is_no_text_is_reported(role: str) -> None:
    with pytest.raises(ModelError) as caught:
        Task(**{**TASK, role: [1, "court", None]})
    assert [problem.place for problem in caught.value.problems] == [f"{role}[0]", f"{role}[2]"]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("title", "Firms first", r"a Text\(zh=..., en=...\)"),
        ("kind", "measure", "one of task, safeguard"),
        ("description", "Firms", r"a Text\(zh=..., en=...\) or None"),
    ],
)
def test_a_tasks_attribute_is_refused_by_its_name(name: str, value: Any, expected: str) -> None:
    with pytest.raises(ModelError, match=f"^{name}: expected {expected}, found"):
        Task(**{**TASK, name: value})


def test_a_phase_runs_from_period_to_period() -> None:
    phase = Phase(**PHASE)
    assert (phase.start, phase.end) == (Period.of(2018), Period.of(2020))


@pytest.mark.parametrize(
    ("start", "end"), [(2018, 2018), (2018, "2018-H1"), ("2018-06-30", "2018-06-30")]
)
def test_a_phase_may_be_as_short_as_a_period(start: Any, end: Any) -> None:
    assert Phase(**{**PHASE, "start": start, "end": end}).end == Period.of(end)


@pytest.mark.parametrize(
    ("start", "end"), [(2018, 2017), ("2018-H2", "2018-H1"), (2018, "2017-12")]
)
def test_a_phase_does_not_end_before_it_starts(start: Any, end: Any) -> None:
    with pytest.raises(ModelError, match=f"^end: expected a period from {start} on, found {end}"):
        Phase(**{**PHASE, "start": start, "end": end})


@pytest.mark.parametrize("name", ["start", "end"])
def test_a_phases_period_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(PeriodError, match=rf"^{name}: expected a year \(2018\).*found 'soon'"):
        Phase(**{**PHASE, name: "soon"})


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("id", "Overall upgrading", "a snake_case id of at most 64 characters"),
        ("name", "Overall upgrading", r"a Text\(zh=..., en=...\)"),
        ("clause", "part three", "a clause number like 2.3.1.2, or nothing"),
        ("description", "Results", r"a Text\(zh=..., en=...\) or None"),
    ],
)
def test_a_phases_attribute_is_refused_by_its_name(name: str, value: Any, expected: str) -> None:
    with pytest.raises(ModelError, match=f"^{name}: expected {expected}, found"):
        Phase(**{**PHASE, name: value})


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("id", "IP Office", "a snake_case id of at most 64 characters"),
        ("id", "", "a snake_case id of at most 64 characters"),
        ("name", "IP Office", r"a Text\(zh=..., en=...\)"),
    ],
)
def test_a_departments_attribute_is_refused_by_its_name(
    name: str, value: Any, expected: str
) -> None:
    with pytest.raises(ModelError, match=f"^{name}: expected {expected}, found"):
        Department(**{**DEPARTMENT, name: value})


@pytest.mark.parametrize(("part", "fields"), EVERY_PART)
def test_parts_are_frozen(part: type[Any], fields: dict[str, Any]) -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        part(**fields).id = "other"


@pytest.mark.parametrize(("part", "fields"), EVERY_PART)
def test_parts_are_keyword_only(part: type[Any], fields: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        part(*fields.values())


@pytest.mark.parametrize(("part", "fields"), EVERY_PART)
def test_parts_are_hashable_and_picklable(part: type[Any], fields: dict[str, Any]) -> None:
    made = part(**fields)
    assert {made, pickle.loads(pickle.dumps(made))} == {made}
