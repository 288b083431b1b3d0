#!/usr/bin/env bash
# Guess: a column with the contract rates 12.5% and $40.00 stays text, or the percentage becomes 0.125.
#
# Truth: agate strips the percent sign and the dollar sign alike, and gives the numbers 12.5 and 40.
#
# Seen: csvkit 2.2.0 with agate 1.14.2 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever passes a fee or contract file through csvkit on its way: a percentage of charges turns into an
#   amount in dollars.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check csvkit==2.2.0 agate==1.14.2

cat > contract.csv <<'CSV'
revenue_code,rate
0250,12.5%
0450,$40.00
CSV
seen=$(venv/bin/in2csv contract.csv | cut -d, -f2; venv/bin/csvstat --sum -c rate contract.csv)
printf '%s\n' "$seen"

expected=$(cat <<'END'
rate
12.5
40.00
52.5
END
)
[ "$seen" = "$expected" ]
