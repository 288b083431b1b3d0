"""The files as they come: plain, gzipped, or members of a zip; opened, bounded, never extracted.

A table file comes from the web, so nothing in it is believed. A zip's members are read as streams and never written
anywhere; a name that points outside the zip, a zip within a zip, a password, or a member that unpacks to far more
than any published table is refused by a `TableError`, as is a file whose bytes prove damaged while they are read.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING

import attrs

from claimcheck.errors import TableError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["LARGEST", "Asked", "Source", "check_member", "sources"]

LARGEST = 512 << 20  #: bytes of one unpacked member; the largest published one, a part of PTP as xlsx, has under 300 MB
RATIO = 150  #: unpacked to packed; the official files reach 20 to 30
FLOOR = 16 << 20  #: below this many bytes no ratio is suspicious
MEMBERS = 1_000  #: members of one zip; the official ones hold up to 30

#: what gzip and zipfile raise, one way or another, for bytes that are not what they should be
_FAILURES = (EOFError, OSError, IndexError, ValueError, RuntimeError, struct.error, zlib.error, zipfile.BadZipFile)
_DAMAGED = "damaged or cut short ({}): fetch the file again from its publisher"


@attrs.frozen
class Asked:
    """What the caller of `read` said of the file, where neither its content nor its name tells."""

    programme: str | None = None
    table: str | None = None
    effective: date | None = None


@attrs.frozen
class Source:
    """One readable file: the file itself, what a gzip holds, or one member of a zip."""

    file: str  #: as errors name it: "cms_2025_dx.zip/icd10cm_order_2025.txt"
    names: tuple[str, ...]  #: the names that may tell the edition, the innermost first
    sha256: str  #: of the outer file
    asked: Asked
    opener: Callable[[], IO[bytes] | gzip.GzipFile] = attrs.field(repr=False)
    allowed: int = LARGEST  #: bytes that it may give
    siblings: Mapping[str, Source] = attrs.field(factory=dict, repr=False, eq=False)  #: members of the same zip

    @property
    def name(self) -> str:
        """The innermost name, without folders."""
        return self.names[0]

    def open(self) -> io.BufferedReader:
        """The bytes from the beginning; reading raises `TableError` where they are damaged or too many."""
        return io.BufferedReader(_Bounded(self), 1 << 18)

    def error(self, reason: str, row: int | None = None) -> TableError:
        """A `TableError` that names this file."""
        return TableError(reason, file=self.file, place=row)


class _Bounded(io.RawIOBase):
    """A raw stream that gives at most what is allowed, and whose failures are `TableError`s."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._given = 0
        with _failures(source):
            self._stream = source.opener()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        with _failures(self._source):
            data = self._stream.read(len(view))
        self._given += len(data)
        if self._given > self._source.allowed:
            raise self._source.error(
                f"unpacks to more than {self._source.allowed:,} bytes, which no published table does: refused"
            )
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed and hasattr(self, "_stream"):
            self._stream.close()
        super().close()


class _failures:  # noqa: N801 - reads as a statement: with _failures(source)
    """Turns what a damaged gzip or zip raises into a `TableError`."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, _FAILURES):
            raise self._source.error(_DAMAGED.format(error)) from error


def sources(path: Path, asked: Asked) -> list[Source]:
    """The readable files that `path` is or holds; of a zip, its text, CSV and xlsx members in order of name."""
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
        return [_no_archive(Source(file, (name,), sha256, asked, lambda: gzip.open(path, "rb"), allowed))]
    plain = Source(file, (file,), sha256, asked, lambda: path.open("rb"))
    return _members(plain, path) if magic == b"PK\x03\x04" and not _is_workbook(plain, path) else [plain]


def _members(outer: Source, path: Path) -> list[Source]:
    infos = _infos(outer, path)
    found: dict[str, Source] = {}
    for info in sorted(infos, key=lambda info: info.filename):
        name = info.filename.replace("\\", "/").rpartition("/")[2]
        kind = name.lower().rpartition(".")[2]
        if kind in ("zip", "gz"):
            raise outer.error(f"holds another archive ({name}): unpack it, and give the files in it")
        if kind in ("txt", "csv", "xlsx"):
            found[info.filename] = Source(
                f"{outer.file}/{info.filename}",
                (name, outer.file),
                outer.sha256,
                outer.asked,
                _member_opener(path, info),
                check_member(outer, info),
                found,
            )
    if not found:
        raise outer.error("holds no .txt, .csv or .xlsx member: it is not a zip of a published table")
    return list(found.values())


def _infos(outer: Source, path: Path) -> list[zipfile.ZipInfo]:
    with _failures(outer), zipfile.ZipFile(path) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MEMBERS:
        raise outer.error(f"holds {len(infos):,} members; no published zip holds more than {MEMBERS:,}: refused")
    return infos


def check_member(outer: Source, info: zipfile.ZipInfo) -> int:
    """The bytes that the member says it unpacks to; raises `TableError` where its name or its size is not sane."""
    parts = info.filename.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or ":" in parts[0]:
        raise outer.error("holds a member whose name points outside the zip: refused")
    if info.flag_bits & 1:
        raise outer.error(f"the member {info.filename} is locked by a password: unlock it first")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise outer.error(f"the member {info.filename} is packed in a way that is not read: unpack it first")
    if info.file_size > min(LARGEST, max(FLOOR, info.compress_size * RATIO)):
        raise outer.error(f"the member {info.filename} unpacks to {info.file_size:,} bytes: refused as a zip bomb")
    return info.file_size


def _member_opener(path: Path, info: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    def opener() -> IO[bytes]:
        with zipfile.ZipFile(path) as archive:  # the member keeps the file open until it is closed itself
            return archive.open(info)

    return opener


def _is_workbook(source: Source, path: Path) -> bool:
    return any(info.filename == "[Content_Types].xml" for info in _infos(source, path))


def _no_archive(source: Source) -> Source:
    with source.open() as stream:
        if stream.peek(4)[:4] == b"PK\x03\x04" or stream.peek(2)[:2] == b"\x1f\x8b":
            raise source.error("holds another archive: unpack it, and give the files in it")
    return source
