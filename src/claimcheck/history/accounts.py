"""Claims that share a claim id, which may be an account number: which of them are one bill, and which are separate.

An 837 has the provider's own number (CLM01), and several visits may be billed under one account. A claim sent again
under the id is a version of the same bill if it has the same days, biller, and type; two that both call themselves
first claims (CLM05-3 = 1) are two claims, and so are interim bills and late charges that add to another. (CMS, Medicare
Claims Processing Manual, chapter 1, section 120.2; X12 837, CLM01 and CLM05-3.)

>>> july, august = date(2024, 7, 15), date(2024, 8, 15)
>>> first = Held(1, Rank.ORIGINAL, None, 7, Bill((july, july), frequency="1"))
>>> account = Account((first,))
>>> account.names_of("ACCT", Asked(Rank.ORIGINAL, Bill((august, august), frequency="1"), lambda: (8,)))
frozenset()
>>> account.names_of("ACCT", Asked(Rank.REPLACEMENT, Bill((july, july), frequency="7"), lambda: (9,)))
frozenset({'ACCT'})

The first bill under a claim id is named by that id; for the others the name adds a number:

>>> name_of("ACCT", 1), name_of("ACCT", 2), plain(name_of("ACCT", 2))
('ACCT', 'ACCT␟000000000002', 'ACCT')
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import IntEnum
from typing import Protocol

import attrs

__all__ = [
    "BESIDE",
    "REPLACES",
    "Account",
    "Asked",
    "Bill",
    "Days",
    "Held",
    "Rank",
    "Undone",
    "is_below",
    "is_one_bill",
    "may_be_one",
    "meet",
    "name_below",
    "name_of",
    "number_of",
    "only_bill",
    "plain",
    "recorded_frequency",
    "span",
]

_MARK = "\u241f"  #: a separator that no claim id contains
_BELOW = f"{_MARK}0"

Days = tuple[date, date]

REPLACES = "7"  #: the frequency code of a replacement

BESIDE = frozenset("2345")
"""The frequency codes of bills that add to the one they name: interim bills (2, 3, 4) and late charges (5).

(NUBC, UB-04 form locator 4; CMS, Medicare Claims Processing Manual, chapter 25, section 75.1.)
"""


class Rank(IntEnum):
    """The precedence among versions of a bill: a higher rank supersedes all lower ones, whichever came first."""

    SUPERSEDED = -1  #: its result says that it is superseded
    ORIGINAL = 0
    REPLACEMENT = 1  #: frequency code 7, or it names an original
    VOID = 2  #: frequency code 8


def name_of(claim_id: str, number: int) -> str:
    """The name of a bill by its number under a claim id; names sort in number order."""
    return claim_id if number == 1 else f"{claim_id}{_MARK}{number:012}"


def number_of(name: str) -> int:
    """The number of a bill by its name."""
    return int(name.removeprefix(plain(name))[len(_MARK) :] or 1)


def name_below(name: str) -> str:
    """A name that no claim of a batch has, for a bill in the history below it."""
    return f"{name}{_BELOW}"


def is_below(name: str) -> bool:
    """Whether `name_below` made a name."""
    return name.endswith(_BELOW)


def plain(name: str) -> str:
    """The claim id of a bill's name."""
    return name.partition(_MARK)[0]


@attrs.frozen
class Bill:
    """What distinguishes the bills under one claim id; None if unknown.

    `days` are the first and last day, `frequency` the frequency code; `is_record` says that it is the payer's record of
    a claim.
    """

    days: Days | None = None
    biller: str | None = None
    claim_type: str | None = None
    frequency: str | None = None
    is_record: bool = False


def recorded_frequency(frequency: str | None, rank: Rank) -> str | None:
    """The frequency code of a bill's lines in a history: 7 for any claim of the rank of a replacement."""
    return REPLACES if rank is Rank.REPLACEMENT else frequency


class Ranked(Protocol):
    """A version of a bill."""

    @property
    def rank(self) -> Rank: ...
    @property
    def bill(self) -> Bill: ...


class Received(Ranked, Protocol):
    """A version of a bill with a received date, if known."""

    @property
    def received(self) -> date | None: ...


@attrs.frozen
class Asked:
    """A claim that a history is asked about; `digests` gives those under which it may be stored."""

    rank: Rank
    bill: Bill
    digests: Callable[[], tuple[int, ...]] = attrs.field(default=tuple, eq=False)
    received: date | None = None
    undoes: tuple[str, ...] = ()


