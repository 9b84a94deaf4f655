"""Laws of aggregations: what every mean of scores keeps, whatever its formula."""

from __future__ import annotations

import enum
import math
import numbers
import operator
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, ClassVar, TypeAlias

from attrs import frozen
from hypothesis import strategies as st

from ipplan.aggregation import Aggregate, AnyMean, aggregate, as_mean
from ipplan.testing.broken import Fault, answering, claimed, name_of, same_number, try_laws

__all__ = ["Aggregation", "MeanLaw", "check_aggregation"]

Aggregation: TypeAlias = Callable[[list[Any], list[float]], Any]
"""`f(scores, weights)`: a number, None where it is undefined, or an object with `score`."""


class MeanLaw(enum.Enum):
    """What an aggregation keeps; a law's value says it in plain words."""

    DETERMINATE = "scores give a finite number or None, never NaN, inf or an exception"
    BETWEEN = "the total lies between the smallest and the largest score"
    EQUAL_INPUTS = "equal scores give that score"
    MONOTONE = "a higher score never lowers the total"
    ORDER_FREE = "the order of the scores does not matter"
    WEIGHTS_SCALE = "all weights times a positive factor give the same total"
    ZERO_COVERAGE = "where nothing has a score there is no total"
    """A score may be None; tried where it is claimed."""
    MISSING_IS_NOT_ZERO = "a missing score is left out, not counted as zero"
    """The total is that of the known scores alone, as under `Skip`; tried where it is claimed."""
    CONTRIBUTIONS_SUM = "the contributions add up to the total"
    """`contributions` are pairs of an id and a share; tried where it is claimed."""


_ABOUT_NUMBERS = frozenset(MeanLaw) - {
    MeanLaw.ZERO_COVERAGE,
    MeanLaw.MISSING_IS_NOT_ZERO,
    MeanLaw.CONTRIBUTIONS_SUM,
}
"""What a function of numbers is held to that claims nothing."""


# Made once: most of the time of a draw is spent on making strategies.
_SCORES = st.one_of(
    st.sampled_from((0.0, 1.0, 100.0)),
    st.integers(0, 100).map(float),
    st.integers(-1000, 1000).map(lambda tenths: tenths / 10.0),
)
_WEIGHTS = st.integers(1, 100).map(lambda tenths: tenths / 10.0)
_ROWS = st.lists(st.tuples(_SCORES, _WEIGHTS, st.booleans()), min_size=1, max_size=5)


@frozen(kw_only=True)
class Sample:
    """What a law is tried on: scores and weights, one raised by `rise`, an order, some missing."""

    scores: list[float]
    weights: list[float]
    missing: list[bool]
    raised: int
    rise: float
    order: list[int]
    factor: float


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    """One to five scores, often equal, zero or negative, with positive weights; they may cancel."""
    scores, weights, missing = map(list, zip(*draw(_ROWS), strict=True))
    if draw(st.booleans()):
        scores[-1] = 0.0 - math.fsum(map(operator.mul, scores[:-1], weights)) / weights[-1]
    return Sample(
        scores=scores,
        weights=weights,
        missing=missing,
        raised=draw(st.integers(0, len(scores) - 1)),
        rise=draw(st.integers(1, 100).map(float)),
        order=draw(st.permutations(range(len(scores)))),
        factor=draw(st.sampled_from((2.0, 100.0, 0.01))),
    )


@frozen
class ByMean:
    """`ipplan.aggregate` by one mean, for scores and weights in lists; it claims every law."""

    mean: AnyMean
    laws: ClassVar[frozenset[MeanLaw]] = frozenset(MeanLaw)

    @property
    def name(self) -> str:
        """The mean's name."""
        return self.mean.value

    def __call__(self, scores: list[float | None], weights: list[float]) -> Aggregate:
        ids = [f"score_{place}" for place in range(len(scores))]
        return aggregate(
            dict(zip(ids, scores, strict=True)),
            weights=dict(zip(ids, weights, strict=True)),
            method=self.mean,
        )


def check_aggregation(
    function: Aggregation | AnyMean | str,
    laws: Iterable[MeanLaw] | None = None,
    max_examples: int = 100,
) -> None:
    """Try the laws of `function(scores, weights)`; raise LawBroken for a breach.

    The function gives a number, None, or an object with `score` and `contributions` (as
    `ipplan.Aggregate`); a mean, or the name of one, stands for `ipplan.aggregate` by it, which
    claims all laws. The laws tried are those given, or those in its own attribute `laws`, or else
    those about numbers alone.

    >>> check_aggregation("geometric")
    >>> import statistics
    >>> check_aggregation(lambda scores, weights: statistics.fmean(scores, weights))
    >>> check_aggregation(lambda scores, weights: sum(scores))  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ipplan.testing.broken.LawBroken: <lambda> breaks the law BETWEEN
    """
    summed: Aggregation = function if callable(function) else ByMean(as_mean(function))
    tried = claimed(summed, laws, _ABOUT_NUMBERS)
    asked = answering(summed, _shown)
    faults = {law: partial(fault, asked) for law, fault in _FAULTS.items() if law in tried}
    try_laws(faults, name_of(summed), samples(), max_examples=max_examples)


