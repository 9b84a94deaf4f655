"""The command: measure, check, or write the page out of what was measured."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks.frames.check_engines import checked
from tests.benchmarks.frames.measure import keep, kept, rounds, run
from tests.benchmarks.frames.page import page


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.frames", description=__doc__)
    number: dict[str, Any] = {"type": lambda text: int(float(text)), "nargs": "*"}
    parser.add_argument("--rows", default=[10**6, 10**7], help="of frames in memory", **number)
    parser.add_argument("--parquet-rows", default=[10**7, 10**8], help="of files", **number)
    parser.add_argument("--only", nargs="+", default=[], help="parts of names of cases")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--spark", action="store_true", help="Spark too")
    parser.add_argument("--check", action="store_true", help="compare results at 10^4 rows")
    parser.add_argument("--list", action="store_true", help="what would be run")
    parser.add_argument("--fresh", action="store_true", help="forget earlier results")
    parser.add_argument("--no-run", action="store_true", help="only write the page")
    parser.add_argument("--write", type=Path, help="the page to write")
    parser.add_argument(
        "--data",
        type=Path,
        default=Path(tempfile.gettempdir()) / "ipplan-benchmarks",
        help="where panels and results are kept",
    )
    return parser.parse_args()


def main() -> int:
    """Do what the command line says; 1 where a check found a difference."""
    given = _arguments()
    if given.check:
        return _check(given)
    every = list(
        rounds(
            rows=given.rows,
            parquet_rows=given.parquet_rows,
            only=given.only,
            spark=given.spark,
            repeat=given.repeat,
        )
    )
    if given.list:
        for each in every:
            for case in each.cases:
                sys.stdout.write(f"{each.rows:>13,} {case.name}\n")
        return 0
    given.data.mkdir(exist_ok=True)
    results = given.data / "results.json"
    if given.fresh:
        results.unlink(missing_ok=True)
    found = kept(results) if given.no_run else keep(run(every, given.data), results)
    text = page(found)
    if given.write:
        given.write.write_text(text)
    else:
        sys.stdout.write(text)
    return 0


def _check(given: argparse.Namespace) -> int:
    worst = 0
    for name, problems in checked(10_000, given.only, spark=given.spark):
        sys.stdout.write(f"{name}: {'; '.join(problems) or 'the same'}\n")
        worst |= bool(problems)
    return worst


if __name__ == "__main__":
    sys.exit(main())
