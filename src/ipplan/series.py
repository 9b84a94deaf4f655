"""One series, no plan: figures and targets by time become a result like that of an indicator."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from attrs import evolve

from ipplan.assessment.evaluate import evaluate
from ipplan.assessment.policy import Policy
from ipplan.assessment.result import Result
from ipplan.choices import choose
from ipplan.errors import ActualsError, Gathered, ModelError, Problem, shown
from ipplan.interpolation import Easing, Interpolation
from ipplan.model.actuals import Actuals
from ipplan.model.bound import Bound, Direction
from ipplan.model.catalog import Catalog
from ipplan.model.door import Door
from ipplan.model.indicator import Accrual, Indicator
from ipplan.model.intake import collect
from ipplan.model.trajectory import Baseline, Milestone, Trajectory
from ipplan.periods import Period, PeriodLike
from ipplan.presets import as_policy
from ipplan.text import Text

__all__ = ["assess_series"]

_ID = "series"
_NAME = Text(zh="序列", en="Series")
_OPTION = re.compile(r"^\w+")
_UP = Direction.UP
_WATCHED = Trajectory(better=_UP)


def assess_series(
    actuals: Mapping[Any, Any],
    *,
    targets: Mapping[Any, float | Bound] | None = None,
    direction: Direction | str | None = None,
    baseline: Mapping[Any, float] | Baseline | None = None,
    limit: float | None = None,
    as_of: PeriodLike | None = None,
    policy: Policy | str | None = None,
    interpolation: Interpolation | Easing | str = Interpolation.LINEAR,
    accrual: Accrual | str = Accrual.LEVEL,
    unit: str = "no_unit",
    name: Text | str | None = None,
) -> Result:
    """The result of one series of figures against its targets, for who has a model of their own.

    `actuals` are `{period: value}`, `targets` `{period: value or Bound}`; a plain value is at least
    or at most that much, as `direction` ("up" or "down") says. Without targets the series is only
    watched, and the direction is needed. `baseline` is `{period: value}` or a Baseline; `limit` the
    natural limit of the quantity; `policy` a Policy or a preset's name; `as_of` the latest period
    reported unless given. All figures are in `unit`.

    Raises ModelError or ActualsError, with all problems, for what does not fit.

    >>> from ipplan import presets
    >>> result = assess_series(
    ...     {2015: 14.5, 2023: 10.4},
    ...     targets={2030: 7.25},
    ...     direction="down",
    ...     policy=presets.statcan,
    ... )
    >>> round(result.value, 6), round(result.score, 3), result.status.value
    (0.90109, 2.151, 'moderate_progress')
    """
    gathered = Gathered()
    chosen = gathered.attempt("", lambda: Policy() if policy is None else as_policy(policy))
    when = gathered.attempt("as_of", lambda: None if as_of is None else Period.of(as_of))
    indicator = _indicator(
        gathered,
        targets={} if targets is None else targets,
        direction=direction,
        baseline=baseline,
        interpolation=interpolation,
        name=name,
        unit=unit,
        accrual=accrual,
        limit=limit,
    )
    given: Any = actuals
    if chosen is not None:
        gathered.add(*(each.within("policy") for each in chosen.unfit({_ID: indicator})))
    if not isinstance(given, Mapping):
        gathered.add(Problem(place="actuals", expected="{period: value}", found=shown(actuals)))
    gathered.finish(ModelError)
    reported = _reported(actuals, _door(indicator, [*actuals, *([when] if when else [])]))
    when = when or reported.last_period
    if when is None:
        raise ActualsError(
            Problem(place="as_of", expected="a period to assess as of", found="none")
        )
    return evaluate(indicator, reported, as_of=when, policy=chosen or Policy())


def _indicator(
    gathered: Gathered,
    *,
    targets: Any,
    direction: Direction | str | None,
    baseline: Any,
    interpolation: Any,
    name: Text | str | None,
    **fields: Any,
) -> Indicator:
    """The indicator that the series is of; where parts are faulty, of what is sound."""
    sound = Indicator(id=_ID, name=_NAME, unit="no_unit", accrual="level", trajectory=_WATCHED)
    wrong = len(gathered.problems)
    way = gathered.attempt("direction", lambda: _direction(direction, watched=targets == {}))
    # A wrong direction is told once, and not again with each target.
    milestones = _milestones(targets, way if len(gathered.problems) == wrong else _UP, gathered)
    start = gathered.attempt("baseline", lambda: _baseline(baseline))
    trajectory: Trajectory | None = _WATCHED
    if len(gathered.problems) == wrong:
        trajectory = gathered.attempt(
            "", lambda: _trajectory(milestones, baseline=start, how=interpolation, way=way)
        )
    label = gathered.attempt("name", lambda: _label(name)) or _NAME
    made = gathered.attempt(
        "", lambda: Indicator(id=_ID, name=label, trajectory=trajectory or _WATCHED, **fields)
    )
    return made or sound


def _trajectory(
    milestones: list[Milestone], *, baseline: Baseline | None, how: Any, way: Direction | None
) -> Trajectory:
    """The series' trajectory, with problems placed at the options of `assess_series`."""
    try:
        return Trajectory(milestones=milestones, baseline=baseline, interpolation=how, better=way)
    except ModelError as error:
        options = {"milestones": "targets", "better": "direction"}
        raise ModelError(
            *(
                evolve(each, place=_OPTION.sub(lambda at: options.get(at[0], at[0]), each.place))
                for each in error.problems
            )
        ) from None


