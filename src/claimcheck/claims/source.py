"""Where a claim or line was read in an input."""

from __future__ import annotations

import attrs

from claimcheck.visible import visible

__all__ = ["Source"]


@attrs.frozen
class Source:
    """A place in an input: the file as the caller named it, and the 1-based number of the segment, row or record.

    `unit` says which of them is counted, as far as the reader knows.
    """

    file: str | None = None
    place: int | None = None
    unit: str | None = attrs.field(default=None, eq=False, repr=False)

    def __str__(self) -> str:
        place = None if self.place is None else f"#{self.place}"
        return ", ".join(visible(part) for part in (self.file, place) if part)
