"""Validates claims in several processes: the same pieces in the same order as one process makes.

A result depends on the earlier claims of its member and on no others, so members are divided among processes. Parts of
the input cannot be, because a member's claims may be in all of them. Every process goes through all input, reads the
claims of its own members, and skips the others, which costs a small part of reading and validating them. The pieces are
merged by the place of their claim. Only output travels between processes, never a claim.
"""

from __future__ import annotations

import heapq
import os
import signal
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess, parent_process
from threading import Thread
from typing import Any

import attrs

from claimcheck.claims import Claim
from claimcheck.cli.selection import MemberShare
from claimcheck.cli.summary import Summary
from claimcheck.cli.validating import Run
from claimcheck.engine import Validator
from claimcheck.engine.batches import Fallen
from claimcheck.engine.namesakes import Marked
from claimcheck.errors import InputError

__all__ = ["ENDED", "end_with_parent", "together"]

_AT_ONCE = 100
_SPAWN = get_context("spawn")

ENDED = "a process ended before its work was done, perhaps for want of memory: --jobs 1"


@attrs.frozen
class _Worker:
    """A process, and the pipe from which its output is read."""

    process: BaseProcess
    pipe: Connection


@attrs.frozen
class _Part:
    """What a process has done since its last report: places and pieces, and its part of the totals."""

    pieces: list[tuple[int, Any]]
    summary: Summary
    done: int
    bad: list[InputError]
    last: bool


def together(run: Run) -> Generator[Any]:
    """The pieces of all claims, in order, made by as many processes as the options say."""
    with _workers(run) as workers:
        done = [0] * len(workers)
        streams = [_pieces_of(share, workers, run, done) for share in range(len(workers))]
        for _, piece in heapq.merge(*streams, key=_place):
            yield piece


def _place(numbered: tuple[int, Any]) -> int:
    return numbered[0]


def _pieces_of(share: int, workers: list[_Worker], run: Run, done: list[int]) -> Iterator[tuple[int, Any]]:
    """The output of one process. All processes read the same files, and find the same ones bad.

    `done` is how far each process is; the run is as far as the slowest.
    """
    while True:
        part = _received(share, workers)
        run.summary.include(part.summary)
        done[share] = run.inputs.size if part.last else part.done
        run.inputs.done = min(done)
        yield from part.pieces
        if part.last:
            run.inputs.bad = part.bad
            return


def _received(share: int, workers: list[_Worker]) -> _Part:
    """The next part from a process. A killed process is reported at once, not when its turn comes."""
    own = workers[share]
    while not own.pipe.poll():
        running = [worker.process for worker in workers if worker.process.exitcode is None]
        if any(worker.process.exitcode for worker in workers):
            raise InputError(ENDED)
        wait([own.pipe, *(process.sentinel for process in running)])
    try:
        part: _Part = own.pipe.recv()
    except EOFError:
        raise InputError(ENDED) from None
    return part


@contextmanager
def _workers(run: Run) -> Iterator[list[_Worker]]:
    workers: list[_Worker] = []
    try:
        for share in range(run.options.jobs):
            receiving, sending = _SPAWN.Pipe(duplex=False)
            process = _SPAWN.Process(
                target=work, args=(attrs.evolve(run, summary=run.summary.fresh()), share, sending), daemon=True
            )
            process.start()
            sending.close()
            workers.append(_Worker(process, receiving))
        yield workers
    finally:
        for worker in workers:
            worker.pipe.close()
            worker.process.terminate()
            worker.process.join()


def work(run: Run, share: int, pipe: Connection) -> None:
    """One process: validates the claims of its share of members."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent process decides when to end
    Thread(target=end_with_parent, daemon=True).start()
    try:
        for part in judged(run, share):
            pipe.send(part)
    except BrokenPipeError:
        """No one is reading any more."""
    finally:
        pipe.close()


def end_with_parent() -> None:
    """Ends this process when its parent has ended, for whatever reason."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def judged(run: Run, share: int) -> Iterator[_Part]:
    """The parts of one process."""
    options, inputs, make = run.options, run.inputs, run.maker()
    places: deque[int] = deque()

    def own() -> Iterator[Claim | Fallen | Marked]:
        for place, claim in inputs.placed(MemberShare(share, options.jobs)):
            places.append(place)
            yield run.marked(place, claim)

    verdicts = run.verdicts(Validator(options.chosen_policy(), options.tables), own(), share)
    while True:
        summary = run.summary.fresh()
        pieces = []
        for claim, result in islice(verdicts, _AT_ONCE):
            summary.add(result)
            pieces.append((places.popleft(), make(claim, result)))
        last = len(pieces) < _AT_ONCE
        yield _Part(pieces, attrs.evolve(summary, baseline=None), inputs.done, inputs.bad, last)
        if last:
            return
