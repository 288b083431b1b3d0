"""Workers as processes, asked in turn: A B A B, so that what else the machine does falls on all alike."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from types import TracebackType
from typing import IO, Any, cast

__all__ = ["Contestant", "Timed", "Worker", "WorkerFailedError", "contest", "ratios"]

_WORKERS = Path(__file__).parent / "workers"
_ROOT = Path(__file__).parents[2]


class WorkerFailedError(Exception):
    """A worker could not be made ready, or broke down; the message is its reason."""


@dataclass(frozen=True)
class Contestant:
    """What is timed: a worker's script with its arguments, in the environment of a Python."""

    name: str
    python: Path
    script: str
    arguments: tuple[str, ...]
    home: Path | None = None


@dataclass
class Timed:
    """What a contestant said of itself, and how it fared in each round; or why it did not take part."""

    name: str
    about: dict[str, Any] = field(default_factory=dict)
    rounds: list[dict[str, Any]] = field(default_factory=list)
    missing: str | None = None

    @property
    def rates(self) -> list[float]:
        """Lines a second, by round."""
        return [float(one["lines"] / one["seconds"]) for one in self.rounds]

    @property
    def rate(self) -> float:
        """The median of lines a second."""
        return float(median(self.rates))

    @property
    def cpu_rate(self) -> float:
        """The median of lines a second of processor time, of all cores together."""
        return float(median(one["lines"] / one["cpu_seconds"] for one in self.rounds))

    @property
    def peak_mb(self) -> float:
        """The most memory that its process held, inputs included."""
        return float(max(one["peak_mb"] for one in self.rounds))


class Worker:
    """A running worker; as a context it is ended at the end."""

    def __init__(self, contestant: Contestant) -> None:
        paths = [str(_ROOT), str(_ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])]
        ours = {"PYTHONPATH": os.pathsep.join(paths), "PYTHONHASHSEED": "0"}
        own = {"HOME": str(contestant.home)} if contestant.home else ours
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            [contestant.python, _WORKERS / contestant.script, *contestant.arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**inherited, **own},
        )

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.communicate()

    def ready(self) -> dict[str, Any]:
        """What it says of itself when it is ready."""
        return self._answer()

    def run(self) -> dict[str, Any]:
        """One run: its seconds and counts."""
        asking = cast("IO[str]", self._process.stdin)
        asking.write("run\n")
        asking.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        said = cast("IO[str]", self._process.stdout).readline()
        if not said:
            raise WorkerFailedError(f"ended with code {self._process.wait()}")
        answer: dict[str, Any] = json.loads(said)
        if "failed" in answer:
            raise WorkerFailedError(answer["failed"])
        return answer


def contest(contestants: Sequence[Contestant], rounds: int, warm_up: int = 1) -> list[Timed]:
    """All in turn, so many rounds after `warm_up` that are not counted. Who fails drops out; `missing` says why."""
    timed = [Timed(contestant.name) for contestant in contestants]
    with ExitStack() as stack:
        workers = [stack.enter_context(Worker(contestant)) for contestant in contestants]
        for worker, one in zip(workers, timed, strict=True):
            _ask(one, lambda worker=worker, one=one: one.about.update(worker.ready()))
        for number in range(rounds + warm_up):
            for worker, one in zip(workers, timed, strict=True):
                if one.missing is None:
                    said: list[dict[str, Any]] = []
                    _ask(one, lambda worker=worker, said=said: said.append(worker.run()))
                    one.rounds += said if number >= warm_up else []
    return timed


def _ask(one: Timed, asking: Any) -> None:
    try:
        asking()
    except WorkerFailedError as error:
        one.missing, one.rounds = str(error), []


def ratios(ours: Timed, theirs: Timed) -> tuple[float, float, float]:
    """How many times theirs our rate is: median, least and greatest over the rounds."""
    each = [our / their for our, their in zip(ours.rates, theirs.rates, strict=True)]
    return median(each), min(each), max(each)
