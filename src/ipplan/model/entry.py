"""Entries: figures and reports as they were written, and what they stand for."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, TypeVar

from attrs import evolve, field, frozen

from ipplan import units
from ipplan.choices import choose
from ipplan.errors import (
    ActualsError,
    Gathered,
    IPPlanError,
    Problem,
    UnitError,
    near_hint,
    one_of,
    shown,
)
from ipplan.model.delivery import Delivery, DeliveryReport
from ipplan.model.door import Door
from ipplan.model.indicator import Indicator
from ipplan.model.observation import Observation, Origin, Verification
from ipplan.periods import Period

__all__ = ["FIELDS", "Entry", "Kind", "Told", "read", "says"]

T = TypeVar("T")
Told = Observation | DeliveryReport
Choice = TypeVar("Choice", bound=enum.Enum)


class Kind(enum.Enum):
    """What an entry tells of."""

    ACTUAL = "actual"
    """An indicator's own figure."""
    BENCHMARK = "benchmark"
    """Another body's figure that an indicator is compared with, such as the national average."""
    DELIVERABLE = "deliverable"
    """How far a deliverable has come."""


_SHARED = ("source", "address", "note", "verification")
_OF_FIGURES = ("indicator", "period", "value", "unit", "numerator", "denominator", "origin")
_OF_DELIVERABLES = ("deliverable", "period", "status", "share", "date", "reason", "evidence")
_TEXTS = ("source", "address", "note")
FIELDS = tuple(dict.fromkeys(("kind", *_OF_FIGURES, *_SHARED, *_OF_DELIVERABLES)))
"""The fields that an entry may have, of whichever kind."""

_SAID = {
    "实际": "actual",
    "指标": "actual",
    "基准": "benchmark",
    "交付": "deliverable",
    "应交付事项": "deliverable",
    "未开始": "not_started",
    "进行中": "in_progress",
    "已完成": "done",
    "完成": "done",
    "已取消": "cancelled",
    "取消": "cancelled",
    "自报": "self_reported",
    "统计局": "statistics",
    "统计部门": "statistics",
    "第三方": "third_party",
    "已公布": "published",
    "推算": "derived",
    "未核实": "unverified",
    "未说明": "not_stated",
}
"""What a file in Chinese may say for a choice."""


@frozen(kw_only=True)
class Entry:
    """One figure or report on its way in: its fields as written, and where each was read."""

    fields: Mapping[str, Any]
    place: str
    columns: Mapping[str, str] = field(factory=dict)

    def place_of(self, name: str) -> str:
        """Where one field was read."""
        return self.columns.get(name, self.place)


def read(entry: Entry, door: Door, gathered: Gathered) -> tuple[Kind, Told] | None:
    """What an entry tells; None where it says that nothing was reported, or is faulty.

    What is wrong with the entry is gathered, each problem at the place of its field.
    """
    given = entry.fields.get("value")
    if isinstance(given, Observation | DeliveryReport):
        return _given(entry, given, door, gathered)
    kind = gathered.attempt(entry.place_of("kind"), lambda: _kind(entry), instead=True)
    misnamed = [*_misnamed(entry, kind)] if kind else []
    gathered.add(*misnamed)
    if kind is None or misnamed:
        return None
    reading = _report if kind is Kind.DELIVERABLE else _figure
    told = reading(entry, door, gathered)
    return None if told is None else (kind, told)


def _kind(entry: Entry) -> Kind:
    """The kind that an entry names; where it names none, the one whose id it gives."""
    stated = _text(entry.fields.get("kind"))
    if stated:
        return _chosen(Kind, stated)
    return Kind.DELIVERABLE if _text(entry.fields.get("deliverable")) else Kind.ACTUAL


def _figure(entry: Entry, door: Door, gathered: Gathered) -> Observation | None:
    fields, before = entry.fields, len(gathered.problems)

    def attempt(name: str, make: Callable[[], T]) -> T | None:
        return gathered.attempt(entry.place_of(name), make, instead=True)

    indicator = attempt("indicator", lambda: door.indicator(fields["indicator"]))
    period = attempt("period", lambda: door.period(fields["period"]))
    unit = attempt("unit", lambda: _unit(fields.get("unit")))
    amount = attempt("value", lambda: _amount(fields["value"], unit))
    value = attempt("value", lambda: _in_unit(amount, indicator))
    parts: dict[str, Any] = {
        name: attempt(name, partial(reading, fields[name]))
        for name, reading in _BESIDE.items()
        if _text(fields.get(name))
    }
    if fields["value"] is None:
        gathered.add(*_without(entry, "value", ("numerator", "denominator")))
    if len(gathered.problems) > before:
        return None
    if indicator is None or period is None or amount is None or value is None:
        return None
    parts |= {name: _text(fields[name]) for name in _TEXTS if name in fields}
    converted = amount.unit not in (None, units.unit_name(indicator.unit))
    written = " ".join((_text(fields["value"]), _text(fields.get("unit")))).strip()
    made = _made(
        entry,
        gathered,
        lambda: Observation(
            indicator=indicator.id,
            period=period,
            value=value,
            unit=indicator.unit,
            place=entry.place,
            written=written if converted else "",
            **parts,
        ),
    )
    if made is None or made.numerator is None:
        return made
    return _made(entry, gathered, lambda: door.observation(made))  # its parts against its value


