"""Delivery tables: phases, workstreams and deliverables, and the page of all that was delivered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ipplan.assessment.delivery import DeliverableResult, SectionResult, section
from ipplan.assessment.department_table import (
    basis_told,
    departments_section,
    subplans_section,
    tasks_section,
)
from ipplan.assessment.marks import is_unverified, legend, mark, warning
from ipplan.assessment.page import Grid, Page, Section
from ipplan.assessment.parts import delivery_status, delivery_told
from ipplan.assessment.result import Assessment
from ipplan.assessment.words import NONE, Say, coverage_told, speaker
from ipplan.choices import choose
from ipplan.text import Lang, Text

__all__ = ["delivery_page", "departments_page", "phases_told"]


def delivery_page(assessment: Assessment, lang: Lang | str, *, expand: bool) -> Page:
    """Departments, phases, workstreams, tasks and deliverables, each section where there are any.

    `expand` shows the members of collectives in their place.
    """
    lang = choose(Lang, lang, place="lang")
    say = speaker(lang)
    cards = assessment.scorecards(expand=expand)
    sections = [
        departments_section(cards.values(), say, lang),
        _sections_section(_phases(assessment), say("Phases", "阶段"), say, lang),
        _sections_section(
            assessment.workstreams.values(), say("Workstreams", "工作领域"), say, lang
        ),
        subplans_section(assessment, say, lang),
        tasks_section(assessment.tasks.values(), say, lang),
        *_deliverables_sections(assessment, say, lang),
    ]
    shown = [*cards.values(), *assessment.tasks.values(), *_every_deliverable(assessment)]
    return _page(assessment, say("what was delivered", "任务与交付情况"), sections, shown, lang)


def departments_page(assessment: Assessment, lang: Lang | str, *, expand: bool) -> Page:
    """The departments alone; `expand` shows the members of collectives in their place."""
    lang = choose(Lang, lang, place="lang")
    say = speaker(lang)
    cards = assessment.scorecards(expand=expand).values()
    told = say("departments", "部门得分")
    return _page(assessment, told, [departments_section(cards, say, lang)], cards, lang)


def _page(
    assessment: Assessment,
    told: str,
    sections: Iterable[Section | None],
    shown: Iterable[object],
    lang: Lang,
) -> Page:
    """A page with its title and what it rests on; `shown` is what may be unverified in it."""
    say = speaker(lang)
    title = assessment.title.label(lang)
    notes = [legend(say)] if any(is_unverified(each) for each in shown) else []
    return Page(
        lang=lang,
        title=say(
            f"{title} ({assessment.plan_id}): {told}, as of {assessment.as_of}",
            f"{title}({assessment.plan_id}):{told},截至 {assessment.as_of}",
        ),
        sections=tuple(each for each in sections if each is not None),
        notes=(*notes, *basis_told(assessment.basis, say, lang)),
    )


def phases_told(assessment: Assessment, say: Say, lang: Lang) -> Iterator[str]:
    """A line for each phase where anything was reported of deliverables; else none."""
    if not any(each.report for each in assessment.deliverables.values()):
        return
    for phase in _phases(assessment):
        if phase.deliverables:
            yield _section_told(phase, say, lang)


def _phases(assessment: Assessment) -> Iterator[SectionResult]:
    """The phases, and then what is in none of them as if it were one."""
    yield from assessment.phases.values()
    others = [
        each for each in assessment.deliverables.values() if each.promise.deliverable.phase is None
    ]
    if others:
        yield section(
            "",
            Text(en="In no phase", zh="不属任何阶段"),
            others,
            start=min(each.promise.start for each in others),
            end=max(each.due for each in others),
            as_of=assessment.as_of,
        )


def _section_told(found: SectionResult, say: Say, lang: Lang) -> str:
    counts = (
        (len(found.done), "{} done", "{} 项完成"),
        (len(found.done_late), "{} of them late", "其中 {} 项逾期"),
        (len(found.late), "{} late", "{} 项逾期未完成"),
        (len(found.cancelled), "{} cancelled", "{} 项取消"),
        (len(found.missing), "{} missing", "{} 项未报告"),
    )
    due = len(found.due)
    listed = [say(f"{due} due", f"{due} 项到期")]
    listed += [say(en, zh).format(count) for count, en, zh in counts if count]
    told = say(", ", "、").join(listed)
    name, gone = found.name.label(lang), coverage_told(found.time_share)
    if found.share is not None:
        share, coverage = coverage_told(found.share), coverage_told(found.coverage)
        told += say(
            f"; {share} of the work done where known ({coverage} of them), {gone} of the time gone",
            f";有进度报告的 {coverage} 中平均完成 {share},已过时间 {gone}",
        )
    return say(f"{name}: {told}", f"{name}:{told}") + warning(found, say)


def _sections_section(
    found: Iterable[SectionResult], heading: str, say: Say, lang: Lang
) -> Section | None:
    rows = tuple(_section_row(each, say, lang) for each in found)
    headers = (
        heading,
        say("From–to", "起止"),
        say("Due", "到期"),
        say("Done", "完成"),
        say("Late", "逾期未完成"),
        say("Cancelled", "取消"),
        say("Missing", "未报告"),
        say("Not due", "未到期"),
        say("Time gone", "已过时间"),
        say("Work done", "完成比例"),
        say("Known of", "比例覆盖率"),
    )
    if not rows:
        return None
    grid = Grid(headers=headers, rows=rows, right=range(2, 11), widths={0: 24})
    return Section(heading=heading, blocks=(grid,))


def _section_row(found: SectionResult, say: Say, lang: Lang) -> tuple[str, ...]:
    """Counts; where nothing was reported, a dash for what only a report could tell."""
    reported = any(each.report for each in found.deliverables)
    early = sum(not each.is_due for each in found.done)
    extra = [
        say(f"{count} {en}", f"{count} {zh}")
        for count, en, zh in (
            (len(found.done_late), "late", "项逾期"),
            (early, "early", "项提前"),
        )
        if count
    ]
    done = str(len(found.done)) + (f" ({', '.join(extra)})" if extra else "")
    start, end = str(found.start), str(found.end)
    return (
        found.name.label(lang) + mark(found),
        start if start == end else f"{start}–{end}",
        str(len(found.due)),
        done if reported else NONE,
        str(len(found.late)) if reported else NONE,
        str(len(found.cancelled)) if reported else NONE,
        str(len(found.missing)),
        str(len(found.not_due)),
        coverage_told(found.time_share),
        NONE if found.share is None else coverage_told(found.share),
        coverage_told(found.coverage),
    )


def _every_deliverable(assessment: Assessment) -> Iterator[DeliverableResult]:
    yield from assessment.deliverables.values()
    for below in assessment.subplans.values():
        yield from _every_deliverable(below)


def _deliverables_sections(assessment: Assessment, say: Say, lang: Lang) -> Iterator[Section]:
    """A section for the deliverables of the plan, and one for those of each sub-plan."""
    heading = say("Deliverables", "应交付事项")
    if assessment.deliverables:
        grid = _deliverables_grid(assessment.deliverables.values(), say, lang)
        yield Section(heading=heading, blocks=(grid,))
    for below in assessment.subplans.values():
        title = below.title.label(lang)
        for each in _deliverables_sections(below, say, lang):
            yield Section(heading=say(f"{title}: ", f"{title}:") + each.heading, blocks=each.blocks)


def _deliverables_grid(found: Iterable[DeliverableResult], say: Say, lang: Lang) -> Grid:
    rows = tuple(
        (
            each.id,
            each.title.label(lang),
            str(each.due),
            delivery_status(each, lang) + mark(each),
            delivery_told(each, say) or NONE,
            _evidence(each, say) or NONE,
        )
        for each in found
    )
    headers = (
        say("Number", "编号"),
        say("Deliverable", "应交付事项"),
        say("Due", "期限"),
        say("State", "状态"),
        say("Date, share or reason", "日期、比例或原因"),
        say("Evidence; source", "佐证;来源"),
    )
    return Grid(headers=headers, rows=rows, widths={1: 36, 4: 22, 5: 26})


def _evidence(result: DeliverableResult, say: Say) -> str:
    if result.report is None:
        return ""
    told = (result.report.evidence, result.report.source, result.report.address)
    return say("; ", ";").join(each for each in told if each)
