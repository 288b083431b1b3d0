"""An X12 837 in columns; see `reader`."""

from claimcheck.frames.x12.reader import Batch837, read_837

__all__ = ["Batch837", "read_837"]
