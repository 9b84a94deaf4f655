"""The library's calls, as a user would write them."""

from __future__ import annotations

from typing import Any

from ipplan import Plan
from tests.benchmarks.frames.panel import FIRST, LAST


def rows(panel: Any, plan: Plan) -> Any:
    """Every row scored; keys are checked before the run, which is the default."""
    return plan.assess_frame(panel)


def rows_told(panel: Any, plan: Plan) -> Any:
    """Every row scored; the periods are told, so that nothing is read in advance."""
    return plan.assess_frame(panel, periods=range(FIRST, LAST + 1))


def groups(panel: Any, plan: Plan) -> Any:
    """The score of each region."""
    from ipplan.frames import roll_up

    return roll_up(rows(panel, plan), by=["region"], plan=plan)


def groups_told(panel: Any, plan: Plan) -> Any:
    """The score of each region; the periods are told."""
    from ipplan.frames import roll_up

    return roll_up(rows_told(panel, plan), by=["region"], plan=plan)


def one_by_one(panel: Any, plan: Plan) -> Any:
    """`Plan.assess` of every region and period, without frames."""
    return [plan.assess(figures, as_of=period) for (_, period), figures in panel.items()]
