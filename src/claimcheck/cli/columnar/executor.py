"""Where claims are validated: in this process, or in several workers."""

from __future__ import annotations

import gc
import io
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from threading import Thread

import polars as pl

from claimcheck.cli.columnar.worker import ClaimInput, Output, Worker
from claimcheck.cli.options import Options
from claimcheck.cli.parallel import ENDED, end_with_parent
from claimcheck.engine import Validator
from claimcheck.engine.namesakes import Marked
from claimcheck.errors import InputError

__all__ = ["InProcess", "InWorkers", "Pending", "executor"]

Pending = Callable[[], Output]
"""Returns a requested output, waiting for it if necessary."""
Claims = Sequence[tuple[int, ClaimInput, Marked | None]]

_worker: Worker


class InProcess:
    """Validates in this process."""

    waiting = 0

    def __init__(self, judge: Worker) -> None:
        self._worker = judge

    def rows(self, lines: pl.DataFrame, file: str) -> Pending:
        """Requests the output for claims in rows."""
        output = self._worker.rows(lines, file)
        return lambda: output

    def claims(self, claims: Claims) -> Pending:
        """Requests the output for claims that are validated together."""
        output = self._worker.claims(claims)
        return lambda: output


class InWorkers:
    """Validates in worker processes; `waiting` is how many batches may be pending."""

    def __init__(self, pool: ProcessPoolExecutor, many: int) -> None:
        self._pool, self.waiting = pool, many + 1

    def rows(self, lines: pl.DataFrame, file: str) -> Pending:
        """Requests the output for claims in rows."""
        packed = io.BytesIO()
        lines.write_ipc(packed, compat_level=pl.CompatLevel.oldest())
        return _answer(self._pool.submit(_of_rows, packed.getvalue(), file))

    def claims(self, claims: Claims) -> Pending:
        """Requests the output for claims that are validated together."""
        return _answer(self._pool.submit(_of_claims, claims))


@contextmanager
def executor(options: Options, validator: Validator) -> Iterator[InProcess | InWorkers]:
    """The executor that the options ask for."""
    if options.jobs == 1:
        yield InProcess(Worker(options, validator))
        return
    pool = ProcessPoolExecutor(options.jobs, get_context("spawn"), _begin, (options,))
    try:
        with _threads(1):
            pool.submit(_nothing).result()
        yield InWorkers(pool, options.jobs)
    except BrokenProcessPool:
        raise InputError(ENDED) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _answer(future: Future[Output]) -> Pending:
    return future.result


@contextmanager
def _threads(many: int) -> Iterator[None]:
    """Processes started in this context use that many threads for columns."""
    before = os.environ.get("POLARS_MAX_THREADS")
    os.environ["POLARS_MAX_THREADS"] = before or str(many)
    try:
        yield
    finally:
        if before is None:
            del os.environ["POLARS_MAX_THREADS"]


def _begin(options: Options) -> None:
    global _worker  # noqa: PLW0603 - what a process is for
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent process decides when to end
    Thread(target=end_with_parent, daemon=True).start()
    _worker = Worker(options)
    gc.disable()


def _nothing() -> None:
    """Confirms that a process has started."""


def _of_rows(packed: bytes, file: str) -> Output:
    output = _worker.rows(pl.read_ipc(packed), file)
    _tidy()
    return output


def _of_claims(claims: Claims) -> Output:
    output = _worker.claims(claims)
    _tidy()
    return output


def _tidy() -> None:
    """What is cached about lines is large and stays: the garbage collector examines new objects once, and never
    again."""
    gc.collect()
    gc.freeze()
