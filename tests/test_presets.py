"""Presets: the methods of the field by name, each with its oddities and only where it has them."""

import math
from typing import Any

import attrs
import pytest

from ipplan import (
    Assessment,
    Baseline,
    Bound,
    Indicator,
    ModelError,
    Plan,
    Policy,
    Reason,
    Result,
    State,
    Status,
    Substitute,
    Text,
    Trajectory,
    Zero,
    aggregate,
    assess_series,
    presets,
)
from ipplan.presets import PRESETS, as_policy
from ipplan.scoring import CanadianIndicator, Case, DistanceToTarget, Goalposts
from ipplan.status import (
    ARROWS,
    EUROSTAT,
    FISCAL,
    HEALTHY_PEOPLE,
    PROJECTION,
    STATCAN_SCORES,
    TIME_SHARE,
    WORDS,
)
from tests.builders import indicator, plan

NAMES = [
    "statcan",
    "eurostat",
    "sdsn",
    "unsd",
    "healthy_people",
    "results_framework",
    "time_share",
    "fiscal",
    "efficacy",
    "efficacy_improved",
    "hdi",
]
WAY: dict[str, Any] = {"targets": {2020: 100}, "direction": "up", "baseline": {2015: 50}}
DOWN: dict[str, Any] = {"targets": {2030: 7.25}, "direction": "down"}


def word_of(result: Result | Assessment) -> str:
    assert result.status is not None
    return result.status.value


# By name


def test_the_presets_are_those_that_are_documented() -> None:
    assert [*PRESETS] == NAMES
    assert all(getattr(presets, name) is policy for name, policy in PRESETS.items())
    assert all(policy.name == name for name, policy in PRESETS.items())
    assert {*NAMES} <= {*presets.__all__}


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_is_found_by_its_name(name: str) -> None:
    policy = PRESETS[name]
    assert as_policy(name) is policy
    assert as_policy(policy) is policy
    if name != "hdi":
        assert assess_series({2018: 80}, policy=name, **WAY).policy is policy
        alpha = indicator("alpha", baseline=(2015, 50))
        assert plan(alpha).assess({"alpha": {2018: 80}}, policy=name).policy is policy
        owned = plan(alpha, policy=name)
        assert owned.policy is policy
        assert owned.assess({"alpha": {2018: 80}}).policy is policy
        assert owned.assess({"alpha": {2018: 80}}, policy=Policy()).policy == Policy()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("statcn", "found 'statcn' (near: statcan"),
        ("SDSN", "found 'SDSN'"),
        ("timeshare", "found 'timeshare' (near: time_share"),
        ("ratio", "found 'ratio'"),
        ("", "found ''"),
        (5, "found 5"),
        (None, "found None"),
    ],
)
def test_an_unknown_name_lists_the_names_and_the_near_ones(name: Any, found: str) -> None:
    with pytest.raises(ModelError) as caught:
        as_policy(name)
    expected = f"policy: expected a Policy, or the name of a preset, one of {', '.join(NAMES)}, "
    assert str(caught.value).startswith(expected + found)
    if name is not None:
        with pytest.raises(ModelError, match="expected a Policy, or the name of a preset"):
            plan(indicator()).assess({"alpha": 1}, as_of=2020, policy=name)


def test_a_preset_is_the_start_of_ones_own() -> None:
    mine = attrs.evolve(presets.sdsn, name="mine", missing="zero")
    assert (mine.rule, mine.missing, mine.name) == (presets.sdsn.rule, Zero(), "mine")


def test_zero_is_not_the_worst_where_scores_go_below_it() -> None:
    with pytest.raises(ModelError) as caught:
        attrs.evolve(presets.statcan, name="mine", missing="zero")
    [problem] = caught.value.problems
    assert (problem.place, problem.found) == ("missing", "zero")
    assert problem.expected == "another one than zero, on a scale from -5 to 5"
    assert problem.hint == "substitute(-5) counts what is missing as the worst"
    worst = attrs.evolve(presets.statcan, name="mine", missing="substitute(-5)")
    found = TWO.assess({"alpha": {2015: 14.5, 2030: 7.25}}, policy=worst, as_of=2030)
    assert (found["alpha"].score, found.score) == (5.0, 0.0)
    for name in NAMES:
        if name != "statcan":
            assert attrs.evolve(PRESETS[name], name="", missing="zero").missing == Zero()


