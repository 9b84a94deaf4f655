"""A policy told: every choice in one line, in both languages, and as values that JSON can hold."""

import json
from typing import Any

import pytest
from attrs import evolve

from ipplan import (
    Band,
    Caps,
    Group,
    Lang,
    Policy,
    PowerMean,
    Ratio,
    Require,
    Scale,
    Substitute,
    Veto,
)
from ipplan.assessment.credits import Credits
from ipplan.presets import PRESETS
from ipplan.scoring import Deduction, DistanceToTarget, Goalposts, Growth, Knots, Steps
from ipplan.status import FISCAL, WORDS, StatusScale

EVERYTHING = Policy(
    name="everything",
    rule=Ratio(at_most="mirror", scale=Scale(floor=None, cap=1.2, full=10, offset=5)),
    rules={"beta": "progress", "alpha": "ratio"},
    method="power(2)",
    missing="require(0.6)",
    exceeding="met",
    weights={"alpha": 1, "beta": 2.5, "gamma": 1, "core": 3, "deep": 1},
    groups=[
        Group(
            id="core",
            members=["alpha", Group(id="deep", members=["beta"], missing="substitute(50)")],
            method="geometric",
            missing="zero",
        )
    ],
    veto=Veto(of=["gamma", "core"], below=60, total=-1),
    caps=Caps(bonus=5, deduction=2.5),
    statuses="fiscal",
    credits=Credits(support=0.25, late=0.125, cancelled=None),
    prefer=["statistics", "third_party"],
    tolerance=0.01,
    baseline_from=2015,
)


def test_the_default_in_one_line() -> None:
    assert Policy().describe() == (
        "rule ratio (for at most: expected / actual), limited to 0..1, times 100; "
        "equal weights, arithmetic mean, missing: skip; exceeding a range counts as missed; "
        "ahead from 1.05, on track from 0.95, nearly met from 0.9"
    )
    assert Policy().describe("zh") == (
        "计分:完成率(越小越好:预期/实际),限于 0–1,乘以 100;"
        "等权算术平均,缺失:跳过,其余重新加权(skip);超出区间视为未达标;"
        "快于预期 ≥ 1.05,基本符合预期 ≥ 0.95,基本完成 ≥ 0.9"
    )


def test_a_policy_that_uses_everything_in_one_line() -> None:
    assert EVERYTHING.describe() == (
        "preset everything; "
        "rule ratio (for at most: 2 - actual / expected), limited to -∞..1.2, times 10, plus 5; "
        "alpha by ratio (for at most: expected / actual), limited to 0..1, times 100; "
        "beta by progress, limited to 0..1, times 100; "
        "weights alpha 1, beta 2.5, gamma 1, core 3, deep 1, power mean (2), "
        "missing: require(0.6); "
        "groups: core (alpha, deep (beta; missing: substitute(50)); geometric mean; "
        "missing: zero); "
        "veto: -1 in all where gamma, core is below 60; "
        "adjustments: at most 5 more, 2.5 less; "
        "of several sources: statistics bureau, third party first; "
        "sources agree within 0.01 of the larger; "
        "credits: lead counts 1, support 0.25; within a task indicators, quotas, deliverables and "
        "sub-plans weigh 1, 1, 1, 1; done late counts 12.5%, cancelled is left out; "
        "baseline, where none is given: the first figure from 2015 on; "
        "rules differ in their full score, and the mean mixes them; "
        "exceeding a range counts as met; "
        "fiscal: fair ≥ 60, good ≥ 80, excellent ≥ 90"
    )


def test_a_policy_that_uses_everything_in_one_chinese_line() -> None:
    told = EVERYTHING.describe("zh")
    assert "\n" not in told
    for words in (
        "预设 everything",
        "计分:完成率(越小越好:2 − 实际/预期),限于 -∞–1.2,乘以 10,加 5",
        "alpha 用完成率(越小越好:预期/实际),限于 0–1,乘以 100",
        "beta 用进度率,限于 0–1,乘以 100",
        "加权(alpha 1, beta 2.5, gamma 1, core 3, deep 1)幂平均(2)",
        "缺失:覆盖率不足则无总分(require(0.6))",
        "分组:core(alpha, deep(beta;缺失:以给定分数代替(substitute(50)))",
        "几何平均;缺失:计零分(zero))",
        "一票否决:gamma, core 低于 60 时总分为 -1",
        "加分至多 5,扣分至多 2.5",
        "多个来源时优先采用:统计部门、第三方",
        "来源差异在 0.01 以内视为一致",
        "计分权重:牵头计 1,配合计 0.25;",
        "逾期完成按 12.5% 计,取消不计",
        "未给基期值时取 2015 起的首个数据",
        "各规则满分不同,平均值混合了不同的分制",
        "超出区间视为达标",
        "状态等级 fiscal:中 ≥ 60, 良 ≥ 80, 优 ≥ 90",
    ):
        assert words in told


