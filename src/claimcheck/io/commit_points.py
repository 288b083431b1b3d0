"""Where a run commits how far it is: in its history, or in a journal beside its output where it has no history.

A history in a database notes it in the very transaction that records the claims (`StoredHistory.commit`).

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
    """Records claims and how far their run is, together or not at all."""

    def checkpoint(self, run: str) -> Checkpoint | None:
        """What the last `commit` of a run that was interrupted says of it; None where there is none."""
        ...

    def commit(
        self, run: str | None, claims: Iterable[tuple[Claim, ClaimResult]], checkpoint: Checkpoint | None = None
    ) -> None:
        """Records claims; without a checkpoint nothing is noted of the run, which begins anew another time."""
        ...


class Journal:
    """A file that is there as long as a run is not over. Claims are not recorded: there is no history."""

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)

    def checkpoint(self, run: str) -> Checkpoint | None:
        """What the file says of the run; None where it is of another, or there is none."""
        try:
            plain = json.loads(self._path.read_bytes())
            return Checkpoint(int(plain["position"]), str(plain["state"])) if plain["run"] == run else None
        except (OSError, ValueError, KeyError, TypeError):
            return None  # what cannot be read is of no run of ours: it begins anew

    def commit(
        self,
        run: str | None,
        claims: Iterable[tuple[Claim, ClaimResult]],  # noqa: ARG002 - there is no history
        checkpoint: Checkpoint | None = None,
    ) -> None:
        """Writes the file anew, as a whole or not at all; takes it away where the run is over.

        Without a history, a run that was over is the same again.
        """
        if checkpoint is None or checkpoint.over:
            with writing(str(self._path)):
                self._path.unlink(missing_ok=True)
            return
        plain = {"run": run, "position": checkpoint.position, "state": checkpoint.state}
        with replaced(self._path) as draft, writing(str(self._path)):
            draft.write_text(json.dumps(plain))


class Unkept:
    """A history that notes no run, such as one in memory: the run always begins anew.

    What is recorded already is not recorded twice.
    """

    def __init__(self, history: object) -> None:
        self._record = getattr(history, "record", None)

    def checkpoint(self, run: str) -> Checkpoint | None:  # noqa: ARG002 - nothing is noted of any
        """Nothing."""
        return None

    def commit(
        self,
        run: str | None,  # noqa: ARG002 - nothing is noted
        claims: Iterable[tuple[Claim, ClaimResult]],
        checkpoint: Checkpoint | None = None,  # noqa: ARG002 - nothing is noted
    ) -> None:
        """Records the claims, one after the other, where the history takes them."""
        if self._record is not None:
            for claim, result in claims:
                self._record(claim, result)


def commit_point(history: object, journal: Path | None) -> CommitPoint:
    """Where a run over a history commits; `journal` is for one without a history, whose output can be continued."""
    if isinstance(history, CommitPoint):
        return history
    return Journal(journal) if history is None and journal is not None else Unkept(history)
