"""Laws of whole assessments: what holds of a plan's results, whatever the rule and the mean."""

from __future__ import annotations

import enum
import itertools
import math
import numbers
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TypeAlias

from attrs import evolve, fields, frozen
from hypothesis import strategies as st

from ipplan.assessment.policy import Policy
from ipplan.assessment.result import Assessment, Result
from ipplan.errors import ModelError, Problem, shown
from ipplan.model.actuals import Actuals
from ipplan.model.bound import Bound
from ipplan.model.indicator import Indicator
from ipplan.model.observation import Observation, Verification
from ipplan.periods import Period
from ipplan.plan import Plan
from ipplan.presets import as_policy
from ipplan.reasons import Reason, State
from ipplan.testing.broken import Fault, answering, claimed, name_of, try_laws
from ipplan.testing.strategies import indicators, periods, reports_of
from ipplan.text import Text

__all__ = ["Assess", "AssessmentLaw", "check_assessment"]

Assess: TypeAlias = Callable[[Plan, Mapping[str, Actuals], Period], Mapping[str, Assessment]]
"""`assess(plan, regions, as_of)`: what each region reported becomes each region's assessment."""


class AssessmentLaw(enum.Enum):
    """What an assessment keeps; a law's value says it in plain words."""

    DETERMINATE = (
        "every result has a finite score, or a state and a reason; never NaN, inf or an exception"
    )
    """The total too has a finite score or a reason."""
    MISSING_IS_NEVER_ZERO = "an indicator without a report has no score"
    """What the total makes of it is the policy's choice."""
    AS_OF_IS_A_CUT = "what is reported for later periods changes nothing"
    INDICATORS_ARE_INDEPENDENT = "leaving out an indicator changes no other one's result"
    REGIONS_ARE_INDEPENDENT = "adding a region changes nothing of another region"
    ORDER_FREE = "the order of what is reported changes nothing"
    """Of several sources for one indicator and time, the order is kept: the first one counts."""
    CONTRIBUTIONS_SUM = (
        "contributions add up to the score exactly, coverage is a share, "
        "and where nothing is scored there is no score"
    )


@frozen(kw_only=True)
class Sample:
    """What a law is tried on: a plan, what two regions reported, and a time."""

    plan: Plan
    regions: Mapping[str, Actuals]
    as_of: Period


@st.composite
def rows(draw: st.DrawFn) -> tuple[Indicator, list[Observation], list[Observation]]:
    """An indicator with what is reported of it in north and in south.

    They are drawn together, so that they leave a counterexample together.
    """
    indicator = draw(indicators(most=2, first=1997, last=2005, bare=True))
    reports = reports_of(indicator, first=1999, last=2007, most=2, bare=True)
    return indicator, draw(reports), draw(reports)


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    """Plans of one or two indicators, reported in two regions before, in and after the plan."""
    drawn = draw(st.lists(rows(), min_size=1, max_size=2, unique_by=lambda row: row[0].id))
    measured, north, south = zip(*drawn, strict=True)
    return Sample(
        plan=Plan(id="a", title=Text(en="A plan"), start=2001, end=2005, indicators=measured),
        regions={
            "north": Actuals(observations=itertools.chain(*north)),
            "south": Actuals(observations=itertools.chain(*south)),
        },
        as_of=draw(st.one_of(st.just(Period.of(2005)), periods(first=2000, last=2007))),
    )


@frozen(kw_only=True)
class ByPolicy:
    """The assessment of each region under one policy."""

    policy: Policy

    @property
    def name(self) -> str:
        """What it is called where it breaks a law."""
        return f"Plan.assess by {self.policy.rule.name}"

    def __call__(
        self, plan: Plan, regions: Mapping[str, Actuals], as_of: Period
    ) -> Mapping[str, Assessment]:
        return {
            region: plan.assess(actuals, as_of=as_of, policy=self.policy)
            for region, actuals in regions.items()
        }


