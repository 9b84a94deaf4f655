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
    from ipplan.assessment.credits import Credits
    from ipplan.assessment.delivery import DeliverableResult, Delivered, SectionResult
    from ipplan.assessment.policy import Exceeding, Policy
    from ipplan.assessment.result import Assessment, NotUsed, Result
    from ipplan.assessment.tasks import Scorecard, TaskResult
    from ipplan.errors import (
        ActualsError,
        ActualsUnitError,
        EngineError,
        IPPlanError,
        ModelError,
        PeriodError,
        PlanFileError,
        Problem,
        UnitError,
        UnknownIdError,
    )
    from ipplan.filling import Filled, Filling, fill
    from ipplan.frames.duplicates import Duplicates
    from ipplan.interpolation import Easing, Interpolation, InterpolationError
    from ipplan.io.actuals_file import read_actuals
    from ipplan.io.plan_check import check_plan
    from ipplan.io.plan_file import dump, dumps, load, loads, shipped_plans
    from ipplan.model.actuals import Actuals, Reported
    from ipplan.model.amendment import Added, Amendment, Changed, PlanPart, Withdrawn
    from ipplan.model.bound import Bound, BoundKind, Direction
    from ipplan.model.catalog import Catalog
    from ipplan.model.deliverable import Deliverable, Promise, Workstream
    from ipplan.model.delivery import Delivery, DeliveryReport
    from ipplan.model.department import Department
    from ipplan.model.indicator import Accrual, Assumption, Indicator
    from ipplan.model.intake import Faulty
    from ipplan.model.links import Duty, PartKind, Role, TaskPart
    from ipplan.model.observation import Observation, Origin, Verification
    from ipplan.model.phase import Phase
    from ipplan.model.task import Task, TaskKind
    from ipplan.model.trajectory import Baseline, Expectation, Milestone, Reference, Trajectory
    from ipplan.model.version import Version, VersionUsed
    from ipplan.periods import Period
    from ipplan.plan import Plan
    from ipplan.plan.annual import AnnualPlan
    from ipplan.plan.cascade import Allocation, Rounding
    from ipplan.plan.checks import Finding, FindingCode, Findings, Severity
    from ipplan.plan.difference import Difference
    from ipplan.plan.rolling_up import LeftOut, RollUp
    from ipplan.reasons import NotRolledUp, Reason, SetAside, State, Unused
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
    "Added",
    "Aggregate",
    "Allocation",
    "Amendment",
    "AnnualPlan",
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
    "Changed",
    "Credits",
    "Deliverable",
    "DeliverableResult",
    "Delivered",
    "Delivery",
    "DeliveryReport",
    "Department",
    "Difference",
    "Direction",
    "Duplicates",
    "Duty",
    "Easing",
    "EngineError",
    "Exceeding",
    "Expectation",
    "Faulty",
    "Filled",
    "Filling",
    "Finding",
    "FindingCode",
    "Findings",
    "Group",
    "IPPlanError",
    "Indicator",
    "Interpolation",
    "InterpolationError",
    "Lang",
    "LeftOut",
    "Mean",
    "Milestone",
    "MissingPolicy",
    "ModelError",
    "NotRolledUp",
    "NotUsed",
    "Observation",
    "Origin",
    "PartKind",
    "Period",
    "PeriodError",
    "Phase",
    "Plan",
    "PlanFileError",
    "PlanPart",
    "Policy",
    "PowerMean",
    "Problem",
    "Progress",
    "Promise",
    "Ratio",
    "Reason",
    "Reference",
    "Reported",
    "Require",
    "Result",
    "Role",
    "RollUp",
    "Rounding",
    "Scale",
    "Scorecard",
    "ScoringRule",
    "SectionResult",
    "SetAside",
    "Severity",
    "Skip",
    "State",
    "Status",
    "StatusClass",
    "StatusScale",
    "Substitute",
    "Task",
    "TaskKind",
    "TaskPart",
    "TaskResult",
    "Text",
    "Trajectory",
    "Trend",
    "UnitError",
    "UnknownIdError",
    "Unused",
    "Verification",
    "Version",
    "VersionUsed",
    "Veto",
    "Withdrawn",
    "Words",
    "Workstream",
    "Zero",
    "aggregate",
    "assess_series",
    "check_plan",
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
    "assessment.credits": ("Credits",),
    "assessment.delivery": (
        "DeliverableResult",
        "Delivered",
        "SectionResult",
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
    "assessment.tasks": (
        "Scorecard",
        "TaskResult",
    ),
    "errors": (
        "ActualsError",
        "ActualsUnitError",
        "EngineError",
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
    "frames.duplicates": ("Duplicates",),
    "interpolation": (
        "Easing",
        "Interpolation",
        "InterpolationError",
    ),
    "io.actuals_file": ("read_actuals",),
    "io.plan_check": ("check_plan",),
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
    "model.amendment": (
        "Added",
        "Amendment",
        "Changed",
        "PlanPart",
        "Withdrawn",
    ),
    "model.bound": (
        "Bound",
        "BoundKind",
        "Direction",
    ),
    "model.catalog": ("Catalog",),
    "model.deliverable": (
        "Deliverable",
        "Promise",
        "Workstream",
    ),
    "model.delivery": (
        "Delivery",
        "DeliveryReport",
    ),
    "model.department": ("Department",),
    "model.indicator": (
        "Accrual",
        "Assumption",
        "Indicator",
    ),
    "model.intake": ("Faulty",),
    "model.links": (
        "Duty",
        "PartKind",
        "Role",
        "TaskPart",
    ),
    "model.observation": (
        "Observation",
        "Origin",
        "Verification",
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
    "model.version": (
        "Version",
        "VersionUsed",
    ),
    "periods": ("Period",),
    "plan": ("Plan",),
    "plan.annual": ("AnnualPlan",),
    "plan.cascade": (
        "Allocation",
        "Rounding",
    ),
    "plan.checks": (
        "Finding",
        "FindingCode",
        "Findings",
        "Severity",
    ),
    "plan.difference": ("Difference",),
    "plan.rolling_up": (
        "LeftOut",
        "RollUp",
    ),
    "reasons": (
        "NotRolledUp",
        "Reason",
        "SetAside",
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
    "text": (
        "Lang",
        "Text",
    ),
    "trend": (
        "Trend",
        "mann_kendall",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
_MODULES = ("aggregation", "frames", "interpolation", "presets", "scoring", "status", "testing")
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
