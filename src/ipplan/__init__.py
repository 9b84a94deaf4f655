"""Model a government plan, and assess what became of it.

>>> import ipplan
>>> plan = ipplan.load("gansu-2016")
>>> assessment = plan.assess({"pledge_financing": {2017: "22.4 亿元"}})
>>> assessment["pledge_financing"].status.value
'achieved_early'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipplan.aggregation import Require, Skip, Zero
    from ipplan.assessment.policy import Exceeding, Policy
    from ipplan.assessment.result import Assessment, Result
    from ipplan.errors import (
        ActualsError,
        IPPlanError,
        ModelError,
        PeriodError,
        PlanFileError,
        Problem,
        UnitError,
        UnknownIdError,
    )
    from ipplan.interpolation import Interpolation
    from ipplan.io.actuals_file import read_actuals
    from ipplan.io.plan_file import dump, dumps, load, loads, shipped_plans
    from ipplan.model.actuals import Actuals, Observation, Verification
    from ipplan.model.bound import Bound, BoundKind, Direction
    from ipplan.model.department import Department
    from ipplan.model.indicator import Accrual, Assumption, Indicator
    from ipplan.model.phase import Phase
    from ipplan.model.task import Task, TaskKind
    from ipplan.model.trajectory import Baseline, Milestone, Trajectory
    from ipplan.periods import Period
    from ipplan.plan import Plan
    from ipplan.reasons import Reason, State, Unused
    from ipplan.scoring import Progress, Ratio, Scale
    from ipplan.status import Status, Thresholds
    from ipplan.text import Lang, Text

_HOMES = {
    "Accrual": "model.indicator",
    "Actuals": "model.actuals",
    "ActualsError": "errors",
    "Assessment": "assessment.result",
    "Assumption": "model.indicator",
    "Baseline": "model.trajectory",
    "Bound": "model.bound",
    "BoundKind": "model.bound",
    "Department": "model.department",
    "Direction": "model.bound",
    "Exceeding": "assessment.policy",
    "IPPlanError": "errors",
    "Indicator": "model.indicator",
    "Interpolation": "interpolation",
    "Lang": "text",
    "Milestone": "model.trajectory",
    "ModelError": "errors",
    "Observation": "model.actuals",
    "Period": "periods",
    "PeriodError": "errors",
    "Phase": "model.phase",
    "Plan": "plan",
    "PlanFileError": "errors",
    "Policy": "assessment.policy",
    "Problem": "errors",
    "Progress": "scoring",
    "Ratio": "scoring",
    "Reason": "reasons",
    "Require": "aggregation",
    "Result": "assessment.result",
    "Scale": "scoring",
    "Skip": "aggregation",
    "State": "reasons",
    "Status": "status",
    "Task": "model.task",
    "TaskKind": "model.task",
    "Text": "text",
    "Thresholds": "status",
    "Trajectory": "model.trajectory",
    "UnitError": "errors",
    "UnknownIdError": "errors",
    "Unused": "reasons",
    "Verification": "model.actuals",
    "Zero": "aggregation",
    "dump": "io.plan_file",
    "dumps": "io.plan_file",
    "load": "io.plan_file",
    "loads": "io.plan_file",
    "read_actuals": "io.actuals_file",
    "shipped_plans": "io.plan_file",
}

__all__ = [  # noqa: PLE0604 - the names are the keys of the one table above
    *_HOMES
]


def __getattr__(name: str) -> object:
    """Public names are imported when first used, so that `import ipplan` stays cheap (PEP 562)."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
