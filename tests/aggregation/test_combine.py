"""Scores become one score: weights, coverage, trees of any depth, and contributions that sum."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipplan import (
    Group,
    Mean,
    ModelError,
    PowerMean,
    Reason,
    Require,
    Skip,
    Substitute,
    Zero,
    aggregate,
)
from ipplan.aggregation import AnyMean, MissingPolicy, Part, Summing, unfit_weights


def parts(*given: tuple[float, float | None]) -> list[Part]:
    return [
        Part(id=f"p{i}", weight=w, score=s, missing=s is None) for i, (w, s) in enumerate(given)
    ]


def summed(contributions: Sequence[tuple[str, float]]) -> float:
    return math.fsum(share for _, share in contributions)


def test_weights_count() -> None:
    total = Summing().total(parts((3.0, 100.0), (1.0, 0.0)))
    assert (total.score, total.coverage) == (75.0, 1.0)


def test_skip_reweights_and_says_so() -> None:
    total = Summing(missing=Skip()).total(parts((1.0, 80.0), (3.0, None)))
    assert (total.score, total.coverage) == (80.0, 0.25)


def test_zero_counts_what_is_missing_as_zero() -> None:
    total = Summing(missing=Zero()).total(parts((1.0, 80.0), (3.0, None)))
    assert (total.score, total.coverage) == (20.0, 0.25)


@pytest.mark.parametrize("policy", [Zero(), Substitute(scores=10)])
def test_what_was_reported_and_cannot_be_computed_is_left_out(policy: MissingPolicy) -> None:
    undefined = Part(id="c", weight=2.0, score=None)
    total = Summing(missing=policy).total([*parts((1.0, 80.0), (1.0, None)), undefined])
    assert total.coverage == 0.25
    assert [id for id, _ in total.contributions] == ["p0", "p1"]
    assert total.score == (40.0 if policy == Zero() else 45.0)


@pytest.mark.parametrize(("share", "score"), [(0.25, 80.0), (0.26, None)])
def test_require_wants_its_share(share: float, score: float | None) -> None:
    total = Summing(missing=Require(share=share)).total(parts((1.0, 80.0), (3.0, None)))
    assert total.score == score
    assert total.coverage == 0.25
    assert total.reason is (None if score else Reason.COVERAGE_TOO_LOW)


@pytest.mark.parametrize("policy", [Skip(), Zero(), Require(share=0.5), Substitute(scores=50)])
def test_nothing_scored_is_no_score_under_any_policy(policy: MissingPolicy) -> None:
    total = Summing(missing=policy).total(parts((1.0, None)))
    assert (total.score, total.coverage, total.reason) == (None, 0.0, Reason.NOTHING_SCORED)


def test_nothing_at_all_is_no_score() -> None:
    for groups in ((), (Group(id="g", members=["a"]),)):
        total = Summing(groups=groups).total([])
        assert (total.score, total.reason, total.groups) == (None, Reason.NOTHING_SCORED, ())


def test_contributions_sum_to_the_score() -> None:
    total = Summing().total(parts((0.1, 33.3), (0.7, 71.9), (0.3, 12.7)))
    assert summed(total.contributions) == total.score


def test_options_may_be_named() -> None:
    total = aggregate({"a": 4.0, "b": 9.0, "c": None}, method="geometric", missing="require(0.6)")
    assert total.score == pytest.approx(6.0, rel=1e-12)
    assert aggregate({"a": 4.0, "b": None}, missing="substitute(8)").score == 6.0


def test_numbers_of_every_kind_are_read() -> None:
    scores: Any = {"a": 80, "b": Decimal("40")}
    weights: Any = {"a": 1, "b": Decimal(3)}
    total = aggregate(scores, weights=weights)
    assert total.score == 50.0
    assert all(type(share) is float for _, share in total.contributions)


# Groups


SCORES = {"life": 0.9, "mean_years": 0.5, "expected_years": 0.7, "income": 0.8}
EDUCATION = Group(id="education", members=["mean_years", "expected_years"])


def test_a_group_is_one_score_beside_the_others() -> None:
    total = aggregate(SCORES, groups=[EDUCATION])
    assert total.score == pytest.approx((0.9 + 0.6 + 0.8) / 3, rel=1e-12)
    assert dict(total.contributions) == pytest.approx(
        {"mean_years": 0.5 / 6, "expected_years": 0.7 / 6, "life": 0.3, "income": 0.8 / 3}
    )
    education = total.group("education")
    assert education is not None
    assert (education.score, education.coverage) == (pytest.approx(0.6), 1.0)
    assert dict(education.contributions) == pytest.approx(
        {"mean_years": 0.25, "expected_years": 0.35}
    )
    assert total.group("nothing") is None


def test_a_group_may_have_a_method_and_a_policy_of_its_own() -> None:
    inner = Group(id="inner", members=["a", "b"], method="minimum", missing="zero")
    outer = Group(id="outer", members=["c", inner])
    scores = {"a": 50.0, "b": None, "c": 80.0, "d": 40.0, "e": None}
    total = aggregate(scores, groups=[outer])
    groups = dict(total.groups)
    assert (groups["inner"].score, groups["inner"].coverage) == (0.0, 0.5)
    assert (groups["outer"].score, groups["outer"].coverage) == (40.0, 0.75)
    assert (total.score, total.coverage) == (40.0, pytest.approx(1.75 / 3))
    assert dict(total.contributions) == {"c": 20.0, "a": 0.0, "b": 0.0, "d": 20.0}


def test_weights_of_groups_count_beside_those_of_scores() -> None:
    weights = {"life": 1, "mean_years": 3, "expected_years": 1, "income": 1, "education": 2}
    total = aggregate(SCORES, groups=[EDUCATION], weights=weights)
    assert total.score == pytest.approx((0.9 + 0.8 + 2 * 0.55) / 4, rel=1e-12)


def test_a_group_is_weighted_one_unless_something_else_is_said() -> None:
    total = Summing(groups=(EDUCATION,)).total(
        Part(id=id, weight=2.0, score=score) for id, score in SCORES.items()
    )
    assert total.score == pytest.approx((2 * 0.9 + 2 * 0.8 + 0.6) / 5, rel=1e-12)


def test_skip_in_a_group_reweights_within_the_group_only() -> None:
    whole = aggregate(SCORES, groups=[EDUCATION])
    total = aggregate({**SCORES, "mean_years": None}, groups=[EDUCATION])
    assert total.coverage == pytest.approx(2.5 / 3)
    assert total.score == pytest.approx((0.9 + 0.7 + 0.8) / 3, rel=1e-12)
    before, after = dict(whole.contributions), dict(total.contributions)
    assert "mean_years" not in after
    assert (after["life"], after["income"]) == (before["life"], before["income"])
    assert after["expected_years"] == pytest.approx(0.7 / 3, rel=1e-12)


def test_a_group_that_nothing_is_known_of_has_no_score_and_does_not_count() -> None:
    scores = {**SCORES, "mean_years": None, "expected_years": None}
    total = aggregate(scores, groups=[EDUCATION])
    education = total.group("education")
    assert education is not None
    assert (education.score, education.coverage) == (None, 0.0)
    assert education.reason is Reason.NOTHING_SCORED
    assert total.score == pytest.approx(0.85, rel=1e-12)
    assert total.coverage == pytest.approx(2 / 3, rel=1e-12)


def test_a_group_that_nothing_was_reported_of_is_missing_in_the_whole() -> None:
    scores = {**SCORES, "mean_years": None, "expected_years": None}
    zero = aggregate(scores, groups=[EDUCATION], missing="zero")
    assert zero.score == pytest.approx(1.7 / 3, rel=1e-12)
    assert dict(zero.contributions)["education"] == 0.0
    given = Substitute(scores={"education": 0.5})
    total = aggregate(scores, groups=[EDUCATION], missing=given)
    assert total.score == pytest.approx(2.2 / 3, rel=1e-12)


def test_a_group_that_cannot_be_computed_is_left_out_and_not_zero() -> None:
    known = [Part(id=id, weight=1.0, score=SCORES[id]) for id in ("life", "income")]
    unknown = [
        Part(id="mean_years", weight=1.0, score=None, missing=True),
        Part(id="expected_years", weight=1.0, score=None),
    ]
    total = Summing(missing=Zero(), groups=(EDUCATION,)).total([*known, *unknown])
    assert total.score == pytest.approx(0.85, rel=1e-12)


def test_a_group_that_is_not_due_weighs_nothing() -> None:
    due = [Part(id=id, weight=1.0, score=SCORES[id]) for id in ("life", "income")]
    total = Summing(missing=Require(share=1.0), groups=(EDUCATION,)).total(due)
    assert (total.score, total.coverage) == (pytest.approx(0.85, rel=1e-12), 1.0)
    assert total.group("education") is None


@pytest.mark.parametrize(("share", "score"), [(0.5, 0.7), (0.6, None)])
def test_require_inside_a_group_is_of_the_group(share: float, score: float | None) -> None:
    group = Group(id="education", members=EDUCATION.members, missing=Require(share=share))
    total = aggregate({**SCORES, "mean_years": None}, groups=[group])
    found = total.group("education")
    assert found is not None
    assert (found.score, found.coverage) == (score, 0.5)
    assert found.reason is (None if score else Reason.COVERAGE_TOO_LOW)
    assert total.coverage == pytest.approx((2.5 if score else 2.0) / 3, rel=1e-12)
    assert total.score == pytest.approx((0.9 + 0.8 + 0.7) / 3 if score else 0.85, rel=1e-12)


def test_a_group_without_a_mean_leaves_the_whole_without_a_score() -> None:
    group = Group(id="g", members=["a", "b"], method="geometric")
    total = aggregate({"a": 0.0, "b": 50.0, "c": 80.0}, groups=[group])
    found = total.group("g")
    assert found is not None
    assert (found.score, found.reason, found.coverage) == (None, Reason.SCORE_NOT_POSITIVE, 1.0)
    assert (total.score, total.reason) == (None, Reason.SCORE_NOT_POSITIVE)
    assert (total.contributions, total.coverage) == ((), 0.5)


@pytest.mark.parametrize("missing", ["skip", "zero", "require(0.1)", "substitute(40)"])
def test_a_group_deep_down_without_a_mean_leaves_all_above_it_without_a_score(
    missing: str,
) -> None:
    deep = Group(id="deep", members=["a", "b"], method="geometric")
    groups = [Group(id="outer", members=["c", deep]), Group(id="beside", members=["d"])]
    total = aggregate({"a": 0.0, "b": 50.0, "c": 80.0, "d": 70.0}, groups=groups, missing=missing)
    assert {id: (each.score, each.reason) for id, each in total.groups} == {
        "deep": (None, Reason.SCORE_NOT_POSITIVE),
        "outer": (None, Reason.SCORE_NOT_POSITIVE),
        "beside": (70.0, None),
    }
    assert (total.score, total.reason) == (None, Reason.SCORE_NOT_POSITIVE)


def test_the_minimum_of_a_tree_comes_from_its_lowest_only() -> None:
    groups = [Group(id="g", members=["a", "b"]), Group(id="h", members=["c", "d"])]
    scores = {"a": 10.0, "b": 90.0, "c": 40.0, "d": 50.0, "e": 70.0}
    total = Summing(method=Mean.MINIMUM, groups=tuple(groups)).total(
        Part(id=id, weight=1.0, score=score) for id, score in scores.items()
    )
    assert total.score == 10.0
    assert dict(total.contributions) == {"a": 10.0, "b": 0.0, "c": 0.0, "d": 0.0, "e": 0.0}
    mean = Group(id="g", members=["a", "b"], method="arithmetic")
    total = aggregate(scores, groups=[mean, groups[1]], method="minimum")
    assert dict(total.contributions) == {"a": 0.0, "b": 0.0, "c": 40.0, "d": 0.0, "e": 0.0}


# Laws of trees of uneven depth


class Tree(NamedTuple):
    """What is summed up: scores, weights of all ids, groups, and the whole's method and policy."""

    scores: dict[str, float | None]
    weights: dict[str, float]
    groups: list[Group]
    method: AnyMean
    missing: MissingPolicy

    @property
    def total(self) -> Any:
        return aggregate(
            self.scores,
            weights=self.weights,
            groups=self.groups,
            method=self.method,
            missing=self.missing,
        )


