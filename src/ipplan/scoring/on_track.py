"""On-track rules: whether the pace made so far is the pace that the final target needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from attrs import field, frozen

from ipplan.model.fields import as_float, finite, is_a, together
from ipplan.ops import FLOATS, Ops
from ipplan.reasons import Reason
from ipplan.scoring.attainment import share_of_way
from ipplan.scoring.laws import USUAL_LAWS, Law
from ipplan.scoring.rule import Case, Refusal, Rule, put_in
from ipplan.scoring.scales import Scale, ScoreScale
from ipplan.status import (
    ARROWS,
    PROJECTION,
    STATCAN,
    STATCAN_WITHOUT_TARGET,
    TIME_SHARE,
)

__all__ = ["Growth", "GrowthRatio", "Pace", "Projection", "TimeShare"]


_ALONG = USUAL_LAWS | {Law.MONOTONE, Law.UNIT_FREE, Law.MIRRORED, Law.CONTINUOUS}
"""What all these rules keep."""
_MAY_OVERFLOW = _ALONG - {Law.DETERMINATE}
"""Powers of far figures leave the range of floats: there is a reason then, and no number."""


def growth(start: Any, end: Any, years: Any, ops: Ops) -> Any:
    """The constant yearly growth from `start` to `end`; null for a change of sign."""
    return ops.power(ops.div(end, start), ops.div(1.0, years)) - 1.0


def rise(start: Any, end: Any, years: Any, ops: Ops) -> Any:
    """The yearly growth as a movement upwards: from -1 to -2 a figure grows, and falls."""
    upwards = ops.where(ops.more_than(0.0, start), -1.0, 1.0)
    return growth(start, end, years, ops) * upwards


def _since_baseline(case: Case, ops: Ops) -> Iterable[Refusal]:
    yield Reason.NO_BASELINE, ops.is_null(case.baseline)
    yield Reason.NO_TIME_PASSED, ops.at_least(case.baseline_at, case.at)


def _growing(case: Case, ops: Ops) -> Iterable[Refusal]:
    yield Reason.BASELINE_IS_ZERO, ops.equal(case.baseline, 0.0)
    yield Reason.SIGN_CHANGE, ops.at_least(0.0, ops.div(case.actual, case.baseline))


def _to_target(case: Case, ops: Ops) -> Iterable[Refusal]:
    """What every rule about a target wants, but for what its own way of reckoning does."""
    yield Reason.NO_TARGET, ops.is_null(case.target)
    yield Reason.NO_BETTER_DIRECTION, ops.equal(case.way, 0.0)
    yield from _since_baseline(case, ops)
    yield Reason.NO_TIME_PASSED, ops.at_least(case.baseline_at, case.due)
    yield Reason.TARGET_EQUALS_START, ops.equal(case.target, case.baseline)


def _other_way(case: Case, ops: Ops) -> Iterable[Refusal]:
    worse = ops.more_than(0.0, (case.target - case.baseline) * case.way)
    yield Reason.DIRECTION_CONTRADICTS_BASELINE, worse


def _growing_to_target(case: Case, ops: Ops) -> Iterable[Refusal]:
    yield from _growing(case, ops)
    yield Reason.SIGN_CHANGE, ops.at_least(0.0, ops.div(case.target, case.baseline))


def now(case: Case, ops: Ops) -> Any:
    """The case's time, at most that of the target: what is held after it is not late."""
    past = ops.where(ops.is_null(case.due), 0.0, case.at - case.due)
    return ops.where(ops.more_than(past, 0.0), case.due, case.at)


def _years(case: Case) -> str:
    return put_in(now(case, FLOATS) - case.baseline_at)


def _all_years(case: Case) -> str:
    return put_in(case.due - case.baseline_at)


def _growth_made(case: Case, years: str) -> str:
    """The yearly growth so far with its numbers."""
    return f"(({put_in(case.actual)} / {put_in(case.baseline)})^(1/{years}) - 1)"


def _sign(case: Case) -> str:
    """A minus where growth is a movement for the worse: of a maximum, or of negative figures."""
    return "-" if (case.way < 0.0) is not (case.baseline < 0.0) else ""


