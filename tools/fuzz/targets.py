"""What is fuzzed: for each door a function of bytes, which raises where claimcheck breaks its promise.

The promise is the same everywhere: a bad claim gives findings, a bad input a `ClaimcheckError` of its kind, and nothing
else is ever raised.
"""

from __future__ import annotations

import copy
import json
import os
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs

from claimcheck import Claim, ClaimResult, MemoryHistory, Policy, ServiceLine, Validator, codes, explain
from claimcheck.claims import Diagnosis, InpatientProcedure, OccurrenceCode, ValueCode
from claimcheck.engine.replaying import replay
from claimcheck.errors import ClaimcheckError, CodeError, InputError, PolicyError, TableError
from claimcheck.io import read_claims
from claimcheck.remittance import compare, read_remittances
from tools.fuzz import columnar
from tools.fuzz.choosing import Choices
from tools.fuzz.seeds import FIXTURES

__all__ = ["TARGETS", "Target"]

Target = Callable[[bytes], object]
"""Returns nothing that matters; raises what is a bug."""

_MOST_CLAIMS = 2  #: of one input that are judged; reading goes on to the end
_DAY = "2024-07-15"


@cache
def _validators() -> tuple[Validator, Validator]:
    return Validator(), Validator("penny_from_2021_06_01", history=MemoryHistory())


@cache
def _scratch() -> Path:
    """A folder in memory where there is one, for doors that take paths only."""
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="claimcheck-fuzz-", dir=memory if os.access(memory, os.W_OK) else None))


@cache
def _names() -> tuple[str, ...]:
    kinds = (Claim, ServiceLine, Diagnosis, InpatientProcedure, OccurrenceCode, ValueCode)
    return tuple(sorted({field.name for kind in kinds for field in attrs.fields(kind)}))


def _judge(claim: object, how: int) -> None:
    """The verdict, under one policy or the other; every eighth time said in every way that there is, and read back."""
    result = _validators()[how & 1].validate(claim)
    if how & 14:
        return
    plain = json.dumps(result.to_dict())
    if ClaimResult.from_dict(json.loads(plain)) != result:
        raise AssertionError("a verdict is not what it says of itself")
    str(result)
    repr(result)


def claim(data: bytes) -> None:
    """`Claim.from_dict` and `validate_claim`: a value of any shape."""
    choices = Choices(data)
    value = choices.value(_names()) if choices.byte() % 8 == 1 else choices.mapping(_names())
    if isinstance(value, dict) and choices.byte() % 2:
        value["lines"] = [choices.mapping(_names()) for _ in range(choices.byte() % 4)]
        value.setdefault("claim_type", choices.one(["professional", "institutional"]))
    how = choices.byte()
    _judge(Claim.from_dict(value) if how & 64 else value, how)


def hostile(data: bytes) -> None:
    """`validate_claim` and the constructors: values whose own methods raise, or do what nobody expects."""
    choices = Choices(data)
    names = _names()
    claim = {choices.one(names): choices.hostile(names) for _ in range(choices.byte() % 9)}
    if choices.byte() % 2:
        claim["lines"] = [
            {choices.one(names): choices.hostile(names) for _ in range(choices.byte() % 9)}
            for _ in range(choices.byte() % 4)
        ]
    how = choices.byte()
    _judge(choices.hostile(names) if how & 32 else claim, how)
    known = {field.name for field in attrs.fields(ServiceLine)} - {"source", "problems"}
    _judge(Claim(lines=[ServiceLine(**{name: value for name, value in claim.items() if name in known})]), how)


