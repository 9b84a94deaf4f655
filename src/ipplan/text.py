"""Text: bilingual labels, and figures as readers write them."""

from __future__ import annotations

import enum
import itertools
import math
import re

from attrs import field, frozen

from ipplan.choices import choose
from ipplan.errors import ModelError, Problem, shown

__all__ = ["Lang", "Text", "control_free", "exact", "figure", "fixed", "number_in"]

# Control characters have no place in a label; in a terminal some of them act (escape sequences).
# Half a surrogate pair cannot be written to any file.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


class Lang(enum.Enum):
    """The languages that labels and output come in."""

    ZH = "zh"
    EN = "en"


def control_free(text: str) -> bool:
    """Whether a text holds no control characters but line breaks and tabs.

    >>> control_free("文字"), control_free(chr(27))
    (True, False)
    """
    return _CONTROL.search(text) is None


def _label(value: object, attribute: str) -> str:
    if not isinstance(value, str):
        raise ModelError(Problem(place=attribute, expected="text", found=shown(value)))
    if not control_free(value):
        raise ModelError(
            Problem(
                place=attribute,
                expected="text without control characters",
                found=shown(value),
                hint="a line break or a tab may stand in a text, nothing else of that kind",
            )
        )
    return value.strip()


def _zh(value: object) -> str:
    return _label(value, "zh")


def _en(value: object) -> str:
    return _label(value, "en")


@frozen(kw_only=True)
class Text:
    """A label in Chinese (`zh`) and English (`en`); one of them may be empty, not both.

    >>> name = Text(zh="质押融资金额", en="Pledge financing")
    >>> name.zh
    '质押融资金额'
    >>> name.label("en")
    'Pledge financing'
    >>> Text(zh="财政投入").label("en")
    '财政投入'
    """

    zh: str = field(default="", converter=_zh)
    en: str = field(default="", converter=_en)

    def __attrs_post_init__(self) -> None:
        if not self.zh and not self.en:
            raise ModelError(Problem(expected="a text in zh, en or both", found="neither"))

    def label(self, lang: Lang | str = Lang.EN) -> str:
        """The label in `lang`, or in the other language where that one is empty."""
        chosen, other = (
            (self.zh, self.en)
            if choose(Lang, lang, place="lang") is Lang.ZH
            else (self.en, self.zh)
        )
        return chosen or other

    def __str__(self) -> str:
        return " / ".join(label for label in (self.zh, self.en) if label)


def figure(value: float, *, beside: float | None = None) -> str:
    """A number as a table shows it: whole, or with at least four significant digits; no exponent.

    More digits are shown where it would otherwise read like `beside`, a number that it is not.

    >>> figure(6000.0), figure(57.3333), figure(0.30769), figure(1234567.891)
    ('6000', '57.33', '0.3077', '1234567.89')
    >>> figure(5999.996, beside=6000.0)
    '5999.996'
    """
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    fewest = max(2, 3 - math.floor(math.log10(abs(value))))
    return _trimmed(_apart(value, fewest, beside))


def fixed(value: float, decimals: int, *, beside: float) -> str:
    """A number with that many decimals, or more where it would read like `beside` and is not.

    >>> fixed(76.923, 1, beside=100.0), fixed(99.99993, 1, beside=100.0)
    ('76.9', '99.9999')
    """
    return _apart(value, decimals, beside)


def exact(value: float) -> str:
    """A number in full, as few digits as read back to it; no exponent.

    >>> exact(22.4), exact(6000.0), exact(1.5e-7)
    ('22.4', '6000', '0.00000015')
    """
    shortest = repr(value).removesuffix(".0")
    if "e" not in shortest:
        return shortest
    from decimal import Decimal

    return f"{Decimal(shortest):f}"


def number_in(text: str) -> float:
    """The number that a text spells out; raises ModelError where it spells none.

    >>> number_in("0.6")
    0.6
    """
    try:
        return float(text)
    except ValueError:
        raise ModelError(Problem(expected="a number", found=shown(text))) from None


def _apart(value: float, fewest: int, beside: float | None) -> str:
    """The number with as many decimals, from `fewest` on, as tell it from another one."""
    for decimals in itertools.count(fewest):
        shown = f"{value:.{decimals}f}"
        if beside is None or value == beside or float(shown) != beside:
            break
    return shown


def _trimmed(digits: str) -> str:
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
