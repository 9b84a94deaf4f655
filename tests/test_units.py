"""Units: every spelling in both languages, exact conversion, and texts that are never evaluated."""

import math
import time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import pint
import pytest

from ipplan import Lang, UnitError
from ipplan.units import (
    Amount,
    _names,
    convert,
    counts_things,
    finite,
    kind,
    label,
    of_quantity,
    read_amount,
    registry,
    unit_name,
)
from tests.strategies import DIMENSIONS

SPELLINGS = {
    "yuan": ("元", "CNY", "RMB", "人民币元"),
    "ten_thousand_yuan": ("万元", "ten_thousand_CNY"),
    "million_yuan": ("百万元", "million_CNY"),
    "hundred_million_yuan": ("亿元", "hundred_million_CNY"),
    "billion_yuan": ("十亿元", "billion_CNY"),
    "item": ("件", "items", "piece", "pieces"),
    "unit": ("个", "units", "number"),
    "institution": ("家", "institutions", "firm", "firms"),
    "entry": ("项", "entries"),
    "ten_thousand_items": ("万件",),
    "time": ("次", "times", "occurrence", "occurrences"),
    "person": ("人", "people", "persons"),
    "ten_thousand_people": ("万人", "ten_thousand_persons"),
    "percent": ("%", "％", "per_cent", "百分之"),
    "percentage_point": ("百分点", "个百分点", "percentage_points", "pp"),
    "no_unit": ("无单位", "index", "points"),
    "international_dollar": ("国际元", "PPP_dollar", "PPP_dollars"),
    "year": ("年", "years"),
}
PAIRS = [(text, name) for name, texts in SPELLINGS.items() for text in (name, *texts)]


@pytest.mark.parametrize(("spelling", "name"), PAIRS)
def test_every_spelling_names_its_unit(spelling: str, name: str) -> None:
    assert unit_name(spelling) == name


def test_the_spellings_above_are_all_that_the_definitions_have() -> None:
    defined = {name: {text for text in texts if text != "_"} for name, texts in _names().items()}
    assert defined == {name: {*texts} - {"%", "％"} for name, texts in SPELLINGS.items()}


@pytest.mark.parametrize(("spelling", "name"), [each for each in PAIRS if each[0] not in "%％"])
def test_the_registry_reads_the_spellings_alike(spelling: str, name: str) -> None:
    assert str(registry().Unit(spelling)) == name


@pytest.mark.parametrize(
    "spelling", ["Hundred million yuan", "HUNDRED_MILLION_YUAN", " hundred  million yuan ", " 亿元"]
)
def test_case_and_white_space_do_not_count(spelling: str) -> None:
    assert unit_name(spelling) == "hundred_million_yuan"


@pytest.mark.parametrize("spelling", ["furlong", "", "_", "元/年", "yuan*2", "meter", "万圆"])
def test_an_unknown_unit_is_refused(spelling: str) -> None:
    with pytest.raises(UnitError, match="expected a unit that ipplan knows, found"):
        unit_name(spelling)


def test_an_unknown_unit_lists_the_near_ones() -> None:
    with pytest.raises(UnitError, match=r"found 'pecent' \(near: percent"):
        unit_name("pecent")


@pytest.mark.parametrize(
    ("unit", "zh", "en"),
    [
        ("yuan", "元", "yuan"),
        ("亿元", "亿元", "hundred million yuan"),
        ("firms", "家", "number"),
        ("%", "%", "%"),
        ("百分之", "%", "%"),
        ("pp", "百分点", "percentage point"),
    ],
)
def test_a_label_is_what_readers_of_the_language_write(unit: str, zh: str, en: str) -> None:
    assert (label(unit, Lang.ZH), label(unit, Lang.EN)) == (zh, en)


