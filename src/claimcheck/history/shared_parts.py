"""The parts that lines share, stored once each in the database and cached in this process."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from hashlib import blake2b
from typing import Any

from claimcheck.history.database import Cursor, insert, take_numbers
from claimcheck.history.neighbours import Group, Neighbours, group_of
from claimcheck.history.parts import Billed, Part, Who, from_text, to_text
from claimcheck.policies.parameters.ncci import SameProvider

__all__ = ["SharedParts"]

_MOST_KEPT = 500_000
_SINCE = "SELECT part, said FROM claimcheck_parts WHERE part > :last ORDER BY part"
_INSERT = insert("claimcheck_parts", ("part", "mark", "said"))


class SharedParts:
    """Parts by number, and numbers by part. Whatever is in doubt after a failure is dropped, and read again."""

    def __init__(self) -> None:
        self._parts: dict[int, Part] = {}
        self._numbers: dict[Part, int] = {}
        self._last = 0
        self._billing: dict[str, set[int]] = {}
        self._billers: dict[Who, int] = {}
        self._of: dict[SameProvider, dict[Group | None, set[int]]] = {}

    def billing(self, cursor: Cursor, codes: Container[str]) -> set[int]:
        """The numbers of the parts that bill any of the codes."""
        self._read_on(cursor)
        known = self._billing
        several = (
            [known.get(code, ()) for code in codes]
            if isinstance(codes, frozenset)
            else [numbers for code, numbers in known.items() if code in codes]
        )
        return {number for numbers in several for number in numbers}

    def billers(self, cursor: Cursor, neighbours: Neighbours) -> set[int]:
        """The numbers of the parts that say who billed, for the groups of some neighbours."""
        self._read_on(cursor)
        by_group = self._of.get(neighbours.same)
        if by_group is None:
            by_group = {}
            for who, number in [*self._billers.items()]:
                by_group.setdefault(group_of(who, neighbours.same), set()).add(number)
            self._of[neighbours.same] = by_group
        return {number for group in neighbours.groups for number in by_group.get(group, ())}

    def _read_on(self, cursor: Cursor) -> None:
        """Reads parts added since the last read: numbers grow, and parts never change."""
        for number, said in cursor.run(_SINCE, last=self._last):
            part = from_text(said)
            if isinstance(part, Billed):
                self._billing.setdefault(part.code, set()).add(number)
            elif isinstance(part, Who):
                self._billers[part] = number
                for same, by_group in self._of.items():
                    by_group.setdefault(group_of(part, same), set()).add(number)
            self._last = max(self._last, number)

    def numbers(self, cursor: Cursor, wanted: Iterable[Part]) -> Mapping[Part, int]:
        """The numbers of parts, to be requested by a writer in its turn: new ones get numbers, in order."""
        if len(self._numbers) > _MOST_KEPT:
            self.forget()
        missing = dict.fromkeys(part for part in wanted if part not in self._numbers)
        if missing:
            self._number(
                cursor, {_mark(text): (part, text) for part, text in zip(missing, map(to_text, missing), strict=True)}
            )
        return self._numbers

    def _number(self, cursor: Cursor, missing: dict[bytes, tuple[Part, str]]) -> None:
        select = "SELECT mark, part FROM claimcheck_parts"
        for mark, number in cursor.among(select, ("mark",), [(mark,) for mark in missing]):
            part, _ = missing.pop(bytes(mark))
            self._numbers[part] = number
        if missing:
            first = take_numbers(cursor, "part", len(missing))
            rows = []
            for number, (mark, (part, text)) in enumerate(missing.items(), first):
                rows.append({"part": number, "mark": mark, "said": text})
                self._numbers[part] = number
            cursor.run_many(_INSERT, rows)

    def part(self, cursor: Cursor, number: int) -> Any:
        """The part with a number."""
        if number not in self._parts:
            if len(self._parts) > _MOST_KEPT:
                self._parts.clear()
            ((said,),) = cursor.run("SELECT said FROM claimcheck_parts WHERE part = :number", number=number)
            self._parts[number] = from_text(said)
        return self._parts[number]

    def forget(self) -> None:
        """Drops newly assigned numbers: those of a failed transaction do not exist."""
        self._numbers = {}


def _mark(text: str) -> bytes:
    """The lookup key of a part: not every database can index text of any length."""
    return blake2b(text.encode("ascii"), digest_size=16).digest()
