"""What a result says of an indicator: its state, its figures, its status."""

import math

import pytest

from ipplan import Bound, Indicator, Policy, Ratio, Reason, Result, Scale, State, Status
from ipplan.scoring import GrowthRatio, Rule
from ipplan.status import FISCAL, STATCAN, Band, StatusScale
from tests.builders import indicator, plan

WAY = {2016: Bound.at_least(26), 2017: Bound.at_least(36), 2020: Bound.at_least(100)}


def result(given: Indicator, actuals: object, as_of: object = None, **policy: object) -> Result:
    return plan(given).assess(
        {given.id: actuals},
        as_of=as_of,
        policy=Policy(**policy),  # type: ignore[arg-type]
    )[given.id]


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
    assert (found.met, found.status) == (True, Status.MET)
    assert found.no_progress is Reason.NO_BASELINE


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
