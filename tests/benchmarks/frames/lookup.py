"""The lookup of the hand-written queries: what each indicator asks for in each year, by np.interp.

It takes the plan as an analyst would have it typed in: years and figures, one kind of bound for
each indicator, straight lines between. It knows no flows within a year, no relative targets and no
expected figures of zero or below, and times are whole years.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from ipplan import Plan


class Points(NamedTuple):
    """One indicator as it is typed in; `base` is NaN where there is no baseline."""

    indicator: str
    kind: str
    years: list[float]
    lows: list[float]
    highs: list[float]
    base_year: float
    base: float


def points_of(plan: Plan) -> list[Points]:
    """The plan's points; not timed, since an analyst has them as a table."""
    found = []
    for each in plan.indicators.values():
        way = each.trajectory
        found.append(
            Points(
                indicator=each.id,
                kind=way.milestones[0].bound.kind.value,
                years=[one.period.position for one in way.milestones],
                lows=[one.bound.low for one in way.milestones],
                highs=[one.bound.high for one in way.milestones],
                base_year=np.nan if way.baseline is None else way.baseline.period.position,
                base=np.nan if way.baseline is None else way.baseline.value,
            )
        )
    return found


def lookup(points: Sequence[Points], years: Iterable[int]) -> dict[str, np.ndarray]:
    """The lookup as columns; one row for each indicator and year in which something is due.

    `low` and `high` are the bound's figures, and it is met from `floor` to `ceil`; `way` is 1, -1,
    or 0 for a range; `base` is the baseline and `span` the way from it to the bound, NaN where
    there is none; the final bound, where it asks for more than now and is not due yet, is met from
    `aim_floor` to `aim_ceil`; `final` and `overdue`: the last milestone is due, or past.
    """
    at = np.array([*years], dtype=float)
    parts = [_of_one(each, at) for each in points]
    table = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    table["indicator"] = np.repeat([each.indicator for each in points], at.size)
    table["period"] = np.tile(at.astype(np.int64), len(points))
    due = table.pop("due")
    return {name: column[due] for name, column in table.items()}


def _of_one(points: Points, at: np.ndarray) -> dict[str, np.ndarray]:
    based = not np.isnan(points.base)
    years = [points.base_year] * based + points.years
    low = np.interp(at, years, [points.base] * based + points.lows)
    high = np.interp(at, years, [points.base] * based + points.highs)
    way = WAYS[points.kind]
    edge = np.where(np.abs(points.base - low) <= np.abs(points.base - high), low, high)
    span = edge - points.base if way else np.abs(edge - points.base)
    last_low, last_high, last_year = points.lows[-1], points.highs[-1], points.years[-1]
    further = (at < last_year) & (last_low != low) & (last_high != high)
    floor, ceil = met_from(points.kind, low, high)
    aim_floor, aim_ceil = met_from(points.kind, np.array(last_low), np.array(last_high))
    return {
        "due": at > points.base_year if based else at >= points.years[0],
        "expected": (low + high) / 2.0,
        "low": low,
        "high": high,
        "floor": floor,
        "ceil": ceil,
        "way": np.full(at.size, way),
        "base": np.full(at.size, points.base),
        "span": np.where(span == 0.0, np.nan, span),
        "aim_floor": np.where(further, aim_floor, np.nan),
        "aim_ceil": np.where(further, aim_ceil, np.nan),
        "final": at >= last_year,
        "overdue": at > last_year,
    }


WAYS = {"at_least": 1.0, "more_than": 1.0, "at_most": -1.0, "less_than": -1.0, "between": 0.0}


def met_from(kind: str, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """From where to where a bound is met, both included: next to the figure of a strict one."""
    everywhere = np.full(low.shape, np.inf)
    match kind:
        case "at_least":
            return low, everywhere
        case "more_than":
            return np.nextafter(low, np.inf), everywhere
        case "at_most":
            return -everywhere, high
        case "less_than":
            return -everywhere, np.nextafter(high, -np.inf)
        case _:
            return low, high


def as_arrow(table: dict[str, np.ndarray]) -> pa.Table:
    """The lookup as an Arrow table, null for NaN."""
    return pa.table({name: pa.array(column, from_pandas=True) for name, column in table.items()})
