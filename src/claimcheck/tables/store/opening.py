"""Opens a store: reads its manifest, maps its packed files, and checks their headers."""

from __future__ import annotations

import mmap
from pathlib import Path

from claimcheck.errors import TableError
from claimcheck.tables.packed.pairs import PairTable
from claimcheck.tables.packed.records import RecordTable
from claimcheck.tables.shelf import Volume
from claimcheck.tables.store.manifest import NAME, Entry, Manifest

__all__ = ["list_editions", "read_manifest", "table_of", "volumes"]

_TRIES = 5  #: how often a store may be replaced while it is being opened


def read_manifest(store: Path) -> Manifest:
    """The manifest of a store. Raises `TableError` if there is none."""
    try:
        raw = (store / NAME).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise TableError(
            "there is no table store here; make one with 'claimcheck tables add FILE... --in DIR'", file=str(store)
        ) from None
    except OSError as error:
        raise _unreadable(error, store / NAME) from None
    return Manifest.from_bytes(raw, str(store / NAME))


def list_editions(store: str | Path) -> tuple[Entry, ...]:
    """What a store holds, by program, table, and edition. Raises `TableError`."""
    return read_manifest(Path(store)).entries


def volumes(store: Path) -> tuple[Volume[PairTable | RecordTable], ...]:
    """Every edition in the store, mapped into memory. Raises `TableError` for a file that is not as expected.

    A store may be replaced meanwhile: then the new manifest is read. Once open, the files stay as they were.
    """
    for _ in range(_TRIES):
        entries = read_manifest(store).entries
        try:
            return tuple(Volume(entry.edition, table_of(store, entry)) for entry in entries)
        except FileNotFoundError as error:
            missing = Path(error.filename).name
        except OSError as error:
            raise _unreadable(error, store) from None
    raise TableError("the packed file is missing; add the official file again", file=str(store / missing))


def _unreadable(error: OSError, path: Path) -> TableError:
    return TableError(f"it cannot be read ({error.strerror})", file=str(error.filename or path))


def table_of(store: Path, entry: Entry) -> PairTable | RecordTable:
    """The table in a packed file, mapped."""
    path = store / entry.file
    with path.open("rb") as file:
        if path.stat().st_size != entry.size or not entry.size:
            reason = "the packed file does not have the size that the manifest says; add the official file again"
            raise TableError(reason, file=str(path))
        mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    return PairTable.over(mapped, str(path)) if entry.kind == "pairs" else RecordTable.over(mapped, str(path))
