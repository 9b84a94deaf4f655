"""The runs: each case in a fresh process, cases of one size in turn, and that several times."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from attrs import asdict, frozen

from tests.benchmarks.frames.cases import CASES, SHAPES, Case, Shape
from tests.benchmarks.frames.panel import illustrative_plan, panel_files

ROOT = Path(__file__).parents[3]
_WARM_UP = 2_100
_GROWTH = (10_000, 100_000, 1_000_000)
_SMALL = (10, 1_700)
_UNITS = 1_000_000


@frozen(kw_only=True)
class Round:
    """The cases of one job and size, which are run in turn."""

    job: str
    rows: int
    cases: tuple[Case, ...]
    repeat: int


@frozen(kw_only=True)
class Found:
    """What was measured of a case at one size; an entry of each list for each repeat.

    `run` is when its run started: ratios are between figures of one run.
    """

    run: str
    name: str
    job: str
    engine: str
    by: str
    variant: str
    counts: bool
    rows: int
    seconds: list[float]
    peaks: list[int | None]


def rounds(
    *,
    rows: Sequence[int],
    parquet_rows: Sequence[int],
    only: Sequence[str] = (),
    spark: bool = False,
    repeat: int = 5,
) -> Iterator[Round]:
    """What is to be run, small before large."""
    chosen = [case for case in CASES if wanted(case, only, spark=spark)]
    sizes = {
        "few": _SMALL,
        "units": (_UNITS,),
        "rows": rows,
        "groups": rows,
        "sink": [each for each in parquet_rows if each <= 100_000_000],
        "scan": sorted({*_GROWTH, *parquet_rows}),
    }
    for job, lengths in sizes.items():
        for length in lengths:
            growth = job == "scan" and length not in parquet_rows
            cases = tuple(
                case
                for case in chosen
                if case.job == job and not (growth and (case.engine, case.by) != ("polars", "ours"))
            )
            if cases:
                yield Round(job=job, rows=length, cases=cases, repeat=_repeats(repeat, length))


def wanted(case: Case, only: Sequence[str], *, spark: bool) -> bool:
    """Whether a case was asked for; Spark is asked for by itself."""
    if case.engine == "spark" and not spark:
        return False
    return not only or any(fnmatch(case.name, f"*{each}*") for each in only)


def _repeats(repeat: int, rows: int) -> int:
    """Fewer of what takes minutes: three at most from 10^8 rows on, and one of 10^9."""
    return repeat if rows < 100_000_000 else min(repeat, 3) if rows < 1_000_000_000 else 1


def run(every: Iterable[Round], folder: Path) -> Iterator[Found]:
    """What is measured, as it comes in, with a line for each run on the standard error."""
    started = datetime.datetime.now(tz=datetime.UTC).isoformat(timespec="seconds")
    for each in every:
        shape = SHAPES[each.job]
        warm_up = _files(folder, shape, _WARM_UP)
        files = _files(folder, shape, each.rows)
        taken: dict[str, list[dict[str, Any]]] = {case.name: [] for case in each.cases}
        for number in range(each.repeat):
            for case in each.cases:
                found = _one(case, warm_up + files)
                taken[case.name].append(found)
                _tell(each, case, number, found)
        for case in each.cases:
            yield Found(
                run=started,
                name=case.name,
                job=case.job,
                engine=case.engine,
                by=case.by,
                variant=case.variant,
                counts=case.counts,
                rows=each.rows,
                seconds=[found["seconds"] for found in taken[case.name]],
                peaks=[found["peak"] for found in taken[case.name]],
            )


def _files(folder: Path, shape: Shape, rows: int) -> list[Path]:
    plan = illustrative_plan(shape.indicators)
    return panel_files(folder, plan, rows, regions=shape.regions, years=shape.years)


def _one(case: Case, files: list[Path]) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.frames.one", case.name, *map(str, files)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{case.name} failed:\n{done.stderr[-4000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _tell(each: Round, case: Case, number: int, found: dict[str, Any]) -> None:
    peak = "" if found["peak"] is None else f"{found['peak'] / 2**20:8.0f} MiB"
    rate = each.rows / found["seconds"] / 1e6
    sys.stderr.write(
        f"{number + 1}/{each.repeat} {each.rows:>13,} {case.name:40} "
        f"{found['seconds']:10.4f} s {rate:8.2f} M rows/s {peak}\n"
    )


def keep(found: Iterable[Found], path: Path) -> list[Found]:
    """Results as JSON, written as they come in; those of other cases and sizes stay."""
    known = {(each.name, each.rows): each for each in kept(path)}
    for each in found:
        known[each.name, each.rows] = each
        path.write_text(json.dumps([asdict(one) for one in known.values()], indent=1))
    return list(known.values())


def kept(path: Path) -> list[Found]:
    """The results of earlier runs."""
    return [Found(**each) for each in json.loads(path.read_text())] if path.exists() else []
