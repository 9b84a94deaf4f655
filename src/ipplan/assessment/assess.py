"""Assessing: what a plan asks for, what was reported and a policy become an assessment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from attrs import evolve

from ipplan.aggregation import Part
from ipplan.aggregation.beyond import unfit_adjustments
from ipplan.assessment.basis import Basis
from ipplan.assessment.delivery import DeliverableResult, SectionResult, deliver, section
from ipplan.assessment.evaluate import evaluate
from ipplan.assessment.policy import Policy
from ipplan.assessment.result import Assessment, Result
from ipplan.assessment.tasks import PartLike, TaskResult, plainly, task_result
from ipplan.model.actuals import Actuals
from ipplan.model.amendment import Amendment
from ipplan.model.catalog import Catalog
from ipplan.model.deliverable import Deliverable, Promise, Workstream
from ipplan.model.department import Department
from ipplan.model.fields import refuse
from ipplan.model.indicator import Assumption, Indicator
from ipplan.model.links import Links, PartKind
from ipplan.model.phase import Phase
from ipplan.model.task import Task
from ipplan.model.version import VersionUsed
from ipplan.periods import Period
from ipplan.reasons import State
from ipplan.text import Text

__all__ = ["assess"]


class _Planned(Protocol):
    """What an assessment wants to know of a plan, which stands in a layer above."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> Text: ...
    @property
    def start(self) -> Period: ...
    @property
    def end(self) -> Period: ...
    @property
    def indicators(self) -> Catalog[Indicator]: ...
    @property
    def quotas(self) -> Catalog[Indicator]: ...
    @property
    def deliverables(self) -> Catalog[Deliverable]: ...
    @property
    def phases(self) -> Catalog[Phase]: ...
    @property
    def workstreams(self) -> Catalog[Workstream]: ...
    @property
    def tasks(self) -> Catalog[Task]: ...
    @property
    def departments(self) -> Catalog[Department]: ...
    @property
    def assumptions(self) -> tuple[Assumption, ...]: ...
    @property
    def measured(self) -> Catalog[Indicator]: ...
    @property
    def promised(self) -> Catalog[Promise]: ...
    @property
    def links(self) -> Links: ...
    @property
    def policy(self) -> Policy | None: ...
    @property
    def amendments(self) -> Catalog[Amendment]: ...
    @property
    def amended_by(self) -> tuple[str, ...]: ...
    @property
    def subplans(self) -> Mapping[str, _Planned]: ...


def assess(
    plan: _Planned,
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
    basis = Basis(
        plan_id=plan.id,
        title=plan.title,
        as_of=as_of,
        policy=policy,
        version=version,
        problems=actuals.problems,
    )
    tasks = _tasks(plan, basis, results, quotas, delivered, below)
    phases, streams = _sections(plan, delivered, as_of)
    return Assessment(
        plan_id=plan.id,
        title=plan.title,
        as_of=as_of,
        policy=policy,
        results=Catalog.trusted("indicator", {each.id: each for each in results}),
        quotas=Catalog.trusted("quota", {each.id: each for each in quotas}),
        deliverables=Catalog.trusted("deliverable", delivered),
        phases=Catalog.trusted("phase", phases),
        workstreams=Catalog.trusted("workstream", streams),
        tasks=Catalog.trusted("task", tasks),
        bodies=plan.departments,
        links=plan.links,
        subplans=Catalog.trusted("sub-plan", {each.id: each for each in below}),
        total=policy.summing(weights).total(parts, points),
        actuals=actuals,
        assumptions=plan.assumptions,
        version=version,
    )


def _below(part: _Planned, actuals: Actuals, as_of: Period, policy: Policy) -> Assessment:
    """The assessment of a sub-plan, by its own policy or what of the given one names no ids."""
    return assess(
        part,
        evolve(actuals, problems=()) if actuals.problems else actuals,  # told of the whole
        as_of=as_of,
        policy=part.policy or policy.general,
        adjustments={},
        version=VersionUsed.of(part.amendments, part.amended_by),
    )


def _tasks(
    plan: _Planned,
    basis: Basis,
    results: list[Result],
    quotas: list[Result],
    delivered: Mapping[str, DeliverableResult],
    below: list[Assessment],
) -> dict[str, TaskResult]:
    every: dict[str, PartLike] = {each.id: each for each in (*results, *quotas)}
    every |= delivered
    for each in below:
        every |= {f"subplans.{each.id}": each, **each.quotas, **each.deliverables}
    summing = plainly(basis.policy)
    weights = {kind: basis.policy.credits.weight(kind) for kind in PartKind}
    return {
        id: task_result(
            task,
            plan.links.parts[id],
            results=every,
            basis=basis,
            weights=weights,
            summing=summing,
        )
        for id, task in plan.tasks.items()
    }


def _sections(
    plan: _Planned, delivered: Mapping[str, DeliverableResult], as_of: Period
) -> tuple[dict[str, SectionResult], dict[str, SectionResult]]:
    """What came of the deliverables of each phase, and of each workstream."""
    phases: dict[str | None, list[DeliverableResult]] = {id: [] for id in plan.phases}
    streams: dict[str | None, list[DeliverableResult]] = {id: [] for id in plan.workstreams}
    for each in delivered.values():
        item = each.promise.deliverable
        phases.setdefault(item.phase, []).append(each)
        streams.setdefault(item.workstream, []).append(each)
    return (
        {
            id: section(id, each.name, phases[id], start=each.start, end=each.end, as_of=as_of)
            for id, each in plan.phases.items()
        },
        {
            id: section(id, each.name, streams[id], start=plan.start, end=plan.end, as_of=as_of)
            for id, each in plan.workstreams.items()
        },
    )
