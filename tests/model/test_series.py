"""A series is read with its positions, or refused with all that is wrong."""

import math
from typing import Any

import pytest

from ipplan import ModelError, Period
from ipplan.model.series import read_series


def position(key: Any) -> float:
    return Period.of(key).position


def test_figures_stand_at_their_positions() -> None:
    series = {"2019-H1": 3, Period.of(2018): None, 2016: 0.0}
    assert read_series("series", series, position) == {2018.5: 3.0, 2018.0: None, 2016.0: 0.0}
    assert read_series("series", {}, position) == {}


def test_what_is_no_mapping_is_refused() -> None:
    not_a_mapping: Any = [1.0, 2.0]
    with pytest.raises(ModelError, match=r"series: expected a mapping .*, found \[1.0, 2.0\]"):
        read_series("series", not_a_mapping, position)


def test_whatever_is_wrong_is_told_at_once() -> None:
    with pytest.raises(ModelError) as caught:
        read_series(
            "series",
            {2018: 1.0, "2018-12": 2.0, "soon": True, 2020: "1", 2021: math.inf, 2022: 1e-200},
            position,
        )
    assert [(problem.place, problem.found) for problem in caught.value.problems] == [
        ("series['2018-12']", "that of 2018"),
        ("series['soon']", "True"),
        ("series['soon']", "'soon'"),
        ("series[2020]", "'1'"),
        ("series[2021]", "inf"),
        ("series[2022]", "1e-200"),
    ]
