"""What happens to a line together with its claim, which is returned as a whole if it is rejected.

>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "99213", "units": 1, "charge": "125.00", "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "professional", "billing_npi": "3000000000", "lines": [line]})
>>> str(result.lines[0].disposition), str(result.disposition)
('payable', 'rejected')
>>> disposition, finding = outcome(result.lines[0], upon_claim(result))
>>> str(disposition), finding.rule_id
('rejected', 'STR701')
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import attrs

from claimcheck.claims.finding import Finding
from claimcheck.claims.line_result import LineResult
from claimcheck.claims.result import ClaimResult
from claimcheck.claims.verdict import Disposition, Severity, strongest

__all__ = ["outcome", "qualified", "return_note", "state", "upon_claim", "with_claim"]

_UNPAID = {Disposition.REVIEW, Disposition.DENIED, Disposition.REJECTED}


def upon_claim(result: ClaimResult) -> Finding | None:
    """The finding for which none of the claim's lines is paid, or not before manual review.

    A finding on the claim, or on the first rejected line of an institutional claim, which is returned as a whole.

    >>> from claimcheck import validate_claim
    >>> line = {"procedure_code": "99283", "revenue_code": "0450", "units": 1, "charge": "450.00",
    ...         "service_date": "2024-07-15"}
    >>> claim = {"claim_type": "institutional", "bill_type": "0131", "lines": [line, {**line, "revenue_code": "9999"}]}
    >>> result = validate_claim(claim)
    >>> str(result.disposition), result.returned, upon_claim(result).rule_id
    ('payable', True, 'FAC102')
    """
    found = [finding for finding in result.findings if finding.position is None and finding.disposition in _UNPAID]
    if result.returned and not any(finding.disposition is Disposition.REJECTED for finding in found):
        found += [one.deciding for one in result.lines if one.disposition is Disposition.REJECTED and one.deciding]
    if not found:
        return None
    worst = strongest(finding.disposition for finding in found)
    return next(finding for finding in found if finding.disposition is worst)


def return_note(result: ClaimResult) -> str | None:
    """Says that a claim is returned to the provider, if its disposition does not."""
    if not result.returned or result.disposition is Disposition.REJECTED:
        return None
    return "returned to provider for correction"


def outcome(line: LineResult, upon: Finding | None) -> tuple[Disposition, Finding | None]:
    """The disposition of a line given the claim-level finding `upon`, and the finding that decides it."""
    if upon is None or strongest((line.disposition, upon.disposition)) is line.disposition:
        return line.disposition, line.deciding
    return upon.disposition, upon


def with_claim(result: ClaimResult) -> tuple[LineResult, ...]:
    """The lines, each with the disposition that it has together with its claim, and the finding that decides it.

    >>> from claimcheck import validate_claim
    >>> line = {"procedure_code": "99213", "units": 1, "charge": "125.00", "service_date": "2024-07-15"}
    >>> result = validate_claim({"claim_type": "professional", "billing_npi": "3000000000", "lines": [line]})
    >>> [(str(line.disposition), line.deciding.rule_id) for line in with_claim(result)]
    [('rejected', 'STR701')]
    """
    upon = upon_claim(result)
    if upon is None:
        return result.lines
    told = ((line, *outcome(line, upon)) for line in result.lines)
    return tuple(attrs.evolve(line, disposition=said, deciding=deciding) for line, said, deciding in told)


def qualified(result: ClaimResult) -> Iterator[str]:
    """What a claim's disposition does not show: unpaid lines, else errors; and whether everything was checked.

    >>> from claimcheck import validate_claim
    >>> line = {"procedure_code": "99213", "units": 1, "charge": "125.00", "service_date": "2024-07-15"}
    >>> claim = {"claim_type": "professional", "lines": [line, {**line, "procedure_code": "99215", "units": 0}]}
    >>> list(qualified(validate_claim(claim)))
    ['1 of 2 lines rejected', 'not fully checked']
    """
    lines = Counter(line.disposition for line in result.lines)
    worse = [one for one in Disposition if one in _UNPAID and lines[one] and one is not result.disposition]
    for disposition in worse:
        yield f"{lines[disposition]:,} of {len(result.lines):,} lines {disposition.replace('_', ' ')}"
    if not worse and result.disposition not in _UNPAID:
        errors = sum(finding.severity is Severity.ERROR for finding in result.findings)
        if errors:
            yield f"{errors:,} error{'' if errors == 1 else 's'}"
    if not result.complete:
        yield "not fully checked"


def state(result: ClaimResult) -> str:
    """Whether a result has errors, and whether everything that applies was checked."""
    if result.disposition is Disposition.SUPERSEDED:
        return "not checked"
    if result.clean:
        return "clean"
    return f"{'no ' if result.ok else ''}errors, {'' if result.complete else 'not '}fully checked"
