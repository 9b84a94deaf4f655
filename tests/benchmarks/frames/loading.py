"""The panel as each engine has it before the clock starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

Files = Sequence[Path]


def in_polars(files: Files) -> Any:
    """A Polars frame."""
    import polars as pl

    return pl.read_parquet(list(files))


def in_pandas(files: Files) -> Any:
    """A pandas frame."""
    import pandas as pd

    return pd.concat([pd.read_parquet(file) for file in files], ignore_index=True)


def in_pyarrow(files: Files) -> Any:
    """A PyArrow table."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    return pa.concat_tables([pq.read_table(file) for file in files])


def in_duckdb(files: Files) -> Any:
    """A table in DuckDB's memory."""
    import duckdb

    duckdb.execute(
        "CREATE OR REPLACE TABLE panel AS FROM read_parquet($files)",
        {"files": [str(file) for file in files]},
    )
    return duckdb.table("panel")


def in_arrays(files: Files) -> Any:
    """NumPy arrays, with integer codes for indicators."""
    table = in_pyarrow(files)
    keys = table["indicator"].combine_chunks().dictionary_encode()
    return {
        "indicator": keys.indices.to_numpy().astype("int64"),
        "period": table["period"].to_numpy(),
        "value": table["value"].to_numpy(),
    }


def in_dicts(files: Files) -> Any:
    """Plain figures: {(region, period): {indicator: {period: value}}}, what is missing left out."""
    panel: dict[tuple[str, int], dict[str, dict[int, float]]] = {}
    for row in in_pyarrow(files).to_pylist():
        figures = panel.setdefault((row["region"], row["period"]), {})
        if row["value"] is not None:
            figures[row["indicator"]] = {row["period"]: row["value"]}
    return panel


def scanned_by_polars(files: Files) -> Any:
    """Files that Polars has yet to read."""
    import polars as pl

    return pl.scan_parquet(list(files))


def scanned_by_duckdb(files: Files) -> Any:
    """Files that DuckDB has yet to read."""
    import duckdb

    return duckdb.read_parquet([str(file) for file in files])


def scanned_by_spark(files: Files) -> Any:
    """Files that Spark has yet to read."""
    from tests.benchmarks.frames.session import spark

    return spark().read.parquet(*map(str, files))


LOADERS: Mapping[str, Callable[[Files], Any]] = {
    each.__name__: each
    for each in (
        in_polars,
        in_pandas,
        in_pyarrow,
        in_duckdb,
        in_arrays,
        in_dicts,
        scanned_by_polars,
        scanned_by_duckdb,
        scanned_by_spark,
    )
}
