"""Formulas as graphs: what a lookup table knows is reckoned once, the rest is for an engine.

A rule's formula is run with `Graph` for its `ops`. Figures of the lookup table (a value for each
indicator and period) are vectors: what is made of them alone is reckoned here, on floats, by the
same operations that the scalar code uses. Only what depends on the data is left as a graph, which
an engine for dataframes runs over its columns.

Whether a number is known is kept beside it, as a condition that is itself never null: engines
disagree on what null and NaN do in comparisons and choices, so no null reaches them.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any, NoReturn, TypeAlias

from attrs import define, field

from ipplan.ops import FLOATS, GREATEST

__all__ = ["Condition", "Graph", "Node", "Number", "Value"]

Vector: TypeAlias = tuple[Any, ...]

_LOGICAL = {"truth", "gt", "ge", "eq", "and", "or", "not"}


@define(eq=False, slots=True)
class Node:
    """One step of a graph: a column of the data, an operation, or figures of the lookup table.

    `op` is "table" for known figures (`vector`, or one `constant` for all rows), "column" for data
    (`name`), or an operation on `args`. Known names, such as that of a state, have their kind for a
    `name`, and may be None.
    """

    op: str
    args: tuple[Node, ...] = ()
    name: str = ""
    vector: Vector | None = None
    constant: Any = None

    @property
    def known(self) -> bool:
        """Whether the lookup table alone decides it."""
        return self.op == "table"

    @property
    def settled(self) -> bool:
        """Whether it is a choice between known figures, or between such choices."""
        branches = self.args[1:] if self.op == "choice" else ()
        return bool(branches) and all(each.known or each.settled for each in branches)

    @property
    def logical(self) -> bool:
        """Whether it is a condition, and no figure."""
        if self.known:
            return isinstance(self.constant if self.vector is None else self.vector[0], bool)
        return self.args[1].logical if self.op == "choice" else self.op in _LOGICAL

    def values(self, rows: int) -> Iterable[Any]:
        """The known figures, row by row."""
        return repeat(self.constant, rows) if self.vector is None else self.vector

    def is_always(self, *, value: object) -> bool:
        """Whether it is the same known figure in every row."""
        same = self.known and self.vector is None and self.constant == value
        return same and self.logical is isinstance(value, bool)


_TRUE, _FALSE = Node("table", constant=True), Node("table", constant=False)


def _no_comparison(_self: object, _other: object) -> NoReturn:
    raise TypeError(
        "a formula that runs on columns compares with ops.at_least, ops.more_than and ops.equal"
    )


class Value:
    """What formulas calculate with: a node, and a condition under which it is known."""

    __slots__ = ("graph", "node", "valid")
    __hash__ = object.__hash__
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _no_comparison

    def __init__(self, graph: Graph, node: Node, valid: Node = _TRUE) -> None:
        self.graph, self.node, self.valid = graph, node, valid

    def __bool__(self) -> NoReturn:
        raise TypeError(
            "a formula that runs on columns cannot branch with `if`, `and`, `or`, `min` or `max`: "
            "write it with ops.where, ops.both, ops.either or ops.clip"
        )


class Condition(Value):
    """Whether something holds, row by row."""

    __slots__ = ()

    @property
    def never(self) -> bool:
        """Whether the lookup table says that it holds in no row."""
        return self.node.is_always(value=False)


class Number(Value):
    """A figure, row by row."""

    __slots__ = ()

    def __add__(self, other: Any) -> Number:
        return self.graph.arithmetic("add", self, other)

    def __sub__(self, other: Any) -> Number:
        return self.graph.arithmetic("sub", self, other)

    def __mul__(self, other: Any) -> Number:
        return self.graph.arithmetic("mul", self, other)

    def __truediv__(self, other: Any) -> Number:
        return self.graph.div(self, other)

    def __radd__(self, other: Any) -> Number:
        return self.graph.arithmetic("add", other, self)

    def __rsub__(self, other: Any) -> Number:
        return self.graph.arithmetic("sub", other, self)

    def __rmul__(self, other: Any) -> Number:
        return self.graph.arithmetic("mul", other, self)

    def __rtruediv__(self, other: Any) -> Number:
        return self.graph.div(other, self)

    def __neg__(self) -> Number:
        return self * -1.0

    def __abs__(self) -> Number:
        return self.graph.abs(self)


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
}
_NEUTRAL = {"add": 0.0, "sub": 0.0, "mul": 1.0}


@define
class Graph:
    """The operations of `ipplan.ops.Ops` on columns, beside a lookup table of `rows` rows."""

    rows: int
    null: float = math.nan
    _made: dict[tuple[Any, ...], Node] = field(factory=dict, init=False)

    # What formulas are made of.

    def table(self, figures: Sequence[float]) -> Number:
        """Figures of the lookup table, NaN where there is none."""
        return self._number(self._table(figures))

    def flags(self, flags: Iterable[bool]) -> Condition:
        """Conditions of the lookup table."""
        return Condition(self, self._table(flags))

    def column(self, name: str) -> Number:
        """A column of the data, without nulls."""
        return Number(self, self._op("column", name=name))

    def truth(self, name: str) -> Condition:
        """A column of conditions of the data, without nulls."""
        return Condition(self, self._op("truth", name=name))

    def number(self, value: Any) -> Number:
        """A number as it stands, or a constant for every row."""
        if isinstance(value, Number):
            return value
        if isinstance(value, Condition):
            raise TypeError("expected a number in a formula, found a condition: use ops.where")
        return self._number(Node("table", constant=float(value)))

    def condition(self, value: Any) -> Condition:
        """A condition as it stands, or a constant for every row; None is one that is not known."""
        if isinstance(value, Condition):
            return value
        if isinstance(value, Number):
            raise TypeError("expected a condition in a formula, found a number: use ops.more_than")
        return self._condition(Node("table", constant=None if value is None else bool(value)))

    # The operations, as `ipplan.ops.Ops` names them.

    def arithmetic(self, op: str, first: Any, second: Any) -> Number:
        """A sum, difference or product."""
        one, two = self.number(first), self.number(second)
        if one.node.known and two.node.known:
            return self._reckoned(_ARITHMETIC[op], one, two)
        if one.node.settled and two.node.known and two.node.vector is None:
            return Number(self, self._shifted(op, one.node, two.node), one.valid)
        if two.node.is_always(value=_NEUTRAL[op]):
            return one
        if op != "sub" and one.node.is_always(value=_NEUTRAL[op]):
            return two
        return self._of(op, one, two)

    def _shifted(self, op: str, node: Node, figure: Node) -> Node:
        """A choice between known figures, each of them shifted."""
        if node.known:
            pair = (Number(self, each) for each in (node, figure))
            return self._reckoned(_ARITHMETIC[op], *pair).node
        test, *branches = node.args
        return self._choice(test, *(self._shifted(op, each, figure) for each in branches))

    def with_nulls(self, number: Number) -> Number:
        """A number that the lookup table decides, with NaN in it where it is null."""
        if not (number.node.known and number.valid.known):
            return number
        pairs = zip(*(each.values(self.rows) for each in (number.node, number.valid)), strict=True)
        node = self._table(figure if known else math.nan for figure, known in pairs)
        return self._number(node) if node.vector is None else Number(self, node)

    def named(self, place: Value, kind: str, names: Sequence[str | None]) -> Value:
        """The name at each place in a list; None is a name that is null."""
        return Value(self, self._named(place.node, kind, names), place.valid)

    def _named(self, node: Node, kind: str, names: Sequence[str | None]) -> Node:
        if node.op == "choice":
            test, *branches = node.args
            return self._choice(test, *(self._named(each, kind, names) for each in branches))
        places = [node.constant] if node.vector is None else node.vector
        found = [None if math.isnan(each) else names[int(each)] for each in places]
        key = (kind, *found)
        if key not in self._made:
            made = Node("table", name=kind, constant=found[0])
            if found.count(found[0]) < len(found):
                made = Node("table", name=kind, vector=tuple(found))
            self._made[key] = made
        return self._made[key]

    def div(self, dividend: Any, divisor: Any) -> Number:
        """The quotient; null where the divisor is zero."""
        one, two = self.number(dividend), self.number(divisor)
        if one.node.known and two.node.known:
            return self._reckoned(FLOATS.div, one, two)
        valid = self._and(self._and(one.valid, two.valid), self._not(self.equal(two, 0.0).node))
        return Number(self, self._op("div", one.node, two.node), valid)

    def log(self, x: Any) -> Number:
        """The natural logarithm; null where x is not positive."""
        one = self.number(x)
        if one.node.known:
            return self._reckoned(FLOATS.log, one)
        positive = self.more_than(one, 0.0)
        return Number(self, self._op("log", one.node), self._and(one.valid, positive.node))

    def power(self, base: Any, exponent: Any) -> Number:
        """A power; null where the base is not positive, and where it is too large for a float."""
        one, two = self.number(base), self.number(exponent)
        if one.node.known and two.node.known:
            return self._reckoned(FLOATS.power, one, two)
        raised = Number(self, self._op("pow", one.node, two.node))
        defined = self._and(self.more_than(one, 0.0).node, self.at_least(GREATEST, raised).node)
        return Number(self, raised.node, self._and(self._and(one.valid, two.valid), defined))

    def abs(self, x: Any) -> Number:
        """The size of a number."""
        one = self.number(x)
        return self._reckoned(abs, one) if one.node.known else self._of("abs", one)

    def floor(self, x: Any) -> Number:
        """The next whole number below."""
        one = self.number(x)
        return self._reckoned(FLOATS.floor, one) if one.node.known else self._of("floor", one)

    def clip(self, x: Any, low: float, high: float) -> Number:
        """The number, moved into low..high."""
        one = self.number(x)
        if one.node.known:
            return self._reckoned(lambda each: FLOATS.clip(each, low, high), one)
        if low == -math.inf and high == math.inf:
            return one
        ends = (self.number(low).node, self.number(high).node)
        return Number(self, self._op("clip", one.node, *ends), one.valid)

    def at_least(self, x: Any, y: Any) -> Condition:
        """Whether x >= y; null where either is."""
        return self._compared("ge", FLOATS.at_least, x, y)

    def more_than(self, x: Any, y: Any) -> Condition:
        """Whether x > y; null where either is."""
        return self._compared("gt", FLOATS.more_than, x, y)

    def equal(self, x: Any, y: Any) -> Condition:
        """Whether x == y; null where either is."""
        return self._compared("eq", FLOATS.equal, x, y)

    def both(self, first: Any, second: Any) -> Condition:
        """Whether both conditions hold; null where either is."""
        one, two = self.condition(first), self.condition(second)
        return Condition(self, self._and(one.node, two.node), self._and(one.valid, two.valid))

    def either(self, first: Any, second: Any) -> Condition:
        """Whether one of the conditions holds; null where either is."""
        one, two = self.condition(first), self.condition(second)
        return Condition(self, self._or(one.node, two.node), self._and(one.valid, two.valid))

    def negated(self, condition: Any) -> Condition:
        """Whether a condition does not hold; null where it is."""
        one = self.condition(condition)
        return Condition(self, self._not(one.node), one.valid)

    def where(self, condition: Any, then: Any, otherwise: Any) -> Number:
        """One number or the other; null where the condition is."""
        test, one, two = self.condition(condition), self.number(then), self.number(otherwise)
        valid = self._and(test.valid, self._choice(test.node, one.valid, two.valid))
        return Number(self, self._one_of(test.node, one, two), valid)

    def is_null(self, x: Any) -> Condition:
        """Whether there is no number; never null itself."""
        return Condition(self, self._not(self.number(x).valid))

    # What is beside the formulas.

    def holds(self, condition: Any) -> Condition:
        """Whether a condition is known to hold; never null itself."""
        one = self.condition(condition)
        return Condition(self, self._and(one.node, one.valid))

    def only(self, condition: Condition, value: Value) -> Value:
        """The value, null where the condition does not hold."""
        return type(value)(self, value.node, self._and(value.valid, self.holds(condition).node))

    def chosen(self, condition: Condition, then: Value, otherwise: Value) -> Value:
        """One value or the other, numbers or conditions, as a condition has it that is known."""
        test = condition.node
        node = self._one_of(test, then, otherwise)
        return type(then)(self, node, self._choice(test, then.valid, otherwise.valid))

    def _one_of(self, test: Node, then: Value, otherwise: Value) -> Node:
        """The node of one value or the other; what is null wherever it is chosen is not needed."""
        if otherwise.valid.is_always(value=False):
            return then.node
        if then.valid.is_always(value=False):
            return otherwise.node
        return self._choice(test, then.node, otherwise.node)

    # How nodes are made: each once, and none where the table knows the answer.

    def _op(self, op: str, *args: Node, name: str = "") -> Node:
        key = (op, name, *(self._key(each) for each in args))
        if key not in self._made:
            self._made[key] = Node(op, args, name)
        return self._made[key]

    def _key(self, node: Node) -> Any:
        """What makes a node the same as another one: a known one by its figures."""
        if not node.known:
            return id(node)
        figures = node.constant if node.vector is None else node.vector
        return (node.logical, node.name, figures)

    def _of(self, op: str, *numbers: Number) -> Number:
        node = self._op(op, *(each.node for each in numbers))
        return Number(self, node, self._valid(*numbers))

    def _reckoned(self, reckon: Callable[..., float], *numbers: Number) -> Number:
        """Figures made of known figures; the formula's own operations, on floats."""
        nodes = [each.node for each in numbers]
        made = self._number(self._each_row(_tried(reckon), nodes))
        return Number(self, made.node, self._valid(made, *numbers))

    def _each_row(self, reckon: Callable[..., Any], nodes: Sequence[Node]) -> Node:
        if all(each.vector is None for each in nodes):
            return Node("table", constant=reckon(*(each.constant for each in nodes)))
        return self._table(map(reckon, *(each.values(self.rows) for each in nodes)))

    def _valid(self, *values: Value) -> Node:
        """Whether all of the values are known."""
        valid = _TRUE
        for each in values:
            valid = self._and(valid, each.valid)
        return valid

    def _compared(self, op: str, compare: Callable[..., Any], x: Any, y: Any) -> Condition:
        one, two = self.number(x), self.number(y)
        if one.node.known and two.node.known:
            made = self._condition(self._each_row(compare, (one.node, two.node)))
            return Condition(self, made.node, self._valid(made, one, two))
        node = self._comparison(op, compare, one.node, two.node)
        return Condition(self, node, self._valid(one, two))

    def _comparison(self, op: str, compare: Callable[..., Any], one: Node, two: Node) -> Node:
        """A comparison of nodes; one of choices between known figures is a choice of answers."""
        if one.known and two.known:
            figures = (each.values(self.rows) for each in (one, two))
            return self._truth(bool(compare(*each)) for each in zip(*figures, strict=True))
        for place, each in enumerate((one, two)):
            if each.settled:
                test, *branches = each.args
                pairs = [(branch, two) if place == 0 else (one, branch) for branch in branches]
                return self._choice(test, *(self._comparison(op, compare, *pair) for pair in pairs))
        return self._op(op, one, two)

    def _number(self, node: Node) -> Number:
        """A known number; null where its figure is NaN."""
        if node.vector is None:
            return Number(self, node, _FALSE if math.isnan(node.constant) else _TRUE)
        return Number(self, node, self._truth(not math.isnan(each) for each in node.vector))

    def _condition(self, node: Node) -> Condition:
        """A known condition; null where it is None."""
        if node.vector is None:
            known = _FALSE if node.constant is None else _TRUE
            return Condition(self, _TRUE if node.constant else _FALSE, known)
        known = self._truth(each is not None for each in node.vector)
        return Condition(self, self._truth(bool(each) for each in node.vector), known)

    def _table(self, vector: Iterable[Any]) -> Node:
        """Known figures, the same node for the same ones."""
        figures = tuple(vector)
        if figures.count(figures[0]) == self.rows:
            return Node("table", constant=figures[0])
        key = ("table", type(figures[0]), figures)
        if key not in self._made:
            self._made[key] = Node("table", vector=figures)
        return self._made[key]

    def _truth(self, vector: Iterable[bool]) -> Node:
        return self._table(vector)

    def _and(self, first: Node, second: Node) -> Node:
        return self._joined("and", first, second)

    def _or(self, first: Node, second: Node) -> Node:
        return self._joined("or", first, second)

    def _joined(self, op: str, first: Node, second: Node) -> Node:
        """Both conditions, or either; neither where one decides, or says what the other does."""
        neutral, other = (True, "or") if op == "and" else (False, "and")
        for one, two in ((first, second), (second, first)):
            if one is two or one.is_always(value=neutral) or (two.op == op and one in two.args):
                return two
            if one.is_always(value=not neutral) or (two.op == other and one in two.args):
                return one
            if two.op == "not" and one is two.args[0]:
                return _FALSE if op == "and" else _TRUE
        if first.known and second.known:
            figures = (each.values(self.rows) for each in (first, second))
            decide = operator.and_ if op == "and" else operator.or_
            return self._truth(map(decide, *figures))
        return self._op(op, first, second)

    def _not(self, node: Node) -> Node:
        if node.known:
            return self._truth(not each for each in node.values(self.rows))
        return node.args[0] if node.op == "not" else self._op("not", node)

    def _choice(self, test: Node, then: Node, otherwise: Node) -> Node:
        """One node or the other, as a condition has it that is never null."""
        if test.is_always(value=True) or then is otherwise:
            return then
        if test.is_always(value=False):
            return otherwise
        branches = (then, otherwise)
        if all(each.known for each in branches):
            if self._key(then) == self._key(otherwise):
                return then
            if test.known:
                figures = (each.values(self.rows) for each in (test, *branches))
                rows = zip(*figures, strict=True)
                return self._table(one if yes else two for yes, one, two in rows)
        if then.logical and any(each.known and each.vector is None for each in branches):
            return self._decided(test, then, otherwise)
        return self._merged(test, then, otherwise)

    def _decided(self, test: Node, then: Node, otherwise: Node) -> Node:
        """A choice of conditions, one of which is always or never so, without choosing."""
        if then.known and then.vector is None:
            if then.constant:
                return self._or(test, otherwise)
            return self._and(self._not(test), otherwise)
        if otherwise.constant:
            return self._or(self._not(test), then)
        return self._and(test, then)

    def _merged(self, test: Node, then: Node, otherwise: Node) -> Node:
        """A choice; two choices between known figures that the table makes are one."""
        if test.known and then.known and otherwise.op == "choice":
            inner, also, rest = otherwise.args
            if inner.known and also.known:
                return self._choice(self._or(test, inner), self._choice(test, then, also), rest)
        return self._op("choice", test, then, otherwise)


def _tried(reckon: Callable[..., float]) -> Callable[..., float]:
    """What reckons, with NaN where floats raise: nobody can divide a row of a table by zero."""

    def tried(*figures: float) -> float:
        try:
            return reckon(*figures)
        except (ArithmeticError, ValueError):
            return math.nan

    return tried


def reachable(roots: Iterable[Node]) -> Iterator[Node]:
    """Every node below some others and these themselves, each once and after those below it."""
    seen: set[int] = set()

    def below(node: Node) -> Iterator[Node]:
        if id(node) not in seen:
            seen.add(id(node))
            for each in node.args:
                yield from below(each)
            yield node

    for root in roots:
        yield from below(root)
