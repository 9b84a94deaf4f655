"""The Mann–Kendall test and Sen's slope of pyMannKendall's own test, a series with gaps."""

import pytest

from ipplan.trend import Trend, TrendDirection, mann_kendall
from tests.published.tables import document

CASE = document("mann_kendall_sen_pymannkendall.json")
PUBLISHED = CASE["expected"]


def found() -> Trend:
    trend = mann_kendall(CASE["values"])
    assert isinstance(trend, Trend)
    return trend


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("s", "s"),
        ("variance", "var_s"),
        ("z", "z"),
        ("p", "p"),
        ("tau", "tau"),
        ("slope", "sens_slope"),
        ("intercept", "sens_intercept"),
    ],
)
def test_each_published_figure(name: str, published: str) -> None:
    assert getattr(found(), name) == pytest.approx(PUBLISHED[published], rel=1e-12)


def test_the_published_direction() -> None:
    assert PUBLISHED["trend"] == "no trend"
    assert found().direction is TrendDirection.NONE
