#!/usr/bin/env bash
# Guess: `parse_decimal(text, locale="en_US")` of babel reads 1,250.00, and refuses 1,25 and 125,00, whose comma separates no
#   thousands.
#
# Truth: every comma is taken away: 1,25 is 125 and 125,00 is 12500. Only with strict=True are the two refused.
#
# Seen: babel 2.19.0 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever reads charges that were keyed with a comma: they are a hundred times themselves.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check babel==2.19.0

seen=$(venv/bin/python - <<'PY'
from babel.numbers import NumberFormatError, parse_decimal

for text in ("1,250.00", "1,25", "125,00"):
    for strict in (False, True):
        try:
            print(text, strict, parse_decimal(text, locale="en_US", strict=strict))
        except NumberFormatError:
            print(text, strict, "refused")
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
1,250.00 False 1250.00
1,250.00 True 1250.00
1,25 False 125
1,25 True refused
125,00 False 12500
125,00 True refused
END
)
[ "$seen" = "$expected" ]
