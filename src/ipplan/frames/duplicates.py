"""Duplicates: what becomes of rows that say something of the same figure."""

from __future__ import annotations

import enum

__all__ = ["Duplicates"]


class Duplicates(enum.Enum):
    """What becomes of rows that say something of the same indicator, period and unit."""

    ALLOW = "allow"
    """They are not looked for, and each row has a result of its own."""
    SET_ASIDE = "set_aside"
    """All of them are set aside: which one is right is not known."""
    REFUSE = "refuse"
    """They are an ActualsError; what is lazy is read for it."""
