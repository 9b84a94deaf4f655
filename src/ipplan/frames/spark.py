"""Spark: a session that is ready for a plan, with the Java that it needs."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from ipplan.errors import EngineError, Problem
from ipplan.extras import needs

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["Java", "find_java", "local_session"]

OLDEST_JAVA = 17
"""What Spark 4 runs on, or anything later."""

USUAL_HOMES = (
    "/usr/lib/jvm/*",
    "/usr/java/*",
    "/opt/java/*",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
    "/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
)
"""Where systems put Java; those of macOS are what its java_home lists."""

_VERSION = re.compile(r'version "(?:1\.)?(\d+)')
_LONGEST_SECONDS = 30

_EVERYWHERE = {"spark.sql.session.timeZone": "UTC"}
_ARROW = {"spark.sql.execution.arrow.pyspark.enabled": "true"}
_ON_ONE_MACHINE = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "4",  # the default of 200 is for clusters
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


@frozen(kw_only=True)
class Java:
    """A Java: the folder that JAVA_HOME names, and its version (17 of 17.0.15, 8 of 1.8.0)."""

    home: Path
    version: int


def local_session(
    *, master: str = "local[2]", app: str = "ipplan", memory: str | None = None
) -> SparkSession:
    """A Spark session: on this machine, or on the cluster whose master URL is given.

    On this machine there is no web page, nothing listens to the network, and shuffles are small;
    a cluster (`spark://`, `yarn`, `k8s://`) keeps its own settings. Everywhere times are in UTC,
    Arrow is used where pyarrow is there, and only errors are logged. `memory` is the driver's, such
    as "4g"; it counts before the first session of a process. A session that runs already is taken
    as it is, with these settings where Spark lets them change.

    Raises EngineError where pyspark or Java is missing.
    """
    spark = needs("spark", "pyspark.sql")
    builder = spark.SparkSession.builder.master(master).appName(app)
    for name, value in _settings(master, memory).items():
        builder = builder.config(name, value)
    with _environment(_variables(master, find_java())):
        session: SparkSession = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def find_java(
    *, environment: Mapping[str, str] | None = None, homes: tuple[str, ...] = USUAL_HOMES
) -> Java:
    """The Java that Spark can run on: that of JAVA_HOME, of the path, or of the usual places.

    Of those in the usual places (`homes`) the oldest that is new enough is taken: Spark knows it
    best. Raises EngineError, which names every Java that was found, where none is.
    """
    env = os.environ if environment is None else environment
    too_old: list[str] = []
    for place, found in (*_named(env), *_usual(homes)):
        if found is not None and found.version >= OLDEST_JAVA:
            return found
        too_old.append(f"{place}, which {'is none' if not found else f'is {found.version}'}")
    raise EngineError(
        Problem(
            expected=f"Java {OLDEST_JAVA} or later, which Spark runs on",
            found="; ".join(too_old) or "none",
            hint=f"install a JDK, such as openjdk-{OLDEST_JAVA}, or set JAVA_HOME to its folder",
        )
    )


def _named(env: Mapping[str, str]) -> Iterator[tuple[str, Java | None]]:
    """What JAVA_HOME and the path name, and the Java that it is."""
    if home := env.get("JAVA_HOME"):
        yield f"JAVA_HOME={home}", _java(Path(home))
    if command := shutil.which("java", path=env.get("PATH", "")):
        yield command, _java(Path(command).resolve().parents[1])


def _usual(patterns: tuple[str, ...]) -> Iterator[tuple[str, Java | None]]:
    """The Javas in the usual places, each once, the oldest first."""
    homes = {
        binary.resolve().parents[1]
        for pattern in patterns
        for binary in Path("/").glob(f"{pattern.lstrip('/')}/bin/java")
    }
    found = [java for java in map(_java, sorted(homes)) if java is not None]
    for java in sorted(found, key=lambda java: java.version):
        yield str(java.home), java


def _java(home: Path) -> Java | None:
    """The Java in a folder, as it tells its version itself; None where it tells none."""
    try:
        told = subprocess.run(  # noqa: S603 - the caller's own Java
            [home / "bin" / "java", "-version"],
            capture_output=True,
            text=True,
            check=False,
            timeout=_LONGEST_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = _VERSION.search(told.stderr + told.stdout)
    return Java(home=home, version=int(version[1])) if version else None


def _settings(master: str, memory: str | None) -> dict[str, str]:
    """The settings of a session, by Spark's own names."""
    return (
        _EVERYWHERE
        | (_ARROW if importlib.util.find_spec("pyarrow") else {})
        | (_ON_ONE_MACHINE if master.startswith("local") else {})
        | ({} if memory is None else {"spark.driver.memory": memory})
    )


def _variables(master: str, java: Java) -> dict[str, str]:
    """What Spark reads from the environment when it starts, and never again.

    On one machine its workers run the Python that runs here, not the first one on the path: two
    minor versions do not work together. What the caller set as PYSPARK_PYTHON stays.
    """
    variables = {"JAVA_HOME": str(java.home)}
    if master.startswith("local"):
        variables["PYSPARK_PYTHON"] = os.environ.get("PYSPARK_PYTHON", sys.executable)
    return variables


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    """The environment with these variables, for a while."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
