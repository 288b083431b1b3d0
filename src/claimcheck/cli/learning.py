"""`claimcheck policies learn`: infers a payer's policy from its remittances."""

from __future__ import annotations

import sys

import click

from claimcheck.cli.compare import check_outputs, remittance_mapping, remitted, was_read
from claimcheck.cli.coverage import warn_of
from claimcheck.cli.faults import Faults
from claimcheck.cli.inputs import Inputs, expand
from claimcheck.cli.output_option import output_option
from claimcheck.cli.running import UNUSABLE
from claimcheck.cli.store import tables_option
from claimcheck.cli.style import Style, say
from claimcheck.cli.uses import written_to
from claimcheck.engine import Validator
from claimcheck.errors import InputError
from claimcheck.io.out.target import opened
from claimcheck.policies import Policy
from claimcheck.tables import Tables

__all__ = ["learn"]


@click.command(short_help="Propose a policy from claims and remittances.")
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
@click.option("--policy", default="default", show_default=True, metavar="POLICY", help="The policy to extend.")
@tables_option("The table store; by default the starter tables.")
@click.option(
    "--least",
    type=click.IntRange(2),
    default=12,
    show_default=True,
    help="Minimum number of lines that must support a value.",
)
@output_option("Policy file to write")
def learn(  # noqa: PLR0917 - click gives them by name
    files: tuple[str, ...],
    remittances: tuple[str, ...],
    remittance_mapping: str | None,
    columns: str | None,
    mapping: str | None,
    policy: str,
    tables: str | None,
    least: int,
    output: str | None,
) -> None:
    """Propose a policy that extends --policy, from CLAIMS... and the payer's answers in --remittances.

    Each value states how many remitted lines support and contradict it. Nothing is applied: read the file, and check it
    with `claimcheck policies diff`. Needs the extra `learn`.

    Exit code: 0; 2 if a file or an argument cannot be used.
    """
    from claimcheck.remittance.learning import learn as learn_policy

    base = Policy.load(policy)
    store = Tables.starter() if tables is None else Tables.open(tables)
    inputs, answers = Inputs(expand(files), columns, mapping), expand(remittances)
    check_outputs(written_to(output), (*inputs.files, *answers), (mapping, remittance_mapping), base, store)
    bad: list[InputError] = []
    faults = Faults()
    found = remitted(answers, bad, faults, remittance_mapping)
    claims = list(inputs.claims())
    warn_of(claims, Validator(base, store))
    learned = learn_policy(claims, found, base, tables=store, least=least)
    if learned.lines or was_read(inputs, claims, answers, bad):  # else an older file stays as it is
        style = Style.of(sys.stdout) if output is None else Style(None, False)
        with opened(sys.stdout.buffer if output is None else output) as sink:
            for line in learned.to_toml().splitlines():
                sink.write(f"{style.shown(line)}\n")
    say(
        f"{learned.lines:,} lines answered; {learned.agreed_before:.1%} as {base.name} expects, "
        f"{learned.agreed_after:.1%} with {len(learned.proposals)} values proposed",
        err=True,
    )
    for error in (*faults.lines(), *inputs.bad, *bad):
        say(f"claimcheck: {error}", err=True)
    sys.exit(UNUSABLE if inputs.bad or bad else 0)
