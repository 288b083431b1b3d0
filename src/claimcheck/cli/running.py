"""A run over files: read, judge, write, count, and say in the exit code how it went."""

from __future__ import annotations

import glob
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TextIO

import attrs
import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from claimcheck.claims import Claim, ClaimResult
from claimcheck.cli.rendering import Summary, rendered
from claimcheck.engine import Validator
from claimcheck.errors import InputError
from claimcheck.io import read_claims

__all__ = ["Options", "run"]

CLEAN, FOUND, UNUSABLE, INCOMPLETE = 0, 1, 2, 3

Write = Callable[[Claim, ClaimResult], None]


@attrs.frozen
class Options:
    """What the command line asks for."""

    files: tuple[str, ...]
    policy: str = "default"
    tables: str | None = None
    as_of: str | None = None
    layout: str = "table"
    output: str | None = None
    require_complete: bool = False
    quiet: bool = False


def run(options: Options) -> int:
    """Judges all files. One that cannot be read does not stop the others: it is named, and the exit code says so."""
    validator = Validator(options.policy, options.tables)
    summary = Summary()
    bad: list[InputError] = []
    files = list(expand(options.files))
    with _output(options.output) as out:
        console = Console(file=out, soft_wrap=True, highlight=False)
        write = _writer(options, console, out)
        for file in files:
            try:
                _judge(file, validator, options, write, summary)
            except InputError as error:
                bad.append(error)
        if options.layout == "table":
            for line in summary:
                console.print(line)
    if options.layout != "table":
        for line in summary:
            click.echo(line.plain, err=True)
    for error in bad:
        click.echo(f"claimcheck: {error}", err=True)
    return _exit_code(summary, bad, options)


def expand(files: tuple[str, ...]) -> Iterator[str]:
    """The files that names and patterns stand for; a pattern that stands for none is kept, to be named as missing."""
    for file in files:
        yield from (sorted(glob.glob(file)) or [file]) if glob.has_magic(file) and not Path(file).exists() else [file]


def _judge(file: str, validator: Validator, options: Options, write: Write, summary: Summary) -> None:
    with _opened(file, shown=not options.quiet) as stream:
        claims = read_claims(stream, name="standard input" if file == "-" else file)
        judged: list[Claim] = []

        def noted() -> Iterator[Claim]:
            for claim in claims:
                judged.append(claim)
                yield claim

        for result in validator.validate_many(noted(), options.as_of):
            summary.add(result)
            write(judged.pop(), result)


@contextmanager
def _opened(file: str, *, shown: bool) -> Iterator[BinaryIO]:
    """The file as a stream, with progress on standard error where that is a terminal."""
    if file == "-":
        yield sys.stdin.buffer
        return
    path = Path(file)
    try:
        size = path.stat().st_size
        stream = path.open("rb")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or 'an unknown fault'}", file=file) from None
    terminal = Console(stderr=True)
    with stream:
        if not (shown and terminal.is_terminal and not sys.stdout.isatty()):
            yield stream
            return
        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
        with Progress(*columns, console=terminal, transient=True) as progress:
            with progress.wrap_file(stream, size, description=path.name) as watched:
                yield watched


@contextmanager
def _output(path: str | None) -> Iterator[TextIO]:
    if path is None:
        yield sys.stdout
        return
    try:
        with Path(path).open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or 'an unknown fault'}", file=path) from None


def _writer(options: Options, console: Console, out: TextIO) -> Write:
    def table(claim: Claim, result: ClaimResult) -> None:
        if not options.quiet or result.findings:
            for line in rendered(claim, result):
                console.print(line)

    def jsonl(_: Claim, result: ClaimResult) -> None:
        json.dump(result.to_dict(), out, ensure_ascii=False, separators=(",", ":"))
        out.write("\n")

    writers: dict[str, Any] = {"table": table, "jsonl": jsonl}
    write: Write = writers[options.layout]
    return write


def _exit_code(summary: Summary, bad: list[InputError], options: Options) -> int:
    if bad:
        return UNUSABLE
    if options.require_complete and summary.incomplete:
        return INCOMPLETE
    return FOUND if summary.errors else CLEAN
