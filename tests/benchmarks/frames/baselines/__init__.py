"""Hand-written queries, one module for each engine: what a competent user of it would write.

They give the columns that `Plan.assess_frame` adds under the default policy, for the illustrative
plan and its panel. What they do not handle, and `assess_frame` does:

- tolerances: figures equal within 1e-12, and values within 1e-9 of a status threshold;
- expected figures of zero or below, and negative actuals where less is better;
- NaN and infinity in the value column, which are taken as numbers (in pandas NaN is missing);
- indicators that the plan does not have, years outside of the lookup, other units and duplicates:
  they come out as not due, or, in pandas, fail;
- periods within a year, flows, relative targets, steps and curves between milestones, amendments;
- baselines that the first milestone equals or contradicts, milestones of different strictness.
"""

STATUSES = (
    "achieved_early",
    "ahead",
    "on_track",
    "behind",
    "exceeded",
    "met",
    "nearly_met",
    "not_met",
    "overdue",
)
STATES = ("scored", "missing", "not_due", "not_computable")
REASONS = ("not_reported", "before_first_milestone", "actual_is_zero")
"""The words, in an order that integer codes stand for."""

ADDED = ("expected", "met", "ratio", "progress", "score", "status", "state", "reason")
GIVEN = ("region", "indicator", "period", "value")
