"""What the member already had."""

from claimcheck.history.batch import Batch
from claimcheck.history.entry import Entry, Rank, entry_of
from claimcheck.history.memory import MemoryHistory
from claimcheck.history.protocol import History
from claimcheck.history.recorded import LookUp, RecordedLine
from claimcheck.history.standing import in_force
from claimcheck.history.superseded import Superseded

__all__ = [
    "Batch",
    "Entry",
    "History",
    "LookUp",
    "MemoryHistory",
    "Rank",
    "RecordedLine",
    "Superseded",
    "entry_of",
    "in_force",
]
