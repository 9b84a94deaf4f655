"""The means: by name, what they come to, and when they are undefined."""

import math
from typing import Any

import pytest

from ipplan import Mean, ModelError, PowerMean, Reason, Zero, aggregate
from ipplan.aggregation import AnyMean, as_mean
from ipplan.aggregation.means import factors


@pytest.mark.parametrize(
    ("name", "mean"),
    [
        ("arithmetic", Mean.ARITHMETIC),
        ("geometric", Mean.GEOMETRIC),
        ("harmonic", Mean.HARMONIC),
        ("minimum", Mean.MINIMUM),
        ("power(2)", PowerMean(exponent=2)),
        ("power(-0.5)", PowerMean(exponent=-0.5)),
        ("power(+3)", PowerMean(exponent=3)),
    ],
)
def test_each_mean_has_a_name_that_is_read(name: str, mean: AnyMean) -> None:
    assert as_mean(name) == mean
    assert as_mean(mean) == mean
    assert as_mean(mean.value) == mean


CHOICES = "expected one of arithmetic, geometric, harmonic, minimum, power(P)"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("median", CHOICES),
        ("geometrc", f"{CHOICES}, found 'geometrc' (near: geometric"),
        ("Minimum", f"{CHOICES}, found 'Minimum' (near: minimum)"),
        ("power", CHOICES),
        ("power()", CHOICES),
        (2, f"{CHOICES}, found 2"),
        (None, f"{CHOICES}, found None"),
        ("power(two)", "expected a number, found 'two'"),
        ("power(0)", "exponent: expected another number than 0, found 0"),
        ("power(nan)", "exponent: expected zero, or a number between 1e-100 and 1e100 in size"),
    ],
)
def test_a_bad_name_lists_the_names_and_the_near_ones(name: Any, words: str) -> None:
    with pytest.raises(ModelError) as caught:
        as_mean(name)
    assert words in str(caught.value)


def test_an_exponent_of_zero_is_the_geometric_mean() -> None:
    with pytest.raises(ModelError, match="the limit there is the geometric mean"):
        PowerMean(exponent=0)


@pytest.mark.parametrize(
    ("mean", "expected"),
    [
        ("arithmetic", (2 + 8 * 3) / 4),
        ("geometric", (2 * 8**3) ** 0.25),
        ("harmonic", 4 / (1 / 2 + 3 / 8)),
        ("minimum", 2.0),
        ("power(2)", ((4 + 3 * 64) / 4) ** 0.5),
        (PowerMean(exponent=2), ((4 + 3 * 64) / 4) ** 0.5),
        (PowerMean(exponent=1), (2 + 8 * 3) / 4),
        (PowerMean(exponent=-1), 4 / (1 / 2 + 3 / 8)),
    ],
)
def test_each_mean(mean: str | PowerMean, expected: float) -> None:
    total = aggregate({"a": 2.0, "b": 8.0}, weights={"a": 5, "b": 15}, method=mean)
    assert total.score == pytest.approx(expected, rel=1e-12)
    assert math.fsum(total.contributions[i][1] for i in (0, 1)) == total.score


@pytest.mark.parametrize("mean", ["geometric", "harmonic", PowerMean(exponent=-3)])
@pytest.mark.parametrize("score", [0.0, -1.0])
def test_a_mean_that_wants_positive_scores_says_so(mean: str | PowerMean, score: float) -> None:
    total = aggregate({"a": score, "b": 8.0}, method=mean)
    assert (total.score, total.reason, total.coverage) == (None, Reason.SCORE_NOT_POSITIVE, 1.0)
    assert total.contributions == ()
    absent = aggregate({"a": None, "b": 8.0}, method=mean, missing=Zero())
    assert absent.reason is Reason.SCORE_NOT_POSITIVE
    assert absent.coverage == 0.5


def test_the_minimum_of_what_is_missing_as_zero() -> None:
    assert aggregate({"a": None, "b": 8.0}, method="minimum", missing=Zero()).score == 0.0
    assert aggregate({"a": None, "b": 8.0}, method="minimum").score == 8.0
    total = aggregate({"a": 0.0, "b": 0.0}, method="minimum")
    assert (total.score, total.contributions) == (0.0, (("a", 0.0), ("b", 0.0)))


def test_the_minimum_is_made_by_the_lowest_alone() -> None:
    total = aggregate({"a": 30.0, "b": 90.0, "c": 30.0, "d": 31.0}, method="minimum")
    assert total.contributions == (("a", 15.0), ("b", 0.0), ("c", 15.0), ("d", 0.0))
    assert total.score == 30.0


def test_the_lowest_share_the_minimum_by_weight() -> None:
    weights = {"a": 1, "b": 5, "c": 3}
    total = aggregate({"a": -8.0, "b": 2.0, "c": -8.0}, weights=weights, method="minimum")
    assert total.contributions == (("a", -2.0), ("b", 0.0), ("c", -6.0))


