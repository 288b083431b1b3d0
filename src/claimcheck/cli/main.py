"""The command `claimcheck`, and what its subcommands share."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

import click

from claimcheck.cli.check import check
from claimcheck.cli.compare import compare_command
from claimcheck.cli.demo import demo
from claimcheck.cli.explain import explain
from claimcheck.cli.policies import policies
from claimcheck.cli.replay import replay
from claimcheck.cli.rules import rules
from claimcheck.cli.style import say
from claimcheck.cli.tables import tables
from claimcheck.errors import ClaimcheckError
from claimcheck.version import __version__
from claimcheck.visible import visible

__all__ = ["command"]

_UNUSABLE = 2
_INTERRUPTED = 130
_NOBODY_READS = 141  # as shells report a command whose reader has closed the pipe
# A group without a command shows its help; before click 8.2 that was not an error.
_NO_COMMAND: Any = getattr(click.exceptions, "NoArgsIsHelpError", ())


#: Commands and options that people try from habit, and what to type instead.
_COMMANDS = {
    "help": "claimcheck --help, or claimcheck COMMAND --help",
    "lint": "claimcheck check FILE...",
    "run": "claimcheck check FILE...",
    "test": "claimcheck check FILE...",
    "validate": "claimcheck check FILE...",
    "version": "claimcheck --version",
    "list": "claimcheck tables list, claimcheck policies list, or claimcheck rules",
    "update": "claimcheck tables add FILE..., which takes CMS files as they were downloaded",
    "download": "claimcheck tables add FILE..., which takes CMS files as they were downloaded",
}
_OPTIONS = {
    "--adjustments": "--format adjustments",
    "--all": "claimcheck check 'FOLDER/*'",
    "--csv": "--format csv",
    "--date": "--as-of YYYY-MM-DD, the processing date",
    "--errors-only": "--fail-on says what makes the command fail; --severity RULE=LEVEL changes a rule's level",
    "--html": "--format html -o FILE",
    "--json": "--format jsonl",
    "--limit": "give fewer claims; every claim of the files is checked",
    "--no-color": "set the environment variable NO_COLOR=1",
    "--out": "-o FILE",
    "--parallel": "--jobs N",
    "--policies": "claimcheck policies list",
    "--processes": "--jobs N",
    "--report": "--format html -o FILE",
    "--rule": "--select RULE or --ignore RULE",
    "--rules": "--select RULE,... or --ignore RULE,...",
    "--skip": "--ignore RULE,...",
    "--strict": "--fail-on warning, or --require-complete",
    "--verbose": "--format findings shows every finding; claimcheck explain RULE shows why",
    "--workers": "--jobs N",
    "--xlsx": "--format xlsx -o FILE",
    "-f": "--format",
    "-j": "--jobs N",
    "-p": "--policy NAME",
    "-q": "--quiet",
    "-t": "--tables DIR",
    "-v": "claimcheck --version, or --format findings for every finding",
    "-V": "claimcheck --version",
}


def _message(error: click.ClickException) -> str:
    """click's message for wrong arguments, with what to type if the name is a common guess."""
    message = error.format_message()
    if isinstance(error, click.NoSuchOption) and error.option_name in _OPTIONS:
        return f"No such option '{error.option_name}': {_OPTIONS[error.option_name]}"
    name = message.removeprefix("No such command ").strip("'.") if message.startswith("No such command ") else None
    if name in _COMMANDS:
        return f"No such command '{name}': {_COMMANDS[name]}"
    if name is not None and os.path.exists(name):  # noqa: PTH110 - a name is anything
        return f"No such command '{name}': claimcheck check {name}"
    return message


class _Group(click.Group):
    """Reports our errors in one line, with the exit code for unusable input or arguments."""

    def main(self, *arguments: Any, standalone_mode: bool = True, **given: Any) -> Any:
        """click's messages for wrong arguments contain the arguments, so they are escaped first."""
        run: Callable[..., Any] = super().main
        if not standalone_mode:
            return run(*arguments, standalone_mode=False, **given)
        try:
            sys.exit(run(*arguments, standalone_mode=False, **given))
        except click.ClickException as error:
            if isinstance(error, _NO_COMMAND):
                error.show()
            else:
                click.UsageError(visible(_message(error)), getattr(error, "ctx", None)).show()
            sys.exit(error.exit_code)
        except click.Abort:
            sys.exit(_INTERRUPTED)

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except ClaimcheckError as error:
            say(f"claimcheck: {error}", err=True)
            sys.exit(_UNUSABLE)
        except KeyboardInterrupt:
            sys.exit(_INTERRUPTED)
        except BrokenPipeError:
            # The reader (head, less) has closed the pipe, which is fine.
            _drop_output()
            sys.exit(_NOBODY_READS)
        except OSError as error:
            _drop_output()
            say(f"claimcheck: {error.strerror or 'the system failed'}", err=True)
            sys.exit(_UNUSABLE)


def _drop_output() -> None:
    """Discards what Python still buffers for standard output."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="claimcheck")
def command() -> None:
    """Check, for every line of a US medical claim, whether it is well formed and payable, and why."""


for subcommand in (check, compare_command, replay, explain, demo, tables, policies, rules):
    command.add_command(subcommand)
