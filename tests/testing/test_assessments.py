"""Every policy keeps the laws of assessments; wrong ways to assess are caught by a named law."""

import functools
import math
import re
from collections.abc import Callable, Mapping

import pytest
from attrs import evolve

from ipplan import (
    Actuals,
    Aggregate,
    Assessment,
    ModelError,
    Observation,
    Period,
    Plan,
    Policy,
    PowerMean,
    Ratio,
    Reason,
    Require,
    Result,
    Scale,
    State,
)
from ipplan.model.catalog import Catalog
from ipplan.presets import PRESETS
from ipplan.scoring import GrowthRatio, Knots, PassFail
from ipplan.status import STATCAN
from ipplan.testing import AssessmentLaw, LawBroken, check_assessment

Regions = Mapping[str, Actuals]
Assessed = dict[str, Assessment]

POLICIES = [
    Policy(),
    Policy(rule="progress", missing="zero"),
    Policy(rule=Ratio(at_most="mirror", scale=Scale(floor=None, cap=None)), exceeding="met"),
    Policy(rule=PassFail(), method="minimum", missing=Require(share=0.5)),
    Policy(method="geometric", missing="zero"),
    Policy(rule="progress", method=PowerMean(exponent=2)),
    Policy(
        rule=GrowthRatio(scale=Knots(points=[(-0.6, -5), (0.6, 0), (1.3, 5)])),
        method="minimum",
        statuses=STATCAN,
    ),
    *PRESETS.values(),
]


@pytest.mark.parametrize("policy", POLICIES, ids=Policy.describe)
def test_every_policy_keeps_the_laws(policy: Policy) -> None:
    check_assessment(policy=policy)


def test_a_preset_is_tried_by_its_name() -> None:
    check_assessment(policy="sdsn", max_examples=5)
    with pytest.raises(ModelError, match=r"policy: expected a Policy, .*\(near: sdsn\)"):
        check_assessment(policy="sdns")


@pytest.mark.parametrize("count", [0, -1, 1.5, True, "many"])
def test_examples_are_one_or_more(count) -> None:
    with pytest.raises(ModelError, match="expected a whole number of 1 or more") as caught:
        check_assessment(max_examples=count)
    assert caught.value.problems[0].place == "max_examples"


def test_weights_of_a_plan_of_ones_own_are_left_out() -> None:
    check_assessment(policy=Policy(weights={"patents": 2.0}), max_examples=5)


def assessed(plan: Plan, regions: Regions, as_of: Period) -> Assessed:
    """Each region by itself, as it should be."""
    return {region: plan.assess(each, as_of=as_of) for region, each in regions.items()}


def test_a_way_to_assess_of_ones_own_is_tried() -> None:
    check_assessment(assessed)


def test_a_policy_beside_a_way_to_assess_is_refused() -> None:
    with pytest.raises(ModelError, match="policy: expected none beside `assess`, found Policy"):
        check_assessment(assessed, policy=Policy())


def test_a_way_to_assess_claims_its_laws_itself() -> None:
    class AsOfTheEnd:
        laws = frozenset({AssessmentLaw.DETERMINATE, AssessmentLaw.ORDER_FREE})

        def __call__(self, plan: Plan, regions: Regions, as_of: Period) -> Assessed:
            return assessed(plan, regions, plan.end)

    check_assessment(AsOfTheEnd())


def with_results(assessment: Assessment, change: Callable[[Result], Result]) -> Assessment:
    """The assessment with its results changed one by one."""
    return evolve(assessment, results=Catalog("indicator", map(change, assessment.values())))


def wrong(change: Callable[[Assessment], Assessment]) -> Callable[..., Assessed]:
    """A way to assess that is right but for a change made to each region's assessment."""

    @functools.wraps(change)
    def assess(plan: Plan, regions: Regions, as_of: Period) -> Assessed:
        found = assessed(plan, regions, as_of)
        return {region: change(assessment) for region, assessment in found.items()}

    return assess


def best(results) -> float:
    return max((each.score for each in results if each.score is not None), default=0.0) or 100.0


def rescaled(assessment: Assessment, most: float) -> Assessment:
    def share(result: Result) -> Result:
        return result if result.score is None else evolve(result, score=result.score / most * 100)

    return with_results(assessment, share)


