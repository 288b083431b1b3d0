"""Claims and results: frozen values without logic."""

from claimcheck.claims.claim import CLAIM_TYPES, Claim
from claimcheck.claims.diagnosis import Diagnosis, InpatientProcedure, OccurrenceCode, ValueCode
from claimcheck.claims.evidence import Evidence
from claimcheck.claims.finding import Adjustment, Finding, Findings, FindingsError
from claimcheck.claims.line_result import LineResult
from claimcheck.claims.listing import Results
from claimcheck.claims.not_checked import NotChecked
from claimcheck.claims.receipt import Receipt
from claimcheck.claims.remedy import Remedy, RemedyKind
from claimcheck.claims.result import ClaimResult
from claimcheck.claims.scope import EditFamily, EditScope
from claimcheck.claims.service_line import ServiceLine
from claimcheck.claims.service_use import Overturned, ServiceUse
from claimcheck.claims.source import Source
from claimcheck.claims.unreadable import GUIDE_PROBLEMS, Problem, Unreadable
from claimcheck.claims.verdict import Disposition, Reason, Severity

__all__ = [
    "CLAIM_TYPES",
    "GUIDE_PROBLEMS",
    "Adjustment",
    "Claim",
    "ClaimResult",
    "Diagnosis",
    "Disposition",
    "EditFamily",
    "EditScope",
    "Evidence",
    "Finding",
    "Findings",
    "FindingsError",
    "InpatientProcedure",
    "LineResult",
    "NotChecked",
    "OccurrenceCode",
    "Overturned",
    "Problem",
    "Reason",
    "Receipt",
    "Remedy",
    "RemedyKind",
    "Results",
    "ServiceLine",
    "ServiceUse",
    "Severity",
    "Source",
    "Unreadable",
    "ValueCode",
]
