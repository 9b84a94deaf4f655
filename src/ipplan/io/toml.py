"""TOML out: a document as a person would write it, with small tables on one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.items import Array, InlineTable, Item, Table

__all__ = ["toml_text"]


def toml_text(document: Mapping[str, Any]) -> str:
    """The document as TOML: a table for each thing with parts, everything smaller on one line."""
    whole = tomlkit.document()
    for key, value in _plain_first(document):
        whole.add(key, _item(value))
    return tomlkit.dumps(whole)


def _plain_first(table: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Values before tables, as TOML needs it; otherwise in their order."""
    return sorted(table.items(), key=lambda pair: _is_table(pair[1]))


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping) and not _is_small(value)


def _is_small(table: Mapping[str, Any]) -> bool:
    """A label, a baseline: a table of plain values only."""
    return bool(table) and not any(isinstance(each, Mapping | list) for each in table.values())


def _item(value: Any) -> Item:
    if isinstance(value, Mapping):
        return _inline(value) if _is_small(value) else _table(value)
    if isinstance(value, list):
        return _array(value)
    item: Item = tomlkit.item(value)
    return item


def _table(value: Mapping[str, Any]) -> Table:
    table = tomlkit.table()
    for key, each in _plain_first(value):
        table.add(key, _item(each))
    return table


def _inline(value: Mapping[str, Any]) -> InlineTable:
    inline = tomlkit.inline_table()
    for key, each in value.items():
        inline.add(key, _inline(each) if isinstance(each, Mapping) else _item(each))
    return inline


def _array(values: list[Any]) -> Array:
    array = tomlkit.array()
    nested = any(isinstance(each, Mapping) for each in values)
    for each in values:
        array.append(_inline(each) if isinstance(each, Mapping) else each)
    return array.multiline(nested)
