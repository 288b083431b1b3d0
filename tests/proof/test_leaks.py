"""No word of a member leaves claimcheck: canaries in every door, looked for in everything that anything says.

A claim id is given back where a verdict is handed over as data, by design; it is never in a message.
"""

from __future__ import annotations

import gc
import io
import json
import logging
import os
import pty
import re
import sqlite3
import subprocess
import sys
import traceback
import warnings
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import polars
import pytest
from click.testing import CliRunner
from tools.fuzz.seeds import CORPUS

from claimcheck import Claim, HistoryError, SqliteHistory, Validator
from claimcheck.cli import command
from claimcheck.cli.pieces import LAYOUTS
from claimcheck.errors import ClaimcheckError
from claimcheck.io import out, read_claims

pytestmark = pytest.mark.extended

MEMBER, SURNAME, FORENAME, BORN, STREET, AUTHORISED = (
    "QZXMEMBER7", "Quuxley", "Zebedeena", "1913-03-17", "Zyzzyva Lane", "QZXAUTH9",
)  # fmt: skip
SIGNS = tuple(sign.lower() for sign in (MEMBER, SURNAME, FORENAME, BORN, "19130317", "17-Mar-1913", STREET, AUTHORISED))
ANYWHERE = "QZXCANARY"
"""Put where it does not belong: no code, no number, no date, whatever field it stands in."""

VALIDATORS = [Validator(), Validator("medicare")]

CLAIM = {
    "claim_id": "C1", "claim_type": "professional", "payer_id": "60054", "member_id": MEMBER, "birth_date": BORN,
    "sex": "F", "billing_npi": "1234567893", "place_of_service": "11", "prior_authorization": AUTHORISED,
    "member_name": f"{FORENAME} {SURNAME}", "address": STREET, "diagnoses": ["E11.9"], "received_date": "2024-08-01",
    "lines": [
        {"procedure_code": "99213", "units": 1, "charge": "90.00", "service_date": "1912-01-01", "note": SURNAME},
        {"procedure_code": "3044F", "units": 1, "charge": "0.00", "service_date": "2024-07-15", "patient": FORENAME},
    ],
}  # fmt: skip
X12 = (
    (CORPUS / "x12" / "professional.837").read_text()
    .replace("*EXAMPLE*MARY*", f"*{SURNAME}*{FORENAME}*").replace("EX0000001", MEMBER).replace("19600101", "19130317")
    .replace("1 MAIN STREET", STREET)
)  # fmt: skip
FHIR = {
    "resourceType": "Bundle", "entry": [
        {"resource": {
            "resourceType": "Patient", "id": "p1", "birthDate": BORN, "gender": "female",
            "name": [{"family": SURNAME, "given": [FORENAME]}], "identifier": [{"value": MEMBER}],
            "address": [{"line": [STREET]}],
        }},
        {"resource": {
            "resourceType": "Claim", "id": "c1", "patient": {"reference": "Patient/p1", "display": SURNAME},
            "type": {"coding": [{"code": "professional"}]}, "insurance": [{"preAuthRef": [AUTHORISED]}],
            "provider": {"identifier": {"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"}},
            "diagnosis": [{"sequence": 1, "diagnosisCodeableConcept": {"text": SURNAME}}],
            "item": [{
                "sequence": 1, "servicedDate": "2024-07-15", "quantity": {"value": 1}, "net": {"value": 90},
                "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "99213"}]},
                "extension": [{"url": "x", "valueString": FORENAME}],
            }],
        }},
    ],
}  # fmt: skip
ROWS = (
    "claim_id,line_number,member_id,birth_date,member_name,procedure_code,units,charge,service_date\n"
    f"C1,1,{MEMBER},{BORN},{SURNAME},99213,1,90.00,2024-07-15\n"
    f"C1,2,{MEMBER},{BORN},{FORENAME},3044F,1,0.00,2024-07-15\n"
)


