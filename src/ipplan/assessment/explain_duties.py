"""Explanations of delivery: how the score of a task or a department came to be, and a phase's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ipplan.aggregation import Aggregate, Mean
from ipplan.assessment.basis import Basis
from ipplan.assessment.delivery import DeliverableResult, SectionResult
from ipplan.assessment.department_table import basis_told, no_score_told
from ipplan.assessment.described import mean_told
from ipplan.assessment.explain import aligned
from ipplan.assessment.marks import is_unverified, legend, mark
from ipplan.assessment.parts import delivery_told, part_name, part_state
from ipplan.assessment.tasks import PartResult, Scorecard, TaskResult
from ipplan.assessment.words import NONE, Say, speaker, word
from ipplan.choices import choose
from ipplan.model.links import Role
from ipplan.text import Lang, figure

__all__ = ["explain_scorecard", "explain_section", "explain_task"]

Steps = Iterator[tuple[str, str]]


def explain_task(task: TaskResult, lang: Lang | str = Lang.EN) -> str:
    """How a task's score follows from its parts, a line for each step."""
    lang = choose(Lang, lang, place="lang")
    say = speaker(lang)
    title, as_of = task.title.label(lang), task.basis.as_of
    heading = say(
        f"{title} (task {task.id}), as of {as_of}", f"{title}(任务 {task.id}),截至 {as_of}"
    )
    return "\n".join((heading, *aligned(_task_steps(task, say, lang))))


def explain_scorecard(card: Scorecard, lang: Lang | str = Lang.EN) -> str:
    """How a department's score follows from its tasks and credits, a line for each step."""
    lang = choose(Lang, lang, place="lang")
    say = speaker(lang)
    name, as_of = card.name.label(lang), card.basis.as_of
    heading = say(f"{name} ({card.id}), as of {as_of}", f"{name}({card.id}),截至 {as_of}")
    return "\n".join((heading, *aligned(_card_steps(card, say, lang))))


def explain_section(found: SectionResult, lang: Lang | str = Lang.EN) -> str:
    """What became of the deliverables of a phase or a workstream, and how its shares follow."""
    lang = choose(Lang, lang, place="lang")
    say = speaker(lang)
    name, when = found.name.label(lang), f"{found.start}–{found.end}"
    heading = say(
        f"{name} ({found.id}), {when}, as of {found.as_of}",
        f"{name}({found.id}),{when},截至 {found.as_of}",
    )
    return "\n".join((heading, *aligned(_section_steps(found, say))))


def _task_steps(task: TaskResult, say: Say, lang: Lang) -> Steps:
    for part in task.parts:
        yield say("part", "组成"), _part(part, task, say, lang)
    scores = {part.part.place: part.result.score for part in task.parts}
    weights = {part.part.place: part.weight for part in task.parts}
    formula = say("sum of weight x score / sum of weights", "Σ(权重 × 得分) / Σ 权重")
    yield from _score(task, formula, scores, weights, task.basis, say, lang)
    yield from _closing(task, task.basis, say, lang)


def _part(part: PartResult, task: TaskResult, say: Say, lang: Lang) -> str:
    kind, name = word(part.part.kind, lang), part_name(part, lang)
    state = part_state(part, task, say, lang) + mark(part.result)
    told = [say(f"{kind} {name}: {state}", f"{kind} {name}:{state}")]
    if isinstance(part.result, DeliverableResult):
        told.append(delivery_told(part.result, say))
    if part.result.score is not None:
        told.append(say("score ", "得分 ") + figure(part.result.score))
    elif part.result.reason is not None:
        told.append(word(part.result.reason, lang))
    if part.counts:
        told.append(say("weight ", "权重 ") + figure(part.weight))
    return say("; ", ";").join(each for each in told if each)


def _card_steps(card: Scorecard, say: Say, lang: Lang) -> Steps:
    credits, led = dict(card.credits), {each.id for each in card.leads}
    for task in card.tasks:
        role = word(Role.LEAD if task.id in led else Role.SUPPORT, lang)
        score = NONE if task.score is None else figure(task.score)
        why = "" if task.reason is None else f" ({word(task.reason, lang)})"
        told = say(
            f"{task.id} {task.title.label(lang)}: score {score}{mark(task)}{why}, "
            f"credit {figure(credits[task.id])}",
            f"{task.id} {task.title.label(lang)}:得分 {score}{mark(task)}{why},"
            f"计分权重 {figure(credits[task.id])}",
        )
        yield role, told
    formula = say("sum of credit x score / sum of credits", "Σ(计分权重 × 得分) / Σ 计分权重")
    scores = {task.id: task.score for task in card.tasks}
    yield from _score(card, formula, scores, credits, card.basis, say, lang)
    missing = [task.id for task in card.tasks if task.id in _left_out(card)]
    if missing:
        yield say("left out", "未计入"), say(", ", "、").join(missing)
    yield from _closing(card, card.basis, say, lang)


