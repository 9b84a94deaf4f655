"""The Mann–Kendall test and Sen's slope, by hand, by their laws, and against SciPy."""

import math
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from ipplan import Lang, ModelError, Period, Reason
from ipplan.assessment.words import word
from ipplan.filling import fill
from ipplan.trend import Trend, TrendDirection, mann_kendall

Values = list[float | None]


def trend_of(values: Any, **options: Any) -> Trend:
    found = mann_kendall(values, **options)
    assert isinstance(found, Trend)
    return found


def test_a_rising_series_by_hand() -> None:
    found = trend_of([1, 2, 3, 4, 5])
    assert (found.s, found.tau, found.slope, found.intercept) == (10, 1.0, 1.0, 1.0)
    assert found.variance == 5 * 4 * 15 / 18
    assert found.z == 9 / math.sqrt(5 * 4 * 15 / 18)
    assert found.p == pytest.approx(0.0274863361, rel=1e-9)
    assert found.direction is TrendDirection.INCREASING


def test_a_falling_series() -> None:
    found = trend_of([5, 4, 3, 2, 1])
    assert (found.s, found.slope, found.direction) == (-10, -1.0, TrendDirection.DECREASING)


def test_ties_take_from_the_variance() -> None:
    found = trend_of([1, 1, 2, 2, 2])
    assert found.s == 6
    assert found.variance == (5 * 4 * 15 - 2 * 1 * 9 - 3 * 2 * 11) / 18
    assert found.tau == 0.6


def test_equal_values_have_no_trend() -> None:
    assert trend_of([7, 7, 7, 7]) == Trend(
        direction=TrendDirection.NONE,
        s=0,
        variance=0.0,
        z=0.0,
        p=1.0,
        tau=0.0,
        slope=0.0,
        intercept=7.0,
    )


def test_the_level_decides_the_direction_alone() -> None:
    strict, lax = trend_of([1, 2, 3, 4], alpha=0.05), trend_of([1, 2, 3, 4], alpha=0.1)
    assert (strict.direction, lax.direction) == (TrendDirection.NONE, TrendDirection.INCREASING)
    assert strict.p == lax.p == pytest.approx(0.089429359, rel=1e-9)


@pytest.mark.parametrize("values", [[], [1], [1, 2], [None, 1, None, 2], {2018: 1, 2019: None}])
def test_too_few_values_have_no_test(values: Any) -> None:
    assert mann_kendall(values) is Reason.TOO_FEW_VALUES
    assert word(Reason.TOO_FEW_VALUES, Lang.EN) == "there are too few values to test for a trend"
    assert word(Reason.TOO_FEW_VALUES, Lang.ZH) == "数据个数太少,无法检验趋势"


def test_a_missing_value_keeps_its_place_in_the_slope() -> None:
    found = trend_of([0, 1, 2, None, 4, 5])
    assert (found.slope, found.intercept, found.s) == (1.0, 0.0, 10)


def test_a_mapping_is_sorted_by_its_keys() -> None:
    years = {2020: 5, 2018: 3, "2019": 4, Period.of(2016): 1, 2017.0: None}
    found = trend_of(years)
    assert (found.s, found.slope, found.intercept) == (6, 1.0, -2015.0)


def test_parts_of_a_year_stand_at_their_positions() -> None:
    assert trend_of({"2018-Q1": 1, "2018-Q2": 2, "2018-Q4": 4}).slope == 4.0


def test_a_filled_series_is_one_of_known_values() -> None:
    gaps = {2016: 1, 2017: None, 2018: 3, 2019: 4}
    assert trend_of(gaps).s == 3
    assert trend_of(fill(gaps, how="linear")) == trend_of([None] * 2016 + [1, 2, 3, 4])


def test_a_strong_trend_has_a_small_p_that_is_not_zero() -> None:
    assert 0.0 < trend_of(range(100)).p < 1e-40


def test_whatever_does_not_fit_is_told_at_once() -> None:
    with pytest.raises(ModelError) as caught:
        mann_kendall([1, "2", math.nan, math.inf, True], alpha=1.5)  # type: ignore[list-item]
    assert [problem.place for problem in caught.value.problems] == [
        "values[1]",
        "values[2]",
        "values[3]",
        "values[4]",
        "alpha",
    ]


def test_keys_that_are_no_times_are_told_at_once() -> None:
    with pytest.raises(ModelError) as caught:
        mann_kendall({2018: 1, "2018-12": 2, "soon": 3, math.nan: 4, True: 5})
    assert [(problem.place, problem.found) for problem in caught.value.problems] == [
        ("values['2018-12']", "that of 2018"),
        ("values['soon']", "'soon'"),
        ("values[nan]", "nan"),
        ("values[True]", "True"),
    ]


@pytest.mark.parametrize("values", ["123", 5, None])
def test_values_are_a_list_or_a_mapping(values: Any) -> None:
    with pytest.raises(ModelError, match="values: expected a list of numbers and None"):
        mann_kendall(values)


