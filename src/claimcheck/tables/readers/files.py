"""Table files as they come: plain, gzipped, or in a zip; opened with limits, never extracted.

A table file comes from the web, so it is untrusted. Members of a zip, and of a zip inside it, are read as streams and
never written anywhere; a name that points outside the zip, a password, or a member that unpacks to far more than any
published table raises `TableError`, as does a damaged file.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import partial
from pathlib import Path

from claimcheck.errors import TableError
from claimcheck.tables.readers.source import FLOOR, LARGEST, RATIO, Asked, Source
from claimcheck.tables.readers.zips import ZIP, Contents, is_workbook, members_of

__all__ = ["contents"]


def contents(path: Path, asked: Asked) -> Contents:
    """The content of `path`: for a zip, its text, CSV, and xlsx members in name order, and those of zips in it."""
    file = path.name
    try:
        packed = path.stat().st_size
        with path.open("rb") as stream:
            magic = stream.read(4)
            stream.seek(0)
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise TableError(f"cannot be read: {error.strerror or error}", file=file) from error
    if not magic:
        raise TableError("is empty: fetch the file again from its publisher", file=file)
    if magic.startswith(b"\x1f\x8b"):
        name = file.removesuffix(".gz")
        allowed = min(LARGEST, max(FLOOR, packed * RATIO))
        source = Source(file, (name,), sha256, asked, partial(gzip.open, path, "rb"), allowed)
        return Contents((_no_archive(source),), ())
    plain = Source(file, (file,), sha256, asked, lambda: path.open("rb"))
    if magic != ZIP or is_workbook(plain, path):
        return Contents((plain,), ())
    return members_of(plain, path)


def _no_archive(source: Source) -> Source:
    with source.open() as stream:
        if stream.peek(4)[:4] == ZIP or stream.peek(2)[:2] == b"\x1f\x8b":
            raise source.error("holds another archive: unpack it, and give the files in it")
    return source
