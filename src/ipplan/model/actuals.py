"""Actuals: what was observed, where it was published, and where sources disagree."""

from __future__ import annotations

import enum
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from attrs import field, frozen

from ipplan.choices import choose
from ipplan.errors import ActualsError, Problem, shown
from ipplan.model.bound import same
from ipplan.model.fields import as_float, as_period, as_tuple, each_is, finite, is_period, printable
from ipplan.periods import Period

__all__ = ["Actuals", "Observation", "Reported", "Verification"]


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


_RANKS = {verification: rank for rank, verification in enumerate(Verification)}


def _verification(value: Verification | str) -> Verification:
    return choose(Verification, value, place="verification")


@frozen(kw_only=True)
class Observation:
    """One actual: the value of an indicator for a period, in `unit` (empty: the indicator's own).

    `place` says where it was read and `written` how it stood there; both serve messages and do not
    count when observations are compared.

    >>> Observation(indicator="pct_applications", period=2018, value=39).period
    Period('2018')
    """

    indicator: str = field(validator=printable)
    period: Period = field(converter=as_period, validator=is_period)
    value: float = field(converter=as_float, validator=finite)
    unit: str = field(default="", validator=printable)
    source: str = field(default="", validator=printable)
    address: str = field(default="", validator=printable)
    note: str = field(default="", validator=printable)
    verification: Verification = field(default=Verification.NOT_STATED, converter=_verification)
    place: str = field(default="", eq=False, validator=printable)
    written: str = field(default="", eq=False, validator=printable)


@frozen(kw_only=True)
class Reported:
    """The observation that counts for a time, and those of the same time that do not."""

    taken: Observation
    others: tuple[Observation, ...] = ()

    @property
    def conflicts(self) -> tuple[Observation, ...]:
        """The others whose value differs from the one taken."""
        return tuple(other for other in self.others if not same(other.value, self.taken.value))


def _observations(values: Iterable[Observation]) -> tuple[Observation, ...]:
    return as_tuple(values)


@frozen(kw_only=True)
class Actuals:
    """Observations in the order given, found by indicator and time.

    Several sources may report one indicator and time: the better verified counts, then the earlier
    given, and the others stay visible. The same source twice for one time is an ActualsError.

    >>> actuals = Actuals(
    ...     observations=[
    ...         Observation(indicator="patents", period=2015, value=1.58, verification="derived"),
    ...         Observation(indicator="patents", period=2015, value=1.59, source="a report"),
    ...     ]
    ... )
    >>> actuals.latest("patents", Period.of(2016)).taken.value
    1.59
    """

    observations: tuple[Observation, ...] = field(
        default=(), converter=_observations, validator=each_is(Observation)
    )
    _reported: dict[str, tuple[tuple[float, ...], tuple[Reported, ...]]] = field(
        init=False, eq=False, repr=False
    )

    def __attrs_post_init__(self) -> None:
        by_time: dict[str, dict[float, list[Observation]]] = {}
        for observation in self.observations:
            times = by_time.setdefault(observation.indicator, {})
            times.setdefault(observation.period.position, []).append(observation)
        problems = [
            problem
            for times in by_time.values()
            for group in times.values()
            for problem in _repeated(group)
        ]
        if problems:
            raise ActualsError(*problems)
        reported = {}
        for indicator, times in by_time.items():
            positions = tuple(sorted(times))
            reported[indicator] = (positions, tuple(_ranked(times[at]) for at in positions))
        object.__setattr__(self, "_reported", reported)

    def of(self, indicator: str) -> tuple[Reported, ...]:
        """All that was reported for an indicator id, in the order of time."""
        return self._reported.get(indicator, ((), ()))[1]

    def latest(self, indicator: str, as_of: Period) -> Reported | None:
        """The latest report for an indicator that is not after `as_of`; None if there is none."""
        positions, reports = self._reported.get(indicator, ((), ()))
        index = bisect_right(positions, as_of.position)
        return reports[index - 1] if index else None

    @property
    def last_period(self) -> Period | None:
        """The latest period that anything was reported for."""
        return max((observation.period for observation in self.observations), default=None)

    @property
    def conflicts(self) -> tuple[Reported, ...]:
        """The reports in which sources give different values for one indicator and time."""
        reports = (report for _, reports in self._reported.values() for report in reports)
        return tuple(report for report in reports if report.conflicts)

    def __len__(self) -> int:
        return len(self.observations)


def _ranked(group: list[Observation]) -> Reported:
    taken, *others = sorted(group, key=lambda observation: _RANKS[observation.verification])
    return Reported(taken=taken, others=tuple(others))


def _repeated(group: list[Observation]) -> Iterator[Problem]:
    first_by_source: dict[str, Observation] = {}
    for observation in group:
        first = first_by_source.setdefault(observation.source, observation)
        if first is observation:
            continue
        where = f" at {first.place}" if first.place else ""
        yield Problem(
            place=observation.place,
            expected=f"one value a source for {observation.indicator} in {observation.period}",
            found=f"{shown(observation.value)} beside {shown(first.value)}{where}",
            hint="remove one, or name the source of each: a conflict of sources is kept and shown",
        )
