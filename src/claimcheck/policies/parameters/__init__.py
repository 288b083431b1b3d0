"""Every parameter, by room."""

from claimcheck.policies.parameters import category_ii, coding, coverage, facility, frequency, ncci, structure
from claimcheck.policies.parameters._all import PARAMETERS

__all__ = ["PARAMETERS", "category_ii", "coding", "coverage", "facility", "frequency", "ncci", "structure"]
