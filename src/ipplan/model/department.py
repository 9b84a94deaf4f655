"""Department: a body that leads or supports tasks, or a collective of such bodies."""

from __future__ import annotations

from attrs import field, frozen

from ipplan.model.fields import as_ids, each_is, is_a, snake_case
from ipplan.text import Text

__all__ = ["Department"]


@frozen(kw_only=True)
class Department:
    """A department, office, court, city government or other body that the plan names.

    A collective (各市州政府, the governments of all cities) has the ids of its `members`; what it
    answers for can be told of it as one body, or of each member.
    """

    id: str = field(validator=snake_case)
    name: Text = field(validator=is_a(Text))
    members: tuple[str, ...] = field(default=(), converter=as_ids, validator=each_is(str))
