"""The claim of a visit: a mapping, as the clinic's clearinghouse takes it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from clinic_billing.visits import Visit

__all__ = ["claim_of"]

CLINIC_NPI = "1234567893"
PRICES = {
    "99212": "75.00",
    "99213": "125.00",
    "99214": "180.00",
    "96372": "40.00",
    "36415": "12.00",
    "83036": "35.00",
    "80061": "48.00",
}


def claim_of(visit: Visit) -> dict[str, Any]:
    """The professional claim of a visit."""
    lines = [_line(visit, number, *entry) for number, entry in enumerate(_billed(visit), 1)]
    return {
        "claim_id": f"VISIT-{visit.number}",
        "claim_type": "professional",
        "member_id": visit.member_id,
        "birth_date": visit.birth_date,
        "sex": visit.sex,
        "billing_npi": CLINIC_NPI,
        "frequency_code": "1",
        "received_date": visit.day,
        "place_of_service": "11",
        "diagnoses": list(visit.diagnoses),
        "total_charge": sum(Decimal(line["charge"]) for line in lines),
        "lines": lines,
    }


def _line(visit: Visit, number: int, code: str, modifiers: list[str], result: Decimal | None) -> dict[str, Any]:
    return {
        "line_number": number,
        "procedure_code": code,
        "modifiers": modifiers,
        "units": 1,
        "charge": PRICES.get(code, "0.00"),
        "service_date": visit.day,
        "diagnosis_pointers": [1],
        "result_value": result,
    }


def _billed(visit: Visit) -> Iterator[tuple[str, list[str], Decimal | None]]:
    """The codes of a visit, each with its modifiers and the result that it reports."""
    yield _visit_code(visit.minutes), ["25"] if visit.injection else [], None
    if visit.injection:
        yield "96372", [], None
    for lab in visit.labs:
        yield lab, [], None
    if visit.hba1c is not None:
        yield _hba1c_code(visit.hba1c), [], visit.hba1c
    if visit.pressure is not None:
        systolic, diastolic = visit.pressure
        yield "3074F" if systolic < 130 else "3075F" if systolic < 140 else "3077F", [], Decimal(systolic)
        yield "3078F" if diastolic < 80 else "3079F" if diastolic < 90 else "3080F", [], Decimal(diastolic)


def _visit_code(minutes: int) -> str:
    return "99212" if minutes < 20 else "99213" if minutes < 30 else "99214"


def _hba1c_code(result: Decimal) -> str:
    if result < 7:
        return "3044F"
    if result < 8:
        return "3051F"
    return "3052F" if result <= 9 else "3046F"
