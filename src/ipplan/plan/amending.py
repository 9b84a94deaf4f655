"""Amending: a plan as it stood on a day, and what is wrong with its amendments."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Any

import attrs

from ipplan.errors import Gathered, ModelError, Problem, near_hint, shown
from ipplan.model.actuals import Actuals
from ipplan.model.amendment import Added, Amendment, Change, Changed, PlanPart
from ipplan.model.catalog import Catalog
from ipplan.model.deliverable import Promise
from ipplan.model.delivery import DeliveryReport
from ipplan.model.indicator import Indicator
from ipplan.model.observation import Observation
from ipplan.model.version import Version, VersionUsed
from ipplan.plan.references import faults_between

if TYPE_CHECKING:
    from ipplan.plan.plan import Plan

__all__ = ["as_of", "ever_known", "unfit_amendments", "version_for", "version_used"]

_Items = dict[str, dict[str, Any]]
"""The items of each part of a plan, by id."""


def as_of(plan: Plan, day: datetime.date) -> Plan:
    """The plan as it stood on a day; raises ModelError where it has later amendments in it."""
    for id in plan.amended_by:
        date = plan.amendments[id].date
        if date > day:
            raise ModelError(
                Problem(
                    place="as_of",
                    expected=f"a day from {date} on: this version has {id} in it already",
                    found=str(day),
                    hint="ask the plan that it was made from",
                )
            )
    return _as_amended(plan, day)


def _as_amended(plan: Plan, day: datetime.date) -> Plan:
    """The plan with all that was amended up to a day, in its sub-plans too; itself for nothing."""
    last = max((date for date in _dates(plan) if date <= day), default=None)
    if last is None:
        return plan
    return plan.remembered(last, _amended)


def version_for(plan: Plan, version: Version, day: datetime.date) -> Plan:
    """The version of a plan that is to be assessed as of a day.

    What a plan has in it already counts, also where it came later: so the figures of an earlier
    time can be measured by what holds now. Raises ModelError where the original is not there.
    """
    if version is Version.IN_FORCE:
        return _as_amended(plan, day)
    if plan.amended_by:
        raise ModelError(
            Problem(
                place="version",
                expected="a plan that is not amended yet, to assess the original",
                found=f"one amended by {', '.join(plan.amended_by)}",
                hint="ask the plan that it was made from",
            )
        )
    return plan


def version_used(plan: Plan, actuals: Actuals) -> tuple[VersionUsed, Actuals]:
    """What an assessment says of the version that it uses, and the actuals that this one has."""
    if actuals.checked_against is plan.measured:  # what was checked against it is all of it
        return VersionUsed.of(plan.amendments, plan.amended_by), actuals
    known = actuals.only(plan.measured, plan.promised)
    kept = {*map(id, (*known.observations, *known.benchmarks, *known.reports))}
    every: tuple[Observation | DeliveryReport, ...]
    every = (*actuals.observations, *actuals.benchmarks, *actuals.reports)
    aside = [each for each in every if id(each) not in kept]
    used = VersionUsed.of(plan.amendments, plan.amended_by, set_aside=aside)
    return used, attrs.evolve(known, problems=actuals.problems) if aside else actuals


def ever_known(plan: Plan) -> tuple[Catalog[Indicator], Catalog[Promise]]:
    """What the plan or a later version of it measures and promises: figures may be of either."""
    dates = _dates(plan)
    if not dates:
        return plan.measured, plan.promised
    measured: dict[str, Indicator] = {}
    promised: dict[str, Promise] = {}
    for date in sorted(dates, reverse=True):
        measured.update(_as_amended(plan, date).measured)
        promised.update(_as_amended(plan, date).promised)
    measured.update(plan.measured)
    promised.update(plan.promised)
    return Catalog("indicator", measured.values()), Catalog("deliverable", promised.values())


def _dates(plan: Plan) -> set[datetime.date]:
    """The days on which the plan, or a plan below it, is still to be amended."""
    dates = {each.date for each in _pending(plan.amendments, plan.amended_by)}
    for part in plan.subplans.values():
        dates |= _dates(part)
    return dates


def _pending(amendments: Mapping[str, Any], amended_by: Iterable[str]) -> tuple[Any, ...]:
    done = {*amended_by}
    return tuple(each for id, each in amendments.items() if id not in done)


def _amended(plan: Plan, day: datetime.date) -> Plan:
    due = [each for each in _pending(plan.amendments, plan.amended_by) if each.date <= day]
    items: _Items = {part.value: dict(getattr(plan, part.value)) for part in PlanPart}
    for amendment in due:
        for change in amendment.changes:
            _apply(items[change.part.value], change)
    fields: dict[str, Any] = {part: tuple(each.values()) for part, each in items.items()}
    fields["subplans"] = [_as_amended(part, day) for part in plan.subplans.values()]
    return attrs.evolve(plan, **fields, amended_by=(*plan.amended_by, *(each.id for each in due)))


def _apply(items: dict[str, Any], change: Change) -> None:
    """Put a change into the items of its part; raises ModelError where it does not fit them."""
    if isinstance(change, Added):
        if change.id in items:
            raise ModelError(
                Problem(
                    expected=f"an id that none of the {change.part.value} has at that time",
                    found=shown(change.id),
                    hint="an item that is there is changed",
                )
            )
        items[change.id] = change.item
    elif change.id not in items:
        raise ModelError(
            Problem(
                expected=f"the id of one of the {change.part.value} of the plan at that time",
                found=shown(change.id),
                hint=near_hint(change.id, items),
            )
        )
    elif isinstance(change, Changed):
        item = items[change.id]
        if attrs.has(type(item)):  # a faulty item, of which only parts are known, stays as it is
            items[change.id] = change.applied(item)
    else:
        del items[change.id]


def unfit_amendments(
    *,
    amendments: Mapping[str, Any] | None = None,
    amended_by: tuple[str | None, ...] = (),
    issued: datetime.date | None = None,
    **fields: Any,
) -> Iterator[Problem]:
    """What is wrong with the amendments of a plan, one applied after the other.

    `fields` are those of the plan that are known. After a faulty amendment, the later ones are not
    applied: what they change is not known.
    """
    amendments = {} if amendments is None else amendments
    ids = (*amendments,)
    if amended_by != ids[: len(amended_by)]:
        first = ", ".join(ids[: len(amended_by)]) or "none, as there are none"
        yield Problem(
            place="amended_by",
            expected=f"the first of the amendments, in their order: {first}",
            found=shown(amended_by),
        )
        return
    yield from _out_of_order(amendments, issued)
    pending = _pending(amendments, [id for id in amended_by if id is not None])
    sound = [*takewhile(lambda each: isinstance(each, Amendment), pending)]
    subplans = {id: part for id, part in fields.get("subplans", {}).items() if _is_whole(part)}
    below = {date for part in subplans.values() for date in _dates(part)}
    if sound or below:
        yield from _unfit_versions(sound, below, fields)


def _is_whole(part: Any) -> bool:
    """Whether a sub-plan is one, and not what is known of a faulty one."""
    return hasattr(part, "measured")


def _out_of_order(amendments: Mapping[str, Any], issued: datetime.date | None) -> Iterator[Problem]:
    dated = [(id, each.date) for id, each in amendments.items() if hasattr(each, "date")]
    for id, date in dated:
        if issued is not None and date < issued:
            yield Problem(
                place=f"amendments.{id}.date",
                expected=f"a date from {issued} on, when the plan was issued",
                found=str(date),
            )
    for (before, earlier), (id, date) in pairwise(dated):
        if date < earlier:
            yield Problem(
                place=f"amendments.{id}.date",
                expected=f"a date from {earlier} on, that of {before}",
                found=str(date),
                hint="amendments stand in the order of their dates",
            )


def _unfit_versions(
    amendments: list[Amendment], below: set[datetime.date], fields: dict[str, Any]
) -> Iterator[Problem]:
    """The problems of each version of the plan, each problem once, where it first comes up."""
    items: _Items = {part.value: dict(fields.get(part.value, {})) for part in PlanPart}
    units = _units(items)
    told = {*faults_between(**fields)}
    steps: list[tuple[datetime.date, Amendment | None]]
    steps = [*((each.date, each) for each in amendments), *((date, None) for date in below)]
    for date, amendment in sorted(steps, key=lambda step: step[0]):
        if amendment is not None:
            yield from map(amendment.within, _misapplied(amendment, items, units))
        parts = {
            id: _as_amended(part, date) if _is_whole(part) else part
            for id, part in fields.get("subplans", {}).items()
        }
        for problem in faults_between(**{**fields, **items, "subplans": parts}):
            if problem in told:
                continue
            told.add(problem)
            if amendment is not None:
                yield amendment.within(problem)
            else:
                yield attrs.evolve(problem, hint=f"as the sub-plans are amended on {date}")


def _misapplied(amendment: Amendment, items: _Items, units: dict[str, str]) -> Iterator[Problem]:
    """What does not fit when an amendment is put into the items; what fits is put in."""
    gathered = Gathered()
    for change in amendment.changes:
        part = items[change.part.value]
        gathered.attempt(change.place, partial(_apply, part, change))
        unit = getattr(part.get(change.id), "unit", None)
        if unit is None:
            continue
        before, units[change.id] = units.get(change.id, unit), unit
        if unit != before:
            gathered.add(
                Problem(
                    place=f"{change.place}.unit",
                    expected=f"{before}, the unit of {change.id} so far",
                    found=shown(unit),
                    hint="figures without a unit would change their meaning; "
                    "withdraw it and add another id",
                )
            )
    yield from gathered.problems


def _units(items: _Items) -> dict[str, str]:
    """The unit of each indicator and quota, where it is known."""
    measured = {**items[PlanPart.INDICATORS.value], **items[PlanPart.QUOTAS.value]}
    return {id: each.unit for id, each in measured.items() if hasattr(each, "unit")}
