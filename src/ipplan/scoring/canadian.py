"""The Canadian Indicator Framework's rule: growth with or without a target, oddities included."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from attrs import evolve, field, frozen

from ipplan.model.fields import as_float, finite, together
from ipplan.ops import FLOATS, Ops
from ipplan.scoring.laws import USUAL_LAWS, Law
from ipplan.scoring.on_track import Growth, GrowthRatio
from ipplan.scoring.rule import Case, Refusal, Rule
from ipplan.scoring.scales import Knots
from ipplan.status import STATCAN_SCORES
from ipplan.text import Lang

__all__ = ["CanadianIndicator"]

_WITH_TARGET = Knots(points=[(-0.6, -5.0), (0.6, 0.0), (1.3, 5.0)])
_WITHOUT_TARGET = Knots(
    points=[(-0.02, -5.0), (0.0, -2.5), (0.005, 0.0), (0.015, 2.5), (0.02, 5.0)]
)


@frozen(kw_only=True)
class _CanadianScale:
    """The scores from -5 to 5, which the rule has looked up itself: it knows of the target."""

    least: float = -5.0
    greatest: float = 5.0

    def score(self, attainment: Any, ops: Ops = FLOATS) -> Any:
        """The score, within its limits."""
        return ops.clip(attainment, self.least, self.greatest)

    def describe(self, lang: Lang = Lang.EN) -> str:
        """Both scales."""
        with_target, without = _WITH_TARGET.describe(lang), _WITHOUT_TARGET.describe(lang)
        if lang is Lang.ZH:
            return f"有目标时{with_target};无目标时{without};达到目标得 5"
        return f"with a target {with_target}, without one {without}, 5 once it is achieved"


@frozen(kw_only=True, field_transformer=together)
class CanadianIndicator(Rule):
    """Progress of the Canadian Indicator Framework: growth ratio with a target, growth without one.

    A baseline or target of zero counts as `zero`, so that where one is zero the value depends on
    that choice; a target that is achieved earns the full score. Source: Statistics Canada.

    >>> from ipplan import Bound
    >>> poverty = Case.of(
    ...     10.4, Bound.at_most(7.25), at=2023.0, baseline=14.5, baseline_at=2015.0,
    ...     target=7.25, due=2030.0,
    ... )
    >>> round(CanadianIndicator().attainment(poverty), 6)
    0.90109
    """

    name = "canadian_indicator"
    laws: ClassVar[frozenset[Law]] = (USUAL_LAWS - {Law.DETERMINATE}) | {Law.MONOTONE}
    statuses = STATCAN_SCORES
    scale = _CanadianScale()
    zero: float = field(default=0.001, converter=as_float, validator=finite)

    def refusals(self, case: Case, ops: Ops) -> Iterable[Refusal]:
        """Those of the growth ratio where there is a target, else those of growth."""
        case = self._without_zeros(case, ops)
        without = ops.is_null(case.target)
        for reason, condition in GrowthRatio().refusals(case, ops):
            yield reason, ops.both(ops.negated(without), condition)
        for reason, condition in Growth().refusals(case, ops):
            yield reason, ops.both(without, condition)

    def value(self, case: Case, ops: Ops) -> Any:
        """The growth ratio, or without a target the growth."""
        case = self._without_zeros(case, ops)
        with_target, without = GrowthRatio().value(case, ops), Growth().value(case, ops)
        return ops.where(ops.is_null(case.target), without, with_target)

    def graded(self, value: Any, case: Case, ops: Ops) -> Any:
        """The score: by the one scale or the other, and in full where the target is achieved."""
        growth = Growth().graded(value, self._without_zeros(case, ops), ops)
        known = ops.where(ops.is_null(case.achieved), 0.0, case.achieved)
        holds = ops.more_than(known, 0.5)
        with_target = ops.where(holds, self.scale.greatest, _WITH_TARGET.score(value, ops))
        without = _WITHOUT_TARGET.score(growth, ops)
        return ops.where(ops.is_null(case.target), without, with_target)

    def formula(self, case: Case) -> tuple[str, str]:
        """The formula of the rule that applies."""
        case = self._without_zeros(case, FLOATS)
        rule = Growth() if FLOATS.is_null(case.target) else GrowthRatio()
        return rule.formula(case)

    def _without_zeros(self, case: Case, ops: Ops) -> Case:
        return evolve(
            case,
            baseline=ops.where(ops.equal(case.baseline, 0.0), self.zero, case.baseline),
            target=ops.where(ops.equal(case.target, 0.0), self.zero, case.target),
        )
