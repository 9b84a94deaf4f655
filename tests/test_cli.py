"""The commands: what they print, in which format, and how they end."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ipplan.cli import main

EXAMPLES = Path(__file__).parents[1] / "examples"
ACTUALS = str(EXAMPLES / "gansu-actuals.csv")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments])


def out(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    return result.stdout


def refused(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return result.stderr


def test_the_command_of_the_readme() -> None:
    text = out("assess", "gansu-2016", ACTUALS, "--as-of", "2017")
    assert "Score: 76.9 of 100, from 3 of 10 indicators (coverage 30%" in text
    assert "2015: 1.59 (published) / 1.58 (derived)" in text


def test_as_of_is_the_latest_period_by_default() -> None:
    assert "as of 2023" in out("assess", "gansu-2016", ACTUALS)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("format", ["table", "markdown", "json", "csv"])
@pytest.mark.parametrize(
    "command",
    [
        ("show", "gansu-2016"),
        ("targets", "gansu-2016"),
        ("assess", "gansu-2016", ACTUALS),
        ("explain", "gansu-2016", ACTUALS),
        ("explain", "gansu-2016", ACTUALS, "pct_applications"),
    ],
)
def test_every_command_speaks_every_format_and_language(
    command: tuple[str, ...], format: str, lang: str
) -> None:
    text = out(*command, "--format", format, "--lang", lang)
    assert text.endswith("\n")
    if format == "json":
        assert json.loads(text)
    elif format == "csv":
        rows = [*csv.DictReader(io.StringIO(text))]
        many = 50 if "targets" in command else 10
        if "assess" in command:  # the table, and the one quota that a figure was reported of
            assert [row["kind"] for row in rows] == ["indicator"] * 10 + ["quota"]
            rows = rows[:10]
        assert len(rows) == (1 if "pct_applications" in command else many)
    elif lang == "zh":
        assert "指标" in text or "实际值" in text


def test_show_tells_the_whole_plan() -> None:
    text = out("show", "gansu-2016")
    for words in ("10 indicators", "3 phases", "29 tasks and safeguards", "44 departments"):
        assert words in text


def test_targets_mark_what_the_plan_does_not_say() -> None:
    text = out("targets", "gansu-2016")
    assert "~ ≥ 57.33" in text
    assert "Not in the plan: ~ lies between" in text


def test_targets_before_anything_is_due(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(
        'id = "p"\ntitle = { en = "P" }\nstart = 2016\nend = 2018\n[indicators.a]\n'
        'name = { en = "A" }\nunit = "个"\naccrual = "level"\n'
        "milestones = [{ period = 2018, at_least = 5 }]\n",
        "utf-8",
    )
    assert "–" in out("targets", str(file)).splitlines()[5]
    lines = out("targets", str(file), "--format", "csv").splitlines()
    assert lines[1] == "a,个,2016,,,,,"
    assert lines[3] == "a,个,2018,5,5,5,at_least,milestone"
    assert json.loads(out("targets", str(file), "--format", "json"))[0]["expected"] is None
    assert "Assumed" not in out("show", str(file))


def test_rule_and_missing_are_options() -> None:
    text = out("assess", "gansu-2016", ACTUALS, "--as-of", "2017", "--missing", "zero")
    assert "Score: 23.1 of 100" in text
    text = out("assess", "gansu-2016", ACTUALS, "--as-of", "2017", "--rule", "progress")
    assert "Score: none" in text
    assert "there is no baseline" in text


@pytest.mark.parametrize("name", ["sdsn", "fiscal", "efficacy", "statcan"])
def test_a_preset_is_a_policy(name: str) -> None:
    for lang, words in (("en", f"preset {name}; rule"), ("zh", f"预设 {name};计分")):
        assert words in out("assess", "gansu-2016", ACTUALS, "--policy", name, "--lang", lang)


def test_options_change_a_preset_which_then_has_no_name() -> None:
    text = out("assess", "gansu-2016", ACTUALS, "--policy", "fiscal", "--missing", "zero")
    assert "missing: zero" in text
    assert "preset" not in text


def test_a_policy_may_stand_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text('rule = "pass_fail"\nmissing = "require(0.1)"', "utf-8")
    text = out("assess", "gansu-2016", ACTUALS, "--policy", str(path))
    assert "rule pass_fail" in text
    assert "missing: require(0.1)" in text


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--policy", "statcn", "near: statcan"),
        ("--policy", "nowhere.toml", "nowhere.toml"),
        ("--rule", "rato", "near: ratio"),
        ("--rule", "goalposts", "lower: expected a value, which the rule goalposts needs"),
        ("--missing", "skp", "near: skip"),
    ],
)
def test_an_unknown_name_is_told_with_the_near_ones(option: str, value: str, words: str) -> None:
    assert words in refused("assess", "gansu-2016", ACTUALS, option, value)


def test_output_goes_to_a_file(tmp_path: Path) -> None:
    file = tmp_path / "out.md"
    assert out("assess", "gansu-2016", ACTUALS, "--format", "markdown", "-o", str(file)) == ""
    assert file.read_text("utf-8").startswith("## Gansu")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "nope"), "expected a shipped plan, one of gansu-2016"),
        (("show", "nope.toml"), "nope.toml: No such file or directory"),
        (("show", str(EXAMPLES)), "a file ending in .toml or .json"),
        (("assess", "gansu-2016", "nope.csv"), "nope.csv: No such file or directory"),
        (("assess", "gansu-2016", str(EXAMPLES)), "Is a directory"),
        (("assess", "gansu-2016", ACTUALS, "--as-of", "soon"), "expected a year (2018)"),
        (("assess", "gansu-2016", ACTUALS, "--format", "pdf"), "'pdf' is not one of"),
        (("assess", "gansu-2016"), "Missing argument 'ACTUALS'"),
        (("explain", "gansu-2016", ACTUALS, "pct"), "near: pct_applications"),
        (("assess", "gansu-2016", ACTUALS, "-o", "none/out.txt"), "none/out.txt: No such file"),
    ],
)
def test_what_goes_wrong_is_told_on_stderr_with_exit_code_2(
    arguments: tuple[str, ...], words: str
) -> None:
    assert words in refused(*arguments)


def test_every_problem_of_a_file_is_listed(tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("indicator,period,value\nx,2018,1\npct_applications,x,y\n", "utf-8")
    text = refused("assess", "gansu-2016", str(file))
    assert text.startswith("3 problems:\n")
    assert "bad.csv row 2, column indicator" in text
    assert "bad.csv row 3, column value" in text


def python(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        **options,  # type: ignore[call-overload]
    )


def test_as_a_module() -> None:
    result = python("-m", "ipplan", "--version")
    assert result.returncode == 0
    assert result.stdout.startswith("ipplan, version 0.")


def test_a_terminal_without_chinese_gets_escapes_and_no_traceback() -> None:
    result = python(
        "-m", "ipplan", "targets", "gansu-2016", "--lang", "zh",
        env={"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0", "PATH": ""},
    )  # fmt: skip
    assert result.returncode == 0
    assert "\\u6307" in result.stdout
    assert result.stderr == ""


def test_a_reader_that_has_seen_enough_ends_the_command_quietly() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "ipplan", "show", "gansu-2016"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1


def test_the_commands_can_be_embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()  # it cannot be reconfigured
    monkeypatch.setattr(sys, "stdout", stream)
    main(["targets", "gansu-2016"], standalone_mode=False)
    assert "~ ≥ 57.33" in stream.getvalue()


def test_laws_are_tried_from_the_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES)
    text = out("laws", "verify_my_rule:DirectedShortfall")
    assert text.startswith("directed_shortfall keeps the laws that it claims: BOUNDED, ")
    broken = run("laws", "verify_my_rule:Shortfall", "--examples", "50")
    assert broken.exit_code == 1
    assert broken.stdout.startswith("shortfall breaks the law NULL_IN_NULL_OUT")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (":Rule", "expected MODULE:RULE, found ':Rule'"),
        ("ipplan.scoring:", "expected MODULE:RULE, found 'ipplan.scoring:'"),
        ("pase", "pase: expected a scoring rule, one of ratio, progress, "),
        ("goalposts", "goalposts: 2 problems:"),
        ("ipplan.scoring:Goalposts", "lower: expected a value, which the rule Goalposts needs"),
        ("pathlib:Path", "expected a scoring rule"),
        ("fractions:Decimal", "expected a scoring rule"),
        ("no_such_module:Rule", "no_such_module cannot be imported"),
        ("ipplan.scoring:nothing", "expected a scoring rule at ipplan.scoring:nothing, found None"),
    ],
)
def test_what_is_no_rule_is_told(place: str, words: str) -> None:
    assert words in refused("laws", place)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1 / 0", "cannot be imported: ZeroDivisionError: division by zero"),
        ("def Rule(", "cannot be imported: SyntaxError: "),
        ("raise SystemExit('a script')", "cannot be imported: SystemExit: a script"),
        (
            "class Rule:\n  def __init__(self):\n    self.x = {}['x']",
            "no rule without options: Key",
        ),
        ("class Rule:\n  def __init__(self, x): ...", "options that the rule Rule takes"),
    ],
)
def test_a_module_that_fails_is_told(
    text: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = f"failing_{abs(hash(text))}"
    (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    before = [*sys.path]
    assert words in refused("laws", f"{name}:Rule")
    assert sys.path == before


def test_laws_of_a_rule_by_its_name() -> None:
    text = out("laws", "pace", "--examples", "5")
    assert text.startswith("pace keeps the laws that it claims: BOUNDED, ")


@pytest.mark.parametrize("count", ["0", "-3", "some"])
def test_examples_are_one_or_more(count: str) -> None:
    assert "Invalid value for '--examples'" in refused("laws", "pace", "--examples", count)


def test_laws_without_hypothesis_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ipplan.testing", None)
    assert "pip install 'ipplan[testing]'" in refused("laws", "ipplan.scoring:PassFail")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("format", ["table", "markdown", "json", "csv"])
def test_annual_speaks_every_format_and_language(format: str, lang: str) -> None:
    text = out("annual", "gansu-2016", "2018", ACTUALS, "--format", format, "--lang", lang)
    assert text.endswith("\n")
    if format == "json":
        assert json.loads(text)["year"] == "2018"
    elif format == "csv":
        rows = [*csv.DictReader(io.StringIO(text))]
        (row,) = (r for r in rows if (r["department"], r["id"]) == ("commerce", "pct_applications"))
        assert (row["role"], row["last"], row["required_step"]) == ("support", "8", "23")
    else:
        assert "+23 (+88.03%)" in text
        assert ("年度推进计划" if lang == "zh" else "annual plan for 2018") in text


def test_annual_takes_several_files_and_either_version(tmp_path: Path) -> None:
    plan, actuals = tmp_path / "small.toml", tmp_path / "figures.csv"
    plan.write_text(AMENDED, "utf-8")
    actuals.write_text("indicator,period,value\nalpha,2018,60\nnope,2018,1\n", "utf-8")
    assert "column indicator" in refused("annual", str(plan), "2020", str(actuals))
    given = ("annual", str(plan), "2020", "--also", str(actuals), "--set-aside")
    result = run(*given)
    assert result.stderr.startswith("set aside: figures.csv row 3, column indicator")
    assert "Version of the plan: as amended by first" in result.stdout
    assert "≥ 80" in result.stdout
    original = run(*given, "--original", "--lang", "zh").stdout
    assert "规划版本:原规划;未计入的修订:first" in original
    assert "≥ 100" in original


def test_annual_marks_unverified_figures_in_csv_too(tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    file.write_text(
        "kind,id,period,value,status,share,verification\n"
        "actual,pct_applications,2017,30,,,unverified\n"
        "deliverable,3.1.1.2,2017,,in_progress,70%,unverified\n",
        "utf-8",
    )
    text = out("annual", "gansu-2016", "2018", str(file), "--format", "csv")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["pct_applications"]["verification"] == "unverified"
    late = rows["3.1.1.2"]
    assert (late["state"], late["share"], late["reported"]) == ("overdue", "0.7", "2017")
    assert late["verification"] == "unverified"


def test_annual_of_one_department_without_actuals() -> None:
    text = out("annual", "gansu-2016", "2017", "--department", "high_court", "--expand")
    assert text.count("\n== ") == 1
    assert "high_court" in text
    assert "(near: finance)" in refused("annual", "gansu-2016", "2017", "--department", "finanse")


def test_annual_wants_a_whole_year() -> None:
    assert "expected a whole year, found 2018-H1" in refused("annual", "gansu-2016", "2018-H1")


AMENDED = """
id = "small"
title = { en = "An illustrative plan" }
start = 2016
end = 2020

