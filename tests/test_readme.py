"""The README and the docs show what the library really does."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import ipplan
from ipplan.cli import main

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
IN_A_TEST_OF_ITS_OWN = "panels.md"  # tests/frames/test_panels_page.py: its commands run too


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text("utf-8"), re.DOTALL | re.M)


def test_the_table_is_what_the_command_prints() -> None:
    [shown] = blocks(ROOT / "README.md", "text")
    [command, _] = blocks(ROOT / "README.md", "sh")
    arguments = command.split("ipplan ", 1)[1].split()
    arguments[2] = str(ROOT / arguments[2])
    printed = CliRunner().invoke(main, arguments).stdout
    assert shown.strip() in printed


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if page.name != IN_A_TEST_OF_ITS_OWN],
    ids=lambda page: page.name,
)
def test_python_examples_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    for file, text in re.findall(
        r"^`([\w.-]+)`:\n\n```(?:toml|csv)\n(.*?)^```$", page.read_text("utf-8"), re.DOTALL | re.M
    ):
        (tmp_path / file).write_text(text, "utf-8")
    names: dict[str, object] = {}
    for block in blocks(page, "python"):
        exec(block, names)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_module_is_in_the_architecture_page() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    package = Path(ipplan.__file__).parent
    modules = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if path.name not in ("__init__.py", "__main__.py")
    }
    assert [module for module in sorted(modules) if f"`{module}`" not in text] == []
