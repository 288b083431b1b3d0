"""`claimcheck replay`: reproduces saved results, or shows what other tables or another policy would change."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from itertools import chain, islice
from typing import Any

import attrs
import click
from click.core import ParameterSource

from claimcheck.claims import Claim, ClaimResult
from claimcheck.cli import impacts
from claimcheck.cli.bases import Bases
from claimcheck.cli.changes import Changed, changed
from claimcheck.cli.inputs import STDIN, expand
from claimcheck.cli.output_option import output_option
from claimcheck.cli.saved import Place, SavedResults
from claimcheck.cli.store import tables_option
from claimcheck.cli.style import Style, say
from claimcheck.cli.uses import written_to
from claimcheck.engine.impact import Change, Impact
from claimcheck.engine.replaying import claim_of
from claimcheck.engine.replaying import replay as given_again
from claimcheck.io.out import cells, in_use
from claimcheck.io.out.in_use import Used
from claimcheck.io.out.target import Sink, opened
from claimcheck.io.out.text import json_line
from claimcheck.policies import Policy
from claimcheck.tables import Tables

__all__ = ["replay"]

_DIFFERENT, _UNUSABLE = 1, 2
Make = Callable[[Place, ClaimResult, ClaimResult, tuple[Change, ...]], Iterable[str]]


@click.command(short_help="Reproduce saved results, or with other tables.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@tables_option("The table store to judge by, where it is not the receipts' own.")
@click.option("--policy", metavar="POLICY", help="A policy's name or file; by default the one in each receipt.")
@click.option(
    "--format",
    "layout",
    type=click.Choice(("table", "jsonl", "csv")),
    default="table",
    show_default=True,
    help="Output format.",
)
@output_option()
@click.pass_context
def replay(
    context: click.Context,
    /,
    files: tuple[str, ...],
    layout: str,
    output: str | None,
    **by: str | None,
) -> None:
    """Reproduce the results in FILE... from their receipts alone (- is standard input).

    FILEs are what `claimcheck check --format jsonl` writes. With the policy and tables of its receipt, every result
    must be the same to the byte. With --tables NEXT or --policy OTHER: which results would change, and how much money
    with them.

    Exit code: 0; 1 if a result differs with its own policy and tables; 2 if a file, a line, or an argument cannot be
    used, or if a receipt's own policy or tables are not available.
    """
    store = Tables.starter() if by["tables"] is None else Tables.open(by["tables"])
    requested = context.get_parameter_source("tables") is not ParameterSource.DEFAULT
    policy = None if by["policy"] is None else Policy.load(by["policy"])
    read = expand(files)
    used = [Used(file, "an input of this run") for file in read if file != STDIN]
    used += [*in_use.store_files(store.path), *in_use.policy_files(() if policy is None else policy.paths)]
    in_use.check(written_to(output), used)
    run = _Run(SavedResults(read), Bases(store, requested, policy))
    style = Style.of(sys.stdout) if output is None else Style(None, False)
    results = run.saved.read()
    first = tuple(islice(results, 1))
    if first or not run.saved.problems():  # else an older file stays as it is
        with opened(sys.stdout.buffer if output is None else output) as sink:
            run.write(chain(first, results), sink, layout, style)
    for line in () if layout == "table" else run.closing(Style.of(sys.stderr)):
        say(line, err=True)
    faults = run.saved.problems()
    for fault in faults:
        say(f"claimcheck: {fault}", err=True)
    sys.exit(_UNUSABLE if faults else _DIFFERENT if run.differing else 0)


@attrs.define
class _Run:
    """A run over saved results.

    `own` counts those replayed with the policy and tables of their receipt, `differing` those of them that differ.
    """

    saved: SavedResults
    bases: Bases
    impact: Impact = attrs.field(factory=Impact)
    own: int = 0
    differing: int = 0

    def write(self, results: Iterable[tuple[Place, ClaimResult]], sink: Sink, layout: str, style: Style) -> None:
        """Replays all, and writes what differs."""
        if layout == "csv":
            sink.write(cells.row(Changed._fields))
        make = _table(style) if layout == "table" else _records(cells.row if layout == "csv" else json_line)
        for place, before in results:
            with self.saved.faults_at(place):
                for text in self._one(place, before, make):
                    sink.write(text)
        if layout == "table":
            for line in self.closing(style):
                sink.write(f"{style.shown(line)}\n")

    def _one(self, place: Place, before: ClaimResult, make: Make) -> Iterable[str]:
        after = given_again(before.receipt, self.bases.validator(before.receipt))
        changes = self.impact.add(before, after)
        own = self.bases.is_own(before.receipt)
        self.own += own
        self.differing += own and bool(changes)
        shown = changes if own else tuple(change for change in changes if change.decides)
        return make(place, before, after, shown) if shown else ()

    def closing(self, style: Style) -> Iterable[str]:
        """The totals of the run."""
        return impacts.closing(self.impact, self.differing, self.own, style)


def _table(style: Style) -> Make:
    def make(place: Place, before: ClaimResult, after: ClaimResult, changes: tuple[Change, ...]) -> Iterable[str]:
        full = not all(change.decides for change in changes)
        lines = impacts.of_verdict(_claim(before), (before, after), changes, str(place), style, full=full)
        return (f"{style.shown(line)}\n" for line in lines)

    return make


def _records(row: Callable[[Any], str]) -> Make:
    def make(place: Place, before: ClaimResult, _: ClaimResult, changes: tuple[Change, ...]) -> Iterable[str]:
        return map(row, changed(place, _claim(before), before, changes))

    return make


def _claim(verdict: ClaimResult) -> Claim:
    return claim_of(verdict.receipt)
