"""Scorecards and overviews: every department, task and part, in both languages."""

import re

import pytest
from attrs import evolve
from wcwidth import wcswidth

import ipplan
from ipplan import Policy, Reason
from ipplan.assessment.credits import Credits
from ipplan.model.amendment import Withdrawn
from ipplan.scoring import Ratio, Scale
from tests.assessment.delivered import SMALL, assessed
from tests.builders import amendment

FOUND = assessed()
CARD = FOUND.departments["finance"]


def rows(text: str, start: str) -> list[list[str]]:
    """The words of the lines that start with something."""
    return [line.split() for line in text.splitlines() if line.startswith(start)]


def test_a_scorecard_shows_each_task_with_its_parts() -> None:
    text = CARD.to_table()
    head = "Scorecard: Finance (finance), as of 2018\nScore: 68.0 of 100 (coverage 48% of what"
    assert text.startswith(head)
    assert text.index("== Tasks led ==") < text.index("== Tasks supported ==")
    # 2.1: alpha 80, done 100, done late 100, in progress 60, cancelled 0; two of seven missing
    [led] = rows(text, "2.1 ")
    assert led[4:] == ["68.0", "71%", "1", "68.00", "scored"]
    [supported] = rows(text, "2.2 ")
    assert supported[4:] == ["–", "0%", "0.5", "–", "missing"]
    quota, late = rows(text, "· quota: Beta")[0], rows(text, "· deliverable: Thing 3.2")[0]
    assert " ".join(quota[3:]) == "– 100.0 exceeded, counted with Alpha"
    assert " ".join(late[4:]) == "1 100.0 ◕ done late; 2018-02"
    assert rows(text, "· sub-plan: The zone")[0][4:] == ["1", "–", "missing"]
    assert str(CARD) == text


def test_a_scorecard_says_what_it_rests_on() -> None:
    text = CARD.to_table()
    assert "\nPlan: small, as issued\nPolicy: rule ratio" in text
    assert "\nCredits (no standard is published): lead counts 1, support 0.5; within" in text
    chinese = CARD.to_table("zh")
    assert "规划:small,原文,无修订\n评分规则:计分:完成率" in chinese
    assert "并无公开标准):牵头计 1,配合计 0.5" in chinese


def test_a_scorecard_names_the_version_of_the_plan() -> None:
    change = Withdrawn(part="deliverables", id="3.7")
    amended = evolve(SMALL, amendments=[amendment("first", "2017-03-01", change)])
    text = amended.assess({}, as_of=2018).departments["finance"].to_table()
    assert "Plan: small, as amended by first (Notice first, 2017-03-01: Why first)" in text


def test_a_scorecard_in_chinese() -> None:
    text = CARD.to_table("zh")
    assert text.startswith("部门评分卡:部门finance(finance),截至 2018\n得分:68.0(满分 100),覆盖")
    for words in ("== 牵头任务 ==", "== 配合任务 ==", "· 应交付事项:规程", "◕ 逾期完成;2018-02"):
        assert words in text
    assert "与“指标alpha”合并" in text


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("id", ["finance", "cities", "east"])
def test_columns_line_up_and_contributions_sum_to_the_score(lang: str, id: str) -> None:
    card = FOUND.scorecards(expand=id == "east")[id]
    lines = card.to_table(lang).splitlines()
    for at, rule in enumerate(lines):
        if not rule.startswith("---"):
            continue
        starts = [match.start() for match in re.finditer("-+", rule)]
        assert len(starts) == 7
        assert wcswidth(rule) <= 125
        for line in lines[at + 1 : lines.index("", at)]:
            for start in starts[1:]:
                before = next(
                    (i for i in range(len(line)) if wcswidth(line[:i]) >= start), len(line)
                )
                assert wcswidth(line[:before]) <= start
                assert before == len(line) or line[before - 1] == " "
    assert sum(card.contributions.values()) == pytest.approx(card.score)


