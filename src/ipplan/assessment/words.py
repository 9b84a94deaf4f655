"""Words: states, reasons and other enums in Chinese and English, and dates, marks and yes or no."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from ipplan import units
from ipplan.aggregation import MissingPolicy
from ipplan.interpolation import Interpolation
from ipplan.model.indicator import Accrual, Indicator
from ipplan.model.links import PartKind, Role
from ipplan.model.observation import Origin, Verification
from ipplan.model.task import TaskKind
from ipplan.model.trajectory import Reference
from ipplan.reasons import NotRolledUp, Reason, SetAside, State, Unused
from ipplan.text import Lang, Text

__all__ = [
    "NONE",
    "Say",
    "coverage_told",
    "in_words",
    "missing_told",
    "name_with_unit",
    "speaker",
    "times_told",
    "word",
]

NONE = "–"
"""Stands where there is no figure; an empty cell could be an oversight."""

Say: TypeAlias = Callable[[str, str], str]
"""`say(english, chinese)`: the one that the reader's language asks for."""

_WORDS: dict[object, Text] = {
    State.SCORED: Text(en="scored", zh="已评分"),
    State.MISSING: Text(en="missing", zh="未报告"),
    State.NOT_DUE: Text(en="not due", zh="未到期"),
    State.NOT_COMPUTABLE: Text(en="not computable", zh="无法计算"),
    Reason.NOT_REPORTED: Text(en="nothing was reported", zh="没有报告数据"),
    Reason.BEFORE_FIRST_MILESTONE: Text(
        en="nothing is due yet at that time",
        zh="此时尚无到期的要求",
    ),
    Reason.BENCHMARK_MISSING: Text(
        en="the benchmark that it is compared with was not reported", zh="未报告用于比较的基准数据"
    ),
    Reason.PREVIOUS_MISSING: Text(
        en="the figure of one year before was not reported", zh="未报告上一年同期数据"
    ),
    Reason.NOT_DUE_YET: Text(en="it is not due yet", zh="尚未到期"),
    Reason.CANCELLED: Text(en="it was cancelled", zh="已取消"),
    Reason.SCALE_WITHOUT_ENDS: Text(
        en="the policy's scale has no lowest or highest score to place a share on",
        zh="评分规则的分制没有上下限,无法折算完成比例",
    ),
    Reason.NOTHING_MEASURES_IT: Text(
        en="the plan has nothing that measures it", zh="规划中没有衡量它的内容"
    ),
    Reason.WEIGHS_NOTHING: Text(
        en="what is due of it weighs nothing, by the credits", zh="到期内容的权重均为零"
    ),
    Reason.ANSWERS_FOR_NOTHING: Text(en="it has no task by itself", zh="没有单独负责的任务"),
    Reason.EXPECTED_IS_ZERO: Text(en="the expected value is zero", zh="预期值为零"),
    Reason.EXPECTED_IS_NEGATIVE: Text(
        en="the expected value is negative, where a ratio ranks wrongly",
        zh="预期值为负,比率会颠倒优劣",
    ),
    Reason.EXPECTED_NOT_FINITE: Text(
        en="the interpolation given by the caller returned no finite number",
        zh="自定义插值没有返回有限数值",
    ),
    Reason.ACTUAL_IS_ZERO: Text(
        en="the actual is zero, where expected / actual is undefined (the mirror form is not)",
        zh="实际值为零,“预期/实际”无定义(可改用 mirror 形式)",
    ),
    Reason.SIGN_CHANGE: Text(
        en="there is a change of sign, or a zero, between the figures compared",
        zh="所比较的数值符号不同或为零",
    ),
    Reason.ACTUAL_NOT_POSITIVE: Text(
        en="the actual is zero or negative, where a logarithm is asked",
        zh="实际值不为正,无法取对数",
    ),
    Reason.BASELINE_IS_ZERO: Text(
        en="the baseline is zero, from which there is no growth rate", zh="基期值为零,无增长率"
    ),
    Reason.BASELINE_AT_LIMIT: Text(
        en="the baseline has reached the natural limit, and growth has no room",
        zh="基期值已达自然上限,没有增长空间",
    ),
    Reason.NO_TARGET: Text(en="there is no target", zh="没有目标值"),
    Reason.TARGET_EQUALS_START: Text(
        en="the target equals the value it starts from", zh="目标值等于起点值"
    ),
    Reason.NO_TIME_PASSED: Text(
        en="no time has passed since the baseline", zh="距基期没有时间间隔"
    ),
    Reason.NO_BASELINE: Text(en="there is no baseline", zh="没有基期值"),
    Reason.EXPECTED_EQUALS_BASELINE: Text(
        en="the expected value equals the baseline", zh="预期值等于基期值"
    ),
    Reason.DIRECTION_CONTRADICTS_BASELINE: Text(
        en="the expected value lies on the worse side of the baseline",
        zh="预期值劣于基期值,与指标方向矛盾",
    ),
    Reason.NO_BETTER_DIRECTION: Text(
        en="within a range neither direction is better", zh="区间型指标没有更优的方向"
    ),
    Reason.POSTS_CONTRADICT_DIRECTION: Text(
        en="the rule's posts run against the direction of the indicator",
        zh="评分端点的方向与指标方向相反",
    ),
    Reason.UNDEFINED: Text(
        en="the rule gives no finite number there", zh="评分规则在此没有给出有限数值"
    ),
    Reason.NOTHING_SCORED: Text(en="no indicator could be scored", zh="没有可评分的指标"),
    Reason.SCORE_NOT_POSITIVE: Text(
        en="a score is zero or negative, where the mean wants positive ones",
        zh="有得分不为正,该平均数无定义",
    ),
    Reason.COVERAGE_TOO_LOW: Text(
        en="coverage is below what the policy requires", zh="覆盖率低于评分规则的要求"
    ),
    Reason.TOO_FEW_VALUES: Text(
        en="there are too few values to test for a trend", zh="数据个数太少,无法检验趋势"
    ),
    Reason.TARGET_REACHED: Text(
        en="the last figure meets the final target already", zh="最近数据已达到最终目标"
    ),
    Reason.NO_TIME_LEFT: Text(
        en="the final target's time was over before the year", zh="最终目标的期限早于本年度"
    ),
    Reason.RELATIVE: Text(
        en="the target is a multiple of a figure that is not known yet",
        zh="目标为另一数值的倍数,而该数值尚未知",
    ),
    Unused.AFTER_AS_OF: Text(en="after the as-of period", zh="晚于评估时点"),
    Unused.SUPERSEDED: Text(en="a later figure was taken", zh="已采用更近的数据"),
    Unused.NOTHING_DUE: Text(en="before anything was due", zh="早于首个节点"),
    Unused.BASELINE: Text(en="taken as the baseline", zh="作为基期值"),
    Unused.NO_COMPARISON: Text(en="nothing was compared with it", zh="没有与之比较的数据"),
    Unused.OTHER_SOURCE: Text(en="another source was taken", zh="已采用其他来源"),
    NotRolledUp.REGIONS_MISSING: Text(en="not every region reported it", zh="有地区未报告"),
    NotRolledUp.DENOMINATOR_MISSING: Text(
        en="a quotient without its numerator and denominator", zh="比率缺少分子和分母"
    ),
    NotRolledUp.OTHER_SOURCE: Text(
        en="another source of the region was taken", zh="已采用该地区的其他来源"
    ),
    NotRolledUp.BENCHMARK: Text(en="a benchmark, no part of the whole", zh="基准数据,不参与汇总"),
    NotRolledUp.DELIVERY: Text(
        en="the report of a deliverable, which does not add up", zh="应交付事项的报告,不能相加"
    ),
    SetAside.UNKNOWN_INDICATOR: Text(en="the plan has no such indicator", zh="规划中没有该指标"),
    SetAside.UNKNOWN_PERIOD: Text(en="not one of the periods", zh="不在所评估的时期内"),
    SetAside.UNKNOWN_UNIT: Text(en="the unit does not fit", zh="计量单位不符"),
    SetAside.NOT_IN_FORCE: Text(
        en="the plan of that time does not have the indicator", zh="当时有效的规划没有该指标"
    ),
    SetAside.OUT_OF_RANGE: Text(en="the value is out of range", zh="数值超出范围"),
    SetAside.DUPLICATE: Text(en="reported more than once", zh="重复报告"),
    Verification.PUBLISHED: Text(en="published", zh="公开发布"),
    Verification.NOT_STATED: Text(en="verification not stated", zh="未说明核实情况"),
    Verification.DERIVED: Text(en="derived", zh="推算"),
    Verification.UNVERIFIED: Text(en="UNVERIFIED", zh="未经核实"),
    Origin.STATISTICS: Text(en="statistics bureau", zh="统计部门"),
    Origin.THIRD_PARTY: Text(en="third party", zh="第三方"),
    Origin.SELF_REPORTED: Text(en="self-reported", zh="自报"),
    Origin.NOT_STATED: Text(en="origin not stated", zh="未说明填报方"),
    True: Text(en="yes", zh="是"),
    False: Text(en="no", zh="否"),
    Accrual.LEVEL: Text(en="level", zh="时点数"),
    Accrual.FLOW: Text(en="flow", zh="当期数"),
    Accrual.CUMULATIVE: Text(en="cumulative", zh="累计数"),
    Accrual.RATE: Text(en="rate", zh="比率"),
    PartKind.INDICATOR: Text(en="indicator", zh="指标"),
    PartKind.QUOTA: Text(en="quota", zh="定额"),
    PartKind.DELIVERABLE: Text(en="deliverable", zh="应交付事项"),
    PartKind.SUBPLAN: Text(en="sub-plan", zh="子规划"),
    Role.LEAD: Text(en="leads", zh="牵头"),
    Role.SUPPORT: Text(en="supports", zh="配合"),
    TaskKind.TASK: Text(en="task", zh="任务"),
    TaskKind.SAFEGUARD: Text(en="safeguard", zh="保障措施"),
    Interpolation.LINEAR: Text(en="linear", zh="线性插值"),
    Interpolation.GEOMETRIC: Text(en="geometric", zh="等比插值"),
    Interpolation.PREVIOUS: Text(en="previous", zh="沿用前一节点"),
    Interpolation.NEXT: Text(en="next", zh="取后一节点"),
    Interpolation.PCHIP: Text(en="pchip", zh="保形三次插值(pchip)"),
    "ratio": Text(en="ratio", zh="完成率"),
    "progress": Text(en="progress", zh="进度率"),
    "goalposts": Text(en="goalposts", zh="阈值法(上下限)"),
    "distance_to_target": Text(en="distance to target", zh="距目标的差距"),
    "pass_fail": Text(en="pass or fail", zh="达标与否"),
    "healthy_people": Text(en="healthy people", zh="健康人民法"),
    "growth_ratio": Text(en="growth ratio", zh="实际增速与所需增速之比"),
    "growth": Text(en="growth", zh="年均增速"),
    "pace": Text(en="pace", zh="实际步伐与所需步伐之比"),
    "time_share": Text(en="time share", zh="序时进度差"),
    "projection": Text(en="projection", zh="按现增速推算"),
    "canadian_indicator": Text(en="canadian indicator", zh="加拿大指标框架"),
    "largest_remainder": Text(en="largest remainder", zh="最大余数法"),
    "proportional": Text(en="proportion", zh="比例"),
    "lower": Text(en="lower", zh="下限"),
    "upper": Text(en="upper", zh="上限"),
    "log": Text(en="log", zh="取对数"),
    "worst": Text(en="worst", zh="最差值"),
    "exponent": Text(en="exponent", zh="指数"),
    "zero": Text(en="zero", zh="零以此代替"),
    "accrual": Text(en="how values add up", zh="统计口径"),
    "allocation": Text(en="how it was split", zh="目标分解"),
    "bound": Text(en="kind of bound", zh="目标含义"),
    "definition": Text(en="definition", zh="定义"),
    "departments": Text(en="departments", zh="部门"),
    "interpolation": Text(en="between milestones", zh="节点之间"),
    "period": Text(en="when it is due", zh="期限"),
    "set_aside": Text(en="set aside", zh="未采用"),
    "scope": Text(en="scope", zh="范围"),
}


