"""Every engine says of each row of a panel what `Plan.assess` says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar

import polars as pl
import pytest
from attrs import field, frozen
from hypothesis import given, settings

from ipplan import Policy, Reason
from ipplan.errors import ModelError
from ipplan.frames.assess import Path, assess_frame
from ipplan.ops import Ops
from ipplan.scoring import Case, Law, Rule, Scale, ScoreScale
from ipplan.scoring.rule import Refusal
from tests.builders import indicator, plan
from tests.frames.panels import (
    KINDS,
    OUTPUTS,
    Panel,
    agree,
    differences,
    panels,
    request_for,
    rows_of,
)
from tests.frames.panels import through as assessed

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.filterwarnings("ignore:Dask support is moving:FutureWarning")

USUAL = settings.default.max_examples
FEWER, FEWEST = max(USUAL // 4, 5), max(USUAL // 10, 3)


def holds(panel: Panel, found: Any) -> None:
    wrong = differences(panel, rows_of(found))
    assert not wrong, "\n".join(wrong[:5])


@given(panels())
def test_polars_and_the_scalar_code(panel: Panel) -> None:
    holds(panel, assessed(panel, panel.frame, Path.FEW))
    holds(panel, assessed(panel, panel.frame, Path.POLARS))
    lazy = assessed(panel, panel.frame.lazy())
    assert isinstance(lazy, pl.LazyFrame)
    holds(panel, lazy)


@settings(max_examples=FEWER)
@given(panels())
@pytest.mark.parametrize("path", [None, *Path])
def test_pandas(path: Path | None, panel: Panel) -> None:
    holds(panel, assessed(panel, panel.frame.to_pandas(), path))


@settings(max_examples=FEWER)
@given(panels())
@pytest.mark.parametrize("path", [None, *Path])
def test_pyarrow(path: Path | None, panel: Panel) -> None:
    holds(panel, assessed(panel, panel.frame.to_arrow(), path))


@settings(max_examples=FEWEST)
@given(panels())
def test_narwhals_on_polars(panel: Panel) -> None:
    holds(panel, assessed(panel, panel.frame, Path.NATIVE))
    holds(panel, assessed(panel, panel.frame.lazy(), Path.NATIVE))


@settings(max_examples=FEWER)
@given(panels())
def test_duckdb(panel: Panel) -> None:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as connection:
        connection.register("panel", panel.frame.to_arrow())
        holds(panel, assessed(panel, connection.table("panel")))


@settings(max_examples=3)
@given(panels(least=3, kind="text"))
def test_dask(panel: Panel) -> None:
    dask = pytest.importorskip("dask.dataframe")
    holds(panel, assessed(panel, dask.from_pandas(panel.frame.to_pandas(), npartitions=2)))


@settings(max_examples=3)
@given(panels(least=3, kind="text"))
def test_ibis(panel: Panel) -> None:
    ibis = pytest.importorskip("ibis")
    holds(panel, assessed(panel, ibis.memtable(panel.frame.to_arrow())))


@pytest.mark.spark
def test_spark(spark: SparkSession) -> None:
    drawn: list[Panel] = []

    @settings(max_examples=20 if USUAL > 50 else 8, database=None)
    @given(panels(least=2))
    def draw(panel: Panel) -> None:
        drawn.append(panel)

    draw()
    for panel in drawn:
        frame = panel.frame.cast({pl.UInt16: pl.Int32, pl.Categorical: pl.String})  # Spark's types
        holds(panel, assessed(panel, spark.createDataFrame(frame.to_arrow())))


# Rules of a third party.


@frozen(kw_only=True)
class Forgiving(Rule):
    """A rule of one's own, of logarithms, powers and whole steps; it refuses what is negative."""

    name = "forgiving"
    laws: ClassVar[frozenset[Law]] = frozenset()
    scale: ScoreScale = field(factory=Scale)

    def refusals(self, case: Case, ops: Ops) -> Iterable[Refusal]:
        yield Reason.NO_TARGET, ops.is_null(case.low)
        yield Reason.SIGN_CHANGE, ops.more_than(0.0, case.actual)

    def value(self, case: Case, ops: Ops) -> Any:
        share = ops.clip(ops.div(case.actual, case.low), 0.0, 4.0)
        grown = ops.power(share, 0.5) + ops.log(share + 1.0)
        stepped = ops.floor(grown * 20.0) * 0.05
        return ops.where(ops.at_least(grown, 1.0), stepped, ops.abs(grown - 0.25))

    def formula(self, case: Case) -> tuple[str, str]:
        return "a share, grown and stepped", f"{case.actual:g} / {case.low:g}"


