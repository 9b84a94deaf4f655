"""The door for actuals: mappings, records and observations become Actuals in each indicator's unit.

Every entry is used or reported as a problem, all problems at once; nothing is guessed or dropped.
"""

from __future__ import annotations

import operator
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, TypeAlias, TypeVar

from attrs import evolve, field, frozen

from ipplan import units
from ipplan.choices import choose
from ipplan.errors import (
    ActualsError,
    ActualsUnitError,
    Gathered,
    IPPlanError,
    Problem,
    UnitError,
    UnknownIdError,
    near,
    near_hint,
    one_of,
    shown,
)
from ipplan.model.actuals import Actuals
from ipplan.model.catalog import Catalog
from ipplan.model.deliverable import Promise
from ipplan.model.indicator import Indicator
from ipplan.model.observation import Observation, Verification
from ipplan.periods import Period, PeriodLike
from ipplan.text import Lang

__all__ = ["FIELDS", "YEARS_AROUND", "ActualsLike", "Door", "Entry", "collect"]

T = TypeVar("T")

YEARS_AROUND = 10
"""How many years before and after the plan a period may lie: history, and late reports."""

FIELDS = ("indicator", "period", "value", "unit", "source", "address", "note", "verification")
_TEXTS = ("source", "address", "note")


@frozen(kw_only=True)
class Entry:
    """One figure on its way in: its fields as they were written, and where each was read."""

    fields: Mapping[str, Any]
    place: str
    columns: Mapping[str, str] = field(factory=dict)

    def place_of(self, name: str) -> str:
        """Where one field was read."""
        return self.columns.get(name, self.place)


ActualsLike: TypeAlias = (
    Actuals | Mapping[str, Any] | Iterable[Mapping[str, Any] | Observation | Entry]
)
"""`{id: {period: value}}`, `{id: value}` with an as-of period, records, observations or Actuals."""


def _nothing_promised() -> Catalog[Promise]:
    return Catalog("deliverable", ())


