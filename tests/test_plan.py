"""The plan as an object, and Plan.assess as its users call it."""

import math
import pickle

import attrs
import pytest

import ipplan
from ipplan import (
    Actuals,
    ActualsError,
    Bound,
    Department,
    ModelError,
    Observation,
    Policy,
    Reason,
    Require,
    Task,
    Text,
    UnknownIdError,
    Unused,
    Verification,
)
from ipplan.units import registry
from tests.builders import indicator, plan

GANSU = ipplan.load("gansu-2016")
TWO = plan(indicator("alpha"), indicator("beta"))


def test_the_example_of_the_readme() -> None:
    assessment = GANSU.assess(
        {"pct_applications": {2018: 39}, "pledge_financing": {2017: "22.4 亿元"}}, as_of=2018
    )
    assert assessment["pct_applications"].attainment == pytest.approx(0.6802, abs=5e-5)
    assert assessment["pledge_financing"].score == 100.0
    assert assessment.score == pytest.approx((68.0233 + 100) / 2, abs=1e-4)
    assert assessment.coverage == 0.2


@pytest.mark.parametrize(
    "value",
    [
        22.4,
        "22.4",
        "22.4 亿元",
        "22.4亿元",
        "224000 万元",
        "2240000000 元",
        "22.4 hundred million yuan",
        registry().Quantity(224000, "万元"),
        Observation(indicator="pledge_financing", period=2017, value=224000, unit="万元"),
    ],
)
def test_one_amount_in_many_spellings(value: object) -> None:
    same = GANSU.assess({"pledge_financing": {2017: 22.4}})
    assert GANSU.assess({"pledge_financing": {2017: value}}).actuals == same.actuals
    assert GANSU.assess({"pledge_financing": {2017: value}}).score == same.score


def test_as_of_is_the_latest_period_reported_by_default() -> None:
    assert str(TWO.assess({"alpha": {2018: 1}, "beta": {"2019-06": 1}}).as_of) == "2019-06"


def test_values_for_the_as_of_period() -> None:
    found = TWO.assess({"alpha": 50, "beta": "60 个"}, as_of=2020)
    assert [found[id].actual for id in found] == [50.0, 60.0]


def test_values_without_a_period_want_as_of() -> None:
    with pytest.raises(ActualsError, match=r"actuals\.alpha: expected .* together with as_of"):
        TWO.assess({"alpha": 50})


def test_nothing_at_all_wants_as_of() -> None:
    with pytest.raises(ActualsError, match="as_of: expected a period"):
        TWO.assess({})
    assert TWO.assess({}, as_of=2020).score is None
    assert TWO.assess({}, as_of=2020).total.reason is Reason.NOTHING_SCORED


def test_records_and_observations_and_actuals_are_one() -> None:
    mapping = TWO.actuals({"alpha": {2018: 5}})
    assert TWO.actuals([{"indicator": "Alpha", "period": "2018", "value": "5"}]) == mapping
    assert TWO.actuals([Observation(indicator="指标alpha", period=2018, value=5)]) == mapping
    assert TWO.actuals(Actuals(observations=mapping.observations)) == mapping


def test_checked_actuals_are_taken_as_they_are() -> None:
    actuals = TWO.actuals({"alpha": {2018: 5}})
    assert TWO.actuals(actuals) is actuals


def test_none_says_that_nothing_was_reported() -> None:
    assert len(TWO.actuals({"alpha": {2018: None, 2019: 3}})) == 1


def test_an_unknown_id_is_a_key_error_with_near_ids() -> None:
    with pytest.raises(KeyError) as caught:
        GANSU.indicators["pct_aplications"]
    assert isinstance(caught.value, UnknownIdError)
    assert caught.value.near[0] == "pct_applications"
    assert "near: pct_applications" in str(caught.value)
    with pytest.raises(UnknownIdError):
        TWO.assess({}, as_of=2018)["gamma"]


def test_weights_and_missing_come_from_the_policy() -> None:
    weights = {"alpha": 3.0, "beta": 1.0}
    found = TWO.assess({"alpha": 50, "beta": 100}, as_of=2020, policy=Policy(weights=weights))
    assert found.score == 62.5
    assert found.contributions == {"alpha": 37.5, "beta": 25.0}
    assert math.fsum(found.contributions.values()) == found.score
    only = {"alpha": 50}
    assert TWO.assess(only, as_of=2020, policy=Policy(missing="zero")).score == 25.0
    strict = TWO.assess(only, as_of=2020, policy=Policy(missing=Require(share=0.6)))
    assert (strict.score, strict.coverage) == (None, 0.5)
    assert strict.total.reason is Reason.COVERAGE_TOO_LOW


