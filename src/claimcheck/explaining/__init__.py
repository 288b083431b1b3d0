"""`explain`: what is known of a code, a pair, a rule, or a code that a payer answers with."""

from claimcheck.explaining.explanation import Explanation, Section
from claimcheck.explaining.subject import explain

__all__ = ["Explanation", "Section", "explain"]
