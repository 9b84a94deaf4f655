"""Hand-written queries and ours, on every engine, held against each other on a small panel."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ipplan import Plan
from tests.benchmarks.frames.baselines import ADDED, REASONS, STATES, STATUSES
from tests.benchmarks.frames.cases import CASES, SHAPES, Case
from tests.benchmarks.frames.check import differences, differences_of_groups
from tests.benchmarks.frames.loading import LOADERS, in_pandas
from tests.benchmarks.frames.measure import wanted
from tests.benchmarks.frames.panel import illustrative_plan, panel_files

_KEYS = ["region", "indicator", "period"]


def checked(rows: int, only: list[str], *, spark: bool) -> Iterator[tuple[str, list[str]]]:
    """Each case of rows, groups and files, with what differs: rows from those of `Plan.assess`,
    groups from the first ones by hand.
    """
    plan = illustrative_plan()
    with tempfile.TemporaryDirectory() as folder:
        files = panel_files(Path(folder), plan, rows)
        first = {"rows": _by_assess(plan, in_pandas(files))}
        for case in CASES:
            if case.job not in ("rows", "groups", "scan") or SHAPES[case.job] != SHAPES["rows"]:
                continue
            kind = "rows" if case.job == "rows" else "groups"
            if not wanted(case, only, spark=spark):
                continue
            found = _as_pandas(_result(case, files), files)
            compared = first.setdefault(kind, found)
            compare = differences if kind == "rows" else differences_of_groups
            yield case.name, list(compare(compared, found))


def _by_assess(plan: Plan, panel: pd.DataFrame) -> pd.DataFrame:
    """What the library says of each row by itself, without frames."""
    found = []
    for indicator, period, value in panel[[*_KEYS[1:], "value"]].itertuples(index=False):
        figures = {} if np.isnan(value) else {indicator: {period: value}}
        result = plan.assess(figures, as_of=period)[indicator]
        numbers = (result.expected, result.met, result.ratio, result.progress, result.score)
        words = (result.status, result.state, result.reason)
        found.append((*numbers, *(each and each.value for each in words)))
    added = pd.DataFrame(found, columns=list(ADDED))
    return _as_pandas(panel.join(added), [])


def _result(case: Case, files: list[Path]) -> Any:
    """The case's result, collected also where the clock would throw it away."""
    panel = LOADERS[case.load](files)
    query = case.ready(
        illustrative_plan(), run=_spark_collected if case.engine == "spark" else None
    )
    return query(panel)


def _spark_collected(frame: Any) -> Any:
    return frame.toPandas()


def _as_pandas(found: Any, files: list[Path]) -> pd.DataFrame:
    """A result as a pandas frame, rows in the order of their keys, which are unique here."""
    if isinstance(found, dict):
        found = _decoded(found, files)
    frame = found if isinstance(found, pd.DataFrame) else found.to_pandas()
    if "indicator" in frame:
        frame = frame.sort_values(_KEYS)
    return frame.reset_index(drop=True)


def _decoded(found: dict[str, np.ndarray], files: list[Path]) -> pd.DataFrame:
    """NumPy's codes as words."""
    words = {"status": STATUSES, "state": STATES, "reason": REASONS}
    columns: dict[str, Any] = dict(found)
    columns |= {name: pd.Categorical.from_codes(found[name], each) for name, each in words.items()}
    met = pd.array(found["met"] == 1, dtype="boolean")
    met[found["met"] < 0] = pd.NA
    return in_pandas(files).assign(**(columns | {"met": met}))
