"""What the member already had."""

from claimcheck.history.memory import Batch, MemoryHistory
from claimcheck.history.recorded import History, LookUp, RecordedLine

__all__ = ["Batch", "History", "LookUp", "MemoryHistory", "RecordedLine"]