@pytest.mark.parametrize(
    ("name", "missing", "words"),
    [
        ("hdi", "substitute(50)", "expected scores from 0 to 1"),
        ("hdi", "substitute(-0.1)", "expected scores from 0 to 1"),
        ("hdi", Substitute(scores={"life_expectancy": 1.5}), "expected scores from 0 to 1"),
        ("statcan", "substitute(-5.5)", "expected scores from -5 to 5"),
        ("statcan", "substitute(50)", "expected scores from -5 to 5"),
        ("sdsn", "substitute(101)", "expected scores from 0 to 100"),
    ],
)
def test_a_substitute_is_a_score_that_the_scale_gives(name: str, missing: Any, words: str) -> None:
    with pytest.raises(ModelError, match=f"^missing: {words}"):
        attrs.evolve(PRESETS[name], name="", missing=missing)


def test_a_substitute_may_be_any_score_of_the_scale() -> None:
    for name, scores in {"hdi": (0, 0.5, 1), "statcan": (-5, 0, 5), "sdsn": (0, 100)}.items():
        for score in scores:
            given = Substitute(scores=score)
            assert attrs.evolve(PRESETS[name], name="", missing=given).missing == given


@pytest.mark.parametrize(
    ("name", "classes"),
    [
        ("statcan", STATCAN_SCORES),
        ("eurostat", EUROSTAT),
        ("sdsn", ARROWS),
        ("unsd", PROJECTION),
        ("healthy_people", HEALTHY_PEOPLE),
        ("results_framework", WORDS),
        ("time_share", TIME_SHARE),
        ("fiscal", FISCAL),
        ("hdi", WORDS),
    ],
)
def test_the_classes_are_those_of_the_rule_unless_the_source_has_others(
    name: str, classes: Any
) -> None:
    policy = PRESETS[name]
    assert policy.statuses_of(policy.rule) == classes
    if name not in {"eurostat", "fiscal"}:
        assert policy.statuses is None


@pytest.mark.parametrize("name", ["statcan", "sdsn", "unsd", "healthy_people", "time_share"])
def test_another_rule_brings_its_own_classes(name: str) -> None:
    mine = attrs.evolve(PRESETS[name], name="", rule="ratio")
    found = assess_series({2020: 92}, policy=mine, **WAY)
    assert (found.score, found.status) == (pytest.approx(92.0), Status.NEARLY_MET)
    early = assess_series({2018: 80}, policy=mine, **WAY)
    assert (early.score, early.status) == (100.0, Status.ON_TRACK)


# Once the target is due


@pytest.mark.parametrize("name", ["sdsn", "time_share", "eurostat", "unsd"])
@pytest.mark.parametrize("as_of", [2020, 2022, 2026, 2030])
def test_a_target_that_is_kept_keeps_its_score(name: str, as_of: int) -> None:
    options: dict[str, Any] = {
        "targets": {2020: 6000},
        "direction": "up",
        "baseline": {2015: 3000},
        "policy": name,
    }
    kept = assess_series({2020: 6000, as_of: 6000}, **options)
    assert (kept.score, str(kept.as_of)) == (pytest.approx(100.0, rel=1e-12), str(as_of))
    once = assess_series({2020: 6000}, as_of=as_of, **options)
    assert once.score == pytest.approx(100.0, rel=1e-12)
    lost = assess_series({2020: 6000, as_of + 1: 4500}, **options)
    assert lost.score == assess_series({2020: 4500}, **options).score
    assert lost.score is not None
    assert lost.score < 60.0


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("eurostat", "target_achieved"),
        ("unsd", "target_achieved"),
        ("statcan", "target_achieved"),
    ],
)
def test_a_target_that_is_achieved_has_its_class_where_there_is_no_number(
    name: str, status: str
) -> None:
    options: dict[str, Any] = {"direction": "down", "baseline": {2015: 10}, "policy": name}
    found = assess_series({2020: 0}, targets={2020: 0}, **options)
    assert (found.value, found.score, found.reason) == (None, None, Reason.SIGN_CHANGE)
    assert (found.state, word_of(found)) == (State.NOT_COMPUTABLE, status)
    assert assess_series({2018: 0}, targets={2020: 0}, **options).status == found.status
    strict = assess_series({2020: 0}, targets={2020: Bound.less_than(0)}, **options)
    assert (strict.reason, strict.status) == (Reason.SIGN_CHANGE, None)


