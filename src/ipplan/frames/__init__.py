"""Frames: a plan assessed on any dataframe, one machine or a cluster."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ipplan.frames.counts import Summary, summary
    from ipplan.frames.rolling import roll_up

__all__ = ["Summary", "roll_up", "summary"]

_MODULES = {"roll_up": "rolling", "Summary": "counts", "summary": "counts"}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
