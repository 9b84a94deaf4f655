"""Scores told: digits by the scale, and what they are out of."""

import pytest

from ipplan import Policy
from ipplan.aggregation import Aggregate
from ipplan.assessment.scores import full_told, score_told, total_told
from ipplan.assessment.words import speaker
from ipplan.scoring import Progress, Ratio, Scale
from ipplan.text import Lang

UNIT = Policy(rule=Ratio(scale=Scale(full=1)))
OPEN = Policy(rule=Ratio(scale=Scale(cap=None)))
SIGNED = Policy(rule=Ratio(scale=Scale(full=10, offset=-5)))
MIXED = Policy(rules={"a": Progress(scale=Scale(full=10))})


@pytest.mark.parametrize(
    ("score", "policy", "told"),
    [
        (None, Policy(), "–"),
        (76.923, Policy(), "76.9"),
        (99.99999999999999, Policy(), "100.0"),
        (99.9999, Policy(), "99.9999"),
        (0.76923, UNIT, "0.769"),
        (180.0, OPEN, "180.0"),
        (50.0, MIXED, "50.0"),
    ],
)
def test_a_score_never_reads_like_a_full_one_that_it_is_not(
    score: float | None, policy: Policy, told: str
) -> None:
    assert score_told(score, policy) == told


def test_what_a_score_is_out_of() -> None:
    assert full_told(Policy()) == (" of 100", "(满分 100)")
    assert full_told(SIGNED) == (" on a scale from -5 to 5", "(分制 -5 至 5)")
    assert full_told(OPEN) == full_told(MIXED) == ("", "")


def test_a_total_is_told_with_its_coverage() -> None:
    found, none = Aggregate(score=80.0, coverage=0.5), Aggregate(score=None, coverage=0.0)
    assert total_told(found, "", OPEN, speaker(Lang.EN)) == "80.0 (coverage 50% of what is due)"
    assert total_told(none, "why", OPEN, speaker(Lang.ZH)) == "无(why;覆盖率 0%)"