@pytest.mark.parametrize(
    "name", ["statcan", "eurostat", "sdsn", "unsd", "healthy_people", "time_share"]
)
@pytest.mark.parametrize("actual", [110, 130, 145, 300])
def test_overshooting_a_range_is_not_rewarded(name: str, actual: float) -> None:
    found = assess_series(
        {2018: actual},
        targets={2020: Bound.between(120, 140)},
        baseline={2015: 100},
        policy=name,
    )
    assert (found.state, found.reason) == (State.NOT_COMPUTABLE, Reason.NO_BETTER_DIRECTION)
    assert (found.value, found.score) == (None, None)
    if name == "time_share":
        assert found.status is None
    else:
        assert (found.status is not None) is (actual == 130)


# Statistics Canada


def statcan(actuals: Any, **options: Any) -> Result:
    return assess_series(actuals, policy="statcan", **options)


def test_the_canadian_example() -> None:
    found = statcan({2015: 14.5, 2023: 10.4}, **DOWN)
    assert found.value == pytest.approx(0.90109, abs=5e-6)
    assert (word_of(found), found.score) == ("moderate_progress", pytest.approx(2.1507, abs=1e-4))


@pytest.mark.parametrize(
    ("actuals", "base"),
    [
        ({2010: 20, 2015: 14.5, 2018: 13, 2023: 10.4}, (2015, 14.5)),
        ({2014: 20, 2017: 14.5, 2018: 13, 2023: 10.4}, (2017, 14.5)),
        ({"2015-12": 14.5, 2023: 10.4}, (2015, 14.5)),
        ({2022: 12, 2023: 10.4}, (2022, 12)),
    ],
)
def test_the_base_is_the_figure_of_2015_or_the_first_later_one(
    actuals: Any, base: tuple[int, float]
) -> None:
    found = statcan(actuals, **DOWN)
    baseline = found.indicator.trajectory.baseline
    assert baseline is not None
    assert (baseline.period.year, baseline.value) == base
    years = 2023 - base[0]
    made, needed = (10.4 / base[1]) ** (1 / years), (7.25 / base[1]) ** (1 / (2030 - base[0]))
    assert found.value == pytest.approx((made - 1) / (needed - 1), rel=1e-9)


def test_the_plans_own_baseline_comes_first() -> None:
    found = statcan({2015: 14.5, 2023: 10.4}, baseline={2012: 16}, **DOWN)
    made, needed = (10.4 / 16) ** (1 / 11), (7.25 / 16) ** (1 / 18)
    assert found.value == pytest.approx((made - 1) / (needed - 1), rel=1e-9)


def test_a_figure_from_after_the_assessment_is_no_base() -> None:
    found = statcan({2014: 20, 2023: 10.4}, as_of=2020, **DOWN)
    assert (found.state, found.indicator.trajectory.baseline) == (State.NOT_DUE, None)
    due = statcan({2030: 7}, **DOWN)
    assert (due.state, due.reason) == (State.NOT_COMPUTABLE, Reason.NO_BASELINE)


def test_a_baseline_of_zero_counts_as_a_thousandth() -> None:
    zero = statcan({2015: 0, 2020: 5}, targets={2030: 10}, direction="up")
    thousandth = statcan({2015: 0.001, 2020: 5}, targets={2030: 10}, direction="up")
    assert (zero.value, zero.score) == (thousandth.value, thousandth.score)
    assert zero.state is State.SCORED
    growth = statcan({2015: 0, 2020: 5}, direction="up")
    assert growth.value == statcan({2015: 0.001, 2020: 5}, direction="up").value


def test_a_target_of_zero_counts_as_a_thousandth() -> None:
    zero = statcan({2015: 10, 2020: 5}, targets={2030: 0}, direction="down")
    thousandth = statcan({2015: 10, 2020: 5}, targets={2030: 0.001}, direction="down")
    assert (zero.value, zero.score) == (thousandth.value, thousandth.score)
    assert "0.001" in zero.explain()
    assert (zero.target, zero.state) == (0.0, State.SCORED)


