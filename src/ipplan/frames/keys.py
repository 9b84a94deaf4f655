"""Keys: what indicators, periods and units of a frame stand for, each spelling read once."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, TypeAlias, TypeVar

from attrs import field, frozen

from ipplan import units
from ipplan.errors import ActualsError, Gathered, Problem
from ipplan.model.door import Door
from ipplan.model.indicator import Indicator
from ipplan.periods import Period

__all__ = ["Columns", "Factor", "Read", "plain", "read_keys"]

T = TypeVar("T")
Factor: TypeAlias = tuple[float, float]


@frozen(kw_only=True)
class Columns:
    """The names of a frame's columns: who reports, of what, when, how much, and in which unit.

    `reference` holds the figure that a relative bound is a multiple of.
    """

    by: tuple[str, ...]
    indicator: str
    period: str
    value: str
    unit: str | None = None
    reference: str | None = None

    @property
    def read(self) -> dict[str, str]:
        """The columns that are read, each with the option that names it."""
        options = {
            "indicator": self.indicator,
            "period": self.period,
            "value": self.value,
            "unit": self.unit,
            "reference": self.reference,
        }
        return {name: option for option, name in options.items() if name is not None}


@frozen(kw_only=True)
class Read:
    """What the spellings in a frame stand for; None for one that stands for nothing.

    `factors`: what a value in a unit is multiplied by and then divided by, by indicator and
    spelling of the unit; both are whole numbers, so that 3 万元 are 0.0003 亿元 to the last digit.
    """

    indicators: Mapping[Any, str | None]
    periods: Mapping[Any, Period | None]
    factors: Mapping[tuple[str, Any], Factor | None] = field(factory=dict)
    problems: tuple[Problem, ...] = ()

    def refuse(self) -> None:
        """Raise ActualsError where something stands for nothing."""
        if self.problems:
            raise ActualsError(*self.problems)


def read_keys(
    door: Door,
    columns: Columns,
    *,
    indicators: Iterable[Any],
    periods: Iterable[Any],
    pairs: Iterable[tuple[Any, Any]] = (),
) -> Read:
    """What each spelling stands for; `pairs` are the indicators and units that occur together."""
    gathered = Gathered()

    def each_of(
        column: str, values: Iterable[Any], read: Callable[[Any], T]
    ) -> dict[Any, T | None]:
        return {
            value: gathered.attempt(f"column {column}", partial(read, value)) for value in values
        }

    known = each_of(columns.indicator, indicators, lambda name: door.indicator(_given(name)))
    times = each_of(columns.period, periods, lambda time: door.period(_time(time)))
    factors: dict[tuple[str, Any], Factor | None] = {}
    for name, spelling in pairs:
        indicator = known.get(name)
        if indicator is not None and (indicator.id, spelling) not in factors:
            factors[indicator.id, spelling] = gathered.attempt(
                f"column {columns.unit}, indicator {indicator.id}",
                partial(factor, spelling, indicator),
            )
    return Read(
        indicators={name: None if each is None else each.id for name, each in known.items()},
        periods=times,
        factors=factors,
        problems=tuple(gathered.problems),
    )


def factor(spelling: Any, indicator: Indicator) -> Factor:
    """What a value in a unit is multiplied and divided by to be in the indicator's."""
    if spelling is None or not str(spelling).strip():
        return 1.0, 1.0
    exact = units.factor(str(spelling).strip(), indicator.unit)
    return float(exact.numerator), float(exact.denominator)


def plain(value: Any) -> Any:
    """A cell as Python has it: None where there is nothing, a day for a time."""
    try:
        if value != value:  # noqa: PLR0124 - only NaN and pandas' NaT are not themselves
            return None
    except TypeError:  # pandas' NA is neither itself nor another one
        return None
    return value.date() if isinstance(value, datetime.datetime) else value


def _given(value: Any) -> Any:
    if value is None:
        raise ActualsError(Problem(expected="the id or the name of an indicator", found="null"))
    return value


def _time(value: Any) -> Any:
    """A period as `Period.of` takes it: engines have whole years as floats and texts."""
    found = plain(value)
    if found is None:
        raise ActualsError(Problem(expected="a period", found="null"))
    return found
