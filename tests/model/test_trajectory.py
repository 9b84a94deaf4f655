"""What a trajectory expects at any time, and which trajectories cannot be."""

import math
import pickle
from typing import Any

import attrs
import pytest

from ipplan import (
    Baseline,
    Bound,
    Direction,
    Interpolation,
    Milestone,
    ModelError,
    Period,
    PeriodError,
    Trajectory,
)
from ipplan.interpolation import InterpolationError
from ipplan.model.trajectory import Expectation
from tests.strategies import half_of_the_end, overshoot, smoothstep


def way(
    bounds: dict[Any, Bound], *, baseline: tuple[Any, float] | None = None, how: Any = "linear"
) -> Trajectory:
    """A trajectory with milestones `{period: bound}` and a baseline `(period, value)`."""
    return Trajectory(
        milestones=[Milestone(period=period, bound=bound) for period, bound in bounds.items()],
        baseline=None if baseline is None else Baseline(period=baseline[0], value=baseline[1]),
        interpolation=how,
    )


def at_least(*figures: float, first: int = 2016) -> dict[Any, Bound]:
    """Milestones of consecutive years."""
    return {first + index: Bound.at_least(figure) for index, figure in enumerate(figures)}


RISING = way({2030: Bound.at_least(50), 2040: Bound.at_least(100)}, baseline=(2025, 0))


@pytest.mark.parametrize(
    ("year", "value"), [(2025, 0.0), (2026, 10.0), (2030, 50.0), (2035, 75.0), (2040, 100.0)]
)
def test_each_segment_has_its_own_neighbours(year: int, value: float) -> None:
    assert RISING.value(Period.of(year)) == value


def test_a_later_milestone_does_not_lift_an_earlier_year() -> None:
    longer = way(
        {2030: Bound.at_least(50), 2040: Bound.at_least(100), 2050: Bound.at_least(1000)},
        baseline=(2025, 0),
    )
    assert [longer.value(2026), longer.value(2035)] == [10.0, 75.0]


@pytest.mark.parametrize("when", [Period.of("2026-H1"), 2025.5])
def test_a_part_of_a_year_lies_between_the_years(when: Period | float) -> None:
    assert RISING.value(when) == 5.0


def test_nothing_is_due_before_the_baseline() -> None:
    assert RISING.at(2024) is None
    assert RISING.value(2024) is None


def test_nothing_is_due_before_the_first_milestone_without_a_baseline() -> None:
    assert way(at_least(25, 36)).at(Period.of("2016-11")) is None


def test_the_first_point_is_where_something_becomes_due() -> None:
    assert RISING.start == Period.of(2025)
    assert way(at_least(25, 36)).start == Period.of(2016)


def test_the_last_bound_is_held_and_flagged() -> None:
    found = RISING.at(2041)
    last = RISING.milestones[-1]
    assert found == Expectation(bound=last.bound, start=last, end=last, held=True)


def test_the_last_bound_is_not_held_at_its_own_time() -> None:
    found = RISING.at(2040)
    last = RISING.milestones[-1]
    assert found == Expectation(bound=last.bound, start=last, end=last, held=False)


def test_one_milestone_is_held() -> None:
    alone = way({2020: Bound.more_than(6000)})
    assert [alone.value(2019), alone.value(2020), alone.value(2030)] == [None, 6000.0, 6000.0]


def test_an_expectation_between_two_points_names_them() -> None:
    found = RISING.at(2035)
    assert found is not None
    assert (found.start, found.end) == RISING.milestones
    assert found.interpolated
    assert not found.held


@pytest.mark.parametrize("year", [2025, 2030, 2040, 2041])
def test_an_expectation_at_a_point_or_after_the_last_is_the_plans_own(year: int) -> None:
    found = RISING.at(year)
    assert found is not None
    assert not found.interpolated


def test_an_expectation_at_the_baseline_is_its_value() -> None:
    found = RISING.at(2025)
    assert found is not None
    assert (found.start, found.end) == (RISING.baseline, RISING.baseline)
    assert found.bound == Bound.at_least(0)


