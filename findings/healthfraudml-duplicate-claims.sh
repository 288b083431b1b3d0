#!/usr/bin/env bash
# Guess: four claims of one patient for other services, providers, months and amounts are no duplicates; nor are two
#   visits five months apart, with a window of 30 days.
#
# Truth: all six are flagged: the four with 0.5, since more than three claims of a patient are duplicates, and the two
#   with 1.0. Days play no part.
#
# Seen: healthfraudml 0.2.0 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever sends its flags to review or denial: everybody who is ill more than three times is suspected of
#   double billing.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pandas==2.3.3
venv/bin/pip install --quiet --disable-pip-version-check --no-deps healthfraudml==0.2.0  # without what draws and trains

seen=$(venv/bin/python - <<'PY'
import pandas
from healthfraudml.fraud_types.duplicate_claims import DuplicateClaimsDetector

claims = pandas.DataFrame(
    [
        ("A1", "P1", "Q1", "99213", 125.00, "2024-01-05"),
        ("A2", "P1", "Q2", "80053", 30.00, "2024-02-05"),
        ("A3", "P1", "Q3", "93000", 50.00, "2024-03-05"),
        ("A4", "P1", "Q4", "J1100", 8.00, "2024-04-05"),
        ("B1", "P2", "Q1", "99213", 125.00, "2024-01-05"),
        ("B2", "P2", "Q1", "99213", 125.00, "2024-06-05"),
        ("C1", "P3", "Q1", "99213", 125.00, "2024-01-05"),
    ],
    columns=["claim_id", "patient_id", "provider_id", "procedure_code", "claim_amount", "claim_date"],
)
found = DuplicateClaimsDetector(time_window_days=30).detect(claims)
for one in found.itertuples():
    print(one.claim_id, one.duplicate_flag, one.duplicate_score)
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
A1 1 0.5
A2 1 0.5
A3 1 0.5
A4 1 0.5
B1 1 1.0
B2 1 1.0
C1 0 0.0
END
)
[ "$seen" = "$expected" ]
