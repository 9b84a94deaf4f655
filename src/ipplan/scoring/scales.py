"""Score scales: how an attainment becomes a score."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, Protocol, runtime_checkable

from attrs import Attribute, field, frozen

from ipplan.errors import ModelError, Problem, shown
from ipplan.model.fields import (
    as_float,
    as_float_or_none,
    as_tuple,
    finite,
    finite_or_none,
    is_a,
    refuse,
    together,
)
from ipplan.ops import FLOATS, Ops
from ipplan.text import Lang

__all__ = ["EFFICACY", "Deduction", "Knots", "Scale", "ScoreScale", "Steps"]

_NOISE = 1e-9
"""Attainments within this of a threshold count as at it, so that rounding decides nothing."""


@runtime_checkable
class ScoreScale(Protocol):
    """How a rule's value becomes a score."""

    @property
    def least(self) -> float:
        """The lowest score that it gives."""
        ...

    @property
    def greatest(self) -> float:
        """The highest score that it gives, the full one."""
        ...

    def score(self, attainment: Any, ops: Ops = FLOATS) -> Any:
        """The score that a value earns."""
        ...

    def describe(self, lang: Lang = Lang.EN) -> str:
        """The scale in a few words."""
        ...


@frozen(kw_only=True, field_transformer=together)
class Scale:
    """Linear: attainment limited to floor..cap (None: no limit), times `full`, plus `offset`.

    >>> Scale().score(2.24), Scale(cap=1.5).score(2.24), Scale().score(-0.3)
    (100.0, 150.0, 0.0)
    """

    floor: float | None = field(default=0.0, converter=as_float_or_none, validator=finite_or_none)
    cap: float | None = field(default=1.0, converter=as_float_or_none, validator=finite_or_none)
    full: float = field(default=100.0, converter=as_float, validator=finite)
    offset: float = field(default=0.0, converter=as_float, validator=finite)

    def __attrs_post_init__(self) -> None:
        problems = []
        if self.floor is not None and self.cap is not None and self.floor >= self.cap:
            problems.append(
                Problem(
                    place="cap",
                    expected=f"more than the floor, {self.floor}",
                    found=shown(self.cap),
                )
            )
        if self.full <= 0.0:
            problems.append(
                Problem(place="full", expected="a positive number", found=shown(self.full))
            )
        refuse(problems)

    @property
    def least(self) -> float:
        """The lowest score that it gives; minus infinity where there is no floor."""
        return -math.inf if self.floor is None else self.offset + self.full * self.floor

    @property
    def greatest(self) -> float:
        """The highest score that it gives; infinity where there is no cap."""
        return math.inf if self.cap is None else self.offset + self.full * self.cap

    def describe(self, lang: Lang = Lang.EN) -> str:
        """The limits, the factor and the offset."""
        low = "-∞" if self.floor is None else f"{self.floor:g}"
        high = "∞" if self.cap is None else f"{self.cap:g}"
        if lang is Lang.ZH:
            offset = f",加 {self.offset:g}" if self.offset else ""
            return f"限于 {low}–{high},乘以 {self.full:g}{offset}"
        offset = f", plus {self.offset:g}" if self.offset else ""
        return f"limited to {low}..{high}, times {self.full:g}{offset}"

    def limited(self, attainment: Any, ops: Ops = FLOATS) -> Any:
        """The attainment, moved into floor..cap."""
        low = -math.inf if self.floor is None else self.floor
        high = math.inf if self.cap is None else self.cap
        return ops.clip(attainment, low, high)

    def score(self, attainment: Any, ops: Ops = FLOATS) -> Any:
        """The score that an attainment earns."""
        score = self.limited(attainment, ops) * self.full
        return score + self.offset if self.offset else score


EFFICACY = Scale(floor=None, cap=None, full=40.0, offset=60.0)
"""The scale of the efficacy coefficient (功效系数): 60 at the value not allowed, 100 satisfactory.

Not clipped, as its source has it.
"""

Point = tuple[float, float]


def _points(values: Iterable[Point]) -> tuple[Point, ...]:
    pairs: Any = as_tuple(values)
    if not isinstance(pairs, tuple):
        return ()  # refused by the validator, which wants two points
    return tuple(
        (as_float(pair[0]), as_float(pair[1])) if _is_pair(pair) else pair for pair in pairs
    )


def _is_pair(value: object) -> bool:
    return isinstance(value, tuple | list) and len(value) == 2


def _ascending(_instance: object, attribute: Attribute[Any], points: tuple[Point, ...]) -> None:
    """Two points or more, each a pair of finite numbers, their first numbers rising."""
    name = attribute.name
    if len(points) < 2:
        raise ModelError(
            Problem(place=name, expected="two points or more", found=shown(list(points)))
        )
    wrong = [
        Problem(place=f"{name}[{index}]", expected="a pair of finite numbers", found=shown(point))
        for index, point in enumerate(points)
        if not _is_pair(point) or not all(_is_finite(number) for number in point)
    ]
    refuse(wrong)
    refuse(
        Problem(
            place=f"{name}[{index}]",
            expected=f"an attainment above {before[0]}",
            found=shown(after[0]),
        )
        for index, (before, after) in enumerate(pairwise(points), 1)
        if after[0] <= before[0]
    )


