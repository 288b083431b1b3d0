"""Realistic claims from a seed: as a Polars frame, as mappings, as `Claim` values, as an X12 837 file.

One frame is drawn, and every other shape is read off it, so that all of them hold the same claims.
"""

from tools.benchmarks.generator.draw import Generator
from tools.benchmarks.generator.faults import FAULT_RATE, FAULTS
from tools.benchmarks.generator.reference import MissingReferenceError, Reference
from tools.benchmarks.generator.values import claims, mappings
from tools.benchmarks.generator.x12 import write_x12

__all__ = [
    "FAULTS",
    "FAULT_RATE",
    "Generator",
    "MissingReferenceError",
    "Reference",
    "claims",
    "mappings",
    "write_x12",
]
