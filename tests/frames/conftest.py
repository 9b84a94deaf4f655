"""One Spark session for all tests; they are marked, and skipped where there is none to be had."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from ipplan.errors import EngineError
from ipplan.frames.spark import local_session

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

OF_SPARK_ITSELF = (
    "ignore:PySpark does not yet fully support pandas:FutureWarning",
    "ignore:The copy keyword is deprecated:DeprecationWarning",  # of pandas, in toPandas
    "ignore:unclosed.*socket:ResourceWarning",  # between Python and Java, closed by neither
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("spark"):
            for each in OF_SPARK_ITSELF:
                item.add_marker(pytest.mark.filterwarnings(each))


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    try:
        session = local_session(app="ipplan tests")
    except EngineError as error:
        pytest.skip(str(error))
    yield session
    session.stop()
