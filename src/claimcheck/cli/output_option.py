"""`-o OUT`, and the options for files that are written beside it.

As for files that are read, - is a standard stream: nobody means a file of that name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from claimcheck.cli.inputs import STDIN

__all__ = ["file_option", "output_option"]


def output_option(what: str = "Output file") -> Callable[[Any], Any]:
    """`-o OUT`: a file; None for standard output, which is the default."""
    text = f"{what}; - is standard output, the default."
    return click.option("-o", "--output", metavar="OUT", callback=_output, help=text)


def file_option(name: str, help: str) -> Callable[[Any], Any]:  # noqa: A002 - click's word
    """A file that is written beside the output."""
    return click.option(name, metavar="FILE", callback=_file, help=help)


def _output(_context: click.Context, _parameter: click.Parameter, given: str | None) -> str | None:
    return None if given == STDIN else given


def _file(_context: click.Context, _parameter: click.Parameter, given: str | None) -> str | None:
    if given == STDIN:
        raise click.BadParameter("- is standard output, which -o may name: give a file here")
    return given
