"""`claimcheck check`: the verdict on every claim of some files."""

from __future__ import annotations

import sys

import click

from claimcheck.cli.running import Options, run

__all__ = ["check"]


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--policy", default="default", metavar="POLICY", help="A policy's name or file.  [default: default]")
@click.option("--tables", metavar="DIR", help="The table store; the starter tables where it is not given.")
@click.option("--as-of", metavar="DATE", help="The processing date, where a claim does not hold its receipt date.")
@click.option(
    "--format", "layout", type=click.Choice(["table", "jsonl"]), default="table", help="How to write.  [default: table]"
)
@click.option("-o", "--output", metavar="OUT", help="Where to write; standard output where it is not given.")
@click.option("--require-complete", is_flag=True, help="Exit with 3 where anything that applies was not checked.")
@click.option("--quiet", is_flag=True, help="Write only lines with findings (table), and no progress.")
def check(
    files: tuple[str, ...],
    policy: str,
    tables: str | None,
    as_of: str | None,
    layout: str,
    output: str | None,
    require_complete: bool,
    quiet: bool,
) -> None:
    """Judge every claim of FILE... (X12 837P and 837I; - is standard input).

    Exit code: 0 where no finding is an error, 1 where one is, 3 where --require-complete is not met, 2 where an
    input or an argument cannot be used. The strongest of 2, 3, 1 wins.
    """
    options = Options(files, policy, tables, as_of, layout, output, require_complete, quiet)
    sys.exit(run(options))
