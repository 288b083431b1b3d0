"""What the package never does: reach a network, unpickle, evaluate text, or unpack what was made to harm."""

from __future__ import annotations

import ast
import gzip
import importlib
import io
import pkgutil
import struct
import subprocess
import sys
import textwrap
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import regex
from tools.fuzz.seeds import FIXTURES

import claimcheck
from claimcheck.errors import InputError, TableError
from claimcheck.io import read_claims
from claimcheck.tables.readers.read import read

pytestmark = pytest.mark.extended

SOURCE = Path(__file__).parents[2] / "src"
MODULES = sorted(SOURCE.rglob("*.py"))

NETWORK = {
    "socket", "ssl", "http", "urllib.request", "urllib3", "requests", "httpx", "aiohttp", "ftplib", "smtplib",
    "asyncio", "telnetlib", "imaplib", "poplib", "nntplib", "xmlrpc", "socketserver", "websockets", "webbrowser",
}  # fmt: skip
UNSAFE = {"pickle", "_pickle", "cPickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "yaml", "subprocess"}
EVALUATES = {"eval", "exec", "compile", "__import__"}
#: `validate_frame` has large frames judged by processes of the same Python, and starts no other program.
PROCESSES = {"claimcheck/frames/workers.py": {"subprocess"}}
CALLS = {"os.system", "os.popen", "os.execv", "os.execve", "os.spawnv", "os.posix_spawn", "pandas.read_pickle"}


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_module_reaches_out_unpickles_or_evaluates(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    names = set(imported(tree))
    found = {name for name in names for bad in NETWORK | UNSAFE if name == bad or name.startswith(f"{bad}.")}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in CALLS or (isinstance(node.func, ast.Name) and called in EVALUATES):
                found.add(called)
    assert found == PROCESSES.get(path.relative_to(SOURCE).as_posix(), set())


def test_the_only_program_that_is_started_is_this_python():
    for name in PROCESSES:
        tree = ast.parse((SOURCE / name).read_text("utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        started = [node for node in calls if ast.unparse(node.func).startswith("subprocess.")]
        assert [ast.unparse(node.func) for node in started] == ["subprocess.Popen"]
        (program,) = started[0].args
        assert ast.unparse(program).startswith(
            "[sys.executable, '-c', 'from claimcheck.frames.worker import work; work()'"
        )
        assert not {keyword.arg for keyword in started[0].keywords} & {"shell", "executable"}


WATCHED = """
    import sys
    from pathlib import Path
    seen = []
    BAD = ("socket.", "urllib.", "ftplib.", "smtplib.", "http.", "pickle.", "subprocess.", "os.system", "os.exec", "os.posix_spawn")
    sys.addaudithook(lambda event, _: seen.append(event) if event.startswith(BAD) else None)
    folder = Path(sys.argv[1])
    import claimcheck
    from claimcheck.io import read_claims
    from claimcheck.tables.store import add, verify
    from claimcheck import explain, MemoryHistory, SqliteHistory, Tables, Validator, demo
    add(sys.argv[2:], folder / "store")
    verify(folder / "store")
    validator = Validator(tables=Tables.open(folder / "store"), history=SqliteHistory(folder / "members.db"))
    for claim in read_claims(Path(demo.__file__).parent / "example.837"):
        result = validator.validate(claim)
        validator.history.record(claim, result)
        str(result), result.to_dict(), result._repr_html_()
    list(validator.history.reconcile())
    str(explain("3044F"))
    print(sorted(set(seen)))
"""  # noqa: E501


def test_a_run_reaches_no_network_and_starts_no_program(tmp_path: Path) -> None:
    """Python itself tells of every such event."""
    files = [str(path) for path in FIXTURES.iterdir() if path.name.startswith(("MCR_MUE", "PPRRVU24", "ccipra"))]
    ran = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(WATCHED), str(tmp_path), *files],
        env={"PYTHONPATH": str(SOURCE)}, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "[]"


# ---------------------------------------------------------------------------------------------- patterns


def patterns() -> Iterator[tuple[str, Any]]:
    """Every compiled pattern of the package that stands in a module, alone or in a container."""
    kinds = (type(regex.compile("")), type(__import__("re").compile("")))
    for module in pkgutil.walk_packages(claimcheck.__path__, "claimcheck."):
        if module.name == "claimcheck.__main__":
            continue
        try:
            loaded = importlib.import_module(module.name)
        except ImportError:
            continue  # needs an extra that is not there
        for name, value in vars(loaded).items():
            values = (
                value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else [value]
            )
            for place, one in enumerate(values):
                if isinstance(one, kinds):
                    yield f"{module.name}.{name}[{place}]", one


PATTERNS = dict(patterns())
PIECES = [
    "a",
    "A",
    "0",
    "9",
    " ",
    "-",
    ".",
    "/",
    ",",
    "F",
    "1P",
    "E11.",
    "0 ",
    "A-",
    "CPT ",
    "\t",
    "(",
    "é",
    "a1",
    "99213 ",
]
SHORT, LONG = 1_000, 8_000


def seconds(pattern: Any, written: str) -> float:
    text: Any = written.encode() if isinstance(pattern.pattern, bytes) else written
    began = time.process_time()
    pattern.fullmatch(text)
    pattern.match(text)
    for number, _ in enumerate(pattern.finditer(text)):
        if number > 200_000:
            break
    return time.process_time() - began


def test_there_are_patterns() -> None:
    assert len(PATTERNS) > 30


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_is_done_in_time_that_grows_with_the_text(name: str) -> None:
    """Eight times the text in well under sixty-four times the time, which is what the square would take."""
    pattern = PATTERNS[name]
    for piece in PIECES:
        for end in ("", "!", "\n"):
            long = seconds(pattern, piece * (LONG // len(piece)) + end)
            if long < 0.02:
                continue
            short = min(seconds(pattern, piece * (SHORT // len(piece)) + end) for _ in range(3))
            assert long < 24 * max(short, 0.002), f"{piece!r}: {short:.4f} s, {long:.4f} s"


# ---------------------------------------------------------------------------------------------- bombs


def zipped(*members: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()


MUE = (FIXTURES / "MCR_MUE_PractitionerServices_Eff_04-01-2024.csv").read_bytes()
ZEROS = bytes(40 << 20)
BOMBS = {
    "a member that unpacks to far more": zipped(("mue.csv", MUE + ZEROS)),
    "a zip within a zip within a zip": zipped(("outer.zip", zipped(("inner.zip", zipped(("mue.csv", MUE)))))),
    "a zip within a zip that unpacks to far more": zipped(("inner.zip", zipped(("mue.csv", MUE + ZEROS)))),
    "a zip of zeros within a zip": zipped(("inner.zip", b"PK\x03\x04" + ZEROS)),
    "a gzip within a zip": zipped(("inner.gz", gzip.compress(MUE))),
    "a name that leads out": zipped(("../../mue.csv", MUE)),
    "an absolute name": zipped(("/etc/mue.csv", MUE)),
    "two thousand members": zipped(*((f"{number}.csv", b"x") for number in range(2000))),
    "a gzip that unpacks to far more": gzip.compress(MUE + ZEROS),
    "a size that is not true": zipped(("mue.csv", MUE)).replace(
        struct.pack("<I", len(MUE)), struct.pack("<I", 0xFFFFFFF0)
    ),
}
WORKBOOK = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets>&b;</sheets></workbook>'
)
BOMBS["entities in a workbook"] = zipped(
    ("[Content_Types].xml", b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
    ("xl/workbook.xml", WORKBOOK),
)  # fmt: skip


def _read_all(path: Path) -> None:
    for reading in read(path):
        for _ in reading.rows():
            pass


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_by_the_table_readers(name: str, tmp_path: Path) -> None:
    """At once, in little memory, and nothing is written anywhere."""
    path = tmp_path / ("bomb.xlsx" if "workbook" in name else "MCR_MUE_PractitionerServices_Eff_04-01-2024.csv.zip")
    path.write_bytes(BOMBS[name])
    began = time.process_time()
    with pytest.raises(TableError, match=r"bomb|MCR_MUE"):
        _read_all(path)
    assert time.process_time() - began < 20
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", BOMBS)
def test_an_archive_is_no_input_of_claims(name: str) -> None:
    if BOMBS[name].startswith(b"PK"):
        with pytest.raises(InputError, match="unpack it"):
            list(read_claims(BOMBS[name], name="bomb"))


def test_xml_is_no_input_of_claims() -> None:
    with pytest.raises(InputError, match="XML"):
        list(read_claims(WORKBOOK, name="bomb"))


def test_a_gzip_of_a_gzip_is_read_once() -> None:
    with pytest.raises(InputError):
        list(read_claims(gzip.compress(gzip.compress(b"claim_id,procedure_code\n1,99213\n")), name="twice"))


def test_a_deflate_bomb_of_rows_stops_at_a_row(tmp_path: Path) -> None:
    """Rows are read one by one: as many as there are, and never all of them at once."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    path = tmp_path / "many.csv.gz"
    rows = b"1,99213\n" * 4096
    with path.open("wb") as file:
        file.write(packer.compress(b"claim_id,procedure_code\n"))
        for _ in range(8):
            file.write(packer.compress(rows))
        file.write(packer.flush())
    [claim] = read_claims(path)
    assert len(claim.lines) == 8 * 4096
