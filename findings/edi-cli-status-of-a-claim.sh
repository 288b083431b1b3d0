#!/usr/bin/env bash
# Guess: the status F1:65 of July 20, on a charge of 100.00 of which 80.00 were paid, adjudicated on July 19, is
#   category F1, status 65, and one of the two amounts.
#
# Truth: the elements are not those of STC: the status code is the day of the status (STC02), the category is empty
#   (STC03), and the amount is the day of the adjudication (STC06), 20240719.0 dollars. With two subscribers the
#   status of the second comes twice.
#
# Seen: edi-cli 0.2.2 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever posts claim status responses: twenty million dollars on each claim, and none of the statuses.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check edi-cli==0.2.2

seen=$(venv/bin/python - <<'PY'
from packages.core.transactions.t276.parser import Parser276

segments = [
    "ST*277*0001*005010X212",
    "BHT*0010*08*R1*20240715*1200*DG",
    "HL*1**20*1",
    "NM1*PR*2*PAYER*****PI*12345",
    "HL*2*1*21*1",
    "NM1*41*2*CLINIC*****46*S1",
    "HL*3*2*19*1",
    "NM1*1P*2*CLINIC*****XX*1234567893",
]
for number, status, paid in ((4, "F1:65", "80"), (5, "F2:88", "0")):
    segments += [
        f"HL*{number}*3*22*0",
        f"NM1*IL*1*DOE*JANE****MI*M{number}",
        f"TRN*2*T{number}",
        f"STC*{status}*20240720**100*{paid}*20240719*ACH*20240718*E{number}",
        f"REF*1K*ICN{number}",
        f"DTP*472*D8*2024030{number}",
    ]
segments.append(f"SE*{len(segments) + 1}*0001")
answer = Parser276([segment.split("*") for segment in segments]).parse()
for one in answer.claim_status_info:
    print(one.entity_identifier_code, one.status_code, repr(one.status_category_code), one.monetary_amount)
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
F1:65 20240720 '' 20240719.0
F2:88 20240720 '' 20240719.0
F2:88 20240720 '' 20240719.0
END
)
[ "$seen" = "$expected" ]