def test_what_counts_for_zero_may_be_another_number() -> None:
    policy = Policy(rule=CanadianIndicator(zero=0.01))
    zero = assess_series(
        {2020: 5}, targets={2030: 10}, direction="up", baseline={2015: 0}, policy=policy
    )
    hundredth = statcan({2020: 5}, targets={2030: 10}, direction="up", baseline={2015: 0.01})
    assert zero.value == hundredth.value


@pytest.mark.parametrize(
    ("policy", "baseline", "target", "reason"),
    [
        ("eurostat", 0, 10, Reason.BASELINE_IS_ZERO),
        ("eurostat", 10, 0, Reason.SIGN_CHANGE),
        ("unsd", 0, 10, Reason.BASELINE_IS_ZERO),
        (Policy(rule="growth"), 0, 10, Reason.BASELINE_IS_ZERO),
        (Policy(), 10, 0, Reason.EXPECTED_IS_ZERO),
        ("fiscal", 10, 0, Reason.EXPECTED_IS_ZERO),
    ],
)
def test_nowhere_else_is_a_zero_replaced(
    policy: Any, baseline: float, target: float, reason: Reason
) -> None:
    direction = "up" if target > baseline else "down"
    found = assess_series(
        {2030: 5},
        targets={2030: target},
        direction=direction,
        baseline={2015: baseline},
        policy=policy,
    )
    assert (found.state, found.reason) == (State.NOT_COMPUTABLE, reason)
    assert (found.value, found.score) == (None, None)


@pytest.mark.parametrize(
    ("actuals", "options"),
    [
        ({2015: -5, 2023: 5}, {"targets": {2030: 10}, "direction": "up"}),
        ({2015: 5, 2023: -5}, {"targets": {2030: 10}, "direction": "up"}),
        ({2015: -5, 2023: -4}, {"targets": {2030: 10}, "direction": "up"}),
        ({2015: 5, 2023: 0}, {"targets": {2030: 10}, "direction": "up"}),
        ({2015: -5, 2023: 5}, {"direction": "up"}),
    ],
)
def test_mixed_signs_are_not_computable(actuals: Any, options: dict[str, Any]) -> None:
    found = statcan(actuals, **options)
    assert (found.state, found.reason) == (State.NOT_COMPUTABLE, Reason.SIGN_CHANGE)
    assert (found.score, found.status) == (None, None)


@pytest.mark.parametrize("actual", [7.25, 7.0, 0.5])
def test_a_target_that_is_achieved_earns_the_full_score(actual: float) -> None:
    found = statcan({2015: 14.5, 2023: actual}, **DOWN)
    assert (found.score, word_of(found)) == (5.0, "target_achieved")
    late = statcan({2015: 14.5, 2029: 7.25}, **DOWN)
    assert late.value == pytest.approx((0.5 ** (1 / 14) - 1) / (0.5 ** (1 / 15) - 1), rel=1e-9)
    assert (late.score, word_of(late)) == (5.0, "target_achieved")


@pytest.mark.parametrize(
    ("value", "score", "status"),
    [
        (-0.6, -5.0, "deterioration"),
        (-0.7, -5.0, "deterioration"),
        (-0.3, -3.75, "deterioration"),
        (0.0, -2.5, "limited_progress"),
        (0.6, 0.0, "moderate_progress"),
        (0.95, 2.5, "substantial_progress"),
        (1.2, 4.2857142857, "substantial_progress"),
    ],
)
def test_scores_lie_on_the_canadian_line(value: float, score: float, status: str) -> None:
    growth = value * (0.5 ** (1 / 15) - 1)
    found = statcan({2015: 14.5, 2023: 14.5 * (1 + growth) ** 8}, **DOWN)
    assert found.value == pytest.approx(value, abs=1e-9)
    assert (found.score, word_of(found)) == (pytest.approx(score, abs=1e-9), status)


TWO = plan(
    indicator("alpha", {2030: Bound.at_most(7.25)}),
    indicator("beta", {2030: Bound.at_least(100)}),
    end=2030,
)


