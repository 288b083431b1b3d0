"""Validates 837 files in columns: the same results, rows, and totals as claim by claim, without a `Claim` per claim.

Needs the extra `frames`. What columns do not support is left to `claimcheck.cli.validating`: histories, baselines,
layouts with receipts, other kinds of input.

1. A survey of all files (`survey`) finds the claims that are related to others: versions of one bill, and claims of a
   member that may affect each other's results.
2. These are read as `Claim`s, and validated together with the others of their member (`related`).
3. The files are read again, and all other claims are validated in columns (`worker`), or as a `Claim` where columns do
   not support them. The output for each (`text`) is assembled in file order (`run`).
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
"""Total file size in bytes above which columns are worth their startup cost."""

_HEAD = 512
_LAYOUTS = ("csv", "findings")
_NEEDS = ("narwhals", "numpy", "polars", "pyarrow")


def fits(options: Options, files: tuple[str, ...]) -> bool:
    """Whether columns support a run, and are worthwhile for it."""
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
    """Limits columns to one thread unless the environment says otherwise: `--jobs` sets the number of cores."""
    if "polars" not in sys.modules:
        os.environ.setdefault("POLARS_MAX_THREADS", "1")
