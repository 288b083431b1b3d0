#!/usr/bin/env bash
# Guess: dateparser finds no date in the codes E11.9, J1100, 0250, 1996 and 99213.
#
# Truth: the diagnosis E11.9 is September 11, the drug J1100 a day of the year 1100, the revenue code 0250 one of the year 250,
#   and 1996 (01996 without its zero) one of 1996. Only 99213 is none.
#
# Seen: dateparser 1.5.0 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever looks for dates in the cells of a table or in notes: codes become days, whose year is that of the run.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check dateparser==1.5.0

seen=$(venv/bin/python - <<'PY'
import datetime

import dateparser

day = {"RELATIVE_BASE": datetime.datetime(2024, 7, 15)}
for code in ("E11.9", "J1100", "0250", "1996", "99213"):
    found = dateparser.parse(code, settings=day)
    print(code, found and found.date())
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
E11.9 2024-09-11
J1100 1100-07-15
0250 0250-07-15
1996 1996-07-15
99213 None
END
)
[ "$seen" = "$expected" ]