def refused(plan, regions, as_of):
    """What is missing has no score, and is summed up all the same."""
    found = assessed(plan, regions, as_of)
    assert all(each.score + 1.0 for assessment in found.values() for each in assessment.values())
    return found


def region_forgotten(plan, regions, as_of):
    return {"north": assessed(plan, regions, as_of)["north"]}


@wrong
def nan_where_not_computable(assessment):
    def nan(result):
        undefined = result.state is State.NOT_COMPUTABLE
        return (
            evolve(result, state=State.SCORED, score=math.nan, reason=None) if undefined else result
        )

    return with_results(assessment, nan)


@wrong
def infinite_ratio(assessment):
    def infinite(result):
        return evolve(result, ratio=math.inf) if result.no_ratio is not None else result

    return with_results(assessment, infinite)


@wrong
def no_reason(assessment):
    return with_results(assessment, lambda result: evolve(result, reason=None))


@wrong
def scored_for_a_reason(assessment):
    return with_results(
        assessment, lambda result: evolve(result, reason=result.reason or Reason.NOTHING_SCORED)
    )


@wrong
def no_reason_for_no_total(assessment):
    return evolve(assessment, total=evolve(assessment.total, reason=None))


def filled_with_zero(plan, regions, as_of):
    """What was not reported is reported as 0 before it is assessed."""

    def filled(actuals):
        unknown = [id for id in plan.indicators if actuals.latest(id, as_of) is None]
        zeros = [Observation(indicator=id, period=as_of, value=0.0) for id in unknown]
        return Actuals(observations=[*actuals.observations, *zeros])

    return assessed(plan, {region: filled(each) for region, each in regions.items()}, as_of)


@wrong
def zero_for_missing(assessment):
    def zero(result):
        missing = result.state is State.MISSING
        return evolve(result, state=State.SCORED, score=0.0, reason=None) if missing else result

    return with_results(assessment, zero)


def everything_reported(plan, regions, as_of):
    """The latest report counts, also one from after the time that was asked for."""
    last = max((each.last_period or as_of for each in regions.values()), default=as_of)
    found = assessed(plan, regions, max(as_of, last))
    return {region: evolve(each, as_of=as_of) for region, each in found.items()}


def no_later_than_the_plan(plan, regions, as_of):
    return assessed(plan, regions, max(as_of, plan.end))


@wrong
def by_the_best_indicator(assessment):
    return rescaled(assessment, best(assessment.values()))


@wrong
def carried_over(assessment):
    """What has no score takes the one of the indicator before it."""
    results, last = [], None
    for result in assessment.values():
        last = result.score if result.score is not None else last
        results.append(result if last is None else evolve(result, score=last))
    return evolve(assessment, results=Catalog("indicator", results))


@wrong
def needs_the_other_indicator(assessment):
    assert len(assessment) != 1
    return assessment


def by_the_best_region(plan, regions, as_of):
    found = assessed(plan, regions, as_of)
    most = best(result for assessment in found.values() for result in assessment.values())
    return {region: rescaled(assessment, most) for region, assessment in found.items()}


def from_the_other_region(plan, regions, as_of):
    """What one region does not report is taken from the others."""
    pooled = {}
    for region, actuals in regions.items():
        others = [
            evolve(report, source=f"{report.source} of {other}")
            for other, each in regions.items()
            for report in each.observations
            if other != region and actuals.latest(report.indicator, as_of) is None
        ]
        pooled[region] = Actuals(observations=[*actuals.observations, *others])
    return assessed(plan, pooled, as_of)


def the_first_given(plan, regions, as_of):
    """The first report of an indicator counts, whatever its time."""

    def first(actuals):
        of = {}
        for report in actuals.observations:
            if report.period.position <= as_of.position:
                of.setdefault(report.indicator, report)
        return Actuals(observations=of.values())

    return assessed(plan, {region: first(each) for region, each in regions.items()}, as_of)


def summed_in_the_order_given(plan, regions, as_of):
    """The total of the indicator that was reported first."""

    def change(assessment):
        first = next((each.indicator for each in assessment.actuals.observations), None)
        score = None if first is None else assessment[first].score
        if score is None:
            return assessment
        total = Aggregate(score=score, coverage=1.0, contributions=((first, score),))
        return evolve(assessment, total=total)

    return wrong(change)(plan, regions, as_of)


