#!/usr/bin/env bash
# Guess: a claim of a dependent, with a rendering provider, place of service 11 and the pointers 1:2, that is read
#   with full_parse_x837p and written with write_to_edi_x837p is that claim.
#
# Truth: the place of service of each line is 12, at home, the second pointer is gone, the rendering provider (82) is
#   the ordering one (DK), and the patient is the subscriber.
#
# Seen: kw-x12-parser 0.1.6 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever corrects or takes out claims this way and sends the rest on: well-formed claims of another
#   patient, at another place.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'kw-x12-parser[dataframe]==0.1.6' pandas==3.1.1

seen=$(venv/bin/python - <<'PY'
from pathlib import Path

from kw_x12_parser import full_parse_x837p, write_to_edi_x837p

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
    "HL*2*1*22*1",
    "SBR*P********CI",
    "NM1*IL*1*DOE*JOHN****MI*M1",
    "NM1*PR*2*PAYER*****PI*P1",
    "HL*3*2*23*0",
    "PAT*19",
    "NM1*QC*1*DOE*ANN",
    "N3*2 ELM ST",
    "N4*DAYTON*OH*45402",
    "DMG*D8*20100202*F",
    "CLM*A1*125***11:B:1*Y*A*Y*Y",
    "HI*ABK:E119*ABF:I10",
    "NM1*82*1*SMITH*SUE****XX*1245319599",
    "LX*1",
    "SV1*HC:99213:25*125*UN*1***1:2",
    "DTP*472*D8*20240701",
]
text = "~".join([*segments, f"SE*{len(segments) - 1}*0001", "GE*1*1", "IEA*1*000000001"]) + "~"
write_to_edi_x837p(full_parse_x837p(text), "again.txt", blank_line_between_segments=False)
again = Path("again.txt").read_text().replace("\n", "").split("~")
for segment in again:
    if segment.startswith(("CLM*", "SV1*", "NM1*IL*", "NM1*QC*", "NM1*82*", "NM1*DK*", "SBR*")):
        print(segment)
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
SBR*P*18*******CI
NM1*IL*1*DOE*JOHN****MI*M1
CLM*A1*125.00***11:B:1*Y*A*Y*Y*P
SV1*HC:99213:25*125.00*UN*1*12**1
NM1*DK*1*SMITH*SUE****XX*1245319599
END
)
[ "$seen" = "$expected" ]
