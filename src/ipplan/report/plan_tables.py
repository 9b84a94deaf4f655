"""Plan tables: what a plan holds, and what it expects year by year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ipplan.assessment.versions import version_told
from ipplan.assessment.words import NONE, Say, name_with_unit, speaker, times_told, word
from ipplan.model.indicator import Indicator
from ipplan.model.phase import Phase
from ipplan.model.trajectory import Expectation
from ipplan.model.version import VersionUsed
from ipplan.periods import Period
from ipplan.plan import Plan
from ipplan.tables import TableStyle, escaped, table
from ipplan.text import Lang

__all__ = [
    "INDICATOR_FIELDS",
    "TARGET_FIELDS",
    "indicator_rows",
    "plan_overview",
    "target_rows",
    "targets",
]


INDICATOR_FIELDS = (
    "id", "name_zh", "name_en", "unit", "accrual", "direction", "clause", "milestones",
    "assumptions_zh", "assumptions_en",
)  # fmt: skip
"""The columns of `indicator_rows`."""

TARGET_FIELDS = (
    "indicator", "unit", "period", "expected", "low", "high", "bound", "basis"
)  # fmt: skip
"""The columns of `target_rows`; `basis` is milestone, interpolated or held."""


def plan_overview(plan: Plan, *, lang: Lang, style: TableStyle) -> str:
    """The plan's indicators, phases, tasks and departments, what it leaves open, its sub-plans."""
    say = speaker(lang)
    parts = [escaped(_heading(plan, say, lang), style)]
    for title, headers, rows in (
        _indicators(plan, say, lang),
        *([_quotas(plan, say, lang)] if plan.quotas else []),
        *([_phases(plan, say, lang)] if plan.phases else []),
        *([_deliverables(plan, say, lang)] if plan.deliverables else []),
        *([_tasks(plan, say, lang)] if plan.tasks else []),
        *([_departments(plan, say, lang)] if plan.departments else []),
        *([_amendments(plan, say, lang)] if plan.amendments else []),
    ):
        parts.append(f"{title}\n\n{table(rows, headers, style=style)}")
    for heading, lines in (
        (say("Collectives and their members", "集合部门及其成员"), _collectives(plan, say, lang)),
        (
            say("Assumed, not stated by the plan (*)", "规划未明确、此处假定(*)"),
            _assumed(plan, lang),
        ),
    ):
        if lines:
            listed = (f"- {escaped(line, style)}" for line in lines)
            parts.append("\n".join((heading, "", *listed)))
    parts += [_subplan(each, plan, say, lang, style) for each in plan.subplans.values()]
    return "\n\n".join(parts)


def _subplan(part: Plan, whole: Plan, say: Say, lang: Lang, style: TableStyle) -> str:
    """A sub-plan as it would be told by itself, after the tasks that it comes under."""
    tasks = [f"{id} {whole.tasks[id].title.label(lang)}" for id in part.under]
    under = say(", ", "、").join(tasks)
    told = say(f"Sub-plan under {under}", f"子规划,所属任务:{under}") if tasks else ""
    heading = escaped(told or say("Sub-plan", "子规划"), style)
    return f"{heading}\n\n{plan_overview(part, lang=lang, style=style)}"


def targets(plan: Plan, *, lang: Lang, style: TableStyle) -> str:
    """The bound expected of each indicator at the end of each year of the plan."""
    years = range(plan.start.year, plan.end.year + 1)
    say = speaker(lang)
    cells = [
        [
            name_with_unit(indicator, lang),
            *(_year_cell(indicator.expected(Period.of(year))) for year in years),
        ]
        for indicator in plan.indicators.values()
    ]
    headers = [say("Indicator (unit)", "指标(单位)"), *map(str, years)]
    body = table(cells, headers, style=style, right=range(1, len(headers)))
    legend = say(
        "Not in the plan: ~ lies between two milestones, by the indicator's interpolation; "
        f"^ is held from the last milestone. {NONE} nothing is due yet.",
        f"规划未列出:~ 由相邻节点插值得到;^ 沿用最后节点。{NONE} 表示尚未到期。",
    )
    text = f"{escaped(_heading(plan, say, lang), style)}\n\n{body}\n\n{legend}"
    used = VersionUsed.of(plan.amendments, plan.amended_by)
    version = say("; ", ";").join(version_told(used, say, lang))
    if version:
        told = say(f"Version of the plan: {version}", f"规划版本:{version}")
        text += f"\n\n{escaped(told, style)}"
    return text


