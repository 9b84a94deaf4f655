"""A panel goes from file to file: whole or not at all, every row with its state, errors told."""

from __future__ import annotations

import math
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import ipplan
from ipplan.errors import EngineError, IPPlanError
from ipplan.frames.counts import Summary
from ipplan.io.panel import PanelRun, _Counter, assess_panel

PLAN = ipplan.load("gansu-2016")
ADDED = ["expected", "met", "ratio", "progress", "score", "status", "state", "reason"]
ROWS = [
    ("0101", "pct_applications", 2018, 39.0),
    ("0102", "pct_applications", 2016, 26.0),
    ("0101", "pledge_financing", 2017, 22.4),
    ("0102", "pledge_financing", 2017, None),
    ("0103", "case_growth", 2020, float("nan")),
]
COLUMNS = ["region", "indicator", "period", "value"]
"""Illustrative figures of regions that are none."""


def panel(rows: list[tuple[Any, ...]] = ROWS) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data.parquet"
    panel().write_parquet(path)
    return path


def csv_file(folder: Path, text: str, *, encoding: str = "utf-8") -> Path:
    path = folder / "data.csv"
    path.write_bytes(text.encode(encoding))
    return path


def refused(source: Path, target: Path, **options: Any) -> str:
    """What is told, where the folder of the target is left as it was."""
    before = {path: path.read_bytes() for path in target.parent.iterdir() if path.is_file()}
    with pytest.raises(IPPlanError) as caught:
        assess_panel(PLAN, source, target, **options)
    assert {p: p.read_bytes() for p in target.parent.iterdir() if p.is_file()} == before
    return str(caught.value)


