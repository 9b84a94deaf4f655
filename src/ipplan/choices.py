"""Options: a string from outside becomes a member of an enum, or an error that lists them."""

from __future__ import annotations

import enum
from typing import TypeVar

from ipplan.errors import ModelError, Problem, near_hint, one_of, shown

__all__ = ["choose"]

Choice = TypeVar("Choice", bound=enum.Enum)


def choose(choices: type[Choice], value: object, *, place: str = "") -> Choice:
    """`value` as a member of `choices`; a member passes, a string is looked up by its value.

    >>> from ipplan.text import Lang
    >>> choose(Lang, "zh")
    <Lang.ZH: 'zh'>
    >>> choose(Lang, "ZH", place="lang")
    Traceback (most recent call last):
    ipplan.errors.ModelError: lang: expected one of zh, en, found 'ZH' (near: zh)
    """
    if isinstance(value, choices):
        return value
    names = {str(member.value): member for member in choices}
    if isinstance(value, str) and value in names:
        return names[value]
    raise ModelError(
        Problem(
            place=place,
            expected=one_of(names),
            found=shown(value),
            hint=near_hint(value.lower(), names) if isinstance(value, str) else "",
        )
    )
