"""Text on a terminal or in a pipe: colors only where they are seen, lines only as long as they fit.

>>> Style(None, False).wrapped("a finding", "  ")
'  a finding'
>>> print(Style(20, False).wrapped("what was found, and why", "  ", "    "))
  what was found,
    and why
>>> Style(None, True).styled("denied", "red")
'\\x1b[31mdenied\\x1b[0m'
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import textwrap
from collections.abc import Mapping
from typing import IO, Any

import attrs
import click

from claimcheck.visible import visible

__all__ = ["Style", "say"]

_NARROWEST = 40
_STYLES: dict[str, dict[str, Any]] = {
    "bold": {"bold": True},
    "dim": {"dim": True},
    "bold red": {"fg": "red", "bold": True},
    **{colour: {"fg": colour} for colour in ("red", "yellow", "green", "cyan")},
}


_LINE_END = re.compile("(\n)")
_OWN = re.compile("(\n|\x1b\\[[0-9;]*m)")


@attrs.frozen
class Style:
    """The width in columns (None: unlimited, as in a pipe), and whether to use color."""

    width: int | None
    colour: bool

    @classmethod
    def of(cls, stream: IO[Any], environment: Mapping[str, str] = os.environ) -> Style:
        """What a stream supports."""
        if not stream.isatty():
            return cls(None, False)
        plain = "NO_COLOR" in environment or environment.get("TERM") == "dumb"
        return cls(max(shutil.get_terminal_size().columns, _NARROWEST), not plain)

    @property
    def narrow(self) -> bool:
        """Whether columns side by side would leave too little room for text."""
        return self.width is not None and self.width < 72

    def styled(self, text: str, style: str) -> str:
        """The text in a style: "bold", "dim", or a color."""
        return click.style(text, **_STYLES[style]) if self.colour and text else text

    def shown(self, text: str) -> str:
        """Lines as written: styles and line ends are ours, other unprintable characters are escaped.

        >>> Style(None, False).shown("\\x1b[31mdenied\\x1b[2J")
        '\\\\x1b[31mdenied\\\\x1b[2J'
        >>> Style(None, True).shown("\\x1b[31mdenied\\x1b[2J")
        '\\x1b[31mdenied\\\\x1b[2J'
        """
        own = _OWN if self.colour else _LINE_END
        return "".join(part if own.fullmatch(part) else visible(part) for part in own.split(text))

    def wrapped(self, text: str, indent: str, hanging: str | None = None, style: str | None = None) -> str:
        """A paragraph: the first line after `indent`, the others after `hanging`."""
        hanging = indent if hanging is None else hanging
        lines = [indent + text]
        if self.width is not None:
            lines = textwrap.wrap(
                text,
                self.width,
                initial_indent=indent,
                subsequent_indent=hanging,
                break_on_hyphens=False,
            ) or [indent]
        return "\n".join(self.styled(line, style) if style else line for line in lines)


def say(text: str, *, err: bool = False) -> None:
    """Writes lines to standard output or standard error, escaping anything that could control a terminal."""
    click.echo(Style.of(sys.stderr if err else sys.stdout).shown(text), err=err)
