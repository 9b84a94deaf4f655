"""The policy: its strings are checked, its weights complete, its line says everything."""

import pytest

from ipplan import Lang, ModelError, Policy, PowerMean, Progress, Ratio, Require, Skip, Zero


def test_the_default_is_the_documented_one() -> None:
    policy = Policy()
    assert policy.rule == Ratio()
    assert policy.rule.scale.cap == 1.0
    assert policy.missing == Skip()
    assert policy.weights is None


def test_strings_become_objects() -> None:
    policy = Policy(rule="progress", missing="zero", exceeding="met")
    assert (policy.rule, policy.missing) == (Progress(), Zero())
    assert policy == Policy(rule=Progress(), missing=Zero(), exceeding="met")
    assert hash(policy) == hash(Policy(rule=Progress(), missing=Zero(), exceeding="met"))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"rule": "rato"}, "rule: expected one of ratio, progress, found 'rato' (near: ratio)"),
        ({"missing": "skp"}, "missing: expected one of skip, zero, found 'skp' (near: skip)"),
        ({"exceeding": "maybe"}, "exceeding: expected one of missed, met"),
        ({"rule": 3}, "rule: expected one of ratio, progress, or a scoring rule, found 3"),
        ({"rule": Progress}, "an object of it, not the class"),
        ({"weights": 5}, "weights: expected {indicator id: weight}, found 5"),
        ({"weights": ["ab"]}, "weights: expected {indicator id: weight}"),
        ({"weights": [("a", 1), ("a", 2)]}, "weights.a: expected one weight, found two"),
        ({"missing": None}, "missing: expected MissingPolicy, found None"),
        ({"thresholds": 1}, "thresholds: expected Thresholds, found 1"),
    ],
)
def test_a_wrong_option_is_named(options: dict[str, object], words: str) -> None:
    with pytest.raises(ModelError) as caught:
        Policy(**options)  # type: ignore[arg-type]
    assert words in str(caught.value)


def test_all_bad_weights_are_told_at_once() -> None:
    bad = {
        "h": 1e308,
        "a": 0.0,
        "b": -1.0,
        "c": float("inf"),
        "d": float("nan"),
        "e": True,
        "f": "1",
        "g": 1.0,
    }
    with pytest.raises(ModelError) as caught:
        Policy(weights=bad)  # type: ignore[arg-type]
    assert [problem.place for problem in caught.value.problems] == [
        f"weights.{id}" for id in "habcdef"
    ]


def test_weights_cover_the_indicators_and_nothing_else() -> None:
    policy = Policy(weights={"alpha": 2.0, "betta": 1.0})
    with pytest.raises(ModelError) as caught:
        policy.weights_of({"alpha": None, "beta": None})
    assert "weights.betta: expected an id that has a score" in str(caught.value)
    assert "near: beta" in str(caught.value)
    assert "weights.beta: expected a weight, found none" in str(caught.value)


def test_weights_are_equal_by_default() -> None:
    assert Policy().weights_of({"a": None, "b": None}) == {"a": 1.0, "b": 1.0}
    assert Policy(weights={"a": 2, "b": 3}).weights_of({"a": None, "b": None}) == {"a": 2, "b": 3}


def test_the_line_names_every_choice_in_both_languages() -> None:
    policy = Policy(
        rule=Ratio(at_most="mirror"), missing=Require(share=0.5), exceeding="met", weights={"a": 1}
    )
    english, chinese = policy.describe(Lang.EN), policy.describe("zh")
    for word in ("2 - actual / expected", "require(0.5)", "as met", "weights a 1", "1.05"):
        assert word in english
    for word in ("完成率", "require(0.5)", "视为达标", "加权", "1.05"):
        assert word in chinese


def test_an_unknown_language_lists_the_languages() -> None:
    with pytest.raises(ModelError, match="lang: expected one of zh, en"):
        Policy().describe("fr")


def test_the_mean_is_part_of_the_line() -> None:
    assert "geometric mean" in Policy(mean="geometric").describe()
    assert "几何平均" in Policy(mean="geometric").describe("zh")
    power = Policy(mean=PowerMean(exponent=2))
    assert "power mean (2)" in power.describe()
    assert "幂平均(2)" in power.describe("zh")
    assert power.to_dict()["mean"] == "power mean (2)"
