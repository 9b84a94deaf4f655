"""How lazy results are run, the same for hand-written queries and for ours."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any


def streamed(frame: Any) -> Any:
    """A Polars lazy frame, by the streaming engine."""
    return frame.collect(engine="streaming")


def in_memory(frame: Any) -> Any:
    """A Polars lazy frame, by the in-memory engine."""
    return frame.collect(engine="in-memory")


def sunk(frame: Any) -> None:
    """A Polars lazy frame, streamed to a Parquet file, which is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        frame.sink_parquet(Path(folder) / "scored.parquet")


def to_arrow(relation: Any) -> Any:
    """A DuckDB relation, as an Arrow table."""
    return relation.to_arrow_table()


def to_nowhere(frame: Any) -> None:
    """A Spark frame: every row is made, and none kept."""
    frame.write.format("noop").mode("overwrite").save()


def as_is(frame: Any) -> Any:
    """What is there already."""
    return frame
