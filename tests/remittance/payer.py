"""A payer with a policy of its own: it answers claims by it, and errs on some lines."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from claimcheck import Policy
from claimcheck.claims import ClaimResult, Disposition, LineResult
from claimcheck.engine.validator import Validator
from claimcheck.remittance import RemittanceHeader, RemittedAdjustment, RemittedClaim, RemittedLine

__all__ = ["answers", "drawn"]

HEADER = RemittanceHeader(payer_name="A PAYER", payee_npi="1234567893")
_VISITS = ("99212", "99213", "99214")
_PAIRS = (("45380", "45378"), ("45385", "45378"), ("97140", "97530"), ("80053", "82947"))
_DIAGNOSES = ("E11.9", "I10", "J44.9", "E78.5", "Z00.00")
_REPORTS = ("3044F", "3046F", "3074F", "3078F", "2022F", "1159F", "3023F", "0518F")
_BEGIN = date(2023, 7, 1)


def drawn(count: int, seed: int) -> list[dict[str, Any]]:
    """Claims of visits, pairs, units, reports and wellness visits, of a few thousand members."""
    draw = random.Random(seed)
    return [_claim(draw, number, max(20, count // 6)) for number in range(count)]


def _claim(draw: random.Random, number: int, members: int) -> dict[str, Any]:
    day = _BEGIN + timedelta(days=draw.randrange(640))
    codes: list[tuple[str, str, int, tuple[str, ...]]] = []
    kind = draw.random()
    if kind < 0.15:
        one, other = draw.choice(_PAIRS)
        modifiers = draw.choice(((), (), ("59",)))
        on_first = draw.random() < 0.5
        codes += [
            (one, "400.00", 1, modifiers if on_first else ()),
            (other, "200.00", 1, () if on_first else modifiers),
        ]
    elif kind < 0.25:
        codes.append(("97110", "40.00", draw.choice((1, 2, 8, 9)), ()))
    elif kind < 0.35:
        codes.append((draw.choice(("G0438", "G0439")), "150.00", 1, ()))
    elif kind < 0.42:
        codes.append(("99406", "30.00", 1, ()))
    else:
        codes.append((draw.choice(_VISITS), "125.00", 1, ()))
    for report in draw.sample(_REPORTS, draw.choice((0, 0, 1, 2))):
        codes.append((report, draw.choice(("0.00", "0.01")), 1, ()))
    lines = [
        {"procedure_code": code, "charge": charge, "units": units, "modifiers": modifiers, "service_date": day}
        for code, charge, units, modifiers in codes
    ]
    return {
        "claim_id": f"C{number}",
        "claim_type": "professional",
        "member_id": f"M{draw.randrange(members)}",
        "billing_npi": draw.choice(("1234567893", "1003000126")),
        "diagnoses": draw.sample(_DIAGNOSES, 2),
        "place_of_service": "11",
        "received_date": day + timedelta(days=20),
        "lines": lines,
    }


def answers(claims: Sequence[Any], policy: Policy, seed: int, noise: float = 0.03) -> Iterator[RemittedClaim]:
    """What the payer answers: what its policy says, with a share `noise` of the lines answered the other way."""
    draw = random.Random(seed)
    for result in Validator(policy).validate_many(list(claims)):
        yield _answered(result, draw, noise)


def _answered(result: ClaimResult, draw: random.Random, noise: float) -> RemittedClaim:
    lines = tuple(_line(line, draw.random() < noise) for line in result.lines)
    charge = sum((line.charge or Decimal(0) for line in lines), Decimal(0))
    paid = sum((line.paid or Decimal(0) for line in lines), Decimal(0))
    return RemittedClaim(HEADER, result.claim_id, "1", charge, paid, lines=lines)


def _line(line: LineResult, errs: bool) -> RemittedLine:
    charge = line.charge or Decimal(0)
    pays = line.disposition in (Disposition.PAYABLE, Disposition.REVIEW)
    price = line.allowed_amount if line.allowed_amount is not None else charge * Decimal("0.6")
    carc = line.deciding.carc if line.deciding is not None else None
    if errs:
        pays, carc = not pays, "16"
    paid = price if pays else Decimal(0)
    adjustments = ()
    if not pays and carc is not None:
        adjustments = (RemittedAdjustment("CO", carc, charge - paid),)
    elif paid != charge:
        adjustments = (RemittedAdjustment("CO", "45", charge - paid),)
    return RemittedLine(
        line.procedure_code,
        charge,
        paid,
        line.modifiers,
        service_date=line.service_date,
        control_number=str(line.line_number),
        adjustments=adjustments,
    )
