"""Gaps of panel data, filled by every method of `impute_panel` in COINr 1.1.14."""

import pytest

from ipplan.filling import fill
from tests.published.tables import number, table

ROWS = table("coinr_asem/impute_panel_cases.csv")
METHODS = {
    "latest": ("latest", None),
    "latest_max1": ("latest", 1.0),
    "constant": ("constant", None),
    "linear": ("linear", None),
    "linear-constant": ("linear", None),  # the same figures there
}


def series(unit: str, column: str) -> dict[str, float | None]:
    return {row["Time"]: number(row[column]) for row in ROWS if row["uCode"] == unit}


def known(values: dict[str, float | None]) -> dict[str, float]:
    return {time: value for time, value in values.items() if value is not None}


@pytest.mark.parametrize("unit", ["A", "B"])
@pytest.mark.parametrize("indicator", ["x", "y"])
@pytest.mark.parametrize("published", METHODS)
def test_each_published_series(unit: str, indicator: str, published: str) -> None:
    given, expected = series(unit, indicator), series(unit, f"{indicator}_{published}")
    how, longest_gap = METHODS[published]
    found = fill(given, how=how, longest_gap=longest_gap)
    assert known({str(period): value for period, value in found.items()}) == pytest.approx(
        known(expected), rel=1e-12
    )
    assert [str(period) for period in found.filled] == [
        time for time, value in expected.items() if value is not None and given[time] is None
    ]
