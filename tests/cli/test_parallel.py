"""`claimcheck check --jobs`: the same bytes, whoever made them."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from claimcheck import Claim
from claimcheck.cli import parallel
from claimcheck.cli.inputs import Inputs
from claimcheck.cli.options import Options
from claimcheck.cli.selection import MemberShare
from claimcheck.cli.style import Style
from claimcheck.cli.validating import Run
from claimcheck.errors import InputError
from support.processes import children_of, ended

pytestmark = pytest.mark.exhaustive


@pytest.fixture
def batch(claims: Any, clean: Any) -> Path:
    """Claims of a few members, of none, and unreadable ones: more than a process sends at once."""
    given: list[Any] = []
    for number in range(230):
        line = {**clean()["lines"][0], "procedure_code": "3044F", "charge": "0.00"}
        given.append({**clean(number), "member_id": f"M{number % 50}", "lines": [line], "total_charge": "0.00"})
    given += [{**clean(1000 + number), "member_id": None} for number in range(10)]
    given += [{"member_id": "\ud800"}, {"member_id": 7}, {}]
    return claims(*given)


def test_two_processes_write_what_one_writes(invoke: Any, batch: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.837").write_text("ISA*")
    for layout in ("table", "jsonl", "parquet"):
        outputs = []
        for jobs in (1, 2):
            out = tmp_path / f"{layout}-{jobs}"
            result = invoke("check", batch, tmp_path / "bad.837", "--format", layout, "-o", out, "--jobs", jobs)
            assert result.exit_code == 2
            outputs.append((out.read_bytes(), result.stderr))
        assert outputs[0] == outputs[1]


@pytest.mark.parametrize("jobs", [2, 3, 7])
def test_every_claim_is_judged_by_one_process_in_its_place(batch: Path, jobs: int) -> None:
    parts = [part for share in range(jobs) for part in parallel.judged(_run(batch, jobs), share)]
    places = sorted(place for part in parts for place, _ in part.pieces)
    assert places == list(range(243))
    assert sum(part.summary.claims for part in parts) == 243
    assert sum(part.last for part in parts) == jobs


def test_every_claim_is_of_one_share_and_all_claims_of_a_member_of_the_same() -> None:
    shares = [MemberShare(number, 4) for number in range(4)]
    owners: dict[object, set[int]] = {}
    for member in [*(f"M{number}" for number in range(100)), *[None] * 8] * 2:
        [owner] = [share.number for share in shares if share.wanted(member)]
        owners.setdefault(member, set()).add(owner)
    assert owners.pop(None) == {0, 1, 2, 3}
    assert {len(found) for found in owners.values()} == {1}
    assert set().union(*owners.values()) == {0, 1, 2, 3}


def test_a_claim_that_was_cut_off_takes_no_place_of_another_file(demo: Path, claims: Any, clean: Any) -> None:
    """The first file ends in a claim that both processes have counted and nobody delivers."""
    whole = demo.read_bytes()
    cut = demo_copy = claims(name="cut.837")
    demo_copy.write_bytes(whole[: whole.rindex(b"SV1")])
    files = (str(cut), str(claims(*(clean(number) for number in range(10)))))
    given = list(Inputs(files).claims())
    found: dict[int, Claim] = {}
    for number in range(3):
        inputs, share = Inputs(files), MemberShare(number, 3)
        found.update(inputs.placed(share))
        assert len(inputs.bad) == 1
    assert [found[place] for place in sorted(found)] == given


def test_a_process_says_what_it_judged(batch: Path) -> None:
    receiving, sending = multiprocessing.Pipe(duplex=False)
    before = signal.getsignal(signal.SIGINT)
    try:
        parallel.work(_run(batch, 100), 0, sending)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
    run = _run(batch, 100)
    told = list(parallel._pieces_of(0, [_ended(receiving)], run, [0]))
    assert len(told) == run.summary.claims
    receiving.close()


def test_a_process_that_nobody_waits_for_ends_quietly(batch: Path) -> None:
    receiving, sending = multiprocessing.Pipe(duplex=False)
    receiving.close()
    before = signal.getsignal(signal.SIGINT)
    try:
        parallel.work(_run(batch, 1), 0, sending)
    finally:
        signal.signal(signal.SIGINT, before)
    assert sending.closed


def test_a_process_that_died_is_an_error(batch: Path) -> None:
    receiving, sending = multiprocessing.Pipe(duplex=False)
    sending.close()
    with pytest.raises(InputError, match="a process ended before its work was done"):
        list(parallel._pieces_of(0, [_ended(receiving)], _run(batch, 1), [0]))
    receiving.close()


def _ended(pipe: Any) -> Any:
    """A process that is over and has left what it said in its pipe."""
    return SimpleNamespace(process=SimpleNamespace(exitcode=0), pipe=pipe)


def test_a_killed_process_is_told_at_once_whosever_turn_it_is(batch: Path) -> None:
    with parallel._workers(_run(batch, 2)) as workers:
        waited_for, killed = workers
        os.kill(waited_for.process.pid, signal.SIGSTOP)  # it never says anything
        try:
            os.kill(killed.process.pid, signal.SIGKILL)
            with pytest.raises(InputError, match="a process ended before its work was done"):
                list(parallel._pieces_of(0, workers, _run(batch, 2), [0, 0]))
        finally:
            os.kill(waited_for.process.pid, signal.SIGCONT)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are looked up as Linux has them")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_processes_end_with_the_one_that_started_them(spawn: Any, claims: Any, clean: Any, how: signal.Signals) -> None:
    """Standard output is a pipe that nobody reads, so that the command is in its midst for as long as it is wanted."""
    path = claims(*(clean(number) for number in range(3_000)))
    process = spawn("check", path, "--format", "jsonl", "--jobs", 2)
    assert process.stdout.readline()
    children = children_of(process.pid)
    assert len(children) >= 2
    process.send_signal(how)
    process.wait()
    ended(children)
    process.communicate()


def _run(path: Path, jobs: int) -> Run:
    return Run(Options((str(path),), jobs=jobs), Inputs((str(path),)), Style(None, False))
