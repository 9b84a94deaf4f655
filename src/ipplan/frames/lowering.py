"""Lowering: a graph becomes expressions of an engine, what is used twice in a column of its own."""

from __future__ import annotations

import math
import operator
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from attrs import define, field, frozen

from ipplan.frames.formula import Node, reachable

__all__ = ["UNDEFINED", "Engine", "Lowered", "lowered"]

Expr: TypeAlias = Any
"""An expression of narwhals or of Polars; what is used of them is the same in both."""


@frozen(kw_only=True)
class Lowered:
    """Columns to add, one stage after the other, and then the expression of each root.

    `known` are the figures of the lookup table that expressions read, by the names of columns.
    """

    known: dict[str, Node]
    stages: tuple[dict[str, Expr], ...]
    roots: tuple[Expr, ...]


@frozen(kw_only=True)
class Engine:
    """How an engine writes expressions: narwhals or Polars, whose names are the same.

    `module` has `col`, `lit` and `when`; `name` makes a literal of a kind's name, `flag` a
    condition of a column of the lookup table. `guarded` are the operations that it may refuse where
    they are not defined. What is used twice and takes more than `inline` operations is reckoned
    once, in a column of its own: engines that see by themselves what is used twice take longer over
    many columns.
    """

    module: Any
    name: Callable[[str, str | None], Expr]
    flag: Callable[[str], Expr]
    guarded: frozenset[str] = frozenset()
    inline: int = 0


def lowered(roots: Iterable[Node], engine: Engine) -> Lowered:
    """The graph below some nodes, as expressions of an engine."""
    ends = [*roots]
    nodes = [*reachable(ends)]
    uses = Counter(id(each) for node in nodes for each in node.args)
    uses.update(map(id, ends))
    lowering = _Lowering(engine=engine)
    for node in nodes:
        lowering.add(node, shared=uses[id(node)] > 1)
    return Lowered(
        known=lowering.known,
        stages=tuple(lowering.stages),
        roots=tuple(lowering.exprs[id(each)] for each in ends),
    )


@define(kw_only=True)
class _Lowering:
    """Expressions of nodes on their way, each by its node."""

    engine: Engine
    exprs: dict[int, Expr] = field(factory=dict)
    levels: dict[int, int] = field(factory=dict)
    sizes: dict[int, int] = field(factory=dict)
    known: dict[str, Node] = field(factory=dict)
    stages: list[dict[str, Expr]] = field(factory=list)

    def add(self, node: Node, *, shared: bool) -> None:
        """Note the expression of a node; what is used twice becomes a column of its own."""
        level = max((self.levels[id(each)] for each in node.args), default=0)
        expr = self._expr(node)
        size = sum(self.sizes[id(each)] for each in node.args) + bool(node.args)
        if shared and size > self.engine.inline:
            while len(self.stages) <= level:
                self.stages.append({})
            name = f"__ipplan_{len(self.exprs)}"
            self.stages[level][name] = expr
            expr, level, size = self.engine.module.col(name), level + 1, 0
        self.exprs[id(node)], self.levels[id(node)] = expr, level
        self.sizes[id(node)] = size

    def _expr(self, node: Node) -> Expr:
        module = self.engine.module
        if node.op == "table":
            return self._known(node)
        if node.op in {"column", "truth"}:
            return module.col(node.name)
        args = [self.exprs[id(each)] for each in node.args]
        if node.op == "choice":
            return module.when(args[0]).then(args[1]).otherwise(args[2])
        if node.op in UNDEFINED:
            return self._guarded(node.op, *args)
        if node.op == "clip":
            ends = (each.constant for each in node.args[1:])
            return args[0].clip(*(None if math.isinf(end) else end for end in ends))
        return _OPERATIONS[node.op](*args)

    def _known(self, node: Node) -> Expr:
        if node.vector is None:
            if node.name:
                return self.engine.name(node.name, node.constant)
            unread = isinstance(node.constant, float) and math.isnan(node.constant)
            return self.engine.module.lit(0.0 if unread else node.constant)
        name = f"__ipplan_{len(self.exprs)}"
        self.known[name] = node
        return self.engine.flag(name) if node.logical else self.engine.module.col(name)

    def _guarded(self, op: str, x: Expr, *other: Expr) -> Expr:
        """What engines may refuse where a formula is not defined, and nobody reads the answer."""
        module = self.engine.module
        if op not in self.engine.guarded:
            return _OPERATIONS[op](x, *other)
        if op == "div":
            (divisor,) = other
            return x / module.when(divisor == 0.0).then(1.0).otherwise(divisor)
        return _OPERATIONS[op](module.when(x > 0.0).then(x).otherwise(1.0), *other)


_OPERATIONS: dict[str, Callable[..., Expr]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "pow": operator.pow,
    "gt": operator.gt,
    "ge": operator.ge,
    "eq": operator.eq,
    "and": operator.and_,
    "or": operator.or_,
    "not": operator.invert,
    "abs": operator.methodcaller("abs"),
    "log": operator.methodcaller("log"),
    "floor": operator.methodcaller("floor"),
}

UNDEFINED = frozenset({"div", "log", "pow"})
"""The operations that are not defined everywhere."""
