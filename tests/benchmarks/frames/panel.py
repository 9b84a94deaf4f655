"""An illustrative plan, and panels of illustrative figures for it: no figure here is published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ipplan import Baseline, Bound, Indicator, Milestone, Plan, Text, Trajectory

FIRST, LAST = 2013, 2033
"""Years that panels have; the plan's points lie from 2014 to 2030."""
YEARS = LAST - FIRST + 1
REGIONS = 3_000
SEED = 20_161
CHUNK = 1_000_000
"""Rows that are made, and written, at a time."""
FILE = 10_000_000
"""Rows of one file at most."""

_KINDS = ("at_least",) * 14 + ("at_most",) * 3 + ("more_than", "less_than", "between")
"""The kinds of bounds, in turn: of 20 indicators, two are strict and one has a range."""


def kind_of(number: int) -> str:
    """The kind of an indicator's bounds."""
    return _KINDS[number * 7 % len(_KINDS)]


def illustrative_plan(indicators: int = 100) -> Plan:
    """A plan with 3 to 6 milestones for each indicator, and baselines for nine in ten."""
    return Plan(
        id="illustrative",
        title=Text(en="An illustrative plan", zh="示例规划"),
        start=2015,
        end=2030,
        indicators=[_indicator(number) for number in range(indicators)],
    )


def _indicator(number: int) -> Indicator:
    name = f"indicator_{number:03}"
    return Indicator(
        id=name,
        name=Text(en=f"Indicator {number}", zh=f"指标{number}"),
        unit="个",
        accrual="level",
        trajectory=_trajectory(number),
    )


def _trajectory(number: int) -> Trajectory:
    draw = np.random.default_rng([SEED, number])
    kind = kind_of(number)
    count = int(draw.integers(3, 7))
    years = np.sort(draw.choice(np.arange(2016, 2031), size=count, replace=False))
    start = float(np.round(draw.uniform(20.0, 200.0), 1))
    growth = np.cumsum(draw.uniform(0.05, 0.25, size=count))
    down = kind in ("at_most", "less_than")
    figures = np.round(start / (1.0 + growth) if down else start * (1.0 + growth), 1)
    bounds = [_bound(kind, float(figure)) for figure in figures]
    return Trajectory(
        milestones=[
            Milestone(period=int(year), bound=bound)
            for year, bound in zip(years, bounds, strict=True)
        ],
        baseline=None if number % 10 == 9 else Baseline(period=2014, value=start),
    )


def _bound(kind: str, figure: float) -> Bound:
    if kind == "between":
        return Bound.between(figure, round(figure * 1.2, 1))
    return Bound(kind=kind, low=figure)


def rows_of(
    plan: Plan, start: int, stop: int, *, regions: int = REGIONS, years: int = YEARS
) -> pa.Table:
    """The rows start..stop of the panel: regions, and in them years, and in these indicators.

    About one figure in a hundred is null and one in a thousand zero; the others lie around what
    the plan asks for. Where rows are more than regions x years x indicators, they start over with
    other figures.
    """
    if stop - start > CHUNK:
        edges = range(start, stop, CHUNK)
        return pa.concat_tables(
            rows_of(plan, at, min(at + CHUNK, stop), regions=regions, years=years) for at in edges
        )
    ids = list(plan.indicators)
    first = FIRST if years == YEARS else 2020
    row = np.arange(start, stop)
    indicator = row % len(ids)
    year = row // len(ids) % years
    region = row // (len(ids) * years) % regions
    draw = np.random.default_rng([SEED, start])
    values = _about(plan, first, years)[indicator, year] * draw.normal(1.0, 0.15, row.size)
    chance = draw.random(row.size)
    values[chance < 0.001] = 0.0
    return pa.table(
        {
            "region": _strings(region, [f"region_{number:06}" for number in range(regions)]),
            "indicator": _strings(indicator, ids),
            "period": pa.array(year + first),
            "value": pa.array(values, mask=chance > 0.99),
        }
    )


def _about(plan: Plan, first: int, years: int) -> np.ndarray:
    """What figures lie around, (indicator, year): the expected, or before it the first point."""
    return np.array(
        [
            [
                each.trajectory.value(first + year) or _first_figure(each.trajectory)
                for year in range(years)
            ]
            for each in plan.indicators.values()
        ]
    )


def _first_figure(way: Trajectory) -> float:
    return way.milestones[0].bound.value if way.baseline is None else way.baseline.value


def _strings(codes: np.ndarray, words: list[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(words)).cast(pa.string())


def panel_files(
    folder: Path, plan: Plan, rows: int, *, regions: int = REGIONS, years: int = YEARS
) -> list[Path]:
    """The panel as Parquet files in a folder, written unless they are there; the first rows of it.

    A million rows are in memory at a time. Files are shared by panels of all lengths that fill
    them, and 10^9 rows are the files of 10^8, ten times.
    """
    known = f"{len(plan.indicators)}x{regions}x{years}"
    paths = []
    for number, start in enumerate(range(0, min(rows, 10 * FILE), FILE)):
        stop = min(start + FILE, rows)
        path = folder / f"panel-{known}-{number}-{stop - start}.parquet"
        if not path.exists():
            _write(path, _chunks(plan, start, stop, regions=regions, years=years))
        paths.append(path)
    return paths * max(1, rows // (10 * FILE))


def _chunks(plan: Plan, start: int, stop: int, **shape: int) -> Iterator[pa.Table]:
    for at in range(start, stop, CHUNK):
        yield rows_of(plan, at, min(at + CHUNK, stop), **shape)


def _write(path: Path, chunks: Iterator[pa.Table]) -> None:
    first = next(chunks)
    partial = path.with_suffix(".partial")
    with pq.ParquetWriter(partial, first.schema) as writer:
        writer.write_table(first)
        for chunk in chunks:
            writer.write_table(chunk)
    partial.rename(path)
