"""A file of any size is read in the same little memory."""

from __future__ import annotations

import io
import runpy
import tracemalloc
import weakref
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from claimcheck.io import x12

pytestmark = pytest.mark.exhaustive

segments = runpy.run_path(str(Path(__file__).with_name("generate.py")))["segments"]


class Generated(io.RawIOBase):
    """A large file that is made as it is read."""

    def __init__(self, megabytes: float) -> None:
        self._segments: Iterator[str] = segments(megabytes)
        self.size = 0

    def read(self, _size: int = -1) -> bytes:
        piece = "".join(f"{segment}~\n" for segment in islice(self._segments, 400))
        self.size += len(piece)
        return piece.encode()


def peak(megabytes: float) -> int:
    tracemalloc.start()
    lines = sum(len(claim.lines) for claim in x12.read(Generated(megabytes)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert lines > megabytes * 6_000
    return most


def test_memory_does_not_grow_with_the_file() -> None:
    peak(0.8)  # fills the caches of dates and amounts, which are bounded
    small, large = peak(0.2), peak(0.8)
    assert large < small * 1.1
    assert large < 1_000_000


def test_no_more_than_two_claims_are_held() -> None:
    given = weakref.WeakSet[object]()
    for claim in x12.read(Generated(0.2)):
        given.add(claim.source)  # which lives as long as its claim
        assert len(given) <= 2
        assert not claim.problems
