"""Small tables: a lookup table as a frame of the caller's own engine and connection."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

import narwhals.stable.v2 as nw

__all__ = ["small_table"]


def small_table(frame: Any, rows: Mapping[str, list[Any]], *, types: Mapping[str, Any]) -> Any:
    """A small table beside a narwhals frame, of floats but for the columns with other `types`."""
    kinds: dict[str, Any] = dict.fromkeys(rows, nw.Float64) | dict(types)
    engine = frame.implementation
    if engine.is_duckdb():
        return nw.from_native(_in_duckdb(nw.to_native(frame), rows, kinds))
    if engine.is_pyspark() or engine.is_pyspark_connect():
        return nw.from_native(_in_spark(nw.to_native(frame), rows, kinds))
    if engine.is_dask():
        from dask import dataframe

        made: Any = dataframe
        return nw.from_native(made.from_pandas(_made(rows, kinds, "pandas"), npartitions=1))
    if engine.is_ibis():
        import ibis

        return nw.from_native(ibis.memtable(_made(rows, kinds, "pyarrow")))
    table = nw.from_dict(dict(rows), schema=kinds, backend=engine)
    return table.lazy() if isinstance(frame, nw.LazyFrame) else table


def _made(rows: Mapping[str, list[Any]], kinds: Mapping[str, Any], backend: str) -> Any:
    given: Any = backend
    return nw.to_native(nw.from_dict(dict(rows), schema=dict(kinds), backend=given))


_SQL = {nw.Float64: "DOUBLE", nw.String: "VARCHAR", nw.Int64: "BIGINT"}


def _in_duckdb(relation: Any, rows: Mapping[str, list[Any]], kinds: Mapping[str, Any]) -> Any:
    """A relation of the caller's own connection, which only its relations know.

    DuckDB finds the table by the name of the variable; without Arrow it is written out in SQL.
    """
    if find_spec("pyarrow") is not None:
        lookup = _made(rows, kinds, "pyarrow")  # noqa: F841 - DuckDB reads it by its name
        return relation.query("__ipplan_rows", "SELECT * FROM lookup")
    lists = (
        f'unnest([{", ".join(map(_literal, values))}]::{_SQL[kinds[name]]}[]) AS "{name}"'
        for name, values in rows.items()
    )
    return relation.query("__ipplan_rows", f"SELECT {', '.join(lists)}")


def _literal(value: Any) -> str:
    """A value in SQL; a float with an exponent, or it would be read as a decimal and be rounded."""
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return f"{value:.17e}" if isinstance(value, float) else str(value)


def _in_spark(frame: Any, rows: Mapping[str, list[Any]], kinds: Mapping[str, Any]) -> Any:
    """A table that every worker gets whole, so that the data need not be shuffled."""
    from pyspark.sql.functions import broadcast

    names = {nw.Float64: "double", nw.String: "string", nw.Int64: "bigint"}
    schema = ", ".join(f"`{name}` {names[kinds[name]]}" for name in rows)
    cells: Any = [*zip(*rows.values(), strict=True)]
    if find_spec("pyarrow") is not None:
        cells = _made(rows, kinds, "pyarrow")
    return broadcast(frame.sparkSession.createDataFrame(cells, schema))
