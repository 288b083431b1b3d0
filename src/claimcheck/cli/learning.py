"""`claimcheck policies learn`: what a payer's policy must be, judging by its remittances."""

from __future__ import annotations

import sys

import click

from claimcheck.cli.compare import check_outputs, remitted
from claimcheck.cli.inputs import Inputs, expand
from claimcheck.cli.look import Look, say
from claimcheck.cli.running import UNUSABLE
from claimcheck.cli.store import tables_option
from claimcheck.cli.uses import written_to
from claimcheck.errors import InputError
from claimcheck.io.out.target import opened
from claimcheck.policies import Policy
from claimcheck.tables import Tables

__all__ = ["learn"]


@click.command(short_help="Propose a policy from claims and remittances.")
@click.argument("files", nargs=-1, required=True, metavar="CLAIMS...")
@click.option(
    "--remittances", multiple=True, required=True, metavar="FILES", help="835 files, or a pattern; may be repeated."
)
@click.option("--policy", default="default", show_default=True, metavar="POLICY", help="The policy to extend.")
@tables_option("The table store; the starter tables where there is none.")
@click.option(
    "--least", type=click.IntRange(2), default=12, show_default=True, help="Lines that must differ by a value."
)
@click.option("-o", "--output", metavar="OUT", help="Where to write the policy; standard output where it is not given.")
def learn(  # noqa: PLR0917 - click gives them by name
    files: tuple[str, ...],
    remittances: tuple[str, ...],
    policy: str,
    tables: str | None,
    least: int,
    output: str | None,
) -> None:
    """Propose a policy that extends --policy, from CLAIMS... and what the payer answered in --remittances.

    Each value names the remitted lines that speak for it and against it. Nothing is applied: read the file, and check
    it with `claimcheck policies diff`. Needs the extra `learn`.

    Exit code: 0; 2 where a file or an argument cannot be used.
    """
    from claimcheck.remittance.learning import learn as learn_policy

    base = Policy.load(policy)
    store = Tables.starter() if tables is None else Tables.open(tables)
    inputs, answers = Inputs(expand(files)), expand(remittances)
    check_outputs(written_to(output), (*inputs.files, *answers), None, base, store)
    bad: list[InputError] = []
    learned = learn_policy(list(inputs.claims()), remitted(answers, bad), base, tables=store, least=least)
    look = Look.of(sys.stdout) if output is None else Look(None, False)
    with opened(sys.stdout.buffer if output is None else output) as sink:
        for line in learned.to_toml().splitlines():
            sink.write(f"{look.shown(line)}\n")
    say(
        f"{learned.lines:,} lines answered; {learned.agreed_before:.1%} as {base.name} expects, "
        f"{learned.agreed_after:.1%} with {len(learned.proposals)} values proposed",
        err=True,
    )
    for error in (*inputs.bad, *bad):
        say(f"claimcheck: {error}", err=True)
    sys.exit(UNUSABLE if inputs.bad or bad else 0)
