"""Evaluation: one indicator, what was reported of it and a policy become a result."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from math import nan
from typing import Any

from attrs import evolve

from ipplan import units
from ipplan.assessment.policy import Exceeding, Policy
from ipplan.assessment.result import Result
from ipplan.errors import ModelError, UnitError
from ipplan.interpolation import InterpolationError
from ipplan.model.actuals import Actuals, Reported
from ipplan.model.bound import Direction, same
from ipplan.model.indicator import Accrual, Assumption, Indicator
from ipplan.model.observation import Observation
from ipplan.model.trajectory import Baseline, Expectation, Reference
from ipplan.periods import Period
from ipplan.reasons import Reason, State
from ipplan.scoring import Progress, Ratio
from ipplan.scoring.rule import Case, ScoringRule, figure_of, score_of, way_of
from ipplan.status import Graded, StatusClass, StatusScale, Words

__all__ = [
    "asks_further",
    "case_at",
    "case_of",
    "compared",
    "decides_now",
    "evaluate",
    "figures_of",
    "referred",
    "unreported",
]

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
    An observation from before the first milestone, or one that the baseline knows already, answers
    nothing: where something is due by `as_of`, the result is missing. What the plan only watches is
    due where the policy's rule needs no target.
    """
    given = indicator
    if policy.baseline_from is not None and indicator.trajectory.baseline is None:
        indicator = _with_baseline(indicator, actuals, policy.baseline_from, as_of)
    result = partial(
        Result,
        indicator=indicator,
        as_of=as_of,
        policy=policy,
        baseline_taken=indicator is not given,
        plan_assumptions=plan_assumptions,
    )
    rule = policy.rule_of(indicator.id)
    reported = _latest(indicator, actuals, as_of)
    if reported is not None and not indicator.is_due(reported.taken.period):
        reported = None
    try:
        expectation = indicator.expected(as_of if reported is None else reported.taken.period)
    except InterpolationError:
        # The caller's own interpolation gave no finite number: said as a reason, and the
        # other indicators are assessed all the same.
        reason, state = Reason.EXPECTED_NOT_FINITE, State.NOT_COMPUTABLE
        return result(reported=reported, expectation=None, state=state, reason=reason)
    if reported is None:
        state, reason = unreported(indicator, rule, as_of)
        known = expectation if state is State.MISSING else None
        return result(reported=None, expectation=known, state=state, reason=reason)
    if indicator.trajectory.relative_to is not None and expectation is not None:
        reference = _reference(indicator, actuals, reported.taken.period)
        if isinstance(reference, Reason):
            state = State.NOT_COMPUTABLE
            return result(reported=reported, expectation=None, state=state, reason=reference)
        expectation = referred(expectation, reference.taken.value)
        result = partial(result, compared_with=reference)
    return _compared(result, indicator, reported, expectation, policy=policy, rule=rule)


def referred(expectation: Expectation, figure: float) -> Expectation:
    """What is expected where the bound is a multiple of a figure that is known now."""
    bound = expectation.bound.scaled(figure)
    return evolve(expectation, bound=bound, whole=bound, reference=figure)


def _latest(indicator: Indicator, actuals: Actuals, as_of: Period) -> Reported | None:
    """The latest report of the indicator, or else of what it is the same as, in its own unit.

    A figure of its own that answers no milestone is in nobody's way.
    """
    reported = actuals.latest(indicator.id, as_of)
    due = reported is not None and indicator.is_due(reported.taken.period)
    if due or indicator.same_as is None:
        return reported
    other = actuals.latest(indicator.same_as, as_of)
    if other is None:
        return None
    try:
        return evolve(
            other,
            taken=_in_unit(other.taken, indicator.unit),
            others=tuple(_in_unit(each, indicator.unit) for each in other.others),
        )
    except UnitError:  # the plan's check reports it: what is the same has units that convert
        return None


def _in_unit(observation: Observation, unit: str) -> Observation:
    if observation.unit == unit:
        return observation
    value = units.convert(observation.value, source=observation.unit, target=unit)
    return evolve(observation, value=value, unit=unit)


def _reference(indicator: Indicator, actuals: Actuals, at: Period) -> Reported | Reason:
    """The report of the figure that a relative bound is a multiple of, or why there is none."""
    if indicator.trajectory.relative_to is Reference.BENCHMARK:
        return actuals.benchmark(indicator.id, at) or Reason.BENCHMARK_MISSING
    for report in actuals.of(indicator.id):
        if same(report.taken.period.position, at.position - 1.0):
            return report
    return Reason.PREVIOUS_MISSING


