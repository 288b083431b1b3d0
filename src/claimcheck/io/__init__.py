"""Claims in, verdicts out."""

from claimcheck.io.opening import read_claims

__all__ = ["read_claims"]
