#!/usr/bin/env bash
# Guess: a column of codes in a workbook, 1,200 number cells and then J1100, is read as text with all its values, or
#   the read fails.
#
# Truth: polars.read_excel takes the type from the first rows and reads J1100 as null, without an error. With
#   engine='openpyxl' the same call keeps it.
#
# Seen: polars 2.1.0 with fastexcel 0.21.0 and openpyxl 3.1.5 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever reads a fee schedule or a code list saved by Excel: CPT codes sort first and become number
#   cells, so that every HCPCS Level II code after them is lost.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check polars==2.1.0 fastexcel==0.21.0 openpyxl==3.1.5

seen=$(venv/bin/python - <<'PY'
import openpyxl
import polars as pl

book = openpyxl.Workbook()
book.active.append(["code", "fee"])
for _ in range(1200):
    book.active.append([99213, 92.05])
book.active.append(["J1100", 0.12])
book.save("fees.xlsx")

for engine in ("calamine", "openpyxl"):
    fees = pl.read_excel("fees.xlsx", engine=engine)
    print(engine, fees["code"].dtype, fees.row(-1))
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
calamine Int64 (None, 0.12)
openpyxl String ('J1100', 0.12)
END
)
[ "$seen" = "$expected" ]
