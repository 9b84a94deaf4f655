"""Rolling up, case by case: coarser levels, ranks, versions, sub-plans, other engines, errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import narwhals as current
import narwhals.stable.v2 as nw
import polars as pl
import pytest
from attrs import evolve, frozen

from ipplan.aggregation import Group, Substitute, Veto
from ipplan.assessment.policy import Policy
from ipplan.errors import EngineError, ModelError
from ipplan.frames import roll_up
from ipplan.frames.passage import Passage
from ipplan.model.amendment import Withdrawn
from ipplan.model.department import Department
from ipplan.model.task import Task
from ipplan.plan import Plan
from ipplan.text import Text
from tests.builders import amendment, indicator, plan
from tests.frames.test_rolling import ENGINES, agree, table

ALPHA = indicator("alpha", baseline=(2015, 0.0))
BETA = indicator("beta", baseline=(2015, 0.0))
PLAN = plan(ALPHA, BETA)
ROWS = [
    ("north", "east", "alpha", 2018, 60.0),
    ("north", "east", "beta", 2018, 30.0),
    ("north", "east", "alpha", 2019, 20.0),
    ("north", "west", "alpha", 2018, 15.0),
    ("south", "isle", "alpha", 2018, None),
]
"""Illustrative: 60 are expected in 2018 and 80 in 2019."""


def scored(rows: list[tuple[Any, ...]] = ROWS, of: Plan = PLAN, **options: Any) -> pl.DataFrame:
    columns = ["province", "region", "indicator", "period", "value"]
    return of.assess_frame(pl.DataFrame(rows, schema=columns, orient="row"), **options)


def rows_of(found: Any, *names: str) -> list[tuple[Any, ...]]:
    rows = (tuple(row[name] for name in names) for row in table(found))
    return sorted(rows, key=str)


@pytest.mark.parametrize("engine", ENGINES)
def test_units_with_plain_figures(engine: str) -> None:
    found = roll_up(ENGINES[engine](scored()), by=["region", "period"], plan=PLAN)
    assert list(nw.from_native(found).collect_schema()) == [
        *("region", "period", "score", "coverage", "due", "scored", "reason"),
    ]
    names = ("region", "period", "score", "coverage", "due", "scored", "reason")
    assert rows_of(found, *names) == [
        ("east", 2018, 75.0, 1.0, 2, 2, None),
        ("east", 2019, 25.0, 0.5, 2, 1, None),
        ("isle", 2018, None, 0.0, 2, 0, "nothing_scored"),
        ("west", 2018, 25.0, 0.5, 2, 1, None),
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_coarser_score_is_the_mean_of_those_below(engine: str) -> None:
    found = roll_up(ENGINES[engine](scored()), by="province", plan=PLAN)
    names = ("province", "score", "coverage", "due", "scored", "reason")
    assert rows_of(found, *names) == [
        ("north", pytest.approx(125 / 3), pytest.approx(2 / 3), 6, 4, None),
        ("south", None, 0.0, 2, 0, "nothing_scored"),
    ]


def test_without_a_plan_only_rows_count() -> None:
    found = roll_up(scored(), by=["region", "period"], policy=Policy(missing="zero"))
    assert rows_of(found, "region", "period", "score", "coverage", "due") == [
        ("east", 2018, 75.0, 1.0, 2),
        ("east", 2019, 25.0, 1.0, 1),
        ("isle", 2018, None, 0.0, 1),
        ("west", 2018, 25.0, 1.0, 1),
    ]


def test_without_a_plan_a_power_mean_takes_large_powers() -> None:
    found = roll_up(scored(), by=["region", "period"], policy=Policy(method="power(-40)"))
    east = next(row for row in table(found) if (row["region"], row["period"]) == ("east", 2018))
    assert east["score"] == pytest.approx(50.0 * 2 ** (1 / 40), rel=1e-9)


@pytest.mark.parametrize("engine", ["polars", "polars lazy", "pandas", "pyarrow", "duckdb"])
def test_ranks_share_the_lowest_and_have_none_without_a_score(engine: str) -> None:
    frame = ENGINES[engine](scored([*ROWS, ("south", "cape", "alpha", 2018, 15.0)]))
    found = roll_up(frame, by=["region", "period"], plan=PLAN, rank_within="period")
    assert rows_of(found, "region", "period", "rank") == [
        ("cape", 2018, 2),
        ("east", 2018, 1),
        ("east", 2019, 1),
        ("isle", 2018, None),
        ("west", 2018, 2),
    ]
    overall = roll_up(frame, by=["region", "period"], plan=PLAN, rank_within=[])
    assert rows_of(overall, "region", "period", "rank")[0] == ("cape", 2018, 2)


def test_what_is_not_there_spoils_no_large_power() -> None:
    policy = Policy(method="power(-400)", missing="skip")
    found = roll_up(scored(), by=["region", "period"], plan=PLAN, policy=policy)
    assert rows_of(found, "region", "score", "reason") == [
        ("east", pytest.approx(25.0), None),
        ("east", pytest.approx(50.0, rel=0.01), None),
        ("isle", None, "nothing_scored"),
        ("west", pytest.approx(25.0), None),
    ]


def test_departments_and_groups_of_what_was_never_reported_have_no_score() -> None:
    policy = Policy(
        method="harmonic",
        groups=[Group(id="g", members=["alpha"]), Group(id="h", members=["beta"])],
    )
    whole = plan(
        ALPHA,
        evolve(BETA, tasks=["1"]),
        tasks=[Task(id="1", title=Text(en="A task"), lead=["finance"])],
        departments=[Department(id=id, name=Text(en=id)) for id in ("finance", "idle")],
    )
    frame = scored([ROWS[0]], whole)
    found = roll_up(frame, by=["department"], plan=whole, policy=policy)
    assert rows_of(found, "department", "score", "due", "reason") == [
        ("finance", None, 1, "nothing_scored"),
        ("idle", None, 0, "nothing_scored"),
    ]
    found = roll_up(frame, by=["group"], plan=whole, policy=policy)
    assert rows_of(found, "group", "score") == [("g", 100.0), ("h", None)]


def test_each_period_has_its_version_of_the_plan() -> None:
    withdrawn = amendment("first", "2019-03-01", Withdrawn(part="indicators", id="beta"))
    amended = evolve(PLAN, amendments=[withdrawn])
    rows = [*ROWS, ("north", "east", "beta", 2019, 5.0)]
    for version in ("in_force", "original"):
        frame = scored(rows, amended, version=version)
        found = roll_up(frame, by=["region", "period"], plan=amended, version=version)
        for row in table(found):
            reported = {
                id: {year: value}
                for _, region, id, year, value in rows
                if (region, year) == (row["region"], row["period"]) and value is not None
            }
            alone = amended.assess(reported, as_of=row["period"], version=version)
            agree(row, alone.total)
    assert rows_of(found, "region", "due")[1] == ("east", 2)


def test_rows_that_were_set_aside_are_missing() -> None:
    rows = [
        ("north", "east", "alpha", 2018, float("inf")),
        ("north", "east", "beta", 2018, 60.0),
        ("north", "east", "gamma", 2018, 1.0),
        ("north", "west", "alpha", 1066, 1.0),
    ]
    frame = scored(rows, faulty="set_aside")
    found = roll_up(frame, by=["region", "period"], plan=PLAN, policy=Policy(missing="zero"))
    names = ("region", "period", "score", "coverage", "due", "reason")
    assert rows_of(found, *names) == [
        ("east", 2018, 50.0, 0.5, 2, None),
        ("west", 1066, None, 0.0, 0, "nothing_scored"),
    ]
    groups = Policy(groups=[Group(id="both", members=["alpha", "beta"])])
    for by, policy in ((["region"], groups), (["region", "group"], groups)):
        deep = roll_up(frame, by=by, plan=PLAN, policy=policy)
        assert rows_of(deep, "region", "score", "due") == [("east", 100.0, 2), ("west", None, 0)]


def test_departments_answer_for_sub_plans_too() -> None:
    zone = plan(indicator("gamma", baseline=(2015, 0.0)), id="zone", under=["1"])
    task = Task(id="1", title=Text(en="A task"), lead=["finance"])
    whole = plan(
        evolve(ALPHA, tasks=["1"]),
        tasks=[task],
        departments=[Department(id="finance", name=Text(en="Finance"))],
        subplans=[zone],
    )
    rows = [
        ("north", "east", "alpha", 2018, 60.0),
        ("north", "east", "gamma", 2018, 30.0),
        ("north", "west", "alpha", 2018, 30.0),
    ]
    found = roll_up(scored(rows, whole), by=["region", "department"], plan=whole)
    assert rows_of(found, "region", "department", "score", "coverage", "due") == [
        ("east", "finance", 75.0, 1.0, 2),
        ("west", "finance", 50.0, 0.5, 2),
    ]
    for row in table(found):
        reported = {
            id: {2018: value} for _, region, id, _, value in rows if region == row["region"]
        }
        agree(row, whole.assess(reported, as_of=2018).departments["finance"].total)
    own = roll_up(scored(rows, whole), by=["region"], plan=whole)
    assert rows_of(own, "region", "score", "due") == [("east", 100.0, 1), ("west", 50.0, 1)]


def test_a_group_may_have_the_id_of_the_plan() -> None:
    policy = Policy(groups=[Group(id="small", members=["alpha"])])
    found = roll_up(scored(), by=["region", "period"], plan=PLAN, policy=policy)
    assert ("east", 2018, 75.0) in rows_of(found, "region", "period", "score")


def test_a_column_named_group_is_a_column() -> None:
    frame = scored().rename({"province": "group"})
    assert rows_of(roll_up(frame, by=["group"], plan=PLAN), "group") == [("north",), ("south",)]


def test_categories_and_dates_tell_periods_too() -> None:
    frame = scored().with_columns(
        pl.date(pl.col("period"), 12, 31).alias("period"),
        pl.col("indicator").cast(pl.Categorical),
        pl.col("region").cast(pl.Categorical),
        pl.col("state").cast(pl.String),
    )
    for taken in (frame, frame.lazy(), frame.to_pandas()):
        found = roll_up(taken, by=["region", "period"], plan=PLAN)
        assert ("east", 75.0, 2) in rows_of(found, "region", "score", "due")


def test_rows_come_back_in_order_and_in_the_types_they_came_with() -> None:
    frame = scored().to_pandas().astype({"period": "int32", "province": "category"})
    found = roll_up(frame, by=["region", "period", "province"], plan=PLAN)
    assert [*found["region"]] == ["east", "east", "isle", "west"]
    assert [str(found[name].dtype) for name in ("period", "province")] == ["int32", "category"]


@pytest.mark.parametrize("narwhals", [nw, current])
def test_frames_of_narwhals_come_back_as_such(narwhals: Any) -> None:
    for frame in (scored(), scored().lazy()):
        given = narwhals.from_native(frame)
        found = roll_up(given, by=["region"], plan=PLAN)
        assert type(found) is type(given)


@pytest.fixture
def by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eager frames are worked on by their own libraries, as where there is no Polars."""
    passage = Passage.of
    alone: Callable[[Any], Passage] = lambda given: evolve(passage(given), embedded=False)  # noqa: E731
    monkeypatch.setattr(Passage, "of", alone)


