"""Bound: what a milestone demands of an actual, and the direction that follows from it."""

from __future__ import annotations

import enum
import math

from attrs import Factory, field, frozen

from ipplan.choices import choose
from ipplan.errors import ModelError, Problem, shown
from ipplan.model.fields import SMALLEST, as_float, finite
from ipplan.text import figure

__all__ = ["Bound", "BoundKind", "Direction", "same"]

_TOLERANCE = 1e-12


def same(first: float, second: float) -> bool:
    """Whether two figures count as equal: within 1e-12 of the larger one.

    Interpolated figures carry rounding errors of about 1e-16; sums of money that differ by one yuan
    in a hundred billion still differ.
    """
    return math.isclose(first, second, rel_tol=_TOLERANCE, abs_tol=0.0)


class Direction(enum.Enum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    WITHIN = "within"


class BoundKind(enum.Enum):
    """The kinds of demand; `more_than` and `less_than` are strict."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    BETWEEN = "between"
    EXACTLY = "exactly"


_DIRECTIONS = {
    BoundKind.AT_LEAST: Direction.UP,
    BoundKind.MORE_THAN: Direction.UP,
    BoundKind.AT_MOST: Direction.DOWN,
    BoundKind.LESS_THAN: Direction.DOWN,
    BoundKind.BETWEEN: Direction.WITHIN,
    BoundKind.EXACTLY: Direction.WITHIN,
}
_SYMBOLS = {
    BoundKind.AT_LEAST: "≥ ",
    BoundKind.MORE_THAN: "> ",
    BoundKind.AT_MOST: "≤ ",
    BoundKind.LESS_THAN: "< ",
    BoundKind.BETWEEN: "",
    BoundKind.EXACTLY: "= ",
}


def _kind(value: BoundKind | str) -> BoundKind:
    return choose(BoundKind, value, place="kind")


@frozen(kw_only=True)
class Bound:
    """A demand in an indicator's unit: one figure, or for `between` two, `low` and `high`.

    >>> Bound.more_than(6000).met_by(6000)
    False
    >>> Bound.between(2, 3).met_by(3)
    True
    >>> str(Bound.at_least(26)), Bound.at_most(5).direction
    ('≥ 26', <Direction.DOWN: 'down'>)
    """

    kind: BoundKind = field(converter=_kind)
    low: float = field(converter=as_float, validator=finite)
    high: float = field(
        default=Factory(lambda self: self.low, takes_self=True),
        converter=as_float,
        validator=finite,
    )

    def __attrs_post_init__(self) -> None:
        if self.kind is BoundKind.BETWEEN:
            if self.low >= self.high:
                raise ModelError(
                    Problem(
                        place="between",
                        expected="the lower figure first, and two that differ",
                        found=shown([self.low, self.high]),
                    )
                )
        elif self.low != self.high:
            raise ModelError(
                Problem(
                    place=self.kind.value,
                    expected="one figure",
                    found=shown([self.low, self.high]),
                    hint="a bound with two figures is `between`",
                )
            )

    @classmethod
    def at_least(cls, value: float) -> Bound:
        """Met by `value` and more."""
        return cls(kind=BoundKind.AT_LEAST, low=value)

    @classmethod
    def more_than(cls, value: float) -> Bound:
        """Met by more than `value`, not by `value` itself."""
        return cls(kind=BoundKind.MORE_THAN, low=value)

    @classmethod
    def at_most(cls, value: float) -> Bound:
        """Met by `value` and less."""
        return cls(kind=BoundKind.AT_MOST, low=value)

    @classmethod
    def less_than(cls, value: float) -> Bound:
        """Met by less than `value`, not by `value` itself."""
        return cls(kind=BoundKind.LESS_THAN, low=value)

    @classmethod
    def between(cls, low: float, high: float) -> Bound:
        """Met from `low` to `high`, both included."""
        return cls(kind=BoundKind.BETWEEN, low=low, high=high)

    @classmethod
    def exactly(cls, value: float) -> Bound:
        """Met by `value` alone."""
        return cls(kind=BoundKind.EXACTLY, low=value)

    @property
    def direction(self) -> Direction:
        """Which way is better under this bound."""
        return _DIRECTIONS[self.kind]

    @property
    def strict(self) -> bool:
        """Whether the figure itself does not satisfy the bound."""
        return self.kind is BoundKind.MORE_THAN or self.kind is BoundKind.LESS_THAN

    @property
    def value(self) -> float:
        """The bound as one figure: its own, or the middle of a `between`."""
        return self.low if self.low == self.high else (self.low + self.high) / 2

    @property
    def figures(self) -> tuple[float, ...]:
        """The figures as the plan writes them: one, or two for `between`."""
        return (self.low, self.high) if self.kind is BoundKind.BETWEEN else (self.low,)

    def met_by(self, actual: float) -> bool:
        """Whether the actual satisfies the bound, figures counting as equal within `same`."""
        match self.kind:
            case BoundKind.AT_LEAST:
                return actual >= self.low or same(actual, self.low)
            case BoundKind.MORE_THAN:
                return actual > self.low and not same(actual, self.low)
            case BoundKind.AT_MOST:
                return actual <= self.low or same(actual, self.low)
            case BoundKind.LESS_THAN:
                return actual < self.low and not same(actual, self.low)
            case _:
                slack = abs(actual) * _TOLERANCE
                return self.low <= actual + slack and actual - slack <= self.high

    def exceeded_by(self, actual: float) -> bool:
        """Whether the actual lies beyond the upper figure of a `between` or an `exactly`."""
        within = self.direction is Direction.WITHIN
        return within and actual > self.high and not same(actual, self.high)

    def edge(self, actual: float) -> float:
        """The figure of the bound that is nearest to the actual."""
        return self.low if abs(actual - self.low) <= abs(actual - self.high) else self.high

    def moved(self, low: float, high: float) -> Bound:
        """The same kind of demand at other figures, as they come out of a calculation."""
        low, high = sorted((_flushed(low), _flushed(high)))
        kind = self.kind
        if kind is BoundKind.BETWEEN or kind is BoundKind.EXACTLY:
            kind = BoundKind.EXACTLY if low == high else BoundKind.BETWEEN
        return Bound(kind=kind, low=low, high=high)

    def scaled(self, share: float) -> Bound:
        """The same demand on a share of the amount: a half-year's part of a year."""
        return self if share == 1.0 else self.moved(self.low * share, self.high * share)

    def told(self, *, beside: float | None = None) -> str:
        """The demand as a table shows it, told apart from a number `beside` that it is not.

        >>> Bound.at_least(57.3333333).told(), Bound.at_least(57.3333333).told(beside=57.33)
        ('≥ 57.33', '≥ 57.333')
        """
        figures = "–".join(figure(value, beside=beside) for value in self.figures)
        return _SYMBOLS[self.kind] + figures

    def __str__(self) -> str:
        return self.told()


def _flushed(value: float) -> float:
    """A calculated figure, with what is too small to calculate with taken as zero."""
    return 0.0 if abs(value) < SMALLEST else value
