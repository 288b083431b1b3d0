"""Finds the original of a replacement or void that names it by an unknown number.

A replacement (frequency code 7) or void (8) names the original by the *payer's* number (X12 837, REF*F8), which the
provider's own files do not have: there the original has the provider's number (CLM01). A payer then looks for it by
other similarities: member, billing provider, claim type, dates, and a service. If exactly one accepted earlier claim
matches, it is taken as the original. If several do, or one that differs in something, it is unknown: the claims are not
compared with each other, and each reports that this was not checked.

>>> from claimcheck import validate_claims
>>> line = {"procedure_code": "99213", "units": 1, "charge": "125.00", "service_date": "2024-07-15"}
>>> first = {"claim_id": "A1", "claim_type": "professional", "member_id": "M1", "billing_npi": "1234567893",
...          "lines": [line]}
>>> second = {**first, "claim_id": "A2", "frequency_code": "7", "original_claim_id": "PAYERS-OWN-1"}
>>> [(str(result.disposition), result.supersedes) for result in validate_claims([first, second])]
[('superseded', ()), ('payable', ('A1',))]

Of two possible originals, neither is taken:

>>> results = list(validate_claims([first, {**first, "claim_id": "A3"}, second]))
>>> [str(result.disposition) for result in results]  # the second is a duplicate of the first
['payable', 'denied', 'payable']
>>> ["unknown_original" in [entry.reason for entry in result.not_checked] for result in results]
[True, True, True]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from datetime import date, timedelta
from hashlib import blake2b

import attrs

from claimcheck.claims import Claim
from claimcheck.claims.performer import performer
from claimcheck.codes.procedure import text_of
from claimcheck.history.entry import facility_type, first_day, frequency_of, identity, undone_by
from claimcheck.history.neighbours import LinesBeside, Neighbours, beside
from claimcheck.history.recorded import LookUp, RecordedLine, may_grow
from claimcheck.history.uses import uses

__all__ = [
    "NOTHING_MEANT",
    "Alike",
    "Candidates",
    "Meant",
    "bill_key",
    "candidates",
    "holds",
    "looked_for",
    "may_mean",
    "means_another",
    "meant_by",
    "surely_means",
    "without",
]

_REPLACES_OR_VOIDS = frozenset("78")
_WHOLE_CLAIM = timedelta(days=400)  #: how far from a day of a claim to look for its other days

Days = tuple[date, date]


@attrs.frozen
class Meant:
    """What is known about the original of a claim by similarity alone, with claim names as in a history.

    `taken` are the claims that it replaces; `doubted` those that it may replace, or that may replace it: no line of
    theirs is compared with it.
    """

    taken: frozenset[str] = frozenset()
    doubted: frozenset[str] = frozenset()


NOTHING_MEANT = Meant()


@attrs.frozen
class Candidates:
    """The claims of a history that a replacement or void may refer to: `sure` have its type, biller, and days."""

    sure: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()


@attrs.frozen
class Alike:
    """What two versions of a bill have in common: as much of a claim as a history keeps.

    `days` are its first and last day; `kept` those of its lines with a code and a date.
    """

    claim_type: str | None
    npi: str | None
    tax_id: str | None
    facility: str | None
    received: date | None
    days: Days | None
    kept: Days | None
    codes: frozenset[str]
    performers: frozenset[str | None]

    @classmethod
    def of(cls, claim: Claim, days: Days | None) -> Alike:
        """From a claim whose first and last day are `days`."""
        lines = [
            (code, first, line)
            for line in claim.lines
            if isinstance(line.procedure_code, str)
            and (code := text_of(line.procedure_code)) is not None
            and (first := first_day(claim, line)) is not None
        ]
        firsts = [first for _, first, _ in lines]
        lasts = [last for _, _, line in lines if isinstance(last := line.service_date_end, date)]
        return cls(
            _lower(claim.claim_type),
            _text(claim.billing_npi),
            _text(claim.billing_tax_id),
            facility_type(claim),
            claim.received_date if isinstance(claim.received_date, date) else None,
            days,
            (min(firsts), max([*firsts, *lasts])) if firsts else None,
            frozenset(code for code, _, _ in lines),
            frozenset(performer(claim, line)[0] for _, _, line in lines),
        )

    @classmethod
    def recorded(cls, lines: Iterable[RecordedLine]) -> Alike:
        """From the lines of a claim in a history."""
        some = list(lines)
        one = some[0]
        days = min(line.service_date for line in some), max(line.service_date_end for line in some)
        return cls(
            _lower(one.claim_type),
            one.billing_npi,
            one.billing_tax_id,
            one.facility_type,
            one.received_date,
            days,
            days,
            frozenset(line.code for line in some),
            frozenset(line.rendering_npi or line.billing_npi for line in some),
        )


def means_another(claim: Claim) -> bool:
    """Whether a claim's frequency code says that it replaces or voids the claim it names."""
    return isinstance(claim.original_claim_id, str) and frequency_of(claim) in _REPLACES_OR_VOIDS


def may_mean(later: Alike, earlier: Alike) -> bool:
    """Whether a replacement or void may refer to an earlier claim: nothing contradicts it, and something supports it.

    Support, in addition to common days, is a common code or rendering provider: in a group many bill on one day. A
    facility bills a day's services on one claim (CMS, Medicare Claims Processing Manual, chapter 4, section 170).
    """
    if _differ(later.claim_type, earlier.claim_type) or _same_biller(later, earlier) is False:
        return False
    if later.received is not None and earlier.received is not None and later.received < earlier.received:
        return False
    own, other = _days(later, earlier)
    if own is None or other is None or own[1] < other[0] or other[1] < own[0]:
        return False
    if "institutional" in (later.claim_type, earlier.claim_type):
        return not _differ(later.facility, earlier.facility)
    return bool(later.codes & earlier.codes or later.performers & earlier.performers)


