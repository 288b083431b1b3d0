"""`claimcheck tables`: the store of official tables, and which files it needs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from claimcheck import dates
from claimcheck.cli.added import description, problems
from claimcheck.cli.config import config_option, with_variables
from claimcheck.cli.conflicts import as_csv, as_json, as_text
from claimcheck.cli.dates import day
from claimcheck.cli.inputs import Inputs, expand
from claimcheck.cli.needed import Needed
from claimcheck.cli.progress import steps
from claimcheck.cli.store import program_option, store_option, tables_option
from claimcheck.cli.style import Style, say
from claimcheck.cli.validating import pairs
from claimcheck.engine import Validator
from claimcheck.errors import TableError
from claimcheck.tables import Tables
from claimcheck.tables.conflicts import KINDS, compare, usual_day
from claimcheck.tables.readers import TABLES
from claimcheck.tables.store import Entry, list_editions, verify
from claimcheck.tables.store import add as add_files
from claimcheck.tables.tables import MEDICARE

__all__ = ["tables"]

_UNUSABLE = _DAMAGED = 2
_SHOWN = 5  #: conflicts of one kind shown as text


@click.group(short_help="Add, list, verify, and compare official tables.")
def tables() -> None:
    """Add, list, and verify the official tables that `check` and `explain` use; show which are needed, and where they
    contradict each other."""


@tables.command(short_help="Add official files as published.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@store_option("The store, made if need be.", old="--to")
@click.option("--effective", metavar="DATE", callback=day, help="An edition's first day, if its file does not say.")
@click.option(
    "--table", type=click.Choice(TABLES), metavar="TABLE", help="Which table it is, if the file does not say."
)
@program_option("Whose table it is, if the file does not say.")
@click.option("--quiet", is_flag=True, help="Write nothing if there are no problems.")
def add(files: tuple[str, ...], store: Path, quiet: bool, effective: str | None, **said: str | None) -> None:
    """Add official FILE... as published (text, csv, xlsx; zip, gz): all or none.

    Reports what became of each member of a zip. Editions already in the store are kept. Adding a file again changes
    nothing.
    """
    first = None if effective is None else dates.read(effective)
    with steps(shown=not quiet) as tell:
        added = add_files(expand(files), store, tell, effective=first, **said)
    style = Style.of(sys.stderr if quiet else sys.stdout)
    for line in problems(added, style) if quiet else description(added, style):
        say(line, err=quiet)
    if not quiet:
        say(style.wrapped(f"The store: {store}", ""))


@tables.command(short_help="Show which official files claims need.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--columns", metavar="LAYOUT", help="The column layout of tables of lines, if it cannot be detected.")
@click.option("--mapping", metavar="FILE", help="A TOML file that maps columns to fields.")
@click.option("--policy", default="default", show_default=True, metavar="POLICY", help="A policy's name or file.")
@tables_option("The table store; by default the starter tables.")
@click.option("--names", is_flag=True, help="Write only the file names, one per line.")
@config_option
def needed(files: tuple[str, ...], policy: str, tables: str | None, names: bool, **read: str | None) -> None:
    """Show which official files the claims in FILE... need that the loaded tables lack, by service date.

    Nothing is downloaded: get the files from the pages shown, and pass them to `claimcheck tables add`. Exit code: 0,
    or 2 if a file or an argument cannot be used.
    """
    inputs = Inputs(expand(files), read["columns"], read["mapping"])
    validator = Validator(policy, tables)
    wanted = Needed(validator)
    for claim, result in pairs(validator, inputs.claims(), None):
        wanted.add(claim, result)
    style = Style.of(sys.stdout)
    for line in wanted.names() if names else wanted.lines(style):
        say(line)
    if not names:
        say(
            "then: claimcheck tables add FILE..."
            if wanted.needs
            else "The loaded tables have everything that is needed"
        )
    for error in inputs.bad:
        say(f"claimcheck: {error}", err=True)
    if inputs.bad:
        sys.exit(_UNUSABLE)


with_variables(needed)


@tables.command("list", short_help="List the editions in a store.")
@store_option("The store.")
@click.option("--notices", is_flag=True, help="Show the copyright notices of the files, too.")
def list_(store: Path, notices: bool) -> None:
    """List the editions in a store, the dates for which each answers exactly, and its source files."""
    style = Style.of(sys.stdout)
    entries = list_editions(store)
    say(style.styled(f"{'table':<36} {'edition':<12} {'exact from':<10}  {'to':<10} {'rows':>10} {'size':>8}", "bold"))
    for entry in entries:
        say(_listed(entry))
        for source in entry.sources:
            refused = f", {source.refused:,} not taken" if source.refused else ""
            say(style.wrapped(f"{source.name} ({source.rows:,} rows{refused})", "  ", "    ", style="dim"))
        for missing in entry.edition.missing:
            say(style.wrapped(f"partial: {missing}", "  ", "    ", style="yellow"))
        for notice in entry.notices if notices else ():
            say(style.wrapped(notice, "  ", "  ", style="dim"))
    say(style.wrapped(f"{_sum(entries)}, in {store}", ""))


def _listed(entry: Entry) -> str:
    name = f"{entry.program} {entry.table}{' (partial)' if entry.edition.partial else ''}"
    return (
        f"{name:<36} {entry.name:<12} {entry.exact_from}  {entry.exact_through} {entry.rows:>10,} "
        f"{_bytes(entry.size):>8}"
    )


def _sum(entries: Sequence[Entry]) -> str:
    return f"{len(entries):,} edition{'' if len(entries) == 1 else 's'}, {_bytes(sum(entry.size for entry in entries))}"


def _bytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 1e5 else f"{size / 1e3:,.1f} kB"


@tables.command("verify", short_help="Verify a store's checksums.")
@store_option("The store.")
def verify_(store: Path) -> None:
    """Check every byte of a store against its checksums. Exit code 2 if one is wrong."""
    damages = verify(store)
    for damage in damages:
        say(f"claimcheck: {store / damage.file}: {damage.reason}; add the official file again", err=True)
    if damages:
        sys.exit(_DAMAGED)
    entries = list_editions(store)
    say(f"{_sum(entries)}: as added, every byte")
    for entry in entries:
        if entry.edition.partial:
            say(f"{entry.edition}: {'; '.join(entry.edition.missing)}")


@tables.command(short_help="Show contradictions between official tables.")
@store_option("The store.")
@click.option("--on", metavar="DATE", callback=day, help="The day. [default: the last day that most tables cover]")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(tuple(KINDS)), metavar="KIND", help="Only this kind.")
@click.option("--nearest", is_flag=True, help="If no edition covers the day, use the next one, else the one before.")
@program_option("Whose NCCI tables.", MEDICARE)
@click.option(
    "--most", type=click.IntRange(0), metavar="N", help="Maximum number of each kind. [default: 5 as text, else all]"
)
@click.option("--format", "layout", type=click.Choice(("text", "csv", "json")), default="text", show_default=True)
def conflicts(
    store: Path, on: str | None, kinds: tuple[str, ...], *, layout: str, most: int | None, **asked: Any
) -> None:
    """Show where two tables of a store contradict each other on a day, how often, and what the rules do about it.

    All kinds take a minute or two if the NCCI pairs are loaded. What cannot be compared is listed. Conflicts are not a
    failure: the exit code is 0.
    """
    opened = Tables.open(store)
    when = usual_day(opened) if on is None else dates.read(on)
    if when is None:
        raise TableError("there is no edition in the store; add official files first", file=str(store))
    found = compare(opened, when, kinds or tuple(KINDS), **asked)
    style = Style.of(sys.stdout)
    if layout == "text":
        say(style.wrapped(f"On {when}, in {store}", ""))
        lines = as_text(found, _SHOWN if most is None else most, style)
    else:
        lines = as_csv(found, most) if layout == "csv" else as_json(found, most)
    for line in lines:
        say(line)
