"""Policies in files: by name, spelled out, inside a plan, with every fault at its place."""

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, frozen

import ipplan
from ipplan import (
    Caps,
    Credits,
    Group,
    Plan,
    PlanFileError,
    Policy,
    PowerMean,
    Substitute,
    Text,
    Veto,
    presets,
    words,
)
from ipplan.scoring import (
    Deduction,
    Goalposts,
    GrowthRatio,
    Knots,
    PassFail,
    Ratio,
    Scale,
    Steps,
)
from ipplan.status import FISCAL, Words

EVERYTHING = Policy(
    name="mine",
    rule=Goalposts(
        lower=1,
        upper=3,
        log=True,
        scale=Deduction(full=15, points=1, step=0.03, whole=False),
    ),
    rules={
        "b": "pass_fail",
        "a": Ratio(at_most="mirror", scale=Scale(cap=None)),
        "c": GrowthRatio(scale=Knots(points=[(-0.6, -5), (1.3, 5)])),
        "d": PassFail(scale=Steps(points=[(0.5, 50), (1, 100)], below=-1)),
    },
    method=PowerMean(exponent=1e-5),
    missing=Substitute(scores={"a": 3, "b": 0.1}),
    weights={"a": 1, "b": 2, "c": 3, "d": 4, "g": 1, "h": 0.5},
    groups=[
        Group(
            id="g",
            name=Text(en="Group", zh="组"),
            members=["a", Group(id="h", members=["b"], missing="require(0.3333333333)")],
            method="minimum",
        )
    ],
    veto=Veto(of=["a", "g"], below=3, total=-1),
    caps=Caps(bonus=5, deduction=2.5),
    statuses=words(ahead=2),
    baseline_from="2015-06",
    exceeding="met",
)
POLICIES = [
    Policy(),
    *presets.PRESETS.values(),
    *(evolve(each, name="") for each in presets.PRESETS.values()),
    EVERYTHING,
    Policy(missing="substitute(0.1)", method="harmonic"),
    Policy(statuses=FISCAL.with_palette({"poor": ("#000000", "x")})),
    Policy(statuses=Words(progress=FISCAL, final=words().final)),
    Policy(statuses=words().with_palette({"behind": ("#000000", "x"), "met": ("#CC79A7", "+")})),
    evolve(presets.statcan, name="", missing="substitute(-5)"),
    Policy(prefer=["statistics", "third_party", "self_reported"], tolerance=0.01),
    Policy(credits=Credits(lead=2, support=0.25, quota=0, late=0.125, cancelled=None)),
    Policy(credits=Credits(cancelled=0.5, subplan=3), tolerance=1e-6),
]


@pytest.mark.parametrize("format", ["toml", "json"])
@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.name or "unnamed")
def test_a_policy_reads_back_as_it_was_written(policy: Policy, format: str) -> None:
    text = ipplan.dumps(policy, format=format)
    assert ipplan.loads(text, format=format, into=Policy) == policy


def test_a_preset_is_written_by_its_name() -> None:
    assert ipplan.dumps(presets.statcan) == 'preset = "statcan"\n'


def test_a_table_may_start_from_a_preset() -> None:
    policy = ipplan.loads('preset = "sdsn"\nmissing = "zero"', into=Policy)
    assert policy == evolve(presets.sdsn, name="", missing="zero")


def test_a_preset_with_another_rule_has_the_words_of_that_rule() -> None:
    policy = ipplan.loads('preset = "statcan"\nrule = "ratio"', into=Policy)
    assert policy == evolve(presets.statcan, name="", rule="ratio")
    assert policy.statuses_of(policy.rule) == words()
    written = ipplan.dumps(policy)
    assert ipplan.loads(written, into=Policy).statuses is None


def test_thresholds_of_the_words_may_stand_alone() -> None:
    assert ipplan.loads("statuses = { ahead = 1.1 }", into=Policy).statuses == words(ahead=1.1)


