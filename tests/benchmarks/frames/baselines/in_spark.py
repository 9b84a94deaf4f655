"""Spark by hand: a broadcast join with the lookup, and SQL expressions."""

from __future__ import annotations

from collections.abc import Sequence

from pyspark.sql import DataFrame
from pyspark.sql import functions as F  # noqa: N812 - everybody's name for it

from tests.benchmarks.frames.baselines.sql import DUE, FIGURES, GIVEN, GROUPS, WORDS
from tests.benchmarks.frames.lookup import Points, as_arrow, lookup
from tests.benchmarks.frames.panel import FIRST, LAST


def rows(panel: DataFrame, points: Sequence[Points]) -> DataFrame:
    """Every row scored."""
    table = as_arrow(lookup(points, range(FIRST, LAST + 1)))
    due = panel.sparkSession.createDataFrame(table)
    joined = panel.join(F.broadcast(due), on=["indicator", "period"], how="left")
    figures = joined.selectExpr(*_columns(f"{GIVEN}, {DUE}"), *_columns(FIGURES))
    kept = _columns(f"{GIVEN}, expected, met, ratio, progress")
    return figures.selectExpr(*kept, *_columns(WORDS))


def groups(panel: DataFrame, points: Sequence[Points]) -> DataFrame:
    """The mean score of each region, and the share of what is due that has one."""
    sums = [F.expr(each) for each in _columns(GROUPS)]
    return rows(panel, points).groupBy("region").agg(*sums)


def _columns(text: str) -> list[str]:
    """The expressions of a list in SQL: at the commas outside of brackets and CASE."""
    found, depth = [""], 0
    for each in text.replace(",", " , ").replace("(", " ( ").replace(")", " ) ").split():
        depth += (each in ("(", "CASE")) - (each in (")", "END"))
        if each == "," and not depth:
            found.append("")
        else:
            found[-1] += f" {each}"
    return found
