"""Plan files: shipped and one's own, TOML and JSON, and every fault of a bad one at once."""

import json
import pickle
from pathlib import Path

import pytest

import ipplan
from ipplan import Bound, ModelError, Period, Plan, PlanFileError, Text, Trajectory
from tests.builders import indicator, plan

GANSU = ipplan.load("gansu-2016")

TEN_FAULTS = """
id = "Ten Faults"
title = { zh = "坏", en = 5 }
start = 2016
end = 2020
colour = "red"

[departments.finance]
name = { zh = "省财政厅" }

[indicators.a]
name = { zh = "甲" }
unit = "furlong"
accrual = "flw"
interpolation = "liner"
milestones = [{ period = 2017, at_least = "ten" }, { period = "2018-13", at_least = 1 }]

[indicators.b]
name = { zh = "乙" }
unit = "个"
accrual = "level"
interpolation = "geometric"
milestones = [{ period = 2016, at_least = 0 }, { period = 2016, at_least = 4 }]

[tasks."2.1"]
title = { zh = "任务" }
lead = ["finanse"]
support = "finance"
"""


def faults(text: str, into: type = Plan, format: str = "toml") -> dict[str, str]:
    with pytest.raises(PlanFileError) as caught:
        ipplan.loads(text, into=into, format=format)
    return {problem.place: str(problem) for problem in caught.value.problems}


def test_ten_faults_and_more_are_told_at_once_with_place_and_hint() -> None:
    found = faults(TEN_FAULTS)
    expected = {
        "id": "an id of lower-case letters",
        "title.en": "expected text, found 5",
        "colour": "expected one of id, title, start",
        "indicators.a.unit": "a unit that ipplan knows, found 'furlong'",
        "indicators.a.accrual": "near: flow",
        "indicators.a.interpolation": "near: linear",
        "indicators.a.milestones[0].at_least": "write it without quotes",
        "indicators.a.milestones[1].period": "month must be in 1..12",
        "indicators.b.milestones[0]": "constant growth never reaches or crosses zero",
        "indicators.b.milestones[1].period": "expected a period after 2016",
        "tasks.2.1.support": "put it in [brackets]",
        "tasks.2.1.lead[0]": "near: finance",
    }
    assert set(found) == set(expected)
    for place, words in expected.items():
        if "month" not in words:  # its wording is Python's own and differs by version
            assert words in found[place]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("id = 'p'", "title", "expected a value, found none (this key is required)"),
        ("indicators = 3", "indicators", "expected a table by id, found 3"),
        ("[indicators]\na = 3", "indicators.a", "expected a table with the keys of an indicator"),
        ("[indicators.a]\nid = 'b'", "indicators.a.id", "the id is the table's name, a"),
        ("[indicators.a]\ntrajectory = {}", "indicators.a.trajectory", "found a key 'trajectory'"),
        ("[indicators.a]\nmilestones = []", "indicators.a.milestones", "at least one milestone"),
        ("[indicators.a]\nmilestones = [3]", "indicators.a.milestones[0]", "found 3"),
        (
            "[indicators.a]\nmilestones = [{ period = 2016 }]",
            "indicators.a.milestones[0]",
            "expected a bound, one of at_least",
        ),
        (
            "[indicators.a]\nmilestones = [{ period = 2016, at_least = 1, at_most = 2 }]",
            "indicators.a.milestones[0]",
            "found at_least and at_most",
        ),
        (
            "[indicators.a]\nmilestones = [{ period = 2016, between = [1] }]",
            "indicators.a.milestones[0].between",
            "expected two figures",
        ),
        (
            "[indicators.a]\nmilestones = [{ period = 2016, between = [2, 1] }]",
            "indicators.a.milestones[0].between",
            "the lower figure first",
        ),
        (
            "[indicators.a]\nmilestones = [{ period = 2016, at_least = inf }]",
            "indicators.a.milestones[0].at_least",
            "zero, or a number between 1e-100 and 1e100",
        ),
        ("issued = 'soon'", "issued", "expected a date like 2016-11-10, found 'soon'"),
        ("issued = 2016-11-10T10:00:00", "issued", "expected a date like 2016-11-10"),
        ("title = 'x'", "title", "expected a table with zh, en"),
        ("title = {}", "title", "expected a text in zh, en or both"),
        ("assumptions = [{ about = 'X' }]", "assumptions[0].about", "a snake_case id"),
    ],
)
def test_each_fault_has_its_place(text: str, place: str, words: str) -> None:
    assert words in faults(text)[place]


def test_flow_milestones_are_whole_years() -> None:
    text = """
    [indicators.a]
    accrual = "flow"
    milestones = [{ period = "2016-H1", at_least = 1 }]
    """
    assert "a whole year, for a flow" in faults(text)["indicators.a.milestones[0].period"]


@pytest.mark.parametrize(
    ("text", "format", "words"),
    [
        ("id = ", "toml", "expected TOML, found Invalid value (at "),
        ("{", "json", "expected JSON, found Expecting property name"),
        ("[1]", "json", "expected a table with id, title"),
        ("a = " + "[" * 20_000, "toml", "too many levels"),
        ("[" * 200_000, "json", "too many levels"),
    ],
)
def test_what_is_no_document_is_told(text: str, format: str, words: str) -> None:
    assert words in "".join(faults(text, format=format).values())


def test_an_unknown_shipped_plan_lists_those_there_are() -> None:
    with pytest.raises(PlanFileError, match=r"one of gansu-2016.*near: gansu-2016"):
        ipplan.load("gansu-2017")


