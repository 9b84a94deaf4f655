"""The rule: what a scoring rule sees, what it offers, and how it is run on floats."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, ClassVar, Protocol, runtime_checkable

from attrs import frozen

from ipplan.model.bound import Bound, Direction
from ipplan.ops import FLOATS, Ops
from ipplan.reasons import Reason
from ipplan.scoring.laws import USUAL_LAWS, Law
from ipplan.scoring.scales import Scale, ScoreScale
from ipplan.status import WORDS, AnyScale

__all__ = ["Case", "Refusal", "Rule", "ScoringRule", "figure_of", "put_in", "score_of", "way_of"]


def way_of(direction: Direction) -> float:
    """A direction as a number: 1 where more is better, -1 where less is, 0 within a range."""
    if direction is Direction.UP:
        return 1.0
    return -1.0 if direction is Direction.DOWN else 0.0


@frozen(kw_only=True)
class Case:
    """What a rule sees of an indicator at one time; null (NaN) stands for what is not known.

    Figures are in the indicator's unit, times are positions in years. `low` and `high` are the
    figures of the bound expected at the time `at` (one figure twice, unless it is a range); `way`
    is 1 where more is better, -1 where less is, 0 for a range; `strict` is 1 for "more than" and
    "less than". `baseline` holds at `baseline_at`, the final `target` is due at `due`, and `limit`
    is the natural limit of the quantity; `achieved` is 1 where the final target holds, 0 where it
    does not. `share` is 1, or the part of a year that a flow's figures here are scaled to. Fields
    are floats here, and columns on an engine for dataframes.
    """

    actual: Any
    low: Any
    high: Any
    way: Any
    strict: Any = 0.0
    at: Any = math.nan
    baseline: Any = math.nan
    baseline_at: Any = math.nan
    target: Any = math.nan
    due: Any = math.nan
    limit: Any = math.nan
    achieved: Any = math.nan
    share: Any = 1.0

    @classmethod
    def of(cls, actual: float, bound: Bound, **known: float) -> Case:
        """The case of an actual and the bound expected of it.

        >>> Case.of(39.0, Bound.at_least(60)).way
        1.0
        """
        return cls(
            actual=actual,
            low=bound.low,
            high=bound.high,
            way=way_of(bound.direction),
            strict=1.0 if bound.strict else 0.0,
            **known,
        )

    @classmethod
    def watched(cls, actual: float, direction: Direction, **known: float) -> Case:
        """The case of an actual that no bound asks anything of.

        >>> Case.watched(39.0, Direction.DOWN).way
        -1.0
        """
        unknown = math.nan
        return cls(actual=actual, low=unknown, high=unknown, way=way_of(direction), **known)


Refusal = tuple[Reason, Any]
"""A reason, and the condition under which a rule refuses for it."""


@runtime_checkable
class ScoringRule(Protocol):
    """What a rule offers. Its arithmetic is written once, over `ops`, and runs on any engine."""

    @property
    def name(self) -> str:
        """The rule's name, as results and explanations print it."""
        ...

    @property
    def scale(self) -> ScoreScale:
        """How the rule's value becomes a score."""
        ...

    def refusals(self, case: Case, ops: Ops) -> Iterable[Refusal]:
        """When the rule gives no value, and why; the first condition that holds counts."""
        ...

    def value(self, case: Case, ops: Ops) -> Any:
        """The rule's value; for an attainment, 1 is just as expected."""
        ...

    def graded(self, value: Any, case: Case, ops: Ops) -> Any:
        """The value as the scale and a status scale's thresholds see it: mostly itself."""
        ...

    def formula(self, case: Case) -> tuple[str, str]:
        """The formula in words, and with the case's numbers put in."""
        ...


class Rule:
    """What the library's own rules share: no refusals, the usual scale, and a run on floats.

    `laws` are those that the rule claims to keep; `ipplan.testing.check_rule` tries them.
    `statuses` are the words for its value, unless a policy has others.
    """

    laws: ClassVar[frozenset[Law]] = USUAL_LAWS
    statuses: ClassVar[AnyScale] = WORDS
    scale: ScoreScale = Scale()

    def refusals(self, case: Case, ops: Ops) -> Iterable[Refusal]:
        """None, unless a rule says otherwise."""
        return ()

    def graded(self, value: Any, case: Case, ops: Ops) -> Any:
        """The value itself."""
        return value

    def attainment(self: ScoringRule, case: Case) -> float | Reason:
        """The rule's value for a case in floats, or the reason for none."""
        return figure_of(self, case)


def figure_of(rule: ScoringRule, case: Case) -> float | Reason:
    """What a rule gives for a case in floats: a finite number, or the reason for none.

    A rule of a caller's own that is undefined at a point, or gives something else than a number,
    gives Reason.UNDEFINED.
    """
    try:
        for reason, condition in rule.refusals(case, FLOATS):
            if condition:
                return reason
        found: Any = rule.value(case, FLOATS)
    except (ArithmeticError, ValueError):
        return Reason.UNDEFINED
    if type(found) is float and math.isfinite(found):  # nearly always, and quick
        return found
    return float(found) if _is_number(found) else Reason.UNDEFINED


def score_of(rule: ScoringRule, value: float, case: Case) -> tuple[float, float] | None:
    """A value as thresholds see it, and the score that it earns; None where one is not finite."""
    try:
        graded: Any = rule.graded(value, case, FLOATS)
        if graded is not value and not _is_number(graded):
            return None
        score: Any = rule.scale.score(graded)
    except (ArithmeticError, ValueError):
        return None
    return (graded, score) if _is_number(score) else None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)


def put_in(number: float) -> str:
    """A number as it stands in a formula: with ten digits, and in brackets where it is negative.

    >>> put_in(1 / 3), put_in(-2.0)
    ('0.3333333333', '(-2)')
    """
    text = f"{number:.10g}"
    return f"({text})" if number < 0.0 else text
