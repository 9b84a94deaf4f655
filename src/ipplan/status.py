"""Status: the word for a result, from the progress words or the final words, never both."""

from __future__ import annotations

import enum

from attrs import field, frozen

from ipplan.errors import ModelError, Problem, shown
from ipplan.model.bound import same
from ipplan.model.fields import as_float, finite
from ipplan.text import Text

__all__ = ["Status", "Thresholds", "final_status", "progress_status"]


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
