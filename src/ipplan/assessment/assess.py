"""Assessing: what a plan asks for, what was reported and a policy become an assessment."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from ipplan.aggregation import Part
from ipplan.aggregation.beyond import unfit_adjustments
from ipplan.assessment.delivery import deliver
from ipplan.assessment.evaluate import evaluate
from ipplan.assessment.planned import Planned
from ipplan.assessment.policy import Policy
from ipplan.assessment.result import Assessment
from ipplan.model.actuals import Actuals
from ipplan.model.catalog import Catalog
from ipplan.model.fields import refuse
from ipplan.model.version import VersionUsed
from ipplan.periods import Period
from ipplan.reasons import State

__all__ = ["assess"]


def assess(
    plan: Planned,
    actuals: Actuals,
    *,
    as_of: Period,
    policy: Policy,
    adjustments: Mapping[str, float],
    version: VersionUsed,
) -> Assessment:
    """The assessment of checked actuals; raises ModelError for a policy that does not fit.

    The score is that of the plan's own indicators. Quotas, deliverables, tasks, departments and
    sub-plans have results of their own, which are no part of it.
    """
    ids = (*plan.indicators, *policy.group_ids())
    refuse([*policy.unfit(plan.indicators), *unfit_adjustments(adjustments, policy.caps, ids)])
    if policy.prefer != actuals.prefer or policy.tolerance != actuals.tolerance:
        actuals = evolve(actuals, prefer=policy.prefer, tolerance=policy.tolerance)
    weights = policy.weights_of(plan.indicators)
    results, quotas = (
        [
            evaluate(each, actuals, as_of=as_of, policy=policy, plan_assumptions=plan.assumptions)
            for each in catalog.values()
        ]
        for catalog in (plan.indicators, plan.quotas)
    )
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
    delivered = {
        id: deliver(
            plan.promised[id],
            actuals.delivery(id, as_of),
            as_of=as_of,
            credits=policy.credits,
            scale=policy.rule.scale,
        )
        for id in plan.deliverables
    }
    below = [_below(part, actuals, as_of, policy) for part in plan.subplans.values()]
    return Assessment(
        plan=plan,
        as_of=as_of,
        policy=policy,
        results=Catalog.trusted("indicator", {each.id: each for each in results}),
        quotas=Catalog.trusted("quota", {each.id: each for each in quotas}),
        deliverables=Catalog.trusted("deliverable", delivered),
        subplans=Catalog.trusted("sub-plan", {each.id: each for each in below}),
        total=policy.summing(weights).total(parts, points),
        actuals=actuals,
        version=version,
    )


def _below(part: Planned, actuals: Actuals, as_of: Period, policy: Policy) -> Assessment:
    """The assessment of a sub-plan, by its own policy or what of the given one names no ids."""
    return assess(
        part,
        evolve(actuals, problems=()) if actuals.problems else actuals,  # told of the whole
        as_of=as_of,
        policy=part.policy or policy.general,
        adjustments={},
        version=VersionUsed.of(part.amendments, part.amended_by),
    )
