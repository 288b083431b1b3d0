"""Claims from FHIR R4: `Claim` and `ExplanationOfBenefit`."""

from claimcheck.io.fhir.reader import claims, holds_claims, is_resource

__all__ = ["claims", "holds_claims", "is_resource"]