METHODS = st.sampled_from([*Mean, PowerMean(exponent=2), PowerMean(exponent=-0.5)])
POLICIES = st.sampled_from([Skip(), Zero(), Require(share=0.5), Substitute(scores=30)])
WEIGHTS = st.sampled_from([1.0, 2.0, 0.1, 7.0])


@st.composite
def trees(
    draw: st.DrawFn,
    *,
    scores: st.SearchStrategy[float | None],
    policies: st.SearchStrategy[MissingPolicy] = POLICIES,
) -> Tree:
    """Trees of one to six scores, in groups of groups of uneven depth, or in none."""
    names: list[str] = []

    def split(ids: list[str], depth: int) -> list[str | Group]:
        members: list[str | Group] = []
        while ids:
            size = draw(st.integers(1, len(ids)))
            chunk, ids = ids[:size], ids[size:]
            if depth and draw(st.booleans()):
                names.append(f"g{len(names)}")
                members.append(
                    Group(
                        id=names[-1],
                        members=split(chunk, depth - 1),
                        method=draw(st.none() | METHODS),
                        missing=draw(st.none() | policies),
                    )
                )
            else:
                members += chunk
        return members

    ids = [f"s{i}" for i in range(draw(st.integers(1, 6)))]
    members = split(ids, 3)
    return Tree(
        scores={id: draw(scores) for id in ids},
        weights={id: draw(WEIGHTS) for id in (*ids, *names)},
        groups=[each for each in members if isinstance(each, Group)],
        method=draw(METHODS),
        missing=draw(policies),
    )


