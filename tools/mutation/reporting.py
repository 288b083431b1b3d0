"""The score of a package, and what survived."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import TestOutcome, WorkerOutcome

from tools.mutation.packages import modules
from tools.mutation.sampling import Mutant
from tools.mutation.sessions import mutant_of, session_of

__all__ = ["Score", "Survivor", "score_of"]

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

    def __str__(self) -> str:
        said = (
            f"{self.module}: {self.percent:.1f} % noticed ({self.noticed} noticed, {len(self.survivors)} survived, "
            f"{self.explained} explained, {self.left} left)"
        )
        for one in self.survivors:
            said += f"\n    line {one.line}\n      was: {one.was}\n      now: {one.now}"
        return said


def score_of(
    folder: Path, package: str, only: str | None = None, wanted: Collection[Mutant] | None = None
) -> Iterator[Score]:
    """The score of each module that was begun; of the mutants that are `wanted`, where that is said."""
    with EXPLAINED.open("rb") as file:
        entries = tomllib.load(file).get("survivor", [])
    known = {(entry["module"], entry["was"], entry["now"]) for entry in entries}
    for module in modules(package, only):
        session = session_of(folder, module)
        if session.exists():
            score = _score(session, module, known, wanted)
            if score.noticed or score.survivors or score.explained or score.left:
                yield score


def _score(session: Path, module: Path, known: set[tuple[str, str, str]], wanted: Collection[Mutant] | None) -> Score:
    noticed = explained = tried = 0
    survivors = []
    with use_db(session, mode=WorkDB.Mode.open) as db:
        items = {item.job_id: item for item in db.work_items if wanted is None or mutant_of(item, module) in wanted}
        for job_id, result in db.results:
            if job_id not in items:
                continue
            tried += 1
            if result.worker_outcome == WorkerOutcome.SKIPPED:
                continue
            if result.test_outcome != TestOutcome.SURVIVED:
                noticed += 1
                continue
            was, now = _changed(result.diff or "")
            line = items[job_id].mutations[0].start_pos[0]
            if (str(module), was, now) in known:
                explained += 1
            else:
                survivors.append(Survivor(str(module), line, was, now))
    return Score(str(module), noticed, tuple(survivors), explained, len(items) - tried)


def _changed(diff: str) -> tuple[str, str]:
    """The lines that a diff takes away and puts there, without their indentation."""
    lines = [line for line in diff.splitlines() if not line.startswith(("---", "+++", "@@"))]
    return (
        " ".join(line[1:].strip() for line in lines if line.startswith("-")),
        " ".join(line[1:].strip() for line in lines if line.startswith("+")),
    )
