#!/usr/bin/env bash
# Guess: 2.5 units cast to an integer give one number, however the 2.5 came into the database.
#
# Truth: DuckDB rounds a DOUBLE half to even and a DECIMAL half away from zero: 2.5 read from a CSV file is 2, 2.5
#   written in the SQL is 3.
#
# Seen: duckdb 2.0.1 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever rounds anesthesia or drug units in SQL: a test with literals says 3, the file gives 2, and one
#   unit is not billed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check duckdb==2.0.1

printf 'line,units\n1,2.5\n2,3.5\n' > lines.csv
seen=$(venv/bin/python - <<'PY'
import duckdb

file = "select typeof(units), cast(units as integer) from 'lines.csv' order by line"
literal = "select typeof(units), cast(units as integer) from (values (1, 2.5), (2, 3.5)) as lines(line, units) order by line"
print("file", *duckdb.sql(file).fetchall())
print("literal", *duckdb.sql(literal).fetchall())
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
file ('DOUBLE', 2) ('DOUBLE', 4)
literal ('DECIMAL(2,1)', 3) ('DECIMAL(2,1)', 4)
END
)
[ "$seen" = "$expected" ]
