"""pyoce: `pyoce_edits.py CLAIMS OUT`. Writes what CMS's outpatient code editor says of each claim, a line of JSON each.

`{"edits": [[line, edit], ...]}`, where line 0 is the claim; or `{"passed_over": why}` for one that it does not process.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from pyoce_peer import translated
from serve import load_claims

_ON_LINES = ("hcpcsEditList", "serviceDateEditList", "revenueEditList")
_ON_CLAIMS = (
    "claimRejectionEditList",
    "claimDenialEditList",
    "claimReturnToProviderEditList",
    "claimSuspensionEditList",
)
_DIAGNOSES = ("reasonForVisitDiagnosisCodeList", "secondaryDiagnosisCodeList")
#: Why it looks no further at a claim, in its return codes: the bill type (edit 118), and condition code 41 on it (46).
_NOT_PROCESSED = (18, 22)
#: Bills that are never paid under the outpatient prospective payment system.
_NOT_OPPS = ("73", "78", "83", "84", "85", "89")


def main() -> None:
    import pyoce

    engine = pyoce.IoceComponent()
    with open(sys.argv[2], "w", encoding="utf-8") as out:  # noqa: PTH123 - as plain as a worker can be
        for claim in load_claims(sys.argv[1]):
            given = translated(claim)
            given["conditionCodeInputList"] = claim.get("condition_codes", [])
            given["oppsFlag"] = "2" if claim["bill_type"][1:3] in _NOT_OPPS else "1"
            try:
                answer = _answer(engine.process(given))
            except Exception as error:
                answer = {"passed_over": type(error).__name__}
            out.write(json.dumps(answer) + "\n")


def _answer(said: dict[str, Any]) -> dict[str, Any]:
    code = said["processingInformation"]["returnCode"]
    if said["claimProcessedFlag"] not in {"0", 0} and code not in _NOT_PROCESSED:
        return {"passed_over": f"return code {code}"}
    lines = enumerate(said["lineItemList"], 1)
    found = {(number, edit) for number, line in lines for name in _ON_LINES for edit in line[name]}
    for number, line in enumerate(said["lineItemList"], 1):
        found |= {(number, edit) for modifier in line["hcpcsModifierInputList"] for edit in modifier["editList"]}
    diagnoses = [said["principalDiagnosisCode"], *(one for name in _DIAGNOSES for one in said[name])]
    found |= {(0, edit) for one in diagnoses for edit in one["editList"]}
    found |= {(0, edit) for name in _ON_CLAIMS for edit in said[name]}
    return {"edits": sorted((number, int(edit)) for number, edit in found)}


if __name__ == "__main__":
    main()
