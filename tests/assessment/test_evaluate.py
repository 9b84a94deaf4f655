"""What a result says of an indicator: its state, its figures, its status."""

import json
import math
from typing import Any

import attrs
import pytest

from ipplan import (
    Baseline,
    Bound,
    Direction,
    Indicator,
    Policy,
    Ratio,
    Reason,
    Result,
    Scale,
    State,
    Status,
    Text,
    Trajectory,
    Unused,
)
from ipplan.assessment.plain import ROW_FIELDS, result_row
from ipplan.scoring import DistanceToTarget, Goalposts, Growth, GrowthRatio, Rule
from ipplan.status import FISCAL, STATCAN, Band, StatusScale
from tests.builders import indicator, plan

WAY = {2016: Bound.at_least(26), 2017: Bound.at_least(36), 2020: Bound.at_least(100)}


def result(given: Indicator, actuals: object, as_of: object = None, **policy: object) -> Result:
    return plan(given).assess(
        {given.id: actuals},
        as_of=as_of,
        policy=Policy(**policy),  # type: ignore[arg-type]
    )[given.id]


class Distance(Rule):
    """A rule that looks at all the figures of a case, and at no time."""

    name = "distance"

    def value(self, case: Any, ops: object) -> Any:
        return case.actual / case.target + case.baseline / case.limit

    def formula(self, case: object) -> tuple[str, str]:
        return "distance", "distance"


def test_the_expected_value_lies_between_the_neighbouring_milestones() -> None:
    found = result(indicator(bounds=WAY), {2018: 39})
    assert found.expected == pytest.approx(57.0 + 1 / 3, rel=1e-12)
    assert found.ratio == pytest.approx(39 / (57 + 1 / 3), rel=1e-12)
    assert found.attainment == found.ratio
    assert found.score == pytest.approx(100 * 39 / (57 + 1 / 3), rel=1e-12)
    assert found.target == 100.0
    assert found.gap == pytest.approx(39 - (57 + 1 / 3), rel=1e-12)
    assert (found.met, found.state, found.status) == (False, State.SCORED, Status.BEHIND)
    assert found.reason is None


def test_missing_is_never_zero() -> None:
    found = result(indicator(bounds=WAY), {}, 2017)
    assert (found.state, found.reason) == (State.MISSING, Reason.NOT_REPORTED)
    assert (found.actual, found.score, found.met, found.status, found.gap) == (None,) * 5
    assert found.expected == 36.0


def test_nothing_is_due_before_the_first_milestone() -> None:
    found = result(indicator(bounds=WAY), {2015: 5})
    assert (found.state, found.reason) == (State.NOT_DUE, Reason.BEFORE_FIRST_MILESTONE)
    assert (found.expected, found.actual, found.score) == (None, None, None)


def test_an_old_figure_answers_no_milestone() -> None:
    found = result(indicator(bounds=WAY), {2015: 5}, 2017)
    assert (found.state, found.expected) == (State.MISSING, 36.0)


def test_from_a_baseline_on_something_is_expected() -> None:
    found = result(indicator(bounds=WAY, baseline=(2014, 6)), {2015: 16})
    assert (found.expected, found.ratio, found.progress) == (16.0, 1.0, 1.0)


def test_the_latest_figure_not_after_as_of_is_compared_with_its_own_time() -> None:
    found = result(indicator(bounds=WAY), {2016: 8, 2018: 39}, 2017)
    assert (found.actual, found.expected, str(found.period)) == (8.0, 26.0, "2016")


def test_a_strict_bound_is_not_met_by_its_own_figure() -> None:
    found = result(indicator(bounds={2020: Bound.more_than(6000)}), {2020: 6000})
    assert (found.met, found.ratio, found.status) == (False, 1.0, Status.NEARLY_MET)


@pytest.mark.parametrize(
    ("actual", "status"),
    [(101, Status.EXCEEDED), (100, Status.MET), (95, Status.NEARLY_MET), (50, Status.NOT_MET)],
)
def test_final_words_at_the_target_itself(actual: float, status: Status) -> None:
    assert result(indicator(bounds=WAY), {2020: actual}).status is status


def test_after_the_target_its_bound_is_held_and_missing_it_is_overdue() -> None:
    found = result(indicator(bounds=WAY), {2023: 36})
    assert (found.expected, found.status) == (100.0, Status.OVERDUE)
    assert found.expectation is not None
    assert found.expectation.held
    assert result(indicator(bounds=WAY), {2023: 100}).status is Status.MET


def test_a_target_reached_before_it_is_due() -> None:
    assert result(indicator(bounds=WAY), {2017: 100}).status is Status.ACHIEVED_EARLY


def test_a_flow_achieved_early_can_fall_back() -> None:
    flow = indicator(bounds=WAY, accrual="flow")
    assert result(flow, {2017: 120, 2018: 30}, 2017).status is Status.ACHIEVED_EARLY
    assert result(flow, {2017: 120, 2018: 30}, 2018).status is Status.BEHIND


