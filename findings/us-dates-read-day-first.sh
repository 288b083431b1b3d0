#!/usr/bin/env bash
# Guess: dates of service written 01/02/2024 and 03/04/2024 are read month first, or left as text as ambiguous.
#
# Truth: DuckDB's CSV reader and polars' try_parse_dates read them day first, as February 1 and April 3. As soon as
#   one row of the file has a day over 12, DuckDB reads the same first row as January 2, and polars leaves the column
#   as text.
#
# Seen: duckdb 2.0.1 and polars 2.1.0 print the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever loads a small claim file of early days of the month: each date of service is another valid day,
#   and what the column becomes depends on other rows.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check duckdb==2.0.1 polars==2.1.0

cat > early.csv <<'CSV'
claim,from
1,01/02/2024
2,03/04/2024
CSV
cat > late.csv <<'CSV'
claim,from
1,01/02/2024
2,03/14/2024
CSV
seen=$(venv/bin/python - <<'PY'
import duckdb
import polars as pl

for name in ("early.csv", "late.csv"):
    [(day, kind)] = duckdb.sql(f'select "from", typeof("from") from "{name}" where claim = 1').fetchall()
    print("duckdb", name, day, kind)
    column = pl.read_csv(name, try_parse_dates=True)["from"]
    print("polars", name, column[0], column.dtype)
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
duckdb early.csv 2024-02-01 DATE
polars early.csv 2024-02-01 Date
duckdb late.csv 2024-01-02 DATE
polars late.csv 01/02/2024 String
END
)
[ "$seen" = "$expected" ]
