"""The progress values and scores of the Canadian Indicator Framework (Statistics Canada)."""

import pytest

from ipplan import Bound, Reason
from ipplan.ops import FLOATS
from ipplan.scoring import Case, Growth, GrowthRatio, Knots
from ipplan.status import STATCAN, STATCAN_WITHOUT_TARGET
from tests.published.tables import number, table

WITH_TARGET = GrowthRatio(scale=Knots(points=[(-0.6, -5), (0.6, 0), (1.3, 5)]))
WITHOUT_TARGET = Growth(
    scale=Knots(points=[(-0.02, -5), (0, -2.5), (0.005, 0), (0.015, 2.5), (0.02, 5)])
)
ROWS = table("statcan_cif_series.csv")
AVAILABLE = [row for row in ROWS if row["published_status"] != "not_available"]
OTHERS = [row for row in ROWS if row["published_status"] == "not_available"]


def case_of(row: dict[str, str]) -> Case:
    def known(name: str) -> float:
        found = number(row[name])
        return FLOATS.null if found is None else found

    actual = known("current_value")
    bound = Bound.at_most(0) if row["direction"] == "-1" else Bound.at_least(0)
    return Case.of(
        actual, bound, at=known("current_year"), baseline=known("base_value"),
        baseline_at=known("base_year"), target=known("target"), due=known("target_year"),
        limit=known("limit"),
    )  # fmt: skip


@pytest.mark.parametrize("row", AVAILABLE, ids=lambda row: row["series"])
def test_each_published_value_and_score(row: dict[str, str]) -> None:
    rule = WITH_TARGET if row["target"] else WITHOUT_TARGET
    case = case_of(row)
    value = rule.attainment(case)
    assert not isinstance(value, Reason)
    assert value == pytest.approx(float(row["published_progress_value"]), rel=1e-9, abs=1e-12)
    score = rule.scale.score(rule.graded(value, case, FLOATS))
    if row["published_status"] != "target_achieved":  # achieved overrides the score
        assert score == pytest.approx(float(row["published_score"]), abs=1e-4)


@pytest.mark.parametrize("row", AVAILABLE, ids=lambda row: row["series"])
def test_each_published_status(row: dict[str, str]) -> None:
    rule, scale = (
        (WITH_TARGET, STATCAN) if row["target"] else (WITHOUT_TARGET, STATCAN_WITHOUT_TARGET)
    )
    case = case_of(row)
    value = rule.attainment(case)
    assert not isinstance(value, Reason)
    target = number(row["target"])
    achieved = False
    if target is not None:
        bound = Bound.at_most(target) if case.way < 0 else Bound.at_least(target)
        achieved = bound.met_by(case.actual)
    found = scale.of(rule.graded(value, case, FLOATS), achieved=achieved)
    assert found.id == row["published_status"]


@pytest.mark.parametrize("row", OTHERS, ids=lambda row: row["series"])
def test_what_is_not_available_has_a_reason(row: dict[str, str]) -> None:
    rule = WITH_TARGET if row["target"] else WITHOUT_TARGET
    assert isinstance(rule.attainment(case_of(row)), Reason)
