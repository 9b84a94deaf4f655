"""Graphs of formulas give on engines what the same formulas give on floats."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ipplan.frames.formula import Graph, Number, Value, reachable
from ipplan.frames.lowering import Engine, lowered
from ipplan.ops import FLOATS, Ops

ROWS = 4
NUMBERS = st.sampled_from((0.0, 1.0, -1.0, 0.5, 2.0, -3.0, 7.25, 100.0, 1e-3))
FIGURES = st.one_of(NUMBERS, st.just(math.nan))
Formula = Any
"""A nested tuple: an operation and its arguments, or a leaf: a column, a table, a constant."""

LEAVES: SearchStrategy[Formula] = st.one_of(
    st.sampled_from((("column", "a"), ("column", "b"))),
    st.tuples(st.just("table"), st.tuples(*[FIGURES] * ROWS)),
    st.tuples(st.just("constant"), FIGURES),
)


def formulas(inner: SearchStrategy[Formula]) -> SearchStrategy[Formula]:
    pairs = (inner, inner)
    conditions = st.one_of(
        st.tuples(st.sampled_from(("at_least", "more_than", "equal")), *pairs),
        st.tuples(st.just("is_null"), inner),
    )
    conditions = st.one_of(
        conditions,
        st.tuples(st.sampled_from(("both", "either")), conditions, conditions),
        st.tuples(st.just("negated"), conditions),
    )
    return st.one_of(
        st.tuples(st.sampled_from(("+", "-", "*", "div", "power")), *pairs),
        st.tuples(st.sampled_from(("abs", "log", "floor")), inner),
        st.tuples(st.just("clip"), inner, st.sampled_from(((-1.0, 2.0), (-math.inf, 1.0)))),
        st.tuples(st.just("where"), conditions, inner, inner),
    )


EVERY = st.recursive(LEAVES, formulas, max_leaves=12)
COLUMNS = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=ROWS, max_size=ROWS)


def run(formula: Formula, ops: Ops, leaf: Callable[[str, Any], Any]) -> Any:
    """The formula's value, by some operations."""
    op, *given = formula
    if op in {"column", "table", "constant"}:
        return leaf(op, given[0])
    if op == "clip":
        return ops.clip(run(given[0], ops, leaf), *given[1])
    args = [run(each, ops, leaf) for each in given]
    if op == "+":
        return args[0] + args[1]
    if op == "-":
        return args[0] - args[1]
    if op == "*":
        return args[0] * args[1]
    return getattr(ops, op)(*args)


def on_floats(formula: Formula, rows: list[tuple[float, float]]) -> list[float | None] | None:
    """The value in each row; None where a number leaves what the library calculates with."""
    found: list[float | None] = []
    for place, (a, b) in enumerate(rows):

        def leaf(kind: str, given: Any, row: Any = (place, a, b)) -> float:
            at, *columns = row
            if kind == "column":
                return float(columns["ab".index(given)])
            return float(given[at]) if kind == "table" else float(given)

        try:
            value = run(formula, FLOATS, leaf)
        except ArithmeticError:
            return None
        if abs(value) > 1e100:
            return None
        found.append(None if math.isnan(value) else value)
    return found


def in_a_graph(formula: Formula) -> Number:
    graph = Graph(ROWS)

    def leaf(kind: str, given: Any) -> Number:
        if kind == "column":
            return graph.column(given)
        return graph.table(given) if kind == "table" else graph.number(given)

    return graph.number(run(formula, graph, leaf))


def a_name(_kind: str, name: str | None) -> Any:
    raise AssertionError(f"no name in a formula: {name}")


POLARS = Engine(module=pl, name=a_name, flag=pl.col)
NARWHALS = Engine(
    module=nw,
    name=a_name,
    flag=lambda name: nw.col(name) > 0.5,
    guarded=frozenset({"div", "log", "pow"}),
    inline=2,
)


def on_polars(number: Number, rows: list[tuple[float, float]], engine: Engine) -> list[Any]:
    low = lowered([number.node, number.valid], engine)
    data = pl.DataFrame(rows, schema={"a": pl.Float64, "b": pl.Float64}, orient="row")
    for name, node in low.known.items():
        values = [float(each) if engine is NARWHALS else each for each in node.values(ROWS)]
        data = data.with_columns(pl.Series(name, values))
    frame: Any = data if engine is POLARS else nw.from_native(data)
    for stage in low.stages:
        frame = frame.with_columns(**stage)
    value, valid = low.roots
    made = frame.with_columns(found=engine.module.when(valid).then(value))
    return made["found"].to_list()


def same(found: Any, right: float | None) -> bool:
    if found is None or right is None:
        return found is right
    return math.isclose(found, right, rel_tol=1e-9, abs_tol=1e-12)


