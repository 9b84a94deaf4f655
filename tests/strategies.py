"""Strategies that only these tests need; those of plans and their parts are `ipplan.testing`'s."""

from __future__ import annotations

import datetime
from typing import Any

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ipplan import (
    Accrual,
    Bound,
    Deliverable,
    Delivery,
    DeliveryReport,
    Department,
    Indicator,
    Interpolation,
    Milestone,
    Observation,
    Period,
    Phase,
    Plan,
    Task,
    Text,
    Trajectory,
    Workstream,
    testing,
)
from ipplan.interpolation import Easing
from ipplan.model.amendment import Added, Amendment, Change, Changed, Withdrawn

DIMENSIONS = {
    "money": ("元", "万元", "百万元", "亿元", "十亿元"),
    "count": ("件", "个", "家", "项", "万件"),
    "occurrence": ("次",),
    "person": ("人", "万人"),
    "share": ("%",),
    "share difference": ("百分点",),
    "duration": ("年",),
}
"""Spellings of units that convert into each other, by what they measure."""

UNITS = tuple(unit for units in DIMENSIONS.values() for unit in units)


def near(figure: float) -> SearchStrategy[float]:
    """Figures equal to one, as close to it as rounding errors are, and further away."""
    steps = st.sampled_from((0.0, 1e-12, -1e-12, 1e-8, -1e-8, 0.01, -0.01))
    return steps.map(lambda step: figure * (1.0 + step))


def smoothstep(start: float, end: float, share: float) -> float:
    """An easing of a caller's own that stays between its neighbours."""
    return start + (end - start) * share * share * (3.0 - 2.0 * share)


def overshoot(start: float, end: float, share: float) -> float:
    """An easing of a caller's own that leaves its neighbours."""
    return start + 3.0 * (end - start) * share


def half_of_the_end(start: float, end: float, share: float) -> float:
    """An easing of a caller's own that hits neither neighbour."""
    return end / 2.0


def interpolations() -> SearchStrategy[Interpolation | Easing]:
    """The named interpolations, and easings of a caller's own."""
    return st.sampled_from((*Interpolation, smoothstep, overshoot, half_of_the_end))


@st.composite
def positions(draw: st.DrawFn, trajectory: Trajectory, *, around: float = 0.0) -> float:
    """Positions from a trajectory's first point to its last, or that much further out."""
    first, last = trajectory.start.position, trajectory.target.period.position
    return draw(st.floats(first - around, last + around))


@st.composite
def amended_plans(draw: st.DrawFn, *, first: int = 2000, last: int = 2040) -> Plan:
    """Plans of one to three indicators and one or two amendments of days in those years."""
    plan = evolve(draw(testing.plans(least=1)), issued=None)
    days = draw(
        st.lists(
            st.dates(datetime.date(first, 1, 1), datetime.date(last, 12, 31)),
            min_size=1,
            max_size=2,
        )
    )
    for number, day in enumerate(sorted(days)):
        made = draw(amendments(plan.as_of(datetime.date(last, 12, 31)), id=f"a{number}", day=day))
        plan = evolve(plan, amendments=(*plan.amendments.values(), made))
    return plan


@st.composite
def amendments(draw: st.DrawFn, plan: Plan, *, id: str, day: datetime.date) -> Amendment:
    """Amendments that change, add and withdraw something that fits the plan."""
    changes: list[Change] = [
        Changed(part="tasks", id=task, fields={"description": draw(st.none() | testing.texts())})
        for task in plan.tasks
        if draw(st.booleans())
    ]
    for indicator in plan.indicators.values():
        match draw(st.sampled_from(("stays", "changed", "withdrawn"))):
            case "changed":
                fields = draw(_fields(indicator))
                changes.append(Changed(part="indicators", id=indicator.id, fields=fields))
            case "withdrawn":
                changes.append(Withdrawn(part="indicators", id=indicator.id))
    new = draw(testing.indicators(id=f"new_{id}"))
    if draw(st.booleans()) or not changes:
        changes.append(Added(part=draw(st.sampled_from(("indicators", "quotas"))), item=new))
    return Amendment(
        id=id,
        date=day,
        document=draw(testing.lines().filter(bool)),
        reason=draw(testing.texts()),
        changes=draw(st.permutations(changes)),
    )