@frozen(kw_only=True, field_transformer=together)
class GrowthRatio(Rule):
    """Growth made over growth needed: yearly growth since the baseline over that to the target.

    The Eurostat family's rule, also Statistics Canada's and Open SDG's. Biased against linear
    schedules to a lower target: a constant step is a growing rate of decline, so that who is
    exactly on a straight line is rated behind in most years.

    >>> from ipplan import Bound
    >>> poverty = Case.of(
    ...     10.4, Bound.at_most(7.25), at=2023.0, baseline=14.5, baseline_at=2015.0,
    ...     target=7.25, due=2030.0,
    ... )
    >>> round(GrowthRatio().attainment(poverty), 6)
    0.90109
    """

    name = "growth_ratio"
    laws: ClassVar[frozenset[Law]] = _ALONG | {Law.ZERO_AT_BASELINE}
    statuses = STATCAN
    scale: ScoreScale = field(factory=Scale, validator=is_a(ScoreScale))

    def refusals(self, case: Case, ops: Ops) -> Iterable[Refusal]:
        """No baseline or target, no time between them, a zero or a change of sign."""
        yield from _to_target(case, ops)
        yield from _growing_to_target(case, ops)

    def value(self, case: Case, ops: Ops) -> Any:
        """Observed over required growth, positive towards the target."""
        made = rise(case.baseline, case.actual, now(case, ops) - case.baseline_at, ops)
        needed = growth(case.baseline, case.target, case.due - case.baseline_at, ops)
        return ops.div(made * case.way, ops.abs(needed))

    def formula(self, case: Case) -> tuple[str, str]:
        """Both growths."""
        made = _growth_made(case, _years(case))
        start, end = put_in(case.baseline), put_in(case.target)
        needed = f"({end} / {start})^(1/{_all_years(case)}) - 1"
        return "yearly growth made / yearly growth needed", f"{_sign(case)}{made} / |{needed}|"


def _nears_a_limit(case: Case, ops: Ops) -> Any:
    """Whether better is towards a natural limit, away from zero: C is defined for nothing else."""
    limit = ops.where(ops.is_null(case.limit), 0.0, case.limit * case.way)
    return ops.both(ops.more_than(limit, 0.0), ops.more_than(case.baseline * case.way, 0.0))


@frozen(kw_only=True, field_transformer=together)
class Growth(Rule):
    """Yearly growth since the baseline, positive in the better direction; there is no target.

    The score is the growth in percent. Near a natural limit (100 %) growth gets harder: thresholds
    are multiplied by C = 1 - (baseline / limit)^exponent where a limit is known. Sources:
    Statistics Canada; Eurostat, after the Basque statistics office.

    >>> from ipplan import Bound
    >>> case = Case.of(71.4, Bound.at_least(0), at=2023.0, baseline=66.6, baseline_at=2016.0)
    >>> round(Growth().attainment(case), 6)
    0.009991
    """

    name = "growth"
    laws: ClassVar[frozenset[Law]] = _MAY_OVERFLOW | {Law.ZERO_AT_BASELINE}
    statuses = STATCAN_WITHOUT_TARGET
    exponent: float = field(default=4.44, converter=as_float, validator=finite)
    scale: ScoreScale = field(default=Scale(floor=None, cap=None), validator=is_a(ScoreScale))

    def refusals(self, case: Case, ops: Ops) -> Iterable[Refusal]:
        """No baseline, no time since it, a zero or a change of sign, no room to the limit.

        Also within a range, where neither direction is better.
        """
        yield Reason.NO_BETTER_DIRECTION, ops.equal(case.way, 0.0)
        yield from _since_baseline(case, ops)
        yield from _growing(case, ops)
        used = ops.div(case.baseline, case.limit)
        yield Reason.BASELINE_AT_LIMIT, ops.both(_nears_a_limit(case, ops), ops.at_least(used, 1.0))

    def value(self, case: Case, ops: Ops) -> Any:
        """The yearly growth, times the direction."""
        return rise(case.baseline, case.actual, case.at - case.baseline_at, ops) * case.way

    def graded(self, value: Any, case: Case, ops: Ops) -> Any:
        """The growth as thresholds see it: divided by C above zero, where a limit is known."""
        room = 1.0 - ops.power(ops.div(case.baseline, case.limit), self.exponent)
        eases = ops.both(_nears_a_limit(case, ops), ops.more_than(value, 0.0))
        return ops.where(eases, ops.div(value, room), value)

    def formula(self, case: Case) -> tuple[str, str]:
        """The growth."""
        made = _growth_made(case, put_in(case.at - case.baseline_at))
        return "yearly growth since the baseline", f"{_sign(case)}{made}"


