"""Missing-data policies: by name or as objects, what stands for a missing score, what is enough."""

import math
from typing import Any

import pytest

from ipplan import ModelError, Require, Skip, Substitute, Zero, aggregate
from ipplan.aggregation import MissingPolicy, as_missing


@pytest.mark.parametrize(
    ("name", "policy"),
    [
        ("skip", Skip()),
        ("zero", Zero()),
        ("require(0.6)", Require(share=0.6)),
        ("require(1)", Require(share=1)),
        ("require( 0.6 )", Require(share=0.6)),
        ("substitute(50)", Substitute(scores=50)),
        ("substitute(-2.5)", Substitute(scores=-2.5)),
        ("substitute(0)", Substitute(scores=0)),
    ],
)
def test_each_policy_has_a_name_that_is_read(name: str, policy: MissingPolicy) -> None:
    assert as_missing(name) == policy
    assert as_missing(policy) is policy


@pytest.mark.parametrize(
    "policy",
    [Skip(), Zero(), Require(share=0.5), Require(share=1 / 3), Substitute(scores=0.1 + 0.2)],
    ids=lambda policy: policy.name,
)
def test_a_name_reads_back_as_the_policy(policy: MissingPolicy) -> None:
    assert as_missing(policy.name) == policy
    assert isinstance(policy, MissingPolicy)


def test_policies_have_names() -> None:
    assert [Skip().name, Zero().name, Require(share=0.5).name] == ["skip", "zero", "require(0.5)"]
    assert Substitute(scores=50).name == "substitute(50)"
    assert Substitute(scores={"a": 40, "b": 2.5}).name == "substitute(a 40, b 2.5)"


CHOICES = "expected one of skip, zero, require(SHARE), substitute(SCORE), found"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("skp", f"{CHOICES} 'skp' (near: skip)"),
        ("Zero", f"{CHOICES} 'Zero' (near: zero)"),
        ("require", f"{CHOICES} 'require' (near: require(SHARE))"),
        ("require()", f"{CHOICES} 'require()' (near: require(SHARE))"),
        ("require(0.5", f"{CHOICES} 'require(0.5' (near: require(SHARE))"),
        ("substitude(50)", f"{CHOICES} 'substitude(50)' (near: substitute(SCORE))"),
        ("substitute", f"{CHOICES} 'substitute' (near: substitute(SCORE))"),
        ("skip(1)", f"{CHOICES} 'skip(1)' (near: skip)"),
        ("", f"{CHOICES} ''"),
        ("require(most)", "expected a number, found 'most'"),
        ("require(0)", "share: expected a share above 0, up to 1, found 0.0"),
        ("require(60)", "share: expected a share above 0, up to 1, found 60.0"),
        ("require(nan)", "share: expected zero, or a number between 1e-100 and 1e100 in size"),
        ("substitute(inf)", "scores: expected zero, or a number between 1e-100 and 1e100 in size"),
    ],
)
def test_a_bad_name_lists_the_names_and_the_near_ones(name: str, words: str) -> None:
    with pytest.raises(ModelError) as caught:
        as_missing(name)
    assert words in str(caught.value)


POLICIES = f"{CHOICES.removesuffix(', found')}, or a missing-data policy, found"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, f"{POLICIES} None"),
        (5, f"{POLICIES} 5"),
        (["skip"], f"{POLICIES} ['skip']"),
        (Skip, f"{POLICIES} {Skip!r} (an object of it, not the class)"),
        (Require, f"{POLICIES} {Require!r} (an object of it, not the class)"),
    ],
)
def test_what_is_no_policy_is_refused(value: Any, words: str) -> None:
    with pytest.raises(ModelError) as caught:
        as_missing(value)
    assert str(caught.value) == words
    with pytest.raises(ModelError) as caught:
        aggregate({"a": 1.0}, missing=value)
    assert str(caught.value) == f"missing: {words}"


@pytest.mark.parametrize("share", [0.0, -1.0, 1.5])
def test_a_required_share_lies_above_zero_up_to_one(share: float) -> None:
    with pytest.raises(ModelError, match="share: expected a share above 0, up to 1"):
        Require(share=share)


@pytest.mark.parametrize("share", ["most", None, True])
def test_a_required_share_is_a_number(share: Any) -> None:
    with pytest.raises(ModelError, match="share: expected a number, found"):
        Require(share=share)


@pytest.mark.parametrize(
    ("policy", "of_a", "of_b"),
    [
        (Skip(), None, None),
        (Zero(), 0.0, 0.0),
        (Require(share=0.5), None, None),
        (Substitute(scores=50), 50.0, 50.0),
        (Substitute(scores={"a": 40}), 40.0, None),
        (Substitute(scores={}), None, None),
    ],
    ids=lambda value: getattr(value, "name", str(value)),
)
def test_what_stands_for_a_missing_score(
    policy: MissingPolicy, of_a: float | None, of_b: float | None
) -> None:
    assert (policy.substitute("a"), policy.substitute("b")) == (of_a, of_b)


@pytest.mark.parametrize("policy", [Skip(), Zero(), Substitute(scores=50)])
@pytest.mark.parametrize("coverage", [0.0, 0.5, 1.0])
def test_any_coverage_is_enough_unless_a_share_is_required(
    policy: MissingPolicy, coverage: float
) -> None:
    assert policy.enough(coverage)


@pytest.mark.parametrize(
    ("coverage", "enough"),
    [(0.6, True), (0.6 - 1e-12, True), (0.6 - 1e-6, False), (1.0, True), (0.0, False)],
)
def test_the_required_share_is_enough_and_rounding_decides_nothing(
    coverage: float, enough: bool
) -> None:
    assert Require(share=0.6).enough(coverage) is enough


def test_a_substitute_for_each_id_counts_with_its_weight() -> None:
    total = aggregate(
        {"a": None, "b": 80.0, "c": None},
        weights={"a": 1, "b": 2, "c": 5},
        missing=Substitute(scores={"a": 50}),
    )
    assert (total.score, total.coverage) == (70.0, 0.25)
    assert [id for id, _ in total.contributions] == ["a", "b"]
    assert math.fsum(share for _, share in total.contributions) == total.score


def test_every_bad_substitute_is_told() -> None:
    bad: Any = {"a": math.nan, "b": "much", "c": 5}
    with pytest.raises(ModelError) as caught:
        Substitute(scores=bad)
    assert [(problem.place, problem.found) for problem in caught.value.problems] == [
        ("scores.a", "nan"),
        ("scores.b", "'much'"),
    ]
    much: Any = "much"
    with pytest.raises(ModelError, match="scores: expected a number, found 'much'"):
        Substitute(scores=much)


def test_equal_policies_are_equal_and_hash_alike() -> None:
    assert Substitute(scores={"a": 1}) == Substitute(scores={"a": 1.0})
    assert hash(Substitute(scores={"a": 1})) == hash(Substitute(scores={"a": 1.0}))
    assert len({Skip(), Skip(), Zero(), Require(share=1), Require(share=1.0)}) == 3
