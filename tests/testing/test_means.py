"""Every shipped mean keeps the laws of aggregation, and wrong means are caught by a named law."""

import math

import pytest

from ipplan.aggregation import AnyMean, Mean, PowerMean, aggregate
from ipplan.testing import LawBroken, MeanLaw, check_aggregation


@pytest.mark.parametrize("mean", [*Mean, PowerMean(exponent=2), PowerMean(exponent=-0.5)], ids=str)
def test_every_shipped_mean_keeps_the_laws(mean: AnyMean) -> None:
    def total(scores, weights):
        named = {str(place): score for place, score in enumerate(scores)}
        by_id = {str(place): weight for place, weight in enumerate(weights)}
        return aggregate(named, weights=by_id, method=mean).score

    check_aggregation(total)


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
]


@pytest.mark.parametrize(("mean", "law"), WRONG)
@pytest.mark.usefixtures("first_found")
def test_a_wrong_mean_is_caught_by_the_law_that_it_breaks(mean, law) -> None:
    with pytest.raises(LawBroken) as caught:
        check_aggregation(mean, [law], max_examples=1000)
    assert caught.value.law is law


def test_the_message_tells_the_scores_and_the_weights() -> None:
    with pytest.raises(LawBroken) as caught:
        check_aggregation(weights_not_normalised)
    assert str(caught.value) == (
        "weights_not_normalised breaks the law EQUAL_INPUTS\n"
        "  inputs: scores [1.0], weights [0.1]\n"
        "  the law says: equal scores give that score\n"
        "  came out: 0.1"
    )
