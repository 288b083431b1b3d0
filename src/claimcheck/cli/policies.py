"""`claimcheck policies`: the policies of the library, what one says, and whether a file of one's own is sound."""

from __future__ import annotations

import sys

import attrs
import click

from claimcheck.cli.look import say
from claimcheck.cli.running import UNUSABLE
from claimcheck.policies import Policy
from claimcheck.policies.wording import in_words
from claimcheck.rules.choosing import check_names

__all__ = ["policies"]


@click.group()
def policies() -> None:
    """List, show and check payer policies."""


@policies.command("list")
def list_() -> None:
    """The policies of the library."""
    names = Policy.names()
    width = max(map(len, names))
    for name in names:
        say(f"{name:<{width}}  {Policy.load(name).title}")


@policies.command(short_help="All that a policy says.")
@click.argument("policy")
def show(policy: str) -> None:
    """All that POLICY (a name or a file) says, with the date and the reference of each value."""
    loaded = Policy.load(policy)
    say(f"{loaded.name}: {loaded.title}")
    for key, entries in loaded.describe():
        say(f"\n{key}")
        for entry in entries:
            say(f"  from {entry.start or 'the beginning'}: {entry.reference}")
            for field in attrs.fields(type(entry.value)):
                say(f"    {field.name} = {in_words(getattr(entry.value, field.name))}")


@policies.command(short_help="Whether a file can be used as a policy.")
@click.argument("file", type=click.Path(dir_okay=False))
def check(file: str) -> None:
    """Whether FILE is a policy that can be used; else all that is wrong with it, and at which keys."""
    faults = Policy.faults(file)
    for fault in faults:
        say(f"claimcheck: {fault}", err=True)
    if faults:
        sys.exit(UNUSABLE)
    loaded = Policy.load(file)
    check_names(loaded.rules)
    say(f"{file}: sound; {len(loaded.parameters)} parameters, {loaded.size} values")
