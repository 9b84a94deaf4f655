"""Checks on how the parts of a plan hang together: departments, phases, times and links."""

from __future__ import annotations

from collections.abc import Iterator

from ipplan.periods import Period
from ipplan.plan.checks.finding import Finding, FindingCode
from ipplan.plan.checks.scope import Check, Scope
from ipplan.text import Text

__all__ = ["CHECKS"]


def leads(scope: Scope) -> Iterator[Finding]:
    """Tasks that nobody leads, and tasks that several lead."""
    for id, task in scope.plan.tasks.items():
        if not task.lead:
            yield Finding(
                code=FindingCode.NO_LEAD,
                place=f"tasks.{id}",
                message=Text(en="nobody leads the task", zh="该任务没有牵头部门"),
            )
        elif len(task.lead) > 1:
            names = ", ".join(task.lead)
            yield Finding(
                code=FindingCode.SEVERAL_LEADS,
                place=f"tasks.{id}",
                message=Text(en=f"led by {names}", zh=f"牵头部门有 {names}"),
            )


def no_department(scope: Scope) -> Iterator[Finding]:
    """What is to be reached or delivered, and no department answers for.

    In a sub-plan, what has no task of its own is answered for by those above.
    """
    plan = scope.plan
    owed = [(place, each.tasks) for place, each in scope.measured]
    owed += [(f"deliverables.{id}", each.tasks) for id, each in plan.deliverables.items()]
    for place, tasks in owed:
        if not tasks and not scope.answered:
            yield Finding(
                code=FindingCode.NO_DEPARTMENT,
                place=place,
                message=Text(en="it belongs to no task", zh="不属于任何任务"),
            )
        elif tasks and not any(plan.tasks[id].lead or plan.tasks[id].support for id in tasks):
            names = ", ".join(tasks)
            yield Finding(
                code=FindingCode.NO_DEPARTMENT,
                place=place,
                message=Text(
                    en=f"no department has a part in its tasks ({names})",
                    zh=f"所属任务({names})没有任何部门",
                ),
            )


def phases(scope: Scope) -> Iterator[Finding]:
    """Days of the plan that no phase has, and days that two phases have."""
    plan = scope.plan
    ordered = sorted(plan.phases.values(), key=lambda phase: (phase.start.start, phase.end.end))
    if not ordered:
        return
    latest = ordered[0]
    if latest.start.start > plan.start.start:
        yield _gap(latest.id, f"{plan.start}", f"{latest.start}")
    for phase in ordered[1:]:
        days = phase.start.start.toordinal() - latest.end.end.toordinal()
        if days > 1:
            yield _gap(phase.id, f"{latest.end}", f"{phase.start}")
        elif days < 1:
            yield Finding(
                code=FindingCode.PHASE_OVERLAP,
                place=f"phases.{phase.id}",
                message=Text(
                    en=f"starts in {phase.start}, before {latest.id} ends in {latest.end}",
                    zh=f"始于 {phase.start},而 {latest.id} 至 {latest.end} 才结束",
                ),
            )
        latest = max(latest, phase, key=lambda each: each.end.end)
    if latest.end.end < plan.end.end:
        yield _gap(latest.id, f"{latest.end}", f"{plan.end}")


def _gap(id: str, start: str, end: str) -> Finding:
    return Finding(
        code=FindingCode.PHASE_GAP,
        place=f"phases.{id}",
        message=Text(
            en=f"no phase covers all the time from {start} to {end}",
            zh=f"{start} 至 {end} 之间有时间不属于任何阶段",
        ),
    )


def outside_time(scope: Scope) -> Iterator[Finding]:
    """Points and due times outside the plan, due times outside their phase, and parts outside."""
    plan = scope.plan
    for place, each in scope.measured:
        for index, milestone in enumerate(each.trajectory.milestones):
            yield from _outside(f"{place}.milestones[{index}]", milestone.period, scope)
    for id, phase in plan.phases.items():
        yield from _outside(f"phases.{id}.start", phase.start, scope)
        yield from _outside(f"phases.{id}.end", phase.end, scope)
    for id, item in plan.deliverables.items():
        if item.due is not None:
            place = f"deliverables.{id}.due"
            yield from _outside(place, item.due, scope)
            if item.phase is not None:
                phase = plan.phases[item.phase]
                yield from _without(place, item.due, phase.start, phase.end, f"phases.{phase.id}")
    for id, part in plan.subplans.items():
        yield from _outside(f"subplans.{id}.start", part.start, scope)
        yield from _outside(f"subplans.{id}.end", part.end, scope)


def _outside(place: str, period: Period, scope: Scope) -> Iterator[Finding]:
    plan = scope.plan
    return _without(place, period, plan.start, plan.end, plan.id)


def _without(
    place: str, period: Period, start: Period, end: Period, whole: str
) -> Iterator[Finding]:
    """A period whose end lies before the start or after the end of a whole."""
    if not start.start <= period.end <= end.end:
        yield Finding(
            code=FindingCode.OUTSIDE_TIME,
            place=place,
            message=Text(
                en=f"{period} is not within {whole}, {start} to {end}",
                zh=f"{period} 不在 {whole} 的期限 {start} 至 {end} 之内",
            ),
        )


def loose_tasks(scope: Scope) -> Iterator[Finding]:
    """Tasks that no indicator, quota, deliverable or sub-plan belongs to."""
    for id, parts in scope.plan.links.parts.items():
        if not parts:
            yield _loose(f"tasks.{id}", "nothing measures the task", "该任务没有任何衡量内容")


def loose_departments(scope: Scope) -> Iterator[Finding]:
    """Departments that no task names, by themselves or through a collective that it names."""
    plan = scope.plan
    named = {id for task in plan.tasks.values() for id in (*task.lead, *task.support)}
    members = {member for id in named for member in plan.departments[id].members}
    for id in plan.departments:
        if id not in named | members:
            yield _loose(f"departments.{id}", "it has a part in no task", "未参与任何任务")


def without_deliverables(scope: Scope) -> Iterator[Finding]:
    """Workstreams without deliverables, and phases without any in a plan that has some."""
    plan, items = scope.plan, scope.plan.deliverables.values()
    streams, filled = {item.workstream for item in items}, {item.phase for item in items}
    empty = [f"workstreams.{id}" for id in plan.workstreams if id not in streams]
    if items:
        empty += [f"phases.{id}" for id in plan.phases if id not in filled]
    for place in empty:
        yield _loose(place, "it has no deliverable", "没有应交付事项")


def loose_plans(scope: Scope) -> Iterator[Finding]:
    """Sub-plans that come under no task, and a plan by itself that says it comes under some."""
    for id, part in scope.plan.subplans.items():
        if not part.under:
            yield _loose(f"subplans.{id}", "it comes under no task", "不属于任何任务")
    under = ", ".join(scope.plan.under)
    if under and not scope.below:
        yield _loose(
            "under",
            f"names tasks of a plan above ({under}), and the plan stands by itself",
            f"所列任务({under})属于上级规划,而本规划未列在任何规划之下",
        )


def _loose(place: str, en: str, zh: str) -> Finding:
    return Finding(code=FindingCode.LOOSE_END, place=place, message=Text(en=en, zh=zh))


CHECKS: tuple[Check, ...] = (
    leads,
    no_department,
    phases,
    outside_time,
    loose_tasks,
    loose_departments,
    without_deliverables,
    loose_plans,
)
