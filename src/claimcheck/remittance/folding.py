"""Reduces the remittances of a year to the payer's final answer on each claim.

A reversal (CLP02 = 22) takes back an earlier payment of the claim, and a correction follows it (005010X221A1, section
1.10.2.8). One claim may be answered in several parts and several remittances. A secondary payer answers the same claim
again, after the primary.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import attrs

from claimcheck.remittance.values import ClaimStatus, Remittance, RemittedClaim

__all__ = ["FoldedRemittances", "fold"]

_LEVELS = {
    ClaimStatus.SECONDARY: 2,
    ClaimStatus.SECONDARY_FORWARDED: 2,
    ClaimStatus.TERTIARY: 3,
    ClaimStatus.TERTIARY_FORWARDED: 3,
}


@attrs.frozen
class FoldedRemittances:
    """The final answers by claim id, in the order in which they were given, and the number left out, by reason."""

    answers: Mapping[str, tuple[RemittedClaim, ...]]
    left_out: Mapping[str, int]


def fold(items: Iterable[RemittedClaim | Remittance]) -> FoldedRemittances:
    """The final answers in any number of remittances, in the order of their payment dates.

    If a primary and a secondary payer answer, the primary's answer is kept: it is the one claimcheck expects.

    >>> from claimcheck.remittance import RemittanceHeader
    >>> from decimal import Decimal
    >>> def claim(status, paid):
    ...     amount = Decimal(paid)
    ...     return RemittedClaim(RemittanceHeader(), "A1", status, amount, amount, payer_claim_id="P")
    >>> folded = fold([claim("1", 80), claim("22", -80), claim("1", 70), claim("2", 10)])
    >>> [answer.paid for answer in folded.answers["A1"]], dict(folded.left_out)
    ([Decimal('70')], {'reversed': 1, 'answer of a later payer': 1})
    """
    left_out: Counter[str] = Counter()
    standing: dict[str, list[RemittedClaim]] = defaultdict(list)
    claims = [item for item in items if isinstance(item, RemittedClaim)]
    for claim in sorted(claims, key=_when):
        if claim.claim_id is None:
            left_out["no claim number"] += 1
        elif claim.is_predetermination:
            left_out["predetermination"] += 1
        elif claim.status == ClaimStatus.NOT_OUR_CLAIM_FORWARDED:
            left_out["forwarded to another payer"] += 1
        elif claim.is_reversal:
            left_out[_reverse(claim, standing[claim.claim_id])] += 1
        else:
            standing[claim.claim_id].append(claim)
    answers = {}
    for claim_id, given in standing.items():
        first = min(map(_level, given), default=1)
        answers[claim_id] = tuple(claim for claim in given if _level(claim) == first)
        left_out["answer of a later payer"] += len(given) - len(answers[claim_id])
    return FoldedRemittances(
        MappingProxyType({claim_id: given for claim_id, given in answers.items() if given}),
        MappingProxyType(+left_out),
    )


def _when(claim: RemittedClaim) -> tuple[bool, str]:
    """By payment date; those without one come last, in the order read."""
    day = claim.remittance.payment_date or claim.remittance.production_date
    return day is None, "" if day is None else day.isoformat()


def _level(claim: RemittedClaim) -> int:
    return _LEVELS.get(ClaimStatus(claim.status), 1) if claim.status in tuple(ClaimStatus) else 1


def _reverse(reversal: RemittedClaim, standing: list[RemittedClaim]) -> str:
    """Removes what the reversal takes back: the latest answer with its amounts, otherwise the latest with its payer
    number."""
    same_payer = [at for at, claim in enumerate(standing) if claim.payer_claim_id == reversal.payer_claim_id]
    exact = [at for at in range(len(standing)) if _negates(reversal, standing[at])]
    both = [at for at in exact if at in same_payer]
    chosen = both or exact or same_payer
    if not chosen:
        return "reversal of a payment that is not here"
    standing.pop(chosen[-1])
    return "reversed"


def _negates(reversal: RemittedClaim, claim: RemittedClaim) -> bool:
    return (
        reversal.charge is not None
        and claim.charge is not None
        and (reversal.charge, reversal.paid) == (-claim.charge, None if claim.paid is None else -claim.paid)
    )
