"""Groups: what they hold, and what is refused in a tree of them, all at once."""

from typing import Any

import pytest

from ipplan import Group, Mean, ModelError, PowerMean, Require, Skip, Text, aggregate
from ipplan.aggregation import unfit_groups

INNER = Group(id="inner", members=["b", "c"])
OUTER = Group(id="outer", members=["a", INNER, "d"])


def test_leaves_and_groups_stand_in_their_order() -> None:
    assert OUTER.leaves == ("a", "b", "c", "d")
    assert OUTER.groups == (OUTER, INNER)
    assert INNER.groups == (INNER,)


def test_methods_and_missing_may_be_named() -> None:
    group = Group(id="g", members=["a"], method="geometric", missing="require(0.5)")
    assert (group.method, group.missing) == (Mean.GEOMETRIC, Require(share=0.5))
    assert Group(id="g", members=["a"], method="power(2)").method == PowerMean(exponent=2)
    plain = Group(id="g", members=("a",), name=Text(en="G"))
    assert (plain.method, plain.missing, plain.members) == (None, None, ("a",))


MISSING = "one of skip, zero, require(SHARE), substitute(SCORE), or a missing-data policy"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"members": []}, "members: expected a list of ids and groups, not empty, found ()"),
        ({"members": "ab"}, "members: expected a list of ids and groups, not empty, found 'ab'"),
        ({"members": 5}, "members: expected a list of ids and groups, not empty, found 5"),
        ({"members": ["a", 5]}, "members[1]: expected an id or a Group, found 5"),
        ({"id": ""}, "id: expected an id, found ''"),
        ({"id": 5}, "id: expected text without control characters, found 5"),
        ({"id": "a\x1b[31m"}, "id: expected text without control characters"),
        ({"method": "medan"}, "method: expected one of arithmetic, geometric, harmonic, minimum"),
        ({"missing": "skp"}, "missing: expected one of skip, zero, require(SHARE)"),
        ({"missing": 5}, f"missing: expected {MISSING}, found 5"),
        ({"missing": Skip}, f"missing: expected {MISSING}, found <class"),
        ({"missing": Skip}, "(an object of it, not the class)"),
        ({"name": "G"}, "name: expected a Text(zh=..., en=...) or None, found 'G'"),
    ],
)
def test_a_bad_group_is_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ModelError) as caught:
        Group(**{"id": "g", "members": ["a"], **options})
    assert words in str(caught.value)


def test_all_that_is_wrong_with_a_group_is_told_at_once() -> None:
    bad: Any = {"id": 7, "members": [1, "a", None], "method": "x", "missing": "y", "name": 3}
    with pytest.raises(ModelError) as caught:
        Group(**bad)
    assert [problem.place for problem in caught.value.problems] == [
        "id",
        "members[0]",
        "members[2]",
        "method",
        "missing",
        "name",
    ]


def test_a_tree_that_fits_has_no_problems() -> None:
    assert [*unfit_groups([OUTER], ["a", "b", "c", "d", "e"])] == []
    assert [*unfit_groups([], ["a"])] == []


def test_all_that_is_wrong_with_a_tree_is_told_at_once() -> None:
    groups = [
        Group(id="schooling", members=["mean_years", "expected_yeers", "mean_years"]),
        Group(id="health", members=["life"]),
        Group(id="income", members=["mean_years", Group(id="schooling", members=["gni"])]),
    ]
    known = ["mean_years", "expected_years", "life", "gni", "health"]
    problems = [*unfit_groups(groups, known)]
    assert [(problem.place, problem.found) for problem in problems] == [
        ("groups.schooling.members[1]", "'expected_yeers'"),
        ("groups.mean_years", "3"),
        ("groups.health", "'health'"),
        ("groups.schooling", "'schooling'"),
    ]
    assert str(problems[0]) == (
        "groups.schooling.members[1]: expected an id that has a score, found 'expected_yeers' "
        "(near: expected_years)"
    )
    assert str(problems[1]) == "groups.mean_years: expected one place in the tree, found 3"
    assert str(problems[2]) == (
        "groups.health: expected an id of its own for each group and score, found 'health'"
    )


def test_ids_given_twice_are_no_problem_of_the_groups() -> None:
    assert [*unfit_groups([INNER], ["b", "c", "a", "a"])] == []


def test_what_is_wrong_with_groups_weights_and_veto_is_told_at_once() -> None:
    with pytest.raises(ModelError) as caught:
        aggregate({"a": 1.0, "b": 2.0}, groups=[INNER], weights={"a": 1, "b": 1, "iner": 2})
    assert [problem.place for problem in caught.value.problems] == [
        "weights.iner",
        "weights.inner",
        "groups.inner.members[1]",
    ]
    assert "near: inner" in str(caught.value)


def test_an_id_may_be_any_text() -> None:
    assert Group(id="教育 (A.1)", members=["a"]).id == "教育 (A.1)"


def test_equal_groups_are_equal() -> None:
    assert Group(id="inner", members=("b", "c")) == INNER
    assert hash(Group(id="inner", members=("b", "c"))) == hash(INNER)
