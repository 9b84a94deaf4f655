"""Credits: what counts how much where indicators, deliverables and departments meet in a task."""

from __future__ import annotations

from typing import Any

from attrs import Attribute, field, frozen

from ipplan.choices import choose
from ipplan.errors import ModelError, Problem, shown
from ipplan.model.fields import as_float, as_float_or_none, finite, together
from ipplan.model.links import PartKind
from ipplan.text import Lang

__all__ = ["Credits"]


def _weight(instance: object, attribute: Attribute[Any], value: float) -> None:
    finite(instance, attribute, value)
    if value < 0.0:
        raise ModelError(Problem(place=attribute.name, expected="zero or more", found=shown(value)))


def _positive(instance: object, attribute: Attribute[Any], value: float) -> None:
    finite(instance, attribute, value)
    if value <= 0.0:
        raise ModelError(Problem(place=attribute.name, expected="above zero", found=shown(value)))


def _share_or_none(instance: object, attribute: Attribute[Any], value: float | None) -> None:
    if value is not None:
        finite(instance, attribute, value)
        if not 0.0 <= value <= 1.0:
            raise ModelError(
                Problem(place=attribute.name, expected="a share from 0 to 1", found=shown(value))
            )


def _percent(share: float) -> str:
    return f"{share * 100.0:g}%"


@frozen(kw_only=True, field_transformer=together)
class Credits:
    """What weighs how much in the scores of tasks and departments.

    A task's score is the mean of what belongs to it, each `indicator`, `quota`, `deliverable` and
    `subplan` with its weight; a department's is the mean of its tasks, each with the credit of its
    role, `lead` or `support`. What is done of a deliverable `late`, or is overdue, counts with that
    share, one that is `cancelled` with that of the whole (None: it is left out; what an amendment
    takes out of the plan is not asked for at all). No standard for credits is published: these are
    this library's choice, and printed with every scorecard.

    >>> Credits(support=0.25).describe()
    'lead counts 1, support 0.25; within a task indicators, quotas, deliverables and sub-plans \
weigh 1, 1, 1, 1; done late counts 100%, cancelled counts 0%'
    """

    lead: float = field(default=1.0, converter=as_float, validator=_positive)
    support: float = field(default=0.5, converter=as_float, validator=_weight)
    indicator: float = field(default=1.0, converter=as_float, validator=_weight)
    quota: float = field(default=1.0, converter=as_float, validator=_weight)
    deliverable: float = field(default=1.0, converter=as_float, validator=_weight)
    subplan: float = field(default=1.0, converter=as_float, validator=_weight)
    late: float = field(default=1.0, converter=as_float, validator=_share_or_none)
    cancelled: float | None = field(
        default=0.0, converter=as_float_or_none, validator=_share_or_none
    )

    def weight(self, kind: PartKind) -> float:
        """The weight of a part of a task."""
        weight: float = getattr(self, kind.value)
        return weight

    def describe(self, lang: Lang | str = Lang.EN) -> str:
        """The credits in one line."""
        lang = choose(Lang, lang, place="lang")
        parts = (self.indicator, self.quota, self.deliverable, self.subplan)
        weights = ", ".join(f"{each:g}" for each in parts)
        roles = f"{self.lead:g}", f"{self.support:g}"
        late = _percent(self.late)
        if lang is Lang.ZH:
            gone = "不计" if self.cancelled is None else f"按 {_percent(self.cancelled)} 计"
            return (
                f"牵头计 {roles[0]},配合计 {roles[1]};"
                f"任务内指标、定额、交付事项、子规划权重 {weights};"
                f"逾期完成按 {late} 计,取消{gone}"
            )
        gone = "is left out" if self.cancelled is None else f"counts {_percent(self.cancelled)}"
        return (
            f"lead counts {roles[0]}, support {roles[1]}; within a task indicators, quotas, "
            f"deliverables and sub-plans weigh {weights}; done late counts {late}, "
            f"cancelled {gone}"
        )
