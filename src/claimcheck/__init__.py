"""claimcheck: what a US medical claim line is worth, and why.

>>> result = validate_claim({"claim_type": "professional", "lines": [{"procedure_code": "3044F", "charge": "0.00"}]})
>>> result.ok
False
"""

from claimcheck import codes
from claimcheck.claims import (
    Claim,
    ClaimResult,
    Diagnosis,
    Disposition,
    Finding,
    FindingsError,
    LineResult,
    NotChecked,
    Reason,
    ServiceLine,
    Severity,
    Unreadable,
)
from claimcheck.engine import Validator, validate_claim, validate_claims
from claimcheck.errors import ClaimcheckError, CodeError, InputError, PolicyError, TableError
from claimcheck.history import History, MemoryHistory
from claimcheck.policies import Policy
from claimcheck.tables import Tables

__all__ = [
    "Claim",
    "ClaimResult",
    "ClaimcheckError",
    "CodeError",
    "Diagnosis",
    "Disposition",
    "Finding",
    "FindingsError",
    "History",
    "InputError",
    "LineResult",
    "MemoryHistory",
    "NotChecked",
    "Policy",
    "PolicyError",
    "Reason",
    "ServiceLine",
    "Severity",
    "TableError",
    "Tables",
    "Unreadable",
    "Validator",
    "codes",
    "validate_claim",
    "validate_claims",
]
