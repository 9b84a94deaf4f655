"""Rules by name: the library's, those that packages offer, and what is no rule."""

from importlib.metadata import EntryPoint
from typing import Any

import pytest
from attrs import field, frozen

from ipplan import ModelError, Policy, Progress, Ratio
from ipplan.model.fields import as_float, finite, together
from ipplan.ops import Ops
from ipplan.scoring import Case, Goalposts, Rule, ScoringRule, as_rule, registry, rule_names
from ipplan.scoring.registry import ENTRY_POINTS, made, rule_maker
from tests.builders import indicator, plan

SHIPPED = (
    "ratio",
    "progress",
    "goalposts",
    "distance_to_target",
    "pass_fail",
    "healthy_people",
    "growth_ratio",
    "growth",
    "pace",
    "time_share",
    "projection",
    "canadian_indicator",
)
WITHOUT_DEFAULTS = {"goalposts": ["lower", "upper"], "distance_to_target": ["worst"]}


class Half(Rule):
    """A rule of a package's own: half of what was asked, whatever the actual."""

    name = "half"

    def value(self, case: Case, ops: Ops) -> Any:
        return case.actual * 0.0 + 0.5

    def formula(self, case: Case) -> tuple[str, str]:
        return "always a half", "0.5"


@frozen(kw_only=True, field_transformer=together)
class Share(Half):
    """One with an option that has no default."""

    name = "share"
    size: float = field(converter=as_float, validator=finite)

    def value(self, case: Case, ops: Ops) -> Any:
        return case.actual * 0.0 + self.size


HALF = Half()


def make_half() -> Rule:
    return HALF


def make_nothing() -> None:
    return None


def offer(monkeypatch: pytest.MonkeyPatch, **offered: str) -> None:
    """Let installed packages offer rules: `name="module:object"`."""
    points = [
        EntryPoint(name=name, value=value, group=ENTRY_POINTS) for name, value in offered.items()
    ]

    def entry_points(*, group: str) -> list[EntryPoint]:
        return [each for each in points if each.group == group]

    monkeypatch.setattr("importlib.metadata.entry_points", entry_points)


HERE = "tests.scoring.test_registry"


# The library's own


def test_the_rules_have_names() -> None:
    assert rule_names()[: len(SHIPPED)] == SHIPPED


@pytest.mark.parametrize("name", [name for name in SHIPPED if name not in WITHOUT_DEFAULTS])
def test_a_rule_is_made_by_its_name(name: str) -> None:
    rule = as_rule(name)
    assert isinstance(rule, ScoringRule)
    assert rule.name == name
    assert rule == rule_maker(name)()
    assert Policy(rule=name).rule == rule


def test_a_rule_passes_and_what_is_none_is_left_to_others() -> None:
    rule = Ratio(at_most="mirror")
    other: Any = 3
    assert as_rule(rule) is rule
    assert as_rule(other) == 3


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("rato", " (near: ratio)"),
        ("Progress", " (near: progress)"),
        ("pass", " (near: pass_fail"),
        ("zzz", ""),
        ("", ""),
    ],
)
def test_an_unknown_name_lists_the_names_and_the_near_ones(name: str, near: str) -> None:
    for look_up in (as_rule, rule_maker):
        with pytest.raises(ModelError) as caught:
            look_up(name)
        told = str(caught.value)
        assert told.startswith(f"expected a scoring rule, one of {', '.join(SHIPPED)}")
        assert f", found {name!r}{near}" in told


@pytest.mark.parametrize(("name", "lacking"), WITHOUT_DEFAULTS.items())
def test_options_without_a_default_are_asked_for(name: str, lacking: list[str]) -> None:
    with pytest.raises(ModelError) as caught:
        as_rule(name)
    assert [str(problem) for problem in caught.value.problems] == [
        f"{option}: expected a value, which the rule {name} needs, found none" for option in lacking
    ]