def test_the_line_names_every_choice_in_both_languages() -> None:
    policy = Policy(
        rule=Ratio(at_most="mirror"), missing=Require(share=0.5), exceeding="met", weights={"a": 1}
    )
    english, chinese = policy.describe(Lang.EN), policy.describe("zh")
    for word in ("2 - actual / expected", "require(0.5)", "as met", "weights a 1", "1.05"):
        assert word in english
    for word in ("完成率", "require(0.5)", "视为达标", "加权", "1.05"):
        assert word in chinese


@pytest.mark.parametrize(
    ("method", "english", "chinese"),
    [
        ("arithmetic", "arithmetic mean", "算术平均"),
        ("geometric", "geometric mean", "几何平均"),
        ("harmonic", "harmonic mean", "调和平均"),
        ("minimum", "minimum", "取最小值"),
        ("power(2)", "power mean (2)", "幂平均(2)"),
        (PowerMean(exponent=-0.5), "power mean (-0.5)", "幂平均(-0.5)"),
    ],
)
def test_the_mean_is_part_of_the_line(method: Any, english: str, chinese: str) -> None:
    policy = Policy(method=method)
    assert f"equal weights, {english}, missing: skip" in policy.describe()
    assert f"等权{chinese},缺失" in policy.describe("zh")