@attrs.frozen
class Held:
    """A version of a bill in a history.

    `number` is the history's own, and increases with each one kept; `visit` is the number of its bill under the claim
    id, 1 for the first; `stands` says whether its lines are in force.
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
        """Of the versions of one bill the one with the greatest weight is in force."""
        return self.rank, self.received or date.min


@attrs.frozen
class Undone:
    """The `days` of a claim that another one replaced by naming its id, and the name of that one (`by`)."""

    days: Days | None
    by: str | None = None


@attrs.frozen
class Account:
    """What a history holds under one claim id: `versions` of bills, and what other claims have `undone`.

    `is_spent`: those others have found the claim they refer to, even if it is no longer held.
    """

    versions: Sequence[Held] = ()
    undone: Sequence[Undone] = ()
    is_spent: bool = False

    def versions_of(self, claim: Received) -> list[Held]:
        """The versions of a claim's bill: those with common days.

        The days may be what was wrong: so a replacement or void without common days refers to the only bill received
        before it, and what was received before the only bill, if that is a replacement or void, is its original.
        """
        own = [one for one in self.versions if is_one_bill(one, claim)]
        if own:
            return own
        others = [one for one in self.versions if may_be_one(one.bill, claim.bill)]
        if claim.rank > Rank.ORIGINAL:
            return only_bill([one for one in others if not _is_before(claim, one)])
        return only_bill(others) if all(one.rank > Rank.ORIGINAL and _is_before(claim, one) for one in others) else []

    def meant_by(self, days: Days | None) -> list[Held]:
        """The versions that a claim with some days refers to by the claim id: those with common days, or else the only
        bill."""
        return [one for one in self.versions if meet(one.bill.days, days)] or only_bill(self.versions)

    def undoing(self, claim: Received) -> Undone | None:
        """What replaces a claim: entries with common days, or those that refer to nothing else."""
        theirs = {one.visit for one in self.versions_of(claim)}
        others = self.is_spent or any(one.visit not in theirs for one in self.versions)
        return next((one for one in self.undone if meet(one.days, claim.bill.days) or not others), None)

    def _of_digests(self, claim: Asked) -> list[Held]:
        """The versions that are the claim itself, as far as its digests tell."""
        digests = claim.digests() if self.versions else ()
        return [one for one in self.versions if one.digest in digests]

    def names_of(self, claim_id: str, claim: Asked) -> frozenset[str]:
        """The names under which a claim itself, and versions of its bill, are held."""
        same = self._of_digests(claim)
        found = same or self.versions_of(claim)
        return frozenset(name_of(claim_id, one.visit) for one in found)

    def successor(self, claim_id: str, claim: Asked) -> tuple[str | None] | None:
        """The name of the claim that replaces one, None if unknown; empty if none does."""
        same = self._of_digests(claim)
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
    """The versions, if they are all of one bill; else empty."""
    return [*versions] if len({one.visit for one in versions}) == 1 else []


def _is_before(one: Received, other: Received) -> bool:
    """Whether one claim is known to have been received before another."""
    return one.received is not None and other.received is not None and one.received < other.received


def is_one_bill(one: Ranked, other: Ranked) -> bool:
    """Whether two claims with one claim id are versions of one bill, by everything they say."""
    frequencies = one.bill.frequency, other.bill.frequency
    both_first = frequencies == ("1", "1") and not (one.bill.is_record and other.bill.is_record)
    adds = both_first or not BESIDE.isdisjoint(frequencies)
    if adds and max(one.rank, other.rank) <= Rank.ORIGINAL:
        return False
    return may_be_one(one.bill, other.bill) and meet(one.bill.days, other.bill.days)


def may_be_one(one: Bill, other: Bill) -> bool:
    """Whether neither biller nor type shows that two bills are different."""
    of_one_biller = one.biller is None or other.biller is None or one.biller == other.biller
    return of_one_biller and (one.claim_type is None or other.claim_type is None or one.claim_type == other.claim_type)


def meet(one: Days | None, other: Days | None) -> bool:
    """Whether two date spans overlap, as far as is known."""
    return one is None or other is None or (one[0] <= other[1] and other[0] <= one[1])


def span(days: Iterable[object]) -> Days | None:
    """The first and last of some dates, as far as they are readable."""
    known = [day for day in days if isinstance(day, date)]
    return (min(known), max(known)) if known else None
