"""One series without a plan: figures and targets become a result, whatever is wrong is told."""

import json
import math
from decimal import Decimal
from typing import Any

import pytest

from ipplan import (
    ActualsError,
    Baseline,
    Bound,
    Group,
    ModelError,
    Observation,
    Period,
    Policy,
    Reason,
    Result,
    State,
    Status,
    Substitute,
    Text,
    Veto,
    assess_series,
    presets,
)
from ipplan.units import registry
from tests.builders import indicator, plan

POVERTY = {2015: 14.5, 2023: 10.4}
REDUCTION: dict[str, Any] = {
    "targets": {2030: 7.25},
    "direction": "down",
    "policy": presets.statcan,
}


def assessed(actuals: Any, **options: Any) -> Result:
    return assess_series(actuals, **options)


# What comes out


def test_the_published_example() -> None:
    found = assessed(POVERTY, **REDUCTION)
    assert found.value == pytest.approx(0.9010899546976208, rel=1e-9)
    assert found.score == pytest.approx(2.1507, abs=1e-4)
    assert found.status is not None
    assert found.status.value == "moderate_progress"
    assert (found.state, found.reason) == (State.SCORED, None)
    assert (found.actual, str(found.period), str(found.as_of)) == (10.4, "2023", "2023")
    assert (found.target, found.met) == (7.25, True)
    assert found.expected == pytest.approx(14.5 - 8 / 15 * 7.25, rel=1e-12)


def test_it_is_what_a_plan_of_one_indicator_says() -> None:
    bounds = {2018: Bound.at_least(20), 2020: Bound.at_least(40)}
    one = plan(indicator("series", bounds, baseline=(2015, 8)))
    for actuals in ({2019: 25}, {2018: 20, 2019: 30}, {2020: 40}, {2017: None, 2018: 3}):
        expected = one.assess({"series": actuals}, policy="sdsn")["series"]
        found = assessed(
            actuals,
            targets={2018: 20, 2020: 40},
            direction="up",
            baseline={2015: 8},
            policy="sdsn",
        )
        assert (found.score, found.status, found.expected, found.ratio, found.progress) == (
            expected.score,
            expected.status,
            expected.expected,
            expected.ratio,
            expected.progress,
        )


def test_targets_may_come_in_any_order_and_with_any_kind_of_period() -> None:
    found = assessed(
        {"2018-06-30": 15},
        targets={Period.of("2020-H1"): 40, 2018: 20, "2017": Decimal(10)},
        direction="up",
    )
    assert found.expected == pytest.approx(15.0, rel=1e-12)
    assert found.target == 40.0


def test_the_direction_says_what_a_plain_target_asks() -> None:
    up = assessed({2020: 50}, targets={2020: 40}, direction="up")
    down = assessed({2020: 50}, targets={2020: 40}, direction="down")
    assert (up.required, down.required) == (Bound.at_least(40), Bound.at_most(40))
    assert (up.met, down.met) == (True, False)
    assert (up.status, down.status) == (Status.EXCEEDED, Status.NOT_MET)


@pytest.mark.parametrize(
    ("bound", "actual", "met", "ratio", "status"),
    [
        (Bound.between(2, 3), 2.5, True, 1.0, Status.MET),
        (Bound.between(2, 3), 4.0, False, 0.75, Status.NOT_MET),
        (Bound.exactly(5), 5.0, True, 1.0, Status.MET),
        (Bound.more_than(6000), 6000.0, False, 1.0, Status.NEARLY_MET),
        (Bound.more_than(6000), 6001.0, True, 6001 / 6000, Status.EXCEEDED),
        (Bound.less_than(10), 8.0, True, 1.25, Status.EXCEEDED),
    ],
)
def test_targets_may_be_bounds_of_every_kind(
    bound: Bound, actual: float, met: bool, ratio: float, status: Any
) -> None:
    found = assessed({2020: actual}, targets={2020: bound})
    assert (found.met, found.status, found.required) == (met, status, bound)
    assert found.ratio == pytest.approx(ratio, rel=1e-12)
    again = assessed({2020: actual}, targets={2020: bound}, direction=bound.direction)
    assert (again.met, again.score) == (found.met, found.score)


