"""Types: what the columns of a frame hold, and whether an assessment can work with them."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from typing import Any

from ipplan.errors import ActualsError, Problem, listed, near_hint
from ipplan.frames.keys import Columns

__all__ = ["OUTPUTS", "Kind", "kinds_of", "unfit_columns"]

OUTPUTS = ("expected", "met", "ratio", "progress", "score", "status", "state", "reason")
"""The columns that an assessment adds, in this order."""


class Kind(enum.Enum):
    """What a column holds, as far as an assessment tells it apart."""

    WHOLE = "whole numbers"
    REAL = "numbers"
    TEXT = "texts"
    CATEGORY = "categories"
    DATE = "dates"
    TIME = "times"
    NOTHING = "nulls"
    OTHER = "something else"


def kinds_of(schema: Mapping[str, Any], columns: Columns) -> dict[str, Kind]:
    """What each column holds that is read, by narwhals' schema of the frame.

    Raises ActualsError with all that does not fit: columns that are missing, of a type that cannot
    be read, or in the place of one that is to be added.
    """
    problems = [*unfit_columns([*schema], columns)]
    kinds = {name: _kind(dtype) for name, dtype in schema.items() if name in columns.read}
    problems += _unfit_types(kinds, schema, columns)
    if problems:
        raise ActualsError(*problems)
    return kinds


def unfit_columns(names: list[str], columns: Columns) -> Iterator[Problem]:
    """The columns that are missing, and those that stand where results are to be."""
    wanted = columns.read | dict.fromkeys(columns.by, "by")
    for name, option in wanted.items():
        if name not in names:
            hint = near_hint(name, names) or f"the frame has {listed(names)}"
            yield Problem(place=option, expected=f"a column {name!r}", found="none", hint=f"{hint}")
    for name in names:
        if name in OUTPUTS or str(name).startswith("__ipplan_"):
            yield Problem(
                place=f"column {name}",
                expected="another name: the assessment adds a column of that name",
                found=name,
                hint="rename it, or drop it",
            )


_NUMBERS = {Kind.WHOLE, Kind.REAL, Kind.NOTHING}
_KEYS = {Kind.TEXT, Kind.CATEGORY, Kind.NOTHING}


def _unfit_types(
    kinds: Mapping[str, Kind], schema: Mapping[str, Any], columns: Columns
) -> Iterator[Problem]:
    allowed = {
        "indicator": _KEYS,
        "unit": _KEYS,
        "value": _NUMBERS,
        "reference": _NUMBERS,
        "period": {*Kind} - {Kind.OTHER},
    }
    for name, option in columns.read.items():
        kind = kinds.get(name)
        if kind is not None and kind not in allowed[option]:
            numbers = option in {"value", "reference"}
            yield Problem(
                place=f"column {name}",
                expected=" or ".join(
                    each.value for each in Kind if each in allowed[option] - {Kind.NOTHING}
                ),
                found=f"{kind.value} ({schema[name]})",
                hint="convert it to numbers first; what is empty becomes null" if numbers else "",
            )


def _kind(dtype: Any) -> Kind:
    import narwhals.stable.v2 as nw

    found = Kind.OTHER
    if dtype.is_integer():
        found = Kind.WHOLE
    elif dtype.is_numeric():
        found = Kind.REAL
    elif dtype == nw.String:
        found = Kind.TEXT
    elif dtype in (nw.Categorical, nw.Enum):
        found = Kind.CATEGORY
    elif dtype == nw.Date:
        found = Kind.DATE
    elif dtype == nw.Unknown:  # so narwhals calls a column that holds nothing but nulls
        found = Kind.NOTHING
    elif dtype == nw.Datetime:
        found = Kind.TIME
    return found
