"""Plan check: what a check finds in a plan file, also in one that holds no plan."""

from __future__ import annotations

from pathlib import Path

from ipplan.errors import PlanFileError, Problem
from ipplan.io.plan_file import load
from ipplan.plan.checks import Finding, FindingCode, Findings
from ipplan.text import Text, control_free

__all__ = ["check_plan"]

_A_LINK = "the id of "
"""How each problem starts whose place holds an id that nothing has."""


def check_plan(source: str | Path) -> Findings:
    """The findings on a shipped plan, or on the plan in a file.

    Where the file cannot be read as a plan, each problem in it is a finding. Raises PlanFileError
    for a name that no shipped plan has, and OSError for a file that cannot be read at all.

    >>> len(check_plan("gansu-2016").of("invalid_file"))
    0
    """
    try:
        plan = load(source)
    except PlanFileError as error:
        if not error.path:
            raise
        return Findings(plan=Path(source).name, members=map(_finding, error.problems))
    return plan.check()


def _finding(problem: Problem) -> Finding:
    """A problem, told in English as problems are."""
    code = (
        FindingCode.DEAD_LINK if problem.expected.startswith(_A_LINK) else FindingCode.INVALID_FILE
    )
    hint = Text(en=_printable(problem.hint)) if problem.hint else code.hint
    message = Text(en=_printable(f"expected {problem.expected}, found {problem.found}"))
    return Finding(code=code, place=_printable(problem.place), message=message, hint=hint)


def _printable(text: str) -> str:
    """A text out of a file, with what would act in a terminal written out."""
    return "".join(each if control_free(each) else repr(each)[1:-1] for each in text)
