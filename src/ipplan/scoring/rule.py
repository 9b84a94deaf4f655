"""The rule: what a scoring rule sees, what it offers, and how it is run on floats."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, ClassVar, Protocol, runtime_checkable

from attrs import frozen

from ipplan.model.bound import Bound, BoundKind, Direction
from ipplan.ops import FLOATS, Ops
from ipplan.reasons import Reason
from ipplan.scoring.laws import USUAL_LAWS, Law
from ipplan.scoring.scales import Scale, ScoreScale

__all__ = ["Case", "Refusal", "Rule", "ScoringRule", "figure_of"]

_WAYS = {Direction.UP: 1.0, Direction.DOWN: -1.0, Direction.WITHIN: 0.0}
_STRICT = (BoundKind.MORE_THAN, BoundKind.LESS_THAN)


@frozen(kw_only=True)
class Case:
    """What a rule sees of an indicator at one time; null (NaN) stands for what is not known.

    Figures are in the indicator's unit, times are positions in years. `low` and `high` are the
    figures of the bound expected at the time `at` (one figure twice, unless it is a range); `way`
    is 1 where more is better, -1 where less is, 0 for a range; `strict` is 1 for "more than" and
    "less than". `baseline` holds at `baseline_at`, the final `target` is due at `due`, and `limit`
    is the natural limit of the quantity. Fields are floats here, and columns on an engine for
    dataframes.
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
            way=_WAYS[bound.direction],
            strict=1.0 if bound.kind in _STRICT else 0.0,
            **known,
        )


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
    """

    laws: ClassVar[frozenset[Law]] = USUAL_LAWS
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
        found: object = rule.value(case, FLOATS)
    except (ArithmeticError, ValueError):
        return Reason.UNDEFINED
    if isinstance(found, int | float) and math.isfinite(found):
        return float(found)
    return Reason.UNDEFINED
