"""Mean: the total of scores by a policy's mean and missing-data policy, as columns of a frame.

The same as `ipplan.aggregation.combine` has it for one list of parts, with plain sums.
"""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw
from attrs import frozen

from ipplan.aggregation import (
    AnyMean,
    Mean,
    MissingPolicy,
    PowerMean,
    Require,
    Skip,
    Substitute,
    Zero,
)
from ipplan.errors import ModelError, Problem
from ipplan.frames.figures import (
    Figure,
    Sheet,
    below,
    chosen,
    equal,
    exponential,
    least,
    logarithm,
    most,
    power,
    times,
    without,
)
from ipplan.reasons import Reason

__all__ = [
    "REASONS",
    "Sums",
    "Total",
    "concluded",
    "enough_from",
    "extreme_of",
    "too_low",
    "transformed",
]

REASONS = (Reason.NOTHING_SCORED, Reason.COVERAGE_TOO_LOW, Reason.SCORE_NOT_POSITIVE)
"""Why there is no total; a number counts them from 1, and 0 is for none."""

NOTHING, TOO_LITTLE, TOO_LOW = 1.0, 2.0, 3.0
GREATEST = 1.7976931348623157e308


@frozen(kw_only=True)
class Sums:
    """What a mean is made from: parts that are due, and of them those that count in it.

    `due` and `scored` are numbers of parts, `base` and `covered` their weights; `undefined` is the
    number of groups below that have scores which allow no mean. `weight` and `inner` are the sums
    of weights, and of weights times transformed scores, with what stands for missing ones; `bad` is
    the number of scores that the mean does not allow. `extreme` is the score that others are taken
    relative to, or the lowest one.
    """

    method: AnyMean
    missing: MissingPolicy
    due: Figure
    scored: Figure
    base: Figure
    covered: Figure
    weight: Figure
    inner: Figure
    bad: Figure
    extreme: Figure
    undefined: Figure = 0.0


@frozen(kw_only=True)
class Total:
    """A total: its score, 0 where there is none, its coverage, and the number of a reason."""

    score: Figure
    coverage: Figure
    reason: Figure


def exponent_of(method: AnyMean) -> float | None:
    """The exponent of a power mean, the harmonic one among them; None for other means."""
    if isinstance(method, PowerMean):
        return method.exponent
    return -1.0 if method is Mean.HARMONIC else None


def too_low(method: AnyMean, score: Figure) -> Figure:
    """Whether a mean does not allow a score."""
    if method in (Mean.ARITHMETIC, Mean.MINIMUM):
        return 0.0
    rising = (exponent_of(method) or 0.0) > 0.0
    return below(score, 0.0) if rising else without(below(0.0, score))


def transformed(method: AnyMean, score: Figure, extreme: Figure) -> Figure:
    """A score as it is summed up; what a mean does not allow, or is not there, as the extreme."""
    if method is Mean.ARITHMETIC:
        return score
    if method is Mean.MINIMUM:
        return 0.0
    exponent = exponent_of(method)
    allowed = chosen(too_low(method, score), extreme, score)
    return logarithm(allowed) if exponent is None else power(allowed / extreme, exponent)


def extreme_of(method: AnyMean, scores: Sequence[Figure], counted: Sequence[Figure]) -> Figure:
    """The score that the others are taken relative to, so that no power overflows."""
    exponent = exponent_of(method)
    if not scores:
        return 1.0
    if method is Mean.MINIMUM:
        return _least(scores, counted)
    if exponent is None:
        return 1.0
    found = most([times(each, by) for each, by in zip(scores, counted, strict=True)])
    if exponent < 0.0:
        found = _least(scores, counted)
    # Where nothing counts, or nothing above zero, there is nothing that others are relative to.
    return chosen(times(below(0.0, found), below(found, GREATEST)), found, 1.0)


def _least(scores: Sequence[Figure], counted: Sequence[Figure]) -> Figure:
    return least([chosen(by, each, GREATEST) for each, by in zip(scores, counted, strict=True)])


def enough_from(missing: MissingPolicy) -> float:
    """The coverage from which on there is a total.

    Raises ModelError for a policy of the caller's own: no engine knows what it wants.
    """
    if isinstance(missing, Require):
        return missing.share - 1e-9
    if isinstance(missing, Skip | Zero | Substitute):
        return 0.0
    raise ModelError(
        Problem(
            place="policy.missing",
            expected="skip, zero, require(SHARE) or substitute(SCORE), to sum up a frame",
            found=missing.name,
            hint="Plan.assess takes any missing-data policy",
        )
    )


def concluded(sheet: Sheet, every: Sequence[Sums]) -> list[Total]:
    """The totals of some sums, all at once."""
    covers = sheet.put(_over(each.covered, each.base) for each in every)
    reasons = sheet.put(_reason(*each) for each in zip(every, covers, strict=True))
    scores = sheet.put(
        chosen(equal(reason, 0.0), _mean(each), 0.0)
        for each, reason in zip(every, reasons, strict=True)
    )
    return [
        Total(score=score, coverage=coverage, reason=reason)
        for score, coverage, reason in zip(scores, covers, reasons, strict=True)
    ]


def _over(part: Figure, whole: Figure) -> Figure:
    """A quotient; 0 where there is nothing to divide by."""
    some = below(0.0, whole)
    return chosen(some, part / chosen(some, whole, 1.0), 0.0)


def _reason(sums: Sums, coverage: Figure) -> Figure:
    partial = times(below(sums.scored, sums.due), below(0.0, sums.undefined))
    found = chosen(below(0.0, sums.bad), TOO_LOW, 0.0)
    found = chosen(below(coverage, enough_from(sums.missing)), TOO_LITTLE, found)
    found = chosen(equal(sums.scored, 0.0), NOTHING, found)
    # It was scored, too low for its mean: never left out.
    return chosen(partial, TOO_LOW, found)


def _mean(sums: Sums) -> Figure:
    if sums.method is Mean.MINIMUM:
        return sums.extreme
    if not isinstance(sums.scored, nw.Expr) and sums.scored == 0.0:
        return 0.0  # known beforehand, and nothing has no power
    inner = _over(sums.inner, sums.weight)
    if sums.method is Mean.ARITHMETIC:
        return inner
    exponent = exponent_of(sums.method)
    if exponent is None:
        return exponential(inner)
    return sums.extreme * power(inner, 1.0 / exponent)
