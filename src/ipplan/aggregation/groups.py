"""Groups: the tree that scores are summed up by, of whatever depth each branch has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from attrs import Attribute, field, frozen

from ipplan.aggregation.means import AnyMean, as_mean
from ipplan.aggregation.missing import AnyMissing, MissingPolicy, as_missing
from ipplan.errors import ModelError, Problem, near_hint, shown
from ipplan.model.fields import as_tuple, is_a, printable, together
from ipplan.text import Text

__all__ = ["Group", "Member", "unfit_groups"]


def _members(values: Iterable[str | Group]) -> tuple[str | Group, ...]:
    return as_tuple(values)


def _each_member(_instance: object, attribute: Attribute[Any], members: Any) -> None:
    if not isinstance(members, tuple) or not members:
        raise ModelError(
            Problem(
                place=attribute.name,
                expected="a list of ids and groups, not empty",
                found=shown(members),
            )
        )
    wrong = [
        Problem(
            place=f"{attribute.name}[{index}]", expected="an id or a Group", found=shown(member)
        )
        for index, member in enumerate(members)
        if not isinstance(member, str | Group)
    ]
    if wrong:
        raise ModelError(*wrong)


def _not_empty(instance: object, attribute: Attribute[Any], value: object) -> None:
    printable(instance, attribute, value)
    if not value:
        raise ModelError(Problem(place=attribute.name, expected="an id", found=shown(value)))


def _mean_or_none(value: AnyMean | str | None) -> AnyMean | None:
    return None if value is None else as_mean(value)


def _missing_or_none(value: AnyMissing | None) -> MissingPolicy | None:
    return None if value is None else as_missing(value)


@frozen(kw_only=True, field_transformer=together)
class Group:
    """Scores, and groups of scores, that are one score in the tree above.

    `members` are ids of scores, or groups; `method` and `missing` are those of the whole unless
    given.

    >>> Group(id="education", members=["mean_schooling", "expected_schooling"]).leaves
    ('mean_schooling', 'expected_schooling')
    """

    id: str = field(validator=_not_empty)
    members: tuple[str | Group, ...] = field(converter=_members, validator=_each_member)
    method: AnyMean | None = field(default=None, converter=_mean_or_none)
    missing: MissingPolicy | None = field(
        default=None,
        converter=_missing_or_none,
        validator=is_a(MissingPolicy, type(None)),
    )
    name: Text | None = field(default=None, validator=is_a(Text, type(None)))

    @property
    def leaves(self) -> tuple[str, ...]:
        """The ids of all scores below, in their order."""
        return tuple(
            leaf
            for member in self.members
            for leaf in ((member,) if isinstance(member, str) else member.leaves)
        )

    @property
    def groups(self) -> tuple[Group, ...]:
        """The group itself, and all groups below it."""
        below = (each for each in self.members if isinstance(each, Group))
        return (self, *(group for member in below for group in member.groups))


Member: TypeAlias = str | Group
"""What stands in a tree: the id of a score, or a group."""


def unfit_groups(groups: Iterable[Group], ids: Iterable[str]) -> Iterator[Problem]:
    """What is wrong with groups of these ids: unknown ones, and what stands in the tree twice."""
    known = tuple(ids)
    every = [group for top in groups for group in top.groups]
    for group in every:
        for index, member in enumerate(group.members):
            if isinstance(member, str) and member not in known:
                yield Problem(
                    place=f"groups.{group.id}.members[{index}]",
                    expected="an id that has a score",
                    found=shown(member),
                    hint=near_hint(member, known),
                )
    leaves = (each for group in every for each in group.members if isinstance(each, str))
    for leaf, count in Counter(leaves).items():
        if count > 1:
            yield Problem(
                place=f"groups.{leaf}", expected="one place in the tree", found=f"{count}"
            )
    for id, count in Counter((*known, *(group.id for group in every))).items():
        if count > 1 and any(group.id == id for group in every):
            yield Problem(
                place=f"groups.{id}",
                expected="an id of its own for each group and score",
                found=shown(id),
            )
