"""What payers answered: remittances read, and held beside what claimcheck expected."""

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

__all__ = [
    "ClaimStatus",
    "ProviderAdjustment",
    "Remittance",
    "RemittanceFinding",
    "RemittanceHeader",
    "RemittedAdjustment",
    "RemittedClaim",
    "RemittedLine",
    "read_remittances",
]