ANY_SCORE = st.none() | st.integers(-3, 5).map(float) | st.floats(0.01, 100)


def mean_of(figures: Sequence[tuple[float, float]], method: AnyMean) -> float | None:
    """The mean of (weight, score) pairs, as its definition has it."""
    whole = sum(weight for weight, _ in figures)
    if method is Mean.ARITHMETIC:
        return sum(weight * score for weight, score in figures) / whole
    if method is Mean.MINIMUM:
        return min(score for _, score in figures)
    positive = isinstance(method, PowerMean) and method.exponent > 0.0
    if any(score < 0.0 or (score == 0.0 and not positive) for _, score in figures):
        return None
    if method is Mean.GEOMETRIC:
        return math.prod(score ** (weight / whole) for weight, score in figures)
    p = method.exponent if isinstance(method, PowerMean) else -1.0
    return (sum(weight * score**p for weight, score in figures) / whole) ** (1.0 / p)


class Known(NamedTuple):
    """What is known of a member: its score, the share known, if it is missing or has no mean."""

    score: float | None
    coverage: float
    missing: bool
    undefined: bool = False


def defined(
    tree: Tree, members: Sequence[str | Group], method: AnyMean, missing: MissingPolicy
) -> Known:
    """What members come to, by the definition of a tree, without contributions."""
    weighed = []
    for each in members:
        if isinstance(each, Group):
            weight = tree.weights[each.id]
            below = defined(
                tree, each.members, each.method or tree.method, each.missing or tree.missing
            )
            weighed.append((each.id, weight, below))
        else:
            score = tree.scores[each]
            known = Known(score, float(score is not None), score is None)
            weighed.append((each, tree.weights[each], known))
    if any(known.undefined for _, _, known in weighed):
        return Known(None, 0.0, missing=False, undefined=True)
    every_missing = all(known.missing for _, _, known in weighed)
    if all(known.score is None for _, _, known in weighed):
        return Known(None, 0.0, every_missing)
    covered = sum(weight * known.coverage for _, weight, known in weighed)
    coverage = covered / sum(weight for _, weight, _ in weighed)
    if isinstance(missing, Require) and coverage < missing.share - 1e-9:
        return Known(None, 0.0, every_missing)
    figures = []
    for id, weight, known in weighed:
        score = missing.substitute(id) if known.missing else known.score
        if score is not None:
            figures.append((weight, score))
    found = mean_of(figures, method)
    return Known(found, 0.0 if found is None else coverage, every_missing, found is None)


