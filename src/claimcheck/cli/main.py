"""The command `claimcheck` and what its subcommands share."""

from __future__ import annotations

import sys
from typing import Any

import click

from claimcheck.cli.check import check
from claimcheck.cli.demo import demo
from claimcheck.cli.explain import explain
from claimcheck.cli.policies import policies
from claimcheck.cli.tables import tables
from claimcheck.errors import ClaimcheckError
from claimcheck.version import __version__

__all__ = ["command"]


class _Group(click.Group):
    """Says an error of ours in one line, with the exit code for unusable input or arguments."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except ClaimcheckError as error:
            click.echo(f"claimcheck: {error}", err=True)
            sys.exit(2)
        except BrokenPipeError:
            # The reader of our output (head, less) has gone: that is its right, and no error of ours.
            sys.stderr.close()
            sys.exit(0)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="claimcheck")
def command() -> None:
    """Says, for every line of a US medical claim, whether it is well formed and payable, and why."""


for subcommand in (check, explain, demo, tables, policies):
    command.add_command(subcommand)
