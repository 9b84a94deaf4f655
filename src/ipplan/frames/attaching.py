"""Attaching: results become columns of an eager frame, of the same types whatever made them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import narwhals.stable.v2 as nw

from ipplan.frames.program import REASONS, STATES
from ipplan.frames.types import OUTPUTS

__all__ = ["Lists", "attached"]

Lists: TypeAlias = Mapping[str, list[Any]]
"""Columns as lists, with None where there is nothing."""


def attached(frame: nw.DataFrame[Any], found: Any, statuses: Sequence[str]) -> Any:
    """The native frame with columns added; `found` has them as lists, or as an eager frame.

    `met` is a nullable boolean; `status`, `state` and `reason` are categories, the same ones for
    every frame that is assessed by a policy.
    """
    native, engine = nw.to_native(frame), frame.implementation
    if engine.is_polars():
        return _to_polars(native, found, statuses)
    if engine.is_pandas_like():
        return _to_pandas(native, found, statuses)
    return _to_arrow(native, found, statuses)


def _categories(statuses: Sequence[str]) -> dict[str, Sequence[str]]:
    return {"status": statuses, "state": STATES, "reason": REASONS}


def _to_polars(frame: Any, found: Any, statuses: Sequence[str]) -> Any:
    import polars as pl

    schema: dict[str, Any] = dict.fromkeys(OUTPUTS, pl.Float64) | {"met": pl.Boolean}
    schema |= {name: pl.Enum(each) for name, each in _categories(statuses).items()}
    columns = found if isinstance(found, Mapping) else nw.to_native(nw.from_native(found))
    return frame.hstack(pl.DataFrame({name: columns[name] for name in OUTPUTS}, schema=schema))


def _to_pandas(frame: Any, found: Any, statuses: Sequence[str]) -> Any:
    import numpy as np
    import pandas as pd

    named = _categories(statuses)
    columns: dict[str, Any] = {}
    for name in OUTPUTS:
        values = found[name]
        if name in named:
            codes = np.asarray(_codes(values, named[name], -1), dtype="int16")
            columns[name] = pd.Categorical.from_codes(codes, categories=[*named[name]])
        elif name == "met":
            numbers = np.asarray(_numbers(values))
            columns[name] = pd.arrays.BooleanArray(numbers > 0.5, np.isnan(numbers))
        else:
            columns[name] = np.asarray(_numbers(values))
    return frame.assign(**columns)


def _to_arrow(frame: Any, found: Any, statuses: Sequence[str]) -> Any:
    import pyarrow as pa

    named = _categories(statuses)
    for name in OUTPUTS:
        values = found[name]
        if name in named:
            codes = pa.array(_codes(values, named[name], None), pa.int16())
            column = pa.DictionaryArray.from_arrays(codes, pa.array(named[name], pa.string()))
        elif isinstance(values, list):
            column = pa.array(values, pa.bool_() if name == "met" else pa.float64())
        else:
            column = values.to_arrow()
        frame = frame.append_column(name, column)
    return frame


def _codes(values: Any, names: Sequence[str], nothing: int | None) -> Any:
    """The place of each name, and what stands for none."""
    if isinstance(values, list):
        places: dict[str | None, int | None] = {name: place for place, name in enumerate(names)}
        places[None] = nothing
        return [places[each] for each in values]
    if isinstance(values, nw.Series):
        return _own_codes(values, names)
    import polars as pl

    codes = values.to_physical().cast(pl.Int16)
    return codes.to_arrow() if nothing is None else codes.fill_null(nothing).to_numpy()


def _own_codes(values: nw.Series[Any], names: Sequence[str]) -> Any:
    """The place of each name, by the frame's own library."""
    native = nw.to_native(values)
    if values.implementation.is_pandas_like():
        import pandas as pd

        return pd.Categorical(native, categories=[*names]).codes
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.index_in(native, value_set=pa.array(names)).combine_chunks().cast(pa.int16())


def _numbers(values: Any) -> Any:
    """Numbers with NaN for none, conditions as 1 and 0."""
    if isinstance(values, list):
        return [math.nan if each is None else float(each) for each in values]
    if isinstance(values, nw.Series):
        return nw.to_native(values).astype(float)
    import polars as pl

    return values.cast(pl.Float64).to_numpy()
