"""Sources that disagree: which figure counts, what is a conflict, and how both are told."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ipplan
from ipplan import Actuals, Bound, Observation, Policy
from ipplan.model.actuals import Reported
from ipplan.model.observation import Origin
from ipplan.reasons import Unused
from tests.builders import indicator, plan

GANSU = ipplan.load("gansu-2016")
EXAMPLE = ipplan.read_actuals(Path(__file__).parents[2] / "examples" / "gansu-actuals.csv", GANSU)
PREFER = ["statistics", "third_party", "self_reported"]
WATCHED = plan(indicator("alpha", bounds={2016: Bound.at_least(100), 2020: Bound.at_least(200)}))


def reported(origin: str, value: float, **fields: Any) -> dict[str, Any]:
    return {
        "indicator": "alpha", "period": 2018, "value": value, "origin": origin, "source": origin,
        **fields,
    }  # fmt: skip


THREE = [
    reported("self_reported", 160, verification="published"),
    reported("third_party", 150),
    reported("statistics", 140, verification="unverified"),
]


@pytest.mark.parametrize(
    ("prefer", "value"),
    [
        ([], 160.0),
        (PREFER, 140.0),
        (["third_party"], 150.0),
        (["third_party", "statistics"], 150.0),
        (["self_reported", "statistics"], 160.0),
        (["not_stated"], 160.0),
    ],
)
def test_the_first_preferred_origin_counts_before_how_it_was_verified(
    prefer: list[str], value: float
) -> None:
    for records in (THREE, THREE[::-1]):
        found = WATCHED.assess(records, policy=Policy(prefer=prefer))
        result = found["alpha"]
        assert result.actual == value
        assert {each.value for each in result.conflicts} == {140.0, 150.0, 160.0} - {value}
        assert [each.why for each in found.not_used] == [Unused.OTHER_SOURCE] * 2


def test_of_one_origin_the_better_verified_counts_then_the_first() -> None:
    one, two = (
        reported("statistics", value, source=source, verification=verification)
        for value, source, verification in ((1, "a", "derived"), (2, "b", "published"))
    )
    assert WATCHED.assess([one, two], policy=Policy(prefer=PREFER))["alpha"].actual == 2.0
    tie = {**two, "verification": "derived"}
    assert WATCHED.assess([one, tie], policy=Policy(prefer=PREFER))["alpha"].actual == 1.0


@pytest.mark.parametrize(
    ("tolerance", "conflicts"), [(0.0, 1), (0.006, 1), (0.0063, 0), (0.01, 0), (0.5, 0)]
)
def test_the_two_published_figures_of_2015(tolerance: float, conflicts: int) -> None:
    found = GANSU.assess(EXAMPLE, as_of=2016, policy=Policy(tolerance=tolerance))
    assert len(found.conflicts) == conflicts
    told = [(each.taken.value, [other.value for other in each.others]) for each in found.conflicts]
    assert told == [(1.59, [1.58])] * conflicts
    assert len(found.to_dict()["conflicts"]) == conflicts
    assert ("Sources disagree" in found.to_table()) == bool(conflicts)
    assert ("来源不一致" in found.to_table("zh")) == bool(conflicts)


@given(
    st.floats(-1e6, 1e6).map(lambda value: round(value, 3)),
    st.floats(-1e6, 1e6).map(lambda value: round(value, 3)),
    st.floats(0, 0.99),
)
def test_sources_conflict_beyond_the_tolerance_only_whoever_is_taken(
    one: float, other: float, tolerance: float
) -> None:
    def conflict(first: float, second: float) -> bool:
        taken, beside = (
            Observation(indicator="alpha", period=2018, value=value) for value in (first, second)
        )
        return bool(Reported(taken=taken, others=(beside,), tolerance=tolerance).conflicts)

    assert conflict(one, other) == conflict(other, one)
    apart, larger = abs(one - other), max(abs(one), abs(other))
    if apart > tolerance * larger * (1 + 1e-9) and apart > 1e-9 * larger:
        assert conflict(one, other)
    if one == other or apart < tolerance * larger * (1 - 1e-9):
        assert not conflict(one, other)


def test_within_the_tolerance_the_other_stays_visible_as_not_used() -> None:
    found = WATCHED.assess(THREE[:2], policy=Policy(tolerance=0.1))
    assert found["alpha"].conflicts == ()
    assert [(each.entry.value, each.why) for each in found.not_used] == [
        (150.0, Unused.OTHER_SOURCE)
    ]


def test_a_conflict_says_who_the_figures_come_from_where_it_is_stated() -> None:
    records = [*THREE[1:], reported("not_stated", 130)]
    found = WATCHED.assess(records, policy=Policy(prefer=PREFER))["alpha"]
    assert (
        "sources disagree on 2018: 140 (statistics bureau, UNVERIFIED) was taken, "
        "not 150 (third party, verification not stated); 130 (verification not stated)"
    ) in found.explain()
    assert (
        "2018 数据来源不一致:采用 140(统计部门,未经核实),未采用 150(第三方,未说明核实情况); "
        "130(未说明核实情况)"
    ) in found.explain("zh")
    assert "the actual is UNVERIFIED" in found.explain()
    assert "140 for 2018 (statistics bureau; UNVERIFIED; statistics; actuals[1])" in found.explain()


def test_the_policy_line_says_whose_figures_count_first() -> None:
    policy = Policy(prefer=PREFER, tolerance=0.01)
    table = WATCHED.assess(THREE, policy=policy).to_table
    english = "of several sources: statistics bureau, third party, self-reported first"
    assert f"{english}; sources agree within 0.01 of the larger" in table()
    assert "多个来源时优先采用:统计部门、第三方、自报;来源差异在 0.01 以内视为一致" in table("zh")
    plain = policy.to_dict()
    assert (plain["prefer"], plain["tolerance"]) == (PREFER, 0.01)
    assert english in plain["text"]
    silent = Policy()
    assert "sources" not in silent.describe()
    assert "来源" not in silent.describe("zh")


def test_origins_are_plain_values() -> None:
    plain = WATCHED.assess(THREE, policy=Policy(prefer=PREFER)).to_dict()
    assert plain["results"][0]["observation"]["origin"] == "statistics"


def test_the_policys_preference_takes_the_place_of_that_of_the_actuals() -> None:
    given = Actuals(observations=[Observation(**each) for each in THREE], prefer=["third_party"])
    assert given.of("alpha")[0].taken.origin is Origin.THIRD_PARTY
    assert WATCHED.assess(given)["alpha"].actual == 160.0
    assert WATCHED.assess(given, policy=Policy(prefer=PREFER))["alpha"].actual == 140.0
    assert given.of("alpha")[0].taken.origin is Origin.THIRD_PARTY
