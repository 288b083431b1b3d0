#!/usr/bin/env bash
# Guess: a coverage whose period has a start, January 1, and no end is an interval without an upper bound, and March 5
#   is in it.
#
# Truth: the interval ends on the day on which it starts: January 1 to January 1, and March 5 is not in it.
#
# Seen: cqlpy 0.3.1 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever checks coverage on the day of service: everybody with a running coverage has lost it after its
#   first day.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cqlpy==0.3.1 python-dateutil==2.9.0.post0

seen=$(venv/bin/python - <<'PY'
from cqlpy.operators import in_interval
from cqlpy.types import Date, Interval

for period in ({"start": "2024-01-01"}, {"start": "2024-01-01", "end": "2024-12-31"}):
    covered = Interval.parse_fhir_json(period)
    print(covered.low, covered.high, in_interval(Date.parse_cql("2024-03-05"), covered))
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
2024-01-01 00:00:00 2024-01-01 00:00:00 False
2024-01-01 00:00:00 2024-12-31 00:00:00 True
END
)
[ "$seen" = "$expected" ]
