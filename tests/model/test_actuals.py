"""Actuals: which observation counts, which stay visible, and what an observation cannot be."""

import math
import pickle
from itertools import pairwise
from typing import Any

import attrs
import pytest

from ipplan import Actuals, ActualsError, ModelError, Observation, Period, PeriodError, Verification
from ipplan.model.actuals import Reported


def seen(value: float, period: Any = 2018, indicator: str = "patents", **more: Any) -> Observation:
    return Observation(indicator=indicator, period=period, value=value, **more)


def test_an_observation_is_normalised() -> None:
    made = seen(39, "2018年", verification="derived")
    assert made.period == Period.of(2018)
    assert (made.value, type(made.value)) == (39.0, float)
    assert made.verification is Verification.DERIVED


def test_what_is_not_stated_is_empty() -> None:
    made = seen(39)
    assert made.verification is Verification.NOT_STATED
    assert (made.unit, made.source, made.address, made.note) == ("", "", "", "")


@pytest.mark.parametrize("name", ["place", "written"])
def test_where_and_how_it_was_written_does_not_count(name: str) -> None:
    assert {seen(39, **{name: "row 7"}), seen(39)} == {seen(39)}


@pytest.mark.parametrize("name", ["unit", "source", "address", "note"])
def test_the_rest_counts(name: str) -> None:
    assert seen(39, **{name: "个"}) != seen(39)


@pytest.mark.parametrize(
    "name", ["indicator", "unit", "source", "address", "note", "place", "written"]
)
@pytest.mark.parametrize("value", [5, None, "a\x1b[31mb"])
def test_a_text_that_is_none_is_refused_by_its_name(name: str, value: Any) -> None:
    fields: dict[str, Any] = {"indicator": "patents", "period": 2018, "value": 39, name: value}
    with pytest.raises(ModelError, match=f"^{name}: expected text without control characters"):
        Observation(**fields)


@pytest.mark.parametrize("value", ["39", None, True])
def test_a_value_that_is_no_number_is_refused(value: Any) -> None:
    with pytest.raises(ModelError, match=r"^value: expected a number, found"):
        seen(value)


@pytest.mark.parametrize("value", [math.nan, math.inf, 1e101])
def test_a_value_that_is_not_finite_is_refused(value: float) -> None:
    with pytest.raises(ModelError, match=r"^value: expected zero, or a number between"):
        seen(value)


def test_a_period_that_is_none_is_refused() -> None:
    with pytest.raises(PeriodError, match=r"^period: expected a year"):
        seen(39, "soon")


def test_an_unknown_verification_is_refused_with_the_choices() -> None:
    choices = "published, not_stated, derived, unverified"
    with pytest.raises(ModelError, match=f"^verification: expected one of {choices}, found"):
        seen(39, verification="certain")


YEARS = Actuals(
    observations=[seen(3, 2018), seen(1, 2016), seen(2, "2017-H1"), seen(9, 2017, "pct")]
)


@pytest.mark.parametrize(
    ("as_of", "value"),
    [
        ("2016", 1.0),
        ("2017-05", 1.0),
        ("2017-06", 2.0),
        ("2017", 2.0),
        ("2018", 3.0),
        ("2030", 3.0),
    ],
)
def test_the_latest_report_is_the_last_not_after_the_time_asked(as_of: str, value: float) -> None:
    report = YEARS.latest("patents", Period.of(as_of))
    assert report is not None
    assert report.taken.value == value


def test_before_the_first_report_there_is_none() -> None:
    assert YEARS.latest("patents", Period.of(2015)) is None


def test_nothing_was_reported_for_an_unknown_indicator() -> None:
    assert YEARS.latest("cases", Period.of(2018)) is None
    assert YEARS.of("cases") == ()


def test_reports_stand_in_the_order_of_time() -> None:
    assert [report.taken.value for report in YEARS.of("patents")] == [1.0, 2.0, 3.0]


def test_observations_stay_in_the_order_given() -> None:
    assert [each.value for each in YEARS.observations] == [3.0, 1.0, 2.0, 9.0]


def test_the_last_period_is_the_latest_reported() -> None:
    assert YEARS.last_period == Period.of(2018)


def test_without_observations_there_is_no_last_period() -> None:
    assert Actuals().last_period is None


def test_actuals_know_how_many_they_hold() -> None:
    assert (len(YEARS), len(Actuals())) == (4, 0)


