"""The words of a verdict: severity, disposition, and why something was not checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum

__all__ = ["Disposition", "Reason", "Severity", "claim_disposition", "strongest"]


class Severity(StrEnum):
    """How much a finding matters. Only an error makes `ok` false."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Disposition(StrEnum):
    """What becomes of a line, or of a claim."""

    PAYABLE = "payable"  #: nothing found against payment
    REPORT_ONLY = "report_only"  #: accepted, pays nothing by design
    REVIEW = "review"  #: a person must decide
    DENIED = "denied"  #: processed, and not paid
    REJECTED = "rejected"  #: cannot be processed, returned to the provider
    SUPERSEDED = "superseded"  #: no longer in force: a later version of the bill stands, or it was voided


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
    NO_REFERENCE_DATE = "no_reference_date"  #: the rule needs the processing date: neither as_of nor a receipt date
    NO_SERVICE_DATE = "no_service_date"  #: no readable service date to choose an edition by
    MISSING_FIELD = "missing_field"  #: a field that the rule needs is missing or unreadable
    TOO_MANY = "too_many"  #: the claim holds more of it than is looked at
    NO_PARAMETER = "no_parameter"  #: the policy says nothing on what the rule must know
