"""Ratio and progress, in both directions and for ranges, and why they may be undefined."""

import math
from typing import Any

import pytest

from ipplan import Bound, Direction, ModelError, Progress, Ratio, Reason, Scale
from ipplan.scoring import (
    Case,
    DistanceToTarget,
    Goalposts,
    HealthyPeople,
    PassFail,
    Rule,
)
from ipplan.status import HEALTHY_PEOPLE, HELD


def case(actual: float, bound: Bound, baseline: float | None = None) -> Case:
    known = {} if baseline is None else {"baseline": baseline}
    return Case.of(actual, bound, **known)


RANGE = Bound.between(2, 4)


@pytest.mark.parametrize(
    ("actual", "bound", "expected"),
    [
        (39.0, Bound.at_least(60), 0.65),
        (-6.0, Bound.at_least(60), -0.1),
        (6000.0, Bound.more_than(6000), 1.0),
        (10.0, Bound.at_most(5), 0.5),
        (8.0, Bound.less_than(10), 1.25),
        (3.0, RANGE, 1.0),
        (4.0, RANGE, 1.0),
        (1.0, RANGE, 0.5),
        (8.0, RANGE, 0.5),
        (5.0, Bound.exactly(5), 1.0),
        (4.0, Bound.exactly(5), 0.8),
    ],
)
def test_ratio(actual: float, bound: Bound, expected: float) -> None:
    assert Ratio().attainment(case(actual, bound)) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("actual", "bound", "expected"),
    [
        (10.0, Bound.at_most(5), 0.0),
        (0.0, Bound.at_most(5), 2.0),
        (6.0, Bound.at_most(5), 0.8),
        (5.0, RANGE, 0.75),
        (39.0, Bound.at_least(60), 0.65),
    ],
)
def test_the_mirror_form_differs_only_where_less_is_better(
    actual: float, bound: Bound, expected: float
) -> None:
    rule = Ratio(at_most="mirror")
    assert rule.attainment(case(actual, bound)) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("actual", "bound", "reason"),
    [
        (1.0, Bound.at_least(0), Reason.EXPECTED_IS_ZERO),
        (1.0, Bound.at_most(0), Reason.EXPECTED_IS_ZERO),
        (1.0, Bound.at_least(-5), Reason.EXPECTED_IS_NEGATIVE),
        (0.0, Bound.at_most(5), Reason.ACTUAL_IS_ZERO),
        (-1.0, Bound.at_most(5), Reason.SIGN_CHANGE),
        (-9.0, Bound.between(-2, 2), Reason.EXPECTED_IS_NEGATIVE),
    ],
)
def test_a_ratio_that_would_mislead_is_refused(actual: float, bound: Bound, reason: Reason) -> None:
    assert Ratio().attainment(case(actual, bound)) is reason


@pytest.mark.parametrize(
    ("actual", "bound", "baseline", "expected"),
    [
        (15.0, Bound.at_least(20), 10.0, 0.5),
        (20.0, Bound.at_least(20), 10.0, 1.0),
        (10.0, Bound.at_least(20), 10.0, 0.0),
        (5.0, Bound.at_least(20), 10.0, -0.5),
        (8.0, Bound.at_most(4), 12.0, 0.5),
        (1.0, Bound.at_least(2), -2.0, 0.75),
        (3.0, RANGE, 0.0, 1.0),
        (1.0, RANGE, 0.0, 0.5),
        (5.0, RANGE, 0.0, 0.5),
        (5.0, RANGE, 8.0, 0.75),
    ],
)
def test_progress(actual: float, bound: Bound, baseline: float, expected: float) -> None:
    found = Progress().attainment(case(actual, bound, baseline))
    assert found == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("bound", "baseline", "reason"),
    [
        (Bound.at_least(20), None, Reason.NO_BASELINE),
        (Bound.at_least(20), 20.0, Reason.EXPECTED_EQUALS_BASELINE),
        (RANGE, 3.0, Reason.EXPECTED_EQUALS_BASELINE),
        (Bound.at_least(20), 30.0, Reason.DIRECTION_CONTRADICTS_BASELINE),
        (Bound.at_most(20), 10.0, Reason.DIRECTION_CONTRADICTS_BASELINE),
    ],
)
def test_progress_is_refused_without_a_way_to_go(
    bound: Bound, baseline: float | None, reason: Reason
) -> None:
    assert Progress().attainment(case(15.0, bound, baseline)) is reason


def test_the_scale_limits_and_multiplies() -> None:
    scale = Scale(floor=0.0, cap=1.2, full=10)
    assert [scale.score(x) for x in (-1.0, 0.5, 1.1, 3.0)] == pytest.approx([0.0, 5.0, 11.0, 12.0])


