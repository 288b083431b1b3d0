#!/usr/bin/env bash
# Guess: for a total of 300.30, the comparisons =, >=, <= and ~ with 300.3 are true and != is false.
#
# Truth: = is false and != true, while >=, <= and ~ are true and the difference is zero. An amount in binary steps,
#   such as 2.5 units or 45.50, is equal: = compares the float's exact value.
#
# Seen: fhirpathpy 2.2.4 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever selects claims or writes a rule by an amount: the ones with cents such as .10 or .30 are never
#   found, the ones with .25, .50 and .75 are.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check fhirpathpy==2.2.4

seen=$(venv/bin/python - <<'PY'
from fhirpathpy import evaluate
from fhirpathpy.models import models

claim = {"resourceType": "Claim", "total": {"value": 300.30}, "item": [{"net": {"value": 45.50}}]}
for test in ("= 300.3", "!= 300.3", ">= 300.3", "<= 300.3", "~ 300.3", "- 300.3"):
    print(test, evaluate(claim, f"Claim.total.value {test}", {}, models["r4"])[0])
print("45.50", evaluate(claim, "Claim.item.net.value = 45.5", {}, models["r4"])[0])
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
= 300.3 False
!= 300.3 True
>= 300.3 True
<= 300.3 True
~ 300.3 True
- 300.3 0.0
45.50 True
END
)
[ "$seen" = "$expected" ]
