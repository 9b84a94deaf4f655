"""What the figures were measured on: cores, memory and versions, and no names."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version

_PACKAGES = ("narwhals", "polars", "pandas", "pyarrow", "duckdb", "pyspark", "numpy")


def described() -> str:
    """The machine in a line."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    parts = [f"{os.cpu_count()} cores", f"{round(pages * size / 2**30)} GiB of memory"]
    parts += [f"Python {platform.python_version()}"]
    return ", ".join([*parts, *(f"{name} {_version(name)}" for name in _PACKAGES)])


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
