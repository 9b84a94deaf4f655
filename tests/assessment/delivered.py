"""A small plan in which something of every kind is delivered, for the tests of what is shown."""

from __future__ import annotations

from typing import Any

from ipplan import (
    Assessment,
    Bound,
    Department,
    Indicator,
    Phase,
    Plan,
    Task,
    Text,
)
from ipplan.model.deliverable import Deliverable, Workstream
from tests.builders import indicator, plan

EVIL = "<b>|evil|</b>"


def deliverable(id: str, zh: str, **options: Any) -> Deliverable:
    """A deliverable of the first phase and of the workstream, unless told otherwise."""
    settings = {"phase": "start", "workstream": "works", "tasks": ["2.1"], **options}
    return Deliverable(id=id, title=Text(en=f"Thing {id}", zh=zh), **settings)


def department(id: str, **options: Any) -> Department:
    """A department with a name in both languages."""
    return Department(id=id, name=Text(en=id.title(), zh=f"部门{id}"), **options)


def task(id: str, **options: Any) -> Task:
    """A task with a title in both languages."""
    return Task(id=id, title=Text(en=f"Task of {id}", zh=f"任务{id}"), **options)


def quota(id: str, **options: Any) -> Indicator:
    """A quota of 10 in 2017."""
    return indicator(id, {2017: Bound.at_least(10)}, **options)


ZONE = plan(
    indicator("acre", {2017: Bound.at_least(10)}),
    id="zone",
    title=Text(en="The zone", zh="示范区"),
    under=["2.1"],
    deliverables=[deliverable("9.1", "区内事项", phase=None, workstream=None, tasks=[], due=2018)],
)
SMALL: Plan = plan(
    indicator("alpha", {2017: Bound.at_least(100)}, tasks=["2.1"]),
    quotas=[
        quota("beta", tasks=["2.1"], same_as="alpha", unit="个"),
        quota("gamma", tasks=["2.2"]),
    ],
    phases=[
        Phase(id="start", name=Text(en="Start", zh="启动阶段"), start=2016, end=2017),
        Phase(id="later", name=Text(en="Later", zh="后续阶段"), start=2018, end=2020),
    ],
    workstreams=[Workstream(id="works", name=Text(en="Works", zh="工程领域"))],
    deliverables=[
        deliverable("3.1", f"方案{EVIL}"),
        deliverable("3.2", "规程"),
        deliverable("3.3", "平台"),
        deliverable("3.4", "报告"),
        deliverable("3.5", "中心", tasks=["2.2"]),
        deliverable("3.6", "体系", phase="later", tasks=["2.2"]),
        deliverable("3.7", "名录", phase=None, due=2017, workstream=None, tasks=[]),
    ],
    tasks=[
        task("2.1", lead=["finance"], support=["cities"]),
        task("2.2", lead=["cities"], support=["finance"]),
        task("2.3", lead=["press"]),
        task("2.4", lead=["east"], support=["cities"]),
    ],
    departments=[
        department("finance"),
        department("press"),
        department("cities", members=["east", "west"]),
        department("east"),
        department("west"),
        department("idle"),
    ],
    subplans=[ZONE],
)
REPORTS: list[dict[str, Any]] = [
    {"indicator": "alpha", "period": 2017, "value": 80},
    {"deliverable": "3.1", "status": "done", "date": "2016-05", "evidence": f"notice {EVIL}"},
    {"deliverable": "3.2", "status": "done", "date": "2018-02", "source": "bulletin"},
    {"deliverable": "3.3", "status": "in_progress", "period": 2018, "share": 0.6},
    {"deliverable": "3.4", "status": "cancelled", "period": 2017, "reason": f"merged {EVIL}"},
    {"deliverable": "3.6", "status": "not_started", "period": 2018},
]


def assessed(*more: dict[str, Any], **options: Any) -> Assessment:
    """The small plan as of 2018 with the usual reports and more."""
    return SMALL.assess([*REPORTS, *more], **{"as_of": 2018, **options})
