"""Units: a private pint registry of the plan's units, and strict reading of numbers that carry one.

Texts from outside are parsed, never evaluated: a number, then at most one spelling of one unit.
"""

from __future__ import annotations

import functools
import importlib.resources
import numbers
import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ipplan.errors import Problem, UnitError, near_hint, shown
from ipplan.text import Lang

if TYPE_CHECKING:
    from pint import UnitRegistry

__all__ = [
    "Amount",
    "convert",
    "counts_things",
    "finite",
    "kind",
    "label",
    "of_quantity",
    "read_amount",
    "registry",
    "unit_name",
]

_LONGEST = 64
_NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_AMOUNT = re.compile(rf"({_NUMBER})\s*(.*)", re.DOTALL)
_NOT_A_UNIT = re.compile(r"[,，*^/()+._-]|\d|[eE][+-]?\d")
_READER_WORDS = {
    "percent": ("%", "%"),
    "item": ("件", "number"),
    "unit": ("个", "number"),
    "institution": ("家", "number"),
    "entry": ("项", "number"),
}
"""Where a reader's word is not the registry's: English has no measure words for counting."""
_THINGS = frozenset({"item", "unit", "institution", "entry", "time", "person"})
"""What comes in whole numbers only; ten thousand items may well be 2.24."""
_PERCENT = {"%": "percent", "％": "percent"}
_LARGEST_EXPONENT = 300
_LARGEST = Fraction(10**_LARGEST_EXPONENT)
_SMALLEST = 1 / _LARGEST
_SIZES = (
    f"numbers are 0, or larger than 1e-{_LARGEST_EXPONENT} and smaller than 1e{_LARGEST_EXPONENT}"
)
_APPROXIMATE = re.compile(r"约|大概|左右|多|余|近|超|~|≈")
_ABSENT = re.compile(r"[-—–―/]*|[+-]?(?:nan|inf|infinity)|n/?a|none|null|无|暂无", re.IGNORECASE)
_LEAVE_OUT = "leave out what was not published"
_HINTS = (
    (_ABSENT, _LEAVE_OUT),
    (re.compile(r".*[0-9][,,][0-9].*"), "write it without separators: 1000, not 1,000"),
    (
        re.compile(rf".*(?:{_APPROXIMATE.pattern}).*"),
        "write the number alone; such words go in a note",
    ),
    (re.compile(r".*[0-9][eE][+-]?[0-9].*"), "write it out in digits, without an exponent"),
    (re.compile(r".*[*^/()+].*"), "one number and one unit; nothing is calculated"),
    (re.compile(r".*"), "write digits 0-9 and a decimal point, then the unit, if any"),
)


@frozen(kw_only=True)
class Amount:
    """A number as it was written, exactly, and the unit written after it (None: no unit)."""

    number: Fraction
    unit: str | None = None


def read_amount(text: str) -> Amount:
    """The number and the unit of a text like `22.4 亿元`; the unit is its registry name.

    Raises UnitError for anything but one number and at most one known unit: no thousands
    separators, no exponents, no operators, at most 64 characters.

    >>> read_amount("22.4 亿元")
    Amount(number=Fraction(112, 5), unit='hundred_million_yuan')
    >>> read_amount("9**9**9")
    Traceback (most recent call last):
    ipplan.errors.UnitError: expected a number, with a unit or without, found '9**9**9' (one \
number and one unit; nothing is calculated)
    """
    stripped = text.strip()
    if len(stripped) > _LONGEST:
        raise _unreadable(text, f"at most {_LONGEST} characters")
    match = _AMOUNT.fullmatch(stripped)
    if match is None:
        raise _unreadable(text, _hint(stripped))
    number, unit = match.groups()
    if not unit:
        return Amount(number=Fraction(number))
    if _NOT_A_UNIT.match(unit) or _APPROXIMATE.search(unit):
        raise _unreadable(text, _hint(stripped))
    return Amount(number=Fraction(number), unit=unit_name(unit))


def unit_name(spelling: str) -> str:
    """The registry's name for a spelling of a unit, in Chinese or English, in any case.

    >>> unit_name("万元"), unit_name("Hundred million yuan"), unit_name("%")
    ('ten_thousand_yuan', 'hundred_million_yuan', 'percent')
    >>> unit_name("furlong")
    Traceback (most recent call last):
    ipplan.errors.UnitError: expected a unit that ipplan knows, found 'furlong'
    """
    name = _spellings().get(_folded(spelling)) if len(spelling) <= _LONGEST else None
    if name is None:
        raise UnitError(
            Problem(
                expected="a unit that ipplan knows",
                found=shown(spelling),
                hint=near_hint(spelling, _spellings()),
            )
        )
    return name


def label(unit: str, lang: Lang = Lang.ZH) -> str:
    """A unit as a reader of the language writes it.

    >>> label("亿元", Lang.EN), label("hundred_million_yuan", Lang.ZH), label("%", Lang.EN)
    ('hundred million yuan', '亿元', '%')
    """
    name = unit_name(unit)
    if name in _READER_WORDS:
        chinese, english = _READER_WORDS[name]
        return chinese if lang is Lang.ZH else english
    return _symbols()[name] if lang is Lang.ZH else name.replace("_", " ")


def counts_things(unit: str) -> bool:
    """Whether a unit counts what comes in whole numbers: things, persons, occurrences.

    >>> counts_things("个"), counts_things("万件"), counts_things("亿元")
    (True, False, False)
    """
    return unit_name(unit) in _THINGS


