"""Records the claims of one input in chunks, each together with the progress in the input."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import attrs

from claimcheck.claims import Claim, ClaimResult
from claimcheck.history.entry import Entry

__all__ = ["Checkpoint", "Recording"]


@attrs.frozen
class Checkpoint:
    """The progress of a run: `position` claims of its input are recorded, and `state` is what the run stores with it.

    `over`: all is done. It is kept as long as nothing else is written to the history, so that a process that is killed
    at the very end repeats nothing when restarted.
    """

    position: int
    state: str = ""
    over: bool = False


class Recording:
    """The recording of one input: give it every claim of the input from `position` on, in order, as it is validated.

    A chunk and the position after it are committed together. If the process is killed, committed claims are there
    exactly once, and the next recording of the input starts at its `position`. If the `with` block ends normally the
    input is finished, and recording it again starts from its beginning and changes nothing; if it ends with an error
    the unfinished chunk is discarded and the position stays.
    """

    def __init__(
        self,
        position: int,
        chunk: int,
        read: Callable[[object, ClaimResult], Entry | None],
        write: Callable[[Sequence[Entry], int | None], None],
    ) -> None:
        self.position = position
        """How many claims of the input are recorded, or waiting in the chunk: the position of the next one, from 0."""
        self._chunk = chunk
        self._read = read
        self._write = write
        self._waiting: list[Entry] = []
        self._committed = position

    def record(self, claim: Claim | Mapping[str, Any] | Any, result: ClaimResult) -> None:
        """Records the next claim of the input: a `Claim`, or a mapping that `Claim.from_dict` accepts."""
        entry = self._read(claim, result)
        if entry is not None:
            self._waiting.append(entry)
        self.position += 1
        if self.position - self._committed >= self._chunk:
            self._commit(self.position)

    def _commit(self, position: int | None) -> None:
        self._write(self._waiting, position)
        self._waiting.clear()
        self._committed = self.position

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is None:
            self._commit(None)
