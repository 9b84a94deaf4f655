"""A broken law: how one is looked for, and what is told of the smallest counterexample."""

from __future__ import annotations

import contextlib
import enum
from collections.abc import Callable, Iterable, Mapping
from typing import ParamSpec, TypeVar

from attrs import frozen
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Flaky
from hypothesis.strategies import SearchStrategy

from ipplan.errors import IPPlanError, ModelError, Problem, shown

__all__ = [
    "Fault",
    "LawBroken",
    "answering",
    "claimed",
    "name_of",
    "same_number",
    "try_laws",
]

P = ParamSpec("P")
T = TypeVar("T")
Law = TypeVar("Law", bound=enum.Enum)

_TOLERANCE = 1e-6
"""Values count as equal within this, relative to 1 or the larger; a law is about more."""


_SEARCH = (Phase.generate, Phase.shrink)
"""How a counterexample is looked for: found, then made as small as it gets."""


class LawBroken(IPPlanError, AssertionError):  # noqa: N818 - it reads as a verdict
    """A law that does not hold; `law` is which, the message holds the smallest counterexample."""

    def __init__(self, law: enum.Enum, message: str) -> None:
        super().__init__(Problem(expected=str(law.value), found=message))
        self.law = law
        self.message = message

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[type[LawBroken], tuple[enum.Enum, str]]:
        return type(self), (self.law, self.message)


@frozen(kw_only=True)
class Fault:
    """One counterexample: the inputs and what came out of them, in words."""

    inputs: str
    found: str


class Raised(IPPlanError):  # noqa: N818 - it says what happened, and never leaves a check
    """What a function raised instead of an answer, as the fault of the law being tried."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(Problem(expected="an answer", found=fault.found))
        self.fault = fault


def answering(function: Callable[P, T], shown: Callable[P, str]) -> Callable[P, T]:
    """The function, with what it raises told as a fault: no law holds where there is no answer."""

    def answer(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return function(*args, **kwargs)
        except Exception as error:
            inputs = shown(*args, **kwargs)
            raise Raised(Fault(inputs=inputs, found=f"{type(error).__name__}: {error}")) from error

    return answer


def claimed(thing: object, laws: Iterable[Law] | None, usual: Iterable[Law]) -> frozenset[Law]:
    """The laws to try: those named, or those that the thing claims in `laws`, or the usual ones."""
    return frozenset(getattr(thing, "laws", usual) if laws is None else laws)


def try_laws(
    faults: Mapping[Law, Callable[[T], Fault | None]],
    name: str,
    samples: SearchStrategy[T],
    *,
    max_examples: int,
) -> None:
    """Try all laws on the same samples; raise LawBroken for the first, with its smallest sample.

    What remembers may break a law once and not again; then the sample is the one that was seen.
    Raises ModelError where `max_examples` is not a whole number of 1 or more.
    """
    _refuse_no_examples(max_examples)
    found: dict[Law, Fault | None] = dict.fromkeys(faults)
    if len(faults) > 1:
        found = _broken(faults, samples, max_examples)
    law = next((law for law in faults if law in found), None)
    if law is None:
        return
    fault = _smallest(faults[law], samples, max_examples) or found[law]
    if fault is not None:
        raise LawBroken(law, _told(law, name, fault))


def _refuse_no_examples(count: object) -> None:
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise ModelError(
            Problem(
                place="max_examples", expected="a whole number of 1 or more", found=shown(count)
            )
        )


def _broken(
    faults: Mapping[Law, Callable[[T], Fault | None]],
    samples: SearchStrategy[T],
    max_examples: int,
) -> dict[Law, Fault | None]:
    """The laws that were seen broken, each with the first fault seen."""
    found: dict[Law, Fault | None] = {}

    def gather(sample: T) -> None:
        for law, fault in faults.items():
            seen = _seen(fault, sample)
            if seen is not None:
                found.setdefault(law, seen)
                return

    _run(gather, samples, max_examples, Phase.generate)
    return found


def _smallest(
    fault: Callable[[T], Fault | None], samples: SearchStrategy[T], max_examples: int
) -> Fault | None:
    """The smallest fault that a search finds; the last one that it tries is the smallest."""
    last: Fault | None = None

    def refuse(sample: T) -> None:
        nonlocal last
        seen = _seen(fault, sample)
        if seen is not None:
            last = seen
            raise Raised(seen)

    with contextlib.suppress(Raised, Flaky):
        _run(refuse, samples, max_examples, *_SEARCH)
    return last


def _seen(fault: Callable[[T], Fault | None], sample: T) -> Fault | None:
    try:
        return fault(sample)
    except Raised as raised:
        return raised.fault


def _run(
    check: Callable[[T], None], samples: SearchStrategy[T], max_examples: int, *phases: Phase
) -> None:
    """Run a check on samples, the same ones each time."""

    @settings(
        max_examples=max_examples,
        derandomize=True,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )
    @given(samples)
    def checked(sample: T) -> None:
        check(sample)

    checked()


def _told(law: enum.Enum, name: str, fault: Fault) -> str:
    return (
        f"{name} breaks the law {law.name}\n"
        f"  inputs: {fault.inputs}\n"
        f"  the law says: {law.value}\n"
        f"  came out: {fault.found}"
    )


def name_of(thing: object) -> str:
    """What a rule or a function is called: its own name, or its class's."""
    name = getattr(thing, "name", None) or getattr(thing, "__qualname__", None)
    return name if isinstance(name, str) else type(thing).__qualname__


def same_number(first: float, second: float) -> bool:
    """Whether two values are equal but for rounding.

    >>> same_number(0.1 + 0.2, 0.3), same_number(1.0, 1.001)
    (True, False)
    """
    return abs(first - second) <= _TOLERANCE * max(1.0, abs(first), abs(second))
