"""Where the pieces go: standard output, or a file. Whatever ends a run, what is written is whole records."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import attrs

from claimcheck.cli.look import Look
from claimcheck.cli.options import Options
from claimcheck.cli.rendering import closing
from claimcheck.cli.summary import Summary
from claimcheck.errors import InputError

__all__ = ["Output", "TextOutput", "output_of"]


class Output(Protocol):
    """What the pieces of a layout are written to, in order."""

    @property
    def grows(self) -> bool:
        """Whether it is a file of text, to which more can be added another time."""
        ...

    def begin(self, size: int = 0) -> None:
        """Keeps the first `size` bytes of what is there, and goes on behind them."""
        ...

    def take(self, piece: Any) -> None:
        """Writes the piece of one claim."""
        ...

    def settle(self) -> int:
        """Makes sure of what was written; how many bytes it is."""
        ...

    def finish(self, summary: Summary) -> None:
        """Writes what stands at the end."""
        ...

    def close(self) -> None:
        """Gives back what was opened, whole records written."""
        ...


@attrs.frozen
class TextOutput:
    """Text, a piece a claim. `head` stands first, and what `closing` gives last."""

    stream: BinaryIO
    grows: bool
    head: str = ""
    closing: Callable[[Summary], Iterable[str]] = lambda _: ()

    def begin(self, size: int = 0) -> None:
        if self.grows:
            self.stream.truncate(size)
            self.stream.seek(size)
        if not size:
            self.take(self.head)

    def take(self, piece: str) -> None:
        # A lone surrogate has no UTF-8. Within JSON, its escape is the same character; elsewhere it is as readable.
        self.stream.write(piece.encode("utf-8", "backslashreplace"))
        if not self.grows and self.stream.isatty():
            self.stream.flush()

    def settle(self) -> int:
        self.stream.flush()
        os.fsync(self.stream.fileno())
        return self.stream.tell()

    def finish(self, summary: Summary) -> None:
        for line in self.closing(summary):
            self.take(f"{line}\n")

    def close(self) -> None:
        self.stream.flush()
        if self.grows:
            self.stream.close()


def output_of(options: Options, inputs: tuple[str, ...], look: Look) -> Output:
    """The output that the options ask for."""
    stream = sys.stdout.buffer if options.output is None else _opened(options.output, inputs)
    grows = options.output is not None and Path(options.output).is_file()
    if options.layout == "table":
        return TextOutput(stream, grows, closing=lambda summary: closing(summary, look, legend=not options.quiet))
    return TextOutput(stream, grows)


def _opened(path: str, inputs: tuple[str, ...]) -> BinaryIO:
    """The file, with what is in it. It is no file that is read: its claims would be gone."""
    if any(Path(file).exists() and Path(path).exists() and Path(file).samefile(path) for file in inputs):
        raise InputError("it is also read: give another file to write to", file=path)
    try:
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o666), "r+b")
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", file=path) from None
