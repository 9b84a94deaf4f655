"""Trees: totals of groups, tasks and departments, out of a column for each figure of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
from attrs import evolve, frozen

from ipplan.aggregation import AnyMean, Group, MissingPolicy, Veto
from ipplan.assessment.planned import Planned
from ipplan.assessment.policy import Policy
from ipplan.frames.due import Era
from ipplan.frames.figures import (
    Figure,
    Sheet,
    added,
    below,
    by_key,
    chosen,
    equal,
    is_any,
    times,
    without,
)
from ipplan.frames.flat import Rows, Tally, state_is
from ipplan.frames.mean import (
    NOTHING,
    TOO_LOW,
    Sums,
    Total,
    concluded,
    extreme_of,
    too_low,
    transformed,
)
from ipplan.model.indicator import Indicator
from ipplan.reasons import State

__all__ = ["by_department", "by_group", "of_plan"]

_NAME, _CODE, _SCORE = (f"__ipplan_{name}" for name in ("name", "code", "score"))
_SCORED, _REFUSED, _UNDUE, _BLANK = 3.0, 2.0, 1.0, 0.0
"""What a row says of its figure; the last where it says nothing."""


@frozen(kw_only=True)
class Node:
    """A score, or the total of a group, on its way into a total, as columns.

    `score` is 0 where there is none. `scored`, `missing`, `due` and `undefined` are conditions.
    """

    id: str
    weight: float = 1.0
    score: Figure = 0.0
    scored: Figure = 0.0
    missing: Figure = 0.0
    due: Figure = 0.0
    coverage: Figure = 1.0
    undefined: Figure = 0.0


@frozen(kw_only=True)
class Branch:
    """Nodes that become one, and how."""

    id: str
    nodes: tuple[Node, ...]
    method: AnyMean
    missing: MissingPolicy


@frozen(kw_only=True)
class Summed:
    """What a branch came to."""

    node: Node
    total: Total


def of_plan(rows: Rows, era: Era) -> tuple[Any, Tally]:
    """The total of each unit."""
    sheet, leaves = _leaves(rows, era, [(era.plan, era.policy)])
    total, _ = _tree(sheet, leaves, era.plan, era.policy)
    return sheet.frame, _tally(total, leaves, era.plan.indicators)


def by_group(rows: Rows, era: Era) -> tuple[Any, dict[str, Tally]]:
    """The total of each group of the policy."""
    sheet, leaves = _leaves(rows, era, [(era.plan, era.policy)])
    _, found = _tree(sheet, leaves, era.plan, era.policy)
    return sheet.frame, {
        group.id: _tally(found[group.id].total, leaves, group.leaves)
        for top in era.policy.groups
        for group in top.groups
    }


def by_department(rows: Rows, era: Era) -> tuple[Any, dict[str, Tally]]:
    """The total of each department, out of its tasks, by the policy's credits.

    Deliverables, which are in no frame, are left out.
    """
    plan, policy = era.plan, era.policy
    below = [(part, part.policy or policy.general) for part in plan.subplans.values()]
    sheet, leaves = _leaves(rows, era, [(plan, policy), *below])
    parts = dict(leaves)
    figures: dict[str, tuple[str, ...]] = {id: (id,) for id in leaves}
    for part, own in below:
        place = f"subplans.{part.id}"
        found, _ = _tree(sheet, leaves, part, own)
        parts[place] = _as_part(sheet, found, [leaves[id] for id in part.indicators])
        figures[place] = (*part.indicators,)
    weigh = policy.credits.weight
    measured = {
        task: [
            part for part in of if part.twin is None and part.place in parts and weigh(part.kind)
        ]
        for task, of in plan.links.parts.items()
    }
    tasks = _summed(
        sheet,
        [
            _plainly(
                task, [evolve(parts[each.place], weight=weigh(each.kind)) for each in of], policy
            )
            for task, of in measured.items()
        ],
    )
    earned = plan.links.credits(lead=policy.credits.lead, support=policy.credits.support)
    credits = {id: {task: each for task, each in earned[id].items() if each} for id in earned}
    cards = _summed(
        sheet,
        [
            _plainly(
                id,
                [
                    # A task whose scores allow no mean is left out like others without a score.
                    evolve(tasks[task].node, weight=credit, undefined=0.0)
                    for task, credit in of.items()
                ],
                policy,
            )
            for id, of in credits.items()
        ],
    )
    return sheet.frame, {
        id: _tally(
            cards[id].total,
            leaves,
            {leaf for task in of for each in measured[task] for leaf in figures[each.place]},
        )
        for id, of in credits.items()
    }


def _plainly(id: str, nodes: Iterable[Node], policy: Policy) -> Branch:
    return Branch(id=id, nodes=(*nodes,), method=policy.method, missing=policy.missing)


def _as_part(sheet: Sheet, total: Total, leaves: Sequence[Node]) -> Node:
    """A sub-plan as a part of a task: it is due, or missing, as its indicators are."""
    due = added(each.due for each in leaves)
    scored = equal(total.reason, 0.0)
    gone = equal(due, added(each.missing for each in leaves))
    node = Node(
        id="",
        score=total.score,
        scored=scored,
        missing=times(without(scored), gone, below(0.0, due)),
        due=below(0.0, due),
        coverage=times(scored, total.coverage),
    )
    return sheet.settled([node], ("scored", "missing", "due", "coverage"))[0]


def _tally(total: Total, leaves: Mapping[str, Node], of: Iterable[str]) -> Tally:
    own = [leaves[id] for id in sorted(of)]
    return Tally(
        total=total,
        due=added(each.due for each in own),
        scored=added(each.scored for each in own),
    )


def _leaves(
    rows: Rows, era: Era, plans: Iterable[tuple[Planned, Policy]]
) -> tuple[Sheet, dict[str, Node]]:
    """A sheet with a row for each unit, and what it says of everything that plans measure."""
    measured: dict[str, tuple[Indicator, Policy]] = {}
    for plan, policy in plans:
        for each in (*plan.indicators.values(), *plan.quotas.values()):
            measured[each.id] = (each, policy)
    places = {id: place for place, id in enumerate(id for id in measured if id in era.names)}
    sheet = Sheet(_spread(rows, {place: era.names[id] for id, place in places.items()}))
    nodes = [
        _leaf(rows, era, each, policy, places.get(id)) for id, (each, policy) in measured.items()
    ]
    settled = sheet.settled(nodes, ("score", "scored", "missing", "due"))
    return sheet, {each.id: each for each in settled}


def _spread(rows: Rows, names: Mapping[int, Sequence[Any]]) -> Any:
    """For each unit a column with the score of each figure, and one with what its row says."""
    if not names:
        return rows.frame.select(*rows.keys).unique()
    score = nw.col("score").fill_nan(None)
    first = rows.frame.with_columns(
        rows.names.alias(_NAME),
        nw.when(~score.is_null())
        .then(nw.lit(_SCORED))
        .otherwise(
            nw.when(state_is(rows.frame, State.NOT_COMPUTABLE))
            .then(nw.lit(_REFUSED))
            .otherwise(
                nw.when(state_is(rows.frame, State.NOT_DUE))
                .then(nw.lit(_UNDUE))
                .otherwise(nw.lit(_BLANK))
            )
        )
        .alias(_CODE),
        score.fill_null(0.0).alias(_SCORE),
    )
    columns: dict[str, nw.Expr] = {}
    for place, spellings in names.items():
        here = is_any(nw.col(_NAME), spellings)
        for name in (_CODE, _SCORE):
            columns[f"{name}_{place}"] = nw.when(here).then(nw.col(name)).otherwise(nw.lit(0.0))
    summed = [
        nw.col(name).max() if name.startswith(_CODE) else nw.col(name).sum() for name in columns
    ]
    return first.with_columns(**columns).group_by(*rows.keys).agg(*summed)


def _leaf(rows: Rows, era: Era, indicator: Indicator, policy: Policy, place: int | None) -> Node:
    """What is known of a figure of each unit; without a place no row has it."""
    states = era.blank(indicator, policy)

    def among(state: State) -> Figure:
        figures = {spelling: float(each is state) for spelling, each in states.items()}
        return by_key(rows.periods, figures, whole=era.whole) if states else 0.0

    missing, unknown = among(State.MISSING), among(State.NOT_COMPUTABLE)
    if place is None:
        return Node(id=indicator.id, missing=missing, due=added([missing, unknown]))
    said = nw.col(f"{_CODE}_{place}")
    blank, scored = equal(said, _BLANK), equal(said, _SCORED)
    return Node(
        id=indicator.id,
        score=nw.col(f"{_SCORE}_{place}"),
        scored=scored,
        missing=times(blank, missing),
        due=added([scored, equal(said, _REFUSED), times(blank, missing), times(blank, unknown)]),
    )


def _tree(
    sheet: Sheet, leaves: Mapping[str, Node], plan: Planned, policy: Policy
) -> tuple[Total, dict[str, Summed]]:
    """The total by a policy, with its veto, and what each of its groups comes to."""
    weights = policy.weights_of(plan.indicators)
    nodes = {id: evolve(leaves[id], weight=weights[id]) for id in plan.indicators}
    found: dict[str, Summed] = {}
    for level in _levels(policy.groups):
        branches = [
            Branch(
                id=group.id,
                nodes=tuple(
                    nodes[each if isinstance(each, str) else each.id] for each in group.members
                ),
                method=group.method or policy.method,
                missing=group.missing or policy.missing,
            )
            for group in level
        ]
        made = _summed(sheet, branches)
        found |= made
        nodes |= {id: evolve(each.node, weight=weights.get(id, 1.0)) for id, each in made.items()}
    below = {leaf for group in policy.groups for leaf in group.leaves}
    top = [group.id for group in policy.groups] + [id for id in plan.indicators if id not in below]
    whole = _plainly(plan.id, [nodes[id] for id in top], policy)
    total = _summed(sheet, [whole])[plan.id].total
    if policy.veto is not None:
        total = _with_veto(sheet, total, _vetoed(policy.veto, nodes, found, policy), policy.veto)
    return total, found


def _levels(groups: Iterable[Group]) -> list[list[Group]]:
    """All groups, those without groups in them first, each level after what is in it."""
    levels: list[list[Group]] = []

    def height(group: Group) -> int:
        inner = [height(each) for each in group.members if isinstance(each, Group)]
        own = max(inner, default=-1) + 1
        levels.extend([] for _ in range(own + 1 - len(levels)))
        levels[own].append(group)
        return own

    for group in groups:
        height(group)
    return levels


def _vetoed(
    veto: Veto, nodes: Mapping[str, Node], groups: Mapping[str, Summed], policy: Policy
) -> Figure:
    """Whether a score, or what stands for a missing one, is below what the veto asks."""
    policies = {
        member if isinstance(member, str) else member.id: group.missing or policy.missing
        for top in policy.groups
        for group in top.groups
        for member in group.members
    }
    cast: list[Figure] = []
    for id in veto.of:
        node = nodes[id]
        absent = node.missing
        if id in groups:
            absent = times(node.due, equal(groups[id].total.reason, NOTHING))
        cast.append(times(node.scored, below(node.score, veto.below - 1e-9)))
        substitute = policies.get(id, policy.missing).substitute(id)
        if substitute is not None and substitute < veto.below - 1e-9:
            cast.append(absent)
    return below(0.0, added(cast))


def _with_veto(sheet: Sheet, total: Total, vetoed: Figure, veto: Veto) -> Total:
    """The total, or the veto's, which raises none."""
    scored = equal(total.reason, 0.0)
    lower = chosen(scored, below(veto.total, total.score), without(equal(total.reason, NOTHING)))
    cast = times(vetoed, lower)
    found = Total(
        score=chosen(cast, veto.total, total.score),
        coverage=total.coverage,
        reason=chosen(cast, 0.0, total.reason),
    )
    return sheet.settled([found], ("score", "coverage", "reason"))[0]


