"""Thresholds that figures are told apart from, so that rounding contradicts no word beside them."""

from __future__ import annotations

from collections.abc import Iterable

from ipplan.assessment.result import Result
from ipplan.status import StatusScale, Words

__all__ = ["nearest", "thresholds_of"]


def thresholds_of(result: Result) -> tuple[float, ...]:
    """Every threshold of the status scale that a result is graded by."""
    scale = result.policy.statuses_of(result.rule)
    if isinstance(scale, Words):
        return (*_of(scale.progress), *_of(scale.final))
    return _of(scale)


def _of(scale: StatusScale) -> tuple[float, ...]:
    return tuple(band.threshold for band in scale.bands)


def nearest(value: float, landmarks: Iterable[float]) -> float:
    """The landmark nearest to a value.

    >>> nearest(0.94, (1.0, 0.95, 1.05))
    0.95
    """
    return min(landmarks, key=lambda each: abs(each - value))
