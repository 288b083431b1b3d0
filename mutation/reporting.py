"""The score of a room, and what survived."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import TestOutcome, WorkerOutcome

from mutation.rooms import modules
from mutation.sessions import session_of

__all__ = ["Score", "score_of"]

EXPLAINED = Path(__file__).parent / "explained.toml"


@dataclass(frozen=True)
class Survivor:
    """A mutant that no test noticed: the lines that it changed, before and after."""

    module: str
    line: int
    was: str
    now: str


@dataclass(frozen=True)
class Score:
    """How many mutants were noticed, survived, or were not tried yet. Explained survivors count for nothing."""

    module: str
    noticed: int
    survivors: tuple[Survivor, ...]
    explained: int
    left: int

    @property
    def percent(self) -> float:
        """Of those that were tried and are not explained, how many were noticed."""
        tried = self.noticed + len(self.survivors)
        return 100 * self.noticed / tried if tried else 100.0


def score_of(folder: Path, room: str, only: str | None = None) -> Iterator[Score]:
    """The score of each module that was begun."""
    with EXPLAINED.open("rb") as file:
        entries = tomllib.load(file).get("survivor", [])
    known = {(entry["module"], entry["was"], entry["now"]) for entry in entries}
    for module in modules(room, only):
        session = session_of(folder, module)
        if session.exists():
            yield _score(session, str(module), known)


def _score(session: Path, module: str, known: set[tuple[str, str, str]]) -> Score:
    noticed = explained = tried = 0
    survivors = []
    with use_db(session, mode=WorkDB.Mode.open) as db:
        items = {item.job_id: item for item in db.work_items}
        for job_id, result in db.results:
            tried += 1
            if result.worker_outcome == WorkerOutcome.SKIPPED:
                continue
            if result.test_outcome != TestOutcome.SURVIVED:
                noticed += 1
                continue
            was, now = _changed(result.diff or "")
            line = items[job_id].mutations[0].start_pos[0]
            if (module, was, now) in known:
                explained += 1
            else:
                survivors.append(Survivor(module, line, was, now))
    return Score(module, noticed, tuple(survivors), explained, len(items) - tried)


def _changed(diff: str) -> tuple[str, str]:
    """The lines that a diff takes away and puts there, without their indentation."""
    lines = [line for line in diff.splitlines() if not line.startswith(("---", "+++"))]
    return (
        " ".join(line[1:].strip() for line in lines if line.startswith("-")),
        " ".join(line[1:].strip() for line in lines if line.startswith("+")),
    )