def test_a_policy_that_does_not_fit_the_plan_is_refused() -> None:
    with pytest.raises(ModelError, match=r"weights\.beta: expected a weight"):
        TWO.assess({"alpha": 1}, as_of=2020, policy=Policy(weights={"alpha": 1.0}))


def test_a_policy_that_is_none_is_refused() -> None:
    with pytest.raises(ModelError, match="policy: expected a Policy, found 'ratio'"):
        TWO.assess({"alpha": 1}, as_of=2020, policy="ratio")  # type: ignore[arg-type]


def test_what_is_not_due_weighs_nothing() -> None:
    later = indicator("beta", {2020: Bound.at_least(1)})
    now = indicator("alpha", {2016: Bound.at_least(10)})
    found = plan(now, later).assess({"alpha": {2016: 5}}, policy=Policy(missing="zero"))
    assert (found.score, found.coverage) == (50.0, 1.0)


def test_every_observation_is_used_or_listed_with_a_reason() -> None:
    way = indicator("alpha", {2017: Bound.at_least(10), 2020: Bound.at_least(20)})
    given = [
        {"indicator": "alpha", "period": 2015, "value": 1},
        {"indicator": "alpha", "period": 2017, "value": 2},
        {"indicator": "alpha", "period": 2018, "value": 3, "source": "a"},
        {"indicator": "alpha", "period": 2018, "value": 4, "source": "b"},
        {"indicator": "alpha", "period": 2019, "value": 5},
    ]
    found = plan(way).assess(given, as_of=2018)
    assert found["alpha"].actual == 3.0
    assert [(unused.observation.value, unused.why) for unused in found.not_used] == [
        (1.0, Unused.NOTHING_DUE),
        (2.0, Unused.SUPERSEDED),
        (4.0, Unused.OTHER_SOURCE),
        (5.0, Unused.AFTER_AS_OF),
    ]


def test_the_better_verified_source_counts_and_the_conflict_stays_visible() -> None:
    given = [
        {"indicator": "alpha", "period": 2020, "value": 1.58, "verification": "derived"},
        {
            "indicator": "alpha",
            "period": 2020,
            "value": 1.59,
            "verification": "published",
            "source": "a report",
        },
    ]
    found = TWO.assess(given)["alpha"]
    assert found.actual == 1.59
    assert [other.value for other in found.conflicts] == [1.58]
    assert "1.58 (derived)" in found.explain()


def test_two_sources_that_agree_are_no_conflict() -> None:
    given = [
        {"indicator": "alpha", "period": 2020, "value": 2, "source": source} for source in "ab"
    ]
    assert TWO.assess(given).conflicts == ()


def test_faults_between_the_parts_are_told_at_once() -> None:
    with pytest.raises(ModelError) as caught:
        plan(
            end=2015,
            departments=[Department(id="finance", name=Text(zh="省财政厅"))],
            tasks=[Task(id="2.1", title=Text(en="T"), lead=["finanse"], support=["nobody"])],
        )
    assert [problem.place for problem in caught.value.problems] == [
        "end",
        "tasks.2.1.lead[0]",
        "tasks.2.1.support[0]",
    ]
    assert "near: finance" in str(caught.value)


def test_two_items_of_one_id_are_refused() -> None:
    with pytest.raises(ModelError, match="alpha: expected each indicator id once"):
        plan(indicator("alpha"), indicator("alpha"))


def test_a_plan_is_frozen_equal_and_picklable() -> None:
    assert pickle.loads(pickle.dumps(GANSU)) == GANSU
    assert hash(TWO) == hash(plan(indicator("alpha"), indicator("beta")))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        TWO.id = "other"  # type: ignore[misc]


def test_an_assessment_pickles() -> None:
    found = TWO.assess({"alpha": {2018: 5}})
    again = pickle.loads(pickle.dumps(found))
    assert again == found
    assert str(again) == str(found)


def test_an_unverified_figure_is_marked_in_every_text() -> None:
    given = [
        {"indicator": "alpha", "period": 2020, "value": 2, "verification": Verification.UNVERIFIED}
    ]
    found = TWO.assess(given)
    for text in (str(found), found.to_markdown(), found["alpha"].explain(), found._repr_html_()):
        assert "UNVERIFIED" in text