@frozen(kw_only=True)
class Branching(Forgiving):
    """A rule that can only see one figure at a time."""

    def value(self, case: Case, ops: Ops) -> Any:
        return 1.0 if case.actual > 1.0 else 0.0


@frozen(kw_only=True)
class Deciding(Forgiving):
    """Another one, which asks for a truth that columns do not have."""

    def value(self, case: Case, ops: Ops) -> Any:
        return 1.0 if ops.more_than(case.actual, 1.0) else 0.0


def figures(values: Iterable[float | None]) -> pl.DataFrame:
    given = [*values]
    columns = {"region": "east", "indicator": "alpha", "period": 2018}
    return pl.DataFrame({"value": given, "n": range(len(given))}).with_columns(
        **{name: pl.lit(value) for name, value in columns.items()}
    )


GROWING = plan(indicator(baseline=(2015, 20)))
FRAMES: list[Callable[[pl.DataFrame], Any]] = [
    lambda frame: frame,
    lambda frame: frame.lazy(),
    lambda frame: frame.to_pandas(),
    lambda frame: frame.to_arrow(),
]


@pytest.mark.parametrize("made", FRAMES)
@pytest.mark.parametrize("path", [Path.POLARS, Path.NATIVE])
def test_a_rule_of_a_third_party_runs(made: Callable[[Any], Any], path: Path) -> None:
    policy = Policy(rule=Forgiving())
    values = [None, -3.0, 0.0, 1.0, 17.0, 68.0, 69.0, 100.0, 250.0, 1e9]
    found = rows_of(
        assess_frame(made(figures(values)), request_for(GROWING, policy=policy), path=path)
    )
    states = set()
    for value, row in zip(values, found, strict=True):
        given = {} if value is None else {"alpha": {2018: value}}
        right = GROWING.assess(given, as_of=2018, policy=policy)["alpha"]
        assert agree(row["score"], right.score)
        assert row["state"] == right.state.value
        assert row["status"] == (right.status and right.status.id)
        assert row["reason"] == (right.reason and right.reason.value)
        states.add(row["state"])
    assert states == {"scored", "missing", "not_computable"}


@pytest.mark.parametrize(
    ("rule", "told"), [(Branching(), "ops.more_than"), (Deciding(), "ops.where")]
)
def test_a_rule_that_branches_is_refused_before_anything_runs(rule: Rule, told: str) -> None:
    def runs(_frame: pl.DataFrame) -> pl.DataFrame:
        raise AssertionError("it ran")

    frame = figures([1.0]).lazy()
    lazy = frame.map_batches(runs, schema=frame.collect_schema())
    with pytest.raises(ModelError, match=f"a rule that runs on columns.*{told}"):
        GROWING.assess_frame(lazy, policy=Policy(rule=rule))
    with pytest.raises(ModelError, match="a rule that runs on columns"):  # few rows or many
        GROWING.assess_frame(figures([1.0]), policy=Policy(rule=rule))


def test_the_columns_of_an_assessment_are_these() -> None:
    found = GROWING.assess_frame(figures([60.0]))
    assert tuple(found.columns[-8:]) == OUTPUTS
    assert set(KINDS) >= {"text", "whole", "date"}
