"""Claims to the point of each edit: services that the editor's table marks, with and without what they need.

Each kind draws codes by their flags, status indicators and pairs in the editor's own tables, and chance adds or leaves
out what the edit asks for; so that every edit that is alive is given often, and as often nearly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Any

from claimcheck.tables.store import opening
from tools.benchmarks.differential.drawn import DAYS, FIRST, Drawn, Line, claim_of, line

__all__ = ["KINDS", "Editor", "pointed_claims"]

_LAST = date(2026, 3, 31)  #: until when the editor's versions say what is in force
_LATER = date(2025, 4, 1)  #: from when on the edits of pain relief are run
_HOSPITAL = ("131", "131", "131", "121")
_REVENUE = ("0360", "0510", "0761", "0320")


Row = dict[str, str]


@dataclass(frozen=True, eq=False)
class Editor:
    """The editor's tables: rows by table, as the lists of a store hold them."""

    procedures: tuple[dict[str, str], ...]
    diagnoses: tuple[dict[str, str], ...]
    pairs: tuple[dict[str, str], ...]
    _known: dict[tuple[str, str, date | None], list[Row]] = field(default_factory=dict)

    @classmethod
    def load(cls, store: Path) -> Editor:
        """What a store holds."""
        found: dict[str, list[dict[str, str]]] = {"procedure": [], "diagnosis": [], "pair": []}
        for volume in opening.volumes(store):
            name = volume.edition.table.removeprefix("outpatient_")
            if volume.edition.table.startswith("outpatient_") and name in found:
                held: Any = volume.table
                found[name] += [_row(row) for row in held]
        return cls(*(tuple(found[name]) for name in ("procedure", "diagnosis", "pair")))

    def with_flag(self, flag: str, day: date = FIRST) -> list[str]:
        """The codes with a flag, on a day."""
        return self._codes("procedures", flag, day, lambda row: flag in row["flags"].split())

    def of_status(self, *statuses: str, day: date = FIRST) -> list[str]:
        """The codes of a status indicator, on a day."""
        return self._codes("procedures", " ".join(statuses), day, lambda row: row["status_indicator"] in statuses)

    def diagnosed(self, flag: str) -> list[str]:
        """The diagnoses with a flag."""
        return self._codes("diagnoses", flag, FIRST, lambda row: flag in row["flags"].split())

    def paired(self, kind: str) -> list[tuple[str, str]]:
        """The pairs of a kind."""
        return sorted({(row["code"], row["other"]) for row in self.pairs if row["kind"] == kind and _is_of(row, FIRST)})

    def dated(self, flag: str) -> list[dict[str, str]]:
        """The rows of codes whose approval begins or ends within their span, where any from when both hold tables."""
        rows = self._rows("procedures", flag, None, lambda row: flag in row["flags"].split() and bool(turns(row)))
        return [row for row in rows if max(turns(row)).isoformat() >= "2023-01-01"] or rows

    def aged(self, table: str) -> list[dict[str, str]]:
        """The rows of codes, or of diagnoses, that are for an age."""
        return self._rows(table, "aged", FIRST, lambda row: bool(row["age_min"] or row["age_max"]))

    def _codes(self, table: str, what: str, day: date, holds: Callable[[Row], bool]) -> list[str]:
        return sorted({row["code"] for row in self._rows(table, what, day, holds)})

    def _rows(self, table: str, what: str, day: date | None, holds: Callable[[Row], bool]) -> list[Row]:
        key = (table, what, day)
        if key not in self._known:
            rows: Sequence[Row] = getattr(self, table)
            self._known[key] = [row for row in rows if holds(row) and (day is None or _is_of(row, day))]
        return self._known[key]


def _row(row: Any) -> dict[str, str]:
    """A row of a list, with its days as text."""
    values = dict(row.values) if hasattr(row, "values") else {}
    values |= {"code": row.code, "effective": str(row.effective or ""), "deletion": str(row.deletion or "")}
    return {
        **dict.fromkeys(("flags", "status_indicator", "age_min", "age_max", "approved", "terminated"), ""),
        **values,
    }


