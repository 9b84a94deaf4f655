"""Aggregation: scores become one score, with its coverage and contributions that sum to it."""

from ipplan.aggregation.beyond import Caps, Veto, unfit_adjustments, unfit_veto
from ipplan.aggregation.combine import (
    Aggregate,
    Part,
    Summing,
    aggregate,
    unfit_weight,
    unfit_weights,
)
from ipplan.aggregation.groups import Group, unfit_groups
from ipplan.aggregation.means import AnyMean, Mean, PowerMean, as_mean
from ipplan.aggregation.missing import (
    AnyMissing,
    MissingPolicy,
    Require,
    Skip,
    Substitute,
    Zero,
    as_missing,
)

__all__ = [
    "Aggregate",
    "AnyMean",
    "AnyMissing",
    "Caps",
    "Group",
    "Mean",
    "MissingPolicy",
    "Part",
    "PowerMean",
    "Require",
    "Skip",
    "Substitute",
    "Summing",
    "Veto",
    "Zero",
    "aggregate",
    "as_mean",
    "as_missing",
    "unfit_adjustments",
    "unfit_groups",
    "unfit_veto",
    "unfit_weight",
    "unfit_weights",
]
