"""Summary: how many rows of a scored frame are in which state, and for which reason."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw
from attrs import frozen

from ipplan.assessment.words import NONE, speaker, word
from ipplan.choices import choose
from ipplan.errors import ModelError, Problem
from ipplan.frames.lookup import SET_ASIDE
from ipplan.frames.passage import Passage, collected
from ipplan.reasons import Reason, SetAside, State
from ipplan.tables import table
from ipplan.text import Lang

__all__ = ["Summary", "summary"]

_STATES = (*(each.value for each in State), SET_ASIDE)
_REASONS = (None, *(each.value for each in (*Reason, *SetAside)))
_ROWS = "__ipplan_rows"


@frozen(kw_only=True)
class Summary:
    """The rows of a scored frame, counted.

    `counts` holds state, reason (None for none) and number, in the order of states and reasons; the
    numbers add up to `rows`.
    """

    rows: int
    counts: tuple[tuple[str, str | None, int], ...]

    def __str__(self) -> str:
        return self.to_table()

    def to_table(self, lang: Lang | str = Lang.EN) -> str:
        """The counts for a terminal."""
        lang = choose(Lang, lang, place="lang")
        say = speaker(lang)
        body = [
            (_told(_STATE_WORDS, state, lang), _told(_REASON_WORDS, reason, lang), f"{rows:,}")
            for state, reason, rows in self.counts
        ]
        headers = (say("State", "状态"), say("Reason", "原因"), say("Rows", "行数"))
        return table([*body, (say("all", "合计"), "", f"{self.rows:,}")], headers, right=[2])


_STATE_WORDS: dict[str, object] = {SET_ASIDE: SET_ASIDE, **{each.value: each for each in State}}
_REASON_WORDS: dict[str, object] = {each.value: each for each in (*SetAside, *Reason)}


def _told(words: dict[str, object], name: str | None, lang: Lang) -> str:
    return NONE if name is None else word(words.get(name, name), lang)


def summary(scored: Any) -> Summary:
    """How many rows are in which state, of what `Plan.assess_frame` gave; what is lazy is run.

    Raises ModelError where the frame has no states and reasons.

    >>> import ipplan
    >>> import polars as pl
    >>> rows = [("east", "pct_applications", 2018, 39.0), ("west", "pct_applications", 2018, None)]
    >>> panel = pl.DataFrame(rows, schema=["region", "indicator", "period", "value"], orient="row")
    >>> print(summary(ipplan.load("gansu-2016").assess_frame(panel)))
    State    Reason                  Rows
    -------  --------------------  ------
    scored   –                          1
    missing  nothing was reported       1
    all                                 2
    """
    passage = Passage.of(scored)
    lost = [name for name in ("state", "reason") if name not in passage.names]
    if lost:
        raise ModelError(
            *(
                Problem(
                    place="scored",
                    expected=f"a column {name!r}",
                    found="none",
                    hint="score the frame first: Plan.assess_frame",
                )
                for name in lost
            )
        )
    found = passage.entered(["state", "reason"])
    keys = [nw.col(name).cast(nw.String) for name in ("state", "reason")]
    counted = (
        found.with_columns(nw.lit(1).alias(_ROWS))
        .group_by("state", "reason")
        .agg(nw.col(_ROWS).sum())
        .with_columns(*keys)
    )
    rows = [
        (str(state), reason if isinstance(reason, str) else None, int(number))
        for state, reason, number in collected(counted).select("state", "reason", _ROWS).rows()
    ]
    return Summary(
        rows=sum(number for _, _, number in rows), counts=tuple(sorted(rows, key=_order))
    )


def _order(row: tuple[str, str | None, int]) -> tuple[int, int]:
    return _STATES.index(row[0]), _REASONS.index(row[1])
