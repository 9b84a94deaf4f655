"""Combining: scores and weights become one score, with its coverage and its contributions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from attrs import field, frozen

from ipplan.aggregation.beyond import VETO, Caps, Veto, unfit_adjustments, unfit_veto
from ipplan.aggregation.groups import Group, Member, unfit_groups
from ipplan.aggregation.means import AnyMean, Mean, as_mean, factors
from ipplan.aggregation.missing import AnyMissing, MissingPolicy, Skip, as_missing
from ipplan.errors import Gathered, ModelError, Problem, near_hint, shown
from ipplan.model.fields import LARGEST, SMALLEST, as_float, refuse, unfit_number
from ipplan.reasons import Reason

__all__ = ["Aggregate", "Part", "Summing", "aggregate", "unfit_weight", "unfit_weights"]


class Part(NamedTuple):
    """A score, or the total of a group, on its way into a total; None where there is none.

    `missing`: there is none because nothing was reported. `coverage` is the share of what the score
    stands for that is known. Of a group, `shares` are the contributions to its own score, and
    `undefined` says that its scores allow no mean.
    """

    # No attrs class: one is made for every score of every task, and tuples are made quickly.
    id: str
    weight: float
    score: float | None
    missing: bool = False
    coverage: float = 1.0
    shares: tuple[tuple[str, float], ...] | None = None
    undefined: bool = False


@frozen(kw_only=True)
class Aggregate:
    """A total with the share of weight behind it; contributions sum to the score (math.fsum).

    `contributions` are by id: of scores, of substitutes for missing ones, of adjustments, and of a
    veto. `groups` holds the total of each group of the tree, by id; `vetoed_by` who vetoed.
    """

    score: float | None
    coverage: float
    contributions: tuple[tuple[str, float], ...] = ()
    reason: Reason | None = None
    groups: tuple[tuple[str, Aggregate], ...] = ()
    vetoed_by: tuple[str, ...] = ()

    def group(self, id: str) -> Aggregate | None:
        """The total of a group; None where none of it was due, or there is no such group."""
        return dict(self.groups).get(id)


@frozen(kw_only=True)
class Summing:
    """How parts are summed up: the mean, what is missing, the tree, and what comes on top.

    `weights` are those of groups; a group without one weighs 1. Groups stand beside the scores that
    are in none.
    """

    method: AnyMean = Mean.ARITHMETIC
    missing: MissingPolicy = field(factory=Skip)
    groups: tuple[Group, ...] = ()
    weights: Mapping[str, float] = field(factory=dict)
    veto: Veto | None = None
    caps: Caps | None = None

    def total(
        self, parts: Iterable[Part], adjustments: Mapping[str, float] | None = None
    ) -> Aggregate:
        """The total of the parts that are due.

        Coverage is the share of their weight that has a score, down the tree. There is no score
        where nothing has one.

        >>> parts = [
        ...     Part(id="a", weight=1.0, score=80.0),
        ...     Part(id="b", weight=1.0, score=40.0),
        ...     Part(id="c", weight=2.0, score=None, missing=True),
        ... ]
        >>> Summing().total(parts).score, Summing().total(parts).coverage
        (60.0, 0.5)
        """
        members = tuple(parts)
        if not self.groups and self.veto is None and self.caps is None:
            return _mean(members, self.method, self.missing)
        leaves = {part.id: part for part in members}
        totals: dict[str, Aggregate] = {}
        grouped = {leaf for group in self.groups for leaf in group.leaves}
        top: list[Member] = [*self.groups, *(id for id in leaves if id not in grouped)]
        nodes = self._nodes(top, leaves, totals)
        found = _mean(nodes, self.method, self.missing)
        return self._beyond(found, leaves, adjustments or {}, totals)

    def _nodes(
        self, members: Iterable[Member], leaves: Mapping[str, Part], totals: dict[str, Aggregate]
    ) -> tuple[Part, ...]:
        """The members that are due; the totals of groups are noted on the way."""
        nodes: list[Part] = []
        for member in members:
            if isinstance(member, Group):
                below = self._nodes(member.members, leaves, totals)
                if below:
                    nodes.append(self._branch(member, below, totals))
            elif member in leaves:
                nodes.append(leaves[member])
        return tuple(nodes)

    def _branch(self, group: Group, below: tuple[Part, ...], totals: dict[str, Aggregate]) -> Part:
        found = _mean(below, group.method or self.method, group.missing or self.missing)
        totals[group.id] = found
        return Part(
            id=group.id,
            weight=self.weights.get(group.id, 1.0),
            score=found.score,
            missing=found.score is None and all(node.missing for node in below),
            coverage=0.0 if found.score is None else found.coverage,
            shares=found.contributions,
            undefined=found.reason is Reason.SCORE_NOT_POSITIVE,
        )

    def _beyond(
        self,
        found: Aggregate,
        leaves: Mapping[str, Part],
        adjustments: Mapping[str, float],
        totals: Mapping[str, Aggregate] | None = None,
    ) -> Aggregate:
        """The total with its groups, adjustments and the veto."""
        groups = tuple((totals or {}).items())
        shares, score, reason = found.contributions, found.score, found.reason
        if score is not None and self.caps is not None:
            shares += self.caps.limited(adjustments)
            score = math.fsum(share for _, share in shares)
        vetoed_by: tuple[str, ...] = ()
        if self.veto is not None and reason is not Reason.NOTHING_SCORED:
            vetoed_by = self.veto.cast_by(self._scores(leaves, groups))
        # A veto raises no total.
        if self.veto is not None and vetoed_by and (score is None or score > self.veto.total):
            shares, score, reason = ((VETO, self.veto.total),), self.veto.total, None
        return Aggregate(
            score=score,
            coverage=found.coverage,
            contributions=shares,
            reason=reason,
            groups=groups,
            vetoed_by=vetoed_by,
        )

    def _scores(
        self, leaves: Mapping[str, Part], groups: Iterable[tuple[str, Aggregate]]
    ) -> dict[str, float | None]:
        """What a veto looks at: scores, those of groups, and what stands for missing ones."""
        policies = {
            member if isinstance(member, str) else member.id: group.missing or self.missing
            for top in self.groups
            for group in top.groups
            for member in group.members
        }
        scores: dict[str, float | None] = {}
        for id, node in leaves.items():
            policy = policies.get(id, self.missing)
            scores[id] = policy.substitute(id) if node.missing else node.score
        for id, total in groups:
            unknown = total.reason is Reason.NOTHING_SCORED
            policy = policies.get(id, self.missing)
            scores[id] = policy.substitute(id) if unknown else total.score
        return scores


def _mean(nodes: Sequence[Part], method: AnyMean, missing: MissingPolicy) -> Aggregate:
    """The mean of the members of one group."""
    scored = [part for part in nodes if part.score is not None]
    whole = len(scored) == len(nodes)
    base = math.fsum([part.weight for part in nodes])
    coverage = math.fsum([part.weight * part.coverage for part in scored]) / base if base else 0.0
    if not whole and any(part.undefined for part in nodes):
        # It was scored, too low for its mean: never left out.
        return Aggregate(score=None, coverage=coverage, reason=Reason.SCORE_NOT_POSITIVE)
    if not scored:
        return Aggregate(score=None, coverage=0.0, reason=Reason.NOTHING_SCORED)
    if not missing.enough(coverage):
        return Aggregate(score=None, coverage=coverage, reason=Reason.COVERAGE_TOO_LOW)
    if not whole:
        scored = [*_counted(nodes, missing)]
        base = math.fsum([part.weight for part in scored])
    scores = [part.score or 0.0 for part in scored]
    found = factors(scores, [part.weight / base for part in scored], method)
    if found is None:
        return Aggregate(score=None, coverage=coverage, reason=Reason.SCORE_NOT_POSITIVE)
    shares: list[tuple[str, float]] = []
    for factor, score, part in zip(found, scores, scored, strict=True):
        if part.shares is None:
            shares.append((part.id, score * factor))
        else:
            shares += [(id, share * factor) for id, share in part.shares]
    total = math.fsum([share for _, share in shares])
    return Aggregate(score=total, coverage=coverage, contributions=tuple(shares))


def _counted(nodes: Sequence[Part], missing: MissingPolicy) -> Iterator[Part]:
    """What has a score, and substitutes for what is missing, in their order."""
    for node in nodes:
        if node.score is not None:
            yield node
        elif node.missing:
            score = missing.substitute(node.id)
            if score is not None:
                yield Part(node.id, node.weight, score)


def aggregate(
    scores: Mapping[str, float | None],
    *,
    weights: Mapping[str, float] | None = None,
    method: AnyMean | str = Mean.ARITHMETIC,
    missing: AnyMissing = "skip",
    groups: Iterable[Group] = (),
    veto: Veto | None = None,
    adjustments: Mapping[str, float] | None = None,
    caps: Caps | None = None,
) -> Aggregate:
    """Scores by id as one score, with its coverage and contributions.

    None is a score that is missing; `missing` says what that does ("skip" by default). Weights are
    equal, or positive for every id, of groups too; only their proportions within a group count.
    `method` is "arithmetic", "geometric", "harmonic", "minimum", "power(2)" or a PowerMean;
    geometric, harmonic and power means want scores above zero: where one is not, there is no score
    (`score_not_positive`), rather than a guess. `groups` are summed up first, each as one score
    beside those that are in none. `adjustments` are points on top, bonuses above zero and
    deductions below, within `caps`; a `veto` overrides the total.

    Raises ModelError for whatever does not fit, all at once.

    >>> items = {"a": 75.368, "b": 96.844, "c": 74.940, "d": 83.404}
    >>> round(aggregate(items, method="geometric").score, 3)
    82.185
    >>> aggregate({"a": 80.0, "b": None}).coverage
    0.5
    >>> tree = [Group(id="education", members=["mean_years", "expected_years"])]
    >>> scores = {"health": 0.9, "mean_years": 0.5, "expected_years": 0.7, "income": 0.8}
    >>> round(aggregate(scores, groups=tree, method="arithmetic").score, 4)
    0.7667
    """
    refuse(
        Problem(place=place, expected=expected, found=shown(value))
        for place, value, kind, expected in (
            ("scores", scores, Mapping, "{id: score or None}"),
            ("weights", weights, Mapping | None, "{id: weight}, or None"),
            ("groups", groups, Iterable, "a list of groups"),
            ("veto", veto, Veto | None, "a Veto, or None"),
            ("caps", caps, Caps | None, "Caps, or None"),
        )
        if not isinstance(value, kind) or (kind is Iterable and isinstance(value, str | Mapping))
    )
    groups, points = _groups_in(groups), {} if adjustments is None else adjustments
    ids = [*scores, *(group.id for top in groups for group in top.groups)]
    gathered = Gathered()
    gathered.add(
        *_unfit_scores(scores),
        *(() if weights is None else unfit_weights(weights, ids)),
        *unfit_groups(groups, scores),
        *unfit_veto(veto, ids),
        *unfit_adjustments(points, caps, ids),
    )
    mean = gathered.attempt("method", lambda: as_mean(method))
    absent = gathered.attempt("missing", lambda: as_missing(missing))
    gathered.finish(ModelError)
    known = {} if weights is None else {id: float(weight) for id, weight in weights.items()}
    parts = [
        Part(
            id=id,
            weight=known.get(id, 1.0),
            score=None if score is None else float(score),
            missing=score is None,
        )
        for id, score in scores.items()
    ]
    summing = Summing(
        method=mean or Mean.ARITHMETIC,
        missing=absent or Skip(),
        groups=groups,
        weights=known,
        veto=veto,
        caps=caps,
    )
    return summing.total(parts, {id: float(each) for id, each in points.items()})


def _groups_in(groups: Iterable[Any]) -> tuple[Group, ...]:
    """The groups, each of them one."""
    given = tuple(groups)
    refuse(
        Problem(place=f"groups[{index}]", expected="a Group", found=shown(each))
        for index, each in enumerate(given)
        if not isinstance(each, Group)
    )
    return given


def _unfit_scores(scores: Mapping[str, float | None]) -> Iterator[Problem]:
    for id, score in scores.items():
        if score is not None:
            yield from unfit_number(f"scores.{id}", as_float(score))


def unfit_weights(weights: Mapping[str, Any], ids: Iterable[str]) -> Iterator[Problem]:
    """What is wrong with weights that must be positive, and cover all the ids and nothing else."""
    known = tuple(ids)
    for id, weight in weights.items():
        if id not in known:
            yield Problem(
                place=f"weights.{id}",
                expected="an id that has a score",
                found=shown(id),
                hint=near_hint(id, known),
            )
        else:
            yield from unfit_weight(f"weights.{id}", weight)
    for id in known:
        if id not in weights:
            yield Problem(place=f"weights.{id}", expected="a weight", found="none")


def unfit_weight(place: str, weight: Any) -> Iterator[Problem]:
    """The problem of one weight that is no positive finite number."""
    number: Any = as_float(weight)
    if not isinstance(number, float) or not SMALLEST <= number <= LARGEST:
        yield Problem(place=place, expected="a positive finite number", found=shown(weight))
