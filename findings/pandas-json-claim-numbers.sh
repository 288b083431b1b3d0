#!/usr/bin/env bash
# Guess: what stands in quotes in JSON is text: the claim numbers "0071" and "71" are two, and "00100" is a code.
#
# Truth: pandas.read_json makes numbers of texts that look like some: the two claims are both 71, the code is 100, and
#   the procedure 3E033 alone in its column is 3 with 33 zeros.
#
# Seen: pandas 3.1.1 prints the lines below (Python 3.11, November 2026); dtype=False keeps the texts.
#
# Who is hurt: whoever reads claims as JSON Lines, FHIR in bulk among them: lines of two claims fall together,
#   anesthesia and revenue codes lose their zeros, though the file says everywhere that they are text.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pandas==3.1.1

seen=$(venv/bin/python - <<'PY'
from io import StringIO

import pandas as pd

lines = """{"claim_id": "0071", "procedure_code": "00100", "revenue_code": "0370", "procedure": "3E033"}
{"claim_id": "71", "procedure_code": "01996", "revenue_code": "0370", "procedure": "3E034"}
"""
for how in ({}, {"dtype": False}):
    read = pd.read_json(StringIO(lines), lines=True, **how)
    print(how, read["claim_id"].nunique(), "claims")
    for column in read:
        print(" ", column, read[column].tolist())
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
{} 1 claims
  claim_id [71, 71]
  procedure_code [100, 1996]
  revenue_code [370, 370]
  procedure [3e+33, 3e+34]
{'dtype': False} 2 claims
  claim_id ['0071', '71']
  procedure_code ['00100', '01996']
  revenue_code ['0370', '0370']
  procedure ['3E033', '3E034']
END
)
[ "$seen" = "$expected" ]
