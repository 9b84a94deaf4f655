"""What came of deliverables, and of the phases and workstreams that they stand in."""

from typing import Any

import pytest

from ipplan import (
    Credits,
    Deliverable,
    Delivered,
    DeliveryReport,
    Phase,
    Plan,
    Policy,
    Reason,
    Scale,
    State,
    StatusClass,
    Text,
    Workstream,
)
from ipplan.scoring import Growth
from tests.builders import plan

NAME = Text(en="Something", zh="某事")


def promises(*ids: str, **options: Any) -> list[Deliverable]:
    return [Deliverable(id=id, title=NAME, **options) for id in ids]


def phased(*deliverables: Deliverable, **options: Any) -> Plan:
    phases = [
        Phase(id="first", name=NAME, start=2016, end=2016),
        Phase(id="last", name=NAME, start=2018, end=2020),
    ]
    streams = [Workstream(id="reform", name=NAME), Workstream(id="empty", name=NAME)]
    return plan(phases=phases, workstreams=streams, deliverables=deliverables, **options)


ONE = phased(*promises("3.1.1", phase="first", workstream="reform"))


def came(report: dict[str, Any] | None, *, as_of: Any = 2017, **policy: Any) -> Any:
    reports = [] if report is None else [DeliveryReport(deliverable="3.1.1", **report)]
    found = ONE.assess(reports, as_of=as_of, policy=Policy(**policy))
    return found.deliverables["3.1.1"]


DONE = {"status": "done", "date": "2016-12-31"}
LATE = {"status": "done", "date": "2017-01-01"}
HALF = {"status": "in_progress", "share": 0.5, "period": 2016}
CANCELLED = {"status": "cancelled", "reason": "no money", "period": 2016}


@pytest.mark.parametrize(
    ("report", "status", "share", "score"),
    [
        (DONE, Delivered.DONE, 1.0, 100.0),
        (LATE, Delivered.DONE_LATE, 1.0, 100.0),
        (HALF, Delivered.LATE, 0.5, 50.0),
        ({"status": "not_started", "period": 2016}, Delivered.LATE, 0.0, 0.0),
        (CANCELLED, Delivered.CANCELLED, None, 0.0),
    ],
)
def test_what_was_due_is_scored_by_what_is_done(
    report: dict[str, Any], status: StatusClass, share: float | None, score: float
) -> None:
    found = came(report)
    assert (found.status, found.share, found.score) == (status, share, score)
    assert (found.state, found.reason) == (State.SCORED, None)


def test_what_was_due_and_not_reported_is_missing_and_never_zero() -> None:
    found = came(None)
    assert (found.state, found.reason) == (State.MISSING, Reason.NOT_REPORTED)
    assert (found.score, found.status, found.share) == (None, None, None)


@pytest.mark.parametrize(
    ("report", "status", "share"),
    [
        ({"status": "done", "date": "2016-03-01"}, Delivered.DONE, 1.0),
        ({**HALF, "period": "2016-06"}, Delivered.IN_PROGRESS, 0.5),
        ({"status": "not_started", "period": "2016-06"}, Delivered.NOT_STARTED, 0.0),
        (None, None, None),
    ],
)
def test_what_is_not_due_yet_has_no_score_also_where_it_is_done(
    report: dict[str, Any] | None, status: StatusClass | None, share: float | None
) -> None:
    found = came(report, as_of="2016-06")
    assert (found.state, found.reason, found.score) == (State.NOT_DUE, Reason.NOT_DUE_YET, None)
    assert (found.status, found.share) == (status, share)
    assert not found.is_due


def test_the_latest_report_by_the_time_counts() -> None:
    reports = [
        DeliveryReport(deliverable="3.1.1", **HALF),
        DeliveryReport(deliverable="3.1.1", **LATE),
    ]
    assert ONE.assess(reports, as_of=2016).deliverables["3.1.1"].share == 0.5
    assert ONE.assess(reports, as_of=2017).deliverables["3.1.1"].status == Delivered.DONE_LATE


def test_what_is_overdue_counts_no_more_than_what_is_done_late() -> None:
    credits = Credits(late=0.5)
    assert came(HALF, credits=credits).score == 25.0
    assert came({**HALF, "share": 1.0}, credits=credits).score == 50.0
    assert came(LATE, credits=credits).score == 50.0


