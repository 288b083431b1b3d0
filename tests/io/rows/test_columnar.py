"""Parquet and Arrow files that are damaged: an `InputError`, before any cell of what is damaged is converted.

What is damaged here is harmless to read, so that a test that fails ends no process.
"""

from __future__ import annotations

import io
import traceback
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from claimcheck.errors import InputError
from claimcheck.io import read_claims
from claimcheck.io.rows import columnar
from claimcheck.io.stream import opened

CANARY = "QZXCANARY"


def with_charges(charge: pa.Array) -> pa.RecordBatch:
    count = len(charge)
    return pa.record_batch(
        {"claim_id": [f"{CANARY}{n}" for n in range(count)], "procedure_code": ["99213"] * count, "charge": charge}
    )


WHOLE = with_charges(pa.array([Decimal("90.00"), Decimal("5.00")], pa.decimal128(5, 2)))
#: A charge of more digits than its column says: readable, and not valid.
BEYOND = with_charges(
    pa.Array.from_buffers(pa.decimal128(5, 2), 2, [None, pa.py_buffer((10**12).to_bytes(16, "little") * 2)])
)


def as_arrow(kind: str) -> Callable[..., bytes]:
    def write(*batches: pa.RecordBatch) -> bytes:
        file = io.BytesIO()
        with getattr(pa.ipc, f"new_{kind}")(file, batches[0].schema) as writer:
            for batch in batches:
                writer.write_batch(batch)
        return file.getvalue()

    return write


def as_parquet(*batches: pa.RecordBatch) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.Table.from_batches(batches), file, compression="none", write_page_checksum=True)
    return file.getvalue()


def read(data: bytes) -> tuple[list[str | None], str]:
    """The ids of the claims that were read, and what was said then."""
    ids: list[str | None] = []
    said = ""
    try:
        ids.extend(claim.claim_id for claim in read_claims(data, name="lines"))
    except InputError as error:
        said = "".join(traceback.format_exception(error))
    assert CANARY not in said
    return ids, said


REFUSED = "lines: damaged or cut short: a whole copy of the file is needed\n"


@pytest.mark.parametrize("kind", ["file", "stream"])
def test_a_batch_that_is_not_valid_is_refused_as_a_whole(kind: str) -> None:
    write = as_arrow(kind)
    assert read(write(WHOLE)) == ([f"{CANARY}0", f"{CANARY}1"], "")
    ids, said = read(write(WHOLE, BEYOND))
    assert ids == []
    assert said.endswith(REFUSED)


@pytest.mark.parametrize("write", [as_arrow("file"), as_arrow("stream"), as_parquet])
def test_a_file_that_is_cut_short_anywhere(write: Callable[..., bytes]) -> None:
    whole = write(WHOLE)
    stream_ends = whole.rfind(b"\xff\xff\xff\xff\0\0\0\0")  # a stream may end without saying so
    for cut in range(8, len(whole), 41):
        ids, said = read(whole[:cut])
        assert said or stream_ends <= cut, cut
        assert not said or not ids


def test_a_page_of_parquet_that_does_not_match_its_checksum() -> None:
    """Changed, and still a text: nothing but the checksum tells."""
    whole = as_parquet(WHOLE)
    at = whole.index(f"{CANARY}1".encode())
    changed = whole[:at] + b"QZXKANARY1" + whole[at + 10 :]
    assert read(whole) == ([f"{CANARY}0", f"{CANARY}1"], "")
    ids, said = read(changed)
    assert not ids
    assert said.endswith(REFUSED)


class Batch:
    """A batch that must not be converted, because it is not valid or has more rows than one may have."""

    def __init__(self, num_rows: int) -> None:
        self.num_rows = num_rows

    def validate(self, *, full: bool) -> None:
        assert full
        raise pa.ArrowInvalid(CANARY)

    def slice(self, *_: Any) -> Any:
        raise AssertionError("was read before it was validated")


@pytest.mark.parametrize("rows", [1, 1 << 31, 1 << 60])
def test_no_batch_is_converted_before_it_is_validated(rows: int) -> None:
    with opened(b"", "lines") as stream, pytest.raises(InputError, match=REFUSED.strip()) as raised:
        list(columnar._rows(stream, Batch(rows)))
    assert CANARY not in "".join(traceback.format_exception(raised.value))


def test_batches_are_converted_a_piece_at_a_time() -> None:
    """More rows than one piece has, of a column that costs no byte a row too."""
    count = columnar._BATCH + 3
    columns = {"claim_id": map(str, range(count)), "procedure_code": ["99213"] * count, "charge": pa.nulls(count)}
    batch = pa.record_batch({name: pa.array(cells) for name, cells in columns.items()})
    ids, said = read(as_arrow("stream")(batch))
    assert (ids, said) == ([str(number) for number in range(count)], "")
