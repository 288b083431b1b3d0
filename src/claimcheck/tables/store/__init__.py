"""A store of official tables: a directory of packed files, and a manifest that describes them.

`add` adds editions, `list_editions` lists them, `verify` reads every byte; `Tables.open` uses it.
"""

from claimcheck.tables.store.adding import Added, Progress, add, add_readings
from claimcheck.tables.store.location import default_path
from claimcheck.tables.store.manifest import Entry, Source
from claimcheck.tables.store.opening import list_editions
from claimcheck.tables.store.verifying import Damage, verify

__all__ = [
    "Added",
    "Damage",
    "Entry",
    "Progress",
    "Source",
    "add",
    "add_readings",
    "default_path",
    "list_editions",
    "verify",
]
