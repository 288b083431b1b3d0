"""Claims under one claim id, which may be the number of an account: which of them are one bill, and which are others.

An 837 holds the provider's own number (CLM01), and of one account several visits may be billed under it. What is sent
under it again is a version of the same bill where it is of the same days, biller and type; two that both call
themselves first claims (CLM05-3 = 1) are two claims, and so are interim bills and late charges beside what they add to.
(CMS, Medicare Claims Processing Manual, chapter 1, section 120.2; X12 837, CLM01 and CLM05-3.)

>>> july, august = date(2024, 7, 15), date(2024, 8, 15)
>>> first = Held(1, Rank.ORIGINAL, None, 7, Bill((july, july), frequency="1"))
>>> account = Account((first,))
>>> account.names_of("ACCT", Asked(Rank.ORIGINAL, Bill((august, august), frequency="1"), (8,)))
frozenset()
>>> account.names_of("ACCT", Asked(Rank.REPLACEMENT, Bill((july, july), frequency="7"), (9,)))
frozenset({'ACCT'})

The first bill under a claim id goes by that id; of any other the name says which it is:

>>> name_of("ACCT", 1), name_of("ACCT", 2), plain(name_of("ACCT", 2))
('ACCT', 'ACCT␟000000000002', 'ACCT')
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import IntEnum
from typing import Protocol

import attrs

__all__ = [
    "BESIDE",
    "Account",
    "Asked",
    "Bill",
    "Days",
    "Held",
    "Rank",
    "Undone",
    "is_one_bill",
    "may_be_one",
    "meet",
    "name_below",
    "name_of",
    "only_bill",
    "plain",
    "span",
]

_MARK = "\u241f"  #: a sign for a separator, which no claim id holds

Days = tuple[date, date]

BESIDE = frozenset("2345")
"""The frequency codes of bills that stand beside the one that they name: interim bills (2, 3, 4) and late charges (5).

