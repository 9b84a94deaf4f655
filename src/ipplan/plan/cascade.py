"""Cascade: a target split over regions by weight, each region's part a plan of its own."""

from __future__ import annotations

import enum
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import evolve, frozen

from ipplan.choices import choose
from ipplan.errors import Gathered, ModelError, Problem, UnknownIdError, near_hint, shown
from ipplan.interpolation import Interpolation
from ipplan.model.bound import Bound, BoundKind, same
from ipplan.model.fields import as_float, unfit_number
from ipplan.model.indicator import Assumption, Indicator
from ipplan.model.trajectory import Milestone
from ipplan.periods import PeriodLike
from ipplan.plan.plan import Plan
from ipplan.text import Lang, Text, exact
from ipplan.units import counts_things, finite

__all__ = ["Allocation", "Rounding", "allocate", "members_of"]

_LARGEST_WHOLE = 2.0**53
"""Up to here every whole number is a float of its own."""

_LONGEST_ID = 64
_REGION = re.compile(r"[a-z0-9][a-z0-9_-]{0,61}")
"""What fits into a plan id, behind a letter and a dash."""


class Rounding(enum.Enum):
    """How the parts of a whole become figures."""

    LARGEST_REMAINDER = "largest_remainder"
    """Whole numbers that sum exactly: each share rounded down, the rest by largest remainder."""
    PROPORTIONAL = "proportional"
    """Exact shares, each as the nearest float, so that they sum to the whole within 1e-12."""


@frozen(kw_only=True)
class Allocation(Mapping[str, Plan]):
    """A target split over regions: each region's sub-plan by the region's id, in the order given.

    The `plans` hold the one indicator, under its own id, so that they stand beside the plan and not
    among its `subplans`, where each id stands once. A baseline and a natural limit of the whole
    say nothing of a region and are not split, nor is the plan's policy handed down.

    Under `largest_remainder` each share is rounded down, and what is left goes one by one to the
    largest remainders; of equal ones to the larger weight, then to the region given first. Each
    figure lies within one of its exact share; the upper figure of a `between`, which is the lower
    one and the split rest, within two. A region may get *less* where the whole grows (the Alabama
    paradox): 10 over the weights 6, 6 and 2 are 4, 4 and 2, and 11 are 5, 5 and 1.

    Where every region meets its part of a milestone, so does the whole. Strict parts ask for more
    than the strict whole: three regions that each need more than 2 have at least 9 things, where 7
    would do. Between milestones the parts sum to the whole too, except for whole numbers on curves
    (`geometric`, `pchip`, a callable).

    >>> import ipplan
    >>> plan = ipplan.load("gansu-2016")
    >>> parts = plan.allocate("strong_counties", {"a": 6, "b": 6, "c": 2})
    >>> parts.figures(2016), parts.check
    ({'a': 3.0, 'b': 2.0, 'c': 1.0}, True)
    >>> print(parts.to_table())
    Counties strong in IP (number), split by largest remainder
    <BLANKLINE>
    Region      Weight    2016    2017    2020
    --------  --------  ------  ------  ------
    a                6     ≥ 3     ≥ 5    ≥ 13
    b                6     ≥ 2     ≥ 5    ≥ 13
    c                2     ≥ 1     ≥ 2     ≥ 4
    Whole           14     ≥ 6    ≥ 12    ≥ 30
    """

    indicator: Indicator
    """The indicator of the whole."""
    rounding: Rounding
    regions: tuple[str, ...]
    names: tuple[Text, ...]
    weights: tuple[Fraction, ...]
    plans: tuple[Plan, ...]

    def __getitem__(self, region: str) -> Plan:
        if region not in self.regions:
            raise UnknownIdError.of("region", region, self.regions)
        return self.plans[self.regions.index(region)]

    def __iter__(self) -> Iterator[str]:
        return iter(self.regions)

    def __len__(self) -> int:
        return len(self.regions)

    def figures(self, period: PeriodLike) -> dict[str, float | None]:
        """The expected figure of each region at a period; None where nothing is due yet."""
        return {region: plan.expected(period)[self.indicator.id] for region, plan in self.items()}

    @property
    def check(self) -> bool:
        """Whether the parts sum to the whole at every milestone, read off the sub-plans.

        Whole numbers sum exactly, shares within 1e-12 of the whole.
        """
        parts = [plan.indicators[self.indicator.id].trajectory.milestones for plan in self.plans]
        return all(
            self._sums([each.bound.low for each in bounds], whole.bound.low)
            and self._sums([each.bound.high for each in bounds], whole.bound.high)
            for whole, *bounds in zip(self.indicator.trajectory.milestones, *parts, strict=True)
        )

    def _sums(self, parts: Iterable[float], whole: float) -> bool:
        total = math.fsum(parts)
        exactly = self.rounding is Rounding.LARGEST_REMAINDER
        return total == whole if exactly else same(total, whole)

    def __str__(self) -> str:
        return self.to_table()

    def to_table(self, lang: Lang | str = Lang.EN) -> str:
        """Each region's weight and what it has to reach at each milestone, for a terminal."""
        from ipplan.assessment.words import name_with_unit, speaker, word
        from ipplan.tables import table

        lang = choose(Lang, lang, place="lang")
        say = speaker(lang)
        whole = self.indicator
        rows = [
            [name.label(lang), exact(float(weight)), *_bounds(plan.indicators[whole.id])]
            for name, weight, plan in zip(self.names, self.weights, self.plans, strict=True)
        ]
        total = exact(float(sum(self.weights)))
        rows.append([say("Whole", "合计"), total, *_bounds(whole)])
        periods = [str(each.period) for each in whole.trajectory.milestones]
        headers = [say("Region", "地区"), say("Weight", "权重"), *periods]
        title, how = name_with_unit(whole, lang), word(self.rounding.value, lang)
        told = say(f"{title}, split by {how}", f"{title},按{how}分解")
        return f"{told}\n\n{table(rows, headers, right=range(1, len(headers)))}"


