#!/usr/bin/env bash
# Guess: a claim of a remittance that has its day of service on the line (DTM*472 of March 1) and none of its own has
#   March 1, or none.
#
# Truth: it has the moment at which it is read: only DTM*232, the start of the claim's statement period, takes the
#   place of datetime.now(). With DTM*232 it is that day.
#
# Seen: x12-edi-tools 0.1.2 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever posts remittances: each claim was served today, which is a valid day, and another one tomorrow.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check x12-edi-tools==0.1.2

seen=$(venv/bin/python - <<'PY'
from datetime import date

from x12_edi_tools.remittance_advise_parser import RemittanceAdviceParser


def remittance(*dates):
    segments = [
        "ST*835*0001",
        "BPR*I*80*C*ACH*CCP*01*111000025*DA*1*1512345678**01*111000025*DA*2*20240715",
        "TRN*1*T1*1512345678",
        "N1*PR*PAYER*XV*12345",
        "N1*PE*CLINIC*XX*1234567893",
        "LX*1",
        "CLP*A1*1*150*80*20*MC*ICN1*11*1",
        "NM1*QC*1*DOE*JANE****MI*M1",
        *dates,
        "SVC*HC:99213*150*80**1",
        "DTM*472*20240301",
        "CAS*CO*45*50",
        "CAS*PR*2*20",
    ]
    return "~".join([*segments, f"SE*{len(segments) + 1}*0001"]) + "~"


for dates in ((), ("DTM*232*20240229",)):
    [claim] = RemittanceAdviceParser().parse(remittance(*dates)).claims
    served = claim.service_date.date()
    print("today" if served == date.today() else served)
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
today
2024-02-29
END
)
[ "$seen" = "$expected" ]
