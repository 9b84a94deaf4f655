"""Interpolation: pure functions that say what lies between the values of two neighbouring points.

An easing is any function `f(start, end, share)`: the value after `share` (0..1) of the way from
`start` to `end`. It sees its own segment only, so that a later point cannot change an earlier
segment; `pchip` needs the whole curve, and says so. Points themselves are always hit exactly.
"""

from __future__ import annotations

import enum
import functools
import math
import numbers
from bisect import bisect_right
from collections.abc import Callable
from itertools import pairwise
from typing import Any, TypeAlias

from ipplan.errors import ModelError, Problem, shown

__all__ = [
    "Easing",
    "Interpolation",
    "InterpolationError",
    "geometric",
    "interpolate",
    "linear",
    "next_value",
    "pchip",
    "previous_value",
]

Easing: TypeAlias = Callable[[float, float, float], float]
"""`f(start, end, share) -> value`, with start and end in the indicator's unit, share in 0..1."""

_NOISE = 1e-12
_LARGEST = 1e100


class Interpolation(enum.Enum):
    """The interpolations that have a name."""

    LINEAR = "linear"
    GEOMETRIC = "geometric"
    PREVIOUS = "previous"
    NEXT = "next"
    PCHIP = "pchip"


class InterpolationError(ModelError):
    """A caller's own interpolation that did not give a finite number."""


def linear(start: float, end: float, share: float) -> float:
    """The straight line from `start` to `end`.

    >>> linear(0.0, 50.0, 0.2)
    10.0
    """
    return _between(start, end, start * (1.0 - share) + end * share)


def geometric(start: float, end: float, share: float) -> float:
    """Constant growth from `start` to `end`, which have one sign and are not zero.

    >>> round(geometric(100.0, 121.0, 0.5), 9)
    110.0
    """
    size = math.exp(math.log(abs(start)) * (1.0 - share) + math.log(abs(end)) * share)
    return _between(start, end, math.copysign(size, start))


def previous_value(start: float, end: float, share: float) -> float:
    """A step: what held at the last point still holds, until the next one is reached."""
    return start


def next_value(start: float, end: float, share: float) -> float:
    """A step: what must hold at the next point holds already; a quota within its phase."""
    return end


def pchip(positions: tuple[float, ...], values: tuple[float, ...], position: float) -> float:
    """The monotone cubic through all points: no overshoot, and flat where the data turn.

    Derivatives after Fritsch and Butland (1984) with the shape-preserving three-point end formula,
    as PCHIM, SciPy and NAG have them. Two points give the straight line. Points further along
    change an earlier segment, since derivatives look at both neighbours.
    """
    if len(positions) == 2:
        start, end = positions
        return linear(values[0], values[1], (position - start) / (end - start))
    segment = _segment(positions, position)
    start, end = positions[segment], positions[segment + 1]
    before, after = values[segment], values[segment + 1]
    slopes = _pchip_slopes(positions, values)
    width = end - start
    share = (position - start) / width
    rest = 1.0 - share
    value = (
        before * rest * rest * (1.0 + 2.0 * share)
        + after * share * share * (1.0 + 2.0 * rest)
        + width * share * rest * (slopes[segment] * rest - slopes[segment + 1] * share)
    )
    return _between(before, after, value)


_EASINGS: dict[Interpolation, Easing] = {
    Interpolation.LINEAR: linear,
    Interpolation.GEOMETRIC: geometric,
    Interpolation.PREVIOUS: previous_value,
    Interpolation.NEXT: next_value,
}


def interpolate(
    how: Interpolation | Easing,
    positions: tuple[float, ...],
    values: tuple[float, ...],
    position: float,
) -> float:
    """The value at `position`, which lies within `positions` (strictly ascending).

    Always between the two neighbouring points: three points give three segments' ends.

    >>> interpolate(Interpolation.LINEAR, (2025.0, 2030.0, 2040.0), (0.0, 50.0, 100.0), 2026.0)
    10.0
    """
    segment = _segment(positions, position)
    start, end = positions[segment], positions[segment + 1]
    if position == start:
        return values[segment]
    if position == end:
        return values[segment + 1]
    if how is Interpolation.PCHIP:
        return pchip(positions, values, position)
    share = (position - start) / (end - start)
    before, after = values[segment], values[segment + 1]
    if isinstance(how, Interpolation):
        return _EASINGS[how](before, after, share)
    try:
        value: Any = how(before, after, share)
    except (ArithmeticError, ValueError) as error:  # undefined there: 1 / 0, log(-1)
        raise _no_number(how, position, f"{type(error).__name__}: {error}") from error
    number = isinstance(value, numbers.Real) and not isinstance(value, bool)
    if not number or not abs(value) <= _LARGEST:
        raise _no_number(how, position, shown(value))
    return float(value)


def _no_number(ease: Easing, position: float, found: str) -> InterpolationError:
    name = getattr(ease, "__qualname__", type(ease).__qualname__)
    return InterpolationError(
        Problem(
            place="interpolation",
            expected=f"a number of at most 1e100 from {name} at {position}",
            found=found,
        )
    )


def _segment(positions: tuple[float, ...], position: float) -> int:
    return min(bisect_right(positions, position), len(positions) - 1) - 1


def _between(start: float, end: float, value: float) -> float:
    """The value without its rounding error: within its neighbours, and zero where it crosses it."""
    if start * end < 0.0 and abs(value) <= _NOISE * max(abs(start), abs(end)):
        return 0.0
    low, high = (start, end) if start <= end else (end, start)
    return low if value < low else high if value > high else value


@functools.lru_cache(maxsize=512)
def _pchip_slopes(positions: tuple[float, ...], values: tuple[float, ...]) -> tuple[float, ...]:
    widths = [end - start for start, end in pairwise(positions)]
    secants = [
        (after - before) / width
        for (before, after), width in zip(pairwise(values), widths, strict=True)
    ]
    inner = [
        _inner_slope(widths[i], widths[i + 1], secants[i], secants[i + 1])
        for i in range(len(widths) - 1)
    ]
    first = _end_slope(widths[0], widths[1], secants[0], secants[1])
    last = _end_slope(widths[-1], widths[-2], secants[-1], secants[-2])
    return (first, *inner, last)


def _inner_slope(width: float, next_width: float, secant: float, next_secant: float) -> float:
    if not _one_sign(secant, next_secant):
        return 0.0
    weight = 2.0 * next_width + width
    next_weight = next_width + 2.0 * width
    return (weight + next_weight) / (weight / secant + next_weight / next_secant)


def _end_slope(width: float, next_width: float, secant: float, next_secant: float) -> float:
    slope = ((2.0 * width + next_width) * secant - width * next_secant) / (width + next_width)
    if not _one_sign(slope, secant):
        return 0.0
    if not _one_sign(secant, next_secant) and abs(slope) > 3.0 * abs(secant):
        return 3.0 * secant
    return slope


def _one_sign(first: float, second: float) -> bool:
    return (first > 0.0 and second > 0.0) or (first < 0.0 and second < 0.0)