def test_each_row_is_assessed_as_the_plan_assesses_it(data: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.parquet"
    run = assess_panel(PLAN, data, target)
    found = pl.read_parquet(target)
    assert found.columns == [*COLUMNS, *ADDED]
    assert_frame_equal(found.select(COLUMNS), panel())
    for row in found.iter_rows(named=True):
        value = row["value"]
        reported = value is not None and not math.isnan(value)
        given = {row["indicator"]: {row["period"]: value}} if reported else {}
        alone = PLAN.assess(given, as_of=row["period"])[row["indicator"]]
        assert (row["state"], row["score"]) == (alone.state.value, alone.score)
        assert row["expected"] == pytest.approx(alone.expected)
    assert run.rows == 5
    assert run.summary.counts == (("scored", None, 3), ("missing", "not_reported", 2))
    assert (run.target, run.rolled_up) == (target, None)


def test_cells_of_a_csv_file_stay_as_they_are(tmp_path: Path) -> None:
    text = "region,note,indicator,period,value\n"
    text += "0101,007,pct_applications,2018, 39 \n0102,,pct_applications,2018-06,\n"
    for target in (tmp_path / "out.parquet", tmp_path / "out.csv"):
        run = assess_panel(PLAN, csv_file(tmp_path, text), target)
        assert sum(many for _, _, many in run.summary.counts) == run.rows == 2
    found = pl.read_parquet(tmp_path / "out.parquet")
    assert found["region"].to_list() == ["0101", "0102"]
    assert found["note"].to_list() == ["007", None]
    assert found["value"].to_list() == [39.0, None]
    assert found["state"].to_list() == ["scored", "missing"]
    header, first, second = (tmp_path / "out.csv").read_text("utf-8").splitlines()
    assert header.split(",")[-3:] == ["status", "state", "reason"]
    assert first.startswith("0101,007,pct_applications,2018,39.0,")
    assert second.endswith(",missing,not_reported")


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_delimiters_and_marks_of_csv(delimiter: str, encoding: str, tmp_path: Path) -> None:
    text = "region,indicator,period,value\n兰州,pct_applications,2018,39\n"
    source = csv_file(tmp_path, text.replace(",", delimiter), encoding=encoding)
    assess_panel(PLAN, source, tmp_path / "out.parquet")
    assert pl.read_parquet(tmp_path / "out.parquet")["region"].to_list() == ["兰州"]


def test_columns_may_have_other_names(tmp_path: Path) -> None:
    names = {"region": "county", "indicator": "指标", "period": "年份", "value": "数值"}
    source, target = tmp_path / "data.parquet", tmp_path / "out.parquet"
    panel().rename(names).write_parquet(source)
    run = assess_panel(
        PLAN, source, target, by=("county",), indicator="指标", period="年份", value="数值"
    )
    assert pl.read_parquet(target).columns == [*names.values(), *ADDED]
    assert run.summary.counts[0] == ("scored", None, 3)


def test_the_policy_and_the_version_count(data: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.parquet"
    assess_panel(PLAN, data, target, policy="sdsn", version="original")
    scores = pl.read_parquet(target)["score"]
    alone = PLAN.assess(
        {"pct_applications": {2018: 39}}, as_of=2018, policy="sdsn", version="original"
    )
    assert scores[0] == alone["pct_applications"].score


def test_what_is_faulty_is_refused_or_set_aside(tmp_path: Path) -> None:
    source, target = tmp_path / "data.parquet", tmp_path / "out.parquet"
    panel([*ROWS, ("0101", "pct_aplications", 2018, 39.0)]).write_parquet(source)
    target.write_text("old", "utf-8")
    assert "pct_applications" in refused(source, target)
    run = assess_panel(PLAN, source, target, faulty="set_aside")
    assert run.summary.counts == (
        ("scored", None, 3),
        ("missing", "not_reported", 2),
        ("set_aside", "unknown_indicator", 1),
    )
    assert run.rows == 6


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
@pytest.mark.parametrize("out", ["out.parquet", "out.csv"])
def test_a_roll_up_is_written_beside(data: Path, tmp_path: Path, suffix: str, out: str) -> None:
    totals = tmp_path / f"totals{suffix}"
    run = assess_panel(PLAN, data, tmp_path / out, roll_up=totals)
    read = pl.read_parquet if suffix == ".parquet" else pl.read_csv
    found = read(totals)
    assert found.columns == ["region", "period", "score", "coverage", "due", "scored", "reason"]
    assert found.select("region", "period").n_unique() == found.height == 5
    assert run.rolled_up == totals
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["data.parquet", out, totals.name]
    )


def test_a_file_of_no_rows(tmp_path: Path) -> None:
    source = csv_file(tmp_path, "region,indicator,period,value\n")
    run = assess_panel(PLAN, source, tmp_path / "out.csv")
    assert (run.rows, run.summary.counts) == (0, ())
    assert (tmp_path / "out.csv").read_text("utf-8").startswith("region,indicator,period,value,exp")


def test_names_with_brackets_are_names(data: Path, tmp_path: Path) -> None:
    source = data.rename(tmp_path / "data[1]*.PARQUET")
    assert assess_panel(PLAN, source, tmp_path / "out[1].parquet").rows == 5


def test_every_fault_of_the_names_is_told_at_once(data: Path, tmp_path: Path) -> None:
    text = refused(data, tmp_path / "out.xlsx", roll_up=tmp_path / "totals")
    assert (
        "out.xlsx: expected a file whose name ends in one of .parquet, .csv, found '.xlsx'" in text
    )
    assert "totals: expected a file whose name ends in one of .parquet, .csv, found no end" in text
    assert "given twice" in refused(data, tmp_path / ".." / tmp_path.name / "data.parquet")
    out = tmp_path / "out.csv"
    assert "given twice" in refused(data, out, roll_up=out)


def test_what_cannot_be_opened_is_the_systems_error(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "folder.parquet").mkdir()
    out = tmp_path / "out.parquet"
    with pytest.raises(FileNotFoundError) as caught:
        assess_panel(PLAN, tmp_path / "none.csv", out)
    assert caught.value.filename == str(tmp_path / "none.csv")
    with pytest.raises(IsADirectoryError):
        assess_panel(PLAN, tmp_path / "folder.parquet", out)
    with pytest.raises(IsADirectoryError) as caught_too:
        assess_panel(PLAN, data, tmp_path / "folder.parquet")
    assert caught_too.value.filename == str(tmp_path / "folder.parquet")
    with pytest.raises(FileNotFoundError) as missing:
        assess_panel(PLAN, data, tmp_path / "none" / "out.parquet")
    assert missing.value.filename == str(tmp_path / "none" / "out.parquet")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data.parquet", "folder.parquet"]


@pytest.mark.parametrize("out", ["out.parquet", "out.csv"])
def test_a_run_that_ends_early_leaves_the_old_file_alone(
    out: str, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / out
    target.write_text("old", "utf-8")

    def ended(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pl.LazyFrame, "group_by", ended)
    with pytest.raises(KeyboardInterrupt):
        assess_panel(PLAN, data, target, roll_up=tmp_path / "totals.csv")
    assert target.read_text("utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data.parquet", out]


def test_cells_that_are_no_numbers_are_told_by_row(tmp_path: Path) -> None:
    bad = ["22.4 亿元", "1,000", "n/a", "一", "2_0", "x", "y"]
    rows = [f'r,pct_applications,2018,"{cell}"\n' for cell in ["39", *bad, "", "inf"]]
    source = csv_file(tmp_path, "region,indicator,period,value\n" + "".join(rows))
    text = refused(source, tmp_path / "out.parquet", faulty="set_aside")
    assert "6 problems:" in text
    assert (
        "data.csv row 3, column value: expected a number, found '22.4 亿元' "
        "(digits alone, without a unit; nothing reported is an empty cell)"
    ) in text
    assert "data.csv row 7, column value: expected a number, found '2_0'" in text
    assert "data.csv, column value: expected numbers, found 2 more that are none" in text
    source = csv_file(tmp_path, "region,indicator,period,value\nr,pct_applications,2018,?\n")
    text = refused(source, tmp_path / "out.parquet")
    assert text.startswith("data.csv row 2, column value: expected a number, found '?'")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        (
            "data.csv",
            "region,value\n兰州,3\n".encode("gbk"),
            "(a spreadsheet saves it as CSV UTF-8)",
        ),
        ("data.csv", b"region,indicator,period,value\na,b,2018,3,4\n", "found more fields than"),
        ("data.csv", b"region,indicator,period\na,b,2018,4\n", "found more fields than"),
        ("data.csv", b"", "expected rows of CSV in UTF-8, under a header, found empty CSV"),
        ("data.parquet", b"region,value\n", "data.parquet: expected Parquet, found parquet: "),
        ("data.parquet", b"", "data.parquet: expected Parquet, found "),
        ("data.csv", b"region,indicator,period\na,pct_applications,2018\n", "value"),
    ],
)
def test_a_file_that_is_something_else(
    name: str, content: bytes, words: str, tmp_path: Path
) -> None:
    source = tmp_path / name
    source.write_bytes(content)
    assert words in refused(source, tmp_path / "out.parquet")


