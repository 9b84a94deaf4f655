"""Strategies for property tests: each draws valid parts of a plan, small, and often at a corner."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ipplan import (
    Accrual,
    Actuals,
    Assumption,
    Baseline,
    Bound,
    BoundKind,
    Department,
    Direction,
    Indicator,
    Interpolation,
    Milestone,
    Observation,
    Period,
    Phase,
    Plan,
    Task,
    TaskKind,
    Text,
    Trajectory,
    Verification,
)
from ipplan.interpolation import Easing
from ipplan.periods import Grain

KINDS = {
    Direction.UP: (BoundKind.AT_LEAST, BoundKind.MORE_THAN),
    Direction.DOWN: (BoundKind.AT_MOST, BoundKind.LESS_THAN),
    Direction.WITHIN: (BoundKind.BETWEEN, BoundKind.EXACTLY),
}

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

LABELS = ("专利申请量", "质押融资金额", "Patents", "Fiscal input (亿元)", "a|b <i> & #1", "x")


def lines(*, longest: int = 20) -> SearchStrategy[str]:
    """Texts without control characters, stripped; they may be empty."""
    characters = st.characters(
        codec="utf-8",
        exclude_categories=("Cc", "Cs", "Zl", "Zp"),
        exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    )
    alphabet = st.one_of(st.sampled_from("年度目标abc 019,.|\n\t\"'\\"), characters)
    return st.one_of(st.sampled_from(LABELS), st.text(alphabet, max_size=longest)).map(str.strip)


def texts() -> SearchStrategy[Text]:
    """Labels in one language or in both."""
    pairs = st.tuples(lines(), lines()).filter(any)
    return pairs.map(lambda pair: Text(zh=pair[0], en=pair[1]))


@st.composite
def periods(
    draw: st.DrawFn,
    *,
    first: int = 1000,
    last: int = 9999,
    grains: Sequence[Grain] = tuple(Grain),
) -> Period:
    """Periods of any grain that end in the years from `first` to `last`."""
    year = draw(st.integers(first, last))
    match draw(st.sampled_from(grains)):
        case Grain.YEAR:
            return Period.of(year)
        case Grain.HALF:
            return Period.of(f"{year}-H{draw(st.integers(1, 2))}")
        case Grain.QUARTER:
            return Period.of(f"{year}-Q{draw(st.integers(1, 4))}")
        case Grain.MONTH:
            return Period.of(f"{year}-{draw(st.integers(1, 12)):02}")
        case _:
            january, december = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
            return Period.of(draw(st.dates(january, december)))


def numbers(*, sign: int | None = None) -> SearchStrategy[float]:
    """Zero, and figures of 1e-6 to 1e9 in size; of one sign (1 or -1), and not zero, if asked."""
    sizes = st.one_of(
        st.sampled_from((1.0, 100.0, 1e-6, 1e9)),
        st.integers(1, 10_000).map(float),
        st.floats(1e-6, 1e9),
    )
    negative = sizes.map(lambda size: -size)
    if sign is not None:
        return sizes if sign > 0 else negative
    return st.one_of(st.just(0.0), sizes, negative)


def near(figure: float) -> SearchStrategy[float]:
    """Figures equal to one, as close to it as rounding errors are, and further away."""
    steps = st.sampled_from((0.0, 1e-12, -1e-12, 1e-8, -1e-8, 0.01, -0.01))
    return steps.map(lambda step: figure * (1.0 + step))


@st.composite
def bounds(
    draw: st.DrawFn,
    *,
    direction: Direction | None = None,
    kinds: Sequence[BoundKind] | None = None,
    figures: SearchStrategy[float] | None = None,
) -> Bound:
    """Bounds of every kind, or of one direction, or of the kinds named."""
    figures = numbers() if figures is None else figures
    possible = kinds or (tuple(BoundKind) if direction is None else KINDS[direction])
    kind = draw(st.sampled_from(possible))
    if kind is BoundKind.BETWEEN:
        low, high = sorted(draw(st.lists(figures, min_size=2, max_size=2, unique=True)))
        return Bound.between(low, high)
    return Bound(kind=kind, low=draw(figures))


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
def trajectories(
    draw: st.DrawFn,
    *,
    interpolation: Interpolation | Easing | None = None,
    baseline: bool | None = None,
    direction: Direction | None = None,
    most: int = 4,
    first: int = 1990,
    last: int = 2040,
    whole_years: bool = False,
) -> Trajectory:
    """Trajectories of one to `most` milestones; what is not given is drawn.

    Neighbours are often equal; figures may be zero, negative or of both signs, and are of one sign
    for `geometric`.
    """
    how = draw(interpolations()) if interpolation is None else interpolation
    sign = draw(st.sampled_from((1, -1))) if how is Interpolation.GEOMETRIC else None
    way = draw(st.sampled_from(Direction)) if direction is None else direction
    with_baseline = draw(st.booleans()) if baseline is None else baseline
    count = draw(st.integers(1, most)) + with_baseline
    grains = (Grain.YEAR,) if whole_years else tuple(Grain)
    times = draw(
        st.lists(
            periods(first=first, last=last, grains=grains),
            min_size=count,
            max_size=count,
            unique_by=lambda period: period.position,
        )
    )
    times.sort()
    pool = draw(st.lists(numbers(sign=sign), min_size=1, max_size=2))
    figures = st.one_of(st.sampled_from(pool), numbers(sign=sign))
    start = Baseline(period=times.pop(0), value=draw(figures)) if with_baseline else None
    steps = bounds(direction=way, figures=figures)
    milestones = [Milestone(period=time, bound=draw(steps)) for time in times]
    return Trajectory(milestones=milestones, baseline=start, interpolation=how)


@st.composite
def positions(draw: st.DrawFn, trajectory: Trajectory, *, around: float = 0.0) -> float:
    """Positions from a trajectory's first point to its last, or that much further out."""
    first, last = trajectory.start.position, trajectory.target.period.position
    return draw(st.floats(first - around, last + around))


