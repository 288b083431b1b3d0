"""The value that `explain` gives."""

from __future__ import annotations

import html

import attrs

__all__ = ["Explanation", "Section"]


@attrs.frozen
class Section:
    """A heading, and lines of text under it."""

    heading: str
    lines: tuple[str, ...]


@attrs.frozen(repr=False)
class Explanation:
    """What is known of a subject: printable, and readable in a notebook.

    >>> print(Explanation("3044F", (Section("Readings", ("a code",)),)))
    3044F
    <BLANKLINE>
    Readings
      a code
    """

    title: str
    sections: tuple[Section, ...]

    def __str__(self) -> str:
        sections = (
            "\n".join([section.heading, *(f"  {line}" if line else "" for line in section.lines)])
            for section in self.sections
        )
        return "\n\n".join([self.title, *sections])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        sections = "".join(
            f"<h4>{html.escape(section.heading)}</h4>"
            f"<pre style='white-space:pre-wrap'>{html.escape(chr(10).join(section.lines))}</pre>"
            for section in self.sections
        )
        return f"<div><h3>{html.escape(self.title)}</h3>{sections}</div>"
