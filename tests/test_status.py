"""Progress words while a plan runs, final words when a target is due, never mixed."""

import pytest

from ipplan import ModelError, Status, Thresholds
from ipplan.status import (
    ARROWS,
    DELIVERABLES,
    FISCAL,
    STATCAN,
    STATCAN_WITHOUT_TARGET,
    Band,
    StatusClass,
    StatusScale,
    final_status,
    progress_status,
)

PROGRESS = {Status.ACHIEVED_EARLY, Status.AHEAD, Status.ON_TRACK, Status.BEHIND}


@pytest.mark.parametrize(
    ("attainment", "word"),
    [
        (1.2, Status.AHEAD),
        (1.05, Status.AHEAD),
        (1.05 - 1e-12, Status.AHEAD),
        (1.04, Status.ON_TRACK),
        (0.95, Status.ON_TRACK),
        (0.949, Status.BEHIND),
        (-1.0, Status.BEHIND),
    ],
)
def test_progress_words(attainment: float, word: Status) -> None:
    found = progress_status(attainment, target_met_early=False, thresholds=Thresholds())
    assert found is word


def test_a_target_met_early_comes_first() -> None:
    found = progress_status(0.1, target_met_early=True, thresholds=Thresholds())
    assert found is Status.ACHIEVED_EARLY


@pytest.mark.parametrize(
    ("attainment", "met", "can_exceed", "overdue", "word"),
    [
        (1.2, True, True, False, Status.EXCEEDED),
        (1.2, True, False, False, Status.MET),
        (1.0, True, True, False, Status.MET),
        (1.0, False, True, False, Status.NEARLY_MET),
        (0.9, False, True, False, Status.NEARLY_MET),
        (0.89, False, True, False, Status.NOT_MET),
        (0.99, False, True, True, Status.OVERDUE),
        (1.2, True, True, True, Status.EXCEEDED),
    ],
)
def test_final_words(
    attainment: float, met: bool, can_exceed: bool, overdue: bool, word: Status
) -> None:
    found = final_status(
        attainment, met=met, can_exceed=can_exceed, overdue=overdue, thresholds=Thresholds()
    )
    assert found is word
    assert found not in PROGRESS


def test_every_status_has_both_languages() -> None:
    assert all(status.text.zh and status.text.en for status in Status)


def test_thresholds_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(ModelError, match="on_track: expected less than ahead"):
        Thresholds(on_track=1.1)
    with pytest.raises(ModelError, match="nearly_met: expected at most 1"):
        Thresholds(nearly_met=1.1)


SCALES = [ARROWS, DELIVERABLES, FISCAL, STATCAN, STATCAN_WITHOUT_TARGET]


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.name)
def test_every_class_has_a_word_in_both_languages_a_colour_and_a_symbol(scale: StatusScale) -> None:
    classes = [scale.below, *(band.status for band in scale.bands)]
    assert all(each.text.zh and each.text.en and each.value == each.id for each in classes)
    assert len({each.symbol for each in classes}) == len(classes)
    assert len({each.id for each in classes}) == len(classes)


@pytest.mark.parametrize(
    ("scale", "value", "id"),
    [
        (FISCAL, 90, "excellent"),
        (FISCAL, 89.99, "good"),
        (FISCAL, 60, "fair"),
        (FISCAL, 59, "poor"),
        (DELIVERABLES, 1.0, "fully"),
        (DELIVERABLES, 0.9, "basically"),
        (DELIVERABLES, 0.19, "none"),
        (ARROWS, 1.0, "on_track"),
        (ARROWS, 0.5, "improving"),
        (ARROWS, -0.01, "decreasing"),
        (STATCAN_WITHOUT_TARGET, 0.015, "substantial_progress"),
        (STATCAN_WITHOUT_TARGET, 0.015 - 1e-15, "substantial_progress"),
        (STATCAN_WITHOUT_TARGET, 0.014999, "moderate_progress"),
    ],
)
def test_thresholds_are_inclusive_and_float_error_decides_nothing(
    scale: StatusScale, value: float, id: str
) -> None:
    assert scale.of(value).id == id


def test_a_threshold_may_be_exclusive_and_achieved_may_be_absent() -> None:
    good = FISCAL.bands[-1].status
    scale = StatusScale(
        name="mine",
        below=FISCAL.below,
        bands=[Band(status=good, threshold=1.0, inclusive=False)],
    )
    assert scale.of(1.0) is FISCAL.below
    assert scale.of(1.0 + 1e-6) is good
    assert scale.of(0.0, achieved=True) is FISCAL.below
    assert STATCAN.of(-1.0, achieved=True).id == "target_achieved"


def test_overlapping_bands_and_odd_classes_are_refused() -> None:
    one, two = FISCAL.bands[:2]
    with pytest.raises(ModelError, match=r"bands\[1\]\.threshold: expected more than 80"):
        StatusScale(name="mine", below=FISCAL.below, bands=[two, one])
    with pytest.raises(ModelError, match="colour: expected a colour like #0072B2, found 'red'"):
        StatusClass(id="a", text=FISCAL.below.text, colour="red", symbol="x")
    with pytest.raises(ModelError, match="symbol: expected one printable character"):
        StatusClass(id="a", text=FISCAL.below.text, colour="#000000", symbol="")
