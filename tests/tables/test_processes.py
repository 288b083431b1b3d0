"""The tables in other processes: forked, and sent there.

Each case runs in an interpreter of its own: the tests' own process may have threads by now (of a frame library, of a
database driver), and a process that has threads is not to be forked.
"""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from claimcheck.tables.rows import PtpRow
from tables.making import PTP, opened, reading

METHODS = [method for method in ("spawn", "fork") if method in multiprocessing.get_all_start_methods()]
ROWS = [PtpRow(f"{number:05}", "99213", date(2020, 1, 1), None, 1, "") for number in range(20000, 20500)]

SCRIPT = """
import multiprocessing
import sys
from datetime import date

from claimcheck.tables import Found, Tables

CODES = [str(code) for code in range(20000, 20020)] + ["11111"]


def ask(tables, code):
    return tables.ptp("ptp_practitioner", code, "99213", date(2024, 7, 15))


def put(answers, tables):
    answers.put([ask(tables, code) for code in CODES])


if __name__ == "__main__":
    tables = Tables.open(sys.argv[1])
    here = [ask(tables, code) for code in CODES]
    assert sum(isinstance(answer, Found) for answer in here) == 20
    context = multiprocessing.get_context(sys.argv[2])
    answers = context.SimpleQueue()
    child = context.Process(target=put, args=(answers, tables))
    child.start()
    assert answers.get() == here
    child.join()
    print("the same")
"""


@pytest.mark.parametrize("method", METHODS)
def test_another_process_gives_the_same_answers(tmp_path: Path, method: str) -> None:
    opened(tmp_path / "store", reading(PTP, ROWS))
    script = tmp_path / "ask.py"
    script.write_text(SCRIPT)
    ran = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "store"), method],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.stdout, ran.returncode) == ("the same\n", 0), ran.stderr
