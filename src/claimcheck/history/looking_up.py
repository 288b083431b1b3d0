"""Finds the lines of a member in a stored history: by day, by day and provider, or by code.

No lookup reads more than it asks for, however many lines the member has: lines of one length are a range of days; those
of one provider are adjacent on each day; and those of one code are in day order.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from heapq import merge
from typing import Any, NamedTuple

import attrs

from claimcheck.claims import Disposition
from claimcheck.claims.verdict import strongest
from claimcheck.history.accounts import REPLACES, Rank, name_of
from claimcheck.history.database import Cursor, Database
from claimcheck.history.neighbours import Neighbours
from claimcheck.history.parts import line_of
from claimcheck.history.recorded import RecordedLine, by_date
from claimcheck.history.shared_parts import SharedParts
from claimcheck.history.superseded import LineKey

__all__ = ["FREQUENCY", "LENGTHS", "LookingUp"]

Days = tuple[int, int]

#: The lengths of lines by number of bits, with the minimum and maximum days after the first.
LENGTHS = "lengths(length, least, most) AS (VALUES {})".format(
    ", ".join(f"({length}, {(1 << length) >> 1}, {(1 << length) - 1})" for length in range(23))
)
#: The frequency code of a line's claim, as `accounts.recorded_frequency` says it.
FREQUENCY = f"CASE WHEN c.level = {Rank.REPLACEMENT.value} THEN '{REPLACES}' ELSE c.frequency END"
_MEMBER = "SELECT member, denials, longest FROM claimcheck_members WHERE hidden = :hidden"
_FIELDS = f"""
    c.name, c.visit, l.position, l.day, l.span, c.received, c.delivery, l.line_number, l.billed, {FREQUENCY},
    c.is_record, l.what, l.who, l.claim
"""
_BETWEEN = f"""
    WITH {LENGTHS}
    SELECT {_FIELDS} FROM lengths s CROSS JOIN claimcheck_service_lines l CROSS JOIN claimcheck_bills c
    WHERE s.length BETWEEN :shortest AND :longest AND l.member = :member AND l.length = s.length
        AND l.day BETWEEN :first - s.most AND :through AND l.day + l.span >= :first AND c.claim = l.claim
"""  # noqa: S608
_OF_ONE_DAY = f"""
    SELECT {_FIELDS} FROM claimcheck_service_lines l CROSS JOIN claimcheck_bills c
    WHERE l.member = :member AND l.length = 0 AND l.day = :day AND l.who = :who AND c.claim = l.claim
"""  # noqa: S608
_OF_CODE = f"""
    SELECT {_FIELDS} FROM claimcheck_service_lines l CROSS JOIN claimcheck_bills c
    WHERE l.member = :member AND l.what = :what AND l.day BETWEEN :first AND :through AND c.claim = l.claim
    ORDER BY l.day LIMIT :most
"""  # noqa: S608
_OF_NAME = "SELECT claim FROM claimcheck_bills WHERE member = :member AND name = :name"
_DENIALS = "SELECT claim, position, disposition, holds FROM claimcheck_denials"

_DAY = 3  #: its place in `_FIELDS`
_FEW_DAYS = 3
_FEW_PARTS = 16
_MANY_PARTS = 64
_PAGE = 16
_ALL = 2**31 - 1


class Looked(NamedTuple):
    """Whose lines to look up: the member's number, whether any line was denied later, and the maximum length."""

    member: int
    denials: int
    longest: int

    @classmethod
    def up(cls, cursor: Cursor, hidden: bytes) -> Looked | None:
        """The member with a keyed hash."""
        rows = cursor.run(_MEMBER, hidden=hidden)
        return cls(*rows[0]) if rows else None


