"""Doctests of modules that need an extra are left out where it is not installed; any other import error fails the run.

`--doctest-ignore-import-errors` is not an option: with import mode importlib, pytest (9.2.0) then skips a *test* module
that cannot be imported, and runs none of its tests.
"""

from __future__ import annotations

from importlib.util import find_spec

_NEEDS = {
    "claimcheck/history/sql.py": "sqlalchemy",
    "claimcheck/remittance/learning": "scipy",
    "claimcheck/spark": "pyspark",
}

collect_ignore = [path for path, package in _NEEDS.items() if find_spec(package) is None]
