"""Claims of one claim id that are no versions of one bill, told apart while a batch is judged.

An 837 holds the provider's own number (CLM01), which may be that of an account: two first claims (frequency code 1)
that bear it are two claims, and duplicates only where they are alike. The engine tells claims apart by their ids, so
that the second of them is judged under an id of its own, of which its verdict says nothing.

>>> of_one_id([("M1", "ACCT"), ("M1", "ACCT"), ("M1", None), ("M2", "ACCT")])
{1: 2}
>>> renamed(Claim(claim_id="ACCT", member_id="M1"), 2).claim_id, plain("ACCT␟2"), plain("ACCT")
('ACCT␟000000000002', 'ACCT', 'ACCT')
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import attrs

from claimcheck.claims import Claim, ClaimResult
from claimcheck.history import Batch
from claimcheck.history.accounts import name_of, plain
from claimcheck.history.originals import Meant

__all__ = ["Marked", "Namesakes", "of_one_id", "plain", "renamed", "under_its_own_id"]


@attrs.frozen
class Marked:
    """A claim of which a look at all claims has told something.

    It is the `number`th of its member that bears its id, and no version of the others; `meant` is what is told of its
    original, where that is known by likeness alone, or of those that may mean it.
    """

    claim: Claim
    number: int = 1
    meant: Meant | None = None

    @property
    def apart(self) -> Claim:
        """The claim under the id by which it is told from others while it is judged."""
        return renamed(self.claim, self.number) if self.number > 1 else self.claim


class Namesakes:
    """Tells claims apart that are judged as they come."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch

    def apart(self, claim: Claim) -> Claim:
        """The claim, under an id of its own where those that came before under its id are other bills."""
        number = self._batch.number_of(claim)
        return claim if number == 1 else renamed(claim, number)


def of_one_id(claims: Iterable[tuple[object, object]]) -> dict[int, int]:
    """The places of the claims, each a member and a claim id, of which an earlier one has both, with their numbers."""
    seen: Counter[tuple[object, object]] = Counter()
    found = {}
    for place, key in enumerate(claims):
        if all(isinstance(name, str) for name in key):
            seen[key] += 1
            if seen[key] > 1:
                found[place] = seen[key]
    return found


def renamed(claim: Claim, number: int) -> Claim:
    """The claim under an id of its own."""
    return attrs.evolve(claim, claim_id=name_of(str(claim.claim_id), number))


def under_its_own_id(result: ClaimResult) -> ClaimResult:
    """The verdict on a claim as its reader knows the claims: by the ids that they bear."""
    own = None if result.claim_id is None else plain(result.claim_id)
    upon = tuple([attrs.evolve(one, claim=plain(one.claim)) for one in result.overturned])
    others = tuple(map(plain, result.supersedes))
    if own == result.claim_id and upon == tuple(result.overturned) and others == result.supersedes:
        return result
    return attrs.evolve(result, claim_id=own, overturned=upon, supersedes=others)