[indicators.alpha]
name = { en = "Alpha" }
unit = "个"
accrual = "level"
milestones = [{ period = 2020, at_least = 100 }]

[amendments.first]
date = 2018-03-01
document = "An illustrative notice"
reason = { en = "Why" }
changed.indicators.alpha.milestones = [{ period = 2020, at_least = 80 }]
added.indicators.beta = { name = { en = "Beta" }, unit = "个", accrual = "level", better = "up" }
"""


def test_amended_plans_are_shown_and_assessed_in_either_version(tmp_path: Path) -> None:
    plan, actuals = tmp_path / "small.toml", tmp_path / "figures.csv"
    plan.write_text(AMENDED, "utf-8")
    actuals.write_text("indicator,period,value\nalpha,2020,80\nBeta,2020,1\n", "utf-8")
    files = str(plan), str(actuals)
    assert "as amended by first (An illustrative notice, 2018-03-01: Why)" in out("assess", *files)
    original = out("assess", *files, "--original")
    assert "Score: 80.0 of 100" in original
    assert "not counted: first" in original
    assert "figures and reports of beta" in original
    assert "version" in out("explain", *files, "--original")
    assert "1 amendments" in out("show", str(plan))
    targets = out("targets", str(plan))
    assert "≥ 100" in targets
    assert "Version of the plan: the original; not counted: first" in targets
    assert "changed.indicators.alpha, added.indicators.beta" in out("show", str(plan))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("format", ["table", "markdown", "json", "csv"])
def test_check_speaks_every_format_and_language(format: str, lang: str) -> None:
    text = out("check", "gansu-2016", "--format", format, "--lang", lang)
    if format == "json":
        counts = json.loads(text)["counts"]
        assert counts["error"] == 0
        assert sum(counts.values()) == len(json.loads(text)["findings"]) > 0
    elif format == "csv":
        rows = [*csv.DictReader(io.StringIO(text))]
        assert rows[0]["code"] == "conflicting_clauses"
        assert rows[0]["message_zh"].startswith("与 pct_applications 相比")
    else:
        assert ("检查结果" if lang == "zh" else "Check of gansu-2016: 0 errors") in text


def test_check_ends_with_1_where_there_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    file.write_text(
        'id = "small"\ntitle = { en = "Small" }\nstart = 2016\nend = 2020\n'
        '[tasks."2.1"]\ntitle = { en = "One" }\nlead = ["nobody"]\n',
        "utf-8",
    )
    result = run("check", str(file), "--format", "csv")
    assert (result.exit_code, result.stderr) == (1, "")
    [row] = csv.DictReader(io.StringIO(result.stdout))
    assert (row["code"], row["place"]) == ("dead_link", "tasks.2.1.lead[0]")


def test_check_of_a_plan_that_is_not_there_ends_with_2() -> None:
    assert "a shipped plan" in refused("check", "gansu-2017")
    assert "none.toml" in refused("check", "none.toml")


DELIVERED = str(EXAMPLES / "gansu-deliverables-illustrative.csv")
CARDS = ("scorecards", "gansu-2016", ACTUALS, "--also", DELIVERED, "--as-of", "2018")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("format", ["table", "markdown", "json", "csv"])
@pytest.mark.parametrize("more", [(), ("--department", "finance"), ("--expand",)])
def test_scorecards_speak_every_format_and_language(
    more: tuple[str, ...], format: str, lang: str
) -> None:
    text = out(*CARDS, *more, "--format", format, "--lang", lang)
    assert text.endswith("\n")
    if format == "json":
        cards = json.loads(text)
        assert len(cards) == (1 if "finance" in more else 43 if more else 44)
        assert {card["as_of"] for card in cards} == {"2018"}
    elif format == "csv":
        ids = {row["department"] for row in csv.DictReader(io.StringIO(text))}
        assert ("cities_and_prefectures" in ids) is (not more)
        assert "finance" in ids
    else:
        assert ("未经核实" if lang == "zh" else "UNVERIFIED") in text
        assert ("省财政厅" if lang == "zh" else "Provincial Department of Finance") in text
        assert ("(finance)" in text or "(finance)" in text) is ("finance" in more)


def test_scorecards_of_an_unknown_department_are_refused() -> None:
    assert "(near: finance)" in refused(*CARDS, "--department", "finanse")
    assert "(near: " in refused(*CARDS, "--department", "cities_and_prefecture", "--expand")


def test_further_files_count_in_every_command_that_assesses() -> None:
    given = ("gansu-2016", ACTUALS, "--as-of", "2018", "--also", DELIVERED)
    assert "Deliverables by phase" in out("assess", *given)
    assert "deliverables" in out("explain", *given)
    assert json.loads(out("assess", *given, "--format", "json"))["deliverables"][1]["status"]
    alone = out("assess", "gansu-2016", ACTUALS, "--as-of", "2018")
    assert "Deliverables by phase" not in alone
    problem = refused("assess", *given, "--also", DELIVERED)
    assert "one report of 3.1.1.1" in problem


def test_faulty_rows_are_set_aside_on_request(tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("indicator,period,value\nx,2018,1\npct_applications,2018,39\n", "utf-8")
    given = ("gansu-2016", str(file))
    for command in ("assess", "explain", "scorecards"):
        assert "bad.csv row 2, column indicator" in refused(command, *given)
    text = out("assess", *given, "--set-aside")
    assert "Set aside, because faulty\n  bad.csv row 2, column indicator: expected" in text
    assert "因有误未采用" in out("assess", *given, "--set-aside", "--lang", "zh")
    assert "bad.csv row 2" in out("explain", *given, "--set-aside")
    assert "Departments" in out("scorecards", *given, "--set-aside")
    assert "Set aside, because faulty: bad.csv row 2" in out("scorecards", *given, "--set-aside")
    result = run("assess", *given, "--set-aside", "--format", "json")
    plain = json.loads(result.stdout)
    assert [each["place"] for each in plain["problems"]] == ["bad.csv row 2, column indicator"]
    for command in ("assess", "explain", "scorecards"):
        result = run(command, *given, "--set-aside", "--format", "csv")
        assert result.exit_code == 0
        assert result.stderr.startswith("set aside: bad.csv row 2, column indicator: expected")
        assert "bad.csv row 2" not in result.stdout
