"""What was delivered: phases, workstreams, sub-plans, tasks and deliverables, in both languages."""

import re

import pytest
from attrs import evolve

import ipplan
from tests.assessment.delivered import REPORTS, SMALL, assessed
from tests.assessment.test_department_table import rows
from tests.builders import indicator, plan

FOUND = assessed()


def section(text: str, heading: str) -> str:
    """What stands below a heading."""
    return text.split(f"== {heading} ==")[1].split("\n==", maxsplit=1)[0]


def test_phases_tell_counts_and_both_shares() -> None:
    told = section(FOUND.delivery_table(), "Phases")
    # due 5: one in time, one late, one in progress, one cancelled, one missing
    cells = ["2016–2017", "5", "2", "(1", "late)", "1", "1", "1", "0", "100%", "87%", "60%"]
    assert rows(told, "Start")[0][1:] == cells
    assert rows(told, "Later")[0][2:] == ["0", "0", "0", "0", "0", "1", "33%", "0%", "100%"]


def test_what_is_in_no_phase_stands_below_and_a_dash_for_what_nobody_reported() -> None:
    told = section(FOUND.delivery_table(), "Phases")
    cells = ["2016–2017", "1", "–", "–", "–", "1", "0", "100%", "–", "0%"]
    assert rows(told, "In no phase")[0][3:] == cells
    told = section(FOUND.delivery_table("zh"), "阶段")
    assert rows(told, "不属任何阶段")[0][1:] == cells


def test_what_is_done_early_is_told() -> None:
    found = SMALL.assess([{"deliverable": "3.6", "status": "done", "date": "2018-06"}], as_of=2018)
    assert "1 (1 early)" in section(found.delivery_table(), "Phases")
    assert "1 (1 项提前)" in section(found.delivery_table("zh"), "阶段")


def test_deliverables_tell_what_was_reported() -> None:
    told = section(FOUND.delivery_table(), "Deliverables")
    assert "● done         2016-05" in told
    assert "notice <b>|evil|</b>" in told
    assert rows(told, "3.3")[0][4:] == ["▼", "late", "60%", "done", "by", "2018", "–"]
    assert rows(told, "3.5")[0][3:] == ["2017", "missing", "–", "–"]
    assert rows(told, "3.6")[0][4:] == ["○", "not", "started", "as", "of", "2018", "–"]
    assert rows(section(FOUND.delivery_table(), "The zone: Deliverables"), "9.1")
    chinese = FOUND.delivery_table("zh")
    assert rows(section(chinese, "示范区:应交付事项"), "9.1")[0][2:4] == ["2018", "未报告"]


def test_every_task_stands_with_its_parts() -> None:
    told = section(FOUND.delivery_table(), "Tasks")
    assert rows(told, "2.1 ")[0][4:] == ["68.0", "71%", "scored"]
    assert "Credit" not in told
    assert rows(told, "2.3 ")[0][4:9] == ["–", "0%", "the", "plan", "has"]


def test_sub_plans_have_a_line_each() -> None:
    told = section(FOUND.delivery_table(), "Sub-plans")
    assert "The zone (zone): none, because no indicator could be scored (coverage 0%)" in told
    scored = assessed({"indicator": "acre", "period": 2017, "value": 5})
    assert "The zone (zone): 50.0 of 100 (coverage 100% of what is due)" in scored.delivery_table()
    assert "示范区(zone):50.0(满分 100),覆盖到期内容的 100%" in scored.to_table("zh")
    assert "· sub-plan: The zone             1     50.0" in scored.delivery_table()


def test_a_plan_without_departments_and_deliverables_has_no_such_sections() -> None:
    text = plan(indicator()).assess({"alpha": 100}, as_of=2020).delivery_table()
    assert "==" not in text
    assert text.startswith("A small plan (small): what was delivered, as of 2020\n\nPlan: small")


def test_markdown_has_a_heading_and_a_table_for_each_section() -> None:
    text = FOUND.delivery_markdown("zh")
    for heading in ("部门", "阶段", "工作领域", "子规划", "任务", "应交付事项"):
        assert f"\n### {heading}\n" in text
    assert "merged &lt;b>\\|evil\\|&lt;/b>" in text
    assert "<b>" not in text
    tables = [line for line in text.splitlines() if line.startswith("|:-")]
    assert len(tables) == 6


