"""Laws: what a scoring rule can promise of its values, so that anyone can put it to the test."""

from __future__ import annotations

import enum

__all__ = ["USUAL_LAWS", "Law"]


class Law(enum.Enum):
    """What a rule can promise; a law's value says it in plain words.

    Where a rule refuses, it gives no number, and only `DETERMINATE` and `NULL_IN_NULL_OUT` speak of
    that. `ipplan.testing.check_rule` tries the laws that a rule claims.

    >>> Law.MONOTONE.value
    'a better actual never earns a lower value'
    """

    DETERMINATE = "a known actual gives a finite number or a reason, never NaN, inf or an exception"
    """Tried on the value and on what the scale sees of it."""
    NULL_IN_NULL_OUT = "an unknown actual gives no number"
    """Missing is never zero."""
    INDEPENDENT = "what was scored before changes nothing"
    """One indicator's value hangs on no other one's; a rule remembers nothing."""
    BOUNDED = "the score lies within the scale's least and greatest"
    """Tried on the score, not on the value."""
    MONOTONE = "a better actual never earns a lower value"
    """For a minimum or a maximum; within a range no direction is better."""
    FULL_AT_TARGET = "the value is 1 when the actual is the expected figure"
    """Also one rounding error beside it, at both figures of a range, and not for strict bounds."""
    ZERO_AT_BASELINE = "the value is 0 when the actual is the baseline"
    """Nothing was done yet."""
    UNIT_FREE = "all figures times a positive factor give the same value"
    """万元 or 亿元, it is the same result."""
    SHIFT_FREE = "all figures plus a constant give the same value"
    """Degrees Celsius or kelvin, it is the same result."""
    MIRRORED = "all signs and the direction turned round give the same value"
    """A loss to be lowered is a profit to be raised."""
    CONTINUOUS = "a small step of the actual is a small step of the value"
    """There is no threshold at which the value jumps."""


USUAL_LAWS = frozenset(
    {Law.DETERMINATE, Law.NULL_IN_NULL_OUT, Law.INDEPENDENT, Law.BOUNDED},
)
"""What every rule is expected to keep, unless it says otherwise."""
