"""claimcheck's `validate_frame` over a Parquet file: `frames.py LINES TABLES POLICY`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from serve import serve, version

from claimcheck import Policy, Tables


def prepare() -> tuple[dict[str, Any], Callable[[], dict[str, Any]]]:
    import polars as pl

    from claimcheck.frames import validate_frame

    path, store, name = sys.argv[1:]
    tables, policy = Tables.open(store), Policy.load(name)
    count = pl.scan_parquet(path).select(pl.len()).collect().item()

    def run() -> dict[str, Any]:
        judged = validate_frame(pl.scan_parquet(path), policy=policy, tables=tables)
        with tempfile.TemporaryDirectory() as folder:
            written = {part: _written(getattr(judged, part), Path(folder) / part) for part in ("lines", "findings")}
        return {"lines": count, "findings": written["findings"]}

    return {"version": version("claimcheck"), "lines": count}, run


def _written(frame: Any, path: Path) -> int:
    """How many rows the frame has; a lazy one is streamed to a file, so that it need not fit into memory."""
    import polars as pl

    if not isinstance(frame, pl.LazyFrame):
        return len(frame)
    frame.sink_parquet(path)
    return int(pl.scan_parquet(path).select(pl.len()).collect().item())


if __name__ == "__main__":
    serve(prepare)
