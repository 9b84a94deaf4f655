"""Memory of a process and of those it started, such as Spark's; on Linux, elsewhere unknown."""

from __future__ import annotations

import os
from pathlib import Path

_PROC = Path("/proc")


def used() -> int | None:
    """Bytes resident now."""
    return _sum("VmRSS:")


def peak() -> int | None:
    """The most bytes resident since `forget_peak`."""
    return _sum("VmHWM:")


def forget_peak() -> None:
    """Let the peak start from what is used now."""
    for pid in _family():
        (_PROC / pid / "clear_refs").write_text("5")


def _family() -> list[str]:
    """This process and its descendants."""
    found = [str(os.getpid())] if _PROC.exists() else []
    for pid in found:
        for task in (_PROC / pid / "task").iterdir():
            found += (task / "children").read_text().split()
    return found


def _sum(key: str) -> int | None:
    family = _family()
    return sum(_figure(pid, key) for pid in family) if family else None


def _figure(pid: str, key: str) -> int:
    lines = (_PROC / pid / "status").read_text().splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(key))
