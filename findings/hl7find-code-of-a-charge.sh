#!/usr/bin/env bash
# Guess: find('FT1*.25.1') gives the codes of the charges 99213, 99214^VISIT^CPT and J1100, which are those codes.
#
# Truth: a field without components is taken apart by characters: 9, 99214 and J. The second components are 9, VISIT
#   and 1.
#
# Seen: hl7find 1.0.2 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever reads charges (DFT): whether a code is whole depends on whether the sender added its name.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check hl7find==1.0.2

seen=$(venv/bin/python - <<'PY'
from hl7find import HL7Message


def charge(number, code):
    return "|".join(["FT1", str(number), "", "", "20240301", "", "CG", *[""] * 18, code, "25"])


head = "MSH|^~\\&|A|B|C|D|20240301||DFT^P03|1|P|2.5"
message = HL7Message("\n".join([head, charge(1, "99213"), charge(2, "99214^VISIT^CPT"), charge(3, "J1100")]))
print(message.find("FT1*.25"))
print(message.find("FT1*.25.1"))
print(message.find("FT1*.25.2"))
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
['99213', ['99214', 'VISIT', 'CPT'], 'J1100']
['9', '99214', 'J']
['9', 'VISIT', '1']
END
)
[ "$seen" = "$expected" ]
