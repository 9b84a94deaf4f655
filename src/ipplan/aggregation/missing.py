"""Missing-data policies: what figures that are not there do to a total, always by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Protocol, TypeAlias, runtime_checkable

from attrs import Attribute, field, frozen

from ipplan.errors import ModelError, Problem, near_hint, one_of, shown
from ipplan.model.fields import as_float, finite, refuse, together, unfit_number
from ipplan.text import exact, number_in

__all__ = [
    "MISSING_NAMES",
    "AnyMissing",
    "MissingPolicy",
    "Require",
    "Skip",
    "Substitute",
    "Zero",
    "as_missing",
]


@runtime_checkable
class MissingPolicy(Protocol):
    """What missing figures do to a total."""

    @property
    def name(self) -> str:
        """The policy's name, as results print it."""
        ...

    def substitute(self, id: str) -> float | None:
        """The score that stands for a missing one; None leaves it out."""
        ...

    def enough(self, coverage: float) -> bool:
        """Whether there is a total at that coverage."""
        ...


@frozen(kw_only=True)
class Skip:
    """What has no score is left out, and the other weights share its place."""

    @property
    def name(self) -> str:
        """`skip`."""
        return "skip"

    def substitute(self, id: str) -> float | None:
        """None: it is left out."""
        return None

    def enough(self, coverage: float) -> bool:
        """At any coverage."""
        return True


@frozen(kw_only=True)
class Zero:
    """What is due and was not reported counts as 0, on purpose.

    What was reported and cannot be computed is left out: its figure is not missing.
    """

    @property
    def name(self) -> str:
        """`zero`."""
        return "zero"

    def substitute(self, id: str) -> float | None:
        """0."""
        return 0.0

    def enough(self, coverage: float) -> bool:
        """At any coverage."""
        return True


@frozen(kw_only=True, field_transformer=together)
class Require:
    """Like Skip, but there is no total where coverage is below `share`."""

    share: float = field(converter=as_float, validator=finite)

    def __attrs_post_init__(self) -> None:
        if not 0.0 < self.share <= 1.0:
            raise ModelError(
                Problem(place="share", expected="a share above 0, up to 1", found=shown(self.share))
            )

    @property
    def name(self) -> str:
        """`require` with its share in brackets."""
        return f"require({exact(self.share)})"

    def substitute(self, id: str) -> float | None:
        """None: it is left out."""
        return None

    def enough(self, coverage: float) -> bool:
        """From the share on, within 1e-9."""
        return coverage >= self.share - 1e-9


Scores: TypeAlias = float | Mapping[str, float]


def _substitutes(scores: Scores) -> float | tuple[tuple[str, float], ...]:
    if isinstance(scores, Mapping):
        return tuple((id, as_float(score)) for id, score in scores.items())
    return as_float(scores)


def _finite_scores(instance: object, attribute: Attribute[Any], value: object) -> None:
    if not isinstance(value, tuple):
        return finite(instance, attribute, value)
    return refuse(
        problem for id, score in value for problem in unfit_number(f"{attribute.name}.{id}", score)
    )


@frozen(kw_only=True, field_transformer=together)
class Substitute:
    """What is due and was not reported counts as the caller says.

    `scores` is one score for all, or one for each id; an id without one is left out.

    >>> Substitute(scores=50).name, Substitute(scores={"a": 40}).substitute("b")
    ('substitute(50)', None)
    """

    scores: float | tuple[tuple[str, float], ...] = field(
        converter=_substitutes, validator=_finite_scores
    )

    @property
    def name(self) -> str:
        """`substitute` with the score, or each id's, in brackets."""
        if isinstance(self.scores, tuple):
            return f"substitute({', '.join(f'{id} {exact(each)}' for id, each in self.scores)})"
        return f"substitute({exact(self.scores)})"

    def substitute(self, id: str) -> float | None:
        """The score given for the id."""
        return dict(self.scores).get(id) if isinstance(self.scores, tuple) else self.scores

    def enough(self, coverage: float) -> bool:
        """At any coverage."""
        return True


AnyMissing: TypeAlias = MissingPolicy | str
"""A missing-data policy, or its name."""

MISSING_NAMES = ("skip", "zero", "require(SHARE)", "substitute(SCORE)")
"""How the library's own policies are named."""

_NAMED = re.compile(r"(skip|zero|require|substitute)(?:\(([^()]+)\))?")


def as_missing(value: AnyMissing) -> MissingPolicy:
    """A missing-data policy, or the one of that name.

    >>> as_missing("require(0.6)")
    Require(share=0.6)
    """
    given: object = value
    if isinstance(given, MissingPolicy) and not isinstance(given, type):
        return given
    if not isinstance(given, str):
        raise ModelError(
            Problem(
                expected=f"{one_of(MISSING_NAMES)}, or a missing-data policy",
                found=shown(given),
                hint="an object of it, not the class" if isinstance(given, type) else "",
            )
        )
    value = given
    found = _NAMED.fullmatch(value.replace(" ", ""))
    name, figure = found.groups() if found else ("", None)
    if name in {"skip", "zero"} and figure is None:
        return Skip() if name == "skip" else Zero()
    if name in {"require", "substitute"} and figure is not None:
        number = number_in(figure)
        return Require(share=number) if name == "require" else Substitute(scores=number)
    raise ModelError(
        Problem(
            expected=one_of(MISSING_NAMES),
            found=shown(value),
            hint=near_hint(value, MISSING_NAMES),
        )
    )
