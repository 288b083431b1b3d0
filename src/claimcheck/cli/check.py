"""`claimcheck check`: validates every claim in some files."""

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
from claimcheck.cli.output_option import file_option, output_option
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
"""Output layouts with an unambiguous file suffix."""
_NOT_WRITTEN = {".doc": ".html", ".docx": ".html", ".json": ".jsonl", ".pdf": ".html", ".xls": ".xlsx"}
"""Suffixes of other programs' files, with the nearest one that can be written."""
_EXAMPLES = """\b
Examples:
  claimcheck check in/*.837 --policy zero
  claimcheck check in/*.837 -o results.jsonl
  claimcheck check in/*.837 -o lines.csv --findings findings.csv
  claimcheck check in/*.837 --format adjustments -o adjustments.csv
  claimcheck check in/*.837 -o report.html
  claimcheck check in/*.837 -o lines-and-findings.xlsx
"""


@click.command(short_help="Validate the claims in files.", epilog=_EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--columns",
    metavar="LAYOUT",
    help="Column layout of files with one row per service line, if it cannot be detected.",
)
@click.option("--mapping", metavar="FILE", help="A TOML file that maps columns to fields.")
@click.option(
    "--policy",
    default="default",
    show_default=True,
    metavar="POLICY",
    help="A built-in policy (see `claimcheck policies list`) or a TOML file.",
)
@choosing_options
@tables_option("Folder of official tables; the starter tables are used for what it does not hold.")
@click.option("--as-of", metavar="DATE", callback=day, help="The processing date, for claims without a received date.")
@click.option("--history", metavar="DB", help="Members' earlier claims: a file, created if needed, or a database URL.")
@click.option("--history-key", metavar="FILE", help="The key file for member identifiers in DB; by default next to it.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Number of worker processes; always 1 with a history.",
)
@click.option(
    "--format",
    "layout",
    type=click.Choice(LAYOUTS),
    help="Output format: csv has one row per line, findings one per finding, ioce the outpatient code editor's record. "
    "parquet needs the extra frames, html report, xlsx excel. By default the suffix of OUT decides (.csv, "
    ".jsonl, .parquet, .xlsx, .html), else table.",
)
@output_option()
@file_option("--findings", "Also write the findings to FILE as CSV, one row per finding.")
@click.option("--baseline", metavar="FILE", help="Known findings: counted, but not a failure.")
@file_option("--write-baseline", "Write all findings of this run to FILE, as the new baseline.")
@click.option(
    "--fail-on",
    type=click.Choice([str(severity) for severity in Severity]),
    default="error",
    show_default=True,
    help="Exit with 1 if a finding is at least this severe.",
)
@click.option("--require-complete", is_flag=True, help="Exit with 3 if anything that applies was not checked.")
@click.option("--payer", metavar="NAME", help="Payer name for the report's header (html).")
@click.option("--show-claim-ids", is_flag=True, help="Show claim ids in the report (html); masked by default.")
@click.option("--quiet", is_flag=True, help="Write only claims with findings, without legend or progress.")
@config_option
def check(fail_on: str, **given: Any) -> None:
    """Validate every claim in FILE... (- is standard input; patterns such as 'in/*.837' may be quoted).

    Exit code: 0 if no finding is an error, 1 if one is (see --fail-on), 3 if --require-complete is not met, 2 if an
    input or an argument cannot be used. Of several, 2 takes precedence, then 3, then 1.

    With --history, claims are recorded. Repeat the same command to continue an interrupted run.

    Options are also read from environment variables (CLAIMCHECK_POLICY for --policy), and from claimcheck.toml or
    [tool.claimcheck] in pyproject.toml, here or in a folder above. The command line takes precedence, then the
    variables.
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
    """The layout for the suffix of the output file."""
    suffix = Path(output or "").suffix.lower()
    if suffix in _NOT_WRITTEN:
        nearest = _NOT_WRITTEN[suffix]
        raise click.BadParameter(
            f"{suffix} files are not written: name it {nearest}, or give --format", param_hint="-o"
        )
    return _BY_SUFFIX.get(suffix, "table")


with_variables(check)
