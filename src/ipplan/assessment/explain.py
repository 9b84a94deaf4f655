"""Explanations: how a figure came to be, from the input and the clause to the score."""

from __future__ import annotations

from collections.abc import Iterator

from ipplan import units
from ipplan.aggregation import Mean
from ipplan.assessment.contributions import contribution_told, group_told, idle_veto, veto_told
from ipplan.assessment.delivery_table import phases_told
from ipplan.assessment.department_table import subplans_told
from ipplan.assessment.described import mean_told
from ipplan.assessment.evaluate import case_of, figures_of
from ipplan.assessment.notes import notes_on
from ipplan.assessment.result import Assessment, Result
from ipplan.assessment.table import assumptions_told
from ipplan.assessment.thresholds import nearest, thresholds_of
from ipplan.assessment.versions import version_told
from ipplan.assessment.words import NONE, Say, in_words, speaker, times_told, word
from ipplan.choices import choose
from ipplan.interpolation import Interpolation
from ipplan.model.actuals import Reported
from ipplan.model.observation import Observation, Origin
from ipplan.model.trajectory import Baseline, Expectation, Point, Reference
from ipplan.reasons import Reason
from ipplan.scoring import Case, ScoringRule
from ipplan.scoring.rule import score_of
from ipplan.status import Graded, StatusClass, StatusScale, Words
from ipplan.text import Lang, exact, figure

__all__ = ["aligned", "explain_result", "explain_total"]


def explain_result(result: Result, lang: Lang | str = Lang.EN) -> str:
    """The way from the inputs to the score of one indicator, a line for each step."""
    lang = choose(Lang, lang, place="lang")
    say = speaker(lang)
    return "\n".join((_heading(result, say, lang), *aligned(_steps(result, say, lang))))


def explain_total(assessment: Assessment, lang: Lang | str = Lang.EN) -> str:
    """How the total follows from its contributions, and what it leaves out."""
    lang = choose(Lang, lang, place="lang")
    say = speaker(lang)
    title = assessment.title.label(lang)
    heading = say(
        f"{title} ({assessment.plan_id}), as of {assessment.as_of}",
        f"{title}({assessment.plan_id}),截至 {assessment.as_of}",
    )
    return "\n".join((heading, *aligned(_total_steps(assessment, say, lang))))


def aligned(steps: Iterator[tuple[str, str]]) -> Iterator[str]:
    """The steps in two columns; a label that repeats stands once."""
    from wcwidth import wcswidth

    listed = [*steps]
    width = max(wcswidth(label) for label, _ in listed)
    last = ""
    for label, text in listed:
        shown = "" if label == last else label
        yield f"  {shown}{' ' * (width - wcswidth(shown))}  {text}"
        last = label


def _heading(result: Result, say: Say, lang: Lang) -> str:
    name, unit = result.name.label(lang), units.label(result.unit, lang)
    clause = result.indicator.clause
    stands = say(f", clause {clause}", f",条款 {clause}") if clause else ""
    return say(
        f"{name} ({result.id}), in {unit}{stands}, as of {result.as_of}",
        f"{name}({result.id}),单位:{unit}{stands},截至 {result.as_of}",
    )


def _steps(result: Result, say: Say, lang: Lang) -> Iterator[tuple[str, str]]:
    yield from _inputs(result, say, lang)
    if result.reported is not None:
        yield from _compared(result, result.reported, say, lang)
    yield from _verdict(result, say, lang)
    for note in notes_on(result, say, lang):
        yield say("note", "说明"), note
    for assumption in result.assumptions:
        about = word(assumption.about, lang)
        yield say("assumed", "假定"), f"{about} – {assumption.text.label(lang)}"
    yield say("policy", "评分规则"), result.policy.describe(lang)


def _inputs(result: Result, say: Say, lang: Lang) -> Iterator[tuple[str, str]]:
    """What was reported, and what it is compared with."""
    yield say("actual", "实际值"), _actual(result, say, lang)
    for other in result.conflicts:
        yield say("conflict", "来源不一致"), _source(other, say, lang)
    start = result.indicator.trajectory.baseline
    if start is not None:
        yield say("baseline", "基期值"), _baseline(start, result, say)
    if result.indicator.limit is not None:
        yield say("limit", "自然上限"), figure(result.indicator.limit)
    yield say("expected", "预期值"), _expected(result, say, lang)
    yield say("target", "最终目标"), _target(result, say)