RANKED = ["published", "not_stated", "derived", "unverified"]


@pytest.mark.parametrize(("better", "worse"), [*pairwise(RANKED)])
def test_the_better_verified_counts_wherever_it_stands(better: str, worse: str) -> None:
    good = seen(1.59, source="a report", verification=better)
    poor = seen(1.58, source="a speech", verification=worse)
    for given in ([good, poor], [poor, good]):
        assert Actuals(observations=given).of("patents") == (Reported(taken=good, others=(poor,)),)


def test_of_equally_verified_ones_the_earlier_given_counts() -> None:
    first, second = seen(1.59, source="a report"), seen(1.58, source="a speech")
    (report,) = Actuals(observations=[first, second]).of("patents")
    assert (report.taken, report.others) == (first, (second,))


def test_one_time_in_two_grains_is_one_time() -> None:
    month, half = seen(1, "2018-06", source="a"), seen(2, "2018-H1", source="b")
    assert Actuals(observations=[month, half]).of("patents") == (
        Reported(taken=month, others=(half,)),
    )


def test_sources_conflict_where_their_values_differ() -> None:
    first, second = seen(1.59, source="a report"), seen(1.58, source="a speech")
    made = Actuals(observations=[first, second, seen(5, 2017)])
    assert made.conflicts == (Reported(taken=first, others=(second,)),)
    assert made.conflicts[0].conflicts == (second,)


def test_sources_that_agree_do_not_conflict() -> None:
    rounded = 1.59 * (1 + 0.5e-12)  # figures count as equal within 1e-12 of the larger one
    made = Actuals(observations=[seen(1.59, source="a report"), seen(rounded, source="a speech")])
    assert made.conflicts == ()


def test_one_source_gives_one_value_for_a_time() -> None:
    first, second = (
        seen(1, source="a", place="row 2"),
        seen(2, "2018-12", source="a", place="row 7"),
    )
    with pytest.raises(ActualsError) as caught:
        Actuals(observations=[first, second])
    (problem,) = caught.value.problems
    assert problem.place == "row 7"
    assert problem.expected == "one value a source for patents in 2018-12"
    assert problem.found == "2.0 beside 1.0 at row 2"
    assert "name the source or origin of each" in problem.hint


def test_a_repeated_value_of_unknown_place_is_reported_without_one() -> None:
    with pytest.raises(ActualsError, match=r"found 1.0 beside 1.0 \("):
        Actuals(observations=[seen(1), seen(1)])


def test_every_repeated_value_is_reported() -> None:
    repeated = [seen(1), seen(2), seen(3), seen(1, 2017), seen(2, 2017), seen(7, 2016)]
    with pytest.raises(ActualsError) as caught:
        Actuals(observations=repeated)
    assert len(caught.value.problems) == 3


def test_one_source_may_report_other_indicators_and_times() -> None:
    given = [seen(1, source="a"), seen(1, 2017, source="a"), seen(1, 2018, "pct", source="a")]
    assert len(Actuals(observations=given)) == 3


@pytest.mark.parametrize("value", [5, None, "patents"])
def test_observations_are_a_list(value: Any) -> None:
    with pytest.raises(ModelError, match=r"^observations: expected a list of Observation, found"):
        Actuals(observations=value)


def test_every_wrong_observation_is_reported() -> None:
    with pytest.raises(ModelError) as caught:
        Actuals(observations=[5, seen(1), {}])  # type: ignore[list-item]
    places = [problem.place for problem in caught.value.problems]
    assert places == ["observations[0]", "observations[2]"]


FROZEN = [seen(39), YEARS, YEARS.of("patents")[0]]


@pytest.mark.parametrize("each", FROZEN)
def test_parts_are_frozen(each: Any) -> None:
    first = attrs.fields(type(each))[0].name
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(each, first, None)


@pytest.mark.parametrize("each", FROZEN)
def test_parts_are_keyword_only(each: Any) -> None:
    given = [getattr(each, field.name) for field in attrs.fields(type(each)) if field.init]
    with pytest.raises(TypeError):
        type(each)(*given)


@pytest.mark.parametrize("each", FROZEN)
def test_parts_are_hashable_and_picklable(each: Any) -> None:
    assert {each, pickle.loads(pickle.dumps(each))} == {each}


def test_pickled_actuals_still_find_reports() -> None:
    assert pickle.loads(pickle.dumps(YEARS)).of("patents") == YEARS.of("patents")
