"""Every parameter, by family."""

from claimcheck.policies.parameters import category_ii, coding, coverage, facility, frequency, ncci, structure
from claimcheck.policies.parameters._all import PARAMETERS, all_parameters

__all__ = [
    "PARAMETERS",
    "all_parameters",
    "category_ii",
    "coding",
    "coverage",
    "drugs",
    "facility",
    "frequency",
    "laboratory",
    "ncci",
    "professional",
    "structure",
    "visits",
]
