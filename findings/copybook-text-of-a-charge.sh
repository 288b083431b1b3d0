#!/usr/bin/env bash
# Guess: the texts 125 and 1250, set in a charge of nine digits with two implied decimals, are 125.00 and 1250.00, or
#   with the decimals implied 1.25 and 12.50.
#
# Truth: the whole text is taken for the dollars and its last two digits again for the cents: 125.25 and 1250.50. As a
#   number, 125 is written as 125.00.
#
# Seen: django-copybook 1.3.2 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever fills fixed-width claims from a CSV file: each charge is some cents too high, and the total of
#   the file is wrong by a different amount for each claim.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check django-copybook==1.3.2 six==1.17.0

seen=$(venv/bin/python - <<'PY'
from djcopybook.fixedwidth import Record, fields


class Line(Record):
    code = fields.StringField(length=5)
    charge = fields.ImpliedDecimalField(length=9, decimals=2)


for charge in ("125", "1250", "7", 125):
    line = Line(code="99213", charge=charge)
    print(repr(charge), line.charge, line.to_record())
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
'125' 125.25 99213000012525
'1250' 1250.50 99213000125050
'7' 7.7 99213000000770
125 125 99213000012500
END
)
[ "$seen" = "$expected" ]
