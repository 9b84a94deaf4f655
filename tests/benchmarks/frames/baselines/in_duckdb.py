"""DuckDB by hand: SQL over the lookup."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from tests.benchmarks.frames.baselines.sql import DUE, FIGURES, GIVEN, GROUPS, WORDS
from tests.benchmarks.frames.lookup import Points, as_arrow, lookup
from tests.benchmarks.frames.panel import FIRST, LAST


def rows(panel: duckdb.DuckDBPyRelation, points: Sequence[Points]) -> duckdb.DuckDBPyRelation:
    """Every row scored."""
    due = duckdb.from_arrow(as_arrow(lookup(points, range(FIRST, LAST + 1))))
    joined = panel.set_alias("panel").join(due.set_alias("due"), "indicator, period", how="left")
    figures = joined.project(f"{GIVEN}, {DUE}, {FIGURES}")
    return figures.project(f"{GIVEN}, expected, met, ratio, progress, {WORDS}")


def groups(panel: duckdb.DuckDBPyRelation, points: Sequence[Points]) -> duckdb.DuckDBPyRelation:
    """The mean score of each region, and the share of what is due that has one."""
    return rows(panel, points).aggregate(f"region, {GROUPS}", "region")
