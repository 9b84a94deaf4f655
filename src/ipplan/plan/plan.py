"""Plan: the whole of a government plan, what it expects when, and how reality compares."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import Attribute, field, frozen

from ipplan.choices import choose
from ipplan.errors import ActualsError, Problem
from ipplan.model.actuals import Actuals
from ipplan.model.amendment import Amendment
from ipplan.model.catalog import Catalog, catalog_of
from ipplan.model.deliverable import Deliverable, Promise, Workstream
from ipplan.model.department import Department
from ipplan.model.door import Door
from ipplan.model.fields import (
    as_ids,
    as_period,
    as_tuple,
    each_is,
    holds,
    is_a,
    is_period,
    plan_id,
    printable,
    refuse,
)
from ipplan.model.indicator import Assumption, Indicator
from ipplan.model.intake import ActualsLike, Faulty, collect
from ipplan.model.links import Links, PartKind, TaskPart, links_between
from ipplan.model.phase import Phase
from ipplan.model.task import Task
from ipplan.model.version import Version
from ipplan.periods import Period, PeriodLike
from ipplan.plan.amending import as_of, ever_known, unfit_amendments, version_for, version_used
from ipplan.plan.difference import Difference, differences
from ipplan.plan.references import faults_between
from ipplan.text import Text

if TYPE_CHECKING:  # assessing is imported when something is assessed: loading a plan is quick
    from ipplan.assessment.policy import Policy
    from ipplan.assessment.result import Assessment
    from ipplan.frames.duplicates import Duplicates
    from ipplan.plan.annual import AnnualPlan
    from ipplan.plan.cascade import Allocation, Rounding
    from ipplan.plan.checks import Findings
    from ipplan.plan.rolling_up import RollUp

__all__ = ["Plan"]

Frame = TypeVar("Frame")
"""A dataframe of whichever library."""


def _indicators(items: Iterable[Indicator] | Mapping[str, Indicator]) -> Catalog[Indicator]:
    return catalog_of("indicator", items)


def _quotas(items: Iterable[Indicator] | Mapping[str, Indicator]) -> Catalog[Indicator]:
    return catalog_of("quota", items)


def _workstreams(items: Iterable[Workstream] | Mapping[str, Workstream]) -> Catalog[Workstream]:
    return catalog_of("workstream", items)


def _deliverables(
    items: Iterable[Deliverable] | Mapping[str, Deliverable],
) -> Catalog[Deliverable]:
    return catalog_of("deliverable", items)


def _tasks(items: Iterable[Task] | Mapping[str, Task]) -> Catalog[Task]:
    return catalog_of("task", items)


def _departments(items: Iterable[Department] | Mapping[str, Department]) -> Catalog[Department]:
    return catalog_of("department", items)


def _phases(items: Iterable[Phase] | Mapping[str, Phase]) -> Catalog[Phase]:
    return catalog_of("phase", items)


def _subplans(items: Iterable[Plan] | Mapping[str, Plan]) -> Catalog[Plan]:
    return catalog_of("sub-plan", items)


def _amendments(items: Iterable[Amendment] | Mapping[str, Amendment]) -> Catalog[Amendment]:
    return catalog_of("amendment", items)


def _holds_plans(instance: object, attribute: Attribute[Any], value: Any) -> None:
    holds(Plan)(instance, attribute, value)


def _assumptions(values: Iterable[Assumption]) -> tuple[Assumption, ...]:
    return as_tuple(values)


def _policy(value: Policy | str | None) -> Policy | None:
    if value is None:
        return None
    from ipplan.presets import as_policy

    return as_policy(value)


@frozen(kw_only=True)
class Plan:
    """A plan from the first day of `start` to the last day of `end`.

    `indicators`, `tasks`, `departments`, `phases` and so on are ordered, read-only mappings by id.
    `indicators` are those of the plan's own table, which make up the score; `quotas` are what the
    text asks for elsewhere. `deliverables` are due at the end of their phase, each in a workstream.
    `document` is the number under which it was issued, `issued` the day. `policy` is how it is
    assessed unless the caller says otherwise. `subplans` are plans for a part of what the plan is
    for, such as one zone; `under` are the tasks of the plan above that a sub-plan comes under.
    `amendments` change it from their dates on (`as_of`); `amended_by` are the ids of those that
    this version has in it already.

    >>> import ipplan
    >>> plan = ipplan.load("gansu-2016")
    >>> plan.tasks["2.4.2"].lead
    ('high_court', 'ip_office')
    >>> round(plan.expected(2018)["pct_applications"], 2)
    57.33
    """

    id: str = field(validator=plan_id)
    title: Text = field(validator=is_a(Text))
    start: Period = field(converter=as_period, validator=is_period)
    end: Period = field(converter=as_period, validator=is_period)
    issuer: Text | None = field(default=None, validator=is_a(Text, type(None)))
    document: str = field(default="", validator=printable)
    issued: datetime.date | None = field(default=None, validator=is_a(datetime.date, type(None)))
    source: str = field(default="", validator=printable)
    assumptions: tuple[Assumption, ...] = field(
        default=(), converter=_assumptions, validator=each_is(Assumption)
    )
    phases: Catalog[Phase] = field(default=(), converter=_phases, validator=holds(Phase))
    departments: Catalog[Department] = field(
        default=(), converter=_departments, validator=holds(Department)
    )
    indicators: Catalog[Indicator] = field(
        default=(), converter=_indicators, validator=holds(Indicator)
    )
    quotas: Catalog[Indicator] = field(default=(), converter=_quotas, validator=holds(Indicator))
    tasks: Catalog[Task] = field(default=(), converter=_tasks, validator=holds(Task))
    workstreams: Catalog[Workstream] = field(
        default=(), converter=_workstreams, validator=holds(Workstream)
    )
    deliverables: Catalog[Deliverable] = field(
        default=(), converter=_deliverables, validator=holds(Deliverable)
    )
    subplans: Catalog[Plan] = field(default=(), converter=_subplans, validator=_holds_plans)
    under: tuple[str, ...] = field(default=(), converter=as_ids, validator=each_is(str))
    policy: Policy | None = field(default=None, converter=_policy)
    amendments: Catalog[Amendment] = field(
        default=(), converter=_amendments, validator=holds(Amendment)
    )
    amended_by: tuple[str, ...] = field(default=(), converter=as_ids, validator=each_is(str))
    measured: Catalog[Indicator] = field(init=False, eq=False, repr=False)
    """Every indicator and quota, of the plan and then of its sub-plans; each id stands once."""
    promised: Catalog[Promise] = field(init=False, eq=False, repr=False)
    """Every deliverable with its time, of the plan and then of its sub-plans; each id once."""
    links: Links = field(init=False, eq=False, repr=False)
    """What belongs to each task, and what each department answers for."""
    _versions: dict[datetime.date, Plan] = field(init=False, eq=False, repr=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        refuse(
            self.faults(
                id=self.id,
                start=self.start,
                end=self.end,
                tasks=self.tasks,
                departments=self.departments,
                indicators=self.indicators,
                quotas=self.quotas,
                phases=self.phases,
                workstreams=self.workstreams,
                deliverables=self.deliverables,
                subplans=self.subplans,
                policy=self.policy,
                issued=self.issued,
                amendments=self.amendments,
                amended_by=self.amended_by,
            )
        )
        measured = [*self.indicators.members, *self.quotas.members]
        promised = [self._promise(each) for each in self.deliverables.values()]
        for part in self.subplans.values():
            measured += part.measured.members
            promised += part.promised.members
        object.__setattr__(self, "measured", Catalog("indicator", measured))
        object.__setattr__(self, "promised", Catalog("deliverable", promised))
        links = links_between(
            tasks=self.tasks,
            departments=self.departments,
            indicators=self.indicators,
            quotas=self.quotas,
            deliverables=self.deliverables,
            below=(
                (task, each)
                for part in self.subplans.values()
                for task in dict.fromkeys(part.under)
                for each in part.own_parts
            ),
        )
        object.__setattr__(self, "links", links)

    @staticmethod
    def faults(**fields: Any) -> Iterator[Problem]:
        """What is wrong between the fields, as far as they are known."""
        yield from faults_between(**fields)
        yield from unfit_amendments(**fields)

    def as_of(self, when: PeriodLike) -> Plan:
        """The plan as it stood at the end of a period, or on a day; the plan itself for no change.

        What was amended until then, in its sub-plans too, is in it; later amendments are kept for
        a later `as_of`, and none is put in twice. This plan stays as it is. Raises ModelError where
        it has amendments in it that came later.

        >>> import datetime
        >>> from attrs import evolve
        >>> import ipplan
        >>> from ipplan.model.amendment import Amendment, Changed
        >>> illustrative = Amendment(
        ...     id="illustrative",
        ...     date=datetime.date(2018, 3, 1),
        ...     document="An illustrative notice",
        ...     reason=ipplan.Text(en="To show it"),
        ...     changes=[
        ...         Changed(part="tasks", id="2.4.2", fields={"support": ["finance"]}),
        ...     ],
        ... )
        >>> plan = evolve(ipplan.load("gansu-2016"), amendments=[illustrative])
        >>> plan.as_of(2017) is plan
        True
        >>> plan.as_of(2018).tasks["2.4.2"].support, plan.as_of(2018).amended_by
        (('finance',), ('illustrative',))
        """
        return as_of(self, Period.of(when).end)

    def in_force(self, day: datetime.date, version: Version = Version.IN_FORCE) -> Plan:
        """The version that is assessed as of a day: the plan as amended until then, or as issued.

        Amendments that it has in it already count, also where they came later than the day.
        """
        return version_for(self, version, day)

    def remembered(self, day: datetime.date, make: Callable[[Plan, datetime.date], Plan]) -> Plan:
        """The version of a day that an amendment is dated, made when it is first asked for."""
        if day not in self._versions:
            self._versions[day] = make(self, day)
        return self._versions[day]

    def diff(self, other: Plan) -> tuple[Difference, ...]:
        """What another plan, or another version of this one, says otherwise, in the plan's order.

        >>> from attrs import evolve
        >>> import ipplan
        >>> plan = ipplan.load("gansu-2016")
        >>> [str(each) for each in plan.diff(evolve(plan, end=2021))]
        ['end: 2020 → 2021']
        """
        return tuple(differences(self, other))

    @property
    def own_parts(self) -> tuple[TaskPart, ...]:
        """What the plan brings to a task that it is under: itself, and what has no task in it."""
        loose = (
            (PartKind.QUOTA, self.quotas),
            (PartKind.DELIVERABLE, self.deliverables),
        )
        return (
            TaskPart(kind=PartKind.SUBPLAN, id=self.id),
            *(
                TaskPart(kind=kind, id=each.id)
                for kind, catalog in loose
                for each in catalog.values()
                if not each.tasks
            ),
        )

    def _promise(self, deliverable: Deliverable) -> Promise:
        phase = None if deliverable.phase is None else self.phases[deliverable.phase]
        return Promise(
            deliverable=deliverable,
            start=self.start if phase is None else phase.start,
            due=deliverable.due or (self.end if phase is None else phase.end),
        )

    def indicator(self, name: str) -> Indicator:
        """The indicator of an id, or of its Chinese or English name.

        Raises UnknownIdError, with near ids, for an unknown name or one that several have.

        >>> import ipplan
        >>> ipplan.load("gansu-2016").indicator("财政投入").id
        'fiscal_input'
        """
        return self.door.indicator(name)

    def expected(self, period: PeriodLike) -> dict[str, float | None]:
        """The expected figure of each indicator, in its own unit; None where nothing is due yet.

        For a period within a year, a flow's figure is the year's times the share that is over. What
        is relative to a figure yet to be reported is None too.
        """
        when = Period.of(period)
        expectations = (
            (id, None if each.trajectory.relative_to else each.expected(when))
            for id, each in self.indicators.items()
        )
        return {
            id: None if expectation is None else expectation.bound.value
            for id, expectation in expectations
        }

    def actuals(
        self,
        source: ActualsLike,
        *,
        as_of: PeriodLike | None = None,
        faulty: Faulty | str = Faulty.REFUSE,
    ) -> Actuals:
        """Actuals checked against this plan, each value in its indicator's own unit.

        `source` is `{id: {period: value}}`, `{id: value}` (for the period `as_of`), an iterable of
        records, Observations or DeliveryReports, or Actuals. Values are numbers, texts with a unit,
        pint quantities or Observations; None says that nothing was reported. Of a deliverable they
        are a share done, a status, or a DeliveryReport. Raises ActualsError with every problem;
        with `faulty` "set_aside", faulty entries are set aside and told in `Actuals.problems`.

        >>> import ipplan
        >>> plan = ipplan.load("gansu-2016")
        >>> plan.actuals({"pledge_financing": {2017: "224000 万元"}}).observations[0].value
        22.4
        """
        return collect(
            source,
            self.door,
            as_of=None if as_of is None else Period.of(as_of),
            faulty=choose(Faulty, faulty, place="faulty"),
        )

    @property
    def door(self) -> Door:
        """What reports are checked against: all that the plan ever measured or promised."""
        measured, promised = ever_known(self)
        return Door(
            indicators=measured,
            promised=promised,
            start=self.start,
            end=self.end,
        )

    def assess(
        self,
        actuals: ActualsLike,
        *,
        as_of: PeriodLike | None = None,
        policy: Policy | str | None = None,
        adjustments: Mapping[str, float] | None = None,
        version: Version | str = Version.IN_FORCE,
        faulty: Faulty | str = Faulty.REFUSE,
    ) -> Assessment:
        """The assessment of the actuals as of a period, by default the latest one reported.

        For each indicator the latest observation not after `as_of` is compared with what was
        expected at its own period. `policy` is a Policy or the name of a preset; by default the
        plan's own. `adjustments` are points on top of the total, bonuses above zero and deductions
        below, within the policy's caps. `version` is the plan as amended up to the last day of
        `as_of`, or the original; the assessment says which. With `faulty` "set_aside", what is
        sound in the actuals is assessed, and what is not is told in the assessment. Raises
        ActualsError, with every problem, for actuals that do not fit the plan, and ModelError for
        a policy that does not.

        >>> import ipplan
        >>> plan = ipplan.load("gansu-2016")
        >>> result = plan.assess({"pct_applications": {2018: 39}})["pct_applications"]
        >>> round(result.attainment, 3), result.status.value
        (0.68, 'behind')
        """
        when = None if as_of is None else Period.of(as_of)
        checked = self.actuals(actuals, as_of=when, faulty=faulty)
        when = when or checked.last_period
        if when is None:
            raise ActualsError(
                Problem(
                    place="as_of",
                    expected="a period to assess as of",
                    found="none, and nothing was reported that would give one",
                )
            )
        from ipplan.assessment.assess import assess
        from ipplan.assessment.policy import default_policy

        plan = version_for(self, choose(Version, version, place="version"), when.end)
        used, checked = version_used(plan, checked)
        return assess(
            plan,
            checked,
            version=used,
            as_of=when,
            policy=_policy(policy) or plan.policy or default_policy(),
            adjustments={} if adjustments is None else adjustments,
        )

    def assess_frame(
        self,
        frame: Frame,
        *,
        by: Iterable[str] | str = ("region",),
        indicator: str = "indicator",
        period: str = "period",
        value: str = "value",
        unit: str | None = None,
        reference: str | None = None,
        policy: Policy | str | None = None,
        version: Version | str = Version.IN_FORCE,
        periods: Iterable[PeriodLike] | None = None,
        faulty: Faulty | str = Faulty.REFUSE,
        duplicates: Duplicates | str = "allow",
    ) -> Frame:
        """A long frame of figures, a row for each, with what each of them comes to.

        The frame is of any kind that narwhals knows: pandas, Polars, PyArrow, and lazily DuckDB,
        Dask, Ibis or PySpark; what comes back is of the same kind, and lazy where it was. Columns
        are added: `expected`, `met`, `ratio`, `progress`, `score`, `status`, `state`, `reason`, as
        `assess` has them for the row's figure as of its period. No row is dropped; the order of
        rows stays, but for the lazy frames of DuckDB, Dask, Ibis and PySpark, which have none.

        `by` names the columns that tell units of observation apart; `unit` one with the units of
        values; `reference` one with the figures that relative bounds are multiples of: the
        benchmark, or the figure of a year before. A null or NaN is a figure that was not reported.
        Keys that are unknown raise ActualsError before the run, or with `faulty` "set_aside" give
        their rows the state `set_aside`, with a reason, as values do that are infinite. For that,
        the key columns are read once, unless `periods` lists what occurs in the column of periods:
        then nothing is read, and what was not listed is set aside. `duplicates` are allowed,
        "set_aside" or "refuse". Raises ActualsError for columns that are missing or hold no
        numbers, and ModelError for a policy that does not fit or that takes baselines from figures.

        >>> import ipplan
        >>> import polars as pl
        >>> panel = pl.DataFrame(
        ...     {
        ...         "region": ["east", "west"],
        ...         "indicator": ["pct_applications", "pct_applications"],
        ...         "period": [2018, 2018],
        ...         "value": [39.0, None],
        ...     }
        ... )
        >>> found = ipplan.load("gansu-2016").assess_frame(panel)
        >>> found.select("region", "met", "status", "state").rows()
        [('east', False, 'behind', 'scored'), ('west', None, None, 'missing')]
        """
        from ipplan.frames.assess import assess_frame
        from ipplan.frames.request import request_of

        chosen = choose(Version, version, place="version")
        given = _policy(policy)
        found: Frame = assess_frame(
            frame,
            request_of(
                self.door,
                self,
                lambda period: self.in_force(period.end, chosen),
                by=by,
                indicator=indicator,
                period=period,
                value=value,
                unit=unit,
                reference=reference,
                policy=given,
                periods=periods,
                faulty=faulty,
                duplicates=duplicates,
            ),
        )
        return found

    def allocate(
        self,
        indicator: str,
        weights: Mapping[str, float],
        *,
        over: str | None = None,
        rounding: Rounding | str | None = None,
    ) -> Allocation:
        """The target of an indicator split over regions by weight: a sub-plan for each region.

        `over` is the id of a collective department, whose members are the regions then. `rounding`
        is `largest_remainder`, whole numbers that sum exactly, or `proportional`; by default the
        first where whole things are counted. Amendments that this version does not have in it yet
        are not counted: ask `as_of`. Raises ModelError with every problem.

        >>> import ipplan
        >>> plan = ipplan.load("gansu-2016")
        >>> parts = plan.allocate("strong_counties", {"east": 5, "middle": 4, "west": 2})
        >>> parts.figures(2020)
        {'east': 14.0, 'middle': 11.0, 'west': 5.0}
        >>> parts["west"].assess({"strong_counties": {2020: 5}})["strong_counties"].met
        True
        """
        from ipplan.plan.cascade import allocate

        return allocate(self, indicator, weights, over=over, rounding=rounding)

    def roll_up(
        self,
        regional: Mapping[str, ActualsLike],
        *,
        over: str | None = None,
        as_of: PeriodLike | None = None,
    ) -> RollUp:
        """The actuals of the whole out of those of its regions, and all that stands in none.

        Amounts are added where every region reported the period, quotients recomputed from
        numerators and denominators. `over` is the id of a collective department: each of its
        members is expected to report. `as_of` is as in `actuals`. Raises ActualsError with every
        problem.

        >>> import ipplan
        >>> plan = ipplan.load("gansu-2016")
        >>> regional = {"east": {"strong_counties": {2017: 7, 2018: 9}},
        ...             "west": {"strong_counties": {2017: 6}}}
        >>> whole = plan.roll_up(regional)
        >>> [(each.period, each.value) for each in whole.actuals.observations]
        [(Period('2017'), 13.0)]
        >>> print(whole.left_out[0])
        strong_counties 2018: not every region reported it (west)
        """
        from ipplan.plan.rolling_up import roll_up

        return roll_up(self, regional, over=over, as_of=None if as_of is None else Period.of(as_of))

    def annual(
        self,
        year: PeriodLike,
        actuals: ActualsLike | None = None,
        *,
        expand: bool = False,
        version: Version | str = Version.IN_FORCE,
    ) -> AnnualPlan:
        """What the plan asks for in a year, of each department (年度推进计划).

        For each indicator and quota that is due: what is expected at the year's end, the step from
        the last actual of before the year, and the yearly step and growth that the final target
        still needs; and the deliverables due, with those overdue. `expand` shows the members of a
        collective in its place, each with what the collective answers for. `version` is the plan as
        amended up to the year's end, or the original; the yearly plan says which. Raises
        ActualsError for actuals that do not fit the plan, and PeriodError for what is no whole
        year.

        >>> import ipplan
        >>> plan = ipplan.load("gansu-2016")
        >>> target = plan.annual(2018, {"pct_applications": {2016: 8}})["pct_applications"]
        >>> round(target.step, 2), target.required_step, round(target.required_growth, 3)
        (49.33, 23.0, 0.88)
        """
        from ipplan.plan.annual import annual_plan

        chosen = choose(Version, version, place="version")
        plan = version_for(self, chosen, Period.of(year).end)
        used, checked = version_used(plan, self.actuals({} if actuals is None else actuals))
        return annual_plan(plan, year, checked, version=used, expand=expand)

    def check(self, *, growth: float = 0.5) -> Findings:
        """What in the plan looks wrong, is left open or hangs loose, sub-plans included.

        `growth` is the yearly growth above which a step between two milestones is told: 0.5 is 50 %
        a year. Raises InterpolationError where a caller's own interpolation gives no finite number.

        >>> import ipplan
        >>> findings = ipplan.load("gansu-2016").check()
        >>> findings.worst.value
        'warning'
        """
        from ipplan.plan.checks import check

        return check(self, growth=growth)
