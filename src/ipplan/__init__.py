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
    from ipplan import presets
    from ipplan.aggregation import (
        Aggregate,
        Caps,
        Group,
        Mean,
        MissingPolicy,
        PowerMean,
        Require,
        Skip,
        Substitute,
        Veto,
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
    from ipplan.filling import Filled, Filling, fill
    from ipplan.interpolation import Easing, Interpolation, InterpolationError
    from ipplan.io.actuals_file import read_actuals
    from ipplan.io.plan_file import dump, dumps, load, loads, shipped_plans
    from ipplan.model.actuals import Actuals, Reported
    from ipplan.model.bound import Bound, BoundKind, Direction
    from ipplan.model.catalog import Catalog
    from ipplan.model.deliverable import Deliverable, Workstream
    from ipplan.model.delivery import Delivery, DeliveryReport
    from ipplan.model.department import Department
    from ipplan.model.indicator import Accrual, Assumption, Indicator
    from ipplan.model.links import Duty, Role
    from ipplan.model.observation import Observation, Origin, Verification
    from ipplan.model.phase import Phase
    from ipplan.model.task import Task, TaskKind
    from ipplan.model.trajectory import (
        Baseline,
        Expectation,
        Milestone,
        Reference,
        Trajectory,
    )
    from ipplan.periods import Period
    from ipplan.plan import Plan
    from ipplan.reasons import Reason, State, Unused
    from ipplan.scoring import AtMostForm, Case, Progress, Ratio, Scale, ScoringRule
    from ipplan.series import assess_series
    from ipplan.status import Band, Status, StatusClass, StatusScale, Words, words
    from ipplan.text import Lang, Text
    from ipplan.trend import Trend, mann_kendall

__all__ = [
    "Accrual",
    "Actuals",
    "ActualsError",
    "ActualsUnitError",
    "Aggregate",
    "Assessment",
    "Assumption",
    "AtMostForm",
    "Band",
    "Baseline",
    "Bound",
    "BoundKind",
    "Caps",
    "Case",
    "Catalog",
    "Deliverable",
    "Delivery",
    "DeliveryReport",
    "Department",
    "Direction",
    "Duty",
    "Easing",
    "Exceeding",
    "Expectation",
    "Filled",
    "Filling",
    "Group",
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
    "Origin",
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
    "Reference",
    "Reported",
    "Require",
    "Result",
    "Role",
    "Scale",
    "ScoringRule",
    "Skip",
    "State",
    "Status",
    "StatusClass",
    "StatusScale",
    "Substitute",
    "Task",
    "TaskKind",
    "Text",
    "Trajectory",
    "Trend",
    "UnitError",
    "UnknownIdError",
    "Unused",
    "Verification",
    "Veto",
    "Words",
    "Workstream",
    "Zero",
    "aggregate",
    "assess_series",
    "dump",
    "dumps",
    "fill",
    "load",
    "loads",
    "mann_kendall",
    "presets",
    "read_actuals",
    "shipped_plans",
    "words",
]

_HOMES = {
    "aggregation": (
        "Aggregate",
        "Caps",
        "Group",
        "Mean",
        "MissingPolicy",
        "PowerMean",
        "Require",
        "Skip",
        "Substitute",
        "Veto",
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
    "filling": (
        "Filled",
        "Filling",
        "fill",
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
        "Reported",
    ),
    "model.delivery": (
        "Delivery",
        "DeliveryReport",
    ),
    "model.links": (
        "Duty",
        "Role",
    ),
    "model.observation": (
        "Observation",
        "Origin",
        "Verification",
    ),
    "model.bound": (
        "Bound",
        "BoundKind",
        "Direction",
    ),
    "model.catalog": ("Catalog",),
    "model.deliverable": (
        "Deliverable",
        "Workstream",
    ),
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
        "Reference",
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
    "series": ("assess_series",),
    "status": (
        "Band",
        "Status",
        "StatusClass",
        "StatusScale",
        "Words",
        "words",
    ),
    "trend": (
        "Trend",
        "mann_kendall",
    ),
    "text": (
        "Lang",
        "Text",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
_MODULES = ("aggregation", "interpolation", "presets", "scoring", "status", "testing")
"""Modules that are attributes of the package without an import of their own."""


if not TYPE_CHECKING:  # a type checker reads the imports above, and knows a misspelt name for one

    def __getattr__(name: str) -> object:
        """Public names are imported when first used, so that `import ipplan` is cheap (PEP 562)."""
        from importlib import import_module

        if name in _MODULES:
            return import_module(f"{__name__}.{name}")
        home = _HOME_OF.get(name)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{home}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_MODULES})
