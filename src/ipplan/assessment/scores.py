"""Scores told: a score with the digits that its scale needs, and what it is out of."""

from __future__ import annotations

import math

from ipplan.aggregation import Aggregate
from ipplan.assessment.policy import Policy
from ipplan.assessment.words import NONE, Say, coverage_told
from ipplan.model.bound import same
from ipplan.text import fixed

__all__ = ["full_told", "score_told", "total_told"]


def score_told(score: float | None, policy: Policy) -> str:
    """A score, with one decimal; with three on a scale that ends at 1."""
    if score is None:
        return NONE
    full = policy.full
    score = full if same(score, full) else score
    return fixed(score, 3 if full <= 1.0 else 1, beside=full)


def full_told(policy: Policy) -> tuple[str, str]:
    """What a score is out of, in English and Chinese; from where, if it can be below zero."""
    full = policy.full
    if not math.isfinite(full):
        return "", ""
    least = policy.rule.scale.least
    if math.isfinite(least) and least < 0.0:
        return f" on a scale from {least:g} to {full:g}", f"(分制 {least:g} 至 {full:g})"
    return f" of {full:g}", f"(满分 {full:g})"


def total_told(total: Aggregate, why: str, policy: Policy, say: Say) -> str:
    """A total with its coverage; why there is none where there is none."""
    coverage = coverage_told(total.coverage)
    if total.score is None:
        return say(f"none, because {why} (coverage {coverage})", f"无({why};覆盖率 {coverage})")
    full, full_zh = full_told(policy)
    score = score_told(total.score, policy)
    return say(
        f"{score}{full} (coverage {coverage} of what is due)",
        f"{score}{full_zh},覆盖到期内容的 {coverage}",
    )
