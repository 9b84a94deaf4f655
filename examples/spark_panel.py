"""Assess a panel of regions on Spark: python examples/spark_panel.py [PANEL] [--master URL].

Starts Spark on this machine (Java 17 or later is needed), or runs on the cluster whose master URL
is given: spark://host:7077, yarn, k8s://... PANEL is a Parquet or CSV file, or a folder of Parquet,
with the columns region, indicator, period (a year) and value, where the cluster can read it too.
Without it, the regions and their figures are ILLUSTRATIVE: made up, and nobody reported them.
"""

import argparse
import random
from typing import TYPE_CHECKING

import ipplan
from ipplan import frames
from ipplan.frames.spark import local_session

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

YEARS = range(2016, 2021)
ROUNDED = [f"round({name}, 2) AS {name}" for name in ("score", "coverage")]
SCHEMA = "region string, indicator string, period int, value double"


def illustrative(spark: "SparkSession", plan: ipplan.Plan, regions: int) -> "DataFrame":
    """Made-up figures around what the plan expects; a tenth of them are not reported."""
    luck = random.Random(2016)  # noqa: S311 - figures, no secrets
    figures = []
    for year in YEARS:
        for id, expected in plan.expected(year).items():
            for number in range(1, regions + 1):
                figure = luck.uniform(0.6, 1.3) * (expected or 1.0)
                reported = luck.random() < 0.9
                figures.append((f"region {number:03}", id, year, figure if reported else None))
    return spark.createDataFrame(figures, SCHEMA)


def read(spark: "SparkSession", path: str) -> "DataFrame":
    """The panel at a path, which Spark reads when it is needed."""
    if path.endswith(".csv"):
        return spark.read.csv(path, schema=SCHEMA, header=True, enforceSchema=False)
    return spark.read.parquet(path)


def main() -> None:
    parser = argparse.ArgumentParser(description="Assess a panel of regions on Spark.")
    parser.add_argument("panel", nargs="?", help="Parquet or CSV; by default an illustrative one")
    parser.add_argument("--master", default="local[2]", help="the master URL (local[2])")
    parser.add_argument("--regions", type=int, default=14, help="of the illustrative panel (14)")
    parser.add_argument("--out", help="a folder for the assessed rows, as Parquet")
    options = parser.parse_args()

    plan = ipplan.load("gansu-2016")
    spark = local_session(master=options.master, app="ipplan: a panel of regions")
    if options.panel is None:
        print("ILLUSTRATIVE: the regions and their figures were made up for this example.")
        panel = illustrative(spark, plan, options.regions)
    else:
        panel = read(spark, options.panel)

    scored = plan.assess_frame(panel, by=("region",), periods=YEARS)
    totals = frames.roll_up(scored, by=("region", "period"), plan=plan)
    print("The rows by state:")
    scored.groupBy("state", "reason").count().orderBy("state", "reason").show(truncate=False)
    print("The highest scores of a region and year:")
    best = totals.orderBy(totals["score"].desc_nulls_last(), "region", "period")
    best.selectExpr("region", "period", *ROUNDED, "scored", "due").show(10, truncate=False)
    if options.out is not None:
        scored.write.mode("overwrite").parquet(options.out)
        print(f"The assessed rows are in {options.out}")
    spark.stop()


if __name__ == "__main__":
    main()
