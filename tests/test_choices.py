"""A string from outside becomes a member of an enum, or an error that lists the members."""

import pytest

from ipplan import Direction, Lang, ModelError
from ipplan.choices import choose


@pytest.mark.parametrize("member", Direction)
def test_a_member_passes(member: Direction) -> None:
    assert choose(Direction, member) is member


@pytest.mark.parametrize("member", Direction)
def test_a_value_is_looked_up(member: Direction) -> None:
    assert choose(Direction, member.value) is member


@pytest.mark.parametrize("value", ["upwards", "UP", "", None, 1, Lang.ZH])
def test_anything_else_is_refused_with_the_choices(value: object) -> None:
    with pytest.raises(ModelError, match="expected one of up, down, within"):
        choose(Direction, value)


def test_the_error_names_the_place() -> None:
    with pytest.raises(ModelError, match=r"^direction: expected"):
        choose(Direction, "upwards", place="direction")


def test_the_error_lists_near_names_in_any_case() -> None:
    with pytest.raises(ModelError, match=r"found 'WITHN' \(near: within\)"):
        choose(Direction, "WITHN")


def test_what_is_no_text_has_no_near_names() -> None:
    with pytest.raises(ModelError) as caught:
        choose(Direction, ["up"])
    assert caught.value.problems[0].hint == ""
