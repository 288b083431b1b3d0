"""Which claims of a run may have a part in each other's verdicts: those of one member that lie within a day of each
other, or within the days that a rule looks beyond one of them, or report what a frequency limit counts.

The files are read once more than they are judged, and some twenty bytes kept of each claim. What meets is then recorded
in a batch before anything is judged, so that every claim is judged in the light of all others, wherever they stand.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, groupby, islice

from claimcheck.claims import Claim, ClaimResult
from claimcheck.codes.procedure import text_of
from claimcheck.engine import Validator
from claimcheck.engine.namesakes import Marked
from claimcheck.engine.other_days import Reach
from claimcheck.history import Batch
from claimcheck.history.batch import days_of
from claimcheck.policies import Policy
from claimcheck.policies.parameters.frequency import Limits

__all__ = ["filled", "meeting"]

_FEW = 5_000  #: claims that are kept rather than read again
_NEVER = date.max.toordinal() + 2


def meeting(
    placed: Iterable[tuple[int, Claim]], policy: Policy, mark: Callable[[str], int], reaches: Sequence[Reach] = ()
) -> frozenset[int]:
    """The places of the claims that may have a part in each other's verdicts; each comes with its own, in order.

    `mark` gives a member's number: two who share one are taken for one, and are then told apart. `reaches` says which
    claims may have a part in others that lie days from them.
    """
    members, first, last, reach, counts = array("Q"), array("l"), array("l"), array("l"), bytearray()
    counted, reaching = _Counted(policy), _Reaching(reaches)
    places = array("Q")
    for place, claim in placed:
        member = claim.member_id if isinstance(claim.member_id, str) else None
        begins, ends = _days(claim)
        places.append(place)
        members.append(0 if member is None else mark(member))
        first.append(begins)
        last.append(ends)
        reach.append(max((reaching(line.procedure_code) for line in claim.lines), default=0))
        counts.append(member is not None and any(counted(line.procedure_code) for line in claim.lines))
    order = sorted((at for at in range(len(members)) if members[at]), key=lambda at: (members[at], first[at]))
    met: set[int] = set()
    for _, of_member in groupby(order, key=members.__getitem__):
        theirs = [*of_member]
        if len(theirs) > 1:
            met.update(_near(theirs, first, last, max(1, *(reach[at] for at in theirs))))
            some = [at for at in theirs if counts[at]]
            met.update(some if len(some) > 1 else ())
    return frozenset(map(places.__getitem__, met))


def _near(places: list[int], first: array[int], last: array[int], days: int) -> Iterator[int]:
    """The places of claims within so many days of each other; they come by their first day."""
    before, until = places[0], last[places[0]]
    for place in places[1:]:
        if first[place] <= until + days:
            yield from (before, place)
        if last[place] >= until:
            before, until = place, last[place]


def _days(claim: Claim) -> tuple[int, int]:
    """The first and the last day of a claim; none where it has none."""
    return days_of(claim) or (_NEVER, -1)


class _Counted:
    """Whether a frequency limit of the policy counts a code, whenever it is in force."""

    def __init__(self, policy: Policy) -> None:
        self._codes = [limit.codes for entry in policy.parameters.get(Limits, ()) for limit in entry.value.limits]
        self._known: dict[str, bool] = {}

    def __call__(self, given: object) -> bool:
        if not isinstance(given, str):
            return False
        known = self._known.get(given)
        if known is None:
            code = text_of(given)
            known = self._known[given] = code is not None and any(code in codes for codes in self._codes)
        return known


class _Reaching:
    """How many days from a claim with a code another one may lie that has a part in its verdict; 0 of its own days."""

    def __init__(self, reaches: Sequence[Reach]) -> None:
        self._reaches = reaches
        self._known: dict[str, int] = {}

    def __call__(self, given: object) -> int:
        if not self._reaches or not isinstance(given, str):
            return 0
        known = self._known.get(given)
        if known is None:
            code = text_of(given)
            found = [days for codes, days in self._reaches if code is not None and code in codes]
            known = self._known[given] = max(found, default=0)
        return known


def filled(validator: Validator, met: Callable[[], Iterator[Marked]], as_of: str | None) -> Batch:
    """A batch that knows all claims that `met` gives, by themselves and together. Of many it is asked twice."""
    batch = Batch(validator.history)
    claims = met()
    few = list(islice(claims, _FEW))
    again = iter(few) if len(few) < _FEW else None
    for marked in chain(few, claims):
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
