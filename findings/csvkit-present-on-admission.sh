#!/usr/bin/env bash
# Guess: in2csv, csvsort and csvjson leave a column of present-on-admission indicators Y, N and 1 as it is.
#
# Truth: agate, which reads for csvkit, takes the column for booleans: Y and 1 both come out as True. On a claim 1
#   means that the code is exempt from reporting, not that the condition was present.
#
# Seen: csvkit 2.2.0 with agate 1.14.2 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever cleans or sorts a file of diagnoses with csvkit: two indicators become one, and neither is a
#   valid one any more. A column with W or U as well stays text, so it depends on the other rows.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check csvkit==2.2.0 agate==1.14.2

cat > diagnoses.csv <<'CSV'
diagnosis,poa
I10,Y
E119,N
Z794,1
CSV
seen=$(venv/bin/in2csv diagnoses.csv; echo 'R99,U' >> diagnoses.csv; venv/bin/in2csv diagnoses.csv)
printf '%s\n' "$seen"

expected=$(cat <<'END'
diagnosis,poa
I10,True
E119,False
Z794,True
diagnosis,poa
I10,Y
E119,N
Z794,1
R99,U
END
)
[ "$seen" = "$expected" ]
