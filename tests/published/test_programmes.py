"""WHO's fixed target and IATI's worked example."""

import pytest

from ipplan import Baseline, Bound, Milestone, Result, Trajectory, assess_series
from ipplan.presets import results_framework
from tests.published.tables import document

FIXED = document("who_fixed_target.json")["who_fixed_target"]
WAY = Trajectory(
    baseline=Baseline(period=FIXED["baseline_year"], value=FIXED["baseline"]),
    milestones=[Milestone(period=FIXED["target_year"], bound=Bound.at_least(FIXED["target"]))],
)


def test_the_fixed_target_of_who() -> None:
    for year, expected in FIXED["expected"].items():
        assert WAY.value(float(year)) == pytest.approx(expected, rel=1e-12)
    assert WAY.value(2026.0) == FIXED["target"]


IATI = document("iati_example.json")


def result_of_iati() -> Result:
    return assess_series(
        {IATI["period"][1]: IATI["actual"]},
        baseline={IATI["baseline_year"]: IATI["baseline"]},
        targets={IATI["period"][1]: IATI["target"]},
        direction="up" if IATI["ascending"] else "down",
        unit="%",
        policy=results_framework,
    )


def test_the_example_of_iati() -> None:
    found = result_of_iati()
    assert found.met is True
    assert IATI["published_outcome"].endswith("did meet its target")
    assert found.status is not None
    assert found.status.id == "exceeded"