@pytest.mark.parametrize("out", ["out.parquet", "out.csv"])
def test_rows_keep_their_order_and_are_told_as_they_are_done(out: str, tmp_path: Path) -> None:
    rows = 300_000
    source, told = tmp_path / "data.parquet", []
    frame = pl.select(
        region=pl.int_range(rows), indicator=pl.lit("pct_applications"), period=2018, value=39.0
    )
    frame.write_parquet(source, row_group_size=20_000)
    run = assess_panel(PLAN, source, tmp_path / out, told=lambda *each: told.append(each))
    read = pl.read_parquet if out.endswith("parquet") else pl.read_csv
    assert_frame_equal(read(tmp_path / out).select("region"), frame.select("region"))
    done = [each for each, _ in told]
    assert done == sorted(set(done))
    assert len(done) > 1
    assert told[-1] == (rows, rows)
    assert run.summary.counts == (("scored", None, rows),)


def test_rows_are_counted_once_from_several_threads() -> None:
    told: list[tuple[int, int]] = []
    counter, batch = _Counter(4_000, lambda *each: told.append(each)), pl.select(pl.int_range(10))
    with ThreadPoolExecutor(4) as pool:
        assert all(each is batch for each in pool.map(counter, [batch] * 400))
    assert told == [(done, 4_000) for done in range(10, 4_001, 10)]


def test_without_polars_the_error_says_what_to_install(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(EngineError, match=r"pip install 'ipplan\[frames\]'"):
        assess_panel(PLAN, data, tmp_path / "out.parquet")


def test_a_run_in_words() -> None:
    run = PanelRun(
        rows=1_234_567,
        summary=Summary(
            rows=1_234_567,
            counts=(
                ("scored", None, 1_234_560),
                ("missing", "not_reported", 4),
                ("set_aside", "duplicate", 2),
                ("set_aside", "something_new", 1),
            ),
        ),
        seconds=1.25,
        target=Path("out.parquet"),
        rolled_up=Path("totals.csv"),
    )
    text = run.to_text()
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert lines[2:7] == [
        "scored – 1,234,560",
        "missing nothing was reported 4",
        "set aside reported more than once 2",
        "set aside something new 1",
        "all 1,234,567",
    ]
    assert "1,234,567 rows assessed in 1.2 s, written to out.parquet\n" in text
    assert text.endswith("rolled up in totals.csv")
    chinese = run.to_text("zh")
    for words in (
        "已评分",
        "没有报告数据",
        "未采用",
        "重复报告",
        "共评估 1,234,567 行",
        "汇总结果",
    ):
        assert words in chinese