def convert(number: Fraction | float, *, source: str, target: str) -> float:
    """A number in unit `source` as a float in unit `target`; both are spellings or names.

    The arithmetic is exact and rounded once, at the end; a float counts as the decimal number that
    it prints as. Raises UnitError, naming both units, where one does not convert into the other.

    >>> convert(224000.0, source="万元", target="亿元")
    22.4
    >>> convert(3, source="件", target="元")
    Traceback (most recent call last):
    ipplan.errors.UnitError: expected an amount in yuan (元), found one in item (件)
    """
    converted = finite(number) * _factor(unit_name(source), unit_name(target))
    return float(_sized(converted, number))


def factor(source: str, target: str) -> Fraction:
    """What a number in one unit is multiplied by, exactly, to be in another one.

    >>> factor("万元", "亿元")
    Fraction(1, 10000)
    """
    return _factor(unit_name(source), unit_name(target))


def kind(unit: str) -> str:
    """What a unit measures; units of one kind convert into each other, others never do.

    >>> kind("万元"), kind("家"), kind("%")
    ('money', 'count', 'share')
    """
    (dimension,) = registry().Unit(unit_name(unit)).dimensionality
    return dimension.strip("[]")


def spellings_like(unit: str) -> tuple[str, ...]:
    """Every spelling of every unit that converts into another one.

    >>> spellings_like("万元")[:3]
    ('yuan', '元', 'CNY')
    """
    own = kind(unit)
    alike = [name for name in _names() if kind(name) == own]
    spellings = (spelling for name in alike for spelling in (name, *_names()[name]))
    signs = (sign for sign, name in _PERCENT.items() if name in alike)
    return tuple(dict.fromkeys((*(each for each in spellings if each != "_"), *signs)))


def of_quantity(quantity: Any) -> Amount | None:
    """The amount that a pint quantity of any registry stands for; None for another object."""
    if not hasattr(quantity, "magnitude") or not hasattr(quantity, "unit_items"):
        return None
    number = finite(quantity.magnitude)
    items = [*quantity.unit_items()]
    if not items:
        raise UnitError(
            Problem(
                expected="a quantity with a unit",
                found=shown(quantity.magnitude),
                hint="a dimensionless 0.85 may mean 0.85 % or 85 %: give a number instead",
            )
        )
    spelled = " * ".join(name if power == 1 else f"{name} ** {power}" for name, power in items)
    return Amount(number=number, unit=unit_name(spelled))


def finite(value: object) -> Fraction:
    """A finite number of any numeric type, exactly; a float counts as the decimal it prints as.

    Raises UnitError for what is not a number (True and False among them), NaN and infinity.
    """
    if isinstance(value, bool):
        raise _unreadable(value, "")
    if isinstance(value, numbers.Rational):
        return _sized(Fraction(int(value.numerator), int(value.denominator)), value)
    if isinstance(value, Decimal):
        decimal = value
    elif isinstance(value, numbers.Real):
        decimal = Decimal(repr(float(value)))
    else:
        raise _unreadable(value, "")
    if not decimal.is_finite():
        raise _unreadable(value, _LEAVE_OUT)
    if decimal and abs(decimal.adjusted()) > _LARGEST_EXPONENT:
        raise _unreadable(value, _SIZES)  # before a number of that many digits is made of it
    return _sized(Fraction(decimal), value)


def _sized(number: Fraction, written: object) -> Fraction:
    """The number, if a float can hold it."""
    if number and not _SMALLEST < abs(number) < _LARGEST:
        raise _unreadable(written, _SIZES)
    return number


@functools.cache
def registry() -> UnitRegistry[Fraction]:
    """The private pint registry, for callers who want quantities; pint is imported here, once.

    >>> print(registry().Quantity(224000, "万元").to("亿元"))
    112/5 hundred_million_yuan
    """
    from pint import UnitRegistry

    made: UnitRegistry[Fraction] = UnitRegistry(None, non_int_type=Fraction, cache_folder=None)
    made.load_definitions(_definitions().splitlines())
    return made


@functools.lru_cache(maxsize=256)
def _factor(source: str, target: str) -> Fraction:
    if source == target:
        return Fraction(1)
    from pint import DimensionalityError

    try:
        magnitude = registry().Quantity(Fraction(1), source).m_as(target)
    except DimensionalityError:
        raise UnitError(
            Problem(
                expected=f"an amount in {_both(target)}",
                found=f"one in {_both(source)}",
            )
        ) from None
    return Fraction(magnitude)


def _both(unit: str) -> str:
    return "%" if unit == "percent" else f"{unit.replace('_', ' ')} ({label(unit)})"


@functools.cache
def _definitions() -> str:
    return importlib.resources.files("ipplan").joinpath("units.txt").read_text("utf-8")


@functools.cache
def _names() -> dict[str, tuple[str, ...]]:
    """Each unit's name and its spellings, symbol first, read off the definitions.

    Read here, and not asked of pint, so that a plan loads without importing pint.
    """
    lines = (line.split("#")[0] for line in _definitions().splitlines())
    parts = ([part.strip() for part in line.split("=")] for line in lines if "=" in line)
    return {name: tuple(spellings) for name, _definition, *spellings in parts}


@functools.cache
def _spellings() -> dict[str, str]:
    known = {_folded(name): name for name in _names()}
    for name, spellings in _names().items():
        known |= {_folded(spelling): name for spelling in spellings if spelling != "_"}
    return known | _PERCENT


@functools.cache
def _symbols() -> dict[str, str]:
    return {name: spellings[0] for name, spellings in _names().items()}


def _folded(spelling: str) -> str:
    return "_".join(spelling.split()).casefold()


def _hint(text: str) -> str:
    return next(hint for pattern, hint in _HINTS if pattern.fullmatch(text.replace("\n", " ")))


def _unreadable(value: object, hint: str) -> UnitError:
    return UnitError(
        Problem(expected="a number, with a unit or without", found=shown(value), hint=hint)
    )