def test_a_scale_upside_down_is_refused() -> None:
    with pytest.raises(ModelError, match="cap: expected more than the floor"):
        Scale(floor=1.0, cap=1.0)
    with pytest.raises(ModelError, match="full: expected a positive number"):
        Scale(full=0)


def test_an_unknown_form_lists_the_choices() -> None:
    with pytest.raises(ModelError, match="at_most: expected one of reciprocal, mirror"):
        Ratio(at_most="inverse")


@pytest.mark.parametrize(
    ("rule", "given", "formula", "numbers"),
    [
        (Ratio(), case(39.0, Bound.at_least(60)), "actual / expected", "39 / 60"),
        (Ratio(), case(8.0, Bound.at_most(5)), "expected / actual", "5 / 8"),
        (
            Ratio(at_most="mirror"),
            case(8.0, Bound.at_most(5)),
            "2 - actual / expected",
            "2 - 8 / 5",
        ),
        (Ratio(), case(3.0, RANGE), "1 within the bound", "1"),
        (Progress(), case(3.0, RANGE, 0.0), "1 within the bound", "1"),
        (
            Progress(),
            case(15.0, Bound.at_least(20), 10.0),
            "(actual - baseline) / (expected - baseline)",
            "(15 - 10) / (20 - 10)",
        ),
        (
            Progress(),
            case(5.0, RANGE, 0.0),
            "1 - |actual - bound| / |expected - baseline|",
            "1 - |5 - 4| / |2 - 0|",
        ),
    ],
)
def test_a_formula_is_told_with_its_numbers(
    rule: Ratio | Progress, given: Case, formula: str, numbers: str
) -> None:
    assert rule.formula(given) == (formula, numbers)
    arithmetic = numbers.replace("|5 - 4|", "abs(5 - 4)").replace("|2 - 0|", "abs(2 - 0)")
    assert eval(arithmetic) == pytest.approx(rule.attainment(given), rel=1e-9)


def test_goalposts_may_be_inverted_and_are_clipped_by_the_scale() -> None:
    rule = Goalposts(lower=10, upper=0)
    values = [rule.attainment(case(x, Bound.at_most(0))) for x in (10.0, 2.0, -5.0)]
    assert values == pytest.approx([0.0, 0.8, 1.5])
    assert [rule.scale.score(value) for value in values] == pytest.approx([0.0, 80.0, 100.0])


def test_goalposts_on_a_log_scale_refuse_what_has_no_logarithm() -> None:
    rule = Goalposts(lower=100, upper=75_000, log=True)
    for actual in (0.0, -3.0):
        assert rule.attainment(case(actual, Bound.at_least(1))) is Reason.ACTUAL_NOT_POSITIVE


def test_posts_of_zero_width_or_without_a_logarithm_are_refused() -> None:
    with pytest.raises(ModelError) as caught:
        Goalposts(lower=-1, upper=-1, log=True)
    assert [problem.place for problem in caught.value.problems] == ["upper", "lower", "upper"]
    with pytest.raises(ModelError, match="lower: expected zero, or a number between"):
        Goalposts(lower=math.inf, upper=1)


def test_distance_to_target_needs_a_target_apart_from_the_worst() -> None:
    rule = DistanceToTarget(worst=10)
    bound = Bound.at_least(20)
    assert rule.attainment(case(15.0, bound)) is Reason.NO_TARGET
    assert rule.attainment(Case.of(15.0, bound, target=10.0)) is Reason.TARGET_EQUALS_START


@pytest.mark.parametrize(
    ("actual", "bound", "passed"),
    [
        (6000.0, Bound.at_least(6000), 1.0),
        (6000.0, Bound.more_than(6000), 0.0),
        (6001.0, Bound.more_than(6000), 1.0),
        (5.0, Bound.at_most(5), 1.0),
        (5.0, Bound.less_than(5), 0.0),
        (4.0, Bound.less_than(5), 1.0),
        (6.0, Bound.at_most(5), 0.0),
        (3.0, RANGE, 1.0),
        (5.0, RANGE, 0.0),
        (0.0, Bound.exactly(0), 1.0),
        (0.1, Bound.exactly(0), 0.0),
    ],
)
def test_pass_or_fail_is_what_the_bound_says(actual: float, bound: Bound, passed: float) -> None:
    assert PassFail().attainment(case(actual, bound)) == passed
    assert bound.met_by(actual) is bool(passed)
    assert PassFail().formula(case(actual, bound))[1] == f"{passed:g}"


