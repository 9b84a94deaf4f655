"""Every example runs, and prints what it is for."""

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("assess_gansu.py", "2016: PCT international patent applications, 8.0 of"),
        ("department_scorecards.py", "ILLUSTRATIVE: the reports of deliverables were made up"),
        ("department_scorecards.py", "Scorecard: Provincial Leading Group for Building"),
        ("department_scorecards.py", "部门评分卡:省科技厅(science_technology),截至 2018"),
        ("verify_my_rule.py", "shortfall breaks the law NULL_IN_NULL_OUT"),
        ("verify_my_rule.py", "directed_shortfall keeps the laws that it claims"),
    ],
)
def test_an_example_runs(script: str, words: str) -> None:
    result = subprocess.run(
        [sys.executable, str(EXAMPLES / script)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8", "PATH": ""},
        check=False,
    )
    assert result.stderr == ""
    assert words in result.stdout


def test_every_example_is_tested() -> None:
    assert {path.name for path in EXAMPLES.glob("*.py")} == {
        "assess_gansu.py",
        "department_scorecards.py",
        "spark_panel.py",  # in tests/frames/test_spark_example.py
        "verify_my_rule.py",
    }
