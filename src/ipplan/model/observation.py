"""Observation: one reported figure, who it comes from and how far it can be relied on."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, cast

from attrs import field, frozen

from ipplan.choices import choose
from ipplan.errors import Gathered, ModelError, Problem, shown
from ipplan.model.fields import (
    as_float,
    as_float_or_none,
    as_period,
    as_tuple,
    finite,
    finite_or_none,
    is_period,
    printable,
    refuse,
)
from ipplan.periods import Period

__all__ = ["Observation", "Origin", "Verification", "as_origin", "as_origins", "as_verification"]


class Verification(enum.Enum):
    """How far a figure can be relied on, the best first."""

    PUBLISHED = "published"
    """Stated by a published source."""
    NOT_STATED = "not_stated"
    """Given without saying."""
    DERIVED = "derived"
    """Calculated from other published figures."""
    UNVERIFIED = "unverified"
    """Reported, and not checked by anyone."""


class Origin(enum.Enum):
    """Who a figure comes from."""

    STATISTICS = "statistics"
    """The statistics bureau."""
    THIRD_PARTY = "third_party"
    """An evaluator from outside."""
    SELF_REPORTED = "self_reported"
    """The body that answers for it."""
    NOT_STATED = "not_stated"
    """Given without saying."""


def as_verification(value: Verification | str) -> Verification:
    """How a figure was verified, or its name."""
    return choose(Verification, value, place="verification")


def as_origin(value: Origin | str) -> Origin:
    """Who a figure comes from, or its name."""
    return choose(Origin, value, place="origin")


def as_origins(values: Iterable[Origin | str]) -> tuple[Origin, ...]:
    """Origins, or their names; what is no list is left to the validators."""
    given: Any = as_tuple(values)
    if not isinstance(given, tuple):
        return cast("tuple[Origin, ...]", given)
    gathered = Gathered()
    origins = [
        gathered.attempt(f"[{index}]", partial(choose, Origin, each))
        for index, each in enumerate(given)
    ]
    gathered.finish(ModelError)
    return tuple(origin for origin in origins if origin is not None)


@frozen(kw_only=True)
class Observation:
    """One actual: the value of an indicator for a period, in `unit` (empty: the indicator's own).

    What is a quotient may state its `numerator` and `denominator`, so that it can be added up over
    regions. `place` says where it was read and `written` how it stood there; both serve messages
    and do not count when observations are compared.

    >>> Observation(indicator="pct_applications", period=2018, value=39).period
    Period('2018')
    """

    indicator: str = field(validator=printable)
    period: Period = field(converter=as_period, validator=is_period)
    value: float = field(converter=as_float, validator=finite)
    unit: str = field(default="", validator=printable)
    numerator: float | None = field(
        default=None, converter=as_float_or_none, validator=finite_or_none
    )
    denominator: float | None = field(
        default=None, converter=as_float_or_none, validator=finite_or_none
    )
    origin: Origin = field(default=Origin.NOT_STATED, converter=as_origin)
    source: str = field(default="", validator=printable)
    address: str = field(default="", validator=printable)
    note: str = field(default="", validator=printable)
    verification: Verification = field(default=Verification.NOT_STATED, converter=as_verification)
    place: str = field(default="", eq=False, validator=printable)
    written: str = field(default="", eq=False, validator=printable)

    def __attrs_post_init__(self) -> None:
        if self.numerator is not None or self.denominator is not None:
            refuse(self.faults(numerator=self.numerator, denominator=self.denominator))

    @staticmethod
    def faults(
        *, numerator: float | None = None, denominator: float | None = None, **_others: object
    ) -> Iterator[Problem]:
        """What is wrong between the fields, as far as they are known."""
        if (numerator is None) != (denominator is None):
            given = "numerator" if denominator is None else "denominator"
            yield Problem(
                place=given,
                expected="numerator and denominator, or neither",
                found=f"the {given} alone",
            )
        elif denominator is not None and denominator <= 0.0:
            yield Problem(
                place="denominator", expected="a number above zero", found=shown(denominator)
            )
