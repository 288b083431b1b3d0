#!/usr/bin/env bash
# Guess: the cell 25,59 of a table on a payer's web page stays text, since it is no number.
#
# Truth: pandas.read_html takes the comma for a separator of thousands: the modifiers are 2559, and the diagnosis
#   pointers 1,2 are 12. Its argument thousands is a comma unless it is given.
#
# Seen: pandas 3.1.1 with lxml 6.1.3 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever takes remittances or claim status from a portal's page: two modifiers become none that exists,
#   and pointers to the first two diagnoses one to the twelfth.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pandas==3.1.1 lxml==6.1.3

seen=$(venv/bin/python - <<'PY'
from io import StringIO

import pandas as pd

page = """<table>
<tr><th>code</th><th>modifiers</th><th>pointers</th><th>charge</th></tr>
<tr><td>97110</td><td>25,59</td><td>1,2</td><td>90.00</td></tr>
<tr><td>97140</td><td>59</td><td>1</td><td>45.00</td></tr>
</table>"""
for how in ({}, {"thousands": None}):
    [lines] = pd.read_html(StringIO(page), **how)
    print(how, lines["modifiers"].tolist(), lines["pointers"].tolist())
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
{} [2559, 59] [12, 1]
{'thousands': None} ['25,59', '59'] ['1,2', '1']
END
)
[ "$seen" = "$expected" ]
