#!/usr/bin/env bash
# Guess: in the second of three fixed-width records, whose units are blank, the units are missing, and the code and
#   charge after them are read as they stand.
#
# Truth: a blank number ends the record: its units and every field after them keep the values of the record before.
#   The second claim has the first one's code and charge.
#
# Seen: coboljsonifier 1.0.8 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever converts claims from a mainframe: a line without units is billed with the code and charge of
#   another claim, and no error says so.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check coboljsonifier==1.0.8

seen=$(venv/bin/python - <<'PY'
from pathlib import Path

from coboljsonifier.config.parser_type_enum import ParseType
from coboljsonifier.copybookextractor import CopybookExtractor
from coboljsonifier.parser import Parser

Path("line.cpy").write_text("""       01 CLAIM-LINE.
          05 CLAIM-ID       PIC X(4).
          05 UNITS          PIC 9(3).
          05 PROCEDURE-CODE PIC X(5).
          05 CHARGE         PIC 9(5)V99.
""")
parser = Parser(CopybookExtractor("line.cpy").dict_book_structure, ParseType.FLAT_ASCII).build()
for record in ("A001001992130012500", "A002   992140017500", "A003002992150022500"):
    parser.parse(record)
    line = parser.value
    print(line["CLAIM-ID"], line["UNITS"], line["PROCEDURE-CODE"], line["CHARGE"])
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
A001 1 99213 125.00
A002 1 99213 125.00
A003 2 99215 225.00
END
)
[ "$seen" = "$expected" ]
