"""What was found on a claim: the findings of its rules, before they are placed on a result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import overload

import attrs

from claimcheck.claims import Reason, ServiceUse
from claimcheck.engine.digest import Digest, Note, Notes, closed_by, yielded_by
from claimcheck.engine.duplicates import Twins
from claimcheck.engine.outpatient import Payments
from claimcheck.history.originals import NOTHING_MEANT, Meant
from claimcheck.history.recorded import RecordedLine, by_date
from claimcheck.policies.parameters.ncci import SameProvider
from claimcheck.rules.outpatient_editor import comes_back
from claimcheck.rules.rule import Raised, Rule

__all__ = ["LinesToRead", "Said", "Unseen", "apart", "both", "closed"]

Unseen = tuple[tuple[Reason, tuple[str, ...]], ...]
"""Why the member's other claims are not known, each with the ids of the rules that would have read them."""


@attrs.define(eq=False)
class Said:
    """The findings of a claim: on the claim itself, on each line, and what was not checked where.

    `others` are the member's other lines that were looked at, from the day `since` on; None if none were requested.
    `unseen` says why the member's other claims are not known, or not completely, and which rules would have read them;
    `counted` for which codes lines were looked up for a limit, see `Counted`; `same_provider` how the provider of the
    others was distinguished from other providers, None if all of the member's lines were looked at. `meant` names the
    original of a replacement or void that is known by similarity only; `twins` gives the lines of others that bill the
    same as its own. `payments` say how the lines of an outpatient claim are paid, if the tables for that are loaded.
    """

    of_claim: tuple[Digest, ...]
    of_lines: Sequence[Digest]
    unchecked: Notes
    services: tuple[ServiceUse, ...] = ()
    overturned: Sequence[tuple[Rule, Raised, RecordedLine]] = ()
    others: Sequence[RecordedLine] = ()
    since: date | None = None
    unseen: Unseen = ()
    counted: tuple[tuple[str, date, bool], ...] = ()
    same_provider: SameProvider | None = None
    meant: Meant = NOTHING_MEANT
    twins: Callable[[], Mapping[tuple[str, int], Twins]] = dict
    payments: Payments | None = None


def closed(said: Said, of_claim: Sequence[Digest]) -> tuple[Said, Sequence[Digest]]:
    """What remains if the outpatient code editor stops at the claim, or the claim is returned or reviewed as a
    whole."""
    all_of_claim = (*said.of_claim, *of_claim)
    if any(one.closes for one in all_of_claim):
        of_lines = [closed_by(one) for one in said.of_lines]
        said = attrs.evolve(said, of_claim=tuple(map(closed_by, said.of_claim)), of_lines=of_lines)
        return said, tuple(map(closed_by, of_claim))
    if any(comes_back(one.edited) for one in all_of_claim):
        return attrs.evolve(said, of_lines=[yielded_by(one) for one in said.of_lines]), of_claim
    return said, of_claim


class LinesToRead(Sequence[RecordedLine]):
    """Lines that are found, once, when someone looks at them."""

    __slots__ = ("_find", "_lines")

    def __init__(self, find: Callable[[], Iterable[RecordedLine]]) -> None:
        self._find = find
        self._lines: tuple[RecordedLine, ...] | None = None

    @overload
    def __getitem__(self, place: int) -> RecordedLine: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[RecordedLine]: ...
    def __getitem__(self, place: int | slice) -> RecordedLine | Sequence[RecordedLine]:
        return self._read()[place]

    def __len__(self) -> int:
        return len(self._read())

    def __iter__(self) -> Iterator[RecordedLine]:
        return iter(self._read())

    def _read(self) -> tuple[RecordedLine, ...]:
        if self._lines is None:
            self._lines = tuple(self._find())
        return self._lines


def both(some: Sequence[RecordedLine], more: Sequence[RecordedLine]) -> Sequence[RecordedLine]:
    """The lines of both, each once and in order, combined only when someone reads them."""
    return LinesToRead(partial(_combined, some, more))


def _combined(some: Sequence[RecordedLine], more: Sequence[RecordedLine]) -> list[RecordedLine]:
    lines = {(line.claim, line.position): line for line in (*some, *more)}
    return sorted(lines.values(), key=by_date)


def apart(of_lines: Sequence[Digest]) -> Said:
    """The findings of a claim that has none beyond those of its single lines."""
    return Said((), of_lines, _unchecked_on(tuple([said.notes for said in of_lines])))


@lru_cache(maxsize=8_192)
def _unchecked_on(notes: tuple[tuple[Note, ...], ...]) -> Notes:
    """What was not checked, collected from the lines."""
    found: dict[Note, list[int]] = {}
    for position, of_line in enumerate(notes, 1):
        for note in of_line:
            found.setdefault(note, []).append(position)
    return tuple([(note, tuple(positions)) for note, positions in found.items()])