@pytest.mark.parametrize(
    ("how", "value"),
    [
        ("linear", 57.333333333333336),
        (Interpolation.LINEAR, 57.333333333333336),
        ("geometric", 36 * (100 / 36) ** (1 / 3)),
        ("previous", 36.0),
        ("next", 100.0),
        (smoothstep, 36 + 64 * (7 / 27)),
        (overshoot, 100.0),
        (half_of_the_end, 50.0),
    ],
)
def test_the_way_between_two_milestones(how: Any, value: float) -> None:
    bounds = {2016: Bound.at_least(25), 2017: Bound.at_least(36), 2020: Bound.at_least(100)}
    assert way(bounds, how=how).value(2018) == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize(
    ("how", "bound"),
    [
        ("linear", Bound.more_than(5000)),
        ("previous", Bound.at_least(4000)),
        ("next", Bound.more_than(6000)),
    ],
)
def test_between_milestones_the_demand_is_the_next_ones_or_a_steps(how: str, bound: Bound) -> None:
    mixed = way({2018: Bound.at_least(4000), 2020: Bound.more_than(6000)}, how=how)
    found = mixed.at(2019)
    assert found is not None
    assert found.bound == bound


def test_a_step_back_to_the_baseline_has_the_first_milestones_demand() -> None:
    found = way({2020: Bound.less_than(5)}, baseline=(2018, 9), how="previous").at(2019)
    assert found is not None
    assert found.bound == Bound.less_than(9)


def test_a_between_moves_with_both_its_figures() -> None:
    found = way({2016: Bound.between(2, 4), 2018: Bound.between(6, 12)}).at(2017)
    assert found is not None
    assert found.bound == Bound.between(4, 8)
    assert found.bound.value == 6.0


def test_a_between_grows_out_of_a_baseline() -> None:
    found = way({2018: Bound.between(2, 4)}, baseline=(2016, 0)).at(2017)
    assert found is not None
    assert found.bound == Bound.between(1, 2)


def test_a_between_grows_out_of_one_figure() -> None:
    found = way({2016: Bound.exactly(5), 2018: Bound.between(2, 4)}).at(2017)
    assert found is not None
    assert found.bound == Bound.between(3.5, 4.5)


def test_a_between_narrows_to_one_figure() -> None:
    found = way({2016: Bound.between(2, 4), 2018: Bound.exactly(5)}).at(2017)
    assert found is not None
    assert found.bound == Bound.between(3.5, 4.5)


@pytest.mark.parametrize(("how", "figures"), [("previous", (2.0, 4.0)), ("next", (5.0,))])
def test_a_step_between_two_figures_and_one(how: str, figures: tuple[float, ...]) -> None:
    found = way({2016: Bound.between(2, 4), 2018: Bound.exactly(5)}, how=how).at(2017)
    assert found is not None
    assert found.bound.figures == figures


def test_an_easing_that_turns_a_between_round_gives_the_lower_figure_first() -> None:
    found = way({2016: Bound.between(2, 4), 2018: Bound.between(6, 12)}, how=lambda a, b, s: -b).at(
        2017
    )
    assert found is not None
    assert found.bound == Bound.between(-12, -6)


@pytest.mark.parametrize(
    ("bound", "direction"),
    [
        (Bound.at_least(5), Direction.UP),
        (Bound.less_than(5), Direction.DOWN),
        (Bound.between(4, 5), Direction.WITHIN),
    ],
)
def test_the_direction_is_the_milestones(bound: Bound, direction: Direction) -> None:
    assert way({2020: bound}).direction is direction


def test_the_target_is_the_final_milestone() -> None:
    assert RISING.target is RISING.milestones[-1]


def test_any_iterable_of_milestones_becomes_a_tuple() -> None:
    milestones = iter([Milestone(period=2020, bound=Bound.at_least(5))])
    assert type(Trajectory(milestones=milestones).milestones) is tuple  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1e101, "57", None])
def test_an_easing_that_gives_no_finite_number_is_refused_when_asked(value: Any) -> None:
    broken = way(at_least(25, 36), how=lambda start, end, share: value)
    with pytest.raises(InterpolationError, match=r"^interpolation: .* at 2016\.5, found"):
        broken.at(2016.5)


def test_an_easing_is_not_asked_at_the_milestones() -> None:
    broken = way(at_least(25, 36), how=lambda start, end, share: math.nan)
    assert [broken.value(2016), broken.value(2017), broken.value(2018)] == [25.0, 36.0, 36.0]


def test_a_result_too_small_to_calculate_with_is_zero() -> None:
    tiny = way(at_least(25, 36), how=lambda start, end, share: 1e-300)
    assert tiny.value(2016.5) == 0.0


