"""Where the pieces go: standard output, or a file. Whatever ends a run, what is written is whole records."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import attrs

from claimcheck.cli.look import Look
from claimcheck.cli.options import Options
from claimcheck.cli.pieces import TEXTS, TextMaker
from claimcheck.cli.rendering import closing
from claimcheck.cli.summary import Summary
from claimcheck.errors import InputError
from claimcheck.io import out
from claimcheck.io.out.parquet import RecordWriter
from claimcheck.io.out.target import writing

__all__ = ["FindingsBeside", "Output", "PageOutput", "ParquetOutput", "TextOutput", "output_of"]


class Output(Protocol):
    """What the pieces of a layout are written to, in order."""

    def begin(self, size: int = 0) -> None:
        """Keeps the first `size` bytes of what is there, and goes on behind them."""
        ...

    def take(self, piece: Any) -> None:
        """Writes the piece of one claim."""
        ...

    def finish(self, summary: Summary) -> None:
        """Writes what stands at the end."""
        ...

    def close(self) -> None:
        """Gives back what was opened, whether all was written or not."""
        ...


@attrs.frozen
class TextOutput:
    """Text, a piece a claim. `head` stands first, what `closing` gives last.

    `file` is None for standard output; `grows` says that it is a file to which more can be added another time.
    """

    stream: BinaryIO
    file: str | None
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
        with writing(self.file):
            self.stream.write(piece.encode("utf-8", "backslashreplace"))
            if self.file is None and sys.stdout.isatty():
                self.stream.flush()

    def settle(self) -> int:
        """Makes sure of what was written; how many bytes it is."""
        with writing(self.file):
            self.stream.flush()
            os.fsync(self.stream.fileno())
        return self.stream.tell()

    def finish(self, summary: Summary) -> None:
        for line in self.closing(summary):
            self.take(f"{line}\n")

    def close(self) -> None:
        with writing(self.file):
            if self.file is None:
                self.stream.flush()
            else:
                self.stream.close()


@attrs.define
class ParquetOutput:
    """Parquet, which is written to its place when it is finished."""

    target: str | BinaryIO
    write: Callable[[Any], AbstractContextManager[RecordWriter]]
    _writer: Any = None
    _open: ExitStack = attrs.field(factory=ExitStack)

    def begin(self, size: int = 0) -> None:  # noqa: ARG002 - never but from the beginning
        self._writer = self._open.enter_context(self.write(self.target))

    def take(self, piece: list[Any]) -> None:
        self._writer.put(piece)

    def finish(self, summary: Summary) -> None:  # noqa: ARG002 - Parquet holds records alone
        self._open.close()

    def close(self) -> None:
        """Where it is not finished, there is no file."""
        self._open.__exit__(InputError, InputError("it was not written to its end"), None)


@attrs.define
class PageOutput:
    """The report, which is written when all claims are in it."""

    file: str | None
    report: Any

    def begin(self, size: int = 0) -> None:
        """Nothing is written before the end."""

    def take(self, piece: Any) -> None:
        self.report.take(piece)

    def finish(self, summary: Summary) -> None:  # noqa: ARG002 - the report has its own sums
        with writing(self.file):
            if self.file is None:
                sys.stdout.buffer.write(self.report.html().encode("utf-8", "replace"))
            else:
                self.report.write(self.file)

    def close(self) -> None:
        """Nothing is open."""


@attrs.frozen
class FindingsBeside:
    """An output, and a file for the findings beside it: each piece is what each of the two takes."""

    main: Output
    findings: TextOutput

    def begin(self, size: int = 0) -> None:  # noqa: ARG002 - never but from the beginning
        self.main.begin()
        self.findings.begin()

    def take(self, piece: tuple[Any, str]) -> None:
        of_claim, findings = piece
        self.main.take(of_claim)
        self.findings.take(findings)

    def finish(self, summary: Summary) -> None:
        self.main.finish(summary)
        self.findings.finish(summary)

    def close(self) -> None:
        self.main.close()
        self.findings.close()


def output_of(options: Options, inputs: tuple[str, ...], look: Look) -> Output:
    """The output that the options ask for."""
    file, beside = options.output, options.findings
    for written in (file, beside):
        if written is not None:
            _check(written, inputs)
    if beside is None:
        return _main(options, look)
    if file is not None and _are_one(file, beside):
        raise InputError("--findings is the file of -o: give another", file=beside)
    main = _main(options, look)
    return FindingsBeside(main, TextOutput(_opened(beside), beside, Path(beside).is_file(), TextMaker("findings").head))


def _are_one(file: str, other: str) -> bool:
    return Path(file).resolve() == Path(other).resolve()


def _main(options: Options, look: Look) -> Output:
    """The output for what the option --format names."""
    file = options.output
    if options.layout == "html":
        return PageOutput(file, _report(options))
    if options.layout.startswith("parquet"):
        if file is None and sys.stdout.isatty():
            raise InputError("Parquet is not for a terminal: give -o OUT")
        write = out.lines_parquet.write if options.layout == "parquet-lines" else out.findings_parquet.write
        return ParquetOutput(sys.stdout.buffer if file is None else file, write)
    stream = sys.stdout.buffer if file is None else _opened(file)
    grows = file is not None and Path(file).is_file()
    if options.layout in TEXTS:
        return TextOutput(stream, file, grows, TextMaker(options.layout).head)
    return TextOutput(stream, file, grows, closing=lambda summary: closing(summary, look, legend=not options.quiet))


def _report(options: Options) -> Any:
    try:
        from claimcheck.report import Report
    except ModuleNotFoundError as missing:
        raise InputError(f"the page needs {missing.name}: pip install 'claimcheck[report]'") from None
    return Report(show_claim_ids=options.show_claim_ids)


def _check(file: str, inputs: tuple[str, ...]) -> None:
    """A file that is read is none to write to: its claims would be gone."""
    path = Path(file)
    if path.exists() and any(Path(read).exists() and path.samefile(read) for read in inputs):
        raise InputError("it is also read: give another file to write to", file=file)


def _opened(file: str) -> BinaryIO:
    """The file, with what is in it; or a device or pipe, in which nothing is."""
    path = Path(file)
    with writing(file):
        if path.exists() and not path.is_file():
            return path.open("wb")
        return os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o666), "r+b")
