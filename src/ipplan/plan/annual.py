"""The annual plan: what is due in one year, who answers for it, and how far there is to go."""

from __future__ import annotations

import enum
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import evolve, field, frozen

from ipplan.errors import PeriodError, Problem
from ipplan.model.actuals import Actuals, Reported
from ipplan.model.bound import Bound
from ipplan.model.catalog import Catalog
from ipplan.model.deliverable import Promise
from ipplan.model.delivery import Delivery, DeliveryReport
from ipplan.model.department import Department
from ipplan.model.indicator import Accrual, Assumption, Indicator
from ipplan.model.links import Duty, PartKind, Role
from ipplan.model.observation import Observation
from ipplan.model.trajectory import Expectation, Milestone, Reference
from ipplan.model.version import VersionUsed
from ipplan.ops import FLOATS
from ipplan.periods import Grain, Period, PeriodLike
from ipplan.reasons import Reason
from ipplan.scoring.on_track import growth
from ipplan.text import Lang, Text

if TYPE_CHECKING:
    from ipplan.plan.plan import Plan

__all__ = [
    "AnnualPlan",
    "Basis",
    "DepartmentYear",
    "Owed",
    "YearDeliverable",
    "YearState",
    "YearTarget",
    "annual_plan",
    "last_known",
    "yearly_growth",
    "yearly_step",
]


class Basis(enum.Enum):
    """Where the figure expected at a year's end comes from."""

    MILESTONE = "milestone"
    """The plan states it for that year."""
    INTERPOLATED = "interpolated"
    """It lies between two points."""
    HELD = "held"
    """The last milestone is of an earlier year, and its bound still applies."""


class YearState(enum.Enum):
    """How a deliverable stands in a year."""

    DUE = "due"
    OVERDUE = "overdue"
    """It was due before the year, and is not reported done."""
    DONE = "done"
    CANCELLED = "cancelled"


_FINISHED = {Delivery.DONE: YearState.DONE, Delivery.CANCELLED: YearState.CANCELLED}


def yearly_step(start: float, end: float, years: float) -> float:
    """The same amount every year that leads from `start` to `end`.

    >>> yearly_step(8.0, 100.0, 4.0)
    23.0
    """
    return (end - start) / years


def yearly_growth(start: float, end: float, years: float) -> float | Reason:
    """The same growth every year that leads from `start` to `end`, as a rate; or why there is none.

    Of negative figures it is the growth of their size: from -4 to -1 in two years it is -0.5.

    >>> yearly_growth(50.0, 200.0, 2.0), yearly_growth(0.0, 5.0, 2.0)
    (1.0, <Reason.SIGN_CHANGE: 'sign_change'>)
    """
    if not (start > 0.0 < end or start < 0.0 > end):
        return Reason.SIGN_CHANGE
    rate = float(growth(start, end, years, FLOATS))
    # A rate of exactly -1 is one that rounding made of it: nothing would be left after a year.
    return rate if -1.0 < rate < math.inf else Reason.UNDEFINED


