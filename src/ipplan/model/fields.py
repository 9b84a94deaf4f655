"""Converters and validators that the model classes share.

Converters normalise what they can and pass the rest on; validators reject, naming the attribute.
"""

from __future__ import annotations

import functools
import math
import numbers
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any, TypeAlias, TypeVar, cast

from attrs import Attribute, frozen

from ipplan.errors import IPPlanError, ModelError, PeriodError, Problem, shown
from ipplan.periods import Period, PeriodLike
from ipplan.text import Text, control_free

__all__ = [
    "LARGEST",
    "SMALLEST",
    "as_float",
    "as_float_or_none",
    "as_ids",
    "as_period",
    "as_period_or_none",
    "as_tuple",
    "each_is",
    "ends_before_start",
    "finite",
    "finite_or_none",
    "holds",
    "is_a",
    "is_period",
    "is_period_or_none",
    "optional_clause",
    "plan_id",
    "printable",
    "refuse",
    "snake_case",
    "task_id",
    "together",
    "unfit_number",
]

T = TypeVar("T")
Validator: TypeAlias = Callable[[Any, "Attribute[Any]", Any], None]

LARGEST, SMALLEST = 1e100, 1e-100
_NOUNS = {
    str: "text",
    bool: "true or false",
    Text: "a Text(zh=..., en=...)",
    type(None): "None",
}


def as_float(value: float) -> float:
    """Any real number as a float; what is none is left to `finite` to reject."""
    if type(value) is float:
        return value
    given: Any = value
    if isinstance(given, bool) or not isinstance(given, numbers.Real | Decimal):
        return value
    try:
        return float(given)
    except OverflowError:
        return math.inf


def as_float_or_none(value: float | None) -> float | None:
    """Any real number as a float; None stays None."""
    return None if value is None else as_float(value)


def as_period(value: PeriodLike) -> Period:
    """What stands for a period as a Period; what does not is left to `is_period` to reject."""
    try:
        return Period.of(value)
    except PeriodError:
        return cast("Period", value)


def as_period_or_none(value: PeriodLike | None) -> Period | None:
    """What stands for a period as a Period; None stays None."""
    return None if value is None else as_period(value)


def as_tuple(values: Iterable[T]) -> tuple[T, ...]:
    """Any iterable but a string as a tuple; what is none is left to `each_is` to reject."""
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        return cast("tuple[T, ...]", values)
    return tuple(values)


def as_ids(values: Iterable[str]) -> tuple[str, ...]:
    """Ids as a tuple; what is no list of them is left to `each_is` to reject."""
    return as_tuple(values)


def unfit_number(place: str, value: object) -> Iterator[Problem]:
    """What is wrong with a number that must be finite: zero, or between 1e-100 and 1e100 in size.

    The limits keep every quotient and product that a rule forms finite.
    """
    if not isinstance(value, float):
        yield Problem(place=place, expected="a number", found=shown(value))
    elif not SMALLEST <= abs(value) <= LARGEST and value != 0.0:
        expected = "zero, or a number between 1e-100 and 1e100 in size"
        yield Problem(place=place, expected=expected, found=shown(value))


def finite(_instance: object, attribute: Attribute[Any], value: object) -> None:
    """A finite number, within the limits of `unfit_number`."""
    refuse(unfit_number(attribute.name, value))


def finite_or_none(instance: object, attribute: Attribute[Any], value: object) -> None:
    """A finite number, or None."""
    if value is not None:
        finite(instance, attribute, value)


def is_period(_instance: object, attribute: Attribute[Any], value: Any) -> None:
    """A Period; the error is the one that reading it gave."""
    try:
        Period.of(value)
    except PeriodError as error:
        raise PeriodError(*error.within(attribute.name)) from None


def is_period_or_none(instance: object, attribute: Attribute[Any], value: Any) -> None:
    """A Period, or None."""
    if value is not None:
        is_period(instance, attribute, value)


def refuse(problems: Iterable[Problem]) -> None:
    """Raise a ModelError with the problems, if there are any."""
    found = tuple(problems)
    if found:
        raise ModelError(*found)


def ends_before_start(start: Period | None, end: Period | None) -> Iterator[Problem]:
    """The problem of a stretch of time whose end lies before its start."""
    if start is not None and end is not None and end.end < start.start:
        yield Problem(place="end", expected=f"a period from {start} on", found=str(end))


