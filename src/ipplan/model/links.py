"""Links: what belongs to each task, and what each department answers for."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from attrs import field, frozen

from ipplan.model.deliverable import Deliverable
from ipplan.model.department import Department
from ipplan.model.indicator import Indicator
from ipplan.model.task import Task

__all__ = ["Duty", "Links", "Role", "links_between"]


class Role(enum.Enum):
    """What a department does in a task."""

    LEAD = "lead"
    SUPPORT = "support"


@frozen(kw_only=True)
class Duty:
    """A department's part in a task: its role, and its `share` of a collective's, 1 for its own.

    `through` is the collective that a member answers in.
    """

    task: str
    department: str
    role: Role
    share: float = 1.0
    through: str | None = None


Ids: TypeAlias = Mapping[str, tuple[str, ...]]
Duties: TypeAlias = Mapping[str, tuple[Duty, ...]]


@frozen(kw_only=True)
class Links:
    """For each task the ids of its indicators, quotas, deliverables and sub-plans.

    `duties` are those of each department as the plan names it, `expanded` those in which the
    members of a collective share its duties in equal parts.
    """

    indicators: Ids = field(eq=False)
    quotas: Ids = field(eq=False)
    deliverables: Ids = field(eq=False)
    subplans: Ids = field(eq=False)
    duties: Duties = field(eq=False)
    expanded: Duties = field(eq=False)


def links_between(
    *,
    tasks: Mapping[str, Task],
    departments: Mapping[str, Department],
    indicators: Mapping[str, Indicator],
    quotas: Mapping[str, Indicator],
    deliverables: Mapping[str, Deliverable],
    subplans: Mapping[str, tuple[str, ...]],
) -> Links:
    """The links between the parts of a plan; `subplans` are the tasks that each comes under."""
    duties = [*_duties(tasks)]
    shared = [each for duty in duties for each in _shared(duty, departments)]
    return Links(
        indicators=_by_task(tasks, {id: each.tasks for id, each in indicators.items()}),
        quotas=_by_task(tasks, {id: each.tasks for id, each in quotas.items()}),
        deliverables=_by_task(tasks, {id: each.tasks for id, each in deliverables.items()}),
        subplans=_by_task(tasks, subplans),
        duties=_by_department(departments, duties),
        expanded=_by_department(departments, shared),
    )


def _by_task(tasks: Iterable[str], items: Mapping[str, tuple[str, ...]]) -> Ids:
    found: dict[str, list[str]] = {task: [] for task in tasks}
    for id, names in items.items():
        for task in dict.fromkeys(names):
            found[task].append(id)
    return {task: tuple(ids) for task, ids in found.items()}


def _duties(tasks: Mapping[str, Task]) -> Iterator[Duty]:
    for task in tasks.values():
        for role, departments in ((Role.LEAD, task.lead), (Role.SUPPORT, task.support)):
            for department in departments:
                yield Duty(task=task.id, department=department, role=role)


def _shared(duty: Duty, departments: Mapping[str, Department]) -> Iterator[Duty]:
    """A collective's duty as those of its members, each with an equal share; others as they are."""
    members = departments[duty.department].members
    if not members:
        yield duty
    for member in members:
        yield Duty(
            task=duty.task,
            department=member,
            role=duty.role,
            share=1.0 / len(members),
            through=duty.department,
        )


def _by_department(departments: Iterable[str], duties: Iterable[Duty]) -> Duties:
    found: dict[str, list[Duty]] = {department: [] for department in departments}
    for duty in duties:
        found[duty.department].append(duty)
    return {department: tuple(each) for department, each in found.items()}