@pytest.mark.parametrize("rule", [Ratio(), Progress(), Goalposts(lower=0, upper=1), PassFail()])
def test_null_in_null_out(rule: Ratio) -> None:
    unknown = Case.of(math.nan, Bound.at_least(5), baseline=1.0)
    assert rule.attainment(unknown) is Reason.UNDEFINED


# Without a target, or against the direction


@pytest.mark.parametrize(
    "rule",
    [
        Ratio(),
        Ratio(at_most="mirror"),
        Progress(),
        PassFail(),
        DistanceToTarget(worst=1),
        HealthyPeople(),
    ],
    ids=lambda rule: rule.name,
)
@pytest.mark.parametrize("direction", [Direction.UP, Direction.DOWN])
@pytest.mark.parametrize("actual", [5.0, 0.0, -5.0, math.nan])
def test_what_nothing_is_asked_of_has_no_target(
    rule: Rule, direction: Direction, actual: float
) -> None:
    assert rule.attainment(Case.watched(actual, direction)) is Reason.NO_TARGET
    known = {"baseline": 1.0, "baseline_at": 2015.0, "at": 2018.0, "limit": 100.0}
    assert rule.attainment(Case.watched(actual, direction, **known)) is Reason.NO_TARGET


def test_goalposts_need_no_target() -> None:
    rule = Goalposts(lower=20, upper=85)
    assert rule.attainment(Case.watched(52.5, Direction.UP)) == 0.5
    assert Goalposts(lower=10, upper=0).attainment(Case.watched(2.0, Direction.DOWN)) == 0.8


@pytest.mark.parametrize(
    ("rule", "given", "reason"),
    [
        (Goalposts(lower=10, upper=0), case(5.0, Bound.at_least(8)), True),
        (Goalposts(lower=0, upper=10), case(5.0, Bound.at_most(8)), True),
        (Goalposts(lower=0, upper=10), case(5.0, Bound.at_least(8)), False),
        (Goalposts(lower=10, upper=0), case(5.0, Bound.at_most(8)), False),
        (Goalposts(lower=0, upper=10), case(5.0, RANGE), False),
        (Goalposts(lower=10, upper=0), case(5.0, RANGE), False),
        (Goalposts(lower=10, upper=0), Case.watched(5.0, Direction.UP), True),
        (Goalposts(lower=10, upper=1, log=True), case(-5.0, Bound.at_least(8)), True),
        (DistanceToTarget(worst=20), Case.of(5.0, Bound.at_least(8), target=10.0), True),
        (DistanceToTarget(worst=2), Case.of(5.0, Bound.at_most(8), target=4.0), True),
        (DistanceToTarget(worst=2), Case.of(5.0, Bound.at_least(8), target=4.0), False),
    ],
)
def test_posts_against_the_direction_are_refused(rule: Rule, given: Case, reason: bool) -> None:
    found = rule.attainment(given)
    assert (found is Reason.POSTS_CONTRADICT_DIRECTION) is reason
    assert isinstance(found, float) is not reason


@pytest.mark.parametrize("bound", [RANGE, Bound.exactly(3)])
@pytest.mark.parametrize("actual", [1.0, 3.0, 5.0])
@pytest.mark.parametrize("worst", [0.0, 3.0, 6.0])
def test_within_a_range_there_is_no_way_from_a_worst(
    bound: Bound, actual: float, worst: float
) -> None:
    given = Case.of(actual, bound, target=bound.value)
    assert DistanceToTarget(worst=worst).attainment(given) is Reason.NO_BETTER_DIRECTION


@pytest.mark.parametrize(
    ("rule", "direction", "amount", "value"),
    [
        (Goalposts(lower=20, upper=100), Direction.UP, 80.0, 0.75),
        (Goalposts(lower=100, upper=20), Direction.DOWN, 80.0, 0.25),
        (Goalposts(lower=1, upper=100, log=True), Direction.UP, 10.0, 0.5),
        (DistanceToTarget(worst=20), Direction.UP, 80.0, 0.75),
        (DistanceToTarget(worst=180), Direction.DOWN, 120.0, 0.75),
    ],
)
@pytest.mark.parametrize("share", [1.0, 0.5, 0.25])
def test_posts_are_scaled_to_the_part_of_the_year(
    rule: Rule, direction: Direction, amount: float, value: float, share: float
) -> None:
    given = Case.watched(amount * share, direction, target=100.0 * share, share=share)
    assert rule.attainment(given) == pytest.approx(value, rel=1e-12)
    if not isinstance(rule, Goalposts) or not rule.log:
        assert eval(rule.formula(given)[1]) == pytest.approx(value, rel=1e-9)


