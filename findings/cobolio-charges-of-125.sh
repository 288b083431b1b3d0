#!/usr/bin/env bash
# Guess: a charge of 125.00 is 00125.00 (with a plus where it is signed) from a field 9(5)V99, S9(5)V99 or packed, and
#   2.5 units in 9(3)V9 are 002.5.
#
# Truth: the decimal point is put only where the field is signed or packed: 0012500, +00125.00, +00125.00, and 0025
#   for the units.
#
# Seen: cobolio 0.1.5 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever reads claims from a mainframe: a charge is a hundred times itself and units ten times, or not,
#   by a letter of the copybook.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cobolio==0.1.5

seen=$(venv/bin/python - <<'PY'
import contextlib
import io

import cobolio

copybook = """
       01  CLAIM-LINE.
           05  CODE                  PIC X(5).
           05  CHARGE                PIC 9(5)V99.
           05  PAID                  PIC S9(5)V99.
           05  ALLOWED               PIC S9(5)V99 COMP-3.
           05  UNITS                 PIC 9(3)V9.
"""
with contextlib.redirect_stdout(io.StringIO()):
    length, layout = cobolio.copybook_to_layout(copybook)
record = "992130012500".encode("cp037") + "001250".encode("cp037") + bytes.fromhex("C0 0012500C") + "0025".encode("cp037")
assert len(record) == length
for name, value in cobolio.loads(record, layout).items():
    print(name, value)
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
CODE 99213
CHARGE 0012500
PAID +00125.00
ALLOWED +00125.00
UNITS 0025
END
)
[ "$seen" = "$expected" ]