def test_a_quota_that_stays_the_same_is_not_met_early() -> None:
    quota = indicator(bounds={2016: Bound.at_least(20), 2020: Bound.at_least(20)})
    assert result(quota, {2018: 20}).status is Status.ON_TRACK
    assert result(quota, {2018: 30}).status is Status.AHEAD


def test_a_part_year_flow_is_compared_with_its_share_of_the_year() -> None:
    found = result(indicator(bounds=WAY, accrual="flow"), {"2017-H1": 18})
    assert (found.expected, found.ratio, found.met) == (18.0, 1.0, True)


def test_a_part_year_flow_in_the_first_year_is_due() -> None:
    found = result(indicator(bounds=WAY, accrual="flow"), {"2016-06": 13})
    assert (found.expected, found.ratio) == (13.0, 1.0)


def test_a_part_year_baseline_is_scaled_like_the_flow() -> None:
    flow = indicator(bounds={2016: Bound.at_least(20)}, baseline=(2015, 10), accrual="flow")
    found = result(flow, {"2016-H1": 7.5})
    assert found.progress == pytest.approx(0.5, rel=1e-12)


def test_target_and_limit_of_a_part_year_flow_are_scaled_like_its_baseline() -> None:
    flow = indicator(
        bounds={2020: Bound.at_least(100)}, baseline=(2015, 50), accrual="flow", limit=200
    )
    whole = result(flow, {2018: 80}, rule=Distance())
    half = result(flow, {"2018-H1": 40}, rule=Distance())
    assert whole.attainment == pytest.approx(80 / 100 + 50 / 200, rel=1e-12)
    assert half.attainment == pytest.approx(whole.attainment, rel=1e-12)
    assert (half.expected, half.ratio, half.progress) == (40.0, 1.0, 1.0)
    assert (half.target, half.indicator.limit) == (100.0, 200.0)


def test_a_level_within_a_year_is_compared_at_its_position() -> None:
    found = result(indicator(bounds=WAY), {"2017-06-30": 31})
    assert (found.expected, found.ratio) == (31.0, 1.0)


def test_less_is_better() -> None:
    down = indicator(bounds={2020: Bound.at_most(5)}, baseline=(2015, 15))
    found = result(down, {2020: 10})
    assert (found.met, found.ratio, found.progress, found.gap) == (False, 0.5, 0.5, 5.0)


def test_the_rule_that_the_policy_names_is_scored() -> None:
    given = indicator(bounds={2020: Bound.at_least(20)}, baseline=(2015, 10))
    found = result(given, {2020: 15}, rule="progress")
    assert (found.ratio, found.progress, found.attainment, found.score) == (0.75, 0.5, 0.5, 50.0)


def test_an_undefined_rule_is_a_reason_and_not_a_number() -> None:
    found = result(indicator(bounds={2020: Bound.at_least(0)}), {2020: 3})
    assert (found.state, found.reason) == (State.NOT_COMPUTABLE, Reason.EXPECTED_IS_ZERO)
    assert (found.score, found.attainment) == (None, None)
    assert (found.met, found.status) == (True, Status.EXCEEDED)
    assert found.no_progress is Reason.NO_BASELINE


@pytest.mark.parametrize(
    ("bound", "actual", "status"),
    [
        (Bound.at_least(0), 3, Status.EXCEEDED),
        (Bound.at_least(0), 0, Status.MET),
        (Bound.at_least(-5), -1, Status.EXCEEDED),
        (Bound.at_most(0), -1, Status.EXCEEDED),
        (Bound.at_most(0), 0, Status.MET),
        (Bound.at_most(10), 8, Status.EXCEEDED),
        (Bound.at_most(10), 10, Status.MET),
        (Bound.at_most(10), 10 - 1e-13, Status.MET),
        (Bound.more_than(10), 11, Status.EXCEEDED),
        (Bound.less_than(10), 9, Status.EXCEEDED),
        (Bound.between(-5, 5), 5, Status.MET),
        (Bound.exactly(0), 0, Status.MET),
    ],
)
def test_beyond_its_bound_a_target_is_exceeded_with_or_without_a_number(
    bound: Bound, actual: float, status: object
) -> None:
    assert result(indicator(bounds={2020: bound}), {2020: actual}).status is status
    assert result(indicator(bounds={2020: bound}), {2021: actual}).status is status


@pytest.mark.parametrize(
    ("exceeding", "met", "ratio"), [("missed", False, 0.75), ("met", True, 1.0)]
)
def test_exceeding_a_range_is_what_the_policy_says(exceeding: str, met: bool, ratio: float) -> None:
    cities = indicator(bounds={2020: Bound.between(2, 3)})
    found = result(cities, {2020: 4}, exceeding=exceeding)
    assert (found.met, found.ratio) == (met, ratio)
    assert (found.expected, found.gap) == (2.5, 1.0)


def test_within_a_range_there_is_no_gap() -> None:
    found = result(indicator(bounds={2020: Bound.between(2, 4)}), {2020: 3})
    assert (found.gap, found.met, found.status) == (0.0, True, Status.MET)


