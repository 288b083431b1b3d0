"""Public sample 835s, those of another library's generator, and written ones, read equal to an independent reading.

The samples are not part of the project: the test reads them from the folder that CLAIMCHECK_REMITTANCES names (any
number of .835, .txt and .edi files), else from ../shared/data/claims/era, and says so where there is none.
"""

from __future__ import annotations

import os
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.remittance import Remittance, RemittedClaim, read_remittances
from remittance import written
from remittance.naive import naive

_SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "claims" / "era"
_FOLDER = Path(os.environ.get("CLAIMCHECK_REMITTANCES", _SHARED))
_SAMPLES = sorted(_FOLDER.glob("*.*")) if _FOLDER.is_dir() else []


def as_naive(data: bytes) -> tuple[list[dict[str, Any]], list[tuple[str, ...]]]:
    """What the library reads, in the form of the naive reader; and the rule ids of the findings of each set."""
    sets: list[dict[str, Any]] = []
    findings: list[tuple[str, ...]] = []
    claims: list[RemittedClaim] = []
    for item in read_remittances(data):
        if isinstance(item, RemittedClaim):
            claims.append(item)
            continue
        assert isinstance(item, Remittance)
        assert item.claims == len(claims)
        sets.append(
            {
                "payment": item.header.payment_amount,
                "credit": item.header.credit,
                "plb": [each.amount for each in item.provider_adjustments],
                "claims": [_claim(claim) for claim in claims],
            }
        )
        findings.append(tuple(finding.rule_id for one in (*claims, item) for finding in one.findings))
        claims = []
    return sets, findings


def _claim(claim: RemittedClaim) -> dict[str, Any]:
    return {
        "id": claim.claim_id,
        "status": claim.status,
        "charge": claim.charge,
        "paid": claim.paid,
        "patient": claim.patient_responsibility,
        "payer_claim_id": claim.payer_claim_id,
        "cas": _cas(claim.adjustments),
        "remarks": list(claim.remarks),
        "lines": [
            {
                "code": line.procedure_code,
                "revenue": line.revenue_code,
                "modifiers": list(line.modifiers),
                "billed": line.submitted_code,
                "charge": line.charge,
                "paid": line.paid,
                "units": line.units,
                "cas": _cas(line.adjustments),
                "remarks": list(line.remarks),
                "number": line.control_number,
            }
            for line in claim.lines
        ],
    }


def _cas(adjustments: Any) -> list[tuple[str, str, Decimal, Decimal | None]]:
    return [(each.group_code, each.carc, each.amount, each.quantity) for each in adjustments]


def unbalanced(sets: list[dict[str, Any]]) -> list[tuple[int, int, int]]:
    """By set: how many lines, claims and payments do not balance, counted by the naive reading alone."""
    found = []
    for one in sets:
        lines = claims = 0
        for claim in one["claims"]:
            taken = sum((each[2] for each in claim["cas"]), Decimal(0))
            for line in claim["lines"]:
                of_line = sum((each[2] for each in line["cas"]), Decimal(0))
                taken += of_line
                if None not in (line["charge"], line["paid"]):
                    lines += line["charge"] - of_line != line["paid"]
            if None not in (claim["charge"], claim["paid"]):
                claims += claim["charge"] - taken != claim["paid"]
        paid = sum((claim["paid"] or Decimal(0) for claim in one["claims"]), Decimal(0))
        stated = one["payment"]
        wrong = stated is not None and paid - sum(one["plb"], Decimal(0)) != (stated if one["credit"] else -stated)
        found.append((lines, claims, int(wrong)))
    return found


def check(data: bytes) -> int:
    """Both readings are equal, and so are the balances; how many service lines there are.

    Some samples hold a transaction set without its envelope, which is put around it.
    """
    data = _whole(data)
    expected = naive(data)
    sets, findings = as_naive(data)
    assert sets == expected
    counted = [tuple(ids.count(rule) for rule in ("REM101", "REM102", "REM103")) for ids in findings]
    assert counted == unbalanced(expected)
    return sum(len(claim["lines"]) for one in expected for claim in one["claims"])


