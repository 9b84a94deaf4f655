"""Published Chinese results: efficacy coefficient, composite index, pace and county attainment."""

import pytest

from ipplan import Policy, Result, aggregate, assess_series
from ipplan.presets import results_framework, sdsn
from ipplan.scoring import EFFICACY, Goalposts
from tests.published.tables import table

EXAMPLE, TOTAL = table("china_gongxiao_coefficient.csv")


def efficacy_of_the_example() -> float:
    posts = {"lower": float(EXAMPLE["not_allowed"]), "upper": float(EXAMPLE["satisfactory"])}
    policy = Policy(rule=Goalposts(**posts, scale=EFFICACY))
    score = assess_series({2020: float(EXAMPLE["actual"])}, direction="up", policy=policy).score
    assert score is not None
    return score


def efficacy_of_the_items() -> float:
    items = {str(place): float(x) for place, x in enumerate(TOTAL["actual"].split(";"))}
    score = aggregate(items, method="geometric").score
    assert score is not None
    return score


def test_the_efficacy_coefficient() -> None:
    assert efficacy_of_the_example() == pytest.approx(float(EXAMPLE["published"]), abs=0.005)
    assert efficacy_of_the_items() == pytest.approx(float(TOTAL["published"]), abs=0.0005)


[COMPOSITE] = table("china_cnipa_index_2018.csv")
PARTS = ("creation", "utilization", "protection", "environment")


def composite() -> float:
    score = aggregate({name: float(COMPOSITE[name]) for name in PARTS}).score
    assert score is not None
    return score


def test_the_composite_index_of_2018() -> None:
    assert composite() == pytest.approx(float(COMPOSITE["published_composite"]), abs=0.05)


PACES = table("china_xiaokang_pace.csv")


def pace_of(row: dict[str, str]) -> Result:
    return assess_series(
        {row["t1"]: float(row["v1"])},
        baseline={row["t0"]: float(row["v0"])},
        targets={row["target_year"]: float(row["target"])},
        direction="up",
        policy=sdsn,
    )


def published_pace(row: dict[str, str]) -> float:
    """Both published steps as one pace; what a source does not print follows from its gap."""
    required = row["published_required_pace_from_t0"]
    years = float(row["target_year"]) - float(row["t0"])
    needed = float(required) if required else (float(row["target"]) - float(row["v0"])) / years
    return float(row["published_actual_pace"]) / needed


@pytest.mark.parametrize("row", PACES, ids=lambda row: row["t1"])
def test_the_pace_towards_a_well_off_society(row: dict[str, str]) -> None:
    # Both published steps are rounded to two decimals, one of them from unrounded inputs.
    assert pace_of(row).value == pytest.approx(published_pace(row), abs=0.006)


COUNTIES = table("china_xiaokang_county_attainment.csv")


def attainment_of(row: dict[str, str]) -> Result:
    """The way to the target made by the year of the figure; the target's own year is not given."""
    return assess_series(
        {row["actual_year"]: float(row["actual"])},
        baseline={row["baseline_year"]: float(row["baseline"])},
        targets={row["actual_year"]: float(row["target"])},
        direction="up",
        policy=results_framework,
    )


@pytest.mark.parametrize("row", COUNTIES, ids=lambda row: row["target"])
def test_the_attainment_of_a_county(row: dict[str, str]) -> None:
    decimals = len(row["published_attainment_pct"].partition(".")[2])
    published = float(row["published_attainment_pct"])
    assert attainment_of(row).score == pytest.approx(published, abs=0.6 * 10**-decimals)


def test_what_the_page_leaves_out_cannot_be_reproduced() -> None:
    """The components of 2008 have weights that the source does not give: no plain mean is 74.6."""
    [row] = table("china_xiaokang_national_2008.csv")
    names = ("economy", "harmony", "quality_of_life", "democracy_law", "culture_education",
             "resources_environment")  # fmt: skip
    parts = {name: float(row[name]) for name in names}
    for method in ("arithmetic", "geometric", "harmonic", "minimum"):
        score = aggregate(parts, method=method).score
        assert score != pytest.approx(float(row["published_total"]), abs=0.5)
    assert all("published_label" in each for each in table("china_14fyp_midterm_labels.csv"))