def turns(row: Mapping[str, str]) -> list[date]:
    """The days of a row's span on which its approval begins or ends."""
    days = [date.fromisoformat(row[name]) for name in ("approved", "terminated") if row[name]]
    return [day for day in days if _is_of(row, day) and day <= _LAST]


def _is_of(row: Mapping[str, str], day: date) -> bool:
    return row["effective"] <= day.isoformat() and (not row["deletion"] or row["deletion"] >= day.isoformat())


Kind = Callable[[Editor, Random], Drawn]


def _maybe(chance: Random, *lines: Line, of: float = 0.5) -> list[Line]:
    return list(lines) if chance.random() < of else []


def _beside(editor: Editor, chance: Random) -> list[Line]:
    """What stands on many claims and mostly changes nothing; or does."""
    drawn = chance.random()
    if drawn < 0.4:
        return []
    if drawn < 0.6:
        return [line("80053", "0300")]
    if drawn < 0.75:
        return [line("G0463", "0510", *chance.choice(((), ("25",))))]
    code = chance.choice(editor.of_status(chance.choice(("S", "T", "J1", "Q1", "Q2", "N"))))
    return [line(code, chance.choice(_REVENUE), days=chance.choice((0, 0, 1)))]


def _flagged(flag: str, *revenue: str, bills: Sequence[str] = _HOSPITAL) -> Kind:
    """A service with a flag, on one of these bills, with or without something beside it."""

    def kind(editor: Editor, chance: Random) -> Drawn:
        code = chance.choice(editor.with_flag(flag))
        own = line(code, chance.choice(revenue or _REVENUE), units=chance.choice((1, 1, 2)))
        return Drawn(chance.choice(bills), [], ["I10"], [own, *_beside(editor, chance)])

    return kind


def _needing(flag: str, serving: str, *revenue: str, modifiers: Sequence[Sequence[str]] = ((),)) -> Kind:
    """A service with one flag, and mostly one with another flag that it needs, of the same day or another."""

    def kind(editor: Editor, chance: Random) -> Drawn:
        own = line(chance.choice(editor.with_flag(flag)), chance.choice(revenue or _REVENUE), *chance.choice(modifiers))
        other = line(chance.choice(editor.with_flag(serving)), "0278", days=chance.choice((0, 0, 0, 1)))
        bill = chance.choice(("131", "131", "121", "851"))
        return Drawn(bill, [], ["I10"], [own, *_maybe(chance, other), *_beside(editor, chance)])

    return kind


def _of_status(*statuses: str, day: date = FIRST) -> Kind:
    """A service of a status indicator, with or without something beside it."""

    def kind(editor: Editor, chance: Random) -> Drawn:
        codes = editor.of_status(chance.choice(statuses), day=day)
        charge = chance.choice(("0.00", "0.01", "1.00", "120.00", "120.00"))
        own = [
            line(chance.choice(codes), chance.choice(_REVENUE), charge=charge) for _ in range(chance.choice((1, 2, 4)))
        ]
        start = None if day == FIRST else day + timedelta(chance.randrange(60))
        bill = chance.choice((*_HOSPITAL, "141", "851", "761"))
        return Drawn(bill, ["41"] if bill == "761" else [], ["F329"], [*own, *_beside(editor, chance)], start)

    return kind


def _diagnosed(flag: str) -> Kind:
    def kind(editor: Editor, chance: Random) -> Drawn:
        given = [chance.choice(editor.diagnosed(flag)), *chance.choice(((), ("I10",)))]
        bill = chance.choice(("131", "121", "141", "711", "721", "851"))
        return Drawn(bill, [], given, [line("G0463", "0510"), *_beside(editor, chance)])

    return kind


def _invalid_diagnosis(_: Editor, chance: Random) -> Drawn:
    return Drawn("131", [], [chance.choice(("Q999", "A0", "E11", "ZZZ"))], [line("G0463", "0510")])


