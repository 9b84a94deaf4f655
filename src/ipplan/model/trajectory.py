"""Trajectory: baseline, milestones and interpolation, and so the bound expected at any time."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from attrs import Attribute, field, frozen

from ipplan.choices import choose
from ipplan.errors import ModelError, Problem
from ipplan.interpolation import Easing, Interpolation, interpolate
from ipplan.model.bound import Bound, Direction
from ipplan.model.fields import (
    as_float,
    as_period,
    as_tuple,
    each_is,
    finite,
    is_a,
    is_period,
    optional_clause,
    printable,
    refuse,
)
from ipplan.periods import Period

__all__ = ["Baseline", "Expectation", "Milestone", "Trajectory"]


@frozen(kw_only=True)
class Milestone:
    """A period and the bound that must hold then; `clause` where it is not the indicator's."""

    period: Period = field(converter=as_period, validator=is_period)
    bound: Bound = field(validator=is_a(Bound))
    clause: str = field(default="", validator=optional_clause)


@frozen(kw_only=True)
class Baseline:
    """A known value before the plan, in the indicator's unit, with its period and source."""

    period: Period = field(converter=as_period, validator=is_period)
    value: float = field(converter=as_float, validator=finite)
    source: str = field(default="", validator=printable)


Point = Baseline | Milestone


@frozen(kw_only=True)
class Expectation:
    """What a trajectory asks for at one time.

    `start` and `end` are the neighbouring points (one point twice at a point and after the last);
    `held` says that the last milestone is past and its bound still applies; `share` is the part of
    a year's flow that the bound has been scaled to.
    """

    bound: Bound
    start: Point
    end: Point
    held: bool = False
    share: float = 1.0

    @property
    def interpolated(self) -> bool:
        """Whether the bound lies between two points, so that the plan itself does not state it."""
        return self.start is not self.end


def _milestones(values: Iterable[Milestone]) -> tuple[Milestone, ...]:
    return as_tuple(values)


def _some(_instance: object, attribute: Attribute[Any], milestones: tuple[Milestone, ...]) -> None:
    if not milestones:
        raise ModelError(
            Problem(place=attribute.name, expected="at least one milestone", found="none")
        )


def _interpolation(value: Interpolation | str | Easing) -> Interpolation | Easing:
    if callable(value):
        return value
    return choose(Interpolation, value, place="interpolation")


