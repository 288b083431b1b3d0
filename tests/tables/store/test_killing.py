"""A kill at any moment of an add leaves a store that opens, old or new, and whole.

The run of fifty kills over real files: CLAIMCHECK_KILLS=50 python -m pytest -m "slow or not slow"
tests/tables/store/test_killing.py
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from claimcheck.tables import Tables
from claimcheck.tables.rows import MueRow
from claimcheck.tables.store import add_readings, list_editions, verify
from tables.making import reading

pytestmark = pytest.mark.exhaustive

KILLS = int(os.environ.get("CLAIMCHECK_KILLS", "10"))
ADD = """
import sys
from claimcheck.tables.store import add
print("ready", flush=True)
add(sys.argv[2:], sys.argv[1])
"""
UNMEASURED = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
"""A killed process would leave half a coverage file."""
LAST_YEAR = reading("mue_dme", [MueRow("A0021", 1, 3, "")], first=date(2020, 1, 1), last=date(2020, 3, 31))


def seconds_to_add(store: Path, files: list[Path]) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", ADD, store, *files], check=True, capture_output=True, env=UNMEASURED)
    return time.perf_counter() - started


def killed_after(seconds: float, store: Path, files: list[Path]) -> None:
    command = [sys.executable, "-c", ADD, store, *files]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=UNMEASURED) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(seconds)
        process.kill()


def prove(tmp_path: Path, files: list[Path], kills: int) -> None:
    whole = tmp_path / "whole"
    add_readings([LAST_YEAR], whole)
    longest = seconds_to_add(whole, files)
    new, old = list_editions(whole), tuple(entry for entry in list_editions(whole) if entry.exact_from.year == 2020)
    store = tmp_path / "store"
    moments = random.Random(7)
    for _ in range(kills):
        if not store.exists() or list_editions(store) == new:
            store = tmp_path / f"store-{moments.random()}"
            add_readings([LAST_YEAR], store)
        killed_after(moments.uniform(0, longest), store, files)
        assert list_editions(store) in (old, new)
        assert verify(store) == ()
        assert Tables.open(store).mue("mue_dme", "A0021", date(2020, 2, 1))
    seconds_to_add(store, files)
    assert list_editions(store) == new
    assert {file.name for file in store.iterdir()} == {file.name for file in whole.iterdir()}


def test_kills_while_a_small_table_is_added(tmp_path: Path) -> None:
    file = tmp_path / "carc_2024-06.csv"
    lines = (f"{number},1995-01-01," for number in range(1, 400))
    file.write_text("code,start_date,end_date\n" + "\n".join(lines) + "\n")
    prove(tmp_path, [file], KILLS)


@pytest.mark.slow
def test_kills_while_the_official_files_are_added(tmp_path: Path, reference_data: Path) -> None:
    files = sorted((reference_data / "ncci").glob("ccioph-v302r0-f*.txt.gz"))
    files += sorted((reference_data / "mue").glob("*.csv.gz"))
    prove(tmp_path, files, KILLS)
