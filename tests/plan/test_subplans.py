"""Plans below plans: in Python and in files, with their faults, and never below themselves."""

from typing import Any

import pytest

import ipplan
from ipplan import Deliverable, ModelError, Plan, PlanFileError, Task, Text
from ipplan.model.links import PartKind
from tests.builders import indicator, plan

HEAD = 'title = { en = "P" }\nstart = 2016\nend = 2020\n'
ALPHA = 'name = { en = "A" }\nunit = "个"\naccrual = "level"\n'


def part(id: str, *indicators: Any, **options: Any) -> Plan:
    return plan(*indicators, id=id, **options)


def task(id: str = "2.1") -> Task:
    return Task(id=id, title=Text(en="Task"), lead=())


def promise(id: str) -> Deliverable:
    return Deliverable(id=id, title=Text(en="Item"), due=2020)


def refused(**options: Any) -> list[tuple[str, str]]:
    """The place and the finding of each problem of a plan `small` with these options."""
    with pytest.raises(ModelError) as caught:
        plan(**options)
    return [(each.place, each.found) for each in caught.value.problems]


def read(text: str, format: str = "toml") -> list[tuple[str, str]]:
    """The place and the finding of each problem of a plan in a file."""
    with pytest.raises(PlanFileError) as caught:
        ipplan.loads(text, format=format, into=Plan)
    return [(each.place, each.found) for each in caught.value.problems]


DEEP = plan(
    indicator("alpha"),
    tasks=[task()],
    deliverables=[promise("2.1.1")],
    subplans=[
        part(
            "north-zone",
            indicator("north"),
            under=["2.1"],
            tasks=[task("5.1")],
            deliverables=[promise("5.1.1")],
            subplans=[part("north-east", indicator("north_east"), under=["5.1"])],
        ),
        part("south_zone", indicator("south")),
    ],
)


def test_what_is_measured_and_promised_is_of_all_levels() -> None:
    assert [*DEEP.measured] == ["alpha", "north", "north_east", "south"]
    assert [*DEEP.promised] == ["2.1.1", "5.1.1"]
    assert DEEP.links.of("2.1", PartKind.SUBPLAN) == ("north-zone",)
    assert DEEP.subplans["north-zone"].links.of("5.1", PartKind.SUBPLAN) == ("north-east",)


def test_actuals_of_a_subplan_are_taken() -> None:
    taken = DEEP.actuals({"north_east": {2018: 3}, "指标south": {2018: 4}})
    assert [each.indicator for each in taken.observations] == ["north_east", "south"]


@pytest.mark.parametrize("format", ["toml", "json"])
@pytest.mark.parametrize("whole", [DEEP, ipplan.load("gansu-2016")], ids=["deep", "gansu"])
def test_a_plan_with_subplans_is_written_and_read_back(whole: Plan, format: str) -> None:
    text = ipplan.dumps(whole, format=format)
    assert ipplan.loads(text, format=format, into=Plan) == whole


def test_what_a_subplan_comes_under_is_a_task_of_the_plan_above() -> None:
    assert refused(tasks=[task()], subplans=[part("zone", under=["2.1", "2.2"])]) == [
        ("subplans.zone.under[1]", "'2.2'")
    ]


def test_an_id_stands_once_in_the_whole_plan() -> None:
    places = refused(
        indicators=[indicator("alpha")],
        deliverables=[promise("2.1.1")],
        subplans=[
            part("north", indicator("alpha"), deliverables=[promise("2.1.1")]),
            part("south", quotas=[indicator("beta")]),
            part("west", subplans=[part("far_west", indicator("beta"))]),
        ],
    )
    assert places == [
        ("subplans.north.indicators.alpha", "'alpha'"),
        ("subplans.north.deliverables.2.1.1", "'2.1.1'"),
        ("subplans.west.indicators.beta", "'beta'"),
    ]


def test_two_subplans_do_not_share_an_id() -> None:
    with pytest.raises(ModelError, match="each sub-plan id once"):
        plan(subplans=[part("zone"), part("zone")])


def test_a_plan_does_not_stand_below_itself() -> None:
    assert refused(subplans=[part("small")]) == [("subplans.small", "'small' again")]
    middle = part("middle", subplans=[part("low", subplans=[part("small")])])
    assert refused(subplans=[part("other"), middle]) == [
        ("subplans.middle.subplans.low.subplans.small", "'small' again")
    ]


def test_a_subplan_does_not_stand_below_itself() -> None:
    with pytest.raises(ModelError) as caught:
        part("zone", subplans=[part("low", subplans=[part("zone")])])
    assert [each.place for each in caught.value.problems] == ["subplans.low.subplans.zone"]


def test_one_id_may_stand_beside_itself_at_two_places() -> None:
    twins = [part("north", subplans=[part("town")]), part("south", subplans=[part("town")])]
    assert [*plan(subplans=twins).subplans] == ["north", "south"]


@pytest.mark.parametrize("depth", [1, 2, 4])
def test_a_cycle_in_a_file(depth: int) -> None:
    text, place = f'id = "p0"\n{HEAD}', ""
    for level in range(1, depth + 1):
        name = f"p{level % depth}"  # the last one is the first again
        place = f"{place}.subplans.{name}".removeprefix(".")
        text += f"[{place}]\n{HEAD}"
    assert read(text) == [(place, "'p0' again")]


def test_a_cycle_is_told_beside_what_else_is_wrong() -> None:
    text = (
        f'id = "p"\n{HEAD}[subplans.p]\n{HEAD}'
        f"[subplans.zone]\n{HEAD}[subplans.zone.indicators.a]\n{ALPHA}"
        'milestones = [{ period = 2018, at_least = "5" }]\n'
    )
    assert read(text) == [
        ("subplans.zone.indicators.a.milestones[0].at_least", "'5'"),
        ("subplans.p", "'p' again"),
    ]


def test_faults_in_a_subplan_have_their_places() -> None:
    text = (
        f'id = "p"\n{HEAD}[subplans.lanzhou-baiyin]\n{HEAD}under = ["9.9"]\nbegin = 2016\n'
        f"[subplans.lanzhou-baiyin.indicators.x]\n{ALPHA}milestones = [{{ period = 2018 }}]\n"
        '[subplans.lanzhou-baiyin.deliverables."5.1"]\ntitle = { en = "D" }\n'
        f'[subplans."Bad Id"]\n{HEAD}'
    )
    assert sorted(read(text)) == sorted(
        [
            ("subplans.lanzhou-baiyin.indicators.x.milestones[0]", "none"),
            ("subplans.lanzhou-baiyin.deliverables.5.1.phase", "neither"),
            ("subplans.lanzhou-baiyin.begin", "a key 'begin'"),
            ("subplans.lanzhou-baiyin.under[0]", "'9.9'"),
            ("subplans.Bad Id.id", "'Bad Id'"),
        ]
    )


def test_the_id_of_a_subplan_is_the_name_of_its_table() -> None:
    assert read(f'id = "p"\n{HEAD}[subplans.zone]\nid = "zone"\n{HEAD}') == [
        ("subplans.zone.id", "'zone'")
    ]


def test_a_subplan_is_no_path() -> None:
    assert read(f'id = "p"\n{HEAD}[subplans]\nzone = "zone.toml"\n') == [
        ("subplans.zone", "'zone.toml'")
    ]


def test_a_subplan_by_itself_is_refused_where_it_is_none() -> None:
    with pytest.raises(ModelError, match="subplans"):
        plan(subplans=[indicator("alpha")])