def _aged(editor: Editor, chance: Random) -> Drawn:
    row = chance.choice(editor.aged("diagnoses"))
    return Drawn("131", [], [row["code"]], [line("G0463", "0510")], born=_birth(row, chance))


def _aged_service(editor: Editor, chance: Random) -> Drawn:
    row = chance.choice(editor.aged("procedures"))
    own = line(row["code"], chance.choice(_REVENUE))
    return Drawn(chance.choice(("131", "851")), [], ["I10"], [own, *_beside(editor, chance)], born=_birth(row, chance))


def _birth(row: Mapping[str, str], chance: Random) -> int:
    """A year of birth about the ends of the ages that a code is for."""
    age = int(chance.choice([row["age_min"], row["age_max"]]) or 60) + chance.choice((-2, -1, 0, 1, 2))
    return FIRST.year - max(0, min(age, 110))


def _dated(flag: str, *revenue: str) -> Kind:
    """A code whose approval begins or ends within a quarter, some days before or after that day."""

    def kind(editor: Editor, chance: Random) -> Drawn:
        row = chance.choice(editor.dated(flag))
        day = chance.choice(turns(row)) + timedelta(chance.randrange(-12, 12))
        day = max(day, date.fromisoformat(row["effective"]))
        day = min(day, date.fromisoformat(row["deletion"])) if row["deletion"] else day
        own = line(row["code"], chance.choice(revenue or ("0636", "0771", "0300")))
        return Drawn(chance.choice(("131", "131", "121", "711", "771", "851")), [], ["I10"], [own], start=day)

    return kind


def _asked_of(condition: str, start: date | None) -> Kind:
    def kind(editor: Editor, chance: Random) -> Drawn:
        # Of 2020 both sides know codes, and one side no pairs: a laboratory test has none with a visit.
        beside = _beside(editor, chance) if start is None else _maybe(chance, line("80053", "0300"))
        return Drawn("131", [condition], ["I10"], [line("G0463", "0510"), *beside], start)

    return kind


def _bilateral(editor: Editor, chance: Random) -> Drawn:
    flag = chance.choice(("bilateral_conditional", "bilateral_independent", "bilateral_inherent"))
    modifiers = chance.choice((("50",), ("50", "52"), ("50", "73"), ("74",), ("52",), (), ("RT",)))
    code = chance.choice(editor.with_flag(flag))
    own = line(code, chance.choice(("0360", "0981")), *modifiers, units=chance.choice((1, 2, 3)))
    again = _maybe(chance, line(code, "0360", *chance.choice(((), ("76",)))))
    return Drawn(chance.choice(("131", "131", "121", "851")), [], ["I10"], [own, *again, *_beside(editor, chance)])


def _inpatient_only(editor: Editor, chance: Random) -> Drawn:
    codes = chance.choice((editor.with_flag("separate_procedure"), editor.of_status("C")))
    own = line(chance.choice(codes), "0360", *chance.choice(((), ("CA",), ("CA",))), units=chance.choice((1, 1, 2)))
    surgery = line(chance.choice(editor.of_status("T", "J1")), "0360", days=chance.choice((0, 0, 1)))
    status = chance.choice(("20", "02", "01"))
    other = line(chance.choice(editor.of_status("E1", "B", "M", "S")), "0510", days=chance.choice((0, 1)))
    lines = [own, *_maybe(chance, surgery), *_maybe(chance, other)]
    return Drawn("131", [], ["I10"], lines, status=status)


def _observed(editor: Editor, chance: Random) -> Drawn:
    hours = line("G0378", "0762", *chance.choice(((), (), ("PN",))), units=chance.choice((4, 8, 20)))
    again = _maybe(chance, line("G0378", "0762", units=9, days=chance.choice((0, 1))), of=0.3)
    code = chance.choice((*editor.of_status("J2"), "G0463", "99284"))
    visit = _maybe(chance, line(code, "0450", *chance.choice(((), ("25",), ("PN",)))), of=0.6)
    beside = _maybe(chance, line(chance.choice(editor.of_status("S", "T", "Q1", "Q2", "Q3")), "0360"))
    bill = chance.choice(("131", "131", "131", "121", "851"))
    return Drawn(bill, chance.choice(((), (), ("G0",))), ["R079"], [*visit, hours, *again, *beside])