@pytest.mark.parametrize(
    ("beta", "score", "status"),
    [
        (100, 5.0, "target_achieved"),
        (99, None, "substantial_progress"),
        (20, 0.0, "moderate_progress"),
    ],
)
def test_the_whole_has_achieved_its_targets_only_if_each_has(
    beta: float, score: float | None, status: str
) -> None:
    found = TWO.assess(
        {"alpha": {2015: 14.5, 2023: 7.0}, "beta": {2015: 50, 2023: beta}}, policy="statcan"
    )
    assert word_of(found["alpha"]) == "target_achieved"
    assert found.score == pytest.approx(
        math.fsum(each.score or 0.0 for each in found.values()) / 2, rel=1e-12
    )
    if score is not None:
        assert found.score == score
    assert word_of(found) == status


def test_the_total_is_the_plain_mean_of_the_scores_that_there_are() -> None:
    found = TWO.assess(
        {"alpha": {2015: 14.5, 2023: 10.4}, "beta": {2015: 50}}, policy="statcan", as_of=2023
    )
    assert found.score == pytest.approx(2.1507, abs=1e-4)
    assert (found.coverage, word_of(found)) == (0.5, "moderate_progress")
    nothing = TWO.assess({}, policy="statcan", as_of=2030)
    assert (nothing.score, nothing.status) == (None, None)


def test_only_a_scale_of_scores_grades_the_total() -> None:
    graded = {"alpha": {2015: 14.5, 2023: 10.4}}
    by_value = attrs.evolve(presets.eurostat, baseline_from=2015)
    found = TWO.assess(graded, policy=by_value)
    assert (word_of(found["alpha"]), found.score) == ("moderate_progress", pytest.approx(90.109))
    assert found.status is None
    words = TWO.assess(graded, policy=Policy(baseline_from=2015))
    assert (words.status, words["alpha"].status) == (None, Status.ON_TRACK)


def test_the_same_indicator_may_be_watched() -> None:
    found = statcan({2015: 66.6, 2022: 71.4}, direction="up")
    assert found.value == pytest.approx((71.4 / 66.6) ** (1 / 7) - 1, rel=1e-12)
    assert word_of(found) == "moderate_progress"
    known = CanadianIndicator().attainment(
        Case.of(71.4, Bound.at_least(0), at=2022.0, baseline=66.6, baseline_at=2015.0)
    )
    assert found.value == known


# The others


@pytest.mark.parametrize(
    ("actual", "value", "status"),
    [
        (121.0, 1.0, "significant_progress"),
        (110.0, 0.488, "insufficient_progress"),
        (90.0, -0.513, "significant_movement_away"),
        (146.41, 2.1, "target_achieved"),
    ],
)
def test_eurostat(actual: float, value: float, status: str) -> None:
    found = assess_series(
        {2017: actual},
        targets={2019: 146.41},
        direction="up",
        baseline={2015: 100},
        policy="eurostat",
    )
    assert found.value == pytest.approx(value, abs=1e-3)
    assert word_of(found) == status


@pytest.mark.parametrize(
    ("actual", "value", "status"),
    [
        (80, 1.0, "on_track"),
        (65, 0.5, "improving"),
        (50, 0.0, "stagnating"),
        (40, -1 / 3, "decreasing"),
        (100, 5 / 3, "achieved"),
    ],
)
def test_sdsn(actual: float, value: float, status: str) -> None:
    found = assess_series({2018: actual}, policy="sdsn", **WAY)
    assert found.value == pytest.approx(value, rel=1e-12, abs=1e-12)
    assert word_of(found) == status
    assert found.status is not None
    assert found.status.symbol == {1.0: "↑", 0.5: "↗", 0.0: "→"}.get(
        value, "↑" if value > 1 else "↓"
    )


@pytest.mark.parametrize(
    ("actual", "status"),
    [
        (121.0, "on_track"),
        (105.0, "acceleration_needed"),
        (100.0, "little_or_none"),
        (90.0, "little_or_none"),
        (150.0, "target_achieved"),
    ],
)
def test_projection(actual: float, status: str) -> None:
    found = assess_series(
        {2017: actual}, targets={2019: 146.41}, direction="up", baseline={2015: 100}, policy="unsd"
    )
    projected = actual * (actual / 100) ** (2 / 2)
    assert found.value == pytest.approx((projected - 100) / 46.41, rel=1e-9, abs=1e-9)
    assert word_of(found) == status


