"""Documents: model objects as plain mappings, and back, with every problem and its dotted path.

The one place that knows how a plan looks in a file; TOML and JSON only differ in their syntax.
"""

from __future__ import annotations

import contextlib
import datetime
import enum
import inspect
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from types import SimpleNamespace
from typing import Any, TypeVar, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.errors import (
    AttributeValidationNote,
    ClassValidationError,
    ForbiddenExtraKeysError,
)
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from ipplan.choices import choose
from ipplan.errors import (
    Gathered,
    IPPlanError,
    ModelError,
    Problem,
    article,
    near_hint,
    one_of,
    shown,
)
from ipplan.interpolation import Easing, Interpolation
from ipplan.model.actuals import Actuals, Observation
from ipplan.model.bound import Bound, BoundKind
from ipplan.model.catalog import Catalog
from ipplan.model.department import Department
from ipplan.model.fields import as_float
from ipplan.model.indicator import Assumption, Indicator
from ipplan.model.phase import Phase
from ipplan.model.task import Task
from ipplan.model.trajectory import Baseline, Milestone, Trajectory
from ipplan.periods import Grain, Period
from ipplan.plan import Plan
from ipplan.text import Text

__all__ = ["from_document", "to_document"]

T = TypeVar("T")
Hook = Callable[[Any, Any], Any]

_BOUND_KEYS = tuple(kind.value for kind in BoundKind)
_TRAJECTORY_KEYS = tuple(attribute.name for attribute in attrs.fields(Trajectory) if attribute.init)


_PARTS = (
    Plan,
    Phase,
    Department,
    Indicator,
    Task,
    Trajectory,
    Milestone,
    Baseline,
    Bound,
    Assumption,
    Actuals,
    Observation,
    Text,
)
"""What a document can hold: a plan, each part of one, and actuals."""


def from_document(document: object, cls: type[T]) -> T:
    """The model object that a mapping stands for; raises ModelError with every problem in it."""
    _must_be_a_part(cls)
    try:
        made: T = _converter().structure(document, cls)
    except IPPlanError as error:
        raise ModelError(*error.problems) from None
    return made


def to_document(value: object) -> Any:
    """A model object as mappings, lists, texts, numbers and dates; defaults are left out."""
    _must_be_a_part(type(value))
    return _converter().unstructure(value)


def _must_be_a_part(cls: Any) -> None:
    if cls not in _PARTS:
        raise ModelError(
            Problem(expected=one_of(part.__name__ for part in _PARTS), found=cls.__name__)
        )


@cache
def _converter() -> Converter:
    converter = Converter(detailed_validation=True, omit_if_default=True)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(float, _number)
    converter.register_structure_hook(Period, lambda value, _: Period.of(value))
    converter.register_unstructure_hook(Period, _period_out)
    converter.register_structure_hook(datetime.date, _date)
    converter.register_unstructure_hook(datetime.date, lambda value: value)
    converter.register_structure_hook_func(_is_enum, lambda value, cls: choose(cls, value))
    converter.register_structure_hook_func(_is_interpolation, _interpolation)
    converter.register_unstructure_hook_func(_is_interpolation, _interpolation_out)
    converter.register_structure_hook_factory(_is_tuple, lambda cls: _tuple_hook(converter, cls))
    converter.register_structure_hook_factory(attrs.has, lambda cls: _class_hook(converter, cls))
    converter.register_structure_hook_factory(
        _is_catalog, lambda cls: _catalog_hook(converter, cls)
    )
    converter.register_unstructure_hook_factory(attrs.has, lambda cls: _class_out(converter, cls))
    converter.register_unstructure_hook_factory(
        _is_catalog, lambda _cls: partial(_catalog_out, converter)
    )
    bound_hook = _bound_hook(converter)
    converter.register_structure_hook(Bound, bound_hook)
    converter.register_unstructure_hook(Bound, _bound_out)
    converter.register_structure_hook(
        Milestone, _folding(converter, Milestone, "bound", _BOUND_KEYS)
    )
    converter.register_unstructure_hook(Milestone, _unfolding(converter, Milestone, "bound"))
    converter.register_structure_hook(
        Indicator, _folding(converter, Indicator, "trajectory", _TRAJECTORY_KEYS)
    )
    converter.register_unstructure_hook(Indicator, _unfolding(converter, Indicator, "trajectory"))
    return converter


