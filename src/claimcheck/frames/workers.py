"""Chunks judged by several processes: as many as there are cores, each with its own Python, and its own classes.

The processes are new ones, that import what they need: nothing is asked of the program that calls, and nothing of it is
run again. Chunks go to them and verdicts come back in files of Arrow, in a folder that is gone at the end.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import attrs
import polars as pl

from claimcheck.errors import InputError
from claimcheck.frames.order import CLAIM
from claimcheck.frames.placing import Placed
from claimcheck.frames.said import Spoken
from claimcheck.frames.worker import FRAMES, SPOKEN, read, write

__all__ = ["Workers", "workers"]

_ENDED = "a process ended before its work was done, perhaps for want of memory: workers=1, or fewer lines at a time"


class _Process:
    """One process."""

    def __init__(self, how: dict[str, Any], threads: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from claimcheck.frames.worker import work; work()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={
                **os.environ,
                "POLARS_MAX_THREADS": str(threads),
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            },
        )
        self._tell(how)

    def _tell(self, what: dict[str, Any]) -> None:
        assert self._process.stdin is not None  # noqa: S101 - for the type
        try:
            self._process.stdin.write(json.dumps(what) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise InputError(_ENDED) from None

    def ask(self, task: dict[str, Any]) -> None:
        """Has a task done."""
        self._tell(task)
        assert self._process.stdout is not None  # noqa: S101 - for the type
        answer = self._process.stdout.readline()
        if not answer:
            raise InputError(_ENDED)
        said = json.loads(answer)
        if not said["done"]:
            raise InputError(said["error"])

    def end(self) -> None:
        """Ends it, whatever it does."""
        self._process.kill()
        self._process.communicate()


@attrs.frozen(eq=False)
class Workers:
    """Processes that judge."""

    _free: SimpleQueue[_Process]
    _pool: ThreadPoolExecutor
    _folder: Path
    _many: int
    _numbers: Iterator[int] = attrs.field(factory=count)

    def together(self, rows: Iterable[pl.DataFrame]) -> Spoken:
        """The verdicts on claims that meet others; members are not divided between these frames."""
        asked = [self._pool.submit(self._together, part) for part in rows]
        return Spoken.nothing().beside(*(part.result() for part in asked))

    def verdicts(self, chunks: Iterable[pl.DataFrame], together: Spoken) -> Iterator[Placed]:
        """The verdicts on chunks, in their order."""
        waiting: deque[Future[Placed]] = deque()
        for rows in chunks:
            waiting.append(self._pool.submit(self._verdict, rows, together))
            if len(waiting) > self._many:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _together(self, rows: pl.DataFrame) -> Spoken:
        with self._asked() as (process, folder):
            rows.write_ipc(folder / "rows")
            process.ask({"folder": str(folder), "together": True})
            return Spoken(*read(SPOKEN, folder))

    def _verdict(self, rows: pl.DataFrame, together: Spoken) -> Placed:
        with self._asked() as (process, folder):
            rows.write_ipc(folder / "rows")
            (folder / "together").mkdir()
            write(together.of(rows[CLAIM].unique()), SPOKEN, folder / "together")
            process.ask({"folder": str(folder), "together": False})
            return Placed(*read(FRAMES, folder))

    @contextmanager
    def _asked(self) -> Iterator[tuple[_Process, Path]]:
        process = self._free.get()
        try:
            with tempfile.TemporaryDirectory(dir=self._folder) as folder:
                yield process, Path(folder)
        finally:
            self._free.put(process)


@contextmanager
def workers(how: dict[str, Any], many: int) -> Iterator[Workers]:
    """So many processes, which judge as `how` says; see `claimcheck.frames.worker`."""
    threads = max(1, (os.cpu_count() or 1) // many)
    processes = []
    try:
        free: SimpleQueue[_Process] = SimpleQueue()
        for _ in range(many):
            processes.append(_Process(how, threads))
            free.put(processes[-1])
        with (
            tempfile.TemporaryDirectory(prefix="claimcheck-") as folder,
            ThreadPoolExecutor(many) as pool,
        ):
            yield Workers(free, pool, Path(folder), many)
    finally:
        for process in processes:
            process.end()
