"""What the tests of the laws share."""

import pytest
from hypothesis import Phase

from ipplan.testing import broken


@pytest.fixture
def first_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the first counterexample, not the smallest: enough to see which law is broken."""
    monkeypatch.setattr(broken, "_SEARCH", (Phase.generate,))
