"""Phase: a stretch of the plan's time with an aim of its own."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from ipplan.errors import Problem
from ipplan.model.fields import (
    as_period,
    ends_before_start,
    is_a,
    is_period,
    optional_clause,
    refuse,
    snake_case,
)
from ipplan.periods import Period
from ipplan.text import Text

__all__ = ["Phase"]


@frozen(kw_only=True)
class Phase:
    """A phase, from the first day of `start` to the last day of `end`."""

    id: str = field(validator=snake_case)
    name: Text = field(validator=is_a(Text))
    start: Period = field(converter=as_period, validator=is_period)
    end: Period = field(converter=as_period, validator=is_period)
    clause: str = field(default="", validator=optional_clause)
    description: Text | None = field(default=None, validator=is_a(Text, type(None)))

    def __attrs_post_init__(self) -> None:
        refuse(self.faults(start=self.start, end=self.end))

    @staticmethod
    def faults(
        *, start: Period | None = None, end: Period | None = None, **_others: object
    ) -> Iterator[Problem]:
        """What is wrong between the fields, as far as they are known."""
        yield from ends_before_start(start, end)
