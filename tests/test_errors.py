"""Errors share one root, keep all their problems, and say where, what was expected and found."""

import importlib
import inspect
import pickle
import pkgutil

import attrs
import pytest

import ipplan
from ipplan import (
    ActualsError,
    IPPlanError,
    ModelError,
    PeriodError,
    PlanFileError,
    Problem,
    UnitError,
    UnknownIdError,
)
from ipplan.errors import EngineError, article, near, near_hint, one_of, shown
from ipplan.interpolation import InterpolationError

BUILTINS = {
    ActualsError: ValueError,
    EngineError: RuntimeError,
    InterpolationError: ValueError,
    ModelError: ValueError,
    PeriodError: ValueError,
    PlanFileError: ValueError,
    UnitError: ValueError,
    UnknownIdError: KeyError,
}
YEAR = Problem(place="start", expected="a year", found="'soon'", hint="near: 2018")
NAME = Problem(expected="text", found="5")


class Broken:
    def __repr__(self) -> str:
        raise RuntimeError("no repr")


def test_a_short_value_is_shown_whole() -> None:
    assert shown("甘肃") == "'甘肃'"


def test_sixty_characters_are_shown_whole() -> None:
    assert shown("x" * 58) == repr("x" * 58)


def test_a_longer_value_is_cut_to_sixty_characters() -> None:
    assert shown("x" * 59) == "'" + "x" * 56 + "..."


def test_a_broken_repr_does_not_hide_the_problem() -> None:
    assert shown(Broken()) == "<Broken, whose repr failed: RuntimeError>"


def test_a_number_too_long_to_print_is_shown_as_such() -> None:
    assert shown(10**5000) == "<int, whose repr failed: ValueError>"


def test_near_names_come_the_nearest_first() -> None:
    assert near("rato", ["rating", "ratio"]) == ("ratio", "rating")


def test_at_most_three_names_are_near() -> None:
    assert len(near("task_0", [f"task_{number}" for number in range(1, 9)])) == 3


def test_a_name_that_contains_the_text_is_near() -> None:
    assert near("pct", ["pct_applications_of_the_province", "cases"]) == (
        "pct_applications_of_the_province",
    )


def test_a_single_letter_is_near_to_nothing_that_merely_contains_it() -> None:
    assert near("p", ["pct_applications"]) == ()


def test_a_name_that_is_alike_and_contained_is_listed_once() -> None:
    assert near("task", ["tasks"]) == ("tasks",)


def test_what_is_no_text_may_be_looked_up_too() -> None:
    assert near(2017, ["2018"]) == ("2018",)


@pytest.mark.parametrize(
    ("name", "hint"),
    [("rato", "near: ratio"), ("progres", "near: progress, progressive"), ("zzz", "")],
)
def test_a_hint_lists_what_is_near(name: str, hint: str) -> None:
    assert near_hint(name, ["ratio", "progress", "progressive"]) == hint


def test_a_problem_says_place_expectation_finding_and_hint() -> None:
    assert str(YEAR) == "start: expected a year, found 'soon' (near: 2018)"


def test_a_problem_without_place_and_hint_says_the_rest() -> None:
    assert str(NAME) == "expected text, found 5"


@pytest.mark.parametrize(
    ("inner", "outer", "place"),
    [
        ("period", "milestones[2]", "milestones[2].period"),
        ("[2].period", "milestones", "milestones[2].period"),
        ("column value", "actuals.csv row 7, ", "actuals.csv row 7, column value"),
        ("", "plan", "plan"),
        ("period", "", "period"),
    ],
)
def test_a_problem_within_a_larger_whole(inner: str, outer: str, place: str) -> None:
    assert Problem(place=inner, expected="x", found="y").within(outer).place == place


def test_a_problem_within_a_larger_whole_keeps_the_rest() -> None:
    assert YEAR.within("plan") == attrs.evolve(YEAR, place="plan.start")


def test_a_problem_is_frozen() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        YEAR.place = "end"  # type: ignore[misc]


