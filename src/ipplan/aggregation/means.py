"""Means: how scores with weights become one, from full compensation to none."""

from __future__ import annotations

import enum
import math
import re
from collections.abc import Sequence
from typing import TypeAlias

from attrs import evolve, field, frozen

from ipplan.choices import choose
from ipplan.errors import ModelError, Problem
from ipplan.model.fields import as_float, finite, together
from ipplan.text import exact, number_in

__all__ = ["AnyMean", "Mean", "PowerMean", "as_mean", "factors"]


class Mean(enum.Enum):
    """The means that have a name; `power` is the one with an exponent of one's own."""

    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"
    HARMONIC = "harmonic"
    MINIMUM = "minimum"


@frozen(kw_only=True, field_transformer=together)
class PowerMean:
    """The weighted power mean: (sum of w x^p)^(1/p), with weights that sum to 1; p is not 0.

    p = 1 is the arithmetic mean, p = -1 the harmonic one; the higher p, the more a high score makes
    up for a low one.
    """

    exponent: float = field(converter=as_float, validator=finite)

    def __attrs_post_init__(self) -> None:
        if self.exponent == 0.0:
            raise ModelError(
                Problem(
                    place="exponent",
                    expected="another number than 0",
                    found="0",
                    hint="the limit there is the geometric mean",
                )
            )

    @property
    def value(self) -> str:
        """`power` with the exponent in brackets."""
        return f"power({exact(self.exponent)})"


AnyMean: TypeAlias = Mean | PowerMean

_POWER = re.compile(r"power\(([^()]+)\)")


def as_mean(value: AnyMean | str) -> AnyMean:
    """A mean, or the one of that name.

    >>> as_mean("geometric"), as_mean("power(2)").exponent
    (<Mean.GEOMETRIC: 'geometric'>, 2.0)
    """
    if isinstance(value, PowerMean):
        return value
    power = _POWER.fullmatch(value) if isinstance(value, str) else None
    if power:
        return PowerMean(exponent=number_in(power[1]))
    try:
        return choose(Mean, value)
    except ModelError as error:
        raise ModelError(
            *(evolve(each, expected=f"{each.expected}, power(P)") for each in error.problems)
        ) from None


def factors(
    scores: Sequence[float], shares: Sequence[float], mean: AnyMean
) -> Sequence[float] | None:
    """What each score is multiplied by, so that the products sum to the mean; None: undefined.

    `shares` are the scores' shares of the weight, summing to 1. The arithmetic mean's factors are
    the shares; the minimum is made by the lowest scores alone; the others share their mean out in
    proportion to share times score, and want scores above zero; a power mean with an exponent above
    zero takes zeros too.
    """
    if mean is Mean.ARITHMETIC:
        return shares
    figures = [*zip(scores, shares, strict=True)]
    if mean is Mean.MINIMUM:
        least = min(scores)
        whole = math.fsum(share for score, share in figures if score == least)
        return [share / whole if score == least else 0.0 for score, share in figures]
    rising = isinstance(mean, PowerMean) and mean.exponent > 0.0
    if any(score < 0.0 or (score == 0.0 and not rising) for score in scores):
        return None
    whole = math.fsum(score * share for score, share in figures)
    ratio = _mean_of(figures, mean) / whole if whole else 1.0
    return [share * ratio for share in shares]


def _mean_of(figures: Sequence[tuple[float, float]], mean: AnyMean) -> float:
    """The geometric mean, or a power mean, of scores that allow it, one of them above zero."""
    if mean is Mean.GEOMETRIC:
        return math.exp(math.fsum(share * math.log(score) for score, share in figures))
    exponent = mean.exponent if isinstance(mean, PowerMean) else -1.0
    # The score with the greatest power is taken out, so that no power overflows; expm1 and log1p
    # keep what an exponent near zero leaves.
    most = (max if exponent > 0.0 else min)(score for score, _ in figures)
    inner = math.fsum(
        share * (math.expm1(exponent * math.log(score / most)) if score else -1.0)
        for score, share in figures
    )
    if inner > -0.5:
        return most * math.exp(math.log1p(inner) / exponent)
    whole = math.fsum(share * (score / most) ** exponent for score, share in figures)
    return float(most * whole ** (1.0 / exponent))