def test_a_label_comes_in_chinese_unless_asked() -> None:
    assert label("year") == "年"


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("39", Fraction(39), None),
        ("+39", Fraction(39), None),
        ("-0.5", Fraction(-1, 2), None),
        (".5", Fraction(1, 2), None),
        ("5.", Fraction(5), None),
        (" 39\n", Fraction(39), None),
        ("22.4 亿元", Fraction(112, 5), "hundred_million_yuan"),
        ("22.4亿元", Fraction(112, 5), "hundred_million_yuan"),
        ("22.4\t亿元", Fraction(112, 5), "hundred_million_yuan"),
        ("224000 万元", Fraction(224000), "ten_thousand_yuan"),
        ("3 hundred million yuan", Fraction(3), "hundred_million_yuan"),
        ("85%", Fraction(85), "percent"),
        ("85 ％", Fraction(85), "percent"),
        ("1.5 个百分点", Fraction(3, 2), "percentage_point"),
        ("3 Firms", Fraction(3), "institution"),
        ("0.1", Fraction(1, 10), None),
    ],
)
def test_a_text_is_a_number_and_at_most_one_unit(
    text: str, number: Fraction, unit: str | None
) -> None:
    assert read_amount(text) == Amount(number=number, unit=unit)


NOTHING = "leave out what was not published"
SEPARATORS = "write it without separators: 1000, not 1,000"
WORDS = "write the number alone; such words go in a note"
EXPONENT = "write it out in digits, without an exponent"
CALCULATED = "one number and one unit; nothing is calculated"
DIGITS = "write digits 0-9 and a decimal point, then the unit, if any"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        *((text, NOTHING) for text in ("", "  ", "-", "—", "——", "–", "/", "nan", "NaN", "inf")),
        *((text, NOTHING) for text in ("-inf", "+Infinity", "n/a", "N/A", "None", "null", "无")),
        ("暂无", NOTHING),
        *((text, SEPARATORS) for text in ("1,000", "1,000 元", "1,234,567.8", "12,5")),
        *((text, WORDS) for text in ("约20", "20左右", "20 余", "近20", "超20", "~20", "≈ 20")),
        *((text, WORDS) for text in ("20多", "大概20件", "20 左右 件")),
        *((text, EXPONENT) for text in ("1e5", "1E-5", "2e3 元")),
        *((text, CALCULATED) for text in ("9**9**9", "2+3", "(3)", "1/2", "2^10", "3*4 元")),
        *((text, DIGITS) for text in ("３", "٣", "三", "元", "--5", "1 000", "1_000", "3 -", "x")),
    ],
)
def test_any_other_text_is_refused_with_what_to_write(text: str, hint: str) -> None:
    with pytest.raises(UnitError) as caught:
        read_amount(text)
    (problem,) = caught.value.problems
    assert problem.expected == "a number, with a unit or without"
    assert problem.found == repr(text)
    assert problem.hint == hint


@pytest.mark.parametrize(
    "text", ["3 furlong", "3 件 件", "0x10", "22.4亿元*2", "3 元/年", "3 __import__('os')"]
)
def test_a_number_with_something_that_is_no_unit_is_refused(text: str) -> None:
    with pytest.raises(UnitError):
        read_amount(text)


@pytest.mark.parametrize(
    "text",
    [
        "9**9**9",
        pytest.param("9" * 10_000, id="digits"),
        pytest.param("元" * 10_000, id="letters"),
        pytest.param("1" + " " * 10_000 + "x", id="spaces"),
        pytest.param("9**" * 5_000 + "9", id="powers"),
    ],
)
def test_a_hostile_text_is_refused_at_once(text: str) -> None:
    started = time.perf_counter()
    with pytest.raises(UnitError):
        read_amount(text)
    assert time.perf_counter() - started < 1.0


def test_a_text_has_at_most_64_characters() -> None:
    assert read_amount("1" * 64).number == int("1" * 64)
    with pytest.raises(UnitError, match="at most 64 characters"):
        read_amount("1" * 65)


def test_a_hostile_unit_is_refused_at_once() -> None:
    started = time.perf_counter()
    with pytest.raises(UnitError, match="expected a unit that ipplan knows"):
        unit_name("元" * 10_000)
    assert time.perf_counter() - started < 1.0


