"""Tasks and departments: their scores, out of what belongs to them and who answers for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from attrs import field, frozen

from ipplan.aggregation import Aggregate, Part, Summing
from ipplan.assessment.basis import Basis
from ipplan.assessment.credits import Credits
from ipplan.assessment.planned import Planned
from ipplan.assessment.policy import Policy
from ipplan.model.department import Department
from ipplan.model.links import Duty, PartKind, Role, TaskPart
from ipplan.model.task import Task
from ipplan.reasons import Reason, State
from ipplan.text import Lang, Text

__all__ = ["PartResult", "Scorecard", "TaskResult", "scorecard", "task_result"]

_NOTHING = Aggregate(score=None, coverage=0.0, reason=Reason.NOTHING_SCORED)


class PartLike(Protocol):
    """What a part's own result tells."""

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def state(self) -> State:
        """How far it could be computed."""
        ...

    @property
    def score(self) -> float | None:
        """Its score on the policy's scale."""
        ...

    @property
    def coverage(self) -> float:
        """The share of what it stands for that is known."""
        ...

    @property
    def reason(self) -> Reason | None:
        """Why there is none."""
        ...


@frozen(kw_only=True)
class PartResult:
    """One part of a task, its weight there, and its own result with state, score and reason.

    A part with a `twin` reads as the same thing as that one, and does not count beside it.
    """

    part: TaskPart
    weight: float
    result: PartLike

    @property
    def counts(self) -> bool:
        """Whether it is due and weighs anything."""
        due = self.result.state is not State.NOT_DUE
        return due and self.part.twin is None and self.weight > 0.0


@frozen(kw_only=True)
class _Scored:
    """What tasks and departments share: a total with its coverage, a state and a reason."""

    total: Aggregate
    state: State
    reason: Reason | None = None

    @property
    def score(self) -> float | None:
        """The mean of what is due and has a score, on the policy's scale; None without any."""
        return self.total.score

    @property
    def coverage(self) -> float:
        """The share of the weight due that has a score, from 0 to 1."""
        return self.total.coverage

    @property
    def contributions(self) -> Mapping[str, float]:
        """What adds up to the score (math.fsum), by id."""
        return dict(self.total.contributions)


@frozen(kw_only=True)
class TaskResult(_Scored):
    """A task's score out of its parts: indicators, quotas, deliverables and sub-plans."""

    task: Task
    basis: Basis = field(repr=False)
    linked: tuple[tuple[TaskPart, PartLike], ...]

    @property
    def id(self) -> str:
        """The task's id."""
        return self.task.id

    @property
    def title(self) -> Text:
        """The task's title."""
        return self.task.title

    @property
    def parts(self) -> tuple[PartResult, ...]:
        """What belongs to the task, each with its weight and its own result."""
        return tuple(
            PartResult(part=part, weight=self.credits.weight(part.kind), result=result)
            for part, result in self.linked
        )

    @property
    def credits(self) -> Credits:
        """What the parts weigh, by the policy."""
        return self.basis.policy.credits

    def explain(self, lang: Lang | str = Lang.EN) -> str:
        """How the score came to be: each part, the formula with numbers, what is missing."""
        from ipplan.assessment.explain_duties import explain_task

        return explain_task(self, lang)

    def to_dict(self) -> dict[str, Any]:
        """The task's result as plain values that JSON can hold."""
        from ipplan.assessment.delivery_plain import task_to_dict

        return task_to_dict(self)


def task_result(
    task: Task,
    parts: Iterable[TaskPart],
    *,
    results: Mapping[str, PartLike],
    basis: Basis,
    weights: Mapping[PartKind, float],
    summing: Summing,
) -> TaskResult:
    """A task's result, out of the results of its parts, by their places.

    `weights` are those of the policy's credits by kind.
    """
    linked = tuple([(part, results[part.place]) for part in parts])
    counted = [
        Part(
            part.place,
            weights[part.kind],
            result.score,
            result.state is State.MISSING,
            result.coverage if part.kind is PartKind.SUBPLAN else 1.0,
        )
        for part, result in linked
        if part.twin is None and result.state is not State.NOT_DUE and weights[part.kind] > 0.0
    ]
    total = summing.total(counted) if counted else _NOTHING
    due = not counted and any(each.state is not State.NOT_DUE for _, each in linked)
    state, reason = _outcome(total, counted, nothing=not linked, due=due)
    return TaskResult(
        task=task, basis=basis, linked=linked, total=total, state=state, reason=reason
    )


def task_results(
    plan: Planned, results: Mapping[str, PartLike], basis: Basis
) -> dict[str, TaskResult]:
    """The result of each task of a plan, out of the results of all that belongs to its tasks."""
    summing = plainly(basis.policy)
    weights = {kind: basis.policy.credits.weight(kind) for kind in PartKind}
    return {
        id: task_result(
            task,
            plan.links.parts[id],
            results=results,
            basis=basis,
            weights=weights,
            summing=summing,
        )
        for id, task in plan.tasks.items()
    }


