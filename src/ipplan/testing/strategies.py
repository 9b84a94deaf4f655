"""Strategies: plans, their parts and what is reported of them; valid, small, often at a corner."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Sequence

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ipplan.interpolation import Easing, Interpolation, InterpolationError
from ipplan.model.actuals import Actuals
from ipplan.model.bound import Bound, BoundKind, Direction
from ipplan.model.department import Department
from ipplan.model.indicator import Accrual, Assumption, Indicator
from ipplan.model.observation import Observation, Verification
from ipplan.model.phase import Phase
from ipplan.model.task import Task, TaskKind
from ipplan.model.trajectory import Baseline, Milestone, Trajectory
from ipplan.periods import Grain, Period
from ipplan.plan import Plan
from ipplan.testing.cases import rounded
from ipplan.text import Text

__all__ = [
    "actuals_for",
    "assumptions",
    "bounds",
    "clauses",
    "departments",
    "ids",
    "indicators",
    "lines",
    "numbers",
    "observations",
    "periods",
    "phases",
    "plans",
    "reports_of",
    "tasks",
    "texts",
    "trajectories",
]

_KINDS = {
    Direction.UP: (BoundKind.AT_LEAST, BoundKind.MORE_THAN),
    Direction.DOWN: (BoundKind.AT_MOST, BoundKind.LESS_THAN),
    Direction.WITHIN: (BoundKind.BETWEEN, BoundKind.EXACTLY),
}
_NAME = Text(en="x")
_UNITS = ("件", "次", "人", "%", "百分点", "年", "万元", "亿元")
_LABELS = ("x", "专利申请量", "质押融资金额", "Patents", "Fiscal input (亿元)", "a|b <i> & #1")
_SOURCES = ("", "年报", "a report")
_VERIFICATIONS = st.sampled_from((Verification.NOT_STATED, *Verification))
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "123456789"

# Made once: most of the time of a draw is spent on making strategies.
_CHARACTERS = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cs", "Zl", "Zp"),
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)
_ALPHABET = st.one_of(st.sampled_from("年度目标abc 019,.|\n\t\"'\\"), _CHARACTERS)
_LINES = st.one_of(st.sampled_from(_LABELS), st.text(_ALPHABET, max_size=20)).map(str.strip)
_TEXTS = (
    st.tuples(st.one_of(st.just(""), _LINES), _LINES)
    .filter(any)
    .map(lambda labels: Text(zh=labels[0], en=labels[1]))
)
_FIRST = st.sampled_from(_LETTERS)
_IDS = st.one_of(
    _FIRST, st.builds(str.__add__, _FIRST, st.text(f"{_LETTERS}_0{_DIGITS}", max_size=8))
)
_CLAUSES = st.lists(st.sampled_from(_DIGITS), min_size=1, max_size=4).map(".".join)
_POSITIVE = st.one_of(
    st.sampled_from((1.0, 100.0, 1e-6, 1e9)),
    st.integers(1, 10_000).map(float),
    st.floats(1e-6, 1e9),
)
_NEGATIVE = _POSITIVE.map(lambda size: -size)
_NUMBERS = {
    None: st.one_of(_POSITIVE, st.just(0.0), _NEGATIVE),
    1: _POSITIVE,
    -1: _NEGATIVE,
}


def lines() -> SearchStrategy[str]:
    """Texts of up to 20 characters without control characters, stripped; they may be empty."""
    return _LINES


def texts() -> SearchStrategy[Text]:
    """Labels in one language or in both.

    >>> from hypothesis import find
    >>> find(texts(), lambda text: text.zh and text.en)
    Text(zh='x', en='x')
    """
    return _TEXTS


def ids() -> SearchStrategy[str]:
    """Ids in snake_case."""
    return _IDS


def clauses() -> SearchStrategy[str]:
    """Clause numbers of up to four parts."""
    return _CLAUSES


def numbers(*, sign: int | None = None) -> SearchStrategy[float]:
    """Zero, and figures of 1e-6 to 1e9 in size; of one sign (1 or -1), and not zero, if asked."""
    return _NUMBERS[sign]


@st.composite
def periods(
    draw: st.DrawFn,
    *,
    first: int = 1000,
    last: int = 9999,
    grains: Sequence[Grain] = tuple(Grain),
) -> Period:
    """Periods of any grain that end in the years from `first` to `last`.

    >>> from hypothesis import find
    >>> find(periods(first=2018, last=2020), lambda period: period.elapsed < 1.0)
    Period('2018-H1')
    """
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


@st.composite
def bounds(
    draw: st.DrawFn,
    *,
    direction: Direction | None = None,
    kinds: Sequence[BoundKind] | None = None,
    figures: SearchStrategy[float] | None = None,
) -> Bound:
    """Bounds of every kind, strict ones too, or of one direction, or of the kinds named.

    >>> from hypothesis import find
    >>> find(bounds(), lambda bound: not bound.met_by(bound.low))
    Bound(kind=<BoundKind.MORE_THAN: 'more_than'>, low=1.0, high=1.0)
    """
    figures = numbers() if figures is None else figures
    possible = kinds or (tuple(BoundKind) if direction is None else _KINDS[direction])
    kind = draw(st.sampled_from(possible))
    if kind is BoundKind.BETWEEN:
        low, high = sorted(draw(st.lists(figures, min_size=2, max_size=2, unique=True)))
        return Bound.between(low, high)
    return Bound(kind=kind, low=draw(figures))


@st.composite
def trajectories(
    draw: st.DrawFn,
    *,
    interpolations: SearchStrategy[Interpolation | Easing] | None = None,
    baseline: bool | None = None,
    direction: Direction | None = None,
    most: int = 4,
    first: int = 1990,
    last: int = 2040,
    whole_years: bool = False,
) -> Trajectory:
    """Trajectories of one to `most` milestones, with a baseline or without.

    What is not given is drawn; `interpolations` are the named ones unless given. Neighbours are
    often equal; figures may be zero, negative or of both signs, and are of one sign for
    `geometric`.

    >>> from hypothesis import find
    >>> way = find(trajectories(), lambda way: way.value(2030) == -1.0)
    >>> way.baseline, len(way.milestones), str(way.target.bound)
    (None, 1, '≥ -1')
    """
    named: SearchStrategy[Interpolation | Easing] = st.sampled_from(Interpolation)
    how = draw(named if interpolations is None else interpolations)
    sign = draw(st.sampled_from((1, -1) if how is Interpolation.GEOMETRIC else (1, None)))
    way = draw(st.sampled_from(Direction)) if direction is None else direction
    with_baseline = draw(st.booleans()) if baseline is None else baseline
    pool = draw(st.lists(numbers(sign=sign), min_size=1, max_size=2))
    figures = st.one_of(st.sampled_from(pool), numbers(sign=sign))
    grains = (Grain.YEAR,) if whole_years else tuple(Grain)
    points = draw(
        st.lists(
            st.tuples(
                periods(first=first, last=last, grains=grains),
                bounds(direction=way, figures=figures),
            ),
            min_size=1 + with_baseline,
            max_size=most + with_baseline,
            unique_by=lambda point: point[0].position,
        )
    )
    points.sort(key=lambda point: point[0])
    start = None
    if with_baseline:
        time, known = points.pop(0)
        start = Baseline(period=time, value=known.low)
    milestones = [Milestone(period=time, bound=bound) for time, bound in points]
    return Trajectory(milestones=milestones, baseline=start, interpolation=how)


def assumptions() -> SearchStrategy[Assumption]:
    """What a plan's text does not say."""
    return st.builds(Assumption, about=ids(), text=texts())