@pytest.mark.parametrize(
    ("number", "source", "target", "converted"),
    [
        (22.4, "亿元", "亿元", 22.4),
        (224000, "万元", "亿元", 22.4),
        (224000.0, "ten_thousand_yuan", "hundred_million_CNY", 22.4),
        (Fraction(112, 5), "亿元", "万元", 224000.0),
        (Decimal("0.1"), "十亿元", "百万元", 100.0),
        (1.1, "亿元", "元", 110000000.0),
        (5, "家", "个", 5.0),
        (5, "项", "件", 5.0),
        (1.58, "万件", "件", 15800.0),
        (1.2, "万人", "人", 12000.0),
    ],
)
def test_conversion_is_exact(number: Any, source: str, target: str, converted: float) -> None:
    assert convert(number, source=source, target=target) == converted


@pytest.mark.parametrize("text", ["22.4 亿元", "224000 万元", "2240000000 元", "2.24 十亿元"])
def test_one_amount_in_many_units_is_one_figure(text: str) -> None:
    amount = read_amount(text)
    assert convert(amount.number, source=amount.unit or "", target="亿元") == 22.4


def test_a_count_for_money_is_refused_naming_both_units() -> None:
    amount = read_amount("3 件")
    with pytest.raises(UnitError, match=r"in yuan \(元\), found one in item \(件\)"):
        convert(amount.number, source=amount.unit or "", target="元")


def test_a_unit_of_one_name_in_both_languages_is_named_once() -> None:
    with pytest.raises(UnitError, match=r"in percentage point \(百分点\), found one in %$"):
        convert(3, source="%", target="百分点")


@pytest.mark.parametrize("target", DIMENSIONS)
@pytest.mark.parametrize("source", DIMENSIONS)
def test_only_units_of_one_dimension_convert(source: str, target: str) -> None:
    units = {"source": DIMENSIONS[source][-1], "target": DIMENSIONS[target][0]}
    if source == target:
        assert convert(1, **units) >= 1.0
    else:
        with pytest.raises(UnitError, match="expected an amount in"):
            convert(1, **units)


@pytest.mark.parametrize("unit", ["no_unit", "international_dollar"])
@pytest.mark.parametrize("other", ["个", "元", "%", "年", "次"])
def test_plain_figures_and_international_dollars_convert_into_nothing_else(
    unit: str, other: str
) -> None:
    assert convert(3, source=unit, target=unit) == 3.0
    for source, target in ((unit, other), (other, unit)):
        with pytest.raises(UnitError, match="expected an amount in"):
            convert(3, source=source, target=target)


@pytest.mark.parametrize("source", ["亿元", "元"])
def test_a_figure_too_large_for_a_float_is_refused(source: str) -> None:
    with pytest.raises(UnitError):
        convert(Fraction(10) ** 309, source=source, target="元")


def test_a_figure_that_conversion_makes_too_large_is_refused() -> None:
    with pytest.raises(UnitError):
        convert(9e299, source="十亿元", target="元")


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        (3, Fraction(3)),
        (0, Fraction(0)),
        (0.1, Fraction(1, 10)),
        (-2.5, Fraction(-5, 2)),
        (0.0, Fraction(0)),
        (Fraction(1, 3), Fraction(1, 3)),
        (Decimal("22.4"), Fraction(112, 5)),
        (np.int64(7), Fraction(7)),
        (np.float64(0.1), Fraction(1, 10)),
        (np.float32(0.5), Fraction(1, 2)),
        (1e299, Fraction(10) ** 299),
        (1e-299, Fraction(1, 10**299)),
    ],
)
def test_a_number_of_any_type_counts_as_it_prints(value: object, exact: Fraction) -> None:
    assert finite(value) == exact


@pytest.mark.parametrize("value", [True, False, None, "3", [3], 3 + 0j, object()])
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(UnitError, match="expected a number, with a unit or without, found"):
        finite(value)


@pytest.mark.parametrize(
    "value",
    [math.nan, math.inf, -math.inf, Decimal("NaN"), Decimal("-Infinity"), np.float64("nan")],
)
def test_nan_and_infinity_are_refused(value: object) -> None:
    with pytest.raises(UnitError, match="leave out what was not published"):
        finite(value)


@pytest.mark.parametrize(
    "value", [1e300, -1e300, 10**300, -(10**300), Decimal("1e300"), Decimal("1e999999")]
)
def test_a_number_too_large_to_calculate_with_is_refused(value: object) -> None:
    with pytest.raises(UnitError, match="smaller than 1e300"):
        finite(value)


