"""Indicator: what is measured, how its values add up over time, and what is expected of it."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from typing import Any

from attrs import Attribute, evolve, field, frozen

from ipplan import units
from ipplan.choices import choose
from ipplan.errors import Problem, UnitError
from ipplan.model.bound import Bound, Direction
from ipplan.model.fields import (
    as_float_or_none,
    as_ids,
    as_tuple,
    each_is,
    finite_or_none,
    is_a,
    optional_clause,
    refuse,
    snake_case,
)
from ipplan.model.trajectory import Expectation, Trajectory
from ipplan.periods import Period
from ipplan.text import Text

__all__ = ["Accrual", "Assumption", "Indicator"]


class Accrual(enum.Enum):
    """How an indicator's values add up over time."""

    LEVEL = "level"
    """A stock at a date."""
    FLOW = "flow"
    """An amount within the period; reported within a year, the amount since its first day."""
    CUMULATIVE = "cumulative"
    """A running total since the plan's start."""
    RATE = "rate"
    """A share, a growth rate or another quotient."""


_FACTORS = {"percent": 100.0, "percentage_point": 100.0, "no_unit": 1.0}
"""Units of what is a quotient or an index, and what its numerator over denominator is times."""


@frozen(kw_only=True)
class Assumption:
    """What matters and the plan's text does not say: `about` what, and how it is read."""

    about: str = field(validator=snake_case)
    text: Text = field(validator=is_a(Text))


def _accrual(value: Accrual | str) -> Accrual:
    return choose(Accrual, value, place="accrual")


def _assumptions(values: Iterable[Assumption]) -> tuple[Assumption, ...]:
    return as_tuple(values)


def _known_unit(_instance: object, attribute: Attribute[Any], unit: object) -> None:
    try:
        units.unit_name(str(unit))
    except UnitError as error:
        raise UnitError(*error.within(attribute.name)) from None


@frozen(kw_only=True)
class Indicator:
    """A measured quantity with a trajectory; every figure of it is in `unit`.

    `limit` is the natural limit of the quantity (100 % of all households), where it has one;
    `per` says that it is a quotient, its numerator over its denominator times `per` (10,000 for
    what is counted for every ten thousand people; 100 for a percentage, which needs not say so);
    `tasks` are the ids of the tasks that it measures; `same_as` is the id of another indicator that
    reads as the same thing, in another clause.

    >>> from ipplan import Bound, Milestone
    >>> pledges = Indicator(
    ...     id="pledge_financing",
    ...     name=Text(zh="质押融资金额", en="Pledge financing"),
    ...     unit="亿元",
    ...     accrual="flow",
    ...     trajectory=Trajectory(milestones=[Milestone(period=2017, bound=Bound.at_least(10))]),
    ... )
    >>> pledges.expected(Period.of("2017-H1")).bound
    Bound(kind=<BoundKind.AT_LEAST: 'at_least'>, low=5.0, high=5.0)
    """

    id: str = field(validator=snake_case)
    name: Text = field(validator=is_a(Text))
    unit: str = field(validator=[is_a(str), _known_unit])
    accrual: Accrual = field(converter=_accrual)
    trajectory: Trajectory = field(validator=is_a(Trajectory))
    limit: float | None = field(default=None, converter=as_float_or_none, validator=finite_or_none)
    per: float | None = field(default=None, converter=as_float_or_none, validator=finite_or_none)
    clause: str = field(default="", validator=optional_clause)
    tasks: tuple[str, ...] = field(default=(), converter=as_ids, validator=each_is(str))
    same_as: str | None = field(default=None, validator=is_a(str, type(None)))
    description: Text | None = field(default=None, validator=is_a(Text, type(None)))
    assumptions: tuple[Assumption, ...] = field(
        default=(), converter=_assumptions, validator=each_is(Assumption)
    )

    def __attrs_post_init__(self) -> None:
        refuse(self.faults(accrual=self.accrual, trajectory=self.trajectory, per=self.per))

    @staticmethod
    def faults(
        *,
        accrual: Accrual | None = None,
        trajectory: Trajectory | None = None,
        per: float | None = None,
        **_others: object,
    ) -> Iterator[Problem]:
        """What is wrong between the fields, as far as they are known."""
        if per is not None and per <= 0.0:
            yield Problem(place="per", expected="a number above zero", found=f"{per:g}")
        if accrual is Accrual.FLOW and trajectory is not None:
            yield from _part_years(trajectory)

    @property
    def direction(self) -> Direction:
        """Which way is better."""
        return self.trajectory.direction

    @property
    def target(self) -> Bound | None:
        """The bound of the final milestone; None for what the plan only watches."""
        last = self.trajectory.target
        return None if last is None else last.bound

    @property
    def quotient(self) -> float | None:
        """What the numerator over the denominator is multiplied by; None for what is no quotient.

        A quotient is what has a `per`, what accrues as a rate, and what is in percent, percentage
        points or without a unit, as indices are. Its figures neither add up over regions nor split.
        """
        factor = _FACTORS.get(units.unit_name(self.unit))
        if self.per is not None or factor is not None:
            return self.per or factor
        return 1.0 if self.accrual is Accrual.RATE else None

    def is_due(self, period: Period) -> bool:
        """Whether a figure for the period answers a milestone; for a flow, one of its year.

        The baseline is known already: reporting it once more answers nothing.
        """
        flow = self.accrual is Accrual.FLOW
        return self.trajectory.answers(float(period.year) if flow else period.position)

    def expected(self, period: Period) -> Expectation | None:
        """What is expected for a period; None while nothing is due.

        A flow's period within a year is read as the amount since the year's first day, and compared
        with the year's expected amount times the share of the year that is over. Where the
        trajectory is relative, the bound's figures are multiples.
        """
        if self.accrual is not Accrual.FLOW or period.elapsed == 1.0:
            return self.trajectory.at(period)
        whole = self.trajectory.at(float(period.year))
        if whole is None or self.trajectory.relative_to is not None:
            return whole  # a part of a year is compared with another such part, not with a share
        return evolve(
            whole, bound=whole.bound.scaled(period.elapsed), share=period.elapsed, whole=whole.bound
        )


def _part_years(trajectory: Trajectory) -> Iterator[Problem]:
    for place, point in trajectory.places:
        if point.period.elapsed < 1.0:
            yield Problem(
                place=f"{place}.period",
                expected="a whole year, for a flow",
                found=str(point.period),
                hint="state the year's amount; a part of a year is compared with its share of it",
            )
