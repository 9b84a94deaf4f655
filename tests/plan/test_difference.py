"""What one plan says otherwise than another: leaf by leaf, in the plan's order, also in words."""

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import ipplan
from ipplan import Bound, Milestone, Plan, Text, Trajectory
from ipplan import testing as draw
from ipplan.model.amendment import Added, Changed, Withdrawn
from ipplan.plan.difference import Difference
from tests.builders import amendment, indicator, plan
from tests.strategies import amended_plans, smoothstep

ALPHA = indicator(
    "alpha", {2018: Bound.at_least(50), 2020: Bound.at_least(100)}, baseline=(2015, 10)
)
BETA = indicator("beta")
SMALL = plan(ALPHA, BETA)


def told(before: Plan, after: Plan) -> list[str]:
    return [str(each) for each in before.diff(after)]


def aims(*figures: float) -> Trajectory:
    milestones = [
        Milestone(period=2018 + 2 * index, bound=Bound.at_least(figure))
        for index, figure in enumerate(figures)
    ]
    return evolve(ALPHA.trajectory, milestones=milestones)


def test_each_leaf_is_told_with_its_place_as_plan_files_have_it() -> None:
    after = evolve(
        SMALL,
        title=Text(en="Another", zh="另一"),
        end=2021,
        indicators=[
            evolve(ALPHA, limit=200, tasks=[], trajectory=aims(50, 120, 150)),
            indicator("gamma"),
        ],
    )
    assert told(SMALL, after) == [
        "title: A small plan → Another",
        "end: 2020 → 2021",
        "indicators.alpha.milestones[1].bound: ≥ 100 → ≥ 120",
        "indicators.alpha.milestones[2]: added 2022: ≥ 150",
        "indicators.alpha.limit: added 200",
        "indicators.beta: withdrawn Beta",
        "indicators.gamma: added Gamma",
    ]
    found = SMALL.diff(after)
    assert found[2].before == Bound.at_least(100)
    assert (found[5].before, found[5].after) == (BETA, None)
    assert found[0].told("zh") == "title:小规划 → 另一"
    assert found[5].told("zh") == "indicators.beta:取消 指标beta"
    assert found[6].told("zh") == "indicators.gamma:新增 指标gamma"


def test_values_of_every_kind_are_told() -> None:
    way = evolve(ALPHA.trajectory, baseline=None, interpolation=smoothstep)
    after = evolve(SMALL, indicators=[evolve(ALPHA, accrual="rate", trajectory=way), BETA])
    assert told(SMALL, after) == [
        "indicators.alpha.accrual: level → rate",
        "indicators.alpha.baseline: withdrawn 2015: 10",
        "indicators.alpha.interpolation: linear → smoothstep",
    ]
    assert told(SMALL, evolve(SMALL, policy="statcan"))[0].startswith("policy: added ")


def test_another_order_is_a_difference() -> None:
    [found] = SMALL.diff(evolve(SMALL, indicators=[BETA, ALPHA]))
    assert found == Difference(
        place="indicators", before=("alpha", "beta"), after=("beta", "alpha")
    )
    assert str(found) == "indicators: alpha, beta → beta, alpha"


def test_sub_plans_are_looked_into() -> None:
    zone = plan(indicator("zeta"), id="zone")
    other = evolve(zone, indicators=[indicator("zeta", limit=7)])
    assert told(evolve(SMALL, subplans=[zone]), evolve(SMALL, subplans=[other])) == [
        "subplans.zone.indicators.zeta.limit: added 7"
    ]


def test_what_an_amendment_changed_is_what_differs() -> None:
    changes = [
        Changed(part="indicators", id="alpha", fields={"milestones": aims(50, 90).milestones}),
        Added(part="quotas", item=indicator("gamma")),
        Withdrawn(part="indicators", id="beta"),
    ]
    whole = evolve(SMALL, amendments=[amendment("x", "2018-03-01", *changes)])
    assert told(whole, whole.as_of(2018)) == [
        "indicators.alpha.milestones[1].bound: ≥ 100 → ≥ 90",
        "indicators.beta: withdrawn Beta",
        "quotas.gamma: added Gamma",
        "amended_by: – → x",
    ]
    assert told(SMALL, whole) == ["amendments.x: added Why x"]


@given(amended_plans(), st.integers(2000, 2041))
def test_nothing_but_what_amendments_name_differs(whole: Plan, year: int) -> None:
    version = whole.as_of(year)
    named = {
        f"{change.part.value}.{change.id}"
        for id in version.amended_by
        for change in whole.amendments[id].changes
    }
    places = {each.place for each in whole.diff(version)} - {"amended_by"}
    assert {".".join(place.split(".")[:2]).split("[")[0] for place in places} <= {
        ".".join(each.split(".")[:2]) for each in named
    }
    for each in whole.diff(version):
        if each.before is None and each.place.count(".") == 1:
            part, id = each.place.split(".")
            assert getattr(version, part)[id] == each.after


@given(draw.plans())
def test_a_plan_does_not_differ_from_itself(one: Plan) -> None:
    assert one.diff(ipplan.loads(ipplan.dumps(one), into=Plan)) == ()


@given(draw.plans(), draw.plans())
def test_plans_that_are_not_equal_differ_both_ways(one: Plan, other: Plan) -> None:
    assume(one != other)
    forth, back = one.diff(other), other.diff(one)
    assert forth
    assert {each.place: (each.before, each.after) for each in forth} == {
        each.place: (each.after, each.before) for each in back
    }
    assert all(str(each) and each.told("zh") for each in forth)