@wrong
def rounded_contributions(assessment):
    shares = tuple((id, round(share)) for id, share in assessment.total.contributions)
    return evolve(assessment, total=evolve(assessment.total, contributions=shares))


@wrong
def coverage_of_all(assessment):
    """Counted against what is scored, as if it were what is due."""
    scored = sum(each.score is not None for each in assessment.values())
    coverage = len(assessment) / scored if scored else 0.0
    return evolve(assessment, total=evolve(assessment.total, coverage=coverage))


@wrong
def zero_in_total(assessment):
    none = assessment.score is None
    total = evolve(assessment.total, score=0.0, reason=None)
    return evolve(assessment, total=total) if none else assessment


LAW = AssessmentLaw
WRONG = [
    (refused, LAW.DETERMINATE),
    (region_forgotten, LAW.DETERMINATE),
    (nan_where_not_computable, LAW.DETERMINATE),
    (infinite_ratio, LAW.DETERMINATE),
    (no_reason, LAW.DETERMINATE),
    (scored_for_a_reason, LAW.DETERMINATE),
    (no_reason_for_no_total, LAW.DETERMINATE),
    (filled_with_zero, LAW.MISSING_IS_NEVER_ZERO),
    (zero_for_missing, LAW.MISSING_IS_NEVER_ZERO),
    (carried_over, LAW.MISSING_IS_NEVER_ZERO),
    (everything_reported, LAW.AS_OF_IS_A_CUT),
    (no_later_than_the_plan, LAW.AS_OF_IS_A_CUT),
    (by_the_best_indicator, LAW.INDICATORS_ARE_INDEPENDENT),
    (carried_over, LAW.INDICATORS_ARE_INDEPENDENT),
    (needs_the_other_indicator, LAW.INDICATORS_ARE_INDEPENDENT),
    (by_the_best_region, LAW.REGIONS_ARE_INDEPENDENT),
    (from_the_other_region, LAW.REGIONS_ARE_INDEPENDENT),
    (the_first_given, LAW.ORDER_FREE),
    (summed_in_the_order_given, LAW.ORDER_FREE),
    (rounded_contributions, LAW.CONTRIBUTIONS_SUM),
    (coverage_of_all, LAW.CONTRIBUTIONS_SUM),
    (zero_in_total, LAW.CONTRIBUTIONS_SUM),
]


@pytest.mark.parametrize(("assess", "law"), WRONG)
@pytest.mark.usefixtures("first_found")
def test_a_wrong_way_to_assess_is_caught_by_the_law_that_it_breaks(assess, law) -> None:
    with pytest.raises(LawBroken) as caught:
        check_assessment(assess, [law], max_examples=1000)
    assert caught.value.law is law


def test_the_message_tells_the_plan_the_reports_and_what_came_out() -> None:
    with pytest.raises(LawBroken) as caught:
        check_assessment(zero_for_missing, [LAW.MISSING_IS_NEVER_ZERO], max_examples=300)
    assert str(caught.value) == (
        "zero_for_missing breaks the law MISSING_IS_NEVER_ZERO\n"
        "  inputs: a (level, linear): 1997 at least 1.0; as of 2005; "
        "north: nothing; south: nothing\n"
        "  the law says: an indicator without a report has no score\n"
        "  came out: north, a: score 0.0"
    )


@pytest.mark.usefixtures("first_found")
def test_the_message_tells_what_was_changed_and_what_changed_by_it() -> None:
    with pytest.raises(LawBroken) as caught:
        check_assessment(the_first_given, [LAW.ORDER_FREE], max_examples=1000)
    _, inputs, _, found = str(caught.value).splitlines()
    assert inputs.endswith("; then in the opposite order")
    assert re.fullmatch(r"  came out: (north|south), \w+: \w+ \S+, then \S+", found)


@wrong
def conflicts_settled(assessment):
    """No figure, where sources disagree."""
    return with_results(
        assessment, lambda each: evolve(each, score=math.nan) if each.conflicts else each
    )


@pytest.mark.usefixtures("first_found")
def test_the_sources_of_what_was_reported_are_told() -> None:
    with pytest.raises(LawBroken, match=r"\((年报|a report)(, \w+)?\)"):
        check_assessment(conflicts_settled, [LAW.DETERMINATE], max_examples=1000)
