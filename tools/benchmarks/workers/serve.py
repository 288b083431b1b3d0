"""What every worker does: prepare once, then run as often as it is asked, and say how long it took.

A worker is a process in the environment of what it measures, so this needs the standard library only. It prints a line
of JSON when it is ready, and one for each line that it reads; between them it waits, so that one worker runs at a time.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from importlib import metadata
from typing import Any

__all__ = ["load_claims", "serve", "version"]


def serve(prepare: Callable[[], tuple[dict[str, Any], Callable[[], dict[str, Any]]]]) -> None:
    """`prepare` gives what there is to know, and the run to be timed, which gives its counts."""
    out, sys.stdout = sys.stdout, sys.stderr  # what a library prints is no answer
    try:
        about, run = prepare()
    except Exception as error:
        _say(out, {"failed": f"{type(error).__name__}: {error}"[:300]})
        return
    _say(out, about)
    for _ in sys.stdin:
        gc.collect()
        cpu, start = _cpu_seconds(), time.perf_counter()
        try:
            counts = run()
        except Exception as error:
            _say(out, {"failed": f"{type(error).__name__}: {error}"[:300]})
            return
        seconds = counts.pop("seconds", None) or time.perf_counter() - start
        used = {"cpu_seconds": _cpu_seconds() - cpu, "peak_mb": counts.pop("peak_mb", None) or _peak_mb()}
        _say(out, {"seconds": seconds, **used, **counts})


def load_claims(path: str) -> list[dict[str, Any]]:
    """The claims of a file of JSON lines."""
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - as plain as a worker can be
        return [json.loads(line) for line in file]


def version(package: str) -> str:
    """Name and version of an installed package, and of the Python that runs it."""
    return f"{package} {metadata.version(package)} (Python {sys.version.split()[0]})"


def _cpu_seconds() -> float:
    """Of this process, and of those that it began and that have ended."""
    return sum(os.times()[:4])


def _peak_mb() -> float:
    """The most that was resident. Linux counts the process that started this one into `ru_maxrss`, hence VmHWM."""
    try:
        with open("/proc/self/status", encoding="ascii") as file:  # noqa: PTH123 - as plain as a worker can be
            (line,) = (line for line in file if line.startswith("VmHWM"))
            return int(line.split()[1]) / 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _say(out: Any, answer: dict[str, Any]) -> None:
    print(json.dumps(answer), file=out, flush=True)