@given(tree=trees(scores=ANY_SCORE))
def test_a_tree_comes_to_what_its_definition_says(tree: Tree) -> None:
    grouped = {leaf for group in tree.groups for leaf in group.leaves}
    top = [*tree.groups, *(id for id in tree.scores if id not in grouped)]
    expected = defined(tree, top, tree.method, tree.missing)
    total = tree.total
    if expected.score is None:
        assert total.score is None
        assert total.reason is not None
        assert (total.reason is Reason.SCORE_NOT_POSITIVE) is expected.undefined
    else:
        assert total.score == pytest.approx(expected.score, rel=1e-9, abs=1e-9)
        assert total.coverage == pytest.approx(expected.coverage, rel=1e-12)
        assert total.reason is None


@given(tree=trees(scores=ANY_SCORE), data=st.data())
def test_a_worse_score_never_helps(tree: Tree, data: st.DataObject) -> None:
    known = [id for id, score in tree.scores.items() if score is not None]
    before = tree.total.score
    if known and before is not None:
        id = data.draw(st.sampled_from(known))
        worse = (tree.scores[id] or 0.0) - data.draw(st.sampled_from([0.5, 3.0, 100.0]))
        after = tree._replace(scores={**tree.scores, id: worse}).total.score
        assert after is None or after <= before + 1e-9 * max(1.0, abs(before))


