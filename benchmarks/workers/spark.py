"""claimcheck on Spark in local mode: `spark.py LINES TABLES POLICY CORES`.

The start of Spark is timed apart, when the worker gets ready; the run reads, shuffles, validates and counts.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

from serve import serve, version


def prepare() -> tuple[dict[str, Any], Callable[[], dict[str, Any]]]:
    from pyspark.sql import SparkSession

    from claimcheck import spark as claimcheck_spark  # type: ignore[attr-defined]  # first: whether it is there

    path, store, policy, cores = sys.argv[1:]
    start = time.perf_counter()
    session = (
        SparkSession.builder.master(f"local[{cores}]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "50000")
        .getOrCreate()
    )
    started = time.perf_counter() - start
    count = session.read.parquet(path).count()

    def run() -> dict[str, Any]:
        judged = claimcheck_spark.validate(session.read.parquet(path), policy=policy, tables=store)
        return {"lines": count, "findings": judged.findings.count()}

    return {"version": f"{version('claimcheck')}, {version('pyspark')}", "lines": count, "started_s": started}, run


if __name__ == "__main__":
    serve(prepare)
