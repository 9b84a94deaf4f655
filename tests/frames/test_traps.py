"""What engines do each in their own way, and an assessment in one."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path as File
from typing import Any

import duckdb
import narwhals as current
import narwhals.stable.v2 as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import ipplan
from ipplan import Bound, Policy
from ipplan.errors import ActualsError, EngineError, ModelError
from ipplan.frames.assess import Path, assess_frame
from tests.builders import indicator, plan
from tests.frames.panels import OUTPUTS, plain, request_for

PLAN = plan(
    indicator("alpha", {2020: Bound.at_least(100)}, baseline=(2015, 20)),
    indicator("beta", {2020: Bound.at_most(10)}),
)
CONNECTION = duckdb.connect()
REGIONS = ("east", "west", "north")


def panel(**columns: Any) -> dict[str, Any]:
    """Columns of a panel of alpha in 2018, of what is not given too, and a number for each row."""
    rows = max((len(each) for each in columns.values()), default=1)
    usual = {"region": "east", "indicator": "alpha", "period": 2018, "value": 68.0}
    made = {name: [value] * rows for name, value in usual.items()} | columns
    return made | {"n": list(range(rows))}


def in_duckdb(frame: pl.DataFrame) -> Any:
    CONNECTION.register("given", frame.to_arrow())
    CONNECTION.execute("CREATE OR REPLACE TEMP TABLE given_rows AS SELECT * FROM given")
    return CONNECTION.table("given_rows")


def in_dask(frame: pl.DataFrame) -> Any:
    import dask.dataframe as dd

    return dd.from_pandas(frame.to_pandas(), npartitions=2)


def in_ibis(frame: pl.DataFrame) -> Any:
    import ibis

    return ibis.memtable(frame.to_arrow())


ENGINES: dict[str, tuple[Callable[[pl.DataFrame], Any], Path | None]] = {
    "few": (lambda frame: frame, Path.FEW),
    "polars": (lambda frame: frame, Path.POLARS),
    "polars lazy": (lambda frame: frame.lazy(), None),
    "polars native": (lambda frame: frame, Path.NATIVE),
    "pandas few": (lambda frame: frame.to_pandas(), Path.FEW),
    "pandas polars": (lambda frame: frame.to_pandas(), Path.POLARS),
    "pandas": (lambda frame: frame.to_pandas(), Path.NATIVE),
    "pyarrow few": (lambda frame: frame.to_arrow(), Path.FEW),
    "pyarrow polars": (lambda frame: frame.to_arrow(), Path.POLARS),
    "pyarrow": (lambda frame: frame.to_arrow(), Path.NATIVE),
    "duckdb": (in_duckdb, None),
    "dask": (in_dask, None),
    "ibis": (in_ibis, None),
}
EAGER = [name for name in ENGINES if name not in {"polars lazy", "duckdb", "dask", "ibis"}]
every_engine = pytest.mark.parametrize("engine", [*ENGINES])
pytestmark = pytest.mark.filterwarnings("ignore:Dask support is moving:FutureWarning")


def assessed(frame: Any, path: Path | None = None, **options: Any) -> Any:
    return assess_frame(frame, request_for(PLAN, **options), path=path)


def gathered(found: Any) -> nw.DataFrame[Any]:
    known = nw.from_native(found)
    return known.collect() if isinstance(known, nw.LazyFrame) else known


def run(engine: str, columns: Any, **options: Any) -> dict[str, list[Any]]:
    """The columns of a panel assessed by an engine, in the order of its rows."""
    made, path = ENGINES[engine]
    frame = columns if isinstance(columns, pl.DataFrame) else pl.DataFrame(columns)
    found = gathered(assessed(made(frame), path, **options))
    if "n" in found.columns:
        found = found.sort("n")
    return {name: plain(found[name]) for name in found.columns}


# Values.


@every_engine
def test_nan_and_null_never_count_as_met(engine: str) -> None:
    values = [math.nan, None, 68.0, math.inf, -math.inf]
    found = run(engine, pl.DataFrame(panel(value=values), strict=False))
    assert found["met"] == [None, None, True, None, None]
    assert found["score"] == [None, None, 100.0, None, None]
    assert found["status"] == [None, None, "on_track", None, None]
    assert found["state"] == ["missing", "missing", "scored", "set_aside", "set_aside"]
    assert found["reason"] == ["not_reported"] * 2 + [None] + ["out_of_range"] * 2
    assert found["expected"] == [68.0] * 5


@every_engine
def test_null_stays_null_through_limits(engine: str) -> None:
    found = run(
        engine, pl.DataFrame(panel(value=[None, 1e9, -1e9])), policy=Policy(rule="progress")
    )
    assert found["score"] == [None, 100.0, 0.0]


@every_engine
def test_whole_numbers_and_columns_of_nothing_but_null(engine: str) -> None:
    whole = pl.DataFrame(panel(value=[68, 0])).with_columns(pl.col("value").cast(pl.Int32))
    assert run(engine, whole)["ratio"] == [1.0, 0.0]
    if engine in {"dask", "ibis"}:
        return  # a column without a type is text there
    nothing = pl.DataFrame(panel(value=[None, None])).with_columns(pl.col("value").cast(pl.Float64))
    assert run(engine, nothing)["state"] == ["missing", "missing"]


@pytest.mark.parametrize(
    "engine", ["few", "polars", "polars lazy", "pyarrow few", "pyarrow polars", "pyarrow"]
)
def test_a_column_without_a_type_is_one_of_nulls(engine: str) -> None:
    frame = pl.DataFrame(panel(value=[None, None]))
    assert frame.schema["value"] == pl.Null
    assert run(engine, frame)["state"] == ["missing", "missing"]


@every_engine
def test_decimals(engine: str) -> None:
    if engine in {"pandas", "pandas few", "pandas polars", "dask"}:
        dtype = pd.ArrowDtype(pa.decimal128(12, 2))
        given = pd.DataFrame(panel(value=[1.0])).assign(
            value=pd.Series([Decimal("34.00"), None], dtype=dtype)[:1]
        )
        frame: Any = given
        if engine == "dask":
            pytest.skip("dask makes no such column of pandas' own")
        found = assessed(frame, ENGINES[engine][1])
        assert found["ratio"].tolist() == [0.5]
        return
    decimals = pl.Series("value", [Decimal("34.00"), None], dtype=pl.Decimal(12, 2))
    found = run(engine, pl.DataFrame(panel(value=decimals)))
    assert found["ratio"] == [0.5, None]


@pytest.mark.parametrize("engine", [*EAGER, "polars lazy", "duckdb", "dask"])
def test_text_in_the_column_of_values_is_told(engine: str) -> None:
    with pytest.raises(ActualsError, match=r"column value: expected .* numbers.*texts"):
        run(engine, pl.DataFrame(panel(value=["68", "about 70"])))


@pytest.mark.parametrize("path", [None, *Path])
def test_dates_and_decimals_are_objects_in_pandas(path: Path | None) -> None:
    frame = pd.DataFrame(panel(region=["east", "west"]))
    frame["period"] = pd.Series([datetime.date(2018, 12, 31), None], dtype=object)
    frame["value"] = pd.Series([Decimal("34.0"), Decimal("1.5")], dtype=object)
    found = assessed(frame, path, faulty="set_aside")
    assert found["ratio"].tolist()[0] == 0.5
    assert found["state"].tolist() == ["scored", "set_aside"]
    assert found["period"].tolist()[0] == datetime.date(2018, 12, 31)
    assert found["value"].tolist() == [Decimal("34.0"), Decimal("1.5")]


@pytest.mark.parametrize(
    ("column", "value"), [("indicator", ("alpha",)), ("period", [2018]), ("value", {"a": 1})]
)
def test_other_objects_of_pandas_are_told(column: str, value: Any) -> None:
    frame = pd.DataFrame(panel(region=["east"]))
    frame[column] = pd.Series([value], dtype=object)
    with pytest.raises(ActualsError, match=f"column {column}: expected"):
        assessed(frame)


# Keys.

YEARS: dict[str, Any] = {
    "int16": pl.Int16,
    "int32": pl.Int32,
    "int64": pl.Int64,
    "uint16": pl.UInt16,
    "uint64": pl.UInt64,
    "float32": pl.Float32,
    "float64": pl.Float64,
    "text": pl.String,
    "category": pl.Categorical,
    "enum": pl.Enum(["2018", "2019"]),
}


@every_engine
@pytest.mark.parametrize("kind", [*YEARS])
def test_years_of_every_type(engine: str, kind: str) -> None:
    if engine == "dask" and kind == "enum":
        pytest.skip("one type of categories will do")
    if engine == "ibis" and kind in {"category", "enum"}:
        pytest.skip("ibis has no categories")
    text = kind in {"text", "category", "enum"}
    years = pl.Series("period", ["2018", "2019"] if text else [2018, 2019]).cast(YEARS[kind])
    found = run(engine, pl.DataFrame(panel(period=years)))
    assert found["expected"] == [68.0, 84.0]
    assert found["period"] == (["2018", "2019"] if text else [2018, 2019])


@every_engine
def test_a_part_of_a_year_is_no_year(engine: str) -> None:
    years = [2018.0, 2020.7, 2018.5, None, math.inf]
    found = run(engine, pl.DataFrame(panel(period=years)), faulty="set_aside")
    assert found["state"] == ["scored"] + ["set_aside"] * 4
    assert found["reason"] == [None] + ["unknown_period"] * 4


@every_engine
@pytest.mark.parametrize(
    "dtype", [pl.Date, pl.Datetime("us"), pl.Datetime("ms"), pl.Datetime("us", "Asia/Shanghai")]
)
def test_dates_and_times(engine: str, dtype: Any) -> None:
    if engine == "ibis" and dtype == pl.Date:
        pytest.skip("pandas has no dates but as objects")
    if isinstance(dtype, pl.Datetime) and dtype.time_zone:
        if engine == "ibis":
            pytest.skip("the day that a time lies in is by the time zone of the connection")
        CONNECTION.execute("SET TimeZone = 'Asia/Shanghai'")
    if engine in {"pandas", "pandas few", "pandas polars", "dask"} and dtype == pl.Date:
        pytest.skip("pandas has no dates but as objects")
    days = pl.Series("period", [datetime.date(2018, 12, 31), datetime.date(2017, 6, 30), None])
    made = days
    if dtype != pl.Date:
        made = days.cast(pl.Datetime(dtype.time_unit))
        made = made.dt.replace_time_zone(dtype.time_zone) if dtype.time_zone else made
    found = run(engine, pl.DataFrame(panel(period=made)), faulty="set_aside")
    assert found["expected"] == [68.0, pytest.approx(44.0), None]
    assert found["reason"][2] == "unknown_period"


def test_dates_of_arrow_in_pandas() -> None:
    days = pd.Series([datetime.date(2018, 12, 31)], dtype=pd.ArrowDtype(pa.date32()))
    frame = pd.DataFrame(panel(region=["east"])).assign(period=days)
    for path in Path:
        assert assessed(frame, path)["expected"].tolist() == [68.0]


@pytest.mark.parametrize("dtype", [pa.string(), pa.large_string(), pa.string_view()])
@pytest.mark.parametrize("path", [*Path])
def test_texts_of_arrow(dtype: pa.DataType, path: Path) -> None:
    if dtype == pa.string_view() and path is Path.NATIVE:
        pytest.skip("PyArrow joins no views of texts, not even as other columns")
    table = pa.table(panel(region=["east"]))
    place = table.schema.get_field_index("indicator")
    table = table.set_column(place, "indicator", pa.array(["alpha"]).cast(dtype))
    assert assessed(table, path)["score"].to_pylist() == [100.0]


@pytest.mark.parametrize("path", [*Path])
def test_dictionaries_of_arrow_and_categories_of_pandas(path: Path) -> None:
    table = pa.table(panel(region=["east", "west"], indicator=["alpha", "beta"]))
    place = table.schema.get_field_index("indicator")
    encoded = table.set_column(place, "indicator", table["indicator"].dictionary_encode())
    assert assessed(encoded, path)["expected"].to_pylist() == [68.0, None]
    frame = table.to_pandas().astype({"indicator": "category", "region": "category"})
    found = assessed(frame, path)
    assert found["expected"].tolist() == [68.0, pytest.approx(math.nan, nan_ok=True)]
    assert found["state"].tolist() == ["scored", "not_due"]
    assert found["indicator"].dtype == frame["indicator"].dtype


@pytest.mark.parametrize("path", [*Path])
@pytest.mark.parametrize("dtype", ["string", "string[pyarrow]", "Int64", "Float64"])
def test_nullable_types_of_pandas(path: Path, dtype: str) -> None:
    frame = pd.DataFrame(panel(region=["a", "b"]))
    if dtype.startswith("string"):
        frame["indicator"] = pd.Series(["alpha", None], dtype=dtype)
        found = assessed(frame, path, faulty="set_aside")
        assert found["state"].tolist() == ["scored", "set_aside"]
    else:
        frame["value"] = pd.Series([68, None], dtype=dtype)
        assert assessed(frame, path)["state"].tolist() == ["scored", "missing"]
        frame = pd.DataFrame(panel(region=["a", "b"]))
        frame["period"] = pd.Series([2018, None], dtype=dtype)
        found = assessed(frame, path, faulty="set_aside")
        assert found["state"].tolist() == ["scored", "set_aside"]


@every_engine
def test_null_keys_have_a_state(engine: str) -> None:
    columns = panel(indicator=["alpha", None, "alpha"], period=["2018", "2018", None])
    found = run(engine, pl.DataFrame(columns), faulty="set_aside")
    assert found["state"] == ["scored", "set_aside", "set_aside"]
    assert found["reason"] == [None, "unknown_indicator", "unknown_period"]


@every_engine
def test_spellings_of_one_key_do_not_multiply_rows(engine: str) -> None:
    names = ["alpha", "Alpha", "Alpha(个)", "指标alpha", " ALPHA "]
    columns = panel(indicator=names * 3, period=(["2018"] * 5 + ["2018年"] * 5 + [" 2018 "] * 5))
    found = run(engine, pl.DataFrame(columns))
    assert found["n"] == list(range(15))
    assert found["score"] == [100.0] * 15


@every_engine
def test_units(engine: str) -> None:
    units = ["个", "家", None, "", " 个 ", "万元", "furlongs"]
    found = run(engine, pl.DataFrame(panel(unit=units)), unit="unit", faulty="set_aside")
    assert found["state"] == ["scored"] * 5 + ["set_aside"] * 2
    assert found["reason"] == [None] * 5 + ["unknown_unit"] * 2


@pytest.mark.parametrize("path", [*Path])
def test_a_converted_value_is_just_what_assess_makes_of_it(path: Path) -> None:
    own = plan(indicator("money", {2018: Bound.at_least(0.0003)}, unit="亿元", baseline=(2015, 0)))
    policy = Policy(statuses="healthy_people")
    request = request_for(own, unit="unit", policy=policy)
    frame = pl.DataFrame(panel(indicator=["money"], unit=["万元"], value=[3.0]))
    reported = ipplan.Observation(indicator="money", period=2018, value=3.0, unit="万元")
    right = own.assess(ipplan.Actuals(observations=[reported]), as_of=2018, policy=policy)["money"]
    found = assess_frame(frame, request, path=path)
    assert right.status is not None
    assert (found["ratio"].item(), found["status"].item()) == (right.ratio, right.status.id)


# Names that are unknown, columns that do not fit.


@every_engine
def test_all_that_is_unknown_is_told_at_once_with_what_is_near(engine: str) -> None:
    columns = panel(
        indicator=["alpha", "alhpa", "alpha", "alpha"],
        period=["2018", "2018", "soon", "2018"],
        unit=["个", "个", "个", "万元"],
    )
    with pytest.raises(ActualsError) as caught:
        run(engine, pl.DataFrame(columns), unit="unit")
    assert len(caught.value.problems) == 3
    told = str(caught.value)
    assert "near: alpha" in told
    assert "soon" in told
    assert "column unit, indicator alpha" in told


@every_engine
def test_a_column_of_the_same_name_is_refused_with_a_hint(engine: str) -> None:
    with pytest.raises(ActualsError, match=r"column expected: .*rename it, or drop it"):
        run(engine, pl.DataFrame(panel(expected=[1.0])))
    with pytest.raises(ActualsError, match=r"column __ipplan_place"):
        run(engine, pl.DataFrame(panel(__ipplan_place=[1.0])))


@every_engine
def test_missing_columns_are_told_at_once(engine: str) -> None:
    frame = pl.DataFrame(panel(region=["east"])).drop("region", "value").rename({"period": "perod"})
    with pytest.raises(ActualsError) as caught:
        run(engine, frame, unit="unit")
    assert [each.place for each in caught.value.problems] == ["period", "value", "unit", "by"]
    assert "near: perod" in str(caught.value)


@pytest.mark.parametrize(
    "given", [[1, 2], {"value": [1.0]}, None, 3.0, pl.Series([1.0]), "panel.csv"]
)
def test_what_is_no_dataframe_is_told(given: Any) -> None:
    with pytest.raises(EngineError, match="frame: expected a dataframe"):
        assessed(given)


def test_columns_of_pandas_without_names_are_carried_or_told() -> None:
    frame = pd.DataFrame(panel(region=["east"]))
    frame[7] = 1.0
    assert assessed(frame)["score"].tolist() == [100.0]


def test_a_policy_that_takes_baselines_from_figures_is_refused() -> None:
    policy = Policy(baseline_from=2015)
    with pytest.raises(ModelError, match=r"policy\.baseline_from"):
        run("few", pl.DataFrame(panel(region=["east"])), policy=policy)


# What is carried along.


def test_the_index_of_pandas_is_kept() -> None:
    columns = panel(value=[68.0, 0.0, math.nan])
    pairs = pd.MultiIndex.from_tuples([("a", 1), ("b", 2), ("a", 1)])
    for index in ([7, 7, 3], ["x", "y", "x"], pairs):
        frame = pd.DataFrame(columns, index=index)
        for path in Path:
            found = assessed(frame, path)
            pd.testing.assert_index_equal(found.index, frame.index)
            pd.testing.assert_frame_equal(found[[*frame.columns]], frame)
            assert found["ratio"].tolist()[:2] == [1.0, 0.0]


@pytest.mark.parametrize("engine", [*EAGER, "polars lazy", "duckdb"])
def test_columns_of_other_types_are_carried(engine: str) -> None:
    columns = panel(region=["east", "west"])
    frame = pl.DataFrame(columns).with_columns(
        nested=pl.Series([[1, 2], []]), record=pl.Series([{"a": 1}, {"a": 2}])
    )
    made, path = ENGINES[engine]
    given = made(frame)
    found = gathered(assessed(given, path))
    before = gathered(given)
    if "pandas" not in engine:
        assert found["nested"].to_list() == [[1, 2], []]
        assert found["record"].to_list() == [{"a": 1}, {"a": 2}]
    assert found.columns == [*before.columns, *OUTPUTS]


@every_engine
def test_frames_of_no_rows_and_of_one(engine: str) -> None:
    frame = pl.DataFrame(panel(region=["east"]))
    assert run(engine, frame)["score"] == [100.0]
    if engine in {"dask", "ibis"}:
        return
    none = run(engine, frame.clear())
    assert {name: none[name] for name in OUTPUTS} == {name: [] for name in OUTPUTS}


@every_engine
def test_frames_in_which_nothing_is_known(engine: str) -> None:
    columns = panel(indicator=["x", None], period=["soon", None])
    found = run(engine, pl.DataFrame(columns), faulty="set_aside")
    assert found["reason"] == ["unknown_indicator"] * 2
    assert found["expected"] == [None, None]


@every_engine
def test_what_the_plan_asks_nothing_of_yet_expects_nothing(engine: str) -> None:
    found = run(engine, pl.DataFrame(panel(indicator=["beta"], period=[2016])))
    assert (found["expected"], found["state"]) == ([None], ["not_due"])


@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow"])
def test_results_have_the_same_types_on_every_path(library: str) -> None:
    frame = pl.DataFrame(panel(value=[68.0, None, math.inf]))
    given = {"polars": frame, "pandas": frame.to_pandas(), "pyarrow": frame.to_arrow()}[library]
    schemas = []
    for rows in (given, given[:0] if library != "pyarrow" else given.slice(0, 0)):
        for path in Path:
            found = assessed(rows, path)
            types = found.schema if library != "pandas" else found.dtypes.to_dict()
            schemas.append(str(types))
    assert len(set(schemas)) == 1, schemas


@pytest.mark.parametrize("engine", ["polars lazy", "duckdb"])
def test_lazy_results_have_the_same_types_whatever_is_in_the_frame(engine: str) -> None:
    made, _ = ENGINES[engine]
    frame = pl.DataFrame(panel(value=[68.0, 0.0]))
    known, nothing = (
        nw.from_native(assessed(made(each))).collect_schema() for each in (frame, frame.clear())
    )
    assert known == nothing


@pytest.mark.parametrize("made", [nw.from_native, current.from_native])
@pytest.mark.parametrize("lazy", [False, True])
def test_frames_of_narwhals_come_back_as_such(made: Callable[[Any], Any], lazy: bool) -> None:
    frame = pl.DataFrame(panel(region=["east"]))
    given = made(frame.lazy() if lazy else frame)
    found = assessed(given)
    assert type(found) is type(given)
    assert gathered(current.to_native(found))["score"].to_list() == [100.0]


# Rows.


def test_rows_keep_their_order() -> None:
    """Small frames hide it: from some five million rows on, joins forget the order."""
    count = 6_000_000
    keys = pl.DataFrame({"indicator": ["alpha", "beta"]}, schema={"indicator": pl.Categorical})
    n = pl.int_range(count, eager=True)
    frame = pl.DataFrame({"n": n, "value": n % 100, "period": (2016 + n % 5).cast(pl.Int16)})
    names = keys["indicator"].gather(n % 2)
    frame = frame.with_columns(names, region=pl.lit("east"))
    found = PLAN.assess_frame(frame.lazy()).select("n", "expected").collect(engine="streaming")
    assert found["n"].equals(n)
    eager = PLAN.assess_frame(frame)
    assert eager["n"].equals(n)
    assert eager["expected"].equals(found["expected"])


@pytest.mark.parametrize("engine", EAGER)
def test_small_frames_keep_their_order(engine: str) -> None:
    made, path = ENGINES[engine]
    values = [float(each * 37 % 101) for each in range(300)]
    indicators = ["alpha", "beta", "alpha"] * 100
    found = gathered(assessed(made(pl.DataFrame(panel(value=values, indicator=indicators))), path))
    assert found["n"].to_list() == [*range(300)]


@every_engine
def test_duplicates(engine: str) -> None:
    columns = panel(
        region=["east", "east", "west", None, None, "north", "north"],
        period=["2018", "2018年", "2018", "2018", "2018", "2018", "2018"],
        value=[68.0, 70.0, 68.0, 68.0, 68.0, 68.0, None],
    )
    assert run(engine, pl.DataFrame(columns))["state"] == ["scored"] * 6 + ["missing"]
    found = run(engine, pl.DataFrame(columns), duplicates="set_aside")
    assert found["state"] == ["set_aside"] * 2 + ["scored"] * 4 + ["missing"]
    assert found["reason"] == ["duplicate"] * 2 + [None] * 4 + ["not_reported"]
    assert found["expected"] == [68.0] * 7
    with pytest.raises(ActualsError, match="east"):
        run(engine, pl.DataFrame(columns), duplicates="refuse")
    once = panel(region=["east", "west"])
    assert run(engine, pl.DataFrame(once), duplicates="refuse")["score"] == [100.0, 100.0]


@every_engine
def test_duplicates_of_frames_without_units_of_observation(engine: str) -> None:
    columns = panel(indicator=["alpha", "alpha", "beta"])
    found = run(engine, pl.DataFrame(columns), by=(), duplicates="set_aside")
    assert found["reason"][:2] == ["duplicate"] * 2


@pytest.mark.parametrize("engine", ["few", "polars", "pandas", "duckdb"])
def test_units_of_observation_may_be_told_by_a_key(engine: str) -> None:
    columns = panel(region=["east", "east"])
    with pytest.raises(ActualsError, match="one row for each"):
        run(engine, pl.DataFrame(columns), by=("region", "indicator"), duplicates="refuse")


# Nothing is read in advance.


def test_a_lazy_frame_of_polars_is_not_run() -> None:
    def runs(_frame: pl.DataFrame) -> pl.DataFrame:
        raise AssertionError("it ran")

    frame = pl.DataFrame(panel(region=["east"])).lazy()
    lazy = frame.map_batches(runs, schema=frame.collect_schema())
    for path in (Path.POLARS, Path.NATIVE):
        assert "score" in assessed(lazy, path, periods=[2018]).collect_schema()
    with pytest.raises(Exception, match="it ran"):
        assessed(lazy)


def test_a_relation_of_duckdb_is_not_run() -> None:
    relation = CONNECTION.sql(
        "SELECT 'east' AS region, 'alpha' AS indicator, 2018 AS period, "
        "CAST(error('it ran') AS DOUBLE) AS value"
    )
    found = assessed(relation, periods=[2018])
    assert "score" in found.columns
    with pytest.raises(duckdb.Error, match="it ran"):
        found.fetchall()


@every_engine
def test_what_is_not_listed_is_set_aside(engine: str) -> None:
    columns = panel(period=["2018", "2019", "2018年"], indicator=["Alpha", "alpha", "nothing"])
    found = run(engine, pl.DataFrame(columns), periods=["2018", "2018年"])
    assert found["reason"] == [None, "unknown_period", "unknown_indicator"]
    columns = panel(period=[2018, 2019], unit=["家", "家"])
    found = run(engine, pl.DataFrame(columns), periods=[2018], unit="unit")
    assert found["reason"] == [None, "unknown_period"]


@pytest.mark.parametrize("engine", ["few", "polars", "polars lazy", "pyarrow", "duckdb"])
@pytest.mark.parametrize("given", [datetime.datetime(2018, 12, 31, 5), datetime.date(2018, 12, 31)])
def test_days_may_be_listed(engine: str, given: datetime.date) -> None:
    frame = pl.DataFrame(panel(period=[datetime.date(2018, 12, 31)]))
    assert run(engine, frame, periods=[given])["expected"] == [68.0]
    assert run(engine, frame, periods=[2018])["expected"] == [68.0]


# DuckDB.


def test_parquet_through_the_callers_own_connection(tmp_path: File) -> None:
    pl.DataFrame(panel(value=[68.0, None])).write_parquet(tmp_path / "panel.parquet")
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE regions AS SELECT 'east' AS region, 'E' AS name")
        panel_ = connection.read_parquet(str(tmp_path / "panel.parquet"))
        before = connection.sql("SHOW ALL TABLES").fetchall()
        found = assessed(panel_)
        joined = found.join(connection.table("regions").set_alias("r"), "region")
        assert sorted(joined.project("score, name").fetchall(), key=str) == [
            (100.0, "E"),
            (None, "E"),
        ]
        assert connection.sql("SHOW ALL TABLES").fetchall() == before


def test_two_frames_of_one_connection_do_not_get_in_each_others_way() -> None:
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE t AS SELECT 'e' region, 'alpha' indicator, 2018 period, 34.0 value"
        )
        one = assessed(connection.table("t"))
        two = assessed(connection.table("t"), policy=Policy(rule="pass_fail"))
        assert one.project("score").fetchall() == [(50.0,)]
        assert two.project("score").fetchall() == [(0.0,)]
