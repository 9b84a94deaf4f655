"""Reading the published tables that stand beside the tests."""

import csv
import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


def table(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return [*csv.DictReader(file)]


def document(name: str) -> Any:
    """A JSON file."""
    return json.loads((DATA / name).read_text("utf-8"))


def number(cell: str) -> float | None:
    """A cell's figure; None for an empty one or NA."""
    return None if cell in ("", "NA") else float(cell)
