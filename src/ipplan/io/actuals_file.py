"""Actuals files: CSV, long (a row for each figure) or wide (a column for each period)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from attrs import evolve, frozen

from ipplan.choices import choose
from ipplan.errors import ActualsError, Gathered, PeriodError, Problem, near_hint, shown
from ipplan.io.files import decode
from ipplan.model.actuals import Actuals
from ipplan.model.entry import FIELDS, Entry
from ipplan.model.intake import Faulty
from ipplan.periods import Period
from ipplan.plan import Plan

__all__ = ["read_actuals"]

_HEADERS: dict[str, tuple[str, ...]] = {
    "kind": ("类型", "类别"),
    "indicator": ("id", "name", "指标", "指标名称"),
    "period": ("year", "年份", "年度", "时期", "期间", "时间"),
    "value": ("actual", "数值", "值", "实际", "实际值", "完成值"),
    "unit": ("单位", "计量单位"),
    "numerator": ("分子",),
    "denominator": ("分母",),
    "origin": ("reported_by", "数据提供方", "填报方"),
    "source": ("source_title", "来源", "数据来源"),
    "address": ("source_address", "url", "link", "地址", "网址", "链接"),
    "note": ("notes", "备注", "说明"),
    "verification": ("核实", "核实情况"),
    "deliverable": ("事项", "应交付事项"),
    "status": ("state", "状态", "进展"),
    "share": ("progress", "完成比例", "进度"),
    "date": ("done", "完成日期", "日期"),
    "reason": ("原因", "取消原因"),
    "evidence": ("证明材料", "佐证"),
}
_FIELD_OF = {header: field for field, headers in _HEADERS.items() for header in (field, *headers)}
_DELIMITERS = (",", "\t", ";")


@frozen(kw_only=True)
class _Column:
    """One column of the file: its header, and the field or the period that it holds."""

    header: str
    index: int
    field: str = ""
    period: Period | None = None


def read_actuals(
    path: str | Path | Iterable[str | Path], plan: Plan, *, faulty: Faulty | str = Faulty.REFUSE
) -> Actuals:
    """The actuals in a CSV file, or in several, checked against a plan, in each indicator's unit.

    Long files have the columns indicator, period and value; wide ones have indicator and one column
    for each period (`2016`, `2016年`, `2018-H1`), in which an empty cell means nothing reported.
    Both may have unit, numerator, denominator, origin, source, address, note and verification.
    Reports of deliverables have deliverable and status, and period, share, date, reason or
    evidence. In one file together, `kind` says what a row tells of: actual, benchmark or
    deliverable. Headers may be Chinese; indicators go by id or by either name. UTF-8 and GBK are
    read; commas, tabs or semicolons separate.

    Raises ActualsError with every problem by row and column, and OSError where it cannot be read.
    With `faulty` "set_aside", rows with a problem are set aside and told in `Actuals.problems`.
    """
    faulty = choose(Faulty, faulty, place="faulty")
    paths = [Path(each) for each in ([path] if isinstance(path, str | Path) else path)]
    names = [each.name for each in paths]
    gathered = Gathered()
    entries: list[Entry | Problem] = []
    for each in paths:
        # Files of one name in several folders are told apart by the path that was given.
        name = each.name if names.count(each.name) == 1 else each.as_posix()
        text = gathered.attempt("", partial(decode, each.read_bytes(), place=name))
        if text is not None:
            entries += gathered.attempt("", partial(_read, text, name)) or []
    gathered.finish(ActualsError)
    return plan.actuals(entries, faulty=faulty)


def _read(text: str, name: str) -> list[Entry | Problem]:
    """The entries of one file in its order, and what is wrong with the rows that are none."""
    rows = _rows(text, name)
    if not rows:
        raise ActualsError(
            Problem(place=name, expected="a header row and rows of figures", found="nothing")
        )
    (header_number, header), *body = rows
    columns = _columns(header, f"{name} row {header_number}")
    entries: list[Entry | Problem] = []
    for number, cells in body:
        place = f"{name} row {number}"
        if len(cells) != len(header):
            entries.append(_ragged(place, len(cells), len(header)))
        else:
            entries.extend(_entries(columns, cells, place))
    return entries


def _rows(text: str, name: str) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, each with its number as a spreadsheet counts."""
    first_line = text.lstrip().split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if any(cell.strip() for cell in cells):
                rows.append((number, cells))
    except csv.Error as error:
        raise ActualsError(
            Problem(place=f"{name} row {number + 1}", expected="CSV", found=str(error))
        ) from None
    return rows


