"""Deliverable: one thing that a phase is to bring about, in one of its workstreams."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen
from attrs.validators import optional

from ipplan.errors import Problem
from ipplan.model.fields import (
    as_ids,
    as_period_or_none,
    each_is,
    is_a,
    is_period_or_none,
    optional_clause,
    refuse,
    snake_case,
    task_id,
)
from ipplan.periods import Period
from ipplan.text import Text

__all__ = ["Deliverable", "Promise", "Workstream"]


@frozen(kw_only=True)
class Workstream:
    """A field of work that runs through the phases (领域改革, 创造, 运用, 保护)."""

    id: str = field(validator=snake_case)
    name: Text = field(validator=is_a(Text))


@frozen(kw_only=True)
class Deliverable:
    """Something to be there at the end of its phase, or by `due`; one of the two is given.

    Its id is a number of the kind of a clause; `clause` is where the text has it. `tasks` are the
    ids of the tasks that it belongs to.

    >>> Deliverable(id="3.1.1.2", title=Text(en="Leading group"), phase="deployment").tasks
    ()
    """

    id: str = field(validator=task_id)
    title: Text = field(validator=is_a(Text))
    phase: str | None = field(default=None, validator=optional(snake_case))
    workstream: str | None = field(default=None, validator=optional(snake_case))
    tasks: tuple[str, ...] = field(default=(), converter=as_ids, validator=each_is(str))
    clause: str = field(default="", validator=optional_clause)
    due: Period | None = field(
        default=None, converter=as_period_or_none, validator=is_period_or_none
    )

    def __attrs_post_init__(self) -> None:
        refuse(self.faults(phase=self.phase, due=self.due))

    @staticmethod
    def faults(
        *, phase: str | None = None, due: Period | None = None, **_others: object
    ) -> Iterator[Problem]:
        """What is wrong between the fields, as far as they are known."""
        if phase is None and due is None:
            yield Problem(
                place="phase",
                expected="the phase at whose end it is due, or a period due",
                found="neither",
            )


@frozen(kw_only=True)
class Promise:
    """A deliverable with its time: from the first day of `start`, by the last day of `due`."""

    deliverable: Deliverable
    start: Period
    due: Period

    @property
    def id(self) -> str:
        """The deliverable's id."""
        return self.deliverable.id