def _left_out(card: Scorecard) -> set[str]:
    """The tasks that are in no contribution to a department's score."""
    return {task.id for task in card.tasks} - set(card.contributions)


def _score(
    found: TaskResult | Scorecard,
    formula: str,
    scores: Mapping[str, float | None],
    weights: Mapping[str, float],
    basis: Basis,
    say: Say,
    lang: Lang,
) -> Steps:
    label = say("score", "得分")
    if found.score is None:
        yield label, f"{NONE} {no_score_told(found, lang)}"
    elif basis.policy.method is Mean.ARITHMETIC:
        terms = [(weights[id], _counted(id, scores[id], basis)) for id in found.contributions]
        above = " + ".join(f"{figure(weight)} × {figure(score)}" for weight, score in terms)
        below = " + ".join(figure(weight) for weight, _ in terms)
        yield label, f"{formula} = ({above}) / ({below}) = {figure(found.score)}"
    else:
        yield label, _shared_out(found.total, basis, say, lang)
    covered = f"{found.coverage:.1%}"
    yield (
        say("coverage", "覆盖率"),
        say(f"{covered} of the weight that is due has a score", f"到期权重中有得分的占 {covered}"),
    )


def _counted(id: str, score: float | None, basis: Basis) -> float:
    """The score that counts: its own, or what the policy puts in the place of a missing one."""
    if score is not None:
        return score
    return basis.policy.missing.substitute(id) or 0.0


def _shared_out(total: Aggregate, basis: Basis, say: Say, lang: Lang) -> str:
    """Another mean than the arithmetic one, by what each part contributes."""
    shares = " + ".join(figure(share) for _, share in total.contributions)
    score = figure(total.score or 0.0)
    mean = mean_told(basis.policy.method, lang)
    return say(
        f"{mean} of the scores, shared out as contributions: {shares} = {score}",
        f"{mean},分摊为各项贡献:{shares} = {score}",
    )


def _closing(found: TaskResult | Scorecard, basis: Basis, say: Say, lang: Lang) -> Steps:
    shown = found.tasks if isinstance(found, Scorecard) else [each.result for each in found.parts]
    if any(is_unverified(each) for each in shown):
        yield say("mark", "标记"), legend(say)
    for told in basis_told(basis, say, lang):
        yield say("rests on", "依据"), told


def _section_steps(found: SectionResult, say: Say) -> Steps:
    groups = (
        (say("due", "到期"), found.due),
        (say("done", "完成"), found.done),
        (say("done late", "逾期完成"), found.done_late),
        (say("late", "逾期未完成"), found.late),
        (say("cancelled", "取消"), found.cancelled),
        (say("missing", "未报告"), found.missing),
        (say("not due", "未到期"), found.not_due),
    )
    for label, items in groups:
        yield label, _listed(items, say)
    gone = f"{found.time_share:.1%}"
    yield (
        say("time gone", "已过时间"),
        say(
            f"{gone} of the time from {found.start} to {found.end}",
            f"{found.start} 至 {found.end} 的 {gone}",
        ),
    )
    yield say("work done", "完成比例"), _share(found, say)
    if is_unverified(found):
        yield say("mark", "标记"), legend(say)


def _listed(items: Iterable[DeliverableResult], say: Say) -> str:
    listed = [f"{each.id}{mark(each)}" for each in items]
    if not listed:
        return NONE
    return say(f"{len(listed)}: ", f"{len(listed)} 项:") + say(", ", "、").join(listed)


def _share(found: SectionResult, say: Say) -> str:
    """The mean share, of those whose share is known."""
    known = [each.share for each in found.deliverables if each.share is not None]
    if found.share is None:
        return NONE + say(" no share was reported", " 未报告完成比例")
    shares = " + ".join(figure(share) for share in known)
    every = len(found.deliverables)
    return say(
        f"({shares}) / {len(known)} = {found.share:.1%}, known of {len(known)} of {every}",
        f"({shares}) / {len(known)} = {found.share:.1%},{every} 项中 {len(known)} 项已知",
    )
