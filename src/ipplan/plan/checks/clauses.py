"""Checks on what reads as the same thing in two clauses (`same_as`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ipplan import units
from ipplan.assessment.words import word
from ipplan.interpolation import Interpolation
from ipplan.model.bound import Bound, same
from ipplan.model.indicator import Indicator
from ipplan.model.trajectory import Expectation, Milestone
from ipplan.periods import Period
from ipplan.plan.checks.finding import Finding, FindingCode
from ipplan.plan.checks.scope import Check, Scope
from ipplan.text import Lang, Text

__all__ = ["CHECKS"]

_RECKONED = Text(en="between milestones", zh="节点之间推算")


def conflicting_clauses(scope: Scope) -> Iterator[Finding]:
    """What reads as the same thing in two clauses, and is asked for differently."""
    for place, each, other in _twins(scope):
        differences = [*_differences(each, other)]
        if differences:
            yield Finding(
                code=FindingCode.CONFLICTING_CLAUSES,
                place=place,
                message=Text(
                    en=f"against {other.id}: " + "; ".join(text.en for text in differences),
                    zh=f"与 {other.id} 相比:" + ";".join(text.zh for text in differences),
                ),
            )


def units_apart(scope: Scope) -> Iterator[Finding]:
    """What reads as the same thing and is measured in units that do not convert."""
    for place, each, other in _twins(scope):
        if not _convertible(each, other):
            mine, theirs = ([units.label(one.unit, lang) for lang in Lang] for one in (each, other))
            yield Finding(
                code=FindingCode.UNIT_MISFIT,
                place=f"{place}.same_as",
                message=Text(
                    zh=f"“{mine[0]}”与 {other.id} 的单位“{theirs[0]}”无法换算",
                    en=f"{mine[1]} does not convert into {theirs[1]}, the unit of {other.id}",
                ),
            )


def _twins(scope: Scope) -> Iterator[tuple[str, Indicator, Indicator]]:
    """What is the same as another, with its place, and that other."""
    known = {each.id: each for _, each in scope.measured}
    for place, each in scope.measured:
        if each.same_as is not None:
            yield place, each, known[each.same_as]


def _convertible(each: Indicator, other: Indicator) -> bool:
    return units.kind(each.unit) == units.kind(other.unit)


def _differences(each: Indicator, other: Indicator) -> Iterator[Text]:
    """How the two differ; their figures are compared where they are of one sort."""
    if each.accrual is not other.accrual:
        mine, theirs = each.accrual, other.accrual
        yield Text(
            en=f"the accrual is {word(mine, Lang.EN)} here and {word(theirs, Lang.EN)} there",
            zh=f"此处口径为{word(mine, Lang.ZH)},彼处为{word(theirs, Lang.ZH)}",
        )
    elif each.trajectory.relative_to is not other.trajectory.relative_to:
        yield Text(
            en="the figures of only one are multiples, or they are multiples of different things",
            zh="仅一处以倍数计,或两处倍数的基准不同",
        )
    elif _convertible(each, other):
        for period in _times(each, other):
            yield from _difference(each, other, period)


def _times(*pair: Indicator) -> Iterable[Period]:
    """The periods of every milestone, in the order of time; one for each time."""
    periods = sorted(point.period for each in pair for point in each.trajectory.milestones)
    return {period.position: period for period in periods}.values()


def _difference(each: Indicator, other: Indicator, period: Period) -> Iterator[Text]:
    """What the two ask for at one time, where that differs; nothing where one does not speak."""
    here, there = _stated(each, period), _stated(other, period)
    if here is None or there is None:
        return
    mine, theirs = here.bound, _converted(there.bound, source=other.unit, target=each.unit)
    if _alike(mine, theirs):
        return
    first, second = mine.told(beside=theirs.value), theirs.told(beside=mine.value)
    yield Text(
        en=f"{period}: {first}{_basis(each, here, Lang.EN)} here, "
        f"{second}{_basis(other, there, Lang.EN)} there",
        zh=f"{period}:此处 {first}{_basis(each, here, Lang.ZH)},"
        f"彼处 {second}{_basis(other, there, Lang.ZH)}",
    )


def _stated(each: Indicator, period: Period) -> Expectation | None:
    """What is asked for at a time; None before the first point and after the last milestone."""
    expectation = each.expected(period)
    if expectation is None or expectation.held or not isinstance(expectation.end, Milestone):
        return None
    return expectation


def _converted(bound: Bound, *, source: str, target: str) -> Bound:
    low, high = (
        units.convert(value, source=source, target=target) for value in (bound.low, bound.high)
    )
    return Bound(kind=bound.kind, low=low, high=high)


def _alike(first: Bound, second: Bound) -> bool:
    alike = same(first.low, second.low) and same(first.high, second.high)
    return alike and first.kind is second.kind


def _basis(each: Indicator, expectation: Expectation, lang: Lang) -> str:
    """Where a demand stands: its clause, and whether it is only reckoned between two milestones."""
    how = each.trajectory.interpolation
    point = expectation.start if how is Interpolation.PREVIOUS else expectation.end
    clause = point.clause if isinstance(point, Milestone) else ""
    step = how is Interpolation.PREVIOUS or how is Interpolation.NEXT
    reckoned = "" if step or not expectation.interpolated else _RECKONED.label(lang)
    basis = ", ".join(told for told in (clause or each.clause, reckoned) if told)
    return f" ({basis})" if basis else ""


CHECKS: tuple[Check, ...] = (conflicting_clauses, units_apart)
