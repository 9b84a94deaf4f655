"""Scoring rules: what share of the expected was reached, and the score that it earns."""

from ipplan.scoring.attainment import (
    AtMostForm,
    DistanceToTarget,
    Goalposts,
    PassFail,
    Progress,
    Ratio,
)
from ipplan.scoring.laws import Law
from ipplan.scoring.on_track import Growth, GrowthRatio, Pace, Projection, TimeShare
from ipplan.scoring.rule import Case, Rule, ScoringRule
from ipplan.scoring.scales import Deduction, Knots, Scale, ScoreScale, Steps

__all__ = [
    "AtMostForm",
    "Case",
    "Deduction",
    "DistanceToTarget",
    "Goalposts",
    "Growth",
    "GrowthRatio",
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
]