@pytest.mark.usefixtures("by_itself")
@pytest.mark.parametrize("engine", ["pandas", "pyarrow"])
def test_eager_frames_work_by_themselves(engine: str) -> None:
    policy = Policy(
        method="geometric",
        missing="require(0.5)",
        groups=[Group(id="both", members=["alpha", "beta"], method="minimum")],
        veto=Veto(of="beta", below=60, total=10),
    )
    for by in (["region", "period"], ["region", "period", "group"]):
        wanted = {"by": by, "plan": PLAN, "policy": policy}
        found = roll_up(ENGINES[engine](scored()), **wanted)
        assert rows_of(found, *by, "score", "coverage", "reason") == rows_of(
            roll_up(scored().lazy(), **wanted), *by, "score", "coverage", "reason"
        )


@pytest.mark.usefixtures("by_itself")
def test_a_library_without_ranks_says_so() -> None:
    with pytest.raises(EngineError, match="rank_within: expected a library that ranks"):
        roll_up(scored().to_arrow(), by=["region"], plan=PLAN, rank_within=[])


@frozen
class Own:
    name = "own"

    def substitute(self, id: str) -> float | None:
        return None

    def enough(self, coverage: float) -> bool:
        return True


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"by": ["town"]}, "by or of: expected a column 'town', found none"),
        ({"by": []}, "by: expected at least one column"),
        ({"by": ["indicator"]}, "by: expected columns that tell units of observation apart"),
        ({"by": ["score"]}, "a column of the result has that name"),
        ({"by": ["group"]}, "plan: expected the plan, which says what is in each group"),
        ({"by": ["group", "department"], "plan": PLAN}, "found both"),
        ({"by": ["group"], "plan": PLAN}, "expected a plan or policy that has a group, found none"),
        ({"by": ["region"], "rank_within": ["period"]}, "rank_within: expected columns of `by`"),
        ({"by": ["region"], "policy": Policy(weights={"alpha": 1.0})}, "plan: expected the plan"),
        (
            {"by": ["region"], "policy": Policy(missing=Substitute(scores={"alpha": 1}))},
            "plan: expected the plan",
        ),
        ({"by": ["region"], "policy": Policy(missing=Own())}, "policy.missing: expected skip"),
        (
            {"by": ["region"], "plan": PLAN, "policy": Policy(missing=Own())},
            "policy.missing: expected skip",
        ),
        (
            {"by": ["region"], "plan": PLAN, "policy": Policy(weights={"alpha": 1.0})},
            "weights.beta: expected a weight",
        ),
        ({"by": ["region"], "policy": "nothing_known"}, "policy: expected a Policy"),
    ],
)
def test_what_does_not_fit_is_told(options: dict[str, Any], told: str) -> None:
    with pytest.raises(ModelError) as caught:
        roll_up(scored(), **options)
    assert told in str(caught.value)


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(ModelError) as caught:
        roll_up(pl.DataFrame({"region": ["east"]}), by=["town"], rank_within=["period"])
    places = [problem.place for problem in caught.value.problems]
    assert places == ["by or of", "by or of", "by or of", "scored", "scored", "rank_within"]


def test_what_is_no_frame_is_told() -> None:
    with pytest.raises(EngineError, match="expected the frame that Plan"):
        roll_up({"region": ["east"]}, by=["region"])
