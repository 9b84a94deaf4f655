"""WHO's fixed target and IATI's worked example."""

import pytest

from ipplan import Baseline, Bound, Milestone, Progress, Trajectory
from ipplan.scoring import Case
from tests.published.tables import document


def test_the_fixed_target_of_who() -> None:
    case = document("who_fixed_target.json")["who_fixed_target"]
    way = Trajectory(
        baseline=Baseline(period=case["baseline_year"], value=case["baseline"]),
        milestones=[Milestone(period=case["target_year"], bound=Bound.at_least(case["target"]))],
    )
    for year, expected in case["expected"].items():
        assert way.value(float(year)) == pytest.approx(expected, rel=1e-12)
    assert way.value(2026.0) == case["target"]


def test_the_example_of_iati() -> None:
    example = document("iati_example.json")
    bound = Bound.at_least(example["target"])
    assert bound.met_by(example["actual"])
    found = Progress().attainment(Case.of(example["actual"], bound, baseline=example["baseline"]))
    assert found == pytest.approx((53 - 15) / (50 - 15), rel=1e-12)
