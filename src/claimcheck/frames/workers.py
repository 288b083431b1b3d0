"""Validates chunks in several processes: as many as there are cores, each with its own Python and engine.

The processes are new and import what they need, so the calling program is not run again. Chunks and results go through
pipes, so that no member's row is ever in a file; and a process ends with its parent.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from queue import SimpleQueue
from typing import Any, TypeVar

import attrs
import polars as pl

from claimcheck.columns.order import CLAIM
from claimcheck.columns.placing import Placed
from claimcheck.columns.result_rows import ResultRows
from claimcheck.errors import InputError
from claimcheck.frames.wire import receive, send
from claimcheck.frames.worker import RESULT_ROWS

__all__ = ["Workers", "workers"]

_ENDED = "a process ended before its work was done, perhaps for want of memory: workers=1, or fewer lines at a time"
Result = TypeVar("Result")
#: Memory is kept for the next chunk instead of being given back: for 8 s by Polars, and up to 1 GB by Python and NumPy.
_KEEPS_MEMORY = {
    "_RJEM_MALLOC_CONF": "dirty_decay_ms:8000,muzzy_decay_ms:8000",
    "MALLOC_TRIM_THRESHOLD_": str(1 << 30),
    "MALLOC_MMAP_THRESHOLD_": str(1 << 25),
}


class _Process:
    """One worker process."""

    def __init__(self, how: dict[str, Any], threads: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from claimcheck.frames.worker import work; work()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={
                **_KEEPS_MEMORY,
                **os.environ,
                "POLARS_MAX_THREADS": str(threads),
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            },
        )
        assert self._process.stdin is not None  # noqa: S101 - for the type
        assert self._process.stdout is not None  # noqa: S101 - for the type
        self._to, self._from = self._process.stdin, self._process.stdout
        self._tell(how)

    @property
    def number(self) -> int:
        """The process id."""
        return self._process.pid

    def _tell(self, head: dict[str, Any], frames: Iterable[pl.DataFrame] = ()) -> None:
        try:
            send(self._to, head, frames)  # type: ignore[arg-type]
        except BrokenPipeError:
            raise InputError(_ENDED) from None

    def ask(self, task: dict[str, Any], frames: Iterable[pl.DataFrame]) -> list[pl.DataFrame]:
        """Sends a task, and returns its answer."""
        self._tell(task, frames)
        answer = receive(self._from)  # type: ignore[arg-type]
        if answer is None:
            raise InputError(_ENDED)
        said, found = answer
        if not said["done"]:
            raise InputError(said["error"])
        return found

    def end(self) -> None:
        """Ends the process, whatever it is doing; a caller waiting for its answer gets an error."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Closes the pipes once no one reads them."""
        for pipe in (self._to, self._from):
            try:
                pipe.close()
            except BrokenPipeError:
                """Unread data is not needed."""


@attrs.frozen(eq=False)
class Workers:
    """Worker processes that validate."""

    processes: tuple[_Process, ...]
    _free: SimpleQueue[_Process]
    _pool: ThreadPoolExecutor

    def together(self, rows: Iterable[pl.DataFrame]) -> ResultRows:
        """The results of related claims; members are not split between these frames."""
        asked = [self._pool.submit(self._together, part) for part in rows]
        return ResultRows.nothing().beside(*(_result(part, asked) for part in asked))

    def verdicts(self, chunks: Iterable[pl.DataFrame], together: ResultRows) -> Iterator[Placed]:
        """The results of chunks, in order."""
        waiting: deque[Future[Placed]] = deque()
        for rows in chunks:
            waiting.append(self._pool.submit(self._verdict, rows, together))
            if len(waiting) > len(self.processes):
                yield _result(waiting[0], waiting)
                waiting.popleft()
        while waiting:
            yield _result(waiting[0], waiting)
            waiting.popleft()

    def _together(self, rows: pl.DataFrame) -> ResultRows:
        return ResultRows(*self._asked({"together": True}, [rows]))

    def _verdict(self, rows: pl.DataFrame, together: ResultRows) -> Placed:
        beside = together.of(rows[CLAIM].unique())
        return Placed(*self._asked({"together": False}, [rows, *(getattr(beside, name) for name in RESULT_ROWS)]))

    def _asked(self, task: dict[str, Any], frames: list[pl.DataFrame]) -> list[pl.DataFrame]:
        process = self._free.get()
        try:
            return process.ask(task, frames)
        finally:
            self._free.put(process)


def _result(wanted: Future[Result], others: Iterable[Future[Result]]) -> Result:
    """The awaited result. If another one fails meanwhile, that is raised immediately."""
    running = set(others)
    while not wanted.done():
        done, running = wait(running, return_when=FIRST_COMPLETED)
        for one in done:
            one.result()
    return wanted.result()


@contextmanager
def workers(how: dict[str, Any], many: int) -> Iterator[Workers]:
    """Starts that many processes with the settings in `how`; see `claimcheck.frames.worker`."""
    threads = max(1, (os.cpu_count() or 1) // many)
    processes: list[_Process] = []
    pool = ThreadPoolExecutor(many)
    try:
        free: SimpleQueue[_Process] = SimpleQueue()
        for _ in range(many):
            processes.append(_Process(how, threads))
            free.put(processes[-1])
        yield Workers(tuple(processes), free, pool)
    finally:
        # Processes first, so that no thread still waits for an answer.
        for process in processes:
            process.end()
        pool.shutdown(cancel_futures=True)
        for process in processes:
            process.close()