@pytest.mark.parametrize(
    "baseline", [{2016: 60}, {"2016": Decimal(60)}, Baseline(period=2016, value=60)]
)
def test_a_baseline_is_a_mapping_or_a_baseline(baseline: Any) -> None:
    found = assessed({2018: 90}, targets={2020: 100}, direction="up", baseline=baseline)
    assert (found.expected, found.progress) == (80.0, 1.5)
    assert found.indicator.trajectory.baseline == Baseline(period=2016, value=60)


def test_a_series_without_targets_is_only_watched() -> None:
    found = assessed({2015: 80, 2020: 90}, direction="up")
    assert (found.state, found.reason) == (State.NOT_DUE, Reason.NO_TARGET)
    assert (found.actual, found.target, found.expected, found.met) == (90.0, None, None, None)
    assert (found.score, found.status, found.gap) == (None, None, None)
    assert (found.no_ratio, found.no_progress) == (Reason.NO_TARGET, Reason.NO_TARGET)


@pytest.mark.parametrize(
    ("direction", "limit", "score", "status"),
    [
        ("up", None, 5.0, "substantial_progress"),
        ("down", None, -5.0, "deterioration"),
        ("up", 100, 5.0, "substantial_progress"),
    ],
)
def test_a_watched_series_is_scored_by_its_growth(
    direction: str, limit: float | None, score: float, status: str
) -> None:
    found = assessed({2015: 80, 2020: 90}, direction=direction, limit=limit, policy="statcan")
    growth = (90 / 80) ** (1 / 5) - 1
    assert found.value == pytest.approx(growth if direction == "up" else -growth, rel=1e-12)
    assert found.score == pytest.approx(score, abs=1e-12)
    assert found.status is not None
    assert (found.status.value, found.state) == (status, State.SCORED)


def test_near_a_natural_limit_less_growth_is_enough() -> None:
    actuals = {2015: 90, 2020: 92}
    free = assessed(actuals, direction="up", policy="statcan")
    bound = assessed(actuals, direction="up", policy="statcan", limit=100)
    growth = (92 / 90) ** (1 / 5) - 1
    assert free.value == bound.value == pytest.approx(growth, rel=1e-12)
    assert free.score == pytest.approx(growth / 0.005 * 2.5 - 2.5, rel=1e-9)
    eased = growth / (1 - 0.9**4.44)
    assert bound.score == pytest.approx((eased - 0.005) / 0.01 * 2.5, rel=1e-9)
    full = assessed({2015: 100, 2020: 100}, direction="up", policy="statcan", limit=100)
    assert (full.state, full.reason) == (State.NOT_COMPUTABLE, Reason.BASELINE_AT_LIMIT)


def test_a_watched_series_with_its_own_baseline() -> None:
    found = assessed({2020: 90}, direction="up", baseline={2010: 80}, policy=Policy(rule="growth"))
    assert found.value == pytest.approx((90 / 80) ** 0.1 - 1, rel=1e-12)
    missing = assessed({}, direction="up", policy=Policy(rule="growth"), as_of=2020)
    assert (missing.state, missing.reason) == (State.MISSING, Reason.NOT_REPORTED)


def test_no_targets_may_be_an_empty_mapping() -> None:
    assert assessed({2020: 1}, targets={}, direction="up").reason is Reason.NO_TARGET
    assert assessed({2020: 1}, targets=None, direction="up").reason is Reason.NO_TARGET


@pytest.mark.parametrize(
    ("as_of", "state", "reason", "actual"),
    [
        (2014, State.NOT_DUE, Reason.BEFORE_FIRST_MILESTONE, None),
        (2015, State.NOT_DUE, Reason.BEFORE_FIRST_MILESTONE, None),
        (2022, State.MISSING, Reason.NOT_REPORTED, None),
        ("2023-06", State.MISSING, Reason.NOT_REPORTED, None),
        (2023, State.SCORED, None, 10.4),
        ("2026-H1", State.SCORED, None, 10.4),
        (2060, State.SCORED, None, 10.4),
    ],
)
def test_as_of_may_lie_in_the_past_or_the_future(
    as_of: Any, state: State, reason: Reason | None, actual: float | None
) -> None:
    found = assessed(POVERTY, as_of=as_of, **REDUCTION)
    assert (found.state, found.reason, found.actual) == (state, reason, actual)
    assert found.as_of == Period.of(as_of)


