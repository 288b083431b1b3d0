"""What is fuzzed of Arrow, Parquet and frames; see `tools.fuzz.targets`. All of it needs the extra "frames"."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from claimcheck.errors import InputError
from tools.fuzz.choosing import Choices

__all__ = ["frame", "seeds", "table"]

_ROWS = (1, 2, 3, 4, 0, 12, 24)  #: of a frame: a frame takes a tenth of a second, and each row hardly more
_COLUMNS = ("claim_id", "claim_type", "member_id", "procedure_code", "modifiers", "units", "charge", "service_date")


def table(data: bytes) -> None:
    """An Arrow stream or file that a caller has opened, as the frame to be judged."""
    import pyarrow

    from claimcheck.frames import validate_frame

    try:
        opened = pyarrow.ipc.open_file if data.startswith(b"ARROW1") else pyarrow.ipc.open_stream
        given = opened(pyarrow.py_buffer(data)).read_all()
    except (pyarrow.ArrowException, OSError, ValueError, MemoryError):
        return  # what pyarrow itself refuses never comes to claimcheck
    with suppress(InputError):
        validate_frame(given)


def frame(data: bytes, names: Sequence[str]) -> None:
    """A frame of pandas or Polars, whose cells may be anything: a verdict on each row."""
    import pandas
    import polars

    from claimcheck.frames import validate_frame

    choices = Choices(data)
    count = choices.one(_ROWS)
    claims = 1 + choices.byte() % 4
    columns: dict[str, list[Any]] = {
        "claim_id": [f"C{row % claims}" for row in range(count)],
        "procedure_code": ["99213"] * count,
    }
    for _ in range(choices.byte() % 5):
        any_of = choices.one((_COLUMNS, names))
        columns[choices.one(any_of)] = [choices.hostile(names) for _ in range(count)]
    given: Any
    try:
        if choices.byte() % 2:
            given = pandas.DataFrame({name: pandas.Series(cells, dtype=object) for name, cells in columns.items()})
        else:
            given = polars.DataFrame(
                [polars.Series(name, cells, dtype=polars.Object) for name, cells in columns.items()]
            )
    except (Exception, polars.exceptions.PanicException):
        return  # a value that no frame takes never comes to claimcheck
    if len(validate_frame(given).lines) != count:
        raise AssertionError("a row has no verdict")


def seeds() -> Iterator[bytes]:
    """Small files of each kind, not compressed and without checksums, so that damage reaches what is read."""
    import pyarrow
    import pyarrow.parquet

    text = ["C1", "C1", None, "C2"]
    plain = pyarrow.table(
        {
            "claim_id": text,
            "procedure_code": pyarrow.array(["99213", "36415", "99213", ""]).dictionary_encode(),
            "member_id": pyarrow.array(["M1", "M1", None, "M2"], pyarrow.string_view()),
            "modifiers": [["25"], [], None, ["59", "RT"]],
            "units": pyarrow.array([1, None, 3, 4], pyarrow.int32()),
            "charge": pyarrow.array([90, 5, None, 7], pyarrow.decimal128(9, 2)),
            "service_date": pyarrow.array([19_900, 19_901, None, 19_902], pyarrow.date32()),
        }
    )
    for kind in ("file", "stream"):
        file = io.BytesIO()
        with getattr(pyarrow.ipc, f"new_{kind}")(file, plain.schema) as writer:
            writer.write_table(plain, max_chunksize=2)
        yield file.getvalue()
    for use_dictionary in (True, False):
        file = io.BytesIO()
        stored = plain.set_column(2, "member_id", plain["member_id"].cast(pyarrow.string()))
        pyarrow.parquet.write_table(stored, file, compression="none", use_dictionary=use_dictionary, row_group_size=2)
        yield file.getvalue()