def word(key: object, lang: Lang) -> str:
    """The word for an enum member or a name; a name without an entry stands for itself."""
    text = _WORDS.get(key)
    return str(key).replace("_", " ") if text is None else text.label(lang)


_MISSING = {
    "skip": "跳过,其余重新加权(skip)",
    "zero": "计零分(zero)",
    "require": "覆盖率不足则无总分({name})",
    "substitute": "以给定分数代替({name})",
}


def missing_told(missing: MissingPolicy, lang: Lang) -> str:
    """A missing-data policy by its name, in Chinese with what it does."""
    if lang is Lang.EN:
        return missing.name
    known = _MISSING.get(missing.name.partition("(")[0], "{name}")
    return known.format(name=missing.name)


def coverage_told(coverage: float) -> str:
    """A share in whole percent, which reads 0 or 100 only where it is."""
    told = f"{coverage:.0%}"
    if told == "100%" and coverage < 1.0:
        return ">99%"
    return "<1%" if told == "0%" and coverage > 0.0 else told


def times_told(indicator: Indicator, say: Say) -> str:
    """What the figures of a relative indicator are multiples of; nothing for others."""
    match indicator.trajectory.relative_to:
        case Reference.BENCHMARK:
            return say(" times the benchmark", " 倍于基准")
        case Reference.PREVIOUS:
            return say(" times the year before", " 倍于上年")
        case None:
            return ""