def _new_year(_: Editor, chance: Random) -> Drawn:
    """Observation of January 1, with a visit of that day or without."""
    hours = line("G0378", "0762", units=chance.choice((6, 8, 20)))
    visit = _maybe(chance, line("99284", "0450"), of=0.3)
    beside = line(chance.choice(("70450", "71046", "93005", "11042", "96374")), "0360")
    return Drawn("131", [], ["R079"], [*visit, hours, beside], date(2024, 1, 1))


def _visits(editor: Editor, chance: Random) -> Drawn:
    codes = chance.sample((*editor.of_status("V"), *editor.of_status("J2")), 2)
    visits = [line(code, chance.choice(("0510", "0450")), *chance.choice(((), (), ("25",)))) for code in codes]
    beside = line(chance.choice(editor.of_status("S", "T", "Q1", "Q2", "Q3", "J1")), "0360", days=chance.choice((0, 1)))
    conditions = chance.choice(((), (), ("G0",)))
    return Drawn(chance.choice(_HOSPITAL), conditions, ["R079"], [*visits, *_maybe(chance, beside)])


def _blood(editor: Editor, chance: Random) -> Drawn:
    code = chance.choice(editor.with_flag("blood_product"))
    revenue = chance.choice(("0381", "0382", "0383", "0390", "0300"))
    product = line(code, revenue, *chance.choice(((), ("BL",))), units=chance.choice((1, 2)))
    other = line(code, chance.choice(("0390", "0381")), *chance.choice(((), ("BL",))))
    given = line(chance.choice(editor.with_flag("blood_service")), "0391")
    lines = [*_maybe(chance, given), *_maybe(chance, other), *_maybe(chance, product)] or [given]
    return Drawn(chance.choice(_HOSPITAL), [], ["D649"], [*lines, *_beside(editor, chance)])


def _trauma(_: Editor, chance: Random) -> Drawn:
    care = _maybe(chance, line("99291", "0450"))
    team = line("G0390", chance.choice(("0681", "0682", "0450")))
    return Drawn("131", [], ["S0990XA"], [team, *care])


def _token(editor: Editor, chance: Random) -> Drawn:
    charge = chance.choice(("0.01", "1.00", "1.01", "150.00"))
    code = chance.choice(("C9898", "C9898", chance.choice(editor.of_status("G", "K"))))
    return Drawn("131", [], ["I10"], [line(code, "0343", charge=charge), line("78452", "0340")])


def _program(editor: Editor, chance: Random) -> Drawn:
    """A program's bill over a day, or over several weeks with days of few or many services."""
    bill, conditions = chance.choice((("131", ["41"]), ("131", ["92"]), ("761", ["41"]), ("761", ["92"]), ("131", [])))
    if chance.random() < 0.4:
        bill = bill[:2] + chance.choice("1234")
    flag = chance.choice(
        ("ph_service", "ph_primary", "iop_service", "iop_primary", "mh_not_ph", "ph_not_mh", "iop_not_mh")
    )
    lines = []
    for day in range(0, chance.choice((1, 1, 2, 22, 29)), chance.choice((1, 2, 3))):
        codes = chance.sample(
            sorted({*editor.with_flag("ph_service"), *editor.with_flag(flag)}), chance.choice((1, 2, 3, 4))
        )
        primary = _maybe(chance, line(chance.choice(editor.with_flag("ph_primary")), "0914", days=day), of=0.8)
        lines += [*primary, *(line(code, "0915", days=day, units=chance.choice((1, 1, 2))) for code in codes)]
    principal = chance.choice(("F329", "F329", "F329", "I10", *chance.sample(editor.diagnosed("code_first"), 2)))
    start = FIRST + timedelta(chance.randrange(60))  # all weeks in the quarter for which both sides hold tables
    return Drawn(bill, conditions, [principal, *chance.choice(((), ("F329",), ("I10",)))], lines, start=start)


