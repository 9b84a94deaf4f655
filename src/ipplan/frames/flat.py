"""Flat totals: every figure weighs by itself, so that plain sums over the rows tell all."""

from __future__ import annotations

import math
from typing import Any

import narwhals.stable.v2 as nw
from attrs import frozen

from ipplan.aggregation import Mean, PowerMean, Substitute, Zero
from ipplan.assessment.policy import Policy
from ipplan.frames.due import Era, key
from ipplan.frames.figures import (
    Figure,
    Sheet,
    added,
    below,
    by_key,
    chosen,
    equal,
    flag,
    is_any,
    least,
    times,
)
from ipplan.frames.mean import (
    GREATEST,
    Sums,
    Total,
    concluded,
    exponent_of,
    too_low,
    transformed,
)
from ipplan.reasons import State

__all__ = ["Rows", "Tally", "flat", "is_flat", "state_is"]

_SCORE, _COUNT, _DUE, _REFUSED = (f"__ipplan_{name}" for name in ("score", "n", "due", "refused"))
_WEIGHT, _INNER, _BAD = (f"__ipplan_{name}" for name in ("weight", "inner", "bad"))


@frozen(kw_only=True)
class Rows:
    """The scored rows, with the columns that tell units apart and those that name things."""

    frame: Any
    keys: tuple[str, ...]
    indicator: str
    period: str

    @property
    def names(self) -> nw.Expr:
        """The names of indicators."""
        return key(self.frame, self.indicator)

    @property
    def periods(self) -> nw.Expr:
        """The periods."""
        return key(self.frame, self.period)


@frozen(kw_only=True)
class Tally:
    """A total, with how many figures are due and how many of them are scored."""

    total: Total
    due: Figure
    scored: Figure


def state_is(frame: Any, state: State) -> nw.Expr:
    """Whether rows have a state; a category that no row has may be unknown to the column."""
    dtype = frame.collect_schema()["state"]
    if isinstance(dtype, nw.Enum) and state.value not in dtype.categories:
        return nw.lit(value=False)
    return nw.col("state") == state.value


def is_flat(era: Era) -> bool:
    """Whether sums over the rows tell all, without knowing which figures are missing."""
    policy, missing = era.policy, era.policy.missing
    if policy.groups or policy.veto or isinstance(policy.method, PowerMean) or not era.steady:
        return False
    if isinstance(missing, Zero | Substitute):
        by_id = isinstance(missing, Substitute) and isinstance(missing.scores, tuple)
        return not by_id and len({*era.weights.values()}) <= 1
    return True


def flat(rows: Rows, policy: Policy, era: Era | None) -> tuple[Any, Tally]:
    """The totals of each unit, as figures of a frame that has the keys.

    Without an era each row weighs the same, and what has no row is not due.
    """
    sheet = Sheet(_summed(rows, policy, era))
    scored: Figure = nw.col(_COUNT)
    due, base = _due(rows, era)
    covered = chosen(equal(scored, due), base, nw.col(_WEIGHT if _weighted(era) else _COUNT))
    sums = {"weight": covered, "inner": nw.col(_INNER), "bad": 0.0, "extreme": 1.0}
    if policy.method is Mean.MINIMUM:
        sums |= {"inner": 0.0, "extreme": nw.col(_INNER)}
    elif policy.method is not Mean.ARITHMETIC:
        sums |= {"bad": nw.col(_BAD), "extreme": _scale(policy)}
    substitute = _substitute(policy)
    if substitute is not None:
        absent = added([due, times(-1.0, scored), times(-1.0, nw.col(_REFUSED))])
        sums = _with_missing(sums, policy, substitute, absent)
    found = concluded(
        sheet,
        [
            Sums(
                method=policy.method,
                missing=policy.missing,
                due=due,
                scored=scored,
                base=base,
                covered=covered,
                **sums,
            )
        ],
    )
    return sheet.frame, Tally(total=found[0], due=due, scored=scored)


