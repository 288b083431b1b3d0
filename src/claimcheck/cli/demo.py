"""`claimcheck demo`: the main task on an embedded example file."""

from __future__ import annotations

from importlib import resources

import click

from claimcheck.cli.options import Options
from claimcheck.cli.running import run
from claimcheck.cli.style import say

__all__ = ["demo"]

_LEAD = """\
Five made-up claims (four professional, one outpatient), checked for a payer that pays CPT Category II codes at $0.01.
The same as:
"""


@click.command(short_help="Validate an embedded example.")
def demo() -> None:
    """Validate an embedded example file of synthetic claims, and show what happens to every line, and why."""
    with resources.as_file(resources.files("claimcheck.demo") / "example.837") as path:
        say(_LEAD)
        say(f"$ claimcheck check {path.name} --policy penny_from_2021_06_01 --as-of 2024-10-01\n")
        run(Options((str(path),), policy="penny_from_2021_06_01", as_of="2024-10-01"))
