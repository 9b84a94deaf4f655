"""Versions: a plan as it was issued or as it was amended, and which of them was assessed."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping

from attrs import frozen

from ipplan.model.amendment import Amendment
from ipplan.model.delivery import DeliveryReport
from ipplan.model.observation import Observation

__all__ = ["Version", "VersionUsed"]


class Version(enum.Enum):
    """Which version of a plan is assessed."""

    IN_FORCE = "in_force"
    """As amended up to the last day of the as-of period."""
    ORIGINAL = "original"
    """As issued, without its amendments."""


@frozen(kw_only=True)
class VersionUsed:
    """The version of the plan that an assessment used.

    `counted` are the amendments that it has in it, `not_counted` those that the plan has beside
    them. `set_aside` is what was reported of things that this version does not have.
    """

    counted: tuple[Amendment, ...] = ()
    not_counted: tuple[Amendment, ...] = ()
    set_aside: tuple[Observation | DeliveryReport, ...] = ()

    @classmethod
    def of(
        cls,
        amendments: Mapping[str, Amendment],
        amended_by: Iterable[str],
        *,
        set_aside: Iterable[Observation | DeliveryReport] = (),
    ) -> VersionUsed:
        """The version that has the amendments of these ids in it, of all that the plan has."""
        done = {*amended_by}
        return cls(
            counted=tuple(each for id, each in amendments.items() if id in done),
            not_counted=tuple(each for id, each in amendments.items() if id not in done),
            set_aside=tuple(set_aside),
        )
