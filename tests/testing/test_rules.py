"""Every shipped rule keeps the laws that it claims; wrong rules are caught by a named law."""

import math
import pickle
import re
import typing

import attrs
import pytest

from ipplan.errors import ModelError
from ipplan.interpolation import linear
from ipplan.ops import FLOATS
from ipplan.reasons import Reason
from ipplan.scoring import (
    Case,
    Deduction,
    Goalposts,
    GrowthRatio,
    Knots,
    Law,
    PassFail,
    Progress,
    Ratio,
    Rule,
    Scale,
    Steps,
    TimeShare,
)
from ipplan.scoring.laws import USUAL_LAWS
from ipplan.testing import LawBroken, cases, check_rule
from tests.rules import SHIPPED

SCALES = [
    Scale(floor=None, cap=None, full=40, offset=60),
    Knots(points=[(-0.6, -5), (0.6, 0), (1.3, 5)]),
    Steps(points=[(0.6, 60), (0.8, 80), (1.0, 100)]),
    Deduction(full=15, points=1, step=0.03),
]


@pytest.mark.parametrize("rule", SHIPPED, ids=lambda rule: rule.name)
def test_every_shipped_rule_keeps_the_laws_that_it_claims(rule: Rule) -> None:
    check_rule(rule)


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: type(scale).__name__)
def test_every_scale_keeps_the_score_within_its_limits(scale: Scale) -> None:
    check_rule(Progress(scale=scale), [Law.BOUNDED])


@pytest.mark.parametrize("rule", SHIPPED, ids=lambda rule: rule.name)
def test_every_shipped_rule_claims_that_missing_is_never_a_number(rule: Rule) -> None:
    assert {Law.NULL_IN_NULL_OUT, Law.BOUNDED} <= rule.laws


@pytest.mark.parametrize(
    ("rule", "law"),
    [
        (Ratio(), Law.SHIFT_FREE),
        (Ratio(), Law.MIRRORED),
        (Ratio(at_most="mirror"), Law.SHIFT_FREE),
        (Goalposts(lower=0, upper=100), Law.UNIT_FREE),
        (PassFail(), Law.CONTINUOUS),
        (PassFail(), Law.ZERO_AT_BASELINE),
        (TimeShare(), Law.ZERO_AT_BASELINE),
        (GrowthRatio(), Law.SHIFT_FREE),
    ],
)
@pytest.mark.usefixtures("first_found")
def test_what_a_rule_does_not_claim_it_does_not_keep(rule: Rule, law: Law) -> None:
    assert law not in rule.laws
    with pytest.raises(LawBroken) as caught:
        check_rule(rule, [law], max_examples=1000)
    assert caught.value.law is law


@pytest.mark.parametrize(
    ("rule", "way"),
    [
        (Goalposts(lower=0, upper=100), 1.0),
        (Goalposts(lower=100, upper=0), -1.0),
        (Goalposts(lower=1, upper=100, log=True), 1.0),
    ],
)
def test_posts_are_monotone_in_the_direction_that_they_are_meant_for(
    rule: Goalposts, way: float
) -> None:
    check_rule(rule, [Law.MONOTONE], cases=cases(ways=[way]))


class Wrong(Rule):
    """A rule with the fault that its subclass plants."""

    name = "wrong"

    def formula(self, case: Case) -> tuple[str, str]:
        return "", ""


class CapOnTheWrongSide(Wrong):
    def value(self, case, ops):
        return max(1.0, case.actual - case.low)


class UnlimitedScale(Scale):
    """A scale that forgets its own limits."""

    def score(self, attainment, ops=FLOATS):
        return attainment * self.full


class UncappedScore(Wrong):
    scale = UnlimitedScale()

    def value(self, case, ops):
        return case.actual


class DirectionIgnored(Progress):
    def value(self, case, ops):
        return case.actual - case.low + 1.0


class RatioUpsideDown(Ratio):
    def value(self, case, ops):
        return ops.div(case.low, case.actual)


class SignHidden(Progress):
    def value(self, case, ops):
        return abs(super().value(case, ops))


class TooFarIsBad(Progress):
    """Beyond the target counts back, which only a range may do."""

    def value(self, case, ops):
        return 1.0 - abs(1.0 - super().value(case, ops))


