"""Saved results, one per line, as `claimcheck check --format jsonl` writes them.

>>> verdicts = SavedResults(("no-such-file.jsonl",))
>>> list(verdicts.read()), verdicts.problems()
([], ['no-such-file.jsonl: the file cannot be opened: No such file or directory'])
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

from claimcheck.claims import ClaimResult
from claimcheck.cli.inputs import STDIN
from claimcheck.errors import ClaimcheckError, InputError
from claimcheck.io.stream import Stream, opened
from claimcheck.io.text import lines
from claimcheck.visible import visible

__all__ = ["Place", "SavedResults"]

_NO_VERDICT = "no result with its receipt, as `claimcheck check --format jsonl` writes one"


@attrs.frozen
class Place:
    """Where a result is saved: the file, and the line number in it."""

    file: str
    line: int

    def __str__(self) -> str:
        return visible(f"{Path(self.file).name}, line {self.line}")


@attrs.define
class SavedResults:
    """The results in `files`. Unusable ones stop nothing: they are collected, and reported together by reason."""

    files: tuple[str, ...]
    _faults: dict[tuple[str, str], tuple[int | None, int]] = attrs.field(factory=dict)

    def read(self) -> Iterator[tuple[Place, ClaimResult]]:
        """Every readable result, with its place."""
        for file in self.files:
            name = "standard input" if file == STDIN else file
            try:
                with opened(sys.stdin.buffer if file == STDIN else file, name) as stream:
                    yield from self._verdicts(stream, name)
            except InputError as error:
                self._fault(name, None, error.reason)

    def _verdicts(self, stream: Stream, name: str) -> Iterator[tuple[Place, ClaimResult]]:
        any_line = False
        for number, line in enumerate(lines(stream), 1):
            if not line.strip():
                continue
            any_line, place = True, Place(name, number)
            with self.faults_at(place):
                yield place, _verdict(line)
        if not any_line:
            raise stream.error("the file is empty: there is no result in it")

    @contextmanager
    def faults_at(self, place: Place) -> Iterator[None]:
        """Collects what goes wrong with the result at a place."""
        try:
            yield
        except ClaimcheckError as error:
            self._fault(place.file, place.line, getattr(error, "reason", str(error)))

    def _fault(self, file: str, line: int | None, reason: str) -> None:
        first, count = self._faults.get((file, reason), (line, 0))
        self._faults[file, reason] = first, count + 1

    def problems(self) -> list[str]:
        """What could not be used, and where."""
        return [_problem(file, first, count, why) for (file, why), (first, count) in self._faults.items()]


def _problem(file: str, line: int | None, count: int, reason: str) -> str:
    place = "" if line is None else f", line {line}"
    more = "" if count == 1 else f" and {count - 1:,} more"
    return visible(f"{file}{place}{more}: {reason}")


def _verdict(line: str) -> ClaimResult:
    try:
        plain = json.loads(line)
    except (ValueError, RecursionError):
        raise InputError("not JSON: expected a result from `check --format jsonl`") from None
    try:
        return ClaimResult.from_dict(plain)
    except InputError:
        raise InputError(_NO_VERDICT) from None
