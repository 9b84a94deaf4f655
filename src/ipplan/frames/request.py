"""Request: what is asked of a frame, and the lookup table that answers it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from attrs import field, frozen

from ipplan import units
from ipplan.assessment.planned import Planned
from ipplan.assessment.policy import Policy, default_policy
from ipplan.choices import choose
from ipplan.errors import ModelError, Problem
from ipplan.frames.duplicates import Duplicates
from ipplan.frames.keys import Columns, Factor, Read, read_keys
from ipplan.frames.lookup import Entry, Measured, aside, entry_of, measured_by
from ipplan.frames.outcome import classes_of, unwritten
from ipplan.frames.types import Kind
from ipplan.model.door import Door
from ipplan.model.fields import refuse
from ipplan.model.intake import Faulty
from ipplan.periods import Period
from ipplan.reasons import SetAside
from ipplan.scoring import ScoringRule
from ipplan.status import AnyScale

__all__ = ["Request", "Table"]


@frozen(kw_only=True)
class Table:
    """The lookup table: an entry for each indicator and period, and for what is unknown.

    Its row for an indicator and a period is `indicators[spelling] * width + periods[spelling]`;
    what no spelling is known for has the last place of each. `factors`: what a value in a unit is
    multiplied and divided by, by the id of the indicator and the spelling of the unit.
    """

    ids: tuple[str, ...]
    times: tuple[Period, ...]
    indicators: Mapping[Any, int]
    periods: Mapping[Any, int]
    factors: Mapping[tuple[str, Any], Factor | None]
    references: bool
    measured: tuple[Mapping[str, Measured], ...] = field(repr=False)

    @property
    def width(self) -> int:
        """How many places there are for periods."""
        return len(self.times) + 1

    @property
    def unknown_indicator(self) -> int:
        """The code of an indicator that is not known."""
        return len(self.ids)

    @property
    def unknown_period(self) -> int:
        """The code of a period that is not known."""
        return len(self.times)

    def entry(self, indicator: int, period: int) -> Entry:
        """The entry of two codes."""
        if indicator == self.unknown_indicator:
            return aside(SetAside.UNKNOWN_INDICATOR)
        if period == self.unknown_period:
            return aside(SetAside.UNKNOWN_PERIOD)
        own = self.measured[period].get(self.ids[indicator])
        if own is None:
            return aside(SetAside.NOT_IN_FORCE)
        return entry_of(own, self.times[period], references=self.references)

    def entries(self) -> tuple[Entry, ...]:
        """Every entry, in the order of the table's rows."""
        codes = range(len(self.ids) + 1), range(self.width)
        return tuple(self.entry(*pair) for pair in product(*codes))


@frozen(kw_only=True)
class Request:
    """What is asked: the columns to read, what they are checked against, and how they are assessed.

    `measured` gives what the version of the plan for a period measures, `statuses` are the ids of
    all classes that a status can be. `periods`: the values of the period column that occur, where
    nothing is to be read in advance.
    """

    columns: Columns
    door: Door
    measured: Callable[[Period], Mapping[str, Measured]] = field(repr=False)
    statuses: tuple[str, ...]
    periods: tuple[Any, ...] | None = None
    faulty: Faulty = Faulty.REFUSE
    duplicates: Duplicates = Duplicates.ALLOW

    def table(
        self,
        *,
        indicators: Iterable[Any],
        periods: Iterable[Any],
        pairs: Iterable[tuple[Any, Any]] = (),
    ) -> Table:
        """The lookup table for spellings that occur.

        Raises ActualsError, with all that is unknown, unless that is to be set aside.
        """
        read = read_keys(
            self.door, self.columns, indicators=indicators, periods=periods, pairs=pairs
        )
        if self.faulty is Faulty.REFUSE:
            read.refuse()
        return self._table(read)

    def listed(self, kind: Kind) -> Table:
        """The lookup table for the periods that were listed, and every name of an indicator.

        `kind` is what the column of periods holds.
        """
        names = self.door.spellings()
        known = {given: self.door.period(given) for given in self.periods or ()}
        periods = {
            spelling: None
            for given, each in known.items()
            for spelling in _spelled(kind, each, given)
        }
        pairs: Iterable[tuple[Any, Any]] = ()
        if self.columns.unit is not None:
            pairs = [
                (each.id, spelling)
                for each in self.door.indicators.values()
                for spelling in (None, *units.spellings_like(each.unit))
            ]
        return self.table(indicators=names, periods=periods, pairs=pairs)

    def _table(self, read: Read) -> Table:
        ids = tuple(dict.fromkeys(id for id in read.indicators.values() if id is not None))
        # Periods that end together are one: 2018-06, 2018-H1, 2018-Q2 and the last of June.
        ends = {time.position: time for time in read.periods.values() if time is not None}
        times = tuple(ends[position] for position in sorted(ends))
        places = {id: place for place, id in enumerate(ids)}
        columns = {time.position: place for place, time in enumerate(times)}
        return Table(
            ids=ids,
            times=times,
            indicators={each: places[id] for each, id in read.indicators.items() if id is not None},
            periods={
                each: columns[time.position]
                for each, time in read.periods.items()
                if time is not None
            },
            factors=read.factors,
            references=self.columns.reference is not None,
            measured=tuple(self.measured(time) for time in times),
        )