def _not_of_the_program(editor: Editor, chance: Random) -> Drawn:
    """A mental health center's bill with a service that its program does not hold."""
    condition, flag = chance.choice((("41", "mh_not_ph"), ("92", "mh_not_iop")))
    lines = [line(code, "0915") for code in chance.sample(editor.with_flag("ph_primary"), 3)]
    own = line(chance.choice(editor.with_flag(flag)), "0914")
    return Drawn("761", [condition], ["F329"], [*lines, own])


def _training(_: Editor, chance: Random) -> Drawn:
    lines = [line("G0177", "0942"), *_maybe(chance, line("90834", "0914", days=chance.choice((0, 1))), of=0.3)]
    return Drawn(chance.choice(("131", "121")), [], ["F329"], lines)


def _center(editor: Editor, chance: Random) -> Drawn:
    payment = line(
        chance.choice(("G0466", "G0467", "G0468", "G0469", "G0470")), chance.choice(("0521", "0519", "0900", "0300"))
    )
    visits = [other for _, other in editor.paired("fqhc_visit")]
    visit = line(chance.choice(visits), "0521", units=chance.choice((1, 2)))
    excluded = line(chance.choice(editor.with_flag("fqhc_non_covered")), "0300")
    lines = [*_maybe(chance, payment, of=0.8), *_maybe(chance, visit, of=0.7), *_maybe(chance, excluded, of=0.3)]
    return Drawn("771", chance.choice(((), (), ("92",))), ["E119"], lines or [payment])


def _rural(editor: Editor, chance: Random) -> Drawn:
    code, _ = chance.choice(editor.paired("rhc_modifier"))
    services = sorted({*editor.with_flag("iop_service"), *editor.with_flag("iop_primary")})
    own = line(chance.choice((code, "99213")), "0521", *chance.choice((("CG",), ("CG",), ())))
    intensive = line(chance.choice(services), "0905", *chance.choice((("CG",), ())))
    return Drawn("711", chance.choice(((), ("92",))), ["J069"], [own, *_maybe(chance, intensive)])


def _rural_intensive(editor: Editor, chance: Random) -> Drawn:
    """Intensive outpatient services of a rural health clinic, primary ones and others, with modifier CG or without."""
    codes = editor.with_flag(chance.choice(("iop_service", "iop_primary")))
    lines = [line(chance.choice(codes), "0905", *chance.choice((("CG",), ("CG",), ()))) for _ in range(2)]
    return Drawn("711", ["92"], ["F329"], lines)


def _device(kind: str) -> Kind:
    """A device of pass-through status, or a procedure with a device of its own, and maybe its other half."""

    def draw(editor: Editor, chance: Random) -> Drawn:
        code, other = chance.choice(editor.paired(kind))
        own = line(code, "0278" if kind == "offset" else "0360", *chance.choice(((), (), ("73",))))
        beside = _maybe(chance, line(other, "0360" if kind == "offset" else "0278", days=chance.choice((0, 0, 1))))
        return Drawn(chance.choice(_HOSPITAL), [], ["I10"], [own, *beside, *_beside(editor, chance)])

    return draw


def _transplant(editor: Editor, chance: Random) -> Drawn:
    lines = [line("38240", "0362"), *_maybe(chance, line(None, "0815"))]
    return Drawn(chance.choice(("131", "121", "851")), [], ["C9100"], [*lines, *_beside(editor, chance)])


def _radiation(editor: Editor, chance: Random) -> Drawn:
    _, other = chance.choice(editor.paired("imrt"))
    return Drawn("131", [], ["C3490"], [line("77301", "0333"), line(other, "0333", days=chance.choice((0, 1)))])


