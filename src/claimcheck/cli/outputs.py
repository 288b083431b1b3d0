"""Where output goes: standard output, or a file. However a run ends, the output has whole records."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import attrs

from claimcheck.claims import Claim, ClaimResult
from claimcheck.cli.closing import closing
from claimcheck.cli.page_output import PageOutput, report_of
from claimcheck.cli.pieces import EDITOR, Make, main_maker
from claimcheck.cli.validating import Run
from claimcheck.errors import InputError
from claimcheck.io.out import outputs
from claimcheck.io.out.layouts import BINARIES, TEXTS, TextMaker
from claimcheck.io.out.marked import MarkedFile
from claimcheck.io.out.outputs import BinaryOutput, StreamOutput, TextOutput
from claimcheck.io.out.target import writing

__all__ = ["Counted", "FindingsBeside", "PieceOutput", "output_of"]


class PieceOutput(outputs.Output, Protocol):
    """An output that takes a claim, or its piece, perhaps made in another process."""

    def take(self, piece: Any) -> None:
        """Writes a piece."""
        ...


@attrs.frozen(eq=False)
class Counted:
    """The summary of a run, committed with its outputs."""

    run: Run
    resumable: bool = attrs.field(default=True, init=False)

    def holds(self, mark: Any) -> bool:  # noqa: ARG002 - it is in the mark
        return True

    def begin(self, mark: Any = None) -> None:
        if mark is not None:
            self.run.summary.include(type(self.run.summary).from_dict(mark))

    def add(self, claim: Claim, result: ClaimResult) -> None:  # noqa: ARG002 - the result says all
        self.run.summary.add(result)

    def mark(self) -> Any:
        return self.run.summary.to_dict()

    def finish(self) -> None:
        """Nothing to finish."""

    def close(self) -> None:
        """Nothing is open."""


@attrs.frozen(eq=False)
class FindingsBeside:
    """An output plus a file for findings: each piece has a part for both."""

    main: PieceOutput
    findings: PieceOutput

    @property
    def resumable(self) -> bool:
        return self.main.resumable and self.findings.resumable

    def holds(self, mark: Any) -> bool:
        held = [one.holds(of_one) for one, of_one in zip(self._both, mark, strict=True)]
        return all(held)

    def begin(self, mark: Any = None) -> None:
        for one, of_one in zip(self._both, mark or (None, None), strict=True):
            one.begin(of_one)

    def add(self, claim: Claim, result: ClaimResult) -> None:
        for one in self._both:
            one.add(claim, result)

    def take(self, piece: tuple[Any, str]) -> None:
        for one, of_one in zip(self._both, piece, strict=True):
            one.take(of_one)

    def mark(self) -> Any:
        return [one.mark() for one in self._both]

    def finish(self) -> None:
        for one in self._both:
            one.finish()

    def close(self) -> None:
        try:
            self.main.close()
        finally:
            self.findings.close()

    @property
    def _both(self) -> tuple[PieceOutput, PieceOutput]:
        return self.main, self.findings


def output_of(run: Run) -> PieceOutput:
    """The output that a run's options ask for."""
    main = _main(run)
    if run.options.findings is None:
        return main
    maker = TextMaker("findings")
    try:
        return FindingsBeside(main, _text(run.options.findings, maker.make, maker.head))
    except BaseException:
        main.close()
        raise


def _main(run: Run) -> PieceOutput:
    """The output for --format."""
    options, file = run.options, run.options.output
    if options.layout == "html":
        report = report_of(run)
        return PageOutput(file, _make(run), report)
    if options.layout in BINARIES:
        if file is None and sys.stdout.isatty():
            raise InputError(f"{options.layout} is not for a terminal: give -o OUT")
        return BinaryOutput(sys.stdout.buffer if file is None else file, BINARIES[options.layout])
    if options.layout in TEXTS:
        return _text(file, _make(run), TextMaker(options.layout).head)
    if options.layout == EDITOR:
        return _text(file, _make(run))
    return _text(file, _make(run), tail=lambda: _closing(run))


def _make(run: Run) -> Make:
    return main_maker(run.options, run.inputs, run.style)


def _closing(run: Run) -> Iterator[str]:
    return (f"{run.style.shown(line)}\n" for line in closing(run.summary, run.style, legend=not run.options.quiet))


def _text(
    file: str | None, make: Make, head: str = "", tail: Callable[[], Iterator[str]] = lambda: iter(())
) -> PieceOutput:
    if file is None:
        return StreamOutput(sys.stdout.buffer, make, head, tail, flush=sys.stdout.isatty())
    if Path(file).exists() and not Path(file).is_file():
        with writing(file):
            return StreamOutput(Path(file).open("wb"), make, head, tail, file)
    return TextOutput(MarkedFile(file), make, head, tail)
