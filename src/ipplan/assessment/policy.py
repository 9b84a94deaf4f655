"""Policy: the choices that a plan does not make, printed with every result."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from typing import Any, cast

from attrs import Attribute, field, frozen

from ipplan.aggregation import (
    AnyMean,
    Mean,
    MissingPolicy,
    PowerMean,
    Skip,
    Zero,
    as_mean,
    unfit_weights,
)
from ipplan.assessment.words import word
from ipplan.choices import choose
from ipplan.errors import ModelError, Problem, near_hint, one_of, shown
from ipplan.model.fields import LARGEST, SMALLEST, as_float, as_tuple, is_a, refuse
from ipplan.scoring import AtMostForm, Progress, Ratio, ScoringRule
from ipplan.status import StatusScale, Thresholds
from ipplan.text import Lang, Text

__all__ = ["Exceeding", "Policy"]


class Exceeding(enum.Enum):
    """What exceeding a `between` or an `exactly` counts as."""

    MISSED = "missed"
    MET = "met"


_RATIO, _PROGRESS = Ratio(), Progress()
_RULES = {"ratio": Ratio, "progress": Progress}
_MISSING = {"skip": Skip, "zero": Zero}
_MISSING_ZH = {"skip": "跳过,其余重新加权(skip)", "zero": "计零分(zero)"}
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


def _named(value: object, known: Mapping[str, type], place: str) -> object:
    """The object that a name stands for; anything but a string passes."""
    if not isinstance(value, str):
        return value
    if value in known:
        return known[value]()
    raise ModelError(
        Problem(
            place=place,
            expected=one_of(known),
            found=shown(value),
            hint=near_hint(value, known),
        )
    )


def _rule(value: ScoringRule | str) -> ScoringRule:
    return cast("ScoringRule", _named(value, _RULES, "rule"))


def _missing(value: MissingPolicy | str) -> MissingPolicy:
    return cast("MissingPolicy", _named(value, _MISSING, "missing"))


def _mean(value: AnyMean | str) -> AnyMean:
    return as_mean(value)


def _exceeding(value: Exceeding | str) -> Exceeding:
    return choose(Exceeding, value, place="exceeding")


def _weights(
    value: Mapping[str, float] | Iterable[tuple[str, float]] | None,
) -> tuple[tuple[str, float], ...] | None:
    if value is None:
        return None
    pairs: Any = as_tuple(value.items() if isinstance(value, Mapping) else value)
    if not isinstance(pairs, tuple) or not all(_is_pair(pair) for pair in pairs):
        raise ModelError(
            Problem(place="weights", expected="{indicator id: weight}", found=shown(value))
        )
    return tuple((id, as_float(weight)) for id, weight in pairs)


def _is_pair(value: object) -> bool:
    return isinstance(value, tuple | list) and len(value) == 2 and isinstance(value[0], str)


def _is_rule(_instance: object, attribute: Attribute[Any], value: object) -> None:
    given: Any = value
    if isinstance(given, type) or not isinstance(given, ScoringRule):
        raise ModelError(
            Problem(
                place=attribute.name,
                expected=f"{one_of(_RULES)}, or a scoring rule",
                found=shown(value),
                hint="an object of it, not the class" if isinstance(given, type) else "",
            )
        )


def _positive(
    _instance: object,
    attribute: Attribute[Any],
    weights: tuple[tuple[str, Any], ...] | None,
) -> None:
    seen: set[str] = set()
    problems = []
    for id, weight in weights or ():
        place = f"{attribute.name}.{id}"
        if not isinstance(weight, float) or not SMALLEST <= weight <= LARGEST:
            problems.append(
                Problem(place=place, expected="a positive finite number", found=shown(weight))
            )
        if id in seen:
            problems.append(Problem(place=place, expected="one weight", found="two"))
        seen.add(id)
    refuse(problems)


@frozen(kw_only=True)
class Policy:
    """How results are scored, summed up and named.

    `rule`: the scored figure ("ratio" by default, "progress", or a rule object);
    `mean`: "arithmetic" (default), "geometric", "harmonic", "minimum" or `PowerMean(exponent=...)`;
    `missing`: "skip" (default), "zero" or `Require(share=...)`;
    `exceeding`: whether more than a `between` or `exactly` allows is "missed" (default) or "met";
    `weights`: None for equal weights, or a positive weight for every indicator id;
    `thresholds`: from which attainment a status word applies;
    `statuses`: a StatusScale instead of the progress and final words.

    >>> Policy(rule="progress", missing="zero").describe()
    'rule progress, limited to 0..1, times 100; equal weights, arithmetic mean, missing: zero; \
exceeding a range counts as missed; ahead from 1.05, on track from 0.95, nearly met from 0.9'
    """

    rule: ScoringRule = field(factory=Ratio, converter=_rule, validator=_is_rule)
    missing: MissingPolicy = field(factory=Skip, converter=_missing, validator=is_a(MissingPolicy))
    mean: AnyMean = field(default=Mean.ARITHMETIC, converter=_mean)
    exceeding: Exceeding = field(default=Exceeding.MISSED, converter=_exceeding)
    weights: tuple[tuple[str, float], ...] | None = field(
        default=None, converter=_weights, validator=_positive
    )
    thresholds: Thresholds = field(factory=Thresholds, validator=is_a(Thresholds))
    statuses: StatusScale | None = field(default=None, validator=is_a(StatusScale, type(None)))

    @property
    def ratio(self) -> Ratio:
        """The rule behind every result's ratio: the scored one, if it is a ratio."""
        return self.rule if isinstance(self.rule, Ratio) else _RATIO

    @property
    def progress(self) -> Progress:
        """The rule behind every result's progress: the scored one, if it is a progress."""
        return self.rule if isinstance(self.rule, Progress) else _PROGRESS

    def weights_of(self, indicators: Mapping[str, object]) -> Mapping[str, float]:
        """The weight of each indicator; raises ModelError unless all and only they have one."""
        if self.weights is None:
            return dict.fromkeys(indicators, 1.0)
        given = dict(self.weights)
        refuse(unfit_weights(given, indicators))
        return given

    def describe(self, lang: Lang | str = Lang.EN) -> str:
        """The policy in one line."""
        scale = self.rule.scale
        if choose(Lang, lang, place="lang") is Lang.ZH:
            rule = word(self.rule.name, Lang.ZH)
            missing = _MISSING_ZH.get(self.missing.name, self.missing.name)
            weights = "等权" if self.weights is None else f"加权({self._listed()})"
            exceeding = "未达标" if self.exceeding is Exceeding.MISSED else "达标"
            return (
                f"计分:{rule}{self._form(Lang.ZH)},{scale.describe(Lang.ZH)};"
                f"{weights}{self._mean(Lang.ZH)},缺失:{missing};超出区间视为{exceeding};"
                f"{self._words(Lang.ZH)}"
            )
        weights = "equal weights" if self.weights is None else f"weights {self._listed()}"
        return (
            f"rule {self.rule.name}{self._form(Lang.EN)}, "
            f"{scale.describe(Lang.EN)}; "
            f"{weights}, {self._mean(Lang.EN)}, missing: {self.missing.name}; "
            f"exceeding a range counts as {self.exceeding.value}; {self._words(Lang.EN)}"
        )

    def _words(self, lang: Lang) -> str:
        """From where on a status applies."""
        scale = self.statuses
        if scale is not None:
            told = ", ".join(
                f"{each.status.text.label(lang)} ≥ {each.threshold:g}"
                if each.inclusive
                else f"{each.status.text.label(lang)} > {each.threshold:g}"
                for each in scale.bands
            )
            return f"状态等级 {scale.name}:{told}" if lang is Lang.ZH else f"{scale.name}: {told}"
        limits = self.thresholds
        if lang is Lang.ZH:
            return (
                f"快于预期 ≥ {limits.ahead:g},基本符合预期 ≥ {limits.on_track:g},"
                f"基本完成 ≥ {limits.nearly_met:g}"
            )
        return (
            f"ahead from {limits.ahead:g}, on track from {limits.on_track:g}, "
            f"nearly met from {limits.nearly_met:g}"
        )

    def _form(self, lang: Lang) -> str:
        """The form of a ratio where less is better."""
        if not isinstance(self.rule, Ratio):
            return ""
        form = _FORMS[self.rule.at_most].label(lang)
        return f"(越小越好:{form})" if lang is Lang.ZH else f" (for at most: {form})"

    def _mean(self, lang: Lang) -> str:
        """The mean's name."""
        if isinstance(self.mean, PowerMean):
            exponent = f"{self.mean.exponent:g}"
            return f"幂平均({exponent})" if lang is Lang.ZH else f"power mean ({exponent})"
        return _MEANS[self.mean].label(lang)

    def _listed(self) -> str:
        return ", ".join(f"{id} {weight:g}" for id, weight in self.weights or ())

    def to_dict(self) -> dict[str, Any]:
        """The policy as plain values that JSON can hold; `text` says it in one line."""
        return {
            "rule": self.rule.name,
            "at_most": self.rule.at_most.value if isinstance(self.rule, Ratio) else None,
            "scale": self.rule.scale.describe(),
            "mean": self._mean(Lang.EN),
            "missing": self.missing.name,
            "exceeding": self.exceeding.value,
            "weights": None if self.weights is None else dict(self.weights),
            "statuses": None if self.statuses is None else self.statuses.name,
            "ahead": self.thresholds.ahead,
            "on_track": self.thresholds.on_track,
            "nearly_met": self.thresholds.nearly_met,
            "text": self.describe(),
        }