def _is_enum(cls: Any) -> bool:
    return inspect.isclass(cls) and issubclass(cls, enum.Enum)


def _is_interpolation(cls: Any) -> bool:
    return bool(cls == Interpolation | Easing)


def _is_tuple(cls: Any) -> bool:
    return get_origin(cls) is tuple


def _is_catalog(cls: Any) -> bool:
    return get_origin(cls) is Catalog or cls is Catalog


def _text(value: object, _cls: Any) -> str:
    if not isinstance(value, str):
        raise ModelError(Problem(expected="text", found=shown(value)))
    return value


def _number(value: Any, _cls: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        hint = "write it without quotes" if isinstance(value, str) else ""
        raise ModelError(Problem(expected="a number", found=shown(value), hint=hint))
    return as_float(value)  # too large or too small a number is left to the validators


def _date(value: object, _cls: Any) -> datetime.date:
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass  # the error below says it with the value
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    raise ModelError(Problem(expected="a date like 2016-11-10", found=shown(value)))


def _period_out(period: Period) -> int | str:
    return period.year if period.grain is Grain.YEAR else str(period)


def _interpolation(value: object, _cls: Any) -> Interpolation:
    return choose(Interpolation, value)


def _interpolation_out(value: Interpolation | Easing) -> str:
    if isinstance(value, Interpolation):
        return value.value
    raise ModelError(
        Problem(
            place="interpolation",
            expected="one that has a name, to be written to a file",
            found=shown(value),
        )
    )


def _tuple_hook(converter: Converter, cls: Any) -> Hook:
    member = get_args(cls)[0]

    def structure(value: object, _cls: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise ModelError(
                Problem(expected="a list", found=shown(value), hint="put it in [brackets]")
            )
        gathered = Gathered()
        members = [
            gathered.attempt(f"[{index}]", partial(converter.structure, each, member))
            for index, each in enumerate(value)
        ]
        gathered.finish(ModelError)
        return tuple(members)

    return structure


def _catalog_hook(converter: Converter, cls: Any) -> Hook:
    member = get_args(cls)[0]

    def structure(value: object, _cls: Any) -> tuple[Any, ...]:
        gathered = Gathered()
        members = [
            gathered.attempt(id, partial(_member, converter, member, id, each))
            for id, each in _table(value, "a table by id").items()
        ]
        gathered.finish(ModelError)
        return tuple(members)

    return structure


def _member(converter: Converter, member: Any, id: str, document: object) -> Any:
    """One item of a table by id: the key is its id."""
    fields = _table(document, f"a table with the keys of {_noun(member)}")
    if "id" in fields:
        raise ModelError(
            Problem(
                place="id",
                expected=f"no key of that name: the id is the table's name, {id}",
                found=shown(fields["id"]),
            )
        )
    return converter.structure({"id": id, **fields}, member)


def _catalog_out(converter: Converter, catalog: Catalog[Any]) -> dict[str, Any]:
    documents = {id: converter.unstructure(item) for id, item in catalog.items()}
    return {id: {k: v for k, v in each.items() if k != "id"} for id, each in documents.items()}


def _class_hook(converter: Converter, cls: Any, keys: tuple[str, ...] = ()) -> Hook:
    """Structures an attrs class; on failure, everything that can be said about it, with paths.

    `keys` are those that a document may give, where they are not just the fields' names.
    """
    structure_fields = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True)
    keys = keys or _document_keys(cls)

    def structure(value: object, _cls: Any) -> Any:
        document = _table(value, f"a table with {', '.join(keys)}")
        try:
            return structure_fields(document, cls)
        except ClassValidationError as group:
            of_fields = [error for error in group.exceptions if _is_of_a_field(error)]
            problems = [problem for error in of_fields for problem in _told(error, keys)]
            problems += _further(converter, cls, document)
            if not problems:
                problems = [each for error in group.exceptions for each in _told(error, keys)]
            raise ModelError(*dict.fromkeys(problems)) from None

    return structure


def _is_of_a_field(error: BaseException) -> bool:
    """Whether an error is about one field or key, and not about the fields together."""
    return isinstance(error, ForbiddenExtraKeysError) or _note(error) is not None


def _document_keys(cls: Any) -> tuple[str, ...]:
    """The keys of a class in a document; the id of a thing is the name of its table."""
    return tuple(key for key in _keys(cls) if key != "id" or cls is Plan)


def _keys(cls: Any) -> dict[str, Any]:
    """The fields of a class that take a value, by their names."""
    return {each.name: each for each in attrs.fields(attrs.resolve_types(cls)) if each.init}


def _told(error: Exception, keys: tuple[str, ...]) -> tuple[Problem, ...]:
    """The problems that one error of cattrs stands for, placed at its field."""
    note = _note(error)
    place = note.name if note else ""
    if isinstance(error, IPPlanError):
        return error.within(place)
    if isinstance(error, KeyError):
        return (
            Problem(place=place, expected="a value", found="none", hint="this key is required"),
        )
    if isinstance(error, ForbiddenExtraKeysError):
        return tuple(
            Problem(
                place=str(key),
                expected=one_of(keys),
                found=f"a key {shown(key)}",
                hint=near_hint(key, keys),
            )
            for key in sorted(error.extra_fields, key=str)
        )
    raise error


def _note(error: BaseException) -> AttributeValidationNote | None:
    notes = getattr(error, "__notes__", ())
    return next((note for note in notes if isinstance(note, AttributeValidationNote)), None)


def _further(converter: Converter, cls: Any, document: Mapping[str, Any]) -> Iterator[Problem]:
    """What else is wrong where a part failed: the checks that the sound fields allow."""
    sound = _sound_fields(converter, cls, document)
    for name, value in [*sound.items()]:
        attribute = _keys(cls)[name]
        try:
            whole = not _is_catalog(attribute.type) and value is not None
            if attribute.validator is not None and whole and None not in _members(value):
                attribute.validator(None, attribute, value)
        except IPPlanError as error:
            yield from error.problems
            del sound[name]
    faults = getattr(cls, "faults", None)
    if faults is not None:
        yield from faults(**sound)


def _members(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()


def _sound_fields(converter: Converter, cls: Any, document: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that can be read; what cannot was told when the whole was structured."""
    sound: dict[str, Any] = {}
    for name, attribute in _keys(cls).items():
        if name in document:
            with contextlib.suppress(IPPlanError):
                sound[name] = _sound(converter, attribute.type, document[name])
    return sound


def _sound(converter: Converter, cls: Any, value: Any) -> Any:
    """A field's value, as far as it is sound.

    In a list, None stands for a faulty member; in a catalog, a faulty item stands with the fields
    of it that are sound.
    """
    if _is_tuple(cls) and isinstance(value, list):
        return tuple(_or_none(converter, each, get_args(cls)[0]) for each in value)
    if not _is_catalog(cls):
        return converter.structure(value, cls)
    member = get_args(cls)[0]
    blank = {name: () for name, each in _keys(member).items() if each.default == ()}
    items: dict[str, Any] = {}
    for id, each in _table(value, "a table by id").items():
        try:
            items[id] = _member(converter, member, id, each)
        except IPPlanError:
            document = each if isinstance(each, Mapping) else {}
            items[id] = SimpleNamespace(**blank | _sound_fields(converter, member, document))
    return items


def _or_none(converter: Converter, value: Any, cls: Any) -> Any:
    try:
        return converter.structure(value, cls)
    except IPPlanError:
        return None


def _folding(converter: Converter, cls: Any, part: str, keys: tuple[str, ...]) -> Hook:
    """A hook for a class one part of which has its keys among the keys of the whole."""
    own = tuple(key for key in _document_keys(cls) if key != part)
    structure_whole = _class_hook(converter, cls, (*own, *keys))

    def structure(value: object, _cls: Any) -> Any:
        document = _table(value, f"a table with the keys of {_noun(cls)}")
        inner = {key: document[key] for key in keys if key in document}
        outer = {key: each for key, each in document.items() if key not in keys}
        problems = [_extra(part, (*own, *keys))] if part in outer else []
        try:
            made = structure_whole({**outer, part: inner}, cls)
        except IPPlanError as error:
            problems += [_lifted(problem, part) for problem in error.problems]
        if problems:
            raise ModelError(*problems)
        return made

    return structure


def _lifted(problem: Problem, part: str) -> Problem:
    """A problem of the folded part, seen from the whole, where its keys stand."""
    return attrs.evolve(problem, place=problem.place.removeprefix(part).removeprefix("."))


def _extra(key: str, keys: tuple[str, ...]) -> Problem:
    return Problem(place=key, expected=one_of(keys), found=f"a key {shown(key)}")


def _unfolding(converter: Converter, cls: Any, part: str) -> Callable[[Any], dict[str, Any]]:
    unstructure_whole = _class_out(converter, cls)

    def unstructure(value: Any) -> dict[str, Any]:
        document = unstructure_whole(value)
        inner = document.pop(part)
        return {**document, **inner}

    return unstructure


def _class_out(converter: Converter, cls: Any) -> Callable[[Any], dict[str, Any]]:
    catalogs: dict[str, Any] = {
        each.name: override(omit_if_default=False)
        for each in attrs.fields(cls)
        if _is_catalog(each.type)
    }
    out: Callable[[Any], dict[str, Any]] = make_dict_unstructure_fn(
        cls, converter, _cattrs_omit_if_default=True, **catalogs
    )
    return out


def _bound_hook(converter: Converter) -> Hook:
    def structure(value: object, _cls: Any) -> Bound:
        document = _table(value, f"a table with {one_of(_BOUND_KEYS)}")
        unknown = [key for key in document if key not in _BOUND_KEYS]
        if unknown:
            raise ModelError(*(_extra(key, _BOUND_KEYS) for key in unknown))
        if len(document) != 1:
            found = " and ".join(document) or "none"
            raise ModelError(Problem(expected=f"a bound, {one_of(_BOUND_KEYS)}", found=found))
        [(key, figures)] = document.items()
        pair = key == BoundKind.BETWEEN.value
        gathered = Gathered()
        read: Any = gathered.attempt(
            key,
            lambda: converter.structure(figures, tuple[float, ...] if pair else float),
        )
        gathered.finish(ModelError)
        low, high = read if pair and len(read) == 2 else (read, read)
        if pair and len(read) != 2:
            raise ModelError(Problem(place=key, expected="two figures", found=shown(figures)))
        try:
            return Bound(kind=BoundKind(key), low=low, high=high)
        except IPPlanError as error:
            raise ModelError(*(attrs.evolve(each, place=key) for each in error.problems)) from None

    return structure


def _bound_out(bound: Bound) -> dict[str, Any]:
    figures = [*bound.figures]
    return {bound.kind.value: figures if len(figures) == 2 else figures[0]}


def _table(value: object, expected: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ModelError(Problem(expected=expected, found=shown(value)))
    return value


def _noun(cls: Any) -> str:
    name = cls.__name__.lower()
    return f"{article(name)} {name}"
