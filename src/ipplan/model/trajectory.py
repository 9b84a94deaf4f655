"""Trajectory: baseline, milestones and interpolation, and so the bound expected at any time."""

from __future__ import annotations

import enum
import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from attrs import Factory, field, frozen

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

__all__ = ["Baseline", "Expectation", "Milestone", "Reference", "Trajectory"]


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

_REMEMBERED = 64
"""How many positions a trajectory remembers its answers for: a plan asks for few, and often."""


@frozen(kw_only=True)
class Expectation:
    """What a trajectory asks for at one time.

    `start` and `end` are the neighbouring points (one point twice at a point and after the last);
    `held` says that the last milestone is past and its bound still applies. For a part of a year's
    flow, `share` is the part of the year that is over, `whole` the year's bound, and `bound` that
    share of it; otherwise `whole` is `bound`. `reference` is the figure that a relative bound is a
    multiple of, once it is known.
    """

    bound: Bound
    start: Point
    end: Point
    held: bool = False
    share: float = 1.0
    reference: float | None = None
    whole: Bound = field(default=Factory(lambda self: self.bound, takes_self=True))

    @property
    def interpolated(self) -> bool:
        """Whether the bound lies between two points, so that the plan itself does not state it."""
        return self.start is not self.end


def _milestones(values: Iterable[Milestone]) -> tuple[Milestone, ...]:
    return as_tuple(values)


def _better(value: Direction | str | None) -> Direction | None:
    return None if value is None else choose(Direction, value, place="better")


def _interpolation(value: Interpolation | str | Easing) -> Interpolation | Easing:
    if callable(value):
        return value
    return choose(Interpolation, value, place="interpolation")


class Reference(enum.Enum):
    """What the figures of a relative trajectory are multiples of."""

    BENCHMARK = "benchmark"
    """Another body's figure for the same time, such as the national average, among the actuals."""
    PREVIOUS = "previous"
    """The figure of one year before."""


def _reference(value: Reference | str | None) -> Reference | None:
    return None if value is None else choose(Reference, value, place="relative_to")


@frozen(kw_only=True)
class Trajectory:
    """The way from a baseline, if there is one, through the milestones.

    `interpolation` is a name, or any callable `f(start, end, share)` that sees one segment.
    Before the first point nothing is due; after the last its bound is held, and flagged. What a
    plan only watches has no milestones, and `better` says which way is better. Where it is
    `relative_to` a benchmark or the previous year, figures are multiples: at least 1 is at least
    the national average, more than 1 keeps growing.

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
        default=(), converter=_milestones, validator=each_is(Milestone)
    )
    baseline: Baseline | None = field(default=None, validator=is_a(Baseline, type(None)))
    interpolation: Interpolation | Easing = field(
        default=Interpolation.LINEAR, converter=_interpolation
    )
    better: Direction | None = field(default=None, converter=_better)
    relative_to: Reference | None = field(default=None, converter=_reference)
    _direction: Direction = field(init=False, eq=False, repr=False)
    _points: tuple[Point, ...] = field(init=False, eq=False, repr=False)
    _positions: tuple[float, ...] = field(init=False, eq=False, repr=False)
    _lows: tuple[float, ...] = field(init=False, eq=False, repr=False)
    _highs: tuple[float, ...] = field(init=False, eq=False, repr=False)
    _known: dict[float, Expectation | None] = field(init=False, eq=False, repr=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        refuse(
            self.faults(
                milestones=self.milestones,
                baseline=self.baseline,
                interpolation=self.interpolation,
                better=self.better,
                relative_to=self.relative_to,
            )
        )
        start: tuple[Point, ...] = () if self.baseline is None else (self.baseline,)
        points = start + self.milestones
        edges = [_edges(point) for point in points]
        way = self.milestones[0].bound.direction if self.milestones else self.better
        object.__setattr__(self, "_direction", way)
        object.__setattr__(self, "_points", points)
        object.__setattr__(self, "_positions", tuple(point.period.position for point in points))
        object.__setattr__(self, "_lows", tuple(low for low, _ in edges))
        object.__setattr__(self, "_highs", tuple(high for _, high in edges))

    @staticmethod
    def faults(
        *,
        milestones: tuple[Milestone | None, ...] | None = None,
        baseline: Baseline | None = None,
        interpolation: Interpolation | Easing | None = None,
        better: Direction | None = None,
        relative_to: Reference | None = None,
    ) -> Iterator[Problem]:
        """What is wrong between the fields, as far as they are known (None: a faulty milestone)."""
        if milestones == ():
            yield from _nothing_asked(better)
        milestones = milestones or ()
        known = [*places_of(None, milestones)]
        yield from _other_direction(known, better)
        if relative_to is not None and baseline is not None:
            yield Problem(
                place="baseline",
                expected=f"none, where figures are multiples of the {relative_to.value}",
                found=f"{baseline.value:g}",
            )
        yield from _disorder(known)
        yield from _mixed_directions(known)
        yield from _late_baseline(baseline, known)
        if interpolation is Interpolation.GEOMETRIC:
            yield from _not_geometric([*places_of(baseline, milestones)])

    @property
    def direction(self) -> Direction:
        """Which way is better; all milestones agree on it."""
        return self._direction

    @property
    def target(self) -> Milestone | None:
        """The final milestone; None for what the plan only watches."""
        return self.milestones[-1] if self.milestones else None

    @property
    def start(self) -> Period | None:
        """The first point's period, from which on something is expected; None without points."""
        return self._points[0].period if self._points else None

    @property
    def places(self) -> tuple[tuple[str, Point], ...]:
        """Each point with its place: `baseline`, `milestones[0]` ..."""
        return tuple(places_of(self.baseline, self.milestones))

    def answers(self, position: float) -> bool:
        """Whether a figure of that time answers a milestone: after the baseline, if there is one,
        or else from the first milestone on. Where there are no points, any figure tells something.
        """
        first = self._positions[0] if self._positions else -math.inf
        return position > first if self.baseline is not None else position >= first

    def at(self, when: Period | float) -> Expectation | None:
        """What is expected at a period or position; None while nothing is due.

        Raises InterpolationError where a caller's own interpolation gives no finite number.
        """
        position = when.position if isinstance(when, Period) else float(when)
        if position in self._known:
            return self._known[position]
        expectation = self._at(position)
        if len(self._known) < _REMEMBERED:
            self._known[position] = expectation
        return expectation

    def _at(self, position: float) -> Expectation | None:
        if math.isnan(position):
            raise ModelError(Problem(place="when", expected="a position in time", found="nan"))
        index = bisect_right(self._positions, position) - 1
        if index < 0 or not self.milestones:
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


