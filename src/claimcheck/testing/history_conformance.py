"""What every `History` must do, as tests for your own.

With pytest, subclass `HistoryConformance` and define how to make an empty history; each check becomes a test:

    class TestOurHistory(HistoryConformance):
        def make_history(self):
            return OurHistory(...)

Without pytest, run them all:

>>> from claimcheck import MemoryHistory
>>> history_conformance(MemoryHistory)

>>> class Forgetful(MemoryHistory):
...     def record(self, claim, result):
...         pass
>>> history_conformance(Forgetful)  # doctest: +ELLIPSIS
Traceback (most recent call last):
    ...
AssertionError: ... of ... checks failed:
  ...
"""

from __future__ import annotations

from collections.abc import Callable

from claimcheck.history import History
from claimcheck.testing.conformance.forgetting import ForgettingChecks
from claimcheck.testing.conformance.lines import LineChecks
from claimcheck.testing.conformance.reconciling import ReconcilingChecks
from claimcheck.testing.conformance.versions import VersionChecks

__all__ = ["HistoryConformance", "history_conformance"]


class HistoryConformance(LineChecks, VersionChecks, ReconcilingChecks, ForgettingChecks):
    """The checks, each a method whose name begins with `test_`. Subclass it and define `make_history`."""


def history_conformance(make_history: Callable[[], History]) -> None:
    """Runs every check on histories from `make_history`, and raises AssertionError with all that failed."""

    class Checked(HistoryConformance):
        def make_history(self) -> History:
            return make_history()

    failed = []
    checks = [name for name in dir(Checked) if name.startswith("test_")]
    for name in checks:
        try:
            getattr(Checked(), name)()
        except Exception as error:
            failed.append(f"  {name}: {error!r}")
    if failed:
        raise AssertionError("\n".join([f"{len(failed)} of {len(checks)} checks failed:", *failed]))