def test_a_rule_is_made_with_options() -> None:
    rule = made(rule_maker("goalposts"), "goalposts", {"lower": 0, "upper": 10})
    assert rule == Goalposts(lower=0, upper=10)
    with pytest.raises(ModelError) as caught:
        made(rule_maker("goalposts"), "goalposts", {"lower": 0})
    assert [problem.place for problem in caught.value.problems] == ["upper"]
    with pytest.raises(ModelError, match="upper: expected a number, found 'x'"):
        made(rule_maker("goalposts"), "goalposts", {"lower": 0, "upper": "x"})


# Those of installed packages


def test_a_package_offers_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, half=f"{HERE}:Half")
    assert rule_names() == (*SHIPPED, "half")
    rule = as_rule("half")
    assert isinstance(rule, ScoringRule)
    assert rule.name == "half"
    found = plan(indicator("alpha")).assess({"alpha": {2020: 7}}, policy=Policy(rule="half"))
    assert (found.score, found["alpha"].value) == (50.0, 0.5)
    assert "always a half" in found["alpha"].explain()


@pytest.mark.parametrize("target", ["HALF", "make_half"])
def test_an_entry_point_may_be_a_rule_or_make_one(
    monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    offer(monkeypatch, half=f"{HERE}:{target}")
    rule = as_rule("half")
    assert isinstance(rule, ScoringRule)
    assert rule.name == "half"
    assert rule_maker("half")().name == "half"


def test_the_librarys_own_names_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, ratio=f"{HERE}:Half", other=f"{HERE}:Half")
    assert rule_names() == (*SHIPPED, "other")
    assert as_rule("ratio") == Ratio()
    assert rule_maker("progress") is Progress


def test_a_packages_rule_is_near_too(monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, half=f"{HERE}:Half")
    with pytest.raises(ModelError, match=r"canadian_indicator, half, found 'hlaf' \(near: half"):
        as_rule("hlaf")


def test_a_packages_rule_may_need_options(monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, share=f"{HERE}:Share")
    with pytest.raises(ModelError) as caught:
        as_rule("share")
    assert str(caught.value) == "size: expected a value, which the rule share needs, found none"
    assert made(rule_maker("share"), "share", {"size": 0.25}) == Share(size=0.25)
    with pytest.raises(ModelError, match="size: expected a number, found 'x'"):
        made(rule_maker("share"), "share", {"size": "x"})


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("no_such_package:Rule", "found ModuleNotFoundError: No module named 'no_such_package'"),
        (f"{HERE}:NoSuchRule", "found AttributeError: "),
        ("not a module", "found "),
    ],
)
def test_an_entry_point_that_cannot_be_loaded_is_told(
    monkeypatch: pytest.MonkeyPatch, target: str, found: str
) -> None:
    offer(monkeypatch, broken=target)
    assert "broken" in rule_names()
    with pytest.raises(ModelError) as caught:
        as_rule("broken")
    told = str(caught.value)
    assert f"expected a rule at {target}, as an installed package says, " in told
    assert found in told
    assert caught.value.__cause__ is not None
    with pytest.raises(ModelError, match="rule: expected a rule at"):
        Policy(rule="broken")


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("make_nothing", "found None"),
        ("SHIPPED", "found ('ratio', 'progress'"),
        ("HERE", "found 'tests.scoring.test_registry'"),
    ],
)
def test_what_makes_no_rule_is_told(
    monkeypatch: pytest.MonkeyPatch, target: str, found: str
) -> None:
    offer(monkeypatch, odd=f"{HERE}:{target}")
    with pytest.raises(ModelError) as caught:
        as_rule("odd")
    assert str(caught.value).startswith(f"expected a scoring rule of the name odd, {found}")


def test_a_maker_that_gives_a_class_makes_no_rule() -> None:
    with pytest.raises(ModelError, match="expected a scoring rule of the name half, found <class"):
        made(lambda: Half, "half", {})  # type: ignore[arg-type,return-value]


def test_the_group_of_entry_points_is_the_documented_one() -> None:
    assert ENTRY_POINTS == "ipplan.rules"
    assert {*registry.__all__} >= {"as_rule", "rule_maker", "rule_names"}
