"""Laws of periods: what is written is read back, and time has one order."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from ipplan import Period, PeriodError
from ipplan.periods import Grain
from ipplan.testing import periods


@given(periods())
def test_what_is_written_is_read_back(period: Period) -> None:
    assert Period.of(str(period)) == period


@given(periods())
def test_the_parts_make_the_period_again(period: Period) -> None:
    assert Period(end=period.end, grain=period.grain) == period


@given(periods())
def test_the_position_lies_in_the_year_and_after_its_start(period: Period) -> None:
    assert period.year - 1 < period.position <= period.year


@given(periods())
def test_a_period_starts_before_it_ends_and_in_its_year(period: Period) -> None:
    assert period.start <= period.end
    assert period.start.year == period.end.year


@given(periods(first=2018, last=2020), periods(first=2018, last=2020))
def test_order_agrees_with_position(one: Period, other: Period) -> None:
    if one.position < other.position:
        assert one < other
    elif one.position == other.position:
        assert one.end == other.end


@given(periods(first=2018, last=2019), periods(first=2018, last=2019))
def test_of_two_periods_one_comes_first_unless_they_are_equal(one: Period, other: Period) -> None:
    assert (one < other) + (one == other) + (one > other) == 1


@given(st.dates(datetime.date(1000, 1, 1), datetime.date(9999, 12, 30)))
def test_each_day_lies_after_the_one_before(day: datetime.date) -> None:
    next_day = day + datetime.timedelta(days=1)
    assert Period.of(day).position < Period.of(next_day).position


@given(periods(grains=[grain for grain in Grain if grain is not Grain.DATE]))
def test_a_period_and_its_last_day_are_one_position(period: Period) -> None:
    assert Period.of(period.end).position == period.position


@given(st.text(max_size=40) | st.from_regex(r"[0-9]{4}[-年]?[上HQ0-9]{0,2}[-月半]?.{0,2}"))
def test_any_text_is_refused_or_read_as_what_is_written_for_it(text: str) -> None:
    try:
        period = Period.of(text)
    except PeriodError:
        return
    assert Period.of(str(period)) == period
