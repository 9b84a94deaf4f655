"""Laws of scoring rules: each as a search for a case in which a rule breaks it."""

from __future__ import annotations

import contextlib
import copy
import math
from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeAlias

from attrs import evolve, fields, frozen
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ipplan.ops import FLOATS
from ipplan.reasons import Reason
from ipplan.scoring.laws import USUAL_LAWS, Law
from ipplan.scoring.registry import as_rule
from ipplan.scoring.rule import Case, ScoringRule, figure_of, score_of
from ipplan.testing.broken import Fault, claimed, name_of, same_number, try_laws
from ipplan.testing.cases import cases as any_cases
from ipplan.testing.cases import rounded, turned

__all__ = ["check_rule"]

_NARROW = 1e-9
"""An interval this narrow, relative, is a small step."""
_HALVINGS = 20
"""Over this many halvings of a step the value's own step must shrink."""


@frozen(kw_only=True)
class Sample:
    """What a law is tried on: two cases, a factor, a shift, and a place at a bound."""

    case: Case
    other: Case
    factor: float
    shift: float
    at_high: bool
    expected: float

    @property
    def compared(self) -> tuple[Case, Case]:
        """The case with the lower and with the higher of the two actuals."""
        low, high = sorted((self.case.actual, self.other.actual))
        return evolve(self.case, actual=low), evolve(self.case, actual=high)


@st.composite
def samples(draw: st.DrawFn, cases: SearchStrategy[Case]) -> Sample:
    """Samples over the cases."""
    case = draw(cases)
    at_high = draw(st.booleans())
    return Sample(
        case=case,
        other=draw(cases),
        factor=draw(st.sampled_from((10.0, 3.0, 10000.0, 0.001, 1.0 / 3.0))),
        shift=draw(st.integers(-1000, 1000).map(float)),
        at_high=at_high,
        expected=draw(rounded(case.high if at_high else case.low)),
    )


def check_rule(
    rule: ScoringRule | str,
    laws: Iterable[Law] | None = None,
    max_examples: int = 100,
    *,
    cases: SearchStrategy[Case] | None = None,
) -> None:
    """Try the laws that a rule claims in `laws`, or the ones given; raise LawBroken for a breach.

    A name stands for the rule of that name with its default options. A rule that claims nothing is
    held to `USUAL_LAWS`. `cases` narrows what a rule is tried on, where it is meant for some cases
    only.

    >>> from ipplan.scoring import Goalposts, PassFail
    >>> check_rule(PassFail())
    >>> check_rule("pace")
    >>> check_rule(Goalposts(lower=0, upper=100), [Law.MONOTONE], cases=any_cases(ways=[1.0]))
    >>> check_rule(PassFail(), [Law.CONTINUOUS])  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ipplan.testing.broken.LawBroken: pass_fail breaks the law CONTINUOUS
    """
    rule = as_rule(rule)
    tried = claimed(rule, laws, USUAL_LAWS)
    drawn = samples(any_cases() if cases is None else cases)
    faults = {law: partial(fault, rule) for law, fault in _FAULTS.items() if law in tried}
    if Law.INDEPENDENT in faults:  # on a rule that has scored nothing yet
        faults[Law.INDEPENDENT] = partial(_remembers, _copied(rule))
    try_laws(faults, name_of(rule), drawn, max_examples=max_examples)


def _indeterminate(rule: ScoringRule, sample: Sample) -> Fault | None:
    case = sample.case
    try:
        if any(condition for _, condition in rule.refusals(case, FLOATS)):
            return None
        value = rule.value(case, FLOATS)
        graded = rule.graded(value, case, FLOATS)
    except Exception as error:  # noqa: BLE001 - whatever a rule raises is what the law is about
        return Fault(inputs=_shown(case), found=f"{type(error).__name__}: {error}")
    if _is_number(value) and _is_number(graded):
        return None
    return Fault(inputs=_shown(case), found=f"value {value!r}, {graded!r} for the scale")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)


def _number_from_null(rule: ScoringRule, sample: Sample) -> Fault | None:
    case = evolve(sample.case, actual=math.nan)
    value = figure_of(rule, case)
    if isinstance(value, Reason):
        return None
    return Fault(inputs=_shown(case), found=f"value {value!r}")


def _remembers(rule: ScoringRule, sample: Sample) -> Fault | None:
    """Score a case, another one, and the first again, each time by a rule of its own."""
    rule, case = _copied(rule), sample.case
    first, _, again = (figure_of(rule, each) for each in (case, sample.other, case))
    if first == again:
        return None
    return Fault(
        inputs=f"{_shown(case)}; then {_shown(sample.other)}; then the first again",
        found=f"{_outcome(first)}, then {_outcome(again)}",
    )


def _copied(rule: ScoringRule) -> ScoringRule:
    """A rule that remembers apart from the one given, or that one where it cannot be copied."""
    with contextlib.suppress(Exception):
        return copy.deepcopy(rule)
    return rule


def _out_of_bounds(rule: ScoringRule, sample: Sample) -> Fault | None:
    case, scale = sample.case, rule.scale
    value = figure_of(rule, case)
    if isinstance(value, Reason):
        return None
    score = scale.score(rule.graded(value, case, FLOATS))
    slack = 1e-9 * max(1.0, abs(score))
    if math.isnan(score) or scale.least - slack <= score <= scale.greatest + slack:
        return None
    limits = f"outside {scale.least!r}..{scale.greatest!r}"
    return Fault(inputs=_shown(case), found=f"score {score!r} for the value {value!r}, {limits}")


