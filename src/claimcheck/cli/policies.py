"""`claimcheck policies`: shows, compares, creates, and checks policies."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from claimcheck.cli.learning import learn
from claimcheck.cli.policy_words import changes
from claimcheck.cli.running import UNUSABLE
from claimcheck.cli.style import say
from claimcheck.errors import PolicyError
from claimcheck.policies import Policy
from claimcheck.policies.comparing import differences
from claimcheck.policies.json_schema import schema as json_schema
from claimcheck.policies.starting import new as new_policy
from claimcheck.policies.writing import entry as written
from claimcheck.policies.writing import rules as rules_written
from claimcheck.policies.writing import toml_of
from claimcheck.rules.choosing import check_names

__all__ = ["policies"]


@click.group()
def policies() -> None:
    """List, show, compare, create, and check payer policies."""


@policies.command("list")
def list_() -> None:
    """List the built-in policies."""
    names = Policy.names()
    width = max(map(len, names))
    for name in names:
        say(f"{name:<{width}}  {Policy.load(name).title}")


@policies.command(short_help="Show a policy.")
@click.argument("policy")
def show(policy: str) -> None:
    """Show all of POLICY (a name or a file), as in a policy file: each value with its date and reference."""
    loaded = Policy.load(policy)
    say(f"name = {toml_of(loaded.name)}")
    say(f"title = {toml_of(loaded.title)}")
    for line in rules_written(loaded.rules):
        say(line)
    for _, entries in loaded.describe():
        for one in entries:
            say(f"\n{written(one.value, one.reference, one.start)}")


@policies.command(short_help="Compare two policies.")
@click.argument("before")
@click.argument("after")
def diff(before: str, after: str) -> None:
    """Show how BEFORE and AFTER (names or files) differ, by parameter and date. Exits with 1 if they do."""
    found = differences(Policy.load(before), Policy.load(after))
    for one in found:
        say(f"{one.key}, from {one.start or 'the beginning'}")
        if not one.before and not one.after:
            say("    the same")
        for sign, lines, reference in zip("-+", (one.before, one.after), one.references, strict=True):
            for line in lines:
                say(f"  {sign} {line}")
            if lines and reference:
                say(f"    ({reference})")
    if found:
        sys.exit(1)
    say("no difference")


@policies.command(short_help="Create a policy file.")
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--extends", default="default", show_default=True, help="The policy to extend.")
@click.option("--title", default="", help="A one-line title for the policy.")
@click.option(
    "--parameter",
    "parameters",
    multiple=True,
    metavar="KEY",
    help="A parameter to write out; repeat for more.",
)
def new(file: str, extends: str, title: str, parameters: tuple[str, ...]) -> None:
    """Write FILE, a policy that decides like another one until its values are changed."""
    text = new_policy(Policy.load(extends), title or Path(file).stem, parameters, extends=_named(extends))
    try:
        with Path(file).open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise PolicyError("the file already exists: choose another name", file=file) from None
    except OSError as error:
        raise PolicyError(f"cannot be written: {error.strerror}", file=file) from None
    say(f"{file}: written; check it with: claimcheck policies check {file}")


def _named(extends: str) -> str:
    """The extended policy as named in the file: by its name if built in, or by its absolute path."""
    return extends if extends in Policy.names() else str(Path(extends).resolve())


@policies.command(short_help="Print a JSON Schema of policy files, for editors.")
def schema() -> None:
    """Print a JSON Schema of policy files, with which editors complete and check them."""
    say(json.dumps(json_schema(), indent=2, ensure_ascii=False))


@policies.command(short_help="Check policy files.")
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False), metavar="FILE...")
def check(files: tuple[str, ...]) -> None:
    """Check that each FILE is a usable policy, and say in words what it changes in the policy that it extends; or show
    everything that is wrong with it, and at which keys."""
    found = [fault for file in files for fault in _faults(file)]
    for fault in found:
        say(f"claimcheck: {fault}", err=True)
    if found:
        sys.exit(UNUSABLE)


def _faults(file: str) -> tuple[PolicyError, ...]:
    """Everything that is wrong with a policy's file, or that nothing is."""
    faults = Policy.faults(file)
    if not faults:
        loaded = Policy.load(file)
        check_names(loaded.rules)
        say(f"{file}: valid; {len(loaded.parameters)} parameters, {loaded.size} values")
        for line in changes(file, loaded):
            say(line)
    return faults


policies.add_command(learn)
