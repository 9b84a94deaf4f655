"""Outcome: what an actual comes to under a rule, as formulas that run on any engine.

The same as `ipplan.assessment.evaluate` has it for one result, over columns.
"""

from __future__ import annotations

import math
from typing import Any

from attrs import evolve, fields, frozen

from ipplan.assessment.evaluate import figures_of
from ipplan.errors import Problem
from ipplan.frames.formula import Graph
from ipplan.ops import GREATEST, Ops
from ipplan.reasons import Reason
from ipplan.scoring import ScoringRule
from ipplan.scoring.attainment import alike, met
from ipplan.scoring.laws import Law
from ipplan.scoring.rule import Case, Rule
from ipplan.scoring.scales import Scale
from ipplan.status import AnyScale, Graded, StatusClass, StatusScale, Words

__all__ = ["Demand", "Outcome", "classes_of", "outcome", "unwritten"]

_REASONS = tuple(Reason)


@frozen(kw_only=True)
class Demand:
    """What is asked of an indicator at one time, beside what a rule sees of it.

    `final` holds the figures of the final bound as its `low`, `high`, `way` and `strict`. The
    others are conditions, which are known: there is a target; it can be decided whether the final
    bound holds; it asks for more than is due now; its time has come, or is past.
    """

    final: Case
    targeted: Any
    decidable: Any
    further: Any
    at_target: Any
    past_target: Any


@frozen(kw_only=True)
class Outcome:
    """Columns of a result; null where there is nothing. `reason` and `status` are numbers.

    `reason` is 0 for none, or a place in `Reason`, counted from 1; `status` is a place in
    `classes_of` the status scale.
    """

    met: Any
    ratio: Any
    progress: Any
    score: Any
    status: Any
    reason: Any


def _number_of(reason: Reason) -> float:
    return float(_REASONS.index(reason) + 1)


def classes_of(scale: AnyScale) -> tuple[StatusClass, ...]:
    """The classes that an outcome's status counts."""
    if isinstance(scale, Words):
        return (*scale.progress.classes, *scale.final.classes)
    return scale.classes


def unwritten(rule: ScoringRule) -> Problem | None:
    """What is wrong with a rule that does not run on columns; None for one that does."""
    graph = Graph(1)
    names = (each.name for each in fields(Case))
    case = Case(**{name: graph.column(name) for name in names})
    try:
        graph.number(rule.scale.score(rule.graded(rule.value(case, graph), case, graph), graph))
        for _, condition in rule.refusals(case, graph):
            graph.condition(condition)
    except (TypeError, ValueError, ArithmeticError) as error:
        return Problem(
            place="policy",
            expected=f"a rule that runs on columns: {rule.name}, written over `ops` alone",
            found=f"{type(error).__name__}: {error}",
        )
    return None


def outcome(case: Case, demand: Demand, rule: ScoringRule, scale: AnyScale, ops: Ops) -> Outcome:
    """What an actual comes to; the case's bound is the one expected of it."""
    ratio_rule, progress_rule = figures_of(rule)
    ratio, no_ratio = _figure(ratio_rule, case, ops)
    progress, no_progress = _figure(progress_rule, case, ops)
    if rule is ratio_rule:
        value, reason = ratio, no_ratio
    elif rule is progress_rule:
        value, reason = progress, no_progress
    else:
        value, reason = _figure(rule, case, ops)
    done = _final_bound_holds(case, demand, ops)
    if isinstance(scale, StatusScale):
        case = evolve(case, achieved=ops.where(done, 1.0, 0.0))
    graded = ops.where(ops.is_null(value), ops.null, rule.graded(value, case, ops))
    score = rule.scale.score(graded, ops)
    if not (_determinate(rule) and type(rule.scale).__module__ == Scale.__module__):
        score = _finite(score, ops)
    lost = ops.both(ops.negated(ops.is_null(value)), ops.is_null(score))
    reason = ops.where(lost, _number_of(Reason.UNDEFINED), reason)
    graded = ops.where(ops.is_null(score), ops.null, graded)
    holds = met(case, ops)
    if isinstance(scale, Words):
        status = _word(scale, case, demand, graded, holds=holds, done=done, ops=ops)
    else:
        status = _class(scale, case, demand, graded, score=score, done=done, ops=ops)
    return Outcome(
        met=holds, ratio=ratio, progress=progress, score=score, status=status, reason=reason
    )


