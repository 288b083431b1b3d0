"""Infers a payer's policy from its remittances: proposes values, each with its evidence."""

from claimcheck.remittance.learning.learn import LearnedPolicy, learn
from claimcheck.remittance.learning.proposal import Proposal

__all__ = ["LearnedPolicy", "Proposal", "learn"]
