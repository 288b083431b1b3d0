"""Hospital stays for the run against the Medicare Code Editor: at random, of daily life, to the point of an edit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import attrs

from claimcheck import Tables

__all__ = ["Codes", "stays"]

_FIRST, _LAST = date(2015, 10, 1), date(2026, 9, 30)  #: the days that the editor's lists of ICD-10 hold

#: Principal diagnosis, secondary diagnoses and procedures of stays as they are billed every day.
_DAILY = (
    ("I21.4", ("I25.10", "E11.9", "I10", "Z79.4"), ("027034Z", "4A023N7")),
    ("A41.9", ("N39.0", "N17.9", "R65.20", "B96.20"), ()),
    ("J44.1", ("J96.01", "F17.210", "I10"), ("5A09357",)),
    ("S72.001A", ("W19.XXXA", "Y92.009", "M81.0"), ("0SRR0JZ",)),
    ("O80", ("Z37.0", "Z3A.39"), ("10E0XZZ",)),
    ("O82", ("Z37.0", "Z3A.40"), ("10D00Z1",)),
    ("Z38.00", ("P59.9", "Z23"), ("3E0234Z",)),
    ("I63.9", ("G81.94", "I48.91", "R47.01"), ("3E03317",)),
    ("J18.9", ("J96.01", "I50.9"), ("5A1955Z", "0BH17EZ")),
    ("K35.80", ("E66.9", "I10"), ("0DTJ4ZZ",)),
    ("C34.11", ("C79.51", "J91.0", "Z51.5"), ("0BBC4ZX",)),
    ("E11.65", ("Z79.4", "N18.6", "Z99.2"), ("5A1D70Z",)),
    ("N18.6", ("Z99.2", "E10.22", "I12.0"), ("0TY00Z0", "0FYG0Z0")),
    ("F32.9", ("R45.851", "F10.20"), ("GZ3ZZZZ",)),
    ("Z51.11", ("C91.00", "D70.1"), ("30233G0", "3E03305")),
)
_STATUSES = ("01", "02", "03", "06", "20", "30", "62", "63", "65", "70", "81")
_ODD_STATUSES = ("00", "08", "09", "10", "40", "41", "42", "43", "50", "51", "61", "64", "66", "69", "82", "95", "99")


@attrs.frozen
class Codes:
    """The codes of the editor's lists by flag, and those of no flag."""

    diagnoses: dict[str, list[str]]
    procedures: dict[str, list[str]]

    @classmethod
    def load(cls, store: Path) -> Codes:
        """Of the tables of a store."""
        tables = Tables.open(store)
        return cls(
            _by_flag(tables, "inpatient_diagnosis", "icd10cm"), _by_flag(tables, "inpatient_procedure", "icd10pcs")
        )


def stays(codes: Codes, seed: int, number: int) -> Iterator[dict[str, Any]]:
    """So many stays, a third of each kind; the same for the same seed."""
    random = Random(seed)
    for place in range(number):
        kind = (_at_random, _of_daily_life, _to_the_point)[place % 3]
        yield _stay(random, *kind(codes, random))


def _stay(random: Random, diagnoses: list[dict[str, str]], procedures: list[str]) -> dict[str, Any]:
    last = _FIRST + timedelta(days=random.randrange((_LAST - _FIRST).days))
    first = last - timedelta(days=random.choice((0, 1, 2, 3, 4, 5, 6, 9, 20)))
    age = random.choice((0, 1, 9, 12, 15, 17, 18, 30, 45, 55, 60, 61, 64, 65, 72, 85, 99, 124, 125))
    birth = date(first.year - age, 1, 1) if first >= date(first.year, 1, 1) else first
    status = random.choice(_STATUSES if random.random() < 0.9 else _ODD_STATUSES)
    return {
        "claim_type": "institutional",
        "bill_type": "0112" if status == "30" else "0111",
        "sex": random.choice("FM") if random.random() < 0.95 else "U",
        "birth_date": birth.isoformat(),
        "admission_date": first.isoformat(),
        "discharge_date": last.isoformat(),
        "statement_from": first.isoformat(),
        "statement_through": last.isoformat(),
        "patient_status": status,
        "diagnoses": diagnoses,
        "procedures": [{"code": code} for code in procedures],
        "lines": [{"revenue_code": "0120", "units": max((last - first).days, 1), "charge": "1000.00"}],
    }


def _roles(codes: list[str]) -> list[dict[str, str]]:
    roles = ("principal", *("other",) * (len(codes) - 1))
    return [{"code": code, "role": role} for code, role in zip(codes, roles, strict=True)]


def _at_random(codes: Codes, random: Random) -> tuple[list[dict[str, str]], list[str]]:
    flags = [*codes.diagnoses]
    drawn = [random.choice(codes.diagnoses[random.choice(flags)]) for _ in range(random.randrange(1, 9))]
    of_procedures = [*codes.procedures]
    procedures = [
        random.choice(codes.procedures[random.choice(of_procedures)]) for _ in range(random.choice((0, 0, 1, 2, 3)))
    ]
    if random.random() < 0.1:
        drawn.append(drawn[0])
    return _roles(drawn), procedures


def _of_daily_life(codes: Codes, random: Random) -> tuple[list[dict[str, str]], list[str]]:
    principal, others, procedures = random.choice(_DAILY)
    kept = [code for code in others if random.random() < 0.8]
    if random.random() < 0.2:
        kept.append(random.choice(codes.diagnoses[random.choice([*codes.diagnoses])]))
    diagnoses = _roles([principal, *kept])
    if random.random() < 0.5:
        diagnoses.append({"code": principal, "role": "admitting"})
    return diagnoses, [code for code in procedures if random.random() < 0.9]


def _to_the_point(codes: Codes, random: Random) -> tuple[list[dict[str, str]], list[str]]:
    """One code of a flag on a plain stay, mostly as the principal diagnosis."""
    if random.random() < 0.4:
        flag = random.choice([*codes.procedures])
        diagnoses = ["I50.9", random.choice(codes.diagnoses.get(flag, codes.diagnoses["delivery_outcome"]))]
        return _roles(diagnoses[: random.choice((1, 2))]), [random.choice(codes.procedures[flag])]
    code = random.choice(codes.diagnoses[random.choice([*codes.diagnoses])])
    return _roles(random.choice(([code], [code, "I10"], ["I50.9", code], [code, code]))), []


def _by_flag(tables: Tables, table: str, of_all: str) -> dict[str, list[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for shelf in tables.shelves(table):
        for volume in shelf.volumes:
            for row in volume.table:
                values = dict(row.values)
                flags = [*values["flags"].split(), *(f"sex_{values['sex']}" if values["sex"] else "",)]
                flags += ["age"] if values.get("age_min") or values.get("age_max") else []
                for flag in filter(None, flags):
                    found[flag].add(row.code)
    plain = [row.code for shelf in tables.shelves(of_all) for volume in shelf.volumes for row in volume.table]
    found["plain"] = set(plain[:: max(len(plain) // 2_000, 1)])
    found["external_cause"] = {code for code in found["plain"] if code[0] in "VWXY"} if of_all == "icd10cm" else set()
    return {flag: sorted(held) for flag, held in sorted(found.items()) if held}