def _outcome(
    total: Aggregate, counted: list[Part], *, nothing: bool, due: bool
) -> tuple[State, Reason | None]:
    if total.score is not None:
        return State.SCORED, None
    if not counted and due:
        return State.NOT_DUE, Reason.WEIGHS_NOTHING
    if not counted:
        return State.NOT_DUE, Reason.NOTHING_MEASURES_IT if nothing else Reason.NOT_DUE_YET
    if all(part.missing for part in counted):
        return State.MISSING, Reason.NOT_REPORTED
    return State.NOT_COMPUTABLE, total.reason


@frozen(kw_only=True)
class Scorecard(_Scored):
    """A department's score out of the tasks that it leads and supports.

    `credits` are its credits in each task, by id; of a collective's, a member has its share.
    `member_of` are the collectives that it is in. Printing it gives a table.
    """

    department: Department
    basis: Basis = field(repr=False)
    duties: tuple[Duty, ...]
    credits: tuple[tuple[str, float], ...]
    tasks: tuple[TaskResult, ...] = field(repr=False)
    member_of: tuple[Department, ...] = ()

    @property
    def id(self) -> str:
        """The department's id."""
        return self.department.id

    @property
    def name(self) -> Text:
        """The department's name."""
        return self.department.name

    @property
    def leads(self) -> tuple[TaskResult, ...]:
        """The tasks that it leads, by itself or within a collective."""
        return self._in(Role.LEAD)

    @property
    def supports(self) -> tuple[TaskResult, ...]:
        """The tasks that it supports."""
        return self._in(Role.SUPPORT)

    def _in(self, role: Role) -> tuple[TaskResult, ...]:
        ids = {duty.task for duty in self.duties if duty.role is role}
        return tuple(task for task in self.tasks if task.id in ids)

    def __str__(self) -> str:
        return self.to_table()

    def to_table(self, lang: Lang | str = Lang.EN) -> str:
        """The scorecard for a terminal: each task with its parts, and what it rests on."""
        from ipplan.assessment.department_table import scorecard_page

        return scorecard_page(self, lang).to_text()

    def to_markdown(self, lang: Lang | str = Lang.EN) -> str:
        """The same as a Markdown document."""
        from ipplan.assessment.department_table import scorecard_page

        return scorecard_page(self, lang).to_markdown()

    def _repr_html_(self) -> str:
        from ipplan.assessment.department_table import scorecard_page

        return scorecard_page(self, Lang.EN).to_html()

    def explain(self, lang: Lang | str = Lang.EN) -> str:
        """How the score came to be: the formula with numbers, what is missing, the credits."""
        from ipplan.assessment.explain_duties import explain_scorecard

        return explain_scorecard(self, lang)

    def to_dict(self) -> dict[str, Any]:
        """The scorecard as plain values that JSON can hold."""
        from ipplan.assessment.delivery_plain import scorecard_to_dict

        return scorecard_to_dict(self)


def plainly(policy: Policy) -> Summing:
    """How tasks and departments are summed up: by the policy's mean, without groups and veto."""
    return Summing(method=policy.method, missing=policy.missing)


def scorecard(
    department: Department,
    duties: tuple[Duty, ...],
    credits: Mapping[str, float],
    *,
    tasks: Mapping[str, TaskResult],
    basis: Basis,
    summing: Summing,
    member_of: tuple[Department, ...] = (),
) -> Scorecard:
    """A department's scorecard out of its duties, its credits in their tasks, and these."""
    if not duties:
        return Scorecard(
            department=department,
            basis=basis,
            duties=(),
            credits=(),
            tasks=(),
            member_of=member_of,
            total=_NOTHING,
            state=State.NOT_DUE,
            reason=Reason.ANSWERS_FOR_NOTHING,
        )
    own = [tasks[id] for id in credits]
    counted = [
        Part(task.task.id, credit, task.total.score, task.state is State.MISSING, task.coverage)
        for task, credit in zip(own, credits.values(), strict=True)
        if task.state is not State.NOT_DUE and credit > 0.0
    ]
    total = summing.total(counted) if counted else _NOTHING
    unmeasured = not counted and all(each.reason is Reason.NOTHING_MEASURES_IT for each in own)
    due = not counted and any(each.state is not State.NOT_DUE for each in own)
    due = due or any(each.reason is Reason.WEIGHS_NOTHING for each in own)
    state, reason = _outcome(total, counted, nothing=unmeasured, due=due)
    return Scorecard(
        department=department,
        basis=basis,
        duties=duties,
        credits=tuple(credits.items()),
        tasks=tuple(own),
        member_of=member_of,
        total=total,
        state=state,
        reason=reason,
    )