@st.composite
def indicators(
    draw: st.DrawFn,
    *,
    id: str | None = None,
    interpolations: SearchStrategy[Interpolation | Easing] | None = None,
    most: int = 4,
    first: int = 1990,
    last: int = 2040,
    bare: bool = False,
) -> Indicator:
    """Indicators of every accrual; `interpolations` to `last` are as in `trajectories`.

    Some are only watched, without milestones. A `bare` one has nothing drawn but what an assessment
    reads: accrual and trajectory.

    >>> from hypothesis import find
    >>> flow = find(indicators(bare=True), lambda each: each.accrual.value == "flow")
    >>> flow.id, flow.expected(Period.of("1990-H1")).share
    ('a', 0.5)
    """
    accrual = draw(st.sampled_from(Accrual))
    indicator = Indicator(
        id=draw(ids()) if id is None else id,
        name=_NAME,
        unit=_UNITS[0],
        accrual=accrual,
        trajectory=draw(
            trajectories(
                interpolations=interpolations,
                most=most,
                first=first,
                last=last,
                whole_years=accrual is Accrual.FLOW,
            )
        ),
    )
    if not bare and draw(st.integers(0, 5)) == 5:  # now and then one that is only watched
        better = draw(st.sampled_from((Direction.UP, Direction.DOWN)))
        indicator = evolve(indicator, trajectory=Trajectory(better=better))
    if bare:
        return indicator
    return evolve(
        indicator,
        name=draw(texts()),
        limit=draw(st.none() | numbers()),
        unit=draw(st.sampled_from(_UNITS)),
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
def plans(
    draw: st.DrawFn,
    *,
    least: int = 0,
    most: int = 3,
    interpolations: SearchStrategy[Interpolation | Easing] | None = None,
) -> Plan:
    """Plans of `least` to `most` indicators, whose tasks name departments of the plan.

    >>> from hypothesis import given
    >>> @given(plans())
    ... def test_every_indicator_is_expected_or_not_due(plan):
    ...     assert plan.expected(plan.end).keys() == plan.indicators.keys()
    >>> test_every_indicator_is_expected_or_not_due()
    """
    year = draw(st.integers(2000, 2030))
    first, last = year - 3, year + 5
    start, end = sorted(draw(st.tuples(*2 * [periods(first=year, last=last)])))
    measured = indicators(interpolations=interpolations, most=3, first=first, last=last)
    bodies = draw(st.lists(departments(), max_size=2, unique_by=_id))
    return Plan(
        id=draw(ids()),
        title=draw(texts()),
        start=start,
        end=end,
        issuer=draw(st.none() | texts()),
        document=draw(st.just("") | lines()),
        issued=draw(st.none() | st.dates(datetime.date(1990, 1, 1), datetime.date(2040, 1, 1))),
        source=draw(st.just("") | lines()),
        assumptions=draw(st.lists(assumptions(), max_size=2)),
        phases=draw(st.lists(phases(first=first, last=last), max_size=2, unique_by=_id)),
        departments=bodies,
        indicators=draw(st.lists(measured, min_size=least, max_size=most, unique_by=_id)),
        tasks=draw(st.lists(tasks(among=[*map(_id, bodies)]), max_size=3, unique_by=_id)),
    )


def _id(part: Department | Indicator | Phase | Task) -> str:
    return part.id


@st.composite
def observations(
    draw: st.DrawFn,
    *,
    indicator: Indicator | None = None,
    times: SearchStrategy[Period] | None = None,
    bare: bool = False,
) -> Observation:
    """Observations of any figure for any time from 1990 to 2040, or for `times`.

    Those of an indicator are in its own unit, named or left out, and their figures are often what
    is expected then, one rounding error beside it, or some eighths of it. A `bare` one has nothing
    drawn but what an assessment reads.
    """
    period = draw(periods(first=1990, last=2040) if times is None else times)
    figures = numbers()
    if indicator is not None and (known := _expected(indicator, period)):
        figures = st.one_of(figures, st.sampled_from(known).flatmap(_around))
    observation = Observation(
        indicator=draw(ids()) if indicator is None else indicator.id,
        period=period,
        value=draw(figures),
        source=draw(st.sampled_from(_SOURCES)),
        verification=draw(_VERIFICATIONS),
    )
    if bare:
        return observation
    unit = draw(st.sampled_from(_UNITS)) if indicator is None else indicator.unit
    return evolve(
        observation,
        unit=draw(st.sampled_from(("", unit))),
        source=draw(st.one_of(st.just(observation.source), lines())),
        address=draw(st.sampled_from(("", "https://example.org/2018?a=1#b"))),
        note=draw(st.just("") | lines()),
    )


def _expected(indicator: Indicator, period: Period) -> tuple[float, ...]:
    """The figures expected for a period; none where nothing is due, or the easing fails."""
    try:
        expectation = indicator.expected(period)
    except InterpolationError:
        return ()
    return () if expectation is None else expectation.bound.figures


def _around(figure: float) -> SearchStrategy[float]:
    eighths = st.integers(0, 12).map(lambda count: figure * count / 8.0)
    return st.one_of(rounded(figure), eighths)


def reports_of(
    indicator: Indicator, *, first: int, last: int, most: int = 3, bare: bool = False
) -> SearchStrategy[list[Observation]]:
    """Up to `most` observations of an indicator, from the years given, each source once for a time.

    They are often of a milestone's own period, so that several sources tell of one time.
    """
    years = periods(first=first, last=last)
    own = [point.period for _, point in indicator.trajectory.places]
    known = [period for period in own if first <= period.year <= last]
    times = st.one_of(st.sampled_from(known), years) if known else years
    return st.lists(
        observations(indicator=indicator, times=times, bare=bare),
        max_size=most,
        unique_by=lambda report: (report.period.position, report.source),
    )


@st.composite
def actuals_for(draw: st.DrawFn, plan: Plan, *, most: int = 3) -> Actuals:
    """Up to `most` observations of each of a plan's indicators, as `observations` draws them.

    They lie in the plan's years, or up to two years before or after. Of some indicators there is
    nothing; of others several sources tell of one time, and may disagree. Flows are reported for
    parts of a year too.

    >>> import ipplan
    >>> from hypothesis import given
    >>> gansu = ipplan.load("gansu-2016")
    >>> @given(actuals_for(gansu))
    ... def test_coverage_is_a_share(actuals):
    ...     assert 0.0 <= gansu.assess(actuals, as_of=2020).coverage <= 1.0
    >>> test_coverage_is_a_share()
    """
    first, last = plan.start.year - 2, plan.end.year + 2
    reports = [
        draw(reports_of(indicator, first=first, last=last, most=most))
        for indicator in plan.indicators.values()
    ]
    return Actuals(observations=itertools.chain(*reports))
