"""Task: what is to be done, and which departments lead and support it."""

from __future__ import annotations

import enum
from collections.abc import Iterator

from attrs import field, frozen

from ipplan.choices import choose
from ipplan.errors import Problem, shown
from ipplan.model.fields import as_ids, each_is, is_a, refuse, task_id
from ipplan.text import Text

__all__ = ["Task", "TaskKind"]


class TaskKind(enum.Enum):
    """Tasks proper, and the safeguards (保障措施) that keep the plan going."""

    TASK = "task"
    SAFEGUARD = "safeguard"


def _kind(value: TaskKind | str) -> TaskKind:
    return choose(TaskKind, value, place="kind")


@frozen(kw_only=True)
class Task:
    """A task; its id is its clause number.

    `lead` and `support` are department ids in the text's order.

    >>> Task(id="2.2.1", title=Text(en="Firms first"), lead=["ip_office"]).support
    ()
    """

    id: str = field(validator=task_id)
    title: Text = field(validator=is_a(Text))
    kind: TaskKind = field(default=TaskKind.TASK, converter=_kind)
    lead: tuple[str, ...] = field(default=(), converter=as_ids, validator=each_is(str))
    support: tuple[str, ...] = field(default=(), converter=as_ids, validator=each_is(str))
    description: Text | None = field(default=None, validator=is_a(Text, type(None)))

    def __attrs_post_init__(self) -> None:
        refuse(self.faults(lead=self.lead, support=self.support))

    @staticmethod
    def faults(
        *,
        lead: tuple[str | None, ...] = (),
        support: tuple[str | None, ...] = (),
        **_others: object,
    ) -> Iterator[Problem]:
        """What is wrong between the fields, as far as they are known (None: a faulty id)."""
        seen: set[str | None] = set()
        for role, ids in (("lead", lead), ("support", support)):
            for index, id in enumerate(ids):
                if id is not None and id in seen:
                    yield Problem(
                        place=f"{role}[{index}]",
                        expected="each department once, leading or supporting",
                        found=f"{shown(id)} again",
                    )
                seen.add(id)

    @property
    def clause(self) -> str:
        """The clause that the task stands in: its id."""
        return self.id
