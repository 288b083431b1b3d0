#!/usr/bin/env bash
# Guess: a cell that holds 30 with the number format 0 "d" is written as 30 or as 30 d.
#
# Truth: the letter d makes it a date: 0 "29", the day of the month of day 30 of 1900, and 90 days are 0 "30". Twelve
#   months are 0 "01o", two units 0 "units", and a DRG 65 is "05rg "000.
#
# Seen: xlsx2csv 0.8.6 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever turns a workbook of claims into CSV: a days' supply is another one in quotation marks, and
#   months and units are gone.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check xlsx2csv==0.8.6 xlsxwriter==3.3.1

seen=$(venv/bin/python - <<'PY'
import csv

import xlsxwriter
from xlsx2csv import Xlsx2csv

book = xlsxwriter.Workbook("claims.xlsx")
sheet = book.add_worksheet()
cells = ((30, '0 "d"'), (90, '0 "d"'), (12, '0 "mo"'), (2, '0 "units"'), (65, '"DRG "000'))
for row, (value, shown) in enumerate(cells):
    sheet.write(row, 0, shown)
    sheet.write(row, 1, value, book.add_format({"num_format": shown}))
book.close()
Xlsx2csv("claims.xlsx").convert("claims.csv")
with open("claims.csv", newline="") as file:
    for shown, cell in csv.reader(file):
        print(shown, "|", cell)
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
0 "d" | 0 "29"
0 "d" | 0 "30"
0 "mo" | 0 "01o"
0 "units" | 0 "units"
"DRG "000 | "05rg "000
END
)
[ "$seen" = "$expected" ]
