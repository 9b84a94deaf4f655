"""How an assessment is shown: tables that line up, explanations, plain values."""

import csv
import io
import json
import math
import re

import pytest
from wcwidth import wcswidth

import ipplan
from ipplan import (
    Assessment,
    Baseline,
    Bound,
    Caps,
    Group,
    Milestone,
    ModelError,
    Policy,
    Text,
    Trajectory,
    Veto,
)
from ipplan.assessment.plain import ROW_FIELDS, result_row
from ipplan.assessment.table import assessment_html
from ipplan.report.output import csv_text
from ipplan.scoring import Rule
from tests.builders import indicator, plan

GANSU = ipplan.load("gansu-2016")
ASSESSED = GANSU.assess(
    {"pct_applications": {2018: 39}, "pledge_financing": {2017: "22.4 亿元"}}, as_of=2018
)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_columns_line_up_with_chinese_text_in_them(lang: str) -> None:
    lines = ASSESSED.to_table(lang).splitlines()
    rule = next(i for i, line in enumerate(lines) if line.startswith("---"))
    starts = [match.start() for match in re.finditer("-+", lines[rule])]
    assert len(starts) == 8
    for line in lines[rule + 1 : rule + 11]:
        for start in starts[1:]:
            before = next(i for i in range(len(line)) if wcswidth(line[:i]) >= start)
            assert wcswidth(line[:before]) == start
            assert line[before - 1] == " "


def test_printing_gives_the_table() -> None:
    assert str(ASSESSED) == ASSESSED.to_table("en")
    assert "Score: 84.0 of 100, from 2 of 10 indicators (coverage 20%" in str(ASSESSED)
    assert "achieved early" in str(ASSESSED)
    assert "Target 2020" in str(ASSESSED)


def test_assumptions_are_told_as_such() -> None:
    text = str(ASSESSED)
    heading = text.index("Assumed, not stated by the plan")
    assert text.index("annual, cumulative or outstanding") > heading
    assert text.index("Pledge financing (hundred million yuan) *") < heading


def test_the_line_between_milestones_is_only_assumed_where_it_is_used() -> None:
    at_a_milestone = GANSU.assess({"pct_applications": {2017: 39}})
    assert "straight line" not in str(at_a_milestone)
    assert "straight line" in str(ASSESSED)


def test_chinese_words() -> None:
    text = ASSESSED.to_table("zh")
    for word in ("截至 2018", "滞后", "提前实现", "未报告", "总分:84.0", "假定"):
        assert word in text


def test_a_total_that_is_none_says_why() -> None:
    text = str(GANSU.assess({}, as_of=2018))
    assert "Score: none, because no indicator could be scored (coverage 0%)" in text
    assert "总分:无" in GANSU.assess({}, as_of=2018).to_table("zh")


def test_targets_of_different_periods_stand_in_the_cells() -> None:
    two = plan(indicator("alpha"), indicator("beta", {2019: Bound.at_most(5)}))
    text = str(two.assess({"alpha": 100, "beta": 7}, as_of=2019))
    assert "≥ 100 (2020)" in text
    assert "≤ 5 (2019)" in text


def test_a_plan_without_indicators_has_an_empty_table() -> None:
    text = str(plan().assess({}, as_of=2018))
    assert "Indicator (unit)" in text


def test_notes_on_stale_held_part_year_and_disagreeing_figures() -> None:
    given = plan(
        indicator("stale", {2016: Bound.at_least(1), 2020: Bound.at_least(2)}),
        indicator("held", {2016: Bound.at_least(1)}),
        indicator("part", {2018: Bound.at_least(10)}, accrual="flow"),
        indicator("sides", {2018: Bound.at_most(-1)}, baseline=(2015, 3)),
    )
    found = given.assess(
        {
            "stale": {2016: 1},
            "held": {2018: 1},
            "part": {"2018-06": 4},
            "sides": {2018: -1},
        },
        as_of=2018,
    )
    text = str(found)
    assert "Stale: the latest report is for 2016" in text
    assert "Held: past the last milestone (2016): its bound is held" in text
    assert "Part: an amount since the year's first day, compared with 50.0% of the year's" in text
    assert "Sides: the expected value is negative" in text
    chinese = found.to_table("zh")
    for words in ("最近一次报告为 2016", "沿用其目标", "序时进度", "预期值为负"):
        assert words in chinese


