"""Few rows: assessed one by one by the scalar code, quicker than an engine starts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

import narwhals.stable.v2 as nw
from attrs import frozen

from ipplan.assessment.evaluate import compared, referred
from ipplan.frames.attaching import Lists
from ipplan.frames.duplicates import Duplicates
from ipplan.frames.keys import plain
from ipplan.frames.lookup import SET_ASIDE, Entry, Verdict
from ipplan.frames.request import Request, Table
from ipplan.frames.types import OUTPUTS, kinds_of
from ipplan.model.fields import LARGEST, SMALLEST
from ipplan.reasons import SetAside

__all__ = ["FEW", "few_assessed"]

FEW = 1_000
"""Up to so many rows an engine takes longer; see `docs/benchmarks.md`."""


@frozen(kw_only=True)
class _Row:
    """One row as it is read: its entry, its value in the indicator's unit and its reference.

    `place` is what tells the indicator and period apart from others.
    """

    by: tuple[Any, ...]
    place: tuple[int, int]
    entry: Entry
    value: float | None
    reference: float | None


def few_assessed(frame: nw.DataFrame[Any], request: Request) -> Lists:
    """The columns of an assessment, a value for each row."""
    rows = [*_rows(frame, request)]
    twice: set[Any] = set()
    if request.duplicates is not Duplicates.ALLOW:
        keys = Counter(
            (row.by, row.place) for row in rows if row.value is not None and None not in row.by
        )
        twice = {key for key, count in keys.items() if count > 1}
    found: dict[str, list[Any]] = {name: [] for name in OUTPUTS}
    for row in rows:
        repeated = row.value is not None and (row.by, row.place) in twice
        for name, value in zip(OUTPUTS, _result(row, repeated=repeated), strict=True):
            found[name].append(value)
    return found


def _rows(frame: nw.DataFrame[Any], request: Request) -> Iterable[_Row]:
    columns = request.columns
    count = len(frame)

    def read(name: str | None) -> list[Any]:
        return [None] * count if name is None else [plain(each) for each in frame[name].to_list()]

    indicators, periods = read(columns.indicator), read(columns.period)
    values, units, references = read(columns.value), read(columns.unit), read(columns.reference)
    pairs = [*zip(indicators, units, strict=True)] if columns.unit is not None else []
    if request.periods is None:
        table = request.table(
            indicators=dict.fromkeys(indicators),
            periods=dict.fromkeys(periods),
            pairs=dict.fromkeys(pairs),
        )
    else:
        table = request.listed(kinds_of(frame.schema, columns)[columns.period])
    entry = cache(table.entry)
    by = [*zip(*(read(name) for name in columns.by), strict=True)] or [()] * count
    for place in range(count):
        codes = (
            table.indicators.get(indicators[place], table.unknown_indicator),
            table.periods.get(periods[place], table.unknown_period),
        )
        value = values[place]
        if value is not None:
            value = float(value)
            if columns.unit is not None:
                value = _converted(value, table, codes[0], units[place])
        reference = references[place]
        yield _Row(
            by=by[place],
            place=codes,
            entry=entry(*codes),
            value=value,
            reference=None if reference is None else float(reference),
        )


def _converted(value: Any, table: Table, indicator: int, unit: Any) -> float:
    """The value in the indicator's unit; NaN where its own is not known."""
    known = indicator != table.unknown_indicator
    factor = table.factors.get((table.ids[indicator], unit)) if known else None
    return math.nan if factor is None else float(value) * factor[0] / factor[1]


def _result(row: _Row, *, repeated: bool) -> tuple[Any, ...]:
    """What a row comes to, in the order of the columns."""
    entry = row.entry
    expected = None if math.isnan(entry.expected) else entry.expected
    if row.value is None or entry.idle[0] == SET_ASIDE:
        return _told(expected, entry.blank)
    if entry.relative:
        expected = None
    if fault := _fault(row.value, repeated=repeated):
        return _told(expected, (SET_ASIDE, fault.value))
    return _compared(row, expected) or _told(expected, entry.idle)


def _fault(value: float, *, repeated: bool) -> SetAside | None:
    """Why a value is set aside; None where it is not."""
    if repeated:
        return SetAside.DUPLICATE
    if math.isnan(value):
        return SetAside.UNKNOWN_UNIT
    return None if _usable(value) else SetAside.OUT_OF_RANGE


def _compared(row: _Row, expected: float | None) -> tuple[Any, ...] | None:
    """What a value comes to that is compared with something; None where it is not."""
    entry = row.entry
    expectation = entry.expectation
    if not entry.compared or entry.measured is None or entry.period is None or entry.rule is None:
        return None
    if entry.relative and expectation is not None:
        if row.reference is None or not _usable(row.reference):
            return None
        multiples = (expectation.bound.low, expectation.bound.high)
        if max(abs(each * row.reference) for each in multiples) > LARGEST:
            return _told(None, (SET_ASIDE, SetAside.OUT_OF_RANGE.value))
        expectation = referred(expectation, row.reference)
        expected = expectation.bound.value
    found = compared(
        entry.measured.indicator,
        row.value or 0.0,
        entry.period,
        expectation,
        policy=entry.measured.policy,
        rule=entry.rule,
    )
    status, reason = found["status"], found["reason"]
    return (
        expected,
        *(found[name] for name in ("met", "ratio", "progress", "score")),
        None if status is None else status.id,
        found["state"].value,
        None if reason is None else reason.value,
    )


def _told(expected: float | None, verdict: Verdict) -> tuple[Any, ...]:
    state, reason = verdict
    return (expected, None, None, None, None, None, state, reason)


def _usable(value: float) -> bool:
    return SMALLEST <= abs(value) <= LARGEST or value == 0.0
