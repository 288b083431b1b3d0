"""The default location of the store."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

__all__ = ["default_path"]


def default_path(environment: Mapping[str, str] = os.environ) -> Path:
    """$CLAIMCHECK_TABLES, else `claimcheck/tables` in the user's data directory.

    >>> default_path({"CLAIMCHECK_TABLES": "/srv/tables"}).as_posix()
    '/srv/tables'
    >>> default_path({"XDG_DATA_HOME": "/home/ann/data"}).as_posix()
    '/home/ann/data/claimcheck/tables'
    >>> default_path({"LOCALAPPDATA": "C:/Users/ann/AppData/Local"}).as_posix()
    'C:/Users/ann/AppData/Local/claimcheck/tables'
    """
    if chosen := environment.get("CLAIMCHECK_TABLES"):
        return Path(chosen)
    data = environment.get("XDG_DATA_HOME") or environment.get("LOCALAPPDATA")
    home = Path(data) if data else Path.home() / ".local" / "share"
    return home / "claimcheck" / "tables"