@pytest.mark.parametrize("engine", [POLARS, NARWHALS], ids=["polars", "narwhals"])
@given(formula=EVERY, rows=COLUMNS)
def test_engines_agree_with_floats(engine: Engine, formula: Formula, rows: Any) -> None:
    right = on_floats(formula, rows)
    if right is None:
        return
    found = on_polars(in_a_graph(formula), rows, engine)
    assert all(map(same, found, right)), (found, right)


@given(formula=EVERY.filter(lambda formula: "column" not in str(formula)))
def test_what_the_table_knows_is_reckoned_at_once(formula: Formula) -> None:
    number = in_a_graph(formula)
    right = on_floats(formula, [(0.0, 0.0)] * ROWS)
    if right is None:
        return
    assert number.node.known
    assert number.valid.known
    figures, valid = (each.values(ROWS) for each in (number.node, number.valid))
    known = [x if y else None for x, y, _ in zip(figures, valid, range(ROWS), strict=False)]
    assert all(map(same, known, right)), (known, right)


def test_null_stays_null_where_a_choice_has_forgotten_its_figure() -> None:
    graph = Graph(2)
    chosen = graph.where(graph.more_than(graph.column("a"), 0.0), graph.null, graph.null)
    nothing = graph.where(graph.is_null(graph.table([math.nan, math.nan])), graph.null, 4.0)
    for number in (chosen, nothing, nothing + 3.0, graph.abs(nothing), graph.clip(nothing, 0, 1)):
        assert number.valid.is_always(value=False)
    assert graph.more_than(nothing, 1.0).valid.is_always(value=False)


def test_the_same_step_is_made_once() -> None:
    graph = Graph(3)
    a, b = graph.column("a"), graph.table([1.0, 2.0, 3.0])
    assert (a + b).node is (graph.column("a") + graph.table([1.0, 2.0, 3.0])).node
    assert (a + 0.0).node is a.node
    assert (0.0 + a).node is a.node
    assert (1.0 * a).node is a.node
    assert (a - 0.0).node is a.node
    assert (0.0 - a).node is not a.node
    assert len([*reachable([(a + b).node, (a * b).node])]) == 4


def test_what_is_no_number_or_condition_is_refused() -> None:
    graph = Graph(1)
    number, condition = graph.column("a"), graph.truth("c")
    for wrong in (lambda: graph.number(condition), lambda: number + condition):
        with pytest.raises(TypeError, match=r"ops\.where"):
            wrong()
    with pytest.raises(TypeError, match=r"ops\.more_than"):
        graph.condition(number)


@pytest.mark.parametrize("compared", ["__lt__", "__le__", "__gt__", "__ge__"])
def test_columns_are_compared_with_ops(compared: str) -> None:
    number = Graph(1).column("a")
    with pytest.raises(TypeError, match=r"ops\.at_least"):
        getattr(number, compared)(1.0)


@pytest.mark.parametrize("made", [lambda g: g.column("a"), lambda g: g.truth("c")])
def test_nothing_branches_on_a_column(made: Callable[[Graph], Value]) -> None:
    with pytest.raises(TypeError, match="cannot branch"):
        bool(made(Graph(1)))


def test_arithmetic_reads_from_both_sides() -> None:
    graph = Graph(2)
    a = graph.column("a")
    numbers = [2.0 + a, 2.0 - a, 2.0 * a, 2.0 / a, a / 2.0, -a, abs(a)]
    data = [(4.0, 0.0), (-1.0, 0.0)]
    found = [on_polars(each, data, POLARS) for each in numbers]
    assert found == [
        [6.0, 1.0], [-2.0, 3.0], [8.0, -2.0], [0.5, -2.0], [2.0, -0.5], [-4.0, 1.0], [4.0, 1.0],
    ]  # fmt: skip


def test_a_table_of_one_figure_is_a_constant() -> None:
    graph = Graph(2)
    assert graph.table([3.0, 3.0]).node.vector is None
    assert graph.flags([True, False]).node.vector == (True, False)
    assert graph.flags([False, False]).never
    assert not graph.truth("c").never
    assert graph.condition(None).valid.is_always(value=False)


@settings(max_examples=20)
@given(st.tuples(*[FIGURES] * ROWS), st.sampled_from(("log", "power", "div", "floor")))
def test_the_table_is_reckoned_as_floats_are(figures: tuple[float, ...], op: str) -> None:
    graph = Graph(ROWS)
    others = [2.0] if op in {"power", "div"} else []
    found = getattr(graph, op)(graph.table(figures), *others)
    right = [getattr(FLOATS, op)(each, *others) for each in figures]
    pairs = zip(found.node.values(ROWS), right, range(ROWS), strict=False)
    assert all(one == two or math.isnan(one) is math.isnan(two) is True for one, two, _ in pairs)
