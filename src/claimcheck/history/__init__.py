"""What a member already had: histories of earlier claims.

`MemoryHistory` for one run, `SqliteHistory` in a file, `claimcheck.history.sql.SqlHistory` in a database of your own,
`RecordedHistory` of recorded lines that are given;
or a history of your own, written with `entry_of`, `in_force`, `others`, `excesses`, and `superseded`.
"""

from claimcheck.history.accounts import Account, Rank
from claimcheck.history.batch import Batch
from claimcheck.history.entry import Entry, entry_of
from claimcheck.history.given import RecordedHistory
from claimcheck.history.memory import MemoryHistory, left_out
from claimcheck.history.protocol import History
from claimcheck.history.recorded import LookUp, RecordedLine, by_date
from claimcheck.history.retention import remains
from claimcheck.history.same_bill import others
from claimcheck.history.sqlite import SqliteHistory
from claimcheck.history.standing import account_of, in_force
from claimcheck.history.superseded import Ground, RecordedUse, Superseded, Terms, excesses, superseded

__all__ = [
    "Account",
    "Batch",
    "Entry",
    "Ground",
    "History",
    "LookUp",
    "MemoryHistory",
    "Rank",
    "RecordedHistory",
    "RecordedLine",
    "RecordedUse",
    "SqliteHistory",
    "Superseded",
    "Terms",
    "account_of",
    "by_date",
    "entry_of",
    "excesses",
    "in_force",
    "left_out",
    "others",
    "remains",
    "superseded",
]