def test_a_position_that_is_no_number_is_refused() -> None:
    with pytest.raises(ModelError):
        RISING.at(math.nan)


@pytest.mark.parametrize("value", ["cubic", "LINEAR", 5, None])
def test_an_unknown_interpolation_is_refused_with_the_names(value: Any) -> None:
    names = "linear, geometric, previous, next, pchip"
    with pytest.raises(ModelError, match=f"^interpolation: expected one of {names}, found"):
        way(at_least(5), how=value)


def test_at_least_one_milestone_is_needed() -> None:
    with pytest.raises(ModelError, match=r"^milestones: expected at least one milestone"):
        Trajectory(milestones=[])


@pytest.mark.parametrize("value", [5, None, "2020", b"2020"])
def test_milestones_are_a_list(value: Any) -> None:
    with pytest.raises(ModelError, match=r"^milestones: expected a list of Milestone, found"):
        Trajectory(milestones=value)


def test_every_wrong_milestone_is_reported() -> None:
    good = Milestone(period=2020, bound=Bound.at_least(5))
    with pytest.raises(ModelError) as caught:
        Trajectory(milestones=[5, good, "2020"])  # type: ignore[list-item]
    places = [problem.place for problem in caught.value.problems]
    assert places == ["milestones[0]", "milestones[2]"]


def test_a_baseline_is_a_baseline() -> None:
    milestones = [Milestone(period=2020, bound=Bound.at_least(5))]
    with pytest.raises(ModelError, match=r"^baseline: expected Baseline or None, found 3"):
        Trajectory(milestones=milestones, baseline=3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("periods", "words"),
    [
        ((2018, 2017), r"milestones\[1\]\.period: expected a period after 2018, found 2017"),
        ((2018, 2018), r"milestones\[1\]\.period: expected a period after 2018, found 2018"),
        ((2018, "2018-12"), r"milestones\[1\]\.period: .* after 2018, found 2018-12"),
        ((2016, 2018, 2017), r"milestones\[2\]\.period: expected a period after 2018, found 2017"),
    ],
)
def test_milestones_stand_in_the_order_of_time(periods: tuple[Any, ...], words: str) -> None:
    milestones = [Milestone(period=period, bound=Bound.at_least(5)) for period in periods]
    with pytest.raises(ModelError, match=f"^{words} .*one for each"):
        Trajectory(milestones=milestones)


def test_milestones_have_one_direction() -> None:
    with pytest.raises(
        ModelError,
        match=r"^milestones\[1\]: expected a bound of the first one's direction, up, "
        r"found at_most, down",
    ):
        way({2016: Bound.at_least(5), 2017: Bound.at_most(5)})


@pytest.mark.parametrize("period", [2016, 2017, "2016-12"])
def test_a_baseline_comes_before_the_first_milestone(period: Any) -> None:
    words = r"^baseline\.period: expected a period before the first milestone, 2016, found 201"
    with pytest.raises(ModelError, match=words):
        way(at_least(25, 36), baseline=(period, 5))


def between(*pairs: tuple[float, float]) -> dict[Any, Bound]:
    """Milestones of consecutive years, with two figures each."""
    return {2016 + index: Bound.between(*pair) for index, pair in enumerate(pairs)}


@pytest.mark.parametrize(
    ("bounds", "baseline", "place", "found"),
    [
        (at_least(0, 5), None, "milestones[0]", "zero"),
        (at_least(5, 0), None, "milestones[1]", "zero"),
        (at_least(5, -5), None, "milestones[1]", "a change of sign"),
        (at_least(-5, 5), None, "milestones[1]", "a change of sign"),
        (at_least(5, 6), (2015, 0), "baseline", "zero"),
        (at_least(-5), (2015, 5), "milestones[0]", "a change of sign"),
        (at_least(0), None, "milestones[0]", "zero"),
        (between((0, 5), (1, 6)), None, "milestones[0]", "zero"),
        (between((1, 5), (0, 6)), None, "milestones[1]", "zero"),
        (between((1, 5), (-1, 6)), None, "milestones[1]", "a change of sign"),
        (between((-1, 5), (1, 6)), None, "milestones[0]", "a change of sign"),
        (between((-6, -5), (-6, 0)), None, "milestones[1]", "zero"),
    ],
)
def test_geometric_through_zero_or_a_sign_change_is_refused_with_the_place(
    bounds: dict[Any, Bound], baseline: tuple[int, float] | None, place: str, found: str
) -> None:
    with pytest.raises(ModelError) as caught:
        way(bounds, baseline=baseline, how="geometric")
    problem = caught.value.problems[0]
    assert (problem.place, problem.found) == (place, found)
    assert problem.expected == "figures of one sign and not zero, for geometric interpolation"
    assert "use linear" in problem.hint


