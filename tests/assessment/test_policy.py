"""The policy: names become objects, weights are complete, and all that is wrong is told at once."""

import math
import pickle
from typing import Any

import attrs
import pytest

from ipplan import (
    Band,
    Caps,
    Exceeding,
    Group,
    Lang,
    Mean,
    ModelError,
    Period,
    Policy,
    PowerMean,
    Progress,
    Ratio,
    Require,
    Scale,
    Skip,
    StatusScale,
    Substitute,
    Veto,
    Zero,
    presets,
    words,
)
from ipplan.aggregation import Part
from ipplan.scoring import Goalposts, Growth, Pace, Steps
from ipplan.status import ARROWS, FISCAL, HELD, SCALES, STATCAN_WITHOUT_TARGET, WORDS

TREE = [Group(id="core", members=["alpha", Group(id="deep", members=["beta"])])]
THREE: dict[str, object] = {"alpha": None, "beta": None, "gamma": None}


def test_the_default_is_the_documented_one() -> None:
    policy = Policy()
    assert policy.rule == Ratio()
    assert policy.rule.scale.cap == 1.0
    assert policy.missing == Skip()
    assert (policy.method, policy.exceeding) == (Mean.ARITHMETIC, Exceeding.MISSED)
    assert (policy.weights, policy.statuses, policy.veto, policy.caps) == (None,) * 4
    assert (policy.name, policy.rules, policy.groups, policy.baseline_from) == ("", (), (), None)


def test_strings_become_objects() -> None:
    policy = Policy(rule="progress", missing="zero", exceeding="met")
    assert (policy.rule, policy.missing) == (Progress(), Zero())
    assert policy == Policy(rule=Progress(), missing=Zero(), exceeding="met")
    assert hash(policy) == hash(Policy(rule=Progress(), missing=Zero(), exceeding="met"))


def test_names_of_rules_means_missing_data_and_scales_become_objects() -> None:
    policy = Policy(
        rule="pace",
        rules={"alpha": "growth", "beta": Goalposts(lower=0, upper=1)},
        method="power(2)",
        missing="require(0.6)",
        statuses="arrows",
        baseline_from=2015,
    )
    assert policy.rule == Pace()
    assert policy.rules == (("alpha", Growth()), ("beta", Goalposts(lower=0, upper=1)))
    assert (policy.method, policy.missing) == (PowerMean(exponent=2), Require(share=0.6))
    assert policy.statuses is ARROWS
    assert policy.baseline_from == Period.of(2015)
    assert Policy(missing="substitute(50)").missing == Substitute(scores=50)
    assert Policy(baseline_from="2015-H1").baseline_from == Period.of("2015-H1")


@pytest.mark.parametrize("name", [*SCALES])
def test_every_scale_is_found_by_its_name(name: str) -> None:
    assert Policy(statuses=name).statuses is SCALES[name]


