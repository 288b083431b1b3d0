"""Reads remittances and compares them with claimcheck's results."""

from claimcheck.remittance.acknowledging import AcknowledgedClaim, AcknowledgedLine, StatusCode, acknowledged
from claimcheck.remittance.acknowledgment_writing import written_acknowledgment
from claimcheck.remittance.answers import Answer
from claimcheck.remittance.comparison import (
    Agreement,
    CarcRecall,
    ComparedLine,
    Comparison,
    RulePrecision,
    Tally,
    compare,
)
from claimcheck.remittance.reader import read_remittances
from claimcheck.remittance.values import (
    ClaimStatus,
    ProviderAdjustment,
    Remittance,
    RemittanceFinding,
    RemittanceHeader,
    RemittedAdjustment,
    RemittedClaim,
    RemittedLine,
)
from claimcheck.remittance.writing import answered, written

__all__ = [
    "AcknowledgedClaim",
    "AcknowledgedLine",
    "Agreement",
    "Answer",
    "CarcRecall",
    "ClaimStatus",
    "ComparedLine",
    "Comparison",
    "ProviderAdjustment",
    "Remittance",
    "RemittanceFinding",
    "RemittanceHeader",
    "RemittedAdjustment",
    "RemittedClaim",
    "RemittedLine",
    "RulePrecision",
    "StatusCode",
    "Tally",
    "acknowledged",
    "answered",
    "compare",
    "read_remittances",
    "written",
    "written_acknowledgment",
]
