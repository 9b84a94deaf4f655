"""Rolling up: the actuals of regions become those of the whole, and nothing is left out unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from typing import TypeAlias

from attrs import frozen

from ipplan.choices import choose
from ipplan.errors import (
    ActualsError,
    ActualsUnitError,
    Gathered,
    Problem,
    near_hint,
    shown,
)
from ipplan.model.actuals import Actuals, Reported
from ipplan.model.indicator import Indicator
from ipplan.model.intake import ActualsLike
from ipplan.model.observation import Observation, Origin, Verification
from ipplan.periods import Period
from ipplan.plan.cascade import members_of
from ipplan.plan.plan import Plan
from ipplan.reasons import NotRolledUp
from ipplan.text import Lang
from ipplan.units import finite

__all__ = ["LeftOut", "RollUp", "roll_up"]

ByRegion: TypeAlias = Mapping[str, Observation]


@frozen(kw_only=True)
class LeftOut:
    """What stands in no figure of the whole: of which indicator or deliverable, when, and why.

    `regions` are those that the reason is about: that reported nothing, or what cannot be used.
    """

    id: str
    period: Period | None
    why: NotRolledUp
    regions: tuple[str, ...]

    def told(self, lang: Lang | str = Lang.EN) -> str:
        """What was left out and why, in a line."""
        from ipplan.assessment.words import word

        lang = choose(Lang, lang, place="lang")
        joint = "、" if lang is Lang.ZH else ", "
        return f"{self.id} {self.period}: {word(self.why, lang)} ({joint.join(self.regions)})"

    def __str__(self) -> str:
        return self.told()


@frozen(kw_only=True)
class RollUp:
    """The `actuals` of the whole, which `plan.assess` takes, and what is `left_out` of them.

    Printing it tells how many figures there are, and what is left out.
    """

    regions: tuple[str, ...]
    actuals: Actuals
    left_out: tuple[LeftOut, ...] = ()

    def __str__(self) -> str:
        figures = f"{len(self.actuals.observations)} figures of {len(self.regions)} regions"
        lines = (f"  {each}" for each in self.left_out)
        return "\n".join((f"{figures}; left out: {len(self.left_out)}", *lines))


def roll_up(
    plan: Plan,
    regional: Mapping[str, ActualsLike],
    *,
    over: str | None = None,
    as_of: Period | None = None,
) -> RollUp:
    """The actuals of the whole out of those of its regions; `Plan.roll_up` tells how.

    Of several sources of one region and time the one that counts is taken. A figure that the whole
    is measured relative to (a benchmark) is no part of it; what is measured so adds up like any
    other.
    """
    gathered = Gathered()
    members = members_of(plan, over, gathered)
    gathered.add(*_unfit_regions(regional, over, members))
    sources: object = regional
    reported: dict[str, Actuals] = {}
    for region, source in sources.items() if isinstance(sources, Mapping) else ():
        read = partial(plan.actuals, source, as_of=as_of)
        actuals = gathered.attempt(f"regional.{region}", read)
        reported[region] = actuals or Actuals()
    gathered.finish(ActualsUnitError if gathered.only_units else ActualsError)
    regions = tuple(reported) if members is None else members
    return _rolled_up(plan, {region: reported.get(region, Actuals()) for region in regions})


def _unfit_regions(
    regional: object, over: str | None, members: tuple[str, ...] | None
) -> Iterator[Problem]:
    """What is wrong with the regions; one that is not there is one that reported nothing."""
    if not isinstance(regional, Mapping) or not regional:
        yield Problem(
            place="regional", expected="{region: its actuals}, at least one", found=shown(regional)
        )
        return
    for region in regional:
        if not isinstance(region, str) or not region.strip():
            yield Problem(place="regional", expected="names of regions", found=shown(region))
        elif members is not None and region not in members:
            yield Problem(
                place=f"regional.{region}",
                expected=f"a member of {over}",
                found=shown(region),
                hint=near_hint(region, members),
            )


def _rolled_up(plan: Plan, reported: Mapping[str, Actuals]) -> RollUp:
    regions = tuple(reported)
    observations: list[Observation] = []
    left_out: list[LeftOut] = []
    gathered = Gathered()
    for indicator in plan.measured.values():
        for parts in _by_time(indicator.id, reported):
            taken = {region: each.taken for region, each in parts.items()}
            left_out += _other_sources(parts)
            refused = _refused(indicator, taken, regions)
            if refused is not None:
                left_out.append(refused)
                continue
            place = f"{indicator.id} {_period(taken)}"
            whole = gathered.attempt(place, partial(_whole, indicator, taken))
            observations += [] if whole is None else [whole]
    gathered.finish(ActualsError)
    left_out += _not_added(reported)
    return RollUp(
        regions=regions, actuals=Actuals(observations=observations), left_out=tuple(left_out)
    )


def _by_time(id: str, reported: Mapping[str, Actuals]) -> list[dict[str, Reported]]:
    """What the regions reported of an indicator: for each time, in order, by region."""
    times: dict[float, dict[str, Reported]] = {}
    for region, actuals in reported.items():
        for each in actuals.of(id):
            times.setdefault(each.taken.period.position, {})[region] = each
    return [times[position] for position in sorted(times)]


def _other_sources(parts: Mapping[str, Reported]) -> Iterator[LeftOut]:
    for region, each in parts.items():
        for other in each.others:
            yield LeftOut(
                id=other.indicator,
                period=other.period,
                why=NotRolledUp.OTHER_SOURCE,
                regions=(region,),
            )


def _refused(indicator: Indicator, taken: ByRegion, regions: tuple[str, ...]) -> LeftOut | None:
    """Why the parts make no whole, if they do not: the first reason, with its regions."""
    missing = [region for region in regions if region not in taken]
    bare = [region for region, each in taken.items() if each.denominator is None]
    if missing:
        why, about = NotRolledUp.REGIONS_MISSING, missing
    elif bare and indicator.quotient is not None:
        why, about = NotRolledUp.DENOMINATOR_MISSING, bare
    else:
        return None
    return LeftOut(id=indicator.id, period=_period(taken), why=why, regions=tuple(about))


def _quotient(parts: Iterable[Observation], factor: float) -> Fraction:
    parts = [*parts]
    numerator = _sum(each.numerator for each in parts)
    return numerator / _sum(each.denominator for each in parts) * finite(factor)


def _sum(values: Iterable[float | None]) -> Fraction:
    """The exact sum of what is known, each float counting as the decimal that it prints as."""
    return sum((finite(value) for value in values if value is not None), Fraction(0))


def _period(taken: ByRegion) -> Period:
    """The finest of the periods, which all end together: a half-year is no year's amount."""
    return min(each.period for each in taken.values())


