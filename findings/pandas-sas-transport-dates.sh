#!/usr/bin/env bash
# Guess: a column of SAS dates is a column of dates, as it is from the other SAS format (sas7bdat).
#
# Truth: of a SAS transport file (xpt) pandas.read_sas gives the days since 1960 as floats; pyreadstat reads the same file
#   as dates.
#
# Seen: pandas 3.1.1 and pyreadstat 1.3.7 print the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever reads claims in the format in which public agencies exchange SAS data: dates of service compare and
#   sort, are none, and join no other table's.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pandas==3.1.1 pyreadstat==1.3.7

seen=$(venv/bin/python - <<'PY'
import datetime

import pandas as pd
import pyreadstat

line = pd.DataFrame({"code": ["00100"], "dos": [datetime.date(2024, 7, 15)], "charge": [92.05]})
pyreadstat.write_xport(line, "claims.xpt", table_name="CLAIMS", file_format_version=5)
for name, read in (
    ("pandas", pd.read_sas("claims.xpt", encoding="latin-1")),
    ("pyreadstat", pyreadstat.read_xport("claims.xpt")[0]),
):
    print(name, read["code"][0], read["dos"][0])
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
pandas 00100 23572.0
pyreadstat 00100 2024-07-15
END
)
[ "$seen" = "$expected" ]
