"""The value that `explain` returns."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterator

import attrs

from claimcheck.visible import visible

__all__ = ["Explanation", "Section"]

_WIDTH = 100


@attrs.frozen
class Section:
    """A heading with paragraphs; `is_code` if they are lines of code, which are not wrapped."""

    heading: str
    lines: tuple[str, ...]
    is_code: bool = False


@attrs.frozen(repr=False)
class Explanation:
    """The explanation of a subject: printable, and readable in a notebook. `known` says whether it is anything at all.

    >>> print(Explanation("3044F", (Section("Readings", ("a code",)),)))
    3044F
    <BLANKLINE>
    Readings
      a code
    """

    title: str
    sections: tuple[Section, ...]
    known: bool = True

    def __str__(self) -> str:
        return self.text()

    __repr__ = __str__

    def text(self, width: int | None = _WIDTH) -> str:
        """The explanation wrapped to that many columns; None for one line per paragraph."""
        parts = ["\n".join(_paragraph(visible(self.title), width, "", "  "))]
        for section in self.sections:
            lines = [line for text in section.lines for line in _lines(text, section, width)]
            parts.append("\n".join([section.heading, *lines]))
        return "\n\n".join(parts)

    def _repr_html_(self) -> str:
        sections = "".join(
            f"<h4>{html.escape(section.heading)}</h4>"
            f"<pre style='white-space:pre-wrap'>{html.escape(chr(10).join(section.lines))}</pre>"
            for section in self.sections
        )
        return f"<div><h3>{html.escape(visible(self.title))}</h3>{sections}</div>"


def _lines(text: str, section: Section, width: int | None) -> Iterator[str]:
    if section.is_code:
        yield f"  {text}".rstrip()
    else:
        yield from _paragraph(text, width, "  ", "    ")


def _paragraph(text: str, width: int | None, indent: str, hanging: str) -> list[str]:
    if width is None:
        return [indent + text]
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=hanging, break_on_hyphens=False) or [""]
