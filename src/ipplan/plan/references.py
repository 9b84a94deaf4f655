"""References: what the parts of a plan say of each other, and what in that does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from ipplan.errors import Problem, near_hint, shown
from ipplan.model.deliverable import Deliverable, Workstream
from ipplan.model.department import Department
from ipplan.model.fields import ends_before_start
from ipplan.model.indicator import Indicator
from ipplan.model.phase import Phase
from ipplan.model.task import Task
from ipplan.periods import Period

if TYPE_CHECKING:  # assessing is imported when something is assessed: loading a plan is quick
    from ipplan.assessment.policy import Policy
    from ipplan.plan.plan import Plan

__all__ = ["faults_between"]


def faults_between(
    *,
    id: str | None = None,
    start: Period | None = None,
    end: Period | None = None,
    tasks: Mapping[str, Task] = MappingProxyType({}),
    departments: Mapping[str, Department] = MappingProxyType({}),
    indicators: Mapping[str, Indicator] = MappingProxyType({}),
    quotas: Mapping[str, Indicator] = MappingProxyType({}),
    phases: Mapping[str, Phase] = MappingProxyType({}),
    workstreams: Mapping[str, Workstream] = MappingProxyType({}),
    deliverables: Mapping[str, Deliverable] = MappingProxyType({}),
    subplans: Mapping[str, Plan] = MappingProxyType({}),
    policy: Policy | None = None,
    **_others: object,
) -> Iterator[Problem]:
    """What is wrong between the fields of a plan, as far as they are known."""
    yield from ends_before_start(start, end)
    for department, body in departments.items():
        yield from _members(department, body, departments)
    for task_id, task in tasks.items():
        place = f"tasks.{task_id}"
        yield from _unknown(f"{place}.lead", task.lead, departments, "a department")
        yield from _unknown(f"{place}.support", task.support, departments, "a department")
    known = {**indicators, **quotas}
    for kind, catalog in (("indicators", indicators), ("quotas", quotas)):
        for name, each in catalog.items():
            place, same_as = f"{kind}.{name}", getattr(each, "same_as", None)
            yield from _unknown(f"{place}.tasks", each.tasks, tasks, "a task")
            yield from _unknown(f"{place}.same_as", same_as, known, "an indicator")
            yield from _roundabout(f"{place}.same_as", name, same_as, known)
    for name, item in deliverables.items():
        place, stream = f"deliverables.{name}", getattr(item, "workstream", None)
        yield from _unknown(f"{place}.tasks", item.tasks, tasks, "a task")
        yield from _unknown(f"{place}.phase", getattr(item, "phase", None), phases, "a phase")
        yield from _unknown(f"{place}.workstream", stream, workstreams, "a workstream")
    for name, part in subplans.items():
        yield from _unknown(f"subplans.{name}.under", part.under, tasks, "a task")
    yield from _told_twice(id, indicators, quotas, deliverables, subplans)
    if policy is not None:
        yield from (problem.within("policy") for problem in policy.unfit(indicators))


def _members(id: str, body: Department, departments: Mapping[str, Department]) -> Iterator[Problem]:
    members, collectives = (
        body.members,
        [name for name, each in departments.items() if each.members],
    )
    place = f"departments.{id}.members"
    yield from _unknown(place, members, departments, "a department")
    for index, member in enumerate(members):
        if member in collectives:
            yield Problem(
                place=f"{place}[{index}]",
                expected="a department that is no collective itself",
                found=shown(member),
            )
        if member in members[:index]:
            yield Problem(
                place=f"{place}[{index}]",
                expected="each member once",
                found=f"{shown(member)} again",
            )


def _roundabout(
    place: str, id: str, same_as: str | None, known: Mapping[str, Indicator]
) -> Iterator[Problem]:
    """What is the same as another is named by that other's own id: no chains, no circles."""
    other = known.get(same_as or "")
    if same_as == id or getattr(other, "same_as", None) is not None:
        yield Problem(
            place=place,
            expected="another indicator, one that is not the same as a third",
            found=shown(same_as),
            hint="of several that read as one thing, all but one name that one",
        )


def _told_twice(
    id: str | None,
    indicators: Mapping[str, Indicator],
    quotas: Mapping[str, Indicator],
    deliverables: Mapping[str, Deliverable],
    subplans: Mapping[str, Plan],
) -> Iterator[Problem]:
    """Ids that two things have: actuals name indicators, quotas and deliverables by id alone.

    A plan that stands below itself is a cycle, which the ids tell too.
    """
    measured, promised = {*indicators}, {*deliverables}
    for name in quotas:
        if name in measured:
            yield _not_free(f"quotas.{name}", "indicator", name)
    measured |= {*quotas}
    for name, part in subplans.items():
        if not hasattr(part, "measured"):
            continue  # a faulty part, which is told elsewhere
        place = f"subplans.{name}"
        for below in () if id is None else _cycle(id, part):
            yield Problem(
                place=f"{place}{below}",
                expected="plans that do not stand below themselves",
                found=f"{shown(id)} again",
                hint="a sub-plan has another id than every plan above it",
            )
        for noun, ids, taken in (
            ("indicator", part.measured, measured),
            ("deliverable", part.promised, promised),
        ):
            for each in ids:
                if each in taken:
                    yield _not_free(f"{place}.{noun}s.{each}", noun, each)
                taken.add(each)


def _not_free(place: str, noun: str, id: str) -> Problem:
    return Problem(
        place=place, expected=f"an id that no other {noun} of the plan has", found=shown(id)
    )


def _cycle(id: str, part: Plan) -> Iterator[str]:
    """Where below a sub-plan an id stands again."""
    if part.id == id:
        yield ""
    for name, below in part.subplans.items():
        yield from (f".subplans.{name}{place}" for place in _cycle(id, below))


def _unknown(
    place: str, names: str | tuple[str | None, ...] | None, known: Iterable[str], noun: str
) -> Iterator[Problem]:
    """Ids, one or several, that nothing in the plan has (None: faulty, and told elsewhere)."""
    several = isinstance(names, tuple)
    ids = tuple(known)
    for index, name in enumerate(names if isinstance(names, tuple) else (names,)):
        if name is not None and name not in ids:
            yield Problem(
                place=f"{place}[{index}]" if several else place,
                expected=f"the id of {noun}",
                found=shown(name),
                hint=near_hint(name, ids),
            )
