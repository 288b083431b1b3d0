"""Every parameter, by room."""

from claimcheck.policies.parameters import category_ii, coverage, facility, frequency, ncci
from claimcheck.policies.parameters._all import PARAMETERS

__all__ = ["PARAMETERS", "category_ii", "coverage", "facility", "frequency", "ncci"]
