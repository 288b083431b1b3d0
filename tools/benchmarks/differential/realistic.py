"""Claims of daily life of facilities, for both sides: visits with what goes with them, day programs, centers, blood.

Each kind of claim is a function of chance, so that services come with and without what they need beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from random import Random
from types import MappingProxyType
from typing import Any

from tools.benchmarks.differential.drawn import DAYS, FIRST, Drawn, Line, claim_of, line

__all__ = ["KINDS", "realistic_claims"]

_LABORATORY = ("80053", "85025", "36415", "84443", "81001", "83036", "80061")
_IMAGING = ("71046", "70450", "73630", "74177", "76705", "72148", "93306")
_DRUGS = ("J1885", "J2405", "J7030", "J0696", "J1100", "J9271")
_OPERATIONS = ("29881", "47562", "66984", "45378", "27447", "22551", "33208", "11042", "22558", "64483")
_PROGRAM = ("G0410", "G0129", "90837", "G0177", "90834", "90853")
_INTENSIVE = ("90837", "90834", "90853", "G0177", "90791")


def _some(chance: Random, *ways: Sequence[Line]) -> list[Line]:
    return list(chance.choice(ways))


def _visit(chance: Random, codes: Sequence[str], revenue: str) -> Line:
    return line(chance.choice(codes), revenue, *chance.choice(((), ("25",))))


def _laboratory(chance: Random) -> list[Line]:
    return [line(code, "0300") for code in chance.sample(_LABORATORY, 3)]


def _imaging(chance: Random) -> list[Line]:
    return [line(chance.choice(_IMAGING), chance.choice(("0320", "0350", "0402")))]


def _drug(chance: Random) -> list[Line]:
    return [line("96374", "0260"), line(chance.choice(_DRUGS), "0636", units=chance.choice((1, 2, 4)))]


def _supplies(chance: Random) -> list[Line]:
    return [line(None, chance.choice(("0250", "0270", "0258")))]


def _clinic(chance: Random) -> Drawn:
    beside = _some(chance, _laboratory(chance), _imaging(chance), _drug(chance), ())
    return Drawn(
        "131", [], ["I10"], [_visit(chance, ["G0463"], "0510"), *beside, *_some(chance, _supplies(chance), ())]
    )


def _emergency(chance: Random) -> Drawn:
    beside = _some(chance, _imaging(chance), _drug(chance))
    visit = _visit(chance, ("99283", "99284", "99285"), "0450")
    return Drawn("131", [], ["R079"], [visit, *_laboratory(chance), *beside, *_supplies(chance)])


def _observation(chance: Random) -> Drawn:
    hours = line("G0378", "0762", units=chance.choice((4, 8, 20)))
    return Drawn("131", [], ["R079"], [_visit(chance, ["99284"], "0450"), hours, *_drug(chance), *_laboratory(chance)])


def _operation(chance: Random) -> Drawn:
    device = _some(chance, [line("C1713", "0278")], ())
    rooms = [line(None, "0710"), line(None, "0370")]
    return Drawn("131", [], ["M170"], [line(chance.choice(_OPERATIONS), "0360"), *device, *rooms])


def _therapy(chance: Random) -> Drawn:
    third = line("97530", "0420", *chance.choice((("GP",), ("GP", "59"))))
    return Drawn("131", [], ["M545"], [line("97110", "0420", "GP", units=2), line("97140", "0420", "GP"), third])


def _dialysis(_: Random) -> Drawn:
    return Drawn(
        "721", [], ["N186"], [*(line("90999", "0821", days=day) for day in range(3)), line("J0882", "0634", units=3)]
    )


def _health_center(chance: Random) -> Drawn:
    payment = line(chance.choice(("G0467", "G0466")), chance.choice(("0521", "0521", "0300")))
    visit = line(chance.choice(("99213", "99214", "99203", "96372")), "0521")
    beside = _some(chance, _laboratory(chance), (), [line("90834", "0900")], [line("99490", "0521")])
    return Drawn("771", [], ["E119"], [*_some(chance, [payment], [payment], ()), visit, *beside])


def _rural_clinic(chance: Random) -> Drawn:
    visit = line(chance.choice(("99213", "99214", "99211")), "0521", "CG")
    return Drawn("711", [], ["J069"], [visit, *_some(chance, _laboratory(chance), (), [line("71046", "0320")])])


def _critical_access(chance: Random) -> Drawn:
    beside = _some(chance, _imaging(chance), _drug(chance), _laboratory(chance))
    return Drawn("851", [], ["R079"], [line("99283", "0450"), *beside, _visit(chance, ["99283"], "0981")])


def _partial(chance: Random) -> Drawn:
    services = [line(code, "0915") for code in chance.sample(_PROGRAM, chance.choice((2, 3, 4)))]
    bill, condition = chance.choice((("131", "41"), ("761", "41"), ("761", "92")))
    return Drawn(bill, [condition], [chance.choice(("F329", "F329", "I10"))], services)


def _intensive(chance: Random) -> Drawn:
    services = [line(code, "0905") for code in chance.sample(_INTENSIVE, chance.choice((2, 3)))]
    return Drawn("131", ["92"], ["F329"], services)


def _home(_: Random) -> Drawn:
    return Drawn("341", [], ["I10"], [line("97110", "0420", "GP"), line("G0008", "0771"), line("90686", "0636")])


def _blood(chance: Random) -> Drawn:
    bought, processed = line("P9016", "0381", "BL"), line("P9016", "0390", "BL")
    product = _some(chance, [bought, processed], [line("P9016", "0390")], [line("P9016", "0381")], ())
    return Drawn("131", [], ["D649"], [line("36430", "0391"), *product, *_laboratory(chance)])


def _part_b(chance: Random) -> Drawn:
    lines = [*_laboratory(chance), *_imaging(chance), line("97110", "0420", "GP"), line("J1885", "0636")]
    return Drawn("121", chance.choice(([], ["W2"])), ["I10"], lines)


def _skin(chance: Random) -> Drawn:
    product = _some(chance, [line("Q4101", "0636", units=4)], [line("Q4158", "0636", units=4)], ())
    return Drawn("131", [], ["L97411"], [line("15271", "0510"), *product])


def _oncology(chance: Random) -> Drawn:
    infusion = [line("96413", "0335"), line("96415", "0335"), line("J9271", "0636", units=20)]
    return Drawn("131", [], ["C3490"], [*infusion, line("77301", "0333"), *_some(chance, [line("77280", "0333")], ())])


def _screening(chance: Random) -> Drawn:
    code = chance.choice(("G0121", "45378", "45385", "G0463"))
    return Drawn("131", [], ["Z1211"], [line(code, "0750", *chance.choice(((), ("PT",))))])


KINDS: Mapping[str, Callable[[Random], Drawn]] = MappingProxyType(
    {
        "clinic": _clinic,
        "emergency": _emergency,
        "observation": _observation,
        "operation": _operation,
        "therapy": _therapy,
        "laboratory": lambda chance: Drawn("141", [], ["Z0000"], _laboratory(chance)),
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
        drawn = KINDS[chance.choice([*KINDS])](chance)
        start = FIRST + timedelta(chance.randrange(DAYS))
        yield claim_of(drawn, f"R{seed}-{count}", chance.choice("MF"), start)
