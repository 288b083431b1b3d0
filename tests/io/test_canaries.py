"""No error of a reader quotes what an input holds: a person's name may stand anywhere, in the row of names too."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from claimcheck.errors import InputError
from claimcheck.io import read_claims
from claimcheck.io.rows.layout_library import library
from claimcheck.io.x12 import read as read_x12

CANARIES = (
    "ZEBEDEE",
    "patient zebedee",
    "MEMBER-ZEBEDEE",
    "zebedee_id",
    "claim zebedee charge",
    "member id zebedee",
    "DX ZEBEDEE",
    "dob.zebedee",
)


def table(canary: str, mark: str = ",") -> Iterator[tuple[bytes, dict[str, Any]]]:
    row = mark.join([canary, "1961-01-02", "99213", canary])
    yield row.encode(), {}
    yield f"{row}\n{row}\n".encode(), {}
    yield mark.join(["cpt", canary, "dos"]).encode(), {}
    yield mark.join(["claim_id", canary, canary]).encode(), {}
    yield f'claim_id{mark}units\n7{mark}"{canary}'.encode(), {}
    yield f'claim_id{mark}procedure_code\n7{mark}"99213"{canary}'.encode(), {}
    yield f"claim_id{mark}claim_id{mark}units{mark}procedure_code{mark}{canary}\n".encode(), {}
    yield f"{canary}{mark}{canary}\n".encode(), {"layout": "tuva"}
    yield f"{canary}{mark}{canary}\n".encode(), {"mapping": {"columns": {"no": "claim_id"}}}
    for layout in library():
        yield mark.join([*layout.requires[:-1], canary]).encode(), {}


def as_json(canary: str) -> Iterator[tuple[bytes, dict[str, Any]]]:
    yield json.dumps({canary: canary}).encode()[:-1], {}
    yield f'{{"claim_id": "{canary}", "claim_id": 1}}'.encode(), {}
    yield f'{{"{canary}": 1, "{canary}": 2}}'.encode(), {}
    yield f'{{"claim_id": 1}}\n{{"{canary}"'.encode(), {}
    yield f'[{{"lines": [], "member_id": "{canary}"}}'.encode(), {}
    yield json.dumps({canary: 1}).encode(), {"layout": "tuva"}
    yield json.dumps([{canary: 1}]).encode(), {"mapping": {"columns": {"no": "claim_id"}}}
    yield ('{"' + canary + '": ' + "9" * 5_000 + "}").encode(), {}
    yield json.dumps({"resourceType": canary}).encode(), {}
    yield json.dumps({"resourceType": "Patient", "name": canary}).encode(), {}
    yield json.dumps({"resourceType": "Bundle", "entry": [{"resource": {"resourceType": canary}}]}).encode(), {}
    yield f'{{"resourceType": "Claim", "id": "{canary}"'.encode(), {}


def as_x12(canary: str) -> Iterator[tuple[bytes, dict[str, Any]]]:
    isa = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *240715*1200*^*00501*000000001*0*P*:~"
    group = "GS*HC*A*B*20240715*1200*1*X*005010X222A1~"
    yield f"ISA*{canary}".encode(), {}
    yield (isa + canary).encode(), {}
    yield (isa + group + f"ST*{canary}*0001~SE*2*0001~GE*1*1~IEA*1*000000001~").encode(), {}
    yield (isa + f"GS*{canary}*A*B*20240715*1200*1*X*{canary}~GE*1*1~IEA*1*000000001~").encode(), {}
    yield (isa + group + f"ST*837*0001~NM1*IL*1*{canary}~").encode(), {}
    yield (isa + f"{canary}*1~").encode(), {}
    yield (isa + group + f"ST*835*0001~NM1*QC*1*{canary}~SE*3*0001~GE*1*1~IEA*1*000000001~").encode(), {}
    yield f"GS*HC*{canary}*B~ST*837*0001~CLM*{canary}*1~".encode(), {}
    yield (isa + group).encode(), {"layout": "tuva"}


def others(canary: str) -> Iterator[tuple[bytes, dict[str, Any]]]:
    text = canary.encode()
    yield b"PK\x03\x04" + text, {}
    yield b"<html>" + text, {}
    yield b"PAR1" + text, {}
    yield b"ARROW1\0\0" + text, {}
    yield gzip.compress(text * 100)[:-8], {}
    yield b"\xff\xfe" + text + b"x", {}
    held = io.BytesIO()
    with gzip.GzipFile(filename=canary, fileobj=held, mode="wb") as file:
        file.write(b"no claims")
    yield held.getvalue(), {}


def refusal(read: Callable[..., Any], data: bytes, asked: dict[str, Any]) -> InputError | None:
    try:
        for _ in read(data, name="input", **asked):
            pass
    except InputError as error:
        return error
    return None


@pytest.mark.parametrize("canary", CANARIES)
@pytest.mark.parametrize("inputs", [table, partial(table, mark="|"), as_json, as_x12, others])
def test_no_error_quotes_an_input(inputs: Callable[[str], Iterator[tuple[bytes, dict[str, Any]]]], canary: str) -> None:
    refusals = [error for data, asked in inputs(canary) if (error := refusal(read_claims, data, asked)) is not None]
    assert len(refusals) > 3
    for error in refusals:
        assert "zebedee" not in f"{error} {error!r} {error.args} {error.reason}".lower()
        assert error.__suppress_context__ or error.__context__ is None  # a traceback shows no more


@pytest.mark.parametrize("canary", CANARIES)
def test_the_x12_reader_by_itself(canary: str) -> None:
    refusals = [refusal(read_x12, data, {}) for data, asked in as_x12(canary) if not asked]
    assert any(refusals)
    assert all("zebedee" not in str(error).lower() for error in refusals)


def test_columns_that_are_known_are_named_and_others_by_their_numbers() -> None:
    with pytest.raises(InputError, match=r"knows \(cpt, dos; not known: columns 1, 3\): give"):
        list(read_claims(b"Patient Zebedee,CPT,Zebedee,DOS\n"))
    many = ",".join(f"zebedee {number}" for number in range(12)).encode()
    with pytest.raises(InputError, match=r"\(cpt; not known: columns 2, 3, 4, 5, 6, 7, 8, 9 and 4 more\)"):
        list(read_claims(b"cpt," + many))
