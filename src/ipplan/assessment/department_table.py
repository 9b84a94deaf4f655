"""Department tables: scorecards, and the overviews of departments, tasks and sub-plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ipplan.assessment.basis import Basis
from ipplan.assessment.delivery import DeliverableResult
from ipplan.assessment.marks import is_unverified, legend, mark, warning
from ipplan.assessment.page import Block, Grid, Page, Section
from ipplan.assessment.parts import delivery_told, part_name, part_state
from ipplan.assessment.result import Assessment
from ipplan.assessment.scores import score_told, total_told
from ipplan.assessment.tasks import PartResult, Scorecard, TaskResult
from ipplan.assessment.versions import version_told
from ipplan.assessment.words import NONE, Say, coverage_told, speaker, word
from ipplan.choices import choose
from ipplan.model.links import Role
from ipplan.reasons import Reason, State
from ipplan.text import Lang, figure, fixed

__all__ = [
    "basis_told",
    "departments_section",
    "no_score_told",
    "scorecard_page",
    "subplans_section",
    "subplans_told",
    "tasks_section",
]

_PART = "· "
"""Stands before the parts of a task, below it."""


def scorecard_page(card: Scorecard, lang: Lang | str) -> Page:
    """One department: its score, and each task that it leads or supports with its parts."""
    lang = choose(Lang, lang, place="lang")
    say = speaker(lang)
    name, policy = card.name.label(lang), card.basis.policy
    total = total_told(card.total, no_score_told(card, lang), policy, say)
    lines = [say(f"Score: {total}", f"得分:{total}") + warning(card, say)]
    sections = [
        Section(heading=heading, blocks=(_tasks_grid(tasks, card, say, lang),))
        for heading, tasks in (
            (say("Tasks led", "牵头任务"), card.leads),
            (say("Tasks supported", "配合任务"), _supported_only(card)),
        )
        if tasks
    ]
    notes = [legend(say)] if any(map(_has_mark, card.tasks)) else []
    return Page(
        lang=lang,
        title=say(
            f"Scorecard: {name} ({card.id}), as of {card.basis.as_of}",
            f"部门评分卡:{name}({card.id}),截至 {card.basis.as_of}",
        ),
        lines=tuple(lines),
        sections=tuple(sections),
        notes=(*notes, *_through_told(card, say, lang), *basis_told(card.basis, say, lang)),
    )


def _supported_only(card: Scorecard) -> tuple[TaskResult, ...]:
    """What it supports and does not lead too, so that each task stands once."""
    led = {each.id for each in card.leads}
    return tuple(each for each in card.supports if each.id not in led)


def _has_mark(task: TaskResult) -> bool:
    return any(is_unverified(each.result) for each in task.parts)


def _through_told(card: Scorecard, say: Say, lang: Lang) -> Iterator[str]:
    """What a member answers for within a collective: its share, or that it is not counted here."""
    for each in card.member_of:
        shared = [duty for duty in card.duties if duty.through == each.id]
        if shared:
            name, tasks = each.name.label(lang), say(", ", "、").join(duty.task for duty in shared)
            share = f"1/{len(each.members)}"
            yield say(
                f"Answers for {tasks} as a member of {name}, with {share} of its credits",
                f"作为“{name}”成员承担 {tasks},计其 {share}",
            )
        elif card.tasks:
            name = each.name.label(lang)
            yield say(
                f"Also a member of {name}, whose tasks are not counted here (--expand shares them)",
                f"同时为“{name}”成员,其任务未计入此处(--expand 可按成员分摊)",
            )


def basis_told(basis: Basis, say: Say, lang: Lang) -> Iterator[str]:
    """What was set aside, the version of the plan, the policy and its credits, line by line."""
    for problem in basis.problems:
        yield say(f"Set aside, because faulty: {problem}", f"因有误未采用:{problem}")
    version = say("; ", ";").join(version_told(basis.version, say, lang))
    version = version or say("as issued", "原文,无修订")
    yield say(f"Plan: {basis.plan_id}, {version}", f"规划:{basis.plan_id},{version}")
    policy, credits = basis.policy.describe(lang), basis.policy.credits.describe(lang)
    yield say(f"Policy: {policy}", f"评分规则:{policy}")
    yield say(f"Credits (no standard is published): {credits}", f"计分权重(并无公开标准):{credits}")


def no_score_told(found: Scorecard | TaskResult, lang: Lang) -> str:
    """Why a department or a task has no score; nothing where it has one."""
    if found.reason is None:
        return ""
    collectives = found.member_of if isinstance(found, Scorecard) else ()
    if found.reason is Reason.ANSWERS_FOR_NOTHING and collectives:
        say = speaker(lang)
        names = say(", ", "、").join(each.name.label(lang) for each in collectives)
        return say(f"it answers only as a member of {names}", f"仅作为“{names}”的成员承担任务")
    return word(found.reason, lang)


def _tasks_grid(tasks: Iterable[TaskResult], card: Scorecard | None, say: Say, lang: Lang) -> Grid:
    """A row for each task, with rows for its parts below it; with credits for a department."""
    credited = (say("Credit", "计分权重"), say("Contributes", "贡献")) if card else ()
    rows = [
        row
        for task in tasks
        for row in (
            _task_row(task, card, say, lang),
            *(_part_row(part, task, card, say, lang) for part in task.parts),
        )
    ]
    headers = (
        say("Task, with its parts", "任务及其组成"),
        say("Weight", "权重"),
        say("Score", "得分"),
        say("Coverage", "覆盖率"),
        *credited,
        say("State", "状态"),
    )
    last = len(headers) - 1
    return Grid(headers=headers, rows=tuple(rows), right=range(1, last), widths={0: 46, last: 28})


def _task_row(task: TaskResult, card: Scorecard | None, say: Say, lang: Lang) -> tuple[str, ...]:
    state = word(task.state, lang)
    if task.reason is not None and task.state is not State.MISSING:
        state = word(task.reason, lang)
    return (
        f"{task.id} {task.title.label(lang)}",
        "",
        score_told(task.score, task.basis.policy) + mark(task),
        coverage_told(task.coverage),
        *(_credit_cells(task, card) if card else ()),
        state,
    )


def _credit_cells(task: TaskResult, card: Scorecard) -> tuple[str, str]:
    contribution = card.contributions.get(task.id)
    decimals = 4 if card.basis.policy.full <= 1.0 else 2
    told = NONE if contribution is None else fixed(contribution, decimals, beside=0.0)
    return figure(dict(card.credits)[task.id]), told


def _part_row(
    part: PartResult, task: TaskResult, card: Scorecard | None, say: Say, lang: Lang
) -> tuple[str, ...]:
    kind, name = word(part.part.kind, lang), part_name(part, lang)
    state = part_state(part, task, say, lang) + mark(part.result)
    told = delivery_told(part.result, say) if isinstance(part.result, DeliverableResult) else ""
    return (
        _PART + say(f"{kind}: {name}", f"{kind}:{name}"),
        figure(part.weight) if part.counts else NONE,
        score_told(part.result.score, task.basis.policy),
        "",
        *(("", "") if card else ()),
        say("; ", ";").join(each for each in (state, told) if each),
    )


def tasks_section(tasks: Iterable[TaskResult], say: Say, lang: Lang) -> Section | None:
    """Every task with its parts; none for a plan without tasks."""
    grid = _tasks_grid(tasks, None, say, lang)
    heading = say("Tasks", "任务")
    return Section(heading=heading, blocks=(grid,)) if grid.rows else None


def departments_section(cards: Iterable[Scorecard], say: Say, lang: Lang) -> Section | None:
    """Every department: its score, how many tasks it rests on, and why there is none.

    Those that answer for no task by themselves stand below the table.
    """
    answering: list[tuple[str, ...]] = []
    others: dict[str, list[str]] = {}
    for card in cards:
        if card.duties:
            answering.append(_department_row(card, lang))
        else:
            others.setdefault(no_score_told(card, lang), []).append(card.name.label(lang))
    headers = (
        say("Department", "部门"),
        say("Score", "得分"),
        say("Coverage", "覆盖率"),
        say("Leads", "牵头"),
        say("Supports", "配合"),
        say("Due", "到期"),
        say("Scored", "计分"),
        say("Missing", "未报告"),
        say("Why no score", "无得分原因"),
    )
    grid = Grid(headers=headers, rows=tuple(answering), right=range(1, 8), widths={0: 44, 8: 30})
    lines = [
        say(f"Without a score ({why}): {', '.join(names)}", f"无得分({why}):{'、'.join(names)}")
        for why, names in others.items()
    ]
    blocks: tuple[Block, ...] = (*([grid] if answering else []), *lines)
    return Section(heading=say("Departments", "部门"), blocks=blocks) if blocks else None


def _department_row(card: Scorecard, lang: Lang) -> tuple[str, ...]:
    states = [task.state for task in card.tasks]
    roles = [{duty.task for duty in card.duties if duty.role is role} for role in Role]
    return (
        card.name.label(lang),
        score_told(card.score, card.basis.policy) + mark(card),
        coverage_told(card.coverage),
        *(str(len(tasks)) for tasks in roles),
        str(len(states) - states.count(State.NOT_DUE)),
        str(states.count(State.SCORED)),
        str(states.count(State.MISSING)),
        no_score_told(card, lang),
    )


def subplans_section(assessment: Assessment, say: Say, lang: Lang) -> Section | None:
    """A line for each sub-plan; none for a plan without any."""
    told = tuple(subplans_told(assessment, say, lang))
    return Section(heading=say("Sub-plans", "子规划"), blocks=told) if told else None


def subplans_told(assessment: Assessment, say: Say, lang: Lang) -> Iterator[str]:
    """Each sub-plan with its score and coverage, or why it has none."""
    for below in assessment.subplans.values():
        title = below.title.label(lang)
        why = "" if below.reason is None else word(below.reason, lang)
        total = total_told(below.total, why, below.policy, say)
        yield say(f"{title} ({below.id}): {total}", f"{title}({below.id}):{total}") + warning(
            below, say
        )
