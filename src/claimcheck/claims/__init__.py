"""What a claim is: frozen values, no behaviour that decides."""

from claimcheck.claims.claim import Claim
from claimcheck.claims.diagnosis import Diagnosis, InpatientProcedure, OccurrenceCode, ValueCode
from claimcheck.claims.service_line import ServiceLine
from claimcheck.claims.source import Source
from claimcheck.claims.unreadable import Problem, Unreadable

__all__ = [
    "Claim",
    "Diagnosis",
    "InpatientProcedure",
    "OccurrenceCode",
    "Problem",
    "ServiceLine",
    "Source",
    "Unreadable",
    "ValueCode",
]
