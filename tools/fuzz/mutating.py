"""Plain mutation of bytes, for where no engine with feedback from coverage is installed, and for the bounded run."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

__all__ = ["mutations"]

_TOKENS = (
    b"~", b"*", b":", b"\r\n", b'"', b"{", b"}", b"[", b"]", b",", b"\0", b"\xff", b"\xef\xbb\xbf", b"CLM*", b"SV1*HC:",
    b"SE*", b"ISA*", b"null", b"1e999", b"-1", b"99999999999999999999", b"\\ud800", b"2024-02-30", b"PK\x03\x04",
)  # fmt: skip
_LONGEST = 20_000


def mutations(kept: Sequence[bytes], generator: random.Random) -> Iterator[bytes]:
    """Inputs without end, each a few changes away from one of `kept`."""
    while True:
        data = bytearray(generator.choice(kept)[:_LONGEST])
        for _ in range(generator.choice((1, 1, 2, 4, 16))):
            _change(data, kept, generator)
        yield bytes(data)


def _change(data: bytearray, kept: Sequence[bytes], generator: random.Random) -> None:
    at = generator.randrange(len(data) + 1)
    match generator.randrange(7):
        case 0 if data:
            data[at % len(data)] ^= 1 << generator.randrange(8)
        case 1 if data:
            data[at % len(data)] = generator.randrange(256)
        case 2:
            del data[at : at + generator.choice((1, 2, 8, 64))]
        case 3:
            data[at:at] = generator.choice(_TOKENS)
        case 4:
            data[at:at] = data[at : at + generator.choice((1, 8, 64))] * generator.choice((1, 3))
        case 5:
            other = generator.choice(kept)
            start = generator.randrange(len(other) + 1)
            data[at:] = other[start : start + _LONGEST]
        case _:
            data[at:at] = generator.randbytes(generator.choice((1, 4)))