def _figure(rule: ScoringRule, case: Case, ops: Ops) -> tuple[Any, Any]:
    """What a rule gives, and the number of the first reason for which it refuses."""
    found = rule.value(case, ops)
    reason: Any = 0.0
    if not _determinate(rule):
        found = _finite(found, ops)
        reason = ops.where(ops.is_null(found), _number_of(Reason.UNDEFINED), 0.0)
    for each, condition in reversed([*rule.refusals(case, ops)]):
        reason = ops.where(_if_known(condition, ops), _number_of(each), reason)
    return ops.where(ops.equal(reason, 0.0), found, ops.null), reason


def _determinate(rule: ScoringRule) -> bool:
    """Whether a rule of the library's own promises a number wherever it does not refuse.

    The check that what it gives is finite would cost as much as a simple rule does.
    """
    own = type(rule).__module__.startswith("ipplan.scoring.")
    return own and isinstance(rule, Rule) and Law.DETERMINATE in rule.laws


def _finite(x: Any, ops: Ops) -> Any:
    return ops.where(ops.at_least(GREATEST, ops.abs(x)), x, ops.null)


def _final_bound_holds(case: Case, demand: Demand, ops: Ops) -> Any:
    """Whether the final bound holds; known everywhere."""
    holds = met(evolve(demand.final, actual=case.actual), ops)
    return ops.both(demand.decidable, _if_known(holds, ops))


def _word(
    scale: Words, case: Case, demand: Demand, graded: Any, *, holds: Any, done: Any, ops: Ops
) -> Any:
    """A final word once the target is due, by the bound first; before it a progress word."""
    final = scale.final.rank(
        ops.where(ops.is_null(graded), -math.inf, graded),
        achieved=_if_known(holds, ops),
        exceeded=_if_known(_beyond(case, case.low, ops), ops),
        overdue=demand.past_target,
        ops=ops,
    )
    early = ops.both(_if_known(holds, ops), ops.both(done, demand.further))
    progress = scale.progress.rank(graded, achieved=early, exceeded=False, overdue=False, ops=ops)
    progress = ops.where(ops.is_null(graded), ops.null, progress)
    return ops.where(demand.at_target, final + float(len(scale.progress.classes)), progress)


def _beyond(case: Case, figure: Any, ops: Ops) -> Any:
    """Whether the actual is better than a figure, and not by a rounding error."""
    apart = ops.more_than((case.actual - figure) * case.way, 0.0)
    return ops.both(apart, ops.negated(alike(case.actual, figure, ops)))


def _class(
    scale: StatusScale,
    case: Case,
    demand: Demand,
    graded: Any,
    *,
    score: Any,
    done: Any,
    ops: Ops,
) -> Any:
    """The class that a single scale gives; one without bands wants a target.

    A target that is achieved has its class also where the rule gives no number.
    """
    found = scale.rank(
        score if scale.graded is Graded.SCORE else graded,
        achieved=done,
        exceeded=_if_known(_beyond(case, case.target, ops), ops),
        overdue=_if_known(ops.more_than(case.at, case.due), ops),
        ops=ops,
    )
    unscored = ops.null
    if scale.achieved is not None:
        unscored = ops.where(done, float(scale.classes.index(scale.achieved)), ops.null)
    found = ops.where(ops.is_null(score), unscored, found)
    return found if scale.bands else ops.where(demand.targeted, found, ops.null)


def _if_known(condition: Any, ops: Ops) -> Any:
    """Whether a condition is known to hold."""
    held = ops.where(condition, 1.0, 0.0)
    return ops.more_than(ops.where(ops.is_null(held), 0.0, held), 0.5)
