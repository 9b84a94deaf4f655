"""A policy told: in one line, in Chinese or English, and as plain values."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from ipplan.aggregation import AnyMean, Group, Mean, PowerMean
from ipplan.assessment.credits import Credits
from ipplan.assessment.policy import Exceeding, Policy
from ipplan.assessment.words import Say, missing_told, speaker, word
from ipplan.scoring import AtMostForm, Ratio, ScoringRule
from ipplan.status import AnyScale, Band, Words
from ipplan.text import Lang, Text

__all__ = ["described", "mean_told", "policy_to_dict"]

_MEANS = {
    Mean.ARITHMETIC: Text(en="arithmetic mean", zh="算术平均"),
    Mean.GEOMETRIC: Text(en="geometric mean", zh="几何平均"),
    Mean.HARMONIC: Text(en="harmonic mean", zh="调和平均"),
    Mean.MINIMUM: Text(en="minimum", zh="取最小值"),
}
_FORMS = {
    AtMostForm.RECIPROCAL: Text(en="expected / actual", zh="预期/实际"),
    AtMostForm.MIRROR: Text(en="2 - actual / expected", zh="2 − 实际/预期"),
}


def described(policy: Policy, lang: Lang) -> str:
    """The policy in one line."""
    say = speaker(lang)
    return say("; ", ";").join(_parts(policy, say, lang))


def _parts(policy: Policy, say: Say, lang: Lang) -> Iterator[str]:
    if policy.name:
        yield say(f"preset {policy.name}", f"预设 {policy.name}")
    yield say("rule ", "计分:") + _rule(policy.rule, say, lang)
    for id, rule in policy.rules:
        yield say(f"{id} by ", f"{id} 用") + _rule(rule, say, lang)
    yield _summing(policy, say, lang)
    if policy.groups:
        yield say("groups: ", "分组:") + ", ".join(
            _group(each, say, lang) for each in policy.groups
        )
    if policy.veto is not None:
        ids = ", ".join(policy.veto.of)
        below, total = f"{policy.veto.below:g}", f"{policy.veto.total:g}"
        yield say(
            f"veto: {total} in all where {ids} is below {below}",
            f"一票否决:{ids} 低于 {below} 时总分为 {total}",
        )
    if policy.caps is not None:
        bonus, deduction = f"{policy.caps.bonus:g}", f"{policy.caps.deduction:g}"
        yield say(
            f"adjustments: at most {bonus} more, {deduction} less",
            f"加分至多 {bonus},扣分至多 {deduction}",
        )
    yield from _reporting(policy, say, lang)
    if math.isnan(policy.full):
        yield say(
            "rules differ in their full score, and the mean mixes them",
            "各规则满分不同,平均值混合了不同的分制",
        )
    missed = policy.exceeding is Exceeding.MISSED
    yield say(
        f"exceeding a range counts as {policy.exceeding.value}",
        f"超出区间视为{'未达标' if missed else '达标'}",
    )
    yield _words(policy.statuses_of(policy.rule), say, lang)


def _reporting(policy: Policy, say: Say, lang: Lang) -> Iterator[str]:
    """Whose figures count, what departments get for them, and where a baseline comes from."""
    if policy.prefer:
        origins = say(", ", "、").join(word(each, lang) for each in policy.prefer)
        yield say(f"of several sources: {origins} first", f"多个来源时优先采用:{origins}")
    if policy.tolerance:
        share = f"{policy.tolerance:.10g}"
        yield say(f"sources agree within {share} of the larger", f"来源差异在 {share} 以内视为一致")
    if policy.credits != Credits():
        yield say("credits: ", "计分权重:") + policy.credits.describe(lang)
    if policy.baseline_from is not None:
        yield say(
            f"baseline, where none is given: the first figure from {policy.baseline_from} on",
            f"未给基期值时取 {policy.baseline_from} 起的首个数据",
        )


def _rule(rule: ScoringRule, say: Say, lang: Lang) -> str:
    name, scale = say(rule.name, word(rule.name, lang)), rule.scale.describe(lang)
    told = _options_told(rule, say, lang)
    options = say(f" ({told})", f"({told})") if told else ""
    return say(f"{name}{options}, {scale}", f"{name}{options},{scale}")


def _options_told(rule: ScoringRule, say: Say, lang: Lang) -> str:
    """A rule's options but for its scale: a ratio's form, the posts of goalposts."""
    if isinstance(rule, Ratio):
        form = _FORMS[rule.at_most].label(lang)
        return say(f"for at most: {form}", f"越小越好:{form}")
    return ", ".join(
        f"{word(name, lang)} {_option(value, lang)}" for name, value in _options(rule).items()
    )


def _option(value: Any, lang: Lang) -> str:
    return word(value, lang) if isinstance(value, bool) else _plain(value)


def _options(rule: ScoringRule) -> dict[str, Any]:
    cls: Any = type(rule)
    if not attrs.has(cls):
        return {}
    fields = (each.name for each in attrs.fields(cls) if each.init and each.name != "scale")
    return {name: getattr(rule, name) for name in fields}


def _plain(value: Any) -> str:
    number = isinstance(value, float)
    return f"{value:g}" if number else str(getattr(value, "value", value)).lower()


def _summing(policy: Policy, say: Say, lang: Lang) -> str:
    mean = mean_told(policy.method, lang)
    listed = ", ".join(f"{id} {weight:g}" for id, weight in policy.weights or ())
    if lang is Lang.ZH:
        weights = "等权" if policy.weights is None else f"加权({listed})"
        missing = missing_told(policy.missing, lang)
        return f"{weights}{mean},缺失:{missing}"
    weights = "equal weights" if policy.weights is None else f"weights {listed}"
    return f"{weights}, {mean}, missing: {policy.missing.name}"


def mean_told(mean: AnyMean, lang: Lang) -> str:
    """The mean's name."""
    if isinstance(mean, PowerMean):
        exponent = f"{mean.exponent:g}"
        return f"幂平均({exponent})" if lang is Lang.ZH else f"power mean ({exponent})"
    return _MEANS[mean].label(lang)


