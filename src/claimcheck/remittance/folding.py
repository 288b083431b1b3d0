"""Reduces the remittances of a year to the payer's final answer on each claim.

A reversal (CLP02 = 22) takes back an earlier payment of the claim, and a correction follows it (005010X221A1, section
1.10.2.8). One claim may be answered in several parts and several remittances. A secondary payer answers the same claim
again, after the primary.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import PurePath
from types import MappingProxyType

import attrs

from claimcheck.errors import InputError
from claimcheck.money import ZERO
from claimcheck.remittance.values import ClaimStatus, Remittance, RemittedClaim

__all__ = ["FoldedRemittances", "fold"]

_LEVELS = {
    ClaimStatus.SECONDARY: 2,
    ClaimStatus.SECONDARY_FORWARDED: 2,
    ClaimStatus.TERTIARY: 3,
    ClaimStatus.TERTIARY_FORWARDED: 3,
}
#: Pended, received and not in process, suspended (data element 1029; 004010X091A1 has them in CLP02): no decision yet.
_UNDECIDED = frozenset(("5", "10", "13", "15", "16", "17"))


@attrs.frozen
class FoldedRemittances:
    """The final answers by claim id, in the order in which they were given, and the number left out, by reason."""

    answers: Mapping[str, tuple[RemittedClaim, ...]]
    left_out: Mapping[str, int]


def fold(items: Iterable[RemittedClaim | Remittance]) -> FoldedRemittances:
    """The final answers in any number of remittances, in the order of their payment dates.

    If a primary and a secondary payer answer, the primary's answer is kept: it is the one claimcheck expects. An answer
    without the provider's number is that of the claim that others with the payer's number name.

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
    claims = [item for item in _checked(items) if isinstance(item, RemittedClaim)]
    numbers = _numbers(claims)
    for claim in sorted(claims, key=_when):
        number = claim.claim_id if _is_number(claim.claim_id) else numbers.get(claim.payer_claim_id)
        if number is None:
            left_out["no claim number"] += 1
        elif claim.is_predetermination:
            left_out["predetermination"] += 1
        elif claim.status == ClaimStatus.NOT_OUR_CLAIM_FORWARDED:
            left_out["forwarded to another payer"] += 1
        elif claim.status in _UNDECIDED:
            left_out["not decided yet"] += 1
        elif claim.is_reversal:
            left_out[_reverse(claim, standing[number])] += 1
        else:
            standing[number].append(claim)
    answers = {}
    for claim_id, given in standing.items():
        first = min(map(_level, given), default=1)
        answers[claim_id] = tuple(claim for claim in given if _level(claim) == first)
        left_out["answer of a later payer"] += len(given) - len(answers[claim_id])
    return FoldedRemittances(
        MappingProxyType({claim_id: given for claim_id, given in answers.items() if given}),
        MappingProxyType(+left_out),
    )


def _checked(items: object) -> Iterator[RemittedClaim | Remittance]:
    """The items, if they are remittances: a path that is given instead would be no answer to any claim."""
    if isinstance(items, (str, bytes, PurePath, RemittedClaim)) or not isinstance(items, Iterable):
        raise InputError(f"remittances: {_EXPECTED}, not {type(items).__name__}")
    for item in items:
        if not isinstance(item, (RemittedClaim, Remittance)):
            raise InputError(f"remittances: {_EXPECTED}, not one with {type(item).__name__}")
        yield item


_EXPECTED = "a list is expected of what read_remittances(file) yields"


def _is_number(claim_id: str | None) -> bool:
    """A claim that came without a number is answered with a zero (005010X221A1, CLP01)."""
    return claim_id not in (None, "0")


def _numbers(claims: Iterable[RemittedClaim]) -> Mapping[str | None, str | None]:
    """By the payer's number, the provider's, if all remitted claims with both agree."""
    found: dict[str | None, str | None] = {}
    for claim in claims:
        if claim.payer_claim_id is not None and _is_number(claim.claim_id):
            known = found.setdefault(claim.payer_claim_id, claim.claim_id)
            if known != claim.claim_id:
                found[claim.payer_claim_id] = None
    return found


def _when(claim: RemittedClaim) -> tuple[bool, str]:
    """By payment date; those without one come last, in the order read."""
    day = _day(claim)
    return day is None, "" if day is None else day.isoformat()


def _day(claim: RemittedClaim) -> datetime.date | None:
    return claim.remittance.payment_date or claim.remittance.production_date


def _level(claim: RemittedClaim) -> int:
    return _LEVELS.get(ClaimStatus(claim.status), 1) if claim.status in tuple(ClaimStatus) else 1


def _reverse(reversal: RemittedClaim, standing: list[RemittedClaim]) -> str:
    """Removes what the reversal takes back: the latest answer with its amounts, else all parts of a claim that add up
    to them, else the latest answer with its payer number.

    The last must be of an earlier remittance: the correction may precede its reversal, and is not what is taken back.
    """
    exact = [claim for claim in standing if _negates(reversal, [claim])]
    of_payer = [claim for claim in standing if claim.payer_claim_id == reversal.payer_claim_id]
    parts = of_payer if _negates(reversal, of_payer) else []
    before = [claim for claim in of_payer if _precedes(claim, reversal)]
    both = [claim for claim in exact if claim in of_payer]
    taken = both[-1:] or exact[-1:] or parts or before[-1:]
    if not taken:
        return "reversal of a payment that is not here"
    standing[:] = _without(standing, taken)
    return "reversed"


def _negates(reversal: RemittedClaim, claims: Sequence[RemittedClaim]) -> bool:
    """Whether the amounts of the claims, together, are those of the reversal with the other sign."""
    charges, payments = [claim.charge for claim in claims], [claim.paid for claim in claims]
    if reversal.charge is None or reversal.paid is None or None in charges or None in payments:
        return False
    return bool(claims) and (reversal.charge, reversal.paid) == (-_sum(charges), -_sum(payments))


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), ZERO)


def _precedes(claim: RemittedClaim, reversal: RemittedClaim) -> bool:
    """Whether the claim is of an earlier remittance than the reversal, as far as the dates tell."""
    if _day(claim) is None or _day(reversal) is None:
        return claim.remittance != reversal.remittance
    return _when(claim) < _when(reversal)


def _without(claims: Iterable[RemittedClaim], taken: Iterable[RemittedClaim]) -> list[RemittedClaim]:
    """By identity: two answers that are equal in everything are still two."""
    gone = set(map(id, taken))
    return [claim for claim in claims if id(claim) not in gone]
