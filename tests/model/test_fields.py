"""`together`: whatever is wrong with the fields of a class is told at once."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterable
from typing import Any

import attrs
import pytest
from attrs import Factory, evolve, field, frozen

from ipplan import Direction, ModelError, Period, PeriodError, Policy, Problem, UnitError
from ipplan.choices import choose
from ipplan.model.fields import (
    as_float,
    as_float_or_none,
    as_period,
    as_tuple,
    each_is,
    finite,
    finite_or_none,
    is_a,
    is_period,
    snake_case,
    together,
)
from ipplan.scoring import Goalposts, Scale


def _way(value: Direction | str) -> Direction:
    return choose(Direction, value)


def _own_way(value: Direction | str) -> Direction:
    return choose(Direction, value, place="ways.own")


def _placed_way(value: Direction | str) -> Direction:
    return choose(Direction, value, place="placed")


def _placed_below(value: Direction | str) -> Direction:
    return choose(Direction, value, place="below.north[2]")


def _like_way(value: Direction | str) -> Direction:
    return choose(Direction, value, place="likes")


def _numbers(values: Iterable[float]) -> tuple[float, ...]:
    return as_tuple(values)


@frozen(kw_only=True, field_transformer=together)
class Inner:
    size: float = field(converter=as_float, validator=finite)
    way: Direction = field(default="up", converter=_way)


def _inner(value: Inner | dict[str, Any]) -> Inner:
    return Inner(**value) if isinstance(value, dict) else value


@frozen(kw_only=True, field_transformer=together)
class Sample:
    """A class with fields of every kind: converted, validated, both, neither, and with defaults."""

    id: str = field(validator=snake_case)
    size: float = field(converter=as_float, validator=finite)
    way: Direction = field(default="up", converter=_way)
    own: Direction = field(default=Direction.DOWN, converter=_own_way)
    inner: Inner | None = field(default=None, converter=_inner, validator=is_a(Inner, type(None)))
    limit: float | None = field(default=None, converter=as_float_or_none, validator=finite_or_none)
    listed: tuple[int, ...] = field(default=(), converter=_numbers, validator=each_is(int))
    note: Any = None
    twice: float = Factory(lambda self: self.size * 2, takes_self=True)


@frozen(kw_only=True, field_transformer=together)
class Placed:
    """A class whose converters place their problems themselves, at their field or elsewhere."""

    placed: Direction = field(default="up", converter=_placed_way)
    below: Direction = field(default="up", converter=_placed_below)
    like: Direction = field(default="up", converter=_like_way)


@frozen(kw_only=True, field_transformer=together)
class Plain:
    first: Any = None
    last: Any = None


def problems(**options: Any) -> list[tuple[str, str]]:
    with pytest.raises(ModelError) as caught:
        Sample(**{"id": "a", "size": 1, **options})
    return [(each.place, each.found) for each in caught.value.problems]


def test_what_is_right_is_converted() -> None:
    found = Sample(id="a", size=3, way="down", inner={"size": 1}, listed=[1, 2])
    assert (found.id, found.size, found.way) == ("a", 3.0, Direction.DOWN)
    assert type(found.size) is float
    assert found.inner == Inner(size=1.0)
    assert (found.listed, found.note, found.twice) == ((1, 2), None, 6.0)


def test_defaults_are_converted_too_and_need_not_be_given() -> None:
    found = Sample(id="a", size=1)
    assert (found.way, found.own, found.limit) == (Direction.UP, Direction.DOWN, None)
    assert (found.inner, found.listed) == (None, ())


def test_problems_of_converters_and_validators_are_told_at_once_in_the_order_of_the_fields() -> (
    None
):
    assert problems(id="A", size="x", way="sideways", own=3, limit="y", listed=[1, "z"]) == [
        ("id", "'A'"),
        ("size", "'x'"),
        ("way", "'sideways'"),
        ("own.ways.own", "3"),
        ("limit", "'y'"),
        ("listed[1]", "'z'"),
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"way": "Up"}, [("way", "'Up'")]),
        ({"own": "Up"}, [("own.ways.own", "'Up'")]),
        ({"size": float("nan")}, [("size", "nan")]),
        ({"inner": 5}, [("inner", "5")]),
        ({"listed": 5}, [("listed", "5")]),
        ({"listed": ["a", 1, "b"]}, [("listed[0]", "'a'"), ("listed[2]", "'b'")]),
    ],
)
def test_one_problem_keeps_its_place(
    options: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert problems(**options) == expected


def test_a_problem_stands_below_its_field_unless_it_is_placed_there_already() -> None:
    with pytest.raises(ModelError) as caught:
        Placed(placed="a", below="b", like="c")
    assert [(each.place, each.found) for each in caught.value.problems] == [
        ("placed", "'a'"),
        ("below.north[2]", "'b'"),
        ("like.likes", "'c'"),
    ]


def test_all_problems_of_a_nested_object_are_told() -> None:
    assert problems(inner={"size": "x", "way": "sideways"}, way="north") == [
        ("way", "'north'"),
        ("inner.size", "'x'"),
        ("inner.way", "'sideways'"),
    ]


def test_the_message_of_one_problem_is_as_ever() -> None:
    with pytest.raises(ModelError) as caught:
        Sample(id="a", size=1, way="Up")
    assert str(caught.value) == "way: expected one of up, down, within, found 'Up' (near: up)"


def test_an_error_that_is_no_problem_of_the_field_passes_through() -> None:
    def broken(value: object) -> object:
        raise ZeroDivisionError

    @frozen(kw_only=True, field_transformer=together)
    class Broken:
        id: str = field(validator=snake_case)
        size: Any = field(converter=broken)

    with pytest.raises(ZeroDivisionError):
        Broken(id="A", size=1)


def test_problems_of_every_kind_of_error_become_one_error_of_the_model() -> None:
    def no_unit(_instance: object, attribute: Any, value: object) -> None:
        raise UnitError(Problem(place=attribute.name, expected="a unit", found="none"))

    @frozen(kw_only=True, field_transformer=together)
    class Both:
        when: Period = field(converter=as_period, validator=is_period)
        unit: str = field(validator=no_unit)

    with pytest.raises(ModelError) as caught:
        Both(when="soon", unit="?")
    assert [each.place for each in caught.value.problems] == ["when", "unit"]
    with pytest.raises(PeriodError):
        Period.of("soon")


def test_what_is_wrong_between_the_fields_is_told_once_each_is_right() -> None:
    with pytest.raises(ModelError) as caught:
        Scale(floor="x", cap="y", full=-1)  # type: ignore[arg-type]
    assert [each.place for each in caught.value.problems] == ["floor", "cap"]
    with pytest.raises(ModelError) as caught:
        Scale(floor=2, cap=1, full=-1)
    assert [each.place for each in caught.value.problems] == ["cap", "full"]


def test_a_class_of_the_library_tells_all_its_fields() -> None:
    with pytest.raises(ModelError) as caught:
        Goalposts(lower="a", upper=float("inf"), log=1, scale=3)  # type: ignore[arg-type]
    assert [each.place for each in caught.value.problems] == ["lower", "upper", "log", "scale"]


def test_a_missing_argument_is_still_a_type_error() -> None:
    with pytest.raises(TypeError, match="size"):
        Sample(id="a")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="nothing"):
        Sample(id="a", size=1, nothing=2)  # type: ignore[call-arg]


def test_fields_without_converter_or_validator_take_anything() -> None:
    assert Plain(first=object, last=...).last is ...


def test_the_classes_stay_values() -> None:
    one = Sample(id="a", size=1, inner={"size": 2}, listed=[1])
    two = Sample(id="a", size=1.0, inner=Inner(size=2), listed=(1,))
    assert one == two
    assert hash(one) == hash(two)
    assert one != Sample(id="b", size=1, inner={"size": 2}, listed=[1])
    assert repr(Inner(size=1)) == "Inner(size=1.0, way=<Direction.UP: 'up'>)"
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        one.size = 2.0  # type: ignore[misc]


@pytest.mark.parametrize(
    "value",
    [Sample(id="a", size=1, inner={"size": 2}), Plain(first=1), Policy(rule="pace"), Scale(cap=2)],
    ids=lambda value: type(value).__name__,
)
def test_the_classes_pickle_and_copy(value: Any) -> None:
    for again in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
        assert again == value
        assert hash(again) == hash(value)


def test_evolving_checks_again() -> None:
    one = Sample(id="a", size=1)
    assert evolve(one, size=2).size == 2.0
    with pytest.raises(ModelError) as caught:
        evolve(one, size="x", way="north")
    assert [each.place for each in caught.value.problems] == ["size", "way"]


def test_a_class_below_may_have_fields_of_its_own() -> None:
    @frozen(kw_only=True, field_transformer=together)
    class Below(Sample):
        more: float = field(converter=as_float, validator=finite)

    assert Below(id="a", size=1, more=2).more == 2.0
    with pytest.raises(ModelError) as caught:
        Below(id="A", size="x", more="y")
    assert [each.place for each in caught.value.problems] == ["id", "size", "more"]


def test_the_converters_can_still_be_looked_up() -> None:
    converter = attrs.fields(Sample).way.converter
    assert converter("down") is Direction.DOWN
    assert converter.__name__ == "_way"
    assert attrs.fields(Sample).size.metadata["validator"] is finite
    assert attrs.fields(Plain).first.converter is None
