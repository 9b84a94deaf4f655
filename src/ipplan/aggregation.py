"""Aggregation: scores and weights become one score, with its coverage and its contributions."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from attrs import field, frozen

from ipplan.errors import ModelError, Problem, shown
from ipplan.model.fields import as_float, finite
from ipplan.reasons import Reason

__all__ = ["Aggregate", "MissingPolicy", "Part", "Require", "Skip", "Zero", "arithmetic_mean"]


@runtime_checkable
class MissingPolicy(Protocol):
    """What missing figures do to a total."""

    @property
    def name(self) -> str:
        """The policy's name, as results print it."""
        ...

    def base(self, *, scored: float, missing: float) -> float:
        """The weight that the total is divided by."""
        ...

    def enough(self, coverage: float) -> bool:
        """Whether there is a total at that coverage."""
        ...


@frozen(kw_only=True)
class Skip:
    """What has no score is left out, and the other weights share its place."""

    @property
    def name(self) -> str:
        """`skip`."""
        return "skip"

    def base(self, *, scored: float, missing: float) -> float:
        """The weight of what was scored."""
        return scored

    def enough(self, coverage: float) -> bool:
        """At any coverage."""
        return True


@frozen(kw_only=True)
class Zero:
    """What is due and was not reported counts as 0, on purpose.

    What was reported and cannot be computed is left out: its figure is not missing.
    """

    @property
    def name(self) -> str:
        """`zero`."""
        return "zero"

    def base(self, *, scored: float, missing: float) -> float:
        """The weight of what was scored and of what is missing."""
        return scored + missing

    def enough(self, coverage: float) -> bool:
        """At any coverage."""
        return True


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

    def base(self, *, scored: float, missing: float) -> float:
        """The weight of what was scored."""
        return scored

    def enough(self, coverage: float) -> bool:
        """From the share on, within 1e-9."""
        return coverage >= self.share - 1e-9


@frozen(kw_only=True)
class Part:
    """One score on its way into a total; None where there is none.

    `missing`: there is none because nothing was reported.
    """

    id: str
    weight: float
    score: float | None
    missing: bool = False


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
    ...     Part(id="c", weight=2.0, score=None, missing=True),
    ... ]
    >>> arithmetic_mean(parts, Skip()).score, arithmetic_mean(parts, Skip()).coverage
    (60.0, 0.5)
    >>> arithmetic_mean(parts, Zero()).score
    30.0
    """
    parts = tuple(parts)
    due = math.fsum(part.weight for part in parts)
    scored = [(part.id, part.weight, part.score) for part in parts if part.score is not None]
    if not scored:
        return Aggregate(score=None, coverage=0.0, reason=Reason.NOTHING_SCORED)
    weight = math.fsum(weight for _, weight, _ in scored)
    coverage = weight / due
    if not missing.enough(coverage):
        return Aggregate(score=None, coverage=coverage, reason=Reason.COVERAGE_TOO_LOW)
    absent = math.fsum(part.weight for part in parts if part.missing)
    base = missing.base(scored=weight, missing=absent)
    contributions = tuple((id, weight * score / base) for id, weight, score in scored)
    return Aggregate(
        score=math.fsum(share for _, share in contributions),
        coverage=coverage,
        contributions=contributions,
    )