def _report(entry: Entry, door: Door, gathered: Gathered) -> DeliveryReport | None:
    fields, before = entry.fields, len(gathered.problems)
    id = _text(fields.get("deliverable")) or _text(fields.get("indicator"))
    own = "deliverable" if _text(fields.get("deliverable")) else "indicator"

    def attempt(name: str, make: Callable[[], T]) -> T | None:
        return gathered.attempt(entry.place_of(name), make, instead=True)

    attempt(own, lambda: door.promised[id])
    status = None
    if fields["status"] is None:
        gathered.add(*_without(entry, "status", ("share", "date", "reason", "evidence")))
    else:
        status = attempt("status", lambda: _chosen(Delivery, fields["status"]))
    period = attempt("period", lambda: _period(fields.get("period"), door))
    date = attempt("date", lambda: _period(fields.get("date"), door))
    share = attempt("share", lambda: _share(fields.get("share")))
    verification = attempt(
        "verification", lambda: _chosen(Verification, fields.get("verification"))
    )
    if len(gathered.problems) > before or status is None or verification is None:
        return None
    texts: dict[str, Any] = {
        name: _text(fields.get(name)) for name in (*_TEXTS, "reason", "evidence")
    }
    report = _made(
        entry,
        gathered,
        lambda: DeliveryReport(
            deliverable=id,
            status=status,
            period=period or date,
            date=date,
            share=share,
            verification=verification,
            place=entry.place,
            **texts,
        ),
    )
    return None if report is None else _made(entry, gathered, lambda: door.report(report))


def _without(entry: Entry, name: str, others: Iterable[str]) -> Iterator[Problem]:
    """What is wrong where None says that nothing was reported, and other fields say something."""
    for other in others:
        if _text(entry.fields.get(other)):
            yield Problem(
                place=entry.place_of(name),
                expected=f"a {name}, as there is a {other}",
                found="None",
            )
            return


def _made(entry: Entry, gathered: Gathered, make: Callable[[], T]) -> T | None:
    """What `make` gives; None, with its problems kept at their fields, where it raises."""
    try:
        return make()
    except IPPlanError as error:
        told = (evolve(each, place=entry.place_of(each.place)) for each in error.problems)
        gathered.add(*told)
        return None


def _given(entry: Entry, given: Told, door: Door, gathered: Gathered) -> tuple[Kind, Told] | None:
    """An observation or a report that came as one, against what it was filed under."""
    before, place = len(gathered.problems), given.place or entry.place
    told = evolve(given, place=place)
    gathered.add(*_misfiled(entry, given, door))
    kind = gathered.attempt(entry.place_of("kind"), lambda: _kind_of(entry, given), instead=True)
    known: Told | None
    if isinstance(told, DeliveryReport):
        known = gathered.attempt(place, lambda: door.report(told))
    else:
        known = gathered.attempt(place, lambda: door.observation(told))
    if kind is None or known is None or len(gathered.problems) > before:
        return None
    return kind, known


def _kind_of(entry: Entry, given: Told) -> Kind:
    """The kind of what came as an object; a record may say that it is a benchmark."""
    own = Kind.DELIVERABLE if isinstance(given, DeliveryReport) else Kind.ACTUAL
    stated = _text(entry.fields.get("kind"))
    kind = _chosen(Kind, stated) if stated else own
    if kind is not own and {kind, own} != {Kind.ACTUAL, Kind.BENCHMARK}:
        raise ActualsError(Problem(expected=own.value, found=kind.value))
    return kind


def _misfiled(entry: Entry, given: Told, door: Door) -> Iterator[Problem]:
    """Where an entry says something else than the object in it, or more than that."""
    about: Callable[[object], object]
    if isinstance(given, DeliveryReport):
        noun, own, about = "a report", given.deliverable, str
    else:
        noun, own, about = "an observation", given.indicator, door.indicator
    itself = Gathered().attempt("", lambda: about(own))  # a faulty one is told by the door
    gathered = Gathered()
    for name, value in entry.fields.items():
        place = entry.place_of(name)
        if name in ("kind", "value") or not _text(value):
            continue
        if name in ("indicator", "deliverable"):
            under = gathered.attempt(place, partial(about, value), instead=True)
            if under is not None and itself is not None and under != itself:
                expected, found = f"{noun} of {shown(value)}", f"one of {shown(own)}"
                gathered.add(Problem(place=place, expected=expected, found=found))
        elif name == "period":
            when = gathered.attempt(place, partial(Period.of, value), instead=True)
            if when is not None and when != given.period:
                expected, found = f"{noun} for {when}", f"one for {given.period}"
                gathered.add(Problem(place=place, expected=expected, found=found))
        else:
            expected = f"no {name} beside {noun}, which has its own"
            gathered.add(Problem(place=place, expected=expected, found=shown(value)))
    yield from gathered.problems


