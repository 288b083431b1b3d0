#!/usr/bin/env bash
# Guess: a subscriber (INS*Y*18*021*28*A) with a health coverage from January and a dental one to June has the benefit
#   status A, a name, and both coverages.
#
# Truth: the benefit status is 28, which is the reason of the change; the demographics are empty, for every member;
#   and the coverage is the health one alone.
#
# Seen: validedi 0.4.0 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever loads enrollments (834): members without a name, birth date or sex, none of whom is active, and
#   no dental plan.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check validedi==0.4.0

seen=$(venv/bin/python - <<'PY'
from pathlib import Path

import validedi

segments = [
    f"ISA*00*{'':10}*00*{'':10}*ZZ*{'SPONSOR':15}*ZZ*{'PAYER':15}*240715*1200*^*00501*000000001*0*P*:",
    "GS*BE*SPONSOR*PAYER*20240715*1200*1*X*005010X220A1",
    "ST*834*0001*005010X220A1",
    "BGN*00*1*20240715*1200****4",
    "REF*38*POLICY1",
    "N1*P5*SPONSOR*FI*123456789",
    "N1*IN*PAYER*FI*987654321",
    "INS*Y*18*021*28*A***FT",
    "REF*0F*M1",
    "NM1*IL*1*DOE*JOHN",
    "N3*2 ELM ST",
    "N4*DAYTON*OH*45402",
    "DMG*D8*19800101*M",
    "HD*021**HLT*GOLD*FAM",
    "DTP*348*D8*20240101",
    "HD*021**DEN*DENTAL*EMP",
    "DTP*348*D8*20240101",
    "DTP*349*D8*20240630",
]
text = "~".join([*segments, f"SE*{len(segments) - 1}*0001", "GE*1*1", "IEA*1*000000001"]) + "~"
Path("enrollment.834").write_text(text)
[member] = validedi.extract_enrollments(validedi.parse("enrollment.834"))["members"]
print(member["benefit_status"], member["demographics"], member["coverage"])
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
28 {} {'maintenance_type': '021', 'insurance_line_code': 'HLT', 'benefit_begin': '20240101'}
END
)
[ "$seen" = "$expected" ]