@pytest.mark.parametrize("alpha", [0, 1, -0.1, math.nan, "0.05", True, None])
def test_the_level_lies_between_0_and_1(alpha: Any) -> None:
    with pytest.raises(ModelError, match="alpha: expected a number above 0 and below 1"):
        mann_kendall([1, 2, 3], alpha=alpha)


whole = st.integers(-50, 50).map(float)  # small whole numbers: sums and differences are exact
series = st.lists(whole | st.none(), min_size=3, max_size=25).filter(
    lambda values: sum(value is not None for value in values) >= 3
)
OPPOSITE = {
    TrendDirection.INCREASING: TrendDirection.DECREASING,
    TrendDirection.DECREASING: TrendDirection.INCREASING,
    TrendDirection.NONE: TrendDirection.NONE,
}


def the_test(found: Trend) -> tuple[Any, ...]:
    """All that the test says, without the line."""
    return found.direction, found.s, found.variance, found.z, found.p, found.tau


@given(series)
def test_figures_lie_in_their_ranges(values: Values) -> None:
    found = trend_of(values)
    assert 0.0 <= found.p <= 1.0
    assert -1.0 <= found.tau <= 1.0
    assert found.variance >= 0.0
    assert found.z * found.s >= 0.0
    assert all(math.isfinite(figure) for figure in (found.z, found.slope, found.intercept))


@given(series)
def test_the_reversed_series_goes_the_other_way(values: Values) -> None:
    forth, back = trend_of(values), trend_of(values[::-1])
    assert (back.s, back.z, back.tau) == (-forth.s, -forth.z, -forth.tau)
    assert (back.variance, back.p) == (forth.variance, forth.p)
    assert back.slope == pytest.approx(-forth.slope, rel=1e-12)
    assert back.direction is OPPOSITE[forth.direction]


@given(series, whole)
def test_a_constant_moves_the_intercept_alone(values: Values, constant: float) -> None:
    found = trend_of(values)
    moved = trend_of([None if value is None else value + constant for value in values])
    assert the_test(moved) == the_test(found)
    assert moved.slope == found.slope
    assert moved.intercept == pytest.approx(found.intercept + constant, rel=1e-12, abs=1e-9)


@given(series, st.integers(1, 20))
def test_a_positive_factor_scales_the_line_alone(values: Values, factor: int) -> None:
    found = trend_of(values)
    scaled = trend_of([None if value is None else value * factor for value in values])
    assert the_test(scaled) == the_test(found)
    assert scaled.slope == pytest.approx(found.slope * factor, rel=1e-12, abs=1e-9)
    assert scaled.intercept == pytest.approx(found.intercept * factor, rel=1e-12, abs=1e-9)


@given(series, st.data())
def test_a_missing_value_changes_the_slope_alone(values: Values, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(values)))
    gap: Values = [*values[:place], None, *values[place:]]
    assert the_test(trend_of(gap)) == the_test(trend_of(values))
    assert trend_of([*values, None]) == trend_of(values)


@given(series, st.integers(1, 5))
def test_missing_values_in_front_move_the_intercept_alone(values: Values, count: int) -> None:
    found, later = trend_of(values), trend_of([*[None] * count, *values])
    assert (the_test(later), later.slope) == (the_test(found), found.slope)
    expected = found.intercept - count * found.slope
    assert later.intercept == pytest.approx(expected, rel=1e-12, abs=1e-9)


@given(series)
def test_a_list_is_the_mapping_of_its_places(values: Values) -> None:
    assert trend_of(values) == trend_of(dict(reversed([*enumerate(values)])))


@given(series)
def test_the_line_is_that_of_scipy(values: Values) -> None:
    places = [place for place, value in enumerate(values) if value is not None]
    known = [value for value in values if value is not None]
    expected = stats.theilslopes(known, places)
    found = trend_of(values)
    assert found.slope == pytest.approx(expected.slope, rel=1e-12, abs=1e-12)
    assert found.intercept == pytest.approx(expected.intercept, rel=1e-12, abs=1e-12)


@given(st.lists(whole, min_size=3, max_size=25, unique=True))
def test_tau_without_ties_is_that_of_scipy(values: list[float]) -> None:
    expected = stats.kendalltau(range(len(values)), values)
    assert trend_of(values).tau == pytest.approx(expected.statistic, rel=1e-12, abs=1e-12)


@given(st.lists(st.integers(0, 6).map(float), min_size=3, max_size=25))
def test_the_variance_is_that_of_scipy(values: list[float]) -> None:
    assume(len({*values}) > 1)  # of equal values, scipy's p is nan
    found = trend_of(values)
    expected = stats.kendalltau(range(len(values)), values, method="asymptotic")
    uncorrected = found.s / math.sqrt(found.variance)  # scipy does not correct for continuity
    assert 2.0 * stats.norm.sf(abs(uncorrected)) == pytest.approx(expected.pvalue, rel=1e-9)


@given(series)
def test_p_is_twice_the_tail_of_the_normal_distribution(values: Values) -> None:
    found = trend_of(values)
    assert found.p == pytest.approx(2.0 * stats.norm.sf(abs(found.z)), rel=1e-12)
