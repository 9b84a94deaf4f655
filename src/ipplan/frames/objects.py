"""Objects: columns in which pandas keeps dates and decimals one by one, as columns of one type."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw

__all__ = ["typed"]

_TYPES = {
    "date": "datetime64[s]",
    "datetime": "datetime64[s]",
    "decimal": "float64",
    "integer": "float64",
    "floating": "float64",
    "mixed-integer-float": "float64",
}
"""What a column of objects becomes, by what pandas finds in it."""


def typed(frame: nw.DataFrame[Any]) -> nw.DataFrame[Any]:
    """An eager frame whose columns of dates and of decimals have a type; others as they are."""
    if not frame.implementation.is_pandas_like() or nw.Object() not in frame.schema.values():
        return frame
    from pandas.api.types import infer_dtype

    native = nw.to_native(frame)
    objects = [name for name, dtype in frame.schema.items() if dtype == nw.Object()]
    found = {name: _TYPES.get(infer_dtype(native[name], skipna=True)) for name in objects}
    made: nw.DataFrame[Any] = nw.from_native(
        native.astype({name: dtype for name, dtype in found.items() if dtype is not None})
    )
    return made
