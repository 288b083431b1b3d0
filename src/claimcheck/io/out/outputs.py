"""Outputs of a run: an output begins, takes each claim with its result, and finishes; some can be resumed.

`claimcheck.io.pipeline` describes how outputs are committed together with a history.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import attrs

from claimcheck.claims import Claim, ClaimResult
from claimcheck.errors import InputError
from claimcheck.io.out.layouts import BINARIES, TEXTS, TextMaker
from claimcheck.io.out.marked import Mark, MarkedFile
from claimcheck.io.out.target import encoded, writing

__all__ = ["BinaryOutput", "Output", "StreamOutput", "TextOutput", "output"]


class Output(Protocol):
    """An output that is committed with a run. Calls come in this order: `begin`, `add` for every claim, `finish`, and
    in any case `close`.

    Existing content is kept until `begin`.
    """

    @property
    def resumable(self) -> bool:
        """Whether it can be truncated to a mark and continued; otherwise it is written from the start."""
        ...

    def holds(self, mark: Any) -> bool:
        """Whether it can continue from a mark; False if it is gone, so the run must start over.

        Raises:
            InputError: it exists, and does not match the mark.
        """
        ...

    def begin(self, mark: Any = None) -> None:
        """Continues from a mark, or starts empty."""
        ...

    def add(self, claim: Claim, result: ClaimResult) -> None:
        """Writes the result for a claim."""
        ...

    def mark(self) -> Any:
        """Its current position, as a JSON-compatible value. What was added so far is on disk."""
        ...

    def finish(self) -> None:
        """Writes the closing part, and makes the output durable."""
        ...

    def close(self) -> None:
        """Releases resources, whether or not the output was finished."""
        ...


@attrs.frozen(eq=False)
class TextOutput:
    """A text file that can be resumed: `head`, then the text from `make` for each claim, then `tail`."""

    file: MarkedFile
    make: Callable[[Claim, ClaimResult], str]
    head: str = ""
    tail: Callable[[], Iterable[str]] = tuple
    resumable: bool = attrs.field(default=True, init=False)

    def holds(self, mark: Any) -> bool:
        return self.file.holds(Mark(**mark))

    def begin(self, mark: Any = None) -> None:
        self.file.begin(None if mark is None else Mark(**mark))
        if mark is None:
            self.take(self.head)

    def add(self, claim: Claim, result: ClaimResult) -> None:
        self.take(self.make(claim, result))

    def take(self, piece: str) -> None:
        """Writes text that `make` produced earlier, perhaps in another process."""
        self.file.write(piece)

    def mark(self) -> Any:
        return attrs.asdict(self.file.mark())

    def finish(self) -> None:
        for piece in self.tail():
            self.take(piece)
        self.file.mark()

    def close(self) -> None:
        self.file.close()


@attrs.frozen(eq=False)
class StreamOutput:
    """The same for a stream, such as standard output, which cannot be truncated.

    `name` is a device or pipe, which is closed at the end; None for a stream that the caller owns. `flush` makes each
    piece visible at once.
    """

    stream: BinaryIO
    make: Callable[[Claim, ClaimResult], str]
    head: str = ""
    tail: Callable[[], Iterable[str]] = tuple
    name: str | None = None
    flush: bool = False
    resumable: bool = attrs.field(default=False, init=False)

    def holds(self, mark: Any) -> bool:  # noqa: ARG002 - it holds none
        return False

    def begin(self, mark: Any = None) -> None:  # noqa: ARG002 - as above
        self.take(self.head)

    def add(self, claim: Claim, result: ClaimResult) -> None:
        self.take(self.make(claim, result))

    def take(self, piece: str) -> None:
        """Writes text that `make` produced earlier, perhaps in another process."""
        with writing(self.name):
            self.stream.write(encoded(piece))
            if self.flush:
                self.stream.flush()

    def mark(self) -> Any:
        return None

    def finish(self) -> None:
        for piece in self.tail():
            self.take(piece)

    def close(self) -> None:
        with writing(self.name):
            if self.name is None:
                self.stream.flush()
            else:
                self.stream.close()


@attrs.define(eq=False)
class BinaryOutput:
    """A file written by a writer in `BINARIES`. It appears under its name only once it is complete."""

    target: str | Path | BinaryIO
    write: Callable[[Any], AbstractContextManager[Any]]
    resumable: bool = attrs.field(default=False, init=False)
    _writer: Any = attrs.field(default=None, init=False)
    _open: ExitStack = attrs.field(factory=ExitStack, init=False)

    def holds(self, mark: Any) -> bool:  # noqa: ARG002 - it holds none
        return False

    def begin(self, mark: Any = None) -> None:  # noqa: ARG002 - as above
        self._writer = self._open.enter_context(self.write(self.target))

    def add(self, claim: Claim, result: ClaimResult) -> None:
        self._writer.add(claim, result)

    def take(self, piece: Any) -> None:
        """Writes records that were produced earlier, perhaps in another process."""
        self._writer.put(piece)

    def mark(self) -> Any:
        return None

    def finish(self) -> None:
        self._open.close()

    def close(self) -> None:
        """If it is not finished, no file appears and an existing one is kept."""
        self._open.__exit__(InputError, InputError("it was not written to its end"), None)


def output(path: str | Path, layout: str) -> Output:
    """The output for a layout and file.

    Raises:
        InputError: unknown layout, or the file cannot be written.

    >>> output("results.xml", "xml")
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: results.xml: no layout xml; there are jsonl, csv, findings, adjustments, \
adjustments-jsonl, parquet, parquet-lines, xlsx
    """
    if layout in BINARIES:
        return BinaryOutput(str(path), BINARIES[layout])
    if layout not in TEXTS:
        raise InputError(f"no layout {layout}; there are {', '.join((*TEXTS, *BINARIES))}", file=str(path))
    maker = TextMaker(layout)
    return TextOutput(MarkedFile(path), maker.make, maker.head)
