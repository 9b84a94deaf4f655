"""Documents: model objects as plain mappings, and back, with every problem and its dotted path.

The one place that knows how a plan looks in a file; TOML and JSON only differ in their syntax.
"""

from __future__ import annotations

import datetime
import enum
import inspect
import sys
from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
from cattrs import Converter

from ipplan.choices import choose
from ipplan.errors import (
    Gathered,
    IPPlanError,
    ModelError,
    Problem,
    one_of,
    shown,
)
from ipplan.interpolation import Easing, Interpolation
from ipplan.io.amendments import amendment_hook, amendment_out
from ipplan.io.structuring import (
    Hook,
    catalog_hook,
    catalog_out,
    class_hook,
    class_out,
    extra_key,
    folding,
    is_catalog,
    is_tuple,
    table_of,
    tuple_hook,
    unfolding,
)
from ipplan.model.actuals import Actuals
from ipplan.model.amendment import Amendment
from ipplan.model.bound import Bound, BoundKind
from ipplan.model.deliverable import Deliverable, Workstream
from ipplan.model.delivery import DeliveryReport
from ipplan.model.department import Department
from ipplan.model.fields import as_float
from ipplan.model.indicator import Assumption, Indicator
from ipplan.model.observation import Observation
from ipplan.model.phase import Phase
from ipplan.model.task import Task
from ipplan.model.trajectory import Baseline, Milestone, Trajectory
from ipplan.periods import Grain, Period
from ipplan.plan import Plan
from ipplan.text import Text

if TYPE_CHECKING:
    from ipplan.assessment.policy import Policy

__all__ = ["from_document", "to_document"]

T = TypeVar("T")
_BOUND_KEYS = tuple(kind.value for kind in BoundKind)
_TRAJECTORY_KEYS = tuple(attribute.name for attribute in attrs.fields(Trajectory) if attribute.init)


_PARTS = (
    Plan,
    Phase,
    Department,
    Indicator,
    Task,
    Workstream,
    Deliverable,
    Trajectory,
    Milestone,
    Baseline,
    Bound,
    Assumption,
    Actuals,
    Observation,
    DeliveryReport,
    Amendment,
    Text,
)
"""What a document can hold beside a policy: a plan, each part of one, and actuals."""


class _LatePolicy:
    """Stands for Policy among a plan's fields: policies are imported when there is one."""


def from_document(document: object, cls: type[T]) -> T:
    """The model object that a mapping stands for; raises ModelError with every problem in it."""
    _must_be_a_part(cls)
    try:
        made: T = _converter().structure(document, cls)
    except IPPlanError as error:
        raise ModelError(*error.problems) from None
    return made


def to_document(value: object) -> Any:
    """A model object as mappings, lists, texts, numbers and dates; defaults are left out."""
    _must_be_a_part(type(value))
    document = _converter().unstructure(value)
    return {"preset": document} if isinstance(document, str) else document


def _must_be_a_part(cls: Any) -> None:
    if cls not in _PARTS and not _is_policy(cls):
        names = (*(part.__name__ for part in _PARTS), "Policy")
        raise ModelError(Problem(expected=one_of(names), found=cls.__name__))


@cache
def _converter() -> Converter:
    attrs.resolve_types(Plan, localns={"Policy": _LatePolicy, "Plan": Plan})
    converter = Converter(detailed_validation=True, omit_if_default=True)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(float, _number)
    converter.register_structure_hook(bool, _truth)
    converter.register_structure_hook(Period, lambda value, _: Period.of(value))
    converter.register_unstructure_hook(Period, _period_out)
    converter.register_structure_hook(datetime.date, _date)
    converter.register_unstructure_hook(datetime.date, lambda value: value)
    converter.register_structure_hook_func(_is_enum, lambda value, cls: choose(cls, value))
    converter.register_structure_hook_func(_is_interpolation, _interpolation)
    converter.register_unstructure_hook_func(_is_interpolation, _interpolation_out)
    converter.register_structure_hook_factory(is_tuple, lambda cls: tuple_hook(converter, cls))
    converter.register_structure_hook_factory(attrs.has, lambda cls: class_hook(converter, cls))
    converter.register_structure_hook_factory(is_catalog, lambda cls: catalog_hook(converter, cls))
    converter.register_unstructure_hook_factory(attrs.has, lambda cls: class_out(converter, cls))
    converter.register_unstructure_hook_factory(
        is_catalog, lambda _cls: partial(catalog_out, converter)
    )
    converter.register_structure_hook_func(_is_policy, partial(_policy, converter))
    converter.register_unstructure_hook_func(_is_policy, partial(_policy_out, converter))
    converter.register_structure_hook_func(_is_score_scale, partial(_score_scale, converter))
    bound_hook = _bound_hook(converter)
    converter.register_structure_hook(Bound, bound_hook)
    converter.register_unstructure_hook(Bound, _bound_out)
    converter.register_structure_hook(
        Milestone, folding(converter, Milestone, "bound", _BOUND_KEYS)
    )
    converter.register_unstructure_hook(Milestone, unfolding(converter, Milestone, "bound"))
    converter.register_structure_hook(
        Indicator, folding(converter, Indicator, "trajectory", _TRAJECTORY_KEYS)
    )
    converter.register_unstructure_hook(Indicator, unfolding(converter, Indicator, "trajectory"))
    converter.register_structure_hook(Amendment, amendment_hook(converter))
    converter.register_unstructure_hook(Amendment, amendment_out(converter))
    return converter


