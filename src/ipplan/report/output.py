"""Output: the formats that commands print, and plain values as JSON and CSV."""

from __future__ import annotations

import csv
import enum
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ipplan.text import exact

__all__ = ["OutputFormat", "csv_text", "json_text"]


class OutputFormat(enum.Enum):
    """The formats that commands print."""

    TABLE = "table"
    MARKDOWN = "markdown"
    JSON = "json"
    CSV = "csv"


def json_text(value: Any) -> str:
    """A plain value as JSON; Chinese text stays readable."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False, default=str)


def csv_text(rows: Iterable[Mapping[str, Any]], fields: Sequence[str]) -> str:
    """Rows as CSV; nothing is an empty cell, a number stands without an exponent."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fields, lineterminator="\n")
    writer.writeheader()
    writer.writerows({field: _cell(row.get(field)) for field in fields} for row in rows)
    return text.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return exact(value)
    return str(value)
