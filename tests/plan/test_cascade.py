"""Splitting a target over regions: what sums, who gets what, and what cannot be split."""

import math
import pickle
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import ipplan
from ipplan import Bound, Department, Indicator, ModelError, Plan, Text, Trajectory, UnknownIdError
from ipplan.model.bound import same
from ipplan.plan.cascade import Allocation, Rounding
from tests.builders import indicator, plan

UP = (Bound.at_least, Bound.more_than)
PLACES = ("2016", "2017", "2018", "2019", "2020")


def split(
    bounds: dict[Any, Bound], weights: dict[str, Any], *, rounding: Any = None, **options: Any
) -> Allocation:
    return plan(indicator("alpha", bounds, **options)).allocate("alpha", weights, rounding=rounding)


def bounds_of(parts: Allocation, milestone: int = 0) -> list[Bound]:
    return [
        each.indicators[parts.indicator.id].trajectory.milestones[milestone].bound
        for each in parts.values()
    ]


def problems(whole: Plan, name: str, weights: Any, **options: Any) -> dict[str, str]:
    with pytest.raises(ModelError) as caught:
        whole.allocate(name, weights, **options)
    return {each.place: each.found for each in caught.value.problems}


def regions(weight: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.lists(weight, min_size=1, max_size=20).map(
        lambda weights: {f"r{index}": each for index, each in enumerate(weights)}
    )


WEIGHTS = regions(st.one_of(st.integers(1, 1000), st.floats(1e-6, 1e6)))
WHOLE = st.lists(st.integers(-(10**6), 10**12), min_size=1, max_size=5)
FIGURES = st.floats(-1e12, 1e12).filter(lambda value: value == 0 or abs(value) > 1e-9)


# --- the law: allocation sums


@given(figures=WHOLE, weights=WEIGHTS, make=st.sampled_from(UP))
def test_whole_parts_sum_exactly_at_every_milestone_and_keep_to_the_quota(
    figures: list[int], weights: dict[str, Any], make: Any
) -> None:
    bounds = {year: make(each) for year, each in zip(PLACES, figures, strict=False)}
    parts = split(bounds, weights)
    assert parts.rounding is Rounding.LARGEST_REMAINDER
    assert parts.check
    total = sum(Fraction(str(each)) for each in weights.values())
    for index, figure in enumerate(figures):
        values = [each.low for each in bounds_of(parts, index)]
        assert sum(map(int, values)) == figure
        for value, weight in zip(values, weights.values(), strict=True):
            assert value.is_integer()
            assert abs(Fraction(value) - figure * Fraction(str(weight)) / total) < 1


@given(figures=st.lists(FIGURES, min_size=1, max_size=5), weights=WEIGHTS)
def test_proportional_parts_sum_within_rounding_at_every_milestone(
    figures: list[float], weights: dict[str, Any]
) -> None:
    bounds = {year: Bound.at_most(each) for year, each in zip(PLACES, figures, strict=False)}
    parts = split(bounds, weights, rounding="proportional")
    assert parts.check
    for index, figure in enumerate(figures):
        assert same(math.fsum(each.low for each in bounds_of(parts, index)), figure)


@given(low=st.integers(-50, 50), width=st.integers(1, 50), weights=WEIGHTS)
def test_both_figures_of_a_band_sum_and_stay_in_order(
    low: int, width: int, weights: dict[str, Any]
) -> None:
    for rounding in Rounding:
        parts = split({2020: Bound.between(low, low + width)}, weights, rounding=rounding)
        assert parts.check
        assert all(each.low <= each.high for each in bounds_of(parts))


@given(figure=st.integers(0, 10**6), count=st.integers(1, 30), weight=st.floats(1e-6, 1e6))
def test_equal_weights_differ_by_one_at_most_and_the_first_get_more(
    figure: int, count: int, weight: float
) -> None:
    parts = split({2020: Bound.at_least(figure)}, {f"r{index}": weight for index in range(count)})
    values = [each.low for each in bounds_of(parts)]
    assert max(values) - min(values) <= 1
    assert values == sorted(values, reverse=True)


@given(figure=st.integers(0, 10**6), weights=WEIGHTS)
def test_a_larger_weight_never_gets_less(figure: int, weights: dict[str, Any]) -> None:
    values = [each.low for each in bounds_of(split({2020: Bound.at_least(figure)}, weights))]
    by_weight = sorted(zip(weights.values(), values, strict=True))
    for (light, few), (heavy, many) in pairwise(by_weight):
        assert light == heavy or few <= many


@given(
    figures=st.tuples(st.integers(1, 1000), st.integers(1, 1000)),
    weights=WEIGHTS,
    when=st.floats(2016, 2020),
)
def test_whole_parts_on_straight_lines_sum_between_milestones_too(
    figures: tuple[int, int], weights: dict[str, Any], when: float
) -> None:
    bounds = {2016: Bound.at_least(figures[0]), 2020: Bound.at_least(figures[1])}
    parts = split(bounds, weights)
    trajectories = [each.indicators["alpha"].trajectory for each in parts.values()]
    total = math.fsum(each.value(when) or 0.0 for each in trajectories)
    assert total == pytest.approx(parts.indicator.trajectory.value(when), rel=1e-9)


@given(weights=WEIGHTS, figure=st.integers(1, 10**6))
def test_regions_that_meet_their_parts_meet_the_whole(weights: dict[str, Any], figure: int) -> None:
    parts = split({2020: Bound.more_than(figure)}, weights)
    reached = {
        region: {"alpha": {2020: bound.low + 1}}
        for region, bound in zip(parts, bounds_of(parts), strict=True)
    }
    assert all(parts[region].assess(each)["alpha"].met for region, each in reached.items())
    whole = plan(parts.indicator)
    assert whole.assess(whole.roll_up(reached).actuals)["alpha"].met


# --- who gets what


def test_ties_go_to_the_larger_weight_then_to_the_first() -> None:
    tie = split({2020: Bound.at_least(2)}, {"small": 1, "large": 3})
    assert [each.low for each in bounds_of(tie)] == [0, 2]
    even = split({2020: Bound.at_least(1)}, {"one": 2, "two": 2})
    assert [each.low for each in bounds_of(even)] == [1, 0]


def test_a_region_may_get_less_of_a_larger_whole() -> None:
    parts = split({2017: Bound.at_least(10), 2020: Bound.at_least(11)}, {"a": 6, "b": 6, "c": 2})
    assert parts.figures(2017) == {"a": 4, "b": 4, "c": 2}
    assert parts.figures(2020) == {"a": 5, "b": 5, "c": 1}


def test_weights_count_as_the_decimals_that_they_print_as() -> None:
    parts = split({2020: Bound.at_least(10)}, {"a": 0.1, "b": 0.2, "c": 0.7})
    assert [each.low for each in bounds_of(parts)] == [1, 2, 7]


@pytest.mark.parametrize(
    ("unit", "figure", "expected"),
    [
        ("个", 30, Rounding.LARGEST_REMAINDER),
        ("人", 30, Rounding.LARGEST_REMAINDER),
        ("次", 30, Rounding.LARGEST_REMAINDER),
        ("个", 2.5, Rounding.PROPORTIONAL),
        ("个", 2.0**60, Rounding.PROPORTIONAL),
        ("万件", 30, Rounding.PROPORTIONAL),
        ("万元", 30, Rounding.PROPORTIONAL),
    ],
)
def test_whole_numbers_are_for_whole_things(unit: str, figure: float, expected: Rounding) -> None:
    parts = split({2020: Bound.at_least(figure)}, {"a": 1, "b": 2}, unit=unit)
    assert parts.rounding is expected
    assert parts.check


def test_a_band_without_room_asks_for_one_figure() -> None:
    parts = split({2020: Bound.between(2, 3)}, {"a": 2, "b": 1})
    assert bounds_of(parts) == [Bound.between(1, 2), Bound.exactly(1)]


# --- the sub-plans


def counties() -> Allocation:
    return ipplan.load("gansu-2016").allocate(
        "知识产权强县", {"lanzhou_city": 5, "baiyin_city": 3, "the-rest": 2}
    )


def test_a_part_is_a_plan_that_can_be_assessed_written_and_read() -> None:
    parts = counties()
    for region, part in parts.items():
        assert part.id == f"gansu-2016-{region}"
        assert (part.start.year, part.end.year) == (2016, 2020)
        [only] = part.indicators.values()
        assert (only.id, only.clause) == ("strong_counties", "1.3")
        assert ipplan.loads(ipplan.dumps(part), into=Plan) == part
    result = parts["lanzhou_city"].assess({"strong_counties": {2018: 9}})["strong_counties"]
    assert result.expected == 9
    assert result.met


def test_a_part_says_whose_it_is_and_how_it_came_about() -> None:
    part = counties()["baiyin_city"]
    assert part.title.en.endswith(": Baiyin Municipal Government")
    assert part.title.zh.endswith(":白银市政府")
    told = part.indicators["strong_counties"].assumptions[-1]
    assert told.about == "allocation"
    assert "Baiyin Municipal Government, by a weight of 3 out of 10 over 3 regions" in told.text.en
    assert "权重为3(3个地区合计10)" in told.text.zh
    assert "Counties" in part.assess({"strong_counties": {2018: 9}}).to_table("en")


def test_a_part_invents_no_baseline_no_limit_and_no_duties() -> None:
    whole = plan(
        indicator(
            "alpha",
            {2020: Bound.at_least(10)},
            baseline=(2015, 4),
            limit=86,
            same_as="beta",
            tasks=["2.1"],
        ),
        indicator("beta"),
        tasks=[ipplan.Task(id="2.1", title=Text(en="A task"))],
        policy="results_framework",
    )
    part = whole.allocate("alpha", {"a": 1, "b": 1})["a"]
    only = part.indicators["alpha"]
    assert only.trajectory.baseline is None
    assert (only.limit, only.same_as, only.tasks, part.policy) == (None, None, (), None)
    assert part.expected(2018) == {"alpha": None}


def test_a_long_plan_id_makes_room_for_the_region() -> None:
    region = "r" * 40
    whole = plan(indicator("alpha", {2020: Bound.at_least(2)}), id="p" * 64)
    part = whole.allocate("alpha", {region: 1})[region]
    assert part.id == f"{'p' * 23}-{region}"


def test_an_allocation_is_a_value() -> None:
    parts = counties()
    assert parts == counties()
    assert hash(parts) == hash(counties())
    assert pickle.loads(pickle.dumps(parts)) == parts
    assert len(parts) == 3
    with pytest.raises(UnknownIdError, match="near: baiyin_city"):
        parts["baiyin"]


def test_the_check_sees_a_part_that_was_changed() -> None:
    from attrs import evolve

    parts = counties()
    other = ipplan.load("gansu-2016").allocate("strong_counties", {"a": 1})["a"]
    assert parts.check
    assert not evolve(parts, plans=(*parts.plans[:2], other)).check


def test_the_table_in_both_languages() -> None:
    english, chinese = counties().to_table(), counties().to_table("zh")
    assert english.splitlines()[0] == "Counties strong in IP (number), split by largest remainder"
    assert chinese.splitlines()[0] == "知识产权强县(个),按最大余数法分解"
    assert "兰州市政府" in chinese
    assert " ".join(english.splitlines()[-1].split()) == "Whole 10 ≥ 6 ≥ 12 ≥ 30"


# --- over a collective


def collective() -> Plan:
    names = ("north", "south", "all_cities")
    members = {"all_cities": ("north", "south")}
    return plan(
        indicator("alpha", {2020: Bound.at_least(5)}),
        indicator("share", unit="%", accrual="rate"),
        departments=[
            Department(id=name, name=Text(en=name.title()), members=members.get(name, ()))
            for name in names
        ],
    )


def test_over_a_collective_the_weights_are_those_of_its_members() -> None:
    parts = collective().allocate("alpha", {"south": 3, "north": 1}, over="all_cities")
    assert parts.figures(2020) == {"south": 4, "north": 1}


def test_everything_wrong_is_told_at_once() -> None:
    found = problems(
        collective(),
        "share",
        {"suoth": 1, "north": math.inf, "North East": 2},
        over="all_cities",
        rounding="up",
    )
    assert found == {
        "rounding": "'up'",
        "weights.suoth": "'suoth'",
        "weights.north": "inf",
        "weights": "'North East'",
        "weights.south": "none",
        "indicators.share": "a rate or other quotient, in %",
    }


@pytest.mark.parametrize("over", ["north", "nowhere", []])
def test_over_wants_a_collective(over: Any) -> None:
    assert [*problems(collective(), "alpha", {"north": 1}, over=over)] == ["over"]


@pytest.mark.parametrize("weight", [0, -1, math.nan, math.inf, -math.inf, "3", True, None, 1e-200])
def test_weights_are_numbers_above_zero(weight: Any) -> None:
    assert [*problems(collective(), "alpha", {"a": 1, "b": weight})] == ["weights.b"]


@pytest.mark.parametrize("weights", [{}, [1, 2], None, {1: 1}, {"": 1}, {"x" * 63: 1}, {"兰州": 1}])
def test_weights_are_a_mapping_by_id(weights: Any) -> None:
    assert [*problems(collective(), "alpha", weights)] == ["weights"]


def test_an_unknown_indicator_is_told_beside_the_weights() -> None:
    assert [*problems(collective(), "alhpa", {"a": 0})] == ["indicator", "weights.a"]


# --- what cannot be split


@pytest.mark.parametrize(
    "options",
    [
        {"accrual": "rate"},
        {"unit": "%"},
        {"unit": "百分点"},
        {"unit": "无单位"},
        {"per": 10000},
    ],
)
def test_a_quotient_cannot_be_split(options: dict[str, Any]) -> None:
    assert [*problems(plan(indicator(**options)), "alpha", {"a": 1})] == ["indicators.alpha"]


def test_the_patents_of_ten_thousand_people_cannot_be_split() -> None:
    found = problems(ipplan.load("gansu-2016"), "invention_patents_per_10k", {"a": 1})
    assert found == {"indicators.invention_patents_per_10k": "a rate or other quotient, in 件"}


def test_multiples_and_what_is_only_watched_cannot_be_split() -> None:
    grows = indicator("grows", {2020: Bound.more_than(1)})
    options = {"relative_to": "previous", "milestones": grows.trajectory.milestones}
    relative = Indicator(
        id="grows",
        name=Text(en="Grows"),
        unit="件",
        accrual="flow",
        trajectory=Trajectory(**options),
    )
    watched = Indicator(
        id="watched",
        name=Text(en="Watched"),
        unit="件",
        accrual="flow",
        trajectory=Trajectory(better="up"),
    )
    whole = plan(relative, watched)
    assert problems(whole, "grows", {"a": 1}) == {"indicators.grows": "multiples of the previous"}
    assert problems(whole, "watched", {"a": 1}) == {"indicators.watched": "none"}


def test_whole_numbers_want_whole_figures() -> None:
    whole = plan(indicator("alpha", {2017: Bound.exactly(2), 2020: Bound.between(2.5, 2.0**54)}))
    with pytest.raises(ModelError) as caught:
        whole.allocate("alpha", {"a": 1}, rounding="largest_remainder")
    assert [each.place for each in caught.value.problems] == ["indicators.alpha.milestones[1]"] * 2
    assert "proportional" in caught.value.problems[0].hint


def test_nobody_is_asked_for_less_than_none() -> None:
    whole = plan(indicator("alpha", {2020: Bound.less_than(2)}))
    assert [*problems(whole, "alpha", {"a": 9, "b": 1})] == ["weights.b"]
    parts = whole.allocate("alpha", {"a": 9, "b": 1}, rounding="proportional")
    assert parts.figures(2020) == {"a": 1.8, "b": 0.2}


def test_constant_growth_wants_something_to_grow() -> None:
    bounds = {2016: Bound.at_least(1), 2020: Bound.at_least(8)}
    whole = plan(indicator("alpha", bounds, interpolation="geometric"))
    assert [*problems(whole, "alpha", {"a": 1, "b": 1})] == ["weights.b"]
    parts = whole.allocate("alpha", {"a": 1, "b": 1}, rounding="proportional")
    middle = parts.figures(2018)
    assert middle["a"] == middle["b"] == pytest.approx(math.sqrt(8) / 2)


@given(figure=st.integers(1, 10**6), weights=WEIGHTS)
def test_a_split_level_rolls_up_to_the_whole(figure: int, weights: dict[str, Any]) -> None:
    parts = split({2020: Bound.at_least(figure)}, weights)
    assume(parts.check)
    regional = {region: {"alpha": {2020: value}} for region, value in parts.figures(2020).items()}
    [whole] = plan(parts.indicator).roll_up(regional).actuals.observations
    assert whole.value == figure


def test_printing_an_allocation_gives_its_table() -> None:
    found = ipplan.load("gansu-2016").allocate("strong_counties", {"east": 2, "west": 1})
    assert str(found) == found.to_table()
