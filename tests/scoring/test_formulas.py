"""What an explanation prints is what was computed: its numbers, put in, give the value."""

import math
import re

import pytest
from hypothesis import HealthCheck, assume, given, settings

from ipplan.reasons import Reason
from ipplan.scoring import (
    Case,
    Rule,
)
from ipplan.testing import cases
from tests.rules import SHIPPED


def calculated(formula: str) -> float:
    """The number that a printed formula comes to."""
    text = re.sub(r"\|([^|]+)\|", r"abs(\1)", formula)
    text = re.sub(r"\bln (\(-?[^)]+\)|[-0-9.e+]+)", r"math.log(\1)", text)
    return float(eval(text.replace("^", "**").replace(" x ", " * "), {"math": math, "abs": abs}))


@pytest.mark.parametrize("rule", SHIPPED, ids=lambda rule: rule.name)
@settings(suppress_health_check=[HealthCheck.filter_too_much], max_examples=100)
@given(case=cases())
def test_the_numbers_of_a_formula_come_to_the_value(rule: Rule, case: Case) -> None:
    value = rule.attainment(case)
    assume(not isinstance(value, Reason))
    # Ten digits are printed: differences of near figures, and high powers, keep fewer.
    assume(abs(value) < 1e6)
    found = calculated(rule.formula(case)[1])
    assert found == pytest.approx(value, rel=1e-4, abs=1e-4)
