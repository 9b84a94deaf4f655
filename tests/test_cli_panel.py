"""The command assess-panel: a file in, a file and a summary out, progress on a terminal alone."""

import io
import sys
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

from ipplan.cli import main

TEXT = """county,indicator,year,value
0101,pct_applications,2018,39
0101,pledge_financing,2017,22.4
0102,pct_applications,2018,
"""
OPTIONS = ("--by", "county", "--period", "year")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("data.csv").write_text(TEXT, "utf-8")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["assess-panel", "gansu-2016", *arguments])


def refused(*arguments: str) -> str:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert [path.name for path in Path().iterdir()] == ["data.csv"]
    return result.stderr


def test_a_file_is_assessed_and_summed_up() -> None:
    result = run("data.csv", "-o", "out.parquet", *OPTIONS, "--roll-up", "totals.csv")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["scored", "–", "2"] in lines
    assert ["missing", "nothing", "was", "reported", "1"] in lines
    assert ["all", "3"] in lines
    assert "written to out.parquet\nrolled up in totals.csv\n" in result.stdout
    assert pl.read_parquet("out.parquet")["state"].to_list() == ["scored", "scored", "missing"]
    totals = pl.read_csv("totals.csv", infer_schema=False)
    assert {*totals.select("county", "year").iter_rows()} == {
        ("0101", "2018"),
        ("0101", "2017"),
        ("0102", "2018"),
    }


def test_the_summary_speaks_chinese_and_the_policy_may_be_named() -> None:
    result = run("data.csv", "-o", "out.csv", *OPTIONS, "--lang", "zh", "--policy", "sdsn")
    assert result.exit_code == 0
    assert "已写入 out.csv" in result.stdout
    assert Path("out.csv").read_text("utf-8").startswith("county,indicator,year,value,expected,")


def test_what_is_faulty_is_set_aside_on_request() -> None:
    Path("data.csv").write_text(TEXT + "0102,nothing_like_it,2018,3\n", "utf-8")
    assert "nothing_like_it" in refused("data.csv", "-o", "out.csv", *OPTIONS)
    result = run("data.csv", "-o", "out.csv", *OPTIONS, "--set-aside", "--original")
    assert result.exit_code == 0
    assert "the plan has no such indicator" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("data.csv",), "Missing option '-o'"),
        (("none.csv", "-o", "out.csv"), "none.csv: No such file or directory"),
        (
            (".", "-o", "out.csv"),
            "a file whose name ends in one of .parquet, .csv, found no ending",
        ),
        (("data.csv", "-o", "out.txt"), "out.txt: expected a file whose name ends in one of"),
        (("data.csv", "-o", "data.csv"), "data.csv: expected another file for each"),
        (("data.csv", "-o", "none/out.csv"), "none/out.csv: No such file or directory"),
        (("data.csv", "-o", "out.csv", "--policy", "statcn"), "near: statcan"),
        (("data.csv", "-o", "out.csv", "--period", "year"), "region"),
    ],
)
def test_what_goes_wrong_is_told_on_stderr_with_exit_code_2(
    arguments: tuple[str, ...], words: str
) -> None:
    assert words in refused(*arguments)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("lang", "unit"), [("en", " million rows/s"), ("zh", " 百万行/秒")])
def test_progress_is_shown_on_a_terminal(
    lang: str, unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    given = ["assess-panel", "gansu-2016", "data.csv", "-o", "out.parquet", *OPTIONS]
    main([*given, "--lang", lang], standalone_mode=False)
    shown = terminal.getvalue()
    assert "3/3" in shown
    assert unit in shown
    assert Path("out.parquet").exists()
