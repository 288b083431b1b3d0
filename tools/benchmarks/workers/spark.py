"""claimcheck on Spark in local mode: `spark.py LINES TABLES POLICY CORES`.

The start of Spark is timed apart, when the worker gets ready, and so is the shuffle: the same rows read, brought
together by member and thrown away. The run reads, shuffles and validates; what is said of it is the run without the
shuffle.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import Any

from serve import serve, version


def prepare() -> tuple[dict[str, Any], Callable[[], dict[str, Any]]]:
    from pyspark.sql import DataFrame, SparkSession

    from claimcheck import spark as claimcheck_spark  # type: ignore[attr-defined]  # first: whether it is there
    from claimcheck.columns.table import Columns
    from claimcheck.spark.validating import together

    path, store, policy, cores = sys.argv[1:]
    os.environ["PYSPARK_PYTHON"] = sys.executable  # and not whichever the path has
    start = time.perf_counter()
    session = (
        SparkSession.builder.master(f"local[{cores}]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "50000")
        .getOrCreate()
    )
    session.range(1).count()
    started = time.perf_counter() - start
    count = session.read.parquet(path).count()

    def spent(frame: DataFrame) -> float:
        begin = time.perf_counter()
        frame.write.format("noop").mode("overwrite").save()
        return time.perf_counter() - begin

    def run() -> dict[str, Any]:
        lines = session.read.parquet(path)
        columns = Columns.of(lines.columns, None)
        shuffle = spent(together(lines, columns, None, partitions=int(cores), one_member=False))
        judged = claimcheck_spark.validate(lines, policy=policy, tables=store, partitions=int(cores))
        whole = spent(judged.rows)
        return {"lines": count, "seconds": max(whole - shuffle, 0.001), "whole_s": whole, "shuffle_s": shuffle}

    return {"version": f"{version('claimcheck')}, {version('pyspark')}", "lines": count, "started_s": started}, run


if __name__ == "__main__":
    serve(prepare)