@frozen(kw_only=True)
class Door:
    """What an entry is checked against: what a plan measures and promises, and its time."""

    indicators: Catalog[Indicator]
    promised: Catalog[Promise] = field(factory=_nothing_promised)
    start: Period
    end: Period

    def indicator(self, name: object) -> Indicator:
        """The indicator of an id, or of either name, with its unit in brackets or not.

        Raises UnknownIdError for an unknown name, and for a name that several indicators have.
        """
        if isinstance(name, str) and (known := self.indicators.get(name)):
            return known
        named = self._named(_folded(str(name)))
        if len(named) == 1:
            return named[0]
        if named:
            raise UnknownIdError(
                Problem(
                    expected="the id of one indicator",
                    found=shown(name),
                    hint=f"the name of {', '.join(indicator.id for indicator in named)}",
                )
            )
        labels = {
            label: indicator.id
            for indicator in self.indicators.values()
            for label in (indicator.id, indicator.name.zh, indicator.name.en)
            if label
        }
        guesses = dict.fromkeys(labels[label] for label in near(name, labels))
        raise UnknownIdError(
            Problem(
                expected="the id or the name of an indicator",
                found=shown(name),
                hint=f"near: {', '.join(guesses)}"
                if guesses
                else f"the plan has {', '.join(self.indicators)}",
            )
        )

    def _named(self, folded: str) -> list[Indicator]:
        return [indicator for indicator in self.indicators.values() if folded in _labels(indicator)]

    def period(self, value: PeriodLike) -> Period:
        """The period, which lies in the plan or at most YEARS_AROUND years before or after it."""
        period = Period.of(value)
        first, last = self.start.year - YEARS_AROUND, self.end.year + YEARS_AROUND
        if not first <= period.year <= last:
            raise ActualsError(
                Problem(
                    expected=f"a period of the plan ({self.start}–{self.end})",
                    found=str(period),
                    hint=f"{first} to {last} is taken, as history or as a late report; "
                    "is the year mistyped?",
                )
            )
        return period

    def observation(self, given: Observation) -> Observation:
        """The observation, checked, with its value in the indicator's unit."""
        indicator = self.indicator(given.indicator)
        self.period(given.period)
        if given.indicator == indicator.id and given.unit == indicator.unit:
            return given
        value, written = given.value, given.written
        if given.unit and given.unit != indicator.unit:
            value = units.convert(given.value, source=given.unit, target=indicator.unit)
            written = written or f"{given.value:g} {given.unit}"
        return evolve(
            given, indicator=indicator.id, value=value, unit=indicator.unit, written=written
        )

    def read(self, entry: Entry, gathered: Gathered) -> Observation | None:
        """The observation that an entry stands for; None where it says that nothing was reported.

        What is wrong with the entry is gathered, each problem at the place of its field.
        """
        if isinstance(entry.fields.get("value"), Observation):
            return gathered.attempt("", lambda: self._given(entry, entry.fields["value"]))
        misnamed = [*_misnamed_fields(entry)]
        if misnamed:
            gathered.add(*misnamed)
            return None
        fields, before = entry.fields, len(gathered.problems)

        def attempt(name: str, make: Callable[[], T]) -> T | None:
            return gathered.attempt(entry.place_of(name), make, instead=True)

        indicator = attempt("indicator", lambda: self.indicator(fields["indicator"]))
        period = attempt("period", lambda: self.period(fields["period"]))
        unit = attempt("unit", lambda: _unit(fields.get("unit")))
        amount = attempt("value", lambda: _amount(fields["value"], unit))
        value = attempt("value", lambda: _in_unit(amount, indicator))
        stated = _text(fields.get("verification"))
        verification = attempt(
            "verification",
            lambda: choose(Verification, stated) if stated else Verification.NOT_STATED,
        )
        if len(gathered.problems) > before:
            return None
        if indicator is None or period is None or amount is None or value is None:
            return None
        converted = amount.unit not in (None, units.unit_name(indicator.unit))
        written = " ".join((_text(fields["value"]), _text(fields.get("unit")))).strip()
        texts: dict[str, Any] = {name: _text(fields.get(name)) for name in _TEXTS}
        return attempt(
            "note",
            lambda: Observation(
                indicator=indicator.id,
                period=period,
                value=value,
                unit=indicator.unit,
                verification=verification or Verification.NOT_STATED,
                place=entry.place,
                written=written if converted else "",
                **texts,
            ),
        )

    def _given(self, entry: Entry, given: Observation) -> Observation:
        """An observation that came as one, against what it was filed under."""
        gathered = Gathered()
        place = given.place or entry.place
        name = entry.fields.get("indicator", given.indicator)
        under = gathered.attempt(entry.place, lambda: self.indicator(name))
        own = gathered.attempt(place, lambda: self.indicator(given.indicator))
        when = gathered.attempt(
            entry.place, lambda: Period.of(entry.fields.get("period", given.period))
        )
        if under is not None and own is not None and under is not own:
            gathered.add(
                Problem(
                    place=entry.place,
                    expected=f"an observation of {shown(name)}",
                    found=f"one of {shown(given.indicator)}",
                )
            )
        if when is not None and when != given.period:
            gathered.add(
                Problem(
                    place=entry.place,
                    expected=f"an observation for {when}",
                    found=f"one for {given.period}",
                )
            )
        gathered.finish(ActualsError)
        try:
            return self.observation(given if given.place else evolve(given, place=place))
        except UnitError as error:
            raise ActualsUnitError(*error.within(place)) from None
        except IPPlanError as error:
            raise ActualsError(*error.within(place)) from None


def _misnamed_fields(entry: Entry) -> Iterator[Problem]:
    for name in entry.fields:
        if name not in FIELDS:
            yield Problem(
                place=entry.place,
                expected=one_of(FIELDS),
                found=f"a field {shown(name)}",
                hint=near_hint(name, FIELDS),
            )
    for name in ("indicator", "period", "value"):
        if name not in entry.fields:
            yield Problem(place=entry.place_of(name), expected=f"a field {name}", found="none")


