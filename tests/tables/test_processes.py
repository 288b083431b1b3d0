"""The tables in other processes: forked, and sent there."""

from __future__ import annotations

import multiprocessing
from datetime import date
from pathlib import Path

import pytest

from claimcheck.tables import Found, Lookup, PtpEdit, Tables
from claimcheck.tables.rows import PtpRow
from tables.making import DAY, PTP, opened, reading

FORKS = pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork here")
ROWS = [PtpRow(f"{number:05}", "99213", date(2020, 1, 1), None, 1, "") for number in range(20000, 20500)]


def ask(tables: Tables, code: str) -> Lookup[PtpEdit]:
    return tables.ptp(PTP, code, "99213", DAY)


@pytest.mark.parametrize("method", ["spawn", pytest.param("fork", marks=FORKS)])
def test_another_process_gives_the_same_answers(tmp_path: Path, method: str) -> None:
    tables = opened(tmp_path, reading(PTP, ROWS))
    codes = [row.column_one for row in ROWS[:20]] + ["11111"]
    here = [ask(tables, code) for code in codes]
    with multiprocessing.get_context(method).Pool(2) as pool:
        there = pool.starmap(ask, [(tables, code) for code in codes])
    assert there == here
    assert sum(isinstance(answer, Found) for answer in here) == 20


@FORKS
def test_a_forked_process_asks_the_tables_that_were_open(tmp_path: Path) -> None:
    tables = opened(tmp_path, reading(PTP, ROWS))
    context = multiprocessing.get_context("fork")
    answers = context.SimpleQueue()
    child = context.Process(target=lambda: answers.put(ask(tables, "20001")))
    child.start()
    child.join()
    assert answers.get() == ask(tables, "20001")
