"""Java is found or named in the error, and a session is ready for one machine or a cluster."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ipplan.errors import EngineError
from ipplan.frames import spark as module
from ipplan.frames.spark import Java, find_java, local_session

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def a_java(home: Path, told: str, *, code: int = 0) -> Path:
    """A folder like Java's, whose java tells a version as Java does."""
    binary = home / "bin" / "java"
    binary.parent.mkdir(parents=True)
    binary.write_text(f"#!/bin/sh\necho '{told}' >&2\nexit {code}\n", "utf-8")
    binary.chmod(0o755)
    return home


OLD, NEW = 'openjdk version "11.0.1" 2018-10-16', 'openjdk version "17.0.15" 2025-04-15'


def test_java_home_comes_first(tmp_path: Path) -> None:
    named, other = a_java(tmp_path / "named", NEW), a_java(tmp_path / "path", NEW)
    env = {"JAVA_HOME": str(named), "PATH": str(other / "bin")}
    assert find_java(environment=env, homes=()) == Java(home=named, version=17)


def test_java_on_the_path_is_followed_to_its_home(tmp_path: Path) -> None:
    home = a_java(tmp_path / "real", 'java version "21" 2023-09-19')
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "java").symlink_to(home / "bin" / "java")
    env = {"JAVA_HOME": "", "PATH": str(tmp_path / "links")}
    assert find_java(environment=env, homes=()) == Java(home=home, version=21)


def test_a_java_that_is_too_old_or_none_is_passed_by(tmp_path: Path) -> None:
    old = a_java(tmp_path / "old", OLD)
    broken = a_java(tmp_path / "broken", "no runtime present", code=1)
    for version in (25, 17, 21, 11):
        a_java(tmp_path / "jvm" / f"jdk-{version}", f'openjdk version "{version}.0.3"')
    env = {"JAVA_HOME": str(old), "PATH": str(broken / "bin")}
    found = find_java(environment=env, homes=(f"{tmp_path}/jvm/*",))
    assert found == Java(home=tmp_path / "jvm" / "jdk-17", version=17)


@pytest.mark.parametrize(
    ("told", "version"),
    [
        (OLD, 11),
        ('java version "1.8.0_402"', 8),
        ("Picked up JAVA_TOOL_OPTIONS: -Xmx1g\n" + OLD, 11),
    ],
)
def test_the_error_names_what_was_found_and_what_to_do(
    tmp_path: Path, told: str, version: int
) -> None:
    home = a_java(tmp_path / "old", told)
    with pytest.raises(EngineError) as caught:
        find_java(environment={"JAVA_HOME": str(home)}, homes=())
    assert str(caught.value) == (
        f"expected Java 17 or later, which Spark runs on, found JAVA_HOME={home}, "
        f"which is {version} (install a JDK, such as openjdk-17, or set JAVA_HOME to its folder)"
    )


def test_every_java_that_will_not_do_is_named(tmp_path: Path) -> None:
    silent = a_java(tmp_path / "silent", "The operation couldn’t be completed", code=1)
    old = a_java(tmp_path / "jvm" / "java-8", 'openjdk version "1.8.0_402"')
    env = {"JAVA_HOME": str(tmp_path / "gone"), "PATH": str(silent / "bin")}
    with pytest.raises(EngineError) as caught:
        find_java(environment=env, homes=(f"{tmp_path}/jvm/*",))
    assert caught.value.problems[0].found == (
        f"JAVA_HOME={tmp_path / 'gone'}, which is none; {silent / 'bin' / 'java'}, which is none; "
        f"{old}, which is 8"
    )


def test_no_java_at_all(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="found none \\(install a JDK"):
        find_java(environment={}, homes=(f"{tmp_path}/*",))


def test_a_java_that_never_answers_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = a_java(tmp_path / "slow", NEW)
    (home / "bin" / "java").write_text("#!/bin/sh\nexec sleep 60\n", "utf-8")
    monkeypatch.setattr(module, "_LONGEST_SECONDS", 0.1)
    with pytest.raises(EngineError, match="which is none"):
        find_java(environment={"JAVA_HOME": str(home)}, homes=())


def test_without_pyspark_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(EngineError, match=r"expected the package pyspark.*'ipplan\[spark\]'"):
        local_session()


def test_settings_of_one_machine_are_not_those_of_a_cluster() -> None:
    local = module._settings("local[4]", "2g")
    assert local["spark.sql.shuffle.partitions"] == "4"
    assert local["spark.driver.memory"] == "2g"
    for master in ("spark://host:7077", "yarn", "k8s://https://host:443"):
        assert {*module._settings(master, None)} == {
            "spark.sql.session.timeZone",
            "spark.sql.execution.arrow.pyspark.enabled",
        }


@pytest.mark.parametrize("before", [None, "/somewhere"])
def test_the_environment_is_as_it_was_afterwards(
    before: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    if before:
        monkeypatch.setenv("JAVA_HOME", before)
    with module._environment({"JAVA_HOME": str(tmp_path)}):
        assert os.environ["JAVA_HOME"] == str(tmp_path)
    assert os.environ.get("JAVA_HOME") == before


def test_workers_of_one_machine_run_this_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    java = Java(home=tmp_path, version=17)
    monkeypatch.delenv("PYSPARK_PYTHON", raising=False)
    assert module._variables("local[2]", java) == {
        "JAVA_HOME": str(tmp_path),
        "PYSPARK_PYTHON": sys.executable,
    }
    assert module._variables("yarn", java) == {"JAVA_HOME": str(tmp_path)}
    monkeypatch.setenv("PYSPARK_PYTHON", "python4")
    assert module._variables("local[2]", java)["PYSPARK_PYTHON"] == "python4"


@pytest.mark.spark
def test_a_session_counts_and_knows_its_settings(spark: SparkSession) -> None:
    frame = spark.createDataFrame([("a", 1.5), ("b", None)], "region string, value double")
    assert frame.count() == 2
    assert frame.groupBy("region").max("value").orderBy("region").collect()[0][1] == 1.5
    for name, value in module._settings("local[2]", None).items():
        assert spark.conf.get(name) == value
    assert spark.sparkContext.uiWebUrl is None


@pytest.mark.spark
def test_pandas_goes_in_and_comes_out(spark: SparkSession) -> None:
    import pandas as pd

    given = pd.DataFrame({"region": ["a", "b"], "value": [1.5, 2.5]})
    found = spark.createDataFrame(given).toPandas()
    assert found.to_dict("list") == given.to_dict("list")


@pytest.mark.spark
def test_a_running_session_is_taken(spark: SparkSession) -> None:
    assert local_session().sparkContext is spark.sparkContext
