"""Structuring: documents become model objects, and every problem met on the way is gathered.

cattrs structures each class; these hooks turn what it raises into problems with dotted paths, and
go on where a part is faulty, so that the sound parts are checked too.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import SimpleNamespace
from typing import Any, TypeAlias, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.errors import (
    AttributeValidationNote,
    ClassValidationError,
    ForbiddenExtraKeysError,
)
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

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
from ipplan.model.catalog import Catalog
from ipplan.plan import Plan

__all__ = [
    "Hook",
    "catalog_hook",
    "catalog_out",
    "class_hook",
    "class_out",
    "extra_key",
    "folding",
    "is_catalog",
    "is_tuple",
    "table_of",
    "tuple_hook",
    "unfolding",
]

Hook: TypeAlias = Callable[[Any, Any], Any]


def is_tuple(cls: Any) -> bool:
    """Whether a type is a tuple of members."""
    return get_origin(cls) is tuple


def is_catalog(cls: Any) -> bool:
    """Whether a type is a catalog of items by id."""
    return get_origin(cls) is Catalog or cls is Catalog


def tuple_hook(converter: Converter, cls: Any) -> Hook:
    """A hook for lists: every faulty member is told, by its index."""
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


def catalog_hook(converter: Converter, cls: Any) -> Hook:
    """A hook for tables by id: every faulty item is told, by its id."""
    member = get_args(cls)[0]

    def structure(value: object, _cls: Any) -> tuple[Any, ...]:
        gathered = Gathered()
        members = [
            gathered.attempt(id, partial(_member, converter, member, id, each))
            for id, each in table_of(value, "a table by id").items()
        ]
        gathered.finish(ModelError)
        return tuple(members)

    return structure


def _member(converter: Converter, member: Any, id: str, document: object) -> Any:
    """One item of a table by id: the key is its id."""
    fields = table_of(document, f"a table with the keys of {_noun(member)}")
    if "id" in fields:
        raise ModelError(
            Problem(
                place="id",
                expected=f"no key of that name: the id is the table's name, {id}",
                found=shown(fields["id"]),
            )
        )
    return converter.structure({"id": id, **fields}, member)


def catalog_out(converter: Converter, catalog: Catalog[Any]) -> dict[str, Any]:
    """A catalog as a table by id."""
    documents = {id: converter.unstructure(item) for id, item in catalog.items()}
    return {id: {k: v for k, v in each.items() if k != "id"} for id, each in documents.items()}


def class_hook(converter: Converter, cls: Any, keys: tuple[str, ...] = ()) -> Hook:
    """Structures an attrs class; on failure, everything that can be said about it, with paths.

    `keys` are those that a document may give, where they are not just the fields' names.
    """
    structure_fields = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True)
    keys = keys or _document_keys(cls)

    def structure(value: object, _cls: Any) -> Any:
        document = table_of(value, f"a table with {', '.join(keys)}")
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
            whole = not is_catalog(attribute.type) and value is not None
            check = attribute.metadata.get("validator", attribute.validator)
            if check is not None and whole and None not in _members(value):
                check(None, attribute, value)
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
    if is_tuple(cls) and isinstance(value, list):
        return tuple(_or_none(converter, each, get_args(cls)[0]) for each in value)
    if not is_catalog(cls):
        return converter.structure(value, cls)
    member = get_args(cls)[0]
    blank = {name: () for name, each in _keys(member).items() if each.default == ()}
    items: dict[str, Any] = {}
    for id, each in table_of(value, "a table by id").items():
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


def folding(converter: Converter, cls: Any, part: str, keys: tuple[str, ...]) -> Hook:
    """A hook for a class one part of which has its keys among the keys of the whole."""
    own = tuple(key for key in _document_keys(cls) if key != part)
    structure_whole = class_hook(converter, cls, (*own, *keys))

    def structure(value: object, _cls: Any) -> Any:
        document = table_of(value, f"a table with the keys of {_noun(cls)}")
        inner = {key: document[key] for key in keys if key in document}
        outer = {key: each for key, each in document.items() if key not in keys}
        problems = [extra_key(part, (*own, *keys))] if part in outer else []
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


def extra_key(key: str, keys: tuple[str, ...]) -> Problem:
    """The problem of a key that has no place there."""
    return Problem(place=key, expected=one_of(keys), found=f"a key {shown(key)}")


def unfolding(converter: Converter, cls: Any, part: str) -> Callable[[Any], dict[str, Any]]:
    """The way back from `folding`: the part's keys stand among those of the whole."""
    unstructure_whole = class_out(converter, cls)

    def unstructure(value: Any) -> dict[str, Any]:
        document = unstructure_whole(value)
        inner = document.pop(part)
        return {**document, **inner}

    return unstructure


def class_out(converter: Converter, cls: Any) -> Callable[[Any], dict[str, Any]]:
    """An attrs class as a table, without what is the default anyway."""
    catalogs: dict[str, Any] = {
        each.name: override(omit_if_default=False)
        for each in attrs.fields(cls)
        if is_catalog(each.type)
    }
    out: Callable[[Any], dict[str, Any]] = make_dict_unstructure_fn(
        cls, converter, _cattrs_omit_if_default=True, **catalogs
    )
    return out


def table_of(value: object, expected: str) -> Mapping[str, Any]:
    """A value as a mapping; raises ModelError where it is none."""
    if not isinstance(value, Mapping):
        raise ModelError(Problem(expected=expected, found=shown(value)))
    return value


def _noun(cls: Any) -> str:
    name = cls.__name__.lower()
    return f"{article(name)} {name}"