def _contradictory(_: Editor, chance: Random) -> Drawn:
    """Modifiers of one line that contradict each other."""
    pair = chance.choice((("CT", "FX"), ("CT", "FY"), ("FX", "FY"), ("ER", "PN"), ("ER", "PO"), ("PN", "PO")))
    return Drawn(chance.choice(("131", "121", "851")), [], ["I10"], [line("71046", "0320", *pair)])


def _off_campus(editor: Editor, chance: Random) -> Drawn:
    code = chance.choice(editor.of_status(chance.choice(("J2", "J2", "P", "S", "T"))))
    own = line(code, "0510", chance.choice(("PN", "PN", "PO")))
    bill = chance.choice(("131", "131", "761"))
    return Drawn(bill, ["41"] if bill == "761" else [], ["F329"], [own, *_beside(editor, chance)])


def _telehealth(editor: Editor, chance: Random) -> Drawn:
    code = chance.choice((chance.choice(editor.with_flag("telehealth")), *editor.of_status("S", "V")))
    return Drawn("851", [], ["F329"], [line(code, chance.choice(("0510", "0960")), chance.choice(("95", "GT", "GQ")))])


def _ended(editor: Editor, chance: Random) -> Drawn:
    start = chance.choice((date(2023, 5, 1), date(2023, 5, 12), FIRST)) + timedelta(chance.randrange(20))
    codes = editor.with_flag("cms_mid_quarter_termination")
    lines = [line("G0463", "0510", *chance.choice((("CS",), ()))), *_maybe(chance, line(chance.choice(codes), "0270"))]
    return Drawn(chance.choice(("131", "711", "851")), [], ["I10"], lines, start=start)


def _pain_relief(editor: Editor, chance: Random) -> Drawn:
    codes = chance.choice((editor.of_status("H1", day=_LATER), editor.of_status("K1", day=_LATER)))
    lines = [line(code, "0278") for code in chance.sample(codes, min(len(codes), chance.choice((2, 3, 4, 5))))]
    lines += _maybe(chance, line("29881", "0360"), of=0.8)
    return Drawn(
        chance.choice(("131", "131", "121")), [], ["M170"], lines, start=_LATER + timedelta(chance.randrange(80))
    )


def _program_of_2023(editor: Editor, chance: Random) -> Drawn:
    """A day of partial hospitalization while few services had it denied (edit 30)."""
    start = date(2023, 10, 2) + timedelta(chance.randrange(60))
    codes = chance.sample(
        editor.with_flag(chance.choice(("ph_service", "ph_primary")), start), chance.choice((1, 2, 3))
    )
    lines = [line(code, "0915", units=chance.choice((1, 1, 2))) for code in codes]
    lines += _maybe(chance, line(chance.choice(editor.with_flag("ph_primary", start)), "0914"))
    return Drawn(chance.choice(("131", "761")), ["41"], ["F329"], lines, start=start)


def _waived(editor: Editor, chance: Random) -> Drawn:
    """Modifier CS, while it waived what the patient pays, on what it was for and on other services."""
    start = date(2023, 4, 1) + timedelta(chance.randrange(120))
    eligible = editor.with_flag("coinsurance_deductible_waiver_eligible", start)
    eligible = sorted({*eligible}.difference(editor.with_flag("addon_type1", start)))  # of which 2023 has no table
    own = line(chance.choice((chance.choice(eligible), *editor.of_status("S", day=start)[:3])), "0510", "CS")
    return Drawn(chance.choice(("131", "711", "851", "221")), [], ["I10"], [own], start=start)


def _tested_in_time(_: Editor, chance: Random) -> Drawn:
    """The add-on code of a test that was done in time, with the test or without it."""
    start = date(2021, 6, 1) + timedelta(chance.randrange(120))  # before it was an add-on code of the NCCI, too
    test = line(chance.choice(("U0003", "U0004", "80053")), "0300", days=chance.choice((0, 0, 1)))
    bill = chance.choice(("131", "141", "851", "711"))
    return Drawn(bill, [], ["I10"], [line("U0005", "0300"), *_maybe(chance, test)], start=start)


