"""Polars by hand: a join with the lookup, or codes into it, and expressions."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from tests.benchmarks.frames.baselines import ADDED, GIVEN, REASONS, STATES, STATUSES
from tests.benchmarks.frames.lookup import Points, as_arrow, lookup
from tests.benchmarks.frames.panel import FIRST, LAST, YEARS

_STATUS, _STATE, _REASON = pl.Enum(STATUSES), pl.Enum(STATES), pl.Enum(REASONS)


def rows(panel: pl.LazyFrame, points: Sequence[Points], *, ordered: bool = True) -> pl.LazyFrame:
    """Every row scored, by a join; `ordered`: in the order that they came in."""
    due = pl.LazyFrame(as_arrow(lookup(points, range(FIRST, LAST + 1))))
    order = "left" if ordered else "none"
    joined = panel.join(due, on=["indicator", "period"], how="left", maintain_order=order)
    return _scored(joined)


def rows_by_code(panel: pl.LazyFrame, points: Sequence[Points]) -> pl.LazyFrame:
    """Every row scored, in order, without a join: the quickest form that was found.

    Keys become places in the lookup, laid out as a grid of indicators and years; its rows are
    gathered as one column of structs. An unknown indicator fails, and a year outside of the grid
    takes another indicator's figures.
    """
    ids = pl.Enum([each.indicator for each in points])
    years = pl.DataFrame({"period": range(FIRST, LAST + 1)})
    due = pl.DataFrame(as_arrow(lookup(points, years["period"])))
    grid = (
        ids.categories.to_frame("indicator")
        .join(years, how="cross")
        .join(due, on=["indicator", "period"], how="left", maintain_order="left")
        .drop("indicator", "period")
    )
    code = pl.col("indicator").cast(ids).to_physical().cast(pl.UInt32)
    year = (pl.col("period") - FIRST).cast(pl.UInt32)
    asked = pl.lit(grid.to_struct("asked")).gather(code * YEARS + year)
    return _scored(panel.with_columns(asked=asked).unnest("asked"))


def groups(panel: pl.LazyFrame, points: Sequence[Points]) -> pl.LazyFrame:
    """The mean score of each region, and the share of what is due that has one."""
    return _grouped(rows(panel, points, ordered=False))


def groups_by_code(panel: pl.LazyFrame, points: Sequence[Points]) -> pl.LazyFrame:
    """The same without a join."""
    return _grouped(rows_by_code(panel, points))


def _grouped(scored: pl.LazyFrame) -> pl.LazyFrame:
    due = pl.col("state") != "not_due"
    sums = scored.group_by("region").agg(
        score=pl.col("score").mean(), due=due.sum(), scored=pl.col("score").count()
    )
    return sums.with_columns(coverage=pl.col("scored") / pl.col("due"))


def _scored(joined: pl.LazyFrame) -> pl.LazyFrame:
    value, low, high, way = (pl.col(name) for name in ("value", "low", "high", "way"))
    missed = pl.when(value < low).then(low - value).when(value > high).then(value - high)
    reported = value.is_not_null() & low.is_not_null()
    figures = joined.with_columns(
        met=value.is_between("floor", "ceil"),
        ratio=pl.when(way > 0.0)
        .then(value / low)
        .when(way < 0.0)
        .then(pl.when(value != 0.0).then(low / value))
        .when(value < low)
        .then(value / low)
        .when(value > high)
        .then(high / value)
        .when(reported)
        .then(1.0),
        progress=pl.when(way != 0.0)
        .then((value - pl.col("base")) / pl.col("span"))
        .when(reported)
        .then(1.0 - missed.otherwise(0.0) / pl.col("span")),
    )
    met, ratio = pl.col("met"), pl.col("ratio")
    early = met & value.is_between("aim_floor", "aim_ceil")
    exceeded = (value - low) * way > 0.0
    final = (
        pl.when(met)
        .then(pl.when(exceeded).then(_status("exceeded")).otherwise(_status("met")))
        .when("overdue")
        .then(pl.when(reported).then(_status("overdue")))
        .when(ratio >= 0.9)
        .then(_status("nearly_met"))
        .when(reported)
        .then(_status("not_met"))
    )
    on_the_way = (
        pl.when(early & ratio.is_not_null())
        .then(_status("achieved_early"))
        .when(ratio >= 1.05)
        .then(_status("ahead"))
        .when(ratio >= 0.95)
        .then(_status("on_track"))
        .when(ratio.is_not_null())
        .then(_status("behind"))
    )
    return figures.select(
        *GIVEN,
        *ADDED[:4],
        score=100.0 * ratio.clip(0.0, 1.0),
        status=pl.when("final").then(final).otherwise(on_the_way),
        state=pl.when(ratio.is_not_null())
        .then(pl.lit("scored", _STATE))
        .when(low.is_null())
        .then(pl.lit("not_due", _STATE))
        .when(value.is_null())
        .then(pl.lit("missing", _STATE))
        .otherwise(pl.lit("not_computable", _STATE)),
        reason=pl.when(ratio.is_not_null())
        .then(None)
        .when(low.is_null())
        .then(pl.lit("before_first_milestone", _REASON))
        .when(value.is_null())
        .then(pl.lit("not_reported", _REASON))
        .otherwise(pl.lit("actual_is_zero", _REASON)),
    )


def _status(word: str) -> pl.Expr:
    return pl.lit(word, _STATUS)
