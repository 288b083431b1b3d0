"""Processes that judge chunks: no row in a file, an end with the one that started them, no waiting for the dead."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from claimcheck.errors import InputError
from claimcheck.frames.workers import workers
from support.processes import children_of, ended

pytestmark = pytest.mark.exhaustive

SOURCE = Path(__file__).parents[2] / "src"
LINES = 4_000
SCRIPT = """
import polars as pl
from claimcheck.frames import validate_batches

lines = pl.DataFrame({
    "claim_id": [f"C{n // 2}" for n in range(%d)],
    "member_id": [f"QZXMEMBER{n // 8}" for n in range(%d)],
    "procedure_code": ["3044F", "99213"] * (%d // 2),
    "service_date": ["2024-07-15"] * %d,
    "units": [1] * %d,
})
for part in validate_batches(lines, lines=200, workers=2):
    print(len(part.lines), flush=True)
"""


@pytest.fixture
def judging(tmp_path: Path) -> Any:
    """A process in the midst of judging a frame by two others, whose temporary files are in a folder of their own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_PROCESS_")}
    environment |= {"PYTHONPATH": str(SOURCE), "TMPDIR": str(tmp_path)}
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT % ((LINES,) * 5)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline(), process.communicate()
    yield process
    process.kill()
    process.communicate()


linux = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are looked up as Linux has them")


@linux
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_processes_end_with_the_one_that_started_them_and_leave_nothing(
    how: signal.Signals, judging: Any, tmp_path: Path
) -> None:
    children = children_of(judging.pid)
    assert len(children) == 2
    assert [*tmp_path.rglob("*")] == []
    judging.send_signal(how)
    judging.wait()
    ended(children)
    assert [*tmp_path.rglob("*")] == []


@linux
def test_a_killed_process_ends_the_run(judging: Any) -> None:
    os.kill(children_of(judging.pid)[0], signal.SIGKILL)
    _, said = judging.communicate(timeout=60)
    assert judging.returncode == 1
    assert b"a process ended before its work was done" in said


HOW = {"names": ["claim_id", "procedure_code"], "layout": {}, "policy": "default", "policy_is_file": False}
HOW |= {"tables": None, "as_of": None}


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL")
def test_that_one_was_killed_is_told_while_another_is_waited_for() -> None:
    """The one whose turn it is never says anything."""
    with workers(HOW, 2) as helpers:
        stopped, killed = helpers.processes
        os.kill(stopped.number, signal.SIGSTOP)
        os.kill(killed.number, signal.SIGKILL)
        with pytest.raises(InputError, match="a process ended before its work was done"):
            helpers.together([pl.DataFrame({"claim_id": ["A"]}), pl.DataFrame({"claim_id": ["B"]})])
