#!/usr/bin/env bash
# Guess: a pandera schema of Decimal(10, 2) refuses the charges 0.125 and 10.005, or keeps them.
#
# Truth: with coerce=True it rounds them, half to even, and the frame is valid: 0.12 and 10.00. Without coerce a frame of
#   Decimal("0.125") is refused.
#
# Seen: pandera 0.35.0 with pandas 3.1.1 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever lets a schema guard the charges: a fraction of a cent, which a payer rejects, is gone before anybody
#   sees it, and the total of the claim is off by a cent.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pandera==0.35.0 pandas==3.1.1

seen=$(venv/bin/python - <<'PY'
from decimal import Decimal

import pandas as pd
import pandera.pandas as pa

charges = pd.Series([Decimal("0.125"), Decimal("10.005"), Decimal("0.135")])
print([str(one) for one in pa.SeriesSchema(pa.Decimal(10, 2), coerce=True).validate(charges)])
try:
    pa.SeriesSchema(pa.Decimal(10, 2)).validate(charges)
except pa.errors.SchemaError:
    print("refused")
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
['0.12', '10.00', '0.14']
refused
END
)
[ "$seen" = "$expected" ]
