#!/usr/bin/env bash
# Guess: setting FT1-26 of a charge with the modifiers 25~59 to RT replaces both, or the first: RT, or RT~59; and to
#   RT~LT, RT~LT.
#
# Truth: it drops the first and appends the new one: 59~RT. Two modifiers are one, with the separator escaped:
#   59~RT\R\LT.
#
# Seen: hl7apy 1.3.5 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever corrects a charge message (DFT) on its way to billing: the old modifier stays, the order, which
#   is the order of payment, is another, and of two new modifiers there is none.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check hl7apy==1.3.5

seen=$(venv/bin/python - <<'PY'
from hl7apy.parser import parse_message

charge = ["FT1", "1", "", "", "20240301", "", "CG", "99213"] + [""] * 17 + ["99213", "25~59"]
head = "MSH|^~\\&|A|B|C|D|20240301||DFT^P03^DFT_P03|1|P|2.5"
text = "\r".join([head, "EVN||20240301", "PID|1||1||DOE^JANE", "|".join(charge)])
for modifiers in ("RT", "RT~LT"):
    message = parse_message(text, find_groups=False)
    message.ft1.ft1_26 = modifiers
    print(modifiers, "gives", message.ft1.to_er7().split("|")[26])
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
RT gives 59~RT
RT~LT gives 59~RT\R\LT
END
)
[ "$seen" = "$expected" ]
