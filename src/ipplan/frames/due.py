"""Due: what each version of a plan asks for in the periods that occur, before a row is reckoned."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Protocol

import narwhals.stable.v2 as nw
from attrs import define

from ipplan.assessment.evaluate import unreported
from ipplan.assessment.planned import Planned
from ipplan.assessment.policy import Policy, default_policy
from ipplan.frames.keys import Columns, read_keys
from ipplan.frames.passage import collected
from ipplan.interpolation import InterpolationError
from ipplan.model.door import Door
from ipplan.model.indicator import Indicator
from ipplan.model.version import Version
from ipplan.periods import Period
from ipplan.reasons import State

__all__ = ["Era", "Versioned", "eras_of", "key"]


class Versioned(Planned, Protocol):
    """A plan that knows its versions, and what a spelling stands for."""

    @property
    def door(self) -> Door:
        """What a reported figure is checked against."""
        ...

    def in_force(self, day: datetime.date, version: Version) -> Planned:
        """The version that is assessed as of a day."""
        ...


@define(kw_only=True)
class Era:
    """The periods in which one version of a plan is assessed.

    `periods` and `names` are by how the frame spells them: periods, and for each id its names.
    `whole`: no other periods occur among the rows that are taken for this era.
    """

    plan: Planned
    policy: Policy
    periods: Mapping[Any, Period]
    names: Mapping[str, tuple[Any, ...]]
    whole: bool

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """The weight of each of the plan's own indicators, and of groups."""
        return self.policy.weights_of(self.plan.indicators)

    def blank(self, indicator: Indicator, policy: Policy) -> dict[Any, State]:
        """The state of an indicator that nothing is reported of, by the spelling of the period."""
        rule = policy.rule_of(indicator.id)
        found: dict[Any, State] = {}
        for spelling, period in self.periods.items():
            try:
                indicator.expected(period)
                found[spelling] = unreported(indicator, rule, period)[0]
            except InterpolationError:
                found[spelling] = State.NOT_COMPUTABLE
        return found

    @cached_property
    def blanks(self) -> Mapping[str, dict[Any, State]]:
        """The states of the plan's own indicators without a report."""
        return {id: self.blank(each, self.policy) for id, each in self.plan.indicators.items()}

    @cached_property
    def foreign(self) -> bool:
        """Whether there are rows of what is no indicator of the plan's own."""
        return any(id not in self.plan.indicators for id in self.names)

    @cached_property
    def steady(self) -> bool:
        """Whether an indicator is due in a period or is not, whatever was reported of it."""
        return all(map(self._steady, self.plan.indicators.values()))

    def _steady(self, indicator: Indicator) -> bool:
        rule = self.policy.rule_of(indicator.id)
        return (
            indicator.target is not None
            and indicator.trajectory.relative_to is None
            and type(rule).__module__.startswith("ipplan.")
            and State.NOT_COMPUTABLE not in self.blanks[indicator.id].values()
        )


def key(frame: Any, name: str) -> nw.Expr:
    """A key column, whose categories are read as texts."""
    column = nw.col(name)
    categories = frame.collect_schema()[name] in (nw.Categorical, nw.Enum)
    return column.cast(nw.String) if categories else column


def eras_of(
    frame: Any,
    plan: Versioned,
    *,
    policy: Policy | None,
    version: Version,
    indicator: str,
    period: str,
) -> tuple[Era, ...]:
    """The versions of a plan that the periods in a frame ask for; its keys are read for it.

    What no spelling is known for is left to the first of them.
    """
    names, times = _occurring(frame, indicator, period)
    read = read_keys(
        plan.door,
        Columns(by=(), indicator=indicator, period=period, value=""),
        indicators=names,
        periods=times,
    )
    known: dict[str, tuple[Any, ...]] = {}
    for spelling, name in read.indicators.items():
        if name is not None:
            known[name] = (*known.get(name, ()), spelling)
    versions: dict[int, tuple[Planned, dict[Any, Period]]] = {}
    for spelling, time in read.periods.items():
        if time is not None:
            found = plan.in_force(time.end, version)
            versions.setdefault(id(found), (found, {}))[1][spelling] = time
    if not versions:
        versions[0] = (plan, {})
    strange = None in read.periods.values()
    return tuple(
        Era(
            plan=each,
            policy=policy or each.policy or default_policy(),
            periods=periods,
            names=known,
            whole=place > 0 or not strange,
        )
        for place, (each, periods) in enumerate(versions.values())
    )


def _occurring(frame: Any, indicator: str, period: str) -> tuple[Iterable[Any], Iterable[Any]]:
    """The names of indicators and the periods that occur."""
    keys = {name: key(frame, name) for name in (indicator, period)}
    pairs = collected(frame.select(**keys).unique())
    names, times = ([*dict.fromkeys(pairs[name].to_list())] for name in (indicator, period))
    return names, times
