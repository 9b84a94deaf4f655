"""Polars: the embedded engine; eager frames of other libraries go through it where it is there.

Rows find their figures by position: the codes of indicator and period are a place in the lookup
table. So nothing is joined, rows keep their order, and what streams keeps streaming.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl

from ipplan.frames.duplicates import Duplicates
from ipplan.frames.formula import Node, Value
from ipplan.frames.keys import Columns
from ipplan.frames.lowering import Engine, lowered
from ipplan.frames.program import (
    PRESENT,
    REASONS,
    REFERENCE,
    REFERENCED,
    REPEATED,
    STATES,
    UNITED,
    USABLE,
    VALUE,
    program_of,
)
from ipplan.frames.request import Request, Table
from ipplan.frames.types import OUTPUTS, Kind, kinds_of
from ipplan.model.fields import LARGEST, SMALLEST

__all__ = ["assessed", "taken"]

_PLACE, _FACTOR, _DIVISOR, _KNOWN = (
    f"__ipplan_{name}" for name in ("place", "factor", "divisor", "known")
)
_EPOCH = datetime.date(1970, 1, 1)
_SPAN = 10_000
"""Years or days that lie at most so far apart find their code by position."""


def assessed(frame: pl.LazyFrame, request: Request, *, alone: bool = False) -> pl.LazyFrame:
    """The frame with the columns of an assessment added, or these `alone`, in its order."""
    columns = request.columns
    kinds = kinds_of(nw.from_native(frame).collect_schema(), columns)
    keys = {
        name: _key(name, kinds[name])
        for name in (columns.indicator, columns.period, columns.unit)
        if name is not None
    }
    if request.periods is None:
        table = _read(frame, keys, request)
    else:
        table = request.listed(kinds[columns.period])
    inputs = _inputs(keys, kinds, table, columns)
    if request.duplicates is not Duplicates.ALLOW:
        inputs.append({REPEATED: _repeated(columns)})
    program = program_of(table.entries(), {name for stage in inputs for name in stage})
    stages, outputs = _columns(program, request.statuses)
    kept = [] if alone else frame.collect_schema().names()
    for stage in (*inputs, *stages):
        frame = frame.with_columns(**stage)
    # The place keeps the height of a frame in which everything else is the same for all rows.
    return frame.select(*kept, _PLACE, **outputs).drop(_PLACE)


def taken(frame: nw.DataFrame[Any]) -> pl.DataFrame:
    """An eager frame of Polars, pandas or PyArrow as one of Polars, mostly without a copy."""
    native = nw.to_native(frame)
    if isinstance(native, pl.DataFrame):
        return native
    if frame.implementation.is_pandas():
        return pl.from_pandas(native)
    made = pl.from_arrow(native)
    return made if isinstance(made, pl.DataFrame) else made.to_frame()


def _key(name: str, kind: Kind) -> pl.Expr:
    """A key column as Python reads it: numbers, dates or texts."""
    column = pl.col(name)
    if kind is Kind.REAL:
        return column.cast(pl.Float64)
    if kind is Kind.TIME:
        return column.dt.date()
    return column.cast(pl.String) if kind in {Kind.CATEGORY, Kind.NOTHING} else column


def _read(frame: pl.LazyFrame, keys: Mapping[str, pl.Expr], request: Request) -> Table:
    """The lookup table for what occurs in the frame, whose keys are read once."""
    columns = request.columns
    found = frame.select(keys.values()).unique().collect(engine="streaming")
    occurring = {name: found[name].unique().to_list() for name in keys}
    pairs: Iterable[Any] = ()
    if columns.unit is not None:
        pairs = found.select(columns.indicator, columns.unit).unique().rows()
    return request.table(
        indicators=occurring[columns.indicator], periods=occurring[columns.period], pairs=pairs
    )


def _inputs(
    keys: Mapping[str, pl.Expr], kinds: Mapping[str, Kind], table: Table, columns: Columns
) -> list[dict[str, pl.Expr]]:
    """What a program reads of each row, and the row's place in the lookup table."""

    def codes(name: str, known: Mapping[Any, int], unknown: int) -> pl.Expr:
        return _codes(keys[name], kinds[name], known).fill_null(known.get(None, unknown))

    indicator = codes(columns.indicator, table.indicators, table.unknown_indicator)
    period = codes(columns.period, table.periods, table.unknown_period)
    first: dict[str, pl.Expr] = {_PLACE: indicator * table.width + period}
    value = pl.col(columns.value).cast(pl.Float64)
    if columns.unit is not None:
        units = [*dict.fromkeys(spelling for _, spelling in table.factors)]
        places = {spelling: place for place, spelling in enumerate(units)}
        unit = codes(columns.unit, places, len(units))
        factors = [
            table.factors.get((id, spelling)) or (math.nan, math.nan)
            for id in (*table.ids, "")
            for spelling in (*units, None)
        ]
        place = indicator * (len(units) + 1) + unit
        for name, figures in zip((_FACTOR, _DIVISOR), zip(*factors, strict=True), strict=True):
            first[name] = pl.lit(pl.Series(figures, dtype=pl.Float64).fill_nan(None)).gather(place)
    inputs = {PRESENT: value.fill_null(math.nan).is_not_nan()}
    if columns.unit is not None:
        value = value * pl.col(_FACTOR) / pl.col(_DIVISOR)
        inputs[UNITED] = pl.col(_FACTOR).is_not_null()
    inputs |= _checked(value, VALUE, USABLE)
    if columns.reference is not None:
        reference = pl.col(columns.reference).cast(pl.Float64)
        inputs |= _checked(reference, REFERENCE, REFERENCED)
    return [first, inputs]