def ids() -> SearchStrategy[str]:
    """Ids in snake_case."""
    return st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)


def clauses() -> SearchStrategy[str]:
    """Clause numbers."""
    return st.from_regex(r"[1-9](\.[1-9]){0,3}", fullmatch=True)


def assumptions() -> SearchStrategy[Assumption]:
    """What a plan's text does not say."""
    return st.builds(Assumption, about=ids(), text=texts())


@st.composite
def indicators(draw: st.DrawFn, *, id: str | None = None, **trajectory: Any) -> Indicator:
    """Indicators of every accrual; the options are those of `trajectories`."""
    accrual = draw(st.sampled_from(Accrual))
    whole_years = trajectory.pop("whole_years", accrual is Accrual.FLOW)
    return Indicator(
        id=draw(ids()) if id is None else id,
        name=draw(texts()),
        unit=draw(st.sampled_from(UNITS)),
        accrual=accrual,
        trajectory=draw(trajectories(whole_years=whole_years, **trajectory)),
        clause=draw(st.just("") | clauses()),
        description=draw(st.none() | texts()),
        assumptions=draw(st.lists(assumptions(), max_size=2)),
    )


def departments(*, id: str | None = None) -> SearchStrategy[Department]:
    """Departments."""
    return st.builds(Department, id=ids() if id is None else st.just(id), name=texts())


@st.composite
def tasks(
    draw: st.DrawFn,
    *,
    id: str | None = None,
    among: Sequence[str] = ("finance", "ip_office", "high_court"),
) -> Task:
    """Tasks, led and supported by departments `among` these ids, each once at most."""
    order = draw(st.permutations(among))
    led, named = sorted(draw(st.tuples(*2 * [st.integers(0, len(order))])))
    return Task(
        id=draw(clauses()) if id is None else id,
        title=draw(texts()),
        kind=draw(st.sampled_from(TaskKind)),
        lead=order[:led],
        support=order[led:named],
        description=draw(st.none() | texts()),
    )


@st.composite
def phases(draw: st.DrawFn, *, id: str | None = None, first: int = 1990, last: int = 2040) -> Phase:
    """Phases that lie in the years from `first` to `last`."""
    start, end = sorted(draw(st.tuples(*2 * [periods(first=first, last=last)])))
    return Phase(
        id=draw(ids()) if id is None else id,
        name=draw(texts()),
        start=start,
        end=end,
        clause=draw(st.just("") | clauses()),
        description=draw(st.none() | texts()),
    )


@st.composite
def observations(
    draw: st.DrawFn,
    *,
    indicator: str | None = None,
    unit: str | None = None,
    first: int = 1990,
    last: int = 2040,
) -> Observation:
    """Observations in the indicator's own unit, named or left out, of the years given."""
    unit = draw(st.sampled_from(UNITS)) if unit is None else unit
    return Observation(
        indicator=draw(ids()) if indicator is None else indicator,
        period=draw(periods(first=first, last=last)),
        value=draw(numbers()),
        unit=draw(st.sampled_from(("", unit))),
        source=draw(lines()),
        address=draw(st.sampled_from(("", "https://example.org/2018?a=1#b"))),
        note=draw(lines()),
        verification=draw(st.sampled_from(Verification)),
    )


@st.composite
def actuals(draw: st.DrawFn, *, plan: Plan | None = None, most: int = 6) -> Actuals:
    """Actuals that may be empty, hold several sources for one time, and conflict.

    Where a plan is given, they are of its indicators and its years.
    """
    if plan is None:
        each = st.sampled_from(("alpha", "beta")).flatmap(
            lambda id: observations(indicator=id, unit="个", first=2016, last=2018)
        )
    elif plan.indicators:
        years = {"first": plan.start.year - 2, "last": plan.end.year + 2}
        each = st.sampled_from([*plan.indicators.values()]).flatmap(
            lambda indicator: observations(indicator=indicator.id, unit=indicator.unit, **years)
        )
    else:
        return Actuals()
    found = draw(
        st.lists(
            each,
            max_size=most,
            unique_by=lambda one: (one.indicator, one.period.position, one.source),
        )
    )
    return Actuals(observations=found)


@st.composite
def plans(draw: st.DrawFn, *, least: int = 0, most: int = 3, **trajectory: Any) -> Plan:
    """Plans of `least` to `most` indicators, whose tasks name departments of the plan."""
    first = draw(st.integers(2000, 2030))
    start, end = sorted(draw(st.tuples(*2 * [periods(first=first, last=first + 5)])))
    years = {"first": first - 3, "last": first + 5}
    few = st.lists(ids(), max_size=2, unique=True)
    bodies, spans = draw(few), draw(few)
    measured = draw(st.lists(ids(), min_size=least, max_size=most, unique=True))
    numbered = draw(st.lists(clauses(), max_size=3, unique=True))
    return Plan(
        id=draw(st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True)),
        title=draw(texts()),
        start=start,
        end=end,
        issuer=draw(st.none() | texts()),
        document=draw(lines()),
        issued=draw(st.none() | st.dates(datetime.date(1990, 1, 1), datetime.date(2040, 1, 1))),
        source=draw(lines()),
        assumptions=draw(st.lists(assumptions(), max_size=2)),
        phases=[draw(phases(id=id, **years)) for id in spans],
        departments=[draw(departments(id=id)) for id in bodies],
        indicators=[
            draw(indicators(id=id, **{"most": 3, **years, **trajectory})) for id in measured
        ],
        tasks=[draw(tasks(id=id, among=bodies)) for id in numbered],
    )
