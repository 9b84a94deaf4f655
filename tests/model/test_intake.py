"""The door for actuals: what is read, and what is told of what cannot be."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pint
import pytest

import ipplan
from ipplan import Actuals, ActualsError, Observation, Verification
from tests.builders import indicator, plan

GANSU = ipplan.load("gansu-2016")


def problems(source: object, **options: object) -> list[str]:
    with pytest.raises(ActualsError) as caught:
        GANSU.actuals(source, **options)  # type: ignore[arg-type]
    return [str(problem) for problem in caught.value.problems]


def value_of(value: object) -> float:
    return GANSU.actuals({"pct_applications": {2018: value}}).observations[0].value


@pytest.mark.parametrize("value", [39, 39.0, "39", " 39 件", Decimal(39), Fraction(78, 2)])
def test_numbers_of_every_kind(value: object) -> None:
    assert value_of(value) == 39.0


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1,000", "without separators"),
        ("约20", "such words go in a note"),
        ("—", "leave out what was not published"),
        ("", "leave out what was not published"),
        ("NaN", "leave out what was not published"),
        ("inf", "leave out what was not published"),
        (float("nan"), "leave out what was not published"),
        (float("-inf"), "leave out what was not published"),
        (Decimal("NaN"), "leave out what was not published"),
        ("9**9**9", "nothing is calculated"),
        ("1e5", "without an exponent"),
        (True, "found True"),
        ([39], "found [39]"),
        (1j, "found 1j"),
        (10**400, "smaller than 1e300"),
        (Decimal("1e99999999"), "smaller than 1e300"),
        (1e200, "between 1e-100 and 1e100"),
        ("3 亿元", "expected an amount in item (件), found one in hundred million yuan (亿元)"),
        ("3 furlongs", "expected a unit that ipplan knows, found 'furlongs'"),
    ],
)
def test_an_unreadable_value_is_told_with_its_place_and_a_hint(value: object, words: str) -> None:
    [problem] = problems({"pct_applications": {2018: value}})
    assert problem.startswith("actuals.pct_applications[2018]: expected ")
    assert words in problem


def test_every_problem_of_every_entry_is_told_at_once() -> None:
    records = [
        {"indicator": "pct_aplications", "period": "20x8", "value": "约20", "unit": "furlong"},
        {"indicator": "pct_applications", "period": 1918, "value": 3, "verification": "sure"},
        {"indicator": "pct_applications", "value": 3, "valeu": 4},
        {"indicator": "pct_applications", "period": 2018, "value": "3 件", "unit": "个"},
    ]
    found = problems(records)
    places = [problem.split(":")[0] for problem in found]
    assert places == [
        "actuals[0].indicator",
        "actuals[0].period",
        "actuals[0].unit",
        "actuals[0].value",
        "actuals[1].period",
        "actuals[1].verification",
        "actuals[2]",
        "actuals[2].period",
        "actuals[3].value",
    ]
    assert "near: pct_applications" in found[0]
    assert "2006 to 2030" in found[4]
    assert "near: value" in found[6]


@pytest.mark.parametrize(
    "name",
    [
        "pct_applications",
        "PCT(专利合作条约)国际专利申请量",
        "PCT(专利合作条约)国际专利申请量(件)",
        "pct INTERNATIONAL patent  applications",
    ],
)
def test_an_indicator_goes_by_its_id_or_either_name(name: str) -> None:
    assert GANSU.actuals({name: {2018: 1}}).observations[0].indicator == "pct_applications"


def test_a_name_that_two_indicators_have_wants_an_id() -> None:
    twins = plan(
        indicator("alpha", name=ipplan.Text(en="Same")),
        indicator("beta", name=ipplan.Text(en="Same")),
    )
    with pytest.raises(ActualsError, match="the name of alpha, beta"):
        twins.actuals({"Same": {2018: 1}})


def test_an_unknown_name_without_near_ones_lists_the_ids() -> None:
    assert "the plan has invention_patents_per_10k" in problems({"xyzzy": {2018: 1}})[0]
    assert "found 7" in problems({7: {2018: 1}})[0]


def test_one_source_twice_for_one_time_is_told() -> None:
    record = {"indicator": "pct_applications", "period": 2018, "value": 3, "source": "s"}
    again = {**record, "period": datetime.date(2018, 12, 31), "value": 4}
    [problem] = problems([record, again])
    assert "expected one value a source for pct_applications" in problem
    assert "found 4.0 beside 3.0 at actuals[0]" in problem


def test_what_was_written_is_kept_where_it_was_converted() -> None:
    actuals = GANSU.actuals(
        [{"indicator": "pledge_financing", "period": 2017, "value": "224000", "unit": "万元"}]
    )
    [observation] = actuals.observations
    assert (observation.value, observation.unit) == (22.4, "亿元")
    assert observation.written == "224000 万元"


def test_texts_of_a_record_are_carried() -> None:
    record = {
        "indicator": "pct_applications", "period": 2018, "value": 3, "unit": None,
        "source": "s", "address": "a", "note": "n", "verification": "derived",
    }  # fmt: skip
    [observation] = GANSU.actuals([record]).observations
    assert (observation.source, observation.address, observation.note) == ("s", "a", "n")
    assert observation.verification is Verification.DERIVED


def test_control_characters_do_not_come_in() -> None:
    record = {"indicator": "pct_applications", "period": 2018, "value": 3, "note": "\x1b[2J"}
    assert "without control characters" in problems([record])[0]


def test_an_observation_under_another_name_or_period_is_told() -> None:
    given = Observation(indicator="case_growth", period=2017, value=3)
    [other, when] = problems({"pct_applications": {2018: given}})
    assert "expected an observation of 'pct_applications', found one of 'case_growth'" in other
    assert "expected an observation for 2018, found one for 2017" in when


def test_actuals_of_another_plan_are_checked_with_their_places() -> None:
    foreign = Actuals(
        observations=[
            Observation(indicator="nope", period=2018, value=3),
            Observation(indicator="case_growth", period=2018, value=3, unit="元", place="here"),
        ]
    )
    first, second = problems(foreign)
    assert first.startswith("actuals.observations[0]: expected the id or the name")
    assert second.startswith("here: expected an amount in %")
    [converted] = GANSU.actuals(
        Actuals(observations=[Observation(indicator="财政投入", period=2018, value=1, unit="亿元")])
    ).observations
    assert (converted.indicator, converted.value) == ("fiscal_input", 10000.0)
    assert converted.written == "1 亿元"


def test_one_observation_far_from_the_plan_is_told() -> None:
    [problem] = problems([Observation(indicator="case_growth", period=1900, value=3)])
    assert problem.startswith("actuals[0]: expected a period of the plan (2016–2020), found 1900")


def test_one_observation_with_a_bad_unit_is_told() -> None:
    [problem] = problems([Observation(indicator="case_growth", period=2018, value=3, unit="元")])
    assert problem.startswith("actuals[0]: expected an amount in %")


@pytest.mark.parametrize("source", ["alpha", b"alpha", 3, None])
def test_what_is_no_actuals_at_all_is_told(source: object) -> None:
    assert "ipplan.read_actuals(path, plan) reads a file" in problems(source)[0]


def test_a_record_that_is_no_record_is_told() -> None:
    assert problems([3])[0].startswith("actuals[0]: expected an Observation, or a mapping")


def test_quantities_of_a_foreign_registry_are_read_by_their_unit() -> None:
    foreign = pint.UnitRegistry()
    years = indicator("alpha", unit="年")
    found = plan(years).actuals({"alpha": {2018: foreign.Quantity(3, "year")}})
    assert found.observations[0].value == 3.0
    with pytest.raises(ActualsError, match="a dimensionless"):
        plan(years).actuals({"alpha": {2018: foreign.Quantity(0.85, "")}})


def test_problems_of_every_kind_of_entry_come_together() -> None:
    given = Observation(indicator="pct_applications", period=2018, value=3)
    source = {
        "pct_applications": {2018: "x", "soon": given},
        "pct_aplications": {2018: 3},
        "case_growth": 5,
        "case_closure_rate": 6,
    }
    assert [problem.split(":")[0] for problem in problems(source)] == [
        "actuals.pct_applications[2018]",
        "actuals.pct_applications[soon]",
        "actuals.pct_aplications[2018]",
        "actuals.case_growth",
        "actuals.case_closure_rate",
    ]


def test_where_only_units_are_wrong_it_is_a_unit_error_naming_both() -> None:
    with pytest.raises(ipplan.UnitError, match=r"hundred million yuan \(亿元\), found one in item"):
        GANSU.assess({"pledge_financing": {2017: "3 件"}})
    with pytest.raises(ActualsError) as caught:
        GANSU.assess({"pledge_financing": {2017: "3 件"}, "nope": {2017: 1}})
    assert not isinstance(caught.value, ipplan.UnitError)
    observation = Observation(indicator="pledge_financing", period=2017, value=3, unit="件")
    for source in ([observation], Actuals(observations=[observation])):
        with pytest.raises(ipplan.UnitError):
            GANSU.assess(source)


def test_an_observation_may_be_filed_under_a_name() -> None:
    given = Observation(indicator="pct_applications", period=2018, value=3)
    name = GANSU.indicators["pct_applications"].name.en
    assert GANSU.actuals({name: {2018: given}}).observations[0].value == 3.0
    assert problems({"nope": {2018: given}})[0].startswith("actuals.nope[2018]: expected the id")


def test_a_name_as_the_table_prints_it_is_read_back() -> None:
    for name in ("Pledge financing (hundred million yuan)", "质押融资金额(亿元)"):
        assert GANSU.indicator(name).id == "pledge_financing"


def test_an_as_of_far_from_the_plan_is_refused_like_an_actual() -> None:
    with pytest.raises(ActualsError, match=r"as_of: expected a period of the plan"):
        GANSU.assess({}, as_of=9999)


def test_a_quantity_of_ours_in_another_dimension_is_told() -> None:
    square = ipplan.units.registry().Quantity(3, "元") ** 2
    [problem] = problems({"pledge_financing": {2017: square}})
    assert "expected a unit that ipplan knows, found 'yuan ** 2'" in problem
