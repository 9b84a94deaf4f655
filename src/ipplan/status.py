"""Status: the word for a result, from the progress words or the final words, never both."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, TypeAlias

from attrs import Attribute, field, frozen

from ipplan.choices import choose
from ipplan.errors import ModelError, Problem, shown
from ipplan.model.bound import same
from ipplan.model.fields import as_float, as_tuple, each_is, finite, is_a, refuse, snake_case
from ipplan.text import Text

__all__ = [
    "ARROWS",
    "DELIVERABLES",
    "FISCAL",
    "STATCAN",
    "STATCAN_WITHOUT_TARGET",
    "AnyStatus",
    "Band",
    "Graded",
    "Status",
    "StatusClass",
    "StatusScale",
    "Thresholds",
    "final_status",
    "progress_status",
]


_THRESHOLD_NOISE = 1e-9


def _hex_colour(_instance: object, attribute: Attribute[Any], value: object) -> None:
    if not isinstance(value, str) or not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        raise ModelError(
            Problem(place=attribute.name, expected="a colour like #0072B2", found=shown(value))
        )


def _one_symbol(_instance: object, attribute: Attribute[Any], value: object) -> None:
    if not isinstance(value, str) or len(value) != 1 or not value.isprintable():
        raise ModelError(
            Problem(place=attribute.name, expected="one printable character", found=shown(value))
        )


class Status(enum.Enum):
    """The words: four for a plan on its way (进度), five for a target that is due (完成)."""

    ACHIEVED_EARLY = "achieved_early"
    AHEAD = "ahead"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    EXCEEDED = "exceeded"
    MET = "met"
    NEARLY_MET = "nearly_met"
    NOT_MET = "not_met"
    OVERDUE = "overdue"

    @property
    def text(self) -> Text:
        """The word in Chinese and English."""
        return _TEXTS[self]


_TEXTS = {
    Status.ACHIEVED_EARLY: Text(zh="提前实现", en="achieved early"),
    Status.AHEAD: Text(zh="快于预期", en="ahead"),
    Status.ON_TRACK: Text(zh="基本符合预期", en="on track"),
    Status.BEHIND: Text(zh="滞后", en="behind"),
    Status.EXCEEDED: Text(zh="超额完成", en="exceeded"),
    Status.MET: Text(zh="完成", en="met"),
    Status.NEARLY_MET: Text(zh="基本完成", en="nearly met"),
    Status.NOT_MET: Text(zh="未完成", en="not met"),
    Status.OVERDUE: Text(zh="逾期未完成", en="not met, overdue"),
}


@frozen(kw_only=True)
class StatusClass:
    """One class of a scale of one's own: a word, a colour and a symbol, never a colour alone."""

    id: str = field(validator=snake_case)
    text: Text = field(validator=is_a(Text))
    colour: str = field(validator=_hex_colour)
    symbol: str = field(validator=_one_symbol)

    @property
    def value(self) -> str:
        """The id, as results write it."""
        return self.id


@frozen(kw_only=True)
class Band:
    """A class and the value from which it applies, that value included or not."""

    status: StatusClass = field(validator=is_a(StatusClass))
    threshold: float = field(converter=as_float, validator=finite)
    inclusive: bool = field(default=True, validator=is_a(bool))

    def reached_by(self, value: float) -> bool:
        """Whether the value is in the band or above; equal within 1e-9 counts as equal."""
        if abs(value - self.threshold) <= _THRESHOLD_NOISE:
            return self.inclusive
        return value > self.threshold


AnyStatus: TypeAlias = Status | StatusClass
"""A word of the library's own two vocabularies, or a class of a scale."""


def _bands(values: Iterable[Band]) -> tuple[Band, ...]:
    return as_tuple(values)


def _rising(_instance: object, attribute: Attribute[Any], bands: tuple[Band, ...]) -> None:
    refuse(
        Problem(
            place=f"{attribute.name}[{index}].threshold",
            expected=f"more than {before.threshold:g}, the one before",
            found=f"{after.threshold:g}",
        )
        for index, (before, after) in enumerate(pairwise(bands), 1)
        if after.threshold <= before.threshold
    )


class Graded(enum.Enum):
    """What a scale's thresholds are compared with."""

    VALUE = "value"
    """The rule's value: an attainment, a growth, a pace."""
    SCORE = "score"
    """The score that it earned."""


def _graded(value: Graded | str) -> Graded:
    return choose(Graded, value, place="graded")


@frozen(kw_only=True)
class StatusScale:
    """Classes by threshold, lowest first, with `below` for what reaches none of them.

    `achieved`, where there is one, overrides all others once the final target holds. `graded` says
    whether thresholds are of the rule's value or of the score.

    >>> STATCAN.of(0.9).id, STATCAN.of(-0.2).id, STATCAN.of(0.9, achieved=True).id
    ('moderate_progress', 'deterioration', 'target_achieved')
    """

    name: str = field(validator=snake_case)
    below: StatusClass = field(validator=is_a(StatusClass))
    bands: tuple[Band, ...] = field(converter=_bands, validator=[each_is(Band), _rising])
    achieved: StatusClass | None = field(default=None, validator=is_a(StatusClass, type(None)))
    graded: Graded = field(default=Graded.VALUE, converter=_graded)

    def of(self, value: float, *, achieved: bool = False) -> StatusClass:
        """The class of a value; `achieved` says that the target holds."""
        if achieved and self.achieved is not None:
            return self.achieved
        reached = [band.status for band in self.bands if band.reached_by(value)]
        return reached[-1] if reached else self.below


