"""Periods: every spelling, every refusal, and one time axis that is exact to the day."""

import datetime
import math
import pickle
import time
from decimal import Decimal
from fractions import Fraction

import attrs
import numpy as np
import pytest

from ipplan import IPPlanError, Period, PeriodError
from ipplan.periods import Grain

SPELLINGS = {
    "2018": ("2018", "2018年", "2018年度", "2018年末", "2018年底", " 2018\n"),
    "2018-H1": ("2018-H1", "2018-h1", "2018H1", "2018h1", "2018年上半年"),
    "2018-H2": ("2018-H2", "2018H2", "2018年下半年"),
    "2018-Q1": ("2018-Q1", "2018年第一季度", "2018年一季度", "2018年1季度", "2018年第1季度"),
    "2018-Q2": ("2018-Q2", "2018-q2", "2018Q2", "2018q2", "2018年第二季度", "2018年二季度"),
    "2018-Q3": ("2018-Q3", "2018年第三季度", "2018年三季度", "2018年3季度"),
    "2018-Q4": ("2018-Q4", "2018年第四季度", "2018年四季度", "2018年第4季度"),
    "2018-06": ("2018-06", "2018-6", "2018年6月", "2018年06月", "2018年6月末", "2018年6月底"),
    "2018-12": ("2018-12", "2018年12月"),
    "2018-06-30": ("2018-06-30", "2018-6-30", "2018年6月30日", "2018年06月30日"),
    "2018-06-03": ("2018-06-03", "2018-6-3", "2018年6月3日"),
    "2020-02-29": ("2020-02-29", "2020年2月29日"),
}
GRAINS = {
    "2018": Grain.YEAR,
    "2018-H1": Grain.HALF,
    "2018-Q2": Grain.QUARTER,
    "2018-06": Grain.MONTH,
    "2018-06-30": Grain.DATE,
}
FORMS = (
    r"a year \(2018\), half \(2018-H1\), quarter \(2018-Q2\), month \(2018-06\) "
    r"or date \(2018-06-30\)"
)


@pytest.mark.parametrize(
    ("spelling", "text"),
    [(spelling, text) for text, spellings in SPELLINGS.items() for spelling in spellings],
)
def test_every_spelling_is_read(spelling: str, text: str) -> None:
    assert str(Period.of(spelling)) == text


@pytest.mark.parametrize(("text", "grain"), GRAINS.items())
def test_a_text_has_its_grain(text: str, grain: Grain) -> None:
    assert Period.of(text).grain is grain


@pytest.mark.parametrize("year", [2018, 2018.0, np.int64(2018), Fraction(2018), Decimal(2018)])
def test_a_whole_number_of_any_type_is_a_year(year: int) -> None:
    assert Period.of(year) == Period.of("2018")


@pytest.mark.parametrize("year", [1000, 9999])
def test_the_first_and_the_last_year(year: int) -> None:
    assert Period.of(year).position == year


@pytest.mark.parametrize(
    "date", [datetime.date(2018, 6, 30), datetime.datetime(2018, 6, 30, 23, 59)]
)
def test_a_date_is_a_period_and_loses_its_time(date: datetime.date) -> None:
    assert Period.of(date) == Period.of("2018-06-30")


def test_a_period_stands_for_itself() -> None:
    period = Period.of("2018-Q2")
    assert Period.of(period) is period


@pytest.mark.parametrize(
    "value",
    [
        *(True, False, None, [], (2018,), {}, b"2018", 2018 + 0j, object()),
        *(math.nan, math.inf, -math.inf, Decimal("NaN"), Decimal("Infinity")),
        *("", " ", "soon", "18", "20180", "2018.0", "2018.5", "+2018", "-2018", "2018 年"),
        *("２０１８", "٢٠١٨", "二〇一八年"),
        *("2018-H0", "2018-H3", "2018-Q0", "2018-Q5", "2018年第五季度", "2018年中半年"),
        *("2018/06", "2018-06/30", "2018-006", "2018-06-30T00:00", "2018-2020", "2018年6月30"),
    ],
)
def test_anything_else_is_refused_with_the_forms_that_are_read(value: object) -> None:
    with pytest.raises(PeriodError, match=f"expected {FORMS}, found"):
        Period.of(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2018-13", "found '2018-13' .*month"),
        ("2018-00", "found '2018-00' .*month"),
        ("2018年13月", "found '2018年13月' .*month"),
        ("2018-02-30", "found '2018-02-30' .*day"),
        ("2018-06-31", "found '2018-06-31' .*day"),
        ("2019-02-29", "found '2019-02-29' .*day"),
        ("2018-06-00", "found '2018-06-00' .*day"),
        ("0000", "found '0000' .*year"),
        ("0999", r"found '0999' \(years run from 1000 to 9999\)"),
        (999, r"found 999 \(years run from 1000 to 9999\)"),
        (10_000, r"found 10000 \(years run from 1000 to 9999\)"),
        (-2018, r"found -2018 \(years run from 1000 to 9999\)"),
        (2020.7, r"found 2020.7 \(a year is a whole number\)"),
        (Fraction(4037, 2), r"found Fraction\(4037, 2\) \(a year is a whole number\)"),
        ("2" * 33, "a period has at most 32 characters"),
        (datetime.date(999, 1, 1), r"found '0999-01-01' \(years run from 1000 to 9999\)"),
    ],
)
def test_a_near_miss_is_refused_with_the_reason(value: object, words: str) -> None:
    with pytest.raises(PeriodError, match=words):
        Period.of(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("2" * 10_000, id="digits"),
        pytest.param("年" * 10_000, id="letters"),
        pytest.param("2018" + " " * 10_000 + "x", id="spaces"),
        pytest.param(10**10_000, id="an int of 10,001 digits"),
        pytest.param(Decimal("1e300000"), id="a decimal of 300,001 digits"),
    ],
)
def test_what_is_far_too_long_is_refused_at_once(value: object) -> None:
    started = time.perf_counter()
    with pytest.raises(PeriodError):
        Period.of(value)  # type: ignore[arg-type]
    assert time.perf_counter() - started < 1.0


