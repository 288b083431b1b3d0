"""The members of a zip, and of a zip inside it; none is written anywhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

import attrs

from claimcheck.tables.readers.source import FLOOR, LARGEST, RATIO, Source, failures

__all__ = ["MEMBERS", "NESTED", "ZIP", "Contents", "Place", "check_member", "is_workbook", "members_of"]

MEMBERS = 1_000  #: members of one zip; the official ones have up to 30
NESTED = 256 << 20  #: bytes of all zips within a zip, which are held in memory
ZIP = b"PK\x03\x04"
_READ = ("txt", "csv", "xlsx", "xml")


@attrs.frozen
class Contents:
    """What a file holds: possible tables, and the names of files that cannot be one (a PDF, an XML file)."""

    sources: tuple[Source, ...]
    others: tuple[str, ...]


Place = Path | bytes  #: where a zip is: a file, or in memory


def members_of(outer: Source, place: Place) -> Contents:
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
    return members_of(source, content)


def _opened(place: Place) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(place) if isinstance(place, bytes) else place)


def _infos(outer: Source, place: Place) -> list[zipfile.ZipInfo]:
    with failures(outer), _opened(place) as archive:
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


def is_workbook(source: Source, path: Path) -> bool:
    """Whether a zip is an Office Open XML workbook."""
    return any(info.filename == "[Content_Types].xml" for info in _infos(source, path))
