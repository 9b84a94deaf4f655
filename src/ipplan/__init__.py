"""Model a government plan, and assess what became of it.

>>> import ipplan
>>> plan = ipplan.load("gansu-2016")
>>> assessment = plan.assess({"pledge_financing": {2017: "22.4 亿元"}})
>>> assessment["pledge_financing"].score
100.0
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipplan.aggregation import (
        Aggregate,
        Mean,
        MissingPolicy,
        PowerMean,
        Require,
        Skip,
        Zero,
        aggregate,
    )
    from ipplan.assessment.policy import Exceeding, Policy
    from ipplan.assessment.result import Assessment, NotUsed, Result
    from ipplan.errors import (
        ActualsError,
        ActualsUnitError,
        IPPlanError,
        ModelError,
        PeriodError,
        PlanFileError,
        Problem,
        UnitError,
        UnknownIdError,
    )
    from ipplan.interpolation import Easing, Interpolation, InterpolationError
    from ipplan.io.actuals_file import read_actuals
    from ipplan.io.plan_file import dump, dumps, load, loads, shipped_plans
    from ipplan.model.actuals import Actuals, Observation, Reported, Verification
    from ipplan.model.bound import Bound, BoundKind, Direction
    from ipplan.model.catalog import Catalog
    from ipplan.model.department import Department
    from ipplan.model.indicator import Accrual, Assumption, Indicator
    from ipplan.model.phase import Phase
    from ipplan.model.task import Task, TaskKind
    from ipplan.model.trajectory import Baseline, Expectation, Milestone, Trajectory
    from ipplan.periods import Period
    from ipplan.plan import Plan
    from ipplan.reasons import Reason, State, Unused
    from ipplan.scoring import AtMostForm, Case, Progress, Ratio, Scale, ScoringRule
    from ipplan.status import Status, Thresholds
    from ipplan.text import Lang, Text

__all__ = [
    "Accrual",
    "Actuals",
    "ActualsError",
    "ActualsUnitError",
    "Aggregate",
    "Assessment",
    "Assumption",
    "AtMostForm",
    "Baseline",
    "Bound",
    "BoundKind",
    "Case",
    "Catalog",
    "Department",
    "Direction",
    "Easing",
    "Exceeding",
    "Expectation",
    "IPPlanError",
    "Indicator",
    "Interpolation",
    "InterpolationError",
    "Lang",
    "Mean",
    "Milestone",
    "MissingPolicy",
    "ModelError",
    "NotUsed",
    "Observation",
    "Period",
    "PeriodError",
    "Phase",
    "Plan",
    "PlanFileError",
    "Policy",
    "PowerMean",
    "Problem",
    "Progress",
    "Ratio",
    "Reason",
    "Reported",
    "Require",
    "Result",
    "Scale",
    "ScoringRule",
    "Skip",
    "State",
    "Status",
    "Task",
    "TaskKind",
    "Text",
    "Thresholds",
    "Trajectory",
    "UnitError",
    "UnknownIdError",
    "Unused",
    "Verification",
    "Zero",
    "aggregate",
    "dump",
    "dumps",
    "load",
    "loads",
    "read_actuals",
    "shipped_plans",
]

_HOMES = {
    "aggregation": (
        "Aggregate",
        "Mean",
        "MissingPolicy",
        "PowerMean",
        "Require",
        "Skip",
        "Zero",
        "aggregate",
    ),
    "assessment.policy": (
        "Exceeding",
        "Policy",
    ),
    "assessment.result": (
        "Assessment",
        "NotUsed",
        "Result",
    ),
    "errors": (
        "ActualsError",
        "ActualsUnitError",
        "IPPlanError",
        "ModelError",
        "PeriodError",
        "PlanFileError",
        "Problem",
        "UnitError",
        "UnknownIdError",
    ),
    "interpolation": (
        "Easing",
        "Interpolation",
        "InterpolationError",
    ),
    "io.actuals_file": ("read_actuals",),
    "io.plan_file": (
        "dump",
        "dumps",
        "load",
        "loads",
        "shipped_plans",
    ),
    "model.actuals": (
        "Actuals",
        "Observation",
        "Reported",
        "Verification",
    ),
    "model.bound": (
        "Bound",
        "BoundKind",
        "Direction",
    ),
    "model.catalog": ("Catalog",),
    "model.department": ("Department",),
    "model.indicator": (
        "Accrual",
        "Assumption",
        "Indicator",
    ),
    "model.phase": ("Phase",),
    "model.task": (
        "Task",
        "TaskKind",
    ),
    "model.trajectory": (
        "Baseline",
        "Expectation",
        "Milestone",
        "Trajectory",
    ),
    "periods": ("Period",),
    "plan": ("Plan",),
    "reasons": (
        "Reason",
        "State",
        "Unused",
    ),
    "scoring": (
        "AtMostForm",
        "Case",
        "Progress",
        "Ratio",
        "Scale",
        "ScoringRule",
    ),
    "status": (
        "Status",
        "Thresholds",
    ),
    "text": (
        "Lang",
        "Text",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


if not TYPE_CHECKING:  # a type checker reads the imports above, and knows a misspelt name for one

    def __getattr__(name: str) -> object:
        """Public names are imported when first used, so that `import ipplan` is cheap (PEP 562)."""
        home = _HOME_OF.get(name)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = getattr(import_module(f"{__name__}.{home}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
