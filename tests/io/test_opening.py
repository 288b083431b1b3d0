"""What an input is, told by its first bytes; how it is given; and what is said of one that is nothing of the kind."""

from __future__ import annotations

import gzip
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claimcheck.claims import Claim, Unreadable
from claimcheck.errors import InputError
from claimcheck.io import json_values, read_claims, text
from claimcheck.io.stream import opened

TABLE = b"claim_id,procedure_code\n7,99213\n8,99213\n7,36415\n"
X12 = (
    b"ISA*00*          *00*          *ZZ*A              *ZZ*B              *240701*1200*^*00501*000000001*0*P*:~"
    b"GS*HC*A*B*20240701*1200*1*X*005010X222A1~ST*837*1*005010X222A1~HL*1**20*1~HL*2*1*22*0~"
    b"CLM*7*125***11:B:1~LX*1~SV1*HC:99213*125*UN*1***1~DTP*472*D8*20240701~SE*8*1~GE*1*1~IEA*1*000000001~"
)


class Pipe(io.RawIOBase):
    """A stream that gives a few bytes at a time, and goes nowhere but on."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._data.read(min(len(buffer), 7))
        buffer[: len(piece)] = piece
        return len(piece)


def shapes(claims: Any) -> list[tuple[Any, int]]:
    return [(claim.claim_id, len(claim.lines)) for claim in claims]


INPUTS: dict[str, bytes] = {
    "table": TABLE,
    "x12": X12 * 2,
    "claims": b'[{"claim_id": "7", "lines": [{}, {}]}, {"claim_id": "8", "lines": [{}]}]',
    "claim lines": b'{"claim_id": "7", "lines": [{}, {}]}\n{"claim_id": "8", "lines": [{}]}',
    "fhir": b'\n {"resourceType": "Claim", "id": "7", "item": [{}, {}]}\n\n'
    b'{"resourceType": "Claim", "id": "8", "item": [{}]}',
    "claims over lines": b'[\n {"claim_id": "7",\n  "lines": [{}, {}]},\n {"claim_id": "8", "lines": [{}]}\n]',
    "utf-16": TABLE.decode().encode("utf-16"),
    "x12 in utf-16": (X12 * 2).decode().encode("utf-16"),
    "json in utf-16": '{"claim_id": "7", "lines": [{}, {}]}\n{"claim_id": "8", "lines": [{}]}'.encode("utf-16"),
    "row objects": b'{"claim_id": "7", "procedure_code": "99213"}\n{"claim_id": "8", "procedure_code": "1"}\n'
    b'{"claim_id": "7", "procedure_code": "1"}',
}
WAYS: dict[str, Callable[[bytes, Path], Any]] = {
    "bytes": lambda data, path: data,
    "memory": lambda data, path: memoryview(data),
    "path": lambda data, path: path,
    "name": lambda data, path: str(path),
    "stream": lambda data, path: io.BytesIO(data),
    "pipe": lambda data, path: Pipe(data),
    "gzip": lambda data, path: gzip.compress(data),
    "gzip in a pipe": lambda data, path: io.BufferedReader(Pipe(gzip.compress(data))),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", INPUTS)
def test_any_input_in_any_way(kind: str, way: str, tmp_path: Path) -> None:
    path = tmp_path / "claims"
    path.write_bytes(INPUTS[kind])
    expected = [("7", 1), ("7", 1)] if kind.startswith("x12") else [("7", 2), ("8", 1)]
    assert shapes(read_claims(WAYS[way](INPUTS[kind], path))) == expected


def test_a_stream_is_read_from_where_it_stands_and_left_open() -> None:
    stream = io.BytesIO(b"not this" + TABLE)
    stream.seek(8)
    assert shapes(read_claims(stream)) == [("7", 2), ("8", 1)]
    assert not stream.closed
    packed = io.BytesIO(b"not this" + gzip.compress(TABLE))
    packed.seek(8)
    assert shapes(read_claims(packed)) == [("7", 2), ("8", 1)]


def test_a_text_stream() -> None:
    assert shapes(read_claims(io.StringIO(TABLE.decode()))) == [("7", 2), ("8", 1)]


def test_a_text_stream_that_cannot_be_decoded(tmp_path: Path) -> None:
    path = tmp_path / "lines.csv"
    path.write_bytes(b"claim_id,procedure_code\n\xff,99213\n")
    with path.open(encoding="utf-8") as stream, pytest.raises(InputError, match="open the file in binary mode"):
        list(read_claims(stream))


class Liar(io.BytesIO):
    def tell(self) -> Any:
        return "somewhere"


class Silent:
    """A stream that only reads."""

    def __init__(self, data: bytes) -> None:
        self.read = io.BytesIO(data).read


@pytest.mark.parametrize("stream", [Liar, Silent])
def test_a_stream_that_does_not_say_where_it_stands(stream: Any) -> None:
    assert shapes(read_claims(stream(TABLE))) == [("7", 2), ("8", 1)]


class Broken(io.BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        raise OSError("the member's name")


def test_faults_of_a_stream_are_said_without_their_words() -> None:
    with pytest.raises(InputError) as caught:
        list(read_claims(Broken(), name="disk"))
    assert str(caught.value) == "disk: cannot be read: an unknown fault"


@pytest.mark.parametrize("source", [None, 7, object()])
def test_what_is_no_input(source: Any) -> None:
    with pytest.raises(InputError, match="a path, a stream or bytes are expected"):
        list(read_claims(source))


@pytest.mark.parametrize(("path", "reason"), [("no/such/file", "No such file"), ("a\0b", "its name is no path")])
def test_files_that_cannot_be_opened(path: str, reason: str) -> None:
    with pytest.raises(InputError, match=f"the file cannot be opened: {reason}"):
        list(read_claims(path))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"PK\x03\x04 and so on", "a zip or an Excel workbook"),
        (b"<?xml version='1.0'?>", "XML or HTML"),
        (b"%PDF-1.7", "a PDF"),
        (b"{", "not JSON: column 2"),
        (b'{"claim_id": "7"}\n{', "segment or row 2: not JSON: column 2"),
        (b"[1, 2", "not JSON: column 6"),
        (b"[1,\n 2", "not JSON: line 2, column 3"),
        (b'[{"a": 1, "a": 2}]', "not JSON: an object has a key twice"),
        (b"[" * 100_000, "not JSON: it is nested too deeply"),
        (b"[" + b"9" * 10_000 + b"]", "not JSON: a number has too many digits"),
        (b"PAR1", "damaged or cut short"),
        (b"ARROW1\0\0", "damaged or cut short"),
        (b"\xff\xff\xff\xff\0\0\0\0\0", "damaged or cut short"),
        (gzip.compress(TABLE, mtime=0)[:-9], "damaged or cut short"),
        (b"\x1f\x8b\x08 and so on", "damaged or cut short"),
        (b"\xff\xfea", "begins as UTF-16 and is not"),
        (b"ISA*00*", "ISA is too short"),
        (X12[X12.index(b"GS") :], "X12 without its ISA"),
        (X12[X12.index(b"ST") :], "X12 without its ISA"),
        (b"SE*9*1~\n" + X12, "X12 without its ISA, or with something else before it"),
        (X12.decode().encode("utf-16")[:-7], "save it as UTF-8"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        list(read_claims(data, name="input"))
    assert str(caught.value).startswith("input")
    assert reason in str(caught.value)


def test_without_pyarrow_parquet_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match=r"pip install 'claimcheck\[frames\]'"):
        list(read_claims(b"PAR1"))


def test_layouts_are_for_tables() -> None:
    with pytest.raises(InputError, match="a layout or a mapping is for tables, and this is X12"):
        list(read_claims(X12, layout="tuva"))


def test_claims_before_a_fault_are_given() -> None:
    claims = read_claims(b'{"claim_id": "7"}\n{"claim_id": "8"}\nnonsense')
    assert [next(claims).claim_id, next(claims).claim_id] == ["7", "8"]
    with pytest.raises(InputError, match="row 3"):
        next(claims)


@pytest.mark.parametrize("data", [b"[]", b" [ ]\n"])
def test_an_empty_list_holds_no_claims(data: bytes) -> None:
    assert list(read_claims(data)) == []


def test_any_json_value_is_a_claim() -> None:
    claims = list(read_claims(b'[[], 7, "x", null, {"claim_id": "8"}]', name="odd.json"))
    assert [len(claim.problems) for claim in claims] == [1, 1, 1, 1, 0]
    assert [str(claim.source) for claim in claims] == [f"odd.json, #{place}" for place in range(1, 6)]


def test_amounts_of_json_are_exact() -> None:
    [claim] = read_claims(b'{"lines": [{"charge": 0.1, "units": 1e400, "ndc_quantity": NaN}]}')
    assert str(claim.lines[0].charge) == "0.1"
    assert isinstance(claim.lines[0].units, Unreadable)
    assert claim.lines[0].ndc_quantity is None  # NaN is how a missing number is written


def test_a_document_that_is_too_large_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_values, "LONGEST", 100)
    document = json.dumps([{"claim_id": str(number)} for number in range(20)], indent=1).encode()
    with pytest.raises(InputError, match=r"write it as JSON Lines \(NDJSON\)"):
        list(read_claims(document))


def test_lines_that_do_not_end() -> None:
    for encoding in ("utf-8", "utf-16"):
        data = "é\nendless".encode(encoding)
        with opened(data, "a.csv") as stream, pytest.raises(InputError, match="row 2: the line does not end"):
            list(text.lines(stream, longest=4))


def test_no_json_at_all() -> None:
    with opened(b" \n\n", "a.json") as stream, pytest.raises(InputError, match=r"a\.json: the file is empty"):
        list(json_values.values(stream))


def test_a_line_that_is_not_utf_8_is_latin_1() -> None:
    [claim] = read_claims(b"claim_id,procedure_code,description\n7,99213,na\xefve")
    assert claim.lines[0].description == "naïve"


def test_the_result_is_an_iterator_that_reads_as_it_goes() -> None:
    claims = read_claims(Pipe(b'{"claim_id": "7"}\n{"claim_id": "8"}\n{"claim_id": "9"}\n'))
    first = next(iter(claims))
    assert isinstance(first, Claim)
    assert first.claim_id == "7"
