"""A broken law: how one is looked for, and what is told of the smallest counterexample."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from typing import TypeVar

from attrs import frozen
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

from ipplan.errors import IPPlanError, Problem

__all__ = ["Fault", "LawBroken", "name_of", "same_number", "try_laws"]

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


def try_laws(
    faults: Mapping[Law, Callable[[T], Fault | None]],
    name: str,
    samples: SearchStrategy[T],
    *,
    max_examples: int,
) -> None:
    """Try all laws on the same samples; raise LawBroken for the first, with its smallest sample."""
    if len(faults) == 1:
        [(only, fault)] = faults.items()
        _smallest(only, fault, name, samples, max_examples)
        return
    broken: set[Law] = set()

    def gather(sample: T) -> None:
        for law, fault in faults.items():
            if fault(sample) is not None:
                broken.add(law)
                return

    if len(faults) > 1:
        _run(gather, samples, max_examples, Phase.generate)
    else:  # nothing to choose from
        broken.update(faults)
    law = next((law for law in faults if law in broken), None)
    if law is not None:
        _smallest(law, faults[law], name, samples, max_examples)


def _smallest(
    law: Law,
    fault: Callable[[T], Fault | None],
    name: str,
    samples: SearchStrategy[T],
    max_examples: int,
) -> None:
    def refuse(sample: T) -> None:
        found = fault(sample)
        if found is not None:
            raise LawBroken(law, _told(law, name, found))

    try:
        _run(refuse, samples, max_examples, *_SEARCH)
    except LawBroken as broken:
        raise LawBroken(law, broken.message) from None


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
