"""The words of a verdict: severity, disposition, and why something was not checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum
from functools import cache
from typing import Self

__all__ = ["Disposition", "Reason", "Severity", "claim_disposition", "strongest"]


class _Ordered(StrEnum):
    """Words that stand in an order, which is that of their strength and not of the alphabet.

    A word may be compared with a plain text that is one of them; any other is refused, as two kinds of words are.
    """

    @property
    def strength(self) -> int:
        """How strong the word is among its kind; 0 is the weakest."""
        return _strengths(type(self))[self]

    def _other(self, other: object) -> int | None:
        """The strength of another word of the kind; None of what is no text."""
        if not isinstance(other, str):
            return None
        known = None if isinstance(other, _Ordered) and type(other) is not type(self) else _strengths(type(self))
        if known is None or other not in known:
            words = ", ".join(sorted(type(self)))
            raise TypeError(f"{type(self).__name__} is compared with {type(self).__name__} alone: one of {words}")
        return known[other]

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        """A word in upper case is the same word."""
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

    Severities are in order, info < warning < error, also beside their plain words.

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
    """What becomes of a line, or of a claim.

    Dispositions are in order, the stronger one deciding where a line has findings of several: payable < report_only <
    review < denied < rejected < superseded. A certain denial outweighs a question, what cannot be processed is not even
    denied, and of what is no longer in force nothing else is said.

    >>> max(Disposition.REVIEW, Disposition.DENIED), Disposition.PAYABLE < "denied"
    (<Disposition.DENIED: 'denied'>, True)
    """

    PAYABLE = "payable"  #: no finding against payment
    REPORT_ONLY = "report_only"  #: accepted for reporting, not paid
    REVIEW = "review"  #: manual review needed
    DENIED = "denied"  #: processed, and not paid
    REJECTED = "rejected"  #: cannot be processed, returned to the provider
    SUPERSEDED = "superseded"  #: no longer in force: a later version of the bill stands, or it was voided


@cache
def _strengths(kind: type[_Ordered]) -> dict[str, int]:
    """The strength of each word of a kind, by the word."""
    words = list(kind)
    return {word: strength for strength, word in enumerate(reversed(words) if kind is Severity else words)}


_STRENGTH = {disposition: strength for strength, disposition in enumerate(Disposition)}
_ALL_PAYABLE = {Disposition.PAYABLE}


def strongest(dispositions: Iterable[Disposition]) -> Disposition:
    """The disposition of a line that has findings of several: a certain denial outweighs a review.

    >>> strongest([Disposition.REPORT_ONLY, Disposition.DENIED]), strongest([])
    (<Disposition.DENIED: 'denied'>, <Disposition.PAYABLE: 'payable'>)
    """
    return max(dispositions, key=_STRENGTH.__getitem__, default=Disposition.PAYABLE)


def claim_disposition(of_claim: Disposition, of_lines: Collection[Disposition]) -> Disposition:
    """The disposition of a claim, from that of its own findings and those of its lines.

    Superseded where the claim itself is; rejected where it is, or every line; else in review where any line is; else
    denied where no line is accepted; else payable where any line is; else report-only.

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
    OUTSIDE_EDITION = "outside_edition"  #: the date is before every edition, or in a gap between two
    STALE = "stale"  #: the newest edition is older than the service date
    STARTER_TABLE = "starter_table"  #: only the embedded starter table is there, and it does not hold the key
    PARTIAL_TABLE = "partial_table"  #: the edition is incomplete, and does not hold the key
    NOT_IN_TABLE = "not_in_table"  #: the table lists no codes of this family, so absence says nothing
    NO_HISTORY = "no_history"  #: the rules read the member's other claims, and no history knows them
    LATER_CLAIMS = "later_claims"  #: the rules read the member's other claims, and more may follow in the batch
    UNKNOWN_ORIGINAL = "unknown_original"  #: which of several claims a replacement or void means cannot be told
    NO_REFERENCE_DATE = "no_reference_date"  #: the rule needs the processing date: neither as_of nor a receipt date
    NO_SERVICE_DATE = "no_service_date"  #: no readable service date to choose an edition by
    MISSING_FIELD = "missing_field"  #: a field that the rule needs is missing or unreadable
    TOO_MANY = "too_many"  #: the claim holds more of it than is looked at
    NO_PARAMETER = "no_parameter"  #: the policy says nothing on what the rule must know
