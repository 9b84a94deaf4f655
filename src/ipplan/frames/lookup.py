"""Lookup: all that is known of each indicator and period before any figure is reported.

Reckoned once by the scalar code, so that there is one interpolation; it is joined to the data.
"""

from __future__ import annotations

import math
from typing import TypeAlias

from attrs import evolve, frozen

from ipplan.assessment.evaluate import asks_further, case_at, decides_now, unreported
from ipplan.assessment.planned import Planned
from ipplan.assessment.policy import Exceeding, Policy
from ipplan.interpolation import InterpolationError
from ipplan.model.indicator import Indicator
from ipplan.model.trajectory import Expectation, Reference
from ipplan.periods import Period
from ipplan.reasons import Reason, SetAside, State
from ipplan.scoring import ScoringRule
from ipplan.scoring.rule import Case
from ipplan.status import AnyScale

__all__ = ["SET_ASIDE", "Entry", "Measured", "Verdict", "aside", "entry_of", "measured_by"]

SET_ASIDE = "set_aside"
"""The state of a row that could not be assessed at all; the other states are those of results."""

Verdict: TypeAlias = tuple[str, str | None]
"""A state and a reason, as a frame writes them."""


@frozen(kw_only=True)
class Measured:
    """An indicator or quota with the policy that its plan or sub-plan is assessed by."""

    indicator: Indicator
    policy: Policy


def measured_by(plan: Planned, policy: Policy) -> dict[str, Measured]:
    """Everything that a plan and its sub-plans measure, by id."""
    own = {
        each.id: Measured(indicator=each, policy=policy)
        for catalog in (plan.indicators, plan.quotas)
        for each in catalog.values()
    }
    for part in plan.subplans.values():
        own |= measured_by(part, part.policy or policy.general)
    return own


@frozen(kw_only=True)
class Entry:
    """What is known of an indicator at one period.

    `blank` is the verdict where nothing was reported, `idle` where something was that is compared
    with nothing; `case` and what follows tell what a figure is compared with, if it is `compared`.
    """

    blank: Verdict
    idle: Verdict
    compared: bool = False
    measured: Measured | None = None
    period: Period | None = None
    expectation: Expectation | None = None
    rule: ScoringRule | None = None
    scale: AnyScale | None = None
    expected: float = math.nan
    case: Case | None = None
    final: Case | None = None
    relative: bool = False
    generous: bool = False
    targeted: bool = False
    decidable: bool = False
    further: bool = False
    at_target: bool = False
    past_target: bool = False


def aside(why: SetAside) -> Entry:
    """The entry of what cannot be assessed."""
    verdict = (SET_ASIDE, why.value)
    return Entry(blank=verdict, idle=verdict)


def entry_of(measured: Measured, period: Period, *, references: bool) -> Entry:
    """What is known of an indicator at a period, as `ipplan.assessment.evaluate` has it.

    `references`: the data has the figures that relative bounds are multiples of.
    """
    indicator, policy = measured.indicator, measured.policy
    rule = policy.rule_of(indicator.id)
    try:
        expectation = indicator.expected(period)
    except InterpolationError:
        verdict = _told(State.NOT_COMPUTABLE, Reason.EXPECTED_NOT_FINITE)
        return Entry(blank=verdict, idle=verdict)
    state, reason = unreported(indicator, rule, period)
    blank = _told(state, reason)
    shown = expectation if state is State.MISSING else None
    expected = math.nan if shown is None else shown.bound.value
    if not indicator.is_due(period):
        return Entry(blank=blank, idle=blank, expected=expected)
    relative = indicator.trajectory.relative_to
    idle = blank
    if relative is not None and expectation is not None:
        benchmark = relative is Reference.BENCHMARK
        lacking = Reason.BENCHMARK_MISSING if benchmark else Reason.PREVIOUS_MISSING
        idle = _told(State.NOT_COMPUTABLE, lacking)
        if not references:
            return Entry(blank=blank, idle=idle, expected=expected, relative=True)
    return _compared(measured, period, expectation, rule=rule, blank=blank, idle=idle)


def _told(state: State, reason: Reason | None) -> Verdict:
    return state.value, None if reason is None else reason.value


def _compared(
    measured: Measured,
    period: Period,
    expectation: Expectation | None,
    *,
    rule: ScoringRule,
    blank: Verdict,
    idle: Verdict,
) -> Entry:
    indicator, policy = measured.indicator, measured.policy
    target, at = indicator.trajectory.target, period.position
    relative = expectation is not None and indicator.trajectory.relative_to is not None
    known = Entry(
        blank=blank,
        idle=idle,
        compared=True,
        measured=measured,
        period=period,
        expectation=expectation,
        rule=rule,
        scale=policy.statuses_of(rule),
        case=case_at(indicator, math.nan, expectation, period),
        final=Case.of(math.nan, target.bound) if target else None,
        relative=relative,
    )
    if target is None or expectation is None:
        return known
    return evolve(
        known,
        expected=expectation.bound.value,
        generous=policy.exceeding is Exceeding.MET,
        targeted=True,
        decidable=decides_now(indicator, expectation) and not relative,
        further=asks_further(indicator, expectation),
        at_target=at >= target.period.position,
        past_target=at > target.period.position,
    )
