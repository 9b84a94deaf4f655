"""Small plans for tests, with only what a test is about spelled out."""

from __future__ import annotations

import datetime
from typing import Any

from ipplan import Baseline, Bound, Indicator, Milestone, Plan, Text, Trajectory
from ipplan.model.amendment import Amendment, Change, Withdrawn


def indicator(
    id: str = "alpha",
    bounds: dict[Any, Bound] | None = None,
    *,
    baseline: tuple[Any, float] | None = None,
    interpolation: Any = "linear",
    **options: Any,
) -> Indicator:
    """An indicator with milestones `{period: bound}`; a level in 个 unless said otherwise."""
    bounds = {2020: Bound.at_least(100)} if bounds is None else bounds
    trajectory = Trajectory(
        milestones=[Milestone(period=period, bound=bound) for period, bound in bounds.items()],
        baseline=baseline and Baseline(period=baseline[0], value=baseline[1]),
        interpolation=interpolation,
    )
    settings = {"name": Text(en=id.title(), zh=f"指标{id}"), "unit": "个", "accrual": "level"}
    return Indicator(id=id, trajectory=trajectory, **{**settings, **options})


def plan(*indicators: Indicator, **options: Any) -> Plan:
    """A plan of 2016 to 2020 with these indicators."""
    settings = {"id": "small", "title": Text(en="A small plan", zh="小规划")}
    return Plan(**{**settings, "start": 2016, "end": 2020, "indicators": indicators, **options})


def amendment(id: str = "first", date: str = "2018-03-01", *changes: Change) -> Amendment:
    """An amendment of that day; it withdraws what the plan does not have unless told."""
    return Amendment(
        id=id,
        date=datetime.date.fromisoformat(date),
        document=f"Notice {id}",
        reason=Text(en=f"Why {id}", zh=f"原因 {id}"),
        changes=changes or (Withdrawn(part="tasks", id="9.9"),),
    )