def _bounds(indicator: Indicator) -> list[str]:
    return [str(each.bound) for each in indicator.trajectory.milestones]


def allocate(
    plan: Plan,
    indicator: str,
    weights: Mapping[str, float],
    *,
    over: str | None = None,
    rounding: Rounding | str | None = None,
) -> Allocation:
    """The target of an indicator split over regions; `Plan.allocate` tells how."""
    gathered = Gathered()
    known = gathered.attempt("indicator", lambda: plan.indicator(indicator))
    chosen = gathered.attempt("", lambda: _rounding(rounding, known)) or Rounding.PROPORTIONAL
    gathered.add(*_unfit_weights(weights, over, members_of(plan, over, gathered)))
    if known is not None:
        gathered.add(*_unsplittable(known, chosen))
    gathered.finish(ModelError)
    exactly = {region: finite(weight) for region, weight in weights.items()}
    return _allocated(plan, plan.indicator(indicator), exactly, chosen)


def members_of(plan: Plan, over: str | None, gathered: Gathered) -> tuple[str, ...] | None:
    """The members of a collective department; None where none is named or it is no collective."""
    if over is None:
        return None
    body = gathered.attempt("over", lambda: plan.departments[over])
    if body is None:
        return None
    if not body.members:
        gathered.add(
            Problem(
                place="over",
                expected="a collective, which has members",
                found=f"{shown(over)}, a single department",
            )
        )
    return body.members or None


def _rounding(given: Rounding | str | None, whole: Indicator | None) -> Rounding:
    """As given; else whole numbers where whole things are counted and the plan counts them so."""
    if given is not None:
        return choose(Rounding, given, place="rounding")
    counted = whole is not None and counts_things(whole.unit) and not [*_not_whole(whole)]
    return Rounding.LARGEST_REMAINDER if counted else Rounding.PROPORTIONAL


