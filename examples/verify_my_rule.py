"""Write a scoring rule, find its fault by its laws, mend it: python examples/verify_my_rule.py."""

from __future__ import annotations

from typing import Any

from ipplan import Reason
from ipplan.ops import Ops
from ipplan.scoring import Case, Law, Rule
from ipplan.testing import LawBroken, check_rule


class Shortfall(Rule):
    """1 less the shortfall as a share of the expected value.

    It forgets what is not reported, which it takes for met, and that less may be better.
    """

    name = "shortfall"
    laws = Rule.laws | {Law.MONOTONE, Law.UNIT_FREE}

    def value(self, case: Case, ops: Ops) -> Any:
        """1 - (expected - actual) / |expected|, or 1 where the expected value is zero."""
        missing = ops.div(case.low - case.actual, ops.abs(case.low))
        return 1.0 - ops.where(ops.is_null(missing), 0.0, missing)

    def formula(self, case: Case) -> tuple[str, str]:
        """The formula in words, and with numbers."""
        return (
            "1 - (expected - actual) / |expected|",
            f"1 - ({case.low:g} - {case.actual:g}) / |{case.low:g}|",
        )


class DirectedShortfall(Shortfall):
    """The same with the direction in it, and no guess for an expected value of zero."""

    name = "directed_shortfall"

    def value(self, case: Case, ops: Ops) -> Any:
        """1 - way x (expected - actual) / |expected|."""
        return 1.0 - ops.div((case.low - case.actual) * case.way, ops.abs(case.low))

    def refusals(self, case: Case, ops: Ops) -> Any:
        """An expected value of zero, to which there is no share."""
        yield Reason.EXPECTED_IS_ZERO, ops.equal(case.low, 0.0)

    def formula(self, case: Case) -> tuple[str, str]:
        """The formula in words, and with numbers."""
        return (
            "1 - way x (expected - actual) / |expected|",
            f"1 - {case.way:g} x ({case.low:g} - {case.actual:g}) / |{case.low:g}|",
        )


def main() -> None:
    """Try both rules."""
    for rule in (Shortfall(), DirectedShortfall()):
        try:
            check_rule(rule)
        except LawBroken as broken:
            print(broken)
        else:
            print(f"{rule.name} keeps the laws that it claims")


if __name__ == "__main__":
    main()
