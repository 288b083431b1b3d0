"""One readable file, opened with limits."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from datetime import date
from typing import IO, TYPE_CHECKING

import attrs

from claimcheck.errors import TableError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["FLOOR", "LARGEST", "RATIO", "Asked", "Source", "failures"]

LARGEST = 512 << 20  #: bytes of one unpacked member; the largest published one, a part of PTP as xlsx, has under 300 MB
RATIO = 150  #: unpacked to packed; the official files reach 20 to 30
FLOOR = 16 << 20  #: below this many bytes no ratio is suspicious
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


class _Bounded(io.RawIOBase):
    """A raw stream that yields a limited number of bytes, and whose failures are `TableError`s."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._given = 0
        with failures(source):
            self._stream = source.opener()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        with failures(self._source):
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


class failures:  # noqa: N801 - reads as a statement: with failures(source)
    """Turns what a damaged gzip or zip raises into a `TableError`."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, _FAILURES):
            raise self._source.error(_DAMAGED.format(error)) from error
