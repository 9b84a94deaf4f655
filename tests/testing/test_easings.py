"""Every shipped easing keeps the laws of interpolation, and wrong easings are caught by name."""

import math

import pytest

from ipplan import Interpolation, ModelError
from ipplan.interpolation import Easing, geometric, linear, next_value, pchip, previous_value
from ipplan.testing import EasingLaw, LawBroken, PathLaw, check_interpolation, easings


def cubic(start: float, end: float, share: float) -> float:
    """The monotone cubic on the middle one of three segments."""
    values = (start - 1.0, start, end, end + 1.0)
    return pchip((-1.0, 0.0, 1.0, 2.0), values, share)


@pytest.mark.parametrize("easing", [previous_value, cubic])
def test_a_function_is_tried_as_its_name_is(easing: Easing) -> None:
    check_interpolation(easing)


@pytest.mark.parametrize("how", Interpolation)
def test_every_named_interpolation_keeps_the_laws(how: Interpolation) -> None:
    check_interpolation(how)


def test_a_name_stands_for_its_member() -> None:
    check_interpolation("linear")
    with pytest.raises(ModelError, match=r"interpolation: expected one of .* \(near: linear\)"):
        check_interpolation("liner")


def test_every_name_but_pchip_has_an_easing() -> None:
    """So that an interpolation that is added is tried between two points too."""
    assert {*easings._EASINGS} == {*Interpolation} - {Interpolation.PCHIP}


@pytest.mark.usefixtures("first_found")
def test_pchip_looks_at_the_whole_path() -> None:
    with pytest.raises(LawBroken, match="pchip breaks the law LOCAL"):
        check_interpolation("pchip", laws=[PathLaw.LOCAL], max_examples=500)


@pytest.mark.usefixtures("first_found")
def test_an_easing_of_ones_own_is_tried_along_a_path() -> None:
    with pytest.raises(LawBroken, match="overshooting breaks the law BETWEEN_NEIGHBOURS"):
        check_interpolation(overshooting, laws=[PathLaw.BETWEEN_NEIGHBOURS], max_examples=500)


def test_an_easing_claims_its_laws_itself() -> None:
    class Overshooting:
        laws = frozenset({EasingLaw.STARTS, EasingLaw.ARRIVES, PathLaw.LOCAL})

        def __call__(self, start, end, share):
            return overshooting(start, end, share)

    check_interpolation(Overshooting())


@pytest.mark.usefixtures("first_found")
def test_constant_growth_keeps_them_between_points_of_one_sign() -> None:
    check_interpolation(geometric, one_sign=True)
    with pytest.raises(LawBroken) as caught:
        check_interpolation(geometric, max_examples=500)
    assert caught.value.law is EasingLaw.FINITE


@pytest.mark.usefixtures("first_found")
def test_a_step_hits_one_end_only() -> None:
    with pytest.raises(LawBroken, match="ARRIVES"):
        check_interpolation(previous_value, laws=EasingLaw, max_examples=500)
    with pytest.raises(LawBroken, match="STARTS"):
        check_interpolation(next_value, laws=EasingLaw, max_examples=500)


def counted_to_the_last_milestone(start, end, share):
    return start + (end - start) * share / 2.0


def overshooting(start, end, share):
    return start + (end - start) * (share + 2.0 * share * (1.0 - share))


def from_zero(start, end, share):
    return end * share


def backwards(start, end, share):
    return end + (start - end) * share


def growth_over_zero(start, end, share):
    return start * (end / start) ** share


def infinite(start, end, share):
    return math.inf if share > 0.5 else linear(start, end, share)


def not_a_number(start, end, share):
    return math.nan if end < start else linear(start, end, share)


WRONG = [
    (counted_to_the_last_milestone, EasingLaw.ARRIVES),
    (overshooting, EasingLaw.BETWEEN),
    (from_zero, EasingLaw.STARTS),
    (backwards, EasingLaw.STARTS),
    (growth_over_zero, EasingLaw.FINITE),
    (infinite, EasingLaw.FINITE),
    (not_a_number, EasingLaw.FINITE),
]


@pytest.mark.parametrize(("easing", "law"), WRONG)
@pytest.mark.usefixtures("first_found")
def test_a_wrong_easing_is_caught_by_the_law_that_it_breaks(easing, law) -> None:
    with pytest.raises(LawBroken) as caught:
        check_interpolation(easing, laws=[law], max_examples=1000)
    assert caught.value.law is law


def test_the_message_tells_both_ends_and_the_share() -> None:
    with pytest.raises(LawBroken) as caught:
        check_interpolation(counted_to_the_last_milestone, max_examples=500)
    assert str(caught.value) == (
        "counted_to_the_last_milestone breaks the law ARRIVES\n"
        "  inputs: start 0.0, end 1.0, share 1.0\n"
        "  the law says: at share 1 the value is the end\n"
        "  came out: 0.5"
    )