def test_the_worst_of_a_part_of_a_year_may_be_its_target() -> None:
    given = Case.watched(12.0, Direction.UP, target=10.0, share=0.5)
    assert DistanceToTarget(worst=20).attainment(given) is Reason.TARGET_EQUALS_START
    assert DistanceToTarget(worst=30).attainment(given) is Reason.POSTS_CONTRADICT_DIRECTION


def test_a_rule_between_posts_says_whether_the_target_holds_and_no_more() -> None:
    assert Goalposts(lower=0, upper=1).statuses is HELD
    assert DistanceToTarget(worst=0).statuses is HELD


# Healthy People


def change(actual: float, bound: Bound, baseline: float, target: float) -> Case:
    return Case.of(actual, bound, baseline=baseline, target=target)


TO_FORTY, TO_SIXTY = Bound.at_most(40), Bound.at_least(60)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (change(45.0, TO_FORTY, 50.0, 40.0), 0.5),
        (change(40.0, TO_FORTY, 50.0, 40.0), 1.0),
        (change(35.0, TO_FORTY, 50.0, 40.0), 1.5),
        (change(50.0, TO_FORTY, 50.0, 40.0), 0.0),
        (change(55.0, TO_FORTY, 50.0, 40.0), -0.1),
        (change(100.0, TO_FORTY, 50.0, 40.0), -1.0),
        (change(57.5, TO_SIXTY, 50.0, 60.0), 0.75),
        (change(45.0, TO_SIXTY, 50.0, 60.0), -0.1),
        (change(-45.0, Bound.at_least(-40), -50.0, -40.0), 0.5),
        (change(-60.0, Bound.at_least(-40), -50.0, -40.0), -0.2),
        (change(5.0, Bound.at_least(10), 0.0, 10.0), 0.5),
        (change(0.0, Bound.at_least(10), 0.0, 10.0), 0.0),
    ],
)
def test_healthy_people(given: Case, expected: float) -> None:
    found = HealthyPeople().attainment(given)
    assert found == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (case(45.0, TO_FORTY, 50.0), Reason.NO_TARGET),
        (Case.of(45.0, TO_FORTY, target=40.0), Reason.NO_BASELINE),
        (change(3.0, RANGE, 0.0, 3.0), Reason.NO_BETTER_DIRECTION),
        (change(5.0, RANGE, 6.0, 3.0), Reason.NO_BETTER_DIRECTION),
        (change(7.5, RANGE, 6.0, 3.0), Reason.NO_BETTER_DIRECTION),
        (change(5.0, Bound.exactly(5), 6.0, 5.0), Reason.NO_BETTER_DIRECTION),
        (change(45.0, TO_FORTY, 40.0, 40.0), Reason.TARGET_EQUALS_START),
        (change(45.0, TO_FORTY, 30.0, 40.0), Reason.DIRECTION_CONTRADICTS_BASELINE),
        (change(45.0, TO_SIXTY, 70.0, 60.0), Reason.DIRECTION_CONTRADICTS_BASELINE),
        (change(-1.0, Bound.at_least(10), 0.0, 10.0), Reason.BASELINE_IS_ZERO),
        (change(math.nan, TO_FORTY, 50.0, 40.0), Reason.UNDEFINED),
    ],
)
def test_healthy_people_is_refused_without_a_way_or_a_share_of_it(
    given: Case, reason: Reason
) -> None:
    assert HealthyPeople().attainment(given) is reason


@pytest.mark.parametrize(
    ("given", "formula", "numbers"),
    [
        (
            change(45.0, TO_FORTY, 50.0, 40.0),
            "(actual - baseline) / (target - baseline)",
            "(45 - 50) / (40 - 50)",
        ),
        (
            change(55.0, TO_FORTY, 50.0, 40.0),
            "-|actual - baseline| / |baseline|, away from the target",
            "-|55 - 50| / |50|",
        ),
    ],
)
def test_the_formula_of_healthy_people_is_the_one_that_applies(
    given: Case, formula: str, numbers: str
) -> None:
    assert HealthyPeople().formula(given) == (formula, numbers)


def test_healthy_people_has_its_own_classes() -> None:
    assert HealthyPeople().statuses is HEALTHY_PEOPLE


@pytest.mark.parametrize(
    "make",
    [
        lambda bad: Ratio(scale=bad),
        lambda bad: Progress(scale=bad),
        lambda bad: PassFail(scale=bad),
        lambda bad: HealthyPeople(scale=bad),
        lambda bad: Goalposts(lower=0, upper=1, scale=bad),
        lambda bad: DistanceToTarget(worst=0, scale=bad),
    ],
)
def test_a_scale_is_wanted(make: Any) -> None:
    with pytest.raises(ModelError, match="scale: expected ScoreScale, found 100"):
        make(100)
