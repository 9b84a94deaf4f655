"""Laws of units: conversion loses nothing, knows no order of steps, and keeps every ratio."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ipplan import Bound, Lang, UnitError
from ipplan.testing import bounds, numbers
from ipplan.units import convert, label, read_amount, unit_name
from tests.strategies import DIMENSIONS, UNITS, near

ROUNDED_TWICE = 4e-16
"""Relative: each conversion is exact, and rounded once to a float, by at most 2**-53."""


def fellows(count: int) -> SearchStrategy[list[str]]:
    """Units that convert into each other."""
    return st.sampled_from([*DIMENSIONS.values()]).flatmap(
        lambda units: st.lists(st.sampled_from(units), min_size=count, max_size=count)
    )


@given(numbers(), fellows(2))
def test_there_and_back_is_the_same_figure(number: float, units: list[str]) -> None:
    there = convert(number, source=units[0], target=units[1])
    back = convert(there, source=units[1], target=units[0])
    assert back == pytest.approx(number, rel=ROUNDED_TWICE, abs=0.0)


@given(numbers(), fellows(3))
def test_a_detour_does_not_matter(number: float, units: list[str]) -> None:
    straight = convert(number, source=units[0], target=units[2])
    detour = convert(
        convert(number, source=units[0], target=units[1]), source=units[1], target=units[2]
    )
    assert detour == pytest.approx(straight, rel=ROUNDED_TWICE, abs=0.0)


@given(numbers(), st.sampled_from(UNITS))
def test_a_unit_converts_into_itself_unchanged(number: float, unit: str) -> None:
    assert convert(number, source=unit, target=unit) == number


@given(numbers(), st.fractions(-1000, 1000), fellows(2))
def test_a_multiple_stays_a_multiple(number: float, factor: Fraction, units: list[str]) -> None:
    exact = Fraction(str(number))
    once = convert(exact, source=units[0], target=units[1])
    scaled = convert(exact * factor, source=units[0], target=units[1])
    assert scaled == pytest.approx(once * float(factor), rel=2 * ROUNDED_TWICE, abs=0.0)


@given(numbers(), numbers(), fellows(2))
def test_order_does_not_depend_on_the_unit(one: float, other: float, units: list[str]) -> None:
    low, high = sorted((one, other))
    assert convert(low, source=units[0], target=units[1]) <= convert(
        high, source=units[0], target=units[1]
    )


@given(st.data(), bounds(), fellows(2))
def test_what_meets_a_bound_meets_it_in_every_unit(
    data: st.DataObject, bound: Bound, units: list[str]
) -> None:
    def other(number: float) -> float:
        return convert(number, source=units[0], target=units[1])

    actual = data.draw(st.one_of(numbers(), near(bound.low), near(bound.high)))
    converted = Bound(kind=bound.kind, low=other(bound.low), high=other(bound.high))
    assert converted.met_by(other(actual)) is bound.met_by(actual)


@given(st.decimals(-(10**9), 10**9, places=4), st.sampled_from(UNITS), st.sampled_from(Lang))
def test_an_amount_written_with_its_label_is_read_back(
    number: Fraction, unit: str, lang: Lang
) -> None:
    amount = read_amount(f"{number:f} {label(unit, lang)}")
    assert amount.number == Fraction(number)
    assert amount.unit is not None
    # English has one word for all that is counted, so the unit may be another of the same size.
    assert convert(amount.number, source=amount.unit, target=unit) == float(number)


@given(st.text(max_size=70) | st.from_regex(r"[0-9,.*+-]{1,8} ?[亿元件%e约]{0,3}", fullmatch=True))
def test_any_text_is_an_amount_or_a_unit_error_with_words_that_help(text: str) -> None:
    try:
        amount = read_amount(text)
    except UnitError as error:
        (problem,) = error.problems
        assert problem.expected in {
            "a number, with a unit or without",
            "a unit that ipplan knows",
        }
    else:
        assert amount.unit is None or unit_name(amount.unit) == amount.unit
