"""Laws of whole paths: what an interpolation keeps over all of its points."""

from __future__ import annotations

import enum
import itertools
import math
import numbers
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeAlias

from attrs import frozen
from hypothesis import strategies as st

from ipplan.choices import choose
from ipplan.interpolation import Easing, Interpolation, interpolate
from ipplan.testing.broken import Fault, answering, claimed, name_of, same_number, try_laws
from ipplan.testing.cases import figures, of_one_sign

__all__ = ["Along", "PathFunction", "PathLaw", "check_path"]

Figures: TypeAlias = tuple[float, ...]
PathFunction: TypeAlias = Callable[[Figures, Figures, float], Any]
"""`f(times, values, at) -> value`: times ascend, `at` lies within them."""


class PathLaw(enum.Enum):
    """What an interpolation through several points can promise, in plain words."""

    FINITE = "every time between the points has a finite number, never NaN, inf or an exception"
    THROUGH_POINTS = "at the time of a point the value is the point's"
    BETWEEN_NEIGHBOURS = "between two points the value lies between theirs"
    LOCAL = "a later point changes no earlier segment"
    """A segment is counted to the next point, never to the last; a spline does not promise it."""


@frozen(kw_only=True)
class Sample:
    """What a law is tried on: points in the order of time, and a time from the first to the last.

    The time lies `share` of the way from the point `segment` to the next one.
    """

    times: Figures
    values: Figures
    segment: int
    share: float

    @property
    def at(self) -> float:
        """The time asked for."""
        start, end = self.times[self.segment : self.segment + 2]
        return start + (end - start) * self.share

    @property
    def neighbours(self) -> tuple[float, float]:
        """The values of the points before and after it, the smaller first."""
        low, high = sorted(self.values[self.segment : self.segment + 2])
        return low, high


@st.composite
def samples(draw: st.DrawFn, *, one_sign: bool) -> Sample:
    """Two points with up to two before and two after them, up to ten years apart.

    Their values rise, fall or are equal; with `one_sign`, they are of one sign and not zero.
    """
    years = st.one_of(
        st.integers(1, 10).map(float), st.integers(1, 40).map(lambda quarters: quarters / 4.0)
    )
    pool = draw(st.lists(figures(), min_size=1, max_size=2))
    point = st.tuples(years, st.one_of(st.sampled_from(pool), figures()))
    some = st.lists(point, max_size=2)
    before, start, end, after = draw(st.tuples(some, point, point, some))
    steps, values = zip(*before, start, end, *after, strict=True)
    if one_sign:
        values = of_one_sign(values, draw(st.sampled_from((1.0, -1.0))))
    return Sample(
        times=tuple(itertools.accumulate(steps, initial=2019.0))[1:],
        values=values,
        segment=len(before),
        share=draw(st.sampled_from((0.5, *(count / 16.0 for count in range(17))))),
    )


@frozen(kw_only=True)
class Along:
    """`ipplan.interpolate` by an interpolation, named, or by an easing; `pchip` is not local."""

    how: Interpolation | Easing

    @property
    def name(self) -> str:
        """The interpolation's name, or the easing's."""
        return self.how.value if isinstance(self.how, Interpolation) else name_of(self.how)

    @property
    def laws(self) -> frozenset[PathLaw]:
        """What it claims: all but PathLaw.LOCAL where it looks at the whole path."""
        whole = {PathLaw.LOCAL} if self.how is Interpolation.PCHIP else set()
        return frozenset(PathLaw) - whole

    def __call__(self, times: Figures, values: Figures, at: float) -> float:
        """The value at a time."""
        return interpolate(self.how, times, values, at)


def check_path(
    function: PathFunction | Interpolation | str,
    laws: Iterable[PathLaw] | None = None,
    max_examples: int = 100,
    *,
    one_sign: bool = False,
) -> None:
    """Try the laws of `function(times, values, at)`; raise LawBroken for a breach.

    The function is one's own, or a name or member of `ipplan.Interpolation`. The laws tried are
    those given, or those in the function's own attribute `laws`, or else all; of the names, pchip
    is not held to PathLaw.LOCAL. `one_sign`: it is meant for points of one sign that are not zero,
    as `geometric` is.

    >>> from ipplan.interpolation import interpolate, pchip
    >>> check_path("linear")
    >>> check_path(lambda *points: interpolate(Interpolation.LINEAR, *points))
    >>> check_path(pchip, set(PathLaw) - {PathLaw.LOCAL})
    >>> check_path(pchip)  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ipplan.testing.broken.LawBroken: pchip breaks the law LOCAL
    """
    path: PathFunction = (
        function
        if callable(function)
        else Along(how=choose(Interpolation, function, place="interpolation"))
    )
    one_sign = one_sign or (isinstance(path, Along) and path.how is Interpolation.GEOMETRIC)
    tried = claimed(path, laws, PathLaw)
    asked = answering(path, _shown)
    faults = {law: partial(fault, asked) for law, fault in _FAULTS.items() if law in tried}
    drawn = samples(one_sign=one_sign)
    try_laws(faults, name_of(path), drawn, max_examples=max_examples)


def _not_finite(function: PathFunction, sample: Sample) -> Fault | None:
    value = function(sample.times, sample.values, sample.at)
    if isinstance(value, numbers.Real) and math.isfinite(value):
        return None
    return _fault(sample, f"{value!r}")


def _beside_a_point(function: PathFunction, sample: Sample) -> Fault | None:
    for time, value in zip(sample.times, sample.values, strict=True):
        found = function(sample.times, sample.values, time)
        if not same_number(found, value):
            return Fault(inputs=_shown(sample.times, sample.values, time), found=f"{found!r}")
    return None


def _beyond(function: PathFunction, sample: Sample) -> Fault | None:
    value = function(sample.times, sample.values, sample.at)
    low, high = sample.neighbours
    if low <= value <= high or same_number(value, low) or same_number(value, high):
        return None
    return _fault(sample, f"{value!r}, outside {low!r}..{high!r}")


def _later_points_matter(function: PathFunction, sample: Sample) -> Fault | None:
    end = sample.segment + 2
    alone = function(sample.times[:end], sample.values[:end], sample.at)
    whole = function(sample.times, sample.values, sample.at)
    if same_number(alone, whole):
        return None
    found = f"{whole!r}, and {alone!r} without the points after {sample.times[end - 1]!r}"
    return _fault(sample, found)


_FAULTS: dict[PathLaw, Callable[[PathFunction, Sample], Fault | None]] = {
    PathLaw.FINITE: _not_finite,
    PathLaw.THROUGH_POINTS: _beside_a_point,
    PathLaw.BETWEEN_NEIGHBOURS: _beyond,
    PathLaw.LOCAL: _later_points_matter,
}


def _shown(times: Figures, values: Figures, at: float) -> str:
    points = ", ".join(f"{time!r}: {value!r}" for time, value in zip(times, values, strict=True))
    return f"points {points}; at {at!r}"


def _fault(sample: Sample, found: str) -> Fault:
    return Fault(inputs=_shown(sample.times, sample.values, sample.at), found=found)
