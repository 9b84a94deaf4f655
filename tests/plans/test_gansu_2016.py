"""The shipped plan against a table typed a second time from the plan's text."""

import unicodedata

import pytest

import ipplan
from ipplan import BoundKind, Lang, TaskKind
from tests.plans.gansu_2016_retyped import PHASES, SAFEGUARDS, TABLE, TASKS

PLAN = ipplan.load("gansu-2016")
IDS = [
    "invention_patents_per_10k",
    "pct_applications",
    "pledge_financing",
    "case_growth",
    "case_closure_rate",
    "strong_cities",
    "strong_counties",
    "strong_enterprises",
    "service_agencies",
    "fiscal_input",
]


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def test_counts() -> None:
    assert [*PLAN.indicators] == IDS
    assert len(PLAN.tasks) == 29
    assert [task.kind for task in PLAN.tasks.values()].count(TaskKind.SAFEGUARD) == 4
    assert len(PLAN.departments) == 32
    assert len(PLAN.phases) == 3


@pytest.mark.parametrize(("id", "name"), [*zip(IDS, TABLE, strict=True)])
def test_each_row_of_the_table(id: str, name: str) -> None:
    indicator = PLAN.indicators[id]
    unit, figures = TABLE[name]
    assert folded(indicator.name.zh) == folded(name)
    assert indicator.unit == unit
    assert indicator.clause == "1.3"
    found = {each.period.year: each.bound for each in indicator.trajectory.milestones}
    assert [*found] == [*figures]
    for year, written in figures.items():
        strict = written.startswith(">")
        assert found[year].kind is (BoundKind.MORE_THAN if strict else BoundKind.AT_LEAST)
        assert found[year].figures == (float(written.lstrip(">")),)


def test_the_table_has_thirty_values() -> None:
    assert sum(len(each.trajectory.milestones) for each in PLAN.indicators.values()) == 30


@pytest.mark.parametrize("clause", [*TASKS, *SAFEGUARDS])
def test_each_task_its_leads_and_its_supports(clause: str) -> None:
    title, leads, supports = (TASKS | SAFEGUARDS)[clause]
    task = PLAN.tasks[clause]
    names = {id: department.name.zh for id, department in PLAN.departments.items()}
    assert folded(task.title.zh) == folded(title)
    assert tuple(names[id] for id in task.lead) == leads
    assert tuple(names[id] for id in task.support) == supports


def test_tasks_stand_in_the_order_of_the_text() -> None:
    assert [*PLAN.tasks] == [*TASKS, *SAFEGUARDS]


def test_only_two_tasks_name_two_leads() -> None:
    assert [id for id, task in PLAN.tasks.items() if len(task.lead) == 2] == ["2.4.2", "2.4.3"]


def test_phases() -> None:
    found = {
        phase.clause: (folded(phase.name.zh), phase.start.year, phase.end.year)
        for phase in PLAN.phases.values()
    }
    assert found == {clause: (folded(name), a, b) for clause, (name, a, b) in PHASES.items()}


def test_every_department_is_in_some_task() -> None:
    named = {id for task in PLAN.tasks.values() for id in (*task.lead, *task.support)}
    assert named == set(PLAN.departments)


def test_everything_has_both_languages() -> None:
    texts = [
        PLAN.title,
        *(each.name for each in PLAN.indicators.values()),
        *(each.description for each in PLAN.indicators.values()),
        *(each.title for each in PLAN.tasks.values()),
        *(each.description for each in PLAN.tasks.values()),
        *(each.name for each in PLAN.departments.values()),
        *(each.name for each in PLAN.phases.values()),
        *(each.text for each in PLAN.assumptions),
        *(each.text for plan in PLAN.indicators.values() for each in plan.assumptions),
    ]
    assert all(text and text.zh and text.en for text in texts)


def test_what_the_text_leaves_open_is_an_assumption() -> None:
    about = {id: {a.about for a in each.assumptions} for id, each in PLAN.indicators.items()}
    assert "accrual" in about["pledge_financing"]
    assert {"accrual", "scope"} <= about["fiscal_input"]
    assert {each.about for each in PLAN.assumptions} == {"interpolation", "bound"}
    shown = PLAN.assess({"pledge_financing": {2018: 12}})["pledge_financing"].explain(Lang.EN)
    assert "annual, cumulative or outstanding" in shown
    assert "straight line" in shown


def test_expected_values_between_milestones() -> None:
    expected = PLAN.expected(2018)
    assert expected["pct_applications"] == pytest.approx(36 + 64 / 3, rel=1e-12)
    assert expected["fiscal_input"] == pytest.approx(4000 + 2000 / 3, rel=1e-12)
    assert set(PLAN.expected(2015).values()) == {None}
