#!/usr/bin/env bash
# Guess: of claims created on March 5 each is on or before March 5 and on or after it, and a line of March 1 is on or
#   after March 2024.
#
# Truth: FHIRPath compares values of two precisions to nothing at all, and where() reads nothing as false. A claim
#   whose created has a time of day is on neither side of the day, and a servicedDate is on neither side of its month.
#
# Seen: fhirpathpy 2.2.4 prints the lines below; Claim.created is a dateTime, so both spellings are valid (Python
#   3.11, November 2026).
#
# Who is hurt: whoever selects claims by a day or a month with FHIRPath, as views of SQL on FHIR do: claims are lost
#   from both halves of a split, without an error.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check fhirpathpy==2.2.4

seen=$(venv/bin/python - <<'PY'
from fhirpathpy import evaluate

claims = [
    {
        "resourceType": "Claim", "id": name, "status": "active", "use": "claim", "created": created,
        "type": {"coding": [{"code": "professional"}]}, "priority": {"coding": [{"code": "normal"}]},
        "patient": {"reference": "Patient/1"}, "provider": {"reference": "Organization/1"},
        "insurance": [{"sequence": 1, "focal": True, "coverage": {"reference": "Coverage/1"}}],
        "item": [{"sequence": 1, "productOrService": {"text": "visit"}, "servicedDate": "2024-03-01"}],
    }
    for name, created in (("a", "2024-03-05"), ("b", "2024-03-05T10:00:00Z"))
]

for claim in claims:
    before = evaluate(claim, "Claim.where(created <= @2024-03-05).id")
    after = evaluate(claim, "Claim.where(created >= @2024-03-05).id")
    month = evaluate(claim, "Claim.item.where(servicedDate >= @2024-03).sequence")
    print(claim["created"], "before", before, "after", after, "in or after the month", month)
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
2024-03-05 before ['a'] after ['a'] in or after the month []
2024-03-05T10:00:00Z before [] after [] in or after the month []
END
)
[ "$seen" = "$expected" ]
