#!/usr/bin/env bash
# Guess: a package that ships the 2026 ICD-10-CM list knows the billable code S72.001A.
#
# Truth: its list has the header S72.001, which is not billable, and not S72.001A: of its 14,044 entries from S and T
#   20 have seven characters. Seventh characters stand in it after a category, as S00.XXXXA.
#
# Seen: icdlookup 0.1.0 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever joins it to claims to find invalid codes: injuries and poisonings look invalid, and the headers
#   that payers reject look valid.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check icdlookup==0.1.0

seen=$(venv/bin/python - <<'PY'
import icdlookup

for code in ("E11.9", "S72.001", "S72.001A", "T36.0X1", "T36.0X1A"):
    print(code, icdlookup.lookup(code) is not None)
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
E11.9 True
S72.001 True
S72.001A False
T36.0X1 True
T36.0X1A False
END
)
[ "$seen" = "$expected" ]