def _spelled(kind: Kind, period: Period, given: Any) -> Sequence[Any]:
    """How a column of some kind writes a period that was listed."""
    if kind in {Kind.WHOLE, Kind.REAL}:
        return [period.year] if period.elapsed == 1.0 else []
    if kind in {Kind.DATE, Kind.TIME}:
        return [period.end]
    return [*dict.fromkeys((str(period), str(given)))]


def _rules(plan: Planned, policy: Policy) -> Iterator[tuple[ScoringRule, AnyScale]]:
    """Every rule that a plan and its sub-plans are assessed by, with its status scale."""
    for rule in policy.every_rule:
        yield rule, policy.statuses_of(rule)
    for part in plan.subplans.values():
        yield from _rules(part, part.policy or policy.general)


def _measured(plan: Planned, policy: Policy) -> Mapping[str, Measured]:
    """What a plan measures; raises ModelError for a policy that does not fit it, or frames."""
    if policy.baseline_from is not None:
        raise ModelError(
            Problem(
                place="policy.baseline_from",
                expected="none, where the rows of a frame are assessed one by one",
                found=str(policy.baseline_from),
                hint="state the baselines in the plan",
            )
        )
    refuse(policy.unfit(plan.indicators))
    return measured_by(plan, policy)


def request_of(
    door: Door,
    plan: Planned,
    version: Callable[[Period], Planned],
    *,
    by: Iterable[str] | str,
    policy: Policy | None,
    periods: Iterable[Any] | None,
    faulty: Faulty | str,
    duplicates: Duplicates | str,
    **columns: Any,
) -> Request:
    """The request that options ask for; `version` gives the plan as it holds for a period.

    Raises ModelError where a policy does not fit a version, or takes baselines from figures, which
    no row knows of another.
    """
    versions: dict[int, tuple[Planned, Mapping[str, Measured]]] = {}

    def measured(period: Period) -> Mapping[str, Measured]:
        plan = version(period)
        if id(plan) not in versions:
            versions[id(plan)] = (plan, _measured(plan, policy or plan.policy or default_policy()))
        return versions[id(plan)][1]

    rules = [*_rules(plan, policy or plan.policy or default_policy())]
    refuse(problem for rule, _ in rules if (problem := unwritten(rule)) is not None)
    return Request(
        columns=Columns(by=(by,) if isinstance(by, str) else tuple(by), **columns),
        door=door,
        measured=measured,
        statuses=tuple(dict.fromkeys(each.id for _, scale in rules for each in classes_of(scale))),
        periods=None if periods is None else tuple(periods),
        faulty=choose(Faulty, faulty, place="faulty"),
        duplicates=choose(Duplicates, duplicates, place="duplicates"),
    )
