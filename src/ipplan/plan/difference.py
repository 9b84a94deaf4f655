"""Differences: what one plan says otherwise than another, leaf by leaf, each with its place."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import attrs
from attrs import frozen

from ipplan.choices import choose
from ipplan.model.amendment import Amendment
from ipplan.model.catalog import Catalog
from ipplan.model.deliverable import Deliverable, Workstream
from ipplan.model.department import Department
from ipplan.model.indicator import Assumption, Indicator
from ipplan.model.phase import Phase
from ipplan.model.task import Task
from ipplan.model.trajectory import Baseline, Milestone, Trajectory
from ipplan.text import Lang, Text, exact

if TYPE_CHECKING:
    from ipplan.plan.plan import Plan

__all__ = ["Difference", "differences"]

_OPENED = frozenset(
    (
        Amendment,
        Assumption,
        Baseline,
        Deliverable,
        Department,
        Indicator,
        Milestone,
        Phase,
        Task,
        Trajectory,
        Workstream,
    )
)
"""What is compared field by field; a label, a bound or a policy is compared as one value."""


@frozen(kw_only=True)
class Difference:
    """One thing that two plans say otherwise: where, and what stands there before and after.

    `before` is None for what was added, `after` for what was withdrawn.

    >>> print(Difference(place="indicators.patents.limit", before=None, after=100.0))
    indicators.patents.limit: added 100
    """

    place: str
    before: Any
    after: Any

    def told(self, lang: Lang | str = Lang.EN) -> str:
        """The difference in words, in English or Chinese."""
        lang = choose(Lang, lang, place="lang")
        zh = lang is Lang.ZH
        before, after = _told(self.before, lang), _told(self.after, lang)
        if self.before is None:
            return f"{self.place}:新增 {after}" if zh else f"{self.place}: added {after}"
        if self.after is None:
            return f"{self.place}:取消 {before}" if zh else f"{self.place}: withdrawn {before}"
        return f"{self.place}{':' if zh else ': '}{before} → {after}"

    def __str__(self) -> str:
        return self.told()


def differences(before: Plan, after: Plan) -> Iterator[Difference]:
    """What `after` says otherwise than `before`, in the order of the plan's fields."""
    yield from _between("", before, after, _OPENED | {type(before)})


def _between(
    place: str, before: Any, after: Any, opened: frozenset[type[Any]]
) -> Iterator[Difference]:
    if before == after:
        return
    if isinstance(before, Catalog) and isinstance(after, Catalog):
        yield from _between_catalogs(place, before, after, opened)
    elif type(before) in opened and type(before) is type(after):
        for each in attrs.fields(type(before)):
            if each.init:
                folded = each.name == "trajectory"  # as in a plan file, where its keys stand
                inner = place if folded else f"{place}.{each.name}".lstrip(".")
                pair = getattr(before, each.name), getattr(after, each.name)
                yield from _between(inner, *pair, opened)
    elif _is_list(before, opened) and _is_list(after, opened):
        for index, pair in enumerate(zip_longest(before, after)):
            yield from _between(f"{place}[{index}]", *pair, opened)
    else:
        yield Difference(place=place, before=before, after=after)


def _is_list(value: Any, opened: frozenset[type[Any]]) -> bool:
    """Whether a value is a list of things with fields; ids are compared as one list."""
    return isinstance(value, tuple) and all(type(each) in opened for each in value)


def _between_catalogs(
    place: str, before: Catalog[Any], after: Catalog[Any], opened: frozenset[type[Any]]
) -> Iterator[Difference]:
    both = [id for id in before if id in after]
    again = [id for id in after if id in before]
    if both != again:
        yield Difference(place=place, before=(*both,), after=(*again,))
    for id in (*before, *(id for id in after if id not in before)):
        yield from _between(f"{place}.{id}", before.get(id), after.get(id), opened)


def _told(value: Any, lang: Lang) -> str:
    """A value as the text of a difference shows it."""
    match value:
        case Text():
            told = value.label(lang)
        case Milestone():
            told = f"{value.period}: {value.bound}"
        case Baseline():
            told = f"{value.period}: {exact(value.value)}"
        case float():
            told = exact(value)
        case enum.Enum():
            told = str(value.value)
        case tuple():
            told = ", ".join(_told(each, lang) for each in value) or "–"
        case _:
            labels = (getattr(value, name, None) for name in ("name", "title", "reason", "text"))
            label = next((each for each in labels if isinstance(each, Text)), None)
            named = getattr(value, "__name__", None)  # a function that interpolates
            told = label.label(lang) if label else named or str(value)
    return told
