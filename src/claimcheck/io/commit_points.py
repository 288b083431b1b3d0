"""Where a run commits its progress: in its history, or without one, in a journal next to the output.

A database history stores the progress in the same transaction that records the claims (`StoredHistory.commit`).

>>> import tempfile
>>> folder = tempfile.TemporaryDirectory()
>>> journal = Journal(f"{folder.name}/verdicts.jsonl.resume")
>>> journal.commit("a run", [], Checkpoint(1000, "{}"))
>>> journal.checkpoint("a run"), journal.checkpoint("another")
(Checkpoint(position=1000, state='{}', over=False), None)
>>> journal.commit("a run", [])
>>> journal.checkpoint("a run") is None
True
>>> folder.cleanup()
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol, runtime_checkable

from claimcheck.claims import Claim, ClaimResult
from claimcheck.history.recording import Checkpoint
from claimcheck.io.out.target import replaced, writing

__all__ = ["Checkpoint", "CommitPoint", "Journal", "Unkept", "commit_point"]


@runtime_checkable
class CommitPoint(Protocol):
    """Records claims and the progress of their run atomically."""

    def checkpoint(self, run: str) -> Checkpoint | None:
        """The checkpoint of an interrupted run, or None if there is none."""
        ...

    def commit(
        self, run: str | None, claims: Iterable[tuple[Claim, ClaimResult]], checkpoint: Checkpoint | None = None
    ) -> None:
        """Records claims. Without a checkpoint no progress is stored, so the run would start over."""
        ...


class Journal:
    """A file that exists while a run is in progress. It records no claims, because there is no history."""

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)

    def checkpoint(self, run: str) -> Checkpoint | None:
        """The checkpoint in the file, or None if the file belongs to another run or does not exist."""
        try:
            plain = json.loads(self._path.read_bytes())
            return Checkpoint(int(plain["position"]), str(plain["state"])) if plain["run"] == run else None
        except (OSError, ValueError, KeyError, TypeError):
            return None  # unreadable, so not written by this run: start over

    def commit(
        self,
        run: str | None,
        claims: Iterable[tuple[Claim, ClaimResult]],  # noqa: ARG002 - there is no history
        checkpoint: Checkpoint | None = None,
    ) -> None:
        """Replaces the file atomically, and removes it once the run is complete.

        Without a history, repeating a complete run gives the same result.
        """
        if checkpoint is None or checkpoint.over:
            with writing(str(self._path)):
                self._path.unlink(missing_ok=True)
            return
        plain = {"run": run, "position": checkpoint.position, "state": checkpoint.state}
        with replaced(self._path) as draft, writing(str(self._path)):
            draft.write_text(json.dumps(plain))


class Unkept:
    """A history that stores no progress, such as one in memory: the run always starts over.

    Claims that are already recorded are not recorded again.
    """

    def __init__(self, history: object) -> None:
        self._record = getattr(history, "record", None)

    def checkpoint(self, run: str) -> Checkpoint | None:  # noqa: ARG002 - nothing is noted of any
        """Always None."""
        return None

    def commit(
        self,
        run: str | None,  # noqa: ARG002 - nothing is noted
        claims: Iterable[tuple[Claim, ClaimResult]],
        checkpoint: Checkpoint | None = None,  # noqa: ARG002 - nothing is noted
    ) -> None:
        """Records the claims one by one, skipping those the history already has."""
        if self._record is not None:
            for claim, result in claims:
                self._record(claim, result)


def commit_point(history: object, journal: Path | None) -> CommitPoint:
    """The commit point of a run. `journal` is used when there is no history and the output can be resumed."""
    if isinstance(history, CommitPoint):
        return history
    return Journal(journal) if history is None and journal is not None else Unkept(history)
