"""Published sample files, against a second reading of them that shares nothing with the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from claimcheck.claims import Claim, Diagnosis
from claimcheck.io import x12

#: Claims and lines of each family of files.
TOTALS = {"lfh_837_005010X222A2": (18, 47), "lfh_837_005010X223A3": (5, 8), "hccinfhir": (14, 28), "imsweb": (833, 837)}

DIAGNOSIS = re.compile(r"(A?(?:BK|BF|BJ|PR|BN))[:>](\w+)(?:[:>]{7}(\w))?$")


@pytest.fixture(scope="module")
def files(reference_data: Path) -> list[Path]:
    return sorted((reference_data / "claims" / "x12").iterdir())


def naive(text: str) -> Iterator[dict[str, Any]]:
    """A claim is what stands from a CLM to the next CLM, HL or SE; a line, from an SV1 or SV2 to the next LX or SV."""
    rows = [row.strip().split("*") + [""] * 12 for row in text.split("~") if row.strip()]
    around: dict[str, str] = {}
    position = 0
    while position < len(rows):
        row = rows[position]
        if row[0] == "HL":
            around = {k: v for k, v in around.items() if row[3] != "20" and (k in ("npi", "tax") or row[3] == "23")}
        elif row[0] == "NM1":
            names = {"85": "npi", "IL": "member", "PR": "payer"}
            around |= {names.get(row[1], "other"): row[9], "last": row[1]}
        elif row[0] == "REF" and row[1] == "EI" and around.get("last") == "85":
            around["tax"] = row[2]
        elif row[0] == "DMG":
            around["born"] = row[2]
        if row[0] == "HL" and row[3] == "23":
            around["dependent"] = "yes"
            around.pop("born", None)
        position += 1
        if row[0] == "CLM":
            end = next(n for n in range(position, len(rows)) if rows[n][0] in ("CLM", "HL", "SE"))
            yield {**around, **naive_claim(row, rows[position:end]), "place": position}
            position = end


def naive_claim(clm: list[str], rows: list[list[str]]) -> dict[str, Any]:
    entries = [entry for row in rows if row[0] == "HI" for entry in row[1:]]
    starts = [n for n, row in enumerate(rows) if row[0] in ("SV1", "SV2")]
    ends = [*starts[1:], len(rows)]
    return {
        "id": clm[1],
        "total": Decimal(clm[2]),
        "facility": re.split("[:>]", clm[5]) if clm[5] else [None, None, None],
        "diagnoses": [(m[1], m[2], m[3]) for m in map(DIAGNOSIS.match, entries) if m],
        "lines": [naive_line(rows[a:b]) for a, b in zip(starts, ends, strict=True)],
    }


def naive_line(rows: list[list[str]]) -> dict[str, Any]:
    service = rows[0] if rows[0][0] == "SV1" else [rows[0][0], *rows[0][2:]]
    procedure = re.split("[:>]", service[1])
    dates = next((re.findall(r"\d{8}", row[3]) for row in rows if row[:2] == ["DTP", "472"]), [])
    days = [date.fromisoformat(f"{day[:4]}-{day[4:6]}-{day[6:]}") for day in dates]
    ndc = next((row[3] for row in rows if row[0] == "LIN" and row[2] == "N4"), None)
    return {
        "code": procedure[1],
        "modifiers": tuple(part for part in procedure[2:6] if part),
        "charge": Decimal(service[2]),
        "units": Decimal(service[4]),
        "basis": service[3],
        "pointers": tuple(int(Decimal(p)) for p in re.split("[:>]", service[7]) if p) if rows[0][0] == "SV1" else (),
        "revenue": rows[0][1] if rows[0][0] == "SV2" else None,
        "days": (*days, None, None)[:2],
        "ndc": ndc,
    }


def seen(claim: Claim) -> dict[str, Any]:
    """What the reader made of the claim, in the shape of the naive reading."""
    roles = {"principal": "BK", "other": "BF", "admitting": "BJ", "reason_for_visit": "PR", "external_cause": "BN"}
    return {
        "id": claim.claim_id,
        "total": claim.total_charge,
        "diagnoses": [
            ("A" * (d.version == "ICD-10-CM") + roles[d.role], d.code, d.poa)  # type: ignore[index]
            for d in claim.diagnoses
            if isinstance(d, Diagnosis)
        ],
        "lines": [
            {
                "code": line.procedure_code,
                "modifiers": line.modifiers,
                "charge": line.charge,
                "units": line.units,
                "basis": line.unit_basis,
                "pointers": line.diagnosis_pointers,
                "revenue": line.revenue_code,
                "days": (line.service_date, line.service_date_end),
                "ndc": line.ndc,
            }
            for line in claim.lines
        ],
    }


def test_every_claim_and_line_equals_an_independent_reading(files: list[Path]) -> None:
    for path in files:
        expected = list(naive(path.read_text()))
        claims = list(x12.read(path))
        assert len(claims) == len(expected) > 0, path.name
        for claim, other in zip(claims, expected, strict=True):
            read = seen(claim)
            assert read == {name: other[name] for name in read}, path.name
            assert claim.source is not None
            assert (claim.source.file, claim.source.place) == (str(path), other["place"])


def test_the_loops_around_a_claim_equal_an_independent_reading(files: list[Path]) -> None:
    for path in files:
        if "bad_segment" in path.name:
            continue  # its subscriber lost the NM1, see the test below
        for claim, other in zip(x12.read(path), naive(path.read_text()), strict=True):
            born = other.get("born")
            assert claim.birth_date == (date.fromisoformat(born) if born else None)
            assert claim.billing_npi == other["npi"]
            assert claim.billing_tax_id == other.get("tax")
            assert claim.payer_id == other.get("payer")
            assert isinstance(claim.member_id, str)
            assert claim.member_id.startswith(other["member"])
            assert (claim.member_id != other["member"]) is ("dependent" in other)
            code, kind, frequency = other["facility"]
            assert (claim.bill_type, claim.place_of_service) == ((code, None) if kind == "A" else (None, code))
            assert claim.frequency_code == frequency


def test_totals(files: list[Path]) -> None:
    """Counted by the segment ids alone: no claim and no line is dropped or invented."""
    totals = {family: [0, 0] for family in TOTALS}
    for path in files:
        text = path.read_text()
        claims = list(x12.read(path))
        lines = sum(len(claim.lines) for claim in claims)
        assert len(claims) == len(re.findall(r"(?:~|^)\s*CLM\*", text))
        assert lines == len(re.findall(r"~\s*SV[12]\*", text))
        family = path.name.split("__")[0]
        totals[family][0] += len(claims)
        totals[family][1] += lines
    assert {family: tuple(counts) for family, counts in totals.items()} == TOTALS


def test_the_examples_of_the_guides_are_clean_but_for_their_component_separator(files: list[Path]) -> None:
    for path in files:
        if path.name.startswith("lfh"):
            text = path.read_text()
            for claim in x12.read(path):
                details = [problem.detail.partition(": ")[2] for problem in claim.problems]
                odd = ["CLM05"] if ">B>" in text or ">A>" in text else []
                assert details == odd, path.name


def test_malformed_files_are_read_with_problems(files: list[Path]) -> None:
    by_name = {path.name: list(x12.read(path)) for path in files if path.name.startswith("imsweb")}

    def problems(name: str, claim: int) -> list[str]:
        return [problem.detail for problem in by_name[f"imsweb__x12_{name}.txt"][claim].problems]

    entries = [f"segment 23: HI0{n} has an unknown qualifier, or no code" for n in (1, 2, 3, 4)]
    count = "segment 36: SE01 does not match the count read"
    assert problems("bad_first_line", 0) == ["segment 1: ISA is not 106 characters long", *entries]
    unknown = [f"segment {n}: this is no segment of an 837" for n in (6, 11, 20)]
    assert problems("bad_segment_identifier", 0) == [*unknown, *entries]
    assert by_name["imsweb__x12_bad_segment_identifier.txt"][0].member_id is None
    assert problems("missing_elements", 1)[-1] == count
    assert by_name["imsweb__x12_missing_elements.txt"][1].place_of_service is None
    assert problems("ambiguous_loop", 0)[-1] == "segment 35: SE01 does not match the count read"


def test_an_entry_that_cannot_be_read_keeps_its_place(files: list[Path]) -> None:
    """A line that points to the first diagnosis must not come to mean the fifth because four were stepped over."""
    many = next(path for path in files if "many_claims" in path.name)
    claim = next(x12.read(many))
    assert [isinstance(d, Diagnosis) for d in claim.diagnoses] == [False] * 4 + [True]
    assert claim.lines[0].diagnosis_pointers == (1,)
