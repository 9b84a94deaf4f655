"""Periods: years, halves, quarters, months and dates, each with its position on one time axis.

A period stands for its end: `2018` is position 2018.0, the end of that year. Within a year, months
are equal twelfths and days are equal parts of their month, so that `2018-06`, `2018-H1`, `2018-Q2`
and `2018-06-30` are one position, 2017.5, and every other date lies between its month's ends.
"""

from __future__ import annotations

import calendar
import datetime
import enum
import functools
import re
from typing import Any, TypeAlias

from attrs import field, frozen

from ipplan.choices import choose
from ipplan.errors import PeriodError, Problem, shown

__all__ = ["Grain", "Period", "PeriodLike"]

_LONGEST = 32
_FIRST_YEAR, _LAST_YEAR = 1000, 9999
_YEARS = f"years run from {_FIRST_YEAR} to {_LAST_YEAR}"
_EXPECTED = "a year (2018), half (2018-H1), quarter (2018-Q2), month (2018-06) or date (2018-06-30)"


class Grain(enum.Enum):
    """How long a period is."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    DATE = "date"


_MONTHS = {Grain.YEAR: 12, Grain.HALF: 6, Grain.QUARTER: 3, Grain.MONTH: 1}
_COARSENESS = {grain: rank for rank, grain in enumerate(reversed(Grain))}

_PATTERNS = tuple(
    (grain, re.compile(pattern, re.ASCII))
    for grain, pattern in (
        (Grain.YEAR, r"(\d{4})(?:年(?:度|末|底)?)?"),
        (Grain.HALF, r"(\d{4})-?[Hh]([12])"),
        (Grain.HALF, r"(\d{4})年([上下])半年"),
        (Grain.QUARTER, r"(\d{4})-?[Qq]([1-4])"),
        (Grain.QUARTER, r"(\d{4})年第?([一二三四1-4])季度"),
        (Grain.MONTH, r"(\d{4})-(\d{1,2})"),
        (Grain.MONTH, r"(\d{4})年(\d{1,2})月(?:末|底)?"),
        (Grain.DATE, r"(\d{4})-(\d{1,2})-(\d{1,2})"),
        (Grain.DATE, r"(\d{4})年(\d{1,2})月(\d{1,2})日"),
    )
)
_NUMERALS = {"上": 1, "下": 2, "一": 1, "二": 2, "三": 3, "四": 4}


def _is_date(_instance: object, _attribute: object, value: Any) -> None:
    if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
        raise PeriodError(Problem(place="end", expected="a date", found=shown(value)))


def _grain(value: Grain | str) -> Grain:
    return choose(Grain, value, place="grain")


@frozen(kw_only=True, order=True)
class Period:
    """A stretch of time, known by its last day and its grain; ordered by its end.

    >>> Period.of("2018-Q2")
    Period('2018-Q2')
    >>> Period.of("2018年上半年").position
    2017.5
    >>> Period.of(2018) < Period.of("2019-01")
    True
    """

    end: datetime.date = field(validator=_is_date)
    grain: Grain = field(converter=_grain, order=_COARSENESS.__getitem__)
    elapsed: float = field(init=False, eq=False, repr=False)
    """The share of its year that is over when the period ends: 1.0 at the year's end."""
    position: float = field(init=False, eq=False, repr=False)
    """Where the period ends on the time axis: 2018.0 is the end of 2018."""

    def __attrs_post_init__(self) -> None:
        months = _MONTHS.get(self.grain)
        last_day = calendar.monthrange(self.end.year, self.end.month)[1]
        if not _FIRST_YEAR <= self.end.year <= _LAST_YEAR:
            raise _error(self.end.isoformat(), _YEARS)
        if months and (self.end.day != last_day or self.end.month % months):
            raise _error(self.end.isoformat(), f"no {self.grain.value} ends on that day")
        elapsed = (self.end.month - 1 + self.end.day / last_day) / 12
        object.__setattr__(self, "elapsed", elapsed)
        object.__setattr__(self, "position", self.end.year - 1 + elapsed)

    @classmethod
    def of(cls, value: PeriodLike) -> Period:
        """The period that an int (a year), a text, a date or a Period stands for.

        Raises PeriodError for anything else, and for texts of more than 32 characters.
        """
        if isinstance(value, Period):
            return value
        if isinstance(value, str):
            return _read(value)
        if isinstance(value, datetime.date):
            day = datetime.date(value.year, value.month, value.day)  # a datetime loses its time
            return cls(end=day, grain=Grain.DATE)
        return _year(_whole(value))

    @property
    def year(self) -> int:
        """The year that the period lies in."""
        return self.end.year

    @property
    def start(self) -> datetime.date:
        """The period's first day."""
        if self.grain is Grain.DATE:
            return self.end
        return datetime.date(self.end.year, self.end.month - _MONTHS[self.grain] + 1, 1)

    def __str__(self) -> str:
        year = f"{self.end.year:04}"
        match self.grain:
            case Grain.YEAR:
                return year
            case Grain.HALF:
                return f"{year}-H{self.end.month // 6}"
            case Grain.QUARTER:
                return f"{year}-Q{self.end.month // 3}"
            case Grain.MONTH:
                return f"{year}-{self.end.month:02}"
            case _:
                return self.end.isoformat()

    def __repr__(self) -> str:
        return f"Period({str(self)!r})"


PeriodLike: TypeAlias = Period | int | str | datetime.date
"""What stands for a period: a Period, a year as an int, a text, or a date."""


def _error(found: object, hint: str = "") -> PeriodError:
    return PeriodError(Problem(expected=_EXPECTED, found=shown(found), hint=hint))


def _whole(value: object) -> int:
    """A year out of a whole number of another type (NumPy's, a float's); 2020.7 is no year."""
    if type(value) is int:
        return value
    if isinstance(value, bool) or not hasattr(value, "__int__"):
        raise _error(value)
    given: Any = value
    try:
        if not _FIRST_YEAR <= given <= _LAST_YEAR:
            raise _error(value, _YEARS)
        year = int(given)
    except (TypeError, ValueError, ArithmeticError) as error:
        raise error if isinstance(error, PeriodError) else _error(value) from None
    if year != given:
        raise _error(value, "a year is a whole number")
    return year


@functools.lru_cache(maxsize=1024)
def _year(year: int) -> Period:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise _error(year, _YEARS)
    return Period(end=datetime.date(year, 12, 31), grain=Grain.YEAR)


@functools.lru_cache(maxsize=4096)
def _read(text: str) -> Period:
    stripped = text.strip()
    if len(stripped) > _LONGEST:
        raise _error(text, f"a period has at most {_LONGEST} characters")
    for grain, pattern in _PATTERNS:
        if match := pattern.fullmatch(stripped):
            numbers = [_NUMERALS.get(group) or int(group) for group in match.groups()]
            return _period(text, grain, *numbers)
    raise _error(text)


def _period(text: str, grain: Grain, year: int, number: int = 1, day: int | None = None) -> Period:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise _error(text, _YEARS)
    month = number if grain is Grain.DATE else number * _MONTHS[grain]
    try:
        last_day = calendar.monthrange(year, month)[1]
        end = datetime.date(year, month, last_day if day is None else day)
    except ValueError as error:
        raise _error(text, str(error)) from None
    return Period(end=end, grain=grain)
