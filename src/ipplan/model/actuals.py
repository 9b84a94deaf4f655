"""Actuals: what was observed and delivered, where it was published, and where sources disagree."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator
from typing import Any, TypeAlias

from attrs import evolve, field, frozen

from ipplan.errors import ActualsError, ModelError, Problem, shown
from ipplan.model.bound import same
from ipplan.model.delivery import Delivery, DeliveryReport
from ipplan.model.fields import as_float, as_tuple, each_is, finite
from ipplan.model.observation import Observation, Origin, Verification, as_origins
from ipplan.periods import Period

__all__ = ["Actuals", "Reported", "repetitions"]

_RANKS = {verification: rank for rank, verification in enumerate(Verification)}


@frozen(kw_only=True)
class Reported:
    """The observation that counts for a time, and those of the same time that do not.

    Values that differ by no more than `tolerance` of the larger do not disagree.
    """

    taken: Observation
    others: tuple[Observation, ...] = ()
    tolerance: float = 0.0

    @property
    def conflicts(self) -> tuple[Observation, ...]:
        """The others whose value differs from the one taken."""
        return tuple(other for other in self.others if self._differs(other.value))

    def _differs(self, value: float) -> bool:
        taken = self.taken.value
        if same(value, taken):
            return False
        return abs(value - taken) > self.tolerance * max(abs(value), abs(taken)) * (1.0 + 1e-12)


def _observations(values: Iterable[Observation]) -> tuple[Observation, ...]:
    return as_tuple(values)


def _reports(values: Iterable[DeliveryReport]) -> tuple[DeliveryReport, ...]:
    return as_tuple(values)


def _problems(values: Iterable[Problem]) -> tuple[Problem, ...]:
    return as_tuple(values)


def _prefer(values: Iterable[Origin | str]) -> tuple[Origin, ...]:
    try:
        return as_origins(values)
    except ModelError as error:
        raise ModelError(*error.within("prefer")) from None


ByTime: TypeAlias = dict[str, tuple[tuple[float, ...], tuple[Reported, ...]]]


@frozen(kw_only=True)
class Actuals:
    """Observations, benchmarks and reports of deliverables, in the order given.

    Several sources may report one indicator and time: that of the first origin in `prefer` counts,
    then the better verified, then the earlier given, and the others stay visible; they disagree
    where they differ by more than `tolerance`, a share of the larger figure. `benchmarks` are
    figures of other bodies, such as a national average, for indicators that are relative to them.
    `problems` are those of entries that were set aside. The same source twice for one time is an
    ActualsError.

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
    benchmarks: tuple[Observation, ...] = field(
        default=(), converter=_observations, validator=each_is(Observation)
    )
    reports: tuple[DeliveryReport, ...] = field(
        default=(), converter=_reports, validator=each_is(DeliveryReport)
    )
    prefer: tuple[Origin, ...] = field(default=(), converter=_prefer, validator=each_is(Origin))
    tolerance: float = field(default=0.0, converter=as_float, validator=finite)
    problems: tuple[Problem, ...] = field(
        default=(), converter=_problems, validator=each_is(Problem)
    )
    checked_against: object = field(default=None, init=False, eq=False, repr=False)
    """What a door has checked them against already, so that it need not do so again."""
    _reported: ByTime = field(init=False, eq=False, repr=False)
    _compared: ByTime = field(init=False, eq=False, repr=False)
    _delivered: dict[str, tuple[DeliveryReport, ...]] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        repeated = repetitions(
            observations=self.observations, benchmarks=self.benchmarks, reports=self.reports
        )
        problems = [problem for _, problem in repeated]
        if problems:
            raise ActualsError(*problems)
        object.__setattr__(self, "_reported", self._ranked(self.observations))
        object.__setattr__(self, "_compared", self._ranked(self.benchmarks))
        delivered: dict[str, list[DeliveryReport]] = {}
        for report in sorted(self.reports, key=lambda report: report.at):
            delivered.setdefault(report.deliverable, []).append(report)
        every = {id: tuple(reports) for id, reports in delivered.items()}
        object.__setattr__(self, "_delivered", every)

    def _ranked(self, observations: tuple[Observation, ...]) -> ByTime:
        by_time: dict[str, dict[float, list[Observation]]] = {}
        for each in observations:
            times = by_time.setdefault(each.indicator, {})
            times.setdefault(each.period.position, []).append(each)
        ranked = {}
        for indicator, times in by_time.items():
            positions = tuple(sorted(times))
            reports = tuple(self._first(times[position]) for position in positions)
            ranked[indicator] = (positions, reports)
        return ranked

    def _first(self, group: list[Observation]) -> Reported:
        taken, *others = group if len(group) == 1 else sorted(group, key=self._rank)
        return Reported(taken=taken, others=tuple(others), tolerance=self.tolerance)

    def _rank(self, observation: Observation) -> tuple[int, int]:
        preferred = observation.origin in self.prefer
        origin = self.prefer.index(observation.origin) if preferred else len(self.prefer)
        return origin, _RANKS[observation.verification]

    def of(self, indicator: str) -> tuple[Reported, ...]:
        """All that was reported for an indicator id, in the order of time."""
        return self._reported.get(indicator, ((), ()))[1]

    def latest(self, indicator: str, as_of: Period) -> Reported | None:
        """The latest report for an indicator that is not after `as_of`; None if there is none."""
        positions, reports = self._reported.get(indicator, ((), ()))
        index = bisect_right(positions, as_of.position)
        return reports[index - 1] if index else None

    def benchmark(self, indicator: str, at: Period) -> Reported | None:
        """What an indicator is compared with at a period; None where it was not reported."""
        positions, reports = self._compared.get(indicator, ((), ()))
        index = bisect_right(positions, at.position)
        found = index and same(positions[index - 1], at.position)
        return reports[index - 1] if found else None

    def delivery(self, deliverable: str, as_of: Period) -> DeliveryReport | None:
        """The latest report of a deliverable that is not after `as_of`; None if there is none."""
        found = None
        for report in self._delivered.get(deliverable, ()):
            if report.at > as_of.position:
                break
            found = report
        return found

    def only(self, measured: Container[str], promised: Container[str]) -> Actuals:
        """What is about these indicators and deliverables; problems belong to the whole."""
        return evolve(
            self,
            observations=[each for each in self.observations if each.indicator in measured],
            benchmarks=[each for each in self.benchmarks if each.indicator in measured],
            reports=[each for each in self.reports if each.deliverable in promised],
            problems=(),
        )

    @property
    def last_period(self) -> Period | None:
        """The latest period that anything was reported for."""
        periods = [each.period for each in self.observations]
        periods += [each.period for each in self.reports if each.period is not None]
        return max(periods, default=None)

    @property
    def conflicts(self) -> tuple[Reported, ...]:
        """The reports in which sources give different values for one indicator and time."""
        reports = (report for _, reports in self._reported.values() for report in reports)
        return tuple(report for report in reports if report.conflicts)

    def __len__(self) -> int:
        return len(self.observations) + len(self.benchmarks) + len(self.reports)


