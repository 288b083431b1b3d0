#!/usr/bin/env bash
# Guess: A table of lines in SQLite keeps the codes 00100, 0278, 99213 and 3E03317 as they are in columns of the types
#   STRING, TEXT and VARCHAR(7).
#
# Truth: a type that SQLite does not know, as STRING of Spark, Hive and BigQuery, is numeric to it: 100, 278, 99213 and
#   infinity. TEXT and VARCHAR keep the codes.
#
# Seen: SQLite 3.51.1 of pysqlite3-binary 0.5.4.post2 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever creates the table with the statement of a warehouse: every statement runs, and codes join with nothing.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pysqlite3-binary==0.5.4.post2

seen=$(venv/bin/python - <<'PY'
import pysqlite3

print(pysqlite3.sqlite_version)
base = pysqlite3.connect(":memory:")
base.execute("CREATE TABLE lines (a STRING, b TEXT, c VARCHAR(7))")
for code in ("00100", "0278", "99213", "3E03317"):
    base.execute("INSERT INTO lines VALUES (?, ?, ?)", (code, code, code))
for row in base.execute("SELECT * FROM lines"):
    print(*map(repr, row))
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
3.51.1
100 '00100' '00100'
278 '0278' '0278'
99213 '99213' '99213'
inf '3E03317' '3E03317'
END
)
[ "$seen" = "$expected" ]