def test_a_callable_that_fails_is_a_reason_and_the_rest_is_assessed() -> None:
    broken = indicator("broken", bounds=WAY, interpolation=lambda a, b, t: math.nan)
    sound = indicator("sound", bounds=WAY)
    found = plan(broken, sound).assess({"broken": {2018: 1}, "sound": {2018: 60}})
    assert found["broken"].reason is Reason.EXPECTED_NOT_FINITE
    assert found["broken"].state is State.NOT_COMPUTABLE
    assert found["sound"].state is State.SCORED
    assert found.coverage == 0.5
    assert "no finite number" in str(found)


def test_a_rule_of_the_callers_own_is_scored() -> None:
    class Half(Rule):
        name = "half"

        def value(self, case: object, ops: object) -> float:
            return 0.5

        def formula(self, case: object) -> tuple[str, str]:
            return "always a half", "0.5"

    found = result(indicator(bounds=WAY), {2016: 26}, rule=Half())
    assert (found.ratio, found.attainment, found.score) == (1.0, 0.5, 50.0)
    assert "half" in found.explain()
    assert "always a half = 0.5 = 0.5" in found.explain()


def test_a_maximum_not_yet_passed_within_a_year_is_not_met_early() -> None:
    emissions = indicator(
        bounds={2017: Bound.at_most(100), 2020: Bound.at_most(80)}, accrual="flow"
    )
    found = result(emissions, {"2018-Q1": 60})
    assert (found.met, found.status) == (False, Status.BEHIND)
    assert result(emissions, {2018: 75}).status is Status.ACHIEVED_EARLY


def test_a_final_bound_below_what_is_due_now_is_not_met_early() -> None:
    falling = indicator(bounds={2017: Bound.at_least(50), 2020: Bound.at_least(30)})
    assert result(falling, {2017: 40}).status is Status.BEHIND
    assert result(falling, {2017: 50}).status is Status.ON_TRACK


def test_a_yearly_quota_reached_within_the_year_is_ahead_and_not_early() -> None:
    quota = indicator(bounds={2016: Bound.at_least(20), 2020: Bound.at_least(20)}, accrual="flow")
    assert result(quota, {"2017-06": 22}).status is Status.AHEAD


def test_a_years_final_amount_reached_within_an_earlier_year_is_early() -> None:
    flow = indicator(bounds=WAY, accrual="flow")
    assert result(flow, {"2018-06": 100}).status is Status.ACHIEVED_EARLY


def test_a_range_is_met_early_only_where_it_is_met_now() -> None:
    band = indicator(bounds={2020: Bound.between(20, 30)}, baseline=(2015, 10))
    assert result(band, {2018: 25}).status is Status.BEHIND
    assert result(band, {2018: 21}).status is Status.ACHIEVED_EARLY


def test_reporting_the_baseline_again_answers_nothing() -> None:
    given = indicator(bounds={2020: Bound.less_than(10)}, baseline=(2015, 16))
    assert result(given, {2015: 16}).state is State.NOT_DUE
    found = result(given, {2015: 16}, 2020)
    assert (found.state, found.score, found.actual) == (State.MISSING, None, None)
    assert plan(given).assess({"alpha": {2015: 16}}, as_of=2020).not_used[0].why.value == (
        "nothing_due"
    )


@pytest.mark.parametrize(
    ("actual", "met", "status"), [(0, True, Status.MET), (1, False, Status.NOT_MET)]
)
def test_a_final_word_follows_the_bound_where_no_attainment_is_defined(
    actual: float, met: bool, status: Status
) -> None:
    found = result(indicator(bounds={2020: Bound.at_most(0)}), {2020: actual})
    assert (found.met, found.status, found.score) == (met, status, None)


def test_a_range_that_reaches_below_zero_has_no_ratio_on_either_side() -> None:
    band = indicator(bounds={2020: Bound.between(-5, 5)})
    reasons = {result(band, {2020: actual}).reason for actual in (6, -6)}
    assert reasons == {Reason.EXPECTED_IS_NEGATIVE}
    assert result(band, {2020: 5}).score == 100.0


def test_a_callable_undefined_at_a_point_is_a_reason() -> None:
    broken = indicator(
        bounds={2016: Bound.at_least(0), 2020: Bound.at_least(1)},
        interpolation=lambda start, end, share: 1 / start,
    )
    found = result(broken, {2018: 1})
    assert (found.state, found.reason) == (State.NOT_COMPUTABLE, Reason.EXPECTED_NOT_FINITE)


@pytest.mark.parametrize("outcome", [math.nan, math.inf, "much", None, ZeroDivisionError()])
def test_a_rule_that_gives_no_number_is_a_reason(outcome: object) -> None:
    class Odd(Rule):
        name = "odd"

        def value(self, case: object, ops: object) -> object:
            if isinstance(outcome, Exception):
                raise outcome
            return outcome

        def formula(self, case: object) -> tuple[str, str]:
            return "odd", "odd"

    found = result(indicator(bounds=WAY), {2016: 26}, rule=Odd())
    assert (found.state, found.reason, found.score) == (
        State.NOT_COMPUTABLE,
        Reason.UNDEFINED,
        None,
    )


