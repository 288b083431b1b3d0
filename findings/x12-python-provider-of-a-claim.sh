#!/usr/bin/env bash
# Guess: Claim837P.from_transaction of x12-python gives the billing provider, the member and the lines of a claim.
#
# Truth: the provider has the NPI 0000000000, the member is UNKNOWN, and there is no line; the claim itself is found. Written
#   again, the place of service 21 is 11, whatever it was.
#
# Seen: x12-python 0.1.0 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever trusts the model: what comes out is a well-formed claim of an unknown provider, and nothing says so.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check x12-python==0.1.0

seen=$(venv/bin/python - <<'PY'
from x12 import Parser
from x12.core.delimiters import Delimiters
from x12.transactions.healthcare.models import Claim837P

segments = [
    f"ISA*00*{'':10}*00*{'':10}*ZZ*{'SENDER':15}*ZZ*{'RECEIVER':15}*240715*1200*^*00501*000000001*0*P*:",
    "GS*HC*SENDER*RECEIVER*20240715*1200*1*X*005010X222A1",
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
    "CLM*A1*125***21:B:1*Y*A*Y*Y",
    "HI*ABK:I10",
    "LX*1",
    "SV1*HC:99223*125*UN*1***1",
    "DTP*472*D8*20240715",
]
text = "~".join([*segments, f"SE*{len(segments) - 1}*0001", "GE*1*1", "IEA*1*000000001"]) + "~"
claim = Claim837P.from_transaction(Parser().parse(text).functional_groups[0].transactions[0])
print(claim.billing_provider.npi, claim.subscriber.member_id)
print([(one.claim_id, str(one.total_charge), len(one.service_lines)) for one in claim.claims])
print(claim.to_edi(Delimiters()).split("~")[-2])
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
0000000000 UNKNOWN
[('A1', '125', 0)]
CLM*A1*125***11:B:1*Y*A*Y*Y
END
)
[ "$seen" = "$expected" ]
