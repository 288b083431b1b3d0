"""Claims of daily life of facilities, for both sides: visits with what goes with them, day programs, centers, blood.

Each kind of claim is a function of chance, so that services come with and without what they need beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from types import MappingProxyType
from typing import Any

__all__ = ["KINDS", "realistic_claims"]

_FIRST, _DAYS = date(2024, 7, 1), 85  #: the third quarter of 2024, for which both hold tables
_LABORATORY = ("80053", "85025", "36415", "84443", "81001", "83036", "80061")
_IMAGING = ("71046", "70450", "73630", "74177", "76705", "72148", "93306")
_DRUGS = ("J1885", "J2405", "J7030", "J0696", "J1100", "J9271")
_OPERATIONS = ("29881", "47562", "66984", "45378", "27447", "22551", "33208", "11042", "22558", "64483")
_PROGRAM = ("G0410", "G0129", "90837", "G0177", "90834", "90853")
_INTENSIVE = ("90837", "90834", "90853", "G0177", "90791")

Line = dict[str, Any]
Drawn = tuple[str, list[str], str, list[Line]]  #: bill type, condition codes, principal diagnosis, lines


def _line(code: str | None, revenue: str, *modifiers: str, units: int = 1, days: int = 0) -> Line:
    given: Line = {"revenue_code": revenue, "units": units, "charge": "120.00", "days": days}
    if code is not None:
        given |= {"procedure_code": code, "modifiers": list(modifiers)}
    return given


def _some(chance: Random, *ways: Sequence[Line]) -> list[Line]:
    return list(chance.choice(ways))


def _visit(chance: Random, codes: Sequence[str], revenue: str) -> Line:
    return _line(chance.choice(codes), revenue, *chance.choice(((), ("25",))))


def _laboratory(chance: Random) -> list[Line]:
    return [_line(code, "0300") for code in chance.sample(_LABORATORY, 3)]


def _imaging(chance: Random) -> list[Line]:
    return [_line(chance.choice(_IMAGING), chance.choice(("0320", "0350", "0402")))]


def _drug(chance: Random) -> list[Line]:
    return [_line("96374", "0260"), _line(chance.choice(_DRUGS), "0636", units=chance.choice((1, 2, 4)))]


def _supplies(chance: Random) -> list[Line]:
    return [_line(None, chance.choice(("0250", "0270", "0258")))]


def _clinic(chance: Random) -> Drawn:
    beside = _some(chance, _laboratory(chance), _imaging(chance), _drug(chance), ())
    return "131", [], "I10", [_visit(chance, ["G0463"], "0510"), *beside, *_some(chance, _supplies(chance), ())]


def _emergency(chance: Random) -> Drawn:
    beside = _some(chance, _imaging(chance), _drug(chance))
    visit = _visit(chance, ("99283", "99284", "99285"), "0450")
    return "131", [], "R079", [visit, *_laboratory(chance), *beside, *_supplies(chance)]


def _observation(chance: Random) -> Drawn:
    hours = _line("G0378", "0762", units=chance.choice((4, 8, 20)))
    return "131", [], "R079", [_visit(chance, ["99284"], "0450"), hours, *_drug(chance), *_laboratory(chance)]


def _operation(chance: Random) -> Drawn:
    device = _some(chance, [_line("C1713", "0278")], ())
    rooms = [_line(None, "0710"), _line(None, "0370")]
    return "131", [], "M170", [_line(chance.choice(_OPERATIONS), "0360"), *device, *rooms]


def _therapy(chance: Random) -> Drawn:
    third = _line("97530", "0420", *chance.choice((("GP",), ("GP", "59"))))
    return "131", [], "M545", [_line("97110", "0420", "GP", units=2), _line("97140", "0420", "GP"), third]


def _dialysis(_: Random) -> Drawn:
    return "721", [], "N186", [*(_line("90999", "0821", days=day) for day in range(3)), _line("J0882", "0634", units=3)]


def _health_center(chance: Random) -> Drawn:
    payment = _line(chance.choice(("G0467", "G0466")), chance.choice(("0521", "0521", "0300")))
    visit = _line(chance.choice(("99213", "99214", "99203", "96372")), "0521")
    beside = _some(chance, _laboratory(chance), (), [_line("90834", "0900")], [_line("99490", "0521")])
    return "771", [], "E119", [*_some(chance, [payment], [payment], ()), visit, *beside]


def _rural_clinic(chance: Random) -> Drawn:
    visit = _line(chance.choice(("99213", "99214", "99211")), "0521", "CG")
    return "711", [], "J069", [visit, *_some(chance, _laboratory(chance), (), [_line("71046", "0320")])]


def _critical_access(chance: Random) -> Drawn:
    beside = _some(chance, _imaging(chance), _drug(chance), _laboratory(chance))
    return "851", [], "R079", [_line("99283", "0450"), *beside, _visit(chance, ["99283"], "0981")]


def _partial(chance: Random) -> Drawn:
    services = [_line(code, "0915") for code in chance.sample(_PROGRAM, chance.choice((2, 3, 4)))]
    bill, condition = chance.choice((("131", "41"), ("761", "41"), ("761", "92")))
    return bill, [condition], chance.choice(("F329", "F329", "I10")), services


def _intensive(chance: Random) -> Drawn:
    services = [_line(code, "0905") for code in chance.sample(_INTENSIVE, chance.choice((2, 3)))]
    return "131", ["92"], "F329", services


def _home(_: Random) -> Drawn:
    return "341", [], "I10", [_line("97110", "0420", "GP"), _line("G0008", "0771"), _line("90686", "0636")]


def _blood(chance: Random) -> Drawn:
    bought, processed = _line("P9016", "0381", "BL"), _line("P9016", "0390", "BL")
    product = _some(chance, [bought, processed], [_line("P9016", "0390")], [_line("P9016", "0381")], ())
    return "131", [], "D649", [_line("36430", "0391"), *product, *_laboratory(chance)]


def _part_b(chance: Random) -> Drawn:
    lines = [*_laboratory(chance), *_imaging(chance), _line("97110", "0420", "GP"), _line("J1885", "0636")]
    return "121", chance.choice(([], ["W2"])), "I10", lines


def _skin(chance: Random) -> Drawn:
    product = _some(chance, [_line("Q4101", "0636", units=4)], [_line("Q4158", "0636", units=4)], ())
    return "131", [], "L97411", [_line("15271", "0510"), *product]


def _oncology(chance: Random) -> Drawn:
    infusion = [_line("96413", "0335"), _line("96415", "0335"), _line("J9271", "0636", units=20)]
    return "131", [], "C3490", [*infusion, _line("77301", "0333"), *_some(chance, [_line("77280", "0333")], ())]


def _screening(chance: Random) -> Drawn:
    code = chance.choice(("G0121", "45378", "45385", "G0463"))
    return "131", [], "Z1211", [_line(code, "0750", *chance.choice(((), ("PT",))))]


KINDS: Mapping[str, Callable[[Random], Drawn]] = MappingProxyType(
    {
        "clinic": _clinic,
        "emergency": _emergency,
        "observation": _observation,
        "operation": _operation,
        "therapy": _therapy,
        "laboratory": lambda chance: ("141", [], "Z0000", _laboratory(chance)),
        "dialysis": _dialysis,
        "health center": _health_center,
        "rural clinic": _rural_clinic,
        "critical access": _critical_access,
        "partial hospitalization": _partial,
        "intensive outpatient": _intensive,
        "home": _home,
        "blood": _blood,
        "part B of an inpatient": _part_b,
        "skin": _skin,
        "oncology": _oncology,
        "screening": _screening,
    }
)
"""The kinds of claims, each drawn as often."""


def realistic_claims(seed: int, number: int) -> Iterator[dict[str, Any]]:
    """So many claims, the same ones for a seed."""
    chance = Random(seed)
    for count in range(number):
        bill, conditions, principal, lines = KINDS[chance.choice([*KINDS])](chance)
        start = _FIRST + timedelta(chance.randrange(_DAYS))
        for line in lines:
            line["service_date"] = (start + timedelta(line.pop("days"))).isoformat()
        last = max(line["service_date"] for line in lines)
        yield {
            "claim_id": f"R{seed}-{count}",
            "claim_type": "institutional",
            "bill_type": f"0{bill}",
            "member_id": "M1",
            "birth_date": "1950-01-01",
            "sex": chance.choice("MF"),
            "billing_npi": "1234567893",
            "patient_status": "01",
            "statement_from": start.isoformat(),
            "statement_through": last,
            "received_date": (date.fromisoformat(last) + timedelta(3)).isoformat(),
            "condition_codes": list(conditions),
            "diagnoses": [principal],
            "lines": lines,
        }
