"""What is told of a plan: its sub-plans and its collectives too."""

import pytest

import ipplan
from ipplan import Department, Lang, Plan, Task, Text
from ipplan.report.plan_tables import plan_overview
from ipplan.tables import TableStyle
from tests.builders import indicator, plan

GANSU = ipplan.load("gansu-2016")
NORTH = plan(indicator("north"), id="north_zone", title=Text(en="The north", zh="北区"))


def told(whole: Plan, lang: Lang = Lang.EN) -> str:
    return plan_overview(whole, lang=lang, style=TableStyle.TERMINAL)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            Lang.EN,
            (
                "Governments of the cities and autonomous prefectures (14): Lanzhou",
                "Government of Gannan Tibetan Autonomous Prefecture\n",
                "Sub-plan under 2.3.1.1 Speed up the intellectual property demonstration zone",
                "lanzhou-baiyin: 2016–2020",
                "6 indicators (* with assumptions, below)",
                "1 deliverable\n",
                "2020: > 1 times the year before",
            ),
        ),
        (
            Lang.ZH,
            (
                "各市州政府 (14): 兰州市政府、嘉峪关市人民政府、",
                "子规划,所属任务:2.3.1.1 加快兰白试验区",
                "6 项指标",
                "1 项应交付事项",
            ),
        ),
    ],
)
def test_the_shipped_plan_shows_its_zone_and_its_collective(
    lang: Lang, words: tuple[str, ...]
) -> None:
    text = told(GANSU, lang)
    for each in words:
        assert each in text
    zone = text[text.index("lanzhou-baiyin: ") :]
    for id in (*GANSU.subplans["lanzhou-baiyin"].measured, "2.3.1.1.1"):
        assert id in zone
    assert all(each.name.label(lang) in text for each in GANSU.departments.values())


def test_a_subplan_is_told_as_by_itself() -> None:
    whole = plan(
        indicator("alpha"),
        tasks=[Task(id="1.1", title=Text(en="Care"), lead=())],
        subplans=[NORTH],
    )
    assert told(whole).endswith(f"Sub-plan\n\n{told(NORTH)}")
    assert "Collectives" not in told(whole)


def test_what_a_plan_does_not_have_is_left_out() -> None:
    text = told(NORTH)
    assert "1 indicator (*" in text
    for words in ("phases", "tasks", "departments", "deliverables", "Sub-plan", "Assumed"):
        assert words not in text


def test_members_are_told_in_their_order() -> None:
    bodies = [Department(id=id, name=Text(en=id.upper())) for id in ("a", "b")]
    everyone = Department(id="all", name=Text(en="All"), members=["b", "a"])
    assert "Collectives and their members\n\n- All (2): B, A" in told(
        plan(departments=[*bodies, everyone])
    )
