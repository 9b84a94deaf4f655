"""Evaluation: one indicator, what was reported of it and a policy become a result."""

from __future__ import annotations

from ipplan.assessment.policy import Exceeding, Policy
from ipplan.assessment.result import Result
from ipplan.interpolation import InterpolationError
from ipplan.model.actuals import Actuals, Reported
from ipplan.model.bound import Direction, same
from ipplan.model.indicator import Assumption, Indicator
from ipplan.model.trajectory import Expectation
from ipplan.periods import Period
from ipplan.reasons import Reason, State
from ipplan.scoring import Case, Progress, Ratio
from ipplan.status import Status, final_status, progress_status

__all__ = ["evaluate"]

_RATIO, _PROGRESS = Ratio(), Progress()


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
    An observation from before the first milestone or baseline answers nothing: where something is
    due by `as_of`, the result is missing.
    """
    reported = actuals.latest(indicator.id, as_of)
    try:
        expectation = indicator.expected(as_of if reported is None else reported.taken.period)
        if reported is not None and expectation is None:
            reported, expectation = None, indicator.expected(as_of)
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
        due = expectation is not None
        return Result(
            indicator=indicator,
            as_of=as_of,
            policy=policy,
            reported=None,
            expectation=expectation,
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
    rule = policy.rule
    ratio, no_ratio = _split((rule if isinstance(rule, Ratio) else _RATIO).attainment(case))
    progress, no_progress = _split(
        (rule if isinstance(rule, Progress) else _PROGRESS).attainment(case)
    )
    if isinstance(rule, Ratio):
        attainment, reason = ratio, no_ratio
    elif isinstance(rule, Progress):
        attainment, reason = progress, no_progress
    else:
        attainment, reason = _split(rule.attainment(case))
    score = status = None
    met = case.bound.met_by(case.actual)
    if attainment is not None:
        score = rule.scale.score(attainment)
        status = _status(
            indicator,
            case,
            period=reported.taken.period,
            met=met,
            attainment=attainment,
            policy=policy,
        )
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


def _split(figure: float | Reason) -> tuple[float | None, Reason | None]:
    return (None, figure) if isinstance(figure, Reason) else (figure, None)


def case_of(
    indicator: Indicator, reported: Reported, expectation: Expectation, policy: Policy
) -> Case:
    """What the rules see; what exceeds a range is its upper figure where the policy says met."""
    bound, actual = expectation.bound, reported.taken.value
    if policy.exceeding is Exceeding.MET and bound.exceeded_by(actual):
        actual = bound.high
    baseline = indicator.trajectory.baseline
    start = None if baseline is None else baseline.value * expectation.share
    return Case(actual=actual, bound=bound, baseline=start)


def _status(
    indicator: Indicator,
    case: Case,
    *,
    period: Period,
    met: bool,
    attainment: float,
    policy: Policy,
) -> Status:
    due = indicator.trajectory.target.period.position
    if period.position < due:
        target = indicator.target
        # A bound that is already the final one (a yearly quota) is met, not met early.
        ahead_of_target = not (
            same(target.low, case.bound.low) and same(target.high, case.bound.high)
        )
        return progress_status(
            attainment,
            target_met_early=ahead_of_target and target.met_by(case.actual),
            thresholds=policy.thresholds,
        )
    return final_status(
        attainment,
        met=met,
        can_exceed=case.bound.direction is not Direction.WITHIN,
        overdue=period.position > due,
        thresholds=policy.thresholds,
    )