@attrs.frozen(eq=False)
class LookingUp:
    """Looks lines up in a database. Days are proleptic ordinals, first and last included."""

    database: Database
    parts: SharedParts

    def between(self, hidden: bytes, days: Days, neighbours: Neighbours | None) -> list[RecordedLine]:
        """The lines on any of the days, of the `neighbours` if given, unordered."""
        first, through = days
        with self.database.reading() as cursor:
            whose = Looked.up(cursor, hidden)
            if whose is None:
                return []
            near = neighbours is not None and through - first < _FEW_DAYS
            billers = self.parts.billers(cursor, neighbours) if neighbours is not None and near else ()
            if billers and len(billers) <= _FEW_PARTS:
                found = [
                    row
                    for day in range(first, through + 1)
                    for who in billers
                    for row in cursor.run(_OF_ONE_DAY, member=whose.member, day=day, who=who)
                ]
                if whose.longest:
                    found += _between(cursor, whose, days, shortest=1)
            else:
                found = _between(cursor, whose, days, shortest=0)
            lines = _read(cursor, self.parts, whose, found)
        return lines if neighbours is None else [line for line in lines if neighbours.has(line)]

    def knows(self, hidden: bytes, name: str) -> bool:
        """Whether a claim of the member was recorded under a name, in force or not."""
        with self.database.reading() as cursor:
            whose = Looked.up(cursor, hidden)
            return whose is not None and bool(cursor.run(_OF_NAME, member=whose.member, name=name))

    def of_codes(self, hidden: bytes, codes: Container[str], days: Days) -> Iterator[RecordedLine] | None:
        """The lines with some codes that begin on any of the days, in order, read lazily.

        None if the codes were billed in so many ways that looking up each would take longer than reading everything.
        """
        with self.database.reading() as cursor:
            whose = Looked.up(cursor, hidden)
            billed = self.parts.billing(cursor, codes)
        if whose is None:
            return iter(())
        if len(billed) > _MANY_PARTS:
            return None
        return merge(*[self._of_part(whose, what, days) for what in sorted(billed)], key=by_date)

    def _of_part(self, whose: Looked, what: int, days: Days) -> Iterator[RecordedLine]:
        """The lines billed in one way, page by page. A day is read as a whole, because its lines must be sorted."""
        first, through = days
        part = {"member": whose.member, "what": what}
        while first <= through:
            with self.database.reading() as cursor:
                rows = cursor.run(_OF_CODE, **part, first=first, through=through, most=_PAGE)
                last = rows[-1][_DAY] if len(rows) == _PAGE else through
                if len(rows) == _PAGE and rows[0][_DAY] == last:
                    rows = cursor.run(_OF_CODE, **part, first=last, through=last, most=_ALL)
                elif len(rows) == _PAGE:
                    rows, last = [row for row in rows if row[_DAY] < last], last - 1
                lines = _read(cursor, self.parts, whose, rows)
            yield from sorted(lines, key=by_date)
            first = last + 1


def _between(cursor: Cursor, whose: Looked, days: Days, shortest: int) -> list[Sequence[Any]]:
    first, through = days
    lengths = {"shortest": shortest, "longest": whose.longest}
    return [*cursor.run(_BETWEEN, member=whose.member, first=first, through=through, **lengths)]


def _read(cursor: Cursor, parts: SharedParts, whose: Looked, rows: Iterable[Sequence[Any]]) -> list[RecordedLine]:
    found: dict[LineKey, RecordedLine] = {}
    for name, visit, position, *row, what, who, claim in rows:
        of_bill = name_of(name, visit)
        found[claim, position] = line_of(of_bill, (position, *row), parts.part(cursor, what), parts.part(cursor, who))
    if whose.denials and found:
        keys = sorted({(whose.member, claim) for claim, _ in found})
        for claim, position, disposition, holds in cursor.among(_DENIALS, ("member", "claim"), keys):
            line = found.get((claim, position))
            if line is not None and holds:
                stronger = strongest([line.disposition, Disposition(disposition)])
                found[claim, position] = attrs.evolve(line, disposition=stronger)
    return [*found.values()]