class GradesUpsideDown(Progress):
    """A value that rises, and falls as the scale sees it."""

    def graded(self, value, case, ops):
        return 1.0 - value


class ZeroReplaced(Wrong):
    def value(self, case, ops):
        return case.actual / (case.low or 0.001)


class ExactThreshold(Wrong):
    def value(self, case, ops):
        if case.way:
            return float((case.actual - case.low) * case.way >= 0.0)
        return float(case.low <= case.actual <= case.high)


class StrictEverywhere(Wrong):
    def value(self, case, ops):
        return float((case.actual - case.low) * case.way > 0.0)


class FromZeroInsteadOfBaseline(Progress):
    def value(self, case, ops):
        return case.actual / (case.low or 1.0)


class OnlyTheUpperEdge(Wrong):
    def value(self, case, ops):
        return float(abs(case.actual - case.high) <= 1e-9 * abs(case.high))


class UnitDependentConstant(Progress):
    def value(self, case, ops):
        return ops.div(case.actual - case.baseline + 1.0, case.low - case.baseline + 1.0)


class UnitDependentRefusal(Progress):
    def refusals(self, case, ops):
        yield Reason.EXPECTED_IS_ZERO, abs(case.low) < 1.0
        yield from super().refusals(case, ops)


class ShareOfTheLevel(Progress):
    def value(self, case, ops):
        return ops.div(case.actual - case.baseline, ops.abs(case.low)) + 0.0


class PositiveOnly(Progress):
    def value(self, case, ops):
        return super().value(case, ops) if case.actual > 0.0 else 0.0


class RangesInWords(Wrong):
    def value(self, case, ops):
        return 1.0 / (0.0 if not case.way else 1.0)


class RoundedToTenths(Progress):
    def value(self, case, ops):
        return math.floor(super().value(case, ops) * 10.0) / 10.0


class NaNLeaks(Wrong):
    def value(self, case, ops):
        return ops.div(case.actual, case.low)


class InfinityLeaks(Wrong):
    def value(self, case, ops):
        return case.actual / case.low if case.low else math.inf


class DividesByZero(Wrong):
    def value(self, case, ops):
        return case.actual / case.low


class ForgetsTheBaseline(Progress):
    def refusals(self, case, ops):
        return [each for each in super().refusals(case, ops) if each[0] is not Reason.NO_BASELINE]


class GradesIntoNothing(Progress):
    def graded(self, value, case, ops):
        return ops.div(value, case.limit)


class MissingAsZero(Wrong):
    def value(self, case, ops):
        return 0.0 if ops.is_null(case.actual) else 1.0


class MissingAsMet(PassFail):
    def value(self, case, ops):
        return float(not case.actual < case.low)


class RemembersTheLargest(Wrong):
    """Measured by the largest actual that it has scored, whichever indicator's."""

    def __init__(self):
        self.largest = 1.0

    def value(self, case, ops):
        self.largest = max(self.largest, abs(case.actual))
        return case.actual / self.largest


class CountsTheIndicators(Wrong):
    def __init__(self):
        self.count = 0

    def value(self, case, ops):
        self.count += 1
        return 1.0 / self.count


class KeepsTheLastReason(Wrong):
    """What could not be computed before is not computed now."""

    failed = False

    def refusals(self, case, ops):
        self.failed = self.failed or case.low == 0.0
        yield Reason.EXPECTED_IS_ZERO, self.failed

    def value(self, case, ops):
        return 1.0