@pytest.mark.parametrize("value", [1e-301, Decimal("1e-999999"), Fraction(1, 10**400)])
def test_a_number_too_small_to_calculate_with_is_refused(value: object) -> None:
    with pytest.raises(UnitError, match=r"too small|larger than 1e-300"):
        finite(value)


def test_an_amount_is_frozen_and_keyword_only() -> None:
    amount = Amount(number=Fraction(3), unit="yuan")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        amount.unit = "item"  # type: ignore[misc]
    with pytest.raises(TypeError):
        Amount(Fraction(3), "yuan")  # type: ignore[misc]


@pytest.fixture(scope="module")
def foreign() -> pint.UnitRegistry[Any]:
    """A caller's own registry, with units of the same names."""
    made: pint.UnitRegistry[Any] = pint.UnitRegistry()
    made.define("yuan = [money] = 元")
    made.define("ten_thousand_yuan = 10000 * yuan = 万元")
    return made


def test_a_foreign_quantity_is_an_amount(foreign: pint.UnitRegistry[Any]) -> None:
    amount = of_quantity(foreign.Quantity(224000, "万元"))
    assert amount == Amount(number=Fraction(224000), unit="ten_thousand_yuan")


def test_a_foreign_percentage_is_an_amount(foreign: pint.UnitRegistry[Any]) -> None:
    amount = of_quantity(foreign.Quantity(0.85, "percent"))
    assert amount == Amount(number=Fraction(17, 20), unit="percent")


def test_a_quantity_of_the_own_registry_is_an_amount() -> None:
    amount = of_quantity(registry().Quantity(Fraction(112, 5), "亿元"))
    assert amount == Amount(number=Fraction(112, 5), unit="hundred_million_yuan")


def test_a_quantity_without_a_unit_is_refused(foreign: pint.UnitRegistry[Any]) -> None:
    with pytest.raises(UnitError, match=r"a dimensionless 0.85 may mean 0.85 % or 85 %"):
        of_quantity(foreign.Quantity(0.85, ""))


@pytest.mark.parametrize("unit", ["meter", "yuan / year", "1 / yuan"])
def test_a_quantity_in_an_unknown_unit_is_refused(
    unit: str, foreign: pint.UnitRegistry[Any]
) -> None:
    with pytest.raises(UnitError, match="expected a unit that ipplan knows"):
        of_quantity(foreign.Quantity(3, unit))


@pytest.mark.parametrize("magnitude", [math.nan, math.inf, np.array([1.0, 2.0])])
def test_a_quantity_that_is_not_one_finite_number_is_refused(
    magnitude: Any, foreign: pint.UnitRegistry[Any]
) -> None:
    with pytest.raises(UnitError, match="expected a number"):
        of_quantity(foreign.Quantity(magnitude, "yuan"))


@pytest.mark.parametrize("value", [5, 5.0, "5 元", None, Fraction(5), np.array([5.0])])
def test_what_is_no_quantity_is_none(value: object) -> None:
    assert of_quantity(value) is None


def test_the_registry_is_one_object() -> None:
    assert registry() is registry()


def test_the_registry_is_not_the_application_registry() -> None:
    assert registry() is not pint.get_application_registry().get()


def test_the_application_registry_does_not_learn_the_units() -> None:
    registry()
    with pytest.raises(pint.UndefinedUnitError):
        pint.get_application_registry().Quantity(1, "亿元")


@pytest.mark.parametrize("unit", ["件", "个", "家", "项", "次", "人"])
def test_things_come_in_whole_numbers(unit: str) -> None:
    assert counts_things(unit)


@pytest.mark.parametrize("unit", ["万件", "万人", "元", "亿元", "%", "百分点", "无单位", "年"])
def test_amounts_and_shares_do_not(unit: str) -> None:
    assert not counts_things(unit)


def test_units_of_one_kind_convert_and_others_do_not() -> None:
    for source in _names():
        for target in _names():
            if kind(source) == kind(target):
                assert convert(1, source=source, target=target) > 0.0
            else:
                with pytest.raises(UnitError):
                    convert(1, source=source, target=target)
