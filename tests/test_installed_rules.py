"""The example package under examples/: installed, its rule is known by name everywhere."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "examples" / "forgiving_rules"

SCRIPT = """
import ipplan
from ipplan.scoring import rule_names
from ipplan.testing import check_rule

assert "forgiving" in rule_names()
plan = ipplan.load("gansu-2016")
result = plan.assess({"service_agencies": {2020: 25}}, policy=ipplan.Policy(rule="forgiving"))
assert result["service_agencies"].score == 75.0
policy = ipplan.loads('rule = { name = "forgiving", power = 3 }', into=ipplan.Policy)
assert policy.rule.power == 3.0
assert ipplan.loads(ipplan.dumps(policy), into=ipplan.Policy) == policy
check_rule(policy.rule)
try:
    ipplan.Policy(rule="forgivin")
except ipplan.ModelError as error:
    print(error)
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which the package is installed."""
    target = tmp_path_factory.mktemp("site")
    command = [
        sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation",
        "--disable-pip-version-check", "--root-user-action=ignore", "--target", str(target),
        str(PACKAGE),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, text=True)
    return {**os.environ, "PYTHONPATH": str(target)}


def test_python_and_plan_files_know_the_rule_by_name(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "near: forgiving" in done.stdout


def test_the_shell_knows_it_too(environment: dict[str, str]) -> None:
    commands = [
        ["assess", "gansu-2016", "examples/gansu-actuals.csv", "--rule", "forgiving"],
        ["laws", "ipplan_forgiving:Forgiving"],
    ]
    for arguments in commands:
        done = subprocess.run(
            [sys.executable, "-m", "ipplan", *arguments],
            env=environment, capture_output=True, text=True, check=False, cwd=ROOT,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "forgiving" in done.stdout


def test_without_it_the_name_is_unknown() -> None:
    import ipplan

    with pytest.raises(ipplan.ModelError, match="expected a scoring rule, one of ratio"):
        ipplan.Policy(rule="forgiving")
