"""Who judges: this process, or several others, each with all that it needs."""

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

from claimcheck.cli.columnar.judge import Given, Judge, Told
from claimcheck.cli.options import Options
from claimcheck.cli.parallel import ENDED, end_with_parent
from claimcheck.engine import Validator
from claimcheck.engine.namesakes import Marked
from claimcheck.errors import InputError

__all__ = ["Answer", "Here", "Others", "asked"]

Answer = Callable[[], Told]
"""Gives what was asked for, when it is there."""
Claims = Sequence[tuple[int, Given, Marked | None]]

_judge: Judge


class Here:
    """This process."""

    waiting = 0

    def __init__(self, judge: Judge) -> None:
        self._judge = judge

    def rows(self, lines: pl.DataFrame, file: str) -> Answer:
        """Has claims in rows judged."""
        told = self._judge.rows(lines, file)
        return lambda: told

    def claims(self, claims: Claims) -> Answer:
        """Has claims judged with each other."""
        told = self._judge.claims(claims)
        return lambda: told


class Others:
    """Other processes; `waiting` is how many batches they may be behind."""

    def __init__(self, pool: ProcessPoolExecutor, many: int) -> None:
        self._pool, self.waiting = pool, many + 1

    def rows(self, lines: pl.DataFrame, file: str) -> Answer:
        """Has claims in rows judged."""
        packed = io.BytesIO()
        lines.write_ipc(packed, compat_level=pl.CompatLevel.oldest())
        return _answer(self._pool.submit(_of_rows, packed.getvalue(), file))

    def claims(self, claims: Claims) -> Answer:
        """Has claims judged with each other."""
        return _answer(self._pool.submit(_of_claims, claims))


@contextmanager
def asked(options: Options, validator: Validator) -> Iterator[Here | Others]:
    """Who judges as the options say."""
    if options.jobs == 1:
        yield Here(Judge(options, validator))
        return
    pool = ProcessPoolExecutor(options.jobs, get_context("spawn"), _begin, (options,))
    try:
        with _threads(1):
            pool.submit(_nothing).result()
        yield Others(pool, options.jobs)
    except BrokenProcessPool:
        raise InputError(ENDED) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _answer(future: Future[Told]) -> Answer:
    return future.result


@contextmanager
def _threads(many: int) -> Iterator[None]:
    """Processes that are started meanwhile have so many threads each for columns."""
    before = os.environ.get("POLARS_MAX_THREADS")
    os.environ["POLARS_MAX_THREADS"] = before or str(many)
    try:
        yield
    finally:
        if before is None:
            del os.environ["POLARS_MAX_THREADS"]


def _begin(options: Options) -> None:
    global _judge  # noqa: PLW0603 - what a process is for
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started this one says when it ends
    Thread(target=end_with_parent, daemon=True).start()
    _judge = Judge(options)
    gc.disable()


def _nothing() -> None:
    """Every process has begun."""


def _of_rows(packed: bytes, file: str) -> Told:
    told = _judge.rows(pl.read_ipc(packed), file)
    _tidy()
    return told


def _of_claims(claims: Claims) -> Told:
    told = _judge.claims(claims)
    _tidy()
    return told


def _tidy() -> None:
    """What is known of lines stays, and is much: the collector looks once at what is new of it, and never again."""
    gc.collect()
    gc.freeze()
