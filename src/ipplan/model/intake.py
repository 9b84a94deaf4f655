"""Intake: mappings, records, observations and reports become Actuals in each indicator's unit.

Every entry is used or reported as a problem, all problems at once; nothing is guessed or dropped.
"""

from __future__ import annotations

import enum
import operator
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, TypeAlias

from attrs import evolve

from ipplan.errors import ActualsError, ActualsUnitError, Gathered, Problem, shown
from ipplan.model.actuals import Actuals, repetitions
from ipplan.model.delivery import Delivery, DeliveryReport
from ipplan.model.door import Door
from ipplan.model.entry import FIELDS, Entry, Kind, read, says
from ipplan.model.observation import Observation
from ipplan.periods import Period

__all__ = ["ActualsLike", "Faulty", "collect"]


_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)+")
"""What is the id of a deliverable, known or not, and of no indicator."""


class Faulty(enum.Enum):
    """What is done with actuals that hold faulty entries."""

    REFUSE = "refuse"
    """Nothing is assessed: every problem is raised at once."""
    SET_ASIDE = "set_aside"
    """The sound entries count; what is wrong with the others is kept beside them, and told."""


ActualsLike: TypeAlias = (
    Actuals
    | Mapping[str, Any]
    | Iterable[Mapping[str, Any] | Observation | DeliveryReport | Entry | Problem]
)
"""`{id: {period: value}}`, `{id: value}` with an as-of period, records, observations, reports of
deliverables, or Actuals."""


def collect(
    source: ActualsLike,
    door: Door,
    *,
    as_of: Period | None = None,
    faulty: Faulty = Faulty.REFUSE,
) -> Actuals:
    """Actuals in each indicator's own unit, out of anything that `ActualsLike` names.

    Raises ActualsError with every problem in the source; it is a UnitError too where nothing else
    is wrong. Where faulty entries are set aside, it raises only for what is no table of
    entries at all. A Problem among the entries is one that reading the source has found already.
    """
    if as_of is not None:
        outside = Gathered()
        outside.attempt("as_of", lambda: door.period(as_of))
        outside.finish(ActualsError)
    gathered = Gathered()
    if isinstance(source, Actuals):
        return _checked(source, door, gathered, faulty)
    told: dict[Kind, list[Any]] = {kind: [] for kind in Kind}
    if not _is_table(source):
        raise ActualsError(
            Problem(
                place="actuals",
                expected="{indicator: {period: value}}, records, observations or Actuals",
                found=shown(source),
                hint="ipplan.read_actuals(path, plan) reads a file",
            )
        )
    order: dict[int, tuple[int, int]] = {}
    for entry in _entries(source, as_of, door):
        if isinstance(entry, Problem):
            gathered.add(entry)
        elif (found := read(entry, door, gathered)) is not None:
            told[found[0]].append(found[1])
            order[id(found[1])] = (len(gathered.problems), len(order))
    return _actuals(told, gathered, faulty, Actuals(), door, order)


def _checked(actuals: Actuals, door: Door, gathered: Gathered, faulty: Faulty) -> Actuals:
    """Actuals made elsewhere, against this plan; the same object where nothing had to change."""
    if actuals.checked_against is door.indicators:
        return actuals
    given: dict[Kind, tuple[Any, ...]] = {
        Kind.ACTUAL: actuals.observations,
        Kind.BENCHMARK: actuals.benchmarks,
        Kind.DELIVERABLE: actuals.reports,
    }
    names = {
        Kind.ACTUAL: "observations",
        Kind.BENCHMARK: "benchmarks",
        Kind.DELIVERABLE: "reports",
    }
    told: dict[Kind, list[Any]] = {kind: [] for kind in Kind}
    order: dict[int, tuple[int, int]] = {}
    for kind, entries in given.items():
        check: Any = door.report if kind is Kind.DELIVERABLE else door.observation
        for index, each in enumerate(entries):
            place = each.place or f"actuals.{names[kind]}[{index}]"
            checked = gathered.attempt(place, partial(check, each))
            if checked is not None:
                told[kind].append(checked)
                order[id(checked)] = (len(gathered.problems), len(order))
    same = not gathered.problems and all(
        all(map(operator.is_, told[kind], entries)) for kind, entries in given.items()
    )
    if not same:
        return _actuals(told, gathered, faulty, actuals, door, order)
    return _stamped(actuals, door)


