"""Series: figures by time, read from a mapping; whatever is wrong with it is told at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from ipplan.errors import Gathered, ModelError, Problem, shown
from ipplan.model.fields import as_float, refuse, unfit_number

__all__ = ["read_series"]


def read_series(
    name: str, series: Mapping[Any, float | None], position: Callable[[Any], float]
) -> dict[float, float | None]:
    """The figures by their positions in time; None stays None.

    `position` gives the place of a key on the time axis, or raises an error of ipplan's.

    Raises ModelError, below `name`, for whatever is no mapping, a key that is no time, two keys of
    one time, and figures that are no finite numbers.

    >>> from ipplan.periods import Period
    >>> read_series("series", {2018: 3, "2019-06": None}, lambda key: Period.of(key).position)
    {2018.0: 3.0, 2018.5: None}
    """
    given: Any = series
    if not isinstance(given, Mapping):
        expected = "a mapping of times to numbers or None"
        raise ModelError(Problem(place=name, expected=expected, found=shown(series)))
    gathered = Gathered()
    values: dict[float, float | None] = {}
    keys: dict[float, Any] = {}
    for key, value in series.items():
        place = f"{name}[{shown(key)}]"
        figure = gathered.attempt(place, partial(_figure, value))
        at = gathered.attempt(place, partial(position, key))
        if at in keys:
            found = f"that of {shown(keys[at])}"
            gathered.add(Problem(place=place, expected="a time of its own", found=found))
        elif at is not None:
            keys[at], values[at] = key, figure
    gathered.finish(ModelError)
    return values


def _figure(value: float | None) -> float | None:
    if value is None:
        return None
    number = as_float(value)
    refuse(unfit_number("", number))
    return number
