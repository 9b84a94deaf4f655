"""Amendments: what a later document changes in a plan, adds to it or withdraws from it."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, TypeAlias

import attrs
from attrs import Attribute, field, frozen

from ipplan.choices import choose
from ipplan.errors import Gathered, ModelError, Problem, near_hint, one_of, shown
from ipplan.model.deliverable import Deliverable, Workstream
from ipplan.model.department import Department
from ipplan.model.fields import as_tuple, is_a, plan_id, printable, refuse
from ipplan.model.indicator import Indicator
from ipplan.model.phase import Phase
from ipplan.model.task import Task
from ipplan.model.trajectory import Trajectory
from ipplan.text import Text

__all__ = ["Added", "Amendment", "Change", "Changed", "PlanPart", "Withdrawn", "changeable"]


class PlanPart(enum.Enum):
    """The parts of a plan that an amendment changes: its catalogs, by their names."""

    PHASES = "phases"
    DEPARTMENTS = "departments"
    INDICATORS = "indicators"
    QUOTAS = "quotas"
    TASKS = "tasks"
    WORKSTREAMS = "workstreams"
    DELIVERABLES = "deliverables"

    @property
    def cls(self) -> type[Any]:
        """The class of what the part holds."""
        return _CLASSES[self]


_CLASSES: Mapping[PlanPart, type[Any]] = {
    PlanPart.PHASES: Phase,
    PlanPart.DEPARTMENTS: Department,
    PlanPart.INDICATORS: Indicator,
    PlanPart.QUOTAS: Indicator,
    PlanPart.TASKS: Task,
    PlanPart.WORKSTREAMS: Workstream,
    PlanPart.DELIVERABLES: Deliverable,
}
_ORDER = {part: index for index, part in enumerate(PlanPart)}


def _part(value: PlanPart | str) -> PlanPart:
    return choose(PlanPart, value, place="part")


def _own(cls: type[Any]) -> dict[str, Attribute[Any]]:
    return {each.name: each for each in attrs.fields(cls) if each.init}


def changeable(cls: type[Any]) -> dict[str, Attribute[Any]]:
    """The fields that a change may give new values, by name: all but the id.

    The fields of an indicator's trajectory stand among its own, as in a plan file.
    """
    own = {name: each for name, each in _own(cls).items() if name != "id"}
    if "trajectory" not in own:
        return own
    del own["trajectory"]
    return own | _own(Trajectory)


Fields: TypeAlias = tuple[tuple[str, Any], ...]


def _fields(values: Mapping[str, Any] | Fields) -> Fields:
    """Fields in the order of their names, so that equal changes are equal however written."""
    given: Any = values
    if not isinstance(given, Mapping | tuple):
        return values  # type: ignore[return-value]  # left to the validator
    return tuple(sorted(dict(given).items(), key=lambda pair: str(pair[0])))


def _are_fields(_instance: object, attribute: Attribute[Any], value: object) -> None:
    if not isinstance(value, tuple) or not value:
        expected = "{field: new value}, at least one"
        raise ModelError(Problem(place=attribute.name, expected=expected, found=shown(value)))


@frozen(kw_only=True)
class Changed:
    """Some fields of one item get new values; the others stay as they are.

    `fields` is given as a mapping and kept as pairs. The milestones, baseline and so on of an
    indicator are given as if they were its own; None takes an optional value away.

    >>> Changed(part="indicators", id="patents", fields={"clause": "2.1"}).place
    'changed.indicators.patents'
    """

    part: PlanPart = field(converter=_part)
    id: str = field(validator=is_a(str))
    fields: Fields = field(converter=_fields, validator=_are_fields)

    def __attrs_post_init__(self) -> None:
        known, gathered = changeable(self.part.cls), Gathered()
        values = [
            (name, gathered.attempt("", partial(_checked, known, name, value)))
            for name, value in self.fields
        ]
        gathered.finish(ModelError)
        object.__setattr__(self, "fields", tuple(values))

    @property
    def place(self) -> str:
        """Where the change stands in its amendment."""
        return f"changed.{self.part.value}.{self.id}"

    def applied(self, item: Any) -> Any:
        """The item with the new values; raises ModelError where they do not fit its others."""
        fields = dict(self.fields)
        if isinstance(item, Indicator):
            way = {name: fields.pop(name) for name in _own(Trajectory) if name in fields}
            fields["trajectory"] = attrs.evolve(item.trajectory, **way)
        return attrs.evolve(item, **fields)


def _checked(known: Mapping[str, Attribute[Any]], name: str, value: Any) -> Any:
    """A new value as the field takes it; raises ModelError for an unknown field or a bad value."""
    if name not in known:
        raise ModelError(
            Problem(
                place=str(name),
                expected=one_of(known),
                found=f"a field {shown(name)}",
                hint=near_hint(name, known),
            )
        )
    attribute = known[name]
    convert: Any = attribute.converter
    taken = value if convert is None else convert(value)
    if attribute.validator is not None:
        attribute.validator(None, attribute, taken)
    return taken


@frozen(kw_only=True)
class Added:
    """A whole item that the plan did not have; it stands after the others."""

    part: PlanPart = field(converter=_part)
    item: Any

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.item, self.part.cls):
            expected = self.part.cls.__name__
            raise ModelError(Problem(place="item", expected=expected, found=shown(self.item)))

    @property
    def id(self) -> str:
        """The item's id."""
        return str(self.item.id)

    @property
    def place(self) -> str:
        """Where the change stands in its amendment."""
        return f"added.{self.part.value}.{self.id}"


