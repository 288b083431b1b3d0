"""Table files as they come: plain, gzipped, or in a zip; opened with limits, never extracted.

A table file comes from the web, so it is untrusted. Members of a zip, and of a zip inside it, are read as streams and
never written anywhere; a name that points outside the zip, a password, or a member that unpacks to far more than any
published table raises `TableError`, as does a damaged file.
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
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

import attrs

from claimcheck.errors import TableError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["LARGEST", "ZIP", "Asked", "Contents", "Source", "check_member", "contents"]

LARGEST = 512 << 20  #: bytes of one unpacked member; the largest published one, a part of PTP as xlsx, has under 300 MB
RATIO = 150  #: unpacked to packed; the official files reach 20 to 30
FLOOR = 16 << 20  #: below this many bytes no ratio is suspicious
MEMBERS = 1_000  #: members of one zip; the official ones have up to 30
NESTED = 256 << 20  #: bytes of all zips within a zip, which are held in memory
ZIP = b"PK\x03\x04"
_READ = ("txt", "csv", "xlsx", "xml")

#: what gzip and zipfile raise for damaged bytes
_FAILURES = (EOFError, OSError, IndexError, ValueError, RuntimeError, struct.error, zlib.error, zipfile.BadZipFile)
_DAMAGED = "damaged or cut short ({}): fetch the file again from its publisher"


@attrs.frozen
class Asked:
    """What the caller of `read` said about the file, for what its content and name do not tell."""

    program: str | None = None
    table: str | None = None
    effective: date | None = None


@attrs.frozen
class Source:
    """One readable file: the file itself, the content of a gzip, or one member of a zip."""

    file: str  #: as errors name it: "cms_2025_dx.zip/icd10cm_order_2025.txt"
    names: tuple[str, ...]  #: names that may tell the edition, innermost first
    sha256: str  #: of the outer file
    asked: Asked
    opener: Callable[[], IO[bytes] | gzip.GzipFile] = attrs.field(repr=False)
    allowed: int = LARGEST  #: bytes it may yield
    siblings: Mapping[str, Source] = attrs.field(factory=dict, repr=False, eq=False)  #: members of the same zip

    @property
    def name(self) -> str:
        """The innermost name, without folders."""
        return self.names[0]

    def open(self) -> io.BufferedReader:
        """The bytes from the beginning; reading raises `TableError` if they are damaged or too many."""
        return io.BufferedReader(_Bounded(self), 1 << 18)

    def error(self, reason: str, row: int | None = None) -> TableError:
        """A `TableError` that names this file."""
        return TableError(reason, file=self.file, place=row)


@attrs.frozen
class Contents:
    """What a file holds: possible tables, and the names of files that cannot be one (a PDF, an XML file)."""

    sources: tuple[Source, ...]
    others: tuple[str, ...]


class _Bounded(io.RawIOBase):
    """A raw stream that yields a limited number of bytes, and whose failures are `TableError`s."""

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
    if magic != ZIP or _is_workbook(plain, path):
        return Contents((plain,), ())
    return _members(plain, path)


Place = Path | bytes  #: where a zip is: a file, or in memory


def _members(outer: Source, place: Place) -> Contents:
    """The members of a zip, which may itself be in a zip, but no deeper."""
    nested = isinstance(place, bytes)
    found: dict[str, Source] = {}
    inner: list[Source] = []
    others: list[str] = []
    for info in sorted(_infos(outer, place), key=lambda info: info.filename):
        name = info.filename.replace("\\", "/").rpartition("/")[2]
        kind = name.lower().rpartition(".")[2]
        file = f"{outer.file}/{info.filename}"
        if kind not in (*_READ, "zip") or (kind == "zip" and nested):
            others.append(file)
            continue
        allowed = check_member(outer, info)
        source = Source(file, (name, *outer.names), outer.sha256, outer.asked, _member_opener(place, info), allowed)
        if kind == "zip":
            inner.append(source)
        else:
            found[info.filename] = attrs.evolve(source, siblings=found)
    if sum(source.allowed for source in inner) > NESTED:
        raise outer.error(f"holds zips of more than {NESTED:,} bytes: unpack it, and give the files in it")
    parts = [_within(source) for source in inner]
    held = Contents(
        (*found.values(), *(source for part in parts for source in part.sources)),
        (*others, *(other for part in parts for other in part.others)),
    )
    if len(held.sources) + len(held.others) > MEMBERS:
        raise outer.error(f"holds more than {MEMBERS:,} members, which no published zip does: refused")
    return held


def _within(source: Source) -> Contents:
    """The members of a zip within a zip."""
    with source.open() as stream:
        content = stream.read()
    if not content.startswith(ZIP):
        return Contents((), (source.file,))
    return _members(source, content)


def _opened(place: Place) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(place) if isinstance(place, bytes) else place)


def _infos(outer: Source, place: Place) -> list[zipfile.ZipInfo]:
    with _failures(outer), _opened(place) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MEMBERS:
        raise outer.error(f"holds {len(infos):,} members; no published zip holds more than {MEMBERS:,}: refused")
    return infos


def check_member(outer: Source, info: zipfile.ZipInfo) -> int:
    """The uncompressed size the member declares; raises `TableError` if its name or size is suspicious."""
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


def _member_opener(place: Place, info: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    def opener() -> IO[bytes]:
        with _opened(place) as archive:  # the member keeps the file open until it is closed itself
            return archive.open(info)

    return opener


def _is_workbook(source: Source, path: Path) -> bool:
    return any(info.filename == "[Content_Types].xml" for info in _infos(source, path))


def _no_archive(source: Source) -> Source:
    with source.open() as stream:
        if stream.peek(4)[:4] == ZIP or stream.peek(2)[:2] == b"\x1f\x8b":
            raise source.error("holds another archive: unpack it, and give the files in it")
    return source
