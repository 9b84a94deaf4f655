"""Checks on an indicator's own figures: milestones, baseline, limit, accrual and unit."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ipplan import units
from ipplan.model.bound import Direction, same
from ipplan.model.indicator import Accrual, Indicator
from ipplan.model.trajectory import Baseline, Point
from ipplan.plan.checks.finding import Finding, FindingCode
from ipplan.plan.checks.scope import Check, Scope
from ipplan.text import Lang, Text, figure

__all__ = ["CHECKS", "COUNTED", "WAYS", "value_at"]

COUNTED = {"count": "item", "occurrence": "time", "person": "person"}
"""The kinds of units that count whole things, each with the unit of one thing."""
WAYS = {Direction.UP: 1.0, Direction.DOWN: -1.0, Direction.WITHIN: 0.0}
"""The sign that makes better larger; zero where better is neither."""


def value_at(point: Point) -> float:
    """A point's figure; the middle of a `between`."""
    return point.value if isinstance(point, Baseline) else point.bound.value


def against_direction(scope: Scope) -> Iterator[Finding]:
    """Milestones that ask for less than the point before, seen in the better direction."""
    for place, each in scope.measured:
        way = WAYS[each.direction]
        for (_, before), (point, after) in pairwise(each.trajectory.places):
            earlier, later = value_at(before), value_at(after)
            if later * way < earlier * way and not same(later, earlier):
                known = isinstance(before, Baseline)
                asked = figure(later, beside=earlier)
                was = figure(earlier, beside=later)
                yield Finding(
                    code=FindingCode.MILESTONE_AGAINST_DIRECTION,
                    place=f"{place}.{point}",
                    message=Text(
                        en=f"{asked} is less than the "
                        f"{'baseline' if known else 'milestone'} of {before.period}, {was}"
                        if way > 0.0
                        else f"{asked}, where less is better, is more than the "
                        f"{'baseline' if known else 'milestone'} of {before.period}, {was}",
                        zh=f"{asked} 不及 {before.period} 的{'基期值' if known else '目标'} {was}"
                        f"(以{'大' if way > 0.0 else '小'}为优)",
                    ),
                )


def no_baseline(scope: Scope) -> Iterator[Finding]:
    """What has milestones and no baseline; multiples of another figure can have none."""
    for place, each in scope.measured:
        way = each.trajectory
        if way.milestones and way.baseline is None and way.relative_to is None:
            yield Finding(
                code=FindingCode.NO_BASELINE,
                place=place,
                message=Text(
                    en="no value from before the first milestone is given",
                    zh="未给出首个节点之前的数值",
                ),
            )


def beyond_limit(scope: Scope) -> Iterator[Finding]:
    """Milestones that no figure within the natural limit can meet."""
    for place, each in scope.measured:
        limit, way = each.limit, WAYS[each.direction]
        if limit is None or each.trajectory.relative_to is not None:
            continue
        for index, milestone in enumerate(each.trajectory.milestones):
            bound = milestone.bound
            at_limit = same(bound.value, limit)
            past = bound.value * way > limit * way and not at_limit
            if past or (bound.strict and at_limit):
                most = figure(limit, beside=bound.value)
                demand = bound.told(beside=limit)
                yield Finding(
                    code=FindingCode.BEYOND_LIMIT,
                    place=f"{place}.milestones[{index}]",
                    message=Text(
                        en=f"asks for {demand}, and the limit is {most}",
                        zh=f"要求 {demand},而极限为 {most}",
                    ),
                )


def accrual_not_stated(scope: Scope) -> Iterator[Finding]:
    """Assumptions about how values add up, in their own words."""
    for place, each in scope.measured:
        for assumption in each.assumptions:
            if assumption.about == "accrual":
                yield Finding(
                    code=FindingCode.ACCRUAL_NOT_STATED, place=place, message=assumption.text
                )


def unit_misfit(scope: Scope) -> Iterator[Finding]:
    """Units that can hardly be meant together with the accrual or with `per`."""
    for place, each in scope.measured:
        for message in _misfits(each):
            yield Finding(code=FindingCode.UNIT_MISFIT, place=place, message=message)


def _misfits(each: Indicator) -> Iterator[Text]:
    kind = units.kind(each.unit)
    if each.accrual is Accrual.RATE and each.per is None and kind in {"money", *COUNTED}:
        yield Text(
            en=f"a rate in {units.label(each.unit, Lang.EN)}, without `per`: of what it is a "
            "quotient stays open",
            zh=f"口径为比率,单位却是“{units.label(each.unit, Lang.ZH)}”且未写 per:分母不明",
        )
    if each.accrual is Accrual.FLOW and kind == "share":
        yield Text(
            en="a flow in %: the shares of a year's parts do not add up to the year's",
            zh="口径为当期数,单位却是 %:各时段的比率不能相加为全年",
        )
    if kind == "share" and each.per not in {None, 100.0}:
        yield Text(
            en=f"a percentage is per 100, not per {figure(each.per or 0.0)}",
            zh=f"百分比的 per 应为 100,而非 {figure(each.per or 0.0)}",
        )


CHECKS: tuple[Check, ...] = (
    against_direction,
    no_baseline,
    beyond_limit,
    accrual_not_stated,
    unit_misfit,
)