def test_a_part_of_a_years_flow_is_compared_with_its_share() -> None:
    found = assessed({"2018-H1": 40}, targets={2018: 100}, direction="up", accrual="flow")
    assert (found.expected, found.ratio, found.met) == (50.0, 0.8, False)
    known = assessed(
        {"2018-H1": 40},
        targets={2020: 100},
        baseline={2016: 60},
        direction="up",
        accrual="flow",
        policy="results_framework",
    )
    assert (known.expected, known.progress) == (40.0, 1.0)
    level = assessed({"2018-H1": 40}, targets={2018: 100}, direction="up")
    assert level.state is State.NOT_DUE


PART_YEAR: dict[str, Any] = {
    "targets": {2020: 100},
    "baseline": {2015: 50},
    "direction": "up",
    "accrual": "flow",
}


def test_half_of_a_years_flow_is_as_far_as_the_whole_of_it() -> None:
    whole = assessed({2018: 80}, policy="sdsn", **PART_YEAR)
    half = assessed({"2018-H1": 40}, policy="sdsn", **PART_YEAR)
    assert (half.expected, half.ratio, half.progress) == (40.0, 1.0, 1.0)
    assert (whole.ratio, whole.progress) == (1.0, 1.0)
    assert whole.value == pytest.approx(1.0, rel=1e-12)


def test_the_pace_of_half_a_years_flow_is_that_of_the_whole_year() -> None:
    half = assessed({"2018-H1": 40}, policy="sdsn", **PART_YEAR)
    assert half.value == pytest.approx(1.0, rel=1e-12)


@pytest.mark.parametrize(
    "value",
    [
        22.4,
        Decimal("22.4"),
        "22.4",
        "22.4 亿元",
        "224000 万元",
        registry().Quantity(224_000, "万元"),
        Observation(indicator="series", period=2020, value=224_000, unit="万元"),
    ],
)
def test_figures_with_units_are_converted(value: Any) -> None:
    found = assessed({2020: value}, targets={2020: 20}, direction="up", unit="亿元")
    assert found.actual == pytest.approx(22.4, rel=1e-12)
    assert found.unit == "亿元"
    assert found.ratio == pytest.approx(1.12, rel=1e-12)


def test_none_says_that_nothing_was_reported() -> None:
    found = assessed({2015: 14.5, 2020: 12.0, 2023: None}, **REDUCTION)
    assert (found.actual, str(found.as_of)) == (12.0, "2020")
    nothing = assessed({2023: None}, as_of=2023, targets={2020: 1}, direction="up")
    assert (nothing.state, nothing.actual) == (State.MISSING, None)


def test_the_name_is_shown() -> None:
    named = assessed(POVERTY, name="Poverty", unit="%", **REDUCTION)
    assert named.explain().startswith("Poverty (series), in %, as of 2023")
    both = assessed(POVERTY, name=Text(zh="贫困率", en="Poverty"), **REDUCTION)
    assert both.explain("zh").startswith("贫困率(series)")
    assert assessed(POVERTY, **REDUCTION).name == Text(zh="序列", en="Series")


def test_interpolation_and_the_years_are_free() -> None:
    steps = assessed(
        {1950: 15}, targets={1940: 10, 2090: 40}, direction="up", interpolation="previous"
    )
    assert (steps.expected, steps.met) == (10.0, True)
    bent = assessed(
        {2010: 5},
        targets={2020: 30},
        baseline={2000: 10},
        direction="up",
        interpolation=lambda start, end, share: start + (end - start) * share**2,
    )
    assert bent.expected == 15.0


