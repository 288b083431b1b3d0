"""The protocol of a history: a property and five methods.

`claimcheck.testing.history_conformance` checks any implementation.
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
        """Keeps the lines of a claim with their results. Recording a claim again changes nothing."""
        ...

    def reconcile(self) -> Iterator[Superseded]:
        """Results that differ from what all recorded claims together give.

        A result counts as delivered once the caller asks for the next one, or the iterator ends: anything not handled
        because of a crash comes again.
        """
        ...

    def purge(self, before: date) -> None:
        """Forgets what ended before that day and no later claim can need; `known_from` is then that day.

        Claims that arrive too late, after a purge, are not kept either. Raises `HistoryError` if results are waiting to
        be reconciled: they would be lost.

        Lines under a lifetime, pregnancy, or rolling limit stay, and those of the year of `before` under a yearly one.
        """
        ...

    def forget(self, member_id: str) -> None:
        """Forgets everything about a member."""
        ...