def _total(function: Aggregation, scores: list[Any], weights: list[float]) -> Any:
    """The total alone."""
    answer = function(scores, weights)
    return getattr(answer, "score", answer)


def _indeterminate(function: Aggregation, sample: Sample) -> Fault | None:
    total = _total(function, sample.scores, sample.weights)
    if total is None or (isinstance(total, numbers.Real) and math.isfinite(total)):
        return None
    return _fault(sample.scores, sample.weights, f"{total!r}")


def _beyond(function: Aggregation, sample: Sample) -> Fault | None:
    total = _total(function, sample.scores, sample.weights)
    low, high = min(sample.scores), max(sample.scores)
    if total is None or low <= total <= high:
        return None
    if same_number(total, low) or same_number(total, high):
        return None
    return _fault(sample.scores, sample.weights, f"{total!r}, outside {low!r}..{high!r}")


def _unequal(function: Aggregation, sample: Sample) -> Fault | None:
    equal = [sample.scores[0]] * len(sample.scores)
    total = _total(function, equal, sample.weights)
    if total is None or same_number(total, equal[0]):
        return None
    return _fault(equal, sample.weights, f"{total!r}")


def _falls(function: Aggregation, sample: Sample) -> Fault | None:
    raised = list(sample.scores)
    raised[sample.raised] += sample.rise
    before = _total(function, sample.scores, sample.weights)
    after = _total(function, raised, sample.weights)
    if before is None or after is None or after >= before or same_number(before, after):
        return None
    inputs = f"{_shown(sample.scores, sample.weights)}; then {_shown(raised, sample.weights)}"
    return Fault(inputs=inputs, found=f"{before!r}, then {after!r}")


def _order_matters(function: Aggregation, sample: Sample) -> Fault | None:
    scores = [sample.scores[place] for place in sample.order]
    weights = [sample.weights[place] for place in sample.order]
    return _differs(function, (sample.scores, sample.weights), (scores, weights))


def _size_of_weights_matters(function: Aggregation, sample: Sample) -> Fault | None:
    weights = [weight * sample.factor for weight in sample.weights]
    return _differs(function, (sample.scores, sample.weights), (sample.scores, weights))


def _total_of_nothing(function: Aggregation, sample: Sample) -> Fault | None:
    nothing = [None] * len(sample.scores)
    total = _total(function, nothing, sample.weights)
    return None if total is None else _fault(nothing, sample.weights, f"{total!r}")


def _missing_counts(function: Aggregation, sample: Sample) -> Fault | None:
    """Compare scores of which some are None with the known ones alone, if there are any."""
    rows = [*zip(sample.scores, sample.weights, sample.missing, strict=True)]
    scores = [None if missing else score for score, _, missing in rows]
    known = [(score, weight) for score, weight, missing in rows if not missing]
    if not known:
        return None
    alone = [score for score, _ in known], [weight for _, weight in known]
    return _differs(function, (scores, sample.weights), alone)


def _contributions_differ(function: Aggregation, sample: Sample) -> Fault | None:
    answer = function(sample.scores, sample.weights)
    total = getattr(answer, "score", answer)
    if total is None:
        return None
    shares = [share for _, share in getattr(answer, "contributions", ())]
    if same_number(math.fsum(shares), total):
        return None
    found = f"contributions {shares} for the total {total!r}"
    return _fault(sample.scores, sample.weights, found)


Inputs: TypeAlias = tuple[list[Any], list[float]]
"""Scores and weights."""


def _differs(function: Aggregation, first: Inputs, second: Inputs) -> Fault | None:
    """A fault where the total of two inputs is not the same."""
    one, other = _total(function, *first), _total(function, *second)
    alike = one is other or (one is not None and other is not None and same_number(one, other))
    if alike:
        return None
    inputs = f"{_shown(*first)}; then {_shown(*second)}"
    return Fault(inputs=inputs, found=f"{one!r}, then {other!r}")


_FAULTS: dict[MeanLaw, Callable[[Aggregation, Sample], Fault | None]] = {
    MeanLaw.DETERMINATE: _indeterminate,
    MeanLaw.EQUAL_INPUTS: _unequal,
    MeanLaw.ORDER_FREE: _order_matters,
    MeanLaw.WEIGHTS_SCALE: _size_of_weights_matters,
    MeanLaw.BETWEEN: _beyond,
    MeanLaw.MONOTONE: _falls,
    MeanLaw.ZERO_COVERAGE: _total_of_nothing,
    MeanLaw.MISSING_IS_NOT_ZERO: _missing_counts,
    MeanLaw.CONTRIBUTIONS_SUM: _contributions_differ,
}


def _shown(scores: list[Any], weights: list[float]) -> str:
    return f"scores {scores}, weights {weights}"


def _fault(scores: list[Any], weights: list[float], found: str) -> Fault:
    return Fault(inputs=_shown(scores, weights), found=found)
