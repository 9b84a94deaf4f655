"""The example runs on Spark as it stands: made-up figures, a file of one's own, a folder out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SCRIPT = Path(__file__).parents[2] / "examples" / "spark_panel.py"
pytestmark = pytest.mark.spark


def run(*arguments: str) -> str:
    result = subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert result.returncode == 0, result.stderr  # Spark's own log is on stderr
    return result.stdout


def test_illustrative_figures_are_assessed_and_written(spark: SparkSession, tmp_path: Path) -> None:
    out = tmp_path / "scored"
    text = run("--regions", "3", "--out", str(out))
    assert text.startswith("ILLUSTRATIVE: ")
    assert re.search(r"\|region *\|period\|score", text)
    found = pl.read_parquet(out / "*.parquet").cast({"state": pl.String})
    assert found.height == 3 * 10 * 5
    missing = found.filter(pl.col("state") == "missing")
    assert 0 < missing.height < 30
    assert missing["value"].null_count() == missing.height
    [shown] = re.findall(r"\|missing *\|not_reported *\|(\d+) *\|", text)
    assert int(shown) == missing.height


def test_a_file_of_ones_own_is_assessed(spark: SparkSession, tmp_path: Path) -> None:
    file = tmp_path / "panel.csv"
    file.write_text("region,indicator,period,value\nr,pct_applications,2018,39\n", "utf-8")
    text = run(str(file), "--master", "local[1]")
    assert "ILLUSTRATIVE" not in text
    assert re.search(r"\|scored *\|NULL *\|1 *\|", text)
