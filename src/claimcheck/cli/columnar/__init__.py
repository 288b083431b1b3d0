"""Files of 837 judged in columns: the same verdicts, rows and sums as claim by claim, without a `Claim` a claim.

Needs the extra `frames`. What columns do not do is left to `claimcheck.cli.judging`: histories, baselines, layouts that
hold receipts, inputs of other kinds.

1. A look at all files (`survey`) tells which claims have to do with others: versions of one bill, claims of a member
   that may have a part in each other's verdicts.
2. These are read as a `Claim`, and judged with those of their member (`chosen`).
3. The files are read again, and all other claims judged in columns (`judge`), or as a `Claim` where columns do not hold
   them. What is written of each (`text`) is put together in the order of the files (`run`).
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

from claimcheck.cli.inputs import STDIN
from claimcheck.cli.options import Options
from claimcheck.io.x12 import is_x12

__all__ = ["FEWEST", "fits", "of_one_core"]

FEWEST = 1 << 20
"""Bytes of all files from which on columns are worth their beginning."""

_HEAD = 512
_LAYOUTS = ("csv", "findings")
_NEEDS = ("narwhals", "numpy", "polars", "pyarrow")


def fits(options: Options, files: tuple[str, ...]) -> bool:
    """Whether a run is one that columns do, and are worth while for."""
    asked = (options.history, options.baseline, options.write_baseline, options.columns, options.mapping)
    if options.layout not in _LAYOUTS or any(one is not None for one in asked):
        return False
    if not all(map(find_spec, _NEEDS)) or not all(map(_is_837, files)):
        return False
    return sum(Path(file).stat().st_size for file in files) >= FEWEST


def _is_837(file: str) -> bool:
    if file == STDIN or not Path(file).is_file():
        return False
    try:
        with Path(file).open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return False
    return head.startswith(b"ISA") and is_x12(head) and head.isascii() and b"\0" not in head


def of_one_core() -> None:
    """Lets columns work in one thread, unless told otherwise: `--jobs` says on how many cores a run works."""
    if "polars" not in sys.modules:
        os.environ.setdefault("POLARS_MAX_THREADS", "1")
