"""What a run writes to: an output begins, takes each claim with its verdict, and ends; some can be continued.

`claimcheck.io.pipeline` says how outputs are committed with a history.
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
    """What is committed with a run, in this order: `begin`, `add` for every claim, `finish`; `close` in any case.

    Until `begin` what was there before is left as it is.
    """

    @property
    def resumable(self) -> bool:
        """Whether it can be cut back to a mark and continued; else it is written from its beginning."""
        ...

    def holds(self, mark: Any) -> bool:
        """Whether it can go on from a mark; False where it is gone, so that the run must begin anew.

        Raises:
            InputError: it is there, and is not what the mark says.
        """
        ...

    def begin(self, mark: Any = None) -> None:
        """Goes on from a mark that it holds, or from nothing."""
        ...

    def add(self, claim: Claim, result: ClaimResult) -> None:
        """Writes the verdict on a claim."""
        ...

    def mark(self) -> Any:
        """Where it is now, in values that JSON knows. What was added so far is there to stay."""
        ...

    def finish(self) -> None:
        """Writes what stands at the end. It is whole then, and there to stay."""
        ...

    def close(self) -> None:
        """Gives back what was opened, whether all was written or not."""
        ...


@attrs.frozen(eq=False)
class TextOutput:
    """Text in a file that can be continued. `head` stands first, then what `make` makes of each claim, then `tail`."""

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
        """Writes what `make` made before, perhaps in another process."""
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
    """The same to a stream, such as standard output, of which nothing can be taken back.

    `name` is that of a device or pipe, which is closed at the end; None for a stream of somebody else's. `flush` says
    that every piece is to be seen at once.
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
        """Writes what `make` made before, perhaps in another process."""
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
    """A file by a writer of `BINARIES`: it appears in its place when it is whole, and not before."""

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
        """Writes records that were made before, perhaps in another process."""
        self._writer.put(piece)

    def mark(self) -> Any:
        return None

    def finish(self) -> None:
        self._open.close()

    def close(self) -> None:
        """Where it is not finished, there is no file, and the one that was there before stays."""
        self._open.__exit__(InputError, InputError("it was not written to its end"), None)


def output(path: str | Path, layout: str) -> Output:
    """The output of a layout to a file.

    Raises:
        InputError: there is no such layout, or the file cannot be written.

    >>> output("verdicts.xml", "xml")
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: verdicts.xml: no layout xml; there are jsonl, csv, findings, adjustments, \
adjustments-jsonl, parquet, parquet-lines, xlsx
    """
    if layout in BINARIES:
        return BinaryOutput(str(path), BINARIES[layout])
    if layout not in TEXTS:
        raise InputError(f"no layout {layout}; there are {', '.join((*TEXTS, *BINARIES))}", file=str(path))
    maker = TextMaker(layout)
    return TextOutput(MarkedFile(path), maker.make, maker.head)
