"""Planned: what an assessment wants to know of a plan, which stands in a layer above."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from ipplan.assessment.policy import Policy
from ipplan.model.amendment import Amendment
from ipplan.model.catalog import Catalog
from ipplan.model.deliverable import Deliverable, Promise, Workstream
from ipplan.model.department import Department
from ipplan.model.indicator import Assumption, Indicator
from ipplan.model.links import Links
from ipplan.model.phase import Phase
from ipplan.model.task import Task
from ipplan.periods import Period
from ipplan.text import Text

__all__ = ["Planned"]


class Planned(Protocol):
    """What an assessment wants to know of a plan, which stands in a layer above."""

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def title(self) -> Text:
        """Its title."""
        ...

    @property
    def start(self) -> Period:
        """Its first period."""
        ...

    @property
    def end(self) -> Period:
        """Its last period."""
        ...

    @property
    def indicators(self) -> Catalog[Indicator]:
        """Those of its own table."""
        ...

    @property
    def quotas(self) -> Catalog[Indicator]:
        """What it asks for elsewhere."""
        ...

    @property
    def deliverables(self) -> Catalog[Deliverable]:
        """What it is to bring about."""
        ...

    @property
    def phases(self) -> Catalog[Phase]:
        """The stretches of its time."""
        ...

    @property
    def workstreams(self) -> Catalog[Workstream]:
        """Its fields of work."""
        ...

    @property
    def tasks(self) -> Catalog[Task]:
        """What is to be done."""
        ...

    @property
    def departments(self) -> Catalog[Department]:
        """Who answers for it."""
        ...

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What its text does not say."""
        ...

    @property
    def measured(self) -> Catalog[Indicator]:
        """Every indicator and quota."""
        ...

    @property
    def promised(self) -> Catalog[Promise]:
        """Every deliverable, with its time."""
        ...

    @property
    def links(self) -> Links:
        """What belongs to each task, and to whom."""
        ...

    @property
    def policy(self) -> Policy | None:
        """How it is assessed unless the caller says otherwise."""
        ...

    @property
    def amendments(self) -> Catalog[Amendment]:
        """What revises it."""
        ...

    @property
    def amended_by(self) -> tuple[str, ...]:
        """The amendments that it has in it."""
        ...

    @property
    def subplans(self) -> Mapping[str, Planned]:
        """The plans below it."""
        ...