Contradiction: TypeAlias = tuple[tuple[Any, Any], Problem]
"""Two entries that cannot both hold, the later of them told as the problem."""


def repetitions(
    *,
    observations: Iterable[Observation],
    benchmarks: Iterable[Observation],
    reports: Iterable[DeliveryReport],
) -> Iterator[Contradiction]:
    """What one source says twice of one time, and what cannot hold of one deliverable."""
    yield from _repeated(observations, "")
    yield from _repeated(benchmarks, "the benchmark of ")
    told: dict[str, list[DeliveryReport]] = {}
    for report in reports:
        told.setdefault(report.deliverable, []).append(report)
    for every in told.values():
        yield from _told_twice(every)


def _repeated(observations: Iterable[Observation], noun: str) -> Iterator[Contradiction]:
    firsts: dict[tuple[Any, ...], Observation] = {}
    for each in observations:
        key = (each.indicator, each.period.position, each.source, each.origin)
        if (first := firsts.get(key)) is None:
            firsts[key] = each
        else:
            problem = Problem(
                place=each.place,
                expected=f"one value a source for {noun}{each.indicator} in {each.period}",
                found=f"{shown(each.value)} beside {shown(first.value)}{_where(first)}",
                hint="remove one, or name the source or origin of each: "
                "a conflict of sources is kept and shown",
            )
            yield (first, each), problem


def _told_twice(reports: list[DeliveryReport]) -> Iterator[Contradiction]:
    """A deliverable has one state at a time, and is done once: what is done stays so."""
    times: dict[float, DeliveryReport] = {}
    for report in reports:
        if (first := times.get(report.at)) is not None:
            problem = Problem(
                place=report.place,
                expected=f"one report of {report.deliverable} for {report.period}",
                found=f"{report.status.value} beside {first.status.value}{_where(first)}",
                hint="remove one: a deliverable has one state at a time",
            )
            yield (first, report), problem
        else:
            times[report.at] = report
    done: DeliveryReport | None = None
    for report in sorted(times.values(), key=lambda each: each.at):
        if done is not None and (report.status, report.date) != (done.status, done.date):
            also = f" on {report.date}" if report.status is Delivery.DONE else ""
            problem = Problem(
                place=report.place,
                expected=f"{report.deliverable} done on {done.date}, as reported{_where(done)}",
                found=f"{report.status.value}{also}",
                hint="what is done stays done, on one date: correct or remove the wrong report",
            )
            yield (done, report), problem
        elif report.status is Delivery.DONE:
            done = report


def _where(first: Observation | DeliveryReport) -> str:
    return f" at {first.place}" if first.place else ""
