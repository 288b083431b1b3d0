"""Which claims stand: what voids and replacements leave of all that was recorded, in whatever order it came.

Of the claims of one claim id one version stands: a void before a replacement, a replacement before an original, and of
equals the one received last, then recorded last. A replacement or a void undoes every version of the other claim that
it names, for good: to void a replacement does not bring back what it replaced (X12 837, CLM05-3 and REF*F8).

`in_force` says so of a whole set; `plan` says what a history must change when claims come, from what it holds of the
claims that they touch. Both say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date

import attrs

from claimcheck.history.entry import Entry, Rank

__all__ = ["Plan", "Version", "in_force", "plan"]

Name = tuple[str, str]  #: member and claim


def in_force(entries: Iterable[Entry]) -> list[Entry]:
    """The claims that stand, of all entries in the order in which they were recorded; voids stand for nothing."""
    undone = set()
    standing: dict[Name, Entry] = {}
    seen = set()
    for entry in entries:
        name = entry.member, entry.claim
        if (name, entry.digest) in seen:
            continue
        seen.add((name, entry.digest))
        if entry.undoes is not None:
            undone.add((entry.member, entry.undoes))
        if name not in standing or _weight(entry) >= _weight(standing[name]):
            standing[name] = entry
    return [entry for name, entry in standing.items() if name not in undone and entry.rank is not Rank.VOID]


@attrs.frozen
class Version:
    """A version of a claim that a history holds: `number` is the history's own, and grows with each that it keeps."""

    number: int
    rank: Rank
    received: date | None
    digest: int


@attrs.frozen
class Plan:
    """What a history must change: versions to keep, those of them whose lines stand, and those that stand no more."""

    kept: tuple[tuple[Version, Entry], ...]
    standing: frozenset[int]
    fallen: frozenset[int]
    undone: frozenset[Name]


def plan(
    entries: Iterable[Entry],
    versions: Mapping[Name, Sequence[Version]],
    undone: Set[Name],
    next_number: int,
) -> Plan:
    """What changes when `entries` come, in their order.

    `versions` and `undone` are what the history holds: all versions of the claims that the entries are or undo, and
    which of those claims are undone already. Versions kept are numbered from `next_number`.
    """
    known = {name: list(held) for name, held in versions.items()}
    kept: list[tuple[Version, Entry]] = []
    new_undone: set[Name] = set()
    standing: set[int] = set()
    fallen: set[int] = set()

    def fall(version: Version) -> None:
        (standing.discard if version.number >= next_number else fallen.add)(version.number)

    for entry in entries:
        name = entry.member, entry.claim
        held = known.setdefault(name, [])
        if any(version.digest == entry.digest for version in held):
            continue
        version = Version(next_number + len(kept), entry.rank, entry.received, entry.digest)
        kept.append((version, entry))
        if entry.undoes is not None:
            target = entry.member, entry.undoes
            new_undone.add(target)
            for other in known.get(target, ()):
                fall(other)
        if all(_weight(version) >= _weight(other) for other in held):
            for other in held:
                fall(other)
            if entry.rank is not Rank.VOID and name not in undone and name not in new_undone:
                standing.add(version.number)
        held.append(version)
    return Plan(tuple(kept), frozenset(standing), frozenset(fallen), frozenset(new_undone))


def _weight(version: Version | Entry) -> tuple[Rank, date]:
    return version.rank, version.received or date.min
