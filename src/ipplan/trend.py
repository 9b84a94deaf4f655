"""Trend: the Mann–Kendall test for a trend, and Sen's slope, of a series with gaps."""

from __future__ import annotations

import enum
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from statistics import median
from typing import Any

from attrs import frozen

from ipplan.errors import Gathered, ModelError, Problem, shown
from ipplan.model.fields import as_float, as_tuple, refuse, unfit_number
from ipplan.model.series import read_series
from ipplan.periods import Period
from ipplan.reasons import Reason

__all__ = ["Trend", "TrendDirection", "mann_kendall"]

_FEWEST = 3
"""Of two values the test can say nothing: z is 0 whatever they are."""


class TrendDirection(enum.Enum):
    """Which way a series goes, if the test finds a trend at all."""

    INCREASING = "increasing"
    DECREASING = "decreasing"
    NONE = "none"


@frozen(kw_only=True)
class Trend:
    """What the Mann–Kendall test found in a series, and the line after Sen through it."""

    direction: TrendDirection
    """The sign of z where p lies below alpha."""
    s: int
    """Pairs of values that rise less those that fall."""
    variance: float
    """The variance of s without a trend, corrected for ties."""
    z: float
    """s, moved by 1 towards 0 (the correction for continuity), in standard deviations."""
    p: float
    """How likely a z at least as far from 0 is without a trend: two-sided, 0..1."""
    tau: float
    """s by the number of pairs, -1..1; not corrected for ties (Kendall's tau-a)."""
    slope: float
    """The median of the slopes of all pairs, in the series' unit by unit of position."""
    intercept: float
    """The value of the line at position 0."""


def mann_kendall(
    values: Iterable[float | None] | Mapping[Any, float | None], *, alpha: float = 0.05
) -> Trend | Reason:
    """Whether the values rise or fall, tested at the level `alpha`, and how fast.

    `values` are numbers of one unit, equally spaced in time, at the positions 0, 1, 2 ...; or a
    mapping of positions or periods to numbers (a period's position is its end in years). None is a
    missing value. The test takes the known values in their order; the slopes take their positions.
    Below three known values there is no test: Reason.TOO_FEW_VALUES. Equal values have no trend.

    The test is that of Mann (1945) and Kendall (1975): z follows the normal distribution, nearly.
    Gilbert (1987) wants ten values for that; with fewer than five, p never falls below 0.05.
    Values must not depend on those before them. The slope is Sen's (1968); the intercept is
    Conover's (1980), the median of the values less slope times the median of their positions. All
    figures are those of pyMannKendall's `original_test`. Time and memory grow with the square of
    the number of values.

    Raises ModelError for values, positions and an alpha that do not fit, all at once.

    >>> trend = mann_kendall([3, 5, None, 6, 9, 8, 11])
    >>> trend.direction
    <TrendDirection.INCREASING: 'increasing'>
    >>> trend.s, round(trend.p, 4), trend.slope
    (13, 0.0242, 1.2)
    >>> mann_kendall({2016: 3, 2017: 5})
    <Reason.TOO_FEW_VALUES: 'too_few_values'>
    """
    points = _points(values, alpha)
    if len(points) < _FEWEST:
        return Reason.TOO_FEW_VALUES
    known = [value for _, value in points]
    pairs = [*combinations(points, 2)]
    s = sum((after > before) - (after < before) for (_, before), (_, after) in pairs)
    slope = median((after - before) / (end - start) for (start, before), (end, after) in pairs)
    variance = _variance(known)
    z = _z(s, variance)
    p = math.erfc(abs(z) / math.sqrt(2.0))  # 2 (1 - cdf) would round to 0 far out
    return Trend(
        direction=_direction(z, significant=p < alpha),
        s=s,
        variance=variance,
        z=z,
        p=p,
        tau=s / len(pairs),
        slope=slope,
        intercept=median(known) - slope * median(position for position, _ in points),
    )


def _points(
    values: Iterable[float | None] | Mapping[Any, float | None], alpha: float
) -> list[tuple[float, float]]:
    """The known values with their positions, in the order of time."""
    gathered = Gathered()
    found = gathered.attempt("", lambda: read_series("values", _by_key(values), _position)) or {}
    gathered.add(*_unfit_level(alpha))
    gathered.finish(ModelError)
    return sorted((position, value) for position, value in found.items() if value is not None)


def _by_key(values: Any) -> Mapping[Any, Any]:
    """The values by key, or by their place in a list."""
    if isinstance(values, Mapping):
        return values
    given: Any = as_tuple(values)
    if not isinstance(given, tuple):
        expected = "a list of numbers and None, or a mapping to them"
        raise ModelError(Problem(place="values", expected=expected, found=shown(values)))
    return dict(enumerate(given))


def _position(key: Any) -> float:
    """A number as it stands, anything else as a period."""
    number: object = as_float(key)
    if isinstance(number, float):
        refuse(unfit_number("", number))
        return number
    return Period.of(key).position


def _unfit_level(alpha: Any) -> Iterator[Problem]:
    level: object = as_float(alpha)
    if not isinstance(level, float) or not 0.0 < level < 1.0:
        yield Problem(place="alpha", expected="a number above 0 and below 1", found=shown(alpha))


def _variance(values: list[float]) -> float:
    """Of s without a trend: each group of equal values takes its own part away."""
    ties = Counter(values).values()
    return (_spread(len(values)) - sum(map(_spread, ties))) / 18


def _spread(count: int) -> int:
    return count * (count - 1) * (2 * count + 5)


def _z(s: int, variance: float) -> float:
    if s == 0:  # also where all values are equal, and the variance is 0
        return 0.0
    return (s - math.copysign(1.0, s)) / math.sqrt(variance)


def _direction(z: float, *, significant: bool) -> TrendDirection:
    if not significant:
        return TrendDirection.NONE
    return TrendDirection.INCREASING if z > 0.0 else TrendDirection.DECREASING
