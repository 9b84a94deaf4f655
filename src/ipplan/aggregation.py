"""Aggregation: scores and weights become one score, with its coverage and its contributions."""

from __future__ import annotations

import math
from collections.abc import Iterable

from attrs import field, frozen

from ipplan.errors import ModelError, Problem, shown
from ipplan.model.fields import as_float, finite
from ipplan.reasons import Reason

__all__ = ["Aggregate", "MissingPolicy", "Part", "Require", "Skip", "Zero", "arithmetic_mean"]


@frozen(kw_only=True)
class Skip:
    """What has no score is left out, and the other weights share its place."""

    @property
    def name(self) -> str:
        """`skip`."""
        return "skip"


@frozen(kw_only=True)
class Zero:
    """What is due and has no score counts as 0, on purpose."""

    @property
    def name(self) -> str:
        """`zero`."""
        return "zero"


@frozen(kw_only=True)
class Require:
    """Like Skip, but there is no total where coverage is below `share`."""

    share: float = field(converter=as_float, validator=finite)

    def __attrs_post_init__(self) -> None:
        if not 0.0 < self.share <= 1.0:
            raise ModelError(
                Problem(place="share", expected="a share above 0, up to 1", found=shown(self.share))
            )

    @property
    def name(self) -> str:
        """`require` with its share in brackets."""
        return f"require({self.share:g})"


MissingPolicy = Skip | Zero | Require


@frozen(kw_only=True)
class Part:
    """One score on its way into a total; None where there is none."""

    id: str
    weight: float
    score: float | None


@frozen(kw_only=True)
class Aggregate:
    """A total with the share of weight behind it; contributions sum to the score."""

    score: float | None
    coverage: float
    contributions: tuple[tuple[str, float], ...] = ()
    reason: Reason | None = None


def arithmetic_mean(parts: Iterable[Part], missing: MissingPolicy) -> Aggregate:
    """The weighted arithmetic mean of the parts that are due.

    Coverage is the share of their weight that has a score. There is no score where nothing has one.

    >>> parts = [
    ...     Part(id="a", weight=1.0, score=80.0),
    ...     Part(id="b", weight=1.0, score=40.0),
    ...     Part(id="c", weight=2.0, score=None),
    ... ]
    >>> arithmetic_mean(parts, Skip()).score, arithmetic_mean(parts, Skip()).coverage
    (60.0, 0.5)
    >>> arithmetic_mean(parts, Zero()).score
    30.0
    """
    parts = tuple(parts)
    due = math.fsum(part.weight for part in parts)
    scored = [(part.id, part.weight, part.score) for part in parts if part.score is not None]
    weight = math.fsum(weight for _, weight, _ in scored)
    coverage = weight / due if due else 0.0
    if not scored:
        return Aggregate(score=None, coverage=0.0, reason=Reason.NOTHING_SCORED)
    if isinstance(missing, Require) and coverage < missing.share - 1e-9:
        return Aggregate(score=None, coverage=coverage, reason=Reason.COVERAGE_TOO_LOW)
    base = due if isinstance(missing, Zero) else weight
    contributions = tuple((id, weight * score / base) for id, weight, score in scored)
    return Aggregate(
        score=math.fsum(share for _, share in contributions),
        coverage=coverage,
        contributions=contributions,
    )
