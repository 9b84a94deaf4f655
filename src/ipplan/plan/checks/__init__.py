"""Checks: what in a plan looks wrong, is left open or hangs loose; each finding has a code."""

from ipplan.plan.checks.finding import Finding, FindingCode, Findings, Severity
from ipplan.plan.checks.run import check

__all__ = ["Finding", "FindingCode", "Findings", "Severity", "check"]