@pytest.mark.parametrize(
    ("scale", "english", "chinese"),
    [
        (
            Knots(points=[(-0.6, -5), (1.3, 5)]),
            "on a line through (-0.6, -5), (1.3, 5)",
            "分段线性",
        ),
        (Steps(points=[(0.6, 60), (1, 100)]), "60 from 0.6, 100 from 1, 0 below", "≥ 0.6 得 60"),
        (
            Deduction(full=15, points=1, step=0.03),
            "15 less 1 for each whole 0.03 short of 1",
            "满分 15",
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_the_scale_is_part_of_the_line(scale: Any, english: str, chinese: str) -> None:
    policy = Policy(rule=Ratio(scale=scale))
    assert english in policy.describe()
    assert chinese in policy.describe("zh")
    assert policy.to_dict()["scale"] == scale.describe()


def test_an_exclusive_threshold_is_described_as_one() -> None:
    bands = [Band(status=FISCAL.bands[0].status, threshold=1, inclusive=False)]
    scale = StatusScale(name="mine", below=FISCAL.below, bands=bands)
    assert Policy(statuses=scale).describe().endswith("mine: fair > 1")
    assert Policy(statuses=scale).describe("zh").endswith("状态等级 mine:中 > 1")


def test_the_words_of_a_rule_are_described_where_the_policy_has_none() -> None:
    assert (
        Policy(rule="pace")
        .describe()
        .endswith("arrows: stagnating ≥ 0, moderately improving ≥ 0.5, on track ≥ 1")
    )
    assert (
        Policy(rule="time_share")
        .describe()
        .endswith("ahead from 0.05, on track from -0.05, nearly met from -0.1")
    )


@pytest.mark.parametrize("policy", [*PRESETS.values()], ids=[*PRESETS])
def test_every_preset_is_told_in_both_languages_and_as_json(policy: Policy) -> None:
    for lang in Lang:
        told = policy.describe(lang)
        assert policy.name in told
        assert "\n" not in told
    plain = policy.to_dict()
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert (plain["name"], plain["text"]) == (policy.name, policy.describe())


FIELDS = [
    "name",
    "rule",
    "options",
    "scale",
    "rules",
    "method",
    "missing",
    "exceeding",
    "weights",
    "groups",
    "veto",
    "caps",
    "statuses",
    "thresholds",
    "credits",
    "prefer",
    "tolerance",
    "baseline_from",
    "text",
]


def test_a_policy_that_uses_everything_is_plain_values() -> None:
    plain = EVERYTHING.to_dict()
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    known = {
        "name": "everything",
        "rule": "ratio",
        "options": {"at_most": "mirror"},
        "scale": "limited to -∞..1.2, times 10, plus 5",
        "rules": {
            "alpha": {
                "rule": "ratio",
                "options": {"at_most": "reciprocal"},
                "scale": "limited to 0..1, times 100",
            },
            "beta": {"rule": "progress", "options": {}, "scale": "limited to 0..1, times 100"},
        },
        "method": "power(2)",
        "missing": "require(0.6)",
        "exceeding": "met",
        "weights": {"alpha": 1.0, "beta": 2.5, "gamma": 1.0, "core": 3.0, "deep": 1.0},
        "groups": [
            {
                "id": "core",
                "method": "geometric",
                "missing": "zero",
                "members": [
                    "alpha",
                    {
                        "id": "deep",
                        "method": None,
                        "missing": "substitute(50)",
                        "members": ["beta"],
                    },
                ],
            }
        ],
        "veto": {"of": ["gamma", "core"], "below": 60.0, "total": -1.0},
        "caps": {"bonus": 5.0, "deduction": 2.5},
        "statuses": "fiscal",
        "thresholds": {"fair": 60.0, "good": 80.0, "excellent": 90.0},
        "credits": {
            "lead": 1.0,
            "support": 0.25,
            "indicator": 1.0,
            "quota": 1.0,
            "deliverable": 1.0,
            "subplan": 1.0,
            "late": 0.125,
            "cancelled": None,
        },
        "prefer": ["statistics", "third_party"],
        "tolerance": 0.01,
        "baseline_from": "2015",
        "text": EVERYTHING.describe(),
    }
    assert plain == known
    assert [*plain] == FIELDS


def test_the_default_is_plain_values() -> None:
    plain = Policy(rule=Goalposts(lower=0, upper=1)).to_dict()
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert [*plain] == FIELDS
    assert (plain["name"], plain["veto"], plain["caps"], plain["weights"]) == (None,) * 4
    assert (plain["rules"], plain["groups"], plain["baseline_from"]) == ({}, [], None)
    assert (plain["rule"], plain["method"], plain["missing"]) == ("goalposts", "arithmetic", "skip")
    assert plain["options"] == {"lower": 0.0, "upper": 1.0, "log": False}
    assert (plain["statuses"], plain["thresholds"]) == ("held", {})


@pytest.mark.parametrize(
    ("rule", "options"),
    [
        ("ratio", {"at_most": "reciprocal"}),
        (Ratio(at_most="mirror"), {"at_most": "mirror"}),
        ("progress", {}),
        ("growth", {"exponent": 4.44}),
    ],
)
def test_the_options_of_a_rule_are_plain_values(rule: Any, options: dict[str, Any]) -> None:
    assert Policy(rule=rule).to_dict()["options"] == options
    assert Policy(rules={"a": rule}).to_dict()["rules"]["a"]["options"] == options


@pytest.mark.parametrize(
    ("statuses", "thresholds"),
    [
        ("words", {"ahead": 1.05, "on_track": 0.95, "nearly_met": 0.9}),
        ("time_share", {"ahead": 0.05, "on_track": -0.05, "nearly_met": -0.1}),
        ("projection", {"acceleration_needed": 0.1, "on_track": 0.95}),
    ],
)
def test_statuses_are_told_by_name_and_threshold(
    statuses: str, thresholds: dict[str, float]
) -> None:
    plain = Policy(statuses=statuses).to_dict()
    assert (plain["statuses"], plain["thresholds"]) == (statuses, thresholds)


def test_words_of_ones_own_are_told_by_their_name() -> None:
    plain = Policy(statuses=evolve(WORDS, name="mine")).to_dict()
    assert (plain["statuses"], plain["thresholds"]["ahead"]) == ("mine", 1.05)


@pytest.mark.parametrize(
    ("missing", "english", "chinese"),
    [
        ("skip", "skip", "跳过,其余重新加权(skip)"),
        ("zero", "zero", "计零分(zero)"),
        ("require(0.5)", "require(0.5)", "覆盖率不足则无总分(require(0.5))"),
        ("substitute(50)", "substitute(50)", "以给定分数代替(substitute(50))"),
        (
            Substitute(scores={"a": 40, "b": 2.5}),
            "substitute(a 40, b 2.5)",
            "以给定分数代替(substitute(a 40, b 2.5))",
        ),
    ],
)
def test_what_is_done_with_missing_data_is_part_of_the_line(
    missing: Any, english: str, chinese: str
) -> None:
    policy = Policy(missing=missing)
    assert f"missing: {english}; exceeding" in policy.describe()
    assert f"缺失:{chinese};超出区间" in policy.describe("zh")
    group = Policy(groups=[Group(id="core", members=["a"], missing=missing)])
    assert f"groups: core (a; missing: {english}); " in group.describe()
    assert f"分组:core(a;缺失:{chinese});" in group.describe("zh")


@pytest.mark.parametrize(
    ("rule", "english", "chinese"),
    [
        (
            Goalposts(lower=1, upper=85),
            "goalposts (lower 1, upper 85, log no)",
            "阈值法(上下限)(下限 1, 上限 85, 取对数 否)",
        ),
        (
            Goalposts(lower=1, upper=85, log=True),
            "goalposts (lower 1, upper 85, log yes)",
            "阈值法(上下限)(下限 1, 上限 85, 取对数 是)",
        ),
        (
            DistanceToTarget(worst=2),
            "distance_to_target (worst 2)",
            "距目标的差距(最差值 2)",
        ),
        (Growth(), "growth (exponent 4.44)", "年均增速(指数 4.44)"),
    ],
)
def test_a_rules_options_are_told_in_the_readers_language(
    rule: Any, english: str, chinese: str
) -> None:
    assert Policy(rule=rule).describe().startswith(f"rule {english}, limited to")
    assert Policy(rule=rule).describe("zh").startswith(f"计分:{chinese},限于")


DIFFER = "rules differ in their full score, and the mean mixes them"


@pytest.mark.parametrize(
    ("rules", "differ"),
    [
        ({}, False),
        ({"a": "progress"}, False),
        ({"a": Ratio(scale=Scale(full=10))}, True),
        ({"a": Ratio(scale=Scale(cap=None))}, True),
    ],
)
def test_rules_that_differ_in_their_full_score_are_noted(
    rules: dict[str, Any], differ: bool
) -> None:
    policy = Policy(rules=rules)
    assert (DIFFER in policy.describe()) is differ
    assert ("各规则满分不同,平均值混合了不同的分制" in policy.describe("zh")) is differ
