"""The weighted mean, its coverage and contributions, and the missing-data policies."""

import math

import pytest

from ipplan import ModelError, PowerMean, Reason, Require, Skip, Zero, aggregate
from ipplan.aggregation import Part, combine


def parts(*given: tuple[float, float | None]) -> list[Part]:
    return [
        Part(id=f"p{i}", weight=w, score=s, missing=s is None) for i, (w, s) in enumerate(given)
    ]


def test_weights_count() -> None:
    total = combine(parts((3.0, 100.0), (1.0, 0.0)), Skip())
    assert total.score == 75.0
    assert total.coverage == 1.0


def test_skip_reweights_and_says_so() -> None:
    total = combine(parts((1.0, 80.0), (3.0, None)), Skip())
    assert (total.score, total.coverage) == (80.0, 0.25)


def test_zero_counts_what_is_missing_as_zero() -> None:
    total = combine(parts((1.0, 80.0), (3.0, None)), Zero())
    assert (total.score, total.coverage) == (20.0, 0.25)


def test_zero_leaves_out_what_was_reported_and_cannot_be_computed() -> None:
    undefined = Part(id="c", weight=2.0, score=None)
    total = combine([*parts((1.0, 80.0), (1.0, None)), undefined], Zero())
    assert (total.score, total.coverage) == (40.0, 0.25)


@pytest.mark.parametrize(("share", "score"), [(0.25, 80.0), (0.26, None)])
def test_require_wants_its_share(share: float, score: float | None) -> None:
    total = combine(parts((1.0, 80.0), (3.0, None)), Require(share=share))
    assert total.score == score
    assert total.coverage == 0.25
    assert total.reason is (None if score else Reason.COVERAGE_TOO_LOW)


@pytest.mark.parametrize("policy", [Skip(), Zero(), Require(share=0.5)])
def test_nothing_scored_is_no_score_under_any_policy(policy: Skip | Zero | Require) -> None:
    total = combine(parts((1.0, None)), policy)
    assert (total.score, total.coverage, total.reason) == (None, 0.0, Reason.NOTHING_SCORED)


def test_nothing_at_all_is_no_score() -> None:
    assert combine([], Skip()).score is None


def test_contributions_sum_to_the_score() -> None:
    total = combine(parts((0.1, 33.3), (0.7, 71.9), (0.3, 12.7)), Skip())
    assert math.fsum(share for _, share in total.contributions) == total.score


@pytest.mark.parametrize("share", [0.0, -1.0, 1.5])
def test_a_required_share_lies_above_zero_up_to_one(share: float) -> None:
    with pytest.raises(ModelError, match="share: expected a share above 0, up to 1"):
        Require(share=share)


def test_policies_have_names() -> None:
    assert [Skip().name, Zero().name, Require(share=0.5).name] == ["skip", "zero", "require(0.5)"]


@pytest.mark.parametrize(
    ("mean", "expected"),
    [
        ("arithmetic", (2 + 8 * 3) / 4),
        ("geometric", (2 * 8**3) ** 0.25),
        ("harmonic", 4 / (1 / 2 + 3 / 8)),
        ("minimum", 2.0),
        (PowerMean(exponent=2), ((4 + 3 * 64) / 4) ** 0.5),
        (PowerMean(exponent=1), (2 + 8 * 3) / 4),
        (PowerMean(exponent=-1), 4 / (1 / 2 + 3 / 8)),
    ],
)
def test_each_mean(mean: str | PowerMean, expected: float) -> None:
    total = aggregate({"a": 2.0, "b": 8.0}, weights={"a": 5, "b": 15}, mean=mean)
    assert total.score == pytest.approx(expected, rel=1e-12)
    assert math.fsum(total.contributions[i][1] for i in (0, 1)) == total.score


@pytest.mark.parametrize("mean", ["geometric", "harmonic", PowerMean(exponent=3)])
def test_a_mean_that_wants_positive_scores_says_so(mean: str | PowerMean) -> None:
    total = aggregate({"a": 0.0, "b": 8.0}, mean=mean)
    assert (total.score, total.reason, total.coverage) == (None, Reason.SCORE_NOT_POSITIVE, 1.0)
    absent = aggregate({"a": None, "b": 8.0}, mean=mean, missing=Zero())
    assert absent.reason is Reason.SCORE_NOT_POSITIVE


def test_the_minimum_of_what_is_missing_as_zero() -> None:
    assert aggregate({"a": None, "b": 8.0}, mean="minimum", missing=Zero()).score == 0.0
    assert aggregate({"a": None, "b": 8.0}, mean="minimum").score == 8.0
    total = aggregate({"a": 0.0, "b": 0.0}, mean="minimum")
    assert (total.score, total.contributions) == (0.0, (("a", 0.0), ("b", 0.0)))


def test_a_power_mean_of_large_scores_does_not_overflow() -> None:
    total = aggregate({"a": 1e90, "b": 1e90}, mean=PowerMean(exponent=50))
    assert total.score == pytest.approx(1e90, rel=1e-12)


def test_what_does_not_fit_is_told_at_once() -> None:
    with pytest.raises(ModelError) as caught:
        aggregate(
            {"alpha": math.nan, "beta": 1.0, "gamma": 2.0},
            weights={"alpha": -1.0, "beta": math.inf, "gama": 1.0},
        )
    assert [problem.place for problem in caught.value.problems] == [
        "scores.alpha",
        "weights.alpha",
        "weights.beta",
        "weights.gama",
        "weights.gamma",
    ]
    assert "near: gamma" in str(caught.value)
    with pytest.raises(ModelError, match="mean: expected one of arithmetic, geometric"):
        aggregate({"a": 1.0}, mean="median")
    with pytest.raises(ModelError, match="the limit there is the geometric mean"):
        PowerMean(exponent=0)
