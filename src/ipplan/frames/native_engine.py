"""Any engine that narwhals knows: the lookup table is joined to the data by indicator and period.

Engines differ in what they do with null and NaN, with keys of different types and with the order of
rows; so keys are put into one form on both sides, no expression reads a null, and rows of eager
frames are numbered before the join.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import narwhals.stable.v2 as nw

from ipplan.frames.duplicates import Duplicates
from ipplan.frames.formula import Node, Value
from ipplan.frames.keys import Columns, plain
from ipplan.frames.lookup import SET_ASIDE
from ipplan.frames.lowering import UNDEFINED, Engine, lowered
from ipplan.frames.program import (
    PRESENT,
    REFERENCE,
    REFERENCED,
    REPEATED,
    UNITED,
    USABLE,
    VALUE,
    program_of,
)
from ipplan.frames.request import Request, Table
from ipplan.frames.small_tables import small_table
from ipplan.frames.types import OUTPUTS, Kind, kinds_of
from ipplan.model.fields import LARGEST, SMALLEST
from ipplan.reasons import SetAside

__all__ = ["assessed"]

Frame: TypeAlias = Any
"""A frame of narwhals, eager or lazy: what is used of them is the same in both."""
Data = dict[str, list[Any]]

_INDICATOR, _PERIOD, _UNIT, _FACTOR, _DIVISOR, _PLACE, _TIMES = (
    f"__ipplan_{name}"
    for name in ("indicator", "period", "unit", "factor", "divisor", "place", "times")
)
_TEXTUAL = {Kind.TEXT, Kind.CATEGORY, Kind.NOTHING}
_INLINE = 2
"""How many operations engines of SQL, which find by themselves what is used twice, may repeat."""

_NOTHING = -3e300
"""What stands for null while values are looked at; no value that counts is so large."""


def assessed(frame: Frame, request: Request) -> Frame:
    """The frame with the columns of an assessment added; a lazy one promises no order of rows."""
    columns, schema = request.columns, frame.collect_schema()
    kinds = kinds_of(schema, columns)
    names = schema.names()
    if request.periods is None:
        table = _read(frame, kinds, request)
    else:
        table = request.listed(kinds[columns.period])
    inputs = _inputs(columns)
    counted = request.duplicates is not Duplicates.ALLOW
    program = program_of(table.entries(), {*inputs, *([REPEATED] if counted else [])})
    roots = [root for value in program.values() for root in (value.node, value.valid)]
    low = lowered(roots, _engine(frame.implementation))
    joined = _joined(frame, kinds, table, columns, low.known).with_columns(**inputs)
    if counted:
        joined = _with_repeated(joined, columns)
    for stage in low.stages:
        joined = joined.with_columns(**stage)
    pairs = zip(low.roots[::2], low.roots[1::2], strict=True)
    found = {name: _valid(program[name], *pair) for name, pair in zip(program, pairs, strict=True)}
    outputs = _outputs(found, table)
    return joined.select(*names, **outputs)


def _read(frame: Frame, kinds: Mapping[str, Kind], request: Request) -> Table:
    """The lookup table for what occurs in the frame, whose keys are read once."""
    columns = request.columns
    named = {_INDICATOR: columns.indicator, _PERIOD: columns.period}
    if columns.unit is not None:
        named[_UNIT] = columns.unit
    keys = {name: _shown(column, kinds[column]) for name, column in named.items()}
    found = frame.lazy().select(**keys).unique().collect()
    rows = [
        {name: plain(each) for name, each in row.items()} for row in found.iter_rows(named=True)
    ]
    pairs: Iterable[Any] = ()
    if columns.unit is not None:
        pairs = dict.fromkeys((row[_INDICATOR], row[_UNIT]) for row in rows)
    periods = dict.fromkeys(row[_PERIOD] for row in rows)
    if kinds[columns.period] in {Kind.DATE, Kind.TIME}:
        periods = {_date(each) if each else None: None for each in periods}
    return request.table(
        indicators=dict.fromkeys(row[_INDICATOR] for row in rows), periods=periods, pairs=pairs
    )


def _shown(column: str, kind: Kind) -> nw.Expr:
    """A key column as it is read and told: numbers, texts, and days as whole numbers."""
    key = nw.col(column)
    if kind in {Kind.DATE, Kind.TIME}:
        return _day(key)
    if kind is Kind.REAL:
        return key.cast(nw.Float64)
    return key.cast(nw.Int64) if kind is Kind.WHOLE else key.cast(nw.String)


def _day(key: nw.Expr) -> nw.Expr:
    """A day as a whole number, 20181231, or 0: engines agree on those, and join them."""
    year, month, day = (
        part.cast(nw.Float64) for part in (key.dt.year(), key.dt.month(), key.dt.day())
    )
    return (year * 10_000.0 + month * 100.0 + day).fill_null(0.0).cast(nw.Int64)


def _date(day: int) -> datetime.date:
    return datetime.date(day // 10_000, day // 100 % 100, day % 100)


def _key(column: str, kind: Kind) -> nw.Expr:
    """A key column as it is joined: texts or whole numbers, without nulls."""
    if kind in _TEXTUAL:
        return nw.col(column).cast(nw.String).fill_null("")
    if kind is Kind.REAL:  # 2020.7 would be cast to 2020, to 2021 or to an error, by engine
        key = nw.col(column).cast(nw.Float64).fill_null(0.0)
        year = (key >= 1.0) & (key <= 9999.0)
        safe = nw.when(year).then(key).otherwise(0.0)
        return nw.when(safe == safe.floor()).then(safe).otherwise(0.0).cast(nw.Int64)
    return _shown(column, kind).fill_null(0)


def _spelling(given: Any) -> Any:
    """What was read of a key as the join has it."""
    if isinstance(given, str):
        return given
    if isinstance(given, datetime.date):
        return given.year * 10_000 + given.month * 100 + given.day
    return int(given)


def _joined(
    frame: Frame,
    kinds: Mapping[str, Kind],
    table: Table,
    columns: Columns,
    known: Mapping[str, Node],
) -> Frame:
    """The frame with the figures of the lookup table beside each row."""
    keys = {
        _INDICATOR: _key(columns.indicator, kinds[columns.indicator]),
        _PERIOD: _key(columns.period, kinds[columns.period]),
    }
    cells = [
        (name, period, code * table.width + place)
        for name, code in table.indicators.items()
        for period, place in table.periods.items()
        if name is not None and period is not None
    ]
    rows = {
        _INDICATOR: [name for name, _, _ in cells],
        _PERIOD: [_spelling(period) for _, period, _ in cells],
        _PLACE: [float(place) for _, _, place in cells],
    }
    for name, node in known.items():
        figures = [*node.values(len(table.ids) * table.width + table.width)]
        rows[name] = [_cell(figures[place]) for _, _, place in cells]
    textual = kinds[columns.period] in _TEXTUAL
    on = {_INDICATOR: nw.String, _PERIOD: nw.String if textual else nw.Int64}
    types = {name: nw.String for name, node in known.items() if node.name}
    # PyArrow joins no column that has no type.
    empty = [name for name, kind in kinds.items() if kind is Kind.NOTHING]
    frame = frame.with_columns(**keys, **{name: nw.col(name).cast(nw.Float64) for name in empty})
    joined = _beside(frame, rows, on, types)
    if columns.unit is None:
        return joined
    units = [
        (name, "" if spelling is None else spelling, factor)
        for name, code in table.indicators.items()
        for (id, spelling), factor in table.factors.items()
        if name is not None and code == table.ids.index(id)
    ]
    factors = {(name, spelling): factor for name, spelling, factor in units}
    rows = {
        _INDICATOR: [name for name, _ in factors],
        _UNIT: [spelling for _, spelling in factors],
        _FACTOR: [None if each is None else each[0] for each in factors.values()],
        _DIVISOR: [None if each is None else each[1] for each in factors.values()],
    }
    joined = joined.with_columns(**{_UNIT: _key(columns.unit, kinds[columns.unit])})
    return _beside(joined, rows, {_INDICATOR: nw.String, _UNIT: nw.String})


def _beside(
    frame: Frame, rows: Data, on: Mapping[str, Any], types: Mapping[str, Any] | None = None
) -> Frame:
    """The frame with the columns of a small table beside each row, null where it has none."""
    table = small_table(frame, rows, types={**on, **(types or {})})
    return frame.join(table, on=[*on], how="left")


def _cell(known: Any) -> Any:
    """A name, or a figure, of the lookup table; conditions are 1 and 0."""
    if known is None or isinstance(known, str):
        return known
    return None if math.isnan(known) else float(known)


def _inputs(columns: Columns) -> dict[str, nw.Expr]:
    """What a program reads of each row, without nulls."""
    value = nw.col(columns.value).cast(nw.Float64)
    filled = value.fill_null(_NOTHING)
    inputs = {PRESENT: ~filled.is_nan() & (filled != _NOTHING)}
    if columns.unit is not None:
        inputs[UNITED] = ~nw.col(_FACTOR).is_null()
        value = value * nw.col(_FACTOR) / nw.col(_DIVISOR)
    inputs |= _checked(value, VALUE, USABLE)
    if columns.reference is not None:
        inputs |= _checked(nw.col(columns.reference).cast(nw.Float64), REFERENCE, REFERENCED)
    return inputs


def _with_repeated(frame: Frame, columns: Columns) -> Frame:
    """The frame with a column that says whether another row reports the same figure.

    Counted in groups and joined: windows over groups are not to be had from every engine.
    """
    keys = [*columns.by, _PLACE]
    reported = nw.when(nw.col(PRESENT)).then(1.0).otherwise(0.0)
    known = frame.filter(*(~nw.col(key).is_null() for key in keys))
    counted = known.with_columns(**{_TIMES: reported}).group_by(*keys).agg(nw.col(_TIMES).sum())
    frame = frame.join(counted, on=keys, how="left")
    return frame.with_columns(**{REPEATED: nw.col(PRESENT) & (nw.col(_TIMES).fill_null(0.0) > 1.5)})


def _checked(value: nw.Expr, name: str, usable: str) -> dict[str, nw.Expr]:
    """A value that can be calculated with, or else 1, and whether it can."""
    filled = value.fill_null(_NOTHING)
    size = filled.abs()
    inside = (size <= LARGEST) & ((size >= SMALLEST) | (size == 0.0))
    return {name: nw.when(inside).then(filled).otherwise(1.0), usable: inside}


def _name(_kind: str, name: str | None) -> nw.Expr:
    return nw.lit(name, dtype=nw.String)


def _flag(name: str) -> nw.Expr:
    """A condition of the lookup table, which holds 1 and 0: booleans do not survive every join."""
    return nw.col(name) > 0.5


def _engine(of: nw.Implementation) -> Engine:
    """How an engine writes expressions; some refuse to divide by zero."""
    infinite = of.is_pandas_like() or of.is_dask() or of.is_pyarrow() or of.is_duckdb()
    return Engine(
        module=nw,
        name=_name,
        flag=_flag,
        guarded=UNDEFINED - {"div"} if infinite else UNDEFINED,
        inline=_INLINE if not (of.is_pandas_like() or of.is_pyarrow() or of.is_dask()) else 0,
    )


def _outputs(found: dict[str, nw.Expr], table: Table) -> dict[str, nw.Expr]:
    """The columns of an assessment; a row that the lookup table does not know is set aside."""
    matched = ~nw.col(_PLACE).is_null()
    names = [each for each in table.indicators if each is not None]
    late = nw.lit(SetAside.UNKNOWN_PERIOD.value)
    unknown = nw.lit(SetAside.UNKNOWN_INDICATOR.value)
    why = unknown
    if names:
        why = nw.when(nw.col(_INDICATOR).is_in(names)).then(late).otherwise(unknown)
    found["state"] = nw.when(matched).then(found["state"]).otherwise(nw.lit(SET_ASIDE))
    found["reason"] = nw.when(matched).then(found["reason"]).otherwise(why)
    return {name: found[name] for name in OUTPUTS}


def _valid(value: Value, expr: nw.Expr, valid: nw.Expr) -> nw.Expr:
    """A value where it is valid, and null elsewhere."""
    return expr if value.valid.is_always(value=True) else nw.when(valid).then(expr)
