"""Annual tables: the annual plan by department, for people and as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import frozen

from ipplan.assessment.versions import version_told
from ipplan.assessment.words import NONE, Say, name_with_unit, speaker, times_told, word
from ipplan.choices import choose
from ipplan.model.deliverable import Promise
from ipplan.model.delivery import Delivery
from ipplan.model.indicator import Assumption
from ipplan.model.links import Role
from ipplan.model.observation import Observation, Verification
from ipplan.model.trajectory import Milestone
from ipplan.plan.annual import (
    AnnualPlan,
    Basis,
    DepartmentYear,
    Owed,
    YearDeliverable,
    YearState,
    YearTarget,
)
from ipplan.reasons import Reason
from ipplan.tables import TableStyle, escaped, table
from ipplan.text import Lang, Text, exact, figure

__all__ = [
    "ANNUAL_FIELDS",
    "annual_markdown",
    "annual_rows",
    "annual_table",
    "annual_to_dict",
    "target_told",
]

ANNUAL_FIELDS = (
    "department", "role", "kind", "id", "name_zh", "name_en", "unit", "period", "expected", "low",
    "high", "bound", "basis", "last", "last_period", "step", "target", "target_period",
    "required_step", "required_growth", "no_required_growth", "due", "state", "share", "reported",
    "verification",
)  # fmt: skip
"""The columns of `annual_rows`; `kind` is indicator, quota or deliverable."""

_MARKS = {Basis.MILESTONE: "", Basis.INTERPOLATED: "~ ", Basis.HELD: "^ "}
_REACHED, _UNVERIFIED, _DISPUTED = " ✓", " ?", " !"
_ROLES = {
    Role.LEAD: Text(en="leads", zh="牵头"),
    Role.SUPPORT: Text(en="supports", zh="配合"),
}
_BASES = {
    Basis.MILESTONE: Text(en="as the plan states", zh="规划列明"),
    Basis.INTERPOLATED: Text(en="between two milestones", zh="由相邻节点插值"),
    Basis.HELD: Text(en="held from the last milestone", zh="沿用最后节点"),
}
_STATES = {
    YearState.DUE: Text(en="due", zh="本年到期"),
    YearState.OVERDUE: Text(en="OVERDUE", zh="逾期"),
    YearState.DONE: Text(en="done", zh="已完成"),
    YearState.CANCELLED: Text(en="cancelled", zh="已取消"),
}


@frozen(kw_only=True)
class _Section:
    """A heading, and the paragraphs and tables below it."""

    heading: str
    blocks: tuple[str, ...]


def annual_table(annual: AnnualPlan, lang: Lang | str = Lang.EN, *, department: str | None) -> str:
    """The annual plan for a terminal; widths count a Chinese character as two columns."""
    title, sections, closing = _parts(annual, lang, department, TableStyle.TERMINAL)
    parts = [title]
    for section in sections:
        parts += [f"== {section.heading} ==", *section.blocks]
    return "\n\n".join((*parts, *closing))


def annual_markdown(
    annual: AnnualPlan, lang: Lang | str = Lang.EN, *, department: str | None
) -> str:
    """The same as a Markdown document."""
    title, sections, closing = _parts(annual, lang, department, TableStyle.MARKDOWN)
    parts = [f"## {title}"]
    for section in sections:
        parts += [f"### {section.heading}", *section.blocks]
    return "\n\n".join((*parts, *closing)) + "\n"


def _parts(
    annual: AnnualPlan, lang: Lang | str, department: str | None, style: TableStyle
) -> tuple[str, list[_Section], list[str]]:
    """Title, sections, and what is said below them all; each text escaped for the style."""
    lang = choose(Lang, lang, place="lang")
    say = speaker(lang)
    sections = [
        _department_section(each, annual, say, lang, style)
        for each in _departments(annual, department)
    ]
    if department is None and (annual.unassigned or annual.unassigned.later):
        heading = say("No department answers for these", "没有责任部门的事项")
        blocks = _blocks([(None, annual.unassigned)], annual, say, lang, style)
        sections.append(_Section(heading=escaped(heading, style), blocks=tuple(blocks)))
    title = annual.title.label(lang)
    told = say(
        f"{title} ({annual.plan_id}): annual plan for {annual.year}",
        f"{title}({annual.plan_id}):{annual.year} 年度推进计划",
    )
    closing = [*_closing(annual, _targets(annual, department), say, lang)]
    return escaped(told, style), sections, [escaped(each, style) for each in closing]


def _departments(annual: AnnualPlan, department: str | None) -> tuple[DepartmentYear, ...]:
    return annual.departments.members if department is None else (annual.department(department),)


def _targets(annual: AnnualPlan, department: str | None) -> tuple[YearTarget, ...]:
    if department is None:
        return annual.targets.members
    found = annual.department(department)
    return found.leads.targets + found.supports.targets


def _department_section(
    found: DepartmentYear, annual: AnnualPlan, say: Say, lang: Lang, style: TableStyle
) -> _Section:
    name = found.department.name.label(lang)
    heading = say(f"{name} ({found.id})", f"{name}({found.id})")
    blocks = [escaped(_duties_told(found, annual, say, lang), style)]
    roles: list[tuple[Role | None, Owed]] = [
        (Role.LEAD, found.leads),
        (Role.SUPPORT, found.supports),
    ]
    blocks += _blocks(roles, annual, say, lang, style)
    return _Section(heading=escaped(heading, style), blocks=tuple(blocks))


def _duties_told(found: DepartmentYear, annual: AnnualPlan, say: Say, lang: Lang) -> str:
    told = []
    for role, words in _ROLES.items():
        tasks = [
            each.task if each.through is None else f"{each.task} [{each.through}]"
            for each in found.duties
            if each.role is role
        ]
        if tasks:
            told.append(f"{words.label(lang)} {say(', ', '、').join(tasks)}")
    if not told:
        return say("No task names it.", "没有任务涉及该部门。")
    return say(f"Tasks: {'; '.join(told)}.", f"任务:{';'.join(told)}。")


def _blocks(
    roles: list[tuple[Role | None, Owed]],
    annual: AnnualPlan,
    say: Say,
    lang: Lang,
    style: TableStyle,
) -> Iterator[str]:
    """The tables of what is owed, each where it has rows, and what is yet to come."""
    for quota, heading in (
        (False, say("Indicator (unit)", "指标(单位)")),
        (True, say("Quota or further target (unit)", "定额或其他目标(单位)")),
    ):
        rows = [
            [_role(role, lang), *_target_cells(each, say, lang)]
            for role, owed in roles
            for each in owed.targets
            if each.quota is quota
        ]
        if rows:
            yield _table(rows, [heading, *_target_headers(annual, say)], say, style, range(2, 7))
    rows = [
        [_role(role, lang), *_deliverable_cells(each, lang)]
        for role, owed in roles
        for each in owed.deliverables
    ]
    if rows:
        headers = [
            say("Deliverable", "应交付事项"),
            say("Number", "编号"),
            say("Due", "期限"),
            say("State", "状态"),
        ]
        yield _table(rows, headers, say, style, ())
    if not any(owed for _, owed in roles):
        yield say(f"Nothing is due in {annual.year}.", f"{annual.year} 年没有到期事项。")
    later = [*_later_told([owed for _, owed in roles], say, lang)]
    if later:
        told = say("; ", ";").join(later)
        yield escaped(say(f"Due in later years: {told}.", f"以后年度到期:{told}。"), style)


def _table(
    rows: list[list[str]], headers: list[str], say: Say, style: TableStyle, right: Iterable[int]
) -> str:
    """A table, with the column of roles first where there are any."""
    headers = [say("Role", "职责"), *headers]
    if not any(row[0] for row in rows):
        rows, headers = [row[1:] for row in rows], headers[1:]
        right = [column - 1 for column in right]
    return table(rows, headers, style=style, right=right)


def _role(role: Role | None, lang: Lang) -> str:
    return "" if role is None else _ROLES[role].label(lang)


def _target_headers(annual: AnnualPlan, say: Say) -> list[str]:
    return [
        say(f"Expected {annual.year}", f"{annual.year} 年预期"),
        say("Last actual", "最近实际值"),
        say("Step", "本年需增减"),
        say("Final target", "最终目标"),
        say("Needed a year", "此后年均需"),
    ]


def _target_cells(each: YearTarget, say: Say, lang: Lang) -> list[str]:
    return [
        name_with_unit(each.indicator, lang) + (" *" if each.indicator.assumptions else ""),
        _expected(each, say),
        _last(each, say),
        NONE if each.step is None else _signed(each.step) + (_REACHED if each.met else ""),
        f"{each.target.bound}{times_told(each.indicator, say)} ({each.target.period})",
        _needed(each, say),
    ]


def _expected(each: YearTarget, say: Say) -> str:
    beside = None if each.last is None or each.relative else each.last.value
    told = _MARKS[each.basis] + each.bound.told(beside=beside)
    if each.relative:
        told += times_told(each.indicator, say)
    return "; ".join((*map(_milestone, each.within), told))


def _milestone(each: Milestone) -> str:
    return f"{each.bound} ({each.period})"


def _last(each: YearTarget, say: Say) -> str:
    if each.last is None or each.reported is None:
        return NONE
    marks = _UNVERIFIED if each.last.verification is Verification.UNVERIFIED else ""
    marks += _DISPUTED if each.reported.conflicts else ""
    origin = say(", baseline", ",基期") if each.from_baseline else ""
    return f"{exact(each.last.value)} ({each.last.period}{origin}){marks}"


def _signed(value: float) -> str:
    return f"{'+' if value > 0.0 else ''}{figure(value)}"


def _percent(rate: float) -> str:
    return f"{_signed(100.0 * rate)}%"


def _needed(each: YearTarget, say: Say) -> str:
    """The yearly step, and the growth too but for percentages, where it would mislead."""
    if each.required_step is None:
        short = {
            Reason.TARGET_REACHED: _REACHED.strip(),
            Reason.NO_TIME_LEFT: say("too late", "已过期"),
        }
        return NONE if each.no_required_step is None else short.get(each.no_required_step, NONE)
    step = _signed(each.required_step)
    if each.indicator.unit == "%" or each.required_growth is None:
        return step
    return f"{step} ({_percent(each.required_growth)})"


def _deliverable_cells(each: YearDeliverable, lang: Lang) -> list[str]:
    return [
        each.promise.deliverable.title.label(lang),
        each.id,
        str(each.promise.due),
        _state(each, speaker(lang), lang),
    ]


def _state(each: YearDeliverable, say: Say, lang: Lang) -> str:
    told, report = _STATES[each.state].label(lang), each.report
    if report is None:
        return told
    match report.status:
        case Delivery.DONE:
            told += f" {report.date}"
        case Delivery.CANCELLED:
            told += say(f": {report.reason}", f":{report.reason}")
        case Delivery.IN_PROGRESS:
            share = f"{100.0 * (report.share or 0.0):.0f}%"
            told += say(f", {share} done ({report.period})", f",已完成 {share}({report.period})")
        case Delivery.NOT_STARTED:
            told += say(f", not started ({report.period})", f",尚未开始({report.period})")
    return told + (_UNVERIFIED if report.verification is Verification.UNVERIFIED else "")


def _later_told(owed: Iterable[Owed], say: Say, lang: Lang) -> Iterator[str]:
    """What is first due after the year: targets by name, and how many deliverables."""
    promised = 0
    for each in (later for part in owed for later in part.later):
        if isinstance(each, Promise):
            promised += 1
            continue
        first = each.trajectory.milestones[0]
        told = f"{first.bound}{times_told(each, say)}"
        name = name_with_unit(each, lang)
        yield say(f"{name} {told}, {first.period}", f"{name} {told},{first.period}")
    if promised:
        yield say(
            "1 deliverable" if promised == 1 else f"{promised} deliverables",
            f"{promised} 项应交付事项",
        )


def _closing(
    annual: AnnualPlan, targets: tuple[YearTarget, ...], say: Say, lang: Lang
) -> Iterator[str]:
    """What stands below all sections: the version, what is not known, the legend, conflicts ..."""
    version = [*version_told(annual.version, say, lang)]
    if version:
        yield say("Version of the plan: ", "规划版本:") + say("; ", ";").join(version)
    if annual.unreported:
        count = len(annual.unreported)
        yield say(
            f"Nothing was reported of deliverables: whether the {count} of the plan that were due "
            f"before {annual.year} are done is not known, and none is called overdue.",
            f"没有应交付事项的报告:全规划 {annual.year} 年以前到期的 {count} 项是否完成不得而知,"
            "故不列为逾期。",
        )
    if targets:
        yield _legend(annual, say)
    disputed = [each for each in targets if each.reported and each.reported.conflicts]
    for each in disputed:
        yield _conflict(each, say, lang)
    assumed = [*_assumptions_told(annual, targets, say, lang)]
    if assumed:
        heading = say("Assumed, not stated by the plan (*)", "规划未明确、此处假定(*)")
        yield "\n".join((heading, "", *assumed))


def _legend(annual: AnnualPlan, say: Say) -> str:
    year = annual.year
    return say(
        "Last actual: the last figure known when the year begins; of a flow, that of a whole year. "
        "Step: expected less last actual, in the indicator's unit. Needed a year: the same amount "
        "(and, in brackets, the same growth) every year from the last actual to the final target. "
        f"✓ the last actual meets it already. ~ between two milestones, ^ held from the last one: "
        f"not in the plan for {year}. {NONE} not known. ? unverified. ! sources disagree.",
        "最近实际值:年初已知的最近数据(当期数取整年)。本年需增减:预期值减最近实际值,"
        "单位同指标。此后年均需:自最近实际值至最终目标,每年等量增减(括号内为等速增长率)。"
        f"✓ 最近实际值已达到。~ 由相邻节点插值,^ 沿用最后节点:规划未列出 {year} 年数值。"
        f"{NONE} 未知。? 未经核实。! 来源不一致。",
    )


def _conflict(each: YearTarget, say: Say, lang: Lang) -> str:
    reports: tuple[Observation, ...] = ()
    if each.reported is not None:
        reports = (each.reported.taken, *each.reported.conflicts)
    values = " / ".join(
        f"{exact(report.value)} ({word(report.verification, lang)})" for report in reports
    )
    name, period = each.indicator.name.label(lang), reports[0].period
    return say(
        f"Sources disagree (!): {name}, {period}: {values}",
        f"来源不一致(!):{name},{period}:{values}",
    )


def _assumptions_told(
    annual: AnnualPlan, targets: Iterable[YearTarget], say: Say, lang: Lang
) -> Iterator[str]:
    """Each assumption once, with the indicators that rest on it; those of the plan last."""
    resting: dict[Assumption, list[str]] = {}
    for each in targets:
        for assumption in each.indicator.assumptions:
            resting.setdefault(assumption, []).append(each.indicator.name.label(lang))
    for assumption, names in resting.items():
        told = f"{word(assumption.about, lang)} – {assumption.text.label(lang)}"
        yield f"- {say(', ', '、').join(names)}{say(': ', ':')}{told}"
    for assumption in annual.assumptions:
        yield f"- {assumption.text.label(lang)}"


def target_told(each: YearTarget, lang: Lang | str) -> str:
    """Expected, step and what is needed a year, each formula with its numbers, in one line."""
    lang = choose(Lang, lang, place="lang")
    say = speaker(lang)
    name = name_with_unit(each.indicator, lang)
    basis = _BASES[each.basis].label(lang)
    times = times_told(each.indicator, say) if each.relative else ""
    told = [
        say(
            f"{name}: {each.year} expects {each.bound}{times}, {basis}",
            f"{name}:{each.year} 年预期 {each.bound}{times},{basis}",
        ),
        *_step_told(each, say, lang),
        *_needed_told(each, say, lang),
    ]
    return say("; ".join(told) + ".", ";".join(told) + "。")


def _step_told(each: YearTarget, say: Say, lang: Lang) -> Iterator[str]:
    if each.step is None or each.last is None:
        why = NONE if each.no_step is None else word(each.no_step, lang)
        yield say(f"no step, because {why}", f"无本年增减:{why}")
        return
    aim, last = figure(each.last.value + each.step), exact(each.last.value)
    yield say(
        f"step {aim} - {last} ({each.last.period}) = {_signed(each.step)}",
        f"本年需增减 {aim} - {last}({each.last.period})= {_signed(each.step)}",
    )


def _needed_told(each: YearTarget, say: Say, lang: Lang) -> Iterator[str]:
    way = each.way
    if isinstance(way, Reason):
        why = word(way, lang)
        yield say(f"nothing is needed a year, because {why}", f"无年均需求:{why}")
        return
    (start, end), years = map(exact, way[:2]), figure(way[2])
    step = f"({end} - {start}) / {years} = {_signed(each.required_step or 0.0)}"
    target = f"{each.target.bound} ({each.target.period})"
    yield say(f"to reach {target}, a year {step}", f"达到 {target} 年均需 {step}")
    if each.required_growth is None:
        why = NONE if each.no_required_growth is None else word(each.no_required_growth, lang)
        yield say(f"no growth, because {why}", f"无增长率:{why}")
        return
    growth = f"({end} / {start})^(1/{years}) - 1 = {_percent(each.required_growth)}"
    yield say(f"in growth {growth}", f"年均增速 {growth}")


def annual_to_dict(annual: AnnualPlan, *, department: str | None) -> dict[str, Any]:
    """The annual plan, or one department's part of it, as plain values: each item once, by id."""
    departments = _departments(annual, department)
    shown = {id for each in departments for id in (*each.leads.ids, *each.supports.ids)}
    everything = department is None
    return {
        "plan": annual.plan_id,
        "title": _text(annual.title),
        "year": str(annual.year),
        "amended_by": [each.id for each in annual.version.counted],
        "amendments_not_counted": [each.id for each in annual.version.not_counted],
        "expanded": annual.expanded,
        "targets": [
            _target_dict(each) for each in annual.targets.values() if everything or each.id in shown
        ],
        "deliverables": [
            _deliverable_dict(each)
            for each in annual.deliverables.values()
            if everything or each.id in shown
        ],
        "departments": [_department_dict(each) for each in departments],
        "unassigned": _owed_dict(annual.unassigned) if everything else None,
        "unreported": list(annual.unreported),
        "assumptions": _assumptions(annual.assumptions),
    }


