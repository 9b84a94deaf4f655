"""States and reasons: how far a result could be computed, and why it could not."""

from __future__ import annotations

import enum

__all__ = ["NotRolledUp", "Reason", "SetAside", "State", "Unused"]


class State(enum.Enum):
    """How far an indicator's result could be computed."""

    SCORED = "scored"
    MISSING = "missing"
    """Something is due and nothing was reported."""
    NOT_DUE = "not_due"
    """Nothing is due yet."""
    NOT_COMPUTABLE = "not_computable"
    """Reported and due, but the rule does not give a number."""


class Reason(enum.Enum):
    """Why a figure is not there."""

    NOT_REPORTED = "not_reported"
    BEFORE_FIRST_MILESTONE = "before_first_milestone"
    BENCHMARK_MISSING = "benchmark_missing"
    PREVIOUS_MISSING = "previous_missing"
    NOT_DUE_YET = "not_due_yet"
    CANCELLED = "cancelled"
    SCALE_WITHOUT_ENDS = "scale_without_ends"
    NOTHING_MEASURES_IT = "nothing_measures_it"
    WEIGHS_NOTHING = "weighs_nothing"
    ANSWERS_FOR_NOTHING = "answers_for_nothing"
    EXPECTED_IS_ZERO = "expected_is_zero"
    EXPECTED_IS_NEGATIVE = "expected_is_negative"
    EXPECTED_NOT_FINITE = "expected_not_finite"
    ACTUAL_IS_ZERO = "actual_is_zero"
    SIGN_CHANGE = "sign_change"
    ACTUAL_NOT_POSITIVE = "actual_not_positive"
    BASELINE_IS_ZERO = "baseline_is_zero"
    BASELINE_AT_LIMIT = "baseline_at_limit"
    NO_TARGET = "no_target"
    TARGET_EQUALS_START = "target_equals_start"
    NO_TIME_PASSED = "no_time_passed"
    NO_BASELINE = "no_baseline"
    EXPECTED_EQUALS_BASELINE = "expected_equals_baseline"
    DIRECTION_CONTRADICTS_BASELINE = "direction_contradicts_baseline"
    NO_BETTER_DIRECTION = "no_better_direction"
    POSTS_CONTRADICT_DIRECTION = "posts_contradict_direction"
    UNDEFINED = "undefined"
    """A rule of the caller's own gave no finite number."""
    NOTHING_SCORED = "nothing_scored"
    SCORE_NOT_POSITIVE = "score_not_positive"
    COVERAGE_TOO_LOW = "coverage_too_low"
    TOO_FEW_VALUES = "too_few_values"
    TARGET_REACHED = "target_reached"
    NO_TIME_LEFT = "no_time_left"
    RELATIVE = "relative"
    """The target is a multiple of a figure that is not known yet."""


class Unused(enum.Enum):
    """Why an observation was read and not used."""

    AFTER_AS_OF = "after_as_of"
    SUPERSEDED = "superseded"
    """A later one, not after the as-of period, was taken."""
    NOTHING_DUE = "nothing_due"
    """It lies before the indicator's first milestone and baseline."""
    BASELINE = "baseline"
    """The policy takes it as the baseline."""
    NO_COMPARISON = "no_comparison"
    """A benchmark that no figure was compared with."""
    OTHER_SOURCE = "other_source"
    """Another source's figure for the same time was taken."""


class NotRolledUp(enum.Enum):
    """Why something that regions reported stands in no figure of the whole."""

    REGIONS_MISSING = "regions_missing"
    """Not every region reported it for that time; the rest is no whole."""
    DENOMINATOR_MISSING = "denominator_missing"
    """A quotient came without its numerator and denominator."""
    OTHER_SOURCE = "other_source"
    """Another source's figure of the region for the same time was taken."""
    BENCHMARK = "benchmark"
    """Another body's figure, which is no part of the whole."""
    DELIVERY = "delivery"
    """The report of a deliverable, which has one state and no amount."""


class SetAside(enum.Enum):
    """Why a row of a frame could not be assessed at all."""

    UNKNOWN_INDICATOR = "unknown_indicator"
    UNKNOWN_PERIOD = "unknown_period"
    """It cannot be read, lies too far from the plan's years, or was not listed beforehand."""
    UNKNOWN_UNIT = "unknown_unit"
    """It cannot be read, or does not convert into the indicator's."""
    NOT_IN_FORCE = "not_in_force"
    """The version of the plan that holds for the period does not have the indicator."""
    OUT_OF_RANGE = "out_of_range"
    """Infinite, or too large or too small to calculate with."""
    DUPLICATE = "duplicate"
    """Another row says something of the same indicator, period and unit of observation."""
