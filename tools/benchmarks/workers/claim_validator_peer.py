"""claim-validator: `claim_validator_peer.py CLAIMS objects|mappings`.

`objects` is its fastest mode: its claims are built beforehand and its pipeline once. It refuses a claim with an
exception as soon as one value is not of the form it wants; what it refuses is not timed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from serve import load_claims, serve, version


def prepare() -> tuple[dict[str, Any], Callable[[], dict[str, Any]]]:
    from claim_validator.models.claim import ClaimData
    from claim_validator.validators.pipeline import ValidationPipeline
    from pydantic import ValidationError

    path, mode = sys.argv[1:]
    read: list[int] = []
    values, objects = [], []
    for place, claim in enumerate(load_claims(path)):
        given = _translated(claim)
        try:
            objects.append(ClaimData(**given))
        except ValidationError:
            continue
        read.append(place)
        values.append(given)
    pipeline = ValidationPipeline.from_settings()
    lines = sum(len(claim.lines) for claim in objects)

    def run() -> dict[str, Any]:
        if mode == "objects":
            findings = sum(len(pipeline.run(claim).findings) for claim in objects)
        else:
            findings = sum(len(pipeline.run(ClaimData(**claim)).findings) for claim in values)
        return {"lines": lines, "findings": findings}

    return {"version": version("claim-validator"), "claims": len(objects), "lines": lines, "read": read}, run


def _translated(claim: dict[str, Any]) -> dict[str, Any]:
    roles = ["principal"] + ["secondary"] * 11
    return {
        "claim_type": "professional",
        "billing_provider_npi": claim["billing_npi"],
        "rendering_provider_npi": claim["rendering_npi"],
        "subscriber_id": claim["member_id"],
        "subscriber_dob": claim["birth_date"],
        "subscriber_gender": claim["sex"],
        "patient_dob": claim["birth_date"],
        "patient_gender": claim["sex"],
        "payer_id": claim["payer_id"],
        "place_of_service": claim["place_of_service"],
        "total_charge": float(claim["total_charge"]),
        "filing_date": claim["received_date"],
        "diagnosis_codes": [
            {"code": _dotted(code), "pointer": place, "type": role}
            for place, (code, role) in enumerate(zip(claim["diagnoses"], roles, strict=False), 1)
        ],
        "lines": [_line(line) for line in claim["lines"]],
    }


def _line(line: dict[str, Any]) -> dict[str, Any]:
    read = {
        "procedure_code": line["procedure_code"],
        "modifiers": line.get("modifiers", []),
        "diagnosis_pointers": line.get("diagnosis_pointers", []),
        "charge_amount": float(line["charge"]),
        "service_date_from": line["service_date"],
    }
    return {**read, "units": float(line["units"])} if "units" in line else read


def _dotted(code: str) -> str:
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code


if __name__ == "__main__":
    serve(prepare)
