"""What was executed, kept: a line for every stretch of a run, only ever added to, so that runs may die and go on."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path

__all__ = ["Ledger", "Stretch", "totals_of"]


@dataclass(frozen=True)
class Stretch:
    """So many executions of one target by one engine, the seconds that they took, and the failures that they found."""

    target: str
    engine: str
    executions: int
    seconds: float
    failures: int = 0


class Ledger:
    """The file `ledger.jsonl` in the folder of a run. Several processes may add to it at once."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "ledger.jsonl"

    @classmethod
    def at(cls, path: Path) -> Ledger:
        """The ledger that is a file of whatever name."""
        ledger = cls(path.parent)
        ledger.path = path
        return ledger

    def add(self, stretch: Stretch) -> None:
        """Adds one line, in one write."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        line = json.dumps(asdict(stretch)) + "\n"
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(handle, line.encode())
        finally:
            os.close(handle)

    def __iter__(self) -> Iterator[Stretch]:
        """What was added; a line that a crash cut short counts for nothing."""
        lines = self.path.read_text().splitlines() if self.path.exists() else []
        for line in lines:
            try:
                yield Stretch(**json.loads(line))
            except (ValueError, TypeError):
                continue

    def totals(self) -> dict[str, Stretch]:
        """The sum of each target."""
        return totals_of([self])


def totals_of(ledgers: Iterable[Ledger]) -> dict[str, Stretch]:
    """The sum of each target over some ledgers."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0, 0.0, 0])
    for stretch in chain.from_iterable(ledgers):
        own = sums[stretch.target]
        own[0] += stretch.executions
        own[1] += stretch.seconds
        own[2] += stretch.failures
    return {
        target: Stretch(target, "all", int(executions), seconds, int(failures))
        for target, (executions, seconds, failures) in sums.items()
    }
