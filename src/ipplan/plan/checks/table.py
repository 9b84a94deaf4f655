"""Findings as readers see them: how many of each code, then each code with its places."""

from __future__ import annotations

import textwrap
from itertools import groupby

from ipplan.assessment.words import NONE, Say, speaker
from ipplan.plan.checks.finding import Finding, FindingCode, Findings, Severity
from ipplan.tables import TableStyle, escaped, table
from ipplan.text import Lang, Text

__all__ = ["shown", "told"]

_SEVERITIES = {
    Severity.ERROR: Text(en="error", zh="错误"),
    Severity.WARNING: Text(en="warning", zh="警告"),
    Severity.NOTE: Text(en="note", zh="提示"),
}

_WIDTH = 100
"""How many characters a line of places has at most."""


def told(finding: Finding, lang: Lang) -> str:
    """A finding as one line."""
    say = speaker(lang)
    where = say(", ", ",") + finding.place if finding.place else ""
    message, hint = finding.message.label(lang), finding.hint.label(lang)
    head = f"{_SEVERITIES[finding.severity].label(lang)} {finding.code.value}{where}"
    return say(f"{head}: {message} ({hint})", f"{head}:{message}({hint})")


def shown(findings: Findings, lang: Lang, style: TableStyle) -> str:
    """The findings as tables: one of the codes, and one for each code."""
    say = speaker(lang)
    groups = [(code, [*found]) for code, found in groupby(findings, key=lambda each: each.code)]
    parts = [escaped(_heading(findings, say), style)]
    if groups:
        parts.append(_summary(groups, say, lang, style))
    parts += [_details(code, found, say, lang, style) for code, found in groups]
    return "\n\n".join(parts)


def _heading(findings: Findings, say: Say) -> str:
    errors, warnings, notes = findings.counts.values()
    plan = findings.plan
    return say(
        f"Check of {plan}: {_many(errors, 'error')}, {_many(warnings, 'warning')}, "
        f"{_many(notes, 'note')}",
        f"{plan} 检查结果:错误 {errors} 项,警告 {warnings} 项,提示 {notes} 项",
    )


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _summary(
    groups: list[tuple[FindingCode, list[Finding]]], say: Say, lang: Lang, style: TableStyle
) -> str:
    rows = [
        [
            _SEVERITIES[code.severity].label(lang),
            code.value,
            str(len(found)),
            code.meaning.label(lang),
        ]
        for code, found in groups
    ]
    headers = [say("Severity", "级别"), say("Code", "代码"), say("Number", "数量")]
    return table(rows, [*headers, say("What it means", "含义")], style=style, right=[2])


def _details(
    code: FindingCode, found: list[Finding], say: Say, lang: Lang, style: TableStyle
) -> str:
    """One code's findings; what all of them say alike stands above them, once."""
    hints = {each.hint.label(lang) for each in found}
    messages = {each.message.label(lang) for each in found}
    told_once = len(hints) == 1
    title = f"{code.value}{say(': ', ':')}{found[0].hint.label(lang)}" if told_once else code.value
    headers = [say("Place", "位置"), say("Finding", "发现")]
    if len(messages) == 1 and len(found) > 1 and told_once:
        listed = ", ".join(escaped(each.place, style) for each in found)
        places = textwrap.fill(listed, _WIDTH, break_on_hyphens=False)
        body = f"{escaped(messages.pop(), style)}{say(':', ':')}\n{places}"
    else:
        rows = [[each.place or NONE, *_cells(each, lang, hint=not told_once)] for each in found]
        headers += [] if told_once else [say("Hint", "建议")]
        body = table(rows, headers, style=style)
    return f"{escaped(title, style)}\n\n{body}"


def _cells(finding: Finding, lang: Lang, *, hint: bool) -> list[str]:
    message = finding.message.label(lang)
    return [message, finding.hint.label(lang)] if hint else [message]
