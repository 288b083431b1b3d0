"""Which lines of a claim bill exactly what a line of another claim bills, and which came first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from claimcheck.claims import Claim
from claimcheck.engine.compiled import CompiledLine
from claimcheck.history import LookUp
from claimcheck.history.batch import Beside
from claimcheck.history.entry import identity
from claimcheck.history.exactness import billing_digest
from claimcheck.history.recorded import RecordedLine

__all__ = ["NO_TWINS", "Twins", "twins_of"]


class Twins(NamedTuple):
    """The lines of a claim (positions from 1) that bill exactly what one line of another claim bills.

    `first` says whether that line came before the claim, so that the claim's lines are the duplicates.
    """

    own: frozenset[int]
    first: bool


NO_TWINS: Mapping[int, Twins] = {}


def twins_of(
    claim: Claim,
    lines: Iterable[tuple[int, CompiledLine]],
    others: Sequence[RecordedLine],
    history: LookUp | None,
    rule: int,
) -> Mapping[int, Twins]:
    """The duplicates of each line of other claims that has any, by its position among the `others`.

    Only those of the claim's `lines` are compared for which other claims may matter to a `rule`, given as its bit.
    """
    compared = [position for position, line in lines if line.other_claims & rule]
    if not compared or not others:
        return NO_TWINS
    told: Mapping[tuple[str, int], Twins] | None = getattr(history, "twins", None)
    if told is not None:
        return _as_told(told, others, frozenset(compared))
    digests = _digests(others)
    if not any(digests):
        return NO_TWINS
    key: bytes = getattr(history, "digest_key", b"")
    own: dict[int, list[int]] = defaultdict(list)
    for position in compared:
        digest = billing_digest(claim, claim.lines[position - 1], key)
        if digest is not None:
            own[digest].append(position)
    return {
        place: Twins(frozenset(own[digest]), _came_first(others[place], claim, history, key))
        for place, digest in enumerate(digests)
        if digest is not None and digest in own
    }


def _as_told(
    told: Mapping[tuple[str, int], Twins], others: Sequence[RecordedLine], compared: frozenset[int]
) -> Mapping[int, Twins]:
    """The duplicates that a history without digests knows, such as that of a receipt."""
    found = ((place, told.get((line.claim, line.position))) for place, line in enumerate(others))
    return {place: Twins(two.own & compared, two.first) for place, two in found if two is not None}


def _digests(others: Sequence[RecordedLine]) -> Sequence[int | None]:
    return others.billing_digests if isinstance(others, Beside) else [line.billing_digest for line in others]


def _came_first(line: RecordedLine, claim: Claim, history: LookUp | None, key: bytes) -> bool:
    """Whether the line's claim came first: claims of a history did; within a batch, receipt date and claim id
    decide."""
    together = getattr(history, "validated_with", None)
    if together is None or not together(claim.member_id, line.claim):
        return True
    received = claim.received_date if isinstance(claim.received_date, date) else date.max
    return (line.received_date or date.max, line.claim) < (received, identity(claim, key))
