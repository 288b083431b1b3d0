"""`claimcheck tables`: the store of official tables, and which files it needs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from claimcheck import dates
from claimcheck.cli.added import amiss, told
from claimcheck.cli.conflicts import as_csv, as_json, as_text
from claimcheck.cli.dates import day
from claimcheck.cli.inputs import Inputs, expand
from claimcheck.cli.judging import pairs
from claimcheck.cli.look import Look, say
from claimcheck.cli.needed import Needed
from claimcheck.cli.progress import steps
from claimcheck.cli.store import store_option, tables_option
from claimcheck.engine import Validator
from claimcheck.errors import TableError
from claimcheck.tables import Tables
from claimcheck.tables.conflicts import KINDS, compare, usual_day
from claimcheck.tables.readers import PROGRAMMES, TABLES
from claimcheck.tables.store import Entry, list_editions, verify
from claimcheck.tables.store import add as add_files
from claimcheck.tables.tables import MEDICARE

__all__ = ["tables"]

_UNUSABLE = _DAMAGED = 2
_SHOWN = 5  #: conflicts of a kind that are shown as text


@click.group(short_help="Add, list, verify and compare official tables.")
def tables() -> None:
    """Add, list and verify official tables, which `check` and `explain` then answer by; say which are needed, and where
    they contradict each other."""


@tables.command(short_help="Add official files, as they are published.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@store_option("--to", "The store, made if need be.")
@click.option(
    "--effective", metavar="DATE", callback=day, help="An edition's first day, where its file does not say it."
)
@click.option(
    "--table", type=click.Choice(TABLES), metavar="TABLE", help="Which table, where its file does not say it."
)
@click.option("--programme", type=click.Choice(PROGRAMMES), help="Whose table, where its file does not say it.")
@click.option("--quiet", is_flag=True, help="Write nothing where all went well.")
def add(files: tuple[str, ...], store: Path, quiet: bool, effective: str | None, **said: str | None) -> None:
    """Add official FILE... as published (text, csv, xlsx; zip, gz): all of them, or none.

    Of each member of a zip it is said what became of it. What the store holds stays, edition beside edition. Adding a
    file again changes nothing.
    """
    first = None if effective is None else dates.read(effective)
    with steps(shown=not quiet) as tell:
        added = add_files(expand(files), store, tell, effective=first, **said)
    look = Look.of(sys.stderr if quiet else sys.stdout)
    for line in amiss(added, look) if quiet else told(added, look):
        say(line, err=quiet)
    if not quiet:
        say(look.wrapped(f"The store: {store}", ""))


@tables.command(short_help="Which official files the claims of files need.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--columns", metavar="LAYOUT", help="The layout of tables of lines, where their columns do not show it.")
@click.option("--mapping", metavar="FILE", help="Which column of a table is which field, as TOML.")
@click.option("--policy", default="default", show_default=True, metavar="POLICY", help="A policy's name or file.")
@tables_option("The table store; the starter tables where there is none.")
@click.option("--names", is_flag=True, help="Write the names of the files alone, one a line.")
def needed(files: tuple[str, ...], policy: str, tables: str | None, names: bool, **read: str | None) -> None:
    """Which official files the claims of FILE... need that the tables at hand lack, by their dates of service.

    Nothing is fetched: download them from the pages that are named, and give them to `claimcheck tables add`. Exit
    code: 0, or 2 where a file or an argument cannot be used.
    """
    inputs = Inputs(expand(files), read["columns"], read["mapping"])
    validator = Validator(policy, tables)
    wanted = Needed(validator)
    for claim, result in pairs(validator, inputs.claims(), None):
        wanted.add(claim, result)
    look = Look.of(sys.stdout)
    for line in wanted.names() if names else wanted.told(look):
        say(line)
    if not names:
        say("then: claimcheck tables add FILE..." if wanted.needs else "The tables at hand hold all that is needed")
    for error in inputs.bad:
        say(f"claimcheck: {error}", err=True)
    if inputs.bad:
        sys.exit(_UNUSABLE)


@tables.command("list", short_help="The editions in a store.")
@store_option("--in", "The store.")
@click.option("--notices", is_flag=True, help="The copyright notices that came with the files, too.")
def list_(store: Path, notices: bool) -> None:
    """The editions in a store, the days for which each answers exactly, and the files it came from."""
    look = Look.of(sys.stdout)
    entries = list_editions(store)
    say(look.styled(f"{'table':<36} {'edition':<12} {'exact from':<10}  {'to':<10} {'rows':>10} {'size':>8}", "bold"))
    for entry in entries:
        say(_listed(entry))
        for source in entry.sources:
            refused = f", {source.refused:,} not taken" if source.refused else ""
            say(look.wrapped(f"{source.name} ({source.rows:,} rows{refused})", "  ", "    ", style="dim"))
        for missing in entry.edition.missing:
            say(look.wrapped(f"partial: {missing}", "  ", "    ", style="yellow"))
        for notice in entry.notices if notices else ():
            say(look.wrapped(notice, "  ", "  ", style="dim"))
    say(look.wrapped(f"{_sum(entries)}, in {store}", ""))


def _listed(entry: Entry) -> str:
    name = f"{entry.programme} {entry.table}{' (partial)' if entry.edition.partial else ''}"
    return (
        f"{name:<36} {entry.name:<12} {entry.exact_from}  {entry.exact_through} {entry.rows:>10,} "
        f"{_bytes(entry.size):>8}"
    )


def _sum(entries: Sequence[Entry]) -> str:
    return f"{len(entries):,} edition{'' if len(entries) == 1 else 's'}, {_bytes(sum(entry.size for entry in entries))}"


def _bytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 1e5 else f"{size / 1e3:,.1f} kB"


@tables.command("verify", short_help="Whether a store is undamaged.")
@store_option("--in", "The store.")
def verify_(store: Path) -> None:
    """Whether every byte of a store is what it was when it was added. Exit code 2 where one is not."""
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


@tables.command(short_help="Where two official tables contradict each other.")
@store_option("--in", "The store.")
@click.option(
    "--on", metavar="DATE", callback=day, help="The day. [default: the last that most of the tables answer for]"
)
@click.option("--kind", "kinds", multiple=True, type=click.Choice(tuple(KINDS)), metavar="KIND", help="One kind alone.")
@click.option("--nearest", is_flag=True, help="Where no edition covers the day, take the next, else the one before.")
@click.option(
    "--programme", type=click.Choice(PROGRAMMES), default=MEDICARE, show_default=True, help="Whose NCCI tables."
)
@click.option(
    "--most", type=click.IntRange(0), metavar="N", help="So many of each kind at most. [default: 5 as text, else all]"
)
@click.option("--format", "layout", type=click.Choice(("text", "csv", "json")), default="text", show_default=True)
def conflicts(
    store: Path, on: str | None, kinds: tuple[str, ...], *, layout: str, most: int | None, **asked: Any
) -> None:
    """Where two tables of a store contradict each other on a day, how often, and what the rules do about it.

    All kinds take a minute or two where the NCCI pairs are loaded. What cannot be compared is said. Conflicts are no
    failure: the exit code is 0.
    """
    opened = Tables.open(store)
    when = usual_day(opened) if on is None else dates.read(on)
    if when is None:
        raise TableError("there is no edition in the store; add official files first", file=str(store))
    found = compare(opened, when, kinds or tuple(KINDS), **asked)
    look = Look.of(sys.stdout)
    if layout == "text":
        say(look.wrapped(f"On {when}, in {store}", ""))
        lines = as_text(found, _SHOWN if most is None else most, look)
    else:
        lines = as_csv(found, most) if layout == "csv" else as_json(found, most)
    for line in lines:
        say(line)
