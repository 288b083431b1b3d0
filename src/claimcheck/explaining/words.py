"""Explains the vocabulary of results.

>>> MEANINGS[Disposition.REPORT_ONLY]
'accepted for reporting, not paid'
>>> of_word("Report only").title
'report only'
>>> of_word("something") is None
True
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.explaining.explanation import Explanation, Section
from claimcheck.explaining.unchecked import advice, table_words, why
from claimcheck.tables.tables import MEDICARE

__all__ = ["MEANINGS", "edition_in_words", "of_word", "plain"]

MEANINGS: Mapping[Disposition, str] = MappingProxyType(
    {
        Disposition.PAYABLE: "nothing found that would stop payment",
        Disposition.REPORT_ONLY: "accepted for reporting, not paid",
        Disposition.REVIEW: "manual review needed",
        Disposition.DENIED: "processed, not paid",
        Disposition.REJECTED: "unprocessable as billed, to be corrected and resubmitted",
        Disposition.SUPERSEDED: "replaced or voided: not paid, not denied, not counted",
    }
)
_SEVERITIES = {
    Severity.ERROR: "must be corrected: `ok` is false, and `claimcheck check` exits with 1",
    Severity.WARNING: "should be looked at; the claim can be sent as it is",
    Severity.INFO: "for information",
}


def plain(name: str) -> str:
    """A value's name as people write it."""
    return name.replace("_", " ")


def edition_in_words(edition: str) -> str:
    """A table edition of a result ("program table name") in words.

    >>> edition_in_words("medicare ptp_practitioner 2024-07-01 (starter)")
    'NCCI pairs, practitioner, 2024-07-01 (starter table)'
    >>> edition_in_words("v302r0")
    'v302r0'
    """
    if edition.count(" ") < 2:
        return edition
    program, table, name = edition.split(" ", 2)
    whose = "" if program == MEDICARE else f"{program.capitalize()} "
    return f"{table_words(table)}, {whose}{name.replace('(starter)', '(starter table)')}"


def of_word(text: str) -> Explanation | None:
    """What a disposition, severity, or reason for not checking means; None for any other word."""
    name = "_".join(text.lower().split())
    if name in {*Disposition}:
        return _explained(name, "Disposition", MEANINGS[Disposition(name)])
    if name in {*Severity}:
        return _explained(name, "Severity", _SEVERITIES[Severity(name)])
    if name in {*Reason}:
        does = advice([Reason(name)])
        return _explained(
            name, "Why something is not checked", why(Reason(name)), *(f"to check it: {do}" for do in does)
        )
    return None


def _explained(name: str, heading: str, *lines: str) -> Explanation:
    return Explanation(plain(name), (Section(heading, lines),))