@pytest.mark.parametrize(
    ("policy", "places"),
    [
        (Policy(rules={"life_expectancy": "pace"}), ["policy.rules.life_expectancy"]),
        (Policy(weights={"alpha": 1}), ["policy.weights.alpha", "policy.weights.series"]),
        (Policy(weights={"series": 1, "alpha": 1}), ["policy.weights.alpha"]),
        (Policy(groups=[Group(id="g", members=["alpha"])]), ["policy.groups.g.members[0]"]),
        (Policy(veto=Veto(of=["alpha"], below=1)), ["policy.veto.of[0]"]),
        (Policy(missing=Substitute(scores={"alpha": 1})), ["policy.missing.alpha"]),
        (
            "hdi",
            [
                "policy.rules.expected_schooling",
                "policy.rules.gni_per_capita",
                "policy.rules.life_expectancy",
                "policy.rules.mean_schooling",
                "policy.groups.education.members[0]",
                "policy.groups.education.members[1]",
            ],
        ),
    ],
)
def test_a_policy_for_other_indicators_does_not_fit_a_series(policy: Any, places: Any) -> None:
    with pytest.raises(ModelError) as caught:
        assessed({2020: 5}, targets={2020: 10}, direction="up", policy=policy)
    assert [problem.place for problem in caught.value.problems] == places


def test_a_policy_that_does_not_fit_is_told_with_what_else_is_wrong() -> None:
    policy = Policy(rules={"alpha": "pace"})
    with pytest.raises(ModelError) as caught:
        assessed({2020: 5}, targets={2020: 10}, direction="upp", policy=policy)
    assert {problem.place for problem in caught.value.problems} == {
        "direction",
        "policy.rules.alpha",
    }


def test_a_policy_may_name_the_series() -> None:
    policy = Policy(
        rules={"series": "pass_fail"},
        weights={"series": 2, "g": 1},
        groups=[Group(id="g", members=["series"])],
        veto=Veto(of=["series"], below=1),
        missing=Substitute(scores={"series": 1}),
    )
    assert assessed({2020: 5}, targets={2020: 10}, direction="up", policy=policy).score == 0.0


def test_a_result_is_plain_values() -> None:
    plain = assessed(POVERTY, **REDUCTION).to_dict()
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert (plain["indicator"], plain["unit"]) == ("series", "no_unit")
    assert plain["status"] == "moderate_progress"
    watched = assessed({2020: 1}, direction="up").to_dict()
    assert json.loads(json.dumps(watched, allow_nan=False)) == watched
    assert (watched["target"], watched["reason"]) == (None, "no_target")


# How it is told


def test_a_score_is_explained_in_both_languages() -> None:
    found = assessed(POVERTY, **REDUCTION)
    english, chinese = found.explain(), found.explain("zh")
    for words in (
        "Series (series), in no unit, as of 2023",
        "10.4 for 2023 (verification not stated",
        "≤ 10.63  linear between 2015: 14.5 and 2030: ≤ 7.25",
        "≤ 7.25 (2030)",
        "yearly growth made / yearly growth needed",
        "= 0.9011",
        "5 once it is achieved: 2.151",
        "◑ moderate progress: score from 0, below 2.5",
        "preset statcan",
        "the first figure from 2015 on",
    ):
        assert words in english
    for words in (
        "序列(series)",
        "截至 2023",
        "实际值",
        "10.4,2023(未说明核实情况",
        "在 2015: 14.5 与 2030: ≤ 7.25 之间:线性插值",
        "达到目标得 5:2.151",
        "◑ 进展一般:得分 ≥ 0,< 2.5",
        "预设 statcan",
    ):
        assert words in chinese


