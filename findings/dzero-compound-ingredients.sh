#!/usr/bin/env bash
# Guess: the ingredients of a compound drug in an NCPDP D.0 claim are a list, or a list of values under each field.
#
# Truth: each ingredient takes the place of the one before: of three the last is left, beside the count of 3, and the
#   message that is written again has lost two.
#
# Seen: dzero-python 1.0.2 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever reads pharmacy claims for drug costs or edits: a compound has one ingredient, whose cost is not
#   the claim's; submission clarification codes and coordination of benefits repeat in the same way.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check dzero-python==1.0.2

seen=$(venv/bin/python - <<'PY'
from dzero_python import Request

segment, field, group = "\x1e", "\x1c", "\x1d"
header = f"004336D0B1{'':10}101{'1234567893':15}20240715{'':10}"
claim = ["AM07", "EM1", "D2000123", "E103", "D700", "E72000"]
compound = ["AM10", "EF11", "EG3", "EC03"]
for ndc, cost in (("00002821501", "1234E"), ("00409488810", "50{"), ("00703367501", "7A")):
    compound += ["RE03", f"TE{ndc}", "ED1000", f"EE{cost}"]
message = header + group + "".join(segment + field + field.join(fields) for fields in (claim, compound))

request = Request.parse(message)
read = request.to_json()["transaction_groups"][0]["segments"][1]
print("count", read["EC"], "ingredient", read["TE"], "cost", read["EE"])
print("ingredients written again", request.to_s().count(field + "TE"))
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
count 03 ingredient 00703367501 cost 7A
ingredients written again 1
END
)
[ "$seen" = "$expected" ]
