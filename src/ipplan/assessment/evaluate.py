"""Evaluation: one indicator, what was reported of it and a policy become a result."""

from __future__ import annotations

import math

from ipplan.assessment.policy import Exceeding, Policy
from ipplan.assessment.result import Result
from ipplan.interpolation import InterpolationError
from ipplan.model.actuals import Actuals, Reported
from ipplan.model.bound import Direction, same
from ipplan.model.indicator import Assumption, Indicator
from ipplan.model.trajectory import Expectation
from ipplan.ops import FLOATS
from ipplan.periods import Period
from ipplan.reasons import Reason, State
from ipplan.scoring.rule import Case, ScoringRule, figure_of
from ipplan.status import (
    AnyStatus,
    Graded,
    Status,
    StatusClass,
    StatusScale,
    final_status,
    progress_status,
)

__all__ = ["evaluate"]


def evaluate(
    indicator: Indicator,
    actuals: Actuals,
    *,
    as_of: Period,
    policy: Policy,
    plan_assumptions: tuple[Assumption, ...] = (),
) -> Result:
    """The result of one indicator as of a period.

    The latest observation not after `as_of` is compared with what was expected at its own period.
    An observation from before the first milestone, or one that the baseline knows already, answers
    nothing: where something is due by `as_of`, the result is missing.
    """
    reported = actuals.latest(indicator.id, as_of)
    if reported is not None and not indicator.is_due(reported.taken.period):
        reported = None
    try:
        expectation = indicator.expected(as_of if reported is None else reported.taken.period)
    except InterpolationError:
        # The caller's own interpolation gave no finite number: said as a reason, and the
        # other indicators are assessed all the same.
        return Result(
            indicator=indicator,
            as_of=as_of,
            policy=policy,
            reported=reported,
            expectation=None,
            state=State.NOT_COMPUTABLE,
            reason=Reason.EXPECTED_NOT_FINITE,
            plan_assumptions=plan_assumptions,
        )
    if reported is None or expectation is None:
        due = indicator.is_due(as_of)
        return Result(
            indicator=indicator,
            as_of=as_of,
            policy=policy,
            reported=None,
            expectation=expectation if due else None,
            state=State.MISSING if due else State.NOT_DUE,
            reason=Reason.NOT_REPORTED if due else Reason.BEFORE_FIRST_MILESTONE,
            plan_assumptions=plan_assumptions,
        )
    return _compared(
        indicator,
        reported,
        expectation,
        as_of=as_of,
        policy=policy,
        plan_assumptions=plan_assumptions,
    )


def _compared(
    indicator: Indicator,
    reported: Reported,
    expectation: Expectation,
    *,
    as_of: Period,
    policy: Policy,
    plan_assumptions: tuple[Assumption, ...],
) -> Result:
    case = case_of(indicator, reported, expectation, policy)
    ratio, no_ratio = _figure(policy.ratio, case)
    progress, no_progress = _figure(policy.progress, case)
    if policy.rule is policy.ratio:
        attainment, reason = ratio, no_ratio
    elif policy.rule is policy.progress:
        attainment, reason = progress, no_progress
    else:
        attainment, reason = _figure(policy.rule, case)
    met = expectation.bound.met_by(case.actual)
    score = None if attainment is None else _score(policy.rule, attainment, case)
    if score is None and reason is None:
        attainment, reason = None, Reason.UNDEFINED
    if policy.statuses is None:
        status: AnyStatus | None = _status(
            indicator,
            case,
            expectation,
            period=reported.taken.period,
            met=met,
            attainment=attainment,
            policy=policy,
        )
    else:
        achieved = _final_bound_holds(indicator, case, expectation)
        status = _class(policy.statuses, policy.rule, case, attainment, score, achieved=achieved)
    return Result(
        indicator=indicator,
        as_of=as_of,
        policy=policy,
        reported=reported,
        expectation=expectation,
        state=State.NOT_COMPUTABLE if attainment is None else State.SCORED,
        reason=reason,
        met=met,
        ratio=ratio,
        no_ratio=no_ratio,
        progress=progress,
        no_progress=no_progress,
        attainment=attainment,
        score=score,
        status=status,
        plan_assumptions=plan_assumptions,
    )


def _figure(rule: ScoringRule, case: Case) -> tuple[float | None, Reason | None]:
    """What a rule gives: a finite number, or the reason for none."""
    found = figure_of(rule, case)
    return (None, found) if isinstance(found, Reason) else (found, None)


def _score(rule: ScoringRule, attainment: float, case: Case) -> float | None:
    """The score that an attainment earns; None where a rule or scale gives no finite number."""
    score: float = rule.scale.score(rule.graded(attainment, case, FLOATS))
    return score if math.isfinite(score) else None


def case_of(
    indicator: Indicator, reported: Reported, expectation: Expectation, policy: Policy
) -> Case:
    """What the rules see; what exceeds a range is its upper figure where the policy says met."""
    bound, actual = expectation.bound, reported.taken.value
    if policy.exceeding is Exceeding.MET and bound.exceeded_by(actual):
        actual = bound.high
    trajectory, period = indicator.trajectory, reported.taken.period
    known = {
        "at": period.position,
        "target": trajectory.target.bound.value,
        "due": trajectory.target.period.position,
    }
    if trajectory.baseline is not None:
        known["baseline"] = trajectory.baseline.value * expectation.share
        known["baseline_at"] = trajectory.baseline.period.position
    return Case.of(actual, bound, **known)


def _status(
    indicator: Indicator,
    case: Case,
    expectation: Expectation,
    *,
    period: Period,
    met: bool,
    attainment: float | None,
    policy: Policy,
) -> Status | None:
    due = indicator.trajectory.target.period.position
    if period.position >= due:
        return final_status(
            attainment,
            met=met,
            can_exceed=expectation.bound.direction is not Direction.WITHIN,
            overdue=period.position > due,
            thresholds=policy.thresholds,
        )
    if attainment is None:
        return None
    return progress_status(
        attainment,
        target_met_early=met and _met_early(indicator, case, expectation),
        thresholds=policy.thresholds,
    )


def _class(
    scale: StatusScale,
    rule: ScoringRule,
    case: Case,
    attainment: float | None,
    score: float | None,
    *,
    achieved: bool,
) -> StatusClass | None:
    """The class that a scale of the policy's own gives."""
    if attainment is None or score is None:
        return None
    graded = rule.graded(attainment, case, FLOATS)
    return scale.of(score if scale.graded is Graded.SCORE else graded, achieved=achieved)


def _final_bound_holds(indicator: Indicator, case: Case, expectation: Expectation) -> bool:
    """Whether the final bound holds; a maximum not yet passed within a year says nothing."""
    open_year = expectation.share != 1.0 and indicator.direction is not Direction.UP
    return not open_year and indicator.target.met_by(case.actual)


def _met_early(indicator: Indicator, case: Case, expectation: Expectation) -> bool:
    """Whether the final bound holds already and asks for more than is due in this year.

    A part of a year's flow can have reached the whole of a final amount; that it has not yet passed
    a final maximum says nothing.
    """
    target, due_now = indicator.target, expectation.whole
    if target.direction is Direction.DOWN:
        further = target.low < due_now.low
    elif target.direction is Direction.UP:
        further = target.low > due_now.low
    else:
        further = not same(target.high, due_now.high)
    apart = not same(target.low, due_now.low)
    return further and apart and _final_bound_holds(indicator, case, expectation)
