"""A run over files: reads, validates, writes, counts, and sets the exit code."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator
from contextlib import closing as closed_after
from itertools import chain
from typing import Any, TypeVar

import attrs

from claimcheck.cli import closing, columnar, rendering
from claimcheck.cli.coverage import Coverage
from claimcheck.cli.inputs import STDIN, Inputs, expand
from claimcheck.cli.options import Options
from claimcheck.cli.outputs import PieceOutput, output_of
from claimcheck.cli.parallel import together
from claimcheck.cli.progress import judging
from claimcheck.cli.recording import opened, pipeline_of, remembered
from claimcheck.cli.style import Style, say
from claimcheck.cli.summary import Summary
from claimcheck.cli.survey import surveyed
from claimcheck.cli.uses import check_outputs
from claimcheck.cli.validating import Run, alone
from claimcheck.engine import Validator
from claimcheck.io.pipeline import Pipeline
from claimcheck.log import log

__all__ = ["CLEAN", "FOUND", "INCOMPLETE", "INTERRUPTED", "UNUSABLE", "run"]

CLEAN, FOUND, UNUSABLE, INCOMPLETE = 0, 1, 2, 3
Thing = TypeVar("Thing")

INTERRUPTED = 130  # as shells report a command ended by Ctrl-C


def run(options: Options) -> int:
    """Validates all files and returns the exit code. A file that cannot be read does not stop the others: it is
    reported."""
    style = Style.of(sys.stdout) if options.output is None else Style(None, False)
    inputs = Inputs(expand(options.files), options.columns, options.mapping)
    one = Run(options, inputs, style, Summary(baseline=options.known()))
    # Worker processes load policy and tables themselves: errors in them are found here first.
    validator = Validator(options.chosen_policy(), options.tables)
    check_outputs(options, one.inputs.files, validator.policy, validator.tables)
    with opened(options) as history, closed_after(output_of(one)) as output:
        pipeline = None if history is None else pipeline_of(one, validator, history, output)
        try:
            _write(one, output, pipeline, validator)
        except KeyboardInterrupt:
            again = "; the same command goes on from here" if pipeline and pipeline.resumable else ""
            say(f"claimcheck: interrupted{again}", err=True)
            return INTERRUPTED
    if options.layout != "table":
        for line in closing.closing(one.summary, Style.of(sys.stderr), legend=False):
            say(line, err=True)
    log.info("run ended: %d claims of %d files, %d files bad", one.summary.claims, len(inputs.files), len(inputs.bad))
    _write_baseline(one)
    for error in one.inputs.bad:
        say(f"claimcheck: {error}", err=True)
    if len(one.inputs.bad) > 1:
        say(f"claimcheck: {len(one.inputs.bad)} of {len(one.inputs.files)} files could not be read", err=True)
    return _exit_code(one)


def _write_baseline(one: Run) -> None:
    """Writes the requested baseline, unless some files could not be read."""
    file, baseline = one.options.write_baseline, one.summary.baseline
    if file is None or baseline is None:
        return
    if one.inputs.bad:
        say(f"claimcheck: {file} is not written, because not all files could be read", err=True)
        return
    count = baseline.write(file, one.summary.marks)
    say(f"claimcheck: {rendering.plural(count, 'finding')} written to {file}", err=True)


def _write(one: Run, output: PieceOutput, pipeline: Pipeline | None, validator: Validator) -> None:
    coverage = Coverage(validator, one.options.as_of)
    # If some input can be read only once, such as standard input, claims are validated as they come.
    if one.inputs.can_be_read_again and not columnar.fits(one.options, one.inputs.files):  # they survey in columns
        seen = surveyed(one.inputs, validator, coverage, with_meeting=pipeline is None)
        one = attrs.evolve(one, fallen=seen.fallen, namesakes=seen.namesakes, meant=seen.meant, met=seen.met)
    in_the_way = one.options.output is None and sys.stdout.isatty()
    shown = not (one.options.quiet or in_the_way)
    written = _judged(one, output, validator, coverage) if pipeline is None else _remembered(one, pipeline, coverage)
    with closed_after(written), judging(one.inputs.size, shown=shown) as tell:
        for _ in written:
            coverage.warn_once(one.summary)
            tell(one.inputs.done, one.summary.lines.total)
        coverage.warn_once(one.summary)  # a pipeline counts the claims of a chunk once all of them are validated


def _remembered(one: Run, pipeline: Pipeline, coverage: Coverage) -> Generator[None]:
    claims = _begun(one.claims())
    if claims is None and one.inputs.bad:
        return
    coverage.warn_first(surveyed=one.inputs.can_be_read_again)
    yield from remembered(pipeline, claims or ())


def _judged(one: Run, output: PieceOutput, validator: Validator, coverage: Coverage) -> Generator[None]:
    """Writes the piece of every claim, in order."""
    with closed_after(_made(one, validator, coverage)) as made:
        pieces = _begun(made)
        if pieces is None and one.inputs.bad:
            return
        coverage.warn_first(surveyed=one.inputs.can_be_read_again)
        output.begin()
        for piece in pieces or ():
            coverage.warn_once(one.summary)
            output.take(piece)
            yield
        output.finish()


def _made(one: Run, validator: Validator, coverage: Coverage) -> Generator[Any]:
    """The pieces of all claims, in order, however they are validated."""
    if columnar.fits(one.options, one.inputs.files):
        columnar.of_one_core()
        from claimcheck.cli.columnar.run import pieces

        return pieces(one, validator, coverage)
    many = one.options.jobs > 1 and STDIN not in one.inputs.files
    return together(one) if many else alone(one, validator)


def _begun(things: Iterator[Thing]) -> Iterator[Thing] | None:
    """The same iterator after its first item was read; None if it is empty.

    If nothing can be read, the output's previous content is kept.
    """
    first = next(things, None)
    return None if first is None else chain([first], things)


def _exit_code(one: Run) -> int:
    if one.inputs.bad:
        return UNUSABLE
    if one.options.require_complete and one.summary.incomplete:
        return INCOMPLETE
    return FOUND if one.summary.found(one.options.fail_on) else CLEAN