def test_a_scale_of_the_policys_own_gives_the_status() -> None:
    given = indicator(bounds=WAY, baseline=(2015, 20))
    rule = GrowthRatio()
    found = result(given, {2018: 39}, rule=rule, statuses=STATCAN)
    assert found.status is not None
    assert found.status.value == "moderate_progress"
    assert found.attainment == pytest.approx(
        ((39 / 20) ** (1 / 3) - 1) / ((100 / 20) ** (1 / 5) - 1), rel=1e-12
    )
    assert "◑ moderate progress" in found.explain()
    assert "yearly growth made / yearly growth needed" in found.explain()
    assert "statcan: limited progress ≥ 0" in found.explain()
    assert "状态等级 statcan" in found.explain("zh")
    achieved = result(given, {2018: 100}, rule=rule, statuses=STATCAN)
    assert achieved.status is not None
    assert achieved.status.value == "target_achieved"
    unknown = result(indicator(bounds=WAY), {2018: 39}, rule=rule, statuses=STATCAN)
    assert (unknown.status, unknown.reason) == (None, Reason.NO_BASELINE)


def test_a_scale_may_grade_the_score() -> None:
    found = result(indicator(bounds=WAY), {2020: 85}, statuses=FISCAL)
    assert found.status is not None
    assert found.status.value == "good"


def test_a_maximum_not_yet_passed_within_a_year_is_not_achieved() -> None:
    down = indicator(bounds={2020: Bound.at_most(80)}, accrual="flow")
    assert result(down, {"2020-Q1": 10}, statuses=STATCAN).status.value == "substantial_progress"  # type: ignore[union-attr]
    assert result(down, {2020: 10}, statuses=STATCAN).status.value == "target_achieved"  # type: ignore[union-attr]


def test_an_exclusive_band_is_described_as_one() -> None:
    scale = StatusScale(
        name="mine",
        below=FISCAL.below,
        bands=[Band(status=FISCAL.bands[0].status, threshold=1, inclusive=False)],
    )
    assert "mine: fair > 1" in Policy(statuses=scale).describe()
    assert Policy(statuses=scale).to_dict()["statuses"] == "mine"


def test_a_scale_that_gives_no_number_is_a_reason() -> None:
    class Endless(Scale):
        def score(self, attainment: object, ops: object = None) -> float:
            return math.nan

    found = result(indicator(bounds=WAY), {2016: 26}, rule=Ratio(scale=Endless()))
    assert (found.state, found.reason, found.score, found.attainment) == (
        State.NOT_COMPUTABLE,
        Reason.UNDEFINED,
        None,
        None,
    )


# What a plan only watches


def watched(
    id: str = "watched", better: str = "up", baseline: float | None = None, **options: Any
) -> Indicator:
    """An indicator without milestones; its baseline, if it has one, is of 2015."""
    start = None if baseline is None else Baseline(period=2015, value=baseline)
    settings = {"name": Text(en=id.title(), zh=f"指标{id}"), "unit": "个", "accrual": "level"}
    way = Trajectory(better=better, baseline=start)
    return Indicator(id=id, trajectory=way, **{**settings, **options})


WITHOUT_A_TARGET = ["ratio", "progress", "pass_fail", "growth_ratio", "pace", "time_share"]


@pytest.mark.parametrize("rule", [*WITHOUT_A_TARGET, "projection", "healthy_people"])
@pytest.mark.parametrize("actuals", [{}, {2018: 0}, {2018: 50, 2017: 4}, {2018: None}])
@pytest.mark.parametrize("baseline", [None, 40.0])
def test_what_has_no_target_is_not_due_whether_reported_or_not(
    rule: str, actuals: dict[int, float], baseline: float | None
) -> None:
    found = result(watched(baseline=baseline), actuals, 2018, rule=rule)
    assert (found.state, found.reason) == (State.NOT_DUE, Reason.NO_TARGET)
    assert (found.score, found.attainment, found.value, found.status) == (None,) * 4
    assert (found.met, found.expected, found.required, found.target, found.gap) == (None,) * 5
    assert found.actual == actuals.get(2018)


@pytest.mark.parametrize(
    ("better", "value", "status"),
    [("up", 0.1, "substantial_progress"), ("down", -0.1, "deterioration")],
)
def test_what_is_watched_is_scored_by_a_rule_that_needs_no_target(
    better: str, value: float, status: str
) -> None:
    found = result(watched(better=better, baseline=100), {2017: 121}, rule="growth")
    assert (found.state, found.reason) == (State.SCORED, None)
    assert found.value == found.attainment == pytest.approx(value, rel=1e-12)
    assert found.score == pytest.approx(100 * value, rel=1e-12)
    assert found.status is not None
    assert found.status.value == status
    assert (found.met, found.expected, found.target) == (None, None, None)
    assert (found.no_ratio, found.no_progress) == (Reason.NO_TARGET, Reason.NO_TARGET)
    assert found.indicator.direction is Direction(better)


