"""What becomes of a line together with its claim: it goes back with a claim that is rejected as a whole.

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

from claimcheck.claims.finding import Finding
from claimcheck.claims.result import ClaimResult, LineResult
from claimcheck.claims.verdict import Disposition, strongest

__all__ = ["outcome", "upon_claim"]

_UNPAID = {Disposition.REVIEW, Disposition.DENIED, Disposition.REJECTED}


def upon_claim(result: ClaimResult) -> Finding | None:
    """The finding on the claim as a whole for which none of its lines is paid, or not before a person has decided."""
    found = [finding for finding in result.findings if finding.position is None and finding.disposition in _UNPAID]
    if not found:
        return None
    worst = strongest(finding.disposition for finding in found)
    return next(finding for finding in found if finding.disposition is worst)


def outcome(line: LineResult, upon: Finding | None) -> tuple[Disposition, Finding | None]:
    """What becomes of a line of a claim of which `upon` is found, and the finding that decides it."""
    if upon is None or strongest((line.disposition, upon.disposition)) is line.disposition:
        return line.disposition, line.deciding
    return upon.disposition, upon