def name_with_unit(indicator: Indicator, lang: Lang) -> str:
    """An indicator as tables head it: its name, and its unit in brackets."""
    name, unit = indicator.name.label(lang), units.label(indicator.unit, lang)
    return f"{name}({unit})" if lang is Lang.ZH else f"{name} ({unit})"


_TERMS = {
    "yearly growth made": "实际年均增速",
    "yearly growth needed": "所需年均增速",
    "yearly growth since the baseline": "基期以来年均增速",
    "yearly step made": "实际年均增量",
    "yearly step needed": "所需年均增量",
    "share of the way made": "已完成进度",
    "share of the time gone": "已过时间",
    ", away from the target": "(背离目标)",
    "growth^years left": "增长倍数^剩余年数",
    "1 if the bound holds, else 0": "达标为 1,否则为 0",
    "target": "最终目标",
    "lower": "下限",
    "upper": "上限",
    "worst": "最差值",
    "actual": "实际值",
    "expected": "预期值",
    "baseline": "基期值",
    "within the bound": "在区间内",
    "bound": "区间",
}


def in_words(formula: str, lang: Lang) -> str:
    """A formula with its terms in the reader's language; longer terms stand before their parts.

    >>> in_words("actual / expected", Lang.ZH)
    '实际值 / 预期值'
    """
    if lang is Lang.ZH:
        for english, chinese in _TERMS.items():
            formula = re.sub(rf"(?<!\w){re.escape(english)}(?!\w)", chinese, formula)
    return formula


def speaker(lang: Lang) -> Say:
    """A function that picks the English or the Chinese wording."""
    return (lambda en, zh: zh) if lang is Lang.ZH else (lambda en, zh: en)
