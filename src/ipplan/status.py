"""Status: the word for a result, as classes of a scale, each with a colour and a symbol."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, Final, TypeAlias

from attrs import Attribute, evolve, field, frozen

from ipplan.choices import choose
from ipplan.errors import ModelError, Problem, near_hint, one_of, shown
from ipplan.model.fields import (
    as_float,
    as_tuple,
    each_is,
    finite,
    is_a,
    refuse,
    snake_case,
    together,
)
from ipplan.ops import FLOATS, Ops
from ipplan.text import Text

__all__ = [
    "ARROWS",
    "DELIVERABLES",
    "EUROSTAT",
    "EUROSTAT_WITHOUT_TARGET",
    "FINAL",
    "FISCAL",
    "HEALTHY_PEOPLE",
    "HELD",
    "PROGRESS",
    "PROJECTION",
    "SCALES",
    "STATCAN",
    "STATCAN_SCORES",
    "STATCAN_WITHOUT_TARGET",
    "TIME_SHARE",
    "WORDS",
    "AnyScale",
    "Band",
    "Graded",
    "Status",
    "StatusClass",
    "StatusScale",
    "Words",
    "words",
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


@frozen(kw_only=True, field_transformer=together)
class StatusClass:
    """One class of a scale: a word, a colour and a symbol, never a colour alone."""

    id: str = field(validator=snake_case)
    text: Text = field(validator=is_a(Text))
    colour: str = field(validator=_hex_colour)
    symbol: str = field(validator=_one_symbol)

    @property
    def value(self) -> str:
        """The id, as results write it."""
        return self.id


@frozen(kw_only=True, field_transformer=together)
class Band:
    """A class and the value from which it applies, that value included or not."""

    status: StatusClass = field(validator=is_a(StatusClass))
    threshold: float = field(converter=as_float, validator=finite)
    inclusive: bool = field(default=True, validator=is_a(bool))

    def reached_by(self, value: Any, ops: Ops = FLOATS) -> Any:
        """Whether the value is in the band or above; equal within 1e-9 counts as equal."""
        if self.inclusive:
            return ops.at_least(value - self.threshold, -_THRESHOLD_NOISE)
        return ops.more_than(value - self.threshold, _THRESHOLD_NOISE)


def _bands(values: Iterable[Band]) -> tuple[Band, ...]:
    return as_tuple(values)


def _rising(instance: object, attribute: Attribute[Any], bands: tuple[Band, ...]) -> None:
    each_is(Band)(instance, attribute, bands)
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


def _class_or_none(instance: object, attribute: Attribute[Any], value: object) -> None:
    is_a(StatusClass, type(None))(instance, attribute, value)


@frozen(kw_only=True, field_transformer=together)
class StatusScale:
    """Classes by threshold, lowest first, with `below` for what reaches none of them.

    Three classes, where a scale has them, override the thresholds: `achieved` once the target
    holds, `exceeded` where there is more than it asks, `overdue` where its time is past and it does
    not hold. `graded` says whether thresholds are of the rule's value or of the score.

    >>> STATCAN.of(0.9).id, STATCAN.of(-0.2).id, STATCAN.of(0.9, achieved=True).id
    ('moderate_progress', 'deterioration', 'target_achieved')
    """

    name: str = field(validator=snake_case)
    below: StatusClass = field(validator=is_a(StatusClass))
    bands: tuple[Band, ...] = field(default=(), converter=_bands, validator=_rising)
    achieved: StatusClass | None = field(default=None, validator=_class_or_none)
    exceeded: StatusClass | None = field(default=None, validator=_class_or_none)
    overdue: StatusClass | None = field(default=None, validator=_class_or_none)
    graded: Graded = field(default=Graded.VALUE, converter=_graded)

    def of(
        self,
        value: float,
        *,
        achieved: bool = False,
        exceeded: bool = False,
        overdue: bool = False,
    ) -> StatusClass:
        """The class of a value.

        `achieved`: the target holds; `exceeded`: with more than it asks; `overdue`: it does not
        hold, and its time is past.
        """
        if achieved:
            if exceeded and self.exceeded is not None:
                return self.exceeded
            if self.achieved is not None:
                return self.achieved
        elif overdue and self.overdue is not None:
            return self.overdue
        for band in reversed(self.bands):
            if band.reached_by(value):
                return band.status
        return self.below

    def rank(self, value: Any, *, achieved: Any, exceeded: Any, overdue: Any, ops: Ops) -> Any:
        """The place in `classes` of the class of a value; `of`, on any engine.

        The conditions are known wherever the value is.
        """
        places = {status.id: float(place) for place, status in enumerate(self.classes)}
        found: Any = places[self.below.id]
        for band in self.bands:
            found = ops.where(band.reached_by(value, ops), places[band.status.id], found)
        if self.overdue is not None:
            found = ops.where(
                ops.both(overdue, ops.negated(achieved)), places[self.overdue.id], found
            )
        if self.achieved is not None:
            found = ops.where(achieved, places[self.achieved.id], found)
        if self.exceeded is not None:
            found = ops.where(ops.both(achieved, exceeded), places[self.exceeded.id], found)
        return found

    @property
    def classes(self) -> tuple[StatusClass, ...]:
        """All classes, from the lowest to the highest, and then those that override them."""
        special = (self.achieved, self.exceeded, self.overdue)
        ranked = (self.below, *(band.status for band in self.bands))
        return tuple(dict.fromkeys((*ranked, *(each for each in special if each is not None))))

    def with_palette(self, palette: Mapping[str, tuple[str, str]]) -> StatusScale:
        """The scale with other colours and symbols: `{class id: (colour, symbol)}`.

        >>> STATCAN.with_palette({"deterioration": ("#000000", "!")}).below.symbol
        '!'
        """
        refuse(_unfit_palette(palette, tuple(each.id for each in self.classes)))

        def painted(status: StatusClass | None) -> Any:
            if status is None or status.id not in palette:
                return status
            colour, symbol = palette[status.id]
            return evolve(status, colour=colour, symbol=symbol)

        return evolve(
            self,
            below=painted(self.below),
            bands=[evolve(band, status=painted(band.status)) for band in self.bands],
            achieved=painted(self.achieved),
            exceeded=painted(self.exceeded),
            overdue=painted(self.overdue),
        )


def _unfit_palette(palette: Mapping[str, Any], known: tuple[str, ...]) -> Iterator[Problem]:
    for id, pair in palette.items():
        place = f"palette.{id}"
        if id not in known:
            hint = near_hint(id, known)
            yield Problem(place=place, expected=one_of(known), found=shown(id), hint=hint)
        elif not isinstance(pair, tuple | list) or len(pair) != 2:
            yield Problem(place=place, expected="(colour, symbol)", found=shown(pair))


@frozen(kw_only=True, field_transformer=together)
class Words:
    """Two vocabularies, never mixed: one on the way (进度), one once the target is due (完成).

    Before the target's own period the class is one of `progress`, with its `achieved` where the
    final target holds early; from then on it is one of `final`.
    """

    name: str = field(default="words", validator=snake_case)
    progress: StatusScale = field(validator=is_a(StatusScale))
    final: StatusScale = field(validator=is_a(StatusScale))

    def with_palette(self, palette: Mapping[str, tuple[str, str]]) -> Words:
        """Both vocabularies with other colours and symbols: `{class id: (colour, symbol)}`."""
        own, final = ({each.id for each in scale.classes} for scale in (self.progress, self.final))
        refuse(_unfit_palette(palette, (*own, *final)))
        return evolve(
            self,
            progress=self.progress.with_palette({k: v for k, v in palette.items() if k in own}),
            final=self.final.with_palette({k: v for k, v in palette.items() if k in final}),
        )


AnyScale: TypeAlias = StatusScale | Words
"""One scale for every time, or two: on the way, and once the target is due."""


# The palette of Okabe and Ito (2008), which readers with any colour vision can tell apart.
_BLUE, _GREEN, _SKY, _ORANGE, _VERMILION = "#0072B2", "#009E73", "#56B4E9", "#E69F00", "#D55E00"
_BLACK = "#000000"


def _class(id: str, zh: str, en: str, colour: str, symbol: str) -> StatusClass:
    return StatusClass(id=id, text=Text(zh=zh, en=en), colour=colour, symbol=symbol)


class Status:
    """The library's own words: four for a plan on its way (进度), five for a due target (完成).

    >>> Status.ON_TRACK.value, Status.ON_TRACK.text.zh, Status.ON_TRACK.symbol
    ('on_track', '基本符合预期', '◑')
    """

    ACHIEVED_EARLY: Final = _class("achieved_early", "提前实现", "achieved early", _BLUE, "★")
    AHEAD: Final = _class("ahead", "快于预期", "ahead", _GREEN, "▲")
    ON_TRACK: Final = _class("on_track", "基本符合预期", "on track", _SKY, "◑")
    BEHIND: Final = _class("behind", "滞后", "behind", _VERMILION, "▼")
    EXCEEDED: Final = _class("exceeded", "超额完成", "exceeded", _BLUE, "★")
    MET: Final = _class("met", "完成", "met", _GREEN, "●")
    NEARLY_MET: Final = _class("nearly_met", "基本完成", "nearly met", _ORANGE, "◕")
    NOT_MET: Final = _class("not_met", "未完成", "not met", _VERMILION, "○")
    OVERDUE: Final = _class("overdue", "逾期未完成", "not met, overdue", _BLACK, "✕")


def words(
    *,
    ahead: float = 1.05,
    on_track: float = 0.95,
    nearly_met: float = 0.9,
    name: str = "words",
) -> Words:
    """The library's own words, from the values given on, inclusive.

    No source publishes thresholds for the progress words; these are this library's choice and
    printed with every result. Nearly met from 0.9 follows Hangzhou's grading of deliverables.

    >>> words(ahead=1.2).progress.of(1.1).id
    'on_track'
    """
    return Words(
        name=name,
        progress=StatusScale(
            name="progress",
            below=Status.BEHIND,
            bands=[
                Band(status=Status.ON_TRACK, threshold=on_track),
                Band(status=Status.AHEAD, threshold=ahead),
            ],
            achieved=Status.ACHIEVED_EARLY,
        ),
        final=StatusScale(
            name="final",
            below=Status.NOT_MET,
            bands=[Band(status=Status.NEARLY_MET, threshold=nearly_met)],
            achieved=Status.MET,
            exceeded=Status.EXCEEDED,
            overdue=Status.OVERDUE,
        ),
    )


WORDS = words()
"""The default: progress words on the way, final words once the target is due."""

PROGRESS, FINAL = WORDS.progress, WORDS.final

TIME_SHARE = words(ahead=0.05, on_track=-0.05, nearly_met=-0.1, name="time_share")
"""The same words for a time share, where 0 is on time; the thresholds are this library's choice."""