def _whole(data: bytes) -> bytes:
    if not data.startswith(b"ST"):
        return data
    return f"{written.isa()}GS*HP*A*B*20240801*1200*1*X*005010X221A1~".encode() + data + b"GE*1*1~IEA*1*000000001~"


@pytest.mark.skipif(not _SAMPLES, reason=f"no sample 835s in {_FOLDER}")
def test_public_samples_are_read_as_an_independent_reader_reads_them() -> None:
    assert sum(check(path.read_bytes()) for path in _SAMPLES) > 0


def as_oxedi(data: bytes) -> list[dict[str, Any]]:
    """The claims as oxedi's tables have them, with the remark codes of its document, which no table has."""
    oxedi = pytest.importorskip("oxedi", reason="another library that reads 835s: pip install oxedi")
    pyarrow = pytest.importorskip("pyarrow", reason="needs the extra: pip install '.[arrow]'")
    read = oxedi.parse(data)
    rows = {name: pyarrow.table(read.tables[name]).to_pylist() for name in ("claims", "services", "adjustments")}
    remarks: dict[tuple[str, int], list[str]] = {}
    for number, segment in enumerate(read.document[at] for at in range(len(read.document))):
        name, elements = segment.id.decode(), [b"" if isinstance(one, list) else one for one in segment.elements]
        level = "services" if name == "LQ" else "claims"
        codes = {"LQ": elements[1:2] if elements[:1] == [b"HE"] else [], "MOA": elements[2:7]}.get(name, [])
        codes = [elements[4], *elements[19:23]] if name == "MIA" and len(elements) > 4 else codes
        before = [row["row"] for row in rows[level] if row["segment"] < number]
        if codes and before:
            remarks.setdefault((level, before[-1]), []).extend(code.decode() for code in codes if code)

    def cas(**of: int | None) -> list[tuple[str, str, Decimal, Decimal | None]]:
        return [
            (row["group_code"].decode(), row["reason_code"].decode(), row["amount"], row["quantity"])
            for row in rows["adjustments"]
            if all(row[name] == number for name, number in of.items())
        ]

    return [
        {
            "id": _text(claim["claim_id"]),
            "status": _text(claim["claim_status"]),
            "amounts": [claim[name] for name in ("charge_amount", "payment_amount", "patient_responsibility")],
            "payer_claim_id": _text(claim["payer_control_number"]),
            "cas": cas(claim=claim["row"], service=None),
            "remarks": remarks.get(("claims", claim["row"]), []),
            "lines": [
                {
                    "code": _text(line["procedure_code"]),
                    "amounts": [line["charge_amount"], line["payment_amount"]],
                    "units": line["units_paid"],
                    "day": line["service_date"],
                    "cas": cas(service=line["row"]),
                    "remarks": remarks.get(("services", line["row"]), []),
                    "number": _text(line["line_item_control_number"]),
                }
                for line in rows["services"]
                if line["claim"] == claim["row"]
            ],
        }
        for claim in rows["claims"]
    ]


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode().strip() or None


@pytest.mark.parametrize("path", _SAMPLES, ids=lambda path: path.name)
def test_public_samples_are_read_as_oxedi_reads_them(path: Path) -> None:
    """Its tables leave out the first day of a period of service, and numbers of more than two decimals."""
    expected = as_oxedi(_whole(path.read_bytes()))
    claims = [item for item in read_remittances(_whole(path.read_bytes())) if isinstance(item, RemittedClaim)]
    lines = [line for claim in claims for line in claim.lines]
    for line, theirs in zip(lines, (line for claim in expected for line in claim["lines"]), strict=True):
        theirs["day"] = theirs["day"] or line.service_date
        theirs["units"] = theirs["units"] or line.units
    assert [
        {
            "id": claim.claim_id,
            "status": claim.status,
            "amounts": [claim.charge, claim.paid, claim.patient_responsibility],
            "payer_claim_id": claim.payer_claim_id,
            "cas": _cas(claim.adjustments),
            "remarks": list(claim.remarks),
            "lines": [
                {
                    "code": line.revenue_code if line.code_qualifier == "NU" else line.procedure_code,
                    "amounts": [line.charge, line.paid],
                    "units": line.units,
                    "day": line.service_date,
                    "cas": _cas(line.adjustments),
                    "remarks": list(line.remarks),
                    "number": line.control_number,
                }
                for line in claim.lines
            ],
        }
        for claim in claims
    ] == expected