def test_the_assessment_says_a_line_for_each_phase_where_anything_was_reported() -> None:
    told = str(FOUND)
    assert (
        "Deliverables by phase\n"
        "  Start: 5 due, 2 done, 1 of them late, 1 late, 1 cancelled, 1 missing; "
        "87% of the work done where known (60% of them), 100% of the time gone\n"
        "  Later: 0 due; 0% of the work done where known (100% of them), 33% of the time gone\n"
        "  In no phase: 1 due, 1 missing\n"
    ) in told
    chinese = FOUND.to_table("zh")
    assert (
        "启动阶段:5 项到期、2 项完成、其中 1 项逾期、1 项逾期未完成、1 项取消、1 项未报告;"
        in chinese
    )
    assert "有进度报告的 60% 中平均完成 87%,已过时间 100%" in chinese
    silent = str(SMALL.assess({"alpha": 80}, as_of=2018))
    assert "Deliverables by phase" not in silent
    assert "Sub-plans" in silent


def test_what_was_set_aside_is_told_and_escaped() -> None:
    faulty = {"indicator": "<b>|x", "period": 2017, "value": 1}
    found = SMALL.assess([*REPORTS, faulty], as_of=2018, faulty="set_aside")
    [problem] = found.actuals.problems
    text = str(found)
    assert f"Set aside, because faulty\n  {problem}\n" in text
    assert "因有误未采用" in found.to_table("zh")
    assert "'&lt;b>\\|x'" in found.to_markdown()
    assert "<b>" not in found.to_markdown()
    assert "<b>" not in found._repr_html_()
    assert re.search(r"set aside +" + re.escape(str(problem)), found.explain())
    for shown in (
        found.delivery_table(),
        found.departments_table(),
        found.departments["finance"].to_table(),
        found.tasks["2.1"].explain(),
    ):
        assert f"Set aside, because faulty: {problem}" in shown
    assert found.departments["finance"].to_dict()["problems"] == [str(problem)]
    assert "Set aside" not in str(FOUND) + FOUND.delivery_table()


def test_a_borrowed_figure_and_a_benchmark_are_noted() -> None:
    found = SMALL.assess({"alpha": 80}, as_of=2018)
    note = "the figure of alpha is taken, which reads as the same thing"
    assert note in str(found)
    assert note in found.quotas["beta"].explain()
    assert "采用 alpha 的数据(视为同一事项)" in found.to_table("zh")
    gansu = ipplan.load("gansu-2016")
    id = next(
        id for id, each in gansu.quotas.items() if each.trajectory.relative_to is not None
        and each.trajectory.relative_to.value == "benchmark"
    )  # fmt: skip
    given = [
        {"indicator": id, "period": 2020, "value": 3},
        {
            "kind": "benchmark", "indicator": id, "period": 2020, "value": 2.5,
            "source": "a yearbook", "verification": "unverified",
        },
    ]  # fmt: skip
    compared = gansu.assess(given, as_of=2020)
    told = "compared with the benchmark, 2.5 for 2020 (UNVERIFIED (?); a yearbook)"
    assert told in str(compared)
    assert told in compared.quotas[id].explain()
    assert "与基准比较:2.5,2020(未经核实(?);a yearbook)" in compared.to_table("zh")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_unknown_languages_are_refused_and_known_ones_are_not(lang: str) -> None:
    assert FOUND.delivery_table(lang)
    with pytest.raises(ipplan.ModelError):
        FOUND.delivery_table(lang * 2)


def test_a_phase_without_deliverables_has_no_line_and_a_row_of_zeros() -> None:
    empty = ipplan.Phase(id="empty", name=ipplan.Text(en="Empty"), start=2016, end=2016)
    wider = evolve(SMALL, phases=[*SMALL.phases.values(), empty])
    found = wider.assess(REPORTS, as_of=2018)
    assert "Empty" not in str(found)
    told = section(found.delivery_table(), "Phases")
    assert rows(told, "Empty")[0][2:] == ["0", "–", "–", "–", "0", "0", "100%", "–", "0%"]
