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

__all__ = ["Duty", "Links", "PartKind", "Role", "TaskPart", "links_between"]


class Role(enum.Enum):
    """What a department does in a task."""

    LEAD = "lead"
    SUPPORT = "support"


class PartKind(enum.Enum):
    """What a part of a task is."""

    INDICATOR = "indicator"
    QUOTA = "quota"
    DELIVERABLE = "deliverable"
    SUBPLAN = "subplan"


@frozen(kw_only=True)
class TaskPart:
    """Something that belongs to a task: its kind and its id.

    `twin` is the id of another part of the task that it reads as the same thing as (`same_as`): the
    two count once. `place` is its name among the parts of all kinds.
    """

    kind: PartKind
    id: str
    twin: str | None = None
    place: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        # A sub-plan may have the id of an indicator; the other kinds never share one.
        below = self.kind is PartKind.SUBPLAN
        object.__setattr__(self, "place", f"subplans.{self.id}" if below else self.id)


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


Parts: TypeAlias = Mapping[str, tuple[TaskPart, ...]]
Duties: TypeAlias = Mapping[str, tuple[Duty, ...]]


@frozen(kw_only=True)
class Links:
    """What belongs to each task, by task id, and what each department answers for, by its id.

    `duties` are those of each department as the plan names it, `expanded` those in which the
    members of a collective share its duties in equal parts.
    """

    parts: Parts = field(factory=dict, eq=False)
    duties: Duties = field(factory=dict, eq=False)
    expanded: Duties = field(factory=dict, eq=False)

    _earned: dict[tuple[float, float, bool], dict[str, dict[str, float]]] = field(
        init=False, factory=dict, eq=False, repr=False
    )

    def credits(
        self, *, lead: float, support: float, expand: bool = False
    ) -> Mapping[str, Mapping[str, float]]:
        """What each department has in each of its tasks, by their ids, for these credits."""
        key = (lead, support, expand)
        if key not in self._earned:
            self._earned[key] = {
                id: _credits(duties, lead, support)
                for id, duties in (self.expanded if expand else self.duties).items()
            }
        return self._earned[key]

    def of(self, task: str, kind: PartKind) -> tuple[str, ...]:
        """The ids of a task's parts of one kind."""
        return tuple(part.id for part in self.parts[task] if part.kind is kind)


def links_between(
    *,
    tasks: Mapping[str, Task],
    departments: Mapping[str, Department],
    indicators: Mapping[str, Indicator],
    quotas: Mapping[str, Indicator],
    deliverables: Mapping[str, Deliverable],
    below: Iterable[tuple[str, TaskPart]] = (),
) -> Links:
    """The links between the parts of a plan; `below`: tasks with what sub-plans have."""
    measures = {**indicators, **quotas}
    parts: dict[str, list[TaskPart]] = {}
    for task in tasks:
        named = [each for each in measures.values() if task in each.tasks]
        counted: dict[str, str] = {each.same_as or each.id: each.id for each in reversed(named)}
        counted |= {each.id: each.id for each in named if each.same_as is None}
        parts[task] = [
            TaskPart(
                kind=PartKind.INDICATOR if each.id in indicators else PartKind.QUOTA,
                id=each.id,
                twin=None if counted[each.same_as or each.id] == each.id else each.same_as,
            )
            for each in named
        ]
    for id, item in deliverables.items():
        for task in dict.fromkeys(item.tasks):
            parts[task].append(TaskPart(kind=PartKind.DELIVERABLE, id=id))
    for task, part in below:
        parts[task].append(part)
    duties = [*_duties(tasks)]
    shared = [each for duty in duties for each in _shared(duty, departments)]
    return Links(
        parts={task: tuple(each) for task, each in parts.items()},
        duties=_by_department(departments, duties),
        expanded=_by_department(departments, shared),
    )


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


def _credits(duties: Iterable[Duty], lead: float, support: float) -> dict[str, float]:
    earned: dict[str, float] = {}
    for duty in duties:
        credit = lead if duty.role is Role.LEAD else support
        earned[duty.task] = earned.get(duty.task, 0.0) + credit * duty.share
    return earned


def _by_department(departments: Iterable[str], duties: Iterable[Duty]) -> Duties:
    found: dict[str, list[Duty]] = {department: [] for department in departments}
    for duty in duties:
        found[duty.department].append(duty)
    return {department: tuple(each) for department, each in found.items()}