def _with_baseline(
    indicator: Indicator, actuals: Actuals, since: Period, as_of: Period
) -> Indicator:
    """The indicator with its first observation from a period on as its baseline."""
    way = indicator.trajectory
    end = way.milestones[0].period.position if way.milestones else math.inf
    for report in actuals.of(indicator.id):
        taken, at = report.taken, report.taken.period
        whole = at.elapsed == 1.0 or indicator.accrual is not Accrual.FLOW
        if (
            whole
            and since.start <= at.start
            and at.position < end
            and at.position <= as_of.position
        ):
            baseline = Baseline(period=at, value=taken.value, source=taken.source)
            try:
                return evolve(indicator, trajectory=evolve(way, baseline=baseline))
            except ModelError:  # zero starts no geometric way: the rule will miss a baseline
                return indicator
    return indicator


def unreported(indicator: Indicator, rule: ScoringRule, as_of: Period) -> tuple[State, Reason]:
    """Whether what was not reported is missing, or nothing of the kind was due."""
    if not indicator.is_due(as_of):
        return State.NOT_DUE, Reason.BEFORE_FIRST_MILESTONE
    if indicator.target is None:
        unknown = case_at(indicator, math.nan, None, as_of)
        if figure_of(rule, unknown) is Reason.NO_TARGET:
            return State.NOT_DUE, Reason.NO_TARGET
    return State.MISSING, Reason.NOT_REPORTED


def _compared(
    result: Callable[..., Result],
    indicator: Indicator,
    reported: Reported,
    expectation: Expectation | None,
    *,
    policy: Policy,
    rule: ScoringRule,
) -> Result:
    """The result of a report, `result` being what is known of it without one."""
    period = reported.taken.period
    found = compared(indicator, reported.taken.value, period, expectation, policy=policy, rule=rule)
    return result(reported=reported, expectation=expectation, **found)


def compared(
    indicator: Indicator,
    actual: float,
    period: Period,
    expectation: Expectation | None,
    *,
    policy: Policy,
    rule: ScoringRule,
) -> dict[str, Any]:
    """What an actual comes to that answers a milestone: the fields of a result."""
    case = _case_of(indicator, actual, period, expectation, policy)
    ratio_rule, progress_rule = figures_of(rule)
    ratio, no_ratio = _figure(ratio_rule, case)
    progress, no_progress = _figure(progress_rule, case)
    if rule is ratio_rule:
        attainment, reason = ratio, no_ratio
    elif rule is progress_rule:
        attainment, reason = progress, no_progress
    else:
        attainment, reason = _figure(rule, case)
    scale = policy.statuses_of(rule)
    if isinstance(scale, StatusScale):
        achieved = _final_bound_holds(indicator, case, expectation)
        case = evolve(case, achieved=float(achieved))
    graded, score = None, None
    if attainment is not None:
        graded, score = score_of(rule, attainment, case) or (None, None)
    if score is None and reason is None:
        attainment, reason = None, Reason.UNDEFINED
    met = None if expectation is None else expectation.bound.met_by(case.actual)
    if isinstance(scale, Words):
        status = _word(scale, indicator, case, expectation, period, graded, met=bool(met))
    else:
        status = _class(scale, indicator, case, graded, score)
    if attainment is not None:
        state = State.SCORED
    else:
        state = State.NOT_DUE if reason is Reason.NO_TARGET else State.NOT_COMPUTABLE
    return {
        "state": state,
        "reason": reason,
        "met": met,
        "ratio": ratio,
        "no_ratio": no_ratio,
        "progress": progress,
        "no_progress": no_progress,
        "attainment": attainment,
        "score": score,
        "status": status,
    }


def figures_of(rule: ScoringRule) -> tuple[Ratio, Progress]:
    """The rules behind a result's ratio and progress: the scored one, where it is one of them."""
    return (
        rule if isinstance(rule, Ratio) else _RATIO,
        rule if isinstance(rule, Progress) else _PROGRESS,
    )


def _figure(rule: ScoringRule, case: Case) -> tuple[float | None, Reason | None]:
    """What a rule gives: a finite number, or the reason for none."""
    found = figure_of(rule, case)
    return (None, found) if isinstance(found, Reason) else (found, None)


def case_of(
    indicator: Indicator, reported: Reported, expectation: Expectation | None, policy: Policy
) -> Case:
    """What the rules see; what exceeds a range is its upper figure where the policy says met."""
    taken = reported.taken
    return _case_of(indicator, taken.value, taken.period, expectation, policy)


