"""Results: one for each indicator, and the assessment that holds them with its total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from attrs import field, frozen

from ipplan.aggregation import Aggregate
from ipplan.assessment.basis import Basis
from ipplan.assessment.delivery import (
    DeliverableResult,
    SectionResult,
    phases_of,
    streams_of,
)
from ipplan.assessment.planned import Planned
from ipplan.assessment.policy import Policy
from ipplan.assessment.tasks import (
    PartLike,
    Scorecard,
    TaskResult,
    plainly,
    scorecard,
    task_results,
)
from ipplan.interpolation import Interpolation
from ipplan.model.actuals import Actuals, Reported
from ipplan.model.bound import Bound
from ipplan.model.catalog import Catalog
from ipplan.model.delivery import DeliveryReport
from ipplan.model.indicator import Assumption, Indicator
from ipplan.model.observation import Observation
from ipplan.model.trajectory import Expectation
from ipplan.model.version import VersionUsed
from ipplan.periods import Period
from ipplan.reasons import Reason, State, Unused
from ipplan.scoring import ScoringRule
from ipplan.status import Graded, StatusClass, StatusScale
from ipplan.text import Lang, Text

__all__ = ["Assessment", "NotUsed", "Result"]


@frozen(kw_only=True)
class Result:
    """What one indicator comes to; every figure is in the indicator's own unit.

    `ratio` and `progress` stand side by side; `attainment` is the one that the policy scores, not
    limited; `score` is on the policy's scale. A figure that is undefined is None, and its reason
    stands in `no_ratio`, `no_progress` and, for the scored one, `reason`. `baseline_taken`: the
    policy took the indicator's baseline from the figures reported (`baseline_from`).
    `compared_with` is the report that a relative bound is a multiple of.
    """

    indicator: Indicator
    as_of: Period
    policy: Policy
    reported: Reported | None
    expectation: Expectation | None
    state: State
    reason: Reason | None = None
    met: bool | None = None
    ratio: float | None = None
    no_ratio: Reason | None = None
    progress: float | None = None
    no_progress: Reason | None = None
    attainment: float | None = None
    score: float | None = None
    status: StatusClass | None = None
    baseline_taken: bool = False
    compared_with: Reported | None = None
    plan_assumptions: tuple[Assumption, ...] = field(default=(), repr=False)

    @property
    def id(self) -> str:
        """The indicator's id."""
        return self.indicator.id

    @property
    def rule(self) -> ScoringRule:
        """The rule that the policy scores the indicator by."""
        return self.policy.rule_of(self.indicator.id)

    @property
    def value(self) -> float | None:
        """What the rule gives: the attainment, a growth, a pace; the same as `attainment`."""
        return self.attainment

    @property
    def name(self) -> Text:
        """The indicator's name."""
        return self.indicator.name

    @property
    def unit(self) -> str:
        """The indicator's unit."""
        return self.indicator.unit

    @property
    def observation(self) -> Observation | None:
        """The observation that was taken."""
        return None if self.reported is None else self.reported.taken

    @property
    def conflicts(self) -> tuple[Observation, ...]:
        """What other sources say of the same time, where it differs."""
        return () if self.reported is None else self.reported.conflicts

    @property
    def period(self) -> Period:
        """The period compared: that of the observation, or the as-of period where there is none."""
        return self.as_of if self.reported is None else self.reported.taken.period

    @property
    def actual(self) -> float | None:
        """The value observed."""
        return None if self.reported is None else self.reported.taken.value

    @property
    def required(self) -> Bound | None:
        """The bound that should hold at `period`; None while nothing is due."""
        return None if self.expectation is None else self.expectation.bound

    @property
    def expected(self) -> float | None:
        """The figure of `required`; for a `between`, its middle."""
        return None if self.expectation is None else self.expectation.bound.value

    @property
    def target(self) -> float | None:
        """The figure of the final milestone; for a `between`, its middle.

        None without one, and where it is a multiple of a figure yet to be reported.
        """
        bound, relative = self.indicator.target, self.indicator.trajectory.relative_to
        return None if bound is None or relative is not None else bound.value

    @property
    def gap(self) -> float | None:
        """The actual less the nearest figure of `required`; 0 within a `between`."""
        if self.reported is None or self.expectation is None:
            return None
        bound, actual = self.expectation.bound, self.reported.taken.value
        if bound.low <= actual <= bound.high:
            return 0.0
        return actual - bound.edge(actual)

    @property
    def coverage(self) -> float:
        """1 where there is a score, else 0."""
        return 0.0 if self.score is None else 1.0

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What this result rests on that the plan's text does not say.

        What the plan assumes between milestones concerns straight lines only: steps are stated.
        What it assumes of departments concerns who answers, and no figure.
        """
        straight = self.indicator.trajectory.interpolation is Interpolation.LINEAR
        expectation = self.expectation
        interpolated = straight and expectation is not None and expectation.interpolated
        general = (
            assumption
            for assumption in self.plan_assumptions
            if assumption.about != "departments"
            and (interpolated or assumption.about != "interpolation")
        )
        return (*self.indicator.assumptions, *general)

    def explain(self, lang: Lang | str = Lang.EN) -> str:
        """How the result came to be: inputs, source, clause, formula with numbers, policy."""
        from ipplan.assessment.explain import explain_result

        return explain_result(self, lang)

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values that JSON can hold."""
        from ipplan.assessment.plain import result_to_dict

        return result_to_dict(self)


