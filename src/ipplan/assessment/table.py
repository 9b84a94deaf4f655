"""Tables: an assessment for the terminal, for Markdown and for a notebook."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from ipplan.assessment.contributions import contribution_told, group_told, idle_veto, veto_told
from ipplan.assessment.delivery_table import phases_told
from ipplan.assessment.department_table import subplans_told
from ipplan.assessment.marks import mark, warning
from ipplan.assessment.notes import figure_told, notes_on
from ipplan.assessment.result import Assessment, Result
from ipplan.assessment.scores import full_told, score_told
from ipplan.assessment.thresholds import nearest, thresholds_of
from ipplan.assessment.versions import version_told
from ipplan.assessment.words import (
    NONE,
    Say,
    coverage_told,
    name_with_unit,
    speaker,
    word,
)
from ipplan.choices import choose
from ipplan.model.delivery import DeliveryReport
from ipplan.model.indicator import Assumption
from ipplan.periods import Period
from ipplan.reasons import State
from ipplan.status import StatusClass
from ipplan.tables import TableStyle, escaped, table
from ipplan.text import Lang, exact, figure, fixed

__all__ = ["assessment_html", "assessment_markdown", "assessment_table", "assumptions_told"]

_FIGURES = range(2, 7)
"""The columns that hold figures, aligned to the right."""


def assessment_table(assessment: Assessment, lang: Lang | str = Lang.EN) -> str:
    """The table for a terminal; widths count a Chinese character as two columns."""
    title, body, total, sections = _parts(assessment, lang, TableStyle.TERMINAL)
    lines = [title, "", body, "", total]
    for heading, items in sections:
        lines += ["", heading, *(f"  {item}" for item in items)]
    return "\n".join(lines)


def assessment_markdown(assessment: Assessment, lang: Lang | str = Lang.EN) -> str:
    """The same as a Markdown document."""
    title, body, total, sections = _parts(assessment, lang, TableStyle.MARKDOWN)
    lines = [f"## {title}", "", body, "", total]
    for heading, items in sections:
        lines += ["", f"**{heading}**", "", *(f"- {item}" for item in items)]
    return "\n".join(lines) + "\n"


def assessment_html(assessment: Assessment, lang: Lang | str = Lang.EN) -> str:
    """The same as a fragment of HTML, every text escaped."""
    title, body, total, sections = _parts(assessment, lang, TableStyle.HTML)
    parts = [f"<p><strong>{title}</strong></p>", body, f"<p>{total}</p>"]
    for heading, items in sections:
        listed = "".join(f"<li>{item}</li>" for item in items)
        parts.append(f"<p><strong>{heading}</strong></p><ul>{listed}</ul>")
    return f'<div lang="{choose(Lang, lang).value}">{"".join(parts)}</div>'


def _parts(
    assessment: Assessment, lang: Lang | str, style: TableStyle
) -> tuple[str, str, str, list[tuple[str, list[str]]]]:
    """Title, table, total and sections, each text escaped for the style."""
    lang = choose(Lang, lang, place="lang")
    say = speaker(lang)
    body = table(
        [_row(assessment, result, say, lang) for result in assessment.results.values()],
        _headers(assessment, say, lang),
        style=style,
        right=_FIGURES,
    )
    sections = [
        (escaped(heading, style), [escaped(item, style) for item in items])
        for heading, items in _sections(assessment, say, lang)
    ]
    title = escaped(_title(assessment, say, lang), style)
    return title, body, escaped(_total(assessment, say, lang), style), sections


def _headers(assessment: Assessment, say: Say, lang: Lang) -> list[str]:
    return [
        say("Indicator (unit)", "指标(单位)"),
        say("Period", "时点"),
        say("Actual", "实际值"),
        say("Expected", "预期值"),
        _target_header(assessment, say),
        _value_header(assessment, say, lang),
        say("Score", "得分"),
        say("Status", "状态"),
    ]


def _value_header(assessment: Assessment, say: Say, lang: Lang) -> str:
    """The rule's name over its values, where all indicators have one and the same."""
    if assessment.policy.rules:
        return say("Value", "数值")
    return word(assessment.policy.rule.name, lang).capitalize()


