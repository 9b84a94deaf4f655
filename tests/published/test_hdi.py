"""Every Human Development Index of three years to its three published decimals (UNDP)."""

import pytest

from ipplan import (
    Direction,
    Indicator,
    Plan,
    Policy,
    Text,
    Trajectory,
    aggregate,
    assess_series,
)
from ipplan.presets import hdi
from tests.published.tables import document, table

ROWS = table("undp_hdi_2000_2010_2022.csv")
COLUMNS = {
    "life_expectancy": ("le", "年"),
    "expected_schooling": ("eys", "年"),
    "mean_schooling": ("mys", "年"),
    "gni_per_capita": ("gnipc", "国际元"),
}
COUNTRY = Plan(
    id="hdi",
    title=Text(en="Human development"),
    start=2000,
    end=2022,
    indicators=[
        Indicator(
            id=id,
            name=Text(en=id),
            unit=unit,
            accrual="level",
            trajectory=Trajectory(better=Direction.UP),
        )
        for id, (_, unit) in COLUMNS.items()
    ],
    policy="hdi",
)


def index_of(row: dict[str, str]) -> float:
    figures = {id: {row["year"]: float(row[column])} for id, (column, _) in COLUMNS.items()}
    score = COUNTRY.assess(figures).score
    assert score is not None
    return score


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['iso3']} {row['year']}")
def test_each_published_index(row: dict[str, str]) -> None:
    assert round(index_of(row), 3) == float(row["hdi"])


NOTE = document("hdi_technical_note_example.json")


def income_index() -> float:
    policy = Policy(rule=hdi.rule_of("gni_per_capita"))
    score = assess_series({2019: NOTE["gnipc"]}, direction="up", policy=policy).score
    assert score is not None
    return score


def index_of_the_note() -> float:
    dimensions = {name: NOTE[name] for name in ("health", "education", "income")}
    score = aggregate(dimensions, method="geometric").score
    assert score is not None
    return score


def test_the_worked_example_of_the_technical_note() -> None:
    assert income_index() == pytest.approx(NOTE["published_income_index"], abs=5e-5)
    assert index_of_the_note() == pytest.approx(NOTE["published_hdi"], abs=5e-3)
