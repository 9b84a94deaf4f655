"""NumPy by hand: integer codes in, arrays and integer codes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tests.benchmarks.frames.baselines import REASONS, STATES, STATUSES
from tests.benchmarks.frames.lookup import Points, lookup
from tests.benchmarks.frames.panel import FIRST, LAST, YEARS

Arrays = Mapping[str, np.ndarray]

_STATUS = {word: np.int8(code) for code, word in enumerate(STATUSES)}
_STATE = {word: np.int8(code) for code, word in enumerate(STATES)}
_REASON = {word: np.int8(code) for code, word in enumerate(REASONS)}
_NONE = np.int8(-1)
_BLOCK = 1 << 15


def rows(panel: Arrays, points: Sequence[Points]) -> dict[str, np.ndarray]:
    """Every row scored; `indicator` holds codes, and words come out as codes, -1 for none.

    In blocks, so that what is in between stays in the processor's cache.
    """
    grid = _grid(points)
    found: dict[str, np.ndarray] = {}
    size = len(panel["value"])
    for start in range(0, size, _BLOCK):
        block = slice(start, start + _BLOCK)
        at = panel["indicator"][block] * YEARS + (panel["period"][block] - FIRST)
        asked = {name: column[at] for name, column in grid.items()}
        for name, column in scored(panel["value"][block], asked).items():
            found.setdefault(name, np.empty(size, dtype=column.dtype))[block] = column
    return found


def _grid(points: Sequence[Points]) -> dict[str, np.ndarray]:
    """The lookup with a row for each indicator and year, NaN or False where nothing is due."""
    due = lookup(points, range(FIRST, LAST + 1))
    codes = {each.indicator: code for code, each in enumerate(points)}
    at = (
        np.array([codes[each] for each in due.pop("indicator")]) * YEARS + due.pop("period") - FIRST
    )
    grid = {}
    for name, column in due.items():
        empty = False if column.dtype == bool else np.nan
        grid[name] = np.full(len(points) * YEARS, empty, dtype=column.dtype)
        grid[name][at] = column
    return grid


def scored(value: np.ndarray, due: Arrays) -> dict[str, np.ndarray]:
    """The columns out of the figures and the lookup's columns, row by row; NaN is null."""
    low, high, way = due["low"], due["high"], due["way"]
    final, overdue = due["final"], due["overdue"]
    asked, reported = ~np.isnan(low), ~np.isnan(value) & ~np.isnan(low)
    with np.errstate(divide="ignore", invalid="ignore"):
        share, inverse = value / low, high / value
        inverse[value == 0.0] = np.nan
        missed = np.maximum(np.maximum(low - value, value - high), 0.0)
        progress = np.where(
            way == 0.0, 1.0 - missed / due["span"], (value - due["base"]) / due["span"]
        )
    between = np.where(value < low, share, np.where(value > high, inverse, 1.0))
    ratio = np.where(way > 0.0, share, np.where(way < 0.0, inverse, between))
    ratio[~reported] = np.nan
    met = (value >= due["floor"]) & (value <= due["ceil"])
    early = met & (value >= due["aim_floor"]) & (value <= due["aim_ceil"])
    exceeded = (value - low) * way > 0.0
    has = ~np.isnan(ratio)
    status = np.select(
        [
            final & met & exceeded,
            final & met,
            overdue & reported,
            final & (ratio >= 0.9),
            final & reported,
            early & has,
            ratio >= 1.05,
            ratio >= 0.95,
            has,
        ],
        [
            _STATUS["exceeded"],
            _STATUS["met"],
            _STATUS["overdue"],
            _STATUS["nearly_met"],
            _STATUS["not_met"],
            _STATUS["achieved_early"],
            _STATUS["ahead"],
            _STATUS["on_track"],
            _STATUS["behind"],
        ],
        _NONE,
    )
    gaps = [has, ~asked, ~reported]
    states = [_STATE["scored"], _STATE["not_due"], _STATE["missing"]]
    reasons = [_NONE, _REASON["before_first_milestone"], _REASON["not_reported"]]
    return {
        "expected": np.where(asked, due["expected"], np.nan),
        "met": np.where(reported, met, _NONE).astype(np.int8),
        "ratio": ratio,
        "progress": progress,
        "score": 100.0 * np.clip(ratio, 0.0, 1.0),
        "status": status,
        "state": np.select(gaps, states, _STATE["not_computable"]),
        "reason": np.select(gaps, reasons, _REASON["actual_is_zero"]),
    }
