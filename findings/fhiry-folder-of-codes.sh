#!/usr/bin/env bash
# Guess: fhiry reads a folder of FHIR bundles into the data frame that it makes of each of them.
#
# Truth: read as a file, a bundle has its codes in code.coding.codes; read as a folder, the same bundle has a column
#   code.coding.codes.codes instead, and every code in it is empty.
#
# Seen: fhiry 5.2.2 prints the lines below (Python 3.11, November 2026); what it says on the way is left out.
#
# Who is hurt: whoever reads claims or conditions in bulk: claim types and diagnoses are all empty, without an error,
#   and the column is there.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check fhiry==5.2.2

seen=$(venv/bin/python - <<'PY'
import contextlib
import io
import json
from pathlib import Path

from fhiry import Fhiry


def coded(system, code):
    return {"coding": [{"system": system, "code": code}]}


resources = [
    {
        "resourceType": "Condition",
        "id": "1",
        "subject": {"reference": "Patient/12"},
        "code": coded("http://hl7.org/fhir/sid/icd-10-cm", "E11.9"),
    },
    {
        "resourceType": "Condition",
        "id": "2",
        "subject": {"reference": "Patient/12"},
        "code": coded("http://hl7.org/fhir/sid/icd-10-cm", "I10"),
    },
]
Path("bundles").mkdir()
bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}
Path("bundles/1.json").write_text(json.dumps(bundle))
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    file = Fhiry().process_file("bundles/1.json")
    reader = Fhiry()
    reader.folder = "bundles"
    reader.process_source()
for name, frame in (("file", file), ("folder", reader.df)):
    print(name, frame.filter(like="coding").to_dict("list"))
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
file {'code.coding.codes': ['E11.9', 'I10']}
folder {'code.coding.codes.codes': ['', '']}
END
)
[ "$seen" = "$expected" ]
