"""Program: the columns that an assessment adds, as a graph over a lookup table and the data."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from attrs import evolve, fields

from ipplan.frames.formula import Condition, Graph, Number, Value
from ipplan.frames.lookup import SET_ASIDE, Entry, Verdict
from ipplan.frames.outcome import Demand, Outcome, classes_of, outcome
from ipplan.model.fields import LARGEST, SMALLEST
from ipplan.reasons import Reason, SetAside, State
from ipplan.scoring import ScoringRule
from ipplan.scoring.attainment import alike
from ipplan.scoring.rule import Case
from ipplan.status import AnyScale

__all__ = [
    "PRESENT",
    "REFERENCE",
    "REFERENCED",
    "REPEATED",
    "UNITED",
    "USABLE",
    "VALUE",
    "program_of",
]

VALUE, PRESENT, USABLE, REFERENCE, REFERENCED, REPEATED, UNITED = (
    f"__ipplan_{name}"
    for name in ("value", "present", "usable", "reference", "referenced", "repeated", "united")
)
"""What a program reads of each row, none of it null: the value in the indicator's unit and whether
there is one, and one to calculate with; the figure that relative bounds are multiples of, likewise;
whether another row says something of the same; and whether the value's unit is known.
"""


_OUTCOME = tuple(each.name for each in fields(Outcome))
_FIGURES = ("met", "ratio", "progress", "score")


def program_of(entries: Sequence[Entry], columns: Container[str]) -> dict[str, Value]:
    """What each column comes to, null where not valid, for a lookup table of these entries.

    `columns` are those that there are of what a program reads.
    """
    graph, nowhere = Graph(len(entries)), [False] * len(entries)
    flags = partial(_flags, graph, entries)
    present, usable = graph.truth(PRESENT), graph.truth(USABLE)
    relative, compared = flags("relative"), graph.both(flags("compared"), usable)
    if REFERENCED in columns:
        known = graph.either(graph.negated(relative), graph.truth(REFERENCED))
        compared = graph.both(compared, known)
    twice = graph.truth(REPEATED) if REPEATED in columns else graph.flags(nowhere)
    alien = graph.negated(graph.truth(UNITED)) if UNITED in columns else graph.flags(nowhere)
    compared = graph.both(compared, graph.negated(twice))
    unusable, case = graph.negated(usable), None
    if any(each.compared for each in entries):
        case = _cases(graph, entries, references=REFERENCED in columns)
        if REFERENCED in columns:
            far = graph.both(graph.truth(REFERENCED), graph.both(relative, _too_far(graph, case)))
            unusable = graph.either(unusable, far)
            compared = graph.both(compared, graph.negated(far))
    # What a relative bound comes to is known with its reference, and where nothing was reported.
    hidden = graph.both(graph.both(relative, present), graph.negated(compared))
    expected = graph.where(hidden, math.nan, graph.table([each.expected for each in entries]))
    nothing = graph.number(math.nan)
    found = evolve(Outcome(**dict.fromkeys(_OUTCOME, nothing)), met=graph.condition(None))
    statuses: tuple[str, ...] = ()
    if case is not None:
        scaled = graph.where(
            graph.equal(case.low, case.high), case.low, (case.low + case.high) * 0.5
        )
        expected = graph.where(graph.both(relative, compared), scaled, expected)
        found, statuses = _outcomes(graph, entries, case)
    verdict, verdicts = _verdicts(
        graph,
        entries,
        found.reason,
        compared,
        present=present,
        faults={
            SetAside.OUT_OF_RANGE: unusable,
            SetAside.UNKNOWN_UNIT: alien,
            SetAside.DUPLICATE: twice,
        },
    )
    states, reasons = zip(*verdicts, strict=True)
    return {
        "expected": graph.with_nulls(expected),
        **{name: graph.only(compared, getattr(found, name)) for name in _FIGURES},
        "status": graph.named(graph.only(compared, found.status), "status", statuses),
        "state": graph.named(verdict, "state", states),
        "reason": graph.named(verdict, "reason", reasons),
    }


def _flags(graph: Graph, entries: Iterable[Entry], name: str) -> Condition:
    return graph.flags(getattr(each, name) for each in entries)


def _cases(graph: Graph, entries: Sequence[Entry], *, references: bool) -> Case:
    """What the rules see of each row."""
    case = _case(graph, entries, "case", actual=graph.column(VALUE))
    if references:
        relative, reference = _flags(graph, entries, "relative"), graph.column(REFERENCE)
        one, other = (_flushed(graph, each * reference) for each in (case.low, case.high))
        turned = graph.more_than(one, other)
        low = graph.where(relative, graph.where(turned, other, one), case.low)
        high = graph.where(relative, graph.where(turned, one, other), case.high)
        case = evolve(case, low=low, high=high)
    above = graph.both(graph.equal(case.way, 0.0), graph.more_than(case.actual, case.high))
    beyond = graph.both(above, graph.negated(alike(case.actual, case.high, graph)))
    exceeding = graph.both(_flags(graph, entries, "generous"), graph.holds(beyond))
    return evolve(case, actual=graph.where(exceeding, case.high, case.actual))


def _too_far(graph: Graph, case: Case) -> Condition:
    """Whether a bound is too large to calculate with, as a multiple of a large figure is."""
    low, high = (graph.more_than(graph.abs(each), LARGEST) for each in (case.low, case.high))
    return graph.holds(graph.either(low, high))


def _flushed(graph: Graph, figure: Number) -> Number:
    """A calculated figure, with what is too small to calculate with taken as zero."""
    return graph.where(graph.more_than(SMALLEST, graph.abs(figure)), 0.0, figure)


def _case(graph: Graph, entries: Sequence[Entry], name: str, *, actual: Any) -> Case:
    """The cases of all entries as one, with columns for fields.

    What an entry without a case says is never read: it repeats another one's, so that what is the
    same in all cases is seen to be so.
    """
    cases: list[Case | None] = [getattr(each, name) for each in entries]
    filler = next((each for each in cases if each is not None), None)
    filler = filler or Case(actual=math.nan, low=math.nan, high=math.nan, way=1.0)
    known = [each or filler for each in cases]
    figures = {
        each.name: graph.table([getattr(case, each.name) for case in known])
        for each in fields(Case)
        if each.name not in {"actual", "achieved"}
    }
    return Case(actual=actual, **figures)


def _outcomes(
    graph: Graph, entries: Sequence[Entry], case: Case
) -> tuple[Outcome, tuple[str, ...]]:
    """What the actuals come to, each under its own rule, and the names of all statuses."""
    demand = Demand(
        final=_case(graph, entries, "final", actual=case.actual),
        **{
            name: _flags(graph, entries, name)
            for name in ("targeted", "decidable", "further", "at_target", "past_target")
        },
    )
    ways: list[tuple[ScoringRule, AnyScale]] = []
    places: list[int] = []
    for each in entries:
        way = (each.rule, each.scale)
        place = next((at for at, known in enumerate(ways) if known == way), len(ways))
        if place == len(ways) and each.rule is not None and each.scale is not None:
            ways.append((each.rule, each.scale))
        places.append(place if each.compared else -1)
    whole: Outcome | None = None
    statuses: list[str] = []
    for place, (rule, scale) in enumerate(ways):
        found = outcome(case, demand, rule, scale, graph)
        found = evolve(found, status=found.status + float(len(statuses)))
        statuses += [each.id for each in classes_of(scale)]
        here = graph.flags(each in (place, -1) for each in places)
        whole = found if whole is None else _chosen(graph, here, found, whole)
    if whole is None:
        raise AssertionError("no entry is compared with anything")
    return whole, tuple(statuses)


def _chosen(graph: Graph, here: Condition, one: Outcome, other: Outcome) -> Outcome:
    """One outcome where it applies, and elsewhere the other."""

    def chosen(name: str) -> Any:
        return graph.chosen(here, getattr(one, name), getattr(other, name))

    return Outcome(**{name: chosen(name) for name in _OUTCOME})


def _verdicts(
    graph: Graph,
    entries: Sequence[Entry],
    reason: Any,
    compared: Condition,
    *,
    present: Condition,
    faults: Mapping[SetAside, Condition],
) -> tuple[Number, tuple[Verdict, ...]]:
    """The place of each row's state and reason in the list of all; reasons stand first."""
    verdicts: list[Verdict] = [(State.SCORED.value, None)]
    for each in Reason:
        undue = each is Reason.NO_TARGET
        state = State.NOT_DUE if undue else State.NOT_COMPUTABLE
        verdicts.append((state.value, each.value))

    def place(verdict: Verdict) -> float:
        if verdict not in verdicts:
            verdicts.append(verdict)
        return float(verdicts.index(verdict))

    blank = graph.table([place(each.blank) for each in entries])
    other = graph.where(present, graph.table([place(each.idle) for each in entries]), blank)
    known = graph.flags(each.blank[0] != SET_ASIDE for each in entries)
    for why, holds in faults.items():  # the last one that holds is told
        at_fault = graph.both(graph.both(known, present), holds)
        other = graph.where(at_fault, place((SET_ASIDE, why.value)), other)
    return graph.where(compared, reason, other), tuple(verdicts)


STATES = (*(each.value for each in State), SET_ASIDE)
"""Every state of a row."""

REASONS = tuple(dict.fromkeys(each.value for each in (*Reason, *SetAside)))
"""Every reason of a row."""
