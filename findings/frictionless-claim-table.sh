#!/usr/bin/env bash
# Guess: frictionless describes the column of diagnosis pointers 1,2 and that of modifiers 25,59 as text.
#
# Truth: both are geopoints, a longitude and a latitude, and come back as two decimals each. Modifiers of letters stay text,
#   and so do three pointers.
#
# Seen: frictionless 5.18.1 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever lets a data package describe an extract of claims: modifier 59 becomes 59.0, beside a type that
#   validates other files by the range of latitudes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check frictionless==5.18.1

cat > lines.csv <<'CSV'
claim_id,pointers,modifiers,sides,all_pointers
A1,"1,2","25,59","RT,LT","1,2,3"
A2,"2,1","59,25","LT,RT","2,3,1"
CSV
seen=$(venv/bin/python - <<'PY'
from frictionless import describe, extract

print({field.name: field.type for field in describe("lines.csv").schema.fields})
first = extract("lines.csv")["lines"][0]
print([float(part) for part in first["pointers"]], [float(part) for part in first["modifiers"]], first["sides"])
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
{'claim_id': 'string', 'pointers': 'geopoint', 'modifiers': 'geopoint', 'sides': 'string', 'all_pointers': 'string'}
[1.0, 2.0] [25.0, 59.0] RT,LT
END
)
[ "$seen" = "$expected" ]
