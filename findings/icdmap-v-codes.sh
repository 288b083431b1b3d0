#!/usr/bin/env bash
# Guess: the ICD-9 codes V70.0 and V58.61 are mapped like 250.00: a package that takes both editions knows that two
#   chapters of ICD-9 start with a letter.
#
# Truth: without a source every code that starts with a letter is taken for ICD-10: the answer holds V70.0 as an
#   ICD-10 code, with nothing mapped.
#
# Seen: icdmap 0.1.1 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever converts old claims in one pass: check-ups, long-term drugs and histories come back unmapped,
#   under the name of the other edition.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check icdmap==0.1.1

seen=$(venv/bin/python - <<'PY'
from icdmap import ICDConverter

guessing, told = ICDConverter(), ICDConverter(source="icd9")
for code in ("250.00", "V70.0", "V58.61"):
    print(code, guessing.convert(code)[0]["ICD-10"], told.convert(code)[0]["ICD-10"])
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
250.00 E11.9 E11.9
V70.0 V70.0 Z00.00
V58.61 V58.61 Z79.01
END
)
[ "$seen" = "$expected" ]