def _row(assessment: Assessment, result: Result, say: Say, lang: Lang) -> list[str]:
    status = word(result.state, lang) if result.status is None else result.status.text.label(lang)
    return [
        name_with_unit(result.indicator, lang) + _mark(result),
        NONE if result.observation is None else str(result.period),
        NONE if result.actual is None else exact(result.actual) + mark(result),
        NONE if result.required is None else result.required.told(beside=result.actual),
        _target(result, assessment),
        NONE if result.attainment is None else _value(result.attainment, result),
        NONE if result.score is None else _row_score(result.score, result, assessment),
        status,
    ]


def _full(assessment: Assessment) -> float:
    return assessment.policy.full


def _value(value: float, result: Result) -> str:
    """What the rule gives, told apart from the thresholds that it is near."""
    return fixed(value, 3, beside=nearest(value, (1.0, *thresholds_of(result))))


def _row_score(score: float, result: Result, assessment: Assessment) -> str:
    full = _full(assessment)
    landmarks = (full, *thresholds_of(result)) if math.isfinite(full) else thresholds_of(result)
    decimals = 3 if full <= 1.0 else 1
    return fixed(score, decimals, beside=nearest(score, landmarks or (0.0,)))


def _target_periods(assessment: Assessment) -> set[Period]:
    targets = (result.indicator.trajectory.target for result in assessment.results.values())
    return {target.period for target in targets if target is not None}


def _target_header(assessment: Assessment, say: Say) -> str:
    """The final target's header, with its period where all indicators have one and the same."""
    periods = _target_periods(assessment)
    when = f" {periods.pop()}" if len(periods) == 1 else ""
    return say(f"Target{when}", f"最终目标{when}")


def _target(result: Result, assessment: Assessment) -> str:
    """The final target, with its period where indicators differ in it."""
    target = result.indicator.trajectory.target
    if target is None:
        return NONE
    several = len(_target_periods(assessment)) > 1
    return f"{target.bound} ({target.period})" if several else str(target.bound)


def _mark(result: Result) -> str:
    """A star where the reading of the indicator itself rests on an assumption."""
    return " *" if result.indicator.assumptions else ""


def _title(assessment: Assessment, say: Say, lang: Lang) -> str:
    title = assessment.title.label(lang)
    return say(
        f"{title} ({assessment.plan_id}), as of {assessment.as_of}",
        f"{title}({assessment.plan_id}),截至 {assessment.as_of}",
    )


def _total(assessment: Assessment, say: Say, lang: Lang) -> str:
    scored = sum(result.score is not None for result in assessment.results.values())
    count = len(assessment)
    coverage = coverage_told(assessment.coverage)
    if assessment.score is None:
        reason = assessment.total.reason
        why = "" if reason is None else word(reason, lang)
        return say(
            f"Score: none, because {why} (coverage {coverage}).",
            f"总分:无({why};覆盖率 {coverage})。",
        )
    full, full_zh = full_told(assessment.policy)
    score = score_told(assessment.score, assessment.policy)
    earlier = sum(
        result.score is not None and result.period.position < assessment.as_of.position
        for result in assessment.results.values()
    )
    return say(
        f"Score: {score}{full}, from {scored} of {count} indicators "
        f"(coverage {coverage} of the weight that is due"
        f"{f'; {earlier} with a figure from before {assessment.as_of}' if earlier else ''}).",
        f"总分:{score}{full_zh},{count} 项指标中 {scored} 项计分(占到期权重的 {coverage}"
        f"{f';其中 {earlier} 项为 {assessment.as_of} 之前的数据' if earlier else ''})。",
    )


def _sections(assessment: Assessment, say: Say, lang: Lang) -> Iterator[tuple[str, list[str]]]:
    """What stands below the table: each section where it has items, and the policy."""
    results = assessment.results.values()
    notes = (
        _labelled(result, note, say, lang)
        for result in results
        for note in notes_on(result, say, lang)
    )
    reasons = (
        _labelled(result, word(result.reason, lang), say, lang)
        for result in results
        if result.reason is not None and result.state is State.NOT_COMPUTABLE
    )
    sections: tuple[tuple[str, Iterable[str]], ...] = (
        (say("Notes", "说明"), notes),
        (say("Not computable", "无法计算"), reasons),
        (
            say("Deliverables by phase", "各阶段应交付事项"),
            phases_told(assessment, say, lang),
        ),
        (
            say("Asked for outside the table of indicators", "指标表以外的要求"),
            _quotas(assessment, say, lang),
        ),
        (say("Sub-plans", "子规划"), subplans_told(assessment, say, lang)),
        (say("In the total", "总分构成"), _beyond(assessment, say, lang)),
        (say("Sources disagree", "来源不一致"), _earlier_conflicts(assessment, say, lang)),
        (say("Read and not used", "已读取但未采用"), _unused(assessment, say, lang)),
        (
            say("Set aside, because faulty", "因有误未采用"),
            map(str, assessment.actuals.problems),
        ),
        (
            say("Assumed, not stated by the plan (*)", "规划未明确、此处假定(*)"),
            assumptions_told(assessment, say, lang),
        ),
        (say("Version of the plan", "规划版本"), version_told(assessment.version, say, lang)),
        (say("Policy", "评分规则"), [assessment.policy.describe(lang)]),
    )
    for heading, told in sections:
        if items := [*told]:
            yield heading, items