def _whole(indicator: Indicator, taken: ByRegion) -> Observation:
    parts, count = taken.values(), len(taken)
    factor = indicator.quotient
    unverified = any(each.verification is Verification.UNVERIFIED for each in parts)
    origins = {each.origin for each in parts}
    added = factor is None
    return Observation(
        indicator=indicator.id,
        period=_period(taken),
        value=float(
            _sum(each.value for each in parts) if factor is None else _quotient(parts, factor)
        ),
        unit=indicator.unit,
        numerator=None if added else float(_sum(each.numerator for each in parts)),
        denominator=None if added else float(_sum(each.denominator for each in parts)),
        origin=origins.pop() if len(origins) == 1 else Origin.NOT_STATED,
        source=f"{'added up' if added else 'recomputed'} from {count} regions / "
        f"由 {count} 个地区{'汇总' if added else '重新计算'}",
        verification=Verification.UNVERIFIED if unverified else Verification.DERIVED,
    )


def _not_added(reported: Mapping[str, Actuals]) -> Iterator[LeftOut]:
    """Benchmarks and reports of deliverables, which are no parts of a whole."""
    for region, actuals in reported.items():
        for each in actuals.benchmarks:
            yield LeftOut(
                id=each.indicator,
                period=each.period,
                why=NotRolledUp.BENCHMARK,
                regions=(region,),
            )
        for report in actuals.reports:
            yield LeftOut(
                id=report.deliverable,
                period=report.period,
                why=NotRolledUp.DELIVERY,
                regions=(region,),
            )
