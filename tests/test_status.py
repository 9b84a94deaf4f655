"""Progress words while a plan runs, final words when a target is due, never mixed."""

import pytest

from ipplan import ModelError, Status, Thresholds
from ipplan.status import final_status, progress_status

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
