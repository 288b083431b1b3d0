"""Look-ups of many codes in one step, for columns; part of the extra `frames`, since they work on NumPy arrays.

What they answer is, code by code and pair by pair, what `Tables` answers.
"""

from claimcheck.extras import extra

with extra("frames"):
    from claimcheck.tables.bulk.answers import Answers
    from claimcheck.tables.bulk.asking import ask
    from claimcheck.tables.bulk.pairs import NO_EDIT, UNKNOWN, Pairs
    from claimcheck.tables.bulk.times import times

__all__ = ["NO_EDIT", "UNKNOWN", "Answers", "Pairs", "ask", "times"]
