"""Rolling up: scored rows become scores of regions, groups, departments and whole nations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import narwhals.stable.v2 as nw

from ipplan.aggregation import Group, MissingPolicy
from ipplan.assessment.policy import Policy, default_policy
from ipplan.choices import choose
from ipplan.errors import EngineError, ModelError, Problem, listed, near_hint
from ipplan.frames.due import Era, Versioned, eras_of
from ipplan.frames.figures import as_expr, chosen, flag, is_any
from ipplan.frames.flat import Rows, Tally, flat, is_flat
from ipplan.frames.mean import REASONS, enough_from
from ipplan.frames.passage import Passage
from ipplan.frames.tree import by_department, by_group, of_plan
from ipplan.model.fields import refuse
from ipplan.model.version import Version
from ipplan.presets import as_policy

__all__ = ["roll_up"]

Frame = TypeVar("Frame")
"""A dataframe of whichever library."""

GROUP, DEPARTMENT = "group", "department"
FIGURES = ("score", "coverage", "due", "scored")
REASON, RANK = "reason", "rank"
_NUMBER, _UNITS, _ALL = (f"__ipplan_{name}" for name in ("reason", "units", "all"))


def roll_up(
    scored: Frame,
    *,
    by: Iterable[str] | str,
    of: Iterable[str] | str = ("region",),
    plan: Versioned | None = None,
    policy: Policy | str | None = None,
    indicator: str = "indicator",
    period: str = "period",
    version: Version | str = Version.IN_FORCE,
    rank_within: Iterable[str] | str | None = None,
) -> Frame:
    """The scores of units of observation, by region, period, group or department.

    `scored` is what `Plan.assess_frame` gave; what comes back is of the same kind, and lazy where
    it was lazy. Each unit, told apart by the columns `of`, has in each period the total that
    `Plan.assess` has of its rows as of that period. With the `plan` that is by its policy, or by
    `policy`, with weights, groups, veto and missing-data policy; what is due and has no row, or one
    that was set aside, is missing. The columns of indicators and periods are read once for that.
    Without a plan each row weighs the same, rows that were set aside do not count, and `policy`
    gives the mean and what missing figures do.

    `by` names the columns of the result, each constant within a unit and period. It may name
    `group`, for each of the policy's groups, or `department`, for the scorecards of all departments
    out of indicators, quotas and sub-plans; deliverables are in no frame and left out. Where `by`
    is coarser than units and periods, a score is the plain mean of theirs, and coverage that of
    those that have something due.

    Added are `score`, `coverage`, `due` and `scored`, the numbers of figures, and `reason`, where
    there is no score. With `rank_within`, a list of columns, `rank` is 1 for the highest score of
    the rows that are alike in them, ties share the lowest rank; an empty list ranks all rows.

    An indicator that stands twice in a unit and period spoils its score: `assess_frame` finds such
    rows. One that is the same as another (`same_as`) needs a row of its own.

    Raises ModelError, with every problem, for columns that are missing and for policies that do not
    fit, and EngineError where the frame's library cannot rank.

    >>> import ipplan
    >>> import polars as pl
    >>> from ipplan import frames
    >>> plan = ipplan.load("gansu-2016")
    >>> rows = [("east", "pct_applications", 2018, 39.0), ("west", "pct_applications", 2018, 8.6)]
    >>> panel = pl.DataFrame(rows, schema=["region", "indicator", "period", "value"], orient="row")
    >>> found = roll_up(plan.assess_frame(panel), by=["region"], rank_within=[])
    >>> found.select("region", pl.col("score").round(1), "coverage", "rank").rows()
    [('east', 68.0, 1.0, 1), ('west', 15.0, 1.0, 2)]
    """
    wanted, units = _listed(by), _listed(of)
    given = None if policy is None else as_policy(policy)
    ranked = None if rank_within is None else _listed(rank_within)
    passage = Passage.of(scored)
    names = passage.names
    parts = [each for each in (GROUP, DEPARTMENT) if each in wanted and each not in names]
    keys = tuple(dict.fromkeys((*units, period, *(each for each in wanted if each not in parts))))
    needed = dict.fromkeys((*keys, indicator, "score", "state"))
    refuse(
        [
            *_unfit_columns(names, needed, wanted, indicator),
            *_unfit_parts(parts, plan),
            *_unfit_ranks(ranked, wanted),
        ]
    )
    rows = Rows(frame=passage.entered([*needed]), keys=keys, indicator=indicator, period=period)
    if plan is None:
        found = _without_plan(rows, given or default_policy())
    else:
        eras = eras_of(
            rows.frame,
            plan,
            policy=given,
            version=choose(Version, version, place="version"),
            indicator=indicator,
            period=period,
        )
        every = [_of_era(rows, era, eras, parts[0] if parts else None) for era in eras]
        found = every[0] if len(every) == 1 else nw.concat(every)
    if {*wanted} != {*keys, *parts}:
        found = _coarser(found, wanted)
    found = _named(found)
    if ranked is not None:
        found = _ranked(found, ranked)
    columns = [*wanted, *FIGURES, REASON, *([] if ranked is None else [RANK])]
    result: Frame = passage.left(found.select(*columns), wanted)
    return result


def _listed(names: Iterable[str] | str) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(dict.fromkeys(names))


def _unfit_columns(
    names: list[str], needed: Iterable[str], wanted: tuple[str, ...], indicator: str
) -> Iterator[Problem]:
    for name in needed:
        if name not in names:
            scored = name in {"score", "state"}
            hint = "score the frame first: Plan.assess_frame" if scored else near_hint(name, names)
            yield Problem(
                place="scored" if scored else "by or of",
                expected=f"a column {name!r}",
                found="none",
                hint=hint or f"the frame has {listed(names)}",
            )
    if not wanted:
        yield Problem(place="by", expected="at least one column", found="none")
    for name in wanted:
        if name == indicator or name in {*FIGURES, REASON, RANK}:
            yield Problem(
                place="by",
                expected="columns that tell units of observation apart",
                found=repr(name),
                hint="the rows of the scored frame are by indicator already"
                if name == indicator
                else "a column of the result has that name",
            )


def _unfit_parts(parts: list[str], plan: Versioned | None) -> Iterator[Problem]:
    if len(parts) > 1:
        yield Problem(place="by", expected="group or department", found="both")
    if parts and plan is None:
        yield Problem(
            place="plan",
            expected=f"the plan, which says what is in each {parts[0]}",
            found="none",
            hint=f"or a column {parts[0]!r} of the frame",
        )


def _unfit_ranks(ranked: tuple[str, ...] | None, wanted: tuple[str, ...]) -> Iterator[Problem]:
    for name in ranked or ():
        if name not in wanted:
            yield Problem(
                place="rank_within",
                expected="columns of `by`",
                found=repr(name),
                hint=near_hint(name, wanted),
            )


def _without_plan(rows: Rows, policy: Policy) -> Any:
    """The totals of rows that weigh the same, whatever they are of."""
    if policy != policy.general or policy.groups or policy.veto:
        raise ModelError(
            Problem(
                place="plan",
                expected="the plan that the policy's weights, groups, rules or ids are of",
                found="none",
                hint="without it, a policy gives a mean and what missing figures do",
            )
        )
    enough_from(policy.missing)
    frame, tally = flat(rows, policy, None)
    return frame.select(*rows.keys, **_columns(tally))


def _of_era(rows: Rows, era: Era, eras: tuple[Era, ...], part: str | None) -> Any:
    """The totals of the rows of one version of the plan, and of all its parts of a kind."""
    for missing in _policies(era):
        enough_from(missing)
    if era is eras[0]:
        others = [each for other in eras[1:] for each in other.periods]
        kept = ~is_any(rows.periods, others).fill_null(value=False) if others else None
    else:
        kept = is_any(rows.periods, [*era.periods])
    if kept is not None:
        rows = Rows(
            frame=rows.frame.filter(kept),
            keys=rows.keys,
            indicator=rows.indicator,
            period=rows.period,
        )
    if part is None:
        frame, tally = flat(rows, era.policy, era) if is_flat(era) else of_plan(rows, era)
        return frame.select(*rows.keys, **_columns(tally))
    frame, tallies = (by_group if part == GROUP else by_department)(rows, era)
    if not tallies:
        raise ModelError(
            Problem(place="by", expected=f"a plan or policy that has a {part}", found="none")
        )
    return nw.concat(
        [
            frame.select(*rows.keys, nw.lit(id).alias(part), **_columns(tally))
            for id, tally in tallies.items()
        ]
    )


def _policies(era: Era) -> Iterator[MissingPolicy]:
    """The missing-data policies that totals are made by."""
    policies = [era.policy]
    policies += [part.policy or era.policy.general for part in era.plan.subplans.values()]
    for policy in policies:
        yield policy.missing
        groups: Iterator[Group] = (group for top in policy.groups for group in top.groups)
        yield from (group.missing for group in groups if group.missing is not None)


def _columns(tally: Tally) -> dict[str, nw.Expr]:
    """The figures of a total; the score is null where there is none."""
    total = tally.total
    return {
        "score": nw.when(as_expr(total.reason) < 0.5).then(as_expr(total.score)),
        "coverage": as_expr(total.coverage),
        "due": as_expr(tally.due),
        "scored": as_expr(tally.scored),
        _NUMBER: as_expr(total.reason),
    }


def _coarser(found: Any, wanted: tuple[str, ...]) -> Any:
    """The plain means of totals; what is due nowhere has no coverage and lowers none."""
    due, one = flag(nw.col("due") > 0.0), flag(~nw.col("score").is_null())
    helped = found.with_columns(due.alias(_UNITS), one.alias(_ALL), nw.col("score").fill_null(0.0))
    sums = ("score", "coverage", "due", "scored", _UNITS, _ALL)
    summed = helped.group_by(*wanted).agg(
        *(nw.col(name).sum() for name in sums), nw.col(_NUMBER).max()
    )
    units, scored = nw.col(_UNITS), nw.col(_ALL)
    return summed.select(
        *wanted,
        "due",
        "scored",
        score=nw.when(scored > 0.0).then(nw.col("score") / chosen(scored, scored, 1.0)),
        coverage=nw.col("coverage") / chosen(units, units, 1.0),
        **{_NUMBER: chosen(scored, 0.0, nw.col(_NUMBER))},
    )


def _named(found: Any) -> Any:
    """Reasons as texts, and numbers of figures as whole numbers."""
    first, second, third = REASONS
    number = nw.col(_NUMBER)
    reason = (
        nw.when(number > 2.5)
        .then(nw.lit(third.value))
        .otherwise(
            nw.when(number > 1.5)
            .then(nw.lit(second.value))
            .otherwise(nw.when(number > 0.5).then(nw.lit(first.value)))
        )
    )
    counts = [nw.col(name).cast(nw.Int64) for name in ("due", "scored")]
    return found.with_columns(reason.alias(REASON), *counts)


def _ranked(found: Any, within: tuple[str, ...]) -> Any:
    """The ranks; raises EngineError where the library has none within groups."""
    if not within:
        found = found.with_columns(nw.lit(1).alias(_ALL))
    rank = nw.col("score").rank(method="min", descending=True).over(*(within or (_ALL,)))
    try:
        return found.with_columns(rank.alias(RANK)).with_columns(nw.col(RANK).cast(nw.Int64))
    except (NotImplementedError, nw.exceptions.NarwhalsError, AttributeError) as error:
        raise EngineError(
            Problem(
                place="rank_within",
                expected="a library that ranks within groups",
                found=str(found.implementation),
                hint="rank what is rolled up in Polars, pandas or DuckDB: it is small",
            )
        ) from error