@given(tree=trees(scores=ANY_SCORE))
def test_contributions_sum_to_the_score_in_every_group(tree: Tree) -> None:
    total = tree.total
    for each in (total, *(group for _, group in total.groups)):
        assert 0.0 <= each.coverage <= 1.0
        if each.score is None:
            assert each.contributions == ()
        else:
            assert summed(each.contributions) == each.score
            ids = [id for id, _ in each.contributions]
            assert len({*ids}) == len(ids)


def counting(tree: Tree, total: Any) -> list[float]:
    """The scores that count, and the substitutes, by the ids of the contributions."""
    policies = [tree.missing]
    policies += [each.missing for top in tree.groups for each in top.groups if each.missing]
    found = []
    for id, _ in total.contributions:
        score = tree.scores.get(id)
        substitutes = [each.substitute(id) for each in policies]
        found += substitutes if score is None else [score]
    return [each for each in found if each is not None]


@given(tree=trees(scores=ANY_SCORE))
def test_a_score_lies_between_the_least_and_the_greatest_that_counts(tree: Tree) -> None:
    total = tree.total
    if total.score is not None:
        counted = counting(tree, total)
        assert min(counted) - 1e-9 <= total.score <= max(counted) + 1e-9


@given(tree=trees(scores=st.none()))
def test_where_nothing_is_known_no_tree_has_a_score(tree: Tree) -> None:
    total = tree.total
    assert (total.score, total.coverage, total.reason) == (None, 0.0, Reason.NOTHING_SCORED)
    assert {group.score for _, group in total.groups} <= {None}


@given(tree=trees(scores=ANY_SCORE), data=st.data())
def test_a_group_of_which_nothing_is_known_does_not_count(tree: Tree, data: st.DataObject) -> None:
    unknown = Group(id="unknown", members=["u", "v"])
    wider = {**tree.scores, "u": None, "v": None}
    weights = {**tree.weights, "u": 1.0, "v": 2.0, "unknown": data.draw(WEIGHTS)}
    how: Any = {"method": tree.method, "missing": "skip"}
    narrow = aggregate(tree.scores, groups=tree.groups, weights=tree.weights, **how)
    total = aggregate(wider, groups=[*tree.groups, unknown], weights=weights, **how)
    assert total.score == narrow.score
    assert total.contributions == narrow.contributions
    assert total.coverage <= narrow.coverage
    found = total.group("unknown")
    assert found is not None
    assert (found.score, found.coverage) == (None, 0.0)


@given(tree=trees(scores=ANY_SCORE))
def test_a_group_around_each_score_changes_nothing(tree: Tree) -> None:
    of = {f"of_{id}": id for id in tree.scores}
    weights = {id: tree.weights[id] for id in tree.scores}
    how: Any = {"method": tree.method, "missing": tree.missing}
    flat = aggregate(tree.scores, weights=weights, **how)
    total = aggregate(
        tree.scores,
        weights={**weights, **{group: weights[id] for group, id in of.items()}},
        groups=[Group(id=group, members=[id], method="arithmetic") for group, id in of.items()],
        **how,
    )
    assert (total.score, total.coverage, total.reason) == (flat.score, flat.coverage, flat.reason)


