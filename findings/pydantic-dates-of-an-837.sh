#!/usr/bin/env bash
# Guess: For the date of an 837, 20240715 (D8), a pydantic model gives 2024-07-15 in a field of type `date` and in one of type
#   `datetime`, or refuses it in both.
#
# Truth: the text is a number of seconds since 1970. A `datetime` is 1970-08-23 06:25:15 UTC, and 202407151030 (DT) is in
#   1976. A `date` is refused, because that is not midnight.
#
# Seen: pydantic 2.14.4 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever gives elements of an 837 to a model with dates and times: each day of this century is one of August 1970.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pydantic==2.14.4

seen=$(venv/bin/python - <<'PY'
import datetime

from pydantic import TypeAdapter, ValidationError

for kind in (datetime.datetime, datetime.date):
    for text in ("20240715", "202407151030", "2024-07-15"):
        try:
            print(kind.__name__, text, TypeAdapter(kind).validate_python(text))
        except ValidationError:
            print(kind.__name__, text, "refused")
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
datetime 20240715 1970-08-23 06:25:15+00:00
datetime 202407151030 1976-05-31 16:12:31.030000+00:00
datetime 2024-07-15 2024-07-15 00:00:00
date 20240715 refused
date 202407151030 refused
date 2024-07-15 2024-07-15
END
)
[ "$seen" = "$expected" ]