def _department_dict(found: DepartmentYear) -> dict[str, Any]:
    return {
        "department": found.id,
        "name": _text(found.department.name),
        "tasks": [
            {"task": duty.task, "role": duty.role.value, "through": duty.through}
            for duty in found.duties
        ],
        "leads": _owed_dict(found.leads),
        "supports": _owed_dict(found.supports),
    }


def _owed_dict(owed: Owed) -> dict[str, list[str]]:
    return {"due": list(owed.ids), "later": [each.id for each in owed.later]}


def _target_dict(each: YearTarget) -> dict[str, Any]:
    last, reference = each.last, each.indicator.trajectory.relative_to
    return {
        "id": each.id,
        "kind": "quota" if each.quota else "indicator",
        "name": _text(each.indicator.name),
        "unit": each.indicator.unit,
        "clause": each.indicator.clause,
        "tasks": list(each.tasks),
        "period": str(each.year),
        "expected": each.expected,
        "low": each.bound.low,
        "high": each.bound.high,
        "bound": each.bound.kind.value,
        "basis": each.basis.value,
        "relative_to": None if reference is None else reference.value,
        "relative": each.relative,
        "within": [_milestone_dict(point) for point in each.within],
        "last": None if last is None else last.value,
        "last_period": None if last is None else str(last.period),
        "last_source": None if last is None else last.source,
        "last_verification": None if last is None else last.verification.value,
        "from_baseline": each.from_baseline,
        "conflicts": [
            {"value": other.value, "source": other.source}
            for other in (each.reported.conflicts if each.reported else ())
        ],
        "met": each.met,
        "step": each.step,
        "no_step": _value(each.no_step),
        "target": _milestone_dict(each.target),
        "required_step": each.required_step,
        "no_required_step": _value(each.no_required_step),
        "required_growth": each.required_growth,
        "no_required_growth": _value(each.no_required_growth),
        "explanation": {lang.value: each.explain(lang) for lang in Lang},
        "assumptions": _assumptions(each.indicator.assumptions),
    }