@given(tree=trees(scores=st.sampled_from([None, 1.0]), policies=st.just(Skip())), data=st.data())
def test_equal_scores_give_that_score(tree: Tree, data: st.DataObject) -> None:
    score = data.draw(st.floats(0.01, 1000))
    scores = {id: each and score for id, each in tree.scores.items()}
    total = tree._replace(scores=scores).total
    if any(scores.values()):
        assert total.score == pytest.approx(score, rel=1e-12)
    else:
        assert total.score is None


# What does not fit


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


@pytest.mark.parametrize("score", [math.nan, math.inf, -math.inf, 1e101, -1e101, 1e-101])
def test_a_score_is_a_number_of_a_size_that_can_be_reckoned_with(score: float) -> None:
    expected = r"scores\.a: expected zero, or a number between 1e-100 and 1e100 in size, found"
    with pytest.raises(ModelError, match=expected):
        aggregate({"a": score})


@pytest.mark.parametrize("score", ["80", True, [80]])
def test_a_score_is_a_number_or_none(score: Any) -> None:
    with pytest.raises(ModelError, match=r"scores\.a: expected a number, found"):
        aggregate({"a": score})


@pytest.mark.parametrize("score", [1e100, -1e100, 1e-100, 0.0, -0.0])
def test_the_largest_and_the_smallest_scores_are_taken(score: float) -> None:
    assert aggregate({"a": score}).score == score


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"scores": [80.0]}, "scores: expected {id: score or None}, found [80.0]"),
        ({"scores": None}, "scores: expected {id: score or None}, found None"),
        ({"weights": [1]}, "weights: expected {id: weight}, or None, found [1]"),
        ({"groups": 5}, "groups: expected a list of groups, found 5"),
        ({"groups": "core"}, "groups: expected a list of groups, found 'core'"),
        ({"groups": ["core"]}, "groups[0]: expected a Group, found 'core'"),
        ({"veto": "a"}, "veto: expected a Veto, or None, found 'a'"),
        ({"caps": 5}, "caps: expected Caps, or None, found 5"),
        ({"adjustments": 5}, "adjustments: expected {id: points}, found 5"),
    ],
)
def test_an_argument_of_a_wrong_type_is_named(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ModelError) as caught:
        aggregate(**{"scores": {"a": 1.0}, **options})
    assert words in str(caught.value)


def test_all_arguments_of_a_wrong_type_are_told_at_once() -> None:
    bad: Any = {"scores": 1, "weights": 2, "groups": 3, "veto": 4, "caps": 5}
    with pytest.raises(ModelError) as caught:
        aggregate(**bad)
    assert [problem.place for problem in caught.value.problems] == [*bad]


@pytest.mark.parametrize("weight", [0.0, -1.0, math.inf, math.nan, 1e-200, 1e200, "1", True, None])
def test_a_weight_is_a_positive_finite_number(weight: Any) -> None:
    with pytest.raises(ModelError, match=r"weights\.a: expected a positive finite number, found"):
        aggregate({"a": 1.0, "b": 2.0}, weights={"a": weight, "b": 1.0})


def test_weights_cover_all_ids_and_nothing_else() -> None:
    problems = [*unfit_weights({"a": 1.0, "c": 1.0, "hael": 2.0}, ["a", "b", "health"])]
    assert [str(problem) for problem in problems] == [
        "weights.c: expected an id that has a score, found 'c'",
        "weights.hael: expected an id that has a score, found 'hael' (near: health)",
        "weights.b: expected a weight, found none",
        "weights.health: expected a weight, found none",
    ]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (
            {"method": "median"},
            "method: expected one of arithmetic, geometric, harmonic, minimum, power(P), found",
        ),
        ({"method": "power(0)"}, "method.exponent: expected another number than 0, found 0"),
        ({"missing": "skp"}, "missing: expected one of skip, zero, require(SHARE)"),
        ({"missing": "require(2)"}, "missing.share: expected a share above 0, up to 1, found 2.0"),
    ],
)
def test_a_bad_name_is_told_with_its_place(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ModelError) as caught:
        aggregate({"a": 1.0}, **options)
    assert words in str(caught.value)