FALLING = Knots(points=[(0, 100), (1, 0)])
WRONG = [
    (CapOnTheWrongSide(), Law.MONOTONE),
    (UncappedScore(), Law.BOUNDED),
    (DirectionIgnored(), Law.MONOTONE),
    (RatioUpsideDown(), Law.MONOTONE),
    (SignHidden(), Law.MONOTONE),
    (TooFarIsBad(), Law.MONOTONE),
    (Ratio(scale=FALLING), Law.MONOTONE),
    (PassFail(scale=FALLING), Law.MONOTONE),
    (Progress(scale=Steps(points=[(0.5, 60), (1.0, 40)])), Law.MONOTONE),
    (GradesUpsideDown(), Law.MONOTONE),
    (ZeroReplaced(), Law.FULL_AT_TARGET),
    (ExactThreshold(), Law.FULL_AT_TARGET),
    (StrictEverywhere(), Law.FULL_AT_TARGET),
    (OnlyTheUpperEdge(), Law.FULL_AT_TARGET),
    (FromZeroInsteadOfBaseline(), Law.ZERO_AT_BASELINE),
    (UnitDependentConstant(), Law.UNIT_FREE),
    (UnitDependentRefusal(), Law.UNIT_FREE),
    (ShareOfTheLevel(), Law.SHIFT_FREE),
    (PositiveOnly(), Law.MIRRORED),
    (RoundedToTenths(), Law.CONTINUOUS),
    (NaNLeaks(), Law.DETERMINATE),
    (InfinityLeaks(), Law.DETERMINATE),
    (DividesByZero(), Law.DETERMINATE),
    (ForgetsTheBaseline(), Law.DETERMINATE),
    (GradesIntoNothing(), Law.DETERMINATE),
    (MissingAsZero(), Law.NULL_IN_NULL_OUT),
    (MissingAsMet(), Law.NULL_IN_NULL_OUT),
    (RemembersTheLargest(), Law.INDEPENDENT),
    (CountsTheIndicators(), Law.INDEPENDENT),
    (KeepsTheLastReason(), Law.INDEPENDENT),
]


@pytest.mark.parametrize(("rule", "law"), WRONG, ids=[type(rule).__name__ for rule, _ in WRONG])
@pytest.mark.usefixtures("first_found")
def test_a_wrong_rule_is_caught_by_the_law_that_it_breaks(rule: Rule, law: Law) -> None:
    with pytest.raises(LawBroken) as caught:
        check_rule(rule, [law], max_examples=2000)
    assert caught.value.law is law


def test_the_message_tells_the_law_the_inputs_and_what_came_out() -> None:
    with pytest.raises(LawBroken) as caught:
        check_rule(MissingAsZero())
    first, inputs, law, found = str(caught.value).splitlines()
    assert first == "wrong breaks the law NULL_IN_NULL_OUT"
    assert inputs.startswith("  inputs: actual unknown, expected at least 0.0, at 2020.0")
    assert law == "  the law says: an unknown actual gives no number"
    assert found == "  came out: value 0.0"


def test_a_score_that_falls_is_told_with_the_value_that_earns_it() -> None:
    with pytest.raises(LawBroken) as caught:
        check_rule(Ratio(scale=FALLING), max_examples=200)
    first, _, _, found = str(caught.value).splitlines()
    assert first == "ratio breaks the law MONOTONE"
    assert re.fullmatch(
        r"  came out: value \S+ \(score \S+\), then value \S+ \(score \S+\) for the better actual",
        found,
    )


@pytest.mark.usefixtures("first_found")
def test_a_value_that_falls_is_told_with_its_score_or_without_one() -> None:
    class Unscored(RatioUpsideDown):
        def graded(self, value, case, ops):
            return math.nan

    told = r"came out: value \S+ \(%s\), then value \S+ \(%s\) for the better"
    with pytest.raises(LawBroken, match=told % (r"score \S+", r"score \S+")):
        check_rule(RatioUpsideDown(), [Law.MONOTONE], max_examples=500)
    with pytest.raises(LawBroken, match=told % ("no score", "no score")):
        check_rule(Unscored(), [Law.MONOTONE], max_examples=500)


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: type(scale).__name__)
def test_every_scale_that_rises_keeps_the_score_monotone(scale: Scale) -> None:
    check_rule(Progress(scale=scale), [Law.MONOTONE])


def test_a_rule_is_tried_by_its_name() -> None:
    check_rule("ratio")
    with pytest.raises(ModelError, match=r"expected a scoring rule, .*\(near: ratio\)"):
        check_rule("rato")
    with pytest.raises(ModelError, match="lower: expected a value, which the rule goalposts"):
        check_rule("goalposts")


def test_the_counterexample_is_the_smallest() -> None:
    with pytest.raises(LawBroken) as caught:
        check_rule(ZeroReplaced(), [Law.FULL_AT_TARGET], max_examples=500)
    assert "actual 0.0, expected at least 0.0, at 2020.0" in str(caught.value)