def _quotas(assessment: Assessment, say: Say, lang: Lang) -> Iterator[str]:
    """A line for each quota that something was reported of, and how many others there are."""
    others = 0
    for result in assessment.quotas.values():
        if result.actual is None:
            others += 1
            continue
        required = NONE if result.required is None else result.required.told(beside=result.actual)
        status = result.status or result.state
        name = name_with_unit(result.indicator, lang)
        told = f"{exact(result.actual)}{mark(result)} / {required} ({result.period})"
        outcome = word(result.reason, lang) if result.reason else _status_word(status, lang)
        outcome = say("; ", ";").join((outcome, *notes_on(result, say, lang)))
        yield say(f"{name}: {told}, {outcome}", f"{name}:{told},{outcome}")
    if others:
        yield say(
            f"{others} quotas and further targets: nothing reported",
            f"{others} 项定额与其他目标:未报告",
        )


def _status_word(status: StatusClass | State, lang: Lang) -> str:
    return word(status, lang) if isinstance(status, State) else status.text.label(lang)


def _beyond(assessment: Assessment, say: Say, lang: Lang) -> Iterator[str]:
    """Groups, adjustments and a veto: what the rows of the table do not show."""
    for id, group in assessment.groups.items():
        yield group_told(assessment, id, group, say, lang)
    if idle_veto(assessment):
        yield veto_told(assessment, say, lang)
    for id in assessment.contributions:
        if id not in assessment and id not in assessment.groups:
            share = figure(assessment.contributions[id])
            yield f"{share}  {contribution_told(assessment, id, say, lang)}"


def _labelled(result: Result, text: str, say: Say, lang: Lang) -> str:
    return say(f"{result.name.label(lang)}: {text}", f"{result.name.label(lang)}:{text}")


def _earlier_conflicts(assessment: Assessment, say: Say, lang: Lang) -> Iterator[str]:
    """Conflicts at times that no result was made from; the others stand in the notes."""
    for report in assessment.conflicts:
        result = assessment.result(report.taken.indicator)
        if result.reported is report:
            continue
        values = " / ".join(
            figure_told(each, say, lang) for each in (report.taken, *report.conflicts)
        )
        yield _labelled(result, f"{report.taken.period}: {values}", say, lang)


def _unused(assessment: Assessment, say: Say, lang: Lang) -> Iterator[str]:
    """One line for each reason, with the periods of each indicator."""
    grouped: dict[str, dict[str, list[str]]] = {}
    for unused in assessment.not_used:
        entry = unused.entry
        if isinstance(entry, DeliveryReport):
            name = entry.deliverable
        else:
            name = assessment.result(entry.indicator).name.label(lang)
        periods = grouped.setdefault(word(unused.why, lang), {}).setdefault(name, [])
        periods.append(str(entry.period) + warning(entry, say))
    for why, names in grouped.items():
        listed = "; ".join(f"{name} {', '.join(periods)}" for name, periods in names.items())
        yield say(f"{why}: {listed}", f"{why}:{listed}")


def assumptions_told(assessment: Assessment, say: Say, lang: Lang) -> Iterator[str]:
    """Each assumption once, with the indicators that rest on it."""
    resting: dict[Assumption, list[str]] = {}
    for result in assessment.results.values():
        for assumption in result.assumptions:
            resting.setdefault(assumption, []).append(result.name.label(lang))
    for assumption, names in resting.items():
        everyone = len(names) == len(assessment) > 1
        who = say("all indicators", "全部指标") if everyone else say(", ", "、").join(names)
        about, text = word(assumption.about, lang), assumption.text.label(lang)
        yield say(f"{who}: {about} – {text}", f"{who}:{about} – {text}")