def _compared(
    result: Result, reported: Reported, say: Say, lang: Lang
) -> Iterator[tuple[str, str]]:
    """What the comparison comes to, each formula with its numbers."""
    if result.met is not None:
        yield say("met", "达到预期"), word(result.met, lang)
        yield say("gap", "差距"), figure(result.gap or 0.0)
    case = case_of(result.indicator, reported, result.expectation, result.policy)
    yield from _figures(result, case, lang)
    graded = _graded(result, case)
    if graded is not None and graded != result.attainment:
        shown = figure(graded, beside=_landmark(graded, result))
        yield (
            say("graded", "调整后数值"),
            say(
                f"{shown}, what the scale and the thresholds see of the value",
                f"{shown},供分制与等级使用",
            ),
        )


def _verdict(result: Result, say: Say, lang: Lang) -> Iterator[tuple[str, str]]:
    """The score, or why there is none, and the word."""
    if result.attainment is not None and result.score is not None:
        yield say("score", "得分"), _score(result, result.attainment, result.score, say, lang)
    if result.reason is not None:
        yield say("no score", "无得分"), f"{word(result.state, lang)}: {word(result.reason, lang)}"
    if result.status is not None:
        yield say("status", "状态"), _status(result, result.status, say, lang)


def _baseline(start: Baseline, result: Result, say: Say) -> str:
    """The baseline with its period and source, and whether the policy took it from the figures."""
    told = say(f"{figure(start.value)} for {start.period}", f"{figure(start.value)},{start.period}")
    share = 1.0 if result.expectation is None else result.expectation.share
    if share != 1.0:
        told += say(f", times {share:.4g}", f",乘以 {share:.4g}")
    if result.baseline_taken:
        told += say(", the first figure reported", ",取自首个报告数据")
    return told + (say(f" ({start.source})", f"({start.source})") if start.source else "")


def _target(result: Result, say: Say) -> str:
    target = result.indicator.trajectory.target
    if target is None:
        return NONE + say(" none: the plan only watches it", " 无目标,仅监测")
    return f"{target.bound}{times_told(result.indicator, say)} ({target.period})"


def _actual(result: Result, say: Say, lang: Lang) -> str:
    if result.observation is None:
        return NONE + say(
            f" nothing reported that is not after {result.as_of} and answers a milestone",
            f" 截至 {result.as_of} 没有可用的报告数据",
        )
    return _source(result.observation, say, lang)


def _source(observation: Observation, say: Say, lang: Lang) -> str:
    stated = observation.origin is not Origin.NOT_STATED
    parts = [
        word(observation.origin, lang) if stated else "",
        word(observation.verification, lang),
        observation.written
        and say(f"written {observation.written}", f"原文 {observation.written}"),
        observation.source,
        observation.address,
        observation.place,
        observation.note,
    ]
    told = "; ".join(part for part in parts if part)
    return say(
        f"{exact(observation.value)} for {observation.period} ({told})",
        f"{exact(observation.value)},{observation.period}({told})",
    )


def _expected(result: Result, say: Say, lang: Lang) -> str:
    expectation = result.expectation
    if expectation is None:
        watched = result.indicator.target is None
        reason = Reason.NO_TARGET if watched else result.reason or Reason.BEFORE_FIRST_MILESTONE
        return f"{NONE} {word(reason, lang)}"
    told = _between(result, expectation, say, lang)
    if expectation.share != 1.0:
        share = f"{expectation.share:.4g}"
        told += say(
            f", times {share}, the share of the year that is over", f",乘以已过年度比例 {share}"
        )
    if expectation.reference is not None:
        times = figure(expectation.reference)
        if result.indicator.trajectory.relative_to is Reference.BENCHMARK:
            told += say(f", times {times}, the benchmark", f",乘以基准的 {times}")
        else:
            told += say(f", times {times}, the year before", f",乘以上年的 {times}")
    return f"{expectation.bound.told(beside=result.actual)}  {told}"


