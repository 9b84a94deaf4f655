"""The plan as an object, and Plan.assess as its users call it."""

import json
import math
import pickle
from decimal import Decimal
from typing import Any

import attrs
import pytest

import ipplan
from ipplan import (
    Actuals,
    ActualsError,
    Assessment,
    Bound,
    Caps,
    Department,
    Group,
    ModelError,
    Observation,
    Policy,
    Reason,
    Require,
    Substitute,
    Task,
    Text,
    Trajectory,
    UnknownIdError,
    Unused,
    Verification,
    Veto,
    presets,
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
    for bad in ("ratio", 5, [Policy()]):
        expected = "policy: expected a Policy, or the name of a preset, one of statcan, eurostat"
        with pytest.raises(ModelError, match=expected):
            TWO.assess({"alpha": 1}, as_of=2020, policy=bad)  # type: ignore[arg-type]
        with pytest.raises(ModelError, match=expected):
            plan(indicator(), policy=bad)


def test_a_policy_may_be_a_presets_name() -> None:
    found = TWO.assess({"alpha": 80}, as_of=2020, policy="fiscal")
    assert found.policy is presets.fiscal
    assert (found.score, found.status) == (80.0, presets.fiscal.statuses.of(80.0))
    with pytest.raises(ModelError, match=r"found 'fiskal' \(near: fiscal\)"):
        TWO.assess({"alpha": 80}, as_of=2020, policy="fiskal")


def test_the_plans_own_policy_counts_unless_another_is_given() -> None:
    strict = plan(indicator("alpha"), indicator("beta"), policy=Policy(missing="zero"))
    assert strict.assess({"alpha": 80}, as_of=2020).score == 40.0
    assert strict.assess({"alpha": 80}, as_of=2020, policy=Policy()).score == 80.0
    assert plan(indicator(), policy="fiscal").policy is presets.fiscal
    assert TWO.policy is None


def test_the_plans_own_policy_fits_the_plan() -> None:
    with pytest.raises(ModelError) as caught:
        plan(
            indicator("alpha"),
            end=2015,
            policy=Policy(rules={"alpa": "pace"}, weights={"alpha": 1, "beta": 2}),
        )
    assert {problem.place for problem in caught.value.problems} == {
        "end",
        "policy.weights.beta",
        "policy.rules.alpa",
    }


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
    assert [(unused.entry.value, unused.why) for unused in found.not_used] == [
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


def test_what_is_expected_of_each_indicator() -> None:
    way = {2016: Bound.at_least(20), 2020: Bound.at_least(40)}
    idle = attrs.evolve(indicator("idle"), trajectory=Trajectory(better="up"))
    both = plan(
        indicator("level", way),
        indicator("flow", way, accrual="flow"),
        indicator("late", {2020: Bound.between(40, 60)}),
        idle,
    )
    assert both.expected(2018) == {"level": 30.0, "flow": 30.0, "late": None, "idle": None}
    assert both.expected("2018-H1") == {"level": 27.5, "flow": 15.0, "late": None, "idle": None}
    assert both.expected(2021) == {"level": 40.0, "flow": 40.0, "late": 50.0, "idle": None}


# Groups, adjustments and vetoes

THREE = plan(indicator("alpha"), indicator("beta"), indicator("gamma"))
SCORES = {"alpha": 50, "beta": 80, "gamma": 90}
CORE = Group(id="core", members=["alpha", "beta"])
CAPS = Caps(bonus=5, deduction=5)
FIT = "zero, or a number between 1e-100 and 1e100 in size"


def test_groups_are_summed_up_first() -> None:
    found = THREE.assess(SCORES, as_of=2020, policy=Policy(groups=[CORE]))
    assert found.score == (65 + 90) / 2
    assert found.groups["core"].score == 65.0
    assert found.contributions == {"alpha": 12.5, "beta": 20.0, "gamma": 45.0}
    weights = {"alpha": 1, "beta": 1, "gamma": 1, "core": 3}
    weighted = THREE.assess(SCORES, as_of=2020, policy=Policy(groups=[CORE], weights=weights))
    assert weighted.score == (3 * 65 + 90) / 4


def test_a_group_of_which_nothing_is_due_weighs_nothing() -> None:
    later = plan(indicator("alpha"), indicator("beta"), indicator("now", {2016: Bound.at_least(4)}))
    policy = Policy(groups=[CORE], missing="zero")
    found = later.assess({"now": {2016: 3}}, policy=policy)
    assert (found.score, found.coverage, found.groups) == (75.0, 1.0, {})


def test_adjustments_come_on_top_within_the_caps() -> None:
    points: Any = {"award": Decimal(8), "late": -1}
    found = THREE.assess(SCORES, as_of=2020, policy=Policy(caps=CAPS), adjustments=points)
    mean = 220 / 3
    assert found.score == pytest.approx(mean + 5 - 1, rel=1e-12)
    assert (found.contributions["award"], found.contributions["late"]) == (5.0, -1.0)
    assert math.fsum(found.contributions.values()) == found.score
    assert found.coverage == 1.0
    plain = THREE.assess(SCORES, as_of=2020, policy=Policy(caps=CAPS))
    assert plain.score == pytest.approx(mean, rel=1e-12)
    none = THREE.assess(SCORES, as_of=2020, policy=Policy(caps=CAPS), adjustments={})
    assert none.score == plain.score


@pytest.mark.parametrize(
    ("points", "caps", "words"),
    [
        ({"award": 1}, None, "adjustments: expected caps for bonuses and deductions, found none"),
        ({"alpha": 1}, CAPS, "adjustments.alpha: expected an id that no score has, found 'alpha'"),
        ({"core": 1}, CAPS, "adjustments.core: expected an id that no score has, found 'core'"),
        ({"veto": 1}, CAPS, "adjustments.veto: expected an id that no score has, found 'veto'"),
        ({"award": math.nan}, CAPS, f"adjustments.award: expected {FIT}, found nan"),
        ({"award": 1e101}, CAPS, f"adjustments.award: expected {FIT}, found 1e+101"),
        ({"award": "5"}, CAPS, "adjustments.award: expected a number, found '5'"),
        ({"award": None}, CAPS, "adjustments.award: expected a number, found None"),
    ],
)
def test_bad_adjustments_are_refused(points: Any, caps: Caps | None, words: str) -> None:
    policy = Policy(groups=[CORE], caps=caps)
    with pytest.raises(ModelError) as caught:
        THREE.assess(SCORES, as_of=2020, policy=policy, adjustments=points)
    assert words in str(caught.value)


def test_all_bad_adjustments_are_told_at_once() -> None:
    points: Any = {"alpha": 1, "award": "x", "late": math.inf}
    with pytest.raises(ModelError) as caught:
        THREE.assess(SCORES, as_of=2020, adjustments=points)
    assert [problem.place for problem in caught.value.problems] == [
        "adjustments",
        "adjustments.alpha",
        "adjustments.award",
        "adjustments.late",
    ]


def test_what_a_policy_names_must_be_in_the_plan() -> None:
    policy = Policy(rules={"alfa": "pace"}, veto=Veto(of=["cor"], below=1), groups=[CORE])
    with pytest.raises(ModelError) as caught:
        THREE.assess(SCORES, as_of=2020, policy=policy)
    assert {problem.place: problem.hint for problem in caught.value.problems} == {
        "rules.alfa": "near: alpha",
        "veto.of[0]": "near: core",
    }


@pytest.mark.parametrize(
    ("of", "below", "vetoed"),
    [
        (["alpha"], 50, ()),
        (["alpha"], 51, ("alpha",)),
        (["core"], 65, ()),
        (["core", "gamma"], 70, ("core",)),
        (["gamma", "core", "alpha"], 95, ("gamma", "core", "alpha")),
    ],
)
def test_a_veto_of_an_indicator_or_a_group_overrides_the_total(
    of: list[str], below: float, vetoed: tuple[str, ...]
) -> None:
    policy = Policy(groups=[CORE], veto=Veto(of=of, below=below, total=10), caps=CAPS)
    found = THREE.assess(SCORES, as_of=2020, policy=policy, adjustments={"award": 3})
    assert found.total.vetoed_by == vetoed
    assert found.score == (10.0 if vetoed else 80.5)
    assert math.fsum(found.contributions.values()) == found.score
    assert (found.contributions == {"veto": 10.0}) is bool(vetoed)


@pytest.mark.parametrize(
    ("missing", "score", "vetoed"),
    [
        ("skip", 90.0, ()),
        ("require(0.3)", 90.0, ()),
        ("zero", 7.0, ("alpha", "beta")),
        ("substitute(60)", 70.0, ()),
        ("substitute(59)", 7.0, ("alpha", "beta")),
        (Substitute(scores={"beta": 20}), 7.0, ("beta",)),
    ],
)
def test_what_is_missing_vetoes_only_where_a_figure_stands_for_it(
    missing: Any, score: float, vetoed: tuple[str, ...]
) -> None:
    policy = Policy(veto=Veto(of=["alpha", "beta"], below=60, total=7), missing=missing)
    found = THREE.assess({"gamma": 90}, as_of=2020, policy=policy)
    assert (found.score, found.total.vetoed_by) == (score, vetoed)
    assert found.coverage == pytest.approx(1 / 3)


def test_what_is_not_due_vetoes_nothing() -> None:
    later = plan(indicator("alpha"), indicator("now", {2016: Bound.at_least(100)}))
    policy = Policy(veto=Veto(of="alpha", below=60), missing="zero")
    found = later.assess({"now": {2016: 75}}, policy=policy)
    assert (found.score, found.total.vetoed_by) == (75.0, ())


def test_a_veto_raises_no_total() -> None:
    for total, score in ((10, 10.0), (80, 220 / 3)):
        policy = Policy(veto=Veto(of="alpha", below=60, total=total))
        found = THREE.assess(SCORES, as_of=2020, policy=policy)
        assert found.score == pytest.approx(score, rel=1e-12)
        assert found.total.vetoed_by == ("alpha",)
        assert ("veto" in found.contributions) is (total == 10)


def test_a_veto_counts_where_the_scores_allow_no_mean() -> None:
    policy = Policy(method="geometric", veto=Veto(of="alpha", below=60, total=3))
    found = THREE.assess({**SCORES, "alpha": 0}, as_of=2020, policy=policy)
    assert (found.score, found.total.reason, found.coverage) == (3.0, None, 1.0)
    assert found.contributions == {"veto": 3.0}
    plain = attrs.evolve(policy, veto=None)
    none = THREE.assess({**SCORES, "alpha": 0}, as_of=2020, policy=plain)
    assert (none.score, none.total.reason) == (None, Reason.SCORE_NOT_POSITIVE)


def test_a_group_without_a_mean_leaves_the_plan_without_a_score() -> None:
    policy = Policy(groups=[attrs.evolve(CORE, method="geometric")])
    found = THREE.assess({**SCORES, "alpha": 0}, as_of=2020, policy=policy)
    assert (found.score, found.total.reason) == (None, Reason.SCORE_NOT_POSITIVE)
    assert found.groups["core"].reason is Reason.SCORE_NOT_POSITIVE
    assert "Score: none, because a score is zero or negative" in str(found)


def test_a_substitute_names_indicators_of_the_plan() -> None:
    policy = Policy(missing=Substitute(scores={"alfa": 40, "beta": 50}))
    expected = (
        "missing.alfa: expected the id of an indicator or a group, found 'alfa' (near: alpha)"
    )
    with pytest.raises(ModelError) as caught:
        THREE.assess(SCORES, as_of=2020, policy=policy)
    assert str(caught.value) == expected
    with pytest.raises(ModelError) as caught:
        plan(indicator("alpha"), indicator("beta"), policy=policy)
    assert str(caught.value) == f"policy.{expected}"
    fits = Policy(missing=Substitute(scores={"beta": 50}))
    found = THREE.assess({"alpha": 40}, as_of=2020, policy=fits)
    assert found.contributions == {"alpha": 20.0, "beta": 25.0}


def with_everything(below: float) -> Assessment:
    """An assessment with a group, adjustments within caps, and a veto below that score."""
    policy = Policy(groups=[CORE], veto=Veto(of=["core", "beta"], below=below), caps=CAPS)
    points = {"award": 8, "late": -1}
    return THREE.assess(SCORES, as_of=2020, policy=policy, adjustments=points)


SUMMED, VETOED = with_everything(below=10), with_everything(below=85)
TOLD = (
    "group core: 65 (weight 1, coverage 100%)",
    "100.0% of the weight that is due has a score",
    "adjustments: at most 5 more, 5 less",
    "groups: core (alpha, beta)",
)
TOLD_ZH = (
    "分组 core:65(权重 1,覆盖率 100%)",
    "到期权重中有得分的占 100.0%",
    "加分至多 5,扣分至多 5",
    "分组:core(alpha, beta)",
)


def test_the_explanation_tells_contributions_adjustments_and_groups() -> None:
    told = SUMMED.explain()
    for words in (
        "12.5  Alpha: score 50, weight 1",
        "20  Beta: score 80, weight 1",
        "45  Gamma: score 90, weight 1",
        "5  adjustment: award",
        "-1  adjustment: late",
        "81.5, the sum of the contributions",
        "veto: 0 in all where core, beta is below 10",
        *TOLD,
    ):
        assert words in told
    assert "veto by" not in told


def test_the_explanation_of_a_veto_tells_the_veto_alone() -> None:
    told = VETOED.explain()
    for words in (
        "contribution  0  veto by core, Beta, below 85, whatever the rest",
        "0, the sum of the contributions",
        "veto: 0 in all where core, beta is below 85",
        *TOLD,
    ):
        assert words in told
    for words in ("score 50", "adjustment: award", "adjustment: late"):
        assert words not in told


def test_the_chinese_explanation_tells_the_same() -> None:
    told = SUMMED.explain("zh")
    for words in (
        "12.5  指标alpha:得分 50,权重 1",
        "5  加减分:award",
        "-1  加减分:late",
        "81.5,为各项贡献之和",
        "一票否决:core, beta 低于 10 时总分为 0",
        *TOLD_ZH,
    ):
        assert words in told
    vetoed = VETOED.explain("zh")
    for words in (
        "贡献      0  一票否决:core、指标beta 低于 85",
        "0,为各项贡献之和",
        "一票否决:core, beta 低于 85 时总分为 0",
        *TOLD_ZH,
    ):
        assert words in vetoed
    for words in ("得分 50", "加减分"):
        assert words not in vetoed


def test_the_explanation_tells_what_stands_for_what_is_missing() -> None:
    some = THREE.assess({"alpha": 50, "gamma": 90}, as_of=2020, policy=Policy(missing="zero"))
    assert "0  Beta: nothing reported, zero, weight 1" in some.explain()
    assert "0  指标beta:未报告,计零分(zero),权重 1" in some.explain("zh")
    policy = Policy(missing="substitute(40)", groups=[CORE])
    group = THREE.assess({"gamma": 90}, as_of=2020, policy=policy)
    assert group.score == 65.0
    assert "20  core: nothing reported, substitute(40), weight 1" in group.explain()
    none = "group core: none, because no indicator could be scored (weight 1, coverage 0%)"
    assert none in group.explain()
    assert "20  core:未报告,以给定分数代替(substitute(40)),权重 1" in group.explain("zh")
    assert "分组 core:无(没有可评分的指标;权重 1,覆盖率 0%)" in group.explain("zh")


def test_an_assessment_with_everything_pickles_and_is_plain_values() -> None:
    for found in (SUMMED, VETOED):
        assert pickle.loads(pickle.dumps(found)) == found
        plain = found.to_dict()
        assert json.loads(json.dumps(plain, allow_nan=False)) == plain
        assert plain["score"] == found.score
        assert plain["contributions"] == dict(found.contributions)
        assert plain["groups"] == {"core": {"score": 65.0, "coverage": 1.0, "reason": None}}
        assert plain["vetoed_by"] == list(found.total.vetoed_by)
        assert plain["status"] is None
    assert [*SUMMED.contributions] == ["alpha", "beta", "gamma", "award", "late"]
    assert VETOED.to_dict()["contributions"] == {"veto": 0.0}
    assert (SUMMED.total.vetoed_by, VETOED.total.vetoed_by) == ((), ("core", "beta"))


def test_plain_values_tell_the_status_and_groups_without_a_score() -> None:
    fair = THREE.assess(SCORES, as_of=2020, policy="fiscal").to_dict()
    assert (fair["status"], fair["groups"], fair["vetoed_by"]) == ("fair", {}, [])
    unknown = THREE.assess({"gamma": 90}, as_of=2020, policy=Policy(groups=[CORE])).to_dict()
    assert unknown["groups"] == {
        "core": {"score": None, "coverage": 0.0, "reason": "nothing_scored"}
    }


def test_an_indicator_may_be_called_veto_where_there_is_none() -> None:
    both = plan(indicator("veto"), indicator("alpha"))
    found = both.assess({"veto": 10, "alpha": 50}, as_of=2020)
    assert found.contributions == {"veto": 5.0, "alpha": 25.0}
    assert "5  Veto: score 10, weight 1" in found.explain()
    policy = Policy(veto=Veto(of="alpha", below=60))
    expected = "scores.veto: expected another id, where there is a veto, found 'veto'"
    with pytest.raises(ModelError) as caught:
        both.assess({"veto": 10, "alpha": 50}, as_of=2020, policy=policy)
    assert str(caught.value) == expected
    with pytest.raises(ModelError) as caught:
        plan(indicator("veto"), indicator("alpha"), policy=policy)
    assert str(caught.value) == f"policy.{expected}"


ACHIEVED = plan(
    *(indicator(id, baseline=(2015, 50)) for id in ("alpha", "beta", "gamma")), policy="statcan"
)
"""A plan under a scale that grades the score, and has a class for what is achieved."""


@pytest.mark.parametrize(
    ("actuals", "options", "score", "status"),
    [
        ({"alpha": 100, "beta": 100, "gamma": 100}, {}, 5.0, "target_achieved"),
        ({"alpha": 100, "beta": 100}, {}, 5.0, "target_achieved"),
        ({"alpha": 100, "beta": 100}, {"missing": "substitute(5)"}, 5.0, "substantial_progress"),
        ({"alpha": 100, "beta": 100}, {"missing": "substitute(-5)"}, 5 / 3, "moderate_progress"),
        ({"alpha": 100, "beta": 100}, {"missing": "substitute(0)"}, 10 / 3, "substantial_progress"),
        (
            {"alpha": 100, "beta": 100, "gamma": 100},
            {"veto": Veto(of="alpha", below=6, total=-5)},
            -5.0,
            "deterioration",
        ),
        (
            {"alpha": 100, "beta": 100, "gamma": 100},
            {"veto": Veto(of="alpha", below=6, total=5)},
            5.0,
            "substantial_progress",
        ),
        (
            {"alpha": 100, "beta": 100, "gamma": 100},
            {"veto": Veto(of="alpha", below=4)},
            5.0,
            "target_achieved",
        ),
        ({"alpha": 100, "beta": 100, "gamma": 99}, {}, None, "substantial_progress"),
        ({}, {}, None, None),
        ({}, {"missing": "substitute(5)"}, None, None),
    ],
)
def test_the_status_of_a_total_is_achieved_only_where_all_that_counts_is(
    actuals: dict[str, float], options: dict[str, Any], score: float | None, status: str | None
) -> None:
    policy = attrs.evolve(presets.statcan, **options)
    found = ACHIEVED.assess(actuals, as_of=2020, policy=policy)
    assert (None if found.status is None else found.status.id) == status
    assert found.to_dict()["status"] == status
    assert score is None or found.score == pytest.approx(score, rel=1e-12)


def test_a_scale_that_grades_values_gives_a_total_no_status() -> None:
    every = {"alpha": 100, "beta": 100, "gamma": 100}
    for policy in (Policy(), presets.eurostat, presets.sdsn, presets.time_share):
        assert ACHIEVED.assess(every, as_of=2020, policy=policy).status is None


def test_the_explanation_tells_a_groups_own_way_with_what_is_missing() -> None:
    policy = Policy(groups=[attrs.evolve(CORE, missing="zero")])
    found = THREE.assess({"alpha": 50, "gamma": 90}, as_of=2020, policy=policy)
    assert found.contributions["beta"] == 0.0
    assert "0  Beta: nothing reported, zero, weight 1" in found.explain()
    assert "0  指标beta:未报告,计零分(zero),权重 1" in found.explain("zh")