@pytest.mark.parametrize(
    ("actuals", "options", "english", "chinese"),
    [
        (
            {2015: 14.5},
            {**REDUCTION, "as_of": 2023},
            ["missing: nothing was reported", "≤ 10.63  linear between", "nothing reported that"],
            ["未报告: 没有报告数据", "截至 2023 没有可用的报告数据", "线性插值"],
        ),
        (
            {2014: 3},
            {"targets": {2020: 5}, "direction": "up"},
            ["not due: nothing is due yet at that time", "≥ 5 (2020)"],
            ["未到期: 此时尚无到期的要求", "≥ 5 (2020)"],
        ),
        (
            {2020: 90},
            {"direction": "up"},
            ["90 for 2020", "– none: the plan only watches it", "not due: there is no target"],
            ["– 无目标,仅监测", "未到期: 没有目标值"],
        ),
        (
            {2015: 80, 2020: 90},
            {"direction": "up", "policy": "statcan"},
            [
                "– none: the plan only watches it",
                "yearly growth since the baseline = ((90 / 80)^(1/5) - 1) = 0.02384",
                "● substantial progress: score from 2.5",
            ],
            ["– 无目标,仅监测", "● 进展显著:得分 ≥ 2.5", "= 0.02384"],
        ),
        (
            {2015: -1, 2020: 90},
            {"direction": "up", "policy": "statcan"},
            [
                "not computable: there is a change of sign, or a zero, between the figures",
                "baseline            -1 for 2015, the first figure reported",
            ],
            ["无法计算: 所比较的数值符号不同或为零", "-1,2015,取自首个报告数据"],
        ),
        (
            {2020: 90},
            {"targets": {2020: 100}, "direction": "up", "policy": "sdsn"},
            ["not computable: there is no baseline"],
            ["无法计算: 没有基期值"],
        ),
        (
            {2020: 1e90},
            {
                "targets": {2120: 2e90},
                "direction": "up",
                "baseline": {2019: 1e-90},
                "policy": "unsd",
            },
            ["not computable: the rule gives no finite number there"],
            ["无法计算: 评分规则在此没有给出有限数值"],
        ),
    ],
    ids=[
        "missing",
        "not due",
        "watched",
        "watched and scored",
        "not computable",
        "no baseline",
        "undefined",
    ],
)
def test_what_has_no_target_or_score_is_explained_in_both_languages(
    actuals: Any, options: dict[str, Any], english: list[str], chinese: list[str]
) -> None:
    found = assessed(actuals, **options)
    for words in english:
        assert words in found.explain()
    for words in chinese:
        assert words in found.explain("zh")


def lines(text: str) -> dict[str, str]:
    """The lines of an explanation by their labels."""
    pairs = (line.strip().split("  ", 1) for line in text.splitlines()[1:])
    return {pair[0]: pair[-1].strip() for pair in pairs if len(pair) == 2}


def test_the_baseline_is_told_and_whether_the_policy_took_it() -> None:
    taken = assessed(POVERTY, **REDUCTION)
    assert lines(taken.explain())["baseline"] == "14.5 for 2015, the first figure reported"
    assert lines(taken.explain("zh"))["基期值"] == "14.5,2015,取自首个报告数据"
    given = assessed(POVERTY, baseline={2012: 16}, **REDUCTION)
    assert lines(given.explain())["baseline"] == "16 for 2012"
    assert lines(given.explain("zh"))["基期值"] == "16,2012"
    sourced = Baseline(period=2012, value=16, source="Yearbook")
    told = lines(assessed(POVERTY, baseline=sourced, **REDUCTION).explain())
    assert told["baseline"] == "16 for 2012 (Yearbook)"
    assert "baseline" not in lines(assessed({2020: 5}, **UP).explain())


def test_the_limit_and_what_it_eases_are_told() -> None:
    options: dict[str, Any] = {"direction": "up", "baseline": {2015: 90}, "policy": GROWTH}
    found = assessed({2020: 92}, limit=100, **options)
    english, chinese = lines(found.explain()), lines(found.explain("zh"))
    assert (english["limit"], chinese["自然上限"]) == ("100", "100")
    value = (92 / 90) ** (1 / 5) - 1
    eased = value / (1 - 0.9**4.44)
    told, _, why = english["graded"].partition(", ")
    assert float(told) == pytest.approx(eased, rel=1e-3)
    assert why == "what the scale and the thresholds see of the value"
    assert chinese["调整后数值"].startswith(told)
    assert found.score == pytest.approx(eased * 100, rel=1e-12)
    for others in ({}, {"limit": 100, "direction": "down"}):
        plain = assessed({2020: 92}, **{**options, **others})
        assert "graded" not in lines(plain.explain())
        assert ("limit" in lines(plain.explain())) is ("limit" in others)
        assert plain.score == pytest.approx((plain.value or 0.0) * 100, rel=1e-12)


# What is refused

