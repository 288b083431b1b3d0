#!/usr/bin/env bash
# Guess: an inpatient claim with a principal, an admitting and two other diagnoses, a procedure, an occurrence code, a
#   value code and a condition code has four diagnoses, two of them secondary.
#
# Truth: it has eight: every code of an HI segment is one, the procedure 02703ZZ, the occurrence code 11, the value
#   code 80 and the condition code C1 included. The first secondary diagnosis is the primary one, beside the
#   principal; present on admission is left out.
#
# Seen: openx12 0.2.1 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever groups, scores or counts diagnoses: 11 and 80 are diagnoses, and there are two first ones.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openx12==0.2.1

seen=$(venv/bin/python - <<'PY'
from openx12 import x837i

segments = [
    f"ISA*00*{'':10}*00*{'':10}*ZZ*{'SENDER':15}*ZZ*{'RECEIVER':15}*240715*1200*^*00501*000000001*0*P*:",
    "GS*HC*SENDER*RECEIVER*20240715*1200*1*X*005010X223A2",
    "ST*837*0001*005010X223A2",
    "BHT*0019*00*0123*20240715*1200*CH",
    "NM1*41*2*SUBMITTER*****46*S1",
    "PER*IC*DESK*TE*6145551234",
    "NM1*40*2*PAYER*****46*P1",
    "HL*1**20*1",
    "NM1*85*2*HOSPITAL*****XX*1234567893",
    "N3*1 MAIN ST",
    "N4*COLUMBUS*OH*432150000",
    "REF*EI*123456789",
    "HL*2*1*22*0",
    "SBR*P*18*******MA",
    "NM1*IL*1*DOE*JOHN****MI*M1",
    "NM1*PR*2*PAYER*****PI*P1",
    "CLM*A1*5000***11:A:1**A*Y*Y",
    "DTP*434*RD8*20240701-20240705",
    "DTP*435*DT*202407010800",
    "CL1*1*1*01",
    "HI*ABK:I2109:::::::Y",
    "HI*ABJ:R079",
    "HI*ABF:E119:::::::N*ABF:N179:::::::Y",
    "HI*BBR:02703ZZ:D8:20240702",
    "HI*BH:11:D8:20240630",
    "HI*BE:80:::4",
    "HI*BG:C1",
    "LX*1",
    "SV2*0120**5000*DA*4",
]
text = "~".join([*segments, f"SE*{len(segments) - 1}*0001", "GE*1*1", "IEA*1*000000001"]) + "~"
found = x837i.parse(text)
print(found.summary()["total_diagnoses"])
for one in found.claims[0]["diagnoses"]:
    print(one["diagnosis_code"], one["type"])
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
8
I2109 principal
R079 admitting
E119 primary
N179 secondary
02703ZZ other
11 other
80 other
C1 other
END
)
[ "$seen" = "$expected" ]
