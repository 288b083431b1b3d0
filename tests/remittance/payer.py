"""A payer with a policy of its own: it answers claims by it, and errs on some lines."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from claimcheck import Policy
from claimcheck.claims import ClaimResult, Disposition, LineResult
from claimcheck.engine.validator import Validator
from claimcheck.remittance import RemittanceHeader, RemittedAdjustment, RemittedClaim, RemittedLine

__all__ = ["answers", "base", "drawn"]

_BASE = """\
title = "the default policy, by tables that are taken for days of which they are not exact"
extends = "default"

[[tables.accepted]]
approximate_history = true
staleness_days = 400
reference = "the starter tables are exact for a quarter"
"""
HEADER = RemittanceHeader(payer_name="A PAYER", payee_npi="1234567893")
_BEGIN = date(2023, 7, 1)
_DAYS = 640
_VISITS = ("99212", "99213", "99214")
_PAIRS = (
    ("45380", "45378"),
    ("45385", "45378"),
    ("97140", "97530"),
    ("80053", "82947"),
    ("93000", "93005"),
    ("97597", "11720"),
    ("71046", "71045"),
)
_UNITS = {"97110": (1, 2, 4, 7, 8), "82947": (1, 2, 6), "96372": (1, 2, 5), "17110": (1,)}
_ADD_ONS = (("17000", "17003"), ("90471", "90472"), ("11042", "11045"), ("64483", "64484"))
_SCREENINGS = ("G0438", "G0439", "G0101", "77067", "82270", "80061", "G0117", "G0118")
_RARE = ("99406", "G0442", "G0444")
_REPORTS = ("3044F", "3046F", "3074F", "3078F", "2022F", "1159F", "3023F", "0518F")
_DIAGNOSES = ("E11.9", "E11.65", "I10", "J44.9", "J44.1", "E78.5", "Z00.00", "M54.50", "N18.30")
_RENDERING = ("1245319599", "1679576722", "1992999825")

Codes = list[tuple[str, str, int, tuple[str, ...]]]


def base(directory: Path) -> Policy:
    """The policy in use: the payer's own is another."""
    file = directory / "base.toml"
    file.write_text(_BASE)
    return Policy.load(file)


def drawn(count: int, seed: int) -> list[dict[str, Any]]:
    """Claims of visits, pairs, units, add-ons, screenings, reports and rarer services, of a thousand members or so."""
    draw = random.Random(seed)
    return [_claim(draw, number, max(20, count // 15)) for number in range(count)]


def _claim(draw: random.Random, number: int, members: int) -> dict[str, Any]:
    day = _BEGIN + timedelta(days=draw.randrange(_DAYS))
    kinds, weights = zip(*_KINDS, strict=True)
    codes: Codes = draw.choices(kinds, weights)[0](draw)
    for report in draw.sample(_REPORTS, draw.choice((0, 0, 1, 2))):
        codes.append((report, draw.choice(("0.00", "0.01", "0.01", "25.00")), 1, ()))
    lines = [
        {"procedure_code": code, "charge": charge, "units": units, "modifiers": modifiers, "service_date": day}
        for code, charge, units, modifiers in codes
    ]
    return {
        "claim_id": f"C{number}",
        "claim_type": "professional",
        "member_id": f"M{draw.randrange(members)}",
        "billing_npi": draw.choice(("1234567893", "1003000126")),
        "rendering_npi": draw.choice(_RENDERING),
        "diagnoses": draw.sample(_DIAGNOSES, draw.choice((1, 2, 2, 3))),
        "place_of_service": "11",
        "received_date": day + timedelta(days=20),
        "lines": lines,
    }


def _visit(draw: random.Random) -> Codes:
    return [(draw.choice(_VISITS), "125.00", 1, ())]


def _pair(draw: random.Random) -> Codes:
    one, other = draw.choice(_PAIRS)
    modifiers: tuple[str, ...] = draw.choice(((), (), ("59",), ("XS",), ("RT",), ("KX",)))
    on_first = draw.random() < 0.5
    return [(one, "400.00", 1, modifiers if on_first else ()), (other, "200.00", 1, () if on_first else modifiers)]


def _several_units(draw: random.Random) -> Codes:
    code = draw.choice(tuple(_UNITS))
    return [(code, "40.00", draw.choice(_UNITS[code]), draw.choice(((), ("GP",))) if code == "97110" else ())]


def _add_on(draw: random.Random) -> Codes:
    primary, add_on = draw.choice(_ADD_ONS)
    beside: Codes = [(primary, "90.00", 1, ())] if draw.random() < 0.6 else []
    return [*beside, (add_on, "30.00", 1, ())]


def _two_visits(draw: random.Random) -> Codes:
    kind = draw.random()
    if kind < 0.6:
        return [("99213", "125.00", 1, draw.choice(((), ("25",)))), ("G2211", "20.00", 1, ())]
    return [("99213", "125.00", 1, ()), ("99214", "160.00", 1, ())]


def _with_modifier(draw: random.Random) -> Codes:
    code, modifier = draw.choice((("36415", "50"), ("99213", "51"), ("99213", "54"), ("71046", "26"), ("80053", "26")))
    return [(code, "60.00", 1, (modifier,))]


def _reports_alone(draw: random.Random) -> Codes:
    return [(draw.choice(_REPORTS), "0.01", 1, ())]


def _one_of(codes: Sequence[str], charge: str) -> Callable[[random.Random], Codes]:
    return lambda draw: [(draw.choice(codes), charge, 1, ())]


_KINDS: tuple[tuple[Callable[[random.Random], Codes], int], ...] = (
    (_visit, 26),
    (_pair, 16),
    (_several_units, 8),
    (_add_on, 6),
    (_two_visits, 8),
    (_with_modifier, 6),
    (_one_of(_SCREENINGS, "150.00"), 26),
    (_one_of(_RARE, "30.00"), 8),
    (_one_of(("97010", "94760"), "15.00"), 2),
    (_reports_alone, 2),
)


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
