"""How far an output file goes, at the last places from which an interrupted run with a history can go on.

Beside `OUT` lies `OUT.resume` while a run lasts. It is written before the history commits a chunk, and keeps the place
before it as well: whichever of the two the history then is at, the output can be cut back to it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs

from claimcheck.cli.summary import Summary

__all__ = ["Journal", "Mark"]


@attrs.frozen
class Mark:
    """A place in a run: `claims` are judged, the history's position is `recorded`, the output is `size` bytes long."""

    recorded: int
    claims: int
    size: int
    summary: dict[str, Any]


@attrs.define
class Journal:
    """The last two marks of a run. `run` tells it from any other run: other input, policy, tables or layout.

    `settle` makes sure of the output, and gives its size.
    """

    path: Path
    run: str
    settle: Callable[[], int]
    marks: list[Mark] = attrs.field(factory=list)

    @classmethod
    def beside(cls, output: str, run: str, settle: Callable[[], int]) -> Journal:
        """The journal of an output file; without marks where there is none, or it is of another run."""
        path = Path(f"{output}.resume")
        try:
            plain = json.loads(path.read_bytes())
            marks = [Mark(**mark) for mark in plain["marks"]] if plain["run"] == run else []
        except (OSError, ValueError, KeyError, TypeError):
            marks = []  # what cannot be read is from no run of ours: it begins anew
        return cls(path, run, settle, marks)

    def at(self, recorded: int) -> Mark | None:
        """The mark at which the history stands."""
        return next((mark for mark in self.marks if mark.recorded == recorded), None)

    def put(self, recorded: int, claims: int, summary: Summary) -> None:
        """Notes a place that the history is about to reach."""
        self.marks = [*self.marks[-1:], Mark(recorded, claims, self.settle(), summary.to_dict())]
        draft = self.path.with_name(f"{self.path.name}.draft")
        with draft.open("wb") as file:
            file.write(json.dumps({"run": self.run, "marks": list(map(attrs.asdict, self.marks))}).encode())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path)

    def close(self) -> None:
        """The run is over: there is nothing to go on with."""
        self.path.unlink(missing_ok=True)
