"""Links: parts of tasks, twins, duties, collectives expanded, and what they earn."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipplan import Deliverable, Department, Task, Text
from ipplan.model.links import Duty, Links, PartKind, Role, TaskPart, links_between
from tests.builders import indicator

NAME = Text(en="A name")


def linked(**given: Any) -> Links:
    by_id = {
        name: {each.id: each for each in given.get(name, ())}
        for name in ("tasks", "departments", "indicators", "quotas", "deliverables")
    }
    return links_between(**by_id, below=given.get("below", ()))


def task(id: str = "2.1", **options: Any) -> Task:
    return Task(id=id, title=NAME, **options)


def bodies(*ids: str, **members: list[str]) -> list[Department]:
    return [
        *(Department(id=id, name=NAME) for id in ids),
        *(Department(id=id, name=NAME, members=each) for id, each in members.items()),
    ]


def test_every_kind_of_part_stands_under_each_of_its_tasks() -> None:
    links = linked(
        tasks=[task("2.1"), task("2.2"), task("2.3")],
        indicators=[indicator("alpha", tasks=["2.1", "2.2", "2.1"])],
        quotas=[indicator("beta", tasks=["2.1"])],
        deliverables=[Deliverable(id="3.1.1.1", title=NAME, due=2018, tasks=["2.2", "2.1", "2.2"])],
        below=[("2.2", TaskPart(kind=PartKind.SUBPLAN, id="alpha"))],
    )
    first, second, third = (links.parts[each] for each in ("2.1", "2.2", "2.3"))
    assert [(each.kind.value, each.id) for each in first] == [
        ("indicator", "alpha"), ("quota", "beta"), ("deliverable", "3.1.1.1"),
    ]  # fmt: skip
    assert [each.place for each in second] == ["alpha", "3.1.1.1", "subplans.alpha"]
    assert third == ()
    assert links.of("2.2", PartKind.SUBPLAN) == ("alpha",)
    assert links.of("2.3", PartKind.INDICATOR) == ()


@pytest.mark.parametrize("order", [("alpha", "beta", "gamma"), ("gamma", "beta", "alpha")])
def test_what_reads_as_one_thing_counts_once_in_a_task(order: tuple[str, ...]) -> None:
    made = {
        "alpha": indicator("alpha", tasks=["2.1"]),
        "beta": indicator("beta", tasks=["2.1", "2.2"], same_as="alpha"),
        "gamma": indicator("gamma", tasks=["2.1", "2.2"], same_as="alpha"),
    }
    links = linked(tasks=[task("2.1"), task("2.2")], indicators=[made[id] for id in order])
    twins = {each.id: each.twin for each in links.parts["2.1"]}
    assert twins == {"alpha": None, "beta": "alpha", "gamma": "alpha"}
    # Where the one they name is not of the task, one of the two stands for it.
    assert [each.twin for each in links.parts["2.2"]].count(None) == 1


def test_a_quota_may_be_the_twin_of_an_indicator() -> None:
    links = linked(
        tasks=[task("2.1")],
        indicators=[indicator("alpha", tasks=["2.1"])],
        quotas=[indicator("beta", tasks=["2.1"], same_as="alpha")],
    )
    assert [(each.kind, each.twin) for each in links.parts["2.1"]] == [
        (PartKind.INDICATOR, None),
        (PartKind.QUOTA, "alpha"),
    ]


COLLECTIVE = linked(
    tasks=[
        task("2.1", lead=["cities"], support=["north", "office"]),
        task("2.2", lead=["office"], support=["cities"]),
    ],
    departments=bodies("north", "south", "office", cities=["north", "south"]),
)


def test_each_department_has_its_duties_in_the_order_of_tasks() -> None:
    assert COLLECTIVE.duties["office"] == (
        Duty(task="2.1", department="office", role=Role.SUPPORT),
        Duty(task="2.2", department="office", role=Role.LEAD),
    )
    assert COLLECTIVE.duties["south"] == ()
    assert [each.role for each in COLLECTIVE.duties["cities"]] == [Role.LEAD, Role.SUPPORT]


def test_members_share_what_a_collective_answers_for() -> None:
    assert COLLECTIVE.expanded["cities"] == ()
    assert COLLECTIVE.expanded["north"] == (
        Duty(task="2.1", department="north", role=Role.LEAD, share=0.5, through="cities"),
        Duty(task="2.1", department="north", role=Role.SUPPORT),
        Duty(task="2.2", department="north", role=Role.SUPPORT, share=0.5, through="cities"),
    )
    assert COLLECTIVE.expanded["office"] == COLLECTIVE.duties["office"]


def test_credits_go_by_role_and_share() -> None:
    earned = COLLECTIVE.credits(lead=2, support=0.5)
    assert earned["cities"] == {"2.1": 2.0, "2.2": 0.5}
    assert earned["north"] == {"2.1": 0.5}
    expanded = COLLECTIVE.credits(lead=2, support=0.5, expand=True)
    assert expanded["north"] == {"2.1": 1.5, "2.2": 0.25}
    assert expanded["south"] == {"2.1": 1.0, "2.2": 0.25}
    assert COLLECTIVE.credits(lead=1, support=1)["cities"] == {"2.1": 1.0, "2.2": 1.0}
    assert COLLECTIVE.credits(lead=2, support=0.5) == earned


@given(
    st.lists(st.sampled_from(["a", "b", "c", "all"]), unique=True),
    st.floats(0.1, 10),
    st.floats(0, 10),
    st.integers(0, 4),
)
def test_expanding_moves_credits_and_makes_none(
    named: list[str], lead: float, support: float, split: int
) -> None:
    links = linked(
        tasks=[task(lead=named[:split], support=named[split:])],
        departments=bodies("a", "b", "c", all=["a", "b", "c"]),
    )
    together, apart = (
        math.fsum(
            credit
            for each in links.credits(lead=lead, support=support, expand=expand).values()
            for credit in each.values()
        )
        for expand in (False, True)
    )
    assert math.isclose(together, apart, rel_tol=1e-12, abs_tol=1e-300)
