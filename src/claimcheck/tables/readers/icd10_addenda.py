"""The addenda next to an ICD-10 order file: what changed, since which order file, and the expected row count.

A line has a verb of up to 13 characters ("Add:", "Delete:", "Revise from:", "Revise to:"), then, for ICD-10-CM, the
flag, a blank, and the code padded to seven characters; for ICD-10-PCS, whose codes have seven characters and whose
headers have fewer, the code alone. A code that turns from leaf to header is deleted and added. A summary follows the
changes: for headers and for codes, the names and sizes of the older and newer order file, and the counts of changes.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import regex

from claimcheck.errors import TableError
from claimcheck.tables.readers.sheets import lines
from claimcheck.tables.readers.source import Source

__all__ = ["Addenda", "find_addenda"]

_NAME = regex.compile(r"order[_-]?addenda", regex.IGNORECASE)
_CHANGE = regex.compile(r"(Add|Delete|Revise from|Revise to): *(?:([01]) )?([0-9A-Z]{3,7})(?:\s|$)", regex.ASCII)
_YEAR = regex.compile(r"20[0-9]{2}")
_SIZE = regex.compile(r"\s*([0-9]+) (headers|codes) in (\S+)", regex.ASCII)


@attrs.frozen
class Addenda:
    """The addenda of one order file."""

    source: Source
    changes: tuple[tuple[str, bool, str], ...]  #: verb, whether billable, code; in file order
    sizes: tuple[tuple[str, int, str], ...]  #: "headers" or "codes", how many, in which order file: older, newer

    @property
    def newer(self) -> str:
        """The order file that the changes lead to."""
        return self.sizes[-1][2] if self.sizes else ""

    @property
    def within_year(self) -> bool:
        """Whether the changes are an update within the fiscal year: both order files are for one year."""
        years = {tuple(_YEAR.findall(name)) for *_, name in self.sizes}
        return len(years) == 1 and () not in years

    def check(self, source: Source, *, headers: int, billable: int) -> None:
        """Raises `TableError` if the summary gives another number of rows for the newer order file."""
        for kind, given in (("headers", headers), ("codes", billable)):
            said = next((size for name, size, _ in reversed(self.sizes) if name == kind), given)
            if said != given:
                reason = f"holds {given:,} {kind} where its addenda say {said:,}: the file is damaged, fetch it again"
                raise source.error(reason)

    def undo(self, source: Source, table: dict[str, bool]) -> Iterator[tuple[str, bool]]:
        """The codes, in order, of the older order file, from the newer's. Raises `TableError` if they disagree."""
        for verb, billable, code in reversed(self.changes):
            if verb in ("Add", "Revise to"):
                if table.pop(code, None) is not billable:
                    raise source.error(f"its addenda add {code}, which it does not hold so: the zip is damaged")
            else:
                table[code] = billable
        for kind, given in (("headers", len(table) - sum(table.values())), ("codes", sum(table.values()))):
            said = next(size for name, size, _ in self.sizes if name == kind)
            if said != given:
                raise source.error(f"undoing its addenda gives {given:,} {kind} where they say {said:,}")
        yield from sorted(table.items())


def find_addenda(source: Source) -> Addenda | None:
    """The addenda of the order file, from the same zip, or None."""
    name = next((name for name in sorted(source.siblings) if _NAME.search(name)), None)
    return None if name is None else _read(source.siblings[name])


def _read(source: Source) -> Addenda:
    text = list(lines(source))
    changes = [(match[1], _billable(match[2], match[3]), match[3]) for line in text if (match := _CHANGE.match(line))]
    verbs = sum(line.startswith(("Add", "Delete", "Revise")) for line in text)
    sizes = [(match[2], int(match[1]), match[3]) for line in text if (match := _SIZE.match(line))]
    if len(changes) != verbs or [kind for kind, *_ in sizes] not in (
        ["headers"] * 2 + ["codes"] * 2,
        ["codes"] * 2,
        [],
    ):
        raise TableError("not the addenda of an order file as published", file=source.file)
    return Addenda(source, tuple(changes), tuple(sizes))


def _billable(flag: str | None, code: str) -> bool:
    return len(code) == 7 if flag is None else flag == "1"