MISSING = "one of skip, zero, require(SHARE), substitute(SCORE), or a missing-data policy"
RULES = (
    "one of ratio, progress, goalposts, distance_to_target, pass_fail, healthy_people, "
    "growth_ratio, growth, pace, time_share, projection, canadian_indicator"
)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"rule": "rato"}, f"rule: expected a scoring rule, {RULES}, found 'rato' (near: ratio)"),
        ({"rule": 3}, f"rule: expected {RULES}, or a scoring rule, found 3"),
        ({"rule": Progress}, "an object of it, not the class"),
        ({"rules": {"a": Progress}}, "an object of it, not the class"),
        ({"rules": {"a": 5}}, f"rules.a: expected {RULES}, or a scoring rule, found 5"),
        ({"rules": {"a": Progress}}, f"rules.a: expected {RULES}, or a scoring rule, found <class"),
        (
            {"rules": {"a": "rato"}},
            f"rules.a: expected a scoring rule, {RULES}, found 'rato' (near: ratio)",
        ),
        ({"rules": [("a", "pace"), ("a", "growth")]}, "rules.a: expected one rule, found two"),
        ({"rules": [("a", "pace"), ("a", "pace")]}, "rules.a: expected one rule, found two"),
        ({"rules": 5}, "rules: expected {id: value}, found 5"),
        ({"rules": {1: "ratio"}}, "rules: expected {id: value}, found {1: 'ratio'}"),
        ({"missing": "skp"}, "missing: expected one of skip, zero, require(SHARE), substitute("),
        ({"missing": "skp"}, "found 'skp' (near: skip)"),
        ({"missing": None}, f"missing: expected {MISSING}, found None"),
        ({"missing": Zero}, f"missing: expected {MISSING}, found <class"),
        ({"missing": Zero}, "(an object of it, not the class)"),
        ({"missing": "require(2)"}, "missing.share: expected a share above 0, up to 1, found 2.0"),
        (
            {"method": "medan"},
            "method: expected one of arithmetic, geometric, harmonic, minimum, power(P), found",
        ),
        ({"exceeding": "maybe"}, "exceeding: expected one of missed, met"),
        ({"weights": 5}, "weights: expected {id: value}, found 5"),
        ({"weights": ["ab"]}, "weights: expected {id: value}, found ['ab']"),
        ({"weights": [("a", 1), ("a", 2)]}, "weights.a: expected one weight, found two"),
        (
            {"statuses": "arows"},
            "statuses: expected a status scale, one of words, time_share, held, statcan,",
        ),
        ({"statuses": "arows"}, "found 'arows' (near: arrows)"),
        ({"statuses": 1}, "statuses: expected StatusScale or Words or None, found 1"),
        ({"groups": "core"}, "groups: expected a list of Group, found 'core'"),
        ({"groups": ["core"]}, "groups[0]: expected Group, found 'core'"),
        ({"veto": "safety"}, "veto: expected Veto or None, found 'safety'"),
        ({"caps": 5}, "caps: expected Caps or None, found 5"),
        ({"baseline_from": "soon"}, "baseline_from: expected a year (2018), half (2018-H1)"),
        ({"name": "My policy"}, "name: expected a snake_case id of at most 64 characters"),
        ({"name": None}, "name: expected a snake_case id of at most 64 characters, found None"),
    ],
)
def test_a_wrong_option_is_named(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ModelError) as caught:
        Policy(**options)
    assert words in str(caught.value)


def test_an_option_that_there_is_not_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="thresholds"):
        Policy(thresholds=1)  # type: ignore[call-arg]


def test_all_wrong_options_are_told_at_once() -> None:
    bad: Any = {
        "name": "A policy",
        "rule": "rato",
        "rules": {"a": 1, "b": Pace, "c": "pace"},
        "missing": "skp",
        "method": "medan",
        "exceeding": "maybe",
        "weights": {"a": 0, "b": -1},
        "groups": [1],
        "veto": 2,
        "caps": 3,
        "statuses": "arows",
        "baseline_from": "soon",
    }
    with pytest.raises(ModelError) as caught:
        Policy(**bad)
    assert [problem.place for problem in caught.value.problems] == [
        "name",
        "rule",
        "rules.a",
        "rules.b",
        "missing",
        "method",
        "exceeding",
        "weights.a",
        "weights.b",
        "groups[0]",
        "veto",
        "caps",
        "statuses",
        "baseline_from",
    ]


def test_all_wrong_rules_are_told_at_once() -> None:
    bad: Any = [("a", "rato"), ("b", "pace"), ("b", Pace()), ("c", "pace"), ("d", "x")]
    with pytest.raises(ModelError) as caught:
        Policy(rules=bad)
    assert [(problem.place, problem.found) for problem in caught.value.problems] == [
        ("rules.a", "'rato'"),
        ("rules.b", "two"),
        ("rules.d", "'x'"),
    ]


