"""Marks: what a reader is warned of beside a figure that nobody has checked."""

from __future__ import annotations

from collections.abc import Iterable

from ipplan.assessment.delivery import DeliverableResult, SectionResult
from ipplan.assessment.result import Assessment, Result
from ipplan.assessment.tasks import Scorecard, TaskResult
from ipplan.assessment.words import Say
from ipplan.model.delivery import DeliveryReport
from ipplan.model.observation import Observation, Verification

__all__ = ["UNVERIFIED", "is_unverified", "legend", "mark", "warning"]

UNVERIFIED = " ?"
"""Stands behind what rests on something unverified."""


def is_unverified(shown: object) -> bool:
    """Whether a result is, or counts in its score, a figure or report that nobody has checked."""
    if isinstance(shown, Observation | DeliveryReport):
        return shown.verification is Verification.UNVERIFIED
    return any(is_unverified(each) for each in _below(shown))


def _below(shown: object) -> Iterable[object]:
    """What a result is made of; nothing for what is none."""
    below: Iterable[object] = ()
    match shown:
        case Result():
            compared = None if shown.compared_with is None else shown.compared_with.taken
            below = (shown.observation, compared)
        case DeliverableResult():
            below = (shown.report,)
        case SectionResult():
            below = shown.deliverables
        case TaskResult():
            below = (each.result for each in shown.parts if each.counts)
        case Scorecard():
            counted = {id for id, credit in shown.credits if credit > 0.0}
            below = (each for each in shown.tasks if each.id in counted)
        case Assessment():
            below = shown.results.values()
    return below


def mark(shown: object) -> str:
    """The mark of what is unverified; nothing for the rest."""
    return UNVERIFIED if is_unverified(shown) else ""


def warning(shown: object, say: Say) -> str:
    """The mark with its meaning, for a line of text; nothing for what is verified."""
    return say(" (? UNVERIFIED)", "(? 未经核实)") if is_unverified(shown) else ""


def legend(say: Say) -> str:
    """What the mark means."""
    return say(
        "? rests on a figure or a report that is UNVERIFIED",
        "?:含未经核实的数据或报告",
    )
