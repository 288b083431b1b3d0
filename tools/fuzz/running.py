"""One run of one target: counts every execution, keeps every input that fails, and goes on."""

from __future__ import annotations

import hashlib
import os
import random
import time
import traceback
from pathlib import Path

from tools.fuzz.ledger import Ledger, Stretch
from tools.fuzz.mutating import mutations
from tools.fuzz.seeds import seeds
from tools.fuzz.targets import TARGETS

__all__ = ["Run", "by_coverage", "by_mutation"]

SLOW = 5.0  #: seconds of the processor after which an execution counts as a hang
_EVERY = 2.0  #: seconds between two lines of the ledger


class Run:
    """Executes inputs, and writes down what came of them."""

    def __init__(self, target: str, engine: str, folder: Path) -> None:
        self.target = target
        self.executions = 0
        self.failures = 0
        self._function = TARGETS[target]
        self._engine = engine
        self._ledger = Ledger(folder)
        self._failed = folder / "failures" / target
        self._seen = {path.name.partition(".")[0] for path in self._failed.glob("*.input")}
        self._since, self._told, self._told_failures = time.monotonic(), 0, 0

    def execute(self, data: bytes) -> None:
        """One execution. What it raises is kept once for each place that it is raised from."""
        began = time.process_time()
        try:
            self._function(data)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # whatever a target raises is looked for; a panic in Rust is no `Exception`
            self._keep(data, error)
        took = time.process_time() - began
        if took > SLOW:
            self._keep(data, TimeoutError(f"took {took:.1f} s"))
        self.executions += 1
        if time.monotonic() - self._since > _EVERY:
            self.flush()

    def flush(self) -> None:
        """Writes down what the ledger does not hold yet."""
        now = time.monotonic()
        if self.executions > self._told:
            self._ledger.add(
                Stretch(
                    self.target,
                    self._engine,
                    self.executions - self._told,
                    round(now - self._since, 3),
                    self.failures - self._told_failures,
                )
            )
        self._since, self._told, self._told_failures = now, self.executions, self.failures

    def _keep(self, data: bytes, error: BaseException) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        place = f"{type(error).__name__} {frames[-1].filename}:{frames[-1].lineno}" if frames else str(type(error))
        name = hashlib.sha256(place.encode()).hexdigest()[:16]
        if name in self._seen:
            return
        self._seen.add(name)
        self.failures += 1
        self._failed.mkdir(parents=True, exist_ok=True)
        (self._failed / f"{name}.input").write_bytes(data)
        (self._failed / f"{name}.txt").write_text("".join(traceback.format_exception(error)))
        print(f"{self.target}: {place}: kept as {self._failed / name}.input", flush=True)


def by_mutation(target: str, executions: int, folder: Path, seed: int | None = None) -> int:
    """Plain mutation of the seeds. Returns how many new failures were found."""
    run = Run(target, "mutation", folder)
    kept = seeds(target)
    for data in kept[:executions]:
        run.execute(data)
    for data in mutations(kept, random.Random(seed)):
        if run.executions >= executions:
            break
        run.execute(data)
    run.flush()
    return run.failures


def by_coverage(target: str, executions: int, folder: Path) -> int:
    """Mutation that keeps what reaches new code, by atheris (libFuzzer). Ends the process when it is done.

    The grown corpus stays in the folder, so that the next run goes on from it.
    """
    import atheris

    run = Run(target, "atheris", folder)
    grown = folder / "corpus" / target
    grown.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(target)):
        (grown / f"seed-{number}").write_bytes(data)

    def one(data: bytes) -> None:
        run.execute(data)
        if run.executions >= executions:
            run.flush()
            os._exit(1 if run.failures else 0)  # libFuzzer has no other end that runs no handlers of its own

    hung = folder / "failures" / target
    hung.mkdir(parents=True, exist_ok=True)
    options = ["-max_len=20000", "-timeout=60", "-rss_limit_mb=3000", "-print_final_stats=0", "-verbosity=0"]
    atheris.Setup(["fuzz", *options, f"-artifact_prefix={hung}/", str(grown)], one)
    atheris.Fuzz()
    raise AssertionError("unreachable")
