"""The page: results as tables in Markdown, with the budgets and whether they are met."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from tests.benchmarks.frames.machine import described
from tests.benchmarks.frames.measure import Found

_INTRODUCTION = """\
# Benchmarks of frames

```sh
python -m tests.benchmarks.frames --spark --write docs/benchmarks-frames.md
```

Hand-written queries and ours, with the same output, each run in a process of its own; those of one
size take turns, and that several times. Times are medians; a ratio is the median of the ratios of
the turns, so that what slows the machine slows both. Read ratios, not times. Memory is the peak
above what the process had with its data loaded, Spark's Java process included.

Measured on {machine}.

The plan and the panel are illustrative: 100 indicators with 3 to 6 milestones (14 in 20 at least, 3
at most, 2 strict, 1 a range), 3,000 regions, 21 years, text keys, one value in a hundred null. The
policy is the default one.
"""

_JOBS = {
    "rows": (
        "Rows: expected, met, ratio, progress, score, status, state, reason",
        (
            "Frames in memory, Spark's in a Parquet file. Polars by hand is a join, `unordered` as "
            "Polars does it by itself, or with the rows' order kept, as ours does. `by code` keeps "
            "it without a join: it turns keys, which must be known, into places in the lookup, "
            "and is the quickest form found. `told` is `periods=`: no key is read in advance."
        ),
    ),
    "groups": (
        "Rows and groups: score and coverage by region",
        "The same panels; columns that no group asks for are not made where the engine is lazy.",
    ),
    "units": ("100,000 units, 10 indicators, one year: scored, and a score for each unit", ""),
    "scan": (
        "From Parquet: score and coverage by region",
        "Nothing is loaded in advance. Ours on Polars from 10^4 rows on shows how cost grows.",
    ),
    "sink": ("From Parquet to Parquet: every row scored", "Streamed, the file written included."),
    "few": (
        "Few rows",
        "10 indicators; `scalar` is `Plan.assess` of each region and period without frames.",
    ),
}


@frozen(kw_only=True)
class Budget:
    """What was asked for, and the figure that it is asked of; None where it was not measured.

    `met` is None where nothing was asked, and the figure is told beside the others.
    """

    what: str
    asked: str
    figure: float | None
    shown: str
    met: bool | None


def page(found: Sequence[Found]) -> str:
    """The page of these results."""
    parts = [_INTRODUCTION.format(machine=described())]
    parts += ["## Budgets\n", _budget_table(budgets(found))]
    for job, (title, note) in _JOBS.items():
        of_job = [each for each in found if each.job == job]
        if of_job:
            parts += [f"\n## {title}\n", *([f"{note}\n"] if note else []), _job_table(of_job)]
    return "\n".join(parts) + "\n"


def best(
    found: Iterable[Found], job: str, engine: str, by: str, rows: int, *, variant: str | None = None
) -> Found | None:
    """The quickest of the variants that count, or of those whose names start so."""
    fitting = [
        each
        for each in found
        if (each.job, each.engine, each.by, each.rows) == (job, engine, by, rows)
        and (each.counts if variant is None else each.variant.startswith(variant))
    ]
    return min(fitting, key=lambda each: statistics.median(each.seconds), default=None)


def times_as_fast(one: Found | None, other: Found | None) -> float | None:
    """How many times as fast the first is; None unless both were measured in one run."""
    if one is None or other is None or one.run != other.run:
        return None
    turns = zip(one.seconds, other.seconds, strict=True)
    return statistics.median(theirs / own for own, theirs in turns)


def budgets(found: Sequence[Found]) -> Iterator[Budget]:
    """Every budget, at the largest size that both sides were measured at."""
    for job in ("rows", "groups"):
        yield _ratio(found, job, ("polars_lazy", "polars"), 0.9)
        for variant in ("ordered", "by_code") if job == "rows" else ("by_code",):
            yield _ratio(found, job, ("polars_lazy", "polars"), None, variant=variant)
        yield _ratio(found, job, ("duckdb", "duckdb"), 0.65)
        yield _ratio(found, job, ("spark", "spark"), 0.9)
    yield _ratio(found, "rows", ("polars_lazy", "pandas"), 15.0)
    yield _ratio(found, "scan", ("polars", "polars"), 0.9)
    yield _ratio(found, "scan", ("duckdb", "duckdb"), 0.65)
    yield _units(found)
    yield _flat(found)


def _ratio(
    found: Sequence[Found],
    job: str,
    engines: tuple[str, str],
    asked: float | None,
    *,
    variant: str | None = None,
) -> Budget:
    """Ours on the first engine over the query by hand on the second."""
    ratio, rows = None, 0
    for rows in sorted({each.rows for each in found if each.job == job}, reverse=True):
        own = best(found, job, engines[0], "ours", rows)
        theirs = best(found, job, engines[1], "hand", rows, variant=variant)
        ratio = times_as_fast(own, theirs)
        if ratio is not None:
            break
    how = f", {_spaced(variant)}" if variant else ""
    at = "" if ratio is None else f"; {_power(rows)} rows"
    own_engine, engine = map(_engine, engines)
    return Budget(
        what=f"{_TITLES[job]}: ours on {own_engine}, of {engine} by hand{how}{at}",
        asked="" if asked is None else f"at least {asked:g} ×",
        figure=ratio,
        shown="" if ratio is None else f"{ratio:.2f} ×",
        met=None if ratio is None or asked is None else ratio >= asked,
    )


_TITLES = {"rows": "rows", "groups": "rows and groups", "scan": "from Parquet to groups"}


def _units(found: Sequence[Found]) -> Budget:
    tried = [best(found, "units", engine, "ours", 1_000_000) for engine in _POLARS]
    known = [statistics.median(each.seconds) for each in tried if each is not None]
    seconds = min(known, default=None)
    return Budget(
        what="100,000 units × 10 indicators, scored and aggregated, on Polars",
        asked="under 0.15 s",
        figure=seconds,
        shown="" if seconds is None else f"{seconds:.3f} s",
        met=None if seconds is None else seconds < 0.15,
    )


_POLARS = ("polars", "polars_lazy")


def _flat(found: Sequence[Found]) -> Budget:
    """Memory at 10^8 rows of Parquet over that at 10^7."""
    sizes = [best(found, "scan", "polars", "ours", 10**power) for power in (7, 8)]
    peaks = [_peak(each) for each in sizes if each is not None]
    growth = None
    if len(peaks) == 2 and peaks[0] and peaks[1]:
        growth = peaks[1] / peaks[0]
    return Budget(
        what="from Parquet to groups: memory at 10^8 rows, of that at 10^7, Polars",
        asked="flat: at most 1.5 ×",
        figure=growth,
        shown="" if growth is None else f"{growth:.2f} ×",
        met=None if growth is None else growth <= 1.5,
    )


def _budget_table(every: Iterable[Budget]) -> str:
    rows = [(each.what, each.asked or "–", each.shown or "–", _verdict(each)) for each in every]
    return _table(("what", "budget", "measured", ""), rows)


def _verdict(budget: Budget) -> str:
    if budget.figure is None:
        return "not measured"
    if budget.met is None:
        return "for comparison"
    return "met" if budget.met else "**not met**"


def _job_table(found: Sequence[Found]) -> str:
    ordered = sorted(found, key=lambda each: each.rows)
    rows = [
        (
            f"{each.rows:,}",
            _engine(each.engine),
            _by(each),
            _seconds(statistics.median(each.seconds)),
            f"{each.rows / statistics.median(each.seconds) / 1e6:.3g}",
            _memory(_peak(each)),
            _against(each, found),
        )
        for each in ordered
    ]
    title = "of `scalar`" if found[0].job == "few" else "of hand-written"
    heads = ("rows", "engine", "by", "time", "million rows per second", "memory", title)
    return _table(heads, rows)


def _against(each: Found, found: Sequence[Found]) -> str:
    """How many times as fast it is as what it is held against; the quickest by hand is 1."""
    if each.job == "few":
        compared = best(found, "few", "scalar", "ours", each.rows)
    else:
        hand = _HELD_AGAINST.get(each.engine, each.engine)
        compared = best(found, each.job, hand, "hand", each.rows)
    ratio = times_as_fast(each, compared)
    return "–" if ratio is None else f"{ratio:.2f} ×"


_HELD_AGAINST = {"polars_lazy": "polars", "pyarrow": "polars", "numpy": "polars"}


def _by(each: Found) -> str:
    variant = f", {_spaced(each.variant)}" if each.variant else ""
    return f"{'hand' if each.by == 'hand' else 'ours'}{variant}"


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _engine(name: str) -> str:
    names = {"duckdb": "DuckDB", "numpy": "NumPy", "pyarrow": "PyArrow", "pandas": "pandas"}
    return names.get(name, _spaced(name).capitalize() if name != "scalar" else "`scalar`")


def _peak(found: Found) -> float | None:
    known = [peak for peak in found.peaks if peak is not None]
    return statistics.median(known) if known else None


def _memory(size: float | None) -> str:
    if size is None:
        return "–"
    return f"{size / 2**30:.2f} GiB" if size >= 2**30 else f"{size / 2**20:.0f} MiB"


def _seconds(seconds: float) -> str:
    return f"{seconds:.3g} s" if seconds >= 1.0 else f"{seconds * 1e3:.3g} ms"


def _power(rows: int) -> str:
    power = len(str(rows)) - 1
    return f"10^{power}" if rows == 10**power else f"{rows:,}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---:" if head in _RIGHT else "---" for head in heads], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


_RIGHT = {"rows", "time", "million rows per second", "memory", "of hand-written", "of `scalar`"}
