"""Claims with one claim id that are not versions of one bill, kept apart while a batch is evaluated.

In an 837, CLM01 is the provider's own number, which may be that of an account: two original claims (frequency code 1)
with the same number are two claims, and duplicates only if they are alike. The engine identifies claims by their ids,
so the second is evaluated under a separate id, which its result does not show.

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
    """A claim with what a pass over all claims found out about it.

    It is the `number`th claim of its member with its id, and not a version of the others; `meant` is what is known of
    its original if it is known by similarity only, or of the claims that may be it.
    """

    claim: Claim
    number: int = 1
    meant: Meant | None = None

    @property
    def apart(self) -> Claim:
        """The claim under the id that tells it from others during evaluation."""
        return renamed(self.claim, self.number) if self.number > 1 else self.claim


class Namesakes:
    """Tells claims apart that are evaluated as they come."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch

    def apart(self, claim: Claim) -> Claim:
        """The claim, under a separate id if earlier claims with its id are other bills."""
        number = self._batch.number_of(claim)
        return claim if number == 1 else renamed(claim, number)


def of_one_id(claims: Iterable[tuple[object, object]]) -> dict[int, int]:
    """The positions of claims, each a member and a claim id, for which an earlier claim has both, with their
    numbers."""
    seen: Counter[tuple[object, object]] = Counter()
    found = {}
    for place, key in enumerate(claims):
        if all(isinstance(name, str) for name in key):
            seen[key] += 1
            if seen[key] > 1:
                found[place] = seen[key]
    return found


def renamed(claim: Claim, number: int) -> Claim:
    """The claim under a separate id."""
    return attrs.evolve(claim, claim_id=name_of(str(claim.claim_id), number))


def under_its_own_id(result: ClaimResult) -> ClaimResult:
    """The result with the claim ids that the claims themselves carry."""
    own = None if result.claim_id is None else plain(result.claim_id)
    upon = tuple([attrs.evolve(one, claim=plain(one.claim)) for one in result.overturned])
    others = tuple(map(plain, result.supersedes))
    if own == result.claim_id and upon == tuple(result.overturned) and others == result.supersedes:
        return result
    return attrs.evolve(result, claim_id=own, overturned=upon, supersedes=others)
