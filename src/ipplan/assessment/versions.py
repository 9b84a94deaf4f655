"""Versions told: which version of its plan an assessment used, and what that leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from ipplan.assessment.words import Say
from ipplan.model.amendment import Amendment
from ipplan.model.delivery import DeliveryReport
from ipplan.model.observation import Observation
from ipplan.model.version import VersionUsed
from ipplan.text import Lang

__all__ = ["version_told"]


def version_told(version: VersionUsed, say: Say, lang: Lang) -> Iterator[str]:
    """A line for the version, and for what it leaves out; none for a plan without amendments."""
    counted = _listed(version.counted, say, lang)
    others = _listed(version.not_counted, say, lang)
    if counted:
        yield say(f"as amended by {counted}", f"经修订:{counted}")
    elif others:
        yield say("the original", "原规划")
    if others:
        yield say(f"not counted: {others}", f"未计入的修订:{others}")
    if version.set_aside:
        things = say(", ", "、").join(dict.fromkeys(map(_thing, version.set_aside)))
        yield say(
            f"set aside, as this version does not have them: figures and reports of {things}",
            f"此版本没有的项目,其数据未采用:{things}",
        )


def _listed(amendments: tuple[Amendment, ...], say: Say, lang: Lang) -> str:
    return say("; ", ";").join(_told(each, say, lang) for each in amendments)


def _told(amendment: Amendment, say: Say, lang: Lang) -> str:
    reason = amendment.reason.label(lang)
    return say(
        f"{amendment.id} ({amendment.document}, {amendment.date}: {reason})",
        f"{amendment.id}({amendment.document},{amendment.date}:{reason})",
    )


def _thing(reported: Observation | DeliveryReport) -> str:
    return reported.indicator if isinstance(reported, Observation) else reported.deliverable
