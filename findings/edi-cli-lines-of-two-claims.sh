#!/usr/bin/env bash
# Guess: of two claims of one subscriber, A1 with the line 99213 and A2 with the lines 82947 and 83036, one comes out
#   with its own lines, or both do.
#
# Truth: one claim comes out, A1 of 125.00, with three lines: 99213, 99213 again and 83036, and with both claims'
#   diagnoses. Line 82947 is gone, since LX*1 is always the first LX*1 of the file.
#
# Seen: edi-cli 0.2.2 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever reads a batch: a visit is billed twice, a test never, and the other claim is not there.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check edi-cli==0.2.2

seen=$(venv/bin/python - <<'PY'
from packages.core.transactions.t837p.parser import Parser837P

segments = [
    "ST*837*0001*005010X222A1",
    "BHT*0019*00*0123*20240715*1200*CH",
    "NM1*41*2*SUBMITTER*****46*S1",
    "PER*IC*DESK*TE*6145551234",
    "NM1*40*2*PAYER*****46*P1",
    "HL*1**20*1",
    "NM1*85*2*CLINIC*****XX*1234567893",
    "N3*1 MAIN ST",
    "N4*COLUMBUS*OH*432150000",
    "REF*EI*123456789",
    "HL*2*1*22*0",
    "SBR*P*18*******MB",
    "NM1*IL*1*DOE*JANE****MI*M1",
    "NM1*PR*2*PAYER*****PI*P1",
    "CLM*A1*125***11:B:1*Y*A*Y*Y",
    "HI*ABK:E119",
    "LX*1",
    "SV1*HC:99213:25*125*UN*1***1",
    "DTP*472*D8*20240701",
    "CLM*A2*80***22:B:1*Y*A*Y*Y",
    "HI*ABK:I10",
    "LX*1",
    "SV1*HC:82947*30*UN*1***1",
    "DTP*472*D8*20240702",
    "LX*2",
    "SV1*HC:83036*50*UN*1***1",
    "DTP*472*D8*20240702",
]
segments.append(f"SE*{len(segments) + 1}*0001")
found = Parser837P([segment.split("*") for segment in segments]).parse()
print(found.claim.claim_id, found.claim.total_charge)
print([(line.line_number, line.procedure_code, line.charge_amount) for line in found.service_lines])
print([one.code for one in found.diagnoses])
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
A1 125.0
[('1', '99213', 125.0), ('1', '99213', 125.0), ('2', '83036', 50.0)]
['E119', 'I10']
END
)
[ "$seen" = "$expected" ]
