"""Every shipped mean keeps the laws of aggregation, and wrong means are caught by a named law."""

import math
import re

import attrs
import pytest

from ipplan.aggregation import AnyMean, Mean, PowerMean, aggregate
from ipplan.errors import ModelError
from ipplan.testing import LawBroken, MeanLaw, check_aggregation, means

MEANS = [*Mean, PowerMean(exponent=2), PowerMean(exponent=-0.5), PowerMean(exponent=1e-9)]


@pytest.mark.parametrize("mean", MEANS, ids=str)
def test_every_shipped_mean_keeps_the_laws(mean: AnyMean) -> None:
    check_aggregation(mean)


def test_a_mean_is_tried_by_its_name() -> None:
    check_aggregation("geometric")
    check_aggregation("power(2)")
    with pytest.raises(ModelError, match=r"expected one of .*power\(P\).* \(near: geometric"):
        check_aggregation("geometic")


def test_a_mean_by_its_name_is_held_to_every_law(monkeypatch: pytest.MonkeyPatch) -> None:
    def zero(scores, **options):
        return aggregate({id: score or 0.0 for id, score in scores.items()}, **options)

    monkeypatch.setattr(means, "aggregate", zero)
    with pytest.raises(LawBroken, match=r"^minimum breaks the law ZERO_COVERAGE"):
        check_aggregation("minimum")


def test_what_a_function_does_not_claim_is_not_tried() -> None:
    """Scores are numbers then, and the total is one."""

    def mean(scores, weights):
        return weights_not_normalised(scores, weights) / sum(weights)

    check_aggregation(mean)
    with pytest.raises(LawBroken, match=r"scores \[None\], .*\n.*\n  came out: TypeError"):
        check_aggregation(mean, [MeanLaw.ZERO_COVERAGE])


def weights_not_normalised(scores, weights):
    return sum(s * w for s, w in zip(scores, weights, strict=True))


def divided_by_the_count(scores, weights):
    return weights_not_normalised(scores, weights) / len(scores)


def smoothed_weights(scores, weights):
    raised = [weight + 1.0 for weight in weights]
    return weights_not_normalised(scores, raised) / sum(raised)


def latest_counts_double(scores, weights):
    raised = [*weights[:-1], 2.0 * weights[-1]]
    return weights_not_normalised(scores, raised) / sum(raised)


def the_first(scores, weights):
    return scores[0]


def none_for_the_largest_first(scores, weights):
    return None if scores[0] > scores[-1] else min(scores)


def zero_counted_as_missing(scores, weights):
    kept = [score for score in scores if score]
    return sum(kept) / len(kept) if kept else 0.0


def range_taken_off(scores, weights):
    return 2.0 * min(scores) - max(scores)


def sizes_only(scores, weights):
    return sum(abs(s) * w for s, w in zip(scores, weights, strict=True)) / sum(weights)


def logarithm_of_zero(scores, weights):
    return math.exp(sum(map(math.log, scores)) / len(scores))


def not_a_number(scores, weights):
    return math.nan if min(scores) < 0.0 else min(scores)


def nothing_is_zero(scores, weights):
    return missing_as_zero(scores, weights) if any(scores) else 0.0


def nothing_is_full(scores, weights):
    return 100.0 if not [score for score in scores if score is not None] else None


def missing_as_zero(scores, weights):
    return weights_not_normalised([score or 0.0 for score in scores], weights) / sum(weights)


def missing_in_the_weights(scores, weights):
    known = [(s, w) for s, w in zip(scores, weights, strict=True) if s is not None]
    return sum(s * w for s, w in known) / sum(weights)


def missing_as_the_worst(scores, weights):
    known = [score for score in scores if score is not None]
    return missing_as_zero([min(known) if s is None else s for s in scores], weights)


@attrs.frozen
class Told:
    """A total with its contributions."""

    score: float
    contributions: tuple[tuple[str, float], ...] = ()


def products_as_contributions(scores, weights):
    products = [score * weight for score, weight in zip(scores, weights, strict=True)]
    shares = tuple((str(place), product) for place, product in enumerate(products))
    return Told(sum(products) / sum(weights), shares)


def equal_contributions_in_tenths(scores, weights):
    total = weights_not_normalised(scores, weights) / sum(weights)
    share = round(total / len(scores), 1)
    return Told(total, tuple((str(place), share) for place in range(len(scores))))


def without_contributions(scores, weights):
    return Told(weights_not_normalised(scores, weights) / sum(weights))


WRONG = [
    (weights_not_normalised, MeanLaw.EQUAL_INPUTS),
    (divided_by_the_count, MeanLaw.EQUAL_INPUTS),
    (sizes_only, MeanLaw.EQUAL_INPUTS),
    (smoothed_weights, MeanLaw.WEIGHTS_SCALE),
    (latest_counts_double, MeanLaw.ORDER_FREE),
    (the_first, MeanLaw.ORDER_FREE),
    (none_for_the_largest_first, MeanLaw.ORDER_FREE),
    (zero_counted_as_missing, MeanLaw.MONOTONE),
    (range_taken_off, MeanLaw.BETWEEN),
    (logarithm_of_zero, MeanLaw.DETERMINATE),
    (not_a_number, MeanLaw.DETERMINATE),
    (nothing_is_zero, MeanLaw.ZERO_COVERAGE),
    (nothing_is_full, MeanLaw.ZERO_COVERAGE),
    (missing_as_zero, MeanLaw.MISSING_IS_NOT_ZERO),
    (missing_in_the_weights, MeanLaw.MISSING_IS_NOT_ZERO),
    (missing_as_the_worst, MeanLaw.MISSING_IS_NOT_ZERO),
    (products_as_contributions, MeanLaw.CONTRIBUTIONS_SUM),
    (equal_contributions_in_tenths, MeanLaw.CONTRIBUTIONS_SUM),
    (without_contributions, MeanLaw.CONTRIBUTIONS_SUM),
    (weights_not_normalised, MeanLaw.CONTRIBUTIONS_SUM),
]


@pytest.mark.parametrize(("mean", "law"), WRONG)
@pytest.mark.usefixtures("first_found")
def test_a_wrong_mean_is_caught_by_the_law_that_it_breaks(mean, law) -> None:
    with pytest.raises(LawBroken) as caught:
        check_aggregation(mean, [law], max_examples=1000)
    assert caught.value.law is law


def test_the_message_tells_the_scores_and_the_weights() -> None:
    with pytest.raises(LawBroken) as caught:
        check_aggregation(weights_not_normalised, max_examples=500)
    assert str(caught.value) == (
        "weights_not_normalised breaks the law EQUAL_INPUTS\n"
        "  inputs: scores [1.0], weights [0.1]\n"
        "  the law says: equal scores give that score\n"
        "  came out: 0.1"
    )


def test_a_missing_score_is_told_as_none() -> None:
    with pytest.raises(LawBroken) as caught:
        check_aggregation(missing_as_zero, [MeanLaw.MISSING_IS_NOT_ZERO], max_examples=500)
    first, inputs, law, found = str(caught.value).splitlines()
    assert first == "missing_as_zero breaks the law MISSING_IS_NOT_ZERO"
    assert re.fullmatch(r"  inputs: scores \[.*None.*\], weights .*; then scores .*", inputs)
    assert law == "  the law says: a missing score is left out, not counted as zero"
    assert re.fullmatch(r"  came out: \S+, then \S+", found)


def test_contributions_are_told_with_their_total() -> None:
    with pytest.raises(LawBroken, match=r"came out: contributions \[\] for the total 1.0"):
        check_aggregation(without_contributions, [MeanLaw.CONTRIBUTIONS_SUM])