def _better_earns_less(rule: ScoringRule, sample: Sample) -> Fault | None:
    low, high = sample.compared
    worse, better = (low, high) if sample.case.way > 0.0 else (high, low)
    less, more = figure_of(rule, worse), figure_of(rule, better)
    if sample.case.way == 0.0 or isinstance(less, Reason) or isinstance(more, Reason):
        return None
    lower, higher = score_of(rule, less, worse), score_of(rule, more, better)
    if not _falls(less, more) and not _score_falls(lower, higher):
        return None
    earned = f"{_earned(less, lower)}, then {_earned(more, higher)} for the better actual"
    return _fault_of_two(worse, better, earned)


def _falls(before: float, after: float) -> bool:
    return after < before and not same_number(before, after)


Scored: TypeAlias = tuple[float, float] | None
"""A value as the scale sees it, with its score, as `score_of` gives them."""


def _score_falls(before: Scored, after: Scored) -> bool:
    """Whether the score falls, but not where only rounding parts what the scale sees.

    A scale with steps makes much of a rounding error at a threshold.
    """
    if before is None or after is None or same_number(before[0], after[0]):
        return False
    return _falls(before[1], after[1])


def _earned(value: float, scored: Scored) -> str:
    return f"value {value!r} ({'no score' if scored is None else f'score {scored[1]!r}'})"


def _not_full(rule: ScoringRule, sample: Sample) -> Fault | None:
    if sample.case.strict:
        return None
    return _not_worth(rule, evolve(sample.case, actual=sample.expected), 1.0)


def _not_zero(rule: ScoringRule, sample: Sample) -> Fault | None:
    return _not_worth(rule, evolve(sample.case, actual=sample.case.baseline), 0.0)


def _not_worth(rule: ScoringRule, case: Case, wanted: float) -> Fault | None:
    value = figure_of(rule, case)
    if isinstance(value, Reason) or same_number(value, wanted):
        return None
    return Fault(inputs=_shown(case), found=f"value {value!r}")


def _unit_matters(rule: ScoringRule, sample: Sample) -> Fault | None:
    return _differs(rule, sample.case, turned(sample.case, factor=sample.factor))


def _origin_matters(rule: ScoringRule, sample: Sample) -> Fault | None:
    return _differs(rule, sample.case, turned(sample.case, shift=sample.shift))


def _sign_matters(rule: ScoringRule, sample: Sample) -> Fault | None:
    return _differs(rule, sample.case, turned(sample.case, factor=-1.0))


def _differs(rule: ScoringRule, case: Case, other: Case) -> Fault | None:
    """A fault where one of two cases has another value, or a value where the other has none."""
    first, second = figure_of(rule, case), figure_of(rule, other)
    if isinstance(first, Reason) or isinstance(second, Reason):
        alike = isinstance(first, Reason) and isinstance(second, Reason)
    else:
        alike = same_number(first, second)
    if alike:
        return None
    return _fault_of_two(case, other, f"{_outcome(first)}, then {_outcome(second)}")


def _outcome(value: float | Reason) -> str:
    return f"no value ({value.value})" if isinstance(value, Reason) else f"value {value!r}"


def _jumps(rule: ScoringRule, sample: Sample) -> Fault | None:
    """Narrow the step between two actuals, keeping the half over which the value changes more."""
    low, high = sample.compared
    start, end = figure_of(rule, low), figure_of(rule, high)
    if high.actual - low.actual <= 1e-3 * abs(high.actual):
        return None
    changes: list[float] = []
    while not isinstance(start, Reason) and not isinstance(end, Reason):
        changes.append(abs(end - start))
        if len(changes) > 200 or _narrow(low.actual, high.actual):
            break
        middle = evolve(low, actual=(low.actual + high.actual) / 2.0)
        value = figure_of(rule, middle)
        if isinstance(value, Reason):
            return None
        if abs(value - start) >= abs(end - value):
            high, end = middle, value
        else:
            low, start = middle, value
    if not changes or changes[-1] <= max(1e-6, 0.5 * changes[max(0, len(changes) - 1 - _HALVINGS)]):
        return None
    return _fault_of_two(low, high, f"value {start!r}, then {end!r}")


def _narrow(low: float, high: float) -> bool:
    return high - low <= _NARROW * min(abs(low), abs(high))


_FAULTS: dict[Law, Callable[[ScoringRule, Sample], Fault | None]] = {
    Law.DETERMINATE: _indeterminate,
    Law.INDEPENDENT: _remembers,
    Law.NULL_IN_NULL_OUT: _number_from_null,
    Law.BOUNDED: _out_of_bounds,
    Law.MONOTONE: _better_earns_less,
    Law.FULL_AT_TARGET: _not_full,
    Law.ZERO_AT_BASELINE: _not_zero,
    Law.UNIT_FREE: _unit_matters,
    Law.SHIFT_FREE: _origin_matters,
    Law.MIRRORED: _sign_matters,
    Law.CONTINUOUS: _jumps,
}

_WORDS = {(1.0, 0.0): "at least", (1.0, 1.0): "more than", (-1.0, 0.0): "at most"}


def _shown(case: Case) -> str:
    """A case in words: what is expected, and everything else that is known."""
    if case.way == 0.0:
        expected = f"between {case.low!r} and {case.high!r}"
    else:
        expected = f"{_WORDS.get((case.way, case.strict), 'less than')} {case.low!r}"
    named = ((each.name, getattr(case, each.name)) for each in fields(Case)[5:])
    usual = {"share": 1.0}
    known = [
        f"{name} {value!r}"
        for name, value in named
        if not math.isnan(value) and value != usual.get(name)
    ]
    actual = "unknown" if math.isnan(case.actual) else repr(case.actual)
    return ", ".join((f"actual {actual}", f"expected {expected}", *known))


def _fault_of_two(first: Case, second: Case, found: str) -> Fault:
    return Fault(inputs=f"{_shown(first)}; then {_shown(second)}", found=found)