def indicator_rows(plan: Plan) -> list[dict[str, Any]]:
    """A flat row for each indicator, with the fields of INDICATOR_FIELDS."""
    return [
        {
            "id": each.id,
            "name_zh": each.name.zh,
            "name_en": each.name.en,
            "unit": each.unit,
            "accrual": each.accrual.value,
            "direction": each.direction.value,
            "clause": each.clause,
            "milestones": _milestones(each),
            "assumptions_zh": " ".join(assumption.text.zh for assumption in each.assumptions),
            "assumptions_en": " ".join(assumption.text.en for assumption in each.assumptions),
        }
        for each in plan.indicators.values()
    ]


def target_rows(plan: Plan) -> list[dict[str, Any]]:
    """A flat row for each indicator and year, with the fields of TARGET_FIELDS."""
    return [
        _target_row(indicator, year)
        for indicator in plan.indicators.values()
        for year in range(plan.start.year, plan.end.year + 1)
    ]


def _target_row(indicator: Indicator, year: int) -> dict[str, Any]:
    row: dict[str, Any] = {"indicator": indicator.id, "unit": indicator.unit, "period": str(year)}
    expectation = indicator.expected(Period.of(year))
    if expectation is None:
        return {**dict.fromkeys(TARGET_FIELDS), **row}
    bound = expectation.bound
    basis = "interpolated" if expectation.interpolated else "milestone"
    return row | {
        "expected": bound.value,
        "low": bound.low,
        "high": bound.high,
        "bound": bound.kind.value,
        "basis": "held" if expectation.held else basis,
    }


def _heading(plan: Plan, say: Say, lang: Lang) -> str:
    facts = [plan.issuer.label(lang) if plan.issuer else "", plan.document]
    if plan.issued:
        facts.append(say(f"issued {plan.issued}", f"{plan.issued} 印发"))
    facts.append(f"{plan.start}–{plan.end}")
    joint = say(", ", ",")
    return f"{plan.title.label(lang)}\n{plan.id}: {joint.join(fact for fact in facts if fact)}"


def _indicators(plan: Plan, say: Say, lang: Lang) -> tuple[str, list[str], list[list[str]]]:
    headers = [
        say("Id", "标识"),
        say("Indicator (unit)", "指标(单位)"),
        say("Values", "口径"),
        say("Clause", "条款"),
        say("Milestones", "节点目标"),
    ]
    rows = _measured(plan.indicators.values(), say, lang)
    count = len(rows)
    noun = "indicator" if count == 1 else "indicators"
    title = say(f"{count} {noun} (* with assumptions, below)", f"{count} 项指标(* 含假定,见下)")
    return title, headers, rows


def _measured(indicators: Iterable[Indicator], say: Say, lang: Lang) -> list[list[str]]:
    return [
        [
            each.id,
            name_with_unit(each, lang),
            word(each.accrual, lang) + (" *" if each.assumptions else ""),
            each.clause,
            _milestones(each) + times_told(each, say),
        ]
        for each in indicators
    ]


def _quotas(plan: Plan, say: Say, lang: Lang) -> tuple[str, list[str], list[list[str]]]:
    rows = _measured(plan.quotas.values(), say, lang)
    headers = _indicators(plan, say, lang)[1]
    count = len(rows)
    return say(f"{count} quotas and further targets", f"{count} 项定额与其他目标"), headers, rows


def _deliverables(plan: Plan, say: Say, lang: Lang) -> tuple[str, list[str], list[list[str]]]:
    rows = [
        [
            each.id,
            each.title.label(lang),
            str(each.due) if each.phase is None else plan.phases[each.phase].name.label(lang),
            "" if each.workstream is None else plan.workstreams[each.workstream].name.label(lang),
            ", ".join(each.tasks),
        ]
        for each in plan.deliverables.values()
    ]
    headers = [
        say("Number", "编号"),
        say("Deliverable", "应交付事项"),
        say("Phase, or when due", "阶段或期限"),
        say("Workstream", "工作领域"),
        say("Tasks", "任务"),
    ]
    noun = "deliverable" if len(rows) == 1 else "deliverables"
    return say(f"{len(rows)} {noun}", f"{len(rows)} 项应交付事项"), headers, rows


