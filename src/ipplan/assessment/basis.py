"""Basis: what the scores of one assessment rest on, for results that are shown on their own."""

from __future__ import annotations

from attrs import frozen

from ipplan.assessment.policy import Policy
from ipplan.errors import Problem
from ipplan.model.version import VersionUsed
from ipplan.periods import Period
from ipplan.text import Text

__all__ = ["Basis"]


@frozen(kw_only=True)
class Basis:
    """The plan and its version, the as-of period, and the policy with its credits.

    `problems` are those of what was reported and set aside, because it is faulty.
    """

    plan_id: str
    title: Text
    as_of: Period
    policy: Policy
    version: VersionUsed
    problems: tuple[Problem, ...] = ()