def _discounted(editor: Editor, chance: Random) -> Drawn:
    """A drug of pass-through status, or another, that the hospital says was bought at a discount (modifier JG)."""
    start = chance.choice((FIRST, FIRST, date(2024, 10, 1), _LATER))
    code = chance.choice(editor.of_status(chance.choice(("G", "G", "G", "K")), day=start))
    lines = [line(code, "0636", chance.choice(("JG", "JG", "JG", "TB"))), line("96365", "0335")]
    return Drawn(
        chance.choice(("131", "131", "121", "851")), [], ["I10"], lines, start=start + timedelta(chance.randrange(60))
    )


def _partly_opps(editor: Editor, chance: Random) -> Drawn:
    """A bill of home health care or for a hospice patient, with a service that OPPS pays for or without one."""
    bill = chance.choice(("341", "341", "341", "321", "321", "221", "231", "721", "741", "751", "811", "821"))
    bringing = ["vaccine", "antigen", "cast", "splint"] if bill == "341" else ["antigen", "cast", "splint"]
    own = line(chance.choice(editor.with_flag(chance.choice(bringing))), "0270")
    flag = chance.choice(("blood_service", "bilateral_inherent", "bilateral_conditional", "not_recognized_mcare"))
    codes = chance.choice((editor.with_flag(flag), editor.of_status("B"), editor.of_status("E2", "G", "N", "Q4")))
    other = line(chance.choice(codes), "0300", *chance.choice(((), ("50",), ("JG",))), units=chance.choice((1, 1, 2)))
    conditions = [] if bill == "341" else chance.choice((["07"], ["07"], ["07"], []))
    return Drawn(bill, conditions, ["I10"], [*_maybe(chance, own, of=0.9), other, *_maybe(chance, line(None, "0250"))])


def _wrong_bill(_: Editor, chance: Random) -> Drawn:
    bill, conditions = chance.choice(
        (("611", []), ("761", []), ("141", ["41"]), ("121", ["41"]), ("431", ["41"]), ("131", []))
    )
    start = chance.choice((None, date(2023, 8, 1)))
    return Drawn(bill, conditions, ["F329"], [line("90834", "0914")], start=start)


def _revenue_alone(_: Editor, chance: Random) -> Drawn:
    code = chance.choice(
        (
            "0500",
            "0637",
            "0660",
            "0760",
            "0870",
            "0906",
            "0931",
            "0381",
            "0382",
            "9999",
            "0250",
            "0450",
            "1000",
            "2100",
            "0990",
        )
    )
    return Drawn(chance.choice(_HOSPITAL), [], ["I10"], [line("G0463", "0510"), line(None, code)])


def _blood_revenue(editor: Editor, chance: Random) -> Drawn:
    own = line(chance.choice(editor.with_flag("blood_product")), chance.choice(("0381", "0382")))
    return Drawn(chance.choice(("131", "851")), [], ["D649"], [own, line("36430", "0391")])


def _colorectal(editor: Editor, chance: Random) -> Drawn:
    own = line(chance.choice(("G0463", "80053", chance.choice(editor.with_flag("colorectal")))), "0750", "PT")
    return Drawn(chance.choice(("131", "851")), [], ["Z1211"], [own, *_beside(editor, chance)])


