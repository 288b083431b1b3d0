"""`claimcheck check`: the verdict on every claim of some files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from claimcheck.claims import Severity
from claimcheck.cli.choosing import choosing_options
from claimcheck.cli.config import CONFIG, config_option, with_variables
from claimcheck.cli.dates import day
from claimcheck.cli.options import Options
from claimcheck.cli.pieces import LAYOUTS
from claimcheck.cli.running import run
from claimcheck.cli.store import tables_option

__all__ = ["check"]

_BY_SUFFIX = {
    ".csv": "csv",
    ".htm": "html",
    ".html": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".xlsx": "xlsx",
}
"""Layouts of files that nobody takes for another."""
_NOT_WRITTEN = {".doc": ".html", ".docx": ".html", ".json": ".jsonl", ".pdf": ".html", ".xls": ".xlsx"}
"""What files of other programs are called, and what is written that comes nearest."""
_EXAMPLES = """\b
Examples:
  claimcheck check in/*.837 --policy zero
  claimcheck check in/*.837 -o verdicts.jsonl
  claimcheck check in/*.837 -o lines.csv --findings findings.csv
  claimcheck check in/*.837 --format adjustments -o adjustments.csv
  claimcheck check in/*.837 -o report.html
  claimcheck check in/*.837 -o lines-and-findings.xlsx
"""


@click.command(short_help="Judge the claims of files.", epilog=_EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--columns", metavar="LAYOUT", help="The layout of tables of lines, where their columns do not show it.")
@click.option("--mapping", metavar="FILE", help="Which column of a table is which field, as TOML.")
@click.option("--policy", default="default", show_default=True, metavar="POLICY", help="A policy's name or file.")
@choosing_options
@tables_option("The table store; the starter tables where there is none.")
@click.option(
    "--as-of", metavar="DATE", callback=day, help="The processing date, where a claim does not hold its receipt date."
)
@click.option("--history", metavar="DB", help="What members already had: a file, made if need be, or a database's URL.")
@click.option("--history-key", metavar="FILE", help="The key of the members in DB; beside it where it is not given.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes; 1 with a history.")
@click.option(
    "--format",
    "layout",
    type=click.Choice(LAYOUTS),
    help="How to write: csv is a row a line, findings a row a finding, ioce a record as the outpatient code editor's. "
    "parquet needs the extra frames, html report, xlsx excel. Where it is not given: as the suffix of OUT says (.csv, "
    ".jsonl, .parquet, .xlsx, .html), else table.",
)
@click.option("-o", "--output", metavar="OUT", help="Where to write; standard output where it is not given.")
@click.option("--findings", metavar="FILE", help="Write the findings as CSV to FILE too, a row a finding.")
@click.option("--baseline", metavar="FILE", help="Findings that are known: they are counted, and fail nothing.")
@click.option("--write-baseline", metavar="FILE", help="Write all findings of this run to FILE, as known from now on.")
@click.option(
    "--fail-on",
    type=click.Choice([str(severity) for severity in Severity]),
    default="error",
    show_default=True,
    help="Exit with 1 where a finding is at least as severe.",
)
@click.option("--require-complete", is_flag=True, help="Exit with 3 where anything that applies was not checked.")
@click.option("--payer", metavar="NAME", help="Who pays, for the head of the page (html).")
@click.option("--show-claim-ids", is_flag=True, help="Show claim ids in the page (html), which masks them otherwise.")
@click.option("--quiet", is_flag=True, help="Write only claims with findings and no legend (table), and no progress.")
@config_option
def check(fail_on: str, **given: Any) -> None:
    """Judge every claim of FILE... (- is standard input; patterns such as 'in/*.837' may be quoted).

    Exit code: 0 where no finding is an error, 1 where one is (see --fail-on), 3 where --require-complete is not met,
    2 where an input or an argument cannot be used. The strongest of 2, 3, 1 wins.

    With --history, claims are recorded. An interrupted run goes on where it was when the same command is given again.

    Options are also taken from environment variables (CLAIMCHECK_POLICY for --policy), and from claimcheck.toml or
    [tool.claimcheck] in pyproject.toml, here or in a folder above. The command line goes first, then the variables.
    """
    given["layout"] = given["layout"] or _layout_of(given["output"])
    config = click.get_current_context().meta.get(CONFIG)
    options = Options(**given, fail_on=Severity(fail_on), config=config)
    if options.write_baseline is not None:
        for other in ("baseline", "history"):
            if getattr(options, other) is not None:
                raise click.UsageError(f"--write-baseline and --{other} are not for one run: give one of the two")
    sys.exit(run(options))


def _layout_of(output: str | None) -> str:
    """The layout that the name of the output asks for."""
    suffix = Path(output or "").suffix.lower()
    if suffix in _NOT_WRITTEN:
        nearest = _NOT_WRITTEN[suffix]
        raise click.BadParameter(
            f"{suffix} files are not written: name it {nearest}, or give --format", param_hint="-o"
        )
    return _BY_SUFFIX.get(suffix, "table")


with_variables(check)
