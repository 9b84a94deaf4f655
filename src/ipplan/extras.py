"""Extras: packages that ipplan runs without, imported where they are used."""

from __future__ import annotations

import importlib
from types import ModuleType

from ipplan.errors import EngineError, Problem

__all__ = ["needs"]


def needs(extra: str, module: str) -> ModuleType:
    """A module that comes with one of ipplan's extras.

    Raises EngineError, which says what to install, where it or a package that it uses is missing.

    >>> needs("frames", "gone")
    Traceback (most recent call last):
    ipplan.errors.EngineError: expected the package gone, found none (pip install 'ipplan[frames]')
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise EngineError(
            Problem(
                expected=f"the package {error.name}",
                found="none",
                hint=f"pip install 'ipplan[{extra}]'",
            )
        ) from None
