"""Laws of interpolations: what a way from one point to the next keeps."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeAlias

from attrs import frozen
from hypothesis import strategies as st

from ipplan.choices import choose
from ipplan.interpolation import (
    Easing,
    Interpolation,
    geometric,
    linear,
    next_value,
    previous_value,
)
from ipplan.testing.broken import Fault, answering, claimed, same_number, try_laws
from ipplan.testing.cases import figures, of_one_sign
from ipplan.testing.paths import Along, PathLaw, check_path

__all__ = ["EasingLaw", "check_interpolation"]

_LARGEST = 1e100
"""The largest number that an interpolation may give."""


class EasingLaw(enum.Enum):
    """What an interpolation can promise; a law's value says it in plain words."""

    FINITE = "every share of the way has a finite number, never NaN, inf or an exception"
    STARTS = "at share 0 the value is the start"
    ARRIVES = "at share 1 the value is the end"
    BETWEEN = "the value lies between the start and the end"


AnyLaw: TypeAlias = EasingLaw | PathLaw

_EASINGS: dict[Interpolation, Easing] = {
    Interpolation.LINEAR: linear,
    Interpolation.GEOMETRIC: geometric,
    Interpolation.PREVIOUS: previous_value,
    Interpolation.NEXT: next_value,
}
"""What the names stand for between two points; `pchip` needs the whole path."""

_NOT_CLAIMED: dict[Easing | None, EasingLaw] = {
    previous_value: EasingLaw.ARRIVES,
    next_value: EasingLaw.STARTS,
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
        start, end = of_one_sign((start, end), draw(st.sampled_from((1.0, -1.0))))
    return Sample(start=start, end=end, share=draw(st.integers(0, 16)) / 16.0)


def check_interpolation(
    easing: Easing | Interpolation | str,
    max_examples: int = 100,
    *,
    laws: Iterable[AnyLaw] | None = None,
    one_sign: bool = False,
) -> None:
    """Try the laws of an easing, alone and along a path; raise LawBroken for a breach.

    An easing is a function of one's own, or a name or member of `ipplan.Interpolation`. All laws
    are tried unless some are named or it claims its own in `laws`; of the library's own, the steps
    are not held to the end that they do not hit, nor pchip to PathLaw.LOCAL. `one_sign`: it is
    meant for points of one sign that are not zero, as `geometric` is.

    >>> from ipplan.interpolation import linear
    >>> check_interpolation(linear)
    >>> check_interpolation("geometric")
    >>> check_interpolation(lambda start, end, share: end / 2)  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ipplan.testing.broken.LawBroken: <lambda> breaks the law STARTS
    """
    how = easing if callable(easing) else choose(Interpolation, easing, place="interpolation")
    alone = _EASINGS.get(how) if isinstance(how, Interpolation) else how
    one_sign = one_sign or how is Interpolation.GEOMETRIC
    path = Along(how=how)
    usual = {*EasingLaw, *path.laws} - {_NOT_CLAIMED.get(alone)}
    tried = claimed(easing, laws, usual)
    if alone is not None:
        asked = answering(alone, _shown)
        faults = {law: partial(fault, asked) for law, fault in _FAULTS.items() if law in tried}
        try_laws(faults, path.name, samples(one_sign=one_sign), max_examples=max_examples)
    along = [law for law in tried if isinstance(law, PathLaw)]
    check_path(path, along, max_examples, one_sign=one_sign)


def _not_finite(easing: Easing, sample: Sample) -> Fault | None:
    value: object = easing(sample.start, sample.end, sample.share)
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


def _shown(start: float, end: float, share: float) -> str:
    return f"start {start!r}, end {end!r}, share {share!r}"


def _fault(sample: Sample, share: float, found: str) -> Fault:
    return Fault(inputs=_shown(sample.start, sample.end, share), found=found)
