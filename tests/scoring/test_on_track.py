"""On-track rules: growth, pace, projection and time share, and when they are refused."""

import math
import re

import attrs
import pytest

from ipplan import Bound, Direction, Reason
from ipplan.ops import FLOATS
from ipplan.scoring import (
    CanadianIndicator,
    Case,
    DistanceToTarget,
    Goalposts,
    Growth,
    GrowthRatio,
    Pace,
    PassFail,
    Projection,
    ScoringRule,
    TimeShare,
)

HALFWAY = Case.of(
    121.0, Bound.at_least(146.41), at=2017.0, baseline=100.0, baseline_at=2015.0,
    target=146.41, due=2019.0,
)  # fmt: skip
TO_TARGET = [GrowthRatio(), Pace(), Projection(), TimeShare()]
GROWING = [GrowthRatio(), Growth(), Projection()]


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (GrowthRatio(), 1.0),
        (Growth(), 0.1),
        (Projection(), 1.0),
        (Pace(), (21 / 2) / (46.41 / 4)),
        (TimeShare(), 21 / 46.41 - 0.5),
    ],
)
def test_constant_growth_of_ten_percent_halfway(rule: Growth, value: float) -> None:
    assert rule.attainment(HALFWAY) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("rule", "value"), [(GrowthRatio(), 1.0), (Growth(), 0.1), (Pace(), 1.0), (TimeShare(), 0.0)]
)
def test_less_is_better(rule: Growth, value: float) -> None:
    down = Case.of(
        90.0, Bound.at_most(80), at=2016.0, baseline=100.0, baseline_at=2015.0,
        target=81.0 if isinstance(rule, GrowthRatio) else 80.0, due=2017.0,
    )  # fmt: skip
    assert rule.attainment(down) == pytest.approx(value, abs=1e-12)


def test_the_growth_ratio_rates_a_straight_line_down_behind() -> None:
    """Its known bias: exactly on a linear schedule to a lower target, early on."""
    on_the_line = Case.of(
        95.0, Bound.at_most(50), at=2016.0, baseline=100.0, baseline_at=2015.0,
        target=50.0, due=2025.0,
    )  # fmt: skip
    ratio = GrowthRatio().attainment(on_the_line)
    assert isinstance(ratio, float)
    assert ratio < 0.8
    assert Pace().attainment(on_the_line) == pytest.approx(1.0, rel=1e-12)


@pytest.mark.parametrize("rule", [*TO_TARGET, Growth()])
def test_without_a_baseline_there_is_no_pace(rule: Pace) -> None:
    case = attrs.evolve(HALFWAY, baseline=FLOATS.null)
    assert rule.attainment(case) is Reason.NO_BASELINE


@pytest.mark.parametrize("rule", [*TO_TARGET, Growth()])
def test_without_time_there_is_no_pace(rule: Pace) -> None:
    assert rule.attainment(attrs.evolve(HALFWAY, at=2015.0)) is Reason.NO_TIME_PASSED


@pytest.mark.parametrize("rule", TO_TARGET)
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"target": FLOATS.null}, Reason.NO_TARGET),
        ({"due": 2015.0}, Reason.NO_TIME_PASSED),
        ({"target": 100.0}, Reason.TARGET_EQUALS_START),
    ],
)
def test_without_a_way_to_the_target_there_is_no_ratio(
    rule: Pace, changes: dict[str, float], reason: Reason
) -> None:
    assert rule.attainment(attrs.evolve(HALFWAY, **changes)) is reason


@pytest.mark.parametrize("rule", GROWING)
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"baseline": 0.0}, Reason.BASELINE_IS_ZERO),
        ({"actual": -5.0}, Reason.SIGN_CHANGE),
        ({"actual": 0.0}, Reason.SIGN_CHANGE),
    ],
)
def test_growth_through_zero_is_refused_and_nothing_is_replaced(
    rule: Growth, changes: dict[str, float], reason: Reason
) -> None:
    assert rule.attainment(attrs.evolve(HALFWAY, **changes)) is reason


@pytest.mark.parametrize("rule", [GrowthRatio(), Projection()])
def test_a_target_of_zero_is_refused_and_not_replaced(rule: GrowthRatio) -> None:
    assert rule.attainment(attrs.evolve(HALFWAY, target=0.0)) is Reason.SIGN_CHANGE


def test_the_natural_limit_eases_the_thresholds_above_zero_only() -> None:
    case = attrs.evolve(HALFWAY, baseline=90.0, limit=100.0)
    room = 1 - 0.9**4.44
    assert Growth().graded(0.01, case, FLOATS) == pytest.approx(0.01 / room, rel=1e-12)
    assert Growth().graded(-0.01, case, FLOATS) == -0.01
    assert Growth().graded(0.01, HALFWAY, FLOATS) == 0.01
    assert GrowthRatio().graded(0.7, case, FLOATS) == 0.7


