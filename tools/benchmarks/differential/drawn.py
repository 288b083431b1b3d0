"""Claims of a kind: lines that a kind draws, put on a claim of a facility."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

__all__ = ["DAYS", "FIRST", "Drawn", "Line", "claim_of", "line"]

Line = dict[str, Any]

FIRST, DAYS = date(2024, 7, 1), 85  #: the third quarter of 2024, for which both sides hold tables


def line(
    code: str | None, revenue: str, *modifiers: str, units: int = 1, days: int = 0, charge: str = "120.00"
) -> Line:
    """A line, so many days after the claim's first."""
    given: Line = {"revenue_code": revenue, "units": units, "charge": charge, "days": days}
    if code is not None:
        given |= {"procedure_code": code, "modifiers": list(modifiers)}
    return given


@dataclass(frozen=True)
class Drawn:
    """What a kind of claim draws: bill type, condition codes, diagnoses (the principal first), lines, and where it
    matters the first day, the year of birth and the patient status."""

    bill: str
    conditions: Sequence[str]
    diagnoses: Sequence[str]
    lines: Sequence[Line]
    start: date | None = None
    born: int = 1950
    status: str = "01"
    facts: dict[str, Any] = field(default_factory=dict)


def claim_of(drawn: Drawn, claim_id: str, sex: str, start: date) -> dict[str, Any]:
    """The claim, from `start` on where the kind does not say when."""
    first = drawn.start or start
    lines = [dict(one) for one in drawn.lines]
    for one in lines:
        one["service_date"] = (first + timedelta(one.pop("days"))).isoformat()
    last = max(one["service_date"] for one in lines)
    return {
        "claim_id": claim_id,
        "claim_type": "institutional",
        "bill_type": f"0{drawn.bill}",
        "member_id": "M1",
        "birth_date": f"{drawn.born}-01-01",
        "sex": sex,
        "billing_npi": "1234567893",
        "patient_status": drawn.status,
        "statement_from": first.isoformat(),
        "statement_through": last,
        "received_date": (date.fromisoformat(last) + timedelta(3)).isoformat(),
        "condition_codes": list(drawn.conditions),
        "diagnoses": list(drawn.diagnoses),
        "lines": lines,
        **drawn.facts,
    }
