"""A summary counts every row of a scored frame, by state and reason, on every engine."""

from __future__ import annotations

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings

from ipplan.errors import ModelError
from ipplan.frames import Summary, summary
from ipplan.frames.lookup import SET_ASIDE
from ipplan.reasons import Reason, SetAside, State
from tests.frames.test_rolling import ENGINES, Case, cases


@pytest.mark.parametrize("engine", ENGINES)
def test_counts_add_up_to_the_rows(engine: str) -> None:
    @settings(max_examples=10)
    @given(cases())
    def holds(case: Case) -> None:
        scored = case.scored
        found = summary(ENGINES[engine](scored))
        assert found.rows == sum(many for _, _, many in found.counts) == scored.height
        for state, reason, many in found.counts:
            alike = (pl.col("state") == state) & pl.col("reason").eq_missing(pl.lit(reason))
            text = scored.with_columns(pl.col("state", "reason").cast(pl.String))
            assert text.filter(alike).height == many > 0

    holds()


ROWS = pl.DataFrame(
    [
        ("set_aside", "duplicate"),
        ("missing", "not_reported"),
        ("scored", None),
        ("set_aside", "unknown_unit"),
        ("missing", "not_reported"),
        ("not_computable", "no_baseline"),
    ],
    schema=["state", "reason"],
    orient="row",
)


def test_counts_stand_in_the_order_of_states_and_reasons() -> None:
    assert summary(ROWS).counts == (
        ("scored", None, 1),
        ("missing", "not_reported", 2),
        ("not_computable", "no_baseline", 1),
        ("set_aside", "unknown_unit", 1),
        ("set_aside", "duplicate", 1),
    )


def test_a_summary_prints_as_a_table() -> None:
    lines = [" ".join(line.split()) for line in str(summary(ROWS)).splitlines()]
    assert lines[0] == "State Reason Rows"
    assert lines[2:] == [
        "scored – 1",
        "missing nothing was reported 2",
        "not computable there is no baseline 1",
        "set aside the unit does not fit 1",
        "set aside reported more than once 1",
        "all 6",
    ]
    chinese = summary(ROWS).to_table("zh")
    assert "未采用" in chinese
    assert "重复报告" in chinese
    assert "合计" in chinese


def test_every_state_and_reason_has_a_word() -> None:
    pairs = [(state.value, None) for state in State]
    pairs += [("not_computable", each.value) for each in Reason]
    pairs += [(SET_ASIDE, each.value) for each in SetAside]
    found = Summary(rows=len(pairs), counts=tuple((*pair, 1) for pair in pairs))
    chinese = found.to_table("zh").splitlines()[2:]
    assert not any(letter in line for line in chinese for letter in ("_", "set aside"))


def test_no_rows_are_counted_as_none() -> None:
    assert summary(ROWS.clear()) == Summary(rows=0, counts=())
    assert summary(duckdb.from_arrow(ROWS.clear().to_arrow())).rows == 0


def test_a_frame_that_is_not_scored_is_refused() -> None:
    with pytest.raises(ModelError) as caught:
        summary(pl.DataFrame({"value": [1.0]}))
    assert [problem.expected for problem in caught.value.problems] == [
        "a column 'state'",
        "a column 'reason'",
    ]