def is_a(*classes: type) -> Validator:
    """A value of one of the classes."""
    names = " or ".join(_NOUNS.get(cls, cls.__name__) for cls in classes)

    def validate(_instance: object, attribute: Attribute[Any], value: object) -> None:
        if isinstance(value, type) or not isinstance(value, classes):
            raise ModelError(Problem(place=attribute.name, expected=names, found=shown(value)))

    return validate


def printable(_instance: object, attribute: Attribute[Any], value: object) -> None:
    """A text that a terminal shows as it stands."""
    if not isinstance(value, str) or not control_free(value):
        raise ModelError(
            Problem(
                place=attribute.name,
                expected="text without control characters",
                found=shown(value),
            )
        )


def holds(cls: type) -> Validator:
    """A catalog whose items are all of one class."""
    noun = _NOUNS.get(cls, cls.__name__)

    def validate(_instance: object, attribute: Attribute[Any], catalog: Any) -> None:
        refuse(
            Problem(place=f"{attribute.name}.{id}", expected=noun, found=shown(item))
            for id, item in catalog.items()
            if not isinstance(item, cls)
        )

    return validate


def each_is(cls: type) -> Validator:
    """A tuple of values of one class."""
    noun = _NOUNS.get(cls, cls.__name__)

    def validate(_instance: object, attribute: Attribute[Any], values: object) -> None:
        if not isinstance(values, tuple):
            raise ModelError(
                Problem(place=attribute.name, expected=f"a list of {noun}", found=shown(values))
            )
        wrong = [(index, value) for index, value in enumerate(values) if not isinstance(value, cls)]
        if wrong:
            raise ModelError(
                *(
                    Problem(place=f"{attribute.name}[{index}]", expected=noun, found=shown(value))
                    for index, value in wrong
                )
            )

    return validate


def _matching(pattern: str, expected: str) -> Validator:
    compiled = re.compile(pattern)

    def validate(_instance: object, attribute: Attribute[Any], value: object) -> None:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            raise ModelError(Problem(place=attribute.name, expected=expected, found=shown(value)))

    return validate


_CLAUSE = r"[0-9]{1,3}(\.[0-9]{1,3}){0,5}"

snake_case = _matching(r"[a-z][a-z0-9_]{0,63}", "a snake_case id of at most 64 characters")
plan_id = _matching(r"[a-z][a-z0-9_-]{0,63}", "an id of lower-case letters, digits, - and _")
task_id = _matching(_CLAUSE, "a clause number like 2.3.1.2")
optional_clause = _matching(rf"({_CLAUSE})?", "a clause number like 2.3.1.2, or nothing")


@frozen(kw_only=True)
class Refused:
    """Stands in a field until all fields are checked: what its converter refused."""

    problems: tuple[Problem, ...]


def together(_cls: type, attributes: list[Attribute[Any]]) -> list[Attribute[Any]]:
    """A field transformer for `frozen`: everything wrong with the fields is told at once.

    Without it attrs stops at the first field that a converter or a validator refuses.
    """

    def check_all(instance: object, _attribute: object, _value: object) -> None:
        refuse(problem for each in attributes for problem in field_problems(instance, each))

    ready = [
        each.evolve(
            converter=_patient(each.converter),
            validator=None,
            metadata={**each.metadata, "validator": each.validator},
        )
        for each in attributes
    ]
    return [*ready[:-1], ready[-1].evolve(validator=check_all)]


def field_problems(instance: object, attribute: Attribute[Any]) -> tuple[Problem, ...]:
    """What is wrong with one field of an instance that is just being made."""
    value = getattr(instance, attribute.name)
    if isinstance(value, Refused):
        return tuple(_below(attribute.name, problem) for problem in value.problems)
    if attribute.validator is not None:
        try:
            attribute.validator(instance, attribute, value)
        except IPPlanError as error:
            return error.problems
    return ()


def _below(name: str, problem: Problem) -> Problem:
    """The problem placed below a field, unless its converter has placed it there already."""
    return problem if re.match(rf"{name}\b", problem.place) else problem.within(name)


def _patient(converter: Any) -> Any:
    """A converter that leaves its refusal in the field, for `together` to tell."""
    if converter is None:
        return None

    @functools.wraps(converter)
    def convert(value: Any) -> Any:
        try:
            return converter(value)
        except IPPlanError as error:
            return Refused(problems=error.problems)

    return convert
