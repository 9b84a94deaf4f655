"""What an extra brings is imported, or the error says what to install."""

import sys
from pathlib import Path

import pytest

from ipplan.errors import EngineError, IPPlanError
from ipplan.extras import needs


def test_a_module_that_is_there_is_given() -> None:
    import polars

    assert needs("frames", "polars") is polars
    assert needs("frames", "os.path").join("a", "b")


def test_a_package_that_is_missing_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(EngineError) as caught:
        needs("frames", "polars")
    assert isinstance(caught.value, IPPlanError)
    assert str(caught.value) == (
        "expected the package polars, found none (pip install 'ipplan[frames]')"
    )


def test_a_package_that_another_one_needs_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "half_installed.py").write_text("import not_installed_at_all\n", "utf-8")
    with pytest.raises(EngineError, match="expected the package not_installed_at_all, found none"):
        needs("spark", "half_installed")
    assert "half_installed" not in sys.modules


def test_a_fault_inside_a_package_is_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "faulty_inside.py").write_text("1 / 0\n", "utf-8")
    with pytest.raises(ZeroDivisionError):
        needs("spark", "faulty_inside")
