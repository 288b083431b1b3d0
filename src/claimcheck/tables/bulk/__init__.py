"""Bulk lookups for columns; part of the extra `frames`, because they work on NumPy arrays.

Their answers equal those of `Tables`, code by code and pair by pair.
"""

from claimcheck.extras import extra

with extra("frames"):
    from claimcheck.tables.bulk.answers import Answers
    from claimcheck.tables.bulk.asking import ask
    from claimcheck.tables.bulk.pairs import NO_EDIT, UNKNOWN, Pairs
    from claimcheck.tables.bulk.times import times

__all__ = ["NO_EDIT", "UNKNOWN", "Answers", "Pairs", "ask", "times"]
