"""Laws put to the test, in one line each, and the strategies that they are tried on.

Needs hypothesis. Every check runs the same examples each time, and fails with the smallest
counterexample in plain words.

>>> from ipplan.scoring import Ratio
>>> check_rule(Ratio())
"""

from ipplan.testing.assessments import AssessmentLaw, check_assessment
from ipplan.testing.broken import LawBroken
from ipplan.testing.cases import cases, figures
from ipplan.testing.easings import EasingLaw, check_interpolation
from ipplan.testing.means import MeanLaw, check_aggregation
from ipplan.testing.paths import PathLaw, check_path
from ipplan.testing.rules import check_rule
from ipplan.testing.strategies import (
    actuals_for,
    assumptions,
    bounds,
    clauses,
    departments,
    ids,
    indicators,
    lines,
    numbers,
    observations,
    periods,
    phases,
    plans,
    reports_of,
    tasks,
    texts,
    trajectories,
)

__all__ = [
    "AssessmentLaw",
    "EasingLaw",
    "LawBroken",
    "MeanLaw",
    "PathLaw",
    "actuals_for",
    "assumptions",
    "bounds",
    "cases",
    "check_aggregation",
    "check_assessment",
    "check_interpolation",
    "check_path",
    "check_rule",
    "clauses",
    "departments",
    "figures",
    "ids",
    "indicators",
    "lines",
    "numbers",
    "observations",
    "periods",
    "phases",
    "plans",
    "reports_of",
    "tasks",
    "texts",
    "trajectories",
]