GROWTH = Policy(rule="growth")
UP: dict[str, Any] = {"targets": {2020: 5}, "direction": "up"}
PERIOD = "expected a year (2018), half (2018-H1), quarter (2018-Q2), month (2018-06) or date"
NUMBER = "expected a number, with a unit or without, found"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (
            {**UP, "direction": "Down"},
            "direction: expected one of up, down, within, found 'Down' (near: down)",
        ),
        (
            {"direction": "Up"},
            "direction: expected one of up, down, within, found 'Up' (near: up)",
        ),
        (
            {},
            "direction: expected up or down, where there are no targets, found none",
        ),
        (
            {"direction": "within"},
            "direction: expected up or down, where there are no targets, found within",
        ),
        (
            {"targets": {2020: 5}},
            "found 5 (Bound.between(2, 3), Bound.more_than(6000) ... say what is asked)",
        ),
        (
            {"targets": {2020: 5}, "direction": "within"},
            "targets[2020]: expected a Bound, or a number and the direction up or down, found 5",
        ),
        (
            {"targets": {2020: Bound.at_most(5)}, "direction": "up"},
            "expected the direction of milestones[0], down, or nothing, found up",
        ),
        (
            {"targets": {2020: Bound.at_most(5), 2021: Bound.at_least(5)}},
            "expected a bound of the first one's direction, down, found at_least, up",
        ),
        ({**UP, "targets": [5]}, "targets: expected {period: value or Bound}, found"),
        ({**UP, "targets": {"soon": 5}}, f"targets['soon']: {PERIOD}"),
        ({**UP, "targets": {2020: "5"}}, "targets[2020]: expected a number, found '5'"),
        ({**UP, "targets": {2020: None}}, "targets[2020]: expected a number, found None"),
        ({**UP, "targets": {2020: math.nan}}, "targets[2020]: expected zero, or a number between"),
        (
            {**UP, "targets": {2020: 5, "2020-12": 6}},
            "expected a period after 2020, found 2020-12",
        ),
        (
            {**UP, "baseline": {2010: 1, 2011: 2}},
            "with one period, or a Baseline, found {2010: 1, 2011: 2}",
        ),
        ({**UP, "baseline": {}}, "baseline: expected {period: value}, with one period"),
        ({**UP, "baseline": 5}, "baseline: expected {period: value}, with one period"),
        ({**UP, "baseline": {2010: "x"}}, "baseline.value: expected a number"),
        ({**UP, "baseline": {"soon": 1}}, f"baseline: {PERIOD}"),
        (
            {**UP, "baseline": {2020: 1}},
            "baseline.period: expected a period before the first milestone, 2020, found 2020",
        ),
        ({**UP, "limit": "x"}, "limit: expected a number, found 'x'"),
        ({**UP, "name": 5}, "name: expected a Text(zh=..., en=...), found 5"),
        (
            {**UP, "accrual": "flows"},
            "accrual: expected one of level, flow, cumulative, rate, found 'flows' (near: flow)",
        ),
        (
            {**UP, "accrual": "flow", "targets": {"2020-H1": 5}},
            "expected a whole year, for a flow, found 2020-H1",
        ),
        ({**UP, "interpolation": "lin"}, "interpolation: expected one of linear"),
        (
            {**UP, "interpolation": "geometric", "baseline": {2010: 0}},
            "baseline: expected figures of one sign and not zero, for geometric interpolation",
        ),
        ({**UP, "policy": "statcn"}, "found 'statcn' (near: statcan"),
        ({**UP, "policy": 5}, "policy: expected a Policy, or the name of a preset"),
        (
            {**UP, "unit": "furlong"},
            "unit: expected a unit that ipplan knows, found 'furlong'",
        ),
        ({**UP, "unit": None}, "unit: expected text, found None"),
        ({**UP, "as_of": "soon"}, f"as_of: {PERIOD}"),
        ({**UP, "actuals": [3]}, "actuals: expected {period: value}, found [3]"),
        ({**UP, "actuals": None}, "actuals: expected {period: value}, found None"),
        ({**UP, "actuals": 5}, "actuals: expected {period: value}, found 5"),
    ],
)
def test_a_bad_option_is_told(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ModelError) as caught:
        assess_series(**{"actuals": {2020: 3}, **options})
    assert words in str(caught.value)
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize(
    ("actuals", "unit", "words"),
    [
        ({2020: math.nan}, "%", f"{NUMBER} nan (leave out what was not published)"),
        ({2020: math.inf}, "%", f"{NUMBER} inf"),
        ({2020: "many"}, "%", f"{NUMBER} 'many'"),
        ({2020: True}, "%", f"{NUMBER} True"),
        ({2020: [1]}, "%", f"{NUMBER} [1]"),
        ({"soon": 3}, "%", PERIOD),
        ({None: 3}, "%", PERIOD),
        ({2020: "5 件"}, "亿元", "expected an amount in hundred million yuan (亿元), found one in"),
        ({2020: "5 kg"}, "亿元", "expected a unit that ipplan knows, found 'kg'"),
        ({2020: "5 件"}, "no_unit", "expected an amount in no unit (无单位), found one in item"),
        ({2020: 3, "2020-12": 4}, "%", "expected one value a source for series in 2020-12"),
    ],
)
def test_bad_actuals_are_told(actuals: Any, unit: str, words: str) -> None:
    with pytest.raises(ActualsError) as caught:
        assess_series(actuals, unit=unit, **UP)
    assert words in str(caught.value)
    [problem] = caught.value.problems
    assert problem.place == f"actuals[{[*actuals][-1]}]"