def test_a_member_answers_for_its_share_where_the_collective_is_expanded() -> None:
    card = FOUND.scorecards(expand=True)["east"]
    text = card.to_table()
    assert "Answers for 2.1, 2.2, 2.4 as a member of Cities, with 1/2 of its credits" in text
    assert "作为“部门cities”成员承担 2.1、2.2、2.4,计其 1/2" in card.to_table("zh")
    # it leads 2.4 by itself and supports it as a member: the task stands once, with both credits
    [task] = rows(text, "2.4 ")
    assert task[4:7] == ["–", "0%", "1.25"]


def test_a_member_with_tasks_of_its_own_says_what_is_not_counted_here() -> None:
    text = FOUND.departments["east"].to_table()
    assert "Also a member of Cities, whose tasks are not counted here" in text
    assert "同时为“部门cities”成员" in FOUND.departments["east"].to_table("zh")
    assert "Also a member" not in FOUND.scorecards(expand=True)["east"].to_table()


def test_who_has_no_score_says_why() -> None:
    west, idle, press = (FOUND.departments[id] for id in ("west", "idle", "press"))
    assert "none, because it answers only as a member of Cities (coverage 0%)" in west.to_table()
    assert "得分:无(仅作为“部门cities”的成员承担任务;覆盖率 0%)" in west.to_table("zh")
    assert "none, because it has no task by itself" in idle.to_table()
    assert press.reason is Reason.NOTHING_MEASURES_IT
    assert "none, because the plan has nothing that measures it" in press.to_table()
    early = SMALL.assess({}, as_of=2016).departments["finance"]
    assert "none, because it is not due yet" in early.to_table()
    silent = SMALL.assess({}, as_of=2018).departments["finance"]
    assert "none, because nothing was reported" in silent.to_table()


def test_the_overview_has_every_department() -> None:
    text = FOUND.departments_table()
    assert rows(text, "Finance")[0] == ["Finance", "68.0", "48%", "1", "1", "2", "1", "1"]
    assert rows(text, "Press")[0][1:8] == ["–", "0%", "1", "0", "0", "0", "0"]
    assert "Without a score (it answers only as a member of Cities): West" in text
    assert "Without a score (it has no task by itself): Idle" in text
    expanded = FOUND.departments_table("zh", expand=True)
    assert "部门cities" not in expanded
    assert rows(expanded, "部门west")[0][1:4] == ["68.0", "24%", "1"]
    assert "无得分(没有单独负责的任务):部门idle" in expanded


def test_what_weighs_nothing_says_so() -> None:
    found = assessed(policy=Policy(credits=Credits(indicator=0.0)))
    assert "not met, weighs nothing" in found.departments["finance"].to_table()
    assert "未完成,权重为零" in found.departments["finance"].to_table("zh")


def test_a_scale_that_ends_at_one_has_more_digits() -> None:
    policy = Policy(rule=Ratio(scale=Scale(full=1)), credits=Credits(deliverable=0, subplan=0))
    card = assessed(policy=policy).departments["finance"]
    [led] = rows(card.to_table(), "2.1 ")
    assert (led[4], led[7]) == ("0.800", "0.8000")


def test_rounding_noise_does_not_hide_a_full_score() -> None:
    given = [{"deliverable": f"3.{n}", "status": "done", "date": "2016-05"} for n in (1, 2, 3, 4)]
    found = SMALL.assess([*given, {"indicator": "alpha", "period": 2017, "value": 100}], as_of=2018)
    assert rows(found.departments["finance"].to_table(), "2.1 ")[0][4] == "100.0"
    many = ipplan.load("gansu-2016").assess({"pct_applications": {2018: 900}})
    assert "99.99" not in many.delivery_table()


def test_markdown_and_html_are_escaped() -> None:
    card = evolve(CARD, department=evolve(CARD.department, name=ipplan.Text(en="<b>|x|</b>")))
    markdown = card.to_markdown()
    assert markdown.startswith(
        "## Scorecard: &lt;b>\\|x\\|&lt;/b> (finance), as of 2018\n\n- Score"
    )
    assert "merged &lt;b>\\|evil\\|&lt;/b>" in markdown
    html = card._repr_html_()
    assert "<b>" not in html
    assert "merged &lt;b&gt;|evil|&lt;/b&gt;" in html
