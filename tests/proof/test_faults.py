"""What the machine may do to a run: each fault ends in what docs/reliability.md promises, and never in anything else.

Faults are real where they can be: a limit on the size of files, a user without rights, a limit on memory, in a process
of its own. Each child imports what it needs first and then loses its rights.
"""

from __future__ import annotations

import ast
import gzip
import json
import os
import random
import shutil
import subprocess
import sys
import textwrap
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tools.fuzz.seeds import CORPUS, FIXTURES

from claimcheck import Claim, SqliteHistory, Tables, Validator
from claimcheck.cli.pieces import LAYOUTS
from claimcheck.errors import InputError, PolicyError, TableError
from claimcheck.io import read_claims
from claimcheck.policies import Policy
from claimcheck.tables.store import add, list_editions, verify

pytestmark = pytest.mark.exhaustive

SOURCE = Path(__file__).parents[2] / "src"
MUE = FIXTURES / "MCR_MUE_PractitionerServices_Eff_04-01-2024.csv"
FEES = FIXTURES / "PPRRVU24_JUL.csv"

LINE = {"procedure_code": "3044F", "units": 1, "charge": "0.00", "service_date": "2024-07-15"}


def claim(number: int, **fields: Any) -> dict[str, Any]:
    member = f"M{number % 50}"
    return {"claim_id": f"C{number}", "claim_type": "professional", "member_id": member, "lines": [LINE], **fields}


def many(path: Path, number: int = 400) -> Path:
    path.write_text("".join(json.dumps(claim(one)) + "\n" for one in range(number)))
    return path