def _between(result: Result, expectation: Expectation, say: Say, lang: Lang) -> str:
    start, end = _point(expectation.start), _point(expectation.end)
    if expectation.held:
        return say(f"held from the last milestone, {start}", f"沿用最后节点 {start}")
    if not expectation.interpolated:
        return say(f"the milestone {start}", f"节点 {start}")
    interpolation = result.indicator.trajectory.interpolation
    how = (
        word(interpolation, lang)
        if isinstance(interpolation, Interpolation)
        else getattr(interpolation, "__name__", "callable")
    )
    wider = (
        say(", which looks at all milestones", "(受全部节点影响)")
        if interpolation is Interpolation.PCHIP
        else ""
    )
    return say(f"{how} between {start} and {end}{wider}", f"在 {start} 与 {end} 之间:{how}{wider}")


def _point(point: Point) -> str:
    if isinstance(point, Baseline):
        return f"{point.period}: {figure(point.value)}"
    return f"{point.period}: {point.bound}"


def _figures(result: Result, case: Case, lang: Lang) -> Iterator[tuple[str, str]]:
    rule = result.rule
    ratio, progress = figures_of(rule)
    pairs: list[tuple[ScoringRule, float | None, Reason | None]] = [
        (ratio, result.ratio, result.no_ratio),
        (progress, result.progress, result.no_progress),
    ]
    if rule is not ratio and rule is not progress:
        pairs.append((rule, result.attainment, result.reason))
    for each, value, reason in pairs:
        label = word(each.name, lang)
        if value is None:
            yield label, f"{NONE} {word(reason, lang)}"
        else:
            formula, numbers = each.formula(case)
            shown = figure(value, beside=_landmark(value, result) if each is rule else 1.0)
            yield label, f"{in_words(formula, lang)} = {numbers} = {shown}"


def _graded(result: Result, case: Case) -> float | None:
    """The value as thresholds see it, which a rule may ease: growth near a natural limit."""
    if result.attainment is None:
        return None
    found = score_of(result.rule, result.attainment, case)
    return None if found is None else found[0]


def _landmark(value: float, result: Result) -> float:
    """The threshold that a value must not seem to be, where it is only near it."""
    return nearest(value, (1.0, *thresholds_of(result)))


def _score(result: Result, attainment: float, score: float, say: Say, lang: Lang) -> str:
    scale = result.rule.scale
    name = word(result.rule.name, lang)
    told = figure(attainment, beside=_landmark(attainment, result))
    total = figure(score, beside=nearest(score, (scale.greatest, *thresholds_of(result))))
    return say(
        f"{name} {told}, {scale.describe(lang)}: {total}",
        f"{name} {told},{scale.describe(lang)}:{total}",
    )


def _status(result: Result, status: StatusClass, say: Say, lang: Lang) -> str:
    """The word, and why it is the one."""
    label = f"{status.symbol} {status.text.label(lang)}"
    scale = result.policy.statuses_of(result.rule)
    if not isinstance(scale, Words):
        why = _single(scale, status, say)
    elif status in scale.final.classes:
        why = _final(scale.final, status, say)
    else:
        why = _on_the_way(scale.progress, status, result, say)
    return say(f"{label}: {why}", f"{label}:{why}")


def _on_the_way(scale: StatusScale, status: StatusClass, result: Result, say: Say) -> str:
    if status == scale.achieved:
        target = result.indicator.target
        return say(
            f"the actual satisfies the final bound {target} before it is due",
            f"实际值已提前满足最终目标 {target}",
        )
    return _range(scale, status, say("attainment", "完成程度"), say)


def _final(scale: StatusScale, status: StatusClass, say: Say) -> str:
    if status == scale.exceeded:
        return say("the bound holds, with more", "目标达到且有超出")
    if status == scale.achieved:
        return say("the bound holds", "目标达到")
    if status == scale.overdue:
        return say(
            "the target's period is past and its bound does not hold", "目标期限已过而未达到"
        )
    reached = _range(scale, status, say("attainment", "完成程度"), say)
    return say(f"the bound does not hold; {reached}", f"目标未达到;{reached}")


