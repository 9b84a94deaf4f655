"""The command line: each command is a thin layer over the library."""

from __future__ import annotations

import enum
import functools
import importlib
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
from attrs import evolve

from ipplan.assessment.delivery_plain import SCORECARD_FIELDS, scorecard_rows
from ipplan.assessment.plain import (
    ASSESSMENT_FIELDS,
    ROW_FIELDS,
    assessment_rows,
    result_row,
)
from ipplan.assessment.policy import Policy
from ipplan.assessment.result import Assessment
from ipplan.errors import IPPlanError, PeriodError, shown
from ipplan.frames.duplicates import Duplicates
from ipplan.io.actuals_file import read_actuals
from ipplan.io.files import write_text
from ipplan.io.panel import Told, assess_panel
from ipplan.io.plan_check import check_plan
from ipplan.io.plan_file import Format, dumps, load
from ipplan.model.intake import Faulty
from ipplan.model.version import Version
from ipplan.periods import Period
from ipplan.plan.annual_table import ANNUAL_FIELDS, annual_rows
from ipplan.plan.checks import Severity
from ipplan.plan.checks.finding import ROW_FIELDS as FINDING_FIELDS
from ipplan.plan.checks.finding import finding_row
from ipplan.presets import as_policy
from ipplan.report.output import OutputFormat, csv_text, json_text
from ipplan.report.plan_tables import (
    INDICATOR_FIELDS,
    TARGET_FIELDS,
    indicator_rows,
    plan_overview,
    target_rows,
    targets,
)
from ipplan.scoring.laws import USUAL_LAWS
from ipplan.scoring.registry import as_rule, made
from ipplan.scoring.rule import ScoringRule
from ipplan.tables import TableStyle
from ipplan.text import Lang

__all__ = ["main"]

_STYLES = {
    OutputFormat.TABLE: TableStyle.TERMINAL,
    OutputFormat.MARKDOWN: TableStyle.MARKDOWN,
}
F = TypeVar("F", bound=Callable[..., Any])


class _AsOf(click.ParamType[Period]):
    """A period, as the library reads it."""

    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return Period.of(value)
        except PeriodError as error:
            self.fail(str(error), param, ctx)


def _choice(choices: type[enum.Enum]) -> click.Choice[str]:
    return click.Choice([member.value for member in choices])


def _told(command: F) -> F:
    """Turns what can go wrong with an input into messages on stderr and exit code 2."""

    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> Any:
        try:
            return command(*args, **options)
        except IPPlanError as error:
            click.echo(str(error), err=True)
        except BrokenPipeError:
            raise  # a reader that has seen enough; click ends the command for it
        except OSError as error:
            name = error.filename or options.get("output") or "output"
            click.echo(f"{name}: {error.strerror or error}", err=True)
        sys.exit(2)

    return run  # type: ignore[return-value]


def _shown(command: F) -> F:
    """The options that every command has: language, format and output file."""
    for option in (
        click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to a file."),
        click.option(
            "--format",
            "format",
            type=_choice(OutputFormat),
            default=OutputFormat.TABLE.value,
            show_default=True,
            help="How the output is written.",
        ),
        click.option(
            "--lang",
            type=_choice(Lang),
            default=Lang.EN.value,
            show_default=True,
            help="The language of the output.",
        ),
    ):
        command = option(command)
    return command


def _reading(command: F) -> F:
    """The options of the commands that read actuals, and say which version of a plan they use."""
    for option in (
        click.option(
            "--set-aside",
            is_flag=True,
            help="Take what is sound in the files; what is faulty is set aside, and told.",
        ),
        click.option(
            "--also",
            metavar="FILE",
            multiple=True,
            type=click.Path(path_type=Path),
            help="A further CSV file, such as reports of deliverables; may be given again.",
        ),
        click.option(
            "--original",
            "version",
            flag_value=Version.ORIGINAL.value,
            default=Version.IN_FORCE.value,
            help="Take the plan as it was issued, without its amendments.",
        ),
    ):
        command = option(command)
    return command


def _assessing(command: F) -> F:
    """The options of the commands that assess."""
    command = _reading(command)
    for option in (
        click.option(
            "--missing",
            metavar="NAME",
            help="What a missing figure does to the total: skip (the default), zero, "
            "require(SHARE), substitute(SCORE).",
        ),
        click.option(
            "--rule",
            metavar="NAME",
            help="The figure that is scored: ratio (the default), progress, pace ...",
        ),
        click.option(
            "--policy",
            metavar="NAME",
            help="A preset, such as statcan, sdsn or fiscal, or the path of a policy file; "
            "by default the plan's own policy.",
        ),
        click.option(
            "--as-of",
            type=_AsOf(),
            help="Assess as of this period (2017, 2018-H1); by default the latest reported.",
        ),
    ):
        command = option(command)
    return command


