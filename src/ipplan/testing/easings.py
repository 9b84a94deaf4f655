"""Laws of interpolations: what a way from one point to the next keeps."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from functools import partial

from attrs import frozen
from hypothesis import strategies as st

from ipplan.interpolation import Easing, next_value, previous_value
from ipplan.testing.broken import Fault, name_of, same_number, try_laws
from ipplan.testing.cases import figures

__all__ = ["EasingLaw", "check_interpolation"]

_LARGEST = 1e100
"""The largest number that an interpolation may give."""


class EasingLaw(enum.Enum):
    """What an interpolation can promise; a law's value says it in plain words."""

    FINITE = "every share of the way has a finite number, never NaN, inf or an exception"
    STARTS = "at share 0 the value is the start"
    ARRIVES = "at share 1 the value is the end"
    BETWEEN = "the value lies between the start and the end"


_CLAIMS: dict[Easing, frozenset[EasingLaw]] = {
    previous_value: frozenset(EasingLaw) - {EasingLaw.ARRIVES},
    next_value: frozenset(EasingLaw) - {EasingLaw.STARTS},
}
"""The library's steps hit one end only."""


@frozen(kw_only=True)
class Sample:
    """What a law is tried on: two neighbouring points, and a share of the way between them."""

    start: float
    end: float
    share: float


@st.composite
def samples(draw: st.DrawFn, *, one_sign: bool) -> Sample:
    """Neighbours that rise, fall or are equal; with `one_sign`, of one sign and not zero."""
    start = draw(figures())
    end = draw(st.one_of(figures(), st.just(start)))
    if one_sign:
        start, end = abs(start) or 1.0, abs(end) or 1.0
        if draw(st.booleans()):
            start, end = -start, -end
    share = draw(st.integers(0, 16)) / 16.0
    return Sample(start=start, end=end, share=share)


def check_interpolation(
    easing: Easing,
    max_examples: int = 100,
    *,
    laws: Iterable[EasingLaw] | None = None,
    one_sign: bool = False,
) -> None:
    """Try the laws of an easing, all of them unless named; raise LawBroken for a breach.

    The library's own steps are not held to the end that they do not hit. `one_sign`: the easing is
    meant for points of one sign that are not zero, like `geometric`.

    >>> from ipplan.interpolation import geometric, linear
    >>> check_interpolation(linear)
    >>> check_interpolation(geometric, one_sign=True)
    >>> check_interpolation(lambda start, end, share: end / 2)  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ipplan.testing.broken.LawBroken: <lambda> breaks the law STARTS
    """
    claimed = _CLAIMS.get(easing, frozenset(EasingLaw)) if laws is None else frozenset(laws)
    drawn = samples(one_sign=one_sign)
    faults = {law: partial(fault, easing) for law, fault in _FAULTS.items() if law in claimed}
    try_laws(faults, name_of(easing), drawn, max_examples=max_examples)


def _not_finite(easing: Easing, sample: Sample) -> Fault | None:
    try:
        value: object = easing(sample.start, sample.end, sample.share)
    except Exception as error:  # noqa: BLE001 - whatever it raises is what the law is about
        return _fault(sample, sample.share, f"{type(error).__name__}: {error}")
    number = isinstance(value, int | float) and abs(value) <= _LARGEST
    return None if number else _fault(sample, sample.share, f"{value!r}")


def _off_the_start(easing: Easing, sample: Sample) -> Fault | None:
    return _off(easing, sample, 0.0, sample.start)


def _off_the_end(easing: Easing, sample: Sample) -> Fault | None:
    return _off(easing, sample, 1.0, sample.end)


def _off(easing: Easing, sample: Sample, share: float, wanted: float) -> Fault | None:
    value = easing(sample.start, sample.end, share)
    return None if same_number(value, wanted) else _fault(sample, share, f"{value!r}")


def _beyond(easing: Easing, sample: Sample) -> Fault | None:
    value = easing(sample.start, sample.end, sample.share)
    low, high = sorted((sample.start, sample.end))
    if low <= value <= high or same_number(value, low) or same_number(value, high):
        return None
    return _fault(sample, sample.share, f"{value!r}")


_FAULTS: dict[EasingLaw, Callable[[Easing, Sample], Fault | None]] = {
    EasingLaw.FINITE: _not_finite,
    EasingLaw.STARTS: _off_the_start,
    EasingLaw.ARRIVES: _off_the_end,
    EasingLaw.BETWEEN: _beyond,
}


def _fault(sample: Sample, share: float, found: str) -> Fault:
    return Fault(inputs=f"start {sample.start!r}, end {sample.end!r}, share {share!r}", found=found)
