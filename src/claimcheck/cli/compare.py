"""`claimcheck compare`: compares expected results with the payer's remittances."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

import click

from claimcheck.claims import Claim, ClaimResult
from claimcheck.cli.choosing import choosing_options, policy_of
from claimcheck.cli.comparing import table
from claimcheck.cli.config import config_option, with_variables
from claimcheck.cli.coverage import warn_of
from claimcheck.cli.faults import Faults
from claimcheck.cli.inputs import STDIN, Inputs, expand
from claimcheck.cli.output_option import file_option, output_option
from claimcheck.cli.running import UNUSABLE
from claimcheck.cli.store import tables_option
from claimcheck.cli.style import Style, say
from claimcheck.cli.uses import written_to
from claimcheck.engine.validator import Validator
from claimcheck.errors import InputError
from claimcheck.io.out import cells, in_use
from claimcheck.io.out.in_use import Used
from claimcheck.io.out.parquet import parquet_writer
from claimcheck.io.out.target import opened
from claimcheck.policies import Policy
from claimcheck.remittance import Comparison, Remittance, RemittedClaim, compare, read_remittances
from claimcheck.remittance.grouping import BY
from claimcheck.remittance.records import ComparedRecord, WorkItem, records, work_queue
from claimcheck.tables import Tables

__all__ = ["check_outputs", "compare_command", "remittance_mapping", "remitted", "was_read"]

_EXAMPLES = """\b
Examples:
  claimcheck compare sent/*.837 --remittances 'era/*.835' --policy zero
  claimcheck compare sent/*.837 --remittances 'era/*.835' --by payer --by month
  claimcheck compare sent/*.837 --remittances 'era/*.835' --format csv -o lines.csv
  claimcheck compare sent/*.837 --remittances 'era/*.835' --format html -o payer.html
  claimcheck compare sent/*.837 --remittances 'era/*.835' --work-queue queue.csv
"""


remittance_mapping = click.option(
    "--remittance-mapping",
    metavar="FILE",
    help="Which column of a table of denials (CSV, Parquet, Excel) in --remittances is which field, as TOML.",
)


@click.command("compare", short_help="Compare claims with the payer's remittances.", epilog=_EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="CLAIMS...")
@click.option(
    "--remittances",
    multiple=True,
    required=True,
    metavar="FILES",
    help="835 files, FHIR explanations of benefits, tables of denials, or a pattern; may be repeated.",
)
@remittance_mapping
@click.option("--columns", metavar="LAYOUT", help="The column layout of tables of lines, if it cannot be detected.")
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
@click.option(
    "--format",
    "layout",
    type=click.Choice(("table", "csv", "parquet", "html")),
    default="table",
    show_default=True,
    help="Output format: table has the totals, csv and parquet one row per line, html a page.",
)
@click.option(
    "--by",
    multiple=True,
    type=click.Choice(tuple(BY)),
    help="Totals of the table by payer, provider, code or month too; may be repeated.",
)
@output_option()
@file_option("--work-queue", "Write denied and overpaid lines as CSV, most dollars first.")
@config_option
def compare_command(
    files: tuple[str, ...],
    remittances: tuple[str, ...],
    layout: str,
    output: str | None,
    work_queue: str | None,
    **given: Any,
) -> None:
    """Compare the expected results of CLAIMS... with the payer's answers in --remittances.

    Claims are validated together as one batch, and matched with remittances by claim number; what cannot be matched is
    counted by reason.

    Exit code: 0; 2 if a file or an argument cannot be used.
    """
    policy = policy_of(given["policy"], given["select"], given["ignore"], given["severity"])
    store = Tables.starter() if given["tables"] is None else Tables.open(given["tables"])
    inputs = Inputs(expand(files), given["columns"], given["mapping"])
    answers = expand(remittances)
    mappings = (given["mapping"], given["remittance_mapping"])
    check_outputs(written_to(output, work_queue), (*inputs.files, *answers), mappings, policy, store)
    if layout == "parquet" and output is None:
        raise click.UsageError("--format parquet writes to a file: give -o OUT")
    if given["by"] and layout != "table":
        raise click.UsageError(f"--by is for the table: --format {layout} holds payer, provider, code and month anyway")
    bad: list[InputError] = []
    faults = Faults()
    claims = list(inputs.claims())
    validator = Validator(policy=policy, tables=store)
    warn_of(claims, validator)
    results = validator.validate_many(claims)  # as one batch: what one uses up is used up
    comparison = compare(results, remitted(answers, bad, faults, given["remittance_mapping"]), claims)
    if comparison.lines or was_read(inputs, claims, answers, bad):  # else older files stay as they are
        _write(comparison, layout, sys.stdout.buffer if output is None else output, given["by"])
        if work_queue is not None:
            _write_queue(comparison, work_queue)
    for error in (*faults.lines(), *inputs.bad, *bad):
        say(f"claimcheck: {error}", err=True)
    sys.exit(UNUSABLE if inputs.bad or bad else 0)


with_variables(compare_command)


def check_outputs(
    outputs: list[in_use.Written],
    inputs: tuple[str, ...],
    mappings: tuple[str | None, ...],
    policy: Policy,
    store: Tables,
) -> None:
    """Refuses an output that the run reads, before anything is touched. InputError."""
    used = [Used(file, "an input of this run") for file in inputs if file != STDIN]
    used += [Used(mapping, "the mapping of this run") for mapping in mappings if mapping is not None]
    in_use.check(outputs, [*used, *in_use.policy_files(policy.paths), *in_use.store_files(store.path)])


def remitted(
    files: tuple[str, ...], bad: list[InputError], faults: Faults, mapping: str | None = None
) -> Iterator[RemittedClaim | Remittance]:
    """The remittances in all files; a file that cannot be read to its end is added to `bad`, to be reported, and
    what is wrong in one to `faults`."""
    for file in files:
        try:
            for item in read_remittances(sys.stdin.buffer if file == STDIN else file, mapping=mapping):
                for finding in item.findings:
                    faults.add(file, finding)
                yield item
        except InputError as error:
            bad.append(error)


def was_read(inputs: Inputs, claims: Sequence[Claim], answers: Sequence[str], bad: Sequence[InputError]) -> bool:
    """Whether some of the claims and of the remittances could be read; `bad` are the errors of remittances."""
    return (bool(claims) or not inputs.bad) and len(bad) < len(answers)


def _write(comparison: Comparison, layout: str, target: Any, by: Sequence[str]) -> None:
    if layout == "parquet":
        with parquet_writer(target, _no_records, ComparedRecord) as writer:
            writer.put(records(comparison.lines))
        return
    style = Style.of(sys.stdout) if target is sys.stdout.buffer else Style(None, False)
    with opened(target) as sink:
        if layout == "html":
            from claimcheck.report.comparison import page

            sink.write(page(comparison))
        elif layout == "csv":
            sink.write(cells.row(ComparedRecord._fields))
            for record in records(comparison.lines):
                sink.write(cells.row(record))
        else:
            for line in table(comparison, style, by):
                sink.write(f"{style.shown(line)}\n")


def _no_records(_claim: object, _result: ClaimResult) -> Iterator[Any]:
    return iter(())


def _write_queue(comparison: Comparison, file: str) -> None:
    with opened(file) as sink:
        sink.write(cells.row(WorkItem._fields))
        for item in work_queue(comparison.lines):
            sink.write(cells.row(item))
