#!/usr/bin/env bash
# Guess: the original reason for entitlement 1 gives one risk score, as text or as the number that a CSV reader makes
#   of it.
#
# Truth: only the text '1' counts. The number 1 is taken for 0 without an error, and the score lacks the addition for
#   those who were entitled by disability first.
#
# Seen: hccpy 0.1.9 prints the lines below (model V24, E119, age 70, female, CNA) (Python 3.11, November 2026).
#
# Who is hurt: whoever feeds members from a data frame: the column is a number there, and every score of a member who
#   was disabled first is too low.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check hccpy==0.1.9

seen=$(venv/bin/python - <<'PY'
from hccpy.hcc import HCCEngine

engine = HCCEngine("24")
for reason in ("0", "1", 1):
    profile = engine.profile(["E119"], age=70, sex="F", elig="CNA", orec=reason)
    print(repr(reason), float(profile["risk_score"]))
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
'0' 0.491
'1' 0.741
1 0.491
END
)
[ "$seen" = "$expected" ]
