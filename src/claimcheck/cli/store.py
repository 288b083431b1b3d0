"""The table store that a command uses."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from claimcheck.cli.style import say
from claimcheck.tables.readers import PROGRAMS
from claimcheck.tables.store import default_path

__all__ = ["program_option", "store_option", "tables_option"]

_VARIABLE = "CLAIMCHECK_TABLES"
_DEFAULT = f"${_VARIABLE}, else claimcheck/tables in the user's data directory"


def tables_option(help: str) -> Callable[[Any], Any]:  # noqa: A002 - click's word
    """`--tables DIR`: that store, else the default store if there is one, else None for the starter tables."""
    return click.option("--tables", metavar="DIR", callback=_chosen, help=f"{help} [default: {_DEFAULT}]")


def _chosen(context: click.Context, parameter: click.Parameter, given: str | None) -> str | None:
    default = default_path()
    in_a_file = context.get_parameter_source(parameter.name or "") is ParameterSource.DEFAULT_MAP
    if given and not (in_a_file and _VARIABLE in os.environ):  # the variable takes precedence over an options file
        return given
    return str(default) if (default / "manifest.json").is_file() else None


def store_option(help: str, *, old: str | None = None) -> Callable[[Any], Any]:  # noqa: A002 - click's word
    """`--in DIR`: the store that a command is about, whether or not it exists. An old name works, with a warning."""
    kind = click.Path(path_type=Path)

    def decorate(command: Callable[..., Any]) -> Any:
        renamed = command if old is None else _renamed(command, old, "--in", "store", kind)
        text = f"{help} [default: {_DEFAULT}]"
        return click.option("--in", "store", type=kind, metavar="DIR", default=default_path, help=text)(renamed)

    return decorate


def program_option(help: str, default: str | None = None) -> Callable[[Any], Any]:  # noqa: A002 - click's word
    """`--program`: Medicare or Medicaid. The old name, `--programme`, still works, with a warning."""
    kind = click.Choice(PROGRAMS)

    def decorate(command: Callable[..., Any]) -> Any:
        renamed = _renamed(command, "--programme", "--program", "program", kind)
        return click.option("--program", type=kind, default=default, show_default=default is not None, help=help)(
            renamed
        )

    return decorate


def _renamed(command: Callable[..., Any], old: str, new: str, name: str, kind: Any) -> Any:
    """The command with an old name for its option, which is not shown, and gives a warning."""

    @click.option(old, f"old_{name}", type=kind, hidden=True)
    @wraps(command)
    def run(*args: Any, **given: Any) -> Any:
        value = given.pop(f"old_{name}")
        if value is not None:
            say(f"claimcheck: {old} is now called {new}; the old name goes in a later version", err=True)
            given[name] = value
        return command(*args, **given)

    return run