def batch(data: bytes) -> None:
    """`validate_claims`: claims that meet each other, sorted or as they come, over a history."""
    choices = Choices(data)
    claims = []
    while choices.left and len(claims) < 6:
        line = choices.mapping(_names())
        whole = {
            "claim_id": choices.one(["A", "B", None]),
            "member_id": choices.one(["M1", "M2", None]),
            "claim_type": choices.one(["professional", "institutional"]),
            "bill_type": choices.one([None, "0131", "0851", "0111"]),
            "billing_npi": choices.one(["1234567893", None]),
            "frequency_code": choices.one([None, "1", "7", "8"]),
            "original_claim_id": choices.one([None, "A", "B"]),
            "lines": [
                {"procedure_code": choices.one(["45378", "45385", "3044F", "3046F"]), "service_date": _DAY, **line}
            ],
        }
        claims.append({**whole, **(choices.mapping(_names()) if choices.byte() % 4 == 1 else {})})
    validator = _validators()[1]
    results = list(validator.validate_many(claims, sort=bool(choices.byte() % 2)))
    if len(results) != len(claims):
        raise AssertionError("a claim has no verdict")
    history = MemoryHistory()
    for one, result in zip(claims, results, strict=True):
        history.record(Claim.from_dict(one), result)
    list(history.reconcile())


def _read(data: bytes) -> None:
    how = zlib.crc32(data)
    try:
        for number, one in enumerate(read_claims(data, name="input")):
            if number < _MOST_CLAIMS:
                _judge(one, how + number)
    except InputError:
        pass


def x12(data: bytes) -> None:
    """An X12 837: the bytes as they are, or behind a whole envelope."""
    _read(data if data.startswith(b"ISA") else _envelope() + data)


@cache
def _envelope() -> bytes:
    text = Path(__file__).parent.joinpath("corpus", "x12", "professional.837").read_bytes()
    return text[: text.index(b"CLM*")]


def remittance(data: bytes) -> None:
    """An X12 835, as the bytes are or behind a whole envelope; and what it answers, beside a verdict."""
    whole = data if data.startswith(b"ISA") else _remitted() + data
    items = []
    with suppress(InputError):
        items.extend(islice(read_remittances(whole, name="input"), 200))
    str(items)
    compare(_expected(), items)


@cache
def _remitted() -> bytes:
    text = Path(__file__).parent.joinpath("corpus", "remittance", "both.835").read_bytes()
    return text[: text.index(b"CLP*")]


@cache
def _expected() -> tuple[ClaimResult, ...]:
    line = {"procedure_code": "99213", "modifiers": ["25"], "units": 1, "charge": "125.00", "service_date": _DAY}
    return tuple(_validators()[0].validate({"claim_id": claim_id, "lines": [line, line]}) for claim_id in ("A1", "A2"))


def fhir(data: bytes) -> None:
    """A FHIR resource: JSON as it is, or a whole one with changes anywhere in it."""
    if data.startswith((b"{", b"[")):
        _read(data)
        return
    choices = Choices(data)
    resource = copy.deepcopy(choices.one(_resources()))
    for _ in range(1 + choices.byte() % 4):
        places = list(_places(resource))
        holder, name = choices.one(places[:65_536])
        value = choices.value(("code", "system", "value", "start", "end", "reference", "coding", "sequence", "url"))
        holder[name] = _plain(value)
    _read(json.dumps(resource).encode())