@frozen(kw_only=True)
class Withdrawn:
    """An item that the plan no longer has."""

    part: PlanPart = field(converter=_part)
    id: str = field(validator=is_a(str))

    @property
    def place(self) -> str:
        """Where the change stands in its amendment."""
        return f"withdrawn.{self.part.value}.{self.id}"


Change: TypeAlias = Changed | Added | Withdrawn
"""What an amendment does to one item of one part of the plan."""

_KINDS = {Changed: 0, Added: 1, Withdrawn: 2}


def _changes(values: Iterable[Change]) -> tuple[Change, ...]:
    """Changes in one order, so that equal amendments are equal however they are written.

    What is added keeps its order: so it stands in the plan.
    """
    given: Any = as_tuple(values)
    if not isinstance(given, tuple) or not all(type(each) in _KINDS for each in given):
        kept: tuple[Change, ...] = given  # left to the validator
        return kept
    return tuple(sorted(given, key=_rank))


def _rank(change: Change) -> tuple[int, int, str]:
    id = "" if isinstance(change, Added) else change.id
    return _KINDS[type(change)], _ORDER[change.part], id


def _are_changes(_instance: object, attribute: Attribute[Any], values: object) -> None:
    expected = "a Changed, an Added or a Withdrawn"
    if not isinstance(values, tuple):
        expected = f"a list, each {expected}"
        raise ModelError(Problem(place=attribute.name, expected=expected, found=shown(values)))
    refuse(
        Problem(place=f"{attribute.name}[{index}]", expected=expected, found=shown(each))
        for index, each in enumerate(values)
        if type(each) not in _KINDS
    )


def _is_date(_instance: object, attribute: Attribute[Any], value: object) -> None:
    if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
        raise ModelError(Problem(place=attribute.name, expected="a date", found=shown(value)))


@frozen(kw_only=True)
class Amendment:
    """What a document changes in a plan from a day on, and why; all its changes hold together.

    The plan stays as it was issued: `plan.as_of(date)` is the plan with what was amended until
    then.

    >>> import datetime
    >>> from ipplan import Text
    >>> Amendment(
    ...     id="fewer-2018",
    ...     date=datetime.date(2018, 3, 1),
    ...     document="An illustrative notice",
    ...     reason=Text(en="Merged into another"),
    ...     changes=[Withdrawn(part="deliverables", id="3.1.1.3")],
    ... ).changes[0].place
    'withdrawn.deliverables.3.1.1.3'
    """

    id: str = field(validator=plan_id)
    date: datetime.date = field(validator=_is_date)
    document: str = field(validator=printable)
    reason: Text = field(validator=is_a(Text))
    changes: tuple[Change, ...] = field(converter=_changes, validator=_are_changes)

    def __attrs_post_init__(self) -> None:
        refuse(self.faults(document=self.document, changes=self.changes))

    @staticmethod
    def faults(
        *,
        document: str | None = None,
        changes: tuple[Change, ...] | None = None,
        **_others: object,
    ) -> Iterator[Problem]:
        """What is wrong between the fields, as far as they are known."""
        if document == "":
            yield Problem(place="document", expected="the document that amends", found="''")
        if changes == ():
            yield Problem(
                place="changes",
                expected="at least one change",
                found="none",
                hint="something is changed, added or withdrawn",
            )
        seen: set[tuple[PlanPart, str]] = set()
        for change in changes or ():
            if (change.part, change.id) in seen:
                yield Problem(
                    place=change.place,
                    expected="one change of each item in an amendment",
                    found="a second one",
                )
            seen.add((change.part, change.id))

    def within(self, problem: Problem) -> Problem:
        """A problem of the amendment, seen from the plan."""
        return problem.within(f"amendments.{self.id}")