def _repeated(columns: Columns) -> pl.Expr:
    """Whether another row of the same unit of observation reports the same figure."""
    reported = pl.col(PRESENT) & ~pl.any_horizontal(pl.col(columns.by).is_null())
    return reported & (reported.sum().over(*columns.by, _PLACE) > 1)


def _checked(value: pl.Expr, name: str, usable: str) -> dict[str, pl.Expr]:
    """A value without nulls, and whether it can be calculated with."""
    filled = value.fill_null(math.nan)
    size = filled.abs()
    inside = (size <= LARGEST) & ((size >= SMALLEST) | (size == 0.0))
    return {name: filled, usable: inside}


def _codes(key: pl.Expr, kind: Kind, codes: Mapping[Any, int]) -> pl.Expr:
    """The code of each key, as a whole number; null for a key that has none."""
    known = {each: code for each, code in codes.items() if each is not None}
    if not known:
        return pl.lit(None, dtype=pl.UInt32)
    if kind in {Kind.TEXT, Kind.CATEGORY, Kind.NOTHING}:
        return _by_name(key, known)
    if kind in {Kind.DATE, Kind.TIME}:
        days = {(each - _EPOCH).days: code for each, code in known.items()}
        return _by_number(key.to_physical().cast(pl.Int64), days)
    if kind is Kind.REAL:  # 2020.7 is no year
        key = pl.when(key == key.floor()).then(key)
    years = {int(each): code for each, code in known.items()}
    return _by_number(key.cast(pl.Int64, strict=False), years)


def _by_name(key: pl.Expr, codes: Mapping[str, int]) -> pl.Expr:
    place = key.cast(pl.Enum([*codes]), strict=False).to_physical().cast(pl.UInt32)
    return _mapped(place, [*codes.values()])


def _by_number(key: pl.Expr, codes: Mapping[int, int]) -> pl.Expr:
    first, last = min(codes), max(codes)
    if last - first > _SPAN:
        old, new = [*codes], pl.Series([*codes.values()], dtype=pl.UInt32)
        return key.replace_strict(old, new, default=None, return_dtype=pl.UInt32)
    place = pl.when(key.is_between(first, last)).then(key - first).cast(pl.UInt32)
    return _mapped(place, [codes.get(each) for each in range(first, last + 1)])


def _mapped(place: pl.Expr, codes: Sequence[int | None]) -> pl.Expr:
    """The code at each place; the place itself where it is the code."""
    if codes == [*range(len(codes))]:
        return place
    return pl.lit(pl.Series(codes, dtype=pl.UInt32)).gather(place)


def _columns(
    figures: Mapping[str, Value], statuses: Sequence[str]
) -> tuple[list[dict[str, pl.Expr]], dict[str, pl.Expr]]:
    """The stages of a program, and the columns that come of it."""
    named = {"status": pl.Enum(statuses), "state": pl.Enum(STATES), "reason": pl.Enum(REASONS)}

    def name(kind: str, value: str | None) -> pl.Expr:
        return pl.lit(value, dtype=named[kind])

    engine = Engine(module=pl, name=name, flag=pl.col)
    roots = [root for value in figures.values() for root in (value.node, value.valid)]
    low = lowered(roots, engine)
    pairs = zip(low.roots[::2], low.roots[1::2], strict=True)
    found = {name: _valid(figures[name], *pair) for name, pair in zip(figures, pairs, strict=True)}
    known = {name: _series(node, named) for name, node in low.known.items()}
    return [*_gathered(known), *low.stages], {name: found[name] for name in OUTPUTS}


def _gathered(known: Mapping[str, pl.Series]) -> list[dict[str, pl.Expr]]:
    """The figures of the lookup table that are read, fetched for each row all at once."""
    if not known:
        return []
    fetched = pl.lit(pl.DataFrame(known).to_struct(_KNOWN)).gather(pl.col(_PLACE))
    fields = {name: pl.col(_KNOWN).struct.field(name) for name in known}
    return [{_KNOWN: fetched}, fields]


def _valid(value: Value, expr: pl.Expr, valid: pl.Expr) -> pl.Expr:
    """A value where it is valid, and null elsewhere."""
    return expr if value.valid.is_always(value=True) else pl.when(valid).then(expr)


def _series(node: Node, named: Mapping[str, pl.Enum]) -> pl.Series:
    """Figures or names of the lookup table, null where there is none."""
    figures = node.vector or ()
    if node.name:
        return pl.Series(figures, dtype=named[node.name])
    if node.logical:
        return pl.Series(figures, dtype=pl.Boolean)
    return pl.Series(figures, dtype=pl.Float64).fill_nan(None)
