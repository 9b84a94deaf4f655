"""Beyond the mean: points added and taken off within caps, and the veto that overrides it all."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import Attribute, field, frozen

from ipplan.errors import ModelError, Problem, near_hint, shown
from ipplan.model.fields import as_float, as_tuple, finite, together, unfit_number

__all__ = ["VETO", "Caps", "Veto", "unfit_adjustments", "unfit_veto"]

VETO = "veto"
"""What a veto's contribution is called."""


def _not_negative(instance: object, attribute: Attribute[Any], value: float) -> None:
    finite(instance, attribute, value)
    if value < 0.0:
        raise ModelError(
            Problem(place=attribute.name, expected="zero or more points", found=shown(value))
        )


@frozen(kw_only=True, field_transformer=together)
class Caps:
    """The most points that bonuses (加分) may add and deductions (扣分) may take off, in all.

    Where the points of one kind come to more, each is cut in proportion. Guiyang's rules have 5 for
    each.

    >>> Caps(bonus=5, deduction=5).limited({"award": 4, "pilot": 6, "late": -1})
    (('award', 2.0), ('pilot', 3.0), ('late', -1.0))
    """

    bonus: float = field(converter=as_float, validator=_not_negative)
    deduction: float = field(converter=as_float, validator=_not_negative)

    def limited(self, points: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
        """The points that count, bonuses above zero and deductions below."""
        added = math.fsum(each for each in points.values() if each > 0.0)
        taken = -math.fsum(each for each in points.values() if each < 0.0)
        up = self.bonus / added if added > self.bonus else 1.0
        down = self.deduction / taken if taken > self.deduction else 1.0
        return tuple((id, each * (up if each > 0.0 else down)) for id, each in points.items())


def _ids(values: Iterable[str]) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else as_tuple(values)


def _some_ids(_instance: object, attribute: Attribute[Any], ids: Any) -> None:
    if not isinstance(ids, tuple) or not ids or not all(isinstance(id, str) for id in ids):
        raise ModelError(
            Problem(place=attribute.name, expected="a list of ids, not empty", found=shown(ids))
        )


@frozen(kw_only=True, field_transformer=together)
class Veto:
    """One veto (一票否决): where one of these scores is below `below`, the total is `total`.

    It is decided on the scores, whether they allow a mean or not, and raises no total. A score that
    is not there vetoes nothing, unless another stands for it; coverage tells of it.
    """

    of: tuple[str, ...] = field(converter=_ids, validator=_some_ids)
    below: float = field(converter=as_float, validator=finite)
    total: float = field(default=0.0, converter=as_float, validator=finite)

    def cast_by(self, scores: Mapping[str, float | None]) -> tuple[str, ...]:
        """The ids whose score vetoes; a score within 1e-9 of `below` does not.

        >>> Veto(of=["safety"], below=60).cast_by({"safety": 59, "growth": 10})
        ('safety',)
        """
        known = ((id, scores.get(id)) for id in self.of)
        return tuple(id for id, score in known if score is not None and score < self.below - 1e-9)


def unfit_veto(veto: Veto | None, ids: Iterable[str]) -> Iterator[Problem]:
    """The ids of a veto that nobody knows."""
    known = tuple(ids)
    if veto is not None and VETO in known:
        yield Problem(
            place=f"scores.{VETO}", expected="another id, where there is a veto", found=shown(VETO)
        )
    for index, id in enumerate(() if veto is None else veto.of):
        if id not in known:
            yield Problem(
                place=f"veto.of[{index}]",
                expected="the id of a score or a group",
                found=shown(id),
                hint=near_hint(id, known),
            )


def unfit_adjustments(adjustments: Any, caps: Caps | None, ids: Iterable[str]) -> Iterator[Problem]:
    """What is wrong with points: no number, an id that a score has, or no caps for them."""
    known = {*ids, VETO}
    if not isinstance(adjustments, Mapping):
        yield Problem(place="adjustments", expected="{id: points}", found=shown(adjustments))
        return
    if adjustments and caps is None:
        yield Problem(
            place="adjustments",
            expected="caps for bonuses and deductions",
            found="none",
            hint="name them: Caps(bonus=5, deduction=5)",
        )
    for id, points in adjustments.items():
        yield from unfit_number(f"adjustments.{id}", as_float(points))
        if id in known:
            yield Problem(
                place=f"adjustments.{id}", expected="an id that no score has", found=shown(id)
            )
