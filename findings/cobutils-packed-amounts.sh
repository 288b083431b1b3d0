#!/usr/bin/env bash
# Guess: packed amounts (COMP-3) of 125.00 whose last half byte is C, D and F are 125.00, -125.00 and 125.00: C and F
#   are plus, D is minus.
#
# Truth: plus with C is minus: -125.00, -125.00 and 125.00. COBOL writes C for a signed amount that is not negative.
#
# Seen: cobutils 0.2.8 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever reads claims or payments from a mainframe: every charge is a credit, of the right size.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cobutils==0.2.8

seen=$(venv/bin/python - <<'PY'
from cobutils.parser import Picture

charge = Picture(["s9(5)v99", "comp-3"])
for packed in ("0012500C", "0012500D", "0012500F"):
    print(packed, charge.extract(bytes.fromhex(packed)))
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
0012500C -125.00
0012500D -125.00
0012500F 125.00
END
)
[ "$seen" = "$expected" ]
