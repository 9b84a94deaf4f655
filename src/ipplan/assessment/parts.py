"""Parts told: what belongs to a task by its name, its state and what was reported of it."""

from __future__ import annotations

from ipplan.assessment.delivery import DeliverableResult
from ipplan.assessment.result import Assessment, Result
from ipplan.assessment.tasks import PartResult, TaskResult
from ipplan.assessment.words import Say, coverage_told, word
from ipplan.model.delivery import Delivery
from ipplan.text import Lang

__all__ = ["delivery_status", "delivery_told", "part_name", "part_state"]


def part_name(part: PartResult, lang: Lang) -> str:
    """A part's name or title."""
    match part.result:
        case Result() as found:
            return found.name.label(lang)
        case DeliverableResult() | Assessment() as found:
            return found.title.label(lang)
        case found:
            return found.id


def part_state(part: PartResult, task: TaskResult, say: Say, lang: Lang) -> str:
    """A part's status or state, and whether it counts once with another one."""
    match part.result:
        case DeliverableResult() as found:
            told = delivery_status(found, lang)
        case Result() | Assessment() as found if found.status is not None:
            told = found.status.text.label(lang)
        case found:
            told = word(found.state, lang)
    if part.part.twin is not None:
        twin = _twin(part.part.twin, task, lang)
        told += say(f", counted with {twin}", f",与“{twin}”合并计一次")
    elif part.weight == 0.0:
        told += say(", weighs nothing", ",权重为零")
    return told


def _twin(twin: str, task: TaskResult, lang: Lang) -> str:
    """The name of the part that counts for it: that one, or the first that reads as it too."""
    names = (
        part_name(each, lang)
        for each in task.parts
        if each.part.twin is None and twin in (each.part.id, _same_as(each))
    )
    return next(names, twin)


def _same_as(part: PartResult) -> str | None:
    return part.result.indicator.same_as if isinstance(part.result, Result) else None


def delivery_status(result: DeliverableResult, lang: Lang) -> str:
    """The word with its symbol for what was reported; the state where nothing was."""
    if result.status is None:
        return word(result.state, lang)
    return f"{result.status.symbol} {result.status.text.label(lang)}"


def delivery_told(result: DeliverableResult, say: Say) -> str:
    """The date, the share or the reason that was reported; nothing where nothing was."""
    report = result.report
    if report is None:
        return ""
    told = report.reason
    match report.status:
        case Delivery.DONE:
            told = str(report.date)
        case Delivery.IN_PROGRESS:
            share = coverage_told(report.share or 0.0)
            told = say(f"{share} done by {report.period}", f"截至 {report.period} 完成 {share}")
        case Delivery.NOT_STARTED:
            told = say(f"as of {report.period}", f"截至 {report.period}")
    return told