def surely_means(later: Alike, earlier: Alike) -> bool:
    """Whether it does, if it cannot refer to any other: one with the same type, biller, and days, all of them known.

    It also needs a code in common: otherwise it may be another service of the day, and the original is not available.
    """
    own, other = _days(later, earlier)
    alike = later.claim_type is not None and later.claim_type == earlier.claim_type and own == other
    if not alike or not _same_biller(later, earlier) or not may_mean(later, earlier):
        return False
    return not (later.codes or earlier.codes) or bool(later.codes & earlier.codes)


def meant_by(claim: Claim, history: LookUp | None) -> Meant:
    """The claims of a history that a claim refers to without naming them.

    A history that knows them has a method `meant`; in any other they are searched for.
    """
    if history is None or not isinstance(claim.member_id, str):
        return NOTHING_MEANT
    told = getattr(history, "meant", None)
    if told is not None:
        found: Meant = told(claim)
        return found
    return looked_for(claim, history)


def looked_for(claim: Claim, history: LookUp) -> Meant:
    """The same, found among the lines of a history."""
    if not means_another(claim) or not isinstance(claim.member_id, str):
        return NOTHING_MEANT
    found = candidates(claim, history)
    if found is None:
        return NOTHING_MEANT
    return Meant(taken=found.sure) if len(found.sure) == 1 else Meant(doubted=found.sure | found.possible)


def candidates(claim: Claim, history: LookUp | None) -> Candidates | None:
    """The claims of a history that a replacement or void may refer to; None if the one it names is among them."""
    own = Alike.of(claim, None)
    if history is None or own.kept is None or not isinstance(claim.member_id, str):
        return Candidates()
    key: bytes = getattr(history, "digest_key", b"")
    if holds(history, claim.member_id, undone_by(claim, key)):
        return None
    found = _claims(history, claim.member_id, own.kept)
    found.pop(identity(claim, key), None)
    possible = {name for name, lines in found.items() if may_mean(own, Alike.recorded(lines))}
    if not possible:
        return Candidates()
    whole = {
        name: Alike.recorded(lines) for name, lines in _claims(history, claim.member_id, _around(own.kept)).items()
    }
    sure = frozenset(name for name in possible if surely_means(own, whole[name]))
    return Candidates(sure, frozenset(possible - sure))


def holds(history: LookUp, member_id: str, names: Iterable[str]) -> bool:
    """Whether a history has a claim with one of these names, in force or not.

    A history that can tell has a method `knows`; for any other the lines in force are searched.
    """
    knows = getattr(history, "knows", None)
    if knows is not None:
        return any(knows(member_id, name) for name in names)
    return not {line.claim for line in history.lines(member_id, date.min, date.max)}.isdisjoint(names)


def _claims(history: LookUp, member_id: str, days: Days) -> dict[str, list[RecordedLine]]:
    """The lines of a member on the days, by claim."""
    claims: dict[str, list[RecordedLine]] = defaultdict(list)
    for line in history.lines(member_id, *days):
        claims[line.claim].append(line)
    return claims


def without(history: LookUp | None, meant: Meant) -> LookUp | None:
    """The history without claims that are, or may be, versions of the same bill in addition to those that a claim
    names."""
    left_out = meant.taken | meant.doubted
    return _Without(history, left_out) if history is not None and left_out else history


@attrs.frozen
class _Without(LinesBeside):
    """A history without the lines of some claims."""

    _whole: LookUp
    _left_out: frozenset[str]

    @property
    def known_from(self) -> date | None:
        return self._whole.known_from

    @property
    def may_grow(self) -> bool:
        return may_grow(self._whole)

    def validated_with(self, member_id: str, name: str) -> bool:
        together = getattr(self._whole, "validated_with", None)
        return together is not None and together(member_id, name)

    @property
    def digest_key(self) -> bytes:
        key: bytes = getattr(self._whole, "digest_key", b"")
        return key

    def beside(
        self,
        member_id: str,
        first: date,
        through: date,
        neighbours: Neighbours | None,
        *,
        other_than: Claim | None = None,
    ) -> tuple[RecordedLine, ...]:
        found = beside(self._whole, member_id, first, through, neighbours, other_than=other_than)
        return tuple([line for line in found if line.claim not in self._left_out])

    def uses(
        self, member_id: str, codes: Container[str], first: date, through: date, *, other_than: Claim | None = None
    ) -> Iterator[RecordedLine]:
        found = uses(self._whole, member_id, codes, first, through, other_than=other_than)
        return (line for line in found if line.claim not in self._left_out)


def bill_key(member_id: str, name: str) -> int:
    """A number for a member's claim that reveals neither."""
    text = f"{len(member_id)} {member_id} {name}"
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _around(days: Days) -> Days:
    first = days[0] - _WHOLE_CLAIM if days[0] - date.min > _WHOLE_CLAIM else date.min
    return first, days[1] + _WHOLE_CLAIM if date.max - days[1] > _WHOLE_CLAIM else date.max


def _days(one: Alike, other: Alike) -> tuple[Days | None, Days | None]:
    """The days by which two claims are compared: those of lines if both have lines that a history keeps."""
    return (one.days, other.days) if one.kept is None or other.kept is None else (one.kept, other.kept)


def _same_biller(one: Alike, other: Alike) -> bool | None:
    """Whether two claims have one billing provider; None if unknown."""
    if one.npi is not None and other.npi is not None:
        return one.npi == other.npi
    return None if one.tax_id is None or other.tax_id is None else one.tax_id == other.tax_id


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _lower(value: object) -> str | None:
    return value.lower() if isinstance(value, str) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