def test_all_bad_actuals_are_told_at_once() -> None:
    bad: Any = {"soon": 1, 2015: math.nan, 2016: "x", 2017: "3 kg", 2018: 5}
    with pytest.raises(ActualsError) as caught:
        assess_series(bad, **UP)
    assert [(problem.place, problem.found) for problem in caught.value.problems] == [
        ("actuals[soon]", "'soon'"),
        ("actuals[2015]", "nan"),
        ("actuals[2016]", "'x'"),
        ("actuals[2017]", "'kg'"),
    ]


@pytest.mark.parametrize("actuals", [{}, {2020: None}])
def test_without_figures_a_period_to_assess_as_of_is_wanted(actuals: Any) -> None:
    with pytest.raises(ActualsError) as caught:
        assess_series(actuals, **UP)
    assert str(caught.value) == "as_of: expected a period to assess as of, found none"
    assert assessed(actuals, as_of=2020, **UP).state is State.MISSING
    assert assessed(actuals, as_of=2019, **UP).state is State.NOT_DUE


def test_bad_targets_and_baseline_are_told_at_once() -> None:
    bad: Any = {"soon": 5, 2020: "x", 2021: 3}
    with pytest.raises(ModelError) as caught:
        assess_series({2020: 1}, targets=bad, direction="up", baseline={1: 2, 3: 4})
    assert [problem.place for problem in caught.value.problems] == [
        "targets['soon']",
        "targets[2020]",
        "baseline",
    ]


def test_all_bad_options_are_told_at_once_and_before_the_actuals() -> None:
    bad: Any = {
        "policy": "statcn",
        "as_of": "soon",
        "direction": "Up",
        "targets": {2020: "x", "late": 5, 2021: 5},
        "baseline": 5,
        "unit": "furlong",
    }
    for actuals in ({"soon": "x"}, {2020: 1}):
        given: Any = actuals
        with pytest.raises(ModelError) as caught:
            assess_series(given, **bad)
        assert [problem.found for problem in caught.value.problems] == [
            "'statcn'",
            "'soon'",
            "'Up'",
            "'x'",
            "'late'",
            "5",
            "'furlong'",
        ]
        assert [problem.place for problem in caught.value.problems[1:]] == [
            "as_of",
            "direction",
            "targets[2020]",
            "targets['late']",
            "baseline",
            "unit",
        ]
    none: Any = None
    with pytest.raises(ModelError) as caught:
        assess_series(none, **bad)
    assert str(caught.value.problems[-1]) == "actuals: expected {period: value}, found None"
    assert len(caught.value.problems) == 8


def test_a_wrong_policy_is_told_at_its_option() -> None:
    with pytest.raises(ModelError) as caught:
        assess_series({2020: 3}, policy="statcn", **UP)
    assert [problem.place for problem in caught.value.problems] == ["policy"]


@pytest.mark.parametrize("targets", [{2020: 5}, {2020: 5, 2021: 6, 2022: 7}, {}, None])
def test_a_wrong_direction_is_told_once(targets: Any) -> None:
    with pytest.raises(ModelError) as caught:
        assess_series({2020: 3}, targets=targets, direction="Up")
    assert str(caught.value) == (
        "direction: expected one of up, down, within, found 'Up' (near: up)"
    )
    with pytest.raises(ModelError) as caught:
        assess_series({2020: 3}, targets={**(targets or {}), 2023: "x"}, direction="Up")
    assert [problem.place for problem in caught.value.problems] == ["direction", "targets[2023]"]
