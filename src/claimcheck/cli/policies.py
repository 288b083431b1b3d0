"""`claimcheck policies`: what policies say, how two differ, whether a file is sound, and a file to begin with."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from claimcheck.cli.learning import learn
from claimcheck.cli.look import say
from claimcheck.cli.running import UNUSABLE
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
    """List, show, compare, begin and check payer policies."""


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
    """All that POLICY (a name or a file) says, as a policy file writes it: each value with its day and reference."""
    loaded = Policy.load(policy)
    say(f"name = {toml_of(loaded.name)}")
    say(f"title = {toml_of(loaded.title)}")
    for line in rules_written(loaded.rules):
        say(line)
    for _, entries in loaded.describe():
        for one in entries:
            say(f"\n{written(one.value, one.reference, one.start)}")


@policies.command(short_help="What two policies say differently.")
@click.argument("before")
@click.argument("after")
def diff(before: str, after: str) -> None:
    """What BEFORE and AFTER (names or files) say differently, by parameter and day. Exits with 1 where they differ."""
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


@policies.command(short_help="A policy file to begin with.")
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--extends", default="default", show_default=True, help="The policy that says the rest.")
@click.option("--title", default="", help="What the policy is, in one line.")
@click.option(
    "--parameter",
    "parameters",
    multiple=True,
    metavar="KEY",
    help="A parameter to write out; repeat for more.",
)
def new(file: str, extends: str, title: str, parameters: tuple[str, ...]) -> None:
    """Write FILE, a policy that decides as another one does until its values are changed."""
    text = new_policy(Policy.load(extends), title or Path(file).stem, parameters, extends=_named(extends))
    try:
        with Path(file).open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise PolicyError("the file is there already: choose another name", file=file) from None
    except OSError as error:
        raise PolicyError(f"cannot be written: {error.strerror}", file=file) from None
    say(f"{file}: written; check it with: claimcheck policies check {file}")


def _named(extends: str) -> str:
    """The extended policy as the file names it: by its name in the library, or by its path from anywhere."""
    return extends if extends in Policy.names() else str(Path(extends).resolve())


@policies.command(short_help="A JSON Schema of policy files, for editors.")
def schema() -> None:
    """A JSON Schema of policy files, by which editors complete and check them."""
    say(json.dumps(json_schema(), indent=2, ensure_ascii=False))


@policies.command(short_help="Whether files can be used as policies.")
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False), metavar="FILE...")
def check(files: tuple[str, ...]) -> None:
    """Whether each FILE is a policy that can be used; else all that is wrong with it, and at which keys."""
    found = [fault for file in files for fault in _faults(file)]
    for fault in found:
        say(f"claimcheck: {fault}", err=True)
    if found:
        sys.exit(UNUSABLE)


def _faults(file: str) -> tuple[PolicyError, ...]:
    """All that is wrong with a policy's file; where nothing is, that is said."""
    faults = Policy.faults(file)
    if not faults:
        loaded = Policy.load(file)
        check_names(loaded.rules)
        say(f"{file}: sound; {len(loaded.parameters)} parameters, {loaded.size} values")
    return faults


policies.add_command(learn)
