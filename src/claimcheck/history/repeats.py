"""Exact duplicates in a history: which recorded line each was denied for, and what it is without that.

A line that is billed again is denied because of the line that came first. If that one is voided or replaced later, the
denial stands only as long as another accepted line bills exactly the same. So a history keeps such a denial apart from
the line's own disposition, with the claim that it is for.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from claimcheck.claims import Disposition
from claimcheck.claims.verdict import NOT_ACCEPTED
from claimcheck.history.recorded import RecordedLine

__all__ = ["DUPLICATE_RULE", "Repeat", "can_be_original", "relieved"]

#: The rule that finds duplicate lines (`claimcheck.rules.structure.duplicate_claim`).
DUPLICATE_RULE = "STR603"


@attrs.frozen
class Repeat:
    """A line that was denied as an exact duplicate, by position, and its disposition but for that and frequency
    limits."""

    position: int
    otherwise: Disposition


def can_be_original(line: RecordedLine, duplicate: RecordedLine) -> bool:
    """Whether a line, given with everything that is said against it, may be the one that another one repeats."""
    same_biller = line.billing_npi == duplicate.billing_npi or (
        line.billing_tax_id is not None and line.billing_tax_id == duplicate.billing_tax_id
    )
    return (
        line.billing_digest is not None
        and line.billing_digest == duplicate.billing_digest
        and line.disposition not in NOT_ACCEPTED
        and line.claim != duplicate.claim
        and same_biller
    )


def relieved(lines: Iterable[RecordedLine], repeats: Iterable[Repeat]) -> tuple[RecordedLine, ...]:
    """The lines of a claim, those that repeat another one with their disposition but for that."""
    otherwise = {repeat.position: repeat.otherwise for repeat in repeats}
    return tuple(
        attrs.evolve(line, disposition=otherwise[line.position]) if line.position in otherwise else line
        for line in lines
    )
