"""`claimcheck explain`: describes a code, a pair, a rule, or a denial code."""

from __future__ import annotations

import sys

import click

from claimcheck.cli.dates import day
from claimcheck.cli.store import tables_option
from claimcheck.cli.style import Style, say
from claimcheck.explaining import explain as explain_subject

__all__ = ["explain"]


@click.command(short_help="Explain a code, a pair, a rule, or a denial.")
@click.argument("subject", nargs=-1, required=True)
@tables_option("The table store to ask; the starter tables where there is none.")
@click.option("--on", metavar="DATE", callback=day, help="The day to ask the tables for, as YYYY-MM-DD.")
def explain(subject: tuple[str, ...], tables: str | None, on: str | None) -> None:
    """Explain SUBJECT: a code (3044F, E11.65), a pair (45385/45380), a rule (NCCI101), a denial code (CARC 236), a
    policy parameter (category_ii.charge), or words (CPT II). The exit code is 1 if it is none of these."""
    explained = explain_subject(" ".join(subject), tables=tables, on=on)
    say(explained.text(Style.of(sys.stdout).width))
    if not explained.known:
        sys.exit(1)
