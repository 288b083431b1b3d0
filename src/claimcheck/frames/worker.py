"""A process that judges chunks for another: told of each by a line of JSON, in files of Arrow.

Nothing of a claim travels but as columns in files that only their owner can read. The first line says how claims are
judged; each further one names the files of a chunk, and the answer to it says that they are written, or what is wrong.
"""

from __future__ import annotations

import gc
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from claimcheck.engine import Validator
from claimcheck.errors import ClaimcheckError
from claimcheck.frames.chunks import verdict_on
from claimcheck.frames.classes import Classes
from claimcheck.frames.engine import Bench
from claimcheck.frames.fields import Fields
from claimcheck.frames.said import Spoken
from claimcheck.frames.table import Columns
from claimcheck.io.rows.layout import from_mapping

__all__ = ["FRAMES", "SPOKEN", "classes_of", "read", "work", "write"]

FRAMES = ("lines", "findings", "not_checked", "claims")
SPOKEN = ("claims", "lines", "findings", "unchecked")


def write(frames: Any, names: tuple[str, ...], folder: Path) -> None:
    """Writes the frames of those names, each to a file of its own."""
    for name in names:
        getattr(frames, name).write_ipc(folder / name, compat_level=pl.CompatLevel.newest())


def read(names: tuple[str, ...], folder: Path) -> list[pl.DataFrame]:
    """The frames that `write` wrote."""
    return [pl.read_ipc(folder / name) for name in names]


def classes_of(how: dict[str, Any]) -> Classes:
    """What is needed to judge, from how claims are judged in values that JSON knows."""
    columns = Columns.of(how["names"], from_mapping(how["layout"]))
    validator = Validator(Path(how["policy"]) if how["policy_is_file"] else how["policy"], how["tables"])
    as_of = None if how["as_of"] is None else date.fromisoformat(how["as_of"])
    return Classes(Bench(columns, validator, as_of), Fields(columns))


def work() -> None:
    """Judges what standard input names, until it ends."""
    told = sys.stdin
    classes = classes_of(json.loads(next(told)))
    gc.disable()
    for line in told:
        task = json.loads(line)
        folder = Path(task["folder"])
        try:
            rows = pl.read_ipc(folder / "rows")
            if task["together"]:
                write(classes.bench.together(rows), SPOKEN, folder)
            else:
                write(verdict_on(rows, Spoken(*read(SPOKEN, folder / "together")), classes), FRAMES, folder)
            answer: dict[str, Any] = {"done": True}
        except ClaimcheckError as error:
            answer = {"done": False, "error": str(error)}
        # What is known of classes stays, and is much: left to itself, the collector goes through all of it again and
        # again. Here it looks once at what is new of each chunk.
        gc.collect()
        gc.freeze()
        print(json.dumps(answer), flush=True)
