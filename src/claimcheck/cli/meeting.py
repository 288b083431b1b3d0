"""Which claims of a run may affect each other's results (`claimcheck.engine.related`), and a batch of them.

The files are read once more before they are validated, and some forty bytes of each claim are kept. Related claims are
recorded in a batch before anything is validated, so that every claim is validated against all others, wherever they are
in the files.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain, groupby, islice

from claimcheck.claims import Claim, ClaimResult
from claimcheck.engine import Validator
from claimcheck.engine.namesakes import Marked
from claimcheck.engine.related import ClaimSummary, Relating, Traits, related
from claimcheck.history import Batch

__all__ = ["filled", "meeting"]

_FEW = 5_000  #: claims that are kept rather than read again
_NEVER = date.max.toordinal() + 2


def meeting(placed: Iterable[tuple[int, Claim]], relating: Relating, mark: Callable[[str], int]) -> frozenset[int]:
    """The places of the claims that may affect each other's results; each comes with its own, in order.

    `mark` gives a member's number: two who share one are taken for one, and are then told apart.
    """
    places, members, first, last, traits = array("Q"), array("Q"), array("l"), array("l"), array("L")
    kept: dict[tuple[Traits, bool], int] = {}
    for place, claim in placed:
        if isinstance(claim.member_id, str):
            summary = relating.summary(claim, place)
            places.append(place)
            members.append(mark(claim.member_id))
            first.append(_NEVER if summary.first > summary.last else int(summary.first))
            last.append(-1 if summary.first > summary.last else int(summary.last))
            traits.append(kept.setdefault((summary.traits, summary.names_another), len(kept)))
    known = [*kept]

    def summary_at(at: int) -> ClaimSummary:
        own, names_another = known[traits[at]]
        return ClaimSummary(places[at], first[at], last[at], None, names_another, own)

    order = sorted(range(len(members)), key=members.__getitem__)
    of_members = ([summary_at(at) for at in of_member] for _, of_member in groupby(order, key=members.__getitem__))
    return frozenset(claim.place for theirs in of_members for group in related(theirs) for claim in group)


def filled(validator: Validator, met: Callable[[], Iterator[Marked]], as_of: str | None) -> Batch:
    """A batch that knows all claims that `met` gives, by themselves and together. Of many it is asked twice."""
    batch = Batch(validator.history)
    claims = met()
    first = list(islice(claims, _FEW))
    again = iter(first) if len(first) < _FEW else None
    for marked in chain(first, claims):
        claim = marked.apart
        if marked.meant is not None:
            batch.tell(claim, marked.meant)
        batch.record(claim, validator.validate(claim, as_of))
    together = validator.beside(batch)
    changed: list[tuple[Claim, ClaimResult]] = []
    for marked in again or met():
        claim = marked.apart
        if batch.surrounds(claim) or any(batch.holds_any(claim, *asked) for asked in validator.looking_beyond(claim)):
            result = together.validate(claim, as_of)
            if batch.unsettled(claim, result):
                changed.append((claim, result))
    for claim, result in changed:
        batch.settle(claim, result)
    return batch
