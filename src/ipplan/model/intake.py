"""Intake: mappings, records, observations and reports become Actuals in each indicator's unit.

Every entry is used or reported as a problem, all problems at once; nothing is guessed or dropped.
"""

from __future__ import annotations

import enum
import operator
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, TypeAlias

from ipplan.errors import ActualsError, ActualsUnitError, Gathered, Problem, shown
from ipplan.model.actuals import Actuals, repetitions
from ipplan.model.delivery import Delivery, DeliveryReport
from ipplan.model.door import Door
from ipplan.model.entry import FIELDS, Entry, Kind, read
from ipplan.model.observation import Observation
from ipplan.periods import Period

__all__ = ["ActualsLike", "Faulty", "collect"]


class Faulty(enum.Enum):
    """What is done with actuals that hold faulty entries."""

    REFUSE = "refuse"
    """Nothing is assessed: every problem is raised at once."""
    SET_ASIDE = "set_aside"
    """The sound entries count; what is wrong with the others is kept beside them, and told."""


ActualsLike: TypeAlias = (
    Actuals | Mapping[str, Any] | Iterable[Mapping[str, Any] | Observation | DeliveryReport | Entry]
)
"""`{id: {period: value}}`, `{id: value}` with an as-of period, records, observations, reports of
deliverables, or Actuals."""


def collect(
    source: ActualsLike,
    door: Door,
    *,
    as_of: Period | None = None,
    faulty: Faulty = Faulty.REFUSE,
    problems: Iterable[Problem] = (),
) -> Actuals:
    """Actuals in each indicator's own unit, out of anything that `ActualsLike` names.

    Raises ActualsError with every problem in the source; it is a UnitError too where nothing else
    is wrong. Where faulty entries are set aside, it raises only for what is no entry. `problems`
    are those that reading the source has found already.
    """
    if as_of is not None:
        outside = Gathered()
        outside.attempt("as_of", lambda: door.period(as_of))
        outside.finish(ActualsError)
    gathered = Gathered()
    gathered.add(*problems)
    if isinstance(source, Actuals):
        return _checked(source, door, gathered, faulty)
    told: dict[Kind, list[Any]] = {kind: [] for kind in Kind}
    for entry in _entries(source, as_of, door):
        if isinstance(entry, Problem):
            gathered.add(entry)
        elif (found := read(entry, door, gathered)) is not None:
            told[found[0]].append(found[1])
    return _actuals(told, gathered, faulty, (), door)


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
    for kind, entries in given.items():
        check: Any = door.report if kind is Kind.DELIVERABLE else door.observation
        for index, each in enumerate(entries):
            place = each.place or f"actuals.{names[kind]}[{index}]"
            checked = gathered.attempt(place, partial(check, each))
            told[kind].extend([] if checked is None else [checked])
    same = not gathered.problems and all(
        all(map(operator.is_, told[kind], entries)) for kind, entries in given.items()
    )
    if not same:
        return _actuals(told, gathered, faulty, actuals.problems, door)
    return _stamped(actuals, door)


def _actuals(
    told: Mapping[Kind, list[Any]],
    gathered: Gathered,
    faulty: Faulty,
    problems: tuple[Problem, ...],
    door: Door,
) -> Actuals:
    """Actuals out of what could be read, unless something could not be, and is not set aside."""
    parts: dict[str, list[Any]] = {
        "observations": told[Kind.ACTUAL],
        "benchmarks": told[Kind.BENCHMARK],
        "reports": told[Kind.DELIVERABLE],
    }
    repeated = [*repetitions(**parts)]
    gathered.add(*(problem for _, problem in repeated))
    if faulty is Faulty.REFUSE:
        gathered.finish(ActualsUnitError if gathered.only_units else ActualsError)
    # Of two entries that contradict each other neither is known to be right.
    doubtful = {id(each) for entries, _ in repeated for each in entries}
    sound: dict[str, Any] = {
        name: [each for each in entries if id(each) not in doubtful]
        for name, entries in parts.items()
    }
    return _stamped(Actuals(**sound, problems=(*problems, *gathered.problems)), door)


def _stamped(actuals: Actuals, door: Door) -> Actuals:
    """The actuals, known to be checked: assessing them again checks nothing twice."""
    object.__setattr__(actuals, "checked_against", door.indicators)
    return actuals


def _entries(source: Any, as_of: Period | None, door: Door) -> Iterator[Entry | Problem]:
    if isinstance(source, Mapping):
        yield from _mapping(source, as_of, door)
    elif isinstance(source, Iterable) and not isinstance(source, str | bytes):
        yield from _records(source)
    else:
        yield Problem(
            place="actuals",
            expected="{indicator: {period: value}}, records, observations or Actuals",
            found=shown(source),
            hint="ipplan.read_actuals(path, plan) reads a file",
        )


def _mapping(
    source: Mapping[Any, Any], as_of: Period | None, door: Door
) -> Iterator[Entry | Problem]:
    for name, values in source.items():
        fields_of = _delivery_fields if name in door.promised else _figure_fields
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
    if isinstance(value, DeliveryReport):
        return {"value": value}
    fields: dict[str, Any] = {"deliverable": name, "period": period}
    status = getattr(value, "value", value)
    if isinstance(status, str) and not status.strip().endswith(("%", "％")):
        done = {"date": period} if status == Delivery.DONE.value else {}
        return {**fields, "status": status, **done}
    return {**fields, "status": Delivery.IN_PROGRESS, "share": value}


def _records(source: Iterable[Any]) -> Iterator[Entry | Problem]:
    for index, record in enumerate(source):
        place = f"actuals[{index}]"
        if isinstance(record, Entry):
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