def collect(source: ActualsLike, door: Door, *, as_of: Period | None = None) -> Actuals:
    """Actuals in each indicator's own unit, out of anything that `ActualsLike` names.

    Raises ActualsError with every problem in the source; it is a UnitError too where nothing else
    is wrong.
    """
    gathered = Gathered()
    if as_of is not None:
        gathered.attempt("as_of", lambda: door.period(as_of))
    if isinstance(source, Actuals):
        return _checked(source, door, gathered)
    observations: list[Observation] = []
    for entry in _entries(source, as_of):
        if isinstance(entry, Problem):
            gathered.add(entry)
        elif (observation := door.read(entry, gathered)) is not None:
            observations.append(observation)
    return _actuals(observations, gathered)


def _checked(actuals: Actuals, door: Door, gathered: Gathered) -> Actuals:
    """Actuals made elsewhere, against this plan; the same object where nothing had to change."""
    observations: list[Observation] = []
    for index, each in enumerate(actuals.observations):
        place = each.place or f"actuals.observations[{index}]"
        observation = gathered.attempt(place, partial(door.observation, each))
        observations.extend([] if observation is None else [observation])
    if not gathered.problems and all(map(operator.is_, observations, actuals.observations)):
        return actuals
    return _actuals(observations, gathered)


def _actuals(observations: list[Observation], gathered: Gathered) -> Actuals:
    """Actuals out of what could be read, unless something could not be."""
    actuals = gathered.attempt("", lambda: Actuals(observations=observations))
    gathered.finish(ActualsUnitError if gathered.only_units else ActualsError)
    return actuals or Actuals()


def _entries(source: Any, as_of: Period | None) -> Iterator[Entry | Problem]:
    if isinstance(source, Mapping):
        yield from _mapping(source, as_of)
    elif isinstance(source, Iterable) and not isinstance(source, str | bytes):
        yield from _records(source)
    else:
        yield Problem(
            place="actuals",
            expected="{indicator: {period: value}}, records, observations or Actuals",
            found=shown(source),
            hint="ipplan.read_actuals(path, plan) reads a file",
        )


def _mapping(source: Mapping[Any, Any], as_of: Period | None) -> Iterator[Entry | Problem]:
    for name, values in source.items():
        if isinstance(values, Mapping):
            for period, value in values.items():
                fields = {"indicator": name, "period": period, "value": value}
                yield Entry(fields=fields, place=f"actuals.{name}[{period}]")
        elif as_of is None:
            yield Problem(
                place=f"actuals.{name}",
                expected="{period: value}, or a value together with as_of",
                found=shown(values),
                hint="say as_of=2018, or which period the value is for",
            )
        else:
            fields = {"indicator": name, "period": as_of, "value": values}
            yield Entry(fields=fields, place=f"actuals.{name}")


def _records(source: Iterable[Any]) -> Iterator[Entry | Problem]:
    for index, record in enumerate(source):
        place = f"actuals[{index}]"
        if isinstance(record, Entry):
            yield record
        elif isinstance(record, Observation):
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
    return "" if value is None else getattr(value, "value", None) or str(value).strip()


def _in_unit(amount: units.Amount | None, indicator: Indicator | None) -> float | None:
    """The amount in the indicator's unit; None where one of the two is not known."""
    if amount is None or indicator is None:
        return None
    if amount.unit is None:
        return float(amount.number)
    return units.convert(amount.number, source=amount.unit, target=indicator.unit)


def _labels(indicator: Indicator) -> tuple[str, ...]:
    names = [name for name in (indicator.name.zh, indicator.name.en) if name]
    spellings = {indicator.unit, *(units.label(indicator.unit, lang) for lang in Lang)}
    with_unit = [f"{name}({unit})" for name in names for unit in spellings]
    return tuple(_folded(label) for label in (*names, *with_unit))


def _folded(name: str) -> str:
    """A name without the differences that typing makes: width, white space, case."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
