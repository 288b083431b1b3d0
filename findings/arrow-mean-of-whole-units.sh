#!/usr/bin/env bash
# Guess: the mean of the units 1, 1, 1 and 2, kept as decimal(10, 0) as a database's NUMBER(10, 0) comes, is 1.25.
#
# Truth: pyarrow's mean keeps the scale of its input, so the mean is 1; group_by and a pandas column of Arrow's type
#   do the same. DECIMAL columns of Parquet files and warehouses arrive with this type.
#
# Seen: pyarrow 26.0.1 and pandas 3.1.1 print the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever reports mean units, days or charges: a mean charge loses what is under a cent, a mean of whole
#   units its whole fraction. Nothing warns.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyarrow==26.0.1 pandas==3.1.1

seen=$(venv/bin/python - <<'PY'
from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

units = pa.array([Decimal(n) for n in (1, 1, 1, 2)], pa.decimal128(10, 0))
print("pyarrow mean", pc.mean(units), "of type", pc.mean(units).type)
lines = pa.table({"code": ["97110"] * 4, "units": units})
print("pyarrow group_by", lines.group_by("code").aggregate([("units", "mean")])["units_mean"][0])
print("pandas mean", pd.Series(units.to_pylist(), dtype=pd.ArrowDtype(units.type)).mean())
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
pyarrow mean 1 of type decimal128(10, 0)
pyarrow group_by 1
pandas mean 1
END
)
[ "$seen" = "$expected" ]