def plan_with(policy: str) -> str:
    return f"""
    id = "p"
    title = {{ en = "P" }}
    start = 2016
    end = 2020
    policy = {policy}
    [indicators.a]
    name = {{ en = "A" }}
    unit = "个"
    accrual = "level"
    milestones = [{{ period = 2020, at_least = 10 }}]
    """


def test_a_plan_is_assessed_by_its_own_policy_unless_told_otherwise() -> None:
    plan = ipplan.loads(plan_with('{ rule = "pass_fail" }'), into=Plan)
    assert plan.assess({"a": {2020: 9}})["a"].score == 0.0
    assert plan.assess({"a": {2020: 9}}, policy=Policy())["a"].score == 90.0
    assert ipplan.loads(ipplan.dumps(plan), into=Plan) == plan


def test_a_preset_in_a_plan_stays_a_name() -> None:
    plan = ipplan.loads(plan_with('"statcan"'), into=Plan)
    assert plan.policy == presets.statcan
    assert 'policy = "statcan"' in ipplan.dumps(plan)


def told(text: str, into: Any = Policy) -> dict[str, str]:
    with pytest.raises(PlanFileError) as caught:
        ipplan.loads(text, into=into)
    return {each.place: str(each) for each in caught.value.problems}


@pytest.mark.parametrize(
    ("policy", "place", "words"),
    [
        ('"statcn"', "policy", "near: statcan"),
        ("3", "policy", "expected a preset, one of statcan"),
        ('{ rule = "rato" }', "policy.rule", "near: ratio"),
        ('{ preset = "sdns" }', "policy.preset", "near: sdsn"),
        ('{ rules = { b = "ratio" } }', "policy.rules.b", "expected the id of an indicator"),
        ("{ weights = { b = 1 } }", "policy.weights.b", "expected an id that has a score"),
        (
            '{ groups = [{ id = "g", members = ["b"] }] }',
            "policy.groups.g.members[0]",
            "expected an id that has a score",
        ),
        (
            '{ veto = { of = ["b"], below = 1 } }',
            "policy.veto.of[0]",
            "expected the id of a score or a group",
        ),
        (
            "{ missing = { substitute = { b = 1 } } }",
            "policy.missing.b",
            "expected the id of an indicator",
        ),
    ],
)
def test_a_fault_of_a_plans_policy_is_told_with_its_place(
    policy: str, place: str, words: str
) -> None:
    assert words in told(plan_with(policy), into=Plan)[place]


def test_every_fault_of_a_policy_is_told_at_once() -> None:
    found = told("""
        metod = "x"
        rule = { name = "goalposts", lower = "x", log = 1 }
        rules = { a = "b", c = { name = 4 }, d = { name = "goalposts", lower = 3, upper = 3 } }
        missing = "skp"
        method = "power(a)"
        exceeding = "x"
        weights = { a = -1 }
        statuses = "fiscl"
        baseline_from = "x"
        veto = { of = ["a"] }
        caps = { bonus = -1, deduction = "x" }
        groups = [
            { id = "", members = [] },
            { membrs = [1] },
            { id = "g", name = 3, members = 3, missing = "x", method = "x" },
            { id = "h", members = [{ id = 3 }] },
        ]
    """)
    assert set(found) == {
        "metod",
        "rule.lower",
        "rule.upper",
        "rule.log",
        "rules.a",
        "rules.c.name",
        "rules.d.upper",
        "missing",
        "method",
        "exceeding",
        "weights.a",
        "statuses",
        "baseline_from",
        "veto.below",
        "caps.bonus",
        "caps.deduction",
        "groups[0].id",
        "groups[0].members",
        "groups[1].id",
        "groups[1].membrs",
        "groups[2].name",
        "groups[2].missing",
        "groups[3].members[0].id",
        "groups[3].members[0].members",
    }
    assert "near: method" in found["metod"]
    assert "near: skip" in found["missing"]
    assert "near: fiscal" in found["statuses"]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("groups = 3", "groups", "expected a list of groups"),
        ("rule = 3", "rule", "expected the name of a rule, or a table"),
        ("rule = { lower = 3 }", "rule.name", "expected the name of a rule, found None"),
        ('rule = { name = "ratio", scale = { kind = "nots" } }', "rule.scale.kind", "near: knots"),
        ('rule = { name = "ratio", scale = 3 }', "rule.scale", "expected a table with kind"),
        ("missing = { a = 1 }", "missing", "{substitute = {id = score}}"),
        ("missing = { substitute = { a = 'x' } }", "missing.scores.a", "expected a number"),
        (
            'preset = "statcan"\nmissing = "zero"',
            "missing",
            "substitute(-5) counts what is missing as the worst",
        ),
        ('preset = "hdi"\nmissing = "substitute(50)"', "missing", "expected scores from 0 to 1"),
        ("statuses = 3", "statuses", "expected a status scale"),
        ("statuses = { ahead = 'x' }", "statuses", "expected a number"),
        ("statuses = { ahead = 0.5 }", "statuses.bands[1].threshold", "expected more than 0.95"),
        ("statuses = { nme = 'x' }", "statuses.nme", "near: name"),
        ("rules = 3", "rules", "expected a table of rules by indicator id"),
    ],
)
def test_each_part_says_what_it_wants(text: str, place: str, words: str) -> None:
    assert words in told(text)[place]


