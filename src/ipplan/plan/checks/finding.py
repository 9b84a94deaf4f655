"""Findings: what a check tells, under which code, and all of them for one plan."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, overload

from attrs import Factory, evolve, field, frozen

from ipplan.choices import choose
from ipplan.model.fields import is_a, printable
from ipplan.text import Lang, Text

__all__ = ["ROW_FIELDS", "Finding", "FindingCode", "Findings", "Severity", "finding_row"]

ROW_FIELDS = (
    "code", "severity", "place", "message_zh", "message_en", "hint_zh", "hint_en",
)  # fmt: skip
"""The fields of a finding as a flat row."""


class Severity(enum.Enum):
    """How much a finding matters, the gravest first."""

    ERROR = "error"
    """Cannot be as it stands: a plan with one of these is not sound."""
    WARNING = "warning"
    """May be meant, and takes a decision: correct it, or know why it stays."""
    NOTE = "note"
    """Good to know where results are read."""


class FindingCode(enum.Enum):
    """What can be found: its code, severity, meaning and usual hint, in the order of telling.

    >>> code = FindingCode.NO_LEAD
    >>> code.value, code.severity.value, code.meaning.en
    ('no_lead', 'warning', 'no department leads the task')
    """

    INVALID_FILE = (
        "invalid_file",
        Severity.ERROR,
        Text(en="the file is no plan as it stands", zh="文件内容无法读作规划"),
        Text(en="correct the place named; docs/files.md has the format", zh="更正所指之处"),
    )
    DEAD_LINK = (
        "dead_link",
        Severity.ERROR,
        Text(en="an id that nothing in the plan has", zh="引用的标识在规划中不存在"),
        Text(en="correct the id, or add what it names", zh="更正标识,或补充其所指内容"),
    )
    BEYOND_LIMIT = (
        "beyond_limit",
        Severity.ERROR,
        Text(en="a milestone beyond the natural limit", zh="节点目标超出自然极限"),
        Text(en="correct the milestone or the limit", zh="更正节点目标或极限值"),
    )
    MILESTONE_AGAINST_DIRECTION = (
        "milestone_against_direction",
        Severity.WARNING,
        Text(en="a milestone asks for less than what came before", zh="节点目标低于此前水平"),
        Text(
            en="check the figure, its kind of bound and the baseline",
            zh="核对数值、目标含义与基期值",
        ),
    )
    CONFLICTING_CLAUSES = (
        "conflicting_clauses",
        Severity.WARNING,
        Text(en="two clauses differ on what reads as one thing", zh="两处条款对同一事项要求不一"),
        Text(
            en="keep both, and say which one counts; drop same_as where two things are meant",
            zh="两处均保留并说明以何者为准;若非同一事项则去掉 same_as",
        ),
    )
    UNIT_MISFIT = (
        "unit_misfit",
        Severity.WARNING,
        Text(en="the unit does not fit what is measured", zh="计量单位与所测内容不符"),
        Text(en="correct the unit, the accrual or `per`", zh="更正单位、统计口径或 per"),
    )
    UNREACHABLE_GROWTH = (
        "unreachable_growth",
        Severity.WARNING,
        Text(en="growth so steep that it may be out of reach", zh="所需增速过高,恐难实现"),
        Text(
            en="check both figures and their times, or put a milestone in between",
            zh="核对前后数值与时间,或增设中间节点",
        ),
    )
    NO_BASELINE = (
        "no_baseline",
        Severity.WARNING,
        Text(en="no value from before the first milestone", zh="缺少首个节点之前的基期值"),
        Text(
            en="give `baseline`, with its source; without it no progress can be reckoned",
            zh="补充 baseline 并注明来源;缺少时无法计算进度",
        ),
    )
    OUTSIDE_TIME = (
        "outside_time",
        Severity.WARNING,
        Text(en="a time outside that of what it belongs to", zh="时间超出所属规划或阶段"),
        Text(
            en="correct the period, or the plan's or phase's own", zh="更正该时间,或规划、阶段起止"
        ),
    )
    PHASE_GAP = (
        "phase_gap",
        Severity.WARNING,
        Text(en="days of the plan that lie in no phase", zh="规划期内有未列入任何阶段的时间"),
        Text(en="let phases follow each other without a gap", zh="使各阶段首尾相接"),
    )
    PHASE_OVERLAP = (
        "phase_overlap",
        Severity.WARNING,
        Text(en="days that lie in two phases", zh="有同属两个阶段的时间"),
        Text(
            en="let a phase start when the one before has ended",
            zh="前一阶段结束后再开始后一阶段",
        ),
    )
    NO_LEAD = (
        "no_lead",
        Severity.WARNING,
        Text(en="no department leads the task", zh="任务没有牵头部门"),
        Text(en="name the department in `lead`", zh="在 lead 中写明牵头部门"),
    )
    NO_DEPARTMENT = (
        "no_department",
        Severity.WARNING,
        Text(en="no department answers for it", zh="没有责任部门"),
        Text(
            en="name its task in `tasks`, and departments in that task",
            zh="在 tasks 中写明所属任务,并为该任务写明部门",
        ),
    )
    LOOSE_END = (
        "loose_end",
        Severity.WARNING,
        Text(en="nothing in the plan is linked to it", zh="与规划其他内容没有关联"),
        Text(en="link it to what it is for, or leave it out", zh="与相关内容建立关联,或予以删除"),
    )
    ACCRUAL_NOT_STATED = (
        "accrual_not_stated",
        Severity.NOTE,
        Text(en="the text does not say how values add up", zh="原文未说明统计口径"),
        Text(en="ask the issuer; see how it is read here", zh="向发文机关核实;此处读法见说明"),
    )
    SEVERAL_LEADS = (
        "several_leads",
        Severity.NOTE,
        Text(en="more than one department leads the task", zh="任务有多个牵头部门"),
        Text(en="agree which of them reports", zh="商定由哪一部门负责报告"),
    )
    MISSING_CLAUSE = (
        "missing_clause",
        Severity.NOTE,
        Text(en="no clause says where the text has it", zh="未注明所在条款"),
        Text(en="give `clause`, the number in the text", zh="补充 clause,即原文条款编号"),
    )
    MISSING_TRANSLATION = (
        "missing_translation",
        Severity.NOTE,
        Text(en="a text in one language only", zh="文字只有一种语言"),
        Text(en="give both zh and en", zh="补齐 zh 与 en"),
    )

    severity: Severity
    meaning: Text
    hint: Text

    def __new__(cls, name: str, severity: Severity, meaning: Text, hint: Text) -> FindingCode:
        """A member whose value is its name; the rest are attributes."""
        code = object.__new__(cls)
        code._value_ = name
        code.severity, code.meaning, code.hint = severity, meaning, hint
        return code


_RANKS = {
    code: (tuple(Severity).index(code.severity), rank) for rank, code in enumerate(FindingCode)
}


def _code(value: FindingCode | str) -> FindingCode:
    return choose(FindingCode, value, place="code")


@frozen(kw_only=True)
class Finding:
    """One thing that a check tells: its code, where in the plan it is, what it is, what to do.

    `place` is a dotted path into the plan, as in error messages; empty for the plan as a whole.
    """

    code: FindingCode = field(converter=_code)
    place: str = field(default="", validator=printable)
    message: Text = field(validator=is_a(Text))
    hint: Text = field(
        default=Factory(lambda self: self.code.hint, takes_self=True), validator=is_a(Text)
    )

    @property
    def severity(self) -> Severity:
        """How much it matters; that of its code."""
        return self.code.severity

    def within(self, place: str) -> Finding:
        """The same finding seen from outside: its place is put below `place`."""
        return evolve(self, place=f"{place}.{self.place}" if self.place else place)

    def told(self, lang: Lang | str = Lang.EN) -> str:
        """The finding as one line.

        >>> Finding(code="no_lead", place="tasks.2.1", message=Text(en="nobody leads")).told()
        'warning no_lead, tasks.2.1: nobody leads (name the department in `lead`)'
        """
        from ipplan.plan.checks.table import told

        return told(self, choose(Lang, lang, place="lang"))


def finding_row(finding: Finding) -> dict[str, str]:
    """A finding as a flat row, with the fields of ROW_FIELDS."""
    return {
        "code": finding.code.value,
        "severity": finding.severity.value,
        "place": finding.place,
        "message_zh": finding.message.zh,
        "message_en": finding.message.en,
        "hint_zh": finding.hint.zh,
        "hint_en": finding.hint.en,
    }


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda each: _RANKS[each.code]))


@frozen(kw_only=True, repr=False)
class Findings(Sequence[Finding]):
    """All findings on one plan: the gravest first, those of one code together in plan order.

    `plan` is the plan's id, or the name of a file that holds none.
    """

    plan: str
    members: tuple[Finding, ...] = field(converter=_sorted)

    @property
    def worst(self) -> Severity | None:
        """The gravest severity found; None where nothing was."""
        return self.members[0].severity if self.members else None

    @property
    def counts(self) -> Mapping[Severity, int]:
        """How many findings each severity has."""
        found = Counter(each.severity for each in self.members)
        return {severity: found[severity] for severity in Severity}

    def of(self, code: FindingCode | str) -> tuple[Finding, ...]:
        """The findings of one code."""
        wanted = _code(code)
        return tuple(each for each in self.members if each.code is wanted)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:
        return self.members[index]

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.members)

    def __len__(self) -> int:
        return len(self.members)

    def __repr__(self) -> str:
        counts = ", ".join(f"{severity.value}: {n}" for severity, n in self.counts.items())
        return f"Findings({self.plan}: {counts})"

    def __str__(self) -> str:
        return self.to_table()

    def to_table(self, lang: Lang | str = Lang.EN) -> str:
        """The findings for a terminal: how many of each code, then each code's with its places."""
        from ipplan.plan.checks.table import shown
        from ipplan.tables import TableStyle

        return shown(self, choose(Lang, lang, place="lang"), TableStyle.TERMINAL)

    def to_markdown(self, lang: Lang | str = Lang.EN) -> str:
        """The same for Markdown."""
        from ipplan.plan.checks.table import shown
        from ipplan.tables import TableStyle

        return shown(self, choose(Lang, lang, place="lang"), TableStyle.MARKDOWN)

    def to_dict(self) -> dict[str, Any]:
        """The findings as plain values."""
        return {
            "plan": self.plan,
            "counts": {severity.value: count for severity, count in self.counts.items()},
            "findings": [finding_row(each) for each in self.members],
        }

    def to_json(self, *, indent: int | None = 2) -> str:
        """The findings as JSON; Chinese text stays readable."""
        import json

        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent, allow_nan=False)
