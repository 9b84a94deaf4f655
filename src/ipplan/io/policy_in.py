"""Policies in: presets, rules, scales and missing-data policies by name, or spelled out.

A policy is the name of a preset, or a table; `preset` in a table is what it starts from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, cast

import attrs
from cattrs import Converter

from ipplan.aggregation import (
    AnyMean,
    Caps,
    Group,
    MissingPolicy,
    Substitute,
    Veto,
    as_mean,
    as_missing,
)
from ipplan.assessment.credits import Credits
from ipplan.assessment.policy import Policy
from ipplan.errors import Gathered, ModelError, Problem, near_hint, one_of, shown
from ipplan.io.structuring import extra_key, table_of
from ipplan.presets import PRESETS, as_policy
from ipplan.scoring import Deduction, Knots, Scale, ScoreScale, ScoringRule, Steps
from ipplan.scoring.registry import as_rule, made, rule_maker
from ipplan.status import SCALES, AnyScale, StatusScale, Words, words
from ipplan.text import Text

__all__ = ["SCORE_SCALES", "WORD_KEYS", "policy_from", "score_scale_from"]

SCORE_SCALES: Mapping[str, type] = {
    "linear": Scale,
    "knots": Knots,
    "steps": Steps,
    "deduction": Deduction,
}
WORD_KEYS = ("ahead", "on_track", "nearly_met")


def policy_from(converter: Converter, document: object) -> Policy:
    """The policy that a document stands for; raises ModelError with every problem in it."""
    if isinstance(document, str):
        return _preset(document)
    table = table_of(document, f"a preset, {one_of(PRESETS)}, or a table with {_keys()}")
    gathered = Gathered()
    gathered.add(*(_unknown(key) for key in table if key != "preset" and key not in _READERS))
    start = Policy()
    if "preset" in table:
        start = gathered.attempt("preset", lambda: _preset(table["preset"])) or start
    sound: Any = {}
    for key, read in _READERS.items():
        if key in table:
            so_far = len(gathered.problems)
            value = gathered.attempt(key, partial(read, converter, table[key]))
            sound |= {key: value} if len(gathered.problems) == so_far else {}
    changed = {"name": "", **sound} if sound else {}
    policy = gathered.attempt("", lambda: attrs.evolve(start, **changed))
    gathered.finish(ModelError)
    return policy or start


def _keys() -> str:
    return ", ".join(("preset", *_READERS))


def _unknown(key: str) -> Problem:
    problem = extra_key(key, ("preset", *_READERS))
    return attrs.evolve(problem, hint=near_hint(key, ("preset", *_READERS)))


def _preset(value: Any) -> Policy:
    try:
        return as_policy(value)
    except ModelError as error:
        raise ModelError(*(attrs.evolve(each, place="") for each in error.problems)) from None


def _rule_from(converter: Converter, value: Any) -> ScoringRule:
    """A rule by its name, or a table with its name and options."""
    if isinstance(value, str):
        return as_rule(value)
    table = table_of(value, "the name of a rule, or a table with its name and options")
    name = table.get("name")
    if not isinstance(name, str):
        raise ModelError(Problem(place="name", expected="the name of a rule", found=shown(name)))
    try:
        maker = rule_maker(name)
    except ModelError as error:
        raise ModelError(*error.within("name")) from None
    options = {key: each for key, each in table.items() if key != "name"}
    if not attrs.has(cast("type", maker)):
        return made(maker, name, options)
    rule: ScoringRule = converter.structure(options, cast("type[Any]", maker))
    return rule


def _rules_from(converter: Converter, value: Any) -> dict[str, ScoringRule | None]:
    gathered = Gathered()
    rules = {
        id: gathered.attempt(id, partial(_rule_from, converter, each))
        for id, each in table_of(value, "a table of rules by indicator id").items()
    }
    gathered.finish(ModelError)
    return rules


def score_scale_from(converter: Converter, value: Any) -> ScoreScale:
    """A score scale: a table with its kind, linear unless said otherwise, and its options."""
    table = table_of(value, f"a table with kind ({one_of(SCORE_SCALES)}) and options")
    kind = table.get("kind", "linear")
    if kind not in SCORE_SCALES:
        raise ModelError(
            Problem(
                place="kind",
                expected=one_of(SCORE_SCALES),
                found=shown(kind),
                hint=near_hint(kind, SCORE_SCALES),
            )
        )
    options = {key: each for key, each in table.items() if key != "kind"}
    options |= {key: None for key in ("floor", "cap") if options.get(key) == "none"}
    scale: ScoreScale = converter.structure(options, SCORE_SCALES[kind])
    return scale


def _missing_from(_converter: Converter, value: Any) -> MissingPolicy:
    """A missing-data policy by its name, or a table of substitutes by id."""
    if isinstance(value, Mapping):
        if set(value) != {"substitute"}:
            raise ModelError(
                Problem(expected="a name, or {substitute = {id = score}}", found=shown(dict(value)))
            )
        return Substitute(scores=value["substitute"])
    return as_missing(value)


def _mean_from(_converter: Converter, value: Any) -> AnyMean:
    return as_mean(value)


def _as_it_stands(_converter: Converter, value: Any) -> Any:
    return value


def _group_from(converter: Converter, value: Any) -> Group:
    table = table_of(value, "a table with id, members, method, missing, name")
    members = table.get("members")
    gathered = Gathered()
    fields: dict[str, Any] = {key: each for key, each in table.items() if key != "members"}
    known = tuple(each.name for each in attrs.fields(Group))
    gathered.add(*(extra_key(key, known) for key in table if key not in known))
    if "missing" in fields:
        fields["missing"] = gathered.attempt(
            "missing", partial(_missing_from, converter, fields["missing"])
        )
    if "name" in fields:
        fields["name"] = gathered.attempt(
            "name", partial(converter.structure, fields["name"], Text)
        )
    if isinstance(members, list | tuple):
        fields["members"] = [
            each
            if isinstance(each, str)
            else gathered.attempt(f"members[{index}]", partial(_group_from, converter, each))
            for index, each in enumerate(members)
        ]
    else:
        fields["members"] = members
    if "id" not in fields:
        gathered.add(Problem(place="id", expected="a value", found="none"))
    gathered.finish(ModelError)
    return Group(**fields)


def _groups_from(converter: Converter, value: Any) -> list[Group | None]:
    if not isinstance(value, list | tuple):
        raise ModelError(Problem(expected="a list of groups", found=shown(value)))
    gathered = Gathered()
    groups = [
        gathered.attempt(f"[{index}]", partial(_group_from, converter, each))
        for index, each in enumerate(value)
    ]
    gathered.finish(ModelError)
    return groups


def _statuses_from(converter: Converter, value: Any) -> AnyScale | str:
    """A status scale by its name, thresholds of the words, two scales, or one spelled out."""
    if isinstance(value, str):
        return value
    table = table_of(value, f"a status scale, {one_of(SCALES)}, or a table")
    if set(table) <= set(WORD_KEYS):
        thresholds: Any = {key: converter.structure(each, float) for key, each in table.items()}
        return words(**thresholds)
    if {"progress", "final"} & set(table):
        return converter.structure(table, Words)
    return converter.structure(table, StatusScale)


def _class_from(cls: type) -> Callable[[Converter, Any], Any]:
    return lambda converter, value: converter.structure(value, cls)


def _credits_from(converter: Converter, value: Any) -> Credits:
    """Credits by name; "none" for what is cancelled leaves it out."""
    table = dict(table_of(value, "a table of credits"))
    left_out = table.get("cancelled") == "none"
    if left_out:
        del table["cancelled"]
    credits = converter.structure(table, Credits)
    return attrs.evolve(credits, cancelled=None) if left_out else credits


_READERS: Mapping[str, Callable[[Converter, Any], Any]] = {
    "name": _as_it_stands,
    "rule": _rule_from,
    "rules": _rules_from,
    "missing": _missing_from,
    "method": _mean_from,
    "exceeding": _as_it_stands,
    "weights": _as_it_stands,
    "groups": _groups_from,
    "veto": _class_from(Veto),
    "caps": _class_from(Caps),
    "statuses": _statuses_from,
    "credits": _credits_from,
    "prefer": _as_it_stands,
    "tolerance": _class_from(float),
    "baseline_from": _as_it_stands,
}
"""How each key of a policy is read."""