@pytest.mark.parametrize("rule", [Growth(), Goalposts(lower=0, upper=100)])
def test_what_such_a_rule_would_score_is_missing_where_nothing_is_reported(rule: Rule) -> None:
    found = result(watched(baseline=40), {}, 2018, rule=rule)
    assert (found.state, found.reason) == (State.MISSING, Reason.NOT_REPORTED)
    assert (found.score, found.actual, found.expected) == (None, None, None)
    before = result(watched(baseline=40), {}, 2014, rule=rule)
    assert before.state is State.NOT_DUE


@pytest.mark.parametrize(
    ("actuals", "reason"),
    [({2018: 50}, Reason.NO_BASELINE), ({2018: -50}, Reason.NO_BASELINE)],
)
def test_growth_needs_a_baseline(actuals: dict[int, float], reason: Reason) -> None:
    found = result(watched(), actuals, rule="growth")
    assert (found.state, found.reason) == (State.NOT_COMPUTABLE, reason)
    first = result(watched(), {2016: 40, **actuals}, rule="growth", baseline_from=2015)
    assert first.indicator.trajectory.baseline == Baseline(period=2016, value=40)
    assert first.state is (State.SCORED if actuals[2018] > 0 else State.NOT_COMPUTABLE)


def test_goalposts_score_what_is_watched() -> None:
    found = result(watched(), {2018: 52.5}, rule=Goalposts(lower=20, upper=85))
    assert (found.state, found.value, found.score) == (State.SCORED, 0.5, 50.0)


def test_what_is_watched_weighs_nothing_unless_its_rule_scores_it() -> None:
    both = plan(watched(baseline=100), indicator("alpha"))
    actuals = {"watched": {2017: 121}, "alpha": {2020: 50}}
    default = both.assess(actuals, policy=Policy(missing="zero"))
    assert (default.score, default.coverage) == (50.0, 1.0)
    assert dict(default.contributions) == {"alpha": 50.0}
    mixed = both.assess(actuals, policy=Policy(rules={"watched": "growth"}))
    assert mixed.score == pytest.approx((50 + 10) / 2, rel=1e-12)
    absent = both.assess({"alpha": {2020: 50}}, policy=Policy(rules={"watched": "growth"}))
    assert (absent.score, absent.coverage) == (50.0, 0.5)


def test_every_figure_of_what_is_watched_is_used_or_listed() -> None:
    given = {"watched": {2014: 5, 2016: 110, 2017: 121, 2019: 130}}
    with_baseline = plan(watched(baseline=100))
    for policy in (Policy(), Policy(rule="growth")):
        found = with_baseline.assess(given, as_of=2017, policy=policy)
        assert [(each.entry.value, each.why) for each in found.not_used] == [
            (5.0, Unused.NOTHING_DUE),
            (110.0, Unused.SUPERSEDED),
            (130.0, Unused.AFTER_AS_OF),
        ]
    free = plan(watched()).assess(given, as_of=2017)
    assert [each.why for each in free.not_used] == [
        Unused.SUPERSEDED,
        Unused.SUPERSEDED,
        Unused.AFTER_AS_OF,
    ]
    twice = [
        {"indicator": "watched", "period": 2017, "value": value, "source": source}
        for value, source in ((1, "a"), (2, "b"))
    ]
    conflict = plan(watched()).assess(twice)
    assert conflict.not_used[0].why is Unused.OTHER_SOURCE
    assert "sources disagree on 2017" in str(conflict)


def test_the_figure_that_the_policy_takes_as_baseline_is_listed_as_such() -> None:
    given = {2014: 5, 2016: 50, 2017: 60, 2018: 75}
    policy = Policy(rule="progress", baseline_from=2015)
    found = plan(indicator()).assess({"alpha": given}, policy=policy)
    assert [(each.entry.value, each.why) for each in found.not_used] == [
        (5.0, Unused.NOTHING_DUE),
        (50.0, Unused.BASELINE),
        (60.0, Unused.SUPERSEDED),
    ]
    assert "taken as the baseline: Alpha 2016" in str(found)
    assert "作为基期值:指标alpha 2016" in found.to_table("zh")
    assert [each["why"] for each in found.to_dict()["not_used"]] == [
        "nothing_due",
        "baseline",
        "superseded",
    ]
    free = plan(watched()).assess({"watched": given}, policy=Policy(rule="growth"))
    assert Unused.BASELINE not in {each.why for each in free.not_used}
    grown = attrs.evolve(policy, rule="growth")
    known = plan(watched()).assess({"watched": given}, policy=grown)
    assert [each.why for each in known.not_used] == [each.why for each in found.not_used]
    own = plan(indicator(baseline=(2015, 40))).assess({"alpha": given}, policy=policy)
    assert [each.why for each in own.not_used] == [
        Unused.NOTHING_DUE,
        Unused.SUPERSEDED,
        Unused.SUPERSEDED,
    ]


