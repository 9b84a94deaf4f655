"""Plans, policies and panels drawn together, and what `Plan.assess` says of each row of them."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from unittest import mock

import narwhals.stable.v2 as nw
import polars as pl
from attrs import evolve, frozen
from hypothesis import strategies as st

from ipplan import (
    Actuals,
    Baseline,
    Direction,
    Indicator,
    Observation,
    Period,
    Plan,
    Policy,
    Text,
    Trajectory,
    testing,
)
from ipplan.assessment.result import Assessment, Result
from ipplan.errors import ActualsError, IPPlanError, UnitError
from ipplan.frames.assess import Path, assess_frame
from ipplan.frames.request import Request
from ipplan.interpolation import InterpolationError
from ipplan.model.trajectory import Reference
from ipplan.presets import PRESETS
from ipplan.scoring import EFFICACY, Deduction, Knots, Scale, ScoringRule, Steps
from ipplan.status import SCALES
from tests.rules import SHIPPED
from tests.strategies import amendments, interpolations

OUTPUTS = ("expected", "met", "ratio", "progress", "score", "status", "state", "reason")
FIGURES = ("expected", "ratio", "progress", "score")
OTHERS = {"元": "十亿元", "万元": "亿元", "亿元": "元", "人": "万人", "万件": "件", "件": "万件"}
"""Units, each with another one that it converts into."""
FOREIGN = ("公顷", "furlongs", "%", "no unit at all")
"""What is no unit of an indicator here, or none that anybody knows."""


@frozen(kw_only=True)
class Line:
    """A row of a panel, and what its keys stand for; None where they stand for nothing."""

    cells: Mapping[str, Any]
    id: str | None
    period: Period | None


@frozen(kw_only=True)
class Panel:
    """A plan, a policy (None for the plan's own or the usual one) and the lines of a panel."""

    plan: Plan
    policy: Policy | None
    version: str
    lines: tuple[Line, ...]
    dtype: Any
    united: bool

    @property
    def options(self) -> dict[str, Any]:
        """How `assess_frame` is asked."""
        return {
            "policy": self.policy,
            "version": self.version,
            "reference": "reference",
            "unit": "unit" if self.united else None,
            "faulty": "set_aside",
        }

    @property
    def frame(self) -> pl.DataFrame:
        """The panel as a frame of Polars, with a number for each row."""
        schema = {"region": pl.String, "indicator": pl.String, "period": self.dtype}
        schema |= {"value": pl.Float64, "reference": pl.Float64, "unit": pl.String, "n": pl.Int64}
        rows = [{**line.cells, "n": number} for number, line in enumerate(self.lines)]
        return pl.DataFrame(rows, schema=schema)


# What is drawn.


@st.composite
def measures(draw: st.DrawFn, id: str) -> Indicator:
    """Indicators of every accrual, bound and interpolation; watched only, or relative, at times."""
    each = draw(
        testing.indicators(
            id=id, interpolations=interpolations(), most=3, first=2012, last=2024, bare=True
        )
    )
    each = evolve(
        each,
        name=Text(en=f"The name of {id}", zh=f"{id} 的名称"),
        unit=draw(st.sampled_from([*OTHERS])),
        limit=draw(st.none() | testing.numbers(sign=1)),
    )
    way = each.trajectory
    kind = draw(st.sampled_from(("asked", "asked", "asked", "asked", "relative", "watched")))
    if kind == "watched":
        better = draw(st.sampled_from((Direction.UP, Direction.DOWN)))
        start = draw(st.none() | testing.numbers().map(lambda x: Baseline(period=2013, value=x)))
        way = Trajectory(better=better, baseline=start)
    elif kind == "relative":
        relative = draw(st.sampled_from(Reference))
        way = Trajectory(milestones=way.milestones, relative_to=relative)
    return evolve(each, trajectory=way)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Plans of one to three indicators, some with quotas, a sub-plan or an amendment."""
    ids = ("alpha", "beta", "gamma")[: draw(st.integers(1, 3))]
    plan = Plan(
        id="whole",
        title=Text(en="A plan"),
        start=2013,
        end=2022,
        indicators=[draw(measures(id)) for id in ids],
    )
    extras = draw(st.sets(st.sampled_from(("quota", "part", "amended", "policy")), max_size=2))
    if "quota" in extras:
        plan = evolve(plan, quotas=[draw(measures("quota"))])
    if "part" in extras:
        own = draw(st.none() | policies(()))
        part = evolve(plan, id="part", indicators=[draw(measures("lower"))], quotas=(), policy=own)
        plan = evolve(plan, subplans=[part])
    if "policy" in extras:
        plan = evolve(plan, policy=draw(policies(ids)))
    relative = any(each.trajectory.relative_to for each in plan.indicators.values())
    if "amended" in extras and not relative:  # amendments drawn have baselines
        day = draw(st.dates(datetime.date(2014, 1, 1), datetime.date(2023, 12, 31)))
        unnamed = evolve(plan, policy=None)
        made = draw(amendments(unnamed, id="first", day=day))
        plan = evolve(unnamed, amendments=[made])
    return plan


SCALES_OF_SCORES = st.sampled_from(
    (
        Scale(),
        Scale(floor=None, cap=None),
        Scale(cap=1.5, full=10.0, offset=-3.0),
        EFFICACY,
        Knots(points=[(-0.6, -5), (0.6, 0), (1.3, 5)]),
        Steps(points=[(0.6, 60), (0.8, 80), (1.0, 100)], below=7),
        Deduction(full=15, points=1, step=0.03),
        Deduction(full=15, points=1, step=0.03, whole=False),
    )
)


@st.composite
def rules(draw: st.DrawFn) -> ScoringRule:
    """The rules that are shipped, with their own scale or another one."""
    rule = draw(st.sampled_from(SHIPPED))
    scaled = rule.name != "canadian_indicator" and draw(st.booleans())
    return evolve(rule, scale=draw(SCALES_OF_SCORES)) if scaled else rule


@st.composite
def policies(draw: st.DrawFn, ids: Iterable[str]) -> Policy:
    """Presets, and policies of any rule, some of them with rules for single indicators."""
    if draw(st.integers(0, 3)) == 0:
        preset = draw(st.sampled_from([*PRESETS.values()]))
        return evolve(preset.general, baseline_from=None)
    named = draw(st.lists(st.sampled_from([*ids]), unique=True)) if ids else []
    return Policy(
        rule=draw(rules()),
        rules={id: draw(rules()) for id in named},
        missing="skip",
        exceeding=draw(st.sampled_from(("missed", "met"))),
        statuses=draw(st.none() | st.sampled_from([*SCALES.values()])),
    )


EDGES = st.sampled_from(
    (None, math.nan, math.inf, -math.inf, 0.0, -0.0, 1.0, -1.0, 1e-200, 1e150, 1e100, -1e-100)
)
KINDS: dict[str, Any] = {
    "text": pl.String,
    "category": pl.Categorical,
    "whole": pl.Int64,
    "small": pl.UInt16,
    "real": pl.Float64,
    "date": pl.Date,
    "time": pl.Datetime("us"),
}


@st.composite
def times(draw: st.DrawFn, kind: str) -> tuple[Any, Period | None]:
    """A cell of the column of periods, and the period that it stands for."""
    year = draw(st.integers(2011, 2026))
    if kind in {"whole", "small", "real"}:
        odd = {"whole": (None, 1850, 20), "small": (None, 1850)}.get(kind, (None, 2016.7, math.inf))
        given = draw(st.sampled_from((year,) * 6 + odd))
        known = given == year
        return (float(given) if kind == "real" and given is not None else given), (
            Period.of(year) if known else None
        )
    if kind in {"date", "time"}:
        period = draw(testing.periods(first=2011, last=2026))
        day: Any = period.end
        if kind == "time":
            hour = draw(st.sampled_from((0, 23)))
            day = datetime.datetime(day.year, day.month, day.day, hour)
        odd = draw(st.integers(0, 8))
        return (None, None) if odd == 0 else (day, Period.of(period.end))
    period = draw(testing.periods(first=2011, last=2026))
    text = draw(st.sampled_from((str(period), f" {period} ", "soon", "1850", "", None)[: 2 + 6]))
    read = isinstance(text, str) and text.strip() == str(period)
    return text, period if read else None


@st.composite
def cells_of(draw: st.DrawFn, plan: Plan, kind: str, times_seen: list[Any]) -> Line:
    """A line: keys that are mostly known, and a value that is often near what is expected."""
    measured = {each.id: each for each in everything(plan)}
    spelled = draw(st.sampled_from([*measured] * 4 + ["nothing", None]))
    id = spelled if spelled in measured else None
    if id is not None and draw(st.integers(0, 4)) == 0:
        spelled = f"The name of {id}" if not id.startswith("new_") else id
    if times_seen and draw(st.booleans()):
        given, period = draw(st.sampled_from(times_seen))
    else:
        given, period = draw(times(kind))
        times_seen.append((given, period))
    reference = draw(st.one_of(EDGES, testing.numbers()))
    values = [EDGES, testing.numbers()]
    unit = draw(st.sampled_from((None, "", "own", "own", "other", "foreign")))
    if id is not None:
        known = expected_of(measured[id], period)
        if known:
            shares = st.sampled_from((0.0, 0.5, 0.95, 1.0, 1.0, 1.1, -1.0, 1.0 + 1e-13, 1.0 - 1e-9))
            near = st.tuples(st.sampled_from(known), shares).map(math.prod)
            values += [near, near, near]
        own = measured[id].unit
        unit = {"own": f" {own} ", "other": OTHERS.get(own, own)}.get(unit or "", unit)
    if unit in {"own", "other", "foreign"}:
        unit = draw(st.sampled_from(FOREIGN))
    cells = {
        "region": draw(st.sampled_from(("east", "west", None))),
        "indicator": spelled,
        "period": given,
        "value": draw(st.one_of(values)),
        "reference": reference,
        "unit": unit,
    }
    return Line(cells=cells, id=id, period=period)


def everything(plan: Plan) -> Sequence[Indicator]:
    """All that any version of a plan measures."""
    return [*plan.door.indicators.values()]


def expected_of(indicator: Indicator, period: Period | None) -> tuple[float, ...]:
    """The figures that are expected for a period."""
    if period is None:
        return ()
    try:
        found = indicator.expected(period)
    except InterpolationError:
        return ()
    return () if found is None else found.bound.figures


@st.composite
def panels(draw: st.DrawFn, *, least: int = 0, most: int = 8, kind: str | None = None) -> Panel:
    """Panels of up to `most` rows, with periods of any kind."""
    plan = draw(plans())
    kind = draw(st.sampled_from([*KINDS])) if kind is None else kind
    seen: list[Any] = []
    lines = draw(st.lists(cells_of(plan, kind, seen), min_size=least, max_size=most))
    ids = () if plan.amendments else [*plan.indicators]
    return Panel(
        plan=plan,
        policy=draw(st.none() | policies(ids)),
        version=draw(st.sampled_from(("in_force", "in_force", "original"))),
        lines=tuple(lines),
        dtype=KINDS[kind],
        united=draw(st.booleans()),
    )


# What the scalar code says.


def told(panel: Panel, line: Line) -> dict[str, Any]:
    """What `Plan.assess` makes of one line, or why the line is set aside, which it refuses."""
    value, period = line.cells["value"], line.period
    if line.id is None:
        assert_refused(panel, line)
        return set_aside("unknown_indicator")
    if period is None:
        return set_aside("unknown_period")
    blank = value is None or math.isnan(value)
    found = result_of(panel, Actuals(), period, line.id)
    if found is None:
        return set_aside("not_in_force")
    if not blank:
        try:
            usual = evolve(line, cells={**line.cells, "value": 1.0})
            result_of(panel, reported(panel, usual, found), period, line.id)
        except UnitError:
            return beside(found, "unknown_unit")
        try:
            assessed = result_of(panel, reported(panel, line, found), period, line.id)
        except IPPlanError:
            return beside(found, "out_of_range")
        assert assessed is not None
        found = assessed
    return {
        "expected": found.expected,
        "met": found.met,
        "ratio": found.ratio,
        "progress": found.progress,
        "score": found.score,
        "status": None if found.status is None else found.status.id,
        "state": found.state.value,
        "reason": None if found.reason is None else found.reason.value,
    }


def assert_refused(panel: Panel, line: Line) -> None:
    given = {str(line.cells["indicator"]): {2018: 1.0}}
    try:
        panel.plan.assess(given, as_of=2018, policy=panel.policy)
    except ActualsError:
        return
    raise AssertionError(f"{given} is known")


def reported(panel: Panel, line: Line, blank: Result) -> Actuals:
    """The line as actuals, with its reference as the benchmark or the figure of a year before."""
    assert line.period is not None
    spelled, cells = str(line.cells["indicator"]), line.cells
    unit = (cells["unit"] or "").strip() if panel.united else ""
    main = Observation(indicator=spelled, period=line.period, value=cells["value"], unit=unit)
    relative = blank.indicator.trajectory.relative_to
    try:
        if relative is Reference.BENCHMARK:
            other = Observation(indicator=spelled, period=line.period, value=cells["reference"])
            return Actuals(observations=[main], benchmarks=[other])
        if relative is Reference.PREVIOUS:
            year = a_year_before(line.period)
            other = Observation(indicator=spelled, period=year, value=cells["reference"])
            return Actuals(observations=[main, other])
    except IPPlanError:  # no figure to be compared with
        pass
    return Actuals(observations=[main])


def a_year_before(period: Period) -> Period:
    """The period of the same position, a year earlier."""
    end = period.end
    last = end.replace(day=28) + datetime.timedelta(days=4)
    if (last - datetime.timedelta(days=last.day)) == end:  # of a month
        return Period.of(f"{end.year - 1}-{end.month:02}")
    return Period.of(datetime.date(end.year - 1, end.month, end.day))


def result_of(panel: Panel, actuals: Actuals, period: Period, id: str) -> Result | None:
    """The result of an indicator, wherever it stands; None where the version does not have it."""
    found = panel.plan.assess(actuals, as_of=period, policy=panel.policy, version=panel.version)
    return _of(found, id)


def _of(assessment: Assessment, id: str) -> Result | None:
    for part in (assessment.results, assessment.quotas):
        if id in part:
            return part[id]
    return next(filter(None, (_of(each, id) for each in assessment.subplans.values())), None)


def set_aside(reason: str) -> dict[str, Any]:
    return dict.fromkeys(OUTPUTS) | {"state": "set_aside", "reason": reason}


def beside(blank: Result, reason: str) -> dict[str, Any]:
    """What is set aside of what the plan knows: what it expects is told, unless it is relative."""
    relative = blank.indicator.trajectory.relative_to is not None
    expected = None if relative else blank.expected
    return set_aside(reason) | {"expected": expected}


# What frames say.


def request_for(plan: Plan, **options: Any) -> Request:
    """What `Plan.assess_frame` asks for with these options."""
    with mock.patch("ipplan.frames.assess.assess_frame", lambda _, request: request):
        made: Any = plan.assess_frame(None, **options)
    assert isinstance(made, Request)
    return made


def through(panel: Panel, frame: Any, path: Path | None = None) -> Any:
    """The panel's frame, as some library has it, assessed on a path."""
    return assess_frame(frame, request_for(panel.plan, **panel.options), path=path)


def rows_of(frame: Any) -> list[dict[str, Any]]:
    """The rows of an assessed frame of any library, in the order of their numbers."""
    known = nw.from_native(frame)
    if isinstance(known, nw.LazyFrame):
        known = known.collect()
    columns = [plain(known[name]) for name in known.columns]
    rows = [dict(zip(known.columns, row, strict=True)) for row in zip(*columns, strict=True)]
    return sorted(rows, key=lambda row: int(row["n"]))


def plain(column: nw.Series[Any]) -> list[Any]:
    """A column as Python has it, None where there is nothing; NaN says so in pandas only."""
    values = [value.item() if hasattr(value, "item") else value for value in column.to_list()]
    if not column.implementation.is_pandas_like():
        return values
    nothing = column.is_null().to_list()
    return [None if null else value for value, null in zip(values, nothing, strict=True)]


def differences(panel: Panel, found: Sequence[Mapping[str, Any]]) -> list[str]:
    """Where a frame's rows say something else than `Plan.assess` does."""
    wrong = []
    if len(found) != len(panel.lines):
        wrong.append(f"{len(panel.lines)} rows became {len(found)}")
    for line, row in zip(panel.lines, found, strict=False):
        right = told(panel, line)
        wrong += [
            f"row {row['n']} {dict(line.cells)}: {name} is {row[name]!r}, not {right[name]!r}"
            for name in OUTPUTS
            if not agree(row[name], right[name])
        ]
    return wrong


def agree(found: Any, right: Any) -> bool:
    """Whether two values are the same, numbers to 1e-12."""
    if isinstance(found, float) and isinstance(right, float | int) and not isinstance(right, bool):
        return found == right or math.isclose(found, right, rel_tol=1e-12)
    return type(found) is type(right) and found == right