@pytest.mark.parametrize(
    "rule",
    [
        *TO_TARGET,
        Growth(),
        PassFail(),
        Goalposts(lower=1, upper=2),
        Goalposts(lower=1, upper=2, log=True),
        DistanceToTarget(worst=1),
    ],
    ids=lambda rule: rule.name,
)
def test_each_formula_is_told_and_its_numbers_give_the_value(rule: ScoringRule) -> None:
    words, numbers = rule.formula(HALFWAY)
    assert words
    arithmetic = numbers.replace("^", "**").replace(" x ", " * ")
    arithmetic = re.sub(r"\|(.+?)\|", r"abs(\1)", arithmetic)
    arithmetic = re.sub(r"ln ([0-9.]+)", r"math.log(\1)", arithmetic)
    assert eval(arithmetic, {"math": math}) == pytest.approx(rule.value(HALFWAY, FLOATS), rel=1e-4)


def test_growth_of_a_negative_figure_is_a_fall() -> None:
    """From -1 to -2: twice the size, and worse where more is better."""
    deficit = Case.of(
        -2.0, Bound.at_least(-0.5), at=2016.0, baseline=-1.0, baseline_at=2015.0,
        target=-0.5, due=2017.0,
    )  # fmt: skip
    for rule in (Growth(), GrowthRatio()):
        value = rule.attainment(deficit)
        assert isinstance(value, float)
        assert value < 0.0
    better = attrs.evolve(deficit, actual=-0.7)
    assert Growth().attainment(better) == pytest.approx(0.3, rel=1e-12)


@pytest.mark.parametrize("rule", [Pace(), TimeShare(), Projection()])
def test_a_target_on_the_worse_side_is_refused(rule: Pace) -> None:
    case = attrs.evolve(HALFWAY, target=80.0)
    assert rule.attainment(case) is Reason.DIRECTION_CONTRADICTS_BASELINE


def test_at_the_natural_limit_growth_has_no_room() -> None:
    for baseline in (100.0, 120.0):
        case = attrs.evolve(HALFWAY, baseline=baseline, limit=100.0)
        assert Growth().attainment(case) is Reason.BASELINE_AT_LIMIT


@pytest.mark.parametrize(
    "changes",
    [
        {"limit": 0.0},
        {"limit": -50.0},
        {"limit": 0.0, "baseline": -2.0, "actual": -1.0},
        {"limit": -1.0, "baseline": -2.0, "actual": -1.0},
        {"limit": 100.0, "way": -1.0},
        {"limit": 100.0, "way": -1.0, "actual": 90.0},
        {"limit": 150.0, "way": -1.0, "actual": 90.0},
        {"limit": 50.0, "way": -1.0, "actual": 90.0},
        {"limit": 0.0, "way": -1.0, "actual": 90.0},
    ],
)
def test_only_a_positive_limit_of_what_should_rise_is_a_natural_maximum(
    changes: dict[str, float],
) -> None:
    limited = attrs.evolve(HALFWAY, target=FLOATS.null, **changes)
    unlimited = attrs.evolve(limited, limit=FLOATS.null)
    for rule in (Growth(), CanadianIndicator()):
        value = rule.attainment(unlimited)
        assert isinstance(value, float)
        assert rule.attainment(limited) == value
        for each in (value, 0.01, -0.01):
            assert rule.graded(each, limited, FLOATS) == rule.graded(each, unlimited, FLOATS)


# Ranges, and what is only watched

WATCHED = {"at": 2017.0, "baseline": 100.0, "baseline_at": 2015.0}


@pytest.mark.parametrize("rule", TO_TARGET)
@pytest.mark.parametrize("direction", [Direction.UP, Direction.DOWN])
def test_what_is_only_watched_has_no_target(rule: Pace, direction: Direction) -> None:
    assert rule.attainment(Case.watched(121.0, direction, **WATCHED)) is Reason.NO_TARGET
    assert rule.attainment(Case.watched(121.0, direction)) is Reason.NO_TARGET


@pytest.mark.parametrize(
    ("actual", "direction", "value"),
    [
        (121.0, Direction.UP, 0.1),
        (121.0, Direction.DOWN, -0.1),
        (81.0, Direction.DOWN, 0.1),
        (100.0, Direction.UP, 0.0),
    ],
)
def test_growth_needs_no_target(actual: float, direction: Direction, value: float) -> None:
    found = Growth().attainment(Case.watched(actual, direction, **WATCHED))
    assert found == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize("bound", [Bound.between(120, 140), Bound.exactly(130)])
