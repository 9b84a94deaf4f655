"""Department: a body that leads or supports tasks."""

from __future__ import annotations

from attrs import field, frozen

from ipplan.model.fields import is_a, snake_case
from ipplan.text import Text

__all__ = ["Department"]


@frozen(kw_only=True)
class Department:
    """A department, office, court, city government or other body that the plan names."""

    id: str = field(validator=snake_case)
    name: Text = field(validator=is_a(Text))
