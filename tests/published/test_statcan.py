"""The Canadian Indicator Framework of Statistics Canada: every series and indicator, by preset."""

import pytest

from ipplan import Reason, Result, State, aggregate, assess_series
from ipplan.presets import statcan
from ipplan.status import STATCAN_SCORES
from tests.published.tables import number, table

ROWS = table("statcan_cif_series.csv")
AVAILABLE = [row for row in ROWS if row["published_status"] != "not_available"]
OTHERS = [row for row in ROWS if row["published_status"] == "not_available"]
INDICATORS = [row for row in table("statcan_cif_indicator.csv") if row["published_score"]]


def result_of(row: dict[str, str]) -> Result:
    """The series as the source has it: two figures, perhaps a target, perhaps a natural limit."""
    base, now = int(float(row["base_year"])), int(float(row["current_year"] or row["base_year"]))
    figures = {base: number(row["base_value"]), now: number(row["current_value"])}
    target = number(row["target"])
    return assess_series(
        figures,
        targets={} if target is None else {int(float(row["target_year"])): target},
        direction="down" if row["direction"] == "-1" else "up",
        # Three series have a base year before 2015, which the source sets by hand.
        baseline={base: figures[base]} if base < 2015 else None,
        limit=number(row["limit"]),
        as_of=2026,
        policy=statcan,
    )


@pytest.mark.parametrize("row", AVAILABLE, ids=lambda row: row["series"])
def test_each_published_value_score_and_status(row: dict[str, str]) -> None:
    found = result_of(row)
    assert found.value == pytest.approx(
        number(row["published_progress_value"]), rel=1e-9, abs=1e-12
    )
    assert found.score == pytest.approx(number(row["published_score"]), abs=1e-4)
    assert found.status is not None
    assert found.status.id == row["published_status"]
    assert found.explain("zh")


@pytest.mark.parametrize("row", OTHERS, ids=lambda row: row["series"])
def test_what_is_not_available_has_a_state_and_a_reason(row: dict[str, str]) -> None:
    found = result_of(row)
    assert (found.state, found.reason) == (State.MISSING, Reason.NOT_REPORTED)
    assert (found.value, found.score, found.status) == (None, None, None)


def indicator_of(row: dict[str, str]) -> tuple[float | None, str]:
    """Score and status of an indicator: the mean of its series; achieved only if all are."""
    series = [result_of(each) for each in AVAILABLE if each["indicator"] == row["indicator"]]
    score = aggregate({str(place): each.score for place, each in enumerate(series)}).score
    if score is None:
        return None, "not_available"
    achieved = all(each.status == STATCAN_SCORES.achieved for each in series)
    return score, STATCAN_SCORES.of(score, achieved=achieved).id


@pytest.mark.parametrize("row", INDICATORS, ids=lambda row: row["indicator"])
def test_each_indicator_is_the_mean_of_its_series(row: dict[str, str]) -> None:
    score, status = indicator_of(row)
    assert score == pytest.approx(number(row["published_score"]), abs=1e-4)
    assert status == row["published_status"]
