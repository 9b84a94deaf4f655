"""A scoring rule of one's own, found by its name: small shortfalls cost little (illustrative)."""

from collections.abc import Iterable
from typing import Any, ClassVar

from attrs import field, frozen

from ipplan import Reason
from ipplan.ops import Ops
from ipplan.scoring import Case, Law, Ratio, Rule, Scale, ScoreScale
from ipplan.scoring.rule import Refusal

__all__ = ["Forgiving"]


@frozen(kw_only=True)
class Forgiving(Rule):
    """1 - (shortfall) ^ power, for a minimum; the shortfall is 1 - actual / expected, 0 at best.

    >>> from ipplan import Bound
    >>> Forgiving().attainment(Case.of(50.0, Bound.at_least(100)))
    0.75
    """

    name = "forgiving"
    laws: ClassVar[frozenset[Law]] = Rule.laws | {
        Law.MONOTONE,
        Law.FULL_AT_TARGET,
        Law.UNIT_FREE,
        Law.CONTINUOUS,
    }
    power: float = field(default=2.0, converter=float)
    scale: ScoreScale = field(factory=Scale)

    def refusals(self, case: Case, ops: Ops) -> Iterable[Refusal]:
        """What the ratio refuses, and whatever is no minimum."""
        yield from Ratio().refusals(case, ops)
        yield Reason.UNDEFINED, ops.at_least(0.0, case.way)

    def value(self, case: Case, ops: Ops) -> Any:
        """Written once, over `ops`, so that it runs on floats and on dataframes."""
        shortfall = 1.0 - ops.clip(Ratio().value(case, ops), 0.0, 1.0)
        kept = ops.where(ops.more_than(shortfall, 0.0), ops.power(shortfall, self.power), 0.0)
        return 1.0 - kept

    def formula(self, case: Case) -> tuple[str, str]:
        """The formula, and the case's numbers."""
        return (
            "1 - (1 - actual / expected)^power, at most 1",
            f"1 - (1 - {case.actual:g} / {case.low:g})^{self.power:g}",
        )