(NUBC, UB-04 form locator 4; CMS, Medicare Claims Processing Manual, chapter 25, section 75.1.)
"""


class Rank(IntEnum):
    """What a claim is to other versions of its bill: a higher rank stands for all lower ones, whichever came first."""

    SUPERSEDED = -1  #: its verdict says that it is superseded: it stands for nothing
    ORIGINAL = 0
    REPLACEMENT = 1  #: frequency code 7, or it names an original
    VOID = 2  #: frequency code 8


def name_of(claim_id: str, number: int) -> str:
    """The name of a bill under a claim id by its number, so that names are in the order of the numbers."""
    return claim_id if number == 1 else f"{claim_id}{_MARK}{number:012}"


def name_below(name: str) -> str:
    """A name that no claim of a batch bears, of a bill that is held below it."""
    return f"{name}{_MARK}0"


def plain(name: str) -> str:
    """The claim id that a bill is under."""
    return name.partition(_MARK)[0]


@attrs.frozen
class Bill:
    """What tells the bills under one claim id apart; None where it is not known.

    `days` are the first and the last day, `frequency` the frequency code; `is_record` says that it is the payer's
    record of a claim.
    """

    days: Days | None = None
    biller: str | None = None
    claim_type: str | None = None
    frequency: str | None = None
    is_record: bool = False


class Ranked(Protocol):
    """A version of a bill."""

    @property
    def rank(self) -> Rank: ...
    @property
    def bill(self) -> Bill: ...


class Received(Ranked, Protocol):
    """A version of a bill of which may be known when it was received."""

    @property
    def received(self) -> date | None: ...


@attrs.frozen
class Asked:
    """A claim that a history is asked about: `digests` are those under which it may be kept."""

    rank: Rank
    bill: Bill
    digests: tuple[int, ...] = ()
    received: date | None = None
    undoes: tuple[str, ...] = ()


@attrs.frozen
class Held:
    """A version of a bill that a history holds.

    `number` is the history's own, and grows with each that it keeps; `visit` is the number of the bill under the claim
    id of which it is a version, 1 of the first; `stands` says that its lines are there.
    """

    number: int
    rank: Rank
    received: date | None
    digest: int | None
    bill: Bill = attrs.field(factory=Bill)
    visit: int = 1
    stands: bool = True

    @property
    def weight(self) -> tuple[Rank, date]:
        """Of the versions of one bill the heaviest stands."""
        return self.rank, self.received or date.min


@attrs.frozen
class Undone:
    """The `days` of a claim in whose place another one stands that named its id, and the name of that one (`by`)."""

    days: Days | None
    by: str | None = None


@attrs.frozen
class Account:
    """What a history holds under one claim id: `versions` of bills, and what other claims have `undone` of it.

    `is_spent`: those others have found what they mean, though it is held no more.
    """

    versions: Sequence[Held] = ()
    undone: Sequence[Undone] = ()
    is_spent: bool = False

    def versions_of(self, claim: Received) -> list[Held]:
        """The versions of the bill of a claim: those of common days.

        Days may be what was wrong: so a replacement or void without such is of the only bill that was received before,
        and what was received before the only one, where that is a replacement or void, is its original.
        """
        own = [one for one in self.versions if is_one_bill(one, claim)]
        if own:
            return own
        others = [one for one in self.versions if may_be_one(one.bill, claim.bill)]
        if claim.rank > Rank.ORIGINAL:
            return only_bill([one for one in others if not _is_before(claim, one)])
        return only_bill(others) if all(one.rank > Rank.ORIGINAL and _is_before(claim, one) for one in others) else []

    def meant_by(self, days: Days | None) -> list[Held]:
        """The versions that a claim of some days means by the claim id: of common days, or else the only bill."""
        return [one for one in self.versions if meet(one.bill.days, days)] or only_bill(self.versions)

    def undoing(self, claim: Received) -> Undone | None:
        """What says of a claim that another one stands in its place: of common days, or where nothing else is meant."""
        theirs = {one.visit for one in self.versions_of(claim)}
        others = self.is_spent or any(one.visit not in theirs for one in self.versions)
        return next((one for one in self.undone if meet(one.days, claim.bill.days) or not others), None)

    def names_of(self, claim_id: str, claim: Asked) -> frozenset[str]:
        """The names under which a claim itself, and versions of its bill, are held."""
        same = [one for one in self.versions if one.digest in claim.digests]
        found = same or self.versions_of(claim)
        return frozenset(name_of(claim_id, one.visit) for one in found)

    def successor(self, claim_id: str, claim: Asked) -> tuple[str | None] | None:
        """The name of the claim in the place of one, None where that is not known; nothing where none is."""
        same = [one for one in self.versions if one.digest in claim.digests]
        if any(one.stands for one in same):
            return None
        undone = self.undoing(claim)
        if undone is not None:
            return None if undone.by in claim.undoes else (undone.by,)
        own = (claim.rank, claim.received or date.min), max((one.number for one in same), default=None)
        for one in self.versions_of(claim):
            if one in same:
                continue
            later = own[1] is not None and one.weight == own[0] and one.number > own[1]
            if one.weight > own[0] or later:
                return (claim_id,)
        return None


def only_bill(versions: Sequence[Held]) -> list[Held]:
    """The versions, where they are all of one bill; else none."""
    return [*versions] if len({one.visit for one in versions}) == 1 else []


def _is_before(one: Received, other: Received) -> bool:
    """Whether one claim is known to have been received before another."""
    return one.received is not None and other.received is not None and one.received < other.received


def is_one_bill(one: Ranked, other: Ranked) -> bool:
    """Whether two claims of one claim id are versions of one bill, by all that they say."""
    frequencies = one.bill.frequency, other.bill.frequency
    both_first = frequencies == ("1", "1") and not (one.bill.is_record and other.bill.is_record)
    adds = both_first or not BESIDE.isdisjoint(frequencies)
    if adds and max(one.rank, other.rank) <= Rank.ORIGINAL:
        return False
    return may_be_one(one.bill, other.bill) and meet(one.bill.days, other.bill.days)


def may_be_one(one: Bill, other: Bill) -> bool:
    """Whether neither biller nor type says that two bills are different ones."""
    of_one_biller = one.biller is None or other.biller is None or one.biller == other.biller
    return of_one_biller and (one.claim_type is None or other.claim_type is None or one.claim_type == other.claim_type)


def meet(one: Days | None, other: Days | None) -> bool:
    """Whether two spans of days have a day in common, as far as is known."""
    return one is None or other is None or (one[0] <= other[1] and other[0] <= one[1])


def span(days: Iterable[object]) -> Days | None:
    """The first and the last of some days, as far as they are readable."""
    known = [day for day in days if isinstance(day, date)]
    return (min(known), max(known)) if known else None
