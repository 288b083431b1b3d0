"""pyoce: `pyoce_peer.py CLAIMS`. Outpatient hospital claims only, by CMS's outpatient code editor."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from serve import load_claims, serve, version


def prepare() -> tuple[dict[str, Any], Callable[[], dict[str, Any]]]:
    import pyoce

    engine = pyoce.IoceComponent()
    read: list[int] = []
    given = []
    for place, claim in enumerate(load_claims(sys.argv[1])):
        offered = translated(claim)
        try:
            said = engine.process(offered)
        except Exception:  # noqa: S112 - what it stumbles over is what it cannot read
            continue
        if said["claimProcessedFlag"] not in {"0", 0}:
            continue
        read.append(place)
        given.append(offered)
    lines = sum(len(claim["lineItemList"]) for claim in given)

    def run() -> dict[str, Any]:
        edits = sum(_edits(engine.process(claim)) for claim in given)
        return {"lines": lines, "findings": edits}

    return {"version": version("pyoce"), "claims": len(given), "lines": lines, "read": read}, run


def translated(claim: dict[str, Any]) -> dict[str, Any]:
    principal, *others = claim["diagnoses"]
    return {
        "claimId": claim["claim_id"],
        "age": str(int(claim["statement_from"][:4]) - int(claim["birth_date"][:4])),  # all are born on January 1
        "sex": {"M": "1", "F": "2"}[claim["sex"]],
        "billType": claim["bill_type"][1:],
        "dateStarted": _day(claim["statement_from"]),
        "dateEnded": _day(claim["statement_through"]),
        "receiptDate": _day(claim["received_date"]),
        "nationalProviderId": claim["billing_npi"],
        "patientStatus": claim["patient_status"],
        "oppsFlag": "1",
        "principalDiagnosisCode": {"diagnosis": principal},
        "secondaryDiagnosisCodeList": [{"diagnosis": code} for code in others],
        "lineItemList": [_line(line) for line in claim["lines"]],
    }


def _line(line: dict[str, Any]) -> dict[str, Any]:
    return {
        "serviceDate": _day(line["service_date"]),
        "hcpcs": line.get("procedure_code", ""),
        "hcpcsModifierInputList": [{"hcpcsModifier": modifier} for modifier in line.get("modifiers", [])],
        "revenueCode": line["revenue_code"],
        "unitsInput": str(line.get("units", "")),
        "charge": line["charge"].replace(".", ""),
    }


def _day(text: str) -> str:
    return text.replace("-", "")


def _edits(said: dict[str, Any]) -> int:
    lists = ("hcpcsEditList", "serviceDateEditList", "revenueEditList")
    of_lines = sum(len(line[name]) for line in said["lineItemList"] for name in lists)
    return of_lines + len(said["principalDiagnosisCode"]["editList"])


if __name__ == "__main__":
    serve(prepare)