def _label(name: Text | str | None) -> Text:
    return Text(en=name) if isinstance(name, str) else name or _NAME


def _reported(actuals: Mapping[Any, Any], door: Door) -> Actuals:
    """The figures, with problems placed as the caller wrote them."""
    try:
        return collect({_ID: actuals}, door)
    except ActualsError as error:
        raise type(error)(
            *(
                evolve(each, place=each.place.replace(f"actuals.{_ID}", "actuals", 1))
                for each in error.problems
            )
        ) from None


def _direction(given: Direction | str | None, *, watched: bool) -> Direction | None:
    """The direction; a series without targets needs one of the two ways."""
    way = None if given is None else choose(Direction, given)
    if watched and way not in {Direction.UP, Direction.DOWN}:
        raise ModelError(
            Problem(
                expected="up or down, where there are no targets",
                found="none" if way is None else way.value,
            )
        )
    return way


def _milestones(targets: Any, way: Direction | None, gathered: Gathered) -> list[Milestone]:
    """The targets in the order of time."""
    if not isinstance(targets, Mapping):
        gathered.add(
            Problem(place="targets", expected="{period: value or Bound}", found=shown(targets))
        )
        return []
    made = []
    for period, value in targets.items():
        place = f"targets[{shown(period)}]"
        milestone = gathered.attempt(place, partial(_milestone, period, value, way))
        made += [] if milestone is None else [milestone]
    return sorted(made, key=lambda each: each.period.position)


def _milestone(period: PeriodLike, value: float | Bound, way: Direction | None) -> Milestone:
    when = Period.of(period)
    try:
        return Milestone(period=when, bound=_bound(value, way))
    except ModelError as error:
        raise ModelError(*(evolve(each, place="") for each in error.problems)) from None


def _bound(value: float | Bound, way: Direction | None) -> Bound:
    if isinstance(value, Bound):
        return value
    if way is Direction.UP:
        return Bound.at_least(value)
    if way is Direction.DOWN:
        return Bound.at_most(value)
    raise ModelError(
        Problem(
            expected="a Bound, or a number and the direction up or down",
            found=shown(value),
            hint="Bound.between(2, 3), Bound.more_than(6000) ... say what is asked",
        )
    )


def _baseline(given: Any) -> Baseline | None:
    if given is None or isinstance(given, Baseline):
        return given
    if isinstance(given, Mapping) and len(given) == 1:
        [(period, value)] = given.items()
        return Baseline(period=Period.of(period), value=value)
    raise ModelError(
        Problem(expected="{period: value}, with one period, or a Baseline", found=shown(given))
    )


def _door(indicator: Indicator, times: Iterable[Any]) -> Door:
    """A door as wide as the series: there is no plan whose years a period could miss."""
    gathered = Gathered()
    found = [gathered.attempt("", partial(Period.of, each)) for each in times]
    known = [each for each in found if each is not None]  # a wrong one is told when it is read
    known += [point.period for _, point in indicator.trajectory.places]
    years = sorted(known) or [Period.of(2000)]
    return Door(indicators=Catalog("indicator", [indicator]), start=years[0], end=years[-1])
