"""PCHIP against the figures that NAG publishes for its routine e01bec, printed to four decimals.

Source: NAG C Library documentation, e01bec, example; the data are RPN14 of Fritsch and Carlson
(1980), and SciPy checks its PchipInterpolator against the same figures.
"""

import json
from pathlib import Path

import pytest

from ipplan import Interpolation
from ipplan.interpolation import interpolate

CASE = json.loads(Path(__file__).with_name("pchip_nag_e01bec.json").read_text("utf-8"))
POSITIONS = tuple(map(float, CASE["x"]))
VALUES = tuple(map(float, CASE["y"]))
HALF_A_UNIT_IN_THE_FOURTH_DECIMAL = 5e-5


@pytest.mark.parametrize(
    ("position", "published"), [*zip(CASE["x_eval"], CASE["published"], strict=True)]
)
def test_the_published_figures(position: float, published: float) -> None:
    found = interpolate(Interpolation.PCHIP, POSITIONS, VALUES, position)
    assert found == pytest.approx(published, rel=0.0, abs=HALF_A_UNIT_IN_THE_FOURTH_DECIMAL)