def check_assessment(
    assess: Assess | None = None,
    laws: Iterable[AssessmentLaw] | None = None,
    max_examples: int = 50,
    *,
    policy: Policy | str | None = None,
) -> None:
    """Try the laws of `assess(plan, regions, as_of)`; raise LawBroken for a breach.

    It takes a plan, `{region: Actuals}` and a Period, and gives `{region: Assessment}`. Without
    it, `Plan.assess` is tried under `policy`, a Policy or the name of a preset, without its
    weights, rules by id, groups and veto: they name the indicators of one plan. The laws tried are
    those given, or those in its own attribute `laws`, or else all.

    >>> check_assessment(policy=Policy(rule="progress", missing="zero"))
    >>> check_assessment(lambda plan, regions, as_of: {})  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ipplan.testing.broken.LawBroken: <lambda> breaks the law DETERMINATE
    """
    if assess is None:
        given = Policy() if policy is None else as_policy(policy)
        assess = ByPolicy(policy=given.general)
    elif policy is not None:
        raise ModelError(
            Problem(place="policy", expected="none beside `assess`", found=shown(policy))
        )
    tried = claimed(assess, laws, AssessmentLaw)
    asked = answering(partial(_each_region, assess), _shown)
    faults = {law: partial(fault, asked) for law, fault in _FAULTS.items() if law in tried}
    try_laws(faults, name_of(assess), samples(), max_examples=max_examples)


def _each_region(
    assess: Assess, plan: Plan, regions: Mapping[str, Actuals], as_of: Period
) -> Mapping[str, Assessment]:
    found = assess(plan, regions, as_of)
    return {region: found[region] for region in regions}


def _assessed(assess: Assess, sample: Sample) -> Mapping[str, Assessment]:
    return assess(sample.plan, sample.regions, sample.as_of)


def _indeterminate(assess: Assess, sample: Sample) -> Fault | None:
    for region, assessment in _assessed(assess, sample).items():
        unsound = next(_unsound(assessment), None)
        if unsound is not None:
            return _fault(sample, f"{region}, {unsound}")
    return None


def _unsound(assessment: Assessment) -> Iterator[str]:
    """What has neither a finite figure nor a reason, in words."""
    for id, result in assessment.items():
        scored = result.state is State.SCORED
        if scored is (result.score is None) or scored is isinstance(result.reason, Reason):
            told = (f"{name} {_said(getattr(result, name))}" for name in _VERDICT)
            yield f"{id}: {', '.join(told)}"
        for name in _FIGURES:
            figure = getattr(result, name)
            if not _sound(figure):
                yield f"{id}: {name} {figure!r}"
    total = assessment.total
    if (total.score is None) is not isinstance(total.reason, Reason) or not _sound(total.score):
        yield f"total: score {total.score!r}, reason {_said(total.reason)}"


def _sound(figure: object) -> bool:
    return figure is None or (isinstance(figure, numbers.Real) and math.isfinite(figure))


def _scored_unreported(assess: Assess, sample: Sample) -> Fault | None:
    for region, assessment in _assessed(assess, sample).items():
        for id, result in assessment.items():
            unreported = sample.regions[region].latest(id, sample.as_of) is None
            if unreported and result.score is not None:
                return _fault(sample, f"{region}, {id}: score {result.score!r}")
    return None


def _later_reports_matter(assess: Assess, sample: Sample) -> Fault | None:
    until = sample.as_of.position
    early = _with_reports(sample, lambda report: report.period.position <= until)
    return _changes(assess, sample, early, f"without what is reported after {sample.as_of}")


def _other_indicators_matter(assess: Assess, sample: Sample) -> Fault | None:
    indicators = sample.plan.indicators
    left_out = indicators if len(indicators) > 1 else ()
    changes = (_changes(assess, sample, _without(id, sample), f"without {id}") for id in left_out)
    return next(filter(None, changes), None)


def _without(id: str, sample: Sample) -> Sample:
    """The sample without an indicator, and without what is reported of it."""
    kept = [each for each in sample.plan.indicators.values() if each.id != id]
    reported = _with_reports(sample, lambda report: report.indicator != id)
    return evolve(reported, plan=evolve(sample.plan, indicators=kept))


def _other_regions_matter(assess: Assess, sample: Sample) -> Fault | None:
    alone = evolve(sample, regions={"north": sample.regions["north"]})
    return _changes(assess, sample, alone, "without south")


def _order_matters(assess: Assess, sample: Sample) -> Fault | None:
    turned = {region: _turned(actuals) for region, actuals in sample.regions.items()}
    return _changes(assess, sample, evolve(sample, regions=turned), "in the opposite order")


def _turned(actuals: Actuals) -> Actuals:
    """The observations in the opposite order, but for the sources of one indicator and time."""
    of_time = defaultdict[tuple[str, float], deque[Observation]](deque)
    for each in actuals.observations:
        of_time[each.indicator, each.period.position].append(each)
    return Actuals(
        observations=[
            of_time[each.indicator, each.period.position].popleft()
            for each in reversed(actuals.observations)
        ]
    )


