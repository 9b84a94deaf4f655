"""Labels in two languages, and figures as readers write them."""

import pickle

import attrs
import pytest
from hypothesis import given

from ipplan import Lang, ModelError, Text
from ipplan.testing import numbers
from ipplan.text import control_free, figure

BOTH = Text(zh="质押融资金额", en="Pledge financing")


@pytest.mark.parametrize(
    ("lang", "label"),
    [
        ("zh", "质押融资金额"),
        (Lang.ZH, "质押融资金额"),
        ("en", "Pledge financing"),
        (Lang.EN, "Pledge financing"),
    ],
)
def test_a_label_comes_in_the_language_asked_for(lang: Lang | str, label: str) -> None:
    assert BOTH.label(lang) == label


def test_a_label_comes_in_english_unless_asked() -> None:
    assert BOTH.label() == "Pledge financing"


def test_an_empty_english_label_is_replaced_by_the_chinese_one() -> None:
    assert Text(zh="财政投入").label("en") == "财政投入"


def test_an_empty_chinese_label_is_replaced_by_the_english_one() -> None:
    assert Text(en="Fiscal input").label("zh") == "Fiscal input"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ModelError, match="lang: expected one of zh, en, found 'fr'"):
        BOTH.label("fr")


@pytest.mark.parametrize(
    ("text", "string"),
    [
        (BOTH, "质押融资金额 / Pledge financing"),
        (Text(zh="财政投入"), "财政投入"),
        (Text(en="Fiscal input"), "Fiscal input"),
    ],
)
def test_the_string_has_the_languages_that_are_there(text: Text, string: str) -> None:
    assert str(text) == string


def test_labels_are_stripped() -> None:
    assert Text(zh=" 财政投入\n", en="\tFiscal input ") == Text(zh="财政投入", en="Fiscal input")


def test_a_line_break_and_a_tab_may_stand_inside() -> None:
    assert Text(en="one\n\ttwo").en == "one\n\ttwo"


@pytest.mark.parametrize("labels", [{}, {"zh": "", "en": ""}, {"zh": "  ", "en": "\n"}])
def test_one_language_is_needed(labels: dict[str, str]) -> None:
    with pytest.raises(ModelError, match="expected a text in zh, en or both, found neither"):
        Text(**labels)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("value", [None, 5, b"text", ["text"]])
def test_what_is_no_text_is_refused_by_its_name(lang: str, value: object) -> None:
    with pytest.raises(ModelError, match=f"^{lang}: expected text, found"):
        Text(**{lang: value})


CONTROLS = [
    *("\x00", "\x07", "\x08", "\x0b", "\r", "\x1b", "\x7f", "\x85", "\x9b"),
    *("\u2028", "\u2029", "\u202e", "\u2066"),
]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("control", CONTROLS)
def test_control_characters_are_refused_by_name(lang: str, control: str) -> None:
    with pytest.raises(ModelError, match=f"^{lang}: expected text without control characters"):
        Text(**{lang: f"a{control}b"})


@pytest.mark.parametrize("control", CONTROLS)
def test_a_text_with_a_control_character_is_not_control_free(control: str) -> None:
    assert not control_free(f"a{control}b")


@pytest.mark.parametrize("text", ["", "文字 text", "one\n\ttwo"])
def test_other_texts_are_control_free(text: str) -> None:
    assert control_free(text)


def test_half_a_surrogate_pair_is_refused_since_no_file_can_hold_it() -> None:
    with pytest.raises(ModelError, match=r"^en: expected text"):
        Text(en="a\ud800b")


def test_a_text_is_frozen() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        BOTH.en = "Other"  # type: ignore[misc]


def test_a_text_is_keyword_only() -> None:
    with pytest.raises(TypeError):
        Text("质押融资金额", "Pledge financing")  # type: ignore[misc]


def test_a_text_is_hashable_and_picklable() -> None:
    assert {BOTH, pickle.loads(pickle.dumps(BOTH))} == {BOTH}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (6000.0, "6000"),
        (-25.0, "-25"),
        (57.3333, "57.33"),
        (-57.3333, "-57.33"),
        (0.30769, "0.3077"),
        (0.00123456, "0.001235"),
        (0.1 + 0.2, "0.3"),
        (12.5, "12.5"),
        (999.9999, "1000"),
        (1234567.891, "1234567.89"),
        (1e15, "1000000000000000"),
        (1.5e15 + 0.5, "1500000000000000.5"),
        (1e22, "10000000000000000000000"),
        (1e-6, "0.000001"),
    ],
)
def test_a_figure_is_written_as_readers_write_it(value: float, shown: str) -> None:
    assert figure(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1.23456e-14, "0.00000000000001235"), (-1e-20, "-0.00000000000000000001")],
)
def test_a_tiny_figure_keeps_its_digits(value: float, shown: str) -> None:
    assert figure(value) == shown


@given(numbers())
def test_a_figure_keeps_four_significant_digits(value: float) -> None:
    assert float(figure(value)) == pytest.approx(value, rel=5e-4, abs=0.0)
    assert "e" not in figure(value)