def test_ratio_and_progress_on_different_sides_of_one_are_noted() -> None:
    # Both compare with one expected value, so they part only where a ratio counts as 1
    # (within 1e-12) and the way from the baseline is as short as that.
    close = indicator("close", {2018: Bound.at_least(1e9)}, baseline=(2015, 1e9 - 0.003))
    found = plan(close).assess({"close": {2018: 1e9 - 0.0009}})["close"]
    assert found.progress == pytest.approx(0.7, abs=1e-4)
    assert "ratio (1) and progress (0.7) fall on different sides of 1" in found.explain()
    plainly = plan(close).assess({"close": {2018: 1e9 - 0.9e9}})["close"]
    assert "different sides" not in plainly.explain()


def test_an_explanation_holds_input_source_clause_formula_and_policy() -> None:
    record = {
        "indicator": "pledge_financing",
        "period": 2017,
        "value": "224000 万元",
        "source": "a newspaper",
        "address": "http://example.org",
        "verification": "published",
        "note": "patents only",
    }
    text = GANSU.assess([record], as_of=2018)["pledge_financing"].explain()
    for words in (
        "clause 1.3",
        "22.4 for 2017 (published; written 224000 万元; a newspaper; http://example.org",
        "patents only",
        "≥ 10  the milestone 2017: ≥ 10",
        "actual / expected = 22.4 / 10 = 2.24",
        "progress  – there is no baseline",
        "ratio 2.24, limited to 0..1, times 100: 100",
        "achieved early: the actual satisfies the final bound ≥ 20 before it is due",
        "assumed",
        "rule ratio",
    ):
        assert words in text


def test_an_explanation_tells_the_interpolation() -> None:
    def bend(start: float, end: float, share: float) -> float:
        return start

    milestones = [
        Milestone(period=2016, bound=Bound.at_least(10)),
        Milestone(period=2018, bound=Bound.at_least(20)),
        Milestone(period=2020, bound=Bound.at_least(40)),
    ]

    def told(interpolation: object, baseline: Baseline | None = None, year: int = 2017) -> str:
        way = Trajectory(
            milestones=milestones,
            interpolation=interpolation,  # type: ignore[arg-type]
            baseline=baseline,
        )
        given = ipplan.Indicator(
            id="a", name=Text(en="A"), unit="个", accrual="level", trajectory=way
        )
        return plan(given).assess({"a": {year: 15}})["a"].explain()

    assert "linear between 2016: ≥ 10 and 2018: ≥ 20" in told("linear")
    assert "pchip between 2016: ≥ 10 and 2018: ≥ 20, which looks at all milestones" in told("pchip")
    assert "bend between" in told(bend)
    assert "between 2014: 5 and 2016" in told("linear", Baseline(period=2014, value=5), 2015)
    assert "held from the last milestone, 2020: ≥ 40" in told("linear", year=2021)


def test_explanations_of_what_has_no_figure() -> None:
    missing = GANSU.assess({}, as_of=2018)["fiscal_input"].explain()
    assert "nothing reported that is not after 2018" in missing
    assert "missing: nothing was reported" in missing
    early = GANSU.assess({}, as_of=2015)["fiscal_input"].explain("zh")
    assert "未到期: 此时尚无到期的要求" in early
    told = GANSU.assess({}, as_of=2015)["fiscal_input"].explain()
    assert "not due: nothing is due yet at that time" in told


def test_part_year_explanation() -> None:
    text = GANSU.assess({"pct_applications": {"2017-H1": 10}})["pct_applications"].explain()
    assert "times 0.5, the share of the year that is over" in text


@pytest.mark.parametrize(
    ("actual", "year", "words"),
    [
        (120, 2020, "exceeded: the bound holds, with more"),
        (100, 2020, "met: the bound holds"),
        (95, 2020, "nearly met: the bound does not hold; attainment from 0.9"),
        (5, 2020, "not met: the bound does not hold; attainment below 0.9"),
        (5, 2021, "not met, overdue: the target's period is past"),
        (36, 2017, "on track: attainment from 0.95, below 1.05"),
        (40, 2017, "ahead: attainment from 1.05"),
        (4, 2017, "behind: attainment below 0.95"),
    ],
)
def test_each_status_is_explained(actual: float, year: int, words: str) -> None:
    found = GANSU.assess({"pct_applications": {year: actual}})["pct_applications"]
    assert words in found.explain()
    assert found.status is not None
    assert found.status.text.zh in found.explain("zh")