@contextmanager
def _progress(lang: Lang) -> Iterator[Told | None]:
    """What shows how many rows are done, with the rate and the time left, on a terminal alone."""
    if not sys.stderr.isatty():
        yield None
        return
    started = time.perf_counter()
    unit = "million rows/s" if lang is Lang.EN else "百万行/秒"

    def rate(done: int | None) -> str | None:
        return f"{done / (time.perf_counter() - started) / 1e6:.1f} {unit}" if done else None

    with click.progressbar(length=1, show_pos=True, item_show_func=rate, file=sys.stderr) as bar:

        def told(done: int, rows: int) -> None:
            bar.length = rows
            bar.update(done - bar.pos, done)

        yield told


def _put(text: str, output: Path | None) -> None:
    text = text if text.endswith("\n") else text + "\n"
    if output is None:
        click.echo(text, nl=False)
    else:
        write_text(output, text)


def _warn(assessment: Assessment, text: str) -> None:
    """Tells on stderr what was set aside and stands nowhere in the output, as in CSV."""
    for problem in assessment.actuals.problems:
        if str(problem) not in text:
            click.echo(f"set aside: {problem}", err=True)


@click.group()
@click.version_option(package_name="ipplan")
def main() -> None:
    """Model a government plan and assess it.

    PLAN is the name of a shipped plan (gansu-2016) or the path of a plan file.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # A terminal without Chinese shows escapes instead of ending in a traceback.
            reconfigure(errors="backslashreplace")


@main.command()
@click.argument("plan")
@_shown
@_told
def show(plan: str, lang: str, format: str, output: Path | None) -> None:
    """Show what a plan holds: as JSON the whole plan file, as CSV its indicators."""
    whole = load(plan)
    match OutputFormat(format):
        case OutputFormat.JSON:
            text = dumps(whole, format=Format.JSON)
        case OutputFormat.CSV:
            text = csv_text(indicator_rows(whole), INDICATOR_FIELDS)
        case style:
            text = plan_overview(whole, lang=Lang(lang), style=_STYLES[style])
    _put(text, output)


@main.command(name="targets")
@click.argument("plan")
@_shown
@_told
def show_targets(plan: str, lang: str, format: str, output: Path | None) -> None:
    """Show what a plan expects, year by year."""
    whole = load(plan)
    match OutputFormat(format):
        case OutputFormat.JSON:
            text = json_text(target_rows(whole))
        case OutputFormat.CSV:
            text = csv_text(target_rows(whole), TARGET_FIELDS)
        case style:
            text = targets(whole, lang=Lang(lang), style=_STYLES[style])
    _put(text, output)


@main.command()
@click.argument("plan")
@_shown
@_told
def check(plan: str, lang: str, format: str, output: Path | None) -> None:
    """Check a plan for what looks wrong, is left open or hangs loose; exit 1 where it has errors.

    docs/checks.md explains each code.
    """
    findings = check_plan(plan)
    match OutputFormat(format):
        case OutputFormat.TABLE:
            text = findings.to_table(lang)
        case OutputFormat.MARKDOWN:
            text = findings.to_markdown(lang)
        case OutputFormat.JSON:
            text = findings.to_json()
        case _:
            text = csv_text(map(finding_row, findings), FINDING_FIELDS)
    _put(text, output)
    if findings.worst is Severity.ERROR:
        sys.exit(1)


@main.command()
@click.argument("plan")
@click.argument("actuals", type=click.Path(path_type=Path))
@_assessing
@_shown
@_told
def assess(
    plan: str,
    actuals: Path,
    lang: str,
    format: str,
    output: Path | None,
    **assessing: Any,
) -> None:
    """Assess a plan against the figures in ACTUALS, a CSV file."""
    assessment = _assessed(plan, actuals, **assessing)
    text = _assessment_text(assessment, Lang(lang), OutputFormat(format))
    _warn(assessment, text)
    _put(text, output)


@main.command()
@click.argument("plan")
@click.argument("actuals", type=click.Path(path_type=Path))
@click.argument("indicator", required=False)
@_assessing
@_shown
@_told
def explain(
    plan: str,
    actuals: Path,
    indicator: str | None,
    lang: str,
    format: str,
    output: Path | None,
    **assessing: Any,
) -> None:
    """Explain how a result came to be: that of one INDICATOR (its id or name), or all of them."""
    assessment = _assessed(plan, actuals, **assessing)
    results = [*assessment.results.values()]
    if indicator:
        results = [assessment.result(load(plan).indicator(indicator).id)]
    told = [] if indicator else [assessment.explain(lang)]
    told += [result.explain(lang) for result in results]
    match OutputFormat(format):
        case OutputFormat.TABLE:
            text = "\n\n".join(told)
        case OutputFormat.MARKDOWN:
            text = "\n\n".join(f"```text\n{each}\n```" for each in told)
        case OutputFormat.JSON:
            whole = results[0].to_dict() if indicator else assessment.to_dict()
            text = json_text(whole | {"explanation": told})
        case _:
            rows = [result_row(each) | {"explanation": each.explain(lang)} for each in results]
            text = csv_text(rows, (*ROW_FIELDS, "explanation"))
    _warn(assessment, text)
    _put(text, output)


@main.command()
@click.argument("plan")
@click.argument("actuals", type=click.Path(path_type=Path))
@click.option("--department", metavar="ID", help="Only the scorecard of this department.")
@click.option("--expand", is_flag=True, help="Show the members of a collective in its place.")
@_assessing
@_shown
@_told
def scorecards(
    plan: str,
    actuals: Path,
    department: str | None,
    expand: bool,  # noqa: FBT001
    lang: str,
    format: str,
    output: Path | None,
    **assessing: Any,
) -> None:
    """Show how departments, tasks, phases and deliverables came out, or one department's scorecard.

    ACTUALS is a CSV file; reports of deliverables may stand in another one, given with --also.
    """
    assessment = _assessed(plan, actuals, **assessing)
    cards = assessment.scorecards(expand=expand)
    chosen = [*cards.values()] if department is None else [cards[department]]
    match OutputFormat(format):
        case OutputFormat.TABLE if department is None:
            text = assessment.delivery_table(lang, expand=expand)
        case OutputFormat.TABLE:
            text = chosen[0].to_table(lang)
        case OutputFormat.MARKDOWN if department is None:
            text = assessment.delivery_markdown(lang, expand=expand)
        case OutputFormat.MARKDOWN:
            text = chosen[0].to_markdown(lang)
        case OutputFormat.JSON:
            text = json_text([each.to_dict() for each in chosen])
        case _:
            rows = (row for each in chosen for row in scorecard_rows(each))
            text = csv_text(rows, SCORECARD_FIELDS)
    _warn(assessment, text)
    _put(text, output)


@main.command()
@click.argument("plan")
@click.argument("year", type=_AsOf())
@click.argument("actuals", type=click.Path(path_type=Path), required=False)
@click.option("--department", metavar="ID", help="Only what this department owes.")
@click.option("--expand", is_flag=True, help="Show the members of a collective in its place.")
@_reading
@_shown
@_told
def annual(
    plan: str,
    year: Period,
    actuals: Path | None,
    department: str | None,
    expand: bool,  # noqa: FBT001
    version: str,
    also: tuple[Path, ...],
    set_aside: bool,  # noqa: FBT001
    lang: str,
    format: str,
    output: Path | None,
) -> None:
    """Show what a plan asks for in a YEAR, by department, from the last figures in ACTUALS."""
    whole = load(plan)
    files = [*([] if actuals is None else [actuals]), *also]
    faulty = Faulty.SET_ASIDE if set_aside else Faulty.REFUSE
    known = read_actuals(files, whole, faulty=faulty) if files else None
    found = whole.annual(year, known, expand=expand, version=version)
    for problem in known.problems if known else ():
        click.echo(f"set aside: {problem}", err=True)
    match OutputFormat(format):
        case OutputFormat.TABLE:
            text = found.to_table(lang, department=department)
        case OutputFormat.MARKDOWN:
            text = found.to_markdown(lang, department=department)
        case OutputFormat.JSON:
            text = found.to_json(department=department)
        case _:
            text = csv_text(annual_rows(found, department=department), ANNUAL_FIELDS)
    _put(text, output)


@main.command(name="assess-panel")
@click.argument("plan")
@click.argument("data", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="The file that the assessed rows are written to: .parquet or .csv.",
)
@click.option(
    "--by",
    metavar="COLUMN",
    multiple=True,
    default=("region",),
    show_default=True,
    help="A column that says whose figure a row holds; may be given again.",
)
@click.option("--indicator", metavar="COLUMN", default="indicator", show_default=True)
@click.option("--period", metavar="COLUMN", default="period", show_default=True)
@click.option("--value", metavar="COLUMN", default="value", show_default=True)
@click.option("--unit", metavar="COLUMN", help="The column of units; by default those of the plan.")
@click.option(
    "--roll-up",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Also write the score and coverage of each region and period to this file.",
)
@click.option(
    "--policy",
    metavar="NAME",
    help="A preset or the path of a policy file; by default the plan's own policy.",
)
@click.option(
    "--original",
    "version",
    flag_value=Version.ORIGINAL.value,
    default=Version.IN_FORCE.value,
    help="Take the plan as it was issued, without its amendments.",
)
@click.option(
    "--set-aside",
    is_flag=True,
    help="Assess what is sound in the file; faulty rows stay, and say why they were set aside.",
)
@click.option(
    "--duplicates",
    type=_choice(Duplicates),
    default=Duplicates.ALLOW.value,
    show_default=True,
    help="What becomes of rows that say something of the same; looking for them takes memory.",
)
@click.option(
    "--lang",
    type=_choice(Lang),
    default=Lang.EN.value,
    show_default=True,
    help="The language of the summary.",
)
@_told
def assess_panel_file(
    plan: str,
    data: Path,
    output: Path,
    policy: str | None,
    set_aside: bool,  # noqa: FBT001
    lang: str,
    **options: Any,
) -> None:
    """Assess the figures of many regions in DATA, a .parquet or .csv file, row by row.

    A row holds one figure: region, indicator, period and value. Rows come out as they went in, with
    columns added (expected, met, ratio, progress, score, status, state, reason); files may be
    larger than memory. Needs the extra: pip install 'ipplan[frames]'.
    """
    with _progress(Lang(lang)) as told:
        run = assess_panel(
            load(plan),
            data,
            output,
            policy=None if policy is None else _policy(policy),
            faulty=Faulty.SET_ASIDE if set_aside else Faulty.REFUSE,
            told=told,
            **options,
        )
    click.echo(run.to_text(lang))


@main.command()
@click.argument("rule", metavar="[MODULE:]RULE")
@click.option(
    "--examples",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help="How many cases to try.",
)
@_told
def laws(rule: str, examples: int) -> None:
    """Try the laws that a scoring rule claims; exit 1 where one is broken.

    RULE alone is the name of a rule, as policies name it. MODULE is found as Python finds it, also
    in the current folder; RULE is then a rule in it, or a class that makes one without options.
    Needs the extra: pip install 'ipplan[testing]'.
    """
    found = _rule_at(rule)
    try:
        from ipplan.testing import LawBroken, check_rule
    except ImportError as error:
        raise click.UsageError(f"{error.name} is missing: pip install 'ipplan[testing]'") from None
    try:
        check_rule(found, max_examples=examples)
    except LawBroken as broken:
        click.echo(str(broken))
        sys.exit(1)
    claimed = ", ".join(sorted(law.name for law in getattr(found, "laws", USUAL_LAWS)))
    click.echo(f"{found.name} keeps the laws that it claims: {claimed}")


def _rule_at(place: str) -> ScoringRule:
    """The rule at `module:name`, or of a plain name; raises click.UsageError where there is none.

    What a module of a caller's own raises is told too.
    """
    module_name, colon, name = place.partition(":")
    if colon and not (module_name and name):
        raise click.UsageError(f"expected MODULE:RULE, found {place!r}")
    try:
        if not colon:
            return as_rule(place)
        found = _found_in(module_name, name)
        if isinstance(found, type):
            found = made(found, name, {})
    except IPPlanError as error:
        raise click.UsageError(f"{place}: {error}") from None
    except click.UsageError:
        raise
    except Exception as error:
        raise click.UsageError(
            f"{place} makes no rule without options: {type(error).__name__}: {error}"
        ) from error
    if not isinstance(found, ScoringRule):
        raise click.UsageError(f"expected a scoring rule at {place}, found {shown(found)}")
    return found


def _found_in(module_name: str, name: str) -> Any:
    """What a module calls by that name, None for nothing; also a module in the current folder."""
    sys.path.insert(0, "")
    try:
        return getattr(importlib.import_module(module_name), name, None)
    except (Exception, SystemExit) as error:
        told = f"{type(error).__name__}: {error}"
        raise click.UsageError(f"{module_name} cannot be imported: {told}") from error
    finally:
        sys.path.remove("")


def _assessed(
    plan_name: str,
    actuals: Path,
    *,
    as_of: Period | None,
    policy: str | None,
    version: str,
    also: tuple[Path, ...],
    set_aside: bool,
    **options: str | None,
) -> Assessment:
    """The assessment that the options of `_assessing` ask for."""
    plan = load(plan_name)
    used = plan.policy or Policy() if policy is None else _policy(policy)
    given: Any = {name: option for name, option in options.items() if option is not None}
    if given:
        used = evolve(used, name="", **given)
    faulty = Faulty.SET_ASIDE if set_aside else Faulty.REFUSE
    known = read_actuals([actuals, *also], plan, faulty=faulty)
    return plan.assess(known, as_of=as_of, policy=used, version=version)


def _policy(name: str) -> Policy:
    """A preset, or the policy in a file."""
    return load(name, into=Policy) if Path(name).suffix else as_policy(name)


def _assessment_text(assessment: Assessment, lang: Lang, format: OutputFormat) -> str:
    match format:
        case OutputFormat.TABLE:
            return assessment.to_table(lang)
        case OutputFormat.MARKDOWN:
            return assessment.to_markdown(lang)
        case OutputFormat.JSON:
            return assessment.to_json()
        case _:
            return csv_text(assessment_rows(assessment), ASSESSMENT_FIELDS)
