"""The vocabulary of results: severity, disposition, and why something was not checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum
from functools import cache
from typing import Self

__all__ = ["NOT_ACCEPTED", "Disposition", "Reason", "Severity", "claim_disposition", "strongest"]


class _Ordered(StrEnum):
    """Words ordered by strength rather than alphabetically.

    A word can be compared with a plain string that is one of them; any other is refused, and so are words of two kinds.
    """

    @property
    def strength(self) -> int:
        """The word's rank among its kind; 0 is the weakest."""
        return _strengths(type(self))[self]

    def _other(self, other: object) -> int | None:
        """The strength of another word of the kind; None for anything but text."""
        if not isinstance(other, str):
            return None
        known = None if isinstance(other, _Ordered) and type(other) is not type(self) else _strengths(type(self))
        if known is None or other not in known:
            words = ", ".join(sorted(type(self)))
            raise TypeError(f"{type(self).__name__} is compared with {type(self).__name__} alone: one of {words}")
        return known[other]

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        """A word in uppercase is the same word."""
        return next((one for one in cls if isinstance(value, str) and one == value.lower()), None)

    def __lt__(self, other: object) -> bool:
        strength = self._other(other)
        return NotImplemented if strength is None else self.strength < strength

    def __le__(self, other: object) -> bool:
        strength = self._other(other)
        return NotImplemented if strength is None else self.strength <= strength

    def __gt__(self, other: object) -> bool:
        strength = self._other(other)
        return NotImplemented if strength is None else self.strength > strength

    def __ge__(self, other: object) -> bool:
        strength = self._other(other)
        return NotImplemented if strength is None else self.strength >= strength


class Severity(_Ordered):
    """How much a finding matters. Only an error makes `ok` false.

    Severities are ordered info < warning < error, and can be compared with these strings.

    >>> Severity.ERROR > Severity.INFO, Severity.WARNING >= "warning", max(["info", "error"], key=Severity)
    (True, True, 'error')
    >>> Severity.ERROR > "fatal"
    Traceback (most recent call last):
        ...
    TypeError: Severity is compared with Severity alone: one of info, warning, error
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Disposition(_Ordered):
    """What happens to a line or a claim.

    Dispositions are ordered, and the strongest decides if a line has several findings: payable < report_only < review <
    denied < rejected < superseded. A definite denial outweighs a question, a claim that cannot be processed is not even
    denied, and for one that is no longer in force nothing else is reported.

    >>> max(Disposition.REVIEW, Disposition.DENIED), Disposition.PAYABLE < "denied"
    (<Disposition.DENIED: 'denied'>, True)
    """

    PAYABLE = "payable"  #: nothing found that would stop payment
    REPORT_ONLY = "report_only"  #: accepted for reporting, not paid
    REVIEW = "review"  #: manual review needed
    DENIED = "denied"  #: cannot be processed, returned to the provider
    REJECTED = "rejected"  #: cannot be processed, returned to the provider
    SUPERSEDED = "superseded"  #: no longer in force: replaced by a later version of the bill, or voided


@cache
def _strengths(kind: type[_Ordered]) -> dict[str, int]:
    """The strength of each word of a kind."""
    words = list(kind)
    return {word: strength for strength, word in enumerate(reversed(words) if kind is Severity else words)}


#: Dispositions of a line that is neither paid nor accepted for reporting.
NOT_ACCEPTED = frozenset({Disposition.DENIED, Disposition.REJECTED})

_STRENGTH = {disposition: strength for strength, disposition in enumerate(Disposition)}
_ALL_PAYABLE = {Disposition.PAYABLE}


def strongest(dispositions: Iterable[Disposition]) -> Disposition:
    """The disposition of a line with several findings: a definite denial outweighs a review.

    >>> strongest([Disposition.REPORT_ONLY, Disposition.DENIED]), strongest([])
    (<Disposition.DENIED: 'denied'>, <Disposition.PAYABLE: 'payable'>)
    """
    return max(dispositions, key=_STRENGTH.__getitem__, default=Disposition.PAYABLE)


def claim_disposition(of_claim: Disposition, of_lines: Collection[Disposition]) -> Disposition:
    """The disposition of a claim, from its own findings and its lines.

    Superseded if the claim itself is; rejected if it is, or every line is; else in review if any line is; else denied
    if no line is accepted; else payable if any line is; else report-only.

    >>> lines = [Disposition.REPORT_ONLY, Disposition.DENIED]
    >>> str(claim_disposition(Disposition.PAYABLE, lines))
    'report_only'
    >>> str(claim_disposition(Disposition.REJECTED, lines))
    'rejected'
    """
    lines = set(of_lines)
    if of_claim is Disposition.PAYABLE and lines == _ALL_PAYABLE:
        return Disposition.PAYABLE
    if of_claim is Disposition.SUPERSEDED or lines == {Disposition.SUPERSEDED}:
        return Disposition.SUPERSEDED
    if of_claim is Disposition.REJECTED or lines == {Disposition.REJECTED}:
        return Disposition.REJECTED
    for disposition in (Disposition.REVIEW, Disposition.DENIED):
        if of_claim is disposition:
            return disposition
        if disposition is Disposition.REVIEW and disposition in lines:
            return disposition
    if lines and lines <= {Disposition.DENIED, Disposition.REJECTED}:
        return Disposition.DENIED
    if Disposition.PAYABLE not in lines and (Disposition.REPORT_ONLY in lines or of_claim is Disposition.REPORT_ONLY):
        return Disposition.REPORT_ONLY
    return Disposition.PAYABLE


class Reason(StrEnum):
    """Why something was not checked."""

    NO_TABLE = "no_table"  #: no edition of the table is loaded
    OUTSIDE_EDITION = "outside_edition"  #: the date is before every edition, or in a gap between editions
    STALE = "stale"  #: the newest edition is older than the service date
    STARTER_TABLE = "starter_table"  #: only the starter table is available, and it does not hold the key
    PARTIAL_TABLE = "partial_table"  #: the edition is incomplete, and does not hold the key
    NOT_IN_TABLE = "not_in_table"  #: the table does not list this family of codes, so absence means nothing
    NO_HISTORY = "no_history"  #: the rules read the member's other claims, and no history was given
    LATER_CLAIMS = "later_claims"  #: the rules read the member's other claims, and more may follow in the batch
    UNKNOWN_ORIGINAL = "unknown_original"  #: it is unclear which of several claims a replacement or void means
    NO_REFERENCE_DATE = "no_reference_date"  #: the rule needs the processing date: neither as_of nor a received date
    NO_SERVICE_DATE = "no_service_date"  #: no readable service date to choose an edition
    MISSING_FIELD = "missing_field"  #: a field that the rule needs is missing or unreadable
    TOO_MANY = "too_many"  #: the claim holds more than is examined
    NO_PARAMETER = "no_parameter"  #: the policy lacks a value that the rule needs
