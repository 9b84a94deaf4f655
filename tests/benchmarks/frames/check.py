"""Whether the hand-written queries and ours say the same of a panel, row by row."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from tests.benchmarks.frames.baselines import ADDED
from tests.benchmarks.frames.lookup import lookup, points_of
from tests.benchmarks.frames.panel import FIRST, LAST, illustrative_plan

_NUMBERS = ("expected", "ratio", "progress", "score")
_EDGE = 1e-9
"""Within this of a bound or a threshold the hand-written queries may say another word."""


def differences(first: pd.DataFrame, second: pd.DataFrame) -> Iterator[str]:
    """What differs between two results in the same order; edge cases are left out of words."""
    if len(first) != len(second):
        yield f"{len(first)} rows and {len(second)}"
        return
    near = _near_edge(first)
    for name in ADDED:
        one, other = first[name], second[name]
        unlike = one.isna() != other.isna()
        if name in _NUMBERS:
            size = np.maximum(1.0, one.abs())
            unlike |= (one - other).abs() > 1e-9 * size
        else:
            unlike |= (one.astype(str) != other.astype(str)) & one.notna() & other.notna() & ~near
        if unlike.any():
            at = int(np.flatnonzero(unlike)[0])
            yield f"{name}: {int(unlike.sum())} rows, the first is {at}: {one[at]} and {other[at]}"


def _near_edge(rows: pd.DataFrame) -> pd.Series:
    plan = illustrative_plan()
    due = pd.DataFrame(lookup(points_of(plan), range(FIRST, LAST + 1)))
    asked = rows[["indicator", "period"]].merge(due, on=["indicator", "period"], how="left")
    value, ratio = rows["value"].to_numpy(), rows["ratio"]
    near = pd.Series(np.zeros(len(rows), dtype=bool))
    for edge in ("low", "high", "aim_floor", "aim_ceil"):
        near |= np.isclose(value, asked[edge].to_numpy(), rtol=_EDGE, atol=0.0)
    for threshold in (0.9, 0.95, 1.05):
        near |= np.abs(ratio - threshold) < 2 * _EDGE
    return near


def differences_of_groups(first: pd.DataFrame, second: pd.DataFrame) -> Iterator[str]:
    """What differs between two results by region, in whatever order."""
    columns = ["score", "coverage"]
    one, other = (each.set_index("region").sort_index()[columns] for each in (first, second))
    if list(one.index) != list(other.index):
        yield "other regions"
        return
    for name in columns:
        apart = (one[name].astype(float) - other[name].astype(float)).abs()
        unlike = (apart > 1e-9 * 100.0) | (one[name].isna() != other[name].isna())
        if unlike.any():
            yield f"{name}: {int(unlike.sum())} regions"