def test_credits_say_what_late_and_cancelled_count() -> None:
    assert came(LATE, credits=Credits(late=0.8)).score == 80.0
    assert came(LATE, credits=Credits(late=0.8)).share == 1.0
    assert came(DONE, credits=Credits(late=0.8)).score == 100.0
    assert came(CANCELLED, credits=Credits(cancelled=0.25)).score == 25.0
    left_out = came(CANCELLED, credits=Credits(cancelled=None))
    assert (left_out.state, left_out.reason, left_out.score) == (
        State.NOT_DUE,
        Reason.CANCELLED,
        None,
    )


def test_a_share_stands_on_the_policys_scale() -> None:
    assert came(HALF, rule="canadian_indicator").score == 0.0  # midway from -5 to 5
    assert came(DONE, rule="canadian_indicator").score == 5.0
    endless = came(DONE, rule=Growth(scale=Scale(floor=None, cap=None)))
    assert (endless.state, endless.reason) == (State.NOT_COMPUTABLE, Reason.SCALE_WITHOUT_ENDS)
    assert (endless.status, endless.share) == (Delivered.DONE, 1.0)


def test_a_date_of_its_own_comes_before_the_phase() -> None:
    own = phased(*promises("3.1.1", phase="last", due=2018), *promises("3.1.2", due="2017-06"))
    assert own.promised["3.1.1"].due.year == 2018
    assert own.promised["3.1.1"].start.year == 2018
    assert (str(own.promised["3.1.2"].due), own.promised["3.1.2"].start.year) == ("2017-06", 2016)


FIVE = phased(
    *promises("3.1.1", "3.1.2", "3.1.3", "3.1.4", phase="first", workstream="reform"),
    *promises("3.3.1", "3.3.2", phase="last", workstream="reform"),
)
REPORTS = {
    "3.1.1": {2016: "done"},
    "3.1.2": {2017: "done"},
    "3.1.3": {2017: 0.5},
    "3.3.1": {"2018-06": "20%"},
}


def test_a_phase_counts_what_was_due_done_late_missing_and_not_due() -> None:
    found = FIVE.assess(REPORTS, as_of=2018)
    first, last = found.phases["first"], found.phases["last"]
    told = {
        name: [each.id for each in getattr(first, name)]
        for name in ("due", "done", "done_late", "late", "missing", "not_due", "cancelled")
    }
    assert told == {
        "due": ["3.1.1", "3.1.2", "3.1.3", "3.1.4"],
        "done": ["3.1.1", "3.1.2"],
        "done_late": ["3.1.2"],
        "late": ["3.1.3"],
        "missing": ["3.1.4"],
        "not_due": [],
        "cancelled": [],
    }
    assert first.counts == {"done": 1, "done_late": 1, "late": 1, "missing": 1}
    assert [each.id for each in last.not_due] == ["3.3.1", "3.3.2"]
    assert last.counts == {"in_progress": 1, "not_due": 1}


def test_time_share_against_the_share_reached_with_its_coverage() -> None:
    found = FIVE.assess(REPORTS, as_of=2018)
    first, last = found.phases["first"], found.phases["last"]
    assert (first.time_share, first.share, first.coverage) == (1.0, 2.5 / 3, 0.75)
    assert (last.time_share, last.share, last.coverage) == (1 / 3, 0.2, 0.5)
    stream = found.workstreams["reform"]
    assert (stream.time_share, stream.coverage) == (0.6, 4 / 6)
    assert stream.share == pytest.approx((1.0 + 1.0 + 0.5 + 0.2) / 4, rel=1e-15)


def test_a_section_of_which_nothing_is_known_has_no_share() -> None:
    found = FIVE.assess({}, as_of="2016-06")
    assert found.phases["first"].share is None
    assert found.phases["first"].coverage == 0.0
    assert found.phases["first"].time_share == 0.5
    assert found.phases["last"].time_share == 0.0
    empty = found.workstreams["empty"]
    assert (empty.share, empty.coverage, empty.deliverables) == (None, 0.0, ())
