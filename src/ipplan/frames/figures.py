"""Figures: numbers that are known beforehand, or columns of a frame, reckoned with alike.

Nothing here is ever null: conditions are numbers too, 1 for yes and 0 for no.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

import attrs
import narwhals.stable.v2 as nw

__all__ = [
    "Figure",
    "Sheet",
    "added",
    "as_expr",
    "at_least",
    "below",
    "by_key",
    "chosen",
    "equal",
    "flag",
    "is_any",
    "least",
    "most",
    "times",
    "without",
]

T = TypeVar("T")

Figure: TypeAlias = float | nw.Expr
"""A number, or a column of them."""


class Sheet:
    """A frame to which columns are added, each under a name that nobody else has."""

    def __init__(self, frame: Any) -> None:
        self.frame = frame
        self._columns = 0

    def put(self, figures: Iterable[Figure]) -> list[Figure]:
        """The figures, each that is no plain number as a column of the frame, all added at once.

        A figure that is used twice is reckoned once so.
        """
        named: dict[str, nw.Expr] = {}
        found: list[Figure] = []
        for each in figures:
            if isinstance(each, nw.Expr):
                name = f"__ipplan_{self._columns}"
                self._columns += 1
                named[name] = each
                found.append(nw.col(name))
            else:
                found.append(each)
        if named:
            self.frame = self.frame.with_columns(**named)
        return found

    def settled(self, things: Iterable[T], names: Sequence[str]) -> list[T]:
        """Things with figures of these names, whose columns are put in the frame, all at once."""
        every: list[Any] = [*things]
        put = iter(self.put([getattr(each, name) for each in every for name in names]))
        return [attrs.evolve(each, **{name: next(put) for name in names}) for each in every]


def as_expr(figure: Figure) -> nw.Expr:
    """A figure as an expression."""
    return figure if isinstance(figure, nw.Expr) else nw.lit(float(figure))


def added(figures: Iterable[Figure]) -> Figure:
    """The sum."""
    every = [*figures]
    known = math.fsum(each for each in every if not isinstance(each, nw.Expr))
    columns = [each for each in every if isinstance(each, nw.Expr)]
    if not columns:
        return known
    whole = columns[0]
    for each in columns[1:]:
        whole = whole + each
    return whole + known if known else whole


def times(*figures: Figure) -> Figure:
    """The product."""
    known = math.prod(each for each in figures if not isinstance(each, nw.Expr))
    columns = [each for each in figures if isinstance(each, nw.Expr)]
    if not columns or known == 0.0:
        return known
    whole = columns[0]
    for each in columns[1:]:
        whole = whole * each
    return whole if known == 1.0 else whole * known


def without(figure: Figure) -> Figure:
    """1 where a condition does not hold, else 0."""
    return 1.0 - figure


def chosen(condition: Figure, one: Figure, other: Figure) -> Figure:
    """One figure where a condition holds, and elsewhere the other."""
    if not isinstance(condition, nw.Expr):
        return one if condition else other
    return nw.when(condition > 0.0).then(as_expr(one)).otherwise(as_expr(other))


def equal(figure: Figure, other: Figure) -> Figure:
    """Whether two figures are the same."""
    if isinstance(figure, nw.Expr) or isinstance(other, nw.Expr):
        return flag(as_expr(figure) == as_expr(other))
    return float(figure == other)


def below(figure: Figure, limit: Figure) -> Figure:
    """Whether a figure lies below a limit."""
    if isinstance(figure, nw.Expr) or isinstance(limit, nw.Expr):
        return flag(as_expr(figure) < as_expr(limit))
    return float(figure < limit)


def at_least(figure: Figure, limit: Figure) -> Figure:
    """Whether a figure lies at a limit or above it."""
    return without(below(figure, limit))


def least(figures: Sequence[Figure]) -> Figure:
    """The lowest of some figures."""
    if any(isinstance(each, nw.Expr) for each in figures):
        return nw.min_horizontal(*map(as_expr, figures))
    return min(float(each) for each in figures if not isinstance(each, nw.Expr))


def most(figures: Sequence[Figure]) -> Figure:
    """The highest of some figures."""
    if any(isinstance(each, nw.Expr) for each in figures):
        return nw.max_horizontal(*map(as_expr, figures))
    return max(float(each) for each in figures if not isinstance(each, nw.Expr))


def by_key(key: nw.Expr, figures: Mapping[Any, float], *, whole: bool) -> Figure:
    """The figure of each key; 0 for others, of which there are none where the keys are `whole`."""
    spelled: dict[float, list[Any]] = {}
    for spelling, figure in figures.items():
        spelled.setdefault(figure, []).append(spelling)
    if whole and len(spelled) == 1:
        return float(*spelled)
    spelled.pop(0.0, None)
    found: Figure = 0.0
    for figure, spellings in spelled.items():
        found = chosen(flag(is_any(key, spellings)), figure, found)
    return found


def is_any(key: nw.Expr, spellings: Sequence[Any]) -> nw.Expr:
    """Whether a key has one of these spellings."""
    return key == spellings[0] if len(spellings) == 1 else key.is_in(spellings)


def flag(condition: nw.Expr) -> nw.Expr:
    """A condition as a number: 1 where it is known to hold, else 0."""
    return nw.when(condition).then(nw.lit(1.0)).otherwise(nw.lit(0.0))


def exponential(figure: Figure) -> Figure:
    """The exponential."""
    return figure.exp() if isinstance(figure, nw.Expr) else math.exp(figure)


def logarithm(figure: Figure) -> Figure:
    """The natural logarithm of a figure above zero."""
    return figure.log() if isinstance(figure, nw.Expr) else math.log(figure)


def power(figure: Figure, exponent: float) -> Figure:
    """A figure that is not negative, raised to a power."""
    raised: Figure = figure**exponent
    return raised