def _unfit_weights(
    weights: object, over: str | None, members: tuple[str, ...] | None
) -> Iterator[Problem]:
    """What is wrong with weights, and where they are not those of exactly the members."""
    if not isinstance(weights, Mapping) or not weights:
        yield Problem(
            place="weights", expected="{region: weight}, at least one", found=shown(weights)
        )
        return
    for region, weight in weights.items():
        if not (isinstance(region, str) and _REGION.fullmatch(region)):
            yield Problem(
                place="weights",
                expected="ids of regions: at most 62 lower-case letters, digits, - and _",
                found=shown(region),
                hint="where it is a department, its id",
            )
            continue
        place = f"weights.{region}"
        if members is not None and region not in members:
            yield Problem(
                place=place,
                expected=f"a member of {over}",
                found=shown(region),
                hint=near_hint(region, members),
            )
        unfit = [*unfit_number(place, as_float(weight))]
        if not unfit and weight <= 0:
            unfit = [Problem(place=place, expected="a number above zero", found=shown(weight))]
        yield from unfit
    for member in members or ():
        if member not in weights:
            yield Problem(
                place=f"weights.{member}",
                expected=f"a weight for each member of {over}",
                found="none",
            )


def _unsplittable(whole: Indicator, rounding: Rounding) -> Iterator[Problem]:
    """Why an indicator cannot be split, or not so."""
    way, place = whole.trajectory, f"indicators.{whole.id}"
    expected = "an amount, which can be split"
    if whole.quotient is not None:
        yield Problem(
            place=place,
            expected=expected,
            found=f"a rate or other quotient, in {whole.unit}",
            hint="each region can be asked for the rate of the whole",
        )
    if way.relative_to is not None:
        yield Problem(
            place=place, expected=expected, found=f"multiples of the {way.relative_to.value}"
        )
    if not way.milestones:
        yield Problem(place=place, expected="milestones to split", found="none")
    if rounding is Rounding.LARGEST_REMAINDER:
        yield from _not_whole(whole)


def _not_whole(whole: Indicator) -> Iterator[Problem]:
    """The figures that whole numbers cannot sum to, or not as floats."""
    for index, each in enumerate(whole.trajectory.milestones):
        for value in each.bound.figures:
            if not value.is_integer() or abs(value) > _LARGEST_WHOLE:
                yield Problem(
                    place=f"indicators.{whole.id}.milestones[{index}]",
                    expected="a whole number up to 2**53, for the largest remainder",
                    found=exact(value),
                    hint="rounding='proportional' splits any number",
                )


def _allocated(
    plan: Plan, whole: Indicator, weights: Mapping[str, Fraction], rounding: Rounding
) -> Allocation:
    shares = tuple(weights.values())
    parts = [  # of each milestone, then of each region
        _split_bound(each.bound, shares, rounding) for each in whole.trajectory.milestones
    ]
    if rounding is Rounding.LARGEST_REMAINDER:
        _refuse_nothing(whole, tuple(weights), parts)
    names = tuple(_name(plan, region) for region in weights)
    plans = tuple(
        _part(plan, whole, region, name, bounds, _told(weights, region, name, rounding))
        for region, name, bounds in zip(weights, names, zip(*parts, strict=True), strict=True)
    )
    return Allocation(
        indicator=whole,
        rounding=rounding,
        regions=tuple(weights),
        names=names,
        weights=shares,
        plans=plans,
    )


def _split_bound(bound: Bound, weights: Sequence[Fraction], rounding: Rounding) -> list[Bound]:
    """The bound's parts; an upper figure is the lower one and the split rest, so never below it."""
    low = finite(bound.low)
    lows = _split(low, weights, rounding)
    rests = _split(finite(bound.high) - low, weights, rounding)
    return [
        bound.moved(float(low), float(low + rest)) for low, rest in zip(lows, rests, strict=True)
    ]