def test_the_total_decomposes() -> None:
    text = ASSESSED.explain()
    assert "50  Pledge financing: score 100, weight 1" in text
    assert "84.01, the sum of the contributions" in text
    assert "Fiscal input: missing – nothing was reported" in text
    assert "– no indicator could be scored" in GANSU.assess({}, as_of=2018).explain()


def test_conflicts_are_told_in_the_total() -> None:
    given = [
        {"indicator": "pct_applications", "period": 2017, "value": v, "source": s}
        for v, s in ((30, "a"), (31, "b"))
    ]
    found = GANSU.assess(given, as_of=2018)
    assert "conflict" in found.explain()
    assert "sources disagree on 2017: 30" in str(found)
    assert "来源不一致:采用 30" in found.to_table("zh")


def test_plain_values_are_json() -> None:
    plain = json.loads(ASSESSED.to_json())
    assert plain == ASSESSED.to_dict()
    assert plain["plan"] == "gansu-2016"
    assert (plain["as_of"], plain["coverage"]) == ("2018", 0.2)
    first = plain["results"][1]
    assert (first["indicator"], first["actual"], first["required"]) == (
        "pct_applications", 39.0, "≥ 57.33",
    )  # fmt: skip
    assert first["status"] == "behind"
    assert first["no_progress"] == "no_baseline"
    assert plain["contributions"]["pledge_financing"] == 50.0
    assert "质押融资金额" in ASSESSED.to_json()
    assert ASSESSED["pct_applications"].to_dict() == first


def test_not_used_and_conflicts_are_in_the_plain_values() -> None:
    given = [
        {"indicator": "pct_applications", "period": 2015, "value": v, "source": s}
        for v, s in ((1.59, "a"), (1.58, "b"))
    ]
    plain = GANSU.assess(given, as_of=2018).to_dict()
    assert [each["why"] for each in plain["not_used"]] == ["nothing_due", "nothing_due"]
    assert plain["conflicts"][0]["taken"]["value"] == 1.59
    assert plain["conflicts"][0]["others"][0]["value"] == 1.58


def test_rows_as_csv_have_no_exponents_and_empty_cells_for_nothing() -> None:
    tiny = plan(indicator("tiny", {2020: Bound.at_least(1e-7)})).assess({"tiny": {2020: 1e-9}})
    text = csv_text([result_row(each) for each in tiny.results.values()], ROW_FIELDS)
    [row] = csv.DictReader(io.StringIO(text))
    assert (row["expected"], row["actual"]) == ("0.0000001", "0.000000001")
    assert (row["progress"], row["met"], row["state"]) == ("", "false", "scored")


def test_texts_from_files_are_shown_and_never_act() -> None:
    evil = indicator("evil", name=Text(en="<script>alert(1)</script> | a"))
    found = plan(evil, title=Text(en="<b>T</b>")).assess({"evil": {2020: 1}})
    assert "<script>" not in found._repr_html_()
    assert "<b>" not in found._repr_html_()
    assert "&lt;script&gt;" in found._repr_html_()
    markdown = found.to_markdown()
    assert "<script>" not in markdown
    assert "&lt;script>alert(1)&lt;/script> \\| a" in markdown


def test_markdown_is_a_table() -> None:
    lines = ASSESSED.to_markdown("zh").splitlines()
    assert lines[0].startswith("## 甘肃省")
    assert lines[2].startswith("| 指标(单位)")
    assert sum(line.startswith("|") for line in lines) == 12


def test_html_names_its_language() -> None:
    assert ASSESSED._repr_html_().startswith('<div lang="en"><p><strong>Gansu')
    assert "<table>" in ASSESSED._repr_html_()


def test_an_unknown_language_is_told() -> None:
    with pytest.raises(ModelError, match="lang: expected one of zh, en, found 'fr'"):
        ASSESSED.to_table("fr")


def test_a_representation_of_one_line() -> None:
    assert repr(ASSESSED).startswith("Assessment(plan 'gansu-2016', as_of=2018, score=84.")
    assert len(ASSESSED) == 10


