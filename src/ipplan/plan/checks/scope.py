"""Scope: what each check is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from ipplan.model.indicator import Indicator
from ipplan.plan.checks.finding import Finding

if TYPE_CHECKING:  # the plan itself imports the checks when it is checked
    from ipplan.plan.plan import Plan

__all__ = ["Check", "Scope"]


@frozen(kw_only=True)
class Scope:
    """A plan to check, without its sub-plans.

    `below` says that it is checked as part of another plan, `answered` that departments answer for
    a task of that plan which it comes under; `growth` is the yearly growth above which it is told.
    """

    plan: Plan
    growth: float
    below: bool = False
    answered: bool = False

    @property
    def measured(self) -> Iterator[tuple[str, Indicator]]:
        """The plan's own indicators and quotas, each with its place."""
        for id, each in self.plan.indicators.items():
            yield f"indicators.{id}", each
        for id, each in self.plan.quotas.items():
            yield f"quotas.{id}", each


Check: TypeAlias = Callable[[Scope], Iterator[Finding]]
