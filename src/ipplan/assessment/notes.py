"""Notes: what a reader must know to read a result right, in one sentence each."""

from __future__ import annotations

from ipplan.assessment.policy import Exceeding
from ipplan.assessment.result import Result
from ipplan.assessment.words import Say, word
from ipplan.model.bound import same
from ipplan.model.indicator import Accrual
from ipplan.model.observation import Observation, Origin, Verification
from ipplan.model.trajectory import Reference
from ipplan.periods import Grain
from ipplan.text import Lang, exact, figure

__all__ = ["figure_told", "notes_on"]


def notes_on(result: Result, say: Say, lang: Lang) -> list[str]:
    """The notes on one result, the weightiest first."""
    return [
        note
        for note in (
            _conflict(result, say, lang),
            _conflict_beside(result, say, lang),
            _unverified(result, say),
            _borrowed(result, say),
            _compared(result, say, lang),
            _stale(result, say),
            _unreported(result, say),
            _held(result, say),
            _part_year(result, say),
            _exceeding(result, say),
            _disagreement(result, say),
        )
        if note
    ]


def _conflict(result: Result, say: Say, lang: Lang) -> str:
    taken = result.observation
    if taken is None or not result.conflicts:
        return ""
    others = "; ".join(figure_told(other, say, lang) for other in result.conflicts)
    figure = figure_told(taken, say, lang)
    return say(
        f"sources disagree on {taken.period}: {figure} was taken, not {others}",
        f"{taken.period} 数据来源不一致:采用 {figure},未采用 {others}",
    )


def _conflict_beside(result: Result, say: Say, lang: Lang) -> str:
    """Where sources disagree on what a relative bound is a multiple of."""
    beside = result.compared_with
    if beside is None or not beside.conflicts:
        return ""
    others = "; ".join(figure_told(other, say, lang) for other in beside.conflicts)
    figure, period = figure_told(beside.taken, say, lang), beside.taken.period
    return say(
        f"sources disagree on what it is compared with ({period}): {figure} was taken, "
        f"not {others}",
        f"用于比较的数据({period})来源不一致:采用 {figure},未采用 {others}",
    )


def figure_told(observation: Observation, say: Say, lang: Lang) -> str:
    """A figure with who it comes from, where that is stated, and how it was verified."""
    how = word(observation.verification, lang)
    if observation.origin is not Origin.NOT_STATED:
        how = f"{word(observation.origin, lang)}{say(', ', ',')}{how}"
    return f"{exact(observation.value)}{say(f' ({how})', f'({how})')}"


def _unverified(result: Result, say: Say) -> str:
    taken = result.observation
    if taken is None or taken.verification is not Verification.UNVERIFIED:
        return ""
    return say("the actual is UNVERIFIED (?)", "实际值未经核实(?)")


def _borrowed(result: Result, say: Say) -> str:
    taken = result.observation
    if taken is None or taken.indicator == result.id:
        return ""
    return say(
        f"the figure of {taken.indicator} is taken, which reads as the same thing",
        f"采用 {taken.indicator} 的数据(视为同一事项)",
    )


def _compared(result: Result, say: Say, lang: Lang) -> str:
    """The benchmark, or the year before, that a relative bound was a multiple of."""
    if result.compared_with is None:
        return ""
    taken = result.compared_with.taken
    previous = result.indicator.trajectory.relative_to is Reference.PREVIOUS
    noun = say("the year before", "上年数据") if previous else say("the benchmark", "基准")
    verified = word(taken.verification, lang)
    if taken.verification is Verification.UNVERIFIED:
        verified += say(" (?)", "(?)")
    told = say("; ", ";").join(each for each in (verified, taken.source, taken.address) if each)
    return say(
        f"compared with {noun}, {exact(taken.value)} for {taken.period} ({told})",
        f"与{noun}比较:{exact(taken.value)},{taken.period}({told})",
    )


def _stale(result: Result, say: Say) -> str:
    taken = result.observation
    if taken is None or taken.period.position == result.as_of.position:
        return ""
    if result.expectation is None:
        return say(f"the latest report is for {taken.period}", f"最近一次报告为 {taken.period}")
    return say(
        f"the latest report is for {taken.period}, and is compared with what was due then",
        f"最近一次报告为 {taken.period},与当时的预期比较",
    )


def _unreported(result: Result, say: Say) -> str:
    target = result.indicator.trajectory.target
    if target is None or result.observation is None:
        return ""
    last = target.period
    if not result.period.position < last.position <= result.as_of.position:
        return ""
    return say(
        f"the target's period, {last}, is past or here, and nothing was reported for it",
        f"目标期限({last})已到,但未见该期数据",
    )


def _held(result: Result, say: Say) -> str:
    target = result.indicator.trajectory.target
    if target is None or result.expectation is None or not result.expectation.held:
        return ""
    last = target.period
    return say(
        f"past the last milestone ({last}): its bound is held",
        f"已过最后节点({last}),沿用其目标",
    )


def _part_year(result: Result, say: Say) -> str:
    taken = result.observation
    if taken is None or result.expectation is None:
        return ""
    if result.indicator.accrual is not Accrual.FLOW or taken.period.grain is Grain.YEAR:
        return ""
    share = f"{result.expectation.share:.1%}"
    return say(
        f"an amount since the year's first day, compared with {share} of the year's",
        f"年初至今累计数,与全年预期的 {share} 比较(序时进度)",
    )


def _exceeding(result: Result, say: Say) -> str:
    bound, actual = result.required, result.actual
    if result.policy.exceeding is not Exceeding.MET or bound is None or actual is None:
        return ""
    if not bound.exceeded_by(actual):
        return ""
    return say(
        f"{exact(actual)} exceeds the range and counts as its upper figure, "
        f"{figure(bound.high)}, by the policy",
        f"{exact(actual)} 超出区间,按评分规则以上限 {figure(bound.high)} 计",
    )


def _disagreement(result: Result, say: Say) -> str:
    ratio, progress = result.ratio, result.progress
    if ratio is None or progress is None or _side(ratio) == _side(progress):
        return ""
    return say(
        f"ratio ({figure(ratio)}) and progress ({figure(progress)}) fall on different sides of 1",
        f"完成率({figure(ratio)})与进度率({figure(progress)})分处 1 的两侧",
    )


def _side(attainment: float) -> int:
    return 0 if same(attainment, 1.0) else (1 if attainment > 1.0 else -1)