def test_the_policy_scale_is_in_the_total_line() -> None:
    scale = ipplan.Scale(full=10)
    found = GANSU.assess({"case_growth": {2017: 20}}, policy=Policy(rule=ipplan.Ratio(scale=scale)))
    assert "Score: 10.0 of 10, from 1 of 10" in str(found)


def test_what_is_compared_is_told_apart_from_what_it_is_compared_with() -> None:
    short = plan(indicator("short", {2020: Bound.at_least(6000)})).assess(
        {"short": {2020: 5999.996}}
    )
    row = next(line for line in str(short).splitlines() if line.startswith("Short"))
    assert "5999.996" in row
    assert "0.999999 " in row
    assert " 100.0 " not in row
    above = plan(indicator("above", {2020: Bound.more_than(6000)}))
    assert "6000.004 for 2020" in above.assess({"above": {2020: 6000.004}})["above"].explain()


def test_a_part_of_a_year_that_ends_with_it_is_noted_too() -> None:
    flow = plan(indicator("flow", {2017: Bound.at_least(20)}, accrual="flow"))
    text = flow.assess({"flow": {"2017-Q4": 5}})["flow"].explain()
    assert "an amount since the year's first day, compared with 100.0% of the year's" in text
    assert "since the year's" not in flow.assess({"flow": {2017: 5}})["flow"].explain()


def test_figures_from_before_the_as_of_period_are_counted_in_the_total_line() -> None:
    found = GANSU.assess({"pledge_financing": {2017: 22.4}}, as_of=2023)
    assert "coverage 10% of the weight that is due; 1 with a figure from before 2023)" in str(found)
    assert "the target's period, 2020, is past or here, and nothing was reported for it" in str(
        found
    )
    assert "其中 1 项为 2023 之前的数据" in found.to_table("zh")
    assert "目标期限(2020)已到" in found.to_table("zh")


def test_what_exceeds_a_range_by_the_policy_is_told() -> None:
    cities = plan(indicator("cities", {2020: Bound.between(20, 30)}))
    found = cities.assess({"cities": {2020: 45}}, policy=Policy(exceeding="met"))
    text = found["cities"].explain()
    assert "45 exceeds the range and counts as its upper figure, 30, by the policy" in text
    assert "45 超出区间" in found.to_table("zh")


def test_a_chinese_explanation_has_chinese_terms() -> None:
    text = ASSESSED["pct_applications"].explain("zh")
    assert "线性插值" in text
    assert "实际值 / 预期值 = 39 / 57.33" in text


def test_the_policy_of_an_assessment_is_plain_values() -> None:
    weights = dict.fromkeys(GANSU.indicators, 1.0) | {"case_growth": 2.0}
    found = GANSU.assess({"case_growth": {2017: 20}}, policy=Policy(weights=weights))
    policy = found.to_dict()["policy"]
    assert (policy["rule"], policy["missing"]) == ("ratio", "skip")
    assert policy["scale"] == "limited to 0..1, times 100"
    assert policy["weights"]["case_growth"] == 2.0
    assert "case_growth 2" in policy["text"]
    assert "case_growth 2" in str(found)


def test_an_assessment_is_a_mapping_of_results() -> None:
    assert dict(ASSESSED) == dict(ASSESSED.results)
    assert [*ASSESSED.keys()] == [*GANSU.indicators]
    assert ASSESSED.get("nope") is None
    assert "pct_applications" in ASSESSED


# What the total is made of

