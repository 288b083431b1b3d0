#!/usr/bin/env bash
# Guess: from December 31 to January 1 the difference, which counts boundaries, is one year, one month and one day;
#   the duration, which counts full spans, is no year, no month and one day.
#
# Truth: both operators give no year, one month and one day: years are counted in full and months by their boundaries,
#   in either.
#
# Seen: cqlpy 0.3.1 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever counts ages, waiting periods or once-a-year benefits with it: a day is a month, and a new
#   calendar year is none.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cqlpy==0.3.1 python-dateutil==2.9.0.post0

seen=$(venv/bin/python - <<'PY'
from cqlpy.operators import DateTimePrecision, difference_between, duration_between
from cqlpy.types import DateTime

first, last = DateTime(2023, 12, 31), DateTime(2024, 1, 1)
for count in (difference_between, duration_between):
    for unit in (DateTimePrecision.Year, DateTimePrecision.Month, DateTimePrecision.Day):
        print(count.__name__, unit.name, count(first, last, unit))
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
difference_between Year 0
difference_between Month 1
difference_between Day 1
duration_between Year 0
duration_between Month 1
duration_between Day 1
END
)
[ "$seen" = "$expected" ]
