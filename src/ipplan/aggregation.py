"""Aggregation: scores and weights become one score, with its coverage and its contributions."""

from __future__ import annotations

import enum
import math
import numbers
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol, TypeAlias, runtime_checkable

from attrs import field, frozen

from ipplan.choices import choose
from ipplan.errors import ModelError, Problem, near_hint, shown
from ipplan.model.fields import LARGEST, SMALLEST, as_float, finite, refuse
from ipplan.reasons import Reason

__all__ = [
    "Aggregate",
    "AnyMean",
    "Mean",
    "MissingPolicy",
    "Part",
    "PowerMean",
    "Require",
    "Skip",
    "Zero",
    "aggregate",
    "as_mean",
    "combine",
    "unfit_weights",
]


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


class Mean(enum.Enum):
    """The means that have a name; `power` is the one with an exponent of one's own."""

    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"
    HARMONIC = "harmonic"
    MINIMUM = "minimum"


@frozen(kw_only=True)
class PowerMean:
    """The weighted power mean: (sum of w x^p)^(1/p), with weights that sum to 1; p is not 0.

    p = 1 is the arithmetic mean, p = -1 the harmonic one; the higher p, the more a high score makes
    up for a low one.
    """

    exponent: float = field(converter=as_float, validator=finite)

    def __attrs_post_init__(self) -> None:
        if self.exponent == 0.0:
            raise ModelError(
                Problem(
                    place="exponent",
                    expected="another number than 0",
                    found="0",
                    hint="the limit there is the geometric mean",
                )
            )


AnyMean: TypeAlias = Mean | PowerMean


def combine(
    parts: Iterable[Part], missing: MissingPolicy, mean: AnyMean = Mean.ARITHMETIC
) -> Aggregate:
    """The weighted mean of the parts that are due.

    Coverage is the share of their weight that has a score. There is no score where nothing has one.

    >>> parts = [
    ...     Part(id="a", weight=1.0, score=80.0),
    ...     Part(id="b", weight=1.0, score=40.0),
    ...     Part(id="c", weight=2.0, score=None, missing=True),
    ... ]
    >>> combine(parts, Skip()).score, combine(parts, Skip()).coverage
    (60.0, 0.5)
    >>> combine(parts, Zero()).score
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
    shares = tuple((id, weight * score / base) for id, weight, score in scored)
    if mean is not Mean.ARITHMETIC:
        figures = [(score, weight / base) for _, weight, score in scored]
        if base > weight:
            figures.append((0.0, 1.0 - weight / base))
        total = _mean_of(figures, mean)
        if total is None:
            return Aggregate(score=None, coverage=coverage, reason=Reason.SCORE_NOT_POSITIVE)
        shares = _shared_out(total, shares)
    return Aggregate(
        score=math.fsum(share for _, share in shares), coverage=coverage, contributions=shares
    )


def _mean_of(figures: list[tuple[float, float]], mean: AnyMean) -> float | None:
    """A mean of (score, share of the weight) other than the arithmetic one; None: undefined."""
    if mean is Mean.MINIMUM:
        return min(score for score, _ in figures)
    if any(score <= 0.0 for score, _ in figures):
        return None
    if mean is Mean.GEOMETRIC:
        return math.exp(math.fsum(share * math.log(score) for score, share in figures))
    exponent = mean.exponent if isinstance(mean, PowerMean) else -1.0
    largest = max(score for score, _ in figures)  # taken out, so that no power overflows
    inner = math.fsum(share * (score / largest) ** exponent for score, share in figures)
    return float(largest * inner ** (1.0 / exponent))


def _shared_out(
    total: float, shares: tuple[tuple[str, float], ...]
) -> tuple[tuple[str, float], ...]:
    """A total shared out in the proportions of weight times score."""
    whole = math.fsum(share for _, share in shares)
    if whole == 0.0:
        return tuple((id, total / len(shares)) for id, _ in shares)
    return tuple((id, total * (share / whole)) for id, share in shares)


def aggregate(
    scores: Mapping[str, float | None],
    *,
    weights: Mapping[str, float] | None = None,
    mean: AnyMean | str = Mean.ARITHMETIC,
    missing: MissingPolicy | None = None,
) -> Aggregate:
    """Scores by id as one score, with its coverage and contributions.

    None is a score that is missing; `missing` says what that does (Skip by default). Weights are
    equal, or positive for every id; only their proportions count. Geometric, harmonic and power
    means want scores above zero: where one is not, there is no score (`score_not_positive`), rather
    than a guess. Contributions are shares of the score in proportion to weight times score.

    Raises ModelError for weights or scores that do not fit, all at once.

    >>> items = {"a": 75.368, "b": 96.844, "c": 74.940, "d": 83.404}
    >>> round(aggregate(items, mean="geometric").score, 3)
    82.185
    >>> aggregate({"a": 80.0, "b": None}).coverage
    0.5
    """
    refuse(_unfit(scores, weights))
    parts = [
        Part(
            id=id,
            weight=1.0 if weights is None else float(weights[id]),
            score=None if score is None else float(score),
            missing=score is None,
        )
        for id, score in scores.items()
    ]
    policy = Skip() if missing is None else missing
    return combine(parts, policy, as_mean(mean))


def as_mean(value: AnyMean | str) -> AnyMean:
    """A mean, or the one of that name."""
    return value if isinstance(value, PowerMean) else choose(Mean, value, place="mean")


def _unfit(
    scores: Mapping[str, float | None], weights: Mapping[str, float] | None
) -> Iterator[Problem]:
    for id, score in scores.items():
        if score is not None and not _is_finite(score):
            yield Problem(place=f"scores.{id}", expected="a finite number", found=shown(score))
    if weights is not None:
        yield from unfit_weights(weights, scores)


def unfit_weights(weights: Mapping[str, Any], ids: Iterable[str]) -> Iterator[Problem]:
    """What is wrong with weights that must be positive, and cover all the ids and nothing else."""
    known = tuple(ids)
    for id, weight in weights.items():
        if id not in known:
            yield Problem(
                place=f"weights.{id}",
                expected="an id that has a score",
                found=shown(id),
                hint=near_hint(id, known),
            )
        elif not _is_finite(weight) or not SMALLEST <= weight <= LARGEST:
            yield Problem(
                place=f"weights.{id}", expected="a positive finite number", found=shown(weight)
            )
    for id in known:
        if id not in weights:
            yield Problem(place=f"weights.{id}", expected="a weight", found="none")


def _is_finite(value: Any) -> bool:
    number = isinstance(value, numbers.Real) and not isinstance(value, bool)
    return number and math.isfinite(as_float(value))
