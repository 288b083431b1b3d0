"""The skeletons of claims: everything but who, when, at which provider, with which diagnoses and at what charge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from random import Random
from typing import Any

from tools.benchmarks.generator.codes import (
    ADD_ONS,
    COMPANIONS,
    EXCLUSIVE,
    EXTRA,
    KINDS,
    UNLISTED,
    Kind,
    kind_of,
    most_units,
    revenue_code,
)

__all__ = ["INSTITUTIONAL_SIZES", "PROFESSIONAL_SIZES", "Line", "Template", "Templates"]

PROFESSIONAL_SIZES = {1: 36, 2: 22, 3: 15, 4: 10, 5: 6, 6: 4, 7: 2, 8: 2, 10: 1, 12: 1, 15: 1}
"""Lines of a professional claim, with weights in percent. A line that a biller would not put beside the others is
dropped, so that 2.5 are left in the mean."""

INSTITUTIONAL_SIZES = {1: 15, 2: 14, 3: 13, 4: 12, 5: 10, 6: 9, 8: 10, 10: 8, 14: 5, 20: 3, 30: 1}
"""Lines of an outpatient hospital's claim, with weights in percent; 4.1 are left in the mean."""

_INSTITUTIONAL_SHARE = 0.25
_RARE_SHARE = 0.1
_INSTITUTIONAL_KINDS = {"emergency": 30, "laboratory": 25, "clinic": 15, "imaging": 15, "therapy": 10, "infusion": 5}
_CATEGORY_II = (("3074F", "3078F"), ("3075F", "3079F"), ("3044F",), ("3051F",), ("1159F", "1160F"), ("1111F",))
_CATEGORY_II_SHARE = 0.3
_THERAPY_MODIFIERS = {"92507": "GN", "92508": "GN", "97530": "GO", "97535": "GO"}
_SIDED = frozenset(EXTRA)
_SPEECH = frozenset({"92507", "92508"})
_DISTINCT = 0.9  #: how often a biller says that a service was distinct, where only that gets it paid

Service = tuple[str, str, int]
"""Code, kind and day."""


@dataclass(frozen=True)
class Line:
    """A line of a skeleton. `charge`: dollars, before it varies unless it is `fixed`. `day`: from the claim's first."""

    code: str | None
    kind: str
    charge: float
    modifiers: tuple[str, ...] = ()
    units: int | None = 1
    revenue: str | None = None
    pointers: tuple[int, ...] = ()
    day: int = 0
    fixed: bool = False
    description: str | None = None

    def but(self, **changes: Any) -> Line:
        """The same line with other values."""
        return replace(self, **changes)


@dataclass(frozen=True)
class Template:
    """A skeleton of a claim, with so many diagnoses, and the error that is planted on it."""

    professional: bool
    kind: str
    place: str
    diagnoses: int
    lines: tuple[Line, ...]
    fault: str | None = None

    def with_fault(self, fault: str, lines: tuple[Line, ...]) -> Template:
        """The same skeleton with these lines, which hold this error."""
        return replace(self, fault=fault, lines=lines)


class _Weighted:
    """Draws of items by their weights."""

    def __init__(self, weights: dict[Any, int]) -> None:
        self.items = [*weights]
        self._sums = [*accumulate(weights.values())]

    def draw(self, chance: Random) -> Any:
        return chance.choices(self.items, cum_weights=self._sums)[0]