THREE = plan(indicator("alpha"), indicator("beta"), indicator("gamma"))
SCORES = {"alpha": 50, "beta": 80, "gamma": 90}
TREE = [
    Group(
        id="core",
        name=Text(en="Core | <b>", zh="核心"),
        members=["alpha", Group(id="deep", members=["beta"])],
    )
]
WEIGHTS = {"alpha": 1, "beta": 1, "gamma": 1, "core": 3, "deep": 1}
CAPS = Caps(bonus=5, deduction=5)
SUMMED = {
    "nothing": THREE.assess(SCORES, as_of=2020),
    "groups": THREE.assess(SCORES, as_of=2020, policy=Policy(groups=TREE, weights=WEIGHTS)),
    "adjustments": THREE.assess(
        SCORES, as_of=2020, policy=Policy(caps=CAPS), adjustments={"award": 8, "late": -1}
    ),
    "veto": THREE.assess(
        SCORES,
        as_of=2020,
        policy=Policy(groups=TREE, caps=CAPS, veto=Veto(of=["core", "beta"], below=85, total=2)),
        adjustments={"award": 8},
    ),
    "a veto alone": THREE.assess(
        SCORES, as_of=2020, policy=Policy(veto=Veto(of=["beta"], below=85))
    ),
    "a veto that nobody casts": THREE.assess(
        SCORES, as_of=2020, policy=Policy(veto=Veto(of=["beta"], below=10))
    ),
    "a group of which nothing is known": THREE.assess(
        {"gamma": 90}, as_of=2020, policy=Policy(groups=TREE, missing="substitute(40)")
    ),
}
TOLD: dict[str, tuple[list[str], list[str]]] = {
    "nothing": ([], []),
    "groups": (
        [
            "group deep: 80 (weight 1, coverage 100%)",
            "group Core | <b>: 65 (weight 3, coverage 100%)",
        ],
        ["分组 deep:80(权重 1,覆盖率 100%)", "分组 核心:65(权重 3,覆盖率 100%)"],
    ),
    "adjustments": (
        ["5  adjustment: award", "-1  adjustment: late"],
        ["5  加减分:award", "-1  加减分:late"],
    ),
    "veto": (
        [
            "group deep: 80 (weight 1, coverage 100%)",
            "group Core | <b>: 65 (weight 1, coverage 100%)",
            "2  veto by Core | <b>, Beta, below 85, whatever the rest",
        ],
        [
            "分组 deep:80(权重 1,覆盖率 100%)",
            "分组 核心:65(权重 1,覆盖率 100%)",
            "2  一票否决:核心、指标beta 低于 85",
        ],
    ),
    "a veto alone": (
        ["0  veto by Beta, below 85, whatever the rest"],
        ["0  一票否决:指标beta 低于 85"],
    ),
    "a veto that nobody casts": ([], []),
    "a group of which nothing is known": (
        [
            "group deep: none, because no indicator could be scored (weight 1, coverage 0%)",
            "group Core | <b>: none, because no indicator could be scored (weight 1, coverage 0%)",
        ],
        [
            "分组 deep:无(没有可评分的指标;权重 1,覆盖率 0%)",
            "分组 核心:无(没有可评分的指标;权重 1,覆盖率 0%)",
        ],
    ),
}
HEADINGS = {"en": "In the total", "zh": "总分构成"}


def in_table(found: Assessment, lang: str) -> list[str]:
    """The lines of the section in a table for the terminal."""
    after = found.to_table(lang).partition(f"\n\n{HEADINGS[lang]}\n")[2]
    return [line.strip() for line in after.partition("\n\n")[0].splitlines()]


def in_markdown(found: Assessment, lang: str) -> list[str]:
    """The items of the section in Markdown."""
    after = found.to_markdown(lang).partition(f"\n\n**{HEADINGS[lang]}**\n\n")[2]
    return [line.removeprefix("- ") for line in after.partition("\n\n")[0].splitlines()]


def in_html(found: Assessment, lang: str) -> list[str]:
    """The items of the section in HTML."""
    heading = f"<p><strong>{HEADINGS[lang]}</strong></p><ul>"
    after = assessment_html(found, lang).partition(heading)[2]
    return re.findall("<li>(.*?)</li>", after.partition("</ul>")[0])


@pytest.mark.parametrize("case", [*SUMMED])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_groups_adjustments_and_a_veto_stand_in_a_section_of_their_own(
    case: str, lang: str
) -> None:
    found, told = SUMMED[case], TOLD[case][lang == "zh"]
    assert in_table(found, lang) == told
    assert in_markdown(found, lang) == [
        item.replace("|", "\\|").replace("<", "&lt;") for item in told
    ]
    assert in_html(found, lang) == [item.replace("<", "&lt;").replace(">", "&gt;") for item in told]
    texts = (found.to_table(lang), found.to_markdown(lang), assessment_html(found, lang))
    assert [HEADINGS[lang] in text for text in texts] == [bool(told)] * 3
    for item in told:
        assert item in found.explain(lang)


def test_the_section_stands_before_the_policy_and_after_the_notes() -> None:
    late = plan(indicator("alpha", {2016: Bound.at_least(1)}), indicator("beta"))
    policy = Policy(groups=[Group(id="core", members=["alpha"])])
    text = str(late.assess({"alpha": {2016: 1}, "beta": {2020: 5}}, as_of=2020, policy=policy))
    headings = [text.index(f"\n\n{name}\n") for name in ("Notes", "In the total", "Policy")]
    assert headings == sorted(headings)