@frozen(kw_only=True)
class Thresholds:
    """The attainments from which a word applies, inclusive.

    No source publishes these for the progress words; they are this library's choice and printed
    with every result. Nearly met from 0.9 follows Hangzhou's grading of deliverables.
    """

    ahead: float = field(default=1.05, converter=as_float, validator=finite)
    on_track: float = field(default=0.95, converter=as_float, validator=finite)
    nearly_met: float = field(default=0.9, converter=as_float, validator=finite)

    def __attrs_post_init__(self) -> None:
        if self.on_track >= self.ahead:
            raise ModelError(
                Problem(
                    place="on_track",
                    expected=f"less than ahead, {self.ahead}",
                    found=shown(self.on_track),
                )
            )
        if self.nearly_met > 1.0:
            raise ModelError(
                Problem(place="nearly_met", expected="at most 1", found=shown(self.nearly_met))
            )


def progress_status(attainment: float, *, target_met_early: bool, thresholds: Thresholds) -> Status:
    """The word while the plan runs; `target_met_early`: the final bound holds before it is due.

    >>> progress_status(1.0, target_met_early=False, thresholds=Thresholds())
    <Status.ON_TRACK: 'on_track'>
    """
    if target_met_early:
        return Status.ACHIEVED_EARLY
    if _reaches(attainment, thresholds.ahead):
        return Status.AHEAD
    return Status.ON_TRACK if _reaches(attainment, thresholds.on_track) else Status.BEHIND


def final_status(
    attainment: float | None, *, met: bool, can_exceed: bool, overdue: bool, thresholds: Thresholds
) -> Status:
    """The word at the target's own period, and after it (`overdue`).

    `met` is what the bound says; attainment, where there is one, only grades how far beyond it or
    short of it.

    >>> final_status(1.0, met=False, can_exceed=True, overdue=False, thresholds=Thresholds())
    <Status.NEARLY_MET: 'nearly_met'>
    """
    if met:
        exceeded = attainment is not None and can_exceed and _beyond(attainment)
        return Status.EXCEEDED if exceeded else Status.MET
    if overdue:
        return Status.OVERDUE
    nearly = attainment is not None and _reaches(attainment, thresholds.nearly_met)
    return Status.NEARLY_MET if nearly else Status.NOT_MET


def _reaches(attainment: float, threshold: float) -> bool:
    return attainment >= threshold or same(attainment, threshold)


def _beyond(attainment: float) -> bool:
    return attainment > 1.0 and not same(attainment, 1.0)


# The palette of Okabe and Ito (2008), which readers with any colour vision can tell apart.
_BLUE, _GREEN, _SKY, _ORANGE, _VERMILION = "#0072B2", "#009E73", "#56B4E9", "#E69F00", "#D55E00"


def _class(id: str, zh: str, en: str, colour: str, symbol: str) -> StatusClass:
    return StatusClass(id=id, text=Text(zh=zh, en=en), colour=colour, symbol=symbol)


_STATCAN_CLASSES = (
    _class("deterioration", "恶化", "deterioration", _VERMILION, "▼"),
    _class("limited_progress", "进展有限", "limited progress", _ORANGE, "◔"),
    _class("moderate_progress", "进展一般", "moderate progress", _SKY, "◑"),
    _class("substantial_progress", "进展显著", "substantial progress", _GREEN, "●"),
)


def _statcan(name: str, thresholds: tuple[float, float, float]) -> StatusScale:
    below, *others = _STATCAN_CLASSES
    return StatusScale(
        name=name,
        below=below,
        bands=[
            Band(status=status, threshold=threshold)
            for status, threshold in zip(others, thresholds, strict=True)
        ],
        achieved=_class("target_achieved", "目标已实现", "target achieved", _BLUE, "★"),
    )


STATCAN = _statcan("statcan", (0.0, 0.60, 0.95))
"""Statistics Canada's classes of the growth ratio; a target achieved overrides them all."""

STATCAN_WITHOUT_TARGET = _statcan("statcan_without_target", (0.0, 0.005, 0.015))
"""Statistics Canada's classes of yearly growth, where there is no target."""

ARROWS = StatusScale(
    name="arrows",
    below=_class("decreasing", "倒退", "decreasing", _VERMILION, "↓"),
    bands=[
        Band(status=_class("stagnating", "停滞", "stagnating", _ORANGE, "→"), threshold=0.0),
        Band(
            status=_class("improving", "有所改善", "moderately improving", _SKY, "↗"), threshold=0.5
        ),
        Band(status=_class("on_track", "按期推进", "on track", _GREEN, "↑"), threshold=1.0),
    ],
    achieved=_class("achieved", "已实现", "achieved", _GREEN, "↑"),
)
"""SDSN's arrows for the pace; who is green already keeps the arrow up."""

FISCAL = StatusScale(
    name="fiscal",
    graded=Graded.SCORE,
    below=_class("poor", "差", "poor", _VERMILION, "▼"),
    bands=[
        Band(status=_class("fair", "中", "fair", _ORANGE, "◔"), threshold=60.0),
        Band(status=_class("good", "良", "good", _SKY, "◑"), threshold=80.0),
        Band(status=_class("excellent", "优", "excellent", _GREEN, "●"), threshold=90.0),
    ],
)
"""Grades of fiscal performance (绩效评价), of a score from 0 to 100."""

DELIVERABLES = StatusScale(
    name="deliverables",
    below=_class("none", "未完成", "not done", _VERMILION, "▼"),
    bands=[
        Band(status=_class("little", "少量完成", "little", _VERMILION, "◔"), threshold=0.2),
        Band(status=_class("partly", "部分完成", "partly", _ORANGE, "◑"), threshold=0.5),
        Band(status=_class("basically", "基本完成", "basically", _SKY, "◕"), threshold=0.9),
        Band(status=_class("fully", "完成", "fully", _GREEN, "●"), threshold=1.0),
    ],
)
"""Hangzhou's grades of what was to be delivered, by the share delivered."""
