"""Adding up regions: what adds, what is recomputed, and what is left out and said so."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ipplan
from ipplan import (
    Actuals,
    ActualsError,
    Bound,
    Deliverable,
    DeliveryReport,
    Department,
    Indicator,
    Observation,
    Origin,
    Period,
    Plan,
    Text,
    Trajectory,
    Verification,
)
from ipplan.plan.rolling_up import LeftOut, RollUp
from ipplan.reasons import NotRolledUp
from tests.builders import indicator, plan

WHOLE = plan(
    indicator("level", unit="件"),
    indicator("flow", accrual="flow", unit="亿元"),
    indicator("total", accrual="cumulative", unit="件"),
    indicator("share", accrual="rate", unit="%", bounds={2020: Bound.at_least(80)}),
    indicator("density", per=10000, unit="件"),
    departments=[
        Department(id="north", name=Text(en="North")),
        Department(id="south", name=Text(en="South")),
        Department(id="cities", name=Text(en="Cities"), members=["north", "south"]),
    ],
    deliverables=[Deliverable(id="3.1.1.1", title=Text(en="A register"), due=2017)],
)


def of(name: str, value: float, period: Any = 2018, **fields: Any) -> Observation:
    return Observation(indicator=name, period=period, value=value, **fields)


def rate(numerator: float, denominator: float, name: str = "share", **fields: Any) -> Observation:
    factor = 100 if name == "share" else 10000
    value = numerator / denominator * factor
    return of(name, value, numerator=numerator, denominator=denominator, **fields)


def rolled(*regions: list[Observation], **options: Any) -> RollUp:
    named = {f"r{index}": observations for index, observations in enumerate(regions)}
    return WHOLE.roll_up(named, **options)


def only(result: RollUp) -> Observation:
    assert result.left_out == ()
    [observation] = result.actuals.observations
    return observation


def why(result: RollUp) -> list[tuple[str, str, NotRolledUp, tuple[str, ...]]]:
    assert len(result.actuals) == 0
    return [(each.id, str(each.period), each.why, each.regions) for each in result.left_out]


# --- amounts add


@pytest.mark.parametrize("name", ["level", "flow", "total"])
def test_amounts_add_as_the_decimals_that_they_print_as(name: str) -> None:
    whole = only(rolled([of(name, 0.1)], [of(name, 0.2)]))
    assert (whole.indicator, whole.value, str(whole.period)) == (name, 0.3, "2018")
    assert whole.unit == WHOLE.indicators[name].unit
    assert (whole.numerator, whole.denominator) == (None, None)
    assert "2 regions" in whole.source
    assert "2 个地区" in whole.source


def test_units_are_converted_before_anything_adds() -> None:
    result = WHOLE.roll_up(
        {"a": {"flow": {2018: "30000 万元"}}, "b": [of("flow", 2.0, unit="亿元")]}
    )
    assert only(result).value == 5


def test_a_period_that_a_region_left_out_has_no_sum() -> None:
    result = rolled([of("level", 1), of("level", 2, 2019)], [of("level", 3)], [of("level", 4)])
    [whole] = result.actuals.observations
    assert (whole.value, str(whole.period)) == (8, "2018")
    [left] = result.left_out
    assert (left.why, left.regions) == (NotRolledUp.REGIONS_MISSING, ("r1", "r2"))
    assert str(left) == "level 2019: not every region reported it (r1, r2)"
    assert left.told("zh") == "level 2019: 有地区未报告 (r1、r2)"


def test_periods_that_end_together_are_one_time_and_keep_the_finest() -> None:
    result = rolled([of("flow", 1, "2018-H1")], [of("flow", 2, "2018-06")])
    assert str(only(result).period) == "2018-06"
    assert len(rolled([of("flow", 1, "2018")], [of("flow", 2, "2018-06")]).left_out) == 2


def test_the_whole_can_be_assessed() -> None:
    result = rolled([of("level", 60, 2020)], [of("level", 50, 2020)])
    assert WHOLE.assess(result.actuals, as_of=2020)["level"].met


def test_what_grows_against_its_own_past_adds_up() -> None:
    grows = Indicator(
        id="grows",
        name=Text(en="Grows"),
        unit="件",
        accrual="flow",
        trajectory=Trajectory(
            relative_to="previous",
            milestones=[ipplan.Milestone(period=2017, bound=Bound.more_than(1))],
        ),
    )
    whole = plan(grows)
    regional = {"a": {"grows": {2017: 5, 2018: 4}}, "b": {"grows": {2017: 5, 2018: 8}}}
    result = whole.assess(whole.roll_up(regional).actuals)["grows"]
    assert (result.actual, result.expected, result.met) == (12, 10, True)


@given(st.lists(st.floats(-1e9, 1e9).filter(lambda x: x == 0 or abs(x) > 1e-6), min_size=1))
def test_the_order_of_regions_does_not_matter(values: list[float]) -> None:
    regional = {f"r{index}": [of("level", each)] for index, each in enumerate(values)}
    backwards = dict(reversed(regional.items()))
    assert WHOLE.roll_up(regional).actuals == WHOLE.roll_up(backwards).actuals


# --- quotients are recomputed


PARTS = st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 10**6)), min_size=1, max_size=12)


@given(parts=PARTS, name=st.sampled_from(["share", "density"]))
def test_a_quotient_is_that_of_the_pooled_parts(parts: list[tuple[int, int]], name: str) -> None:
    regional = [[rate(*part, name)] for part in parts]
    whole = only(rolled(*regional))
    numerator, denominator = map(sum, zip(*parts, strict=True))
    factor = 100 if name == "share" else 10000
    assert whole.value == pytest.approx(factor * numerator / denominator, rel=1e-15)
    assert (whole.numerator, whole.denominator) == (numerator, denominator)
    values = [factor * above / below for above, below in parts]
    assert min(values) * (1 - 1e-15) <= whole.value <= max(values) * (1 + 1e-15)
    assert only(rolled(*reversed(regional))) == whole


def test_a_large_region_weighs_more_than_a_mean_would_give_it() -> None:
    whole = only(rolled([rate(9, 10)], [rate(100, 1000)]))
    assert whole.value == pytest.approx(100 * 109 / 1010)  # the mean of the rates is 50
    assert "recomputed from 2 regions" in whole.source


def test_a_rolled_up_quotient_can_be_rolled_up_again() -> None:
    east = only(rolled([rate(9, 10)], [rate(100, 1000)]))
    west = rate(1, 2)
    assert (
        only(rolled([east], [west])).value
        == only(rolled([rate(9, 10)], [rate(100, 1000)], [west])).value
    )


def test_a_quotient_without_its_parts_is_never_averaged() -> None:
    result = rolled([of("share", 80)], [rate(1, 2)], [of("share", 90)])
    assert why(result) == [("share", "2018", NotRolledUp.DENOMINATOR_MISSING, ("r0", "r2"))]


def test_a_missing_region_is_told_before_missing_parts() -> None:
    result = WHOLE.roll_up({"north": [of("share", 80)]}, over="cities")
    assert why(result) == [("share", "2018", NotRolledUp.REGIONS_MISSING, ("south",))]


@pytest.mark.parametrize(
    ("value", "fits"), [(33.333333333333336, True), (33.3, True), (33, True), (34, True),
                        (33.5, True), (33.6, False), (35, False), (0.33, False), (333.3, False)]
)  # fmt: skip
def test_a_quotient_that_is_not_that_of_its_parts_is_refused(value: float, fits: bool) -> None:
    regions = [of("share", value, numerator=1, denominator=3)], [rate(1, 2)]
    if fits:
        assert only(rolled(*regions)).value == 40
    else:
        with pytest.raises(ActualsError, match=r"^regional\.r0\.actuals\[0\]\.numerator: "):
            rolled(*regions)


def test_patents_of_ten_thousand_people_are_recomputed() -> None:
    whole = ipplan.load("gansu-2016")
    name = "invention_patents_per_10k"
    result = whole.roll_up(
        {
            "a": [of(name, 2.0, numerator=400, denominator=2_000_000)],
            "b": [of(name, 1.0, numerator=100, denominator=1_000_000)],
        }
    )
    assert only(result).value == pytest.approx(5 / 3)


# --- how reliable, and whose


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (Verification.PUBLISHED, Verification.DERIVED),
        (Verification.DERIVED, Verification.DERIVED),
        (Verification.NOT_STATED, Verification.DERIVED),
        (Verification.UNVERIFIED, Verification.UNVERIFIED),
    ],
)
def test_a_sum_is_derived_and_no_better_than_its_parts(
    second: Verification, expected: Verification
) -> None:
    whole = only(
        rolled([of("level", 1, verification="published")], [of("level", 2, verification=second)])
    )
    assert whole.verification is expected


def test_an_origin_that_all_share_is_kept() -> None:
    own = of("level", 1, origin="self_reported")
    assert only(rolled([own], [own])).origin is Origin.SELF_REPORTED
    assert only(rolled([own], [of("level", 1)])).origin is Origin.NOT_STATED


# --- nothing is dropped unsaid


def test_the_source_that_counts_is_taken_and_the_other_is_listed() -> None:
    sources = [of("level", 9, source="report"), of("level", 1, verification="published")]
    result = rolled(sources, [of("level", 2)])
    assert [each.value for each in result.actuals.observations] == [3]
    [left] = result.left_out
    assert (left.why, left.regions) == (NotRolledUp.OTHER_SOURCE, ("r0",))


def test_benchmarks_and_reports_of_deliverables_are_listed() -> None:
    given = Actuals(
        benchmarks=[of("level", 5)],
        reports=[DeliveryReport(deliverable="3.1.1.1", status="done", date="2017-03-01")],
    )
    assert why(WHOLE.roll_up({"north": given})) == [
        ("level", "2018", NotRolledUp.BENCHMARK, ("north",)),
        ("3.1.1.1", "2017-03-01", NotRolledUp.DELIVERY, ("north",)),
    ]


@pytest.mark.parametrize("reason", NotRolledUp)
def test_each_reason_is_told_in_both_languages(reason: NotRolledUp) -> None:
    left = LeftOut(id="alpha", period=Period.of(2018), why=reason, regions=("north",))
    assert left.told("zh") != left.told("en")
    assert str(reason) not in left.told("en")


# --- bad input


def test_values_for_one_period_take_it_from_as_of() -> None:
    result = WHOLE.roll_up({"a": {"level": 1}, "b": {"level": 2}}, as_of=2018)
    assert only(result).value == 3


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(ActualsError) as caught:
        WHOLE.roll_up(
            {"nrth": {"levl": {2018: 1}}, "south": {"level": {2018: "many"}}, "": {}},
            over="cities",
        )
    assert [each.place for each in caught.value.problems] == [
        "regional.nrth",
        "regional",
        "regional.nrth.actuals.levl[2018]",
        "regional.south.actuals.level[2018]",
    ]


def test_over_wants_a_collective() -> None:
    with pytest.raises(ActualsError, match="over: expected a collective"):
        WHOLE.roll_up({"north": {}}, over="north")


@pytest.mark.parametrize("regional", [{}, [], None, {1: {}}])
def test_regions_are_a_mapping_by_name(regional: Any) -> None:
    with pytest.raises(ActualsError, match="regional: expected"):
        WHOLE.roll_up(regional)


def test_a_sum_too_large_is_told_with_its_place() -> None:
    with pytest.raises(ActualsError, match=r"level 2018\.value: expected zero, or a number"):
        rolled([of("level", 1e100)], [of("level", 1e100)])


def test_a_member_of_the_collective_that_reported_nothing_is_missing() -> None:
    result = WHOLE.roll_up({"south": [of("level", 1)]}, over="cities")
    assert result.regions == ("north", "south")
    assert why(result) == [("level", "2018", NotRolledUp.REGIONS_MISSING, ("north",))]


def test_a_plan_that_measures_nothing_rolls_up_to_nothing() -> None:
    empty = Plan(id="empty", title=Text(en="Empty"), start=2016, end=2020)
    assert len(empty.roll_up({"a": {}}).actuals) == 0


def test_a_roll_up_tells_what_it_leaves_out() -> None:
    found = ipplan.load("gansu-2016").roll_up(
        {"east": {"strong_counties": {2017: 7, 2018: 9}}, "west": {"strong_counties": {2017: 6}}}
    )
    assert str(found).splitlines()[0] == "1 figures of 2 regions; left out: 1"
    assert "strong_counties 2018: not every region reported it (west)" in str(found)
