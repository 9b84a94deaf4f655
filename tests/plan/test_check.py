"""The check: each code is found where it should be, and not in a sound plan."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from ipplan import (
    Assumption,
    Bound,
    Deliverable,
    Department,
    Indicator,
    Milestone,
    ModelError,
    Phase,
    Plan,
    PlanFileError,
    Task,
    Text,
    Trajectory,
    Workstream,
    dumps,
    loads,
)
from ipplan.io.plan_check import check_plan
from ipplan.plan.checks import Finding, FindingCode, Findings, Severity
from ipplan.testing.strategies import indicators, plans
from tests import builders

DOCS = Path(__file__).parents[2] / "docs" / "checks.md"
BOTH = Text(zh="名称", en="Name")


def indicator(id: str = "alpha", bounds: Any = None, **options: Any) -> Indicator:
    """An indicator of which the check finds nothing unless the options make it."""
    bounds = {2018: Bound.at_least(50), 2020: Bound.at_least(60)} if bounds is None else bounds
    sound: dict[str, Any] = {"baseline": (2015, 40), "clause": "1.1", "tasks": ["2.1"]}
    return builders.indicator(id, bounds, **{**sound, **options})


def plan(*indicators: Indicator, **options: Any) -> Plan:
    """A plan of which the check finds nothing unless the indicators and options make it."""
    sound: dict[str, Any] = {
        "departments": [Department(id="water", name=BOTH)],
        "tasks": [Task(id="2.1", title=BOTH, lead=["water"])],
    }
    return builders.plan(*(indicators or [indicator()]), **{**sound, **options})


def phase(id: str, start: Any, end: Any, **options: Any) -> Phase:
    return Phase(id=id, name=BOTH, start=start, end=end, **{"clause": "3.1", **options})


def deliverable(id: str = "3.1.1", **options: Any) -> Deliverable:
    sound: dict[str, Any] = {"due": 2018, "clause": "3.1", "tasks": ["2.1"]}
    return Deliverable(id=id, title=BOTH, **{**sound, **options})


def subplan(*indicators: Indicator, **options: Any) -> Plan:
    sound: dict[str, Any] = {"id": "zone", "under": ["2.1"]}
    return builders.plan(*indicators, **{**sound, **options})


def told(checked: Plan, **options: Any) -> list[tuple[str, str]]:
    return [(each.code.value, each.place) for each in checked.check(**options)]


def assumed(about: str) -> Assumption:
    return Assumption(about=about, text=Text(zh="按年末理解", en="read as at year end"))


@pytest.mark.parametrize(
    "sound",
    [
        plan(),
        plan(indicator(bounds={2018: Bound.at_most(40), 2020: Bound.less_than(30)})),
        plan(indicator(bounds={2018: Bound.at_least(50), 2020: Bound.at_least(50)})),
        plan(indicator(bounds={2018: Bound.between(40, 60), 2020: Bound.between(20, 50)})),
        plan(indicator(limit=60)),
        plan(indicator(assumptions=[assumed("scope")])),
        plan(indicator(accrual="rate", per=10_000)),
        plan(indicator(accrual="rate", unit="%", per=100)),
        plan(indicator(accrual="rate", unit="无单位")),
        plan(indicator(), quotas=[indicator("beta", same_as="alpha")]),
        plan(phases=[phase("one", 2016, "2017-06"), phase("two", "2017-Q3", 2020)]),
        plan(
            deliverables=[deliverable(due=None, phase="all", workstream="use")],
            phases=[phase("all", 2016, 2020)],
            workstreams=[Workstream(id="use", name=BOTH)],
        ),
        plan(subplans=[subplan(indicator("beta", tasks=[]))]),
        plan(
            departments=[
                Department(id="water", name=BOTH, members=["east", "west"]),
                Department(id="east", name=BOTH),
                Department(id="west", name=BOTH),
            ]
        ),
    ],
)
def test_a_sound_plan_has_no_findings(sound: Plan) -> None:
    assert told(sound) == []


UP, DOWN = Bound.at_least, Bound.at_most


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"bounds": {2018: UP(50), 2020: UP(45)}}, ("milestone_against_direction", 1)),
        ({"bounds": {2018: DOWN(30), 2020: DOWN(35)}}, ("milestone_against_direction", 1)),
        ({"bounds": {2020: UP(39)}}, ("milestone_against_direction", 0)),
        ({"bounds": {2020: DOWN(41)}}, ("milestone_against_direction", 0)),
        ({"limit": 59}, ("beyond_limit", 1)),
        ({"bounds": {2020: Bound.more_than(60)}, "limit": 60}, ("beyond_limit", 0)),
        ({"bounds": {2020: DOWN(30)}, "limit": 35}, ("beyond_limit", 0)),
        ({"bounds": {2016: UP(80)}}, ("unreachable_growth", 0)),
        ({"bounds": {"2016-06": UP(80)}, "accrual": "level"}, ("unreachable_growth", 0)),
        ({"bounds": {2016: DOWN(20)}}, ("unreachable_growth", 0)),
        ({"bounds": {2020: UP(60), 2021: UP(70)}}, ("outside_time", 1)),
        ({"bounds": {2015: UP(40)}, "baseline": (2014, 40)}, ("outside_time", 0)),
    ],
)
def test_what_is_found_at_a_milestone(fields: Any, expected: tuple[str, int]) -> None:
    code, index = expected
    assert told(plan(indicator(**fields))) == [(code, f"indicators.alpha.milestones[{index}]")]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"baseline": None}, "no_baseline"),
        ({"assumptions": [assumed("accrual")]}, "accrual_not_stated"),
        ({"accrual": "rate", "unit": "件"}, "unit_misfit"),
        ({"accrual": "rate", "unit": "亿元"}, "unit_misfit"),
        ({"accrual": "flow", "unit": "%"}, "unit_misfit"),
        ({"unit": "%", "per": 1000}, "unit_misfit"),
        ({"clause": ""}, "missing_clause"),
        ({"tasks": []}, "no_department"),
    ],
)
@pytest.mark.parametrize("kind", ["indicators", "quotas"])
def test_what_is_found_of_an_indicator_or_a_quota(kind: str, fields: Any, code: str) -> None:
    checked = plan(indicator("sound"), quotas=[indicator("other")])
    parts: Any = {kind: [*getattr(checked, kind).values(), indicator(**fields)]}
    broken = evolve(checked, **parts)
    assert told(broken) == [(code, f"{kind}.alpha")]


def test_a_milestone_may_have_a_clause_of_its_own() -> None:
    stated = Milestone(period=2018, bound=UP(50), clause="3.1")
    way = indicator().trajectory
    partly = evolve(way, milestones=[stated, way.milestones[1]])
    assert told(plan(evolve(indicator(clause=""), trajectory=partly))) == [
        ("missing_clause", "indicators.alpha")
    ]
    wholly = evolve(way, milestones=[stated])
    assert told(plan(evolve(indicator(clause=""), trajectory=wholly))) == []


def test_multiples_and_what_is_watched_need_no_baseline_and_have_no_limit() -> None:
    multiples = Trajectory(milestones=[Milestone(period=2020, bound=UP(2))], relative_to="previous")
    assert told(plan(evolve(indicator(), trajectory=multiples, limit=1))) == []
    assert told(plan(evolve(indicator(), trajectory=Trajectory(better="up")))) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"baseline": (2015, 19)},  # few things
        {"baseline": (2015, 0.001), "unit": "%"},
        {"baseline": (2015, 0.001), "unit": "百分点"},
        {"accrual": "cumulative"},
        {"baseline": (2015, 0)},
        {"baseline": (2015, -5)},
        {"bounds": {2016: Bound.exactly(5000)}},
        {"bounds": {2016: UP(60)}},  # 50 % exactly
        {"bounds": {2017: UP(90)}},  # 50 % a year for two years
    ],
)
def test_growth_that_says_little_is_not_told(fields: Any) -> None:
    steep: dict[str, Any] = {"bounds": {2016: UP(5000)}, **fields}
    assert told(plan(indicator(**steep))) == []


def test_few_things_are_counted_in_things() -> None:
    fields: dict[str, Any] = {"bounds": {2016: UP(5000)}, "baseline": (2015, 19)}
    for unit in ("万件", "万人", "亿元"):
        assert told(plan(indicator(unit=unit, **fields))) == [
            ("unreachable_growth", "indicators.alpha.milestones[0]")
        ]
    for unit in ("人", "次", "家"):
        assert told(plan(indicator(unit=unit, **fields))) == []


def test_the_growth_told_is_the_callers_choice() -> None:
    steep = plan(indicator(bounds={2016: UP(80)}))
    assert told(steep, growth=1) == []
    assert told(steep, growth=0.99) == [("unreachable_growth", "indicators.alpha.milestones[0]")]
    [finding] = steep.check()
    assert finding.message.en == "2015 (40) → 2016 (80) asks for 100 % more a year"
    [finding] = plan(indicator(bounds={2016: DOWN(20)})).check()
    assert finding.message.en == "2015 (40) → 2016 (20) asks for 50 % less a year"


@pytest.mark.parametrize("growth", [0, -1, float("nan"), float("inf"), "much", None, True])
def test_a_growth_that_is_none_is_refused(growth: Any) -> None:
    with pytest.raises(ModelError, match="growth: expected"):
        plan().check(growth=growth)


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"bounds": {2020: UP(70)}}, "2020: ≥ 70 (2.9) here, ≥ 60 (1.1) there"),
        ({"bounds": {2020: Bound.more_than(60)}}, "2020: > 60 (2.9) here, ≥ 60 (1.1) there"),
        (
            {"bounds": {2018: UP(51), 2020: UP(61)}, "baseline": (2017, 50)},
            "2018: ≥ 51 (2.9) here, ≥ 50 (1.1) there; 2020: ≥ 61 (2.9) here, ≥ 60 (1.1) there",
        ),
        (
            {"bounds": {2020: UP(62)}, "baseline": (2016, 50), "interpolation": "linear"},
            (
                "2018: ≥ 56 (2.9, between milestones) here, ≥ 50 (1.1) there; "
                "2020: ≥ 62 (2.9) here, ≥ 60 (1.1) there"
            ),
        ),
        (
            {"bounds": {2020: UP(60)}, "accrual": "cumulative"},
            "the accrual is cumulative here and level there",
        ),
    ],
)
def test_clauses_that_differ(other: dict[str, Any], message: str) -> None:
    way: dict[str, Any] = {"clause": "2.9", "baseline": (2019, 60), "interpolation": "next"}
    beta = indicator("beta", same_as="alpha", **{**way, **other})
    [found] = plan(indicator(interpolation="next"), quotas=[beta]).check()
    assert (found.code, found.place) == (FindingCode.CONFLICTING_CLAUSES, "quotas.beta")
    assert found.message.en == f"against alpha: {message}"


@pytest.mark.parametrize(
    ("interpolation", "asked"), [("previous", "≥ 50 (7.1)"), ("next", "≥ 60 (7.2)")]
)
def test_a_step_is_told_with_the_clause_that_it_stands_in(interpolation: Any, asked: str) -> None:
    steps = Trajectory(
        milestones=[
            Milestone(period=2017, bound=UP(50), clause="7.1"),
            Milestone(period=2020, bound=UP(60), clause="7.2"),
        ],
        interpolation=interpolation,
    )
    alpha = indicator(bounds={2018: UP(55)}, baseline=(2017, 50))
    beta = evolve(indicator("beta", same_as="alpha"), trajectory=steps)
    [found] = plan(alpha, quotas=[beta]).check().of("conflicting_clauses")
    assert found.message.en == f"against alpha: 2018: {asked} here, ≥ 55 (1.1) there"


def test_a_figure_is_no_multiple() -> None:
    multiples = Trajectory(
        milestones=[Milestone(period=2020, bound=UP(60))], relative_to="previous"
    )
    beta = evolve(indicator("beta", same_as="alpha"), trajectory=multiples)
    assert told(plan(quotas=[beta])) == [("conflicting_clauses", "quotas.beta")]


def test_a_clause_says_nothing_after_its_last_milestone() -> None:
    early = indicator("beta", {2018: UP(50)}, same_as="alpha", interpolation="next")
    checked = plan(indicator(interpolation="next"), quotas=[early])
    assert told(checked) == []


def test_figures_are_compared_in_one_unit() -> None:
    def pair(unit: str, figure: float) -> Plan:
        beta = indicator(
            "beta", {2020: UP(figure)}, unit=unit, same_as="alpha", baseline=(2019, figure)
        )
        alpha = indicator(bounds={2020: UP(20)}, unit="亿元", baseline=(2019, 20))
        return plan(alpha, quotas=[beta])

    assert told(pair("万元", 200_000)) == []
    [finding] = pair("万元", 210_000).check()
    assert finding.message.en == "against alpha: 2020: ≥ 210000 (1.1) here, ≥ 200000 (1.1) there"
    [finding] = pair("件", 20).check()
    assert (finding.code, finding.place) == (FindingCode.UNIT_MISFIT, "quotas.beta.same_as")
    assert finding.message.zh == "“件”与 alpha 的单位“亿元”无法换算"


NOBODY = Task(id="2.2", title=BOTH)


@pytest.mark.parametrize(
    ("parts", "findings"),
    [
        (
            {"tasks": [Task(id="2.1", title=BOTH, support=["water"])]},
            [("no_lead", "tasks.2.1")],
        ),
        (
            {
                "tasks": [Task(id="2.1", title=BOTH, lead=["water", "fire"])],
                "departments": [Department(id=id, name=BOTH) for id in ("water", "fire")],
            },
            [("several_leads", "tasks.2.1")],
        ),
        (
            {"tasks": [Task(id="2.1", title=BOTH)], "departments": []},
            [("no_lead", "tasks.2.1"), ("no_department", "indicators.alpha")],
        ),
        ({"deliverables": [deliverable(tasks=[])]}, [("no_department", "deliverables.3.1.1")]),
        ({"deliverables": [deliverable(clause="")]}, [("missing_clause", "deliverables.3.1.1")]),
        (
            {"phases": [phase("one", 2016, 2017), phase("two", 2019, 2020)]},
            [("phase_gap", "phases.two")],
        ),
        (
            {"phases": [phase("one", 2017, 2018)]},
            [("phase_gap", "phases.one"), ("phase_gap", "phases.one")],
        ),
        (
            {"phases": [phase("one", 2016, 2018), phase("two", 2018, 2020)]},
            [("phase_overlap", "phases.two")],
        ),
        (
            {"phases": [phase("long", 2016, 2020), phase("a", 2017, 2017), phase("b", 2019, 2019)]},
            [("phase_overlap", "phases.a"), ("phase_overlap", "phases.b")],
        ),
        (
            {"phases": [phase("all", 2015, 2021)]},
            [("outside_time", "phases.all.start"), ("outside_time", "phases.all.end")],
        ),
        (
            {"phases": [phase("all", 2016, 2020, clause="")]},
            [("missing_clause", "phases.all")],
        ),
        (
            {"deliverables": [deliverable(due=2022)]},
            [("outside_time", "deliverables.3.1.1.due")],
        ),
        (
            {
                "phases": [phase("one", 2016, 2017), phase("two", 2018, 2020)],
                "deliverables": [
                    deliverable(due=2018, phase="one"),
                    deliverable("3.1.2", due=None, phase="two"),
                ],
            },
            [("outside_time", "deliverables.3.1.1.due")],
        ),
        (
            {"tasks": [Task(id="2.1", title=BOTH, lead=["water"]), NOBODY]},
            [("no_lead", "tasks.2.2"), ("loose_end", "tasks.2.2")],
        ),
        (
            {"workstreams": [Workstream(id="use", name=BOTH)]},
            [("loose_end", "workstreams.use")],
        ),
        (
            {"phases": [phase("all", 2016, 2020)], "deliverables": [deliverable()]},
            [("loose_end", "phases.all")],
        ),
        ({"under": ["2.1"]}, [("loose_end", "under")]),
        ({"subplans": [subplan(under=[])]}, [("loose_end", "subplans.zone")]),
        (
            {"subplans": [subplan(start=2015, end=2021)]},
            [("outside_time", "subplans.zone.start"), ("outside_time", "subplans.zone.end")],
        ),
        ({"title": Text(zh="规划")}, [("missing_translation", "title")]),
        (
            {"departments": [Department(id="water", name=Text(en="Water"))]},
            [("missing_translation", "departments.water.name")],
        ),
        (
            {"assumptions": [Assumption(about="scope", text=Text(en="all levels"))]},
            [("missing_translation", "assumptions[0].text")],
        ),
    ],
)
def test_what_is_found_between_the_parts(parts: Any, findings: list[tuple[str, str]]) -> None:
    assert told(plan(**parts)) == findings


def test_a_department_that_no_task_names() -> None:
    all_of_them = Department(id="all", name=BOTH, members=["east"])
    bodies = [Department(id=id, name=BOTH) for id in ("water", "east")]
    assert told(plan(departments=[*bodies, all_of_them])) == [
        ("loose_end", "departments.east"),
        ("loose_end", "departments.all"),
    ]


def test_sub_plans_are_checked_with_their_places() -> None:
    gamma = indicator("gamma", tasks=[], baseline=None)
    deep = subplan(gamma, id="deep", under=[])
    zone = subplan(indicator("beta", tasks=[], clause=""), subplans=[deep])
    assert told(plan(subplans=[zone])) == [
        ("no_baseline", "subplans.zone.subplans.deep.indicators.gamma"),
        ("loose_end", "subplans.zone.subplans.deep"),
        ("missing_clause", "subplans.zone.indicators.beta"),
    ]


def test_nobody_answers_in_a_sub_plan_under_no_task() -> None:
    zone = subplan(indicator("beta", tasks=[]), under=[])
    assert told(plan(subplans=[zone])) == [
        ("no_department", "subplans.zone.indicators.beta"),
        ("loose_end", "subplans.zone"),
    ]


def broken() -> Findings:
    limited, unknown = indicator(limit=55, clause=""), indicator("beta", baseline=None, clause="")
    return plan(limited, unknown).check()


def test_the_gravest_stand_first() -> None:
    findings = broken()
    assert [each.code.value for each in findings] == [
        "beyond_limit",
        "no_baseline",
        "missing_clause",
        "missing_clause",
    ]
    assert findings.worst is Severity.ERROR
    assert [*findings.counts.values()] == [1, 1, 2]
    assert findings[-1].place == "indicators.beta"
    assert findings[:1] == findings.of("beyond_limit")
    assert repr(findings) == "Findings(small: error: 1, warning: 1, note: 2)"


def test_nothing_found() -> None:
    findings = plan().check()
    assert (len(findings), findings.worst) == (0, None)
    assert str(findings) == "Check of small: 0 errors, 0 warnings, 0 notes"


def test_findings_as_tables() -> None:
    text = str(broken())
    assert "Check of small: 1 error, 1 warning, 2 notes" in text
    assert "asks for ≥ 60, and the limit is 55" in text
    # What several findings say alike is said once.
    assert text.count("no clause is given") == 1
    assert "indicators.alpha, indicators.beta" in text
    chinese = broken().to_table("zh")
    assert "small 检查结果:错误 1 项,警告 1 项,提示 2 项" in chinese
    assert "要求 ≥ 60,而极限为 55" in chinese
    assert "|:---" in broken().to_markdown()


def test_findings_as_plain_values() -> None:
    whole = json.loads(broken().to_json())
    assert whole == broken().to_dict()
    assert whole["counts"] == {"error": 1, "warning": 1, "note": 2}
    assert whole["findings"][0] == {
        "code": "beyond_limit",
        "severity": "error",
        "place": "indicators.alpha.milestones[1]",
        "message_zh": "要求 ≥ 60,而极限为 55",
        "message_en": "asks for ≥ 60, and the limit is 55",
        "hint_zh": FindingCode.BEYOND_LIMIT.hint.zh,
        "hint_en": FindingCode.BEYOND_LIMIT.hint.en,
    }


def test_a_finding_as_one_line() -> None:
    finding = Finding(code="no_lead", message=BOTH)
    assert finding.told() == "warning no_lead: Name (name the department in `lead`)"
    assert finding.within("tasks.2.1").told("zh") == (
        "警告 no_lead,tasks.2.1:名称(在 lead 中写明牵头部门)"
    )
    assert finding.within("tasks").within("subplans.zone").place == "subplans.zone.tasks"


def test_the_docs_explain_each_code_with_its_severity() -> None:
    explained = re.findall(r"^## `(\w+)`\n\n\*\*(\w+)\.\*\* ", DOCS.read_text("utf-8"), re.M)
    assert explained == [(code.value, code.severity.value.title()) for code in FindingCode]
    assert len(re.findall(r"^## ", DOCS.read_text("utf-8"), re.M)) == len(FindingCode)


def test_every_code_is_told_in_both_languages() -> None:
    for code in FindingCode:
        assert all((code.meaning.zh, code.meaning.en, code.hint.zh, code.hint.en))


def check_file(folder: Path, text: str, name: str = "plan.toml") -> Findings:
    (folder / name).write_text(text, "utf-8")
    return check_plan(folder / name)


def test_a_plan_in_a_file(tmp_path: Path) -> None:
    checked = plan(indicator(clause=""))
    assert check_file(tmp_path, dumps(checked)) == checked.check()


def test_each_problem_of_a_file_is_a_finding(tmp_path: Path) -> None:
    text = dumps(plan()).replace('"water"', '"watr"').replace('"level"', '"stock"')
    findings = check_file(tmp_path, text)
    assert {(each.code.value, each.place) for each in findings} == {
        ("invalid_file", "indicators.alpha.accrual"),
        ("dead_link", "tasks.2.1.lead[0]"),
    }
    assert (findings.plan, findings.worst) == ("plan.toml", Severity.ERROR)
    [link] = findings.of("dead_link")
    assert link.message.en == "expected the id of a department, found 'watr'"
    assert link.hint.en == "near: water"
    assert "near: water" in findings.to_table("zh")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("plan.toml", "id ="),
        ("plan.json", "[" * 100_000),
        ("plan.json", '{"a\\u001b[2Jb": 1, "departments": {"\\u001b": 1, "\\u202e": {}}}'),
        ("plan.json", "3"),
        ("plan.yaml", "id: small"),
    ],
)
def test_a_file_that_holds_no_plan(tmp_path: Path, name: str, text: str) -> None:
    findings = check_file(tmp_path, text, name)
    assert {each.code for each in findings} == {FindingCode.INVALID_FILE}
    assert "\x1b" not in str(findings)
    assert "\u202e" not in str(findings)


def test_a_plan_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PlanFileError, match="a shipped plan"):
        check_plan("gansu-2017")
    with pytest.raises(FileNotFoundError):
        check_plan(tmp_path / "none.toml")


@settings(max_examples=50)
@given(plans(), st.sampled_from((0.1, 0.5, 3)))
def test_any_plan_can_be_checked(drawn: Plan, growth: float) -> None:
    findings = drawn.check(growth=growth)
    assert findings == drawn.check(growth=growth)
    assert findings == loads(dumps(drawn), into=Plan).check(growth=growth)
    order = [*FindingCode]
    ranks = [order.index(each.code) for each in findings]
    assert ranks == sorted(ranks)
    for lang in ("zh", "en"):
        assert all(each.code.value in findings.to_table(lang) for each in findings)


@settings(max_examples=100)
@given(
    indicators(id="alpha", first=2015, last=2021),
    indicators(id="beta", first=2015, last=2021),
)
def test_a_conflict_is_one_from_either_side(alpha: Indicator, beta: Indicator) -> None:
    def codes(first: Indicator, second: Indicator) -> set[FindingCode]:
        checked = builders.plan(first, quotas=[evolve(second, same_as=first.id)])
        apart = (FindingCode.CONFLICTING_CLAUSES, FindingCode.UNIT_MISFIT)
        return {each.code for each in checked.check() if each.code in apart}

    assert codes(alpha, beta) == codes(beta, alpha)
    assert FindingCode.CONFLICTING_CLAUSES not in codes(alpha, evolve(alpha, id="beta"))
