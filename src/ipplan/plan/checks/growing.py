"""Check on growth: what the milestones require a year from one point to the next."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from ipplan import units
from ipplan.model.bound import same
from ipplan.model.indicator import Accrual, Indicator
from ipplan.model.trajectory import Point
from ipplan.plan.checks.figures import COUNTED, WAYS, value_at
from ipplan.plan.checks.finding import Finding, FindingCode
from ipplan.plan.checks.scope import Check, Scope
from ipplan.text import Text, figure

__all__ = ["CHECKS"]

_FEW = 20
"""With fewer things counted, each single one is more than 5 %: percentages say little."""
_NO_GROWTH = {"share", "share_difference"}
"""Kinds of units whose figures run up against a limit, and do not multiply."""


def unreachable_growth(scope: Scope) -> Iterator[Finding]:
    """Steps that multiply the figure by more a year than the threshold allows.

    Where less is better, a figure that is divided by as much. Left out is where growth in percent
    says little: shares, multiples of another figure, running totals (which double in their second
    year by themselves), few things counted, and figures of zero or below.
    """
    for place, each in scope.measured:
        if not _grows(each):
            continue
        for (_, before), (point, after) in pairwise(each.trajectory.places):
            times = _times_a_year(each, before, after)
            if times > 1.0 + scope.growth and not same(times, 1.0 + scope.growth):
                yield Finding(
                    code=FindingCode.UNREACHABLE_GROWTH,
                    place=f"{place}.{point}",
                    message=_told(each, before, after, times),
                )


def _grows(each: Indicator) -> bool:
    way = each.trajectory
    multiplies = units.kind(each.unit) not in _NO_GROWTH and way.relative_to is None
    return multiplies and each.accrual is not Accrual.CUMULATIVE and WAYS[way.direction] != 0.0


def _times_a_year(each: Indicator, before: Point, after: Point) -> float:
    """How many times better the figure gets a year; 1 where that says nothing.

    Less than a year counts as one: nobody asks for a month's growth to go on for a year.
    """
    start, end = value_at(before), value_at(after)
    if start <= 0.0 or end <= 0.0 or _few(each, start):
        return 1.0
    times = end / start if WAYS[each.direction] > 0.0 else start / end
    years = max(after.period.position - before.period.position, 1.0)
    return math.pow(times, 1.0 / years)


def _few(each: Indicator, value: float) -> bool:
    one = COUNTED.get(units.kind(each.unit))
    return one is not None and units.convert(value, source=each.unit, target=one) < _FEW


def _told(each: Indicator, before: Point, after: Point, times: float) -> Text:
    start, end = figure(value_at(before)), figure(value_at(after))
    years = f"{before.period} ({start}) → {after.period} ({end})"
    if WAYS[each.direction] > 0.0:
        change = figure(100.0 * (times - 1.0))
        return Text(
            en=f"{years} asks for {change} % more a year", zh=f"{years} 需年均增长 {change}%"
        )
    change = figure(100.0 * (1.0 - 1.0 / times))
    return Text(en=f"{years} asks for {change} % less a year", zh=f"{years} 需年均下降 {change}%")


CHECKS: tuple[Check, ...] = (unreachable_growth,)