@st.composite
def _fields(draw: st.DrawFn, indicator: Indicator) -> dict[str, object]:
    """New values for some fields of an indicator."""
    fields: dict[str, object] = {"clause": draw(st.just("") | testing.clauses())}
    if draw(st.booleans()):
        fields["name"] = Text(en="Another name")
    if draw(st.booleans()):
        way = draw(testing.trajectories(whole_years=indicator.accrual is Accrual.FLOW))
        for name in ("milestones", "baseline", "interpolation", "better"):
            fields[name] = getattr(way, name)
    return fields


@st.composite
def delivered_plans(draw: st.DrawFn) -> Plan:
    """Plans of 2016 to 2020 with tasks, a collective, quotas, deliverables and a sub-plan."""
    name = Text(en="N", zh="名")
    bodies = ["office", "court", "cities", "north", "south"]
    departments = [
        Department(id=id, name=name, members=("north", "south") if id == "cities" else ())
        for id in bodies
    ]
    tasks = []
    for id in ("2.1", "2.2", "2.3"):
        named = draw(st.permutations(bodies))[: draw(st.integers(0, 4))]
        leads = draw(st.integers(0, min(2, len(named))))
        tasks.append(Task(id=id, title=name, lead=named[:leads], support=named[leads:]))
    some = st.lists(st.sampled_from(["2.1", "2.2", "2.3"]), max_size=3, unique=True)

    def measure(id: str, same_as: str | None = None) -> Indicator:
        bound = Bound.at_least(draw(st.integers(1, 100)))
        due = draw(st.integers(2016, 2020))
        return Indicator(
            id=id,
            name=name,
            unit="个",
            accrual="level",
            trajectory=Trajectory(milestones=[Milestone(period=due, bound=bound)]),
            tasks=draw(some),
            same_as=same_as,
        )

    def promise(id: str, **options: Any) -> Deliverable:
        return Deliverable(id=id, title=name, tasks=draw(some), **options)

    return Plan(
        id="whole",
        title=name,
        start=2016,
        end=2020,
        departments=departments,
        tasks=tasks,
        indicators=[measure("alpha"), measure("beta")],
        quotas=[measure("gamma", draw(st.sampled_from([None, "alpha"])))],
        phases=[Phase(id="first", name=name, start=2016, end=2017)],
        workstreams=[Workstream(id="use", name=name)],
        deliverables=[
            promise("3.1.1", phase="first", workstream="use"),
            promise("3.1.2", phase="first"),
            promise("3.1.3", due=draw(st.integers(2016, 2020))),
        ],
        subplans=[
            Plan(
                id="zone",
                title=name,
                start=2016,
                end=2020,
                under=draw(some),
                indicators=[evolve(measure("zone_alpha"), tasks=())],
                deliverables=[Deliverable(id="9.1", title=name, due=2019)],
            )
        ],
    )


def figures_for(plan: Plan) -> SearchStrategy[list[Observation]]:
    """Figures of some of what a plan measures, each period once."""
    figure = st.builds(
        Observation,
        indicator=st.sampled_from([*plan.measured]),
        period=st.integers(2015, 2021),
        value=st.integers(0, 150),
    )
    return st.lists(figure, max_size=8, unique_by=lambda each: (each.indicator, each.period))


@st.composite
def delivery_reports(draw: st.DrawFn, plan: Plan) -> list[DeliveryReport]:
    """Reports of some of a plan's deliverables, each period once; what is done stays so."""
    reports: dict[tuple[str, Period], DeliveryReport] = {}
    every = st.lists(
        st.tuples(st.sampled_from([*plan.promised]), st.integers(2016, 2021)), max_size=6
    )
    done: set[str] = set()
    for id, year in sorted(draw(every), key=lambda each: each[1]):
        period, status = Period.of(year), draw(st.sampled_from(Delivery))
        if id in done or (id, period) in reports:
            continue
        if status is Delivery.DONE:
            done.add(id)
        reports[id, period] = DeliveryReport(
            deliverable=id,
            period=period,
            status=status,
            date=period if status is Delivery.DONE else None,
            share=0.4 if status is Delivery.IN_PROGRESS else None,
            reason="why" if status is Delivery.CANCELLED else "",
        )
    return [*reports.values()]