def parquet() -> bytes:
    file = io.BytesIO()
    polars.DataFrame([line.split(",") for line in ROWS.splitlines()[1:]], orient="row").write_parquet(file)
    return file.getvalue()


DOORS = {
    "dict": json.dumps(CLAIM).encode(),
    "x12": X12.encode(),
    "fhir": json.dumps(FHIR).encode(),
    "rows": ROWS.encode(),
}


class Ears:
    """Hears all that is said: exceptions, warnings, log records, and what claims and verdicts say of themselves."""

    def __init__(self, signs: tuple[str, ...]) -> None:
        self.signs = signs
        self.heard = 0

    def hear(self, *said: object) -> None:
        for text in said:
            self.heard += 1
            lower = str(text).lower()
            found = [sign for sign in self.signs if sign in lower]
            assert not found, f"{found} in {re.sub('|'.join(self.signs), '<canary>', lower)[:500]}"

    def listen(self, data: bytes) -> None:
        """Everything that reading and judging the input says."""
        records: list[logging.LogRecord] = []
        handler = logging.Handler(0)
        handler.emit = records.append  # type: ignore[method-assign]
        root = logging.getLogger()
        level = root.level
        root.addHandler(handler)
        root.setLevel(0)
        try:
            with warnings.catch_warnings(record=True) as warned:
                warnings.simplefilter("always")
                self._read(data)
        finally:
            root.removeHandler(handler)
            root.setLevel(level)
        self.hear(*(warning.message for warning in warned))
        self.hear(*(record.getMessage() for record in records))

    def _read(self, data: bytes) -> None:
        try:
            for claim in read_claims(data, name="input"):
                self.hear(repr(claim), *map(repr, claim.lines), *map(repr, claim.problems), repr(claim.source))
                for validator in VALIDATORS:
                    result = validator.validate(claim)
                    self.hear(repr(result), *map(repr, result.lines))
                    self.hear(*map(repr, result.findings), *(finding.message for finding in result.findings))
                    self.hear(*map(repr, result.not_checked), repr(result.services), repr(result.receipt))
                    try:
                        result.raise_for_findings("info")
                    except ClaimcheckError as error:
                        self.hear(*traceback.format_exception(error), repr(error))
        except ClaimcheckError as error:
            self.hear(*traceback.format_exception(error), repr(error), *error.args)


@pytest.mark.parametrize("door", DOORS)
def test_what_a_member_is_called_is_not_said(door: str) -> None:
    ears = Ears(SIGNS)
    ears.listen(DOORS[door])
    assert ears.heard > 10


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in inner:
        yield (*path, name)
        yield from places(item, (*path, name))


