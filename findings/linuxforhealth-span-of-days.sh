#!/usr/bin/env bash
# Guess: the dates of service of a professional claim come out of the model in one form, be the line of a day (D8) or
#   of a span (RD8).
#
# Truth: a single day is turned into an ISO date and a span is left as it was on the wire, in the same field:
#   2024-03-01 beside 20240301-20240330. A column made of it and parsed with errors='coerce' loses each span.
#
# Seen: linuxforhealth-x12 0.57.0 (with pydantic 1) and pandas 2.3.3 print the lines below (Python 3.11, November
#   2026).
#
# Who is hurt: whoever makes a data frame of the models: rentals and other spans have no date of service, so that
#   limits by date pass them over.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check linuxforhealth-x12==0.57.0 'pydantic<2' pandas==2.3.3 python-dotenv==1.1.1

cat > claim.837 <<'X12'
ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *240301*1200*^*00501*000000001*0*T*:~
GS*HC*SENDER*RECEIVER*20240301*1200*1*X*005010X222A1~
ST*837*0001*005010X222A1~
BHT*0019*00*1*20240301*1200*CH~
NM1*41*2*CLINIC*****46*S1~
PER*IC*BILLING*TE*8005551212~
NM1*40*2*PAYER*****46*P1~
HL*1**20*1~
NM1*85*2*CLINIC*****XX*1234567893~
N3*1 MAIN ST~
N4*BOSTON*MA*021340000~
REF*EI*999999999~
HL*2*1*22*0~
SBR*P*18*******CI~
NM1*IL*1*DOE*JANE****MI*M1~
N3*2 MAIN ST~
N4*BOSTON*MA*02134~
DMG*D8*19700101*F~
NM1*PR*2*PAYER*****PI*P1~
CLM*A1*300***11:B:1*Y*A*Y*Y~
HI*ABK:E119~
LX*1~
SV1*HC:99213:25*200*UN*1***1~
DTP*472*D8*20240301~
LX*2~
SV1*HC:E0601:RR*100*UN*1***1~
DTP*472*RD8*20240301-20240330~
SE*26*0001~
GE*1*1~
IEA*1*000000001~
X12
seen=$(venv/bin/python - <<'PY'
import pandas as pd
from linuxforhealth.x12.io import X12ModelReader

with X12ModelReader("claim.837") as reader:
    claim = next(reader.models()).dict()
lines = claim["loop_2000a"][0]["loop_2000b"][0]["loop_2300"][0]["loop_2400"]
days = pd.Series([str(line["dtp_segment"][0]["date_time_period"]) for line in lines])
print(*days)
print(*pd.to_datetime(days, errors="coerce"))
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
2024-03-01 20240301-20240330
2024-03-01 00:00:00 NaT
END
)
[ "$seen" = "$expected" ]