def test_a_problem_is_keyword_only() -> None:
    with pytest.raises(TypeError):
        Problem("start", "a year", "'soon'")  # type: ignore[misc]


def test_equal_problems_have_one_hash() -> None:
    assert len({NAME, Problem(expected="text", found="5")}) == 1


def test_every_error_of_the_package_has_the_one_root() -> None:
    names = [info.name for info in pkgutil.walk_packages(ipplan.__path__, "ipplan.")]
    modules = [importlib.import_module(name) for name in names if name != "ipplan.__main__"]
    errors = {
        value
        for module in modules
        for value in vars(module).values()
        if inspect.isclass(value)
        and issubclass(value, BaseException)
        and value.__module__.startswith("ipplan")
    }
    assert errors >= BUILTINS.keys()
    assert all(issubclass(error, IPPlanError) for error in errors)


@pytest.mark.parametrize(("error", "builtin"), BUILTINS.items())
def test_an_error_is_the_builtin_that_fits(
    error: type[IPPlanError], builtin: type[Exception]
) -> None:
    assert issubclass(error, builtin)


@pytest.mark.parametrize("error", [IPPlanError, *BUILTINS])
def test_an_error_keeps_its_problems(error: type[IPPlanError]) -> None:
    assert error(YEAR, NAME).problems == (YEAR, NAME)


@pytest.mark.parametrize("error", [IPPlanError, *BUILTINS])
def test_an_error_pickles(error: type[IPPlanError]) -> None:
    raised = error(YEAR, NAME)
    copy = pickle.loads(pickle.dumps(raised))
    assert (type(copy), copy.problems, str(copy)) == (error, (YEAR, NAME), str(raised))


@pytest.mark.parametrize("error", [IPPlanError, *BUILTINS])
def test_an_error_with_one_problem_says_it(error: type[IPPlanError]) -> None:
    assert str(error(YEAR)) == str(YEAR)


@pytest.mark.parametrize("error", [IPPlanError, *BUILTINS])
def test_an_error_with_several_problems_numbers_them(error: type[IPPlanError]) -> None:
    assert str(error(YEAR, NAME)).splitlines() == ["2 problems:", f"  1. {YEAR}", f"  2. {NAME}"]


def test_an_error_within_a_larger_whole_puts_each_problem_there() -> None:
    places = [problem.place for problem in ModelError(YEAR, NAME).within("plan")]
    assert places == ["plan.start", "plan"]


def test_a_plan_file_error_names_the_file() -> None:
    assert str(PlanFileError.of("gansu.toml", YEAR)) == f"gansu.toml: {YEAR}"


def test_a_pickled_plan_file_error_still_names_the_file() -> None:
    assert pickle.loads(pickle.dumps(PlanFileError.of("gansu.toml", YEAR))).path == "gansu.toml"


def test_an_unknown_id_lists_the_near_ids() -> None:
    error = UnknownIdError.of("indicator", "pct_aplications", ["pct_applications", "case_growth"])
    assert error.near == ("pct_applications",)
    assert str(error) == (
        "expected the id of an indicator, found 'pct_aplications' (near: pct_applications)"
    )


def test_an_unknown_id_with_nothing_near_has_no_hint() -> None:
    error = UnknownIdError.of("task", "zzz", ["2.1.1"])
    assert error.near == ()
    assert str(error) == "expected the id of a task, found 'zzz'"


def test_a_pickled_unknown_id_keeps_the_near_ids() -> None:
    error = UnknownIdError.of("task", "2.1.9", ["2.1.1"])
    assert pickle.loads(pickle.dumps(error)).near == ("2.1.1",)


@pytest.mark.parametrize(
    ("noun", "word"), [("task", "a"), ("indicator", "an"), ("unit of money", "an")]
)
def test_an_article_fits_the_first_letter(noun: str, word: str) -> None:
    assert article(noun) == word


def test_a_choice_lists_its_names() -> None:
    assert one_of(["up", "down", "within"]) == "one of up, down, within"
