"""msdrg: `msdrg_edits.py CLAIMS OUT`. Writes what the Medicare Code Editor says of each stay, a line of JSON each.

`{"edits": {name: how often}}`, by the port's names.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import Any

from serve import load_claims

_SEXES = {"M": 0, "F": 1}


def main() -> None:
    import msdrg

    with msdrg.MceEditor() as editor, open(sys.argv[2], "w", encoding="utf-8") as out:  # noqa: PTH123 - as plain as can be
        for claim in load_claims(sys.argv[1]):
            said = editor.edit(translated(claim))
            out.write(json.dumps({"edits": {edit["name"]: edit["count"] for edit in said["edits"]}}) + "\n")


def translated(claim: dict[str, Any]) -> dict[str, Any]:
    of_role = {
        role: [one["code"].replace(".", "") for one in claim["diagnoses"] if one["role"] == role]
        for role in ("principal", "admitting", "other", "external_cause")
    }
    first, last = (date.fromisoformat(claim[name]) for name in ("admission_date", "discharge_date"))
    birth = date.fromisoformat(claim["birth_date"])
    given = {
        "discharge_date": int(last.strftime("%Y%m%d")),
        "age": first.year - birth.year - ((first.month, first.day) < (birth.month, birth.day)),
        "sex": _SEXES.get(claim["sex"], 2),
        "discharge_status": int(claim["patient_status"]),
        "sdx": [{"code": code} for code in (*of_role["other"], *of_role["external_cause"])],
        "procedures": [{"code": one["code"]} for one in claim["procedures"]],
    }
    for name, role in (("pdx", "principal"), ("admit_dx", "admitting")):
        if of_role[role]:
            given[name] = {"code": of_role[role][0]}
    return given


if __name__ == "__main__":
    main()