@pytest.mark.parametrize(
    ("actual", "value", "status"),
    [
        (45.0, 0.5, "improving"),
        (49.5, 0.05, "little_or_none"),
        (40.0, 1.0, "met_or_exceeded"),
        (35.0, 1.5, "met_or_exceeded"),
        (52.0, -0.04, "little_or_none"),
        (55.0, -0.1, "getting_worse"),
        (75.0, -0.5, "getting_worse"),
    ],
)
def test_healthy_people_is_another_figure_away_from_the_target(
    actual: float, value: float, status: str
) -> None:
    found = assess_series(
        {2018: actual},
        targets={2020: 40},
        direction="down",
        baseline={2015: 50},
        policy="healthy_people",
    )
    assert found.value == pytest.approx(value, rel=1e-12)
    assert word_of(found) == status
    away = "away from the target" in found.explain()
    assert away is (value < 0)


@pytest.mark.parametrize(
    ("actual", "bound", "status"),
    [
        (40.0, Bound.at_most(40), "met_or_exceeded"),
        (40.0, Bound.less_than(40), "improving"),
        (39.9, Bound.less_than(40), "met_or_exceeded"),
        (40.0 + 1e-10, Bound.at_most(40), "improving"),
    ],
)
def test_healthy_people_is_met_as_the_bound_says(actual: float, bound: Bound, status: str) -> None:
    found = assess_series(
        {2020: actual}, targets={2020: bound}, baseline={2015: 50}, policy="healthy_people"
    )
    assert found.value == pytest.approx((50 - actual) / 10, rel=1e-9)
    assert word_of(found) == status


@pytest.mark.parametrize(
    "rule",
    [Goalposts(lower=20, upper=120), Goalposts(lower=1, upper=120, log=True),
     DistanceToTarget(worst=20)],
    ids=lambda rule: rule.name,
)  # fmt: skip
def test_half_a_year_with_half_the_amount_earns_the_same(rule: Any) -> None:
    options: dict[str, Any] = {"targets": {2020: 100}, "direction": "up", "accrual": "flow"}
    whole = assess_series({2020: 70}, policy=Policy(rule=rule), **options)
    half = assess_series({"2020-H1": 35}, policy=Policy(rule=rule), **options)
    assert half.score == pytest.approx(whole.score, rel=1e-12)
    assert 0.0 < (whole.score or 0.0) < 100.0
    level = assess_series(
        {"2020-H1": 35}, policy=Policy(rule=rule), **{**options, "accrual": "level"}
    )
    assert level.score != pytest.approx(whole.score, rel=1e-3)


@pytest.mark.parametrize(
    ("actual", "score", "status"),
    [
        (80, 100.0, Status.ON_TRACK),
        (65, 50.0, Status.BEHIND),
        (50, 0.0, Status.BEHIND),
        (30, 0.0, Status.BEHIND),
        (90, 100.0, Status.AHEAD),
        (100, 100.0, Status.ACHIEVED_EARLY),
    ],
)
def test_results_framework(actual: float, score: float, status: Any) -> None:
    found = assess_series({2018: actual}, policy="results_framework", **WAY)
    assert (found.score, found.status) == (pytest.approx(score, abs=1e-9), status)


@pytest.mark.parametrize(
    ("actual", "value", "status"),
    [
        (80, 0.0, Status.ON_TRACK),
        (77.5, -0.05, Status.ON_TRACK),
        (77, -0.06, Status.BEHIND),
        (82.5, 0.05, Status.AHEAD),
        (100, 0.4, Status.ACHIEVED_EARLY),
    ],
)
def test_time_share(actual: float, value: float, status: Any) -> None:
    found = assess_series({2018: actual}, policy="time_share", **WAY)
    assert found.value == pytest.approx(value, abs=1e-12)
    assert found.score == pytest.approx(100 + 100 * min(value, 0.0), rel=1e-12)
    assert found.status == status


@pytest.mark.parametrize(
    ("actual", "value", "status"),
    [(95, -0.1, Status.NEARLY_MET), (94, -0.12, Status.NOT_MET), (100, 0.0, Status.MET)],
)
def test_time_share_once_the_target_is_due(actual: float, value: float, status: Any) -> None:
    found = assess_series({2020: actual}, policy="time_share", **WAY)
    assert found.value == pytest.approx(value, abs=1e-12)
    assert found.score == pytest.approx(100 + 100 * min(value, 0.0), rel=1e-12)
    assert found.status == status