def _single(scale: StatusScale, status: StatusClass, say: Say) -> str:
    if status == scale.achieved:
        return say("the final target holds", "最终目标已达到")
    if not scale.bands:
        return say("the final target does not hold", "最终目标未达到")
    by_score = scale.graded is Graded.SCORE
    return _range(scale, status, say("score", "得分") if by_score else say("value", "数值"), say)


def _range(scale: StatusScale, status: StatusClass, noun: str, say: Say) -> str:
    """Between which thresholds a class lies: `attainment from 0.95, below 1.05`."""
    ranks = [None, *scale.bands]
    at = next(i for i, band in enumerate(ranks) if (band.status if band else scale.below) == status)
    low, high = ranks[at], ranks[at + 1] if at + 1 < len(ranks) else None
    told = []
    if low is not None:
        sign = say("from", "≥") if low.inclusive else say("above", ">")
        told.append(f"{sign} {low.threshold:g}")
    if high is not None:
        sign = say("below", "<") if high.inclusive else say("up to", "≤")
        told.append(f"{sign} {high.threshold:g}")
    return f"{noun} {say(', ', ',').join(told)}"


def _total_steps(assessment: Assessment, say: Say, lang: Lang) -> Iterator[tuple[str, str]]:
    yield from _parts_of_total(assessment, say, lang)
    if assessment.score is None:
        yield say("score", "总分"), f"{NONE} {word(assessment.total.reason, lang)}"
    else:
        yield (
            say("score", "总分"),
            say(
                f"{figure(assessment.score)}, the sum of the contributions",
                f"{figure(assessment.score)},为各项贡献之和",
            ),
        )
    yield (
        say("coverage", "覆盖率"),
        say(
            f"{assessment.coverage:.1%} of the weight that is due has a score",
            f"到期权重中有得分的占 {assessment.coverage:.1%}",
        ),
    )
    for result in assessment.results.values():
        if result.reason is not None:
            told = f"{word(result.state, lang)} – {word(result.reason, lang)}"
            yield say("without score", "无得分"), f"{result.name.label(lang)}: {told}"
    for report in assessment.conflicts:
        name = assessment.result(report.taken.indicator).name.label(lang)
        for each in (report.taken, *report.conflicts):
            yield say("conflict", "来源不一致"), f"{name}: {_source(each, say, lang)}"
    yield from _beside_total(assessment, say, lang)
    for told in assumptions_told(assessment, say, lang):
        yield say("assumed", "假定"), told
    for told in version_told(assessment.version, say, lang):
        yield say("version", "规划版本"), told
    yield say("policy", "评分规则"), assessment.policy.describe(lang)


def _beside_total(assessment: Assessment, say: Say, lang: Lang) -> Iterator[tuple[str, str]]:
    """What was delivered, the sub-plans, and what was set aside: no part of the total."""
    for told in phases_told(assessment, say, lang):
        yield say("deliverables", "应交付事项"), told
    for told in subplans_told(assessment, say, lang):
        yield say("sub-plan", "子规划"), told
    for problem in assessment.actuals.problems:
        yield say("set aside", "因有误未采用"), str(problem)


def _parts_of_total(assessment: Assessment, say: Say, lang: Lang) -> Iterator[tuple[str, str]]:
    """Contributions, groups, a veto that changed nothing, and how the mean shares them out."""
    for id, share in assessment.contributions.items():
        told = contribution_told(assessment, id, say, lang)
        yield say("contribution", "贡献"), f"{figure(share)}  {told}"
    if idle_veto(assessment):
        yield say("veto", "否决"), veto_told(assessment, say, lang)
    for id, group in assessment.groups.items():
        yield say("part", "组成"), group_told(assessment, id, group, say, lang)
    mean = assessment.policy.method
    if mean is not Mean.ARITHMETIC:
        told = mean_told(mean, lang)
        yield (
            say("mean", "平均方法"),
            say(
                f"{told} of the scores, shared out over them as contributions",
                f"{told},按各项得分分摊为贡献",
            ),
        )