def places_of(
    baseline: Baseline | None, milestones: Iterable[Milestone | None]
) -> Iterator[tuple[str, Point]]:
    """The points that are known, each with its place."""
    if baseline is not None:
        yield "baseline", baseline
    for index, milestone in enumerate(milestones):
        if milestone is not None:
            yield f"milestones[{index}]", milestone


Placed = list[tuple[str, Point]]


def _disorder(milestones: Placed) -> Iterator[Problem]:
    for (_, before), (place, after) in pairwise(milestones):
        if after.period.position <= before.period.position:
            yield Problem(
                place=f"{place}.period",
                expected=f"a period after {before.period}",
                found=str(after.period),
                hint="milestones stand in the order of time, one for each",
            )


def _mixed_directions(milestones: Placed) -> Iterator[Problem]:
    bounds = [(place, each.bound) for place, each in milestones if isinstance(each, Milestone)]
    for place, bound in bounds[1:]:
        first = bounds[0][1]
        if bound.direction is not first.direction:
            yield Problem(
                place=place,
                expected=f"a bound of the first one's direction, {first.direction.value}",
                found=f"{bound.kind.value}, {bound.direction.value}",
                hint="an indicator has one direction; split it where the plan wants two",
            )


def _nothing_asked(better: Direction | None) -> Iterator[Problem]:
    if better is None or better is Direction.WITHIN:
        yield Problem(
            place="milestones",
            expected="at least one milestone",
            found="none",
            hint="what is only watched says which way is better: better = up or down",
        )


def _other_direction(milestones: Placed, better: Direction | None) -> Iterator[Problem]:
    for place, each in milestones[:1]:
        if better is not None and isinstance(each, Milestone):
            way = each.bound.direction
            if way is not better:
                yield Problem(
                    place="better",
                    expected=f"the direction of {place}, {way.value}, or nothing",
                    found=better.value,
                )


def _late_baseline(baseline: Baseline | None, milestones: Placed) -> Iterator[Problem]:
    first = min((each.period for _, each in milestones), default=None)
    if baseline and first and baseline.period.position >= first.position:
        yield Problem(
            place="baseline.period",
            expected=f"a period before the first milestone, {first}",
            found=str(baseline.period),
        )


def _not_geometric(points: Placed) -> Iterator[Problem]:
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