AMOUNT = st.decimals(-999, 9_999, places=2).map(str)
TRIPLET = st.tuples(st.sampled_from(["1", "2", "45", "97", "253", "A1"]), AMOUNT, st.sampled_from(["", "1", "2.5"]))
CAS = st.lists(
    st.tuples(st.sampled_from(["CO", "PR", "OA", "PI"]), st.lists(TRIPLET, min_size=1, max_size=6)), max_size=3
)
LINE = st.fixed_dictionaries(
    {
        "code": st.sampled_from(["99213", "J3301", "3044F"]),
        "modifiers": st.lists(st.sampled_from(["25", "59", "LT"]), max_size=4),
        "charge": AMOUNT,
        "paid": AMOUNT,
        "units": st.sampled_from(["", "1", "3", "2.5"]),
        "adjustments": CAS,
        "remarks": st.lists(st.sampled_from(["N130", "M15", "MA01"]), max_size=3),
        "control_number": st.sampled_from(["", "1", "ABC9"]),
    }
)
CLAIM = st.fixed_dictionaries(
    {
        "claim_id": st.sampled_from(["A1", "B-2", "00017"]),
        "status": st.sampled_from(["1", "2", "4", "22"]),
        "charge": AMOUNT,
        "paid": AMOUNT,
        "patient": st.sampled_from(["", "12.5"]),
        "adjustments": CAS,
        "remarks": st.lists(st.sampled_from(["MA01", "N522"]), max_size=5),
        "lines": st.lists(LINE, max_size=4),
    }
)


@given(st.lists(st.lists(CLAIM, max_size=3), min_size=1, max_size=3), st.sampled_from(["~", "\n", "|"]))
def test_written_remittances_are_read_as_an_independent_reader_reads_them(sets: list, terminator: str) -> None:
    data = written.interchange(*(written.transaction(claims, "10") for claims in sets), terminator=terminator)
    check(data)


@pytest.mark.parametrize("seed", range(20))
def test_denials_that_another_library_states_are_read(seed: int) -> None:
    """x12sdk writes 835s whose denials are stated: each line's, and no other, is what is read."""
    generate = pytest.importorskip("x12sdk.generate", reason="another library that writes 835s: pip install x12sdk")
    draw = random.Random(seed)
    stated = [_stated(draw) for _ in range(draw.randrange(1, 30))]
    specs = [
        generate.ClaimSpec(
            charge=str(sum(100 for _ in lines)),
            patient_control_number=f"PCN{number}",
            lines=[
                generate.ServiceLineSpec(
                    charge="100.00", procedure="99213", adjustments=[generate.denial(*each) for each in adjustments]
                )
                for adjustments in lines
            ],
        )
        for number, lines in enumerate(stated)
    ]
    data = generate.generate_835(seed=seed, claims=specs)
    data = data if isinstance(data, bytes) else str(data).encode()
    check(data)
    claims = [item for item in read_remittances(data) if isinstance(item, RemittedClaim)]
    assert not any(claim.findings for claim in claims)
    assert [
        [[(each.group_code, each.carc, str(each.amount)) for each in line.adjustments] for line in claim.lines]
        for claim in claims
    ] == stated


def _stated(draw: random.Random) -> list[list[tuple[str, str, str]]]:
    """The adjustments of the lines of a claim."""
    reasons = ("45", "97", "16", "29", "253")
    return [
        [("CO", reason, draw.choice(("10.00", "25.50"))) for reason in draw.sample(reasons, draw.randrange(3))]
        for _ in range(draw.randrange(1, 4))
    ]
