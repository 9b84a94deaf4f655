"""Every Human Development Index of three years to its three published decimals (UNDP)."""

import pytest

from ipplan import Bound, Reason, aggregate
from ipplan.scoring import Case, Goalposts
from tests.published.tables import document, table

HEALTH = Goalposts(lower=20, upper=85)
EXPECTED_SCHOOLING = Goalposts(lower=0, upper=18)
MEAN_SCHOOLING = Goalposts(lower=0, upper=15)
INCOME = Goalposts(lower=100, upper=75_000, log=True)
ROWS = table("undp_hdi_2000_2010_2022.csv")


def index(posts: Goalposts, figure: float) -> float:
    found = posts.attainment(Case.of(figure, Bound.at_least(posts.upper)))
    assert not isinstance(found, Reason)
    return posts.scale.score(found) / 100


def hdi(row: dict[str, str]) -> float:
    schooling = {
        "expected": index(EXPECTED_SCHOOLING, float(row["eys"])),
        "mean": index(MEAN_SCHOOLING, float(row["mys"])),
    }
    dimensions = {
        "health": index(HEALTH, float(row["le"])),
        "education": aggregate(schooling).score,
        "income": index(INCOME, float(row["gnipc"])),
    }
    score = aggregate(dimensions, mean="geometric").score
    assert score is not None
    return score


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['iso3']} {row['year']}")
def test_each_published_index(row: dict[str, str]) -> None:
    assert round(hdi(row), 3) == float(row["hdi"])


def test_the_worked_example_of_the_technical_note() -> None:
    example = document("hdi_technical_note_example.json")
    income = index(INCOME, example["gnipc"])
    assert income == pytest.approx(example["published_income_index"], abs=5e-5)
    dimensions = {name: example[name] for name in ("health", "education", "income")}
    score = aggregate(dimensions, mean="geometric").score
    assert score == pytest.approx(example["published_hdi"], abs=5e-3)
