"""What the tests of the laws share."""

import contextlib
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

from ipplan.testing import broken


@pytest.fixture
def first_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the first counterexample, not the smallest: enough to see which law is broken."""
    monkeypatch.setattr(broken, "_SEARCH", (Phase.generate,))


class AllReached(Exception):  # noqa: N818 - it says what happened
    """There is nothing left to look for."""


@pytest.fixture
def unreached() -> Callable[[SearchStrategy[Any], Mapping[str, Callable[[Any], bool]]], set[str]]:
    """The corners that a strategy does not reach; the search ends as soon as it has reached all."""

    def search(
        drawn: SearchStrategy[Any], corners: Mapping[str, Callable[[Any], bool]]
    ) -> set[str]:
        left = dict(corners)

        @settings(
            derandomize=True,
            database=None,
            deadline=None,
            max_examples=5000,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(drawn)
        def visit(value: Any) -> None:
            for name in [name for name, corner in left.items() if corner(value)]:
                del left[name]
            if not left:
                raise AllReached

        with contextlib.suppress(AllReached):
            visit()
        return {*left}

    return search
