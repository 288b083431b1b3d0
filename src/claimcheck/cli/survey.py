"""Surveys all files before validation: which claims are versions of one bill, which of them are superseded, and which
may affect each other's results.

A replacement or void may be far from the claim it replaces, or in another file. So the claims are read in an extra pass
that keeps one bit for nearly all of them; if a member has a claim that names another, or a repeated claim id, a second
pass collects what distinguishes the versions of that member's bills.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from hashlib import blake2b

import attrs

from claimcheck.claims import Claim, Disposition
from claimcheck.cli.coverage import Coverage
from claimcheck.cli.inputs import Inputs
from claimcheck.cli.meeting import meeting
from claimcheck.cli.selection import AllClaims, SelectedClaims
from claimcheck.engine import Validator
from claimcheck.engine.namesakes import of_one_id, renamed
from claimcheck.history.entry import identity
from claimcheck.history.originals import Candidates, Meant, candidates
from claimcheck.history.versions import BillVersion, bills, names_another

__all__ = ["Survey", "bills_of", "surveyed"]

_FEWEST, _MOST = 1 << 16, 1 << 28  #: bits


@attrs.frozen
class Survey:
    """Places among all claims of the files: of superseded ones, each with its successor's id; of those that have the id
    of an earlier claim without being a version of it, each with its number among them; of those that refer to a claim
    without naming it, or may be so referred to; and of those that may affect each other's results, None if unknown."""

    fallen: dict[int, str | None] = attrs.field(factory=dict)
    namesakes: dict[int, int] = attrs.field(factory=dict)
    meant: dict[int, Meant] = attrs.field(factory=dict)
    met: frozenset[int] | None = None


def surveyed(inputs: Inputs, validator: Validator, coverage: Coverage, *, with_meeting: bool) -> Survey:
    """The outcome of a survey of the files; related claims only on request. `coverage` notes the claims, too."""
    versions = _Versions(inputs.size)
    claims = versions.noting(coverage.noting(_again(inputs).placed(AllClaims())))
    met = meeting(claims, validator.relating, _mark) if with_meeting else None
    deque(claims, maxlen=0)  # consumes the rest
    if not versions.members:
        return Survey(met=met)
    members = versions.members
    theirs = SelectedClaims(lambda _, member: isinstance(member, str) and _mark(member) in members)
    return Survey(*bills_of(_again(inputs).placed(theirs), validator, coverage.as_of), met)


def bills_of(
    placed: Iterable[tuple[int, Claim]], validator: Validator, as_of: str | None
) -> tuple[dict[int, str | None], dict[int, int], dict[int, Meant]]:
    """For claims, all those of their members, each with its place: the superseded ones, those that share an id, and
    what they refer to without naming it."""
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


class _Versions:
    """Finds the `members`, by their marks, with a claim that names another, or possibly a repeated claim id."""

    def __init__(self, size: int) -> None:
        self._bits = min(max(size, _FEWEST), _MOST)
        self._seen = bytearray(self._bits // 8 + 1)
        self.members: set[int] = set()

    def noting(self, placed: Iterable[tuple[int, Claim]]) -> Iterator[tuple[int, Claim]]:
        """Passes claims through, taking note of them."""
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
    """The files once more: what cannot be read is reported during validation."""
    return Inputs(inputs.files, inputs.columns, inputs.mapping)


def _mark(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())
