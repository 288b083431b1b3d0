#!/usr/bin/env bash
# Guess: toString() of the amounts 99.99, 45.50 and 300.30 of a claim and of 2.5 and 0.5 units gives those numbers, if
#   need be without a last zero.
#
# Truth: an element of a resource is rounded to a whole number, halves to the even one: 100, 46, 300, 2 and 0. A
#   number written in the expression keeps its decimals, and the element itself has them too.
#
# Seen: fhirpathrs 0.1.5 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever makes text of claims, for a file, a message or a key: cents are gone, and half a unit is none.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check fhirpathrs==0.1.5

seen=$(venv/bin/python - <<'PY'
from fhirpathrs import evaluate

for amount, units in ((99.99, 2.5), (45.50, 0.5), (300.30, 1.5)):
    claim = {"resourceType": "Claim", "total": {"value": amount}, "item": [{"quantity": {"value": units}}]}
    print(
        evaluate("Claim.total.value", claim),
        evaluate("Claim.total.value.toString()", claim),
        evaluate("Claim.total.value & ' USD'", claim),
        evaluate("Claim.item.first().quantity.value.toString()", claim),
        evaluate(f"{amount}.toString()", claim),
    )
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
99.99 100 100 USD 2 99.99
45.5 46 46 USD 0 45.5
300.3 300 300 USD 2 300.3
END
)
[ "$seen" = "$expected" ]
