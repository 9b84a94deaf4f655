"""Laws of aggregations: what every mean of scores keeps, whatever its formula."""

from __future__ import annotations

import enum
import math
from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeAlias

from attrs import frozen
from hypothesis import strategies as st

from ipplan.testing.broken import Fault, name_of, same_number, try_laws

__all__ = ["Aggregation", "MeanLaw", "check_aggregation"]

Aggregation: TypeAlias = Callable[[list[float], list[float]], float | None]
"""`f(scores, weights) -> score`, or None where it is undefined."""


class MeanLaw(enum.Enum):
    """What an aggregation keeps; a law's value says it in plain words."""

    DETERMINATE = "scores give a finite number or None, never NaN, inf or an exception"
    BETWEEN = "the total lies between the smallest and the largest score"
    EQUAL_INPUTS = "equal scores give that score"
    MONOTONE = "a higher score never lowers the total"
    ORDER_FREE = "the order of the scores does not matter"
    WEIGHTS_SCALE = "all weights times a positive factor give the same total"


@frozen(kw_only=True)
class Sample:
    """What a law is tried on: scores and weights, one raised by `rise`, and an order."""

    scores: list[float]
    weights: list[float]
    raised: int
    rise: float
    order: list[int]
    factor: float


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    """One to five scores, often equal, zero or negative, with positive weights."""
    score = st.one_of(
        st.sampled_from((0.0, 1.0, 100.0)),
        st.integers(0, 100).map(float),
        st.integers(-1000, 1000).map(lambda tenths: tenths / 10.0),
    )
    scores = draw(st.lists(score, min_size=1, max_size=5))
    count = len(scores)
    weight = st.integers(1, 100).map(lambda tenths: tenths / 10.0)
    return Sample(
        scores=scores,
        weights=draw(st.lists(weight, min_size=count, max_size=count)),
        raised=draw(st.integers(0, count - 1)),
        rise=draw(st.integers(1, 100).map(float)),
        order=draw(st.permutations(range(count))),
        factor=draw(st.sampled_from((2.0, 100.0, 0.01))),
    )


def check_aggregation(
    function: Aggregation, laws: Iterable[MeanLaw] | None = None, max_examples: int = 100
) -> None:
    """Try every `MeanLaw`, or those given, on `function(scores, weights)`.

    Raises LawBroken for a breach.

    >>> import statistics
    >>> check_aggregation(lambda scores, weights: statistics.fmean(scores, weights))
    >>> check_aggregation(lambda scores, weights: sum(scores))  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ipplan.testing.broken.LawBroken: <lambda> breaks the law BETWEEN
    """
    tried = frozenset(MeanLaw if laws is None else laws)
    faults = {law: partial(fault, function) for law, fault in _FAULTS.items() if law in tried}
    try_laws(faults, name_of(function), samples(), max_examples=max_examples)


def _indeterminate(function: Aggregation, sample: Sample) -> Fault | None:
    try:
        total = function(sample.scores, sample.weights)
    except Exception as error:  # noqa: BLE001 - whatever it raises is what the law is about
        return _fault(sample.scores, sample.weights, f"{type(error).__name__}: {error}")
    if total is None or math.isfinite(total):
        return None
    return _fault(sample.scores, sample.weights, f"{total!r}")


def _beyond(function: Aggregation, sample: Sample) -> Fault | None:
    total = function(sample.scores, sample.weights)
    low, high = min(sample.scores), max(sample.scores)
    if total is None or low <= total <= high:
        return None
    if same_number(total, low) or same_number(total, high):
        return None
    return _fault(sample.scores, sample.weights, f"{total!r}, outside {low!r}..{high!r}")


def _unequal(function: Aggregation, sample: Sample) -> Fault | None:
    equal = [sample.scores[0]] * len(sample.scores)
    total = function(equal, sample.weights)
    if total is None or same_number(total, equal[0]):
        return None
    return _fault(equal, sample.weights, f"{total!r}")


def _falls(function: Aggregation, sample: Sample) -> Fault | None:
    raised = list(sample.scores)
    raised[sample.raised] += sample.rise
    before = function(sample.scores, sample.weights)
    after = function(raised, sample.weights)
    if before is None or after is None or after >= before or same_number(before, after):
        return None
    inputs = f"{_shown(sample.scores, sample.weights)}; then {_shown(raised, sample.weights)}"
    return Fault(inputs=inputs, found=f"{before!r}, then {after!r}")


def _order_matters(function: Aggregation, sample: Sample) -> Fault | None:
    scores = [sample.scores[place] for place in sample.order]
    weights = [sample.weights[place] for place in sample.order]
    return _differs(function, sample, scores, weights)


def _size_of_weights_matters(function: Aggregation, sample: Sample) -> Fault | None:
    weights = [weight * sample.factor for weight in sample.weights]
    return _differs(function, sample, sample.scores, weights)


def _differs(
    function: Aggregation, sample: Sample, scores: list[float], weights: list[float]
) -> Fault | None:
    first, second = function(sample.scores, sample.weights), function(scores, weights)
    alike = first is second or (
        first is not None and second is not None and same_number(first, second)
    )
    if alike:
        return None
    inputs = f"{_shown(sample.scores, sample.weights)}; then {_shown(scores, weights)}"
    return Fault(inputs=inputs, found=f"{first!r}, then {second!r}")


_FAULTS: dict[MeanLaw, Callable[[Aggregation, Sample], Fault | None]] = {
    MeanLaw.DETERMINATE: _indeterminate,
    MeanLaw.EQUAL_INPUTS: _unequal,
    MeanLaw.ORDER_FREE: _order_matters,
    MeanLaw.WEIGHTS_SCALE: _size_of_weights_matters,
    MeanLaw.BETWEEN: _beyond,
    MeanLaw.MONOTONE: _falls,
}


def _shown(scores: list[float], weights: list[float]) -> str:
    return f"scores {scores}, weights {weights}"


def _fault(scores: list[float], weights: list[float], found: str) -> Fault:
    return Fault(inputs=_shown(scores, weights), found=found)