@pytest.mark.parametrize("sign", [1, -1])
def test_geometric_of_one_sign_is_taken(sign: int) -> None:
    grown = way(at_least(sign * 100, sign * 121), how="geometric")
    assert grown.value(2016.5) == pytest.approx(sign * 110.0, rel=1e-14)


def test_all_faults_between_the_fields_are_reported_at_once() -> None:
    with pytest.raises(ModelError) as caught:
        way({2018: Bound.at_least(0), 2017: Bound.at_most(5)}, baseline=(2020, 3), how="geometric")
    places = [problem.place for problem in caught.value.problems]
    assert places == ["milestones[1].period", "milestones[1]", "baseline.period", "milestones[0]"]


@pytest.mark.parametrize("value", ["soon", None, 2020.7])
def test_a_milestones_period_is_a_period(value: Any) -> None:
    with pytest.raises(PeriodError, match=r"^period: expected a year \(2018\), half"):
        Milestone(period=value, bound=Bound.at_least(5))


@pytest.mark.parametrize("value", [5, "≥ 5", None])
def test_a_milestones_bound_is_a_bound(value: Any) -> None:
    with pytest.raises(ModelError, match=r"^bound: expected Bound, found"):
        Milestone(period=2020, bound=value)


@pytest.mark.parametrize("value", ["one", "1.", "1,3", " 1.3", "1.2.3.4.5.6.7", None])
def test_a_milestones_clause_is_a_clause(value: Any) -> None:
    with pytest.raises(
        ModelError, match=r"^clause: expected a clause number like 2.3.1.2, or noth"
    ):
        Milestone(period=2020, bound=Bound.at_least(5), clause=value)


@pytest.mark.parametrize("clause", ["", "1", "1.3", "2.3.1.2"])
def test_a_milestone_may_name_a_clause(clause: str) -> None:
    assert Milestone(period=2020, bound=Bound.at_least(5), clause=clause).clause == clause


def test_a_baselines_period_is_a_period() -> None:
    with pytest.raises(PeriodError, match=r"^period: expected a year"):
        Baseline(period="soon", value=5)


@pytest.mark.parametrize("value", ["5", None, math.nan, True])
def test_a_baselines_value_is_a_number(value: Any) -> None:
    with pytest.raises(ModelError, match=r"^value: expected"):
        Baseline(period=2015, value=value)


@pytest.mark.parametrize("value", [None, 5, "a\x1b[31m"])
def test_a_baselines_source_is_a_printable_text(value: Any) -> None:
    with pytest.raises(ModelError, match=r"^source: expected text without control characters"):
        Baseline(period=2015, value=5, source=value)


FROZEN = [
    Milestone(period=2020, bound=Bound.at_least(5), clause="1.3"),
    Baseline(period=2015, value=5, source="a report"),
    RISING,
    way(at_least(25, 36), how=smoothstep),
    way(at_least(25, 36, 100), how="pchip"),
    RISING.at(2035),
]


@pytest.mark.parametrize("each", FROZEN)
def test_parts_are_frozen(each: Any) -> None:
    first = attrs.fields(type(each))[0].name
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(each, first, None)


@pytest.mark.parametrize("each", FROZEN)
def test_parts_are_keyword_only(each: Any) -> None:
    given = [getattr(each, field.name) for field in attrs.fields(type(each)) if field.init]
    with pytest.raises(TypeError):
        type(each)(*given)


@pytest.mark.parametrize("each", FROZEN)
def test_parts_are_hashable_and_picklable(each: Any) -> None:
    assert {each, pickle.loads(pickle.dumps(each))} == {each}


def test_a_pickled_trajectory_still_gives_figures() -> None:
    assert pickle.loads(pickle.dumps(RISING)).value(2026) == 10.0


def test_a_pickled_expectation_knows_whether_it_is_interpolated() -> None:
    assert not pickle.loads(pickle.dumps(RISING.at(2040))).interpolated
    assert pickle.loads(pickle.dumps(RISING.at(2035))).interpolated


# What a plan only watches

WATCHED = Trajectory(better="up")
WATCHED_FROM = Trajectory(better="down", baseline=Baseline(period=2015, value=10))


