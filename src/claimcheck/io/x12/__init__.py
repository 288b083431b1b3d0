"""Reads claims from X12 837 files: professional (005010X222), institutional (005010X223), and dental (005010X224).

`read` yields the claims of a file; `is_x12` says whether a file looks like one, `leading_text` whether text precedes
it, `is_without_start` whether it is a fragment.
"""

from claimcheck.io.x12.beginning import is_without_start, is_x12, leading_text
from claimcheck.io.x12.reader import read

__all__ = ["is_without_start", "is_x12", "leading_text", "read"]
