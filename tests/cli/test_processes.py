"""The command as shells see it: exit codes, pipes, signals, and what is missing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from claimcheck import __main__ as entry

pytestmark = pytest.mark.exhaustive


def test_a_reader_that_goes_away_is_no_error(spawn: Any, claims: Any, clean: Any) -> None:
    path = claims(*(clean(number) for number in range(3_000)))
    process = spawn("check", path, "--format", "jsonl")
    assert process.stdout.readline()
    process.stdout.close()
    said = process.stderr.read()
    assert process.wait(60) == 141
    assert said == b""
    process.stdin.close()
    process.stderr.close()


def test_standard_input_to_standard_output(spawn: Any, demo: Path) -> None:
    process = spawn("check", "-", "--format", "jsonl")
    out, said = process.communicate(demo.read_bytes())
    assert (process.returncode, len(out.splitlines())) == (1, 5)
    assert b"\x1b" not in out + said
    assert b"5 claims" in said


@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_leaves_whole_records(spawn: Any, claims: Any, clean: Any, tmp_path: Path, jobs: int) -> None:
    path = claims(*(clean(number) for number in range(20_000)))
    out = tmp_path / "out"
    process = spawn("check", path, "--format", "jsonl", "-o", out, "--jobs", jobs, start_new_session=True)
    until = time.monotonic() + 60
    while not (out.exists() and out.stat().st_size) and time.monotonic() < until:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all processes of the command
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said.splitlines()[-1], b"Traceback" in said) == (130, b"claimcheck: interrupted", False)
    written = out.read_bytes()
    assert written.endswith(b"}\n")
    assert 0 < len(written.splitlines()) < 20_000


def test_standard_output_that_is_full_is_an_error(demo: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    with Path("/dev/full").open("wb") as full:
        arguments = [sys.executable, "-m", "claimcheck", "check", str(demo)]
        environment = {**os.environ, "PYTHONPATH": str(Path(entry.__file__).parent.parent)}
        done = subprocess.run(arguments, stdout=full, stderr=subprocess.PIPE, env=environment, check=False)
    assert (done.returncode, done.stderr) == (2, b"claimcheck: No space left on device\n")


@pytest.mark.parametrize("missing", ["click", "rich"])
def test_without_its_packages_the_command_says_what_to_install(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _forget(missing, monkeypatch)
    _forget("claimcheck.cli", monkeypatch)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(SystemExit, match=r"pip install 'claimcheck\[cli\]'"):
        entry.main()


def test_any_other_missing_module_is_not_explained_away(monkeypatch: pytest.MonkeyPatch) -> None:
    _forget("claimcheck.cli", monkeypatch)
    monkeypatch.setitem(sys.modules, "claimcheck.engine", None)
    with pytest.raises(ModuleNotFoundError):
        entry.main()


def _forget(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the package had not been imported yet."""
    for name in [name for name in sys.modules if name == package or name.startswith(f"{package}.")]:
        monkeypatch.delitem(sys.modules, name)


def test_an_interruption_anywhere_has_its_exit_code(invoke: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("claimcheck.cli.explain.explain_subject", interrupt)
    assert invoke("explain", "99213").exit_code == 130


def test_demo_shows_one_of_each(invoke: Any) -> None:
    result = invoke("demo")
    assert result.exit_code == 0
    for word in (
        "payable",
        "report only",
        "review",
        "denied",
        "rejected",
        "allowed $0.01",
        "CO-119",
        "CO-236",
        "CO-16/M20",
    ):
        assert word in result.stdout
    assert len(result.stdout.splitlines()) < 75
    assert result.stdout.splitlines()[-1].startswith("To check these: ")
