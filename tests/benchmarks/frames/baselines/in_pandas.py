"""pandas by hand: np.interp for each indicator's group, a merge, and NumPy on the columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from tests.benchmarks.frames.baselines import REASONS, STATES, STATUSES
from tests.benchmarks.frames.baselines.in_numpy import scored
from tests.benchmarks.frames.lookup import WAYS, Points, met_from


def rows(panel: pd.DataFrame, points: Sequence[Points]) -> pd.DataFrame:
    """Every row scored."""
    due = _asked(panel, points)
    found = scored(panel["value"].to_numpy(), due)
    met = pd.array(found["met"] == 1, dtype="boolean")
    met[found["met"] < 0] = pd.NA
    return panel.assign(
        expected=found["expected"],
        met=met,
        ratio=found["ratio"],
        progress=found["progress"],
        score=found["score"],
        status=pd.Categorical.from_codes(found["status"], STATUSES),
        state=pd.Categorical.from_codes(found["state"], STATES),
        reason=pd.Categorical.from_codes(found["reason"], REASONS),
    )


def groups(panel: pd.DataFrame, points: Sequence[Points]) -> pd.DataFrame:
    """The mean score of each region, and the share of what is due that has one."""
    found = rows(panel, points)
    found = found.assign(due=found["state"] != "not_due")
    by_region = found.groupby("region", as_index=False).agg(
        score=("score", "mean"), due=("due", "sum"), scored=("score", "count")
    )
    return by_region.assign(coverage=by_region["scored"] / by_region["due"])


def _asked(panel: pd.DataFrame, points: Sequence[Points]) -> dict[str, np.ndarray]:
    """What each row's indicator asks for in its year."""
    year = panel["period"].to_numpy(dtype=float)
    low, high = np.empty(len(panel)), np.empty(len(panel))
    members = panel.groupby("indicator", sort=False).indices
    for each in points:
        at = members.get(each.indicator, [])
        based = not np.isnan(each.base)
        years = [each.base_year] * based + each.years
        low[at] = np.interp(year[at], years, [each.base] * based + each.lows)
        high[at] = np.interp(year[at], years, [each.base] * based + each.highs)
    known = panel[["indicator"]].merge(_attributes(points), on="indicator", how="left")
    column = {name: known[name].to_numpy() for name in known.columns.drop("indicator")}
    asked = np.where(
        np.isnan(column["base_year"]), year >= column["first_year"], year > column["base_year"]
    )
    low[~asked] = high[~asked] = np.nan
    further = (year < column["last_year"]) & (column["last_low"] != low)
    further &= column["last_high"] != high
    base, way = column["base"], column["way"]
    edge = np.where(np.abs(base - low) <= np.abs(base - high), low, high)
    span = np.where(way == 0.0, np.abs(edge - base), edge - base)
    strict = column["strict"]
    return {
        "expected": (low + high) / 2.0,
        "low": low,
        "high": high,
        "way": way,
        "base": base,
        "span": np.where(span == 0.0, np.nan, span),
        "floor": np.where(way < 0.0, -np.inf, np.where(strict, np.nextafter(low, np.inf), low)),
        "ceil": np.where(way > 0.0, np.inf, np.where(strict, np.nextafter(high, -np.inf), high)),
        "aim_floor": np.where(further, column["aim_floor"], np.nan),
        "aim_ceil": np.where(further, column["aim_ceil"], np.nan),
        "final": asked & (year >= column["last_year"]),
        "overdue": asked & (year > column["last_year"]),
    }


def _attributes(points: Sequence[Points]) -> pd.DataFrame:
    """What an indicator has whatever the year."""
    return pd.DataFrame(
        {
            "indicator": each.indicator,
            "way": WAYS[each.kind],
            "strict": each.kind in ("more_than", "less_than"),
            "base": each.base,
            "base_year": each.base_year,
            "first_year": each.years[0],
            "last_year": each.years[-1],
            "last_low": each.lows[-1],
            "last_high": each.highs[-1],
            "aim_floor": float(aim[0]),
            "aim_ceil": float(aim[1]),
        }
        for each in points
        for aim in [met_from(each.kind, np.array(each.lows[-1]), np.array(each.highs[-1]))]
    )