@pytest.mark.parametrize("exponent", [50, 300])
def test_a_power_mean_of_large_scores_does_not_overflow(exponent: float) -> None:
    total = aggregate({"a": 1e90, "b": 1e90}, method=PowerMean(exponent=exponent))
    assert total.score == pytest.approx(1e90, rel=1e-12)


@pytest.mark.parametrize(("exponent", "limit"), [(200, 100.0), (-100, 0.1)])
def test_a_power_mean_of_a_far_exponent_nears_the_extreme(exponent: float, limit: float) -> None:
    total = aggregate({"a": 0.1, "b": 100.0}, method=PowerMean(exponent=exponent))
    assert total.score == pytest.approx(limit, rel=0.01)


@pytest.mark.parametrize("mean", [*Mean, PowerMean(exponent=2)], ids=lambda mean: mean.value)
def test_factors_make_the_scores_sum_to_the_mean(mean: AnyMean) -> None:
    figures = [(20.0, 0.5), (50.0, 0.25), (80.0, 0.25)]
    found = factors([score for score, _ in figures], [share for _, share in figures], mean)
    assert found is not None
    total = math.fsum(score * each for (score, _), each in zip(figures, found, strict=True))
    assert 20.0 <= total <= 80.0
    if mean is Mean.ARITHMETIC:
        assert found == [0.5, 0.25, 0.25]
    if mean is Mean.MINIMUM:
        assert found == [1.0, 0.0, 0.0]


def test_a_power_mean_of_a_far_negative_exponent_does_not_overflow() -> None:
    total = aggregate({"a": 0.1, "b": 100.0}, method=PowerMean(exponent=-200))
    assert total.score == pytest.approx(0.1, rel=0.01)


@pytest.mark.parametrize("exponent", [1e-20, -1e-20, 1e-100, -1e-100])
@pytest.mark.parametrize("scores", [(2.0, 8.0), (1e-90, 1e90), (99.9, 100.0)])
def test_a_power_mean_of_an_exponent_near_zero_is_the_geometric_mean(
    exponent: float, scores: tuple[float, float]
) -> None:
    given: Any = {"scores": dict(zip("ab", scores, strict=True)), "weights": {"a": 5, "b": 15}}
    total = aggregate(**given, method=PowerMean(exponent=exponent))
    assert total.score == pytest.approx(aggregate(**given, method="geometric").score, rel=1e-12)
    assert math.fsum(share for _, share in total.contributions) == total.score


def test_a_power_mean_nears_the_geometric_mean_as_its_exponent_nears_zero() -> None:
    given: Any = {"scores": {"a": 2.0, "b": 8.0}}
    limit = aggregate(**given, method="geometric").score
    far = [
        aggregate(**given, method=PowerMean(exponent=10.0**-power)).score - limit
        for power in range(1, 12)
    ]
    assert far == sorted(far, reverse=True)
    assert all(each >= 0.0 for each in far)
    assert far[-1] == pytest.approx(0.0, abs=1e-10)


@pytest.mark.parametrize("exponent", [0.5, 1.0, 2.0, 3.0, 50.0])
def test_a_power_mean_of_an_exponent_above_zero_takes_zeros(exponent: float) -> None:
    mean = PowerMean(exponent=exponent)
    total = aggregate({"a": 0.0, "b": 8.0}, weights={"a": 1, "b": 3}, method=mean)
    assert total.score == pytest.approx(0.75 ** (1 / exponent) * 8, rel=1e-12)
    assert total.contributions == (("a", 0.0), ("b", total.score))
    assert (total.reason, total.coverage) == (None, 1.0)
    absent = aggregate({"a": None, "b": 8.0}, weights={"a": 1, "b": 3}, method=mean, missing=Zero())
    assert (absent.score, absent.coverage) == (total.score, 0.75)
    zeros = aggregate({"a": 0.0, "b": 0.0}, method=mean)
    assert (zeros.score, zeros.contributions) == (0.0, (("a", 0.0), ("b", 0.0)))


@pytest.mark.parametrize("exponent", [0.5, 2.0, 3.0])
def test_only_a_negative_score_has_no_power_mean_of_an_exponent_above_zero(
    exponent: float,
) -> None:
    total = aggregate({"a": -1.0, "b": 8.0}, method=PowerMean(exponent=exponent))
    assert (total.score, total.reason, total.coverage) == (None, Reason.SCORE_NOT_POSITIVE, 1.0)
    assert total.contributions == ()


@pytest.mark.parametrize("exponent", [0.5, 2.0])
def test_a_power_mean_does_not_jump_at_zero(exponent: float) -> None:
    mean = PowerMean(exponent=exponent)
    none = aggregate({"a": 0.0, "b": 8.0}, method=mean).score
    little = aggregate({"a": 1e-30, "b": 8.0}, method=mean).score
    assert none is not None
    assert little == pytest.approx(none, rel=1e-12)