HELD = StatusScale(
    name="held",
    below=_class("target_open", "尚未达到目标", "target not reached yet", _ORANGE, "○"),
    achieved=_class("target_holds", "已达到目标", "target holds", _GREEN, "●"),
)
"""Whether the final target holds: for rules whose value is no share of what is expected."""

_STATCAN_CLASSES = (
    _class("deterioration", "恶化", "deterioration", _VERMILION, "▼"),
    _class("limited_progress", "进展有限", "limited progress", _ORANGE, "◔"),
    _class("moderate_progress", "进展一般", "moderate progress", _SKY, "◑"),
    _class("substantial_progress", "进展显著", "substantial progress", _GREEN, "●"),
)


def _scale(
    name: str,
    classes: Iterable[StatusClass],
    thresholds: Iterable[float],
    *,
    achieved: StatusClass | None = None,
    graded: Graded = Graded.VALUE,
) -> StatusScale:
    below, *others = classes
    return StatusScale(
        name=name,
        below=below,
        bands=[
            Band(status=status, threshold=threshold)
            for status, threshold in zip(others, thresholds, strict=True)
        ],
        achieved=achieved,
        graded=graded,
    )


_TARGET_ACHIEVED = _class("target_achieved", "目标已实现", "target achieved", _BLUE, "★")

