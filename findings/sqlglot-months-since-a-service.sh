#!/usr/bin/env bash
# Guess: sqlglot turns DATEDIFF(month, a, b) of SQL Server into something of Spark that gives the same number.
#
# Truth: it passes the function on under the same name. SQL Server and DuckDB count the month boundaries that lie between
#   the days, Spark counts the full months: from January 31 to February 1 that is 1 and 0.
#
# Seen: sqlglot 30.30.0, duckdb 2.0.1 and pyspark 4.3.0 print the lines below (Python 3.11, Java 17, November 2026). It
#   needs Java.
#
# Who is hurt: whoever moves a query of frequency limits ("no such service in the 11 months before") to Spark: the limit
#   becomes up to a month longer, and services that were denied are paid.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check sqlglot==30.30.0 duckdb==2.0.1 pyspark==4.3.0

seen=$(venv/bin/python - 2>/dev/null <<'PY'
import duckdb
import sqlglot
from pyspark.sql import SparkSession

query = "SELECT DATEDIFF(month, CAST('2024-01-31' AS DATE), CAST('2024-02-01' AS DATE)) AS months"
spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
spark.sparkContext.setLogLevel("OFF")
[in_spark], [in_duckdb] = (sqlglot.transpile(query, read="tsql", write=name) for name in ("spark", "duckdb"))
print("DATEDIFF(MONTH" in in_spark, spark.sql(in_spark).collect()[0]["months"])
print("DATE_DIFF('MONTH'" in in_duckdb, duckdb.sql(in_duckdb).fetchall()[0][0])
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
True 0
True 1
END
)
[ "$seen" = "$expected" ]
