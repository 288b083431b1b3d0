"""What is held of an input: a claim or two, however many there are."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from claimcheck.io import read_claims

pytestmark = pytest.mark.exhaustive

CLAIMS = 1_500
NOTE = b"x" * 600


class Made(io.RawIOBase):
    """A stream of what is made while it is read; it can begin anew."""

    def __init__(self, make: Callable[[], Iterator[bytes]]) -> None:
        self._make = make
        self.seek(0)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return 0

    def seek(self, offset: int, whence: int = 0) -> int:
        self._pieces = self._make()
        self._rest = b""
        return 0

    def readinto(self, buffer: Any) -> int:
        if not self._rest:
            self._rest = next(self._pieces, b"")
        piece, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)


def table() -> Iterator[bytes]:
    yield b"claim_id,line_number,procedure_code,description\n"
    for claim in range(CLAIMS):
        yield b"".join(b"%d,%d,99213,%s\n" % (claim, line, NOTE) for line in range(5))


def shuffled() -> Iterator[bytes]:
    yield b"claim_id,line_number,procedure_code,description\n"
    for line in range(5):
        for claim in range(CLAIMS):
            yield b"%d,%d,99213,%s\n" % (claim, line, NOTE)


def resources() -> Iterator[bytes]:
    item = {"productOrService": {"coding": [{"code": "99213"}], "text": NOTE.decode()}}
    for claim in range(CLAIMS):
        yield json.dumps({"resourceType": "Claim", "id": str(claim), "item": [item] * 5}).encode() + b"\n"


def packed() -> Iterator[bytes]:
    yield from map(gzip.compress, resources())


@pytest.mark.parametrize("make", [table, shuffled, resources, packed])
def test_memory_does_not_grow_with_the_claims(make: Callable[[], Iterator[bytes]]) -> None:
    """Of inputs of five megabytes."""
    tracemalloc.start()
    try:
        lines = sum(len(claim.lines) for claim in read_claims(Made(make)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert lines == 5 * CLAIMS
    assert peak < 2 << 20
