#!/usr/bin/env bash
# Guess: Spark reads a CSV column of the CPT Category II codes 3044F and 3046F as text.
#
# Truth: with inferSchema it is a column of doubles, 3044.0 and 3046.0: Java reads the F at the end of a number as "float".
#   try_cast('3044F' AS DOUBLE) is 3044.0 too, although a cast to BIGINT is refused. From JSON the same codes stay text.
#
# Seen: pyspark 4.3.0 prints the lines below (Python 3.11, Java 17, November 2026). It needs Java.
#
# Who is hurt: whoever loads an extract of quality codes alone: every code loses its letter, and what is left looks like
#   a number whose leading zero was lost. In a file with one 99213 beside them the column is a double all the same.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyspark==4.3.0

printf 'claim_id,procedure_code\nA1,3044F\nA2,3046F\nA3,99213\n' > claims.csv
printf '{"claim_id": "A1", "procedure_code": "3044F"}\n' > claims.json
seen=$(venv/bin/python - 2>/dev/null <<'PY'
from pyspark.sql import SparkSession

spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
spark.sparkContext.setLogLevel("OFF")
claims = spark.read.csv("claims.csv", header=True, inferSchema=True)
print("csv", dict(claims.dtypes)["procedure_code"], [row[0] for row in claims.select("procedure_code").collect()])
print("json", dict(spark.read.json("claims.json").dtypes)["procedure_code"])
print("cast", spark.sql("SELECT try_cast('3044F' AS DOUBLE), try_cast('3044F' AS BIGINT)").collect()[0])
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
csv double [3044.0, 3046.0, 99213.0]
json string
cast Row(TRY_CAST(3044F AS DOUBLE)=3044.0, TRY_CAST(3044F AS BIGINT)=None)
END
)
[ "$seen" = "$expected" ]
