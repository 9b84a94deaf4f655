"""Gaps are filled by the method asked for, and every filled period is recorded."""

import math
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipplan import IPPlanError, ModelError, Period
from ipplan.filling import Filled, Filling, fill
from ipplan.testing.strategies import numbers, periods

GAPS = {2016: None, 2017: 10.0, 2018: None, 2019: None, 2020: 40.0, 2021: None}


def figures(found: Filled) -> list[float | None]:
    return [*found.values()]


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("linear", [10.0, 10.0, 20.0, 30.0, 40.0, 40.0]),
        ("latest", [None, 10.0, 10.0, 10.0, 40.0, 40.0]),
        ("constant", [10.0, 10.0, 10.0, 10.0, 40.0, 40.0]),
    ],
)
def test_each_method(how: str, expected: list[float | None]) -> None:
    found = fill(GAPS, how=how)
    assert figures(found) == pytest.approx(expected)
    assert found.how is Filling(how)
    assert found == fill(GAPS, how=Filling(how))


@pytest.mark.parametrize(
    ("how", "longest_gap", "expected"),
    [
        ("latest", 1, [None, 10.0, 10.0, None, 40.0, 40.0]),
        ("latest", 2, [None, 10.0, 10.0, 10.0, 40.0, 40.0]),
        ("constant", 1, [10.0, 10.0, 10.0, None, 40.0, 40.0]),
        ("constant", 0.5, [None, 10.0, None, None, 40.0, None]),
        ("linear", 1, [10.0, 10.0, None, None, 40.0, 40.0]),
        ("linear", 2, [10.0, 10.0, 20.0, 30.0, 40.0, 40.0]),
    ],
)
def test_a_value_comes_from_no_further_away(
    how: str, longest_gap: float, expected: list[float | None]
) -> None:
    assert figures(fill(GAPS, how=how, longest_gap=longest_gap)) == pytest.approx(expected)


def test_rounding_does_not_decide_how_far_a_month_is() -> None:
    months = {f"2018-{month:02}": 1.0 if month % 2 else None for month in range(1, 13)}
    assert None not in fill(months, how="latest", longest_gap=1 / 12).values()


def test_what_was_filled_is_recorded() -> None:
    found = fill(GAPS, how="latest")
    assert found.filled == (Period.of(2018), Period.of(2019), Period.of(2021))
    assert fill({2018: 1, 2019: 2}, how="linear").filled == ()


def test_periods_asked_for_join_the_series_in_the_order_of_time() -> None:
    found = fill({2020: 30, 2018: 10}, how="linear", at=[2021, "2018-H2", "2019-H1", 2020])
    assert [str(period) for period in found] == ["2018-H2", "2018", "2019-H1", "2020", "2021"]
    assert figures(found) == [10.0, 10.0, 15.0, 30.0, 30.0]
    assert [str(period) for period in found.filled] == ["2018-H2", "2019-H1", "2021"]


def test_a_known_time_is_itself_under_another_name() -> None:
    found = fill({2018: 10, 2028: 20}, how="linear", at=["2018-12"], longest_gap=1)
    assert found["2018-12"] == 10.0


@pytest.mark.parametrize("how", Filling)
def test_nothing_known_fills_nothing(how: Filling) -> None:
    found = fill({2018: None}, how=how, at=[2020])
    assert (figures(found), found.filled) == ([None, None], ())
    assert len(fill({}, how=how)) == 0


@pytest.mark.parametrize(("how", "before"), [("linear", 5.0), ("latest", None), ("constant", 5.0)])
def test_one_known_value_is_held(how: str, before: float | None) -> None:
    assert figures(fill({2018: 5}, how=how, at=[2017, 2019])) == [before, 5.0, 5.0]


def test_what_was_filled_is_a_mapping_by_anything_that_stands_for_a_period() -> None:
    found = fill(GAPS, how="latest")
    assert found[2018] == found["2018"] == found[Period.of(2018)] == 10.0
    assert found.get(2030) is None
    assert 2018 in found
    unhashable: Any = [2018]
    for absent in (2030, "soon", unhashable):
        assert absent not in found
        with pytest.raises(KeyError) as caught:
            found[absent]
        assert isinstance(caught.value, IPPlanError)
        assert "expected a period of the series" in str(caught.value)


def test_what_was_filled_is_a_value() -> None:
    found = fill(GAPS, how="latest")
    assert pickle.loads(pickle.dumps(found)) == found
    assert hash(found) == hash(fill(GAPS, how="latest"))
    assert found != fill(GAPS, how="constant")


def test_whatever_does_not_fit_is_told_at_once() -> None:
    with pytest.raises(ModelError) as caught:
        fill({2018: "1", "soon": 2}, how="nearest", at=[2018, "later"], longest_gap=0)
    assert [problem.place for problem in caught.value.problems] == [
        "series[2018]",
        "series['soon']",
        "how",
        "at[1]",
        "longest_gap",
    ]


@pytest.mark.parametrize("gap", [0, -1, math.nan, "1", True])
def test_the_longest_gap_is_a_positive_number(gap: Any) -> None:
    with pytest.raises(ModelError, match="longest_gap: expected a positive number of years"):
        fill({}, how="linear", longest_gap=gap)


@pytest.mark.parametrize("at", [2018, "2018"])
def test_the_periods_asked_for_are_a_list(at: Any) -> None:
    with pytest.raises(ModelError, match="at: expected a list of periods"):
        fill({}, how="linear", at=at)


series = st.dictionaries(periods(first=2000, last=2020), st.none() | numbers(), max_size=8).filter(
    lambda one: len({period.position for period in one}) == len(one)
)
methods = st.sampled_from(Filling)
gaps = st.none() | st.floats(0.01, 20.0)


@given(series, methods, gaps)
def test_known_values_stay_and_filled_ones_are_recorded(
    given: dict[Period, float | None], how: Filling, gap: float | None
) -> None:
    found = fill(given, how=how, longest_gap=gap)
    assert [*found] == sorted(given)
    for period, value in found.items():
        was = given[period]
        assert (period in found.filled) == (was is None and value is not None)
        assert was is None or value == was


@given(series, methods)
def test_filled_values_lie_within_the_known_ones(
    given: dict[Period, float | None], how: Filling
) -> None:
    known = [value for value in given.values() if value is not None]
    for value in fill(given, how=how).values():
        assert value is None or min(known) <= value <= max(known)


@given(series, methods, st.floats(0.01, 20.0))
def test_a_longer_gap_fills_no_less_and_nothing_else(
    given: dict[Period, float | None], how: Filling, gap: float
) -> None:
    near, far = fill(given, how=how, longest_gap=gap), fill(given, how=how)
    assert {*near.filled} <= {*far.filled}
    assert all(near[period] == far[period] for period in near.filled)


@given(series, st.sampled_from([Filling.LATEST, Filling.CONSTANT]))
def test_carrying_values_a_second_time_changes_nothing(
    given: dict[Period, float | None], how: Filling
) -> None:
    once = fill(given, how=how)
    assert fill(once, how=how).points == once.points
