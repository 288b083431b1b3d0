"""claimcheck's `validate_frame` over a Parquet file: `frames.py LINES TABLES POLICY`."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from serve import serve, version


def prepare() -> tuple[dict[str, Any], Callable[[], dict[str, Any]]]:
    import polars as pl

    from claimcheck.frames import validate_frame

    path, store, policy = sys.argv[1:]
    count = pl.scan_parquet(path).select(pl.len()).collect().item()

    def run() -> dict[str, Any]:
        with _most_memory() as most, tempfile.TemporaryDirectory() as folder:
            # By their names, so that as many processes judge as there are cores.
            judged = validate_frame(pl.scan_parquet(path), policy=policy, tables=store)
            written = {part: _written(getattr(judged, part), Path(folder) / part) for part in ("lines", "findings")}
        return {"lines": count, "findings": written["findings"], "peak_mb": max(most)}

    return {"version": version("claimcheck"), "lines": count}, run


@contextmanager
def _most_memory() -> Iterator[list[float]]:
    """What this process and those that it began hold together, in MB, looked at five times a second."""
    held, done = [_held(os.getpid())], threading.Event()

    def look() -> None:
        while not done.wait(0.2):
            held.append(_held(os.getpid()))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield held
    finally:
        done.set()
        looking.join()


def _held(process: int) -> float:
    """What a process and its children hold of their own: files that are mapped, and shared, are not counted."""
    folder = Path("/proc") / str(process)
    try:
        (own,) = (line for line in (folder / "smaps_rollup").read_text().splitlines() if line.startswith("Anonymous:"))
        children = " ".join((task / "children").read_text() for task in (folder / "task").iterdir()).split()
    except OSError:
        return 0.0  # it has just ended, or this is no Linux
    return int(own.split()[1]) / 1024 + sum(_held(int(child)) for child in children)


def _written(frame: Any, path: Path) -> int:
    """How many rows the frame has; a lazy one is streamed to a file, so that it need not fit into memory."""
    import polars as pl

    if not isinstance(frame, pl.LazyFrame):
        return len(frame)
    frame.sink_parquet(path)
    return int(pl.scan_parquet(path).select(pl.len()).collect().item())


if __name__ == "__main__":
    serve(prepare)