def test_all_bad_weights_are_told_at_once() -> None:
    bad: Any = {
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
        Policy(weights=bad)
    assert [problem.place for problem in caught.value.problems] == [
        f"weights.{id}" for id in "habcdef"
    ]


# What a policy asks of a plan


def test_weights_cover_the_indicators_and_nothing_else() -> None:
    policy = Policy(weights={"alpha": 2.0, "betta": 1.0})
    with pytest.raises(ModelError) as caught:
        policy.weights_of({"alpha": None, "beta": None})
    assert [str(problem) for problem in caught.value.problems] == [
        "weights.betta: expected an id that has a score, found 'betta' (near: beta)",
        "weights.beta: expected a weight, found none",
    ]


def test_weights_are_equal_by_default() -> None:
    assert Policy().weights_of({"a": None, "b": None}) == {"a": 1.0, "b": 1.0}
    assert Policy(weights={"a": 2, "b": 3}).weights_of({"a": None, "b": None}) == {"a": 2, "b": 3}


def test_groups_have_weights_beside_the_indicators() -> None:
    equal = Policy(groups=TREE).weights_of(THREE)
    assert equal == dict.fromkeys(("alpha", "beta", "gamma", "core", "deep"), 1.0)
    given = {"alpha": 1.0, "beta": 2.0, "gamma": 3.0, "core": 4.0, "deep": 5.0}
    assert Policy(groups=TREE, weights=given).weights_of(THREE) == given
    with pytest.raises(ModelError) as caught:
        Policy(groups=TREE, weights=dict.fromkeys(THREE, 1.0)).weights_of(THREE)
    assert [problem.place for problem in caught.value.problems] == ["weights.core", "weights.deep"]


def test_rules_groups_and_veto_name_what_the_plan_has_and_all_is_told_at_once() -> None:
    policy = Policy(
        weights={"alpha": 1, "alfa": 1},
        rules={"alhpa": "pace", "beta": "pace"},
        groups=[Group(id="core", members=["alpha", "gama"])],
        veto=Veto(of=["gamma", "coer", "delta"], below=60),
    )
    with pytest.raises(ModelError) as caught:
        policy.weights_of(THREE)
    assert {problem.place: problem.hint for problem in caught.value.problems} == {
        "weights.alfa": "near: alpha",
        "weights.beta": "",
        "weights.gamma": "",
        "weights.core": "",
        "rules.alhpa": "near: alpha",
        "groups.core.members[1]": "near: gamma",
        "veto.of[1]": "near: core",
        "veto.of[2]": "near: beta",
    }
    told = str(caught.value)
    assert "rules.alhpa: expected the id of an indicator, found 'alhpa' (near: alpha)" in told
    assert "veto.of[1]: expected the id of a score or a group, found 'coer'" in told
    assert "groups.core.members[1]: expected an id that has a score, found 'gama'" in told


@pytest.mark.parametrize(
    ("options", "place"),
    [
        ({"rules": {"nobody": "pace"}}, "rules.nobody"),
        ({"groups": [Group(id="core", members=["nobody"])]}, "groups.core.members[0]"),
        ({"groups": [Group(id="alpha", members=["beta"])]}, "groups.alpha"),
        ({"groups": [Group(id="g", members=["beta", "beta"])]}, "groups.beta"),
        ({"veto": Veto(of="nobody", below=1)}, "veto.of[0]"),
    ],
)
def test_what_the_plan_does_not_have_is_refused_without_weights_too(
    options: dict[str, Any], place: str
) -> None:
    with pytest.raises(ModelError) as caught:
        Policy(**options).weights_of(THREE)
    assert [problem.place for problem in caught.value.problems] == [place]


def test_a_veto_may_name_a_group() -> None:
    policy = Policy(groups=TREE, veto=Veto(of=["deep", "alpha"], below=60))
    assert policy.weights_of(THREE)["deep"] == 1.0


@pytest.mark.parametrize(
    ("ids", "groups"),
    [
        (("alpha", "veto"), ()),
        (("alpha",), [Group(id="veto", members=["alpha"])]),
        (("alpha",), [Group(id="core", members=[Group(id="veto", members=["alpha"])])]),
    ],
)
def test_nothing_may_be_called_veto_where_there_is_a_veto(
    ids: tuple[str, ...], groups: Any
) -> None:
    indicators = dict.fromkeys(ids)
    with pytest.raises(ModelError) as caught:
        Policy(groups=groups, veto=Veto(of="alpha", below=60)).weights_of(indicators)
    assert str(caught.value) == (
        "scores.veto: expected another id, where there is a veto, found 'veto'"
    )
    assert Policy(groups=groups).weights_of(indicators)["alpha"] == 1.0


def test_how_a_policy_sums_up() -> None:
    policy = Policy(
        method="minimum",
        missing="zero",
        groups=TREE,
        veto=Veto(of="alpha", below=5),
        caps=Caps(bonus=5, deduction=0),
    )
    summing = policy.summing(policy.weights_of(THREE))
    assert (summing.method, summing.missing) == (Mean.MINIMUM, Zero())
    assert (summing.groups, summing.veto, summing.caps) == (policy.groups, policy.veto, policy.caps)
    parts = [
        Part(id=id, weight=1.0, score=score)
        for id, score in zip(THREE, (50.0, 40.0, 60.0), strict=True)
    ]
    assert summing.total(parts, {"award": 9.0}).score == 45.0


# Rules and statuses of single indicators


def test_each_indicator_has_its_rule() -> None:
    policy = Policy(rule="progress", rules={"alpha": "pace"})
    assert (policy.rule_of("alpha"), policy.rule_of("beta")) == (Pace(), Progress())
    assert Policy().rule_of("alpha") == Ratio()


def test_statuses_are_the_policys_or_the_rules_own() -> None:
    class Bare:
        name = "bare"
        scale = Scale()

    policy = Policy()
    assert policy.statuses_of(Ratio()) is WORDS
    assert policy.statuses_of(Growth()) is STATCAN_WITHOUT_TARGET
    assert policy.statuses_of(Goalposts(lower=0, upper=1)) is HELD
    assert policy.statuses_of(Bare()) is WORDS  # type: ignore[arg-type]
    assert Policy(statuses=FISCAL).statuses_of(Growth()) is FISCAL
    assert Policy(statuses=words(ahead=2)).statuses_of(Growth()) == words(ahead=2)


def test_the_full_score_is_that_of_all_rules_or_unknown() -> None:
    assert Policy().full == 100.0
    assert Policy(rules={"a": Ratio(scale=Scale(full=100))}).full == 100.0
    assert Policy(rule=Ratio(scale=Scale(cap=None))).full == math.inf
    steps = Ratio(scale=Steps(points=[(0.5, 1), (1, 10)]))
    assert Policy(rule=steps).full == 10.0
    assert math.isnan(Policy(rules={"a": steps}).full)


# Policies as values


def test_rules_may_come_in_any_order() -> None:
    one = Policy(rules={"a": "pace", "b": "growth"})
    assert one == Policy(rules=[("b", "growth"), ("a", "pace")])
    assert hash(one) == hash(Policy(rules=[("b", "growth"), ("a", "pace")]))


def test_a_policy_is_a_value() -> None:
    scale = StatusScale(
        name="mine", below=FISCAL.below, bands=[Band(status=FISCAL.bands[0].status, threshold=1)]
    )
    policy = Policy(
        rules={"alpha": "pace"},
        weights={"alpha": 1, "beta": 2, "core": 1},
        groups=[Group(id="core", members=["beta"])],
        veto=Veto(of="alpha", below=60),
        caps=Caps(bonus=1, deduction=2),
        statuses=scale,
        baseline_from=2015,
    )
    assert pickle.loads(pickle.dumps(policy)) == policy
    assert attrs.evolve(policy, missing="zero").missing == Zero()
    assert attrs.evolve(policy, missing="zero") != policy
    assert len({policy, attrs.evolve(policy)}) == 1


def test_an_unknown_language_lists_the_languages() -> None:
    with pytest.raises(ModelError, match="lang: expected one of zh, en"):
        Policy().describe("fr")
    assert Policy().describe(Lang.EN) == Policy().describe("en") == Policy().describe()


def test_weights_of_nobody_do_not_cover_the_indicators() -> None:
    with pytest.raises(ModelError) as caught:
        Policy(weights={}).weights_of(THREE)
    assert [str(problem) for problem in caught.value.problems] == [
        f"weights.{id}: expected a weight, found none" for id in THREE
    ]
    with pytest.raises(ModelError) as caught:
        Policy(weights={}, groups=TREE).weights_of(THREE)
    assert [problem.place for problem in caught.value.problems] == [
        f"weights.{id}" for id in (*THREE, "core", "deep")
    ]


def test_a_class_is_no_missing_data_policy() -> None:
    with pytest.raises(ModelError, match="missing: expected"):
        Policy(missing=Skip)  # type: ignore[arg-type]


# What stands for missing scores


def test_zero_is_refused_where_it_is_not_the_worst() -> None:
    for options in (
        {"missing": "zero"},
        {"groups": [Group(id="core", members=["alpha"], missing="zero")]},
        {"groups": [Group(id="a", members=[Group(id="b", members=["c"], missing="zero")])]},
    ):
        with pytest.raises(ModelError) as caught:
            attrs.evolve(presets.statcan, **options)
        assert str(caught.value) == (
            "missing: expected another one than zero, on a scale from -5 to 5, found zero "
            "(substitute(-5) counts what is missing as the worst)"
        )
    worst = attrs.evolve(presets.statcan, missing="substitute(-5)")
    assert worst.missing == Substitute(scores=-5)


def test_zero_is_taken_where_it_is_the_worst_or_nothing_is() -> None:
    assert Policy(missing="zero").missing == Zero()
    endless = Policy(rule=Ratio(scale=Scale(floor=None)), missing="zero")
    assert endless.rule.scale.least == -math.inf
    mixed: Any = {"rules": {"alpha": presets.statcan.rule}, "missing": "zero"}
    with pytest.raises(ModelError, match="on a scale from -5 to 100"):
        Policy(**mixed)


@pytest.mark.parametrize(
    ("missing", "found"),
    [
        ("substitute(100.1)", "substitute(100.1)"),
        ("substitute(-1)", "substitute(-1)"),
        (Substitute(scores={"a": 40, "b": -1}), "substitute(a 40, b -1)"),
    ],
)
def test_substitutes_outside_the_scale_are_refused(missing: Any, found: str) -> None:
    for options in (
        {"missing": missing},
        {"groups": [Group(id="core", members=["alpha"], missing=missing)]},
    ):
        with pytest.raises(ModelError) as caught:
            Policy(**options)
        assert str(caught.value) == (
            f"missing: expected scores from 0 to 100, as the rule gives them, found {found!r}"
        )


@pytest.mark.parametrize("score", [0, 50, 100])
def test_substitutes_on_the_scale_are_taken(score: float) -> None:
    assert Policy(missing=Substitute(scores=score)).missing == Substitute(scores=score)
    assert Policy(missing=Substitute(scores={"a": score})).missing.substitute("a") == score
    endless = Ratio(scale=Scale(cap=None, floor=None))
    for far in (-1e6, 1e6):
        assert Policy(rule=endless, missing=Substitute(scores=far)).missing.substitute("a") == far


def test_a_substitute_by_id_names_indicators_of_the_plan() -> None:
    policy = Policy(missing=Substitute(scores={"alpha": 1, "gama": 2, "x": 3}))
    assert [str(problem) for problem in policy.unfit(THREE)] == [
        "missing.gama: expected the id of an indicator or a group, found 'gama' (near: gamma)",
        "missing.x: expected the id of an indicator or a group, found 'x'",
    ]
    assert [*Policy(missing=Substitute(scores={"alpha": 1})).unfit(THREE)] == []
    assert [*Policy(missing="substitute(1)").unfit(THREE)] == []