def _case_of(
    indicator: Indicator,
    actual: float,
    period: Period,
    expectation: Expectation | None,
    policy: Policy,
) -> Case:
    if policy.exceeding is Exceeding.MET and expectation is not None:
        bound = expectation.bound
        actual = bound.high if bound.exceeded_by(actual) else actual
    return case_at(indicator, actual, expectation, period)


def case_at(
    indicator: Indicator, actual: float, expectation: Expectation | None, period: Period
) -> Case:
    """The case of an actual; a flow's yearly figures are scaled to the part of the year."""
    way = indicator.trajectory
    # A final target that is a multiple of a figure yet to be reported is not known.
    target, baseline = (None if way.relative_to else way.target), way.baseline
    flow = indicator.accrual is Accrual.FLOW
    share = period.elapsed if flow and way.relative_to is None else 1.0
    bound, limit, unknown = None if expectation is None else expectation.bound, indicator.limit, nan
    # One call with every field: this is where an assessment spends its time.
    return Case(
        actual=actual,
        low=unknown if bound is None else bound.low,
        high=unknown if bound is None else bound.high,
        way=way_of(indicator.direction),
        strict=1.0 if bound is not None and bound.strict else 0.0,
        # A part of a year's flow stands for its year: scaled figures, at the year's own time.
        at=float(period.year) if share != 1.0 else period.position,
        baseline=unknown if baseline is None else baseline.value * share,
        baseline_at=unknown if baseline is None else baseline.period.position,
        target=unknown if target is None else target.bound.value * share,
        due=unknown if target is None else target.period.position,
        limit=unknown if limit is None else limit * share,
        share=share,
    )


def _word(
    scale: Words,
    indicator: Indicator,
    case: Case,
    expectation: Expectation | None,
    period: Period,
    graded: float | None,
    *,
    met: bool,
) -> StatusClass | None:
    """A final word once the target is due, by the bound first; before it a progress word."""
    last = indicator.trajectory.target
    if last is not None and expectation is not None and period.position >= last.period.position:
        return scale.final.of(
            -math.inf if graded is None else graded,
            achieved=met,
            exceeded=_beyond(case),
            overdue=period.position > last.period.position,
        )
    if graded is None:
        return None
    early = met and expectation is not None and _met_early(indicator, case, expectation)
    return scale.progress.of(graded, achieved=early)


def _beyond(case: Case) -> bool:
    """Whether the actual is more than a minimum asks, or less than a maximum allows."""
    return (case.actual - case.low) * case.way > 0.0 and not same(case.actual, case.low)


def _class(
    scale: StatusScale,
    indicator: Indicator,
    case: Case,
    graded: float | None,
    score: float | None,
) -> StatusClass | None:
    """The class that a single scale gives; one without bands wants a target.

    A target that is achieved has its class also where the rule gives no number.
    """
    achieved = case.achieved > 0.0
    if indicator.target is None and not scale.bands:
        return None
    if graded is None or score is None:
        return scale.achieved if achieved else None
    return scale.of(
        score if scale.graded is Graded.SCORE else graded,
        achieved=achieved,
        exceeded=_beyond_target(case),
        overdue=case.at > case.due,
    )


def _beyond_target(case: Case) -> bool:
    """Whether the actual is better than the final target; rounding errors make nothing better."""
    return (case.actual - case.target) * case.way > 0.0 and not same(case.actual, case.target)


def _final_bound_holds(indicator: Indicator, case: Case, expectation: Expectation | None) -> bool:
    """Whether the final bound holds."""
    target = indicator.target
    return (
        target is not None
        and expectation is not None
        and expectation.reference is None
        and decides_now(indicator, expectation)
        and target.met_by(case.actual)
    )


def decides_now(indicator: Indicator, expectation: Expectation) -> bool:
    """Whether an actual decides on the final bound: a maximum not passed within a year does not."""
    return expectation.share == 1.0 or indicator.direction is Direction.UP


def _met_early(indicator: Indicator, case: Case, expectation: Expectation) -> bool:
    """Whether the final bound holds too, and asks for more than is due now, which holds.

    A part of a year's flow can have reached the whole of a final amount; that it has not yet passed
    a final maximum says nothing.
    """
    holds = _final_bound_holds(indicator, case, expectation)
    return holds and asks_further(indicator, expectation)


def asks_further(indicator: Indicator, expectation: Expectation) -> bool:
    """Whether the final bound asks for more than is due now."""
    target, due_now = indicator.target, expectation.whole
    if target is None:
        return False
    if target.direction is Direction.DOWN:
        further = target.low < due_now.low
    elif target.direction is Direction.UP:
        further = target.low > due_now.low
    else:
        further = not same(target.high, due_now.high)
    return further and not same(target.low, due_now.low)