def _with_reports(sample: Sample, kept: Callable[[Observation], bool]) -> Sample:
    """The sample with some of the observations only."""
    regions = {
        region: Actuals(observations=filter(kept, actuals.observations))
        for region, actuals in sample.regions.items()
    }
    return evolve(sample, regions=regions)


def _changes(assess: Assess, sample: Sample, other: Sample, how: str) -> Fault | None:
    """A fault where what two samples have in common comes out differently."""
    before, after = _assessed(assess, sample), _assessed(assess, other)
    for region, assessment in after.items():
        difference = next(_differences(before[region], assessment), None)
        if difference is not None:
            return _fault(sample, f"{region}, {difference}", then=f"; then {how}")
    return None


def _differences(before: Assessment, after: Assessment) -> Iterator[str]:
    """What differs in the indicators of the second one, and in the totals over the same ones."""
    for id, result in after.items():
        for name in _TOLD:
            old, new = getattr(before[id], name), getattr(result, name)
            if old != new:
                yield f"{id}: {name} {_said(old)}, then {_said(new)}"
    if before.keys() == after.keys() and before.total != after.total:
        yield f"total: {before.total}, then {after.total}"


def _do_not_add_up(assess: Assess, sample: Sample) -> Fault | None:
    for region, assessment in _assessed(assess, sample).items():
        score, coverage = assessment.score, assessment.coverage
        shares = assessment.contributions
        if not 0.0 <= coverage <= 1.0:
            return _fault(sample, f"{region}: coverage {coverage!r}")
        if score is None:
            continue
        if all(result.score is None for result in assessment.values()):
            return _fault(sample, f"{region}: score {score!r}, and no indicator has one")
        if math.fsum(shares.values()) != score:
            return _fault(sample, f"{region}: contributions {shares} for the score {score!r}")
    return None


_FAULTS: dict[AssessmentLaw, Callable[[Assess, Sample], Fault | None]] = {
    AssessmentLaw.DETERMINATE: _indeterminate,
    AssessmentLaw.MISSING_IS_NEVER_ZERO: _scored_unreported,
    AssessmentLaw.CONTRIBUTIONS_SUM: _do_not_add_up,
    AssessmentLaw.AS_OF_IS_A_CUT: _later_reports_matter,
    AssessmentLaw.REGIONS_ARE_INDEPENDENT: _other_regions_matter,
    AssessmentLaw.INDICATORS_ARE_INDEPENDENT: _other_indicators_matter,
    AssessmentLaw.ORDER_FREE: _order_matters,
}

_VERDICT = ("state", "score", "reason")
_FIGURES = ("score", "attainment", "ratio", "progress", "expected")
_TOLD = (*_VERDICT, "actual", "period", "expected", *(each.name for each in fields(Result)))
"""Where a difference is looked for: first in what says most in a word, then in every field."""


def _said(value: object) -> str:
    return str(value.value if isinstance(value, enum.Enum) else value)


def _shown(plan: Plan, regions: Mapping[str, Actuals], as_of: Period) -> str:
    """A plan and what was reported of it, in words."""
    reported = (f"{region}: {_reports(each.observations)}" for region, each in regions.items())
    return "; ".join((*map(_expected, plan.indicators.values()), f"as of {as_of}", *reported))


def _expected(indicator: Indicator) -> str:
    """An indicator with all that is expected of it."""
    trajectory = indicator.trajectory
    start = trajectory.baseline
    points = [] if start is None else [f"{start.period} baseline {start.value!r}"]
    points += [f"{each.period} {_demand(each.bound)}" for each in trajectory.milestones]
    how = name_of(trajectory.interpolation).lower()
    return f"{indicator.id} ({indicator.accrual.value}, {how}): {', '.join(points)}"


def _demand(bound: Bound) -> str:
    figures = " and ".join(map(repr, bound.figures))
    return f"{bound.kind.value.replace('_', ' ')} {figures}"


def _reports(observations: Iterable[Observation]) -> str:
    return ", ".join(map(_report, observations)) or "nothing"


def _report(report: Observation) -> str:
    known = report.verification is not Verification.NOT_STATED
    details = (report.source, report.verification.value if known else "")
    said = ", ".join(filter(None, details))
    return f"{report.indicator} {report.period} {report.value!r}" + (f" ({said})" if said else "")


def _fault(sample: Sample, found: str, *, then: str = "") -> Fault:
    return Fault(inputs=_shown(sample.plan, sample.regions, sample.as_of) + then, found=found)