@frozen(kw_only=True, field_transformer=together)
class Pace(Rule):
    """Yearly step made over the yearly step needed to reach the target in time.

    (actual - baseline) / years so far, over (target - baseline) / years in all. Source: SDSN's
    arrows, and the monitoring of China's 小康 goals.

    >>> from ipplan import Bound
    >>> case = Case.of(
    ...     69.05, Bound.at_least(100), at=2006.0, baseline=57.05, baseline_at=2000.0,
    ...     target=100.0, due=2020.0,
    ... )
    >>> round(Pace().attainment(case), 4)
    0.9313
    """

    name = "pace"
    laws: ClassVar[frozenset[Law]] = _ALONG | {Law.ZERO_AT_BASELINE, Law.SHIFT_FREE}
    statuses = ARROWS
    scale: ScoreScale = field(factory=Scale, validator=is_a(ScoreScale))

    def refusals(self, case: Case, ops: Ops) -> Iterable[Refusal]:
        """No baseline or target, no time or way between them, or a way in the worse direction."""
        yield from _to_target(case, ops)
        yield from _other_way(case, ops)

    def value(self, case: Case, ops: Ops) -> Any:
        """The share of the way made over the share of the time gone."""
        made = share_of_way(case.actual, case.baseline, case.target, ops)
        return ops.div(made, share_of_way(now(case, ops), case.baseline_at, case.due, ops))

    def formula(self, case: Case) -> tuple[str, str]:
        """Both steps."""
        actual, start, end = map(put_in, (case.actual, case.baseline, case.target))
        made = f"(({actual} - {start}) / {_years(case)})"
        needed = f"(({end} - {start}) / {_all_years(case)})"
        return "yearly step made / yearly step needed", f"{made} / {needed}"


@frozen(kw_only=True, field_transformer=together)
class TimeShare(Rule):
    """Time share (序时进度): the share of the way made less the share of the time gone.

    0 is just on time, -0.1 a tenth of the whole way behind; the score is 100 on time, 90 then.

    >>> from ipplan import Bound
    >>> case = Case.of(
    ...     16.0, Bound.at_least(20), at=2018.0, baseline=10.0, baseline_at=2015.0,
    ...     target=20.0, due=2020.0,
    ... )
    >>> round(TimeShare().attainment(case), 9)
    0.0
    """

    name = "time_share"
    laws: ClassVar[frozenset[Law]] = _ALONG | {Law.SHIFT_FREE}
    statuses = TIME_SHARE
    scale: ScoreScale = field(
        default=Scale(floor=-1.0, cap=0.0, offset=100.0), validator=is_a(ScoreScale)
    )

    def refusals(self, case: Case, ops: Ops) -> Iterable[Refusal]:
        """No baseline or target, no time or way between them, or a way in the worse direction."""
        yield from _to_target(case, ops)
        yield from _other_way(case, ops)

    def value(self, case: Case, ops: Ops) -> Any:
        """The share of the way less the share of the time."""
        made = share_of_way(case.actual, case.baseline, case.target, ops)
        return made - share_of_way(now(case, ops), case.baseline_at, case.due, ops)

    def formula(self, case: Case) -> tuple[str, str]:
        """Both shares."""
        actual, start, end = map(put_in, (case.actual, case.baseline, case.target))
        return (
            "share of the way made - share of the time gone",
            f"({actual} - {start}) / ({end} - {start}) - {_years(case)} / {_all_years(case)}",
        )


@frozen(kw_only=True, field_transformer=together)
class Projection(Rule):
    """Where the growth made so far would lead by the target's time, as a share of the way to it.

    v = actual (1 + growth)^(due - now), then (v - baseline) / (target - baseline). Source: UNSD's
    note of 2023, after the Basque statistics office.

    >>> from ipplan import Bound
    >>> case = Case.of(
    ...     11.0, Bound.at_least(12.1), at=2016.0, baseline=10.0, baseline_at=2015.0,
    ...     target=12.1, due=2017.0,
    ... )
    >>> round(Projection().attainment(case), 9)
    1.0
    """

    name = "projection"
    laws: ClassVar[frozenset[Law]] = _MAY_OVERFLOW | {Law.ZERO_AT_BASELINE}
    statuses = PROJECTION
    scale: ScoreScale = field(factory=Scale, validator=is_a(ScoreScale))

    def refusals(self, case: Case, ops: Ops) -> Iterable[Refusal]:
        """No baseline or target, no time between them, a zero or a change of sign."""
        yield from _to_target(case, ops)
        yield from _growing_to_target(case, ops)
        yield from _other_way(case, ops)

    def value(self, case: Case, ops: Ops) -> Any:
        """The share of the way that the projected figure would have made."""
        at = now(case, ops)
        made = growth(case.baseline, case.actual, at - case.baseline_at, ops)
        projected = case.actual * ops.power(made + 1.0, case.due - at)
        return share_of_way(projected, case.baseline, case.target, ops)

    def formula(self, case: Case) -> tuple[str, str]:
        """The projection."""
        actual, start, end = map(put_in, (case.actual, case.baseline, case.target))
        grown = f"(({actual} / {start})^(1/{_years(case)}))"
        ahead = put_in(case.due - now(case, FLOATS))
        return (
            "(actual x growth^years left - baseline) / (target - baseline)",
            f"({actual} x {grown}^{ahead} - {start}) / ({end} - {start})",
        )
