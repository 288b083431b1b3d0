"""`explain`: describes a code, a pair, a rule, or a remittance code."""

from claimcheck.explaining.explanation import Explanation, Section
from claimcheck.explaining.subject import explain

__all__ = ["Explanation", "Section", "explain"]