def _is_enum(cls: Any) -> bool:
    return inspect.isclass(cls) and issubclass(cls, enum.Enum)


def _is_interpolation(cls: Any) -> bool:
    return bool(cls == Interpolation | Easing)


def _text(value: object, _cls: Any) -> str:
    if not isinstance(value, str):
        raise ModelError(Problem(expected="text", found=shown(value)))
    return value


def _number(value: Any, _cls: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        hint = "write it without quotes" if isinstance(value, str) else ""
        raise ModelError(Problem(expected="a number", found=shown(value), hint=hint))
    return as_float(value)  # too large or too small a number is left to the validators


def _truth(value: object, _cls: Any) -> bool:
    if not isinstance(value, bool):
        raise ModelError(Problem(expected="true or false", found=shown(value)))
    return value


def _date(value: object, _cls: Any) -> datetime.date:
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass  # the error below says it with the value
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    raise ModelError(Problem(expected="a date like 2016-11-10", found=shown(value)))


def _period_out(period: Period) -> int | str:
    return period.year if period.grain is Grain.YEAR else str(period)


def _interpolation(value: object, _cls: Any) -> Interpolation:
    return choose(Interpolation, value)


def _interpolation_out(value: Interpolation | Easing) -> str:
    if isinstance(value, Interpolation):
        return value.value
    raise ModelError(
        Problem(
            place="interpolation",
            expected="one that has a name, to be written to a file",
            found=shown(value),
        )
    )


def _is_policy(cls: Any) -> bool:
    known = sys.modules.get("ipplan.assessment.policy")
    return cls is _LatePolicy or (known is not None and cls is known.Policy)


def _policy(converter: Converter, value: object, _cls: Any) -> Policy:
    from ipplan.io.policy_in import policy_from

    return policy_from(converter, value)


def _is_score_scale(cls: Any) -> bool:
    known = sys.modules.get("ipplan.scoring.scales")  # the Protocol itself, not what offers it
    return known is not None and cls is known.ScoreScale


def _score_scale(converter: Converter, value: object, _cls: Any) -> Any:
    from ipplan.io.policy_in import score_scale_from

    return score_scale_from(converter, value)


def _policy_out(converter: Converter, policy: Policy) -> str | dict[str, Any]:
    from ipplan.io.policy_out import policy_to

    return policy_to(converter, policy)


def _bound_hook(converter: Converter) -> Hook:
    def structure(value: object, _cls: Any) -> Bound:
        document = table_of(value, f"a table with {one_of(_BOUND_KEYS)}")
        unknown = [key for key in document if key not in _BOUND_KEYS]
        if unknown:
            raise ModelError(*(extra_key(key, _BOUND_KEYS) for key in unknown))
        if len(document) != 1:
            found = " and ".join(document) or "none"
            raise ModelError(Problem(expected=f"a bound, {one_of(_BOUND_KEYS)}", found=found))
        [(key, figures)] = document.items()
        pair = key == BoundKind.BETWEEN.value
        gathered = Gathered()
        read: Any = gathered.attempt(
            key,
            lambda: converter.structure(figures, tuple[float, ...] if pair else float),
        )
        gathered.finish(ModelError)
        low, high = read if pair and len(read) == 2 else (read, read)
        if pair and len(read) != 2:
            raise ModelError(Problem(place=key, expected="two figures", found=shown(figures)))
        try:
            return Bound(kind=BoundKind(key), low=low, high=high)
        except IPPlanError as error:
            raise ModelError(*(attrs.evolve(each, place=key) for each in error.problems)) from None

    return structure


def _bound_out(bound: Bound) -> dict[str, Any]:
    figures = [*bound.figures]
    return {bound.kind.value: figures if len(figures) == 2 else figures[0]}