class Templates:
    """Draws skeletons: `weights` says how often each procedure code is billed; `rare` has those of which none is known.

    A rare code stands alone on its claim: beside which others it is billed is not known either.
    """

    def __init__(self, weights: dict[str, int], rare: Sequence[str] = ()) -> None:
        self._rare = rare
        least = min(weights.values())
        by_kind: dict[str, dict[str, int]] = {}
        for code, weight in {**dict.fromkeys(EXTRA, least), **weights}.items():
            kind = kind_of(code)
            if kind is not None:
                by_kind.setdefault(kind, {})[code] = weight
        self._codes = {kind: _Weighted(of_kind) for kind, of_kind in by_kind.items()}
        self._professional = _Weighted({kind: sum(of.values()) for kind, of in by_kind.items() if kind != "clinic"})
        self._institutional = _Weighted(
            {kind: share for kind, share in _INSTITUTIONAL_KINDS.items() if kind in by_kind}
        )
        self._companions = {
            kind: _Weighted({other: share for other, share in others.items() if other in by_kind})
            for kind, others in COMPANIONS.items()
        }
        self._charges = {code: _charge(code, kind) for kind, of in by_kind.items() for code in of}
        self._sizes = {True: _Weighted(PROFESSIONAL_SIZES), False: _Weighted(INSTITUTIONAL_SIZES)}
        self._reports = _Weighted(dict.fromkeys(_CATEGORY_II, 1))

    def draw(self, chance: Random) -> Template:
        """One skeleton, without an error."""
        professional = chance.random() >= _INSTITUTIONAL_SHARE
        if professional and self._rare and chance.random() < _RARE_SHARE:
            return self._of_rare_code(chance)
        kind = (self._professional if professional else self._institutional).draw(chance)
        about = KINDS.get(kind, KINDS["visit"])
        place = chance.choice(about.places)
        diagnoses = chance.choices((1, 2, 3, 4), (35, 30, 20, 15))[0]
        size = self._sizes[professional].draw(chance)
        lines = [self._line(code, of, day, chance) for code, of, day in self._services(kind, about, size, chance)]
        lines = [_modified(line, lines, place, chance) for line in lines]
        if professional:
            lines = [line.but(pointers=_pointers(diagnoses, chance)) for line in lines]
            if kind == "visit" and chance.random() < _CATEGORY_II_SHARE:
                lines += [_report(code, chance) for code in self._reports.draw(chance)]
        else:
            lines = [_billed_by_hospital(line) for line in lines]
            if chance.random() < 0.3:
                lines.append(Line(None, "supplies", 45.0, revenue=chance.choice(("0250", "0270")), units=1))
        return Template(professional, kind, place, diagnoses, tuple(lines))

    def _of_rare_code(self, chance: Random) -> Template:
        about, diagnoses = KINDS["rare"], chance.choices((1, 2, 3, 4), (35, 30, 20, 15))[0]
        code = chance.choice(self._rare)
        line = Line(code, "rare", _charge(code, "rare"), pointers=_pointers(diagnoses, chance))
        return Template(True, "rare", chance.choice(about.places), diagnoses, (line,))

    def _services(self, kind: str, about: Kind, size: int, chance: Random) -> list[Service]:
        """Code, kind and day of each line: no code twice on one day."""
        code = self._codes[kind].draw(chance)
        services: list[Service] = [(code, kind, 0)]
        for place in range(1, size):
            if about.series:
                other = code if chance.random() < 0.7 else self._codes[kind].draw(chance)
                services.append((other, kind, place % 14 if other == code else chance.randrange(14)))
            else:
                of = self._companions[kind].draw(chance) if kind in self._companions else kind
                services.append((self._codes[of].draw(chance), of, 0))
        return _compatible(services)

    def _line(self, code: str, kind: str, day: int, chance: Random) -> Line:
        units = chance.randint(1, most_units(code, kind))
        if code.startswith("J"):
            units = chance.choice((1, 2, 10, 40, 200))
        text = "see report" if code in UNLISTED else None
        return Line(code, kind, self._charges[code], units=units, day=day, description=text)


def _compatible(services: list[Service]) -> list[Service]:
    """Those that a biller would put on one claim: no code twice on a day, none of which another holds the payment."""
    kept = {(code, day): (code, kind, day) for code, kind, day in reversed(services)}
    found: list[Service] = []
    for code, kind, day in reversed(kept.values()):
        excluded = any(code in group and group & {other[0] for other in found} - {code} for group in EXCLUSIVE)
        if not excluded:
            found.append((code, kind, day))
    codes = {code for code, _, _ in found}
    alone = [service for service in found if service[0] in ADD_ONS and not codes & ADD_ONS[service[0]]]
    return [service for service in found if service not in alone] or [services[0]]


def _charge(code: str, kind: str) -> float:
    """What a code costs, always the same: around the median of its kind."""
    spread = Random(f"charge of {code}").lognormvariate(0, 0.4)
    return round(KINDS.get(kind, KINDS["visit"]).charge * spread, 2)


def _modified(line: Line, lines: list[Line], place: str, chance: Random) -> Line:
    """The line with the modifiers that go with it."""
    code = str(line.code)
    found: list[str] = []
    if line.kind in {"visit", "emergency", "clinic"} and any(
        other.kind in {"infusion", "procedure"} for other in lines
    ):
        found.append("25")
    elif line.kind == "therapy":
        found.append(_THERAPY_MODIFIERS.get(code, "GP"))
    elif code in _SIDED:
        found.append(chance.choice(("RT", "LT")))
    elif line.kind == "imaging" and place in {"22", "23"}:
        found.append("26")
    elif line.kind == "imaging" and chance.random() < 0.05:
        found.append("TC")
    if place == "10" and line.kind in {"visit", "behaviour"}:
        found.append("95" if chance.random() < 0.9 else "GT")
    beside = {other.kind for other in lines}
    held = line.kind == "infusion" and bool(beside & {"imaging", "procedure"})
    held = held or (line.kind == "therapy" and code not in _SPEECH and any(other.code in _SPEECH for other in lines))
    if (held and chance.random() < _DISTINCT) or (line.kind in {"laboratory", "procedure"} and chance.random() < 0.03):
        found.append("59")
    return line.but(modifiers=tuple(found))


def _pointers(diagnoses: int, chance: Random) -> tuple[int, ...]:
    return (1, 2) if diagnoses > 1 and chance.random() < 0.4 else (chance.randint(1, diagnoses),)


def _report(code: str, chance: Random) -> Line:
    return Line(code, "category_ii", chance.choice((0.0, 0.01)), pointers=(1,), fixed=True)


def _billed_by_hospital(line: Line) -> Line:
    """Under a revenue code, at a hospital's charge; the professional component is not the hospital's."""
    modifiers = tuple(modifier for modifier in line.modifiers if modifier not in {"26", "TC"})
    return line.but(revenue=revenue_code(str(line.code), line.kind), charge=line.charge * 3, modifiers=modifiers)