def _ragged(place: str, found: int, expected: int) -> Problem:
    return Problem(
        place=place,
        expected=f"{expected} cells, as in the header",
        found=str(found),
        hint="a cell with a comma in it stands in quotes",
    )


def _columns(header: list[str], place: str) -> list[_Column]:
    """What each column holds; raises ActualsError with all that is wrong with the header."""
    columns = [_column(index, cell.strip()) for index, cell in enumerate(header)]
    if not {column.field for column in columns} & {"period", "status"}:
        # Without reports of deliverables, a date is the time of a figure.
        columns = [evolve(c, field="period") if c.field == "date" else c for c in columns]
    problems = [*_misread(columns, place), *_repeated(columns, place)]
    fields = {column.field for column in columns}
    wide = any(column.period for column in columns)
    if not fields & {"indicator", "deliverable"}:
        problems.append(_missing("indicator", columns, place))
    if wide:
        problems += [
            Problem(
                place=f"{place}, column {column.header}",
                expected="columns of periods, or one of period and one of value",
                found="both",
            )
            for column in columns
            if column.field in ("period", "value")
        ]
    else:
        wanted = ("status",) if "deliverable" in fields else ("period", "value")
        problems += [_missing(field, columns, place) for field in wanted if field not in fields]
    if problems:
        raise ActualsError(*problems)
    return columns


def _column(index: int, header: str) -> _Column:
    field = _FIELD_OF.get("_".join(header.casefold().split()), "")
    if field:
        return _Column(header=header, index=index, field=field)
    try:
        return _Column(header=header, index=index, period=Period.of(header))
    except PeriodError:
        plain = "".join(header.split())
        return _Column(header=header, index=index, field=_FIELD_OF.get(plain, ""))


def _misread(columns: list[_Column], place: str) -> Iterator[Problem]:
    for column in columns:
        if not column.field and not column.period:
            yield Problem(
                place=f"{place}, column {column.index + 1}",
                expected=f"a header like {', '.join(FIELDS)}, or a period",
                found=shown(column.header),
                hint=near_hint(column.header, _FIELD_OF) or "remove the column, or rename it",
            )


def _repeated(columns: list[_Column], place: str) -> Iterator[Problem]:
    seen: dict[object, _Column] = {}
    for column in columns:
        key = column.period.position if column.period else column.field
        if key and (first := seen.setdefault(key, column)) is not column:
            yield Problem(
                place=f"{place}, column {column.index + 1}",
                expected=f"one column for {column.field or column.period}",
                found=f"{shown(column.header)} beside {shown(first.header)}",
            )


def _missing(field: str, columns: list[_Column], place: str) -> Problem:
    headers = ", ".join(column.header for column in columns)
    return Problem(
        place=place,
        expected=f"a column {field} (or {', '.join(_HEADERS[field])})",
        found=headers or "no headers",
    )


def _entries(columns: list[_Column], cells: list[str], place: str) -> Iterator[Entry]:
    """The figures of a row: one in a long file; in a wide one, one for each cell with text."""
    shared: dict[str, object] = {
        column.field: cells[column.index] for column in columns if column.field
    }
    places = {
        column.field: f"{place}, column {column.header}" for column in columns if column.field
    }
    periods = [column for column in columns if column.period]
    reported = any(cells[column.index].strip() for column in periods)
    if not periods or (not reported and str(shared.get("status", "")).strip()):
        yield Entry(fields=shared, place=place, columns=places)
    elif not reported:
        # Nothing reported, by an indicator that the plan must know all the same.
        fields = {**shared, "period": periods[0].period, "value": None}
        yield Entry(fields=fields, place=place, columns=places)
    for column in periods:
        if cell := cells[column.index].strip():
            here = f"{place}, column {column.header}"
            fields = {**shared, "period": column.period, "value": cell}
            yield Entry(
                fields=fields, place=here, columns={**places, "period": here, "value": here}
            )
