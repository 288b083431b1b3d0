"""What a payer's policy must be, judging by its remittances: values proposed, each with what speaks for it."""

from claimcheck.remittance.learning.learn import LearnedPolicy, learn
from claimcheck.remittance.learning.proposal import Proposal

__all__ = ["LearnedPolicy", "Proposal", "learn"]
