#!/usr/bin/env bash
# Guess: pyedi 1.1.0, which reads with pyx12 and needs 2.3.3 or later, gives an 835 as nested loops with either pyx12: the
#   service lines of a claim inside the claim, and the address that follows N1*PR as the payer's.
#
# Truth: with pyx12 2.3.3 the lines of all claims are one list beside the claims, and none names its claim. With pyx12 4.0.0,
#   which pip chooses, there are no loops at all: claims, patients, lines, dates and adjustments are lists of their own, and
#   the payer's address is called the payee's. Neither raises an error.
#
# Seen: pyedi 1.1.0 with pyx12 2.3.3 and 4.0.0 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever posts payments from the structured form: line payments go to a claim by chance, letters to the payer's
#   street.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

cat > segments.txt <<'END'
ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *240801*1200*^*00501*000000001*0*T*:
GS*HP*SENDER*RECEIVER*20240801*1200*1*X*005010X221A1
ST*835*0001
BPR*I*135*C*CHK************20240801
TRN*1*12345*1512345678
DTM*405*20240801
N1*PR*PAYER ONE
N3*1 MAIN ST
N4*AUSTIN*TX*78701
PER*BL*DESK*TE*5125550100
N1*PE*CLINIC*XX*1245319599
LX*1
CLP*A1*1*125*100*0*12*ICN1*11*1
NM1*QC*1*DOE*JANE****MI*M1
SVC*HC:99213*125*100**1
DTM*472*20240715
CAS*CO*45*25
CLP*A2*1*80*35*0*12*ICN2*11*1
NM1*QC*1*ROE*RICK****MI*M2
SVC*HC:82947*30*10**1
DTM*472*20240716
CAS*CO*45*20
SVC*HC:83036*50*25**1
DTM*472*20240716
CAS*CO*45*25
SE*24*0001
GE*1*1
IEA*1*000000001
END
sed 's/$/~/' segments.txt > remittance.835

cat > look.py <<'END'
import logging

from pyedi import StructuredFormatter, X12Parser

logging.disable(logging.CRITICAL)


def walk(value, path=()):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from walk(inner, (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from walk(inner, (*path, number))
    else:
        yield path, value


structured = StructuredFormatter().format(X12Parser().parse("remittance.835"))
for path, value in walk(structured):
    if value == "1 MAIN ST" or path[-1] in ("patient_control_number", "procedure_code"):
        print("/".join(map(str, path)), value)
END

seen=$(for version in 2.3.3 4.0.0; do
  python3 -m venv "$version"
  "$version/bin/pip" install --quiet --disable-pip-version-check pyedi==1.1.0 "pyx12==$version" 2>pip.txt || { cat pip.txt >&2; exit 1; }
  echo "pyx12 $version"
  "$version/bin/python" look.py
done)
printf '%s\n' "$seen"

expected=$(cat <<'END'
pyx12 2.3.3
heading/payer_N1_loop/0/payer_address_N3/payer_address_line_1 1 MAIN ST
detail/claim_payment_information_loop/0/claim_payment_information_CLP/patient_control_number A1
detail/claim_payment_information_loop/1/claim_payment_information_CLP/patient_control_number A2
detail/service_payment_information_loop/0/service_payment_information_SVC/procedure_code 99213
detail/service_payment_information_loop/1/service_payment_information_SVC/procedure_code 82947
detail/service_payment_information_loop/2/service_payment_information_SVC/procedure_code 83036
pyx12 4.0.0
detail/transaction_set_header_loop/transaction_set_header_N3/payee_address_line_1 1 MAIN ST
detail/transaction_set_header_loop/transaction_set_header_CLP/0/patient_control_number A1
detail/transaction_set_header_loop/transaction_set_header_CLP/1/patient_control_number A2
detail/transaction_set_header_loop/transaction_set_header_SVC/0/procedure_code 99213
detail/transaction_set_header_loop/transaction_set_header_SVC/1/procedure_code 82947
detail/transaction_set_header_loop/transaction_set_header_SVC/2/procedure_code 83036
END
)
[ "$seen" = "$expected" ]