def _skin(editor: Editor, chance: Random) -> Drawn:
    cost = chance.choice(("lo", "hi"))
    own = line(chance.choice(editor.with_flag(f"skin_substitute_sg_{cost}")), "0361")
    product = line(chance.choice(editor.with_flag(f"skin_substitute_{chance.choice((cost, cost, 'lo'))}")), "0636")
    return Drawn(
        chance.choice(("131", "121", "851")), [], ["L97411"], [own, *_maybe(chance, product), *_beside(editor, chance)]
    )


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "1": _invalid_diagnosis,
        "2": _aged,
        "5": _diagnosed("external_cause"),
        "7": _aged_service,
        "9": _flagged("non_covered", bills=("131", "711", "721", "851")),
        "10": _asked_of("21", date(2020, 8, 3)),
        "11": _asked_of("20", None),
        "12": _flagged("questionable"),
        "13": _of_status("E2"),
        "17, 37, 74": _bilateral,
        "18, 45, 49, 60, 70, 121": _inpatient_only,
        "21, 42": _visits,
        "27, 47": _of_status("N", "N", "E1", "Q4", "Q1"),
        "28": _flagged("not_recognized_mcare"),
        "29, 80, 81, 95, 109, 128, 129, 131, 132, 133, 190, 191": _program,
        "29, 80, 81, 95, 109, 128, 129, 131, 132, 133, 190, 191, again": _program,
        "80, 132": _not_of_the_program,
        "35": _training,
        "38": _of_status("H", "U"),
        "43, 73": _blood,
        "41, 48, 65": _revenue_alone,
        "46, 118": _wrong_bill,
        "50": _flagged("statutory_exclusion", bills=("131", "711", "851")),
        "51, 57, 58, 101": _observed,
        "61": _flagged("dmerc_billable_only"),
        "62": _flagged("not_recognized_opps"),
        "66": _flagged("unclassified_drug", "0636"),
        "67": _dated("dated_67"),
        "68": _dated("dated_68"),
        "69": _dated("dated_69"),
        "76": _trauma,
        "79": _blood_revenue,
        "82, 117": _token,
        "83": _dated("dated_83"),
        "86": _diagnosed("manifestation"),
        "87": _skin,
        "88, 89, 90": _center,
        "91": _flagged("fqhc_non_covered", bills=("711", "771")),
        "92": _needing("device_procedure", "device", modifiers=((), (), ("73",), ("CG",))),
        "93": _needing("cornea_tissue_processing", "cornea_transplant", "0278"),
        "98": _device("offset"),
        "99": _of_status("G", "K"),
        "100": _transplant,
        "101": _off_campus,
        "104, 130": _rural,
        "110": _dated("dated_110"),
        "111": _flagged("bundled_in_biological", "0870", bills=("131", "131", "851", "711")),
        "112": _flagged("information_only", bills=("131", "711", "721")),
        "113": _diagnosed("unacceptable_pdx"),
        "116": _flagged("opioid_treatment_program", "0900", bills=("131", "711", "871", "851")),
        "120": _colorectal,
        "123, 124": _ended,
        "125": _radiation,
        "126": _telehealth,
        "127": _flagged("part_b_billable", "0300", "0942", "0510", bills=("121",)),
        "134": _dated("dated_134"),
        "135": _device("device"),
        "136": _dated("dated_136", "0636"),
        "137, 138": _pain_relief,
        # Edits that ended:
        "30": _program_of_2023,
        "114": _waived,
        "115": _tested_in_time,
        "122": _discounted,
        # Kinds of several edits that chance gives seldom, once more:
        "45, 60, 70, 121": _inpatient_only,
        "74": _bilateral,
        "74, again": _bilateral,
        "80, again": _not_of_the_program,
        "80, once more": _not_of_the_program,
        "102": _contradictory,
        "57": _new_year,
        "57, 101, again": _observed,
        "101, again": _off_campus,
        "130": _rural_intensive,
        "46, 118, again": _wrong_bill,
        "13, 17, 28, 43, 47, 62, 74, 122, of other bills": _partly_opps,
        "138": _pain_relief,
    }
)
"""The kinds of claims by the edits that they are about, each drawn as often."""


def pointed_claims(editor: Editor, seed: int, number: int) -> Iterator[dict[str, Any]]:
    """So many claims, the same ones for a seed."""
    chance = Random(seed)
    kinds = [*KINDS]
    for count in range(number):
        drawn = KINDS[kinds[count % len(kinds)]](editor, chance)
        yield claim_of(drawn, f"P{seed}-{count}", chance.choice("MF"), FIRST + timedelta(chance.randrange(DAYS)))
