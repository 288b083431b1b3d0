"""A worker process that validates chunks: it receives their rows through a pipe and returns the results.

The first message says how to validate; each further one has the rows of a chunk, and is answered with the results, or
an error. The process ends when the pipe is closed, and so with its parent, however that ends.
"""

from __future__ import annotations

import gc
import os
import sys
from datetime import date
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO

import polars as pl

from claimcheck.columns.claim_by_claim import ClaimByClaim
from claimcheck.columns.engine import Engine
from claimcheck.columns.fields import Fields
from claimcheck.columns.result_rows import ResultRows
from claimcheck.columns.table import Columns
from claimcheck.engine import Validator
from claimcheck.errors import ClaimcheckError
from claimcheck.frames.wire import receive, send
from claimcheck.io.rows.layout_file import from_mapping

__all__ = ["FRAMES", "RESULT_ROWS", "answer", "engine_of", "work"]

FRAMES = ("lines", "findings", "not_checked", "claims")
RESULT_ROWS = ("claims", "lines", "findings", "unchecked")

Message = tuple[dict[str, Any], list[pl.DataFrame]]


def engine_of(how: dict[str, Any]) -> Engine:
    """The engine for settings in JSON-compatible form."""
    columns = Columns.of(how["names"], from_mapping(how["layout"]))
    validator = Validator(Path(how["policy"]) if how["policy_is_file"] else how["policy"], how["tables"])
    as_of = None if how["as_of"] is None else date.fromisoformat(how["as_of"])
    return Engine(ClaimByClaim(columns, validator, as_of), Fields(columns))


def answer(task: dict[str, Any], frames: list[pl.DataFrame], engine: Engine) -> Message:
    """The answer to a task."""
    rows, *together = frames
    try:
        if task["together"]:
            result_rows = engine.together(rows)
            return {"done": True}, [getattr(result_rows, name) for name in RESULT_ROWS]
        placed = engine.verdict_on(rows, ResultRows(*together))
        return {"done": True}, [getattr(placed, name) for name in FRAMES]
    except ClaimcheckError as error:
        return {"done": False, "error": str(error)}, []


def work() -> None:
    """Validates what arrives on standard input until it ends."""
    told: SimpleQueue[Message] = SimpleQueue()
    Thread(target=_listen, args=(sys.stdin.buffer, told), daemon=True).start()
    # Anything else printed here is not an answer.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    how, _ = told.get()
    engine = engine_of(how)
    gc.disable()
    while True:
        task, frames = told.get()
        send(out, *answer(task, frames, engine))
        del frames
        # What is cached about lines is large and stays: by default the garbage collector would go through all of it
        # repeatedly. Here it examines new objects once per chunk.
        gc.collect()
        gc.freeze()


def _listen(pipe: BinaryIO, told: SimpleQueue[Message]) -> None:
    """Passes messages on, and ends the process when no more can come, whatever it is doing."""
    while (message := receive(pipe)) is not None:
        told.put(message)
    os._exit(0)
