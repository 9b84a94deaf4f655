"""Plain values of delivery: deliverables, phases, tasks and scorecards for JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ipplan.assessment.delivery import DeliverableResult, SectionResult
from ipplan.assessment.marks import is_unverified
from ipplan.assessment.tasks import PartResult, Scorecard, TaskResult
from ipplan.model.delivery import DeliveryReport
from ipplan.model.links import Role
from ipplan.text import Text

__all__ = [
    "SCORECARD_FIELDS",
    "deliverable_to_dict",
    "report_to_dict",
    "scorecard_rows",
    "scorecard_to_dict",
    "section_to_dict",
    "task_to_dict",
    "text_to_dict",
]

SCORECARD_FIELDS = (
    "department", "name_zh", "name_en", "department_score", "department_coverage",
    "department_reason", "role", "task", "title_zh", "title_en", "credit", "score", "coverage",
    "contribution", "state", "reason", "verification",
)  # fmt: skip
"""The columns of `scorecard_rows`: a row for each task of a department."""


def text_to_dict(text: Text) -> dict[str, str]:
    """A label in both languages."""
    return {"zh": text.zh, "en": text.en}


def report_to_dict(report: DeliveryReport) -> dict[str, Any]:
    """The report of a deliverable."""
    return {
        "deliverable": report.deliverable,
        "period": str(report.period),
        "status": report.status.value,
        "share": report.share,
        "date": None if report.date is None else str(report.date),
        "reason": report.reason,
        "evidence": report.evidence,
        "source": report.source,
        "address": report.address,
        "note": report.note,
        "verification": report.verification.value,
        "place": report.place,
    }


def deliverable_to_dict(result: DeliverableResult) -> dict[str, Any]:
    """What came of one deliverable, with the report that it rests on."""
    return {
        "deliverable": result.id,
        "title": text_to_dict(result.title),
        "due": str(result.due),
        "as_of": str(result.as_of),
        "state": result.state.value,
        "reason": _value(result.reason),
        "status": None if result.status is None else result.status.id,
        "share": result.share,
        "counted": result.counted,
        "score": result.score,
        "verification": _verification(result),
        "report": None if result.report is None else report_to_dict(result.report),
    }


def section_to_dict(result: SectionResult) -> dict[str, Any]:
    """What came of a phase or a workstream: the ids of its deliverables, and its shares."""
    groups = {
        name: [each.id for each in getattr(result, name)]
        for name in ("due", "not_due", "done", "done_late", "late", "cancelled", "missing")
    }
    return {
        "id": result.id,
        "name": text_to_dict(result.name),
        "start": str(result.start),
        "end": str(result.end),
        "as_of": str(result.as_of),
        "time_share": result.time_share,
        "share": result.share,
        "coverage": result.coverage,
        "verification": _verification(result),
        **groups,
    }


def task_to_dict(result: TaskResult) -> dict[str, Any]:
    """A task's score with its parts."""
    return {
        "task": result.id,
        "title": text_to_dict(result.title),
        **_total(result),
        "parts": [_part(each, result) for each in result.parts],
    }


def scorecard_to_dict(card: Scorecard) -> dict[str, Any]:
    """A department's score with its duties, credits and contributions, and what it rests on."""
    basis = card.basis
    return {
        "department": card.id,
        "name": text_to_dict(card.name),
        "plan": basis.plan_id,
        "amended_by": [each.id for each in basis.version.counted],
        "as_of": str(basis.as_of),
        "policy": basis.policy.describe(),
        "credits_policy": basis.policy.credits.describe(),
        "problems": [str(problem) for problem in basis.problems],
        **_total(card),
        "member_of": [each.id for each in card.member_of],
        "duties": [
            {
                "task": duty.task,
                "role": duty.role.value,
                "share": duty.share,
                "through": duty.through,
            }
            for duty in card.duties
        ],
        "credits": dict(card.credits),
        "tasks": [{"task": each.id, **_total(each)} for each in card.tasks],
    }


def scorecard_rows(card: Scorecard) -> Iterator[dict[str, Any]]:
    """A flat row for each task, with the fields of SCORECARD_FIELDS; one row where there is none.

    The role is that in which the department answers for most: `lead` where it leads and supports.
    """
    own = {
        "department": card.id,
        "name_zh": card.name.zh,
        "name_en": card.name.en,
        "department_score": card.score,
        "department_coverage": card.coverage,
        "department_reason": _value(card.reason),
    }
    led = {each.id for each in card.leads}
    for task in card.tasks:
        yield own | {
            "role": (Role.LEAD if task.id in led else Role.SUPPORT).value,
            "task": task.id,
            "title_zh": task.title.zh,
            "title_en": task.title.en,
            "credit": dict(card.credits)[task.id],
            "score": task.score,
            "coverage": task.coverage,
            "contribution": card.contributions.get(task.id),
            "state": task.state.value,
            "reason": _value(task.reason),
            "verification": _verification(task),
        }
    if not card.tasks:
        yield own | {"state": card.state.value, "reason": _value(card.reason)}


def _total(found: TaskResult | Scorecard) -> dict[str, Any]:
    return {
        "state": found.state.value,
        "reason": _value(found.reason),
        "score": found.score,
        "coverage": found.coverage,
        "contributions": dict(found.contributions),
        "verification": _verification(found),
    }


def _part(part: PartResult, task: TaskResult) -> dict[str, Any]:
    return {
        "kind": part.part.kind.value,
        "id": part.part.id,
        "twin": part.part.twin,
        "counts": part.counts,
        "weight": part.weight,
        "state": part.result.state.value,
        "reason": _value(part.result.reason),
        "score": part.result.score,
        "contribution": task.contributions.get(part.part.place),
        "verification": _verification(part.result),
    }


def _verification(found: object) -> str | None:
    """`unverified` where anything in it is; else nothing: its parts say more."""
    return "unverified" if is_unverified(found) else None


def _value(member: Any) -> str | None:
    return None if member is None else member.value
