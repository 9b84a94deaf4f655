"""Checks on texts and sources: both languages, and the clause that a thing stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import fields, has

from ipplan.plan.checks.finding import Finding, FindingCode
from ipplan.plan.checks.scope import Check, Scope
from ipplan.text import Text

__all__ = ["CHECKS"]

_ELSEWHERE = {"subplans", "policy"}
"""Fields not read here: sub-plans are checked as plans, and a policy is no text of the plan."""


def missing_clause(scope: Scope) -> Iterator[Finding]:
    """Indicators, quotas, deliverables and phases without a clause; a task's id is its clause."""
    plan = scope.plan
    clauses = [
        *((place, _clauses(each)) for place, each in scope.measured),
        *((f"deliverables.{id}", [each.clause]) for id, each in plan.deliverables.items()),
        *((f"phases.{id}", [each.clause]) for id, each in plan.phases.items()),
    ]
    for place, found in clauses:
        if not all(found):
            yield Finding(
                code=FindingCode.MISSING_CLAUSE,
                place=place,
                message=Text(en="no clause is given", zh="未注明条款"),
            )


def _clauses(each: Any) -> list[str]:
    """The clause of each milestone, or of the indicator where it has none of its own."""
    milestones = each.trajectory.milestones
    return [milestone.clause or each.clause for milestone in milestones] or [each.clause]


def missing_translation(scope: Scope) -> Iterator[Finding]:
    """Texts of the plan in one language only."""
    for each in fields(type(scope.plan)):
        if each.init and each.name not in _ELSEWHERE:
            for place, text in _texts(getattr(scope.plan, each.name), each.name):
                if not (text.zh and text.en):
                    yield Finding(
                        code=FindingCode.MISSING_TRANSLATION,
                        place=place,
                        message=Text(en=f"no English for {text.zh}", zh=f"缺英文:{text.zh}")
                        if text.zh
                        else Text(en=f"no Chinese for {text.en}", zh=f"缺中文:{text.en}"),
                    )


def _texts(value: object, place: str) -> Iterator[tuple[str, Text]]:
    """Every text in a value, with its place."""
    if isinstance(value, Text):
        yield place, value
    elif isinstance(value, Mapping):
        for id, item in value.items():
            yield from _texts(item, f"{place}.{id}")
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _texts(item, f"{place}[{index}]")
    elif has(cls := type(value)):
        for each in fields(cls):
            if each.init:
                yield from _texts(getattr(value, each.name), f"{place}.{each.name}")


CHECKS: tuple[Check, ...] = (missing_clause, missing_translation)
