"""Which revenue codes the payer knows, as of the day on which it received the claim."""

from __future__ import annotations

from claimcheck.policies import PolicyOn
from claimcheck.policies.parameters.facility import LaterRevenueCodes, RevenueCodes
from claimcheck.rules.facts import Line

__all__ = ["is_known", "policy_when_received"]


def policy_when_received(line: Line) -> PolicyOn:
    """The policy for revenue codes: as of receipt, or if that is unknown, as of the service."""
    return line.setting.policy_when_received or line.policy


def is_known(revenue_code: str, policy: PolicyOn) -> bool:
    """Whether the payer recognizes the revenue code. Without a list, every well-formed one is recognized."""
    valid = policy[RevenueCodes].valid
    return not valid or revenue_code in valid or revenue_code in policy[LaterRevenueCodes].codes
