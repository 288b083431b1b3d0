#!/usr/bin/env bash
# Guess: a patient's list of diagnoses gives the same comorbidities in every order.
#
# Truth: the first code of the list is taken for the principal diagnosis and gives none, so that a list of one code
#   has no comorbidity. The docstring says so; the README's example, which lists five codes of comorbidities and shows
#   five, does not.
#
# Seen: elixhauser-ahrq 2026.1.3 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever collects a member's codes from claim lines, sorted or as a set: which comorbidity is lost
#   depends on the alphabet.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check elixhauser-ahrq==2026.1.3

seen=$(venv/bin/python - <<'PY'
from elixhauser_ahrq import ElixhauserMapper

mapper = ElixhauserMapper()
for codes in (["E1122"], ["E1122", "C7951"], ["C7951", "E1122"]):
    flags = mapper.map_patient_diagnoses(codes)
    print(codes, [name for name, flag in flags.items() if flag])
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
['E1122'] []
['E1122', 'C7951'] ['CANCER_METS']
['C7951', 'E1122'] ['DIAB_CX']
END
)
[ "$seen" = "$expected" ]