def test_within_a_range_no_growth_is_the_better_one(bound: Bound) -> None:
    case = Case.of(121.0, bound, **WATCHED)
    assert Growth().attainment(case) is Reason.NO_BETTER_DIRECTION
    unknown = Case.of(121.0, bound)
    assert Growth().attainment(unknown) is Reason.NO_BETTER_DIRECTION


@pytest.mark.parametrize("rule", [*TO_TARGET, CanadianIndicator()], ids=lambda rule: rule.name)
@pytest.mark.parametrize("bound", [Bound.between(140, 152.82), Bound.exactly(146.41)])
@pytest.mark.parametrize("actual", [90.0, 100.0, 121.0, 146.41, 160.0, 300.0])
@pytest.mark.parametrize("way", [1, -1])
def test_within_a_range_no_pace_is_the_better_one(
    rule: Pace, bound: Bound, actual: float, way: int
) -> None:
    """Neither of who is on the way, nor of who overshoots the range."""
    mirrored = bound if way == 1 else attrs.evolve(bound, low=-bound.high, high=-bound.low)
    case = Case.of(
        way * actual, mirrored, at=2017.0, baseline=way * 100.0, baseline_at=2015.0,
        target=mirrored.value, due=2019.0,
    )  # fmt: skip
    assert rule.attainment(case) is Reason.NO_BETTER_DIRECTION
    for changes in ({"at": 2019.0}, {"at": 2024.0}, {"target": way * 80.0}):
        assert rule.attainment(attrs.evolve(case, **changes)) is Reason.NO_BETTER_DIRECTION


@pytest.mark.parametrize("rule", TO_TARGET, ids=lambda rule: rule.name)
def test_a_range_below_the_baseline_has_no_better_direction_either(rule: Pace) -> None:
    case = Case.of(
        90.0, Bound.between(70, 92), at=2016.0, baseline=100.0, baseline_at=2015.0,
        target=81.0, due=2017.0,
    )  # fmt: skip
    for actual in (90.0, 110.0, 81.0, 10.0):
        given = attrs.evolve(case, actual=actual)
        assert rule.attainment(given) is Reason.NO_BETTER_DIRECTION


# After the target's due date


@pytest.mark.parametrize(
    ("rule", "kept"),
    [(GrowthRatio(), 1.0), (Pace(), 1.0), (Projection(), 1.0), (TimeShare(), 0.0)],
    ids=lambda each: getattr(each, "name", ""),
)
@pytest.mark.parametrize("at", [2019.0, 2019.5, 2020.0, 2026.0, 2040.0])
def test_a_target_that_is_kept_keeps_its_value(rule: ScoringRule, kept: float, at: float) -> None:
    case = attrs.evolve(HALFWAY, actual=146.41, at=at)
    assert rule.value(case, FLOATS) == pytest.approx(kept, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("rule", TO_TARGET, ids=lambda rule: rule.name)
@pytest.mark.parametrize("actual", [90.0, 121.0, 150.0])
def test_after_the_due_date_a_figure_is_worth_what_it_was_then(rule: Pace, actual: float) -> None:
    due = attrs.evolve(HALFWAY, actual=actual, at=2019.0)
    late = attrs.evolve(due, at=2025.0)
    assert rule.attainment(late) == rule.attainment(due)
    assert rule.formula(late) == rule.formula(due)
    before = attrs.evolve(due, at=2018.0)
    assert rule.attainment(before) != rule.attainment(due)


def test_growth_has_no_due_date() -> None:
    case = attrs.evolve(HALFWAY, actual=146.41, at=2023.0)
    yearly = 1.4641 ** (1 / 8) - 1
    assert Growth().attainment(case) == pytest.approx(yearly, rel=1e-12)
    arithmetic = Growth().formula(case)[1].replace("^", "**")
    assert eval(arithmetic) == pytest.approx(yearly, rel=1e-6)


@pytest.mark.parametrize(
    ("value", "score"), [(0.1, 10.0), (0.0, 0.0), (-0.1, -10.0), (3.5, 350.0), (-0.99, -99.0)]
)
def test_the_score_of_growth_is_the_growth_in_percent(value: float, score: float) -> None:
    scale = Growth().scale
    assert scale.score(value) == pytest.approx(score, rel=1e-12)
    assert (scale.least, scale.greatest) == (-math.inf, math.inf)


@pytest.mark.parametrize(
    ("value", "score"),
    [(0.0, 100.0), (-0.1, 90.0), (0.4, 100.0), (-0.5, 50.0), (-1.0, 0.0), (-1.5, 0.0)],
)
def test_the_score_of_a_time_share_is_full_on_time(value: float, score: float) -> None:
    scale = TimeShare().scale
    assert scale.score(value) == pytest.approx(score, rel=1e-12)
    assert (scale.least, scale.greatest) == (0.0, 100.0)
