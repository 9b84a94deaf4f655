"""Assessing: every indicator's result, and the total that the policy makes of their scores."""

from __future__ import annotations

from collections.abc import Mapping

from ipplan.aggregation import Part
from ipplan.aggregation.beyond import unfit_adjustments
from ipplan.assessment.evaluate import evaluate
from ipplan.assessment.policy import Policy
from ipplan.assessment.result import Assessment
from ipplan.model.actuals import Actuals
from ipplan.model.catalog import Catalog
from ipplan.model.fields import refuse
from ipplan.model.indicator import Assumption, Indicator
from ipplan.periods import Period
from ipplan.reasons import State
from ipplan.text import Text

__all__ = ["assess"]


def assess(
    indicators: Mapping[str, Indicator],
    actuals: Actuals,
    *,
    quotas: Mapping[str, Indicator] | None = None,
    as_of: Period,
    policy: Policy,
    adjustments: Mapping[str, float],
    plan_id: str,
    title: Text,
    assumptions: tuple[Assumption, ...],
) -> Assessment:
    """The assessment of checked actuals; raises ModelError for a policy that does not fit.

    Quotas have results of their own, which are no part of the total.
    """
    ids = (*indicators, *policy.group_ids())
    refuse([*policy.unfit(indicators), *unfit_adjustments(adjustments, policy.caps, ids)])
    weights = policy.weights_of(indicators)
    results = [
        evaluate(indicator, actuals, as_of=as_of, policy=policy, plan_assumptions=assumptions)
        for indicator in indicators.values()
    ]
    further = [
        evaluate(quota, actuals, as_of=as_of, policy=policy, plan_assumptions=assumptions)
        for quota in (quotas or {}).values()
    ]
    parts = (
        Part(
            id=each.id,
            weight=weights[each.id],
            score=each.score,
            missing=each.state is State.MISSING,
        )
        for each in results
        if each.state is not State.NOT_DUE
    )
    points = {id: float(each) for id, each in adjustments.items()}
    return Assessment(
        plan_id=plan_id,
        title=title,
        as_of=as_of,
        policy=policy,
        results=Catalog("indicator", results),
        quotas=Catalog("quota", further),
        total=policy.summing(weights).total(parts, points),
        actuals=actuals,
        assumptions=assumptions,
    )