def _is_finite(value: object) -> bool:
    return isinstance(value, float) and math.isfinite(value)


@frozen(kw_only=True, field_transformer=together)
class Knots:
    """Piecewise linear through (attainment, score) points; flat before the first, after the last.

    >>> round(Knots(points=[(-0.6, -5), (0.6, 0), (1.3, 5)]).score(0.95), 9)
    2.5
    """

    points: tuple[Point, ...] = field(converter=_points, validator=_ascending)

    @property
    def least(self) -> float:
        """The lowest score of any point."""
        return min(score for _, score in self.points)

    @property
    def greatest(self) -> float:
        """The highest score of any point."""
        return max(score for _, score in self.points)

    def describe(self, lang: Lang = Lang.EN) -> str:
        """The points."""
        points = ", ".join(f"({x:g}, {y:g})" for x, y in self.points)
        return f"分段线性:{points}" if lang is Lang.ZH else f"on a line through {points}"

    def score(self, attainment: Any, ops: Ops = FLOATS) -> Any:
        """The score on the line between the neighbouring points."""
        first, last = self.points[0], self.points[-1]
        score = ops.where(ops.at_least(attainment, last[0]), last[1], first[1])
        for (x0, y0), (x1, y1) in pairwise(self.points):
            inside = ops.both(ops.at_least(attainment, x0), ops.more_than(x1, attainment))
            slope = (y1 - y0) / (x1 - x0)
            score = ops.where(inside, (attainment - x0) * slope + y0, score)
        return score


@frozen(kw_only=True, field_transformer=together)
class Steps:
    """Piecewise constant: from each attainment on, a score; `below` before the first.

    Thresholds are inclusive, within 1e-9.

    >>> steps = Steps(points=[(0.6, 60), (0.8, 80), (1.0, 100)], below=0)
    >>> steps.score(0.79), steps.score(0.8), steps.score(0.1)
    (60.0, 80.0, 0.0)
    """

    points: tuple[Point, ...] = field(converter=_points, validator=_ascending)
    below: float = field(default=0.0, converter=as_float, validator=finite)

    @property
    def least(self) -> float:
        """The lowest score of any step."""
        return min(self.below, *(score for _, score in self.points))

    @property
    def greatest(self) -> float:
        """The highest score of any step."""
        return max(self.below, *(score for _, score in self.points))

    def describe(self, lang: Lang = Lang.EN) -> str:
        """The steps."""
        if lang is Lang.ZH:
            steps = ",".join(f"≥ {x:g} 得 {y:g}" for x, y in self.points)
            return f"{steps},其下得 {self.below:g}"
        steps = ", ".join(f"{y:g} from {x:g}" for x, y in self.points)
        return f"{steps}, {self.below:g} below"

    def score(self, attainment: Any, ops: Ops = FLOATS) -> Any:
        """The score of the highest step reached."""
        score: Any = self.below
        for threshold, step in self.points:
            score = ops.where(ops.at_least(attainment, threshold - _NOISE), step, score)
        return score


@frozen(kw_only=True, field_transformer=together)
class Deduction:
    """Points taken off for each `step` that attainment falls short of 1 (扣分), 0 at worst.

    `whole`: only whole steps count (within 1e-9), as the finance ministry's rules have it;
    otherwise a part of a step takes off its part.

    >>> rule = Deduction(full=15, points=1, step=0.03)
    >>> rule.score(1.2), rule.score(0.95), rule.score(0.1)
    (15.0, 14.0, 0.0)
    """

    full: float = field(converter=as_float, validator=finite)
    points: float = field(converter=as_float, validator=finite)
    step: float = field(converter=as_float, validator=finite)
    whole: bool = field(default=True, validator=is_a(bool))

    def __attrs_post_init__(self) -> None:
        refuse(
            Problem(place=name, expected="a positive number", found=shown(value))
            for name, value in (
                ("full", self.full),
                ("points", self.points),
                ("step", self.step),
            )
            if value <= 0.0
        )

    @property
    def least(self) -> float:
        """Nothing left."""
        return 0.0

    @property
    def greatest(self) -> float:
        """Nothing taken off."""
        return self.full

    def describe(self, lang: Lang = Lang.EN) -> str:
        """The full score and what is taken off."""
        if lang is Lang.ZH:
            whole = "满" if self.whole else ""
            return f"满分 {self.full:g},每低{whole} {self.step:g} 扣 {self.points:g} 分"
        whole = "whole " if self.whole else ""
        return f"{self.full:g} less {self.points:g} for each {whole}{self.step:g} short of 1"

    def score(self, attainment: Any, ops: Ops = FLOATS) -> Any:
        """What is left of the full score."""
        steps = (1.0 - attainment) * (1.0 / self.step)
        if self.whole:
            steps = ops.floor(steps + _NOISE)
        return ops.clip(self.full - steps * self.points, 0.0, self.full)
