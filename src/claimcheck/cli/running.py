"""A run over files: read, judge, write, count, and say in the exit code how it went."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import closing as closed_after
from typing import Any

import click

from claimcheck.cli import rendering
from claimcheck.cli.inputs import STDIN, Inputs, expand
from claimcheck.cli.judging import Run, alone
from claimcheck.cli.look import Look
from claimcheck.cli.options import Options
from claimcheck.cli.outputs import Output, output_of
from claimcheck.cli.parallel import together
from claimcheck.cli.progress import judging
from claimcheck.cli.remembering import opened, remembered
from claimcheck.engine import Validator

__all__ = ["CLEAN", "FOUND", "INCOMPLETE", "INTERRUPTED", "UNUSABLE", "run"]

CLEAN, FOUND, UNUSABLE, INCOMPLETE = 0, 1, 2, 3
INTERRUPTED = 130  # as shells say of a command that Ctrl-C ended


def run(options: Options) -> int:
    """Judges all files; gives the exit code. One that cannot be read does not stop the others: it is named."""
    look = Look.of(sys.stdout) if options.output is None else Look(None, False)
    one = Run(options, Inputs(expand(options.files), options.columns, options.mapping), look)
    with closed_after(output_of(options, one.inputs.files, look)) as output:
        try:
            _write(one, output)
        except KeyboardInterrupt:
            again = "; the same command goes on from here" if options.history else ""
            click.echo(f"claimcheck: interrupted{again}", err=True)
            return INTERRUPTED
    if options.layout != "table":
        for line in rendering.closing(one.summary, Look.of(sys.stderr), legend=False):
            click.echo(line, err=True)
    for error in one.inputs.bad:
        click.echo(f"claimcheck: {error}", err=True)
    if len(one.inputs.bad) > 1:
        click.echo(f"claimcheck: {len(one.inputs.bad)} of {len(one.inputs.files)} files could not be read", err=True)
    return _exit_code(one)


def _write(one: Run, output: Output) -> None:
    in_the_way = one.options.output is None and sys.stdout.isatty()
    pieces = _pieces(one, output)
    shown = not (one.options.quiet or in_the_way)
    with closed_after(pieces), judging(one.inputs.size, shown=shown) as tell:
        for piece in pieces:
            output.take(piece)
            tell(one.inputs.done, one.summary.lines.total)
    output.finish(one.summary)


def _pieces(one: Run, output: Output) -> Generator[Any, None, None]:
    """What is written of every claim, in their order."""
    # A process loads policy and tables for itself: that they can be loaded is found out here.
    validator = Validator(one.options.chosen_policy(), one.options.tables)
    with opened(one.options) as history:
        if history is not None:
            yield from remembered(one, Validator(validator.policy, validator.tables, history), history, output)
            return
    output.begin()
    if one.options.jobs > 1 and STDIN not in one.inputs.files:
        yield from together(one)
    else:
        yield from alone(one, validator)


def _exit_code(one: Run) -> int:
    if one.inputs.bad:
        return UNUSABLE
    if one.options.require_complete and one.summary.incomplete:
        return INCOMPLETE
    return FOUND if one.summary.found(one.options.fail_on) else CLEAN