def test_two_cases_are_told_one_after_the_other() -> None:
    with pytest.raises(LawBroken) as caught:
        check_rule(UnitDependentRefusal(), [Law.UNIT_FREE], max_examples=500)
    assert re.search(r"; then actual .*no value \(expected_is_zero\)", str(caught.value), re.DOTALL)


@pytest.mark.usefixtures("first_found")
def test_a_range_is_told_by_both_figures() -> None:
    with pytest.raises(LawBroken, match=r"expected between 0\.0 and 0\.0"):
        check_rule(RangesInWords(), [Law.DETERMINATE], max_examples=500)


def test_every_failure_is_the_same_each_time() -> None:
    found = set()
    for _ in range(2):
        with pytest.raises(LawBroken) as caught:
            check_rule(MissingAsZero(), [Law.NULL_IN_NULL_OUT], max_examples=500)
        found.add(str(caught.value))
    assert len(found) == 1


def test_what_was_scored_between_is_told() -> None:
    rule = RemembersTheLargest()
    with pytest.raises(LawBroken) as caught:
        check_rule(rule, [Law.INDEPENDENT], max_examples=500)
    first, inputs, law, found = str(caught.value).splitlines()
    assert first == "wrong breaks the law INDEPENDENT"
    assert re.fullmatch(
        r"  inputs: actual 1\.0, .*; then actual 2\.0, .*; then the first again", inputs
    )
    assert law == "  the law says: what was scored before changes nothing"
    assert found == "  came out: value 1.0, then value 0.5"
    assert rule.largest == 1.0  # it is a copy that remembers


@pytest.mark.usefixtures("first_found")
def test_a_memory_that_no_copy_parts_with_is_told_by_what_was_seen() -> None:
    class SharedMemory(Wrong):
        """Remembers in its class, and cannot be copied: it breaks a law once only."""

        seen: typing.ClassVar = [1.0]

        def __deepcopy__(self, memo):
            raise TypeError("no copy of this")

        def value(self, case, ops):
            self.seen.append(max(self.seen[-1], abs(case.actual)))
            return case.actual / self.seen[-1]

    with pytest.raises(LawBroken) as caught:
        check_rule(SharedMemory(), [Law.INDEPENDENT], max_examples=500)
    assert caught.value.law is Law.INDEPENDENT
    SharedMemory.seen[:] = [1.0]
    with pytest.raises(LawBroken) as caught:
        check_rule(SharedMemory())
    assert caught.value.law is Law.INDEPENDENT


@pytest.mark.usefixtures("first_found")
def test_a_rule_that_claims_nothing_is_held_to_the_usual_laws() -> None:
    class Foreign:
        """Not a `Rule`: it only offers what the protocol asks."""

        name = "foreign"
        scale = Scale()

        def refusals(self, case, ops):
            return ()

        def value(self, case, ops):
            return linear(0.0, 1.0, 1.0 / case.low)

        def graded(self, value, case, ops):
            return value

        def formula(self, case):
            return "", ""

    with pytest.raises(LawBroken) as caught:
        check_rule(Foreign())
    assert caught.value.law is Law.DETERMINATE
    assert "ZeroDivisionError" in str(caught.value)


def test_the_usual_laws_are_what_a_rule_claims_unless_it_says_otherwise() -> None:
    assert Wrong().laws == USUAL_LAWS
    assert all(
        attrs.has(type(rule)) and rule.laws >= USUAL_LAWS - {Law.DETERMINATE} for rule in SHIPPED
    )


def test_no_jump_is_seen_over_a_gap_without_values() -> None:
    class Gap(Wrong):
        def refusals(self, case, ops):
            yield Reason.UNDEFINED, abs(case.actual) < 1.0

        def value(self, case, ops):
            return math.copysign(1.0, case.actual)

    check_rule(Gap(), [Law.CONTINUOUS])


@pytest.mark.usefixtures("first_found")
def test_a_broken_law_pickles() -> None:
    with pytest.raises(LawBroken) as caught:
        check_rule(MissingAsZero())
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.law, str(again)) == (caught.value.law, str(caught.value))
