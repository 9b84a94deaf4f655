"""The Spark session of the benchmarks: on this machine alone, without its pages."""

from __future__ import annotations

from pyspark.sql import SparkSession


def spark() -> SparkSession:
    """The session, one for all."""
    return (
        SparkSession.builder.master("local[2]")
        .appName("benchmarks of frames")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", "4g")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )
