"""The bytes of an input: a path, bytes, or a stream, gzipped or not, that can be peeked into and restarted.

Input is untrusted: anything that fails while reading or decompressing is an `InputError` that names the file and quotes
nothing in it.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from claimcheck.errors import InputError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["HEAD", "Input", "Stream", "not_opened", "opened"]

Input = str | Path | bytes | bytearray | memoryview | IO[bytes] | IO[str]

HEAD = 1 << 16  #: bytes read to identify an input
_GZIP = b"\x1f\x8b"


class Stream(io.RawIOBase):
    """The bytes of an input, and the name the caller uses for it.

    `begin` opens it from the start; it is called again for each further pass, which only a `repeatable` input allows.

    >>> stream = Stream(lambda: io.BytesIO(b"claim_id,units"), "lines.csv", repeatable=True)
    >>> stream.head(8), stream.read(5), stream.again(), stream.read(5)
    (b'claim_id,units', b'claim', None, b'claim')
    """

    def __init__(self, begin: Callable[[], Any], file: str | None, *, repeatable: bool) -> None:
        self._begin = begin
        self.file = file
        self.repeatable = repeatable
        self.again()

    def again(self) -> None:
        """Restarts from the beginning."""
        with self._failures():
            self._stream = self._begin()
        self._ahead = b""

    def head(self, size: int = HEAD) -> bytes:
        """At least the next `size` bytes, or all that remain, without consuming them."""
        while len(self._ahead) < size and (more := self._piece(HEAD)):
            self._ahead += more
        return self._ahead

    def error(self, reason: str, place: int | None = None) -> InputError:
        """An `InputError` that names this input."""
        return InputError(reason, file=self.file, place=place)

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        """Does nothing: the input belongs to whoever opened it, not to the readers wrapped around it."""

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        if not self._ahead:
            self._ahead = self._piece(len(view))
        data, self._ahead = self._ahead[: len(view)], self._ahead[len(view) :]
        view[: len(data)] = data
        return len(data)

    def _piece(self, size: int) -> bytes:
        with self._failures():
            piece = self._stream.read(size)
            return piece.encode("utf-8", "surrogatepass") if isinstance(piece, str) else bytes(piece or b"")

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise self.error("damaged or cut short: a whole copy of the file is needed") from None
        except UnicodeDecodeError:
            # The error holds the text that could not be decoded; ours must not.
            raise self.error("the text stream cannot be decoded: open the file in binary mode") from None
        except OSError as error:
            raise self.error(f"cannot be read: {error.strerror or 'an unknown fault'}") from None


@contextmanager
def opened(source: Input, name: str | None = None) -> Iterator[Stream]:
    """The bytes of `source`, decompressed if gzipped. A path is closed afterwards, a stream is not.

    Raises:
        InputError: it cannot be opened, or is not an input.

    >>> with opened(gzip.compress(b"ISA*00*")) as stream:
    ...     stream.read(3)
    b'ISA'
    >>> with opened("no/such/file.csv") as stream:
    ...     stream.read(3)
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: no/such/file.csv: the file cannot be opened: No such file or directory
    """
    file = _name(source) if name is None else name
    if isinstance(source, (str, Path)):
        with _open(source, file) as stream:
            yield _unpacked(_stream(stream, file))
    elif isinstance(source, (bytes, bytearray, memoryview)):
        yield _unpacked(_stream(io.BytesIO(source), file))
    elif hasattr(source, "read"):
        yield _unpacked(_stream(source, file))
    else:
        frame = ", not a frame: claimcheck.frames.validate_frame judges it" if hasattr(source, "columns") else ""
        raise InputError(f"a path, a stream or bytes are expected{frame}", file=file)


def _stream(stream: IO[bytes] | IO[str], file: str | None) -> Stream:
    """A stream is read from its current position."""
    start = _position(stream)

    def begin() -> IO[bytes] | IO[str]:
        if start is not None:
            stream.seek(start)
        return stream

    return Stream(begin, file, repeatable=start is not None)


def _position(stream: IO[bytes] | IO[str]) -> int | None:
    try:
        position = stream.tell() if stream.seekable() else None
    except (AttributeError, OSError, ValueError):
        return None
    return position if isinstance(position, int) else None


def _unpacked(packed: Stream) -> Stream:
    if not packed.head(len(_GZIP)).startswith(_GZIP):
        return packed

    def begin() -> gzip.GzipFile:
        if packed.repeatable:
            packed.again()
        return gzip.GzipFile(fileobj=packed)

    return Stream(begin, packed.file, repeatable=packed.repeatable)


def _open(path: str | Path, file: str | None) -> IO[bytes]:
    try:
        return Path(path).open("rb")
    except (OSError, ValueError) as error:  # ValueError: a name that contains NUL
        raise not_opened(path, error, file) from None


def not_opened(path: str | Path, error: OSError | ValueError, file: str | None) -> InputError:
    """The error for a path that cannot be opened, with what to do if it is not a path at all. Claim text is not shown.

    >>> print(not_opened("claims/*.837", FileNotFoundError(2, "No such file or directory"), "claims/*.837"))
    claims/*.837: a pattern: give the paths one by one, as glob.glob finds them
    """
    text = str(path)
    if "\n" in text or text.lstrip()[:3].startswith(("{", "[", "ISA")):
        return InputError("text of claims, not a path: give it as bytes, or as io.StringIO(text)")
    if text.startswith(("http:/", "https:/", "s3:/")):
        return InputError("a URL: download the file, and give its path", file=file)
    if isinstance(error, IsADirectoryError):
        return InputError("a folder: give the files in it one by one", file=file)
    if any(mark in text for mark in "*?"):
        return InputError("a pattern: give the paths one by one, as glob.glob finds them", file=file)
    reason = getattr(error, "strerror", None) or "its name is no path"  # ValueError: a name that contains NUL
    return InputError(f"the file cannot be opened: {reason}", file=file)


def _name(source: object) -> str | None:
    name = str(source) if isinstance(source, (str, Path)) else getattr(source, "name", None)
    return name if isinstance(name, str) else None
