"""PCHIP against the figures that NAG publishes for its routine e01bec, printed to four decimals.

Source: NAG C Library documentation, e01bec, example; the data are RPN14 of Fritsch and Carlson
(1980), and SciPy checks its PchipInterpolator against the same figures.
"""

import pytest

from ipplan import Interpolation
from ipplan.interpolation import interpolate
from tests.published.tables import document

CASE = document("pchip_nag_e01bec.json")
POSITIONS = tuple(map(float, CASE["x"]))
VALUES = tuple(map(float, CASE["y"]))
PUBLISHED = [*zip(CASE["x_eval"], CASE["published"], strict=True)]
HALF_A_UNIT_IN_THE_FOURTH_DECIMAL = 5e-5


def value_at(position: float) -> float:
    return interpolate(Interpolation.PCHIP, POSITIONS, VALUES, float(position))


@pytest.mark.parametrize(("position", "published"), PUBLISHED)
def test_the_published_figures(position: float, published: float) -> None:
    assert value_at(position) == pytest.approx(
        published, rel=0.0, abs=HALF_A_UNIT_IN_THE_FOURTH_DECIMAL
    )
