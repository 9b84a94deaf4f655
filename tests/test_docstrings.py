"""Every example in a docstring runs and prints what it says."""

import doctest
import importlib
import pkgutil

import pytest

import ipplan

MODULES = [
    "ipplan",
    *(info.name for info in pkgutil.walk_packages(ipplan.__path__, "ipplan.")),
]


@pytest.mark.parametrize("name", [name for name in MODULES if name != "ipplan.__main__"])
def test_examples(name: str) -> None:
    module = importlib.import_module(name)
    result = doctest.testmod(module)
    assert result.failed == 0
