"""The cases: what is run, on which engine, by whom."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from attrs import frozen

from ipplan import Plan
from tests.benchmarks.frames import materialising, ours
from tests.benchmarks.frames.lookup import Points, points_of
from tests.benchmarks.frames.panel import REGIONS, YEARS


@frozen(kw_only=True)
class Shape:
    """How large a panel's axes are."""

    indicators: int = 100
    regions: int = REGIONS
    years: int = YEARS


PANEL = Shape()
UNITS = Shape(indicators=10, regions=100_000, years=1)
FEW = Shape(indicators=10)
SHAPES = {"rows": PANEL, "groups": PANEL, "scan": PANEL, "sink": PANEL, "units": UNITS, "few": FEW}
"""The panel of each job; `scan` is groups from Parquet, `sink` rows from Parquet to Parquet."""

Query = Callable[[Any, Plan, list[Points]], Any]


@frozen(kw_only=True)
class Case:
    """One job on one engine, by hand or ours; of the variants that count the quickest is taken.

    `engine` is what the caller's frame is; `load` how it is there before the clock starts.
    """

    job: str
    engine: str
    by: str
    variant: str = ""
    counts: bool = True
    load: str
    query: Query
    run: Callable[[Any], Any]

    @property
    def name(self) -> str:
        """What `--only` is compared with."""
        return "-".join(filter(None, (self.job, self.engine, self.by, self.variant)))

    def ready(self, plan: Plan, run: Callable[[Any], Any] | None = None) -> Callable[[Any], Any]:
        """What the clock runs over: the query, its lookup included, and its result in full.

        `run`: how the result is made, if not as it is timed.
        """
        points, made = points_of(plan), run or self.run
        return lambda panel: made(self.query(panel, plan, points))


def _by_hand(engine: str, function: str, **options: Any) -> Query:
    def query(panel: Any, _plan: Plan, points: list[Points]) -> Any:
        module = import_module(f"tests.benchmarks.frames.baselines.in_{engine}")
        return getattr(module, function)(panel, points, **options)

    return query


def _lazily(query: Query) -> Query:
    return lambda panel, plan, points: query(panel.lazy(), plan, points)


def _ours(function: str) -> Query:
    return lambda panel, plan, _points: getattr(ours, function)(panel, plan)


def _hand_polars(
    job: str, function: str, variant: str, *, counts: bool = True, **options: Any
) -> Case:
    return Case(
        job=job,
        engine="polars",
        by="hand",
        variant=variant,
        counts=counts,
        load="in_polars",
        query=_lazily(_by_hand("polars", function, **options)),
        run=materialising.in_memory if variant.endswith("in_memory") else materialising.streamed,
    )


_ENGINES = {
    "pandas": ("in_pandas", materialising.as_is),
    "polars": ("in_polars", materialising.as_is),
    "pyarrow": ("in_pyarrow", materialising.as_is),
    "duckdb": ("in_duckdb", materialising.to_arrow),
    "spark": ("scanned_by_spark", materialising.to_nowhere),
}


def _on(job: str, engine: str, by: str, query: Query, variant: str = "") -> Case:
    load, run = _ENGINES[engine]
    return Case(job=job, engine=engine, by=by, variant=variant, load=load, query=query, run=run)


def _lazy_polars(job: str, function: str) -> list[Case]:
    runs = {"streaming": materialising.streamed, "in_memory": materialising.in_memory}
    return [
        Case(
            job=job,
            engine="polars_lazy",
            by="ours",
            variant=f"{name}{'_told' if function.endswith('told') else ''}",
            counts=not function.endswith("told"),
            load="in_polars",
            query=_lazily(_ours(function)),
            run=run,
        )
        for name, run in runs.items()
    ]


def _in_memory(job: str, function: str) -> list[Case]:
    """Rows or groups of frames in memory (Spark's: in files), by hand and ours."""
    told = f"{function}_told"
    return [
        *(
            _on(job, engine, "hand", _by_hand(engine, function))
            for engine in ("pandas", "duckdb", "spark")
        ),
        *(_on(job, engine, "ours", _ours(function)) for engine in _ENGINES),
        *_lazy_polars(job, function),
        *_lazy_polars(job, told),
        *(_on(job, engine, "ours", _ours(told), "told") for engine in ("duckdb", "spark")),
    ]


def _scanned(job: str, engine: str, by: str, query: Query, variant: str = "") -> Case:
    runs = {"polars": materialising.streamed, "duckdb": materialising.to_arrow}
    return Case(
        job=job,
        engine=engine,
        by=by,
        variant=variant,
        load=f"scanned_by_{engine}",
        query=query,
        run=materialising.sunk if job == "sink" else runs[engine],
    )


CASES: tuple[Case, ...] = (
    _hand_polars("rows", "rows", "ordered_in_memory", counts=False),
    _hand_polars("rows", "rows", "ordered_streaming", counts=False),
    _hand_polars("rows", "rows", "unordered", ordered=False),
    _hand_polars("rows", "rows_by_code", "by_code", counts=False),
    Case(
        job="rows",
        engine="numpy",
        by="hand",
        load="in_arrays",
        query=_by_hand("numpy", "rows"),
        run=materialising.as_is,
    ),
    *_in_memory("rows", "rows"),
    _hand_polars("groups", "groups", "streaming"),
    _hand_polars("groups", "groups", "in_memory"),
    _hand_polars("groups", "groups_by_code", "by_code", counts=False),
    *_in_memory("groups", "groups"),
    _hand_polars("units", "groups", "streaming"),
    _hand_polars("units", "groups", "in_memory"),
    _hand_polars("units", "groups_by_code", "by_code", counts=False),
    *_lazy_polars("units", "groups"),
    *(
        _on("units", engine, "ours", _ours("groups"))
        for engine in ("polars", "pandas", "pyarrow", "duckdb")
    ),
    *(
        _scanned("scan", engine, by, query, variant)
        for engine in ("polars", "duckdb")
        for by, variant, query in (
            ("hand", "", _by_hand(engine, "groups")),
            ("ours", "", _ours("groups")),
            ("ours", "told", _ours("groups_told")),
        )
    ),
    _scanned("sink", "polars", "hand", _by_hand("polars", "rows")),
    _scanned("sink", "polars", "ours", _ours("rows")),
    Case(
        job="few",
        engine="scalar",
        by="ours",
        load="in_dicts",
        query=_ours("one_by_one"),
        run=materialising.as_is,
    ),
    *(
        _on("few", engine, "ours", _ours("rows"))
        for engine in ("polars", "pandas", "pyarrow", "duckdb", "spark")
    ),
    *_lazy_polars("few", "rows"),
)
