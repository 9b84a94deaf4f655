"""Entries of every kind: what they may say, in either language, and what is told of faulty ones."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import ipplan
from ipplan import (
    Actuals,
    ActualsError,
    Delivery,
    DeliveryReport,
    Observation,
    Origin,
    Period,
    UnitError,
    Verification,
)
from ipplan.model.entry import Kind, says

GANSU = ipplan.load("gansu-2016")
DONE = DeliveryReport(deliverable="3.1.1.2", status="done", date="2016-12-01")
FIGURE = Observation(indicator="pct_applications", period=2018, value=39)
RECORD: Mapping[str, Any] = {"indicator": "pct_applications", "period": 2018, "value": 39}
REPORT: Mapping[str, Any] = {"deliverable": "3.1.1.2", "period": 2018, "status": "not_started"}


def told(source: Any) -> dict[str, str]:
    with pytest.raises(ActualsError) as caught:
        GANSU.actuals(source)
    problems = caught.value.problems
    assert len({each.place for each in problems}) == len(problems)
    return {each.place.removeprefix("actuals"): str(each) for each in problems}


def only_report(source: Any) -> DeliveryReport:
    actuals = GANSU.actuals(source)
    assert len(actuals) == 1
    return actuals.reports[0]


# Kinds


@pytest.mark.parametrize("kind", ["actual", "实际", "指标", " actual ", "", None, Kind.ACTUAL])
def test_an_actual(kind: Any) -> None:
    assert len(GANSU.actuals([{**RECORD, "kind": kind}]).observations) == 1


@pytest.mark.parametrize("kind", ["benchmark", "基准", Kind.BENCHMARK])
@pytest.mark.parametrize("value", [39, FIGURE])
def test_a_benchmark(kind: Any, value: Any) -> None:
    found = GANSU.actuals([{**RECORD, "kind": kind, "value": value}])
    assert [each.value for each in found.benchmarks] == [39.0]
    assert (found.observations, found.reports) == ((), ())


@pytest.mark.parametrize("kind", ["deliverable", "交付", "应交付事项", Kind.DELIVERABLE])
@pytest.mark.parametrize("name", ["deliverable", "indicator"])
def test_a_report_of_a_deliverable_by_either_column(kind: Any, name: str) -> None:
    record = {name: "3.1.1.2", "period": 2018, "status": "not_started", "kind": kind}
    assert only_report([record]).deliverable == "3.1.1.2"


def test_a_record_with_a_deliverable_needs_no_kind() -> None:
    assert only_report([REPORT]).status is Delivery.NOT_STARTED
    assert only_report([{**REPORT, "kind": "", "indicator": " "}]).period == Period.of(2018)


def test_an_unknown_kind_lists_the_kinds() -> None:
    [told_of] = told([{**RECORD, "kind": "benchmrk"}]).values()
    assert told_of == (
        "actuals[0].kind: expected one of actual, benchmark, deliverable, found 'benchmrk' "
        "(near: benchmark)"
    )


@pytest.mark.parametrize(
    ("chinese", "choice"),
    [("未开始", Delivery.NOT_STARTED), ("进行中", Delivery.IN_PROGRESS), ("已完成", Delivery.DONE),
     ("完成", Delivery.DONE), ("已取消", Delivery.CANCELLED), ("取消", Delivery.CANCELLED),
     ("自报", Origin.SELF_REPORTED), ("统计局", Origin.STATISTICS), ("统计部门", Origin.STATISTICS),
     ("第三方", Origin.THIRD_PARTY), ("已公布", Verification.PUBLISHED),
     ("推算", Verification.DERIVED), ("未核实", Verification.UNVERIFIED),
     ("未说明", Origin.NOT_STATED)],
)  # fmt: skip
def test_chinese_words_of_every_choice(chinese: str, choice: Any) -> None:
    assert says(choice, chinese)
    assert says(choice, f" {choice.value.replace('_', ' ')} ")
    assert says(choice, choice)
    assert not says(choice, "something else")
    if not isinstance(choice, Delivery):
        name = "origin" if isinstance(choice, Origin) else "verification"
        [found] = GANSU.actuals([{**RECORD, name: chinese}]).observations
        assert getattr(found, name) is choice


# Figures


def test_every_field_of_a_figure() -> None:
    [found] = GANSU.actuals(
        [{"indicator": "invention_patents_per_10k", "period": "2018年", "value": "1.59 件",
          "numerator": "4133", "denominator": Decimal(26000000), "origin": "统计部门",
          "source": "a yearbook", "address": "x", "note": 5, "verification": "published"}]
    ).observations  # fmt: skip
    assert (found.value, found.numerator, found.denominator) == (1.59, 4133.0, 26000000.0)
    assert (found.origin, found.verification) == (Origin.STATISTICS, Verification.PUBLISHED)
    assert (found.source, found.address, found.note) == ("a yearbook", "x", "5")
    assert found.place == "actuals[0]"


def test_every_faulty_field_of_a_figure_is_told_at_once() -> None:
    record = {
        "kind": "benchmark", "indicator": "pct_aplications", "period": 1918, "value": "约20",
        "unit": "furlong", "numerator": "many", "denominator": float("nan"), "origin": "bureau",
        "verification": "sure",
    }  # fmt: skip
    found = told([record])
    assert [*found] == [
        f"[0].{name}"
        for name in (
            "indicator", "period", "unit", "value", "numerator", "denominator", "origin",
            "verification",
        )
    ]  # fmt: skip
    assert "near: pct_applications" in found["[0].indicator"]
    assert "2006 to 2030" in found["[0].period"]
    assert "such words go in a note" in found["[0].value"]
    assert "expected one of statistics, third_party, self_reported" in found["[0].origin"]


def test_a_benchmark_in_another_unit_is_converted_or_told() -> None:
    record = {"kind": "benchmark", "indicator": "pledge_financing", "period": 2018}
    [found] = GANSU.actuals([{**record, "value": 224000, "unit": "万元"}]).benchmarks
    assert (found.value, found.written) == (22.4, "224000 万元")
    with pytest.raises(UnitError, match=r"^actuals\[0\]\.value: expected an amount in hundred"):
        GANSU.actuals([{**record, "value": "3 件"}])


@pytest.mark.parametrize("numerator", ["39 件", "2600万人", "1%"])
def test_parts_have_no_unit(numerator: str) -> None:
    found = told([{**RECORD, "numerator": numerator, "denominator": 2}])
    assert "expected a number without a unit" in found["[0].numerator"]


@pytest.mark.parametrize("name", ["numerator", "denominator"])
def test_a_part_does_not_come_alone(name: str) -> None:
    assert f"the {name} alone" in told([{**RECORD, name: 3}])[f"[0].{name}"]


def test_a_denominator_is_above_zero() -> None:
    found = told([{**RECORD, "numerator": 3, "denominator": 0}])
    assert "a number above zero" in found["[0].denominator"]


def test_none_says_that_nothing_was_reported() -> None:
    assert len(GANSU.actuals([{**RECORD, "value": None}, {**REPORT, "status": None}])) == 0
    assert len(GANSU.actuals({"pct_applications": {2018: None}, "3.1.1.2": {2018: None}})) == 0


def test_where_nothing_was_reported_nothing_else_is_said() -> None:
    found = told(
        [{**RECORD, "value": None, "denominator": 3}, {**REPORT, "status": None, "share": 1}]
    )
    assert "expected a value, as there is a denominator" in found["[0].value"]
    assert "expected a status, as there is a share" in found["[1].status"]


# Quotients and their parts


QUOTIENT = {"indicator": "invention_patents_per_10k", "period": 2018}


@pytest.mark.parametrize(
    ("value", "numerator", "denominator", "fits"),
    [(1.59, 4133, 26_000_000, True), (1.6, 4133, 26_000_000, True), (2, 4133, 26_000_000, True),
     (1.59, 4133, 2600, False), (1.7, 4133, 26_000_000, False), (1.5, 4133, 26_000_000, True),
     (1.58, 4133, 26_000_000, True), (1.56, 4133, 26_000_000, False), (0, 0, 7, True),
     (158.965, 413_309, 26_000_000, True), (159.9, 413_300, 26_000_000, False),
     (159.73, 413_300, 26_000_000, True)],
)  # fmt: skip
def test_a_quotient_is_that_of_its_parts_but_for_rounding(
    value: float, numerator: float, denominator: float, fits: bool
) -> None:
    record = {**QUOTIENT, "value": value, "numerator": numerator, "denominator": denominator}
    made = Observation(**record)
    for source in ([record], [made], Actuals(observations=[made]), Actuals(benchmarks=[made])):
        if fits:
            assert len(GANSU.actuals(source)) == 1
        else:
            [(place, text)] = told(source).items()
            assert place.endswith("].numerator")
            assert f"{numerator} / {denominator} * 10000, which is " in text


def test_a_quotient_is_compared_in_the_indicators_own_unit() -> None:
    record = {**QUOTIENT, "value": 0.000159, "unit": "万件", "numerator": 4133}
    assert len(GANSU.actuals([{**record, "denominator": 26_000_000}])) == 1
    assert "[0].numerator" in told([{**record, "denominator": 2600}])


def test_parts_of_what_is_no_quotient_are_kept_as_they_are() -> None:
    [found] = GANSU.actuals([{**RECORD, "numerator": 1, "denominator": 2}]).observations
    assert (found.value, found.numerator, found.denominator) == (39.0, 1.0, 2.0)


# Reports of deliverables


@pytest.mark.parametrize(
    ("share", "value"),
    [(0.6, 0.6), ("0.6", 0.6), ("60%", 0.6), (" 60 ％ ", 0.6), (Fraction(3, 5), 0.6), (1, 1.0),
     (0, 0.0), (1e-5, 1e-5), ("0.1%", 0.001), (Decimal("0.07"), 0.07), ("29%", 0.29)],
)  # fmt: skip
def test_shares(share: Any, value: float) -> None:
    record = {**REPORT, "status": "进行中", "share": share}
    assert only_report([record]).share == value
    assert only_report({"3.1.1.2": {2018: share}} if share != "0.6" else [record]).share == value


@pytest.mark.parametrize(
    ("share", "words"),
    [(1.2, "a share from 0 to 1"), ("120%", "a share from 0 to 1"), (-0.1, "a share from 0 to 1"),
     ("half", "a number"), (True, "found True"), ("0.5 件", "a share from 0 to 1, or a percentage"),
     ("1e-1", "without an exponent"), (float("nan"), "a number"), ([0.5], "found [0.5]")],
)  # fmt: skip
def test_what_is_no_share(share: Any, words: str) -> None:
    found = told([{**REPORT, "status": "in_progress", "share": share}])
    assert words in found["[0].share"]


def test_every_field_of_a_report() -> None:
    made = only_report(
        [{"kind": "交付", "deliverable": "3.1.1.2", "status": "已完成", "date": "2016-12-01",
          "period": 2017, "evidence": "a notice", "source": "s", "address": "a", "note": "n",
          "verification": "已公布"}]
    )  # fmt: skip
    assert (made.status, made.date, made.period) == (
        Delivery.DONE, Period.of("2016-12-01"), Period.of(2017),
    )  # fmt: skip
    assert (made.evidence, made.source, made.address, made.note) == ("a notice", "s", "a", "n")
    assert (made.verification, made.place) == (Verification.PUBLISHED, "actuals[0]")


BAD_REPORTS: list[tuple[dict[str, Any], str, str]] = [
    ({"status": "done", "date": "2015-12-01"}, "date", "a date from 2016-01-01 on, when its phase"),
    ({"deliverable": "3.9.9.9", "period": 2018, "status": "not_started"},
     "deliverable", "the id of a deliverable"),
    ({"deliverable": "", "kind": "deliverable", "period": 2018, "status": "not_started"},
     "indicator", "the id of a deliverable"),
    ({"status": "in_progress", "period": 2018, "share": 1.5}, "share", "a share from 0 to 1"),
    ({"status": "in_progress", "period": 2018}, "share", "the share of what is in_progress"),
    ({"status": "cancelled", "period": 2018}, "reason", "the reason of what is cancelled"),
    ({"status": "cancelled", "period": 2018, "reason": " "}, "reason", "the reason of what is"),
    ({"status": "done", "period": 2018}, "date", "the date of what is done, found none"),
    ({"status": "done", "period": 2018, "date": "2019-01-01"}, "date", "a date not after the"),
    ({"status": "done", "date": "2099"}, "date", "a period of the plan"),
    ({"status": "done", "date": "soon"}, "date", "a year"),
    ({"status": "not_started"}, "period", "when it was so, found none"),
    ({"status": "not_started", "period": 1900}, "period", "a period of the plan"),
    ({"status": "not_started", "period": 2018, "share": 0.1}, "share", "none for what is not_st"),
    ({"status": "finished", "period": 2018}, "status", "one of not_started, in_progress, done"),
    ({"status": "", "period": 2018}, "status", "one of not_started"),
    ({"status": "not_started", "period": 2018, "value": 3}, "value", "no value of a deliverable"),
    ({"status": "not_started", "period": 2018, "unit": "件"}, "unit", "no unit of a deliverable"),
    ({"status": "not_started", "period": 2018, "origin": "x"}, "origin", "no origin of a deliv"),
    ({"status": "not_started", "period": 2018, "indicator": "pct_applications"},
     "indicator", "one id, that of the deliverable"),
    ({"period": 2018}, "status", "a field status, found none"),
    ({"status": "not_started", "period": 2018, "verification": "sure"}, "verification", "one of"),
    ({"status": "not_started", "period": 2018, "note": "\x1b"}, "note", "without control"),
]  # fmt: skip


@pytest.mark.parametrize(("record", "field", "words"), BAD_REPORTS)
def test_a_faulty_report_is_told_at_its_field(
    record: dict[str, Any], field: str, words: str
) -> None:
    found = told([{"deliverable": "3.1.1.2", **record}])
    assert [*found] == [f"[0].{field}"]
    assert f"expected {words}" in found[f"[0].{field}"] or words in found[f"[0].{field}"]


def test_all_faulty_reports_are_told_at_once_in_their_order() -> None:
    records = [{"deliverable": "3.1.1.2", **record} for record, _, _ in BAD_REPORTS]
    assert [*told(records)] == [f"[{n}].{field}" for n, (_, field, _) in enumerate(BAD_REPORTS)]


@pytest.mark.parametrize("name", ["status", "share", "date", "reason", "evidence"])
def test_a_figure_has_no_field_of_a_deliverable(name: str) -> None:
    for kind in ("actual", "benchmark"):
        found = told([{**RECORD, "kind": kind, name: "done"}])
        assert f"expected no {name} of what is {kind}" in found[f"[0].{name}"]
        assert "kind says what an entry tells of" in found[f"[0].{name}"]
    assert len(GANSU.actuals([{**RECORD, name: " "}, {**REPORT, "value": None}])) == 2


def test_a_deliverable_of_an_actual_is_told() -> None:
    found = told([{**RECORD, "kind": "actual", "deliverable": "3.1.1.2"}])
    assert "no deliverable of what is actual" in found["[0].deliverable"]


def test_one_deliverable_twice_for_one_time_is_told_at_the_second() -> None:
    again = {"deliverable": "3.1.1.2", "status": "done", "date": "2018-12-31"}
    [(place, text)] = told([REPORT, again]).items()
    assert place == "[1]"
    assert "expected one report of 3.1.1.2 for 2018-12-31" in text
    assert "found done beside not_started at actuals[0]" in text
    assert len(GANSU.actuals([REPORT, {**again, "date": "2019-12-30"}])) == 2


FINISHED = {"deliverable": "3.1.1.2", "status": "done", "date": "2016-06-01"}


@pytest.mark.parametrize(
    ("later", "found"),
    [
        ({**FINISHED, "date": "2017-03-01"}, "done on 2017-03-01"),
        ({"deliverable": "3.1.1.2", "status": "not_started", "period": 2017}, "not_started"),
        (
            {"deliverable": "3.1.1.2", "status": "in_progress", "share": 0.3, "period": 2017},
            "in_progress",
        ),
        (
            {"deliverable": "3.1.1.2", "status": "cancelled", "reason": "why", "period": 2017},
            "cancelled",
        ),
    ],
)
@pytest.mark.parametrize("backwards", [False, True])
def test_what_is_done_stays_done_on_one_date(
    later: dict[str, Any], found: str, backwards: bool
) -> None:
    given = [later, FINISHED] if backwards else [FINISHED, later]
    [(place, text)] = told(given).items()
    assert place == ("[0]" if backwards else "[1]")
    assert "expected 3.1.1.2 done on 2016-06-01, as reported at actuals[" in text
    assert f"found {found}" in text
    aside = GANSU.actuals(given, faulty="set_aside")
    assert aside.reports == ()
    assert {each.place for each in aside.problems} == {"actuals[0]", "actuals[1]"}


def test_what_is_done_may_be_told_again() -> None:
    again = {**FINISHED, "period": 2017}
    assert len(GANSU.actuals([FINISHED, again]).reports) == 2


def test_the_same_entry_twice_is_set_aside_once() -> None:
    figure = {"indicator": "pct_applications", "period": 2018, "value": 39}
    found = GANSU.actuals([FINISHED, figure, FINISHED, figure], faulty="set_aside")
    assert [each.place for each in found.problems] == ["actuals[2]", "actuals[3]"]
    assert (len(found.reports), len(found.observations)) == (1, 1)


def test_figures_of_two_origins_are_a_conflict_and_not_a_repetition() -> None:
    figure = {"indicator": "pct_applications", "period": 2018, "value": 39}
    found = GANSU.actuals(
        [{**figure, "origin": "self_reported"}, {**figure, "value": 36, "origin": "statistics"}]
    )
    assert [each.taken.value for each in found.conflicts] == [39.0]


# Short forms


def test_deliverables_in_short() -> None:
    found = GANSU.actuals(
        {"3.1.1.2": {"2018-12-01": "done", 2017: 0.6}, "pct_applications": {2018: 39}}
    )
    done, underway = found.reports
    assert (done.status, done.date, done.period) == (
        Delivery.DONE, Period.of("2018-12-01"), Period.of("2018-12-01"),
    )  # fmt: skip
    assert (underway.status, underway.share, underway.period) == (
        Delivery.IN_PROGRESS, 0.6, Period.of(2017),
    )  # fmt: skip
    assert (done.place, underway.place) == (
        "actuals.3.1.1.2[2018-12-01]", "actuals.3.1.1.2[2017]",
    )  # fmt: skip
    assert len(found.observations) == 1


@pytest.mark.parametrize("word", ["done", " done ", "已完成", "完成", Delivery.DONE])
def test_done_in_short_is_done_then(word: Any) -> None:
    assert only_report({"3.1.1.2": {"2016-12-01": word}}).date == Period.of("2016-12-01")


@pytest.mark.parametrize("word", ["not_started", "not started", "未开始", Delivery.NOT_STARTED])
def test_not_started_in_short(word: Any) -> None:
    made = only_report({"3.1.1.2": {2017: word}})
    assert (made.status, made.date) == (Delivery.NOT_STARTED, None)


def test_in_short_with_an_as_of_period() -> None:
    found = GANSU.actuals({"3.1.1.2": "30%", "3.1.1.3": "done"}, as_of=2018)
    assert [(each.share, each.period) for each in found.reports] == [
        (0.3, Period.of(2018)), (None, Period.of(2018)),
    ]  # fmt: skip


def test_what_is_faulty_in_short_is_told_at_its_place() -> None:
    found = told(
        {"3.1.1.2": {2017: "cancelled", 2018: "nearly", 2019: 1.2, 2020: "in_progress"},
         "3.9.9.9": {2018: "done"}, "3.1.1.3": "done"}
    )  # fmt: skip
    assert [*found] == [
        ".3.1.1.2[2017]", ".3.1.1.2[2018]", ".3.1.1.2[2019]", ".3.1.1.2[2020]",
        ".3.9.9.9[2018]", ".3.1.1.3",
    ]  # fmt: skip
    assert "the reason of what is cancelled" in found[".3.1.1.2[2017]"]
    assert "say as_of=2018" in found[".3.1.1.3"]


# Objects


def test_objects_come_as_they_are_alone_or_under_their_name() -> None:
    for source in (
        [DONE, FIGURE],
        {"3.1.1.2": {"2016-12-01": DONE}, "pct_applications": {2018: FIGURE}},
    ):
        found = GANSU.actuals(source)
        assert (found.reports, found.observations[0].value) == ((DONE,), 39.0)
        assert all(each.place.startswith("actuals") for each in found.reports)
    assert GANSU.actuals([Observation(**RECORD, place="row 7")]).observations[0].place == "row 7"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ({"3.1.1.3": {"2016-12-01": DONE}}, "a report of '3.1.1.3', found one of '3.1.1.2'"),
        ({"3.1.1.2": {2016: DONE}}, "a report for 2016, found one for 2016-12-01"),
        ({"pct_applications": {"2016-12-01": DONE}}, "a report of 'pct_applications'"),
        ({"3.1.1.3": {2018: FIGURE}}, "the id or the name of an indicator, found '3.1.1.3'"),
        ({"case_growth": {2018: FIGURE}}, "an observation of 'case_growth', found one of"),
        ({"pct_applications": {2017: FIGURE}}, "an observation for 2017, found one for 2018"),
        ([{**RECORD, "value": FIGURE, "source": "s"}], "no source beside an observation"),
        ([{"value": DONE, "reason": "r"}], "no reason beside a report"),
        ([{**RECORD, "value": FIGURE, "kind": "deliverable"}], "expected actual, found deliv"),
        ([{"value": DONE, "kind": "actual"}], "expected deliverable, found actual"),
        ([{"value": DONE, "kind": "x"}], "one of actual, benchmark, deliverable"),
        ([DeliveryReport(deliverable="9.9", status="done", date=2018)], "the id of a deliverable"),
        ([DeliveryReport(deliverable="3.1.1.2", status="done", date=2015)], "when its phase"),
    ],
)
def test_an_object_that_does_not_fit_what_it_is_filed_under_is_told(
    source: Any, words: str
) -> None:
    [text] = told(source).values()
    assert words in text


def test_one_object_twice_is_twice() -> None:
    assert [*told([DONE, DONE, FIGURE, FIGURE])] == ["[1]", "[3]"]
    for field, each in (("reports", DONE), ("observations", FIGURE), ("benchmarks", FIGURE)):
        with pytest.raises(ActualsError, match="found"):
            Actuals(**{field: [each, each]})


def test_a_type_of_ones_own_with_a_value_is_no_text() -> None:
    class Odd:
        value = 39

    found = told([{**RECORD, "source": "s", "value": Odd()}])
    assert "[0].value" in found


def test_actuals_made_elsewhere_keep_what_they_prefer() -> None:
    given = Actuals(
        observations=[Observation(indicator="财政投入", period=2018, value=1, unit="亿元")],
        prefer=["statistics"],
        tolerance=0.01,
    )
    made = GANSU.actuals(given)
    assert made.observations[0].indicator == "fiscal_input"
    assert (made.prefer, made.tolerance) == ((Origin.STATISTICS,), 0.01)
