"""Reports of deliverables: what goes with which status, and when they tell of."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipplan import Delivery, DeliveryReport, ModelError, Period

STATES: dict[str, dict[str, Any]] = {
    "not_started": {"period": 2018},
    "in_progress": {"period": 2018, "share": 0.5},
    "done": {"date": "2018-03-01"},
    "cancelled": {"period": 2018, "reason": "merged"},
}
EXTRA: dict[str, Any] = {"share": 0.5, "date": "2018-03-01", "reason": "merged"}
OWN = {"in_progress": "share", "done": "date", "cancelled": "reason"}


def report(status: str, **fields: Any) -> DeliveryReport:
    return DeliveryReport(deliverable="3.1.1.2", status=status, **fields)


def told(status: str, **fields: Any) -> dict[str, str]:
    with pytest.raises(ModelError) as caught:
        report(status, **fields)
    return {each.place: f"{each.expected}, found {each.found}" for each in caught.value.problems}


@pytest.mark.parametrize("status", STATES)
def test_each_status_with_what_goes_with_it(status: str) -> None:
    made = report(status, **STATES[status])
    assert made.status is Delivery(status)
    assert made.at == Period.of("2018-03-01" if status == "done" else 2018).position


@pytest.mark.parametrize(("status", "field"), OWN.items())
def test_what_goes_with_a_status_is_wanted(status: str, field: str) -> None:
    fields = {**STATES[status], "period": 2018, field: "" if field == "reason" else None}
    assert told(status, **fields) == {field: f"the {field} of what is {status}, found none"}


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize("field", EXTRA)
def test_what_goes_with_another_status_is_refused(status: str, field: str) -> None:
    if OWN.get(status) != field:
        found = told(status, **STATES[status], **{field: EXTRA[field]})
        assert found[field].startswith(f"none for what is {status}, found ")


@pytest.mark.parametrize("status", ["not_started", "in_progress", "cancelled"])
def test_what_is_not_done_has_a_period(status: str) -> None:
    fields = {name: each for name, each in STATES[status].items() if name != "period"}
    assert told(status, **fields) == {"period": "when it was so, found none"}


def test_the_date_stands_for_the_period_where_none_is_given() -> None:
    for given_period in ({}, {"period": None}):
        made = report("done", date="2018-03-01", **given_period)
        assert made.period == made.date == Period.of("2018-03-01")
        assert made.at == made.date.position
    later = report("done", date="2018-03-01", period=2019)
    assert (later.period, later.at) == (Period.of(2019), 2019.0)


@pytest.mark.parametrize(
    ("date", "period", "fits"),
    [("2018", 2018, True), ("2018-12-31", 2018, True), ("2018", "2018-H1", True),
     ("2019-01-01", 2018, False), ("2019", "2018-12-31", False)],
)  # fmt: skip
def test_nothing_is_done_after_the_period_that_tells_it(date: str, period: Any, fits: bool) -> None:
    if fits:
        assert report("done", date=date, period=period).date == Period.of(date)
    else:
        expected = f"a date not after the period, {period}, found {date}"
        assert told("done", date=date, period=period) == {"date": expected}


@given(st.floats(-2, 3))
def test_a_share_is_from_zero_to_one(share: float) -> None:
    if 0.0 <= share <= 1.0 and (share == 0.0 or share >= 1e-100):
        assert report("in_progress", period=2018, share=share).share == share
    else:
        assert "share" in told("in_progress", period=2018, share=share)


def test_every_fault_of_a_report_is_told_at_once() -> None:
    assert [*told("cancelled", share=2, date="2018")] == ["share", "date", "reason"]
    assert [*told("in_progress", date=2018, reason="x")] == ["share", "date", "reason"]


def test_an_unknown_status_lists_them() -> None:
    assert told("finished", period=2018) == {
        "status": "one of not_started, in_progress, done, cancelled, found 'finished'"
    }


def test_where_it_was_read_does_not_count() -> None:
    one = report("not_started", period=2018)
    assert {one, report("not_started", period=2018, place="row 7")} == {one}
    assert one != report("not_started", period=2018, evidence="a photograph")


def test_of_a_status_that_is_not_known_nothing_can_be_said() -> None:
    assert [*DeliveryReport.faults(share=3.0)] == []