@frozen(kw_only=True)
class YearTarget:
    """An indicator or quota that is due in a year: what is expected at its end, and from where.

    `reported` is the last figure known when the year begins, of a flow that of a whole year;
    where nothing later was reported it is the baseline, and `from_baseline` says so. Steps are in
    the indicator's unit, each with its sign: expected, or target, less the last figure. A
    required step or growth is that of each year from the last figure to the final target. Where one
    of them is None, the `no_...` beside it is the reason. Of a band the nearer edge is aimed at.
    """

    indicator: Indicator
    year: Period
    expectation: Expectation
    reported: Reported | None = None
    from_baseline: bool = False
    quota: bool = False
    tasks: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The indicator's id."""
        return self.indicator.id

    @property
    def bound(self) -> Bound:
        """What is expected at the year's end; multiples while `relative`."""
        return self.expectation.bound

    @property
    def expected(self) -> float:
        """The bound as one figure."""
        return self.bound.value

    @property
    def relative(self) -> bool:
        """Whether the bound is a multiple of a figure that is not known."""
        way = self.indicator.trajectory
        return way.relative_to is not None and self.expectation.reference is None

    @property
    def basis(self) -> Basis:
        """Whether the plan states what is expected at the year's end."""
        if self.expectation.interpolated:
            return Basis.INTERPOLATED
        earlier = self.expectation.end.period.year < self.year.year
        return Basis.HELD if earlier else Basis.MILESTONE

    @property
    def within(self) -> tuple[Milestone, ...]:
        """The milestones within the year, before its end."""
        points = self.indicator.trajectory.milestones
        return tuple(
            each
            for each in points
            if each.period.year == self.year.year and each.period.elapsed < 1.0
        )

    @property
    def target(self) -> Milestone:
        """The final milestone; what is due has one."""
        return self.indicator.trajectory.milestones[-1]

    @property
    def last(self) -> Observation | None:
        """The last figure known when the year begins."""
        return None if self.reported is None else self.reported.taken

    @property
    def met(self) -> bool:
        """Whether the last figure would do for this year already."""
        return self.last is not None and not self.relative and self.bound.met_by(self.last.value)

    @property
    def step(self) -> float | None:
        """What is expected at the year's end, less the last figure; 0 within a band."""
        found = self._step
        return None if isinstance(found, Reason) else found

    @property
    def no_step(self) -> Reason | None:
        """Why there is no step."""
        found = self._step
        return found if isinstance(found, Reason) else None

    @property
    def _step(self) -> float | Reason:
        if self.last is None:
            return Reason.NOT_REPORTED
        if self.relative:
            return Reason.RELATIVE
        return _aim(self.bound, self.last.value) - self.last.value

    @property
    def required_step(self) -> float | None:
        """The amount a year that is needed from the last figure to the final target."""
        found = self._required_step
        return None if isinstance(found, Reason) else found

    @property
    def no_required_step(self) -> Reason | None:
        """Why there is no required step."""
        found = self._required_step
        return found if isinstance(found, Reason) else None

    @property
    def required_growth(self) -> float | None:
        """The growth a year, as a rate, that is needed from the last figure to the final target."""
        found = self._required_growth
        return None if isinstance(found, Reason) else found

    @property
    def no_required_growth(self) -> Reason | None:
        """Why there is no required growth."""
        found = self._required_growth
        return found if isinstance(found, Reason) else None

    @property
    def _required_step(self) -> float | Reason:
        way = self.way
        return way if isinstance(way, Reason) else yearly_step(*way)

    @property
    def _required_growth(self) -> float | Reason:
        way = self.way
        return way if isinstance(way, Reason) else yearly_growth(*way)

    @property
    def way(self) -> tuple[float, float, float] | Reason:
        """From which figure to which, and in how many years; or why nothing is required."""
        if self.indicator.trajectory.relative_to is not None:
            return Reason.RELATIVE
        if self.last is None:
            return Reason.NOT_REPORTED
        if self.target.bound.met_by(self.last.value):
            return Reason.TARGET_REACHED
        # A target of an earlier year cannot be reached in time, however old the last figure is.
        if self.target.period.position <= self.year.position - 1.0:
            return Reason.NO_TIME_LEFT
        years = self.target.period.position - self.last.period.position
        return self.last.value, _aim(self.target.bound, self.last.value), years

    def explain(self, lang: Lang | str = Lang.EN) -> str:
        """How the figures come about, in one line."""
        from ipplan.plan.annual_table import target_told

        return target_told(self, lang)


def _aim(bound: Bound, figure: float) -> float:
    """The figure that a bound asks for: of a band its nearer edge, or the figure itself within."""
    return figure if bound.low < figure < bound.high else bound.edge(figure)


@frozen(kw_only=True)
class YearDeliverable:
    """A deliverable that is due in a year or overdue from before, with its latest report by then.

    Reports of the year itself count too: what was done meanwhile is said to be.
    """

    promise: Promise
    year: Period
    report: DeliveryReport | None = None
    tasks: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The deliverable's id."""
        return self.promise.id

    @property
    def state(self) -> YearState:
        """Due, overdue, done or cancelled."""
        if self.report is not None and self.report.status in _FINISHED:
            return _FINISHED[self.report.status]
        return YearState.OVERDUE if _due_before(self.promise, self.year) else YearState.DUE


Item: TypeAlias = YearTarget | YearDeliverable
Later: TypeAlias = Indicator | Promise


