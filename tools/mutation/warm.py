"""A process that has loaded what tests import of others, and is forked for each try: most of a short try is imports.

    python tools/mutation/warm.py

reads lines of JSON, `{"arguments": [...], "output": FILE, "failed": FILE, "seconds": N}`, and runs pytest with these
arguments in a process of its own. What it prints goes to `output`, the name of the first test that failed to `failed`.
It answers each line with one: how that process ended, as `os.waitpid` says it.

What belongs to the repository is never loaded here, so that every try loads it anew: that is what was changed.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

__all__ = ["WALL"]

#: How many times its seconds of processor time a try may take by the clock, on a machine that does other things too.
WALL = 60

_QUIET = (
    "-n",
    "0",
    "-m",
    "not slow",
    "-W",
    "ignore::pytest.PytestAssertRewriteWarning",
)  #: that Hypothesis is loaded already, which is the point

_LOADED = ("pytest", "_pytest.doctest", "hypothesis", "hypothesis.strategies")
_LOADED += ("hypothesis.internal.conjecture.engine", "attrs", "regex", "sqlite3", "sqlalchemy")


def main() -> None:
    os.environ["HYPOTHESIS_NO_PLUGINS"] = "1"  # ours would load claimcheck
    for name in _LOADED:
        try:
            importlib.import_module(name)
        except ImportError:
            continue  # an extra that is not installed here
    del os.environ["HYPOTHESIS_NO_PLUGINS"]
    assert not [name for name in sys.modules if name.split(".")[0] in ("claimcheck", "tests")]
    gc.freeze()
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            _try(asked)
        _, status = os.waitpid(child, 0)
        print(json.dumps(status), flush=True)


class _Plugin:
    """Lets packages say to Hypothesis how their values are made, as when it is loaded; and names what failed."""

    def __init__(self, failed: str) -> None:
        self._failed = failed

    def pytest_configure(self) -> None:
        from hypothesis.entry_points import run

        run()

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            Path(self._failed).write_text(report.nodeid, encoding="utf-8")

    pytest_collectreport = pytest_runtest_logreport


def _try(asked: dict[str, Any]) -> None:
    """Runs pytest, and ends the process."""
    code = 70
    try:
        output = os.open(asked["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for old, new in ((nothing, 0), (output, 1), (output, 2)):
            os.dup2(old, new)
        os.setpgid(0, 0)
        seconds = asked["seconds"]
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        signal.alarm(seconds * WALL)
        import pytest

        code = int(pytest.main([*_QUIET, *asked["arguments"]], plugins=[_Plugin(asked["failed"])]))
    except BaseException:  # of pytest itself: the parent must not go on in the child
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
