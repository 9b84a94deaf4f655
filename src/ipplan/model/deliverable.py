"""Deliverable: one thing that a phase is to bring about, in one of its workstreams."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from ipplan.model.fields import (
    as_period_or_none,
    as_tuple,
    each_is,
    is_a,
    is_period_or_none,
    optional_clause,
    snake_case,
    task_id,
)
from ipplan.periods import Period
from ipplan.text import Text

__all__ = ["Deliverable", "Workstream"]


@frozen(kw_only=True)
class Workstream:
    """A field of work that runs through the phases (领域改革, 创造, 运用, 保护)."""

    id: str = field(validator=snake_case)
    name: Text = field(validator=is_a(Text))


def _ids(values: Iterable[str]) -> tuple[str, ...]:
    return as_tuple(values)


@frozen(kw_only=True)
class Deliverable:
    """Something to be there at the end of its phase, or by `due`.

    Its id is a number of the kind of a clause; `clause` is where the text has it. `tasks` are the
    ids of the tasks that it belongs to.

    >>> Deliverable(id="3.1.1.2", title=Text(en="Leading group"), phase="deployment").tasks
    ()
    """

    id: str = field(validator=task_id)
    title: Text = field(validator=is_a(Text))
    phase: str = field(validator=snake_case)
    workstream: str | None = field(default=None)
    tasks: tuple[str, ...] = field(default=(), converter=_ids, validator=each_is(str))
    clause: str = field(default="", validator=optional_clause)
    due: Period | None = field(
        default=None, converter=as_period_or_none, validator=is_period_or_none
    )