@frozen(kw_only=True)
class Trajectory:
    """The way from a baseline, if there is one, through the milestones.

    `interpolation` is a name, or any callable `f(start, end, share)` that sees one segment.
    Before the first point nothing is due; after the last its bound is held, and flagged.

    >>> from ipplan import Bound, Milestone
    >>> way = Trajectory(
    ...     baseline=Baseline(period=2025, value=0),
    ...     milestones=[
    ...         Milestone(period=2030, bound=Bound.at_least(50)),
    ...         Milestone(period=2040, bound=Bound.at_least(100)),
    ...     ],
    ... )
    >>> way.value(2026), way.value(2035), way.value(2024)
    (10.0, 75.0, None)
    """

    milestones: tuple[Milestone, ...] = field(
        converter=_milestones, validator=[each_is(Milestone), _some]
    )
    baseline: Baseline | None = field(default=None, validator=is_a(Baseline, type(None)))
    interpolation: Interpolation | Easing = field(
        default=Interpolation.LINEAR, converter=_interpolation
    )
    _points: tuple[Point, ...] = field(init=False, eq=False, repr=False)
    _positions: tuple[float, ...] = field(init=False, eq=False, repr=False)
    _lows: tuple[float, ...] = field(init=False, eq=False, repr=False)
    _highs: tuple[float, ...] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        refuse(
            self.faults(
                milestones=self.milestones,
                baseline=self.baseline,
                interpolation=self.interpolation,
            )
        )
        start: tuple[Point, ...] = () if self.baseline is None else (self.baseline,)
        points = start + self.milestones
        edges = [_edges(point) for point in points]
        object.__setattr__(self, "_points", points)
        object.__setattr__(self, "_positions", tuple(point.period.position for point in points))
        object.__setattr__(self, "_lows", tuple(low for low, _ in edges))
        object.__setattr__(self, "_highs", tuple(high for _, high in edges))

    @staticmethod
    def faults(
        *,
        milestones: tuple[Milestone, ...] = (),
        baseline: Baseline | None = None,
        interpolation: Interpolation | Easing | None = None,
    ) -> Iterator[Problem]:
        """What is wrong between the fields, as far as they are known."""
        yield from _disorder(milestones)
        yield from _mixed_directions(milestones)
        yield from _late_baseline(baseline, milestones)
        if interpolation is Interpolation.GEOMETRIC:
            yield from _not_geometric(baseline, milestones)

    @property
    def direction(self) -> Direction:
        """Which way is better; all milestones agree on it."""
        return self.milestones[0].bound.direction

    @property
    def target(self) -> Milestone:
        """The final milestone."""
        return self.milestones[-1]

    @property
    def start(self) -> Period:
        """The first point's period, from which on something is expected."""
        return self._points[0].period

    def at(self, when: Period | float) -> Expectation | None:
        """What is expected at a period or position; None while nothing is due.

        Raises InterpolationError where a caller's own interpolation gives no finite number.
        """
        position = when.position if isinstance(when, Period) else float(when)
        if math.isnan(position):
            raise ModelError(Problem(place="when", expected="a position in time", found="nan"))
        index = bisect_right(self._positions, position) - 1
        if index < 0:
            return None
        start = self._points[index]
        here = self._positions[index]
        if position == here or index == len(self._points) - 1:
            return Expectation(
                bound=self._bound_at(start), start=start, end=start, held=position > here
            )
        end = self._points[index + 1]
        low = self._interpolate(self._lows, position)
        high = low if self._lows == self._highs else self._interpolate(self._highs, position)
        steps_back = self.interpolation is Interpolation.PREVIOUS
        demand = self._bound_at(start if steps_back else end)
        return Expectation(bound=demand.moved(low, high), start=start, end=end)

    def value(self, when: Period | float) -> float | None:
        """The expected figure at a period or position; for a `between`, the middle."""
        expectation = self.at(when)
        return None if expectation is None else expectation.bound.value

    def _interpolate(self, values: tuple[float, ...], position: float) -> float:
        return interpolate(self.interpolation, self._positions, values, position)

    def _bound_at(self, point: Point) -> Bound:
        if isinstance(point, Milestone):
            return point.bound
        return self.milestones[0].bound.moved(point.value, point.value)


def _edges(point: Point) -> tuple[float, float]:
    if isinstance(point, Milestone):
        return point.bound.low, point.bound.high
    return point.value, point.value


def _disorder(milestones: tuple[Milestone, ...]) -> Iterator[Problem]:
    for index, (before, after) in enumerate(pairwise(milestones), 1):
        if after.period.position <= before.period.position:
            yield Problem(
                place=f"milestones[{index}].period",
                expected=f"a period after {before.period}",
                found=str(after.period),
                hint="milestones stand in the order of time, one for each",
            )


def _mixed_directions(milestones: tuple[Milestone, ...]) -> Iterator[Problem]:
    for index, milestone in enumerate(milestones[1:], 1):
        first = milestones[0].bound
        if milestone.bound.direction is not first.direction:
            yield Problem(
                place=f"milestones[{index}]",
                expected=f"a bound of the first one's direction, {first.direction.value}",
                found=f"{milestone.bound.kind.value}, {milestone.bound.direction.value}",
                hint="an indicator has one direction; split it where the plan wants two",
            )


def _late_baseline(
    baseline: Baseline | None, milestones: tuple[Milestone, ...]
) -> Iterator[Problem]:
    if baseline and milestones and baseline.period.position >= milestones[0].period.position:
        yield Problem(
            place="baseline.period",
            expected=f"a period before the first milestone, {milestones[0].period}",
            found=str(baseline.period),
        )


def _not_geometric(
    baseline: Baseline | None, milestones: tuple[Milestone, ...]
) -> Iterator[Problem]:
    points: list[tuple[str, Point]] = [("baseline", baseline)] if baseline else []
    points += [(f"milestones[{index}]", point) for index, point in enumerate(milestones)]
    signs = [(place, _sign(edge)) for place, point in points for edge in _edges(point)]
    first = next((sign for _, sign in signs if sign), 0)
    for place, sign in dict.fromkeys(signs):
        if sign != first or sign == 0:
            yield Problem(
                place=place,
                expected="figures of one sign and not zero, for geometric interpolation",
                found="zero" if sign == 0 else "a change of sign",
                hint="constant growth never reaches or crosses zero; use linear",
            )


def _sign(value: float) -> int:
    return (value > 0.0) - (value < 0.0)
