"""SIGKILL at random points, of the command and of a pipeline in Python: nothing is lost and nothing is doubled.

What is there in the end, outputs and history, is what a run without an interruption leaves, byte by byte.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support import killed_pipeline

SOURCE = Path(__file__).parent.parent.parent / "src"
Start = Callable[[Path], "subprocess.Popen[bytes]"]

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL"),
    pytest.mark.exhaustive,
]


@pytest.fixture(params=["the command", "a pipeline"])
def start(request: pytest.FixtureRequest, tmp_path: Path) -> Start:
    """Starts a run that writes all it writes into a folder."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_PROCESS_")}
    environment |= {"PYTHONPATH": str(SOURCE), "CLAIMCHECK_TABLES": str(tmp_path / "nobodys-store")}
    key = tmp_path / "key"
    key.write_bytes(bytes(range(32)))
    key.chmod(0o600)

    def started(folder: Path) -> subprocess.Popen[bytes]:
        if request.param == "the command":
            arguments = ["-m", "claimcheck", "check", tmp_path / "claims.jsonl", "--quiet", "--format", "jsonl"]
            arguments += ["-o", folder / "verdicts.jsonl", "--findings", folder / "findings.csv"]
            arguments += ["--history", folder / "members.db", "--history-key", key]
        else:
            arguments = [killed_pipeline.__file__, tmp_path / "claims.jsonl", folder, key]
        return subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    return started


def written(path: Path, count: int) -> None:
    """Claims of a hundred members, in no order: yearly services, visits, replacements and voids."""
    chance = random.Random(7)
    with path.open("w") as file:
        for number in range(count):
            member = chance.randrange(100)
            day = f"2024-{chance.randrange(7, 10):02}-{chance.randrange(1, 29):02}"
            line = {"units": 1, "charge": "0.00", "service_date": day}
            codes = chance.sample(["3044F", "3046F", "99213", "45378", "45380", "no code"], 2)
            undoes = number > 200 and chance.random() < 0.05
            claim = {
                "claim_id": f"C{number}",
                "claim_type": "professional",
                "member_id": f"M{member}",
                "frequency_code": chance.choice("78") if undoes else "1",
                "original_claim_id": f"C{number - chance.randrange(1, 200)}" if undoes else None,
                "received_date": "2024-10-01",
                "lines": [{**line, "procedure_code": code} for code in codes],
            }
            file.write(json.dumps(claim) + "\n")


def left(folder: Path) -> dict[str, Any]:
    """The outputs, byte by byte, and every row of the history."""
    found: dict[str, Any] = {path.name: path.read_bytes() for path in folder.iterdir() if "members.db" not in path.name}
    connection = sqlite3.connect(folder / "members.db")
    found["history"] = [*connection.iterdump()]
    connection.close()
    return found


def ended(process: subprocess.Popen[bytes]) -> None:
    _, said = process.communicate(timeout=900)  # a busy machine is no fault
    assert process.returncode in (0, 1), said.decode()
    assert b"Traceback" not in said, said.decode()  # which ends with 1, as findings do


def killed_at_random(start: Start, folder: Path, chance: random.Random, most: float, kills: int) -> int:
    """Kills the run and starts it anew, until it ends or was killed often enough; how often it was."""
    for count in range(kills):
        process = start(folder)
        try:
            process.wait(chance.uniform(0.1, most))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
        else:
            ended(process)
            return count
    ended(start(folder))
    return kills


def kill_again_and_again(start: Start, tmp_path: Path, *, claims: int, kills: int) -> None:
    written(tmp_path / "claims.jsonl", claims)
    whole = tmp_path / "whole"
    whole.mkdir()
    began = time.monotonic()
    ended(start(whole))
    took = time.monotonic() - began
    expected = left(whole)
    assert expected["verdicts.jsonl"].count(b"\n") == claims
    chance = random.Random(kills)
    done = hits = 0
    while hits < kills:
        folder = tmp_path / f"killed-{done}"
        folder.mkdir()
        hits += killed_at_random(start, folder, chance, took, kills - hits)
        done += 1
        assert left(folder) == expected, f"after {hits} kills"
    print(f"{hits} kills in {done} runs of {claims:,} claims, {took:.1f} s each: nothing lost, nothing doubled")


def test_a_killed_run_ends_as_one_that_was_not(start: Start, tmp_path: Path) -> None:
    kill_again_and_again(start, tmp_path, claims=1_200, kills=1)


@pytest.mark.slow
def test_twenty_kills(start: Start, tmp_path: Path) -> None:
    kill_again_and_again(start, tmp_path, claims=6_000, kills=20)
