"""A look at all files before they are judged: which claims are versions of one bill, which of them are superseded, and
which may have a part in each other's verdicts.

A replacement or a void may stand far behind what it replaces, or in another file. So the claims are read once more than
they are judged, and of nearly all of them nothing is kept but a bit; where a member has a claim that names another, or
a claim id twice, a second look notes what tells the versions of that member's bills apart.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

import attrs

from claimcheck.claims import Claim, Disposition
from claimcheck.cli.inputs import Inputs
from claimcheck.cli.meeting import meeting
from claimcheck.cli.share import Chosen, Every
from claimcheck.engine import Validator
from claimcheck.engine.namesakes import of_one_id, renamed
from claimcheck.history.entry import identity
from claimcheck.history.originals import Candidates, Meant, candidates
from claimcheck.history.versions import BillVersion, bills, names_another

__all__ = ["Survey", "bills_of", "surveyed"]

_FEWEST, _MOST = 1 << 16, 1 << 28  #: bits


@attrs.frozen
class Survey:
    """Places among all claims of the files: of those that are superseded, each with the id of its successor; of those
    whose id an earlier claim bears, which they are no version of, each with its number among them; of those of which is
    told which claims they mean, or may be meant by, without a name; and of those that may have a part in each other's
    verdicts, None where that is not known."""

    fallen: dict[int, str | None] = attrs.field(factory=dict)
    namesakes: dict[int, int] = attrs.field(factory=dict)
    meant: dict[int, Meant] = attrs.field(factory=dict)
    met: frozenset[int] | None = None


def surveyed(inputs: Inputs, validator: Validator, as_of: str | None, *, with_meeting: bool) -> Survey:
    """What a look at the files tells, of what meets only where it is asked for.

    Where something is read that can be read only once, such as standard input, it is judged as it comes.
    """
    if not _can_be_read_again(inputs):
        return Survey()
    versions = _Versions(inputs.size)
    claims = versions.noting(_again(inputs).placed(Every()))
    met = meeting(claims, validator.relating, _mark) if with_meeting else None
    deque(claims, maxlen=0)  # all that is left of them
    if not versions.members:
        return Survey(met=met)
    members = versions.members
    theirs = Chosen(lambda _, member: isinstance(member, str) and _mark(member) in members)
    return Survey(*bills_of(_again(inputs).placed(theirs), validator, as_of), met)


def bills_of(
    placed: Iterable[tuple[int, Claim]], validator: Validator, as_of: str | None
) -> tuple[dict[int, str | None], dict[int, int], dict[int, Meant]]:
    """Of claims, all those of their members, each with its place: those that are superseded, those that bear the id of
    another, and what they mean without naming it."""
    alone, history = validator.beside(None), validator.history
    key: bytes = getattr(history, "digest_key", b"")
    versions: list[BillVersion] = []
    returned: set[int] = set()
    below: dict[int, Candidates | None] = {}
    unnamed: dict[int, str] = {}
    for place, claim in placed:
        version = BillVersion.of(claim, place)
        versions.append(version)
        if version.means_another and history is not None:
            below[place] = candidates(claim, history)
        if version.claim_id is None:
            unnamed[place] = identity(claim, key)
        if alone.validate(claim, as_of).disposition is Disposition.REJECTED:
            returned.add(place)
    found = bills(versions, returned.__contains__, lambda place: below.get(place, Candidates()))
    standing = [version for version in versions if version.place not in found.superseded]
    named = of_one_id((version.member, version.claim_id) for version in standing)
    numbers = {standing[at].place: number for at, number in named.items()}
    ids = {version.place: version.claim_id for version in versions if version.claim_id is not None}

    def name(place: int) -> str:
        if place in unnamed:
            return unnamed[place]
        claim = Claim(claim_id=ids[place])
        return identity(renamed(claim, numbers[place]) if place in numbers else claim, key)

    return found.superseded, numbers, {place: one.meant(name) for place, one in found.originals.items()}


def _can_be_read_again(inputs: Inputs) -> bool:
    return all(Path(file).is_file() for file in inputs.files)


class _Versions:
    """The `members`, by their marks, of whom a claim names another, or a claim id may stand there twice."""

    def __init__(self, size: int) -> None:
        self._bits = min(max(size, _FEWEST), _MOST)
        self._seen = bytearray(self._bits // 8 + 1)
        self.members: set[int] = set()

    def noting(self, placed: Iterable[tuple[int, Claim]]) -> Iterator[tuple[int, Claim]]:
        """The same claims, of which note is taken."""
        for place, claim in placed:
            if isinstance(claim.member_id, str):
                self._note(claim, claim.member_id)
            yield place, claim

    def _note(self, claim: Claim, member: str) -> None:
        own = claim.claim_id
        if names_another(claim):
            self.members.add(_mark(member))
        if isinstance(own, str):
            byte, bit = divmod(_mark(f"{len(member)} {member} {own}") % self._bits, 8)
            if self._seen[byte] >> bit & 1:
                self.members.add(_mark(member))
            self._seen[byte] |= 1 << bit


def _again(inputs: Inputs) -> Inputs:
    """The files once more: what cannot be read is named when they are judged."""
    return Inputs(inputs.files, inputs.columns, inputs.mapping)


def _mark(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())
