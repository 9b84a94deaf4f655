"""One case in a process of its own, `... frames.one NAME WARM_UP FILE ...`."""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.frames import memory
from tests.benchmarks.frames.cases import CASES, SHAPES, Case
from tests.benchmarks.frames.loading import LOADERS
from tests.benchmarks.frames.panel import illustrative_plan

_ENOUGH_SECONDS, _ENOUGH_RUNS = 0.5, 9


def measured(case: Case, files: list[Path], warm_up: list[Path]) -> dict[str, Any]:
    """Seconds, the median where runs are short; peak bytes over those used with the data loaded.

    Imports and the first, small run are not counted.
    """
    run = case.ready(illustrative_plan(SHAPES[case.job].indicators))
    load = LOADERS[case.load]
    run(load(warm_up))
    panel = load(files)
    gc.collect()
    memory.forget_peak()
    before = memory.used()
    seconds = [_timed(run, panel)]
    after = memory.peak()
    while sum(seconds) < _ENOUGH_SECONDS and len(seconds) < _ENOUGH_RUNS:
        seconds.append(_timed(run, panel))
    peak = None if before is None or after is None else after - before
    return {"seconds": statistics.median(seconds), "peak": peak, "loaded": before}


def _timed(run: Any, panel: Any) -> float:
    start = time.perf_counter()
    result = run(panel)
    elapsed = time.perf_counter() - start
    del result
    return elapsed


def main(name: str, warm_up: str, *files: str) -> None:
    """Print what was measured as a line of JSON."""
    case = next(each for each in CASES if each.name == name)
    found = measured(case, [Path(file) for file in files], [Path(warm_up)])
    sys.stdout.write("\n" + json.dumps(found) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