STATCAN = _scale("statcan", _STATCAN_CLASSES, (0.0, 0.60, 0.95), achieved=_TARGET_ACHIEVED)
"""Statistics Canada's classes of the growth ratio; a target achieved overrides them all."""

STATCAN_WITHOUT_TARGET = _scale(
    "statcan_without_target", _STATCAN_CLASSES, (0.0, 0.005, 0.015), achieved=_TARGET_ACHIEVED
)
"""Statistics Canada's classes of yearly growth, where there is no target."""

STATCAN_SCORES = _scale(
    "statcan_scores",
    _STATCAN_CLASSES,
    (-2.5, 0.0, 2.5),
    achieved=_TARGET_ACHIEVED,
    graded=Graded.SCORE,
)
"""Statistics Canada's classes of scores from -5 to 5, for series with and without a target."""

EUROSTAT = _scale(
    "eurostat",
    (
        _class(
            "significant_movement_away", "明显偏离", "significant movement away", _VERMILION, "▼"
        ),
        _class("insufficient_progress", "进展不足", "insufficient progress", _ORANGE, "◔"),
        _class("moderate_progress", "进展一般", "moderate progress", _SKY, "◑"),
        _class("significant_progress", "进展显著", "significant progress", _GREEN, "●"),
    ),
    (0.0, 0.60, 0.95),
    achieved=_TARGET_ACHIEVED,
)
"""The Eurostat family's classes of the growth ratio."""

