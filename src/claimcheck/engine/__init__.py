"""Chooses the rules that apply, runs them, assembles results."""

from claimcheck.engine.validator import Validator, validate_claim, validate_claims

__all__ = ["Validator", "validate_claim", "validate_claims"]
