"""What `claimcheck check` is asked for."""

from __future__ import annotations

import attrs

from claimcheck.claims import Severity

__all__ = ["LAYOUTS", "Options"]

LAYOUTS = ("table", "jsonl", "csv", "adjustments", "parquet", "html")


@attrs.frozen
class Options:
    """The files and options of one run; see `claimcheck check --help`."""

    files: tuple[str, ...]
    policy: str = "default"
    tables: str | None = None
    as_of: str | None = None
    history: str | None = None
    history_key: str | None = None
    jobs: int = 1
    layout: str = "table"
    output: str | None = None
    fail_on: Severity = Severity.ERROR
    require_complete: bool = False
    show_claim_ids: bool = False
    quiet: bool = False
