"""Filling: the gaps of a short series closed on request, with a record of what was filled."""

from __future__ import annotations

import enum
import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, TypeAlias

from attrs import field, frozen

from ipplan.choices import choose
from ipplan.errors import Gathered, ModelError, Problem, UnknownIdError, shown
from ipplan.interpolation import Interpolation, interpolate
from ipplan.model.fields import as_float, as_period, as_tuple
from ipplan.model.series import read_series
from ipplan.periods import Period, PeriodLike

__all__ = ["Filled", "Filling", "fill"]

_NOISE = 1e-9
"""Years; far less than a day, so that rounding does not decide whether a value is near enough."""

Points: TypeAlias = tuple[tuple[float, float], ...]
"""Known values with their positions, in the order of time."""


class Filling(enum.Enum):
    """Where a filled value comes from; `latest` alone gives nothing before the first known one."""

    LINEAR = "linear"
    """The straight line between the neighbouring known values; outside them the nearest one."""
    LATEST = "latest"
    """The last known value before."""
    CONSTANT = "constant"
    """The last known value before; before the first, the first one."""


@frozen(kw_only=True)
class Filled(Mapping[Period, float | None]):
    """A series in the order of time; `filled` are the periods whose values were not in it.

    A mapping of periods to values, None where the method gives none. Anything that stands for a
    period finds its value; one that is not in the series raises UnknownIdError, a KeyError.
    """

    how: Filling
    points: tuple[tuple[Period, float | None], ...]
    filled: tuple[Period, ...]
    _by_period: dict[Period, float | None] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_by_period", dict(self.points))

    def __getitem__(self, period: PeriodLike) -> float | None:
        try:
            return self._by_period[as_period(period)]
        except (KeyError, TypeError):  # TypeError: what cannot be hashed
            problem = Problem(expected="a period of the series", found=shown(period))
            raise UnknownIdError(problem) from None

    def __iter__(self) -> Iterator[Period]:
        return iter(self._by_period)

    def __len__(self) -> int:
        return len(self.points)


def fill(
    series: Mapping[Any, float | None],
    *,
    how: Filling | str,
    at: Iterable[PeriodLike] | None = None,
    longest_gap: float | None = None,
) -> Filled:
    """The series, and the periods `at` that it lacks, with its gaps filled as far as `how` goes.

    `series` has numbers of one unit, or None, by whatever stands for a period; the result has them
    as floats, by Period. A value is taken as that of its period's end; a flow wants periods of one
    length. Known values stay as they are. A period is filled where every known value that it is
    filled from lies at most `longest_gap` years away; None is no limit.

    The three methods are those of `impute_panel` in COINr 1.1.14: `linear` and `constant` are R's
    `approx(rule = 2)`, and `latest` with a `longest_gap` of 1 is, for yearly data, `max_time = 1`.

    Raises ModelError for a series, periods and options that do not fit, all at once.

    >>> filled = fill({2018: 100, 2019: None, 2020: 80}, how="linear", at=[2021])
    >>> filled[2019], filled[2021]
    (90.0, 80.0)
    >>> filled.filled
    (Period('2019'), Period('2021'))
    >>> fill({2018: 4, 2019: None, 2020: None}, how="latest", longest_gap=1)["2020"] is None
    True
    """
    gathered = Gathered()  # what follows an `or` only stands until finish
    values = gathered.attempt("", partial(read_series, "series", series, _position)) or {}
    method = gathered.attempt("", partial(choose, Filling, how, place="how")) or Filling.LATEST
    wanted = gathered.attempt("", partial(_periods, at)) or ()
    gathered.add(*_unfit_gap(longest_gap))
    gathered.finish(ModelError)
    known = tuple(sorted((when, value) for when, value in values.items() if value is not None))
    reach = math.inf if longest_gap is None else as_float(longest_gap)
    own = {Period.of(key) for key, value in series.items() if value is not None}
    points = tuple(
        (period, _value(_sources(method, known, period.position), period.position, reach))
        for period in sorted({*map(Period.of, series), *wanted})
    )
    return Filled(
        how=method,
        points=points,
        filled=tuple(period for period, value in points if value is not None and period not in own),
    )


def _position(key: PeriodLike) -> float:
    return Period.of(key).position


def _periods(at: Iterable[PeriodLike] | None) -> tuple[Period, ...]:
    given: Any = as_tuple(() if at is None else at)
    if not isinstance(given, tuple):
        raise ModelError(Problem(place="at", expected="a list of periods", found=shown(at)))
    gathered = Gathered()
    found = [
        gathered.attempt(f"at[{index}]", partial(Period.of, each))
        for index, each in enumerate(given)
    ]
    gathered.finish(ModelError)
    return tuple(period for period in found if period is not None)


def _unfit_gap(longest_gap: float | None) -> Iterator[Problem]:
    years: object = math.inf if longest_gap is None else as_float(longest_gap)
    if not isinstance(years, float) or not years > 0.0:
        expected = "a positive number of years, or None"
        yield Problem(place="longest_gap", expected=expected, found=shown(longest_gap))


def _sources(how: Filling, known: Points, position: float) -> Points:
    """The known points that the value at `position` is made of: none, one or two neighbours."""
    after = bisect_right(known, (position, math.inf))
    if after == 0:
        return () if how is Filling.LATEST else known[:1]
    if how is Filling.LINEAR and known[after - 1][0] < position:
        return known[after - 1 : after + 1]
    return known[after - 1 : after]


def _value(sources: Points, position: float, reach: float) -> float | None:
    if not sources or any(abs(position - at) > reach + _NOISE for at, _ in sources):
        return None
    if len(sources) == 1:
        return sources[0][1]
    positions, values = zip(*sources, strict=True)
    return interpolate(Interpolation.LINEAR, positions, values, position)
