"""Which revenue codes the payer knows, as of the day on which it received the claim."""

from __future__ import annotations

from claimcheck.policies import PolicyOn
from claimcheck.policies.parameters.facility import LaterRevenueCodes, RevenueCodes
from claimcheck.rules.facts import Line

__all__ = ["at_receipt", "is_known"]


def at_receipt(line: Line) -> PolicyOn:
    """The policy by which revenue codes are judged: as of receipt, where that is not known as of the service."""
    return line.setting.at_receipt or line.policy


def is_known(revenue_code: str, policy: PolicyOn) -> bool:
    """Whether the payer knows the revenue code. One that keeps no list knows every well-formed one."""
    valid = policy[RevenueCodes].valid
    return not valid or revenue_code in valid or revenue_code in policy[LaterRevenueCodes].codes
