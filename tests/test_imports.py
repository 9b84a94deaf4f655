"""Importing is cheap, and the public names are all there."""

import subprocess
import sys

import pytest

import ipplan

HEAVY = (
    "pint",
    "tabulate",
    "wcwidth",
    "cattrs",
    "tomlkit",
    "click",
    "numpy",
    "narwhals",
    "polars",
    "pandas",
    "pyarrow",
    "duckdb",
    "pyspark",
    "hypothesis",
)


def modules_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(*sys.modules, sep='\\n')"
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(result.stdout.split())


@pytest.mark.parametrize(
    ("code", "allowed"),
    [
        ("import ipplan", ()),
        ("import ipplan; ipplan.Plan", ()),
        ("import ipplan; ipplan.load('gansu-2016')", ("cattrs",)),
        (
            "import ipplan; p = ipplan.load('gansu-2016'); p.assess({'case_growth': {2018: 3}})",
            ("cattrs",),
        ),
        (
            (
                "import ipplan; p = ipplan.load('gansu-2016'); "
                "print(p.assess({'case_growth': {2018: 3}}))"
            ),
            ("cattrs", "tabulate", "wcwidth"),
        ),
        ("import ipplan.cli", ("cattrs", "click")),
        ("import ipplan.frames.spark", ()),
    ],
)
def test_heavy_packages_are_imported_where_they_are_used(
    code: str, allowed: tuple[str, ...]
) -> None:
    assert modules_after(code) & set(HEAVY) <= set(allowed)


def test_pints_application_registry_is_left_alone() -> None:
    code = (
        "import pint; before = pint.get_application_registry().get(); import ipplan.units as u; "
        "u.registry(); assert pint.get_application_registry().get() is before"
    )
    modules_after(code)


@pytest.mark.parametrize("name", ipplan.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(ipplan, name) is not None
    assert name in dir(ipplan)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'ipplan' has no attribute 'nope'"):
        ipplan.nope  # noqa: B018
