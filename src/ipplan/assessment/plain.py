"""Plain values: results as dictionaries that JSON and CSV can hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ipplan.assessment.delivery_plain import report_to_dict, text_to_dict
from ipplan.assessment.result import Assessment, Result
from ipplan.errors import Problem
from ipplan.model.actuals import Reported
from ipplan.model.amendment import Amendment
from ipplan.model.delivery import DeliveryReport
from ipplan.model.indicator import Assumption
from ipplan.model.observation import Observation

__all__ = [
    "ASSESSMENT_FIELDS",
    "ROW_FIELDS",
    "assessment_rows",
    "assessment_to_dict",
    "result_row",
    "result_to_dict",
]

ROW_FIELDS = (
    "indicator", "name_zh", "name_en", "unit", "period", "actual", "expected", "target", "met",
    "ratio", "progress", "attainment", "score", "status", "state", "reason", "gap", "verification",
    "source", "address",
)  # fmt: skip
"""The columns of `result_row`, in their order."""

ASSESSMENT_FIELDS = (*ROW_FIELDS, "kind", "plan")
"""The columns of `assessment_rows`; `kind` is indicator or quota, `plan` the id of its plan."""


def result_to_dict(result: Result) -> dict[str, Any]:
    """One result with everything it rests on."""
    way = result.indicator.trajectory
    target, start = way.target, way.baseline
    return {
        "indicator": result.id,
        "name": text_to_dict(result.name),
        "unit": result.unit,
        "clause": result.indicator.clause,
        "as_of": str(result.as_of),
        "period": str(result.period),
        "actual": result.actual,
        "expected": result.expected,
        "required": None if result.required is None else str(result.required),
        "target": result.target,
        "target_period": None if target is None else str(target.period),
        "baseline": None if start is None else start.value,
        "baseline_period": None if start is None else str(start.period),
        "baseline_source": None if start is None else start.source,
        "limit": result.indicator.limit,
        "met": result.met,
        "ratio": result.ratio,
        "no_ratio": _value(result.no_ratio),
        "progress": result.progress,
        "no_progress": _value(result.no_progress),
        "rule": result.rule.name,
        "attainment": result.attainment,
        "score": result.score,
        "status": _value(result.status),
        "state": result.state.value,
        "reason": _value(result.reason),
        "gap": result.gap,
        "observation": None if result.observation is None else _observation(result.observation),
        "conflicts": [_observation(other) for other in result.conflicts],
        "compared_with": (
            None if result.compared_with is None else _observation(result.compared_with.taken)
        ),
        "assumptions": _assumptions(result.assumptions),
    }


def assessment_to_dict(assessment: Assessment) -> dict[str, Any]:
    """The whole assessment: total, results, conflicts, what was not used, assumptions, policy."""
    return {
        "plan": assessment.plan_id,
        "title": text_to_dict(assessment.title),
        "as_of": str(assessment.as_of),
        "amended_by": [_amendment(each) for each in assessment.version.counted],
        "amendments_not_counted": [_amendment(each) for each in assessment.version.not_counted],
        "policy": assessment.policy.to_dict(),
        "score": assessment.score,
        "coverage": assessment.coverage,
        "reason": _value(assessment.total.reason),
        "status": _value(assessment.status),
        "contributions": dict(assessment.contributions),
        "groups": {
            id: {"score": group.score, "coverage": group.coverage, "reason": _value(group.reason)}
            for id, group in assessment.groups.items()
        },
        "vetoed_by": list(assessment.total.vetoed_by),
        "results": [result_to_dict(result) for result in assessment.results.values()],
        "quotas": [result_to_dict(result) for result in assessment.quotas.values()],
        "deliverables": [each.to_dict() for each in assessment.deliverables.values()],
        "phases": [each.to_dict() for each in assessment.phases.values()],
        "workstreams": [each.to_dict() for each in assessment.workstreams.values()],
        "tasks": [each.to_dict() for each in assessment.tasks.values()],
        "departments": [each.to_dict() for each in assessment.departments.values()],
        "subplans": [assessment_to_dict(each) for each in assessment.subplans.values()],
        "benchmarks": [_observation(each) for each in assessment.actuals.benchmarks],
        "conflicts": [_reported(report) for report in assessment.conflicts],
        "not_used": [
            {**_entry(unused.entry), "why": unused.why.value} for unused in assessment.not_used
        ],
        "set_aside": [*map(_aside, assessment.version.set_aside)],
        "problems": [_problem(each) for each in assessment.actuals.problems],
        "assumptions": _assumptions(assessment.assumptions),
    }


def assessment_rows(assessment: Assessment) -> list[dict[str, Any]]:
    """A flat row for each indicator, then for each quota that something was reported of.

    Those of sub-plans follow; `plan` says of which plan a row is.
    """
    plan = assessment.plan_id
    quotas = (each for each in assessment.quotas.values() if each.reported is not None)
    rows = [
        result_row(each) | {"kind": kind, "plan": plan}
        for kind, results in (("indicator", assessment.results.values()), ("quota", quotas))
        for each in results
    ]
    for below in assessment.subplans.values():
        rows += [row for row in assessment_rows(below) if row["actual"] is not None]
    return rows


def result_row(result: Result) -> dict[str, Any]:
    """One result as a flat row, with the fields of ROW_FIELDS; None where nothing stands."""
    full = result_to_dict(result)
    taken = result.observation
    return {name: full.get(name) for name in ROW_FIELDS} | {
        "name_zh": result.name.zh,
        "name_en": result.name.en,
        "verification": None if taken is None else taken.verification.value,
        "source": None if taken is None else taken.source,
        "address": None if taken is None else taken.address,
    }


def _entry(entry: Observation | DeliveryReport) -> dict[str, Any]:
    return report_to_dict(entry) if isinstance(entry, DeliveryReport) else _observation(entry)


def _observation(observation: Observation) -> dict[str, Any]:
    return {
        "indicator": observation.indicator,
        "period": str(observation.period),
        "value": observation.value,
        "unit": observation.unit,
        "numerator": observation.numerator,
        "denominator": observation.denominator,
        "origin": observation.origin.value,
        "written": observation.written,
        "source": observation.source,
        "address": observation.address,
        "note": observation.note,
        "verification": observation.verification.value,
        "place": observation.place,
    }


def _problem(problem: Problem) -> dict[str, str]:
    return {
        "place": problem.place,
        "expected": problem.expected,
        "found": problem.found,
        "hint": problem.hint,
    }


def _amendment(amendment: Amendment) -> dict[str, Any]:
    return {
        "id": amendment.id,
        "date": str(amendment.date),
        "document": amendment.document,
        "reason": text_to_dict(amendment.reason),
    }


def _aside(reported: Observation | DeliveryReport) -> dict[str, Any]:
    if isinstance(reported, Observation):
        return _observation(reported)
    return {"deliverable": reported.deliverable, "status": reported.status.value}


def _reported(report: Reported) -> dict[str, Any]:
    return {
        "taken": _observation(report.taken),
        "others": [_observation(other) for other in report.conflicts],
    }


def _assumptions(assumptions: Iterable[Assumption]) -> list[dict[str, Any]]:
    return [{"about": each.about, "text": text_to_dict(each.text)} for each in assumptions]


def _value(member: Any) -> str | None:
    return None if member is None else member.value
