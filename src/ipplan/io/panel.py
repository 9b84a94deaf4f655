"""Panels: a file of figures of many regions is assessed into another file, as a stream."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import frozen

from ipplan.assessment.policy import Policy
from ipplan.assessment.words import speaker
from ipplan.choices import choose
from ipplan.errors import ActualsError, Gathered, Problem, one_of, shown
from ipplan.extras import needs
from ipplan.frames.duplicates import Duplicates
from ipplan.io.files import replacing
from ipplan.model.intake import Faulty
from ipplan.model.version import Version
from ipplan.plan import Plan
from ipplan.text import Lang

if TYPE_CHECKING:
    from polars import DataFrame, LazyFrame

    from ipplan.frames.counts import Summary

__all__ = ["PanelRun", "assess_panel"]

PARQUET, CSV = ".parquet", ".csv"
SUFFIXES = (PARQUET, CSV)

Told: TypeAlias = Callable[[int, int], None]
"""`told(done, rows)`: how many of the rows are done."""

_DELIMITERS = (",", "\t", ";")
_SHOWN_ROWS = 5


@frozen(kw_only=True)
class PanelRun:
    """What came of a panel: how many rows came in, and how many of them are in which state.

    `summary` counts what was written, which adds up to the rows. `rolled_up` is the file of the
    roll-up, if one was written.
    """

    rows: int
    summary: Summary
    seconds: float
    target: Path
    rolled_up: Path | None = None

    def to_text(self, lang: Lang | str = Lang.EN) -> str:
        """The run in words: the counts as a table, the time that it took, and where it went."""
        lang = choose(Lang, lang, place="lang")
        say = speaker(lang)
        told = [
            self.summary.to_table(lang),
            "",
            say(
                f"{self.rows:,} rows assessed in {self.seconds:.1f} s, written to {self.target}",
                f"共评估 {self.rows:,} 行,用时 {self.seconds:.1f} 秒,已写入 {self.target}",
            ),
        ]
        if self.rolled_up is not None:
            told.append(
                say(f"rolled up in {self.rolled_up}", f"汇总结果已写入 {self.rolled_up}"),
            )
        return "\n".join(told)


def assess_panel(
    plan: Plan,
    source: str | Path,
    target: str | Path,
    *,
    by: tuple[str, ...] = ("region",),
    indicator: str = "indicator",
    period: str = "period",
    value: str = "value",
    unit: str | None = None,
    policy: Policy | str | None = None,
    version: Version | str = Version.IN_FORCE,
    faulty: Faulty | str = Faulty.REFUSE,
    duplicates: Duplicates | str = Duplicates.ALLOW,
    roll_up: str | Path | None = None,
    told: Told | None = None,
) -> PanelRun:
    """Assess the rows of a Parquet or CSV file, with `Plan.assess_frame`, into another such file.

    Rows are streamed, so that memory stays flat, and keep their order. An output takes its place
    whole, at the end, or not at all. Cells of a CSV file are text (a region 0101 stays 0101) but
    those of `value`. `roll_up` names a file for the scores of each of `by` and period. `told` is
    called as rows are done.

    Raises EngineError without the extra `frames`, ActualsError for what is wrong with the files or
    their figures, and OSError for a file that cannot be read or written.
    """
    started = time.perf_counter()
    polars = needs("frames", "polars")
    source, target = Path(source), Path(target)
    rolled_up = None if roll_up is None else Path(roll_up)
    _check_paths(source, target, rolled_up)
    columns = {"indicator": indicator, "period": period}
    chosen: dict[str, Any] = {"policy": policy, "version": version}
    with ExitStack() as files, _read_errors(source):
        # Made before anything is read: a folder that cannot be written to is told at once.
        written = files.enter_context(replacing(target))
        rolled = files.enter_context(replacing(rolled_up)) if rolled_up else None
        rows, frame = _scan(source, value)
        scored = plan.assess_frame(
            frame,
            by=by,
            **columns,
            value=value,
            unit=unit,
            faulty=faulty,
            duplicates=duplicates,
            **chosen,
        )
        if told is not None:
            scored = scored.map_batches(
                _Counter(rows, told), streamable=True, validate_output_schema=False
            )
        # What is counted and rolled up is what was written, read again without its text.
        whole = written
        if _kind(target) == CSV:
            whole = files.enter_context(_beside(written))
        scored.sink_parquet(whole)
        result = polars.scan_parquet(whole, glob=False)
        if _kind(target) == CSV:
            result.sink_csv(written)
        from ipplan import frames

        counted = frames.summary(result)
        if rolled is not None and rolled_up is not None:
            totals = frames.roll_up(result, by=(*by, period), of=by, plan=plan, **columns, **chosen)
            _sink(totals, rolled, _kind(rolled_up))
    return PanelRun(
        rows=rows,
        summary=counted,
        seconds=time.perf_counter() - started,
        target=target,
        rolled_up=rolled_up,
    )


def _check_paths(source: Path, target: Path, rolled_up: Path | None) -> None:
    """Raises for a file of another kind, for one that is given twice, and for none to read."""
    gathered = Gathered()
    seen: dict[Path, Path] = {}
    for path in (source, target, *([rolled_up] if rolled_up else [])):
        if _kind(path) not in SUFFIXES:
            gathered.add(
                Problem(
                    place=str(path),
                    expected=f"a file whose name ends in {one_of(SUFFIXES)}",
                    found=shown(path.suffix) if path.suffix else "no ending",
                )
            )
        if seen.setdefault(path.resolve(), path) is not path:
            gathered.add(
                Problem(
                    place=str(path),
                    expected="another file for each input and output",
                    found="one that is given twice",
                    hint="an output never replaces what it is made from",
                )
            )
    gathered.finish(ActualsError)
    source.open("rb").close()


def _kind(path: Path) -> str:
    return path.suffix.lower()


def _scan(source: Path, value: str) -> tuple[int, LazyFrame]:
    """How many rows a file has, and the rows, of which none is read yet."""
    polars = needs("frames", "polars")
    if _kind(source) == CSV:
        return _scan_csv(source, value)
    frame: LazyFrame = polars.scan_parquet(source, glob=False)
    return frame.select(polars.len()).collect().item(), frame


def _scan_csv(source: Path, value: str) -> tuple[int, LazyFrame]:
    """The rows of a CSV file, with numbers as values; raises ActualsError where one is none."""
    pl = needs("frames", "polars")
    with source.open("rb") as file:
        header = file.readline().decode("utf-8", "replace")
    frame: LazyFrame = pl.scan_csv(
        source, separator=max(_DELIMITERS, key=header.count), infer_schema=False, glob=False
    )
    # Every cell is read once before the run: a row with too many, or text that is not UTF-8, would
    # else end it on the way.
    whole = pl.QueryOptFlags(projection_pushdown=False)
    if value not in frame.collect_schema():  # told by assess_frame, beside other columns
        return frame.select(pl.len()).collect(optimizations=whole, engine="streaming").item(), frame
    text = pl.col(value).str.strip_chars()
    number = text.cast(pl.Float64, strict=False)
    unread = number.is_null() & (text != "")
    counted = frame.select(pl.len(), unread.sum().alias("unread"))
    rows, many = counted.collect(optimizations=whole, engine="streaming").row(0)
    if many:
        first = frame.with_row_index("at", 2).filter(unread).select("at", value).head(_SHOWN_ROWS)
        raise ActualsError(
            *_no_numbers(source, value, first.collect(engine="streaming").rows(), many)
        )
    return rows, frame.with_columns(number)


def _no_numbers(
    source: Path, value: str, first: list[tuple[int, str]], many: int
) -> Iterator[Problem]:
    for at, cell in first:
        yield Problem(
            place=f"{source.name} row {at}, column {value}",
            expected="a number",
            found=shown(cell),
            hint="digits alone, without a unit; nothing reported is an empty cell",
        )
    if many > len(first):
        yield Problem(
            place=f"{source.name}, column {value}",
            expected="numbers",
            found=f"{many - len(first):,} more that are none",
        )


@contextmanager
def _read_errors(source: Path) -> Iterator[None]:
    """What Polars says of a file that it cannot read, as a problem of that file."""
    exceptions = needs("frames", "polars.exceptions")
    try:
        yield
    except (exceptions.ComputeError, exceptions.NoDataError) as error:
        said = str(error).strip().splitlines()[0]
        kind = "rows of CSV in UTF-8, under a header" if _kind(source) == CSV else "Parquet"
        hint = "a spreadsheet saves it as CSV UTF-8" if "utf-8" in said else ""
        raise ActualsError(
            Problem(place=source.name, expected=kind, found=said, hint=hint)
        ) from error


class _Counter:
    """Tells how many rows are done, each time that some of them have passed through it."""

    def __init__(self, rows: int, told: Told) -> None:
        self._rows = rows
        self._told = told
        self._done = 0
        self._lock = threading.Lock()  # Polars works in several threads

    def __call__(self, batch: DataFrame) -> DataFrame:
        with self._lock:
            self._done += batch.height
            self._told(self._done, self._rows)
        return batch


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A file beside another one, for a while."""
    other = path.with_name(f"{path.name}{PARQUET}")
    try:
        yield other
    finally:
        other.unlink(missing_ok=True)


def _sink(frame: LazyFrame, path: Path, kind: str) -> None:
    if kind == CSV:
        frame.sink_csv(path)
    else:
        frame.sink_parquet(path)
