"""Plain values of delivery: JSON that parses back, and rows for CSV."""

import csv
import io
import json

import pytest

import ipplan
from ipplan.assessment.delivery_plain import SCORECARD_FIELDS, scorecard_rows
from ipplan.report.output import csv_text
from tests.assessment.delivered import REPORTS, SMALL, assessed

FOUND = assessed()
PLAIN = FOUND.to_dict()


def no_constants(name: str) -> None:
    raise AssertionError(name)


@pytest.mark.parametrize(
    "found", [FOUND, SMALL.assess({}, as_of=2016), SMALL.assess({}, as_of=2020)]
)
def test_json_is_valid_and_says_the_same(found: ipplan.Assessment) -> None:
    assert json.loads(found.to_json(), parse_constant=no_constants) == found.to_dict()


def test_the_assessment_holds_everything_that_was_delivered() -> None:
    assert [each["deliverable"] for each in PLAIN["deliverables"]] == [*FOUND.deliverables]
    assert [each["id"] for each in PLAIN["phases"]] == ["start", "later"]
    assert [each["id"] for each in PLAIN["workstreams"]] == ["works"]
    assert [each["department"] for each in PLAIN["departments"]] == [*FOUND.departments]
    assert [each["plan"] for each in PLAIN["subplans"]] == ["zone"]
    assert PLAIN["subplans"][0]["deliverables"][0]["deliverable"] == "9.1"
    assert PLAIN["problems"] == []
    assert PLAIN["benchmarks"] == []


def test_a_deliverable_a_phase_and_a_task() -> None:
    late = PLAIN["deliverables"][1]
    assert (late["status"], late["due"], late["score"]) == ("done_late", "2017", 100.0)
    assert late["report"]["source"] == "bulletin"
    assert PLAIN["deliverables"][4]["report"] is None
    assert PLAIN["deliverables"][4]["reason"] == "not_reported"
    phase = PLAIN["phases"][0]
    assert (phase["due"], phase["missing"]) == (["3.1", "3.2", "3.3", "3.4", "3.5"], ["3.5"])
    assert (phase["coverage"], phase["time_share"]) == (0.6, 1.0)
    task = PLAIN["tasks"][0]
    twin = next(part for part in task["parts"] if part["twin"])
    assert (twin["id"], twin["twin"], twin["counts"]) == ("beta", "alpha", False)
    assert twin["contribution"] is None
    shares = [part["contribution"] for part in task["parts"] if part["contribution"] is not None]
    assert sum(shares) == pytest.approx(task["score"])


def test_a_scorecard_has_credits_contributions_and_what_it_rests_on() -> None:
    plain = FOUND.departments["finance"].to_dict()
    assert plain["credits"] == {"2.1": 1.0, "2.2": 0.5}
    assert sum(plain["contributions"].values()) == pytest.approx(plain["score"])
    assert (plain["plan"], plain["as_of"], plain["amended_by"]) == ("small", "2018", [])
    assert "lead counts 1" in plain["credits_policy"]
    assert plain["policy"].startswith("rule ratio")
    member = FOUND.scorecards(expand=True)["west"].to_dict()
    assert member["member_of"] == ["cities"]
    assert {duty["through"] for duty in member["duties"]} == {"cities"}


def test_rows_have_every_task_and_every_department() -> None:
    rows = [row for card in FOUND.departments.values() for row in scorecard_rows(card)]
    assert all(set(row) <= set(SCORECARD_FIELDS) for row in rows)
    read = [*csv.DictReader(io.StringIO(csv_text(rows, SCORECARD_FIELDS)))]
    assert {row["department"] for row in read} == {*FOUND.departments}
    [led] = (r for r in read if (r["department"], r["task"]) == ("finance", "2.1"))
    assert (led["role"], led["credit"], led["score"]) == ("lead", "1", "68")
    [idle] = (r for r in read if r["department"] == "idle")
    assert (idle["task"], idle["reason"], idle["score"]) == ("", "answers_for_nothing", "")


def test_problems_and_benchmarks_are_there() -> None:
    faulty = {"indicator": "alpa", "period": 2017, "value": 1}
    plain = SMALL.assess([*REPORTS, faulty], as_of=2018, faulty="set_aside").to_dict()
    [problem] = plain["problems"]
    assert set(problem) == {"place", "expected", "found", "hint"}
    assert problem["hint"] == "near: alpha"
    gansu = ipplan.load("gansu-2016")
    id = next(id for id, each in gansu.quotas.items() if _against_benchmark(each))
    given = [
        {"indicator": id, "period": 2020, "value": 3},
        {"kind": "benchmark", "indicator": id, "period": 2020, "value": 2.5, "source": "book"},
    ]
    plain = gansu.assess(given, as_of=2020).to_dict()
    assert [each["value"] for each in plain["benchmarks"]] == [2.5]
    [compared] = (each for each in plain["quotas"] if each["indicator"] == id)
    assert compared["compared_with"]["source"] == "book"


def _against_benchmark(quota: ipplan.Indicator) -> bool:
    relative = quota.trajectory.relative_to
    return relative is not None and relative.value == "benchmark"