def _milestone_dict(point: Milestone) -> dict[str, Any]:
    return {
        "period": str(point.period),
        "low": point.bound.low,
        "high": point.bound.high,
        "bound": point.bound.kind.value,
    }


def _deliverable_dict(each: YearDeliverable) -> dict[str, Any]:
    report = each.report
    return {
        "id": each.id,
        "title": _text(each.promise.deliverable.title),
        "tasks": list(each.tasks),
        "due": str(each.promise.due),
        "state": each.state.value,
        "status": None if report is None else report.status.value,
        "reported": None if report is None else str(report.period),
        "share": None if report is None else report.share,
        "reason": None if report is None else report.reason,
        "evidence": None if report is None else report.evidence,
        "source": None if report is None else report.source,
        "verification": None if report is None else report.verification.value,
    }


def annual_rows(annual: AnnualPlan, *, department: str | None = None) -> list[dict[str, Any]]:
    """A flat row for each department and item, with the fields of ANNUAL_FIELDS.

    What no department answers for has a row without a department.
    """
    parts: list[tuple[str | None, Role | None, Owed]] = []
    for each in _departments(annual, department):
        parts.append((each.id, Role.LEAD, each.leads))
        parts.append((each.id, Role.SUPPORT, each.supports))
    if department is None:
        parts.append((None, None, annual.unassigned))
    return [
        {"department": body, "role": _value(role), **row}
        for body, role, owed in parts
        for row in _owed_rows(owed)
    ]


def _owed_rows(owed: Owed) -> Iterator[dict[str, Any]]:
    for each in owed.targets:
        name, target = each.indicator.name, each.target
        plain = _target_dict(each)
        row = {key: plain[key] for key in ANNUAL_FIELDS if key in plain}
        row["verification"] = plain["last_verification"]
        yield row | {
            "name_zh": name.zh,
            "name_en": name.en,
            "target": target.bound.value,
            "target_period": str(target.period),
        }
    for item in owed.deliverables:
        title = item.promise.deliverable.title
        yield {
            "kind": "deliverable",
            "id": item.id,
            "name_zh": title.zh,
            "name_en": title.en,
            "period": str(item.year),
            "due": str(item.promise.due),
            **{
                key: each
                for key, each in _deliverable_dict(item).items()
                if key in ("state", "share", "reported", "verification")
            },
        }


def _assumptions(assumptions: Iterable[Assumption]) -> list[dict[str, Any]]:
    return [{"about": each.about, "text": _text(each.text)} for each in assumptions]


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _value(member: Any) -> str | None:
    return None if member is None else member.value
