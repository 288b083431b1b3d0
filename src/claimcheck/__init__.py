"""claimcheck: what a US medical claim line is worth, and why."""

from claimcheck.claims import Claim, Diagnosis, ServiceLine
from claimcheck.errors import ClaimcheckError, CodeError, InputError, PolicyError, TableError

__all__ = [
    "Claim",
    "ClaimcheckError",
    "CodeError",
    "Diagnosis",
    "InputError",
    "PolicyError",
    "ServiceLine",
    "TableError",
]
