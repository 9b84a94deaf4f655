"""Ops: the operations that a rule's formula is written in, so that one formula runs on any engine.

A formula is written with `+`, `-`, `*` and these operations. What is undefined (a division by zero,
the logarithm of a negative number) is null, and null propagates through everything, `where`
included. On floats, null is NaN inside a formula; it never leaves one.
"""

from __future__ import annotations

import math
import sys
from math import isnan
from typing import Any, Protocol, TypeAlias

__all__ = ["FLOATS", "GREATEST", "FloatOps", "Ops"]

GREATEST = sys.float_info.max
"""The greatest number that a float can be: what is beyond it is infinite."""


Condition: TypeAlias = bool | None
"""On floats: whether something holds, or None where that is not known."""


class Ops(Protocol):
    """What an engine offers to formulas; numbers and conditions are the engine's own."""

    null: Any

    def div(self, dividend: Any, divisor: Any) -> Any:
        """The quotient; null where the divisor is zero."""
        ...

    def log(self, x: Any) -> Any:
        """The natural logarithm; null where x is not positive."""
        ...

    def power(self, base: Any, exponent: Any) -> Any:
        """A power; null where the base is not positive."""
        ...

    def abs(self, x: Any) -> Any:
        """The size of a number."""
        ...

    def floor(self, x: Any) -> Any:
        """The next whole number below."""
        ...

    def clip(self, x: Any, low: float, high: float) -> Any:
        """The number, moved into low..high."""
        ...

    def at_least(self, x: Any, y: Any) -> Any:
        """Whether x >= y; null where either is."""
        ...

    def more_than(self, x: Any, y: Any) -> Any:
        """Whether x > y; null where either is."""
        ...

    def equal(self, x: Any, y: Any) -> Any:
        """Whether x == y; null where either is."""
        ...

    def both(self, first: Any, second: Any) -> Any:
        """Whether both conditions hold; null where either is."""
        ...

    def either(self, first: Any, second: Any) -> Any:
        """Whether one of the conditions holds; null where either is."""
        ...

    def negated(self, condition: Any) -> Any:
        """Whether a condition does not hold; null where it is."""
        ...

    def where(self, condition: Any, then: Any, otherwise: Any) -> Any:
        """One number or the other; null where the condition is."""
        ...

    def is_null(self, x: Any) -> Any:
        """Whether there is no number; never null itself."""
        ...


class FloatOps:
    """The operations on floats: null is NaN, a condition is True, False or None."""

    null = math.nan
    abs = staticmethod(abs)
    is_null = staticmethod(isnan)

    def div(self, dividend: float, divisor: float) -> float:
        """The quotient, or NaN."""
        return dividend / divisor if divisor else math.nan

    def log(self, x: float) -> float:
        """The natural logarithm, or NaN."""
        return math.log(x) if x > 0.0 else math.nan

    def power(self, base: float, exponent: float) -> float:
        """A power of a positive base, or NaN; one too large for a float is NaN too."""
        if not base > 0.0 or isnan(exponent):
            return math.nan
        try:
            return math.pow(base, exponent)
        except OverflowError:
            return math.nan

    def floor(self, x: float) -> float:
        """The next whole number below, as a float."""
        return x if isnan(x) else float(math.floor(x))

    def clip(self, x: float, low: float, high: float) -> float:
        """The number, moved into low..high; NaN stays NaN."""
        return low if x < low else high if x > high else x

    def at_least(self, x: float, y: float) -> bool | None:
        """Whether x >= y."""
        return True if x >= y else False if x < y else None

    def more_than(self, x: float, y: float) -> bool | None:
        """Whether x > y."""
        return True if x > y else False if x <= y else None

    def equal(self, x: float, y: float) -> bool | None:
        """Whether x == y."""
        return True if x == y else False if x < y or x > y else None

    def both(self, first: Condition, second: Condition) -> bool | None:
        """Whether both conditions hold."""
        return None if first is None or second is None else first and second

    def either(self, first: Condition, second: Condition) -> bool | None:
        """Whether one of the conditions holds."""
        return None if first is None or second is None else first or second

    def negated(self, condition: Condition) -> bool | None:
        """Whether a condition does not hold."""
        return None if condition is None else not condition

    def where(self, condition: Condition, then: float, otherwise: float) -> float:
        """One number or the other."""
        if condition is None:
            return math.nan
        return then if condition else otherwise


FLOATS = FloatOps()