@pytest.mark.parametrize("better", ["up", "down", Direction.UP, Direction.DOWN])
def test_without_milestones_the_better_direction_is_told(better: Any) -> None:
    found = Trajectory(better=better)
    assert found.direction is Direction(getattr(better, "value", better))
    assert (found.target, found.start, found.places) == (None, None, ())


@pytest.mark.parametrize("watched", [WATCHED, WATCHED_FROM])
@pytest.mark.parametrize("when", [1900, 2015, 2016.5, Period.of("2020-H1"), math.inf])
def test_nothing_is_expected_of_what_is_only_watched(watched: Trajectory, when: Any) -> None:
    assert watched.at(when) is None
    assert watched.value(when) is None


def test_a_figure_of_what_is_watched_tells_something_after_its_baseline() -> None:
    assert WATCHED.answers(-1000.0)
    assert [WATCHED_FROM.answers(at) for at in (2014.0, 2015.0, 2015.5)] == [False, False, True]
    assert WATCHED_FROM.places == (("baseline", WATCHED_FROM.baseline),)


@pytest.mark.parametrize("better", [None, "within", Direction.WITHIN])
def test_without_milestones_one_of_the_two_directions_is_wanted(better: Any) -> None:
    with pytest.raises(ModelError) as caught:
        Trajectory(better=better, baseline=Baseline(period=2015, value=1))
    assert str(caught.value) == (
        "milestones: expected at least one milestone, found none "
        "(what is only watched says which way is better: better = up or down)"
    )


def test_an_unknown_direction_lists_the_directions() -> None:
    with pytest.raises(ModelError) as caught:
        Trajectory(better="Up")
    assert str(caught.value) == ("better: expected one of up, down, within, found 'Up' (near: up)")


@pytest.mark.parametrize(
    ("bound", "better"),
    [
        (Bound.at_least(1), "up"),
        (Bound.less_than(1), "down"),
        (Bound.between(1, 2), "within"),
        (Bound.at_most(1), None),
    ],
)
def test_milestones_and_the_better_direction_may_agree(bound: Bound, better: Any) -> None:
    found = Trajectory(milestones=[Milestone(period=2020, bound=bound)], better=better)
    assert found.direction is bound.direction


@pytest.mark.parametrize(
    ("bound", "better", "direction"),
    [
        (Bound.at_least(1), "down", "up"),
        (Bound.at_most(1), "up", "down"),
        (Bound.exactly(1), "up", "within"),
        (Bound.at_least(1), "within", "up"),
    ],
)
def test_milestones_and_the_better_direction_may_not_differ(
    bound: Bound, better: str, direction: str
) -> None:
    with pytest.raises(ModelError) as caught:
        Trajectory(milestones=[Milestone(period=2020, bound=bound)], better=better)
    assert str(caught.value) == (
        f"better: expected the direction of milestones[0], {direction}, or nothing, found {better}"
    )


def test_all_that_is_wrong_between_the_fields_is_told_at_once() -> None:
    bounds = {2020: Bound.at_least(1), 2019: Bound.at_most(0)}
    with pytest.raises(ModelError) as caught:
        Trajectory(
            milestones=[Milestone(period=at, bound=bound) for at, bound in bounds.items()],
            baseline=Baseline(period=2021, value=3),
            interpolation="geometric",
            better="down",
        )
    assert [problem.place for problem in caught.value.problems] == [
        "better",
        "milestones[1].period",
        "milestones[1]",
        "baseline.period",
        "milestones[1]",
    ]


def test_what_is_watched_is_a_value() -> None:
    assert pickle.loads(pickle.dumps(WATCHED_FROM)) == WATCHED_FROM
    assert Trajectory(better="up") == WATCHED
    assert hash(Trajectory(better="up")) == hash(WATCHED)
    assert Trajectory(better="down") != WATCHED


def test_however_often_it_is_asked_the_answer_is_the_same() -> None:
    asked = way({2030: Bound.at_least(50), 2040: Bound.at_least(100)}, baseline=(2025, 0))
    positions = [2025 + step / 10 for step in range(150)]
    first = [asked.value(position) for position in positions]
    again = [asked.value(position) for position in positions]
    assert first == again
    assert first == pytest.approx(
        [position * 10 - 20250 for position in positions][:50]
        + [50 + (position - 2030) * 5 for position in positions[50:]]
    )
