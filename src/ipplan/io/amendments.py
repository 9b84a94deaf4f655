"""Amendments in documents: what is changed, added and withdrawn, by the plan's parts and by id."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import attrs
from cattrs import Converter

from ipplan.errors import Gathered, ModelError, Problem, near_hint, one_of, shown
from ipplan.io.structuring import Hook, catalog_hook, class_hook, extra_key, table_of
from ipplan.model.amendment import (
    Added,
    Amendment,
    Change,
    Changed,
    PlanPart,
    Withdrawn,
    changeable,
)
from ipplan.model.catalog import Catalog
from ipplan.model.trajectory import Trajectory

__all__ = ["amendment_hook", "amendment_out"]

_KINDS = ("changed", "added", "withdrawn")
_PARTS = tuple(part.value for part in PlanPart)
_WITHOUT = "without"
"""The key of a changed item that lists the values taken away: a file has no None."""


def amendment_hook(converter: Converter) -> Hook:
    """A hook for an amendment: every faulty change is told, by its part and id."""
    own = tuple(each.name for each in attrs.fields(Amendment) if each.name not in ("id", "changes"))
    converter.register_structure_hook_func(lambda cls: cls == Change, lambda change, _: change)
    structure_whole = class_hook(converter, Amendment, (*own, *_KINDS))

    def structure(value: object, cls: Any) -> Amendment:
        document = table_of(value, "a table with the keys of an amendment")
        gathered = Gathered()
        if "changes" in document:
            gathered.add(extra_key("changes", (*own, *_KINDS)))
        changes = [*_changes(converter, document, gathered)]
        outer = {key: each for key, each in document.items() if key not in (*_KINDS, "changes")}
        faulty = bool(gathered.problems)
        try:
            made: Amendment = structure_whole({**outer, "changes": changes}, cls)
        except ModelError as error:
            # Where a change is faulty, that there is none is no news.
            gathered.add(
                *(each for each in error.problems if not (faulty and each.place == "changes"))
            )
        gathered.finish(ModelError)
        return made

    return structure


def _changes(
    converter: Converter, document: Mapping[str, Any], gathered: Gathered
) -> Iterator[Change]:
    readers = {"changed": _changed, "added": _added, "withdrawn": _withdrawn}
    for kind in _KINDS:
        for part, each in _by_part(document.get(kind, {}), kind, gathered):
            place = f"{kind}.{part.value}"
            found = gathered.attempt(place, partial(readers[kind], converter, part, each))
            yield from found or ()


def _by_part(value: object, kind: str, gathered: Gathered) -> Iterator[tuple[PlanPart, Any]]:
    table = gathered.attempt(kind, lambda: table_of(value, f"a table with {', '.join(_PARTS)}"))
    for name, each in (table or {}).items():
        if name in _PARTS:
            yield PlanPart(name), each
        else:
            gathered.add(
                Problem(
                    place=f"{kind}.{name}",
                    expected=one_of(_PARTS),
                    found=f"a key {shown(name)}",
                    hint=near_hint(name, _PARTS),
                )
            )


def _changed(converter: Converter, part: PlanPart, value: object) -> list[Change]:
    gathered = Gathered()
    changes = [
        gathered.attempt(id, partial(_one_changed, converter, part, id, each))
        for id, each in table_of(value, "a table by id").items()
    ]
    gathered.finish(ModelError)
    return [change for change in changes if change is not None]


def _one_changed(converter: Converter, part: PlanPart, id: str, value: object) -> Changed:
    known = _known(part)
    keys = (*known, _WITHOUT)
    gathered = Gathered()
    fields: dict[str, Any] = {}
    for key, each in table_of(value, f"a table with {', '.join(keys)}").items():
        if key == _WITHOUT:
            names = gathered.attempt(key, partial(converter.structure, each, tuple[str, ...]))
            fields |= dict.fromkeys(names or ())
        elif key in known:
            kind: Any = known[key].type
            read = gathered.attempt(key, partial(converter.structure, each, kind))
            fields |= {} if read is None else {key: read}
        else:
            gathered.add(attrs.evolve(extra_key(key, keys), hint=near_hint(key, keys)))
    made = None
    if fields or not gathered.problems:  # what is sound is checked beside what is not
        made = gathered.attempt("", lambda: Changed(part=part, id=id, fields=fields))
    if made is None or gathered.problems:
        raise ModelError(*gathered.problems)
    return made


def _known(part: PlanPart) -> dict[str, attrs.Attribute[Any]]:
    """The fields that a change of the part may give, with the types that they are read as."""
    for cls in (part.cls, Trajectory):
        attrs.resolve_types(cls)
    return changeable(part.cls)


def _added(converter: Converter, part: PlanPart, value: object) -> list[Change]:
    kind: Any = Catalog[part.cls]  # type: ignore[name-defined]
    items = catalog_hook(converter, kind)(value, kind)
    return [Added(part=part, item=item) for item in items]


def _withdrawn(converter: Converter, part: PlanPart, value: object) -> list[Change]:
    ids = converter.structure(value, tuple[str, ...])
    return [Withdrawn(part=part, id=id) for id in ids]


def amendment_out(converter: Converter) -> Callable[[Amendment], dict[str, Any]]:
    """The way back: an amendment as a table of what is changed, added and withdrawn."""

    def unstructure(amendment: Amendment) -> dict[str, Any]:
        changed: dict[str, Any] = {}
        added: dict[str, Any] = {}
        withdrawn: dict[str, Any] = {}
        for change in amendment.changes:
            part = change.part.value
            if isinstance(change, Changed):
                changed.setdefault(part, {})[change.id] = _fields_out(converter, change)
            elif isinstance(change, Added):
                item = converter.unstructure(change.item)
                del item["id"]
                added.setdefault(part, {})[change.id] = item
            else:
                withdrawn.setdefault(part, []).append(change.id)
        document = {
            "id": amendment.id,
            "date": amendment.date,
            "document": amendment.document,
            "reason": converter.unstructure(amendment.reason),
        }
        tables = {"changed": changed, "added": added, "withdrawn": withdrawn}
        return document | {kind: table for kind, table in tables.items() if table}

    return unstructure


def _fields_out(converter: Converter, change: Changed) -> dict[str, Any]:
    known = _known(change.part)
    document = {
        name: converter.unstructure(value, unstructure_as=known[name].type)
        for name, value in change.fields
        if value is not None
    }
    without = [name for name, value in change.fields if value is None]
    return document | ({_WITHOUT: without} if without else {})
