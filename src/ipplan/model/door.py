"""The door: what a reported figure or deliverable is checked against, before it counts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve, field, frozen

from ipplan import units
from ipplan.errors import ActualsError, Problem, UnknownIdError, listed, near, shown
from ipplan.model.catalog import Catalog
from ipplan.model.deliverable import Promise
from ipplan.model.delivery import DeliveryReport
from ipplan.model.indicator import Indicator
from ipplan.model.observation import Observation
from ipplan.periods import Period, PeriodLike
from ipplan.text import Lang, exact, figure

__all__ = ["YEARS_AROUND", "Door"]

YEARS_AROUND = 10
"""How many years before and after the plan a period may lie: history, and late reports."""


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
                else f"the plan has {listed(self.indicators)}",
            )
        )

    def spellings(self) -> dict[str, Indicator]:
        """Each id, and each name that only one indicator has."""
        found: dict[str, list[Indicator]] = {}
        for each in self.indicators.values():
            for name in {each.name.zh, each.name.en} - {"", None}:
                found.setdefault(name, []).append(each)
        known = {name: every[0] for name, every in found.items() if len(every) == 1}
        return known | dict(self.indicators)

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
        checked = _in_own_unit(given, indicator)
        problems = [*_contradiction(checked, indicator.quotient)]
        if problems:
            raise ActualsError(*problems)
        return checked

    def report(self, given: DeliveryReport) -> DeliveryReport:
        """The report, checked: of a deliverable of the plan, and not done before it could start."""
        promise = self.promised[given.deliverable]
        for each in (given.period, given.date):
            if each is not None:
                self.period(each)
        if given.date is not None and given.date.end < promise.start.start:
            raise ActualsError(
                Problem(
                    place="date",
                    expected=f"a date from {promise.start.start} on, when its phase starts",
                    found=str(given.date),
                )
            )
        return given


def _in_own_unit(given: Observation, indicator: Indicator) -> Observation:
    """The observation under the indicator's id and in its unit; the same object where it is so."""
    if given.indicator == indicator.id and given.unit == indicator.unit:
        return given
    value, written = given.value, given.written
    if given.unit and given.unit != indicator.unit:
        value = units.convert(given.value, source=given.unit, target=indicator.unit)
        written = written or f"{given.value:g} {given.unit}"
    return evolve(given, indicator=indicator.id, value=value, unit=indicator.unit, written=written)


def _contradiction(given: Observation, factor: float | None) -> Iterator[Problem]:
    """A quotient that is further from its parts than rounding takes it.

    That is by more than one in its last digit, and by more than half a percent. Denominators in
    another unit, or a growth taken for a share, would spoil a sum over regions unseen.
    """
    if factor is None or given.numerator is None or given.denominator is None:
        return
    numerator, denominator = map(units.finite, (given.numerator, given.denominator))
    value, decimals = units.finite(given.value), len(exact(given.value).partition(".")[2])
    quotient = numerator / denominator * units.finite(factor)
    if abs(quotient - value) > max(Fraction(1, 10**decimals), abs(value) / 200):
        over = f"{exact(given.numerator)} / {exact(given.denominator)} * {exact(factor)}"
        yield Problem(
            place="numerator",
            expected=f"parts of {exact(given.value)}, the value",
            found=f"{over}, which is {figure(float(quotient), beside=given.value)}",
            hint="is one of them in another unit, or the value a growth?",
        )


def _labels(indicator: Indicator) -> tuple[str, ...]:
    names = [name for name in (indicator.name.zh, indicator.name.en) if name]
    spellings = {indicator.unit, *(units.label(indicator.unit, lang) for lang in Lang)}
    with_unit = [f"{name}({unit})" for name in names for unit in spellings]
    return tuple(_folded(label) for label in (*names, *with_unit))


def _folded(name: str) -> str:
    """A name without the differences that typing makes: width, white space, case."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