def test_a_file_with_faults_is_named(tmp_path: Path) -> None:
    file = tmp_path / "my.toml"
    file.write_text("start = 'x'", "utf-8")
    with pytest.raises(PlanFileError) as caught:
        ipplan.load(file)
    assert str(caught.value).startswith(f"{file}: ")
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)


def test_a_file_of_another_kind_or_encoding_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlanFileError, match=r"a file ending in \.toml or \.json, found 'plan.xls'"):
        ipplan.load(tmp_path / "plan.xls")
    file = tmp_path / "my.toml"
    file.write_bytes("id = '坏'".encode("gbk"))
    with pytest.raises(PlanFileError, match="save it as UTF-8"):
        ipplan.load(file)


def test_a_missing_file_is_the_systems_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        ipplan.load(tmp_path / "none.toml")


@pytest.mark.parametrize("suffix", ["toml", "json"])
def test_a_plan_is_written_and_read_back(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"plan.{suffix}"
    ipplan.dump(GANSU, file)
    assert ipplan.load(str(file)) == GANSU
    assert ipplan.load(file).issued == GANSU.issued


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(ipplan.dumps(GANSU), "utf-8-sig")
    assert ipplan.load(file) == GANSU


def test_written_toml_reads_as_a_person_would_write_it() -> None:
    lines = ipplan.dumps(plan(indicator("alpha"))).splitlines()
    assert 'title = {zh = "小规划", en = "A small plan"}' in lines
    assert "[indicators.alpha]" in lines
    assert "    {period = 2020, at_least = 100.0}," in lines


def test_a_callable_cannot_be_written() -> None:
    with pytest.raises(ModelError, match="interpolation: expected one that has a name"):
        ipplan.dumps(plan(indicator(interpolation=lambda a, b, t: a)))


def test_json_has_nothing_but_json() -> None:
    document = json.loads(ipplan.dumps(GANSU, format="json"))
    assert document["issued"] == "2016-11-10"
    assert document["indicators"]["fiscal_input"]["milestones"][2] == {
        "period": 2020,
        "more_than": 6000.0,
    }


def test_parts_are_read_too() -> None:
    assert ipplan.loads('zh = "甲"', into=Text) == Text(zh="甲")
    way = ipplan.loads('milestones = [{ period = "2018-H1", between = [2, 3] }]', into=Trajectory)
    assert way.target.period == Period.of("2018-H1")
    assert way.target.bound.figures == (2.0, 3.0)


def test_a_bound_of_an_unknown_kind_is_told() -> None:
    found = faults('{"at_leest": 3}', into=Bound, format="json")
    assert "expected one of at_least, more_than" in found["at_leest"]


def test_an_unknown_format_lists_the_formats() -> None:
    with pytest.raises(ModelError, match="format: expected one of toml, json, found 'yaml'"):
        ipplan.loads("", format="yaml", into=Text)


def test_a_key_that_stands_twice_is_told_in_json_too() -> None:
    text = '{"indicators": {"x": {}, "x": {}}}'
    assert "expected each key once, found 2 of 'x'" in faults(text, format="json")["x"]
    assert "Cannot overwrite" in "".join(faults("a = 1\na = 2").values())


def test_numbers_beyond_any_float_are_told() -> None:
    digits = "9" * 400
    text = f"[indicators.a]\nmilestones = [{{ period = 2016, at_least = {digits} }}]"
    found = faults(text)["indicators.a.milestones[0].at_least"]
    assert "zero, or a number between 1e-100 and 1e100" in found
    for format, text in (("toml", "a = " + "9" * 5000), ("json", "9" * 5000)):
        assert "digits" in "".join(faults(text, format=format).values())


def test_a_misspelt_bound_names_the_keys_that_can_stand_there() -> None:
    text = "[indicators.a]\nmilestones = [{ period = 2016, atleast = 5, bound = 6 }]"
    found = faults(text)
    assert "near: at_least" in found["indicators.a.milestones[0].atleast"]
    assert "expected one of period, clause, at_least" in found["indicators.a.milestones[0].bound"]
    misspelt = faults("[indicators.a]\nmilestone = []")["indicators.a.milestone"]
    assert "near: milestones" in misspelt
    assert "id" not in misspelt.split("expected one of ")[1].split(", found")[0].split(", ")


def test_the_sound_milestones_are_checked_beside_a_faulty_one() -> None:
    text = """
    [indicators.a]
    baseline = { period = 2030, value = 1 }
    milestones = [
        { period = 2020, at_least = 1 },
        { period = "soon", at_least = 2 },
        { period = 2016, at_most = 3 },
    ]
    """
    found = faults(text)
    assert "expected a period after 2020" in found["indicators.a.milestones[2].period"]
    assert "direction" in found["indicators.a.milestones[2]"]
    assert "before the first milestone" in found["indicators.a.baseline.period"]
    assert "indicators.a.milestones[1].period" in found


@pytest.mark.parametrize("value", [Period.of(2018), GANSU.indicators, 3])
def test_what_is_no_part_of_a_plan_cannot_be_written(value: object) -> None:
    with pytest.raises(ModelError, match="expected one of Plan, Phase"):
        ipplan.dumps(value)


def test_what_is_no_part_of_a_plan_cannot_be_read() -> None:
    assert "expected one of Plan" in faults("{}", into=ipplan.Result, format="json")[""]
