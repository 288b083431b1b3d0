"""Members with several claims, most of them such as columns hold: what they bill meets in all ways that rules know."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

__all__ = ["claims_of_members"]

_CODES = [
    *("99213", "99213", "99214", "20610", "96372", "97110", "11720", "36415", "80053", "80048", "17000", "17003"),
    *("45378", "45380", "45385", "99292", "99291", "3044F", "3046F", "3074F", "G0378", "G0463", "71046", "11042"),
]
_NPIS = ["1234567893", "1003000126"]
_MODIFIERS = [None, None, None, None, "59", "25", "76", "LT", "8P", "91"]
_KINDS = ("professional", "institutional")
_FIRST = date(2024, 7, 10)


def claims_of_members(seed: int, *, members: int = 6, claims: int = 8, plain: float = 0.98) -> list[dict[str, Any]]:
    """Claims of some members; the share `plain` of members has only what columns hold."""
    random = Random(seed)
    made = []
    for member in range(members):
        odd = random.random() > plain
        days = [_FIRST + timedelta(random.choice([0, 0, 0, 1, 2, 20, 200])) for _ in range(random.choice([1, 2, 3]))]
        kinds = random.choice(
            [["professional"], ["professional"], ["institutional"], ["professional", "institutional"]]
        )
        codes = random.choices(_CODES, k=random.choice([1, 2, 4, 12]))
        for _ in range(random.randint(2, claims)):
            made.append(_claim(random, f"C{len(made)}", f"M{member}", (kinds, days, codes), odd=odd))
    random.shuffle(made)
    return made


def _claim(random: Random, name: str, member: str, of: tuple[Any, ...], *, odd: bool) -> dict[str, Any]:
    kinds, days, codes = of
    kind, day = random.choice(kinds), random.choice(days)
    claim: dict[str, Any] = {
        "claim_id": name,
        "member_id": member,
        "claim_type": kind,
        "bill_type": random.choice(["0131", "0131", "0851"]) if kind == "institutional" else None,
        "billing_npi": random.choice([*_NPIS[:1] * 4, *_NPIS]),
        "rendering_npi": random.choice([None, None, None, *_NPIS]),
        "billing_tax_id": random.choice(["123456789", "123456789", None]),
        "received_date": random.choice(["2024-08-01", "2024-08-02", None]),
        "predetermination": random.choice([None] * 15 + [True]),
        "diagnoses": random.choice([["E11.9"], ["E11.9", "I10"], ["Z00.00"]]),
        "lines": [_line(random, number, day, codes) for number in range(1, random.choice([1, 1, 1, 2, 3]) + 1)],
    }
    for line in claim["lines"]:
        if kind == "institutional":
            line["revenue_code"] = random.choice(["0450", "0510", "0636"])
    if odd:
        claim |= random.choice(
            [
                {"frequency_code": "7", "original_claim_id": f"C{random.randint(0, 40)}"},
                {"frequency_code": "8"},
                {"billing_npi": None},
                {"claim_type": None},
                {"claim_id": None},
                {"claim_id": "C1"},
                {"member_id": None},
                {"bill_type": "0111", "claim_type": "institutional"},
            ]
        )
        random.choice(claim["lines"]).update(
            random.choice(
                [
                    {"service_date": (day + timedelta(1)).isoformat()},
                    {"service_date_end": (day + timedelta(1)).isoformat()},
                    {"procedure_code": None},
                    {"procedure_code": "9921"},
                    {"units": "x"},
                    {"charge": "0.00"},
                    {"rendering_npi": "1245319599"},
                ]
            )
        )
    return claim


def _line(random: Random, number: int, day: date, codes: list[str]) -> dict[str, Any]:
    code, modifier = random.choice(codes), random.choice(_MODIFIERS)
    return {
        "line_number": number,
        "procedure_code": code,
        "modifiers": [] if modifier is None else [modifier],
        "units": random.choice([1, 1, 1, 1, 2, 5]),
        "charge": "0.00" if code.endswith("F") else "100.00",
        "service_date": day.isoformat(),
        "service_date_end": None,
        "revenue_code": None,
        "rendering_npi": None,
        "diagnosis_pointers": [1],
    }
