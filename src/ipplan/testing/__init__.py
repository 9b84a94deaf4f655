"""Laws put to the test: one line in a test for a rule, an aggregation or an interpolation.

Needs hypothesis. Every check runs the same examples each time, and fails with the smallest
counterexample in plain words.

>>> from ipplan.scoring import Ratio
>>> check_rule(Ratio())
"""

from ipplan.testing.broken import LawBroken
from ipplan.testing.cases import cases, figures
from ipplan.testing.easings import EasingLaw, check_interpolation
from ipplan.testing.means import MeanLaw, check_aggregation
from ipplan.testing.rules import check_rule

__all__ = [
    "EasingLaw",
    "LawBroken",
    "MeanLaw",
    "cases",
    "check_aggregation",
    "check_interpolation",
    "check_rule",
    "figures",
]
