"""Plan tables: what a plan holds, and what it expects year by year."""

from __future__ import annotations

from typing import Any

from ipplan.assessment.words import NONE, Say, name_with_unit, speaker, word
from ipplan.model.indicator import Indicator
from ipplan.model.phase import Phase
from ipplan.periods import Period
from ipplan.plan import Plan
from ipplan.report.output import OutputFormat, csv_text, json_text
from ipplan.tables import TableStyle, escaped, table
from ipplan.text import Lang, figure

__all__ = ["plan_overview", "targets"]


_STYLES = {
    OutputFormat.TABLE: TableStyle.TERMINAL,
    OutputFormat.MARKDOWN: TableStyle.MARKDOWN,
}


def plan_overview(plan: Plan, *, lang: Lang, format: OutputFormat) -> str:
    """The plan's indicators, phases, tasks and departments."""
    if format is OutputFormat.JSON:
        return json_text(_overview_dict(plan))
    if format is OutputFormat.CSV:
        indicators = [_indicator_dict(indicator) for indicator in plan.indicators.values()]
        return csv_text(indicators, [*indicators[0]] if indicators else ["id"])
    say, style = speaker(lang), _STYLES[format]
    parts = [escaped(_heading(plan, say, lang), style)]
    for title, headers, rows in (
        _indicators(plan, say, lang),
        _phases(plan, say, lang),
        _tasks(plan, say, lang),
        _departments(plan, say, lang),
    ):
        parts.append(f"{title}\n\n{table(rows, headers, style=style)}")
    assumed = [f"- {escaped(each.text.label(lang), style)}" for each in plan.assumptions]
    if assumed:
        heading = say("Assumed, not stated by the plan", "规划未明确、此处假定")
        parts.append("\n".join((heading, "", *assumed)))
    return "\n\n".join(parts)


def targets(plan: Plan, *, lang: Lang, format: OutputFormat) -> str:
    """The expected value of each indicator at the end of each year of the plan."""
    years = range(plan.start.year, plan.end.year + 1)
    if format is OutputFormat.JSON:
        return json_text({str(year): plan.expected(year) for year in years})
    if format is OutputFormat.CSV:
        rows = [_year_row(indicator, years) for indicator in plan.indicators.values()]
        return csv_text(rows, ["indicator", "unit", *map(str, years)])
    say, style = speaker(lang), _STYLES[format]
    cells = [
        [
            name_with_unit(indicator, lang),
            *(_year_cell(indicator, year) for year in years),
        ]
        for indicator in plan.indicators.values()
    ]
    headers = [say("Indicator (unit)", "指标(单位)"), *map(str, years)]
    body = table(cells, headers, style=style, right=range(1, len(headers)))
    legend = say(
        "~ is not in the plan: it lies between two milestones, by the indicator's interpolation. "
        f"{NONE} nothing is due yet.",
        f"~ 表示规划未列出,由相邻节点插值得到。{NONE} 表示尚未到期。",
    )
    return f"{escaped(_heading(plan, say, lang), style)}\n\n{body}\n\n{legend}"


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
    rows = [
        [
            each.id,
            name_with_unit(each, lang),
            word(each.accrual, lang) + (" *" if _assumed(each, "accrual") else ""),
            each.clause,
            "; ".join(f"{m.period}: {m.bound}" for m in each.trajectory.milestones),
        ]
        for each in plan.indicators.values()
    ]
    count = len(rows)
    title = say(
        f"{count} indicators (* assumed, the text does not say)", f"{count} 项指标(* 为假定口径)"
    )
    return title, headers, rows


def _assumed(indicator: Indicator, about: str) -> bool:
    return any(assumption.about == about for assumption in indicator.assumptions)


def _phases(plan: Plan, say: Say, lang: Lang) -> tuple[str, list[str], list[list[str]]]:
    rows = [
        [each.id, each.name.label(lang), _years(each), each.clause] for each in plan.phases.values()
    ]
    headers = [say("Id", "标识"), say("Phase", "阶段"), say("Years", "时间"), say("Clause", "条款")]
    return say(f"{len(rows)} phases", f"{len(rows)} 个阶段"), headers, rows


def _years(phase: Phase) -> str:
    return str(phase.start) if phase.start == phase.end else f"{phase.start}–{phase.end}"


def _tasks(plan: Plan, say: Say, lang: Lang) -> tuple[str, list[str], list[list[str]]]:
    def names(ids: tuple[str, ...]) -> str:
        return say(", ", "、").join(plan.departments[id].name.label(lang) for id in ids)

    rows = [
        [
            each.id,
            each.title.label(lang),
            word(each.kind, lang),
            names(each.lead),
            str(len(each.support)),
        ]
        for each in plan.tasks.values()
    ]
    headers = [
        say("Clause", "条款"),
        say("Task", "任务"),
        say("Kind", "类别"),
        say("Lead", "牵头部门"),
        say("Support", "配合部门数"),
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


def _year_cell(indicator: Indicator, year: int) -> str:
    expectation = indicator.expected(Period.of(year))
    if expectation is None:
        return NONE
    mark = "~ " if expectation.interpolated else ""
    return f"{mark}{expectation.bound}"


def _year_row(indicator: Indicator, years: range) -> dict[str, Any]:
    row: dict[str, Any] = {"indicator": indicator.id, "unit": indicator.unit}
    for year in years:
        expectation = indicator.expected(Period.of(year))
        row[str(year)] = None if expectation is None else expectation.bound.value
    return row


def _indicator_dict(indicator: Indicator) -> dict[str, Any]:
    return {
        "id": indicator.id,
        "name_zh": indicator.name.zh,
        "name_en": indicator.name.en,
        "unit": indicator.unit,
        "accrual": indicator.accrual.value,
        "direction": indicator.direction.value,
        "clause": indicator.clause,
        "milestones": "; ".join(
            f"{each.period}: {each.bound}" for each in indicator.trajectory.milestones
        ),
        "target": figure(indicator.target.value),
    }


def _overview_dict(plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.id,
        "title": {"zh": plan.title.zh, "en": plan.title.en},
        "start": str(plan.start),
        "end": str(plan.end),
        "indicators": [_indicator_dict(each) for each in plan.indicators.values()],
        "phases": [
            {"id": each.id, "name": str(each.name), "start": str(each.start), "end": str(each.end)}
            for each in plan.phases.values()
        ],
        "tasks": [
            {
                "id": each.id,
                "title": {"zh": each.title.zh, "en": each.title.en},
                "kind": each.kind.value,
                "lead": [*each.lead],
                "support": [*each.support],
            }
            for each in plan.tasks.values()
        ],
        "departments": [
            {"id": each.id, "name": {"zh": each.name.zh, "en": each.name.en}}
            for each in plan.departments.values()
        ],
        "assumptions": [
            {"about": each.about, "text": {"zh": each.text.zh, "en": each.text.en}}
            for each in plan.assumptions
        ],
    }