def child(body: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Runs `body` in a process of its own, with `arguments` in sys.argv."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_PROCESS_")}
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(body), *map(str, arguments)],
        env={**environment, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


# ---------------------------------------------------------------------------------------------- a full disk

COMMAND = """
    import resource, sys
    from claimcheck.__main__ import main
    from claimcheck import cli, engine, report
    from claimcheck.rules.registry import all_rules
    all_rules()
    size = int(sys.argv.pop(1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    sys.exit(main())
"""


SOON = {"jsonl", "table", "parquet"}
"""The layouts that are tried in every run: the others share their writers, or take long."""


@pytest.mark.parametrize(
    "layout", [pytest.param(one, marks=() if one in SOON else pytest.mark.slow) for one in LAYOUTS]
)
def test_a_full_disk_while_verdicts_are_written(layout: str, tmp_path: Path) -> None:
    """Exit code 2 and a message; what is there is nothing, or whole records."""
    out = tmp_path / "out"
    size = 1_000 if "parquet" in layout else 20_000
    ran = child(COMMAND, size, "check", many(tmp_path / "in.jsonl"), "--format", layout, "-o", out)
    assert ran.returncode == 2, ran.stderr
    assert "Traceback" not in ran.stderr
    assert "out" in ran.stderr
    if layout == "jsonl" and out.exists():
        for line in out.read_text().splitlines()[:-1]:
            json.loads(line)


def test_a_full_disk_while_a_history_is_written(tmp_path: Path) -> None:
    """The history stays one: it opens, holds whole claims only, and takes the rest when there is room again."""
    source, history = many(tmp_path / "in.jsonl", 1000), tmp_path / "members.db"
    ran = child(COMMAND, 70_000, "check", source, "--format", "jsonl", "-o", os.devnull, "--history", history)
    assert ran.returncode == 2, ran.stderr
    assert "Traceback" not in ran.stderr
    opened = SqliteHistory(history)
    kept = opened.lines("M1", date.min, date.max)
    validator = Validator(history=opened)
    one = Claim.from_dict(claim(1, claim_id="LATE"))
    opened.record(one, validator.validate(one))
    assert len(opened.lines("M1", date.min, date.max)) == len(kept) + 1


def test_a_full_disk_while_a_table_is_added(tmp_path: Path) -> None:
    store = tmp_path / "store"
    add([FEES], store)
    before = list_editions(store)
    ran = child(COMMAND, 900, "tables", "add", MUE, "--in", store)
    assert ran.returncode == 2, ran.stderr
    assert "Traceback" not in ran.stderr
    assert list_editions(store) == before
    assert verify(store) == ()
    add([MUE], store)
    assert len(list_editions(store)) == len(before) + 1


# ---------------------------------------------------------------------------------------------- no rights

WITHOUT_RIGHTS = """
    import os, sys
    from pathlib import Path
    from claimcheck import Policy, SqliteHistory, Tables, Validator
    from claimcheck.errors import ClaimcheckError
    from claimcheck.io import out, read_claims
    from claimcheck.history import sqlite
    from claimcheck.tables.store import add, verify
    import claimcheck.tables.readers.read, claimcheck.tables.readers.mue, sqlite3, openpyxl
    folder, table = Path(sys.argv[1]), sys.argv[2]
    Validator(tables=Tables.open(folder / "open-store")).validate({"lines": [{}]})
    list(read_claims((folder / "in.jsonl").read_bytes()))
    SqliteHistory(folder / "warm.db")
    verify(folder / "open-store")
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)

    def says(name, act):
        try:
            act()
        except ClaimcheckError as error:
            print(name, type(error).__name__, str(error).replace(str(folder), ""))
        else:
            print(name, "went on")

    def writes():
        with out.jsonl.write(folder / "closed" / "out.jsonl"):
            pass

    says("claims", lambda: list(read_claims(folder / "closed.jsonl")))
    says("policy", lambda: Policy.load(folder / "closed.toml"))
    says("store", lambda: Tables.open(folder / "closed-store"))
    says("history", lambda: SqliteHistory(folder / "closed.db"))
    says("new history", lambda: SqliteHistory(folder / "closed" / "new.db"))
    says("output", writes)
    says("adding", lambda: add([table], folder / "open-store"))
    says("read only", lambda: Validator(tables=Tables.open(folder / "open-store")).validate({"lines": [{}]}))
    says("verify", lambda: verify(folder / "open-store"))
"""


def test_without_rights(tmp_path: Path) -> None:
    """An error of the kind, which names the file; a store that may only be read is read."""
    tmp_path.chmod(0o755)
    for parent in tmp_path.parents:
        if "pytest" in str(parent):
            parent.chmod(0o755)
    many(tmp_path / "in.jsonl", 2)
    table = tmp_path / MUE.name
    shutil.copy(MUE, table)
    for name in ("closed.jsonl", "closed.toml", "closed.db"):
        (tmp_path / name).write_text("title = 'x'")
        (tmp_path / name).chmod(0)
    add([FEES], tmp_path / "closed-store")
    add([FEES], tmp_path / "open-store")
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed").chmod(0o555)
    (tmp_path / "closed-store").chmod(0)
    for path in [tmp_path / "open-store", *(tmp_path / "open-store").iterdir()]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        ran = child(WITHOUT_RIGHTS, tmp_path, table)
    finally:
        for path in tmp_path.iterdir():
            path.chmod(0o755)
    assert ran.returncode == 0, ran.stderr
    said = dict(line.rsplit(" went ", 1) if line.endswith("went on") else line.split(" ", 1) for line in _lines(ran))
    kinds = {name: text.split(" ", 1)[0] for name, text in said.items()}
    assert kinds == {
        "claims": "InputError", "policy": "PolicyError", "store": "TableError", "history": "HistoryError",
        "new-history": "HistoryError", "output": "InputError", "adding": "TableError", "read-only": "on",
        "verify": "on",
    }  # fmt: skip
    for name in ("claims", "policy", "history"):
        assert "closed" in said[name]


def _lines(ran: subprocess.CompletedProcess[str]) -> list[str]:
    return [
        line.replace("new history", "new-history").replace("read only", "read-only") for line in ran.stdout.splitlines()
    ]


# ---------------------------------------------------------------------------------------------- the store


def fee_status(tables: Tables) -> str:
    answer: Any = tables.fee_schedule("99213", date(2024, 7, 15))
    return str(answer)


def test_a_store_that_is_replaced_or_deleted_while_it_is_open(tmp_path: Path) -> None:
    """What is open goes on as it was; who opens it anew sees what is there."""
    store, other = tmp_path / "store", tmp_path / "other"
    add([FEES], store)
    text = FEES.read_bytes()
    changed = tmp_path / "changed" / FEES.name
    changed.parent.mkdir()
    changed.write_bytes(text.replace(b",A,", b",N,"))
    add([changed], other)
    opened = Tables.open(store)
    validator = Validator(tables=opened)
    before, verdict = fee_status(opened), validator.validate(claim(1))
    store.rename(tmp_path / "old")
    other.rename(store)
    shutil.rmtree(tmp_path / "old")
    assert fee_status(opened) == before
    assert validator.validate(claim(1)) == verdict
    anew = Tables.open(store)
    assert {edition.table for edition in anew.editions} >= {"fee_schedule"}
    shutil.rmtree(store)
    assert fee_status(opened) == before
    with pytest.raises(TableError):
        Tables.open(store)


def test_a_store_that_is_added_to_while_it_is_open(tmp_path: Path) -> None:
    store = tmp_path / "store"
    add([FEES], store)
    opened = Tables.open(store)
    before = fee_status(opened), opened.editions
    add([MUE], store)
    assert (fee_status(opened), opened.editions) == before
    assert "mue_practitioner" in {edition.table for edition in Tables.open(store).editions if not edition.starter}


def test_a_table_with_damaged_bytes_is_found_by_verify_and_gives_answers_or_a_table_error(tmp_path: Path) -> None:
    store = tmp_path / "store"
    add([FEES, MUE], store)
    chosen = random.Random(1)
    for entry in list_editions(store):
        path = store / entry.file
        whole = path.read_bytes()
        for _ in range(40):
            at = chosen.randrange(len(whole))
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
            assert [damage.file for damage in verify(store)] == [entry.file]
            try:
                tables = Tables.open(store)
                Validator(tables=tables).validate(claim(1, lines=[LINE, {**LINE, "procedure_code": "99213"}]))
                tables.describe("99213", date(2024, 4, 15))
            except TableError as error:
                assert entry.file in str(error)  # noqa: PT017 - most damage is not met by these questions
        path.write_bytes(whole)
    assert verify(store) == ()


# ---------------------------------------------------------------------------------------------- the clock


def test_the_clock_is_never_read() -> None:
    """No verdict, table or history can hang on the time of day: the command asks for the run date of its page alone."""
    asked = {
        "today",
        "now",
        "utcnow",
        "fromtimestamp",
        "time",
        "time_ns",
        "localtime",
        "gmtime",
        "strftime",
        "getmtime",
    }
    found = []
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in asked:
                on = ast.unparse(node.func.value)
                if on in ("time", "date", "datetime", "datetime.date", "datetime.datetime", "os.path"):
                    found.append(f"{path.relative_to(SOURCE / 'claimcheck')}: {ast.unparse(node)}")
    assert found == ["cli/outputs.py: datetime.now()"]


# ---------------------------------------------------------------------------------------------- deep and large


@pytest.mark.parametrize(
    "data",
    [b"[" * 200_000, b'{"lines":' * 100_000, b'[{"resourceType":"Claim","contained":' + b"[" * 100_000],
    ids=["lists", "objects", "resource"],
)
def test_deep_json(data: bytes) -> None:
    with pytest.raises(InputError, match="deep"):
        list(read_claims(data, name="deep"))


def test_a_deep_policy(tmp_path: Path) -> None:
    path = tmp_path / "deep.toml"
    path.write_text("x = " + "[" * 100_000)
    with pytest.raises(PolicyError, match=r"deep\.toml"):
        Policy.load(path)


def test_a_deep_manifest(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("[" * 200_000)
    with pytest.raises(TableError, match="manifest"):
        Tables.open(tmp_path)


BOMB = """
    import resource, sys
    from claimcheck.errors import InputError
    from claimcheck.io import read_claims
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    try:
        for _ in read_claims(sys.argv[1], name="bomb"):
            pass
    except InputError as error:
        print(error)
"""

HEADS = {
    "json": b'{"claim_id":"',
    "json lines": b'{"claim_id":"1"}\n{"claim_id":"',
    "csv": b'claim_id,procedure_code\n1,"',
    "x12": (CORPUS / "x12" / "professional.837").read_bytes()[:120],
}


@pytest.mark.parametrize("head", ["csv", *(pytest.param(one, marks=pytest.mark.slow) for one in HEADS if one != "csv")])
def test_a_line_without_end_under_a_memory_limit(head: str, tmp_path: Path) -> None:
    """Two gigabytes of one value, packed into two megabytes, are refused in one gigabyte of memory."""
    path = tmp_path / "bomb"
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    with path.open("wb") as file:
        file.write(packer.compress(HEADS[head]))
        block = b"a" * (1 << 20)
        for _ in range(1024):
            file.write(packer.compress(block))
        file.write(packer.flush())
    ran = child(BOMB, path)
    assert ran.returncode == 0, ran.stderr[-500:]
    assert ran.stdout.startswith("bomb")


def test_a_gzip_that_is_cut_short_gives_its_claims_and_then_an_error(tmp_path: Path) -> None:
    packed = gzip.compress("".join(json.dumps(claim(one)) + "\n" for one in range(2000)).encode())
    given: list[Claim] = []
    with pytest.raises(InputError):
        given.extend(read_claims(packed[: len(packed) // 2], name="cut"))
    assert given


SHAPES = {
    "one code": lambda n: {},
    "reports": lambda n: {"procedure_code": "3044F", "charge": "0.00"},
    "a code each": lambda n: {"procedure_code": f"{10_000 + n % 80_000}"},
    "a day each": lambda n: {"service_date": date.fromordinal(739_000 + n % 900).isoformat()},
    "spans": lambda n: {
        "service_date": date.fromordinal(739_000 + n % 300).isoformat(),
        "service_date_end": date.fromordinal(739_000 + n % 300 + n % 60).isoformat(),
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_a_hundred_thousand_lines_of_every_shape(shape: str) -> None:
    """Time grows with the lines and not with their square: ten times the lines take less than thirty times as long."""
    import time

    validator = Validator()
    took = []
    for number in (10_000, 100_000):
        base = {"procedure_code": "97110", "units": 1, "charge": "10.00", "service_date": "2024-07-15"}
        whole = claim(1, lines=[{**base, **SHAPES[shape](n), "line_number": n} for n in range(number)])
        began = time.process_time()
        result = validator.validate(whole)
        took.append(time.process_time() - began)
        assert len(result.lines) == number
    assert took[1] < 30 * took[0], took