def _with_missing(
    sums: dict[str, Figure], policy: Policy, substitute: float, absent: Figure
) -> dict[str, Figure]:
    """The sums with a score for each of the figures that are missing; all weigh the same."""
    method = policy.method
    stand_in = transformed(method, substitute, sums["extreme"])
    some = below(0.0, absent)
    found = {
        "weight": added([sums["weight"], absent]),
        "inner": added([sums["inner"], times(stand_in, absent)]),
        "bad": added([sums["bad"], times(too_low(method, substitute), absent)]),
        "extreme": sums["extreme"],
    }
    if method is Mean.MINIMUM:
        found["extreme"] = least([sums["extreme"], chosen(some, substitute, GREATEST)])
    return found


def _summed(rows: Rows, policy: Policy, era: Era | None) -> Any:
    """The sums over the rows of each unit."""
    method, frame = policy.method, rows.frame
    score, one = nw.col(_SCORE), nw.col(_COUNT)
    known, refused = nw.col("score").fill_nan(None), state_is(frame, State.NOT_COMPUTABLE)
    if era is not None and era.foreign:
        names = [*_weights(era)]
        own = is_any(rows.names, names) if names else nw.lit(value=False)
        known, refused = nw.when(own).then(known), own & refused
    weight: Figure = 1.0
    columns: dict[str, Figure] = {}
    if era is None:
        columns[_DUE] = one + flag(refused) + flag(state_is(frame, State.MISSING))
    elif _weighted(era):
        weight = by_key(rows.names, _weights(era), whole=False)
        columns[_WEIGHT] = times(weight, one)
    if _substitute(policy) is not None:
        columns[_REFUSED] = flag(refused)
    if method is Mean.MINIMUM:
        inner = chosen(one, score, GREATEST)
    elif method is Mean.ARITHMETIC:
        inner = times(weight, score)
    else:
        columns[_BAD] = times(too_low(method, score), one)
        inner = times(weight, one, transformed(method, score, _scale(policy)))
    filled = frame.with_columns(known.alias(_SCORE)).with_columns(
        flag(~score.is_null()).alias(_COUNT), score.fill_null(0.0)
    )
    summed = [nw.col(name).sum() for name in (_COUNT, *columns)]
    last = nw.col(_INNER).min() if method is Mean.MINIMUM else nw.col(_INNER).sum()
    staged = filled.with_columns(**columns, **{_INNER: inner})
    return staged.group_by(*rows.keys).agg(*summed, last)


def _due(rows: Rows, era: Era | None) -> tuple[Figure, Figure]:
    """How many figures are due, and what they weigh."""
    if era is None:
        return nw.col(_DUE), nw.col(_DUE)
    counts: dict[Any, float] = {}
    weights: dict[Any, float] = {}
    for spelling in era.periods:
        asked = [id for id, states in era.blanks.items() if states[spelling] is State.MISSING]
        counts[spelling] = float(len(asked))
        weights[spelling] = math.fsum(era.weights[id] for id in asked)
    due = by_key(rows.periods, counts, whole=era.whole)
    return due, by_key(rows.periods, weights, whole=era.whole) if _weighted(era) else due


def _weighted(era: Era | None) -> bool:
    """Whether weights differ."""
    return era is not None and len({*era.weights.values()}) > 1


def _weights(era: Era) -> dict[Any, float]:
    """The weight of each name of an own indicator."""
    return {
        spelling: era.weights[id]
        for id in era.plan.indicators
        for spelling in era.names.get(id, ())
    }


def _scale(policy: Policy) -> float:
    """What scores are divided by before a power is taken of them."""
    full = policy.full
    return full if exponent_of(policy.method) is not None and 0.0 < full < math.inf else 1.0


def _substitute(policy: Policy) -> float | None:
    """The score that stands for any that is missing; None where there is none."""
    if isinstance(policy.missing, Zero):
        return 0.0
    return policy.missing.substitute("") if isinstance(policy.missing, Substitute) else None
