"""Assessing a frame: whichever library it comes from, the same columns are added."""

from __future__ import annotations

import enum
from importlib.util import find_spec
from typing import Any

import narwhals as current
import narwhals.stable.v2 as nw

from ipplan.errors import ActualsError, EngineError, Problem, listed, shown
from ipplan.frames import native_engine
from ipplan.frames.attaching import attached
from ipplan.frames.duplicates import Duplicates
from ipplan.frames.few import FEW, few_assessed
from ipplan.frames.objects import typed
from ipplan.frames.request import Request
from ipplan.frames.types import OUTPUTS, kinds_of
from ipplan.reasons import SetAside

__all__ = ["Path", "assess_frame"]


class Path(enum.Enum):
    """Which way a frame is assessed; the results are the same."""

    FEW = "few"
    """Row by row, for so few that starting an engine takes longer."""
    POLARS = "polars"
    """By Polars, also for eager frames of pandas and PyArrow."""
    NATIVE = "native"
    """By the frame's own engine, through narwhals."""


def assess_frame(frame: Any, request: Request, *, path: Path | None = None) -> Any:
    """The frame with the columns of an assessment added; `Plan.assess_frame` tells how.

    Raises EngineError for what is no dataframe that narwhals knows.
    """
    native = current.to_native(frame, pass_through=True)
    known = _known(native)
    if path is None:
        path = _quickest(known)
    if isinstance(known, nw.LazyFrame):
        found = _lazy(known, request, path)
    else:
        found = _eager(known, request, path)
    if request.duplicates is Duplicates.REFUSE:
        _refuse_duplicates(nw.from_native(found), request)
    if isinstance(frame, nw.DataFrame | nw.LazyFrame):
        return nw.from_native(found)
    if isinstance(frame, current.DataFrame | current.LazyFrame):
        return current.from_native(found)
    return found


def _known(native: Any) -> nw.DataFrame[Any] | nw.LazyFrame[Any]:
    try:
        known: nw.DataFrame[Any] | nw.LazyFrame[Any] = nw.from_native(native)
    except TypeError:
        raise EngineError(
            Problem(
                place="frame",
                expected="a dataframe of pandas, Polars, PyArrow, DuckDB, Dask, Ibis or PySpark",
                found=shown(native),
                hint="of single figures, plan.assess makes an assessment",
            )
        ) from None
    return known


def _quickest(frame: nw.DataFrame[Any] | nw.LazyFrame[Any]) -> Path:
    engine = frame.implementation
    if isinstance(frame, nw.LazyFrame):
        return Path.POLARS if engine.is_polars() else Path.NATIVE
    if len(frame) <= FEW and _attachable(engine):
        return Path.FEW
    by_arrow = engine.is_pyarrow() or (engine.is_pandas() and find_spec("pyarrow") is not None)
    if engine.is_polars() or (by_arrow and find_spec("polars") is not None):
        return Path.POLARS
    return Path.NATIVE


def _attachable(engine: nw.Implementation) -> bool:
    return engine.is_polars() or engine.is_pandas() or engine.is_pyarrow()


def _lazy(frame: nw.LazyFrame[Any], request: Request, path: Path) -> Any:
    if path is Path.POLARS:
        from ipplan.frames import polars_engine

        return polars_engine.assessed(nw.to_native(frame), request)
    found = nw.to_native(native_engine.assessed(frame, request))
    # Dask takes what has conditions and nulls for conditions alone, until it is computed.
    return found.astype({"met": "boolean"}) if frame.implementation.is_dask() else found


def _eager(frame: nw.DataFrame[Any], request: Request, path: Path) -> Any:
    """An eager frame with the columns added; nothing else of it is touched or goes anywhere."""
    columns = request.columns
    read = [name for name in dict.fromkeys((*columns.by, *columns.read)) if name in frame.columns]
    told = typed(frame.select(read))
    kinds_of({**frame.schema, **told.schema}, columns)
    found: Any
    if path is Path.FEW:
        found = few_assessed(told, request)
    elif path is Path.POLARS:
        from ipplan.frames import polars_engine

        lazy = polars_engine.taken(told).lazy()
        found = polars_engine.assessed(lazy, request, alone=True).collect(engine="streaming")
    else:
        numbered = told.with_row_index(_ROW)
        rows = native_engine.assessed(numbered, request).sort(_ROW)
        found = rows.select(OUTPUTS)
    return attached(frame, found, request.statuses)


_ROW = "ipplan: row"


def _refuse_duplicates(found: nw.DataFrame[Any] | nw.LazyFrame[Any], request: Request) -> None:
    """Raise ActualsError where a row was set aside because another one says the same."""
    columns = request.columns
    keys = [*dict.fromkeys((*columns.by, columns.indicator, columns.period))]
    again = nw.col("reason").cast(nw.String) == SetAside.DUPLICATE.value
    rows = found.lazy().filter(again).select(*keys).unique().collect()
    told = [*rows.iter_rows()]
    if told:
        few = sorted(", ".join(map(str, each)) for each in told)
        raise ActualsError(
            Problem(
                place=f"columns {', '.join(keys)}",
                expected="one row for each",
                found=f"more for {listed(few, 5)}",
                hint="remove them, or set them aside: duplicates='set_aside'",
            )
        )
