"""What a payer decides: policies with dated values, each with its reference."""

from claimcheck.policies.parameter import parameter
from claimcheck.policies.policy import Dated, Policy
from claimcheck.policies.policy_on import PolicyOn
from claimcheck.policies.spans import CodeSpans

__all__ = ["CodeSpans", "Dated", "Policy", "PolicyOn", "parameter"]