@frozen(kw_only=True)
class Unlisted(PassFail):
    """A rule that nothing finds by name."""

    name = "unlisted"


def test_a_rule_without_a_name_that_is_known_cannot_be_written() -> None:
    with pytest.raises(ipplan.ModelError, match="rule: expected a rule that is found by its name"):
        ipplan.dumps(Policy(rule=Unlisted()))


def test_a_policy_file_stands_alone(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    ipplan.dump(EVERYTHING, path)
    assert ipplan.load(path, into=Policy) == EVERYTHING


@pytest.mark.parametrize("format", ["toml", "json"])
def test_what_is_left_out_where_cancelled_is_a_word(format: str) -> None:
    policy = Policy(credits=Credits(cancelled=None))
    text = ipplan.dumps(policy, format=format)
    assert '"none"' in text
    assert ipplan.loads(text, format=format, into=Policy) == policy
    partly = ipplan.loads('credits = { cancelled = "none", support = 0 }', into=Policy)
    assert partly.credits == Credits(cancelled=None, support=0)


def test_every_fault_of_sources_and_credits_is_told_at_once() -> None:
    text = (
        'prefer = ["statistic", "third_party", 3]\ntolerance = 2\n'
        '[credits]\nlead = 0\nsupport = -1\nlate = 3\ncancelled = "non"\nsuport = 1\n'
    )
    found = told(text)
    assert [*found] == [
        "credits.cancelled", "credits.suport", "credits.lead", "credits.support", "credits.late",
        "prefer[0]", "prefer[2]", "tolerance",
    ]  # fmt: skip
    assert "near: statistics" in found["prefer[0]"]
    assert "a share from 0 to below 1, found 2.0" in found["tolerance"]
    assert "near: support" in found["credits.suport"]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('prefer = "statistics"', "prefer", "a list of Origin"),
        ("tolerance = -0.1", "tolerance", "a share from 0 to below 1"),
        ("tolerance = 1", "tolerance", "a share from 0 to below 1"),
        ('tolerance = "x"', "tolerance", "a number"),
        ("credits = 3", "credits", "a table of credits"),
        ("credits = { lead = 0 }", "credits.lead", "above zero"),
        ("credits = { support = -1 }", "credits.support", "zero or more"),
        ("credits = { late = 1.5 }", "credits.late", "a share from 0 to 1"),
        ("credits = { cancelled = 2 }", "credits.cancelled", "a share from 0 to 1"),
        ('credits = { late = "none" }', "credits.late", "a number"),
    ],
)
def test_a_fault_of_sources_or_credits(text: str, place: str, words: str) -> None:
    [(where, what)] = told(text).items()
    assert where == place
    assert f"expected {words}" in what