def _actuals(
    told: Mapping[Kind, list[Any]],
    gathered: Gathered,
    faulty: Faulty,
    start: Actuals,
    door: Door,
    order: Mapping[int, tuple[int, int]],
) -> Actuals:
    """Actuals out of what could be read, unless something could not be, and is not set aside.

    `order` has, for each entry by its identity, how many problems were gathered when it was read,
    and its number: repetitions are told in their place.
    """
    parts: dict[str, list[Any]] = {
        "observations": told[Kind.ACTUAL],
        "benchmarks": told[Kind.BENCHMARK],
        "reports": told[Kind.DELIVERABLE],
    }
    repeated = [*repetitions(**parts)]
    told_of = [(later, problem) for (_, later), problem in repeated]
    # Of two entries that say the same the first stays; of two that contradict each other neither is
    # known to be right, and both are told.
    doubtful = {id(later) for later, _ in told_of}
    if faulty is Faulty.SET_ASIDE:
        for (first, later), problem in repeated:
            if first != later and id(first) not in doubtful:
                doubtful.add(id(first))
                where = f" at {later.place}" if later.place else ""
                mirrored = evolve(problem, place=first.place, found=f"another one{where}")
                told_of.append((first, mirrored))
    for entry, problem in sorted(told_of, key=lambda each: order[id(each[0])])[::-1]:
        gathered.insert(order[id(entry)][0], problem)
    if faulty is Faulty.REFUSE:
        gathered.finish(ActualsUnitError if gathered.only_units else ActualsError)
    sound: dict[str, Any] = {
        name: [each for each in entries if id(each) not in doubtful]
        for name, entries in parts.items()
    }
    problems = (*start.problems, *gathered.problems)
    return _stamped(evolve(start, **sound, problems=problems), door)


def _stamped(actuals: Actuals, door: Door) -> Actuals:
    """The actuals, known to be checked: assessing them again checks nothing twice."""
    object.__setattr__(actuals, "checked_against", door.indicators)
    return actuals


def _is_table(source: object) -> bool:
    """Whether a source can hold entries; a mapping does, and a list, but no text."""
    return isinstance(source, Iterable) and not isinstance(source, str | bytes)


def _entries(source: Any, as_of: Period | None, door: Door) -> Iterator[Entry | Problem]:
    if isinstance(source, Mapping):
        yield from _mapping(source, as_of, door)
    else:
        yield from _records(source)


def _mapping(
    source: Mapping[Any, Any], as_of: Period | None, door: Door
) -> Iterator[Entry | Problem]:
    for name, values in source.items():
        promised = name in door.promised or bool(_NUMBER.fullmatch(str(name)))
        fields_of = _delivery_fields if promised else _figure_fields
        if isinstance(values, Mapping):
            for period, value in values.items():
                yield Entry(
                    fields=fields_of(name, period, value), place=f"actuals.{name}[{period}]"
                )
        elif as_of is None:
            yield Problem(
                place=f"actuals.{name}",
                expected="{period: value}, or a value together with as_of",
                found=shown(values),
                hint="say as_of=2018, or which period the value is for",
            )
        else:
            yield Entry(fields=fields_of(name, as_of, values), place=f"actuals.{name}")


def _figure_fields(name: object, period: object, value: object) -> dict[str, Any]:
    return {"indicator": name, "period": period, "value": value}


def _delivery_fields(name: object, period: object, value: object) -> dict[str, Any]:
    """A report in short: a share done by a period, or a status, what is done being so then."""
    fields: dict[str, Any] = {"deliverable": name, "period": period}
    if isinstance(value, Observation | DeliveryReport):
        return {**fields, "value": value}
    stated = isinstance(value, str) and not value.strip().endswith(("%", "％"))
    if value is None or stated or isinstance(value, Delivery):
        done = {"date": period} if says(Delivery.DONE, value) else {}
        return {**fields, "status": value, **done}
    return {**fields, "status": Delivery.IN_PROGRESS, "share": value}


def _records(source: Iterable[Any]) -> Iterator[Entry | Problem]:
    for index, record in enumerate(source):
        place = f"actuals[{index}]"
        if isinstance(record, Entry | Problem):
            yield record
        elif isinstance(record, Observation | DeliveryReport):
            yield Entry(fields={"value": record}, place=place)
        elif isinstance(record, Mapping):
            columns = {name: f"{place}.{name}" for name in FIELDS}
            yield Entry(fields=record, place=place, columns=columns)
        else:
            yield Problem(
                place=place,
                expected="an Observation, or a mapping with indicator, period and value",
                found=shown(record),
            )
