#!/usr/bin/env bash
# Guess: Of quantities with the units of a drug's NDC in X12 (F2 international unit, GR gram, ME milligram, ML milliliter,
#   UN unit), pint reads grams and milliliters, and refuses the rest.
#
# Truth: 5 ML are five megaliters, and 2 GR two thousand million molar gas constants (giga, R). ME, F2 and UN are refused.
#   1 MG, as HCPCS descriptions write a milligram, is a megagauss.
#
# Seen: pint 0.25.3 prints the lines below (Python 3.11, November 2026).
#
# Who is hurt: whoever converts what was billed to what was given: a vial is a thousand million times itself.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pint==0.25.3

seen=$(venv/bin/python - <<'PY'
import pint

registry = pint.UnitRegistry()
for text in ("5 ML", "2 GR", "1 MG", "10 ME", "1 F2", "1 UN"):
    try:
        quantity = registry(text)
    except pint.UndefinedUnitError:
        print(text, "refused")
    else:
        print(text, quantity.magnitude, quantity.units)
print(registry("5 ML").to("mL").magnitude)
PY
)
printf '%s\n' "$seen"

expected=$(cat <<'END'
5 ML 5 megaliter
2 GR 2 gigamolar_gas_constant
1 MG 1 megagauss
10 ME refused
1 F2 refused
1 UN refused
5000000000.0
END
)
[ "$seen" = "$expected" ]
