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


def store_option(name: str, help: str) -> Callable[[Any], Any]:  # noqa: A002 - click's word
    """The store that a command is about, whether or not it exists."""
    return click.option(
        name,
        "store",
        type=click.Path(path_type=Path),
        metavar="DIR",
        default=default_path,
        help=f"{help} [default: {_DEFAULT}]",
    )


def program_option(help: str, default: str | None = None) -> Callable[[Any], Any]:  # noqa: A002 - click's word
    """`--program`: Medicare or Medicaid. The old name, `--programme`, still works, with a warning."""
    kind = click.Choice(PROGRAMS)

    def decorate(command: Callable[..., Any]) -> Any:
        @wraps(command)
        def run(*args: Any, programme: str | None, **given: Any) -> Any:
            if programme is not None:
                say("claimcheck: --programme is now called --program; the old name goes in a later version", err=True)
                given["program"] = programme
            return command(*args, **given)

        old = click.option("--programme", type=kind, hidden=True)(run)
        return click.option("--program", type=kind, default=default, show_default=default is not None, help=help)(old)

    return decorate