def _split(whole: Fraction, weights: Sequence[Fraction], rounding: Rounding) -> list[Fraction]:
    """The exact shares of a whole, or the whole numbers that are nearest and sum to it."""
    total = sum(weights)
    shares = [whole * weight / total for weight in weights]
    if rounding is Rounding.PROPORTIONAL:
        return shares
    parts = [Fraction(math.floor(share)) for share in shares]
    by_remainder = sorted(  # a stable sort: what is equal stays in the order given
        range(len(parts)), key=lambda index: (parts[index] - shares[index], -weights[index])
    )
    for index in by_remainder[: int(whole - sum(parts))]:
        parts[index] += 1
    return parts


def _refuse_nothing(
    whole: Indicator, regions: Sequence[str], parts: Sequence[Sequence[Bound]]
) -> None:
    """Refuse parts of zero where they cannot stand: fewer than none, growth from or to nothing."""
    gathered = Gathered()
    geometric = whole.trajectory.interpolation is Interpolation.GEOMETRIC
    for milestone, bounds in zip(whole.trajectory.milestones, parts, strict=True):
        below = milestone.bound.kind is BoundKind.LESS_THAN and milestone.bound.low > 0.0
        for region, bound in zip(regions, bounds, strict=True):
            if (below or geometric) and 0.0 in (bound.low, bound.high):
                gathered.add(
                    Problem(
                        place=f"weights.{region}",
                        expected=f"a part of {milestone.bound} in {milestone.period} that is not "
                        f"zero, for {'a less_than' if below else 'geometric interpolation'}",
                        found="0",
                        hint="take larger regions, or rounding='proportional'",
                    )
                )
    gathered.finish(ModelError)


def _name(plan: Plan, region: str) -> Text:
    department = plan.departments.get(region)
    return Text(en=region, zh=region) if department is None else department.name


def _part(
    plan: Plan,
    whole: Indicator,
    region: str,
    name: Text,
    bounds: Sequence[Bound],
    told: Assumption,
) -> Plan:
    milestones: list[Milestone] = [
        evolve(milestone, bound=bound)
        for milestone, bound in zip(whole.trajectory.milestones, bounds, strict=True)
    ]
    part = evolve(
        whole,
        trajectory=evolve(whole.trajectory, milestones=milestones, baseline=None),
        limit=None,
        tasks=(),
        same_as=None,
        assumptions=(*whole.assumptions, told),
    )
    room = _LONGEST_ID - len(region) - 1
    return Plan(
        id=f"{plan.id[:room]}-{region}",
        title=Text(
            en=f"{plan.title.label(Lang.EN)}: {name.label(Lang.EN)}",
            zh=f"{plan.title.label(Lang.ZH)}:{name.label(Lang.ZH)}",
        ),
        start=plan.start,
        end=plan.end,
        assumptions=plan.assumptions,
        indicators=[part],
    )


def _told(
    weights: Mapping[str, Fraction], region: str, name: Text, rounding: Rounding
) -> Assumption:
    """How a region's part came about."""
    weight, total = exact(float(weights[region])), exact(float(sum(weights.values())))
    count = len(weights)
    en = f"The plan sets the target of the whole; this is the part of {name.label(Lang.EN)}, "
    en += f"by a weight of {weight} out of {total} over {count} regions"
    zh = f"规划只给出总体目标;此处为{name.label(Lang.ZH)}的部分,"
    zh += f"权重为{weight}({count}个地区合计{total})"
    if rounding is Rounding.LARGEST_REMAINDER:
        en += ", in whole numbers that sum to the whole (largest remainder)"
        zh += ",取整后合计等于总体目标(最大余数法)"
    else:
        en += ", in proportion"
        zh += ",按比例分解"
    return Assumption(
        about="allocation",
        text=Text(
            en=f"{en}. Baselines and natural limits are not split.",
            zh=f"{zh}。基期值和自然上限不作分解。",
        ),
    )
