"""Random claims of facilities, made so that edits have something to say: of the tables that both sides hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from claimcheck.tables.packed.windows import NEVER_IN_FORCE
from claimcheck.tables.store import opening

__all__ = ["BILLS", "Material", "random_claims"]

_FIRST, _DAYS = date(2024, 7, 1), 88  #: the third quarter of 2024, for which both hold tables

#: Bill types by how often they are drawn; each stands for a path of its own through the editor.
BILLS = ["131"] * 6 + ["851"] * 6 + ["341"] * 4 + ["121", "141", "221", "231", "321", "711", "721", "741", "751", "771"]
BILLS += ["811", "831", "841", "871"]
_CONDITIONS = ("89", "G0", "20", "21", "45", "92", "07")
_MODIFIERS = (
    "59",
    "25",
    "LT",
    "RT",
    "50",
    "52",
    "73",
    "76",
    "91",
    "XS",
    "XU",
    "26",
    "TC",
    "8P",
    "1P",
    "GY",
    "CT",
    "FX",
)
_MODIFIERS += ("FY", "ER", "PN", "PO", "27", "E1", "F5", "KX", "JW", "QQ", "ZZ")
_REVENUE = (
    "0250",
    "0300",
    "0320",
    "0360",
    "0450",
    "0510",
    "0636",
    "0761",
    "0762",
    "0942",
    "0960",
    "0971",
    "0981",
    "0250",
)
_OBSERVED = ("G0378", "G0379", "99218", "G0463", "99285")
#: Services by which a home health agency's bill (34x) comes under OPPS, or went out of it.
_OPPS_SERVICES = ("G0008", "90471", "29125", "29405", "95165", "97607")
_DIAGNOSES = ("Z0000", "J449", "E1165", "I10", "W19XXXA", "B9681", "R519")
_CHARGES = ("0.00", "0.01", "1.00", "40.00", "150.00")
_STRIDE = 997  #: of the pairs' rows, of which there are more than enough


@dataclass(frozen=True)
class Material:
    """Codes to draw from: add-on codes with their primaries, pairs of two codes, and codes of every kind."""

    add_ons: tuple[tuple[str, tuple[str, ...]], ...]
    pairs: tuple[tuple[str, str], ...]
    codes: tuple[str, ...]

    @classmethod
    def load(cls, store: Path) -> Material:
        """What a store holds for the quarter."""
        add_ons: dict[str, list[str]] = {}
        pairs: list[tuple[str, str]] = []
        codes: set[str] = set()
        for volume in opening.volumes(store):
            edition = volume.edition
            held: Any = volume.table
            if edition.program != "medicare":
                continue
            if edition.table == "add_on" and edition.exact_from == _FIRST:
                for row in held:
                    add_ons.setdefault(row.add_on, []).extend([row.primary] if row.primary else [])
            elif edition.table == "ptp_outpatient_hospital" and edition.exact_from == _FIRST:
                rows = islice(held, 0, None, _STRIDE)
                pairs += [(row[0], row[1]) for row in rows if row[3] is None and row[4] != NEVER_IN_FORCE]
            elif edition.table in ("hcpcs", "fee_schedule"):
                codes |= {row.code for row in held}
        return cls(
            tuple(sorted((code, tuple(sorted(primaries))) for code, primaries in add_ons.items())),
            tuple(sorted(pairs)),
            tuple(sorted(codes)),
        )


def random_claims(material: Material, seed: int, number: int, bills: Sequence[str] = BILLS) -> Iterator[dict[str, Any]]:
    """So many claims, the same ones for a seed, of these bill types (three characters)."""
    chance = Random(seed)
    for count in range(number):
        yield _claim(material, chance, f"D{seed}-{count}", chance.choice(bills))


def _claim(material: Material, chance: Random, claim_id: str, bill: str) -> dict[str, Any]:
    first = _FIRST + timedelta(chance.randrange(_DAYS))
    lines: list[dict[str, Any]] = []
    for _ in range(chance.choice((1, 1, 2, 3))):
        lines += _lines(material, chance)
    for line in lines:
        _fill(line, first, bill, chance)
    last = max(line["service_date"] for line in lines)
    return {
        "claim_id": claim_id,
        "claim_type": "institutional",
        "bill_type": f"0{bill}",
        "member_id": "M1",
        "birth_date": "1960-01-01",
        "sex": chance.choice("MF"),
        "billing_npi": "1234567893",
        "patient_status": "01",
        "statement_from": min(line["service_date"] for line in lines),
        "statement_through": last,
        "received_date": (date.fromisoformat(last) + timedelta(3)).isoformat(),
        "condition_codes": [chance.choice(_CONDITIONS)] if chance.random() < 0.2 else [],
        "diagnoses": [chance.choice(_DIAGNOSES), *([chance.choice(_DIAGNOSES)] if chance.random() < 0.3 else [])],
        "lines": lines,
    }


def _lines(material: Material, chance: Random) -> list[dict[str, Any]]:
    """Lines that an edit may bring together: an add-on code and its primary, a pair, observation, or any one."""
    drawn = chance.random()
    if drawn < 0.4:
        code, primaries = chance.choice(material.add_ons)
        primary = chance.choice(primaries) if primaries and chance.random() < 0.6 else chance.choice(material.codes)
        return [{"procedure_code": code}, {"procedure_code": primary}]
    if drawn < 0.65:
        return [{"procedure_code": code} for code in chance.choice(material.pairs)]
    if drawn < 0.72:
        return [{"procedure_code": chance.choice(_OBSERVED), "revenue_code": "0762"}]
    if drawn < 0.76:
        return [{"procedure_code": chance.choice(_OPPS_SERVICES)}]
    if drawn < 0.87:
        return [{"procedure_code": chance.choice(material.codes)}]
    return [{"revenue_code": f"{chance.randrange(10_000):04}" if chance.random() < 0.5 else chance.choice(_REVENUE)}]


def _fill(line: dict[str, Any], first: date, bill: str, chance: Random) -> None:
    line["service_date"] = (first + timedelta(chance.choice((0, 0, 0, 1, 2)))).isoformat()
    if "procedure_code" in line and chance.random() < 0.35:
        line["modifiers"] = chance.sample(_MODIFIERS, chance.choice((1, 1, 2)))
    professional = bill.startswith(("85", "34")) and chance.random() < 0.3
    line.setdefault("revenue_code", f"09{chance.randrange(60, 90)}" if professional else chance.choice(_REVENUE))
    line["units"] = chance.choice((1, 1, 1, 2, 3))
    line["charge"] = chance.choice(_CHARGES)
