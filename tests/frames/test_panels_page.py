"""The page "From one county to the nation" runs as it is written, and prints what it shows."""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from attrs import define, field, frozen

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "panels.md"
FENCED = re.compile(r"(?:^`([\w.-]+)`:\n\n)?^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)

OF_OTHERS = (
    "ignore:Dask support is moving out of Narwhals:FutureWarning",
    "ignore:The inplace keyword:DeprecationWarning",  # these two for what Dask does in pandas
    "ignore:The .future.infer_string. option:DeprecationWarning",
    "ignore:fetch_arrow_table:DeprecationWarning",  # for what Ibis does in DuckDB
)


@frozen(kw_only=True)
class Block:
    """A fenced block of the page; `file` is the name that stands above it, if one does.

    `shown` is what the page says that it prints: the block of `text` that follows.
    """

    language: str
    text: str
    file: str | None = None
    shown: str = ""


@frozen(kw_only=True)
class Section:
    title: str
    blocks: tuple[Block, ...]

    @property
    def needs_spark(self) -> bool:
        return any("spark" in block.text for block in self.blocks)


def sections(text: str) -> list[Section]:
    parts = re.split(r"^## (.*)$", text, flags=re.MULTILINE)
    titled = [("start", parts[0]), *zip(parts[1::2], parts[2::2], strict=True)]
    return [Section(title=title, blocks=tuple(blocks(body))) for title, body in titled]


def blocks(text: str) -> Iterator[Block]:
    found = [match.groups() for match in FENCED.finditer(text)]
    for (file, language, body), (_, then, shown) in pairwise([*found, (None, "", "")]):
        if language != "text":
            yield Block(
                language=language, text=body, file=file, shown=shown if then == "text" else ""
            )


@define
class Reader:
    """Follows the page in a folder: files are written, commands and Python are run."""

    folder: Path
    names: dict[str, Any] = field(factory=lambda: {"__name__": "__main__"})
    read: list[str] = field(factory=list)

    def follow(self, section: Section) -> list[tuple[str, str]]:
        """What each block of a section shows, and what it printed."""
        self.read.append(section.title)
        return [(block.shown, self.run(block)) for block in section.blocks]

    def run(self, block: Block) -> str:
        if block.file is not None:
            (self.folder / block.file).write_text(block.text, "utf-8")
            return ""
        return {"sh": self.command, "python": self.python}[block.language](block.text)

    def command(self, text: str) -> str:
        scripts = str(Path(sys.executable).parent)
        env = os.environ | {
            "PATH": os.pathsep.join((scripts, os.environ.get("PATH", os.defpath))),
            "PYTHONIOENCODING": "utf-8",
        }
        result = subprocess.run(
            ["bash", "-euc", text],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=env,
            check=False,
        )
        assert result.returncode == 0, result.stderr
        return result.stdout

    def python(self, text: str) -> str:
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(text, self.names)
        return printed.getvalue()


def plain(printed: str) -> list[str]:
    """Lines without spaces at their ends, and without the time that something took."""
    timed = re.sub(r"\b\d+\.\d s\b", "0.0 s", printed)
    return [line.rstrip() for line in timed.strip("\n").splitlines()]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    folder = tmp_path_factory.mktemp("panels")
    (folder / "examples").symlink_to(ROOT / "examples")
    return Reader(folder)


@pytest.fixture
def spark_here(spark: SparkSession, reader: Reader) -> Iterator[None]:
    """Spark in the folder of the page: it was started in another one, for other tests."""
    java = spark.sparkContext._jvm.org.apache.hadoop.fs
    files = java.FileSystem.get(spark.sparkContext._jsc.hadoopConfiguration())
    before = files.getWorkingDirectory()
    files.setWorkingDirectory(java.Path(str(reader.folder)))
    yield
    files.setWorkingDirectory(before)


SECTIONS = sections(PAGE.read_text("utf-8"))


@pytest.mark.filterwarnings(*OF_OTHERS)
@pytest.mark.parametrize(
    "section",
    [
        pytest.param(each, id=each.title, marks=[pytest.mark.spark] if each.needs_spark else [])
        for each in SECTIONS
    ],
)
def test_a_section_runs_as_written(
    section: Section,
    reader: Reader,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if section.needs_spark:
        request.getfixturevalue("spark_here")
    monkeypatch.chdir(reader.folder)
    for before in SECTIONS[: SECTIONS.index(section)]:
        if before.title not in reader.read and not before.needs_spark:
            reader.follow(before)
    for shown, printed in reader.follow(section):
        assert plain(printed) == plain(shown)


def test_every_block_is_run_or_compared() -> None:
    text = PAGE.read_text("utf-8")
    fences = re.findall(r"^```(.*)$", text, re.MULTILINE)
    found = [block for section in SECTIONS for block in section.blocks]
    shown = [block for block in found if block.shown]
    assert len(fences) == 2 * (len(found) + len(shown))
    assert {block.language for block in found if block.file is None} == {"sh", "python"}
    assert any(section.needs_spark for section in SECTIONS)
    assert not any(block.shown for block in found if block.file is not None)


def test_what_is_printed_and_not_shown_is_noticed(tmp_path: Path) -> None:
    [section] = sections("```python\nprint('a')\n```\n\nThen:\n\n```text\nb\n```\n")
    assert Reader(tmp_path).follow(section) == [("b\n", "a\n")]
    [section] = sections("```python\nprint('a')\n```\n")
    assert Reader(tmp_path).follow(section) == [("", "a\n")]
    assert plain("12 rows in 3.4 s, \n") == plain("12 rows in 0.1 s,") != plain("12 rows in 3.4 m,")
