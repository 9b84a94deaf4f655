"""Delivery: what was reported of a deliverable, and how far it has come."""

from __future__ import annotations

import enum
from collections.abc import Iterator

from attrs import field, frozen

from ipplan.choices import choose
from ipplan.errors import Problem, shown
from ipplan.model.fields import (
    as_float_or_none,
    as_period_or_none,
    finite_or_none,
    is_period_or_none,
    printable,
    refuse,
)
from ipplan.model.observation import Verification, as_verification
from ipplan.periods import Period

__all__ = ["Delivery", "DeliveryReport"]


class Delivery(enum.Enum):
    """How far a deliverable has come."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    """Begun, with the share that is done."""
    DONE = "done"
    """Finished, with the date."""
    CANCELLED = "cancelled"
    """Given up, with the reason."""


def _delivery(value: Delivery | str) -> Delivery:
    return choose(Delivery, value, place="status")


@frozen(kw_only=True)
class DeliveryReport:
    """How far a deliverable had come by a period: its `status`, and what goes with it.

    `share` of the work, from 0 to 1, goes with what is in progress; the `date` with what is done,
    and stands for the period where none is given; the `reason` with what is cancelled. `place` says
    where it was read and does not count when reports are compared.

    >>> report = DeliveryReport(deliverable="3.1.1.2", status="done", date="2016-12-01")
    >>> report.period
    Period('2016-12-01')
    """

    deliverable: str = field(validator=printable)
    status: Delivery = field(converter=_delivery)
    date: Period | None = field(
        default=None, converter=as_period_or_none, validator=is_period_or_none
    )
    share: float | None = field(default=None, converter=as_float_or_none, validator=finite_or_none)
    reason: str = field(default="", validator=printable)
    period: Period | None = field(
        default=None, converter=as_period_or_none, validator=is_period_or_none
    )
    evidence: str = field(default="", validator=printable)
    source: str = field(default="", validator=printable)
    address: str = field(default="", validator=printable)
    note: str = field(default="", validator=printable)
    verification: Verification = field(default=Verification.NOT_STATED, converter=as_verification)
    place: str = field(default="", eq=False, validator=printable)

    def __attrs_post_init__(self) -> None:
        if self.period is None:
            object.__setattr__(self, "period", self.date)
        refuse(
            self.faults(
                status=self.status,
                period=self.period,
                date=self.date,
                share=self.share,
                reason=self.reason,
            )
        )

    @staticmethod
    def faults(
        *,
        status: Delivery | None = None,
        period: Period | None = None,
        date: Period | None = None,
        share: float | None = None,
        reason: str = "",
        **_others: object,
    ) -> Iterator[Problem]:
        """What is wrong between the fields, as far as they are known."""
        if status is None:
            return
        given = {"share": share, "date": date, "reason": reason or None}
        for name, value in given.items():
            wanted = _GOES_WITH[name] is status
            if wanted and value is None:
                yield Problem(
                    place=name, expected=f"the {name} of what is {status.value}", found="none"
                )
            elif value is not None and not wanted:
                expected = f"none for what is {status.value}"
                found = str(value) if isinstance(value, Period) else shown(value)
                yield Problem(place=name, expected=expected, found=found)
        if share is not None and not 0.0 <= share <= 1.0:
            hint = "60 % is written 60% or 0.6" if share > 1.0 else ""
            expected = "a share from 0 to 1"
            yield Problem(place="share", expected=expected, found=shown(share), hint=hint)
        if period is None and status is not Delivery.DONE:
            yield Problem(place="period", expected="when it was so", found="none")
        if date is not None and period is not None and date.start > period.end:
            yield Problem(
                place="date", expected=f"a date not after the period, {period}", found=str(date)
            )

    @property
    def at(self) -> float:
        """The position in time that the report tells of."""
        return 0.0 if self.period is None else self.period.position


_GOES_WITH = {"share": Delivery.IN_PROGRESS, "date": Delivery.DONE, "reason": Delivery.CANCELLED}
