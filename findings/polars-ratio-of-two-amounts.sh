#!/usr/bin/env bash
# Guess: paid 45.00 over allowed 120.00, both decimal(10, 2), is 0.375: the quotient has more places than its terms,
#   as in SQL.
#
# Truth: polars keeps the scale of the terms: the quotient is 0.38 of type decimal(38, 2).
#
# Seen: polars 2.1.0 prints the lines below; the same ratio times 120.00 is 45.60 (Python 3.11, November 2026).
#
# Who is hurt: whoever divides two columns of money: a ratio of payment, a price per unit, a share to allocate. It is
#   rounded to cents before it is used, without a warning.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check polars==2.1.0

seen=$(venv/bin/python - <<'PY'
from decimal import Decimal

import polars as pl

money = pl.Decimal(10, 2)
line = pl.DataFrame(
    {"paid": [Decimal("45.00")], "allowed": [Decimal("120.00")]}, schema={"paid": money, "allowed": money}
)
ratio = line.select(ratio=pl.col("paid") / pl.col("allowed"))["ratio"]
print("ratio", ratio[0], "of type", ratio.dtype)
print("ratio times allowed", (ratio * line["allowed"])[0])
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
ratio 0.38 of type Decimal(precision=38, scale=2)
ratio times allowed 45.60
END
)
[ "$seen" = "$expected" ]