_REGRESS = _class("clear_regress", "明显退步", "clear regress", _VERMILION, "▼")

EUROSTAT_WITHOUT_TARGET = StatusScale(
    name="eurostat_without_target",
    below=_REGRESS,
    bands=[
        Band(
            status=_class("some_regress", "略有退步", "some regress", _ORANGE, "◔"),
            threshold=-0.01,
            inclusive=False,
        ),
        Band(
            status=_class("hardly_any_change", "基本不变", "hardly any change", _BLACK, "○"),
            threshold=-0.001,
            inclusive=False,
        ),
        Band(
            status=_class("some_progress", "略有进展", "some progress", _SKY, "◑"), threshold=0.001
        ),
        Band(
            status=_class("clear_progress", "明显进展", "clear progress", _GREEN, "●"),
            threshold=0.01,
        ),
    ],
)
"""Yearly growth against 1 % and 0.1 %, either way (Eurostat, after the Basque statistics office).

The classes' words are this library's; a threshold belongs to the class further from zero.
"""

ARROWS = _scale(
    "arrows",
    (
        _class("decreasing", "倒退", "decreasing", _VERMILION, "↓"),
        _class("stagnating", "停滞", "stagnating", _ORANGE, "→"),
        _class("improving", "有所改善", "moderately improving", _SKY, "↗"),
        _class("on_track", "按期推进", "on track", _GREEN, "↑"),
    ),
    (0.0, 0.5, 1.0),
    achieved=_class("achieved", "已实现", "achieved", _GREEN, "↑"),
)
"""SDSN's arrows for the pace; who is green already keeps the arrow up."""

PROJECTION = _scale(
    "projection",
    (
        _class("little_or_none", "进展甚微", "little progress or none", _VERMILION, "▼"),
        _class("acceleration_needed", "需要加快", "acceleration needed", _ORANGE, "◔"),
        _class("on_track", "按期推进", "on track", _GREEN, "●"),
    ),
    (0.10, 0.95),
    achieved=_TARGET_ACHIEVED,
)
"""Classes of the projection: from 0.95 and from 0.10 (UNSD 2023); the words are this library's."""

HEALTHY_PEOPLE = StatusScale(
    name="healthy_people",
    below=_class("getting_worse", "恶化", "getting worse", _VERMILION, "▼"),
    bands=[
        Band(
            status=_class(
                "little_or_none", "变化甚微", "little or no detectable change", _ORANGE, "○"
            ),
            threshold=-0.10,
            inclusive=False,
        ),
        Band(status=_class("improving", "改善", "improving", _SKY, "◑"), threshold=0.10),
    ],
    achieved=_class("met_or_exceeded", "达到或超过", "target met or exceeded", _GREEN, "●"),
)
"""Healthy People 2020: a change under 10 % either way is little or none; met as the bound says."""

FISCAL = _scale(
    "fiscal",
    (
        _class("poor", "差", "poor", _VERMILION, "▼"),
        _class("fair", "中", "fair", _ORANGE, "◔"),
        _class("good", "良", "good", _SKY, "◑"),
        _class("excellent", "优", "excellent", _GREEN, "●"),
    ),
    (60.0, 80.0, 90.0),
    graded=Graded.SCORE,
)
"""Grades of fiscal performance (绩效评价), of a score from 0 to 100."""

DELIVERABLES = _scale(
    "deliverables",
    (
        _class("none", "未完成", "not done", _VERMILION, "▼"),
        _class("little", "少量完成", "little", _VERMILION, "◔"),
        _class("partly", "部分完成", "partly", _ORANGE, "◑"),
        _class("basically", "基本完成", "basically", _SKY, "◕"),
        _class("fully", "完成", "fully", _GREEN, "●"),
    ),
    (0.2, 0.5, 0.9, 1.0),
)
"""Hangzhou's grades of what was to be delivered, by the share of it."""

SCALES: Mapping[str, AnyScale] = {
    scale.name: scale
    for scale in (
        WORDS,
        TIME_SHARE,
        HELD,
        STATCAN,
        STATCAN_WITHOUT_TARGET,
        STATCAN_SCORES,
        EUROSTAT,
        EUROSTAT_WITHOUT_TARGET,
        ARROWS,
        PROJECTION,
        HEALTHY_PEOPLE,
        FISCAL,
        DELIVERABLES,
    )
}
"""The scales that have a name, as a plan file uses it."""
