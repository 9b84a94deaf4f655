"""Scoring rules: what share of the expected was reached, and the score that it earns."""

from ipplan.scoring.attainment import (
    AtMostForm,
    DistanceToTarget,
    Goalposts,
    HealthyPeople,
    PassFail,
    Progress,
    Ratio,
)
from ipplan.scoring.canadian import CanadianIndicator
from ipplan.scoring.laws import Law
from ipplan.scoring.on_track import Growth, GrowthRatio, Pace, Projection, TimeShare
from ipplan.scoring.registry import as_rule, rule_names
from ipplan.scoring.rule import Case, Rule, ScoringRule
from ipplan.scoring.scales import EFFICACY, Deduction, Knots, Scale, ScoreScale, Steps

__all__ = [
    "EFFICACY",
    "AtMostForm",
    "CanadianIndicator",
    "Case",
    "Deduction",
    "DistanceToTarget",
    "Goalposts",
    "Growth",
    "GrowthRatio",
    "HealthyPeople",
    "Knots",
    "Law",
    "Pace",
    "PassFail",
    "Progress",
    "Projection",
    "Ratio",
    "Rule",
    "Scale",
    "ScoreScale",
    "ScoringRule",
    "Steps",
    "TimeShare",
    "as_rule",
    "rule_names",
]