BOTH = plan(watched(baseline=100), watched("idle"), indicator("alpha"))
SHOWN = BOTH.assess({"watched": {2017: 121}, "alpha": {2020: 50}})
GROWN = BOTH.assess(
    {"watched": {2017: 121}, "alpha": {2020: 50}}, policy=Policy(rules={"watched": "growth"})
)


def row(text: str, name: str) -> list[str]:
    """The cells of one indicator's row of a Markdown table."""
    line = next(line for line in text.splitlines() if line.startswith(f"| {name}"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_a_table_shows_what_is_watched_without_an_expectation() -> None:
    english, chinese = SHOWN.to_markdown(), SHOWN.to_markdown("zh")
    assert row(english, "Watched") == [
        "Watched (number)", "2017", "121", "–", "–", "–", "–", "not due",
    ]  # fmt: skip
    assert row(english, "Idle")[1:] == ["–", "–", "–", "–", "–", "–", "not due"]
    assert row(chinese, "指标watched") == [
        "指标watched(个)", "2017", "121", "–", "–", "–", "–", "未到期",
    ]  # fmt: skip
    assert "Score: 50.0 of 100, from 1 of 3 indicators" in english
    assert "Target 2020" in english
    assert "最终目标 2020" in chinese
    for text in (str(SHOWN), SHOWN.to_table("zh"), SHOWN._repr_html_()):
        assert "121" in text


def test_a_table_shows_the_growth_of_what_is_watched() -> None:
    assert row(GROWN.to_markdown(), "Watched")[3:] == [
        "–", "–", "0.100", "10.0", "substantial progress",
    ]  # fmt: skip
    assert row(GROWN.to_markdown("zh"), "指标watched")[-1] == "进展显著"


def test_what_is_watched_is_not_listed_under_what_cannot_be_computed() -> None:
    zero = plan(watched(), indicator("alpha", {2020: Bound.at_least(0)}))
    found = zero.assess({"watched": {2018: 121}, "alpha": {2020: 50}})
    assert (found["watched"].state, found["watched"].reason) == (State.NOT_DUE, Reason.NO_TARGET)
    for text, heading, end in (
        (str(found), "Not computable\n", "\n\n"),
        (found.to_table("zh"), "无法计算\n", "\n\n"),
        (found.to_markdown(), "**Not computable**\n\n", "\n\n"),
    ):
        listed = text.partition(heading)[2].partition(end)[0]
        assert len(listed.splitlines()) == 1
        assert "lpha" in listed
    for text in (str(SHOWN), SHOWN.to_markdown(), SHOWN._repr_html_()):
        assert "Not computable" not in text
    assert "无法计算" not in SHOWN.to_table("zh")


def test_where_rules_differ_their_values_have_one_header() -> None:
    head = [line for line in GROWN.to_table().splitlines() if line.startswith("Indicator")]
    assert "Value" in head[0]
    assert "Ratio" not in head[0]
    assert "数值" in GROWN.to_table("zh")
    assert "Ratio" in SHOWN.to_table()
    assert "完成率" in SHOWN.to_table("zh")
    assert "Growth" in BOTH.assess({}, as_of=2018, policy=Policy(rule="growth")).to_table()


def test_the_full_score_is_not_told_where_rules_differ_in_it() -> None:
    policy = Policy(rules={"watched": Growth(scale=Scale(full=10))})
    found = BOTH.assess({"watched": {2017: 121}, "alpha": {2020: 50}}, policy=policy)
    assert "Score: 25.5, from 2 of 3 indicators" in str(found)
    assert "总分:25.5,3 项指标中 2 项计分" in found.to_table("zh")
    assert "Score: 30.0, from 2 of 3 indicators" in str(GROWN)
    same = Policy(rules={"watched": Goalposts(lower=21, upper=221)})
    found = BOTH.assess({"watched": {2017: 121}, "alpha": {2020: 50}}, policy=same)
    assert "Score: 50.0 of 100, from 2 of 3 indicators" in str(found)
    assert "总分:50.0(满分 100),3 项指标中 2 项计分" in found.to_table("zh")


def test_what_is_watched_is_explained_in_both_languages() -> None:
    told, zh = SHOWN["watched"].explain(), SHOWN["watched"].explain("zh")
    for words in (
        "121 for 2017",
        "– there is no target",
        "– none: the plan only watches it",
        "not due: there is no target",
    ):
        assert words in told
    for words in ("121,2017", "– 没有目标值", "– 无目标,仅监测", "未到期: 没有目标值"):
        assert words in zh
    assert "gap" not in told
    idle = SHOWN["idle"].explain()
    assert "nothing reported that is not after 2020" in idle
    assert "not due: there is no target" in idle


def test_the_growth_of_what_is_watched_is_explained_in_both_languages() -> None:
    told, zh = GROWN["watched"].explain(), GROWN["watched"].explain("zh")
    for words in (
        "yearly growth since the baseline = ((121 / 100)^(1/2) - 1) = 0.1",
        "growth 0.1, limited to -∞..∞, times 100: 10",
        "● substantial progress: value from 0.015",
        "watched by growth",
    ):
        assert words in told
    for words in ("((121 / 100)^(1/2) - 1) = 0.1", "● 进展显著:数值 ≥ 0.015", "watched 用"):
        assert words in zh
    total = GROWN.explain()
    assert "5  Watched: score 10, weight 1" in total
    assert "Idle: not due – there is no target" in total
    assert "未到期 – 没有目标值" in GROWN.explain("zh")


def test_what_is_watched_is_plain_values() -> None:
    for found in (SHOWN, GROWN):
        plain = found.to_dict()
        assert json.loads(json.dumps(plain, allow_nan=False)) == plain
        assert json.loads(found.to_json()) == plain
    first = SHOWN.to_dict()["results"][0]
    for name in ("expected", "required", "target", "met", "ratio", "score", "status", "gap"):
        assert first[name] is None
    assert (first["state"], first["reason"]) == ("not_due", "no_target")
    assert (first["no_ratio"], first["no_progress"]) == ("no_target", "no_target")
    grown = GROWN.to_dict()
    assert grown["policy"]["rules"] == {
        "watched": {
            "rule": "growth",
            "options": {"exponent": 4.44},
            "scale": "limited to -∞..∞, times 100",
        }
    }
    assert grown["results"][0]["status"] == "substantial_progress"
    flat = result_row(GROWN["watched"])
    assert [*flat] == [*ROW_FIELDS]
    assert (flat["target"], flat["met"], flat["state"]) == (None, None, "scored")


# Part of a year, first observations and odd rules


def test_the_first_observation_is_the_baseline_where_the_policy_says_so() -> None:
    given = indicator(bounds={2020: Bound.at_least(100)})
    actuals = {2014: 10, 2016: 50, 2018: 75}
    found = result(given, actuals, rule="progress", baseline_from=2015)
    assert found.indicator.trajectory.baseline == Baseline(period=2016, value=50)
    assert (found.expected, found.progress) == (75.0, 1.0)
    assert result(given, actuals, rule="progress").state is State.NOT_DUE
    own = attrs.evolve(
        given, trajectory=attrs.evolve(given.trajectory, baseline=Baseline(period=2012, value=20))
    )
    assert result(own, actuals, rule="progress", baseline_from=2015).expected == 80.0


@pytest.mark.parametrize(
    ("actuals", "as_of", "since"),
    [
        ({2020: 50}, 2020, 2015),
        ({2014: 50}, 2016, 2015),
        ({2018: 50}, 2016, 2015),
        ({}, 2020, 2015),
    ],
)
def test_a_figure_at_the_milestone_or_from_outside_is_no_baseline(
    actuals: dict[int, float], as_of: int, since: int
) -> None:
    found = result(indicator(), actuals, as_of, rule="progress", baseline_from=since)
    assert found.indicator.trajectory.baseline is None


def test_the_first_observation_keeps_its_source() -> None:
    given = [
        {"indicator": "alpha", "period": 2016, "value": 50, "source": "yearbook 2016"},
        {"indicator": "alpha", "period": 2018, "value": 75, "source": "yearbook 2018"},
    ]
    found = plan(indicator()).assess(given, policy=Policy(rule="progress", baseline_from=2015))
    baseline = found["alpha"].indicator.trajectory.baseline
    assert baseline is not None
    assert baseline.source == "yearbook 2016"


@pytest.mark.parametrize("outcome", [ZeroDivisionError(), OverflowError(), math.inf, math.nan])
def test_a_rule_whose_grade_is_no_number_is_a_reason(outcome: Any) -> None:
    class Odd(Rule):
        name = "odd"

        def value(self, case: object, ops: object) -> float:
            return 1.0

        def graded(self, value: object, case: object, ops: object) -> Any:
            if isinstance(outcome, Exception):
                raise outcome
            return outcome

        def formula(self, case: object) -> tuple[str, str]:
            return "odd", "odd"

    found = result(indicator(bounds=WAY), {2016: 26}, rule=Odd())
    assert (found.state, found.reason, found.score) == (
        State.NOT_COMPUTABLE,
        Reason.UNDEFINED,
        None,
    )


@pytest.mark.parametrize(
    ("options", "actual", "english", "chinese"),
    [
        (
            {"rule": Goalposts(lower=0, upper=200)},
            {2020: 120},
            "● target holds: the final target holds",
            "● 已达到目标:最终目标已达到",
        ),
        (
            {"rule": Goalposts(lower=0, upper=200)},
            {2020: 80},
            "○ target not reached yet: the final target does not hold",
            "○ 尚未达到目标:最终目标未达到",
        ),
        (
            {"rule": "pace"},
            {2018: 120},
            "↑ achieved: the final target holds",
            "↑ 已实现:最终目标已达到",
        ),
        (
            {"statuses": FISCAL},
            {2020: 85},
            "◑ good: score from 80, below 90",
            "◑ 良:得分 ≥ 80,< 90",
        ),
        (
            {"statuses": "healthy_people", "rule": "healthy_people"},
            {2018: 30},
            "○ little or no detectable change: value above -0.1, below 0.1",
            "○ 变化甚微:数值 > -0.1,< 0.1",
        ),
        (
            {"statuses": "healthy_people", "rule": "healthy_people"},
            {2018: 15},
            "▼ getting worse: value up to -0.1",
            "▼ 恶化:数值 ≤ -0.1",
        ),
    ],
)
def test_a_class_of_a_single_scale_is_explained(
    options: dict[str, Any], actual: dict[int, float], english: str, chinese: str
) -> None:
    found = result(indicator(bounds=WAY, baseline=(2015, 30)), actual, **options)
    assert english in found.explain()
    assert chinese in found.explain("zh")


def test_what_stays_within_its_range_is_no_exception_of_the_policy() -> None:
    cities = indicator(bounds={2020: Bound.between(20, 30)})
    found = result(cities, {2020: 25}, exceeding="met")
    assert (found.met, found.score) == (True, 100.0)
    assert "by the policy" not in found.explain()


def test_conflicts_of_an_earlier_time_are_listed() -> None:
    given = [
        {"indicator": "alpha", "period": 2016, "value": 8, "source": "a"},
        {"indicator": "alpha", "period": 2016, "value": 9, "source": "b"},
        {"indicator": "alpha", "period": 2017, "value": 30},
    ]
    found = plan(indicator(bounds=WAY)).assess(given)
    assert "Alpha: 2016: 8 (verification not stated) / 9 (verification not stated)" in str(found)
    assert "来源不一致" in found.to_table("zh")
    assert found["alpha"].conflicts == ()


@pytest.mark.parametrize(
    ("given", "actuals"),
    [
        (indicator(accrual="flow"), {"2016-H1": 5, 2018: 10}),
        (indicator(interpolation="geometric"), {2016: -5, 2018: 10}),
    ],
)
def test_a_first_observation_that_can_be_no_baseline_is_none(
    given: Indicator, actuals: dict[Any, float]
) -> None:
    found = result(given, actuals, rule="progress", baseline_from=2015)
    assert found.state is not State.SCORED


def test_a_rule_whose_grade_is_a_text_is_a_reason() -> None:
    class Odd(Rule):
        name = "odd"

        def value(self, case: object, ops: object) -> float:
            return 1.0

        def graded(self, value: object, case: object, ops: object) -> Any:
            return "much"

        def formula(self, case: object) -> tuple[str, str]:
            return "odd", "odd"

    assert result(indicator(bounds=WAY), {2016: 26}, rule=Odd()).reason is Reason.UNDEFINED


@pytest.mark.parametrize(
    ("rule", "score", "value"),
    [
        (Goalposts(lower=0, upper=200), 40.0, 0.4),
        (Goalposts(lower=50, upper=200, log=True), None, math.log(1.6) / math.log(4)),
        (DistanceToTarget(worst=20), 75.0, 0.75),
    ],
)
def test_posts_and_the_worst_are_scaled_to_a_part_of_a_year(
    rule: Rule, score: float | None, value: float
) -> None:
    flow = indicator(bounds={2018: Bound.at_least(100)}, accrual="flow")
    whole, half = result(flow, {2018: 80}, rule=rule), result(flow, {"2018-H1": 40}, rule=rule)
    assert whole.attainment == pytest.approx(value, rel=1e-12)
    assert half.attainment == pytest.approx(value, rel=1e-12)
    assert half.score == pytest.approx(100 * value, rel=1e-12)
    assert score is None or half.score == pytest.approx(score, rel=1e-12)
    level = result(indicator(bounds={2018: Bound.at_least(100)}), {"2018-H1": 40}, rule=rule)
    assert level.attainment != pytest.approx(value, rel=1e-3)


def test_a_formula_has_the_posts_of_the_part_of_the_year() -> None:
    flow = indicator(bounds={2018: Bound.at_least(100)}, accrual="flow")
    posts = result(flow, {"2018-H1": 40}, rule=Goalposts(lower=20, upper=200))
    assert "(40 - 10) / (100 - 10) = 0.3333" in posts.explain()
    worst = result(flow, {"2018-H1": 40}, rule=DistanceToTarget(worst=20))
    assert "(40 - 10) / (50 - 10) = 0.75" in worst.explain()


def test_a_baseline_that_the_policy_took_is_told_as_such() -> None:
    taken = result(indicator(), {2016: 50, 2018: 75}, rule="progress", baseline_from=2015)
    assert taken.baseline_taken is True
    own = indicator(baseline=(2015, 50))
    for given, options in ((own, {"baseline_from": 2015}), (own, {}), (indicator(), {})):
        found = result(given, {2016: 50, 2018: 75}, rule="progress", **options)
        assert found.baseline_taken is False
    assert taken.policy.baseline_from is not None