def _group(group: Group, say: Say, lang: Lang) -> str:
    members = ", ".join(
        each if isinstance(each, str) else _group(each, say, lang) for each in group.members
    )
    told = [members]
    if group.method is not None:
        told.append(mean_told(group.method, lang))
    if group.missing is not None:
        missing = missing_told(group.missing, lang)
        told.append(say(f"missing: {missing}", f"缺失:{missing}"))
    return say(f"{group.id} ({'; '.join(told)})", f"{group.id}({';'.join(told)})")


def _words(scale: AnyScale, say: Say, lang: Lang) -> str:
    """From where on a status applies."""
    bands = _bands(scale)
    if isinstance(scale, Words):
        if lang is Lang.ZH:
            return ",".join(_reached(bands, lang))
        return ", ".join(
            f"{band.status.text.label(lang)} {'from' if band.inclusive else 'above'} "
            f"{band.threshold:g}"
            for band in bands
        )
    told = ", ".join(_reached(bands, lang))
    if not bands:
        return say(
            f"{scale.name}: whether the final target holds",
            f"状态等级 {scale.name}:最终目标是否达到",
        )
    return say(f"{scale.name}: {told}", f"状态等级 {scale.name}:{told}")


def _bands(scale: AnyScale) -> tuple[Band, ...]:
    """The bands of a scale; of two vocabularies those on the way, the best first, then final."""
    if isinstance(scale, Words):
        return (*reversed(scale.progress.bands), *scale.final.bands)
    return scale.bands


def _reached(bands: Iterable[Band], lang: Lang) -> Iterator[str]:
    for band in bands:
        sign = "≥" if band.inclusive else ">"
        yield f"{band.status.text.label(lang)} {sign} {band.threshold:g}"


def policy_to_dict(policy: Policy) -> dict[str, Any]:
    """The policy as plain values that JSON can hold; `text` says it in one line."""
    scale, veto = policy.statuses_of(policy.rule), policy.veto
    return {
        "name": policy.name or None,
        "rule": policy.rule.name,
        "options": {name: _json(value) for name, value in _options(policy.rule).items()},
        "scale": policy.rule.scale.describe(),
        "rules": {
            id: {
                "rule": rule.name,
                "options": {name: _json(value) for name, value in _options(rule).items()},
                "scale": rule.scale.describe(),
            }
            for id, rule in policy.rules
        },
        "method": policy.method.value,
        "missing": policy.missing.name,
        "exceeding": policy.exceeding.value,
        "weights": None if policy.weights is None else dict(policy.weights),
        "groups": [_group_to_dict(group) for group in policy.groups],
        "veto": None if veto is None else {**attrs.asdict(veto), "of": list(veto.of)},
        "caps": None if policy.caps is None else attrs.asdict(policy.caps),
        "statuses": scale.name,
        "thresholds": {band.status.id: band.threshold for band in _bands(scale)},
        "credits": attrs.asdict(policy.credits),
        "prefer": [origin.value for origin in policy.prefer],
        "tolerance": policy.tolerance,
        "baseline_from": None if policy.baseline_from is None else str(policy.baseline_from),
        "text": policy.describe(),
    }


def _json(value: Any) -> Any:
    """An option as JSON can hold it."""
    return value if isinstance(value, bool | int | float | str) else _plain(value)


def _group_to_dict(group: Group) -> dict[str, Any]:
    return {
        "id": group.id,
        "method": None if group.method is None else group.method.value,
        "missing": None if group.missing is None else group.missing.name,
        "members": [
            each if isinstance(each, str) else _group_to_dict(each) for each in group.members
        ],
    }
