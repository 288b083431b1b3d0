"""The benchmarks that prove a promise, in small; `python tools/benchmarks/history_....py` runs them in full."""

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.exhaustive

BENCHMARKS = Path(__file__).parent.parent.parent / "tools" / "benchmarks"


def run(name, *arguments):
    command = [sys.executable, BENCHMARKS / name, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def check(done):
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_line_is_lost_or_doubled_when_the_process_is_killed():
    check(run("history_kills.py", "--kills", "5"))


def test_workers_find_the_winners_of_one_process():
    check(run("history_contention.py", "--workers", "2", "--claims", "150", "--members", "20"))


@pytest.mark.slow
def test_no_line_is_lost_in_two_hundred_kills():
    check(run("history_kills.py", "--kills", "200"))


@pytest.mark.slow
def test_four_workers_of_25_000_claims_find_the_winners_of_one_process():
    check(run("history_contention.py"))


@pytest.mark.slow
def test_workers_on_postgres_find_the_winners_of_one_process(new_schema):
    check(run("history_contention.py", "--claims", "2000", "--members", "100", "--url", new_schema()))


def test_the_speed_can_be_measured(tmp_path):
    measure = runpy.run_path(str(BENCHMARKS / "history_speed.py"))["measure"]
    figures = measure(tmp_path / "history.db", lines=400, members=50, per_claim=2)
    assert all(figure > 0 for figure in figures.values())
