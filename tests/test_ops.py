"""The operations on floats: what is undefined is null, and null goes through everything."""

import math

import pytest

from ipplan.ops import FLOATS

NULL = FLOATS.null


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (FLOATS.div(6.0, 3.0), 2.0),
        (FLOATS.log(math.e), 1.0),
        (FLOATS.power(2.0, 3.0), 8.0),
        (FLOATS.abs(-2.0), 2.0),
        (FLOATS.floor(2.7), 2.0),
        (FLOATS.floor(-2.1), -3.0),
        (FLOATS.clip(5.0, 0.0, 1.0), 1.0),
        (FLOATS.clip(-5.0, 0.0, 1.0), 0.0),
        (FLOATS.clip(0.5, 0.0, 1.0), 0.5),
        (FLOATS.where(True, 1.0, 2.0), 1.0),
        (FLOATS.where(False, 1.0, 2.0), 2.0),
    ],
)
def test_what_is_defined(found: float, expected: float) -> None:
    assert found == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize(
    "found",
    [
        FLOATS.div(1.0, 0.0),
        FLOATS.div(NULL, 2.0),
        FLOATS.div(2.0, NULL),
        FLOATS.log(0.0),
        FLOATS.log(-1.0),
        FLOATS.log(NULL),
        FLOATS.power(-8.0, 1 / 3),
        FLOATS.power(0.0, -1.0),
        FLOATS.power(1e200, 2.0),
        FLOATS.power(NULL, 2.0),
        FLOATS.abs(NULL),
        FLOATS.floor(NULL),
        FLOATS.clip(NULL, 0.0, 1.0),
        FLOATS.where(None, 1.0, 2.0),
        FLOATS.where(FLOATS.at_least(NULL, 0.8), 1.0, 2.0),
    ],
)
def test_what_is_undefined_is_null(found: float) -> None:
    assert FLOATS.is_null(found)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (FLOATS.at_least(2.0, 2.0), True),
        (FLOATS.at_least(1.0, 2.0), False),
        (FLOATS.more_than(2.0, 2.0), False),
        (FLOATS.more_than(3.0, 2.0), True),
        (FLOATS.equal(2.0, 2.0), True),
        (FLOATS.equal(2.0, 3.0), False),
        (FLOATS.both(True, False), False),
        (FLOATS.both(True, True), True),
        (FLOATS.either(True, False), True),
        (FLOATS.either(False, False), False),
        (FLOATS.negated(True), False),
        (FLOATS.is_null(1.0), False),
    ],
)
def test_conditions(found: bool | None, expected: bool) -> None:
    assert found is expected


@pytest.mark.parametrize(
    "found",
    [
        FLOATS.at_least(NULL, 0.0),
        FLOATS.at_least(0.0, NULL),
        FLOATS.more_than(NULL, 0.0),
        FLOATS.more_than(0.0, NULL),
        FLOATS.equal(NULL, NULL),
        FLOATS.both(None, True),
        FLOATS.either(True, None),
        FLOATS.negated(None),
    ],
)
def test_a_condition_on_null_is_not_known(found: bool | None) -> None:
    assert found is None
