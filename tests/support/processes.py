"""The processes that a process has started, as Linux shows them."""

from __future__ import annotations

import time
from collections.abc import Collection
from pathlib import Path

__all__ = ["children_of", "ended"]


def children_of(pid: int) -> list[int]:
    """The ids of the processes that a process has started, whichever of its threads did."""
    lists = (path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children"))
    return [int(child) for text in lists for child in text.split()]


def ended(pids: Collection[int], within: float = 30.0) -> None:
    """Waits for the end of processes that somebody else started; fails where they go on."""
    until = time.monotonic() + within
    while alive := [pid for pid in pids if _runs(pid)]:
        assert time.monotonic() < until, f"still running: {alive}"
        time.sleep(0.01)


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
