"""Run: every check over a plan and its sub-plans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import evolve

from ipplan.errors import Problem, shown
from ipplan.model.fields import as_float, refuse, unfit_number
from ipplan.plan.checks import clauses, figures, growing, structure, wording
from ipplan.plan.checks.finding import Finding, Findings
from ipplan.plan.checks.scope import Check, Scope

if TYPE_CHECKING:  # the plan itself imports the checks when it is checked
    from ipplan.plan.plan import Plan

__all__ = ["check"]

_CHECKS: tuple[Check, ...] = (
    *figures.CHECKS,
    *growing.CHECKS,
    *clauses.CHECKS,
    *structure.CHECKS,
    *wording.CHECKS,
)


def check(plan: Plan, *, growth: float) -> Findings:
    """What every check finds in a plan; `growth` is the yearly growth above which it is told."""
    threshold = as_float(growth)
    refuse(_not_above_zero(threshold))
    return Findings(plan=plan.id, members=_found(Scope(plan=plan, growth=threshold)))


def _not_above_zero(growth: float) -> Iterator[Problem]:
    unfit = [*unfit_number("growth", growth)]
    yield from unfit
    if not unfit and growth <= 0.0:
        expected = "a number above zero, 0.5 for 50 % a year"
        yield Problem(place="growth", expected=expected, found=shown(growth))


def _found(scope: Scope) -> Iterator[Finding]:
    for each in _CHECKS:
        yield from each(scope)
    for id, part in scope.plan.subplans.items():
        above = (scope.plan.tasks[task] for task in part.under)
        answered = scope.answered or any(task.lead or task.support for task in above)
        below = evolve(scope, plan=part, below=True, answered=answered)
        yield from (finding.within(f"subplans.{id}") for finding in _found(below))
