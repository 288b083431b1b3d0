#!/usr/bin/env bash
# Guess: in the texts 0.125, 12.5% and 99213 125.00 the amounts are 0.125, 12.5 and 125.00 (or 99213, which comes
#   first).
#
# Truth: 125, 12 and 99213125.00: three digits after a point are thousands even after a zero, a percentage loses its
#   decimals, and two numbers with a space between them are one.
#
# Seen: price-parser 0.5.1 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever reads rates and charges from contracts and statements: a rate is a thousand times itself, and a
#   line with a code is a charge of 99 million.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check price-parser==0.5.1

seen=$(venv/bin/python - <<'PY'
from price_parser import Price

for text in ("0.125", "0.5", "12.5%", "12.75%", "99213 125.00", "99213 - 125.00"):
    print(text, "=", Price.fromstring(text).amount)
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
0.125 = 125
0.5 = 0.5
12.5% = 12
12.75% = 12
99213 125.00 = 99213125.00
99213 - 125.00 = 99213
END
)
[ "$seen" = "$expected" ]