@pytest.mark.parametrize(
    ("bound", "actual", "score", "status"),
    [
        (Bound.at_least(100), 95, 95.0, "excellent"),
        (Bound.at_least(100), 120, 100.0, "excellent"),
        (Bound.at_least(100), 80, 80.0, "good"),
        (Bound.at_least(100), 59, 59.0, "poor"),
        (Bound.at_most(10), 12, 80.0, "good"),
        (Bound.at_most(10), 14, 60.0, "fair"),
        (Bound.at_most(10), 25, 0.0, "poor"),
    ],
)
def test_fiscal(bound: Bound, actual: float, score: float, status: str) -> None:
    found = plan(indicator("alpha", {2020: bound})).assess(
        {"alpha": {2020: actual}}, policy="fiscal"
    )
    assert found.score == pytest.approx(score, rel=1e-12)
    assert word_of(found["alpha"]) == word_of(found) == status


@pytest.mark.parametrize(
    ("actual", "score", "status"),
    [
        (50, 60.0, "fair"),
        (100, 100.0, "excellent"),
        (75, 80.0, "good"),
        (125, 120.0, "excellent"),
        (25, 40.0, "poor"),
        (-100, -60.0, "poor"),
    ],
)
def test_efficacy_is_60_at_the_baseline_and_100_at_the_expected_value_and_not_clipped(
    actual: float, score: float, status: str
) -> None:
    found = assess_series({2020: actual}, policy="efficacy", **WAY)
    assert found.score == pytest.approx(score, rel=1e-12)
    assert word_of(found) == status
    posts = Goalposts(lower=50, upper=100, scale=presets.efficacy.rule.scale)
    assert posts.scale.score(
        posts.attainment(Case.of(actual, Bound.at_least(100)))
    ) == pytest.approx(score, rel=1e-12)


def test_the_improved_efficacy_is_the_geometric_mean() -> None:
    both = plan(indicator("alpha", baseline=(2015, 50)), indicator("beta", baseline=(2015, 50)))
    actuals = {"alpha": {2020: 50}, "beta": {2020: 100}}
    assert both.assess(actuals, policy="efficacy").score == pytest.approx(80.0, rel=1e-12)
    improved = both.assess(actuals, policy="efficacy_improved")
    assert improved.score == pytest.approx(math.sqrt(6000), rel=1e-12)
    assert word_of(improved) == "fair"
    assert math.fsum(improved.contributions.values()) == improved.score
    below = both.assess({"alpha": {2020: -100}, "beta": {2020: 100}}, policy="efficacy_improved")
    assert (below.score, below.total.reason) == (None, Reason.SCORE_NOT_POSITIVE)


# The Human Development Index


def watched(id: str, unit: str) -> Indicator:
    return Indicator(
        id=id,
        name=Text(en=id.replace("_", " "), zh=id),
        unit=unit,
        accrual="level",
        trajectory=Trajectory(better="up"),
    )


DEVELOPMENT = Plan(
    id="development",
    title=Text(en="Human development", zh="人类发展"),
    start=2000,
    end=2030,
    indicators=[
        watched("life_expectancy", "年"),
        watched("expected_schooling", "年"),
        watched("mean_schooling", "年"),
        watched("gni_per_capita", "international_dollar"),
    ],
)
NORWAY = {
    "life_expectancy": 83.393,
    "expected_schooling": 18.63846016,
    "mean_schooling": 13.06234279,
    "gni_per_capita": 69189.76165,
}


def test_the_human_development_index_of_a_plan_with_its_four_indicators() -> None:
    found = DEVELOPMENT.assess(NORWAY, as_of=2022, policy="hdi")
    health = (83.393 - 20) / 65
    education = (1.0 + 13.06234279 / 15) / 2
    income = (math.log(69189.76165) - math.log(100)) / (math.log(75000) - math.log(100))
    assert found.score == pytest.approx((health * education * income) ** (1 / 3), rel=1e-12)
    assert found.score == pytest.approx(0.966, abs=5e-4)
    assert found.coverage == 1.0
    assert found.groups["education"].score == pytest.approx(education, rel=1e-12)
    assert found["expected_schooling"].score == 1.0
    assert math.fsum(found.contributions.values()) == found.score
    assert {each.state for each in found.values()} == {State.SCORED}
    assert "Score: 0.966 of 1, from 4 of 4 indicators" in str(found)


