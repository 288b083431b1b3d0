"""Which claims stand: what voids and replacements leave of all that was recorded, in whatever order it came.

Of the claims of one claim id one version stands: a void before a replacement, a replacement before an original, and of
equals the one received last, then recorded last. A replacement or a void undoes every version of the other claim that
it names, for good: to void a replacement does not bring back what it replaced (X12 837, CLM05-3 and REF*F8). So does
the payer's record of a claim with the claim as it was submitted.

`in_force` says so of a whole set; `plan` says what a history must change when claims come, from what it holds of the
claims that they touch. Both say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date

import attrs

from claimcheck.history.entry import Entry, Rank

__all__ = ["Plan", "Version", "in_force", "plan", "stands_before", "touched"]

Name = tuple[str, str]  #: member and claim

_STANDS_FOR_NOTHING = (Rank.VOID, Rank.SUPERSEDED)


def in_force(entries: Iterable[Entry]) -> list[Entry]:
    """The claims that stand, of all entries in the order in which they were recorded; voids stand for nothing."""
    undone: set[Name] = set()
    standing: dict[Name, Entry] = {}
    seen = set()
    for entry in entries:
        name = entry.member, entry.claim
        if (name, entry.digest) in seen:
            continue
        seen.add((name, entry.digest))
        undone.update((entry.member, other) for other in entry.undoes)
        if name not in standing or _weight(entry) >= _weight(standing[name]):
            standing[name] = entry
    return [entry for name, entry in standing.items() if name not in undone and entry.rank not in _STANDS_FOR_NOTHING]


@attrs.frozen
class Version:
    """A version of a claim that a history holds: `number` is the history's own, and grows with each that it keeps."""

    number: int
    rank: Rank
    received: date | None
    digest: int


@attrs.frozen
class Plan:
    """What a history must change: the versions to keep, those whose lines go, and which claims are undone.

    `again` are the standing versions that are kept already and came again, perhaps with another verdict. `stands`
    says, of every claim that was looked at, which version stands; a claim of which none does is not in it.
    """

    kept: tuple[tuple[Version, Entry], ...]
    again: tuple[tuple[Version, Entry], ...]
    stands: Mapping[Name, int]
    fallen: frozenset[int]
    undone: frozenset[Name]


def plan(
    entries: Iterable[Entry], versions: Mapping[Name, Sequence[Version]], undone: Set[Name], next_number: int
) -> Plan:
    """What changes when `entries` come, in their order.

    `versions` and `undone` are what the history holds: all versions of the claims that `touched` names, and which of
    those claims are undone already. Versions kept are numbered from `next_number`.
    """
    known = {name: list(held) for name, held in versions.items()}
    kept: list[tuple[Version, Entry]] = []
    again: list[tuple[Version, Entry]] = []
    changed: set[Name] = set()
    new_undone: set[Name] = set()
    for entry in entries:
        name = entry.member, entry.claim
        held = known.setdefault(name, [])
        same = next((version for version in held if version.digest == entry.digest), None)
        if same is not None:
            again.append((same, entry))
            continue
        version = Version(next_number + len(kept), entry.rank, entry.received, entry.digest)
        kept.append((version, entry))
        held.append(version)
        changed.add(name)
        new_undone.update((entry.member, other) for other in entry.undoes)
    stands = {}
    for name, held in known.items():
        top = max(held, key=_later, default=None)
        fell = name in undone or name in new_undone
        if top is not None and top.rank not in _STANDS_FOR_NOTHING and not fell:
            stands[name] = top.number
    fallen = (
        version.number
        for name in changed | new_undone
        for version in known.get(name, ())
        if version.number < next_number and version.number != stands.get(name)
    )
    standing = frozenset(stands.values())
    came_again = tuple((version, entry) for version, entry in again if version.number in standing)
    return Plan(tuple(kept), came_again, stands, frozenset(fallen), frozenset(new_undone))


def touched(entries: Iterable[Entry]) -> set[Name]:
    """The claims that `plan` must know of: those that the entries are, undo, or have something to say of."""
    names = set()
    for entry in entries:
        others = (overturned.claim for overturned in entry.overturned)
        names |= {(entry.member, claim) for claim in (entry.claim, *entry.undoes, *others)}
    return names


def stands_before(one: Version, other: Version) -> bool:
    """Whether of two versions of a claim the one stands, and the other does not."""
    return _later(one) > _later(other)


def _later(version: Version) -> tuple[tuple[Rank, date], int]:
    return _weight(version), version.number


def _weight(version: Version | Entry) -> tuple[Rank, date]:
    return version.rank, version.received or date.min