@cache
def _resources() -> tuple[Any, ...]:
    folder = Path(__file__).parent / "corpus" / "fhir"
    return tuple(json.loads(path.read_bytes()) for path in sorted(folder.glob("*.json")))


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place within a JSON value: what holds it, and its name there."""
    for name, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, name
        if isinstance(inner, dict | list):
            yield from _places(inner)


def _plain(value: Any) -> Any:
    """The value in what JSON knows."""
    return json.loads(json.dumps(value, default=lambda _: None).encode("utf-8", "replace"))


_COLUMNS = (
    "claim_id", "line_number", "procedure_code", "charge", "service_date", "modifiers", "diagnoses", "member_id",
    "units", "claim_type", "revenue_code", "bill_type", "hcpcs_code", "CLM_ID", "HCPCS_CD", "claim_line_number",
    "lines",
)  # fmt: skip


def rows(data: bytes) -> None:
    """A table of lines: the bytes as they are, or cells under known columns in some delimiter, or JSON Lines."""
    choices = Choices(data)
    kind = choices.byte() % 4
    if kind == 0:
        _read(choices.rest())
        return
    names = [choices.one(_COLUMNS) for _ in range(1 + choices.byte() % 8)]
    table = [[choices.text() for _ in names] for _ in range(choices.byte() % 6)]
    if kind == 1:
        text = "\n".join(json.dumps(dict(zip(names, cells, strict=True))) for cells in table)
    else:
        mark = choices.one([",", "\t", "|", ";"])
        text = "\n".join(mark.join(cells) for cells in [names, *table])
    _read(text.encode("utf-8", "replace"))


def as_json(data: bytes) -> None:
    """Claims as JSON, whole or line by line: the bytes as they are, or values under the names of fields."""
    if data.startswith((b"{", b"[")):
        _read(data)
        return
    choices = Choices(data)
    claims = [
        _plain({**choices.mapping(_names()), "lines": [choices.mapping(_names()) for _ in range(choices.byte() % 3)]})
        for _ in range(1 + choices.byte() % 3)
    ]
    text = json.dumps(claims if choices.byte() % 2 else claims[0])
    if choices.byte() % 2:
        text = "\n".join(map(json.dumps, claims))
    _read(text.encode())


def arrow(data: bytes) -> None:
    """Parquet and Arrow: the file to be read, and what pyarrow makes of an Arrow file, as a frame."""
    _read(data)
    if data.startswith((b"ARROW1", b"\xff\xff\xff\xff")):
        columnar.table(data)


def frame(data: bytes) -> None:
    """`validate_frame`: frames of pandas and Polars whose cells may be anything."""
    columnar.frame(data, _names())


def mapping(data: bytes) -> None:
    """A mapping of columns: TOML as it is, or plain values; and a table that is read by it."""
    choices = Choices(data)
    given: Any
    if choices.byte() % 2:
        given = _scratch() / "mapping.toml"
        given.write_bytes(choices.rest())
    else:
        paths = (*_names(), "modifiers.1", "diagnoses.{n}.code", "lines", "line.units", "no.such")
        given = {
            "columns": {choices.one(_COLUMNS): choices.one(paths) for _ in range(choices.byte() % 6)},
            choices.one(("constants", "values", "key", "date", "requires", "any_of", "name", "complete", "no")): (
                choices.value(paths)
            ),
        }
        given["columns"].setdefault("claim_id", "claim_id")
    with suppress(InputError):
        for one in read_claims(b"claim_id,units,charge,service_date\n7,1,90.00,2024-07-15\n", mapping=given):
            _judge(one, 1)


def verdict(data: bytes) -> None:
    """A kept verdict: JSON as it is, or a whole one with changes anywhere in it; read, said and given again."""
    text = data
    if not data.startswith(b"{"):
        choices = Choices(data)
        plain = copy.deepcopy(choices.one(_verdicts()))
        for _ in range(1 + choices.byte() % 4):
            holder, name = choices.one(list(_places(plain))[:65_536])
            holder[name] = _plain(choices.value(_names()))
        text = json.dumps(plain).encode()
    try:
        result = ClaimResult.from_json(text)
        result.to_json()
        str(result)
        replay(result.receipt, _validators()[0])
    except InputError:
        pass


@cache
def _verdicts() -> tuple[Any, ...]:
    folder = Path(__file__).parent / "corpus" / "x12"
    claims = [one for path in sorted(folder.glob("*.837")) for one in islice(read_claims(path), 2)]
    return tuple(json.loads(_validators()[1].validate(one).to_json()) for one in claims)


def tables(data: bytes) -> None:
    """The readers of official files: the first byte chooses the name under which the rest was published."""
    from claimcheck.tables.readers.read import read

    choices = Choices(data)
    path = _scratch() / choices.one(_published())
    path.write_bytes(choices.rest())
    try:
        for reading in read(path):
            for _ in islice(reading.rows(), 2_000):
                pass
    except TableError:
        pass
    finally:
        path.unlink()


@cache
def _published() -> tuple[str, ...]:

    return tuple(sorted(path.name for path in FIXTURES.iterdir()))


def packed(data: bytes) -> None:
    """The packed store: a file of records or pairs, or the manifest."""
    from claimcheck.tables.packed.pairs import PairTable
    from claimcheck.tables.packed.records import RecordTable
    from claimcheck.tables.store.manifest import Manifest

    choices = Choices(data)
    kind, raw = choices.byte() % 3, choices.rest()
    try:
        if kind == 0:
            Manifest.from_bytes(_with_digest(raw))
        elif kind == 1:
            records = RecordTable.over(memoryview(_with_crc(raw)), "input")
            list(records.days())
            records.rows_of("99213")
            list(records)
        else:
            pairs = PairTable.over(memoryview(_with_crc(raw)), "input")
            list(pairs.days())
            pairs.within(["45385", "45378", "99213"], _day())
            pairs.in_force("45385", "45378", _day())
            list(pairs.rows_of("45378"))
            list(pairs)
    except TableError:
        pass


def _day() -> Any:
    import datetime

    return datetime.date.fromisoformat(_DAY)


def _with_crc(raw: bytes) -> bytes:
    """The packed file with the size and the checksum that its header must have, so that damage reaches further in."""
    import struct

    if len(raw) < 24:
        return raw
    count = min(int.from_bytes(raw[10:12], "little"), (len(raw) - 24) // 40, 64)
    head = raw[:8] + struct.pack("<HHIQ", 1, count, 0, len(raw)) + raw[24 : 24 + 40 * count]
    return raw[:8] + struct.pack("<HHIQ", 1, count, zlib.crc32(head), len(raw)) + raw[24:]


def _with_digest(raw: bytes) -> bytes:
    """The manifest in its canonical form with its own digest, where it is JSON at all."""
    import hashlib

    try:
        content = json.loads(raw)
    except (ValueError, RecursionError):
        return raw
    if not isinstance(content, dict):
        return raw
    content.pop("sha256", None)
    plain = (json.dumps(content, sort_keys=True, indent=1) + "\n").encode("ascii")
    content["sha256"] = hashlib.sha256(plain).hexdigest()
    return (json.dumps(content, sort_keys=True, indent=1) + "\n").encode("ascii")


def policy(data: bytes) -> None:
    """A policy file: TOML as it is, or one of the library with changes in its text."""
    choices = Choices(data)
    text = choices.rest()
    if choices.byte() % 2:
        lines = choices.one(_library()).splitlines(keepends=True)
        for _ in range(1 + choices.byte() % 4):
            at = (choices.byte() << 8 | choices.byte()) % len(lines)
            lines[at] = choices.one(
                [b"", lines[at] * 2, choices.text().encode("utf-8", "replace"), lines[at][:-2] + b"\n"]
            )
        text = b"".join(lines)
    path = _scratch() / "own.toml"
    path.write_bytes(text)
    with suppress(PolicyError):
        read = Policy.load(path)
        if not text[:1].isalnum():
            Validator(read).validate({"lines": [{"procedure_code": "3044F", "service_date": _DAY}]})


@cache
def _library() -> tuple[bytes, ...]:
    import claimcheck.policies

    folder = Path(claimcheck.policies.__file__).parent / "library"
    return tuple(path.read_bytes() for path in sorted(folder.glob("*.toml")))


def code(data: bytes) -> None:
    """Every code format, the reading of free text, and what is explained of it."""
    text = data.decode("utf-8", "surrogateescape")
    for module in _formats():
        try:
            module.parse(text)
        except CodeError:
            module.is_valid(text)
    codes.classify(text)
    with suppress(ClaimcheckError):
        str(explain(text))


@cache
def _formats() -> tuple[ModuleType, ...]:
    import pkgutil
    from importlib import import_module

    found = (import_module(f"claimcheck.codes.{module.name}") for module in pkgutil.iter_modules(codes.__path__))
    return tuple(module for module in found if hasattr(module, "parse") and hasattr(module, "is_valid"))


TARGETS: Mapping[str, Target] = {
    "claim": claim,
    "hostile": hostile,
    "batch": batch,
    "x12": x12,
    "remittance": remittance,
    "fhir": fhir,
    "json": as_json,
    "rows": rows,
    "arrow": arrow,
    "frame": frame,
    "mapping": mapping,
    "tables": tables,
    "packed": packed,
    "verdict": verdict,
    "policy": policy,
    "code": code,
}
