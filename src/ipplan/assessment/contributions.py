"""Contributions told: what each part of a total is of, and what the groups come to."""

from __future__ import annotations

from ipplan.aggregation import Aggregate, Group, MissingPolicy
from ipplan.aggregation.beyond import VETO
from ipplan.assessment.marks import warning
from ipplan.assessment.result import Assessment
from ipplan.assessment.words import Say, coverage_told, missing_told, word
from ipplan.text import Lang, figure

__all__ = ["contribution_told", "group_told", "idle_veto", "veto_told"]


def contribution_told(assessment: Assessment, id: str, say: Say, lang: Lang) -> str:
    """What a contribution is of: a score, a substitute for one, an adjustment or the veto."""
    if id == VETO and assessment.total.vetoed_by:
        return veto_told(assessment, say, lang)
    if id not in assessment and id not in assessment.groups:
        return say(f"adjustment: {id}", f"加减分:{id}")
    name, weight = _name(assessment, id, lang), _weight(assessment, id)
    score = assessment[id].score if id in assessment else None
    if score is None:
        missing = missing_told(_missing(assessment, id), lang)
        return say(
            f"{name}: nothing reported, {missing}, weight {weight}",
            f"{name}:未报告,{missing},权重 {weight}",
        )
    return say(
        f"{name}: score {figure(score)}{warning(assessment[id], say)}, weight {weight}",
        f"{name}:得分 {figure(score)}{warning(assessment[id], say)},权重 {weight}",
    )


def idle_veto(assessment: Assessment) -> bool:
    """Whether there is a veto that lowers nothing: the total is as low already."""
    return bool(assessment.total.vetoed_by) and VETO not in assessment.contributions


def veto_told(assessment: Assessment, say: Say, lang: Lang) -> str:
    """Who vetoed, and what came of it."""
    names = say(", ", "、").join(
        _name(assessment, each, lang) for each in assessment.total.vetoed_by
    )
    below = "" if assessment.policy.veto is None else f"{assessment.policy.veto.below:g}"
    if idle_veto(assessment):
        return say(
            f"veto by {names}, below {below}: the total is as low already",
            f"一票否决:{names} 低于 {below}(总分本已不高于否决分)",
        )
    return say(
        f"veto by {names}, below {below}, whatever the rest", f"一票否决:{names} 低于 {below}"
    )


def group_told(assessment: Assessment, id: str, group: Aggregate, say: Say, lang: Lang) -> str:
    """A group's score, weight and coverage, or why it has no score."""
    name, weight = _name(assessment, id, lang), _weight(assessment, id)
    coverage = coverage_told(group.coverage)
    if group.score is None:
        why = word(group.reason, lang)
        return say(
            f"group {name}: none, because {why} (weight {weight}, coverage {coverage})",
            f"分组 {name}:无({why};权重 {weight},覆盖率 {coverage})",
        )
    return say(
        f"group {name}: {figure(group.score)} (weight {weight}, coverage {coverage})",
        f"分组 {name}:{figure(group.score)}(权重 {weight},覆盖率 {coverage})",
    )


def _name(assessment: Assessment, id: str, lang: Lang) -> str:
    if id in assessment:
        return assessment[id].name.label(lang)
    group = next((each for each in _groups(assessment) if each.id == id), None)
    return id if group is None or group.name is None else group.name.label(lang)


def _weight(assessment: Assessment, id: str) -> str:
    weights = assessment.policy.weights
    return "1" if weights is None else f"{dict(weights)[id]:g}"


def _missing(assessment: Assessment, id: str) -> MissingPolicy:
    """The missing-data policy of the group that a score stands in, or of the whole."""
    for group in _groups(assessment):
        members = [each if isinstance(each, str) else each.id for each in group.members]
        if id in members and group.missing is not None:
            return group.missing
    return assessment.policy.missing


def _groups(assessment: Assessment) -> list[Group]:
    return [group for top in assessment.policy.groups for group in top.groups]