@pytest.mark.parametrize("text", ["2018-06", "2018-H1", "2018-Q2", "2018-06-30"])
def test_the_middle_of_a_year_is_one_position_in_every_grain(text: str) -> None:
    assert Period.of(text).position == 2017.5


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("2018", 2018.0),
        ("2018-H2", 2018.0),
        ("2018-Q4", 2018.0),
        ("2018-12", 2018.0),
        ("2018-12-31", 2018.0),
        ("2018-Q1", 2017.25),
        ("2018-Q3", 2017.75),
        ("2018-03", 2017.25),
        ("2018-01-31", 2017 + 1 / 12),
        ("2018-01-01", 2017 + 1 / 31 / 12),
        ("2018-02-14", 2017 + (1 + 14 / 28) / 12),
        ("2020-02-29", 2019 + 2 / 12),
        ("2020-02-28", 2019 + (1 + 28 / 29) / 12),
        ("2018-06-15", 2017 + (5 + 15 / 30) / 12),
    ],
)
def test_a_position_is_exact_to_the_day(text: str, position: float) -> None:
    assert Period.of(text).position == position


@pytest.mark.parametrize(
    ("text", "elapsed"), [("2018", 1.0), ("2018-H1", 0.5), ("2018-Q1", 0.25), ("2018-09-30", 0.75)]
)
def test_elapsed_is_the_share_of_the_year_that_is_over(text: str, elapsed: float) -> None:
    assert Period.of(text).elapsed == elapsed


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2018", "2018-01-01", "2018-12-31"),
        ("2018-H1", "2018-01-01", "2018-06-30"),
        ("2018-H2", "2018-07-01", "2018-12-31"),
        ("2018-Q2", "2018-04-01", "2018-06-30"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2018-06-15", "2018-06-15", "2018-06-15"),
    ],
)
def test_a_period_runs_from_its_first_day_to_its_last(text: str, start: str, end: str) -> None:
    period = Period.of(text)
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)


@pytest.mark.parametrize("text", GRAINS)
def test_a_period_lies_in_its_year(text: str) -> None:
    assert Period.of(text).year == 2018


def test_periods_are_ordered_by_their_end_then_the_finer_first() -> None:
    ordered = ["2018-06-30", "2018-06", "2018-Q2", "2018-H1", "2018-07-01", "2018", "2019-01"]
    assert [str(period) for period in sorted(map(Period.of, reversed(ordered)))] == ordered


def test_periods_of_one_end_and_two_grains_differ() -> None:
    assert Period.of("2018-06") != Period.of("2018-H1")


def test_a_period_has_no_order_with_a_number() -> None:
    with pytest.raises(TypeError):
        Period.of(2018) < 2019  # type: ignore[operator]  # noqa: B015


def test_the_repr_shows_the_text() -> None:
    assert repr(Period.of("2018年第二季度")) == "Period('2018-Q2')"


@pytest.mark.parametrize(
    ("month", "day", "grain"),
    [
        (11, 30, Grain.YEAR),
        (12, 30, Grain.YEAR),
        (9, 30, Grain.HALF),
        (4, 30, Grain.QUARTER),
        (6, 29, Grain.MONTH),
    ],
)
def test_a_period_ends_where_its_grain_ends(month: int, day: int, grain: Grain) -> None:
    with pytest.raises(PeriodError, match=f"no {grain.value} ends on that day"):
        Period(end=datetime.date(2018, month, day), grain=grain)


def test_a_period_made_from_its_parts_equals_the_one_read() -> None:
    made = Period(end=datetime.date(2018, 6, 30), grain=Grain.QUARTER)
    assert made == Period.of("2018-Q2")


def test_a_grain_that_is_none_is_refused_by_its_name() -> None:
    with pytest.raises(IPPlanError, match="grain"):
        Period(end=datetime.date(2018, 12, 31), grain="decade")  # type: ignore[arg-type]


def test_an_end_that_is_no_date_is_refused_by_its_name() -> None:
    with pytest.raises(IPPlanError, match="end"):
        Period(end="2018-12-31", grain=Grain.YEAR)  # type: ignore[arg-type]


def test_a_period_is_frozen() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Period.of(2018).end = datetime.date(2019, 12, 31)  # type: ignore[misc]


def test_a_period_is_keyword_only() -> None:
    with pytest.raises(TypeError):
        Period(datetime.date(2018, 12, 31), Grain.YEAR)  # type: ignore[misc]


@pytest.mark.parametrize("text", GRAINS)
def test_a_period_is_hashable_and_picklable(text: str) -> None:
    period = Period.of(text)
    copy = pickle.loads(pickle.dumps(period))
    assert {period, copy} == {period}
    assert copy.position == period.position
