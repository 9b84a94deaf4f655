"""Faulty entries set aside: what is sound counts as if alone, and every fault is told."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

import ipplan
from ipplan import Actuals, ActualsError, DeliveryReport, Faulty, ModelError, Observation, Problem

GANSU = ipplan.load("gansu-2016")
Record = Mapping[str, Any]

# Each faulty record, and the fields at which it is told.
FAULTY: list[tuple[Record, tuple[str, ...]]] = [
    ({"indicator": "pct_aplications", "period": 2018, "value": 1}, ("indicator",)),
    ({"indicator": "pct_applications", "period": "x", "value": "y"}, ("period", "value")),
    ({"indicator": "pct_applications", "period": 2018, "value": 3, "share": 1}, ("share",)),
    ({"indicator": "pct_applications", "period": 2018, "value": "3 亿元"}, ("value",)),
    ({"kind": "odd", "indicator": "pct_applications", "period": 2018, "value": 3}, ("kind",)),
    ({"kind": "benchmark", "indicator": "patent_use", "period": 2020, "value": 3, "numerator": 1},
     ("numerator",)),
    ({"deliverable": "9.9.9", "status": "done", "date": 2018}, ("deliverable",)),
    ({"deliverable": "3.1.1.2", "status": "done", "date": 2015}, ("date",)),
    ({"deliverable": "3.1.1.2", "status": "cancelled"}, ("reason", "period")),
]  # fmt: skip


def sound() -> SearchStrategy[Record]:
    figures = st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["actual", "benchmark"]),
            "indicator": st.sampled_from(["pct_applications", "patent_use", "case_growth"]),
            "period": st.integers(2016, 2020),
            "value": st.integers(1, 90),
            "source": st.sampled_from(["a", "b"]),
        }
    )
    reports = st.fixed_dictionaries(
        {
            "deliverable": st.sampled_from(["3.1.1.1", "3.1.1.2"]),
            "status": st.just("in_progress"),
            "period": st.integers(2016, 2020),
            "share": st.sampled_from([0.1, 0.5, 1.0]),
        }
    )
    return st.one_of(figures, reports)


def _told_of(record: Record) -> tuple[Any, ...]:
    names = ("kind", "indicator", "deliverable", "period", "source")
    return tuple(record.get(name) for name in names)


def mixed() -> SearchStrategy[list[tuple[Record, tuple[str, ...]]]]:
    """Sound records, none of them twice, and faulty ones, in any order."""
    good = st.lists(sound(), unique_by=_told_of).map(lambda found: [(each, ()) for each in found])
    bad = st.lists(st.sampled_from(FAULTY), max_size=4)
    return st.tuples(good, bad).flatmap(lambda both: st.permutations([*both[0], *both[1]]))


@given(mixed())
def test_the_assessment_is_that_of_the_sound_entries_alone(
    entries: list[tuple[Record, tuple[str, ...]]],
) -> None:
    alone = [record for record, faults in entries if not faults]
    every = [record for record, _ in entries]
    kept = GANSU.actuals(every, faulty="set_aside")
    assert [each.place for each in kept.problems] == [
        f"actuals[{index}].{field}" for index, (_, faults) in enumerate(entries) for field in faults
    ]
    assert len(kept) == len(alone)
    clean = GANSU.actuals(alone)
    assert kept.observations == clean.observations
    assert (kept.benchmarks, kept.reports) == (clean.benchmarks, clean.reports)
    whole = GANSU.assess(every, as_of=2020, faulty="set_aside")
    assert whole.results == GANSU.assess(alone, as_of=2020).results
    assert (whole.score, whole.coverage) == (
        GANSU.assess(clean, as_of=2020).score, GANSU.assess(alone, as_of=2020).coverage,
    )  # fmt: skip
    assert whole.actuals.problems == kept.problems
    if kept.problems:
        with pytest.raises(ActualsError) as caught:
            GANSU.actuals(every)
        assert caught.value.problems == kept.problems


def test_of_two_that_contradict_each_other_neither_counts() -> None:
    figure = {"indicator": "pct_applications", "period": 2018, "value": 39}
    report = {"deliverable": "3.1.1.2", "period": 2018, "status": "not_started"}
    benchmark = {"kind": "benchmark", "indicator": "patent_use", "period": 2018, "value": 1}
    records = [
        report, figure, {**benchmark, "value": 3}, {**figure, "value": "x"},
        {**figure, "value": 40}, {**benchmark, "source": "b"}, {**figure, "value": 41}, benchmark,
        {**report, "status": "done", "date": "2018-12-31"}, {**figure, "period": 2017},
        {**figure, "indicator": "nope"},
    ]  # fmt: skip
    found = GANSU.actuals(records, faulty="set_aside")
    assert [(each.period.year, each.value) for each in found.observations] == [(2017, 39.0)]
    assert [each.source for each in found.benchmarks] == ["b"]
    assert found.reports == ()
    assert [each.place for each in found.problems] == [
        "actuals[0]", "actuals[1]", "actuals[2]", "actuals[3].value", "actuals[4]", "actuals[6]",
        "actuals[7]", "actuals[8]", "actuals[10].indicator",
    ]  # fmt: skip
    assert "41.0 beside 39.0 at actuals[1]" in str(found.problems[5])
    assert "found another one at actuals[4]" in str(found.problems[1])


@pytest.mark.parametrize("source", ["alpha", b"alpha", 3, None, object()])
def test_what_is_no_table_at_all_is_raised_all_the_same(source: Any) -> None:
    for read in (GANSU.actuals, GANSU.assess):
        with pytest.raises(ActualsError, match=r"reads a file"):
            read(source, faulty="set_aside")


def test_an_as_of_far_from_the_plan_is_raised_all_the_same() -> None:
    with pytest.raises(ActualsError, match=r"^as_of: "):
        GANSU.actuals({}, as_of=1900, faulty="set_aside")


def test_an_unknown_choice_is_told() -> None:
    with pytest.raises(ModelError, match=r"^faulty: expected one of refuse, set_aside"):
        GANSU.actuals({}, faulty="ignore")


def test_a_record_that_is_no_record_is_set_aside() -> None:
    found = GANSU.actuals([3, None, {"indicator": "case_growth"}], faulty=Faulty.SET_ASIDE)  # type: ignore[list-item]
    assert [each.place for each in found.problems] == [
        "actuals[0]", "actuals[1]", "actuals[2].period", "actuals[2].value",
    ]  # fmt: skip
    assert len(found) == 0


def test_problems_found_before_stand_in_their_order() -> None:
    given = Problem(place="row 2", expected="x", found="y")
    bad = {"indicator": "nope", "period": 2018, "value": 1}
    found = GANSU.actuals([bad, given, bad], faulty="set_aside")
    assert [each.place for each in found.problems] == [
        "actuals[0].indicator", "row 2", "actuals[2].indicator",
    ]  # fmt: skip
    with pytest.raises(ActualsError, match="row 2: expected x, found y"):
        GANSU.actuals([given])


def test_in_short_forms_too() -> None:
    found = GANSU.actuals(
        {"pct_applications": {2018: 39, 2017: "x"}, "nope": 3, "3.1.1.2": {2018: 0.5, 2019: 2}},
        faulty="set_aside",
    )
    assert (len(found.observations), len(found.reports)) == (1, 1)
    assert [each.place for each in found.problems] == [
        "actuals.pct_applications[2017]", "actuals.nope", "actuals.3.1.1.2[2019]",
    ]  # fmt: skip


def test_actuals_of_another_plan_keep_what_fits_and_what_was_told_before() -> None:
    earlier = Problem(place="here", expected="x", found="y")
    foreign = Actuals(
        observations=[
            Observation(indicator="nope", period=2018, value=3),
            Observation(indicator="case_growth", period=2018, value=3),
        ],
        benchmarks=[Observation(indicator="patent_use", period=1900, value=3)],
        reports=[
            DeliveryReport(deliverable="9.9", status="done", date=2018),
            DeliveryReport(deliverable="3.1.1.2", status="done", date=2018),
        ],
        problems=[earlier],
    )
    found = GANSU.actuals(foreign, faulty="set_aside")
    assert [each.indicator for each in found.observations] == ["case_growth"]
    assert [each.deliverable for each in found.reports] == ["3.1.1.2"]
    assert found.benchmarks == ()
    assert [each.place for each in found.problems] == [
        "here", "actuals.observations[0]", "actuals.benchmarks[0]", "actuals.reports[0]",
    ]  # fmt: skip
    with pytest.raises(ActualsError) as caught:
        GANSU.actuals(foreign)
    assert len(caught.value.problems) == 3


def test_two_names_of_one_indicator_contradict_each_other_in_actuals_too() -> None:
    foreign = Actuals(
        observations=[
            Observation(indicator="财政投入", period=2018, value=1),
            Observation(indicator="fiscal_input", period=2018, value=2),
            Observation(indicator="fiscal_input", period=2017, value=2),
        ]
    )
    with pytest.raises(ActualsError, match="one value a source for fiscal_input"):
        GANSU.actuals(foreign)
    found = GANSU.actuals(foreign, faulty="set_aside")
    assert [each.period.year for each in found.observations] == [2017]
    assert len(found.problems) == 2


def test_what_was_set_aside_once_stays_told() -> None:
    bad = {"indicator": "nope", "period": 2018, "value": 1}
    kept = GANSU.actuals([bad], faulty="set_aside")
    assert GANSU.actuals(kept) is kept
    assert GANSU.assess(kept, as_of=2018).actuals.problems == kept.problems
    again = GANSU.assess(kept, as_of=2018, policy=ipplan.Policy(prefer=["statistics"]))
    assert again.actuals.problems == kept.problems
