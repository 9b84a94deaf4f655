"""Observations: who a figure comes from, its parts, and every fault with its field."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipplan import Actuals, ModelError, Observation, Origin, Policy
from ipplan.model.observation import as_origins


def seen(**fields: Any) -> Observation:
    return Observation(**{"indicator": "alpha", "period": 2018, "value": 1, **fields})


def test_nothing_is_known_of_a_bare_figure() -> None:
    made = seen()
    assert made.origin is Origin.NOT_STATED
    assert (made.numerator, made.denominator) == (None, None)


@pytest.mark.parametrize("origin", [*Origin, *(each.value for each in Origin)])
def test_an_origin_or_its_name(origin: Origin | str) -> None:
    assert seen(origin=origin).origin is Origin(origin)


def test_an_unknown_origin_lists_the_origins() -> None:
    choices = "statistics, third_party, self_reported, not_stated"
    with pytest.raises(ModelError, match=f"^origin: expected one of {choices}, found 'stats'"):
        seen(origin="stats")


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"numerator": 1}, "numerator: expected numerator and denominator, or neither"),
        ({"denominator": 1}, "denominator: expected numerator and denominator, or neither"),
        ({"numerator": 1, "denominator": 0}, "denominator: expected a number above zero, found 0"),
        ({"numerator": 1, "denominator": -2}, "denominator: expected a number above zero"),
        ({"numerator": "1", "denominator": 2}, "numerator: expected a number, found '1'"),
        ({"numerator": 1, "denominator": True}, "denominator: expected a number, found True"),
        ({"numerator": float("inf"), "denominator": 1}, "numerator: expected zero, or a number"),
    ],
)
def test_parts_that_cannot_be(parts: dict[str, Any], told: str) -> None:
    with pytest.raises(ModelError) as caught:
        seen(**parts)
    assert str(caught.value).startswith(told)


def test_parts_and_origin_count_when_observations_are_compared() -> None:
    assert seen(numerator=1, denominator=2) != seen(numerator=2, denominator=4)
    assert seen(origin="statistics") != seen()
    assert seen(numerator=0, denominator=2).numerator == 0.0


@given(st.lists(st.sampled_from([*Origin])))
def test_origins_by_name_are_the_origins(origins: list[Origin]) -> None:
    assert as_origins([each.value for each in origins]) == as_origins(origins) == tuple(origins)


@pytest.mark.parametrize("of", [Actuals, Policy])
def test_every_unknown_origin_of_a_preference_is_told_with_its_place(of: Any) -> None:
    with pytest.raises(ModelError) as caught:
        of(prefer=["statistic", "third_party", 3])
    first, second = caught.value.problems
    assert (first.place, first.hint) == ("prefer[0]", "near: statistics")
    assert (second.place, second.found) == ("prefer[2]", "3")


@pytest.mark.parametrize("of", [Actuals, Policy])
def test_a_preference_is_a_list(of: Any) -> None:
    with pytest.raises(ModelError, match=r"^prefer: expected a list of Origin, found 'statistics'"):
        of(prefer="statistics")