# What explanations and tables tell of baselines, limits, thresholds and scales

STARTED = ipplan.Indicator(
    id="started",
    name=Text(en="Started"),
    unit="个",
    accrual="level",
    limit=100,
    trajectory=Trajectory(
        milestones=[Milestone(period=2020, bound=Bound.at_least(100))],
        baseline=Baseline(period=2015, value=40, source="yearbook"),
    ),
)


def test_an_explanation_tells_the_baseline_the_limit_and_what_is_graded() -> None:
    found = plan(STARTED).assess({"started": {2018: 60}}, policy=Policy(rule="growth"))["started"]
    eased = ((60 / 40) ** (1 / 3) - 1) / (1 - 0.4**4.44)
    assert found.score == pytest.approx(100 * eased, rel=1e-12)
    lines = found.explain().splitlines()
    assert "  baseline  40 for 2015 (yearbook)" in lines
    assert "  limit     100" in lines
    graded = "what the scale and the thresholds see of the value"
    assert f"  graded    {eased:.4f}, {graded}" in lines
    chinese = found.explain("zh").splitlines()
    assert "  基期值      40,2015(yearbook)" in chinese
    assert "  自然上限    100" in chinese
    assert f"  调整后数值  {eased:.4f},供分制与等级使用" in chinese


def test_an_explanation_tells_no_baseline_limit_or_grade_that_there_is_not() -> None:
    free = plan(indicator("free", baseline=(2015, 40)))
    for found in (
        free.assess({"free": {2018: 60}}, policy=Policy(rule="growth"))["free"],
        free.assess({"free": {2018: 30}}, policy=Policy(rule="growth"))["free"],
        plan(STARTED).assess({"started": {2018: 60}})["started"],
        plan(STARTED).assess({"started": {2018: 30}}, policy=Policy(rule="growth"))["started"],
    ):
        assert "graded" not in found.explain()
        assert "调整后数值" not in found.explain("zh")
    assert "limit  " not in free.assess({"free": {2018: 60}})["free"].explain()
    none = plan(indicator()).assess({"alpha": {2020: 60}})["alpha"].explain()
    assert "  baseline" not in none


def test_a_baseline_taken_from_the_figures_is_told_as_such() -> None:
    policy = Policy(rule="progress", baseline_from=2015)
    found = plan(indicator()).assess({"alpha": {2016: 50, 2018: 75}}, policy=policy)["alpha"]
    assert "baseline  50 for 2016, the first figure reported" in found.explain()
    assert "50,2016,取自首个报告数据" in found.explain("zh")
    own = plan(indicator(baseline=(2015, 50))).assess({"alpha": {2018: 75}}, policy=policy)
    assert "the first figure reported" not in own["alpha"].explain()


@pytest.mark.parametrize(
    ("method", "english", "chinese"),
    [
        ("geometric", "geometric mean", "几何平均"),
        ("minimum", "minimum", "取最小值"),
        ("power(2)", "power mean (2)", "幂平均(2)"),
    ],
)
def test_a_mean_that_is_not_arithmetic_is_explained(
    method: str, english: str, chinese: str
) -> None:
    found = THREE.assess(SCORES, as_of=2020, policy=Policy(method=method))
    told = f"  mean          {english} of the scores, shared out over them as contributions"
    assert told in found.explain().splitlines()
    assert f"  平均方法  {chinese},按各项得分分摊为贡献" in found.explain("zh").splitlines()
    plainly = THREE.assess(SCORES, as_of=2020)
    assert "shared out" not in plainly.explain()
    assert "平均方法" not in plainly.explain("zh")


@pytest.mark.parametrize(
    ("actual", "shown", "cell"),
    [
        (94.996, "0.94996", "0.94996"),
        (94.99996, "0.9499996", "0.9499996"),
        (95, "0.95", "0.950"),
        (94.9, "0.949", "0.949"),
        (89.9999, "0.899999", "0.899999"),
        (104.9996, "1.049996", "1.049996"),
    ],
)
def test_a_figure_near_a_threshold_is_told_apart_from_it(
    actual: float, shown: str, cell: str
) -> None:
    found = plan(indicator()).assess({"alpha": actual}, as_of=2020)
    told = found["alpha"].explain()
    assert f" / 100 = {shown}\n" in told
    assert f"ratio {shown}, limited" in told
    row = next(line for line in str(found).splitlines() if line.startswith("Alpha"))
    assert cell in row.split()