def _milestones(indicator: Indicator) -> str:
    return "; ".join(f"{each.period}: {each.bound}" for each in indicator.trajectory.milestones)


def _assumed(plan: Plan, lang: Lang) -> list[str]:
    measured = (*plan.indicators.values(), *plan.quotas.values())
    of_one = [text for each in measured for text in _assumed_of(each, lang)]
    return of_one + [each.text.label(lang) for each in plan.assumptions]


def _assumed_of(indicator: Indicator, lang: Lang) -> list[str]:
    name = indicator.name.label(lang)
    return [
        f"{name}: {word(each.about, lang)} – {each.text.label(lang)}"
        for each in indicator.assumptions
    ]


def _phases(plan: Plan, say: Say, lang: Lang) -> tuple[str, list[str], list[list[str]]]:
    rows = [
        [each.id, each.name.label(lang), _years(each), each.clause] for each in plan.phases.values()
    ]
    headers = [say("Id", "标识"), say("Phase", "阶段"), say("Years", "时间"), say("Clause", "条款")]
    return say(f"{len(rows)} phases", f"{len(rows)} 个阶段"), headers, rows


def _years(phase: Phase) -> str:
    return str(phase.start) if phase.start == phase.end else f"{phase.start}–{phase.end}"


def _tasks(plan: Plan, say: Say, lang: Lang) -> tuple[str, list[str], list[list[str]]]:
    rows = [
        [
            each.id,
            each.title.label(lang),
            word(each.kind, lang),
            _names(plan, each.lead, say, lang),
            str(len(each.support)),
        ]
        for each in plan.tasks.values()
    ]
    headers = [
        say("Clause", "条款"),
        say("Task", "任务"),
        say("Kind", "类别"),
        say("Lead", "牵头部门"),
        say("Support (number)", "配合部门数"),
    ]
    title = say(f"{len(rows)} tasks and safeguards", f"{len(rows)} 项任务与保障措施")
    return title, headers, rows


def _departments(plan: Plan, say: Say, lang: Lang) -> tuple[str, list[str], list[list[str]]]:
    def count(role: str, id: str) -> str:
        return str(sum(id in getattr(task, role) for task in plan.tasks.values()))

    rows = [
        [each.id, each.name.label(lang), count("lead", each.id), count("support", each.id)]
        for each in plan.departments.values()
    ]
    headers = [
        say("Id", "标识"),
        say("Department", "部门"),
        say("Leads", "牵头"),
        say("Supports", "配合"),
    ]
    title = say(f"{len(rows)} departments and bodies", f"{len(rows)} 个部门和机构")
    return title, headers, rows


def _collectives(plan: Plan, say: Say, lang: Lang) -> list[str]:
    return [
        f"{each.name.label(lang)} ({len(each.members)}): {_names(plan, each.members, say, lang)}"
        for each in plan.departments.values()
        if each.members
    ]


def _names(plan: Plan, ids: tuple[str, ...], say: Say, lang: Lang) -> str:
    return say(", ", "、").join(plan.departments[id].name.label(lang) for id in ids)


def _amendments(plan: Plan, say: Say, lang: Lang) -> tuple[str, list[str], list[list[str]]]:
    rows = [
        [
            each.id,
            str(each.date),
            each.document,
            each.reason.label(lang),
            ", ".join(change.place for change in each.changes),
            word(each.id in plan.amended_by, lang),
        ]
        for each in plan.amendments.values()
    ]
    headers = [
        say("Id", "标识"),
        say("Date", "日期"),
        say("Document", "文件"),
        say("Reason", "原因"),
        say("Changes", "修订内容"),
        say("In what is shown", "已计入"),
    ]
    return say(f"{len(rows)} amendments", f"{len(rows)} 项修订"), headers, rows


def _year_cell(expectation: Expectation | None) -> str:
    if expectation is None:
        return NONE
    mark = "~ " if expectation.interpolated else "^ " if expectation.held else ""
    return f"{mark}{expectation.bound}"
