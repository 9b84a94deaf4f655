"""Results: one for each indicator, and the assessment that holds them with its total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import field, frozen

from ipplan.aggregation import Aggregate
from ipplan.assessment.policy import Policy
from ipplan.interpolation import Interpolation
from ipplan.model.actuals import Actuals, Reported
from ipplan.model.bound import Bound
from ipplan.model.catalog import Catalog
from ipplan.model.indicator import Assumption, Indicator
from ipplan.model.observation import Observation
from ipplan.model.trajectory import Expectation
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
    def assumptions(self) -> tuple[Assumption, ...]:
        """What this result rests on that the plan's text does not say.

        What the plan assumes between milestones concerns straight lines only: steps are stated.
        """
        straight = self.indicator.trajectory.interpolation is Interpolation.LINEAR
        expectation = self.expectation
        interpolated = straight and expectation is not None and expectation.interpolated
        general = (
            assumption
            for assumption in self.plan_assumptions
            if interpolated or assumption.about != "interpolation"
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
    """An observation that was read and not used, and why."""

    observation: Observation
    why: Unused


def _no_quotas() -> Catalog[Result]:
    return Catalog("quota", ())


@frozen(kw_only=True, repr=False)
class Assessment(Mapping[str, Result]):
    """All results of a plan as of a period, with the total; a mapping of results by indicator id.

    `quotas` holds the results of what the plan asks for outside its table of indicators; they are
    no part of the total.

    `score` is None where nothing was scored; `coverage` is the share of the weight that was due
    and has a score. Printing it gives a table.
    """

    plan_id: str
    title: Text
    as_of: Period
    policy: Policy
    results: Catalog[Result]
    total: Aggregate
    actuals: Actuals
    quotas: Catalog[Result] = field(factory=_no_quotas)
    assumptions: tuple[Assumption, ...] = ()

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

    @property
    def conflicts(self) -> tuple[Reported, ...]:
        """Where sources disagree, anywhere in the actuals."""
        return self.actuals.conflicts

    @property
    def not_used(self) -> tuple[NotUsed, ...]:
        """Every observation that no result was made from, in the order given, and why."""
        every = (*self.results.values(), *self.quotas.values())
        taken = {id(result.observation) for result in every}
        return tuple(
            NotUsed(observation=observation, why=self._why_unused(observation))
            for observation in self.actuals.observations
            if id(observation) not in taken
        )

    def _why_unused(self, observation: Observation) -> Unused:
        if observation.period.position > self.as_of.position:
            return Unused.AFTER_AS_OF
        result = self.result(observation.indicator)
        taken = result.observation
        if taken is not None and taken.period.position == observation.period.position:
            return Unused.OTHER_SOURCE
        start = result.indicator.trajectory.baseline
        known = None if start is None else (start.period, start.value)
        if result.baseline_taken and known == (observation.period, observation.value):
            return Unused.BASELINE
        due = result.indicator.is_due(observation.period)
        return Unused.SUPERSEDED if due else Unused.NOTHING_DUE

    def result(self, id: str) -> Result:
        """The result of an indicator or a quota; raises UnknownIdError for neither."""
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