def with_value(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    changed = json.loads(json.dumps(value))
    holder = changed
    for name in path[:-1]:
        holder = holder[name]
    holder[path[-1]] = new
    return changed


def damaged_json(whole: Any) -> Iterator[bytes]:
    """The canary as the value, within a list, within a mapping and as a name, at every place; and cut short there."""
    text = json.dumps(whole)
    for path in places(whole):
        for new in (ANYWHERE, [ANYWHERE], {ANYWHERE: ANYWHERE}):
            yield json.dumps(with_value(whole, path, new)).encode()
    for cut in range(1, len(text), 37):
        yield f'{text[:cut]}"{ANYWHERE}'.encode()
        yield (text[:cut] + ANYWHERE + text[cut:]).encode()


def damaged_x12() -> Iterator[bytes]:
    """The canary in place of every element of every segment, and between any two; cut short anywhere."""
    segments = X12.replace("\n", "").split("~")
    for at, segment in enumerate(segments[1:], 1):
        elements = segment.split("*")
        for place in range(len(elements) + 1):
            changed = "*".join([*elements[:place], ANYWHERE, *elements[place + 1 :]])
            yield "~".join([*segments[:at], changed, *segments[at + 1 :]]).encode()
        yield "~".join([*segments[:at], ANYWHERE, *segments[at:]]).encode()
        yield ("~".join(segments[:at]) + "~" + ANYWHERE).encode()


def damaged_rows() -> Iterator[bytes]:
    """The canary in place of every cell and name, and as a cell too many; an open quote at any row."""
    table = [line.split(",") for line in ROWS.splitlines()]
    for row, cells in enumerate(table):
        for place in range(len(cells) + 1):
            changed = [*cells[:place], ANYWHERE, *cells[place + 1 :]]
            yield "\n".join(",".join(line) for line in [*table[:row], changed, *table[row + 1 :]]).encode()
            yield "\n".join(",".join(line) for line in [*table[:row], [f'"{ANYWHERE}', *cells]]).encode()


DAMAGE = {
    "dict": lambda: damaged_json(CLAIM),
    "x12": damaged_x12,
    "fhir": lambda: damaged_json(FHIR),
    "rows": damaged_rows,
}


@pytest.mark.parametrize("door", DAMAGE)
def test_a_canary_anywhere_is_not_said(door: str) -> None:
    """Wherever it stands and whatever it breaks; its claim id excepted, which is no message."""
    ears = Ears((ANYWHERE.lower(),))
    inputs = 0
    for data in DAMAGE[door]():
        inputs += 1
        ears.listen(data)
    assert inputs > 50
    assert ears.heard > inputs


# ---------------------------------------------------------------------------------------------- what is written


def told(folder: Path, *, but: tuple[str, ...] = ()) -> bytes:
    """The bytes of every file, with what parquet packs unpacked."""
    said = b""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in but:
            said += path.name.encode() + path.read_bytes()
            if path.suffix == ".parquet":
                said += str(polars.read_parquet(path).to_dicts()).encode()
    return said.lower()


def absent(said: bytes) -> bool:
    found = [sign for sign in SIGNS if sign.encode() in said]
    assert not found
    return True


@pytest.mark.parametrize("door", DOORS)
def test_nothing_of_a_member_is_written(door: str, tmp_path: Path) -> None:
    """Every writer, and a history with all that it keeps."""
    history = SqliteHistory(tmp_path / "members.db")
    validator = Validator(history=history)
    writers = {
        "findings.csv": out.findings_csv, "adjustments.csv": out.adjustments_csv, "results.jsonl": out.jsonl,
        "adjustments.jsonl": out.adjustments_jsonl, "lines.parquet": out.lines_parquet,
        "findings.parquet": out.findings_parquet,
    }  # fmt: skip
    claims = list(read_claims(DOORS[door], name="input"))
    assert claims
    results = [validator.validate(claim) for claim in claims]
    for name, module in writers.items():
        with module.write(tmp_path / name) as writer:
            for claim, result in zip(claims, results, strict=True):
                writer.add(claim, result)
    for claim, result in zip(claims, results, strict=True):
        history.record(claim, result)
    list(history.reconcile())
    del history, validator
    gc.collect()
    said = told(tmp_path)
    assert b"members.db" in said
    assert absent(said)
    for result in results:
        assert absent((result._repr_html_() + str(result)).lower().encode())


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("door", DOORS)
def test_nothing_of_a_member_is_in_a_run_of_the_command(
    door: str, layout: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMCHECK_TABLES", str(tmp_path / "none"))
    source = tmp_path / "in.put"
    source.write_bytes(DOORS[door])
    arguments = ["check", str(source), "--format", layout, "-o", str(tmp_path / "out"), "--as-of", "2024-08-01"]
    ran = CliRunner().invoke(command, [*arguments, "--history", str(tmp_path / "members.db")])
    assert ran.exit_code in (0, 1)
    assert absent(told(tmp_path, but=("in.put",)) + ran.output.lower().encode())


@pytest.mark.parametrize("door", DOORS)
def test_nothing_of_a_member_is_in_a_run_that_fails(door: str, tmp_path: Path) -> None:
    """An input that ends in the middle, an output that cannot be written, a history that is none."""
    source = tmp_path / "in.put"
    source.write_bytes(DOORS[door][: len(DOORS[door]) * 2 // 3])
    damaged = tmp_path / "members.db"
    damaged.write_bytes(b"no database" * 1000)
    for more in ([], ["-o", str(tmp_path / "no" / "folder" / "out")], ["--history", str(damaged)]):
        ran = CliRunner().invoke(command, ["check", str(source), "--format", "jsonl", *more])
        assert ran.exception is None or isinstance(ran.exception, SystemExit)
        assert absent(ran.output.lower().encode())
    with pytest.raises(HistoryError) as raised:
        SqliteHistory(damaged)
    assert absent("".join(traceback.format_exception(raised.value)).lower().encode())


AS_TOML = "".join(f'{name} = "{value}"\n' for name, value in CLAIM.items() if isinstance(value, str))
CLAIMS = {
    **DOORS,
    "parquet": parquet(),
    "toml": AS_TOML.encode(),
    "toml, twice": f"[{SURNAME}]\n[{SURNAME}]\n".encode(),
    "toml, inline": f'a = {{"{SURNAME}" = 1, "{SURNAME}" = 2}}\n'.encode(),
}
#: Where a file of another kind is expected and claims are given, as {it} or by the name of the other.
INSTEAD = {
    "policy": "check good.csv --policy {it}",
    "mapping": "check good.csv --mapping {it}",
    "history": "check good.csv --history {it}",
    "key": "check good.csv --history members.db --history-key {it}",
    "baseline": "check good.csv --baseline {it}",
    "a store": "check good.csv --tables {it}",
    "verdicts": "replay {it}",
    "a table": "tables add {it} --in store",
    "a policy to check": "policies check {it}",
    "a policy to show": "policies show {it}",
    "a policy of rules": "rules --policy {it}",
    "another layout": "check {it} --columns tuva",
    "claimcheck.toml": "check good.csv",
    "pyproject.toml": "check good.csv",
    "damaged/manifest.json": "check good.csv --tables damaged",
}


@pytest.mark.parametrize("kind", INSTEAD)
def test_nothing_of_a_claim_is_said_where_its_file_is_taken_for_another(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("good.csv").write_text("claim_id,procedure_code\n1,99213\n")
    Path("damaged").mkdir()
    given = Path(kind if "." in kind else "given.toml")
    refused = 0
    for data in CLAIMS.values():
        Path("members.db").unlink(missing_ok=True)
        given.write_bytes(data)
        ran = CliRunner().invoke(command, INSTEAD[kind].format(it=given).split())
        assert ran.exception is None or isinstance(ran.exception, SystemExit)
        assert absent(ran.output.lower().encode())
        refused += ran.exit_code == 2
    assert refused >= len(CLAIMS) - 4


def test_nothing_of_a_member_is_in_what_a_terminal_shows(tmp_path: Path) -> None:
    """Progress is shown where somebody watches: the command runs on a terminal of its own."""
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(json.dumps({**CLAIM, "claim_id": str(number)}) for number in range(400)))
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "claimcheck", "check", str(source), "--format", "jsonl", "-o", str(tmp_path / "out")],
        stdin=subprocess.DEVNULL, stdout=follower, stderr=follower, env={**os.environ, "TERM": "xterm"},
    ) as process:  # fmt: skip
        os.close(follower)
        said = b""
        with suppress(OSError):  # how Linux says that the other end is gone
            while more := os.read(leader, 65_536):
                said += more
    os.close(leader)
    assert process.returncode in (0, 1)
    assert b"judging" in said
    assert absent(said.lower())


def test_a_history_keeps_no_member_even_of_one_that_it_forgot(tmp_path: Path) -> None:
    history = SqliteHistory(tmp_path / "members.db")
    claim = Claim.from_dict({**CLAIM, "lines": CLAIM["lines"][1:]})
    history.record(claim, Validator(history=history).validate(claim))
    with sqlite3.connect(tmp_path / "members.db") as db:
        dump = "\n".join(db.iterdump())
    assert absent(dump.lower().encode())
    history.forget(MEMBER)
    assert absent(told(tmp_path))
