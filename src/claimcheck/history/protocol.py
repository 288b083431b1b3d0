"""What a history is: a property and five methods.

`claimcheck.testing.history_conformance` checks any implementation of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from claimcheck.claims import Claim, ClaimResult
from claimcheck.history.recorded import LookUp
from claimcheck.history.superseded import Superseded

__all__ = ["History"]


class History(LookUp, Protocol):
    """What the members already had, kept between claims."""

    def record(self, claim: Claim, result: ClaimResult) -> None:
        """Keeps the lines of a claim with their verdict. Recording a claim again changes nothing."""
        ...

    def reconcile(self) -> Iterator[Superseded]:
        """The verdicts that are no longer what all recorded claims together say.

        A verdict is taken as given once the caller has come back for the next one, or the iterator has ended: what
        was not handled because of a crash comes again.
        """
        ...

    def purge(self, before: date) -> None:
        """Forgets what ended before that day and that no later claim can need; `known_from` is then that day.

        What came too late to be purged is not kept either. Where verdicts wait to be reconciled it raises
        `HistoryError`: they would be lost.

        Lines under a lifetime, pregnancy or rolling limit stay, and those of the year of `before` under a yearly one.
        """
        ...

    def forget(self, member_id: str) -> None:
        """Forgets all that is kept of a member."""
        ...
