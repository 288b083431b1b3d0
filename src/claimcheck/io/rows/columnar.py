"""Tables in Parquet or Arrow files, using pyarrow.

pyarrow returns the batches of a damaged Arrow file unchecked, with offsets that point outside their buffers, and
converting such a batch can crash the process. So each batch is fully validated before any cell is read, and one with
more rows than Arrow allows is refused. Parquet pages are verified against their checksums, if they have any.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import IO, Any

from claimcheck.claims import narrow
from claimcheck.io.rows.layout import plain
from claimcheck.io.rows.table import Row, Table, plain_cell
from claimcheck.io.stream import Stream

__all__ = ["is_columnar", "opened"]

_PARQUET = b"PAR1"
_ARROW_FILE = b"ARROW1"
_ARROW_STREAM = b"\xff\xff\xff\xff"
_IN_MEMORY = 1 << 26  #: bytes; a larger file is copied to an unnamed temporary file
_BATCH = 4_096  #: rows converted at a time
_MOST_ROWS = (1 << 31) - 1  #: rows per batch, by Arrow's columnar format; a null column takes no space per row


def is_columnar(head: bytes) -> bool:
    """Whether a file with this beginning is Parquet or Arrow.

    >>> is_columnar(b"PAR1"), is_columnar(b"claim_id")
    (True, False)
    """
    return head.startswith((_PARQUET, _ARROW_FILE, _ARROW_STREAM))


@contextmanager
def opened(stream: Stream) -> Iterator[Table]:
    """The table in a file; the first row is number 1.

    Raises:
        InputError: pyarrow is not installed, or the file is damaged.

    >>> from claimcheck.io.stream import opened as opened_input
    >>> with opened_input(b"PAR1, honestly", "lines.parquet") as stream, opened(stream) as table:
    ...     table.columns
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: lines.parquet: damaged or cut short: a whole copy of the file is needed
    """
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as held:
        while piece := stream.read(1 << 20):
            held.write(piece)
        names, _ = _guarded(stream, lambda: _open(held))

        def rows() -> Iterator[Row]:
            place = 0
            _, batches = _guarded(stream, lambda: _open(held))
            while (batch := _guarded(stream, lambda: next(batches, None))) is not None:
                for cells in _rows(stream, batch):
                    place += 1
                    yield Row(place, [plain_cell(cell) for cell in cells])

        yield Table(stream.file, [plain(str(name)) for name in names], rows, repeatable=True)


def _open(held: IO[bytes]) -> tuple[list[str], Iterator[Any]]:
    """The column names, and the rows in batches."""
    import pyarrow
    import pyarrow.parquet

    held.seek(0)
    head = held.read(8)
    held.seek(0)
    if head.startswith(_PARQUET):
        parquet = pyarrow.parquet.ParquetFile(held, page_checksum_verification=True)
        return parquet.schema_arrow.names, parquet.iter_batches(_BATCH)
    if head.startswith(_ARROW_FILE):
        file = pyarrow.ipc.open_file(held)
        return file.schema.names, (file.get_batch(number) for number in range(file.num_record_batches))
    batches = pyarrow.ipc.open_stream(held)
    return batches.schema.names, iter(batches)


def _rows(stream: Stream, batch: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a batch, which is validated first and then converted piece by piece."""
    _guarded(stream, lambda: _check(batch))
    for start in range(0, batch.num_rows, _BATCH):
        piece = batch.slice(start, _BATCH)
        yield from zip(*_guarded(stream, partial(_lists, piece)), strict=True)


def _check(batch: Any) -> None:
    """Raises ValueError, pyarrow's own or ours, if a batch is damaged."""
    if batch.num_rows > _MOST_ROWS:
        raise ValueError("more rows than a batch may have")
    batch.validate(full=True)


def _lists(batch: Any) -> list[list[Any]]:
    return [
        [narrow.narrow(cell, kind) for cell in cells] if (kind := str(column.type)) in narrow.NARROW else cells
        for column, cells in _columns(batch)
    ]


def _columns(batch: Any) -> Iterator[tuple[Any, list[Any]]]:
    return ((column, column.to_pylist()) for column in batch.columns)


def _guarded(stream: Stream, read: Callable[[], Any]) -> Any:
    """Reads through pyarrow. Its errors vary and may quote cell values, so none is passed on."""
    try:
        return read()
    except ImportError:
        raise stream.error("Parquet and Arrow need pyarrow: pip install 'claimcheck[frames]'") from None
    except Exception:
        raise stream.error("damaged or cut short: a whole copy of the file is needed") from None