def _summed(sheet: Sheet, branches: Sequence[Branch]) -> dict[str, Summed]:
    """What branches come to, none of which is below another, all at once."""
    sums = sheet.settled(map(_sums, branches), _SUMMED)
    relative = zip(branches, sums, strict=True)
    sums = sheet.settled([evolve(each, inner=_inner(of, each)) for of, each in relative], ["inner"])
    totals = concluded(sheet, sums)
    made = [_node(*each) for each in zip(branches, sums, totals, strict=True)]
    nodes = sheet.settled(made, ("scored", "missing", "due", "coverage", "undefined"))
    return {
        node.id: Summed(node=node, total=total) for node, total in zip(nodes, totals, strict=True)
    }


_SUMMED = ("due", "scored", "base", "covered", "undefined", "weight", "bad", "extreme")


def _sums(branch: Branch) -> Sums:
    """The sums over the nodes of a branch, but for the inner one, which wants the extreme."""
    nodes, method = branch.nodes, branch.method
    whole = sum(node.weight for node in nodes)
    counted = [_counted(node, branch.missing) for node in nodes]
    scores = [score for score, _ in counted]
    counts = [count for _, count in counted]
    return Sums(
        method=method,
        missing=branch.missing,
        due=added(node.due for node in nodes),
        scored=added(node.scored for node in nodes),
        base=added(times(node.weight / whole, node.due) for node in nodes),
        covered=added(times(node.weight / whole, node.scored, node.coverage) for node in nodes),
        undefined=added(node.undefined for node in nodes),
        weight=added(
            times(node.weight / whole, each) for node, each in zip(nodes, counts, strict=True)
        ),
        inner=0.0,
        bad=added(times(each, too_low(method, score)) for score, each in counted),
        extreme=extreme_of(method, scores, counts),
    )


def _inner(branch: Branch, sums: Sums) -> Figure:
    whole = sum(node.weight for node in branch.nodes)
    return added(
        times(node.weight / whole, count, transformed(branch.method, score, sums.extreme))
        for node in branch.nodes
        for score, count in [_counted(node, branch.missing)]
    )


def _counted(node: Node, missing: MissingPolicy) -> tuple[Figure, Figure]:
    """A score, or what stands for it where it is missing, and whether it counts."""
    substitute = missing.substitute(node.id)
    if substitute is None:
        return node.score, node.scored
    return added([node.score, times(substitute, node.missing)]), added([node.scored, node.missing])


def _node(branch: Branch, sums: Sums, total: Total) -> Node:
    scored = equal(total.reason, 0.0)
    gone = equal(sums.due, added(node.missing for node in branch.nodes))
    due = below(0.0, sums.due)
    return Node(
        id=branch.id,
        score=total.score,
        scored=scored,
        missing=times(without(scored), gone, due),
        due=due,
        coverage=times(scored, total.coverage),
        undefined=equal(total.reason, TOO_LOW),
    )