def _misnamed(entry: Entry, kind: Kind) -> Iterator[Problem]:
    """Fields that no entry has, that this kind does not take, and those that it lacks."""
    delivered = kind is Kind.DELIVERABLE
    taken = _OF_DELIVERABLES if delivered else _OF_FIGURES
    for name, value in entry.fields.items():
        if name not in FIELDS:
            yield Problem(
                place=entry.place,
                expected=one_of(("kind", *taken, *_SHARED)),
                found=f"a field {shown(name)}",
                hint=near_hint(name, FIELDS),
            )
        elif name not in ("kind", "indicator", *taken, *_SHARED) and _text(value):
            yield Problem(
                place=entry.place_of(name),
                expected=f"no {name} of what is {kind.value}"
                if not delivered
                else f"no {name} of a deliverable",
                found=shown(value),
                hint="kind says what an entry tells of",
            )
    names = ("deliverable", "indicator")
    if delivered and all(_text(entry.fields.get(name)) for name in names):
        yield Problem(
            place=entry.place_of("indicator"),
            expected="one id, that of the deliverable",
            found=shown(entry.fields["indicator"]),
        )
    wanted = ("status",) if delivered else ("indicator", "period", "value")
    for name in wanted:
        if name not in entry.fields:
            yield Problem(place=entry.place_of(name), expected=f"a field {name}", found="none")


def _chosen(choices: type[Choice], value: object) -> Choice:
    """A choice by its name in either language; nothing is what is not stated."""
    stated = _plainly(value)
    if not stated:
        names = [str(member.value) for member in choices]
        stated = "not_stated" if "not_stated" in names else stated
    return choose(choices, stated)


def _plainly(value: object) -> str:
    """What a text says for a choice: the choice's own value, where it is one."""
    stated = _text(value)
    return _SAID.get(stated, stated.replace(" ", "_"))


def says(choice: enum.Enum, value: object) -> bool:
    """Whether a value is a choice, or says it in either language."""
    return bool(_plainly(value) == choice.value)


def _period(value: Any, door: Door) -> Period | None:
    return door.period(value) if _text(value) else None


def _share(value: object) -> float | None:
    """A share as a number from 0 to 1, or as a percentage."""
    if not _text(value):
        return None
    amount = _amount(value, None)
    if amount is None or amount.unit not in (None, "percent"):
        raise UnitError(
            Problem(expected="a share from 0 to 1, or a percentage", found=shown(value))
        )
    return float(amount.number if amount.unit is None else amount.number / 100)


def _number(value: object) -> float:
    amount = _amount(value, None)
    if amount is None or amount.unit is not None:
        raise UnitError(
            Problem(
                expected="a number without a unit",
                found=shown(value),
                hint="numerator over denominator, times the indicator's per, is the value",
            )
        )
    return float(amount.number)


_BESIDE: Mapping[str, Callable[[object], Any]] = {
    "numerator": _number,
    "denominator": _number,
    "origin": partial(_chosen, Origin),
    "verification": partial(_chosen, Verification),
}
"""What may stand beside a figure, and how it is read."""


def _amount(value: object, unit: str | None) -> units.Amount | None:
    """The amount that a value and a unit given beside it stand for; None for no value."""
    if value is None:
        return None
    if isinstance(value, str):
        amount = units.read_amount(value)
    else:
        amount = units.of_quantity(value) or units.Amount(number=units.finite(value))
    if amount.unit and unit and amount.unit != unit:
        raise UnitError(
            Problem(
                expected=f"the unit given beside it, {units.label(unit)}",
                found=units.label(amount.unit),
            )
        )
    return evolve(amount, unit=unit) if amount.unit is None and unit else amount


def _unit(value: object) -> str | None:
    text = _text(value)
    return units.unit_name(text) if text else None


def _text(value: object) -> str:
    """A text field as it may come: absent, None, or anything with a text of its own."""
    text = value.value if isinstance(value, enum.Enum) else value
    return "" if text is None else str(text).strip()


def _in_unit(amount: units.Amount | None, indicator: Indicator | None) -> float | None:
    """The amount in the indicator's unit; None where one of the two is not known."""
    if amount is None or indicator is None:
        return None
    if amount.unit is None:
        return float(amount.number)
    return units.convert(amount.number, source=amount.unit, target=indicator.unit)