@frozen(kw_only=True)
class Owed:
    """Indicators and quotas, and deliverables, that are owed in a year; `later` is yet to come."""

    targets: tuple[YearTarget, ...] = ()
    deliverables: tuple[YearDeliverable, ...] = ()
    later: tuple[Later, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of what is due or overdue."""
        targets = tuple(each.id for each in self.targets)
        return targets + tuple(each.id for each in self.deliverables)

    def __bool__(self) -> bool:
        return bool(self.targets or self.deliverables)


@frozen(kw_only=True)
class DepartmentYear:
    """What a department owes in a year: what it leads, and what it only supports.

    An item of several tasks stands once, led if any of them is; `duties` are the tasks. Where
    collectives are expanded, a duty says through which one a member has it.
    """

    department: Department
    duties: tuple[Duty, ...]
    leads: Owed
    supports: Owed

    @property
    def id(self) -> str:
        """The department's id."""
        return self.department.id

    def __bool__(self) -> bool:
        return bool(self.leads or self.supports)


@frozen(kw_only=True)
class AnnualPlan:
    """What a plan asks for in one year (年度推进计划), as a whole and of each department.

    `targets` and `deliverables` hold each item once; `departments` every department, also one that
    owes nothing; `unassigned` what no department answers for. `unreported` are deliverables that
    were due before the year when nothing was reported of any: none of them is called overdue.
    `version` says which version of the plan it is of.
    """

    plan_id: str
    title: Text
    year: Period
    targets: Catalog[YearTarget]
    deliverables: Catalog[YearDeliverable]
    departments: Catalog[DepartmentYear]
    unassigned: Owed
    unreported: tuple[str, ...] = ()
    expanded: bool = False
    assumptions: tuple[Assumption, ...] = field(default=())
    version: VersionUsed = field(factory=VersionUsed)

    def __getitem__(self, id: str) -> Item:
        """The item of an id; raises UnknownIdError for what is not due in the year."""
        return self.deliverables[id] if id in self.deliverables else self.targets[id]

    def __iter__(self) -> Iterator[str]:
        yield from (*self.targets, *self.deliverables)

    def __len__(self) -> int:
        return len(self.targets) + len(self.deliverables)

    def department(self, id: str) -> DepartmentYear:
        """What a department owes; raises UnknownIdError, with near ids, for an unknown one."""
        return self.departments[id]

    def to_table(self, lang: Lang | str = Lang.EN, *, department: str | None = None) -> str:
        """A section for each department, or for one, as tables for a terminal."""
        from ipplan.plan.annual_table import annual_table

        return annual_table(self, lang, department=department)

    def to_markdown(self, lang: Lang | str = Lang.EN, *, department: str | None = None) -> str:
        """The same in Markdown."""
        from ipplan.plan.annual_table import annual_markdown

        return annual_markdown(self, lang, department=department)

    def to_dict(self, *, department: str | None = None) -> dict[str, Any]:
        """All of it, or what one department owes, as plain values."""
        from ipplan.plan.annual_table import annual_to_dict

        return annual_to_dict(self, department=department)

    def to_json(self, *, department: str | None = None, indent: int | None = 2) -> str:
        """The same as JSON; Chinese text stays readable."""
        import json

        plain = self.to_dict(department=department)
        return json.dumps(plain, ensure_ascii=False, indent=indent, allow_nan=False)

    def __str__(self) -> str:
        return self.to_table()


def annual_plan(
    plan: Plan, year: PeriodLike, actuals: Actuals, *, version: VersionUsed, expand: bool = False
) -> AnnualPlan:
    """What a version of a plan asks for in a year; `actuals` are checked against it already."""
    when = _whole_year(year)
    by_task = _by_task(plan)
    tasks = {
        id: tuple(task for task, ids in by_task.items() if id in ids)
        for id in (*plan.measured, *plan.promised)
    }
    quotas = _quotas(plan)
    known = any(report.at <= when.position for report in actuals.reports)
    measured = (
        _year_target(each, actuals, when, quota=each.id in quotas, tasks=tasks[each.id])
        for each in plan.measured.values()
    )
    promised = (
        _year_deliverable(each, actuals, when, tasks=tasks[each.id], known=known)
        for each in plan.promised.values()
    )
    found: list[Item | Later | None] = [*measured, *promised]
    every = {each.id: each for each in found if each is not None}
    duties = plan.links.expanded if expand else plan.links.duties
    departments = [
        _department_year(body, duties[id], by_task, every)
        for id, body in plan.departments.items()
        if not (expand and body.members)
    ]
    whole = _owed(every.values())
    answered = {task.id for task in plan.tasks.values() if task.lead or task.support}
    late = (each for each in plan.promised.values() if _due_before(each, when))
    return AnnualPlan(
        plan_id=plan.id,
        title=plan.title,
        year=when,
        targets=Catalog("target", whole.targets),
        deliverables=Catalog("deliverable", whole.deliverables),
        departments=Catalog("department", departments),
        unassigned=_owed(each for id, each in every.items() if answered.isdisjoint(tasks[id])),
        unreported=() if known else tuple(each.id for each in late),
        expanded=expand,
        assumptions=plan.assumptions,
        version=version,
    )


def last_known(indicator: Indicator, actuals: Actuals, year: Period) -> Reported | None:
    """The last report of before the year; of a flow the last of a whole year."""
    for report in reversed(actuals.of(indicator.id)):
        period = report.taken.period
        whole = indicator.accrual is not Accrual.FLOW or period.elapsed == 1.0
        if whole and period.position <= year.position - 1.0:
            return report
    return None


def _whole_year(year: PeriodLike) -> Period:
    period = Period.of(year)
    if period.grain is not Grain.YEAR:
        raise PeriodError(Problem(place="year", expected="a whole year", found=str(period)))
    return period


def _by_task(plan: Plan) -> dict[str, frozenset[str]]:
    """What belongs to each task: its own, and all of the sub-plans that come under it."""
    found = {}
    for task, parts in plan.links.parts.items():
        ids = {part.id for part in parts if part.kind is not PartKind.SUBPLAN}
        for name in plan.links.of(task, PartKind.SUBPLAN):
            ids |= {*plan.subplans[name].measured, *plan.subplans[name].promised}
        found[task] = frozenset(ids)
    return found


def _quotas(plan: Plan) -> set[str]:
    return {*plan.quotas}.union(*(_quotas(part) for part in plan.subplans.values()))


def _year_target(
    indicator: Indicator,
    actuals: Actuals,
    year: Period,
    *,
    quota: bool,
    tasks: tuple[str, ...],
) -> YearTarget | Indicator | None:
    """The indicator with its year; alone if it is due later; None if it is only watched."""
    if indicator.target is None:
        return None
    expectation = indicator.expected(year)
    if expectation is None or not indicator.is_due(year):
        return indicator
    reported, start = last_known(indicator, actuals, year), indicator.trajectory.baseline
    # The baseline lies before a year in which something is due, but within it for a part of one.
    from_baseline = (
        start is not None
        and start.period.position <= year.position - 1.0
        and (reported is None or reported.taken.period.position < start.period.position)
    )
    if start is not None and from_baseline:
        known = Observation(
            indicator=indicator.id,
            period=start.period,
            value=start.value,
            unit=indicator.unit,
            source=start.source,
        )
        reported = Reported(taken=known)
    return YearTarget(
        indicator=indicator,
        year=year,
        expectation=_resolved(indicator, expectation, actuals, reported, year),
        reported=reported,
        from_baseline=from_baseline,
        quota=quota,
        tasks=tasks,
    )


def _resolved(
    indicator: Indicator,
    expectation: Expectation,
    actuals: Actuals,
    last: Reported | None,
    year: Period,
) -> Expectation:
    """A relative expectation in the indicator's unit, where what it is relative to is known."""
    match indicator.trajectory.relative_to:
        case Reference.BENCHMARK:
            known = actuals.benchmark(indicator.id, year)
        case Reference.PREVIOUS if last and last.taken.period.position == year.position - 1.0:
            known = last
        case _:
            return expectation
    if known is None:
        return expectation
    bound = expectation.bound.scaled(known.taken.value)
    return evolve(expectation, bound=bound, whole=bound, reference=known.taken.value)


def _due_before(promise: Promise, year: Period) -> bool:
    return promise.due.position <= year.position - 1.0


def _year_deliverable(
    promise: Promise, actuals: Actuals, year: Period, *, tasks: tuple[str, ...], known: bool
) -> YearDeliverable | Promise | None:
    """The deliverable with its year; alone if it is due later; None if it is over and done with."""
    if promise.due.position > year.position:
        return promise
    report = actuals.delivery(promise.id, year)
    over = report is not None and report.status in _FINISHED and report.at <= year.position - 1.0
    if _due_before(promise, year) and (over or not known):
        return None
    return YearDeliverable(promise=promise, year=year, report=report, tasks=tasks)


def _department_year(
    body: Department,
    duties: tuple[Duty, ...],
    by_task: Mapping[str, frozenset[str]],
    every: Mapping[str, Item | Later],
) -> DepartmentYear:
    led = _ids(by_task, duties, Role.LEAD)
    supported = _ids(by_task, duties, Role.SUPPORT) - led
    return DepartmentYear(
        department=body,
        duties=duties,
        leads=_owed(each for id, each in every.items() if id in led),
        supports=_owed(each for id, each in every.items() if id in supported),
    )


def _ids(by_task: Mapping[str, frozenset[str]], duties: Iterable[Duty], role: Role) -> set[str]:
    return {id for duty in duties if duty.role is role for id in by_task[duty.task]}


def _owed(items: Iterable[Item | Later]) -> Owed:
    every = [*items]
    return Owed(
        targets=tuple(each for each in every if isinstance(each, YearTarget)),
        deliverables=tuple(each for each in every if isinstance(each, YearDeliverable)),
        later=tuple(_later(every)),
    )


def _later(items: Iterable[Item | Later]) -> Iterator[Later]:
    for each in items:
        if isinstance(each, Indicator | Promise):
            yield each
