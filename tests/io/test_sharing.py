"""An input that several processes share: together they read what one reads of it."""

from __future__ import annotations

import io
import json
from typing import Any
from zlib import crc32

import pytest

from claimcheck.claims import Claim
from claimcheck.io import read_claims

LINES = "claim_id,member_id,line_number,procedure_code,units\n"


def in_claimcheck(*claims: Any) -> bytes:
    return "".join(json.dumps(claim) + "\n" for claim in claims).encode()


def resource(number: int, kind: str = "ExplanationOfBenefit") -> dict[str, Any]:
    identifier = {"type": {"coding": [{"code": "MB"}]}, "value": f" M{number % 5} "}
    patient = {"resourceType": "Patient", "id": "p", "identifier": [identifier]}
    return {
        "resourceType": kind,
        "id": str(number),
        "contained": [patient],
        "patient": {"reference": "#p"},
        "item": [{}],
    }


def bundle(*numbers: int) -> dict[str, Any]:
    """Claims whose patients stand beside them."""
    entries = []
    for number in numbers:
        inner = resource(number, "Claim")
        [patient] = inner.pop("contained")
        entries.append({"fullUrl": f"urn:uuid:{number}", "resource": patient})
        entries.append({"resource": {**inner, "patient": {"reference": f"urn:uuid:{number}"}}})
    return {"resourceType": "Bundle", "entry": entries}


def parquet() -> bytes:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = [{"claim_id": f"C{n}", "member_id": f"M{n % 5}", "lines": [{"procedure_code": "99213"}]} for n in range(30)]
    target = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(rows), target)
    return target.getvalue()


def rows(*given: str) -> bytes:
    return (LINES + "".join(f"{row}\n" for row in given)).encode()


INPUTS = {
    "claims": in_claimcheck(
        *({"claim_id": f"C{n}", "member_id": f" M{n % 7}", "lines": [{}]} for n in range(40)),
        *([], {"member_id": 7}, {}, {"member_id": ""}, {"member_id": "\ud800"}, "text"),
    ),
    "fhir lines": in_claimcheck(*map(resource, range(30)), {"resourceType": "Patient"}, {"resourceType": "Claim"}),
    "bundle": json.dumps(bundle(*range(20))).encode(),
    "bundles": in_claimcheck(bundle(1, 2, 3), bundle(4), bundle(), bundle(1, 5)),
    "adjacent rows": rows(*(f"C{n // 2},M{n // 2 % 7},{n % 2},99213,1" for n in range(60))),
    "scattered rows": rows(*(f"C{n % 9},M{n % 9 % 4},{n},99213,1" for n in range(60))),
    "rows of several members": rows("1,M2,2,99213,1", "1,M1,1,99213,1", "2,,1,99213,1", "2,M3,2,99213,1", "3,,1,,"),
    "rows of nobody": rows(",M1,1,99213,1", ",,1,99213,1", "3,,1,99213,1"),
    "rows as JSON": in_claimcheck(
        *({"claim_id": n // 2, "member_id": n // 2 % 7, "procedure_code": "99213"} for n in range(40)), [], {"units": 1}
    ),
}


def told(claim: Claim) -> tuple[Any, ...]:
    return claim, claim.source, [line.source for line in claim.lines]


@pytest.mark.parametrize("name", [*INPUTS, "parquet of claims"])
def test_shares_make_the_whole(name: str) -> None:
    content = INPUTS[name] if name in INPUTS else parquet()
    whole = [*map(told, read_claims(content, name="input"))]
    assert len(whole) > 2
    found: dict[int, tuple[Any, ...]] = {}
    for share in range(3):
        asked: list[Any] = []
        own: list[int] = []

        def wanted(member: Any, share: int = share, asked: list[Any] = asked, own: list[int] = own) -> bool:
            asked.append(member)
            mine = crc32(repr(member).encode()) % 3 == share
            if mine:
                own.append(len(asked) - 1)
            return mine

        claims = [*read_claims(content, name="input", wanted=wanted)]
        assert len(asked) == len(whole)
        for place, claim in zip(own, claims, strict=True):
            assert claim.member_id == asked[place]
            found[place] = told(claim)
    assert [found[place] for place in range(len(found))] == whole


def test_an_input_of_which_nothing_is_wanted_is_no_error() -> None:
    data = in_claimcheck({"resourceType": "Patient"}, resource(1))
    assert list(read_claims(data, wanted=lambda _: False)) == []