def test_a_score_near_a_threshold_is_told_apart_from_it() -> None:
    found = plan(indicator()).assess({"alpha": 89.9996}, as_of=2020, policy="fiscal")
    assert "times 100: 89.9996" in found["alpha"].explain()
    row = next(line for line in str(found).splitlines() if line.startswith("Alpha"))
    assert "89.9996" in row.split()[6:]
    assert row.endswith("good")


def test_a_scale_that_goes_below_zero_is_in_the_total_line() -> None:
    both = plan(*(indicator(id, baseline=(2015, 50)) for id in ("alpha", "beta")))
    policy = ipplan.Policy(
        rule=ipplan.presets.statcan.rule, veto=Veto(of="alpha", below=5.5, total=2.5)
    )
    found = both.assess({"alpha": 100, "beta": 100}, as_of=2020, policy=policy)
    assert "Score: 2.5 on a scale from -5 to 5, from 2 of 2 indicators" in str(found)
    assert "总分:2.5(分制 -5 至 5),2 项指标中 2 项计分" in found.to_table("zh")


@pytest.mark.parametrize(
    ("alpha", "told"),
    [(1e-6, "<1%"), (1e6, ">99%"), (0.01, "<1%"), (0.1, "5%"), (2.0, "50%")],
)
def test_coverage_reads_none_or_all_only_where_it_is(alpha: float, told: str) -> None:
    weights = {"alpha": alpha, "beta": 1.0, "gamma": 1.0}
    found = THREE.assess({"alpha": 50}, as_of=2020, policy=Policy(weights=weights))
    assert f"(coverage {told} of the weight that is due)" in str(found)
    assert f"占到期权重的 {told}" in found.to_table("zh")
    strict = Policy(weights=weights, missing="require(1)")
    none = THREE.assess({"alpha": 50}, as_of=2020, policy=strict)
    if told != ">99%":
        assert f"(coverage {told})" in str(none)


def test_full_coverage_reads_a_hundred_percent() -> None:
    assert "(coverage 100% of the weight that is due)" in str(SUMMED["nothing"])


def test_plain_values_hold_the_rule_the_baseline_and_the_limit() -> None:
    plain = (
        plan(STARTED)
        .assess({"started": {2018: 60}}, policy=Policy(rule="growth"))["started"]
        .to_dict()
    )
    named = ("rule", "target_period", "baseline", "baseline_period", "baseline_source", "limit")
    assert {name: plain[name] for name in named} == {
        "rule": "growth",
        "target_period": "2020",
        "baseline": 40.0,
        "baseline_period": "2015",
        "baseline_source": "yearbook",
        "limit": 100.0,
    }
    free = plan(indicator()).assess({"alpha": {2020: 60}})["alpha"].to_dict()
    assert (free["rule"], free["target_period"]) == ("ratio", "2020")
    assert [free[name] for name in named[2:]] == [None] * 4


def test_a_reason_is_told_for_any_rule() -> None:
    turned = plan(indicator(baseline=(2015, -40)))
    found = turned.assess({"alpha": {2018: 60}}, policy=Policy(rule="growth"))["alpha"]
    words = "there is a change of sign, or a zero, between the figures compared"
    assert f"not computable: {words}" in found.explain()
    assert "无法计算: 所比较的数值符号不同或为零" in found.explain("zh")
    bare = plan(indicator()).assess({"alpha": {2020: 60}}, policy=Policy(rule="growth"))["alpha"]
    assert "not computable: there is no baseline" in bare.explain()
    assert "无法计算: 没有基期值" in bare.explain("zh")


def test_a_rule_without_a_finite_number_says_so() -> None:
    class Odd(Rule):
        name = "odd"

        def value(self, case: object, ops: object) -> float:
            return math.nan

        def formula(self, case: object) -> tuple[str, str]:
            return "odd", "odd"

    found = plan(indicator()).assess({"alpha": {2020: 60}}, policy=Policy(rule=Odd()))["alpha"]
    assert "not computable: the rule gives no finite number there" in found.explain()
    assert "评分规则在此没有给出有限数值" in found.explain("zh")