@pytest.mark.parametrize("id", [*NORWAY])
def test_without_one_of_the_four_there_is_no_index(id: str) -> None:
    known = {each: value for each, value in NORWAY.items() if each != id}
    found = DEVELOPMENT.assess(known, as_of=2022, policy="hdi")
    assert (found.score, found.total.reason) == (None, Reason.COVERAGE_TOO_LOW)
    assert (found[id].state, found[id].reason) == (State.MISSING, Reason.NOT_REPORTED)
    assert found.coverage < 1.0


def test_a_country_without_income_has_no_logarithm_and_no_index() -> None:
    found = DEVELOPMENT.assess({**NORWAY, "gni_per_capita": 0}, as_of=2022, policy="hdi")
    assert found["gni_per_capita"].reason is Reason.ACTUAL_NOT_POSITIVE
    assert found.score is None


def test_the_index_is_the_mean_of_means() -> None:
    found = DEVELOPMENT.assess(NORWAY, as_of=2022, policy="hdi")
    scores = {id: result.score for id, result in found.items()}
    again = aggregate(scores, groups=presets.hdi.groups, method="geometric", missing="require(1)")
    assert again.score == found.score


def test_a_plan_with_other_indicators_is_refused() -> None:
    with pytest.raises(ModelError) as caught:
        plan(indicator("life_expectancy")).assess({}, as_of=2020, policy="hdi")
    assert {problem.place for problem in caught.value.problems} == {
        "rules.expected_schooling",
        "rules.mean_schooling",
        "rules.gni_per_capita",
        "groups.education.members[0]",
        "groups.education.members[1]",
    }


def test_schooling_is_in_years_and_income_in_international_dollars() -> None:
    given: Any = {
        **NORWAY,
        "life_expectancy": "83.393 years",
        "gni_per_capita": "69189.76165 国际元",
    }
    found = DEVELOPMENT.assess(given, as_of=2022, policy="hdi")
    assert found.score == DEVELOPMENT.assess(NORWAY, as_of=2022, policy="hdi").score


def test_a_baseline_is_not_what_the_index_asks_for() -> None:
    with_baseline = attrs.evolve(
        DEVELOPMENT,
        indicators=[
            attrs.evolve(
                each, trajectory=Trajectory(better="up", baseline=Baseline(period=2000, value=5))
            )
            for each in DEVELOPMENT.indicators.values()
        ],
    )
    found = with_baseline.assess(NORWAY, as_of=2022, policy="hdi")
    assert found.score == DEVELOPMENT.assess(NORWAY, as_of=2022, policy="hdi").score


# What does not hold yet


def test_a_range_that_is_achieved_has_its_class_and_no_score() -> None:
    found = statcan({2015: 3.1, 2029: 2.95}, targets={2030: Bound.between(2, 3)})
    assert word_of(found) == "target_achieved"
    assert (found.score, found.reason) == (None, Reason.NO_BETTER_DIRECTION)
    missed = statcan({2015: 3.1, 2029: 1.5}, targets={2030: Bound.between(2, 3)})
    assert (missed.score, missed.status) == (None, None)
    assert missed.reason is Reason.NO_BETTER_DIRECTION


def test_a_final_target_that_is_achieved_earns_the_full_score_though_the_one_before_is_strict() -> (
    None
):
    targets = {2029: Bound.more_than(10), 2030: Bound.at_least(10)}
    found = statcan({2015: 3, 2029: 10}, targets=targets)
    assert word_of(found) == "target_achieved"
    assert found.score == 5.0


def test_a_maximum_not_yet_passed_within_a_year_does_not_earn_the_full_score() -> None:
    options: dict[str, Any] = {"targets": {2020: 80}, "direction": "down", "accrual": "flow"}
    found = statcan({"2018-H1": 60}, baseline={2015: 100}, **options)
    assert word_of(found) != "target_achieved"
    assert found.score is not None
    assert found.score < 5.0


def test_an_indicator_of_the_index_has_no_word_on_a_target_that_it_does_not_have() -> None:
    found = DEVELOPMENT.assess(NORWAY, as_of=2022, policy="hdi")
    assert {each.status for each in found.values()} == {None}