@frozen(kw_only=True)
class NotUsed:
    """An observation or a report of a deliverable that was read and not used, and why."""

    entry: Observation | DeliveryReport
    why: Unused


@frozen(kw_only=True, repr=False)
class Assessment(Mapping[str, Result]):
    """All results of a plan as of a period, with the total; a mapping of results by indicator id.

    `quotas` holds the results of what the plan asks for outside its table of indicators; they are
    no part of the total. `deliverables`, `phases` and `workstreams` tell what was delivered,
    `tasks` and `departments` what became of each task and of those who answer for it, `subplans`
    are the assessments of the sub-plans, by id.

    `score` is None where nothing was scored; `coverage` is the share of the weight that was due
    and has a score. Printing it gives a table.
    """

    plan: Planned = field(eq=False, repr=False)
    as_of: Period
    policy: Policy
    results: Catalog[Result]
    quotas: Catalog[Result]
    deliverables: Catalog[DeliverableResult]
    subplans: Catalog[Assessment]
    total: Aggregate
    actuals: Actuals
    version: VersionUsed = field(factory=VersionUsed)

    @property
    def plan_id(self) -> str:
        """The plan's id."""
        return self.plan.id

    @property
    def title(self) -> Text:
        """The plan's title."""
        return self.plan.title

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What the plan as a whole rests on that its text does not say."""
        return self.plan.assumptions

    @property
    def amended_by(self) -> tuple[str, ...]:
        """The ids of the amendments that the version of the plan assessed has in it."""
        return tuple(each.id for each in self.version.counted)

    @property
    def id(self) -> str:
        """The plan's id."""
        return self.plan_id

    @property
    def basis(self) -> Basis:
        """What the scores rest on: the plan and its version, the period, the policy."""
        return Basis(
            plan_id=self.plan_id,
            title=self.title,
            as_of=self.as_of,
            policy=self.policy,
            version=self.version,
            problems=self.actuals.problems,
        )

    @property
    def state(self) -> State:
        """How far there is a total: not due where nothing is, missing where none was reported."""
        if self.score is not None:
            return State.SCORED
        states = {result.state for result in self.results.values()} - {State.NOT_DUE}
        if not states:
            return State.NOT_DUE
        return State.MISSING if states == {State.MISSING} else State.NOT_COMPUTABLE

    @property
    def reason(self) -> Reason | None:
        """Why there is no total."""
        return self.total.reason

    @property
    def score(self) -> float | None:
        """The total on the policy's scale; None where nothing was scored."""
        return self.total.score

    @property
    def coverage(self) -> float:
        """The share of the weight due that has a score, from 0 to 1."""
        return self.total.coverage

    @property
    def status(self) -> StatusClass | None:
        """The class of the total, where the policy's status scale grades scores.

        `achieved` overrides it only where every scored indicator has achieved its target.
        """
        scale = self.policy.statuses_of(self.policy.rule)
        if self.score is None or not isinstance(scale, StatusScale):
            return None
        if scale.graded is not Graded.SCORE:
            return None
        groups = set(self.policy.group_ids())
        counted = [id for id in self.contributions if id in self.results or id in groups]
        words = [self.results[id].status if id in self.results else None for id in counted]
        achieved = bool(words) and all(each == scale.achieved for each in words)
        return scale.of(self.score, achieved=achieved and not self.total.vetoed_by)

    @property
    def contributions(self) -> Mapping[str, float]:
        """What adds up to the score (math.fsum), by id.

        Of scored indicators, and of what stands for missing ones, of adjustments and of a veto
        where the policy has them.
        """
        return dict(self.total.contributions)

    @property
    def groups(self) -> Mapping[str, Aggregate]:
        """The total of each group of the policy's tree, with its coverage, by id."""
        return dict(self.total.groups)

    def scorecards(self, *, expand: bool = False) -> Catalog[Scorecard]:
        """The departments' scorecards; `expand`: of the members of collectives in their place.

        Each member then has an equal share of the collective's credits, so that totals stay.
        """
        links, bodies = self.plan.links, self.plan.departments
        duties = links.expanded if expand else links.duties
        basis, summing = self.basis, plainly(self.policy)
        credits = self.policy.credits
        earned = links.credits(lead=credits.lead, support=credits.support, expand=expand)
        collectives = [body for body in bodies.values() if body.members]
        cards = {
            id: scorecard(
                body,
                duties[id],
                earned[id],
                tasks=self.tasks,
                basis=basis,
                summing=summing,
                member_of=tuple([each for each in collectives if id in each.members]),
            )
            for id, body in bodies.items()
            if not (expand and body.members)
        }
        return Catalog.trusted("department", cards)

    @cached_property
    def tasks(self) -> Catalog[TaskResult]:
        """The result of every task, out of its indicators, quotas, deliverables and sub-plans."""
        every: dict[str, PartLike] = {**self.results, **self.quotas, **self.deliverables}
        for each in self.subplans.values():
            every |= {f"subplans.{each.id}": each, **each.quotas, **each.deliverables}
        return Catalog.trusted("task", task_results(self.plan, every, self.basis))

    @cached_property
    def phases(self) -> Catalog[SectionResult]:
        """What came of the deliverables of each phase."""
        return Catalog.trusted("phase", phases_of(self.plan, self.deliverables, self.as_of))

    @cached_property
    def workstreams(self) -> Catalog[SectionResult]:
        """What came of the deliverables of each workstream."""
        return Catalog.trusted("workstream", streams_of(self.plan, self.deliverables, self.as_of))

    @cached_property
    def departments(self) -> Catalog[Scorecard]:
        """The scorecard of every department, also of those with nothing scored yet, by id."""
        return self.scorecards()

    @property
    def conflicts(self) -> tuple[Reported, ...]:
        """Where sources disagree, anywhere in what was reported of the plan."""
        known = {result.id for result in _every_result(self)}
        return tuple(each for each in self.actuals.conflicts if each.taken.indicator in known)

    @property
    def not_used(self) -> tuple[NotUsed, ...]:
        """Every observation that no result was made from, in the order given, and why."""
        results = [*_every_result(self)]
        taken = {id(result.observation) for result in results}
        taken |= {id(result.compared_with.taken) for result in results if result.compared_with}
        taken |= {id(result.report) for result in _every_deliverable(self)}
        # What an indicator borrows from what it is the same as may be a copy, in its own unit.
        borrowed = {
            _key(result.observation)
            for result in results
            if result.observation is not None and result.observation.indicator != result.id
        }
        taken |= {id(each) for each in self.actuals.observations if _key(each) in borrowed}
        # A sub-plan is assessed on the actuals of the whole: what is not its own is not told.
        known = {result.id for result in results}
        promised = {result.id for result in _every_deliverable(self)}
        actuals = self.actuals
        entries: list[Observation | DeliveryReport] = [
            each for each in (*actuals.observations, *actuals.benchmarks) if each.indicator in known
        ]
        entries += [each for each in actuals.reports if each.deliverable in promised]
        benchmarks = {id(each) for each in self.actuals.benchmarks}
        return tuple(
            NotUsed(entry=entry, why=self._why_unused(entry, benchmark=id(entry) in benchmarks))
            for entry in entries
            if id(entry) not in taken
        )

    def _why_unused(self, entry: Observation | DeliveryReport, *, benchmark: bool) -> Unused:
        if isinstance(entry, DeliveryReport):
            return Unused.AFTER_AS_OF if entry.at > self.as_of.position else Unused.SUPERSEDED
        if entry.period.position > self.as_of.position:
            return Unused.AFTER_AS_OF
        result = self.result(entry.indicator)
        compared, taken = result.compared_with, result.observation
        if benchmark:
            then = None if compared is None else compared.taken.period.position
            other = then == entry.period.position
            return Unused.OTHER_SOURCE if other else Unused.NO_COMPARISON
        if taken is not None and taken.period.position == entry.period.position:
            return Unused.OTHER_SOURCE
        start = result.indicator.trajectory.baseline
        known = None if start is None else (start.period, start.value)
        if result.baseline_taken and known == (entry.period, entry.value):
            return Unused.BASELINE
        due = result.indicator.is_due(entry.period)
        return Unused.SUPERSEDED if due else Unused.NOTHING_DUE

    def result(self, id: str) -> Result:
        """The result of an indicator or a quota, also of a sub-plan; UnknownIdError for neither."""
        for below in self.subplans.values():
            if id in below.results or id in below.quotas:
                return below.result(id)
        return self.quotas[id] if id in self.quotas else self.results[id]

    def __getitem__(self, indicator: str) -> Result:
        return self.results[indicator]

    def __iter__(self) -> Iterator[str]:
        return iter(self.results)

    def __len__(self) -> int:
        return len(self.results)

    def __repr__(self) -> str:
        return (
            f"Assessment(plan {self.plan_id!r}, as_of={self.as_of}, score={self.score}, "
            f"coverage={self.coverage})"
        )

    def __str__(self) -> str:
        return self.to_table()

    def to_table(self, lang: Lang | str = Lang.EN) -> str:
        """The table for a terminal, aligned for Chinese text too, with notes below it."""
        from ipplan.assessment.table import assessment_table

        return assessment_table(self, lang)

    def to_markdown(self, lang: Lang | str = Lang.EN) -> str:
        """The table and its notes in Markdown."""
        from ipplan.assessment.table import assessment_markdown

        return assessment_markdown(self, lang)

    def departments_table(self, lang: Lang | str = Lang.EN, *, expand: bool = False) -> str:
        """The departments, a row for each with its score and coverage, or why it has no score."""
        from ipplan.assessment.delivery_table import departments_page

        return departments_page(self, lang, expand=expand).to_text()

    def delivery_table(self, lang: Lang | str = Lang.EN, *, expand: bool = False) -> str:
        """What became of departments, phases, workstreams, tasks and their parts, deliverables.

        `expand` shows the members of collectives in their place. `departments[id].to_table()` is
        one department's scorecard.
        """
        from ipplan.assessment.delivery_table import delivery_page

        return delivery_page(self, lang, expand=expand).to_text()

    def delivery_markdown(self, lang: Lang | str = Lang.EN, *, expand: bool = False) -> str:
        """The same as a Markdown document."""
        from ipplan.assessment.delivery_table import delivery_page

        return delivery_page(self, lang, expand=expand).to_markdown()

    def _repr_html_(self) -> str:
        from ipplan.assessment.table import assessment_html

        return assessment_html(self)

    def explain(self, lang: Lang | str = Lang.EN) -> str:
        """How the total came to be: contributions, what is missing, conflicts, policy."""
        from ipplan.assessment.explain import explain_total

        return explain_total(self, lang)

    def to_dict(self) -> dict[str, Any]:
        """The assessment as plain values that JSON can hold."""
        from ipplan.assessment.plain import assessment_to_dict

        return assessment_to_dict(self)

    def to_json(self, *, indent: int | None = 2) -> str:
        """The assessment as JSON; Chinese text stays readable."""
        import json

        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent, allow_nan=False)


def _key(observation: Observation) -> tuple[str, float, str]:
    """What tells the observations of an assessment apart: one source says one thing of a time."""
    return observation.indicator, observation.period.position, observation.source


def _every_result(assessment: Assessment) -> Iterator[Result]:
    """The results of a plan and of its sub-plans."""
    yield from assessment.results.values()
    yield from assessment.quotas.values()
    for below in assessment.subplans.values():
        yield from _every_result(below)


def _every_deliverable(assessment: Assessment) -> Iterator[DeliverableResult]:
    yield from assessment.deliverables.values()
    for below in assessment.subplans.values():
        yield from _every_deliverable(below)
