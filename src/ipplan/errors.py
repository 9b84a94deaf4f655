"""Errors: one root, and problems that say where, what was expected, what was found, what to do."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from typing import TypeVar

from attrs import evolve, frozen

__all__ = [
    "ActualsError",
    "ActualsUnitError",
    "EngineError",
    "Gathered",
    "IPPlanError",
    "ModelError",
    "PeriodError",
    "PlanFileError",
    "Problem",
    "UnitError",
    "UnknownIdError",
    "article",
    "listed",
    "near",
    "near_hint",
    "one_of",
    "shown",
]

T = TypeVar("T")

_SHOWN_CHARACTERS = 60


def shown(value: object) -> str:
    """A value as messages quote it: its repr, cut to a readable length.

    >>> shown("x" * 100)[-6:]
    'xxx...'
    """
    try:
        text = repr(value)
    except Exception as error:  # noqa: BLE001 - a foreign object's broken repr must not hide the problem itself
        text = f"<{type(value).__name__}, whose repr failed: {type(error).__name__}>"
    if len(text) <= _SHOWN_CHARACTERS:
        return text
    return text[: _SHOWN_CHARACTERS - 3] + "..."


def near(name: object, known: Iterable[str]) -> tuple[str, ...]:
    """The names out of `known` that look like `name` or contain it, at most three.

    >>> near("pct_aplications", ["pct_applications", "case_growth"])
    ('pct_applications',)
    """
    text, names = str(name)[:100], list(known)
    alike = difflib.get_close_matches(text, names, n=3, cutoff=0.55)
    containing = [each for each in names if len(text) > 1 and text in each]
    return tuple(dict.fromkeys((*alike, *containing)))[:3]


def near_hint(name: object, known: Iterable[str]) -> str:
    """The hint that lists near names, empty where nothing is near.

    >>> near_hint("rato", ["ratio", "progress"])
    'near: ratio'
    """
    names = near(name, known)
    return f"near: {', '.join(names)}" if names else ""


@frozen(kw_only=True)
class Problem:
    """One thing that is wrong with an input.

    `place` is a dotted path into a plan (`indicators.pct_applications.milestones[2]`) or a place in
    a file (`actuals.csv row 7, column value`); it is empty when the value stands for itself.
    """

    place: str = ""
    expected: str
    found: str
    hint: str = ""

    def within(self, place: str) -> Problem:
        """The same problem, seen from outside: its place is put below `place`."""
        if not place:
            return self
        if not self.place:
            return evolve(self, place=place)
        joint = "" if self.place.startswith("[") or place.endswith(" ") else "."
        return evolve(self, place=f"{place}{joint}{self.place}")

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{where}expected {self.expected}, found {self.found}{hint}"


class IPPlanError(Exception):
    """The root of every error that ipplan raises on purpose; `problems` holds all that is wrong.

    >>> raise IPPlanError(Problem(place="start", expected="a year", found="'soon'"))
    Traceback (most recent call last):
    ipplan.errors.IPPlanError: start: expected a year, found 'soon'
    """

    problems: tuple[Problem, ...]

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        if len(self.problems) == 1:
            return str(self.problems[0])
        lines = (f"  {number}. {problem}" for number, problem in enumerate(self.problems, 1))
        return "\n".join((f"{len(self.problems)} problems:", *lines))

    def within(self, place: str) -> tuple[Problem, ...]:
        """The problems with their places put below `place`, for the error of a larger whole."""
        return tuple(problem.within(place) for problem in self.problems)


class ModelError(IPPlanError, ValueError):
    """A part of a plan that cannot be: a bad id, an empty name, milestones out of order."""


class PlanFileError(IPPlanError, ValueError):
    """A plan file that cannot be read, with every problem found in it; `path` names the file."""

    path: str = ""

    @classmethod
    def of(cls, path: object, *problems: Problem) -> PlanFileError:
        """The error for a file."""
        error = cls(*problems)
        error.path = str(path)
        return error

    def __str__(self) -> str:
        return f"{self.path}: {super().__str__()}" if self.path else super().__str__()


class ActualsError(IPPlanError, ValueError):
    """Actuals that cannot be used, with every problem found in them."""


class EngineError(IPPlanError, RuntimeError):
    """An engine that cannot be used here: a package of an extra is missing, or Java is."""


class PeriodError(IPPlanError, ValueError):
    """Something that is not a year, half, quarter, month or date."""


class UnitError(IPPlanError, ValueError):
    """A number or unit that cannot be read, or a unit that does not fit."""


class ActualsUnitError(ActualsError, UnitError):
    """Actuals in which nothing is wrong but numbers and units."""


class UnknownIdError(IPPlanError, KeyError):
    """An id that the plan does not have; `near` lists ids that look like it.

    >>> raise UnknownIdError.of("task", "2.1.9", ["2.1.1", "2.1.2"])
    Traceback (most recent call last):
    ipplan.errors.UnknownIdError: expected the id of a task, found '2.1.9' (near: 2.1.2, 2.1.1)
    """

    near: tuple[str, ...] = ()

    @classmethod
    def of(cls, kind: str, found: object, known: Iterable[str]) -> UnknownIdError:
        """The error for an unknown id of some kind ("indicator", "task", ...)."""
        ids = tuple(known)
        error = cls(
            Problem(
                expected=f"the id of {article(kind)} {kind}",
                found=shown(found),
                hint=near_hint(found, ids),
            )
        )
        error.near = near(found, ids)
        return error


class Gathered:
    """Problems gathered over the parts of a whole, so that all are told at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.only_units = True
        """Whether every problem so far is one of numbers and units."""

    def attempt(self, place: str, make: Callable[[], T], *, instead: bool = False) -> T | None:
        """What `make` gives; None, with its problems kept below `place`, where it raises.

        `instead`: `place` takes the place of the problem's own.
        """
        try:
            return make()
        except IPPlanError as error:
            told = error.within(place)
            if instead:
                told = tuple(evolve(problem, place=place) for problem in error.problems)
            self.problems.extend(told)
            self.only_units &= isinstance(error, UnitError)
            return None

    def add(self, *problems: Problem) -> None:
        """Keep problems that are not of a number or unit."""
        self.problems.extend(problems)
        self.only_units &= not problems

    def insert(self, index: int, problem: Problem) -> None:
        """Keep a problem that is not of a number or unit, before those gathered from there on."""
        self.problems.insert(index, problem)
        self.only_units = False

    def finish(self, error: type[IPPlanError]) -> None:
        """Raise what was gathered, if anything was."""
        if self.problems:
            raise error(*self.problems)


def article(noun: str) -> str:
    """`a` or `an`, as the noun needs."""
    return "an" if noun[:1] in "aeiou" else "a"


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names as a message lists them: the first ones, and how many there are beside them.

    >>> listed(["a", "b", "c"], 2)
    'a, b and 1 more'
    """
    every = [*names]
    rest = len(every) - most
    return ", ".join(every[:most]) + (f" and {rest} more" if rest > 0 else "")


def one_of(names: Iterable[str]) -> str:
    """How a message lists a choice.

    >>> one_of(["up", "down"])
    'one of up, down'
    """
    return f"one of {', '.join(names)}"
